//! All decisions together, and which of them hold.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{GraphNameRef, NamedNode, NamedNodeRef, QuadRef, TermRef};

use super::{Action, Decision};
use crate::{fact::quads::named, vocab::urbi};

/// A decision with its name, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its IRI.
    pub iri: NamedNode,
    /// What was decided.
    pub decision: Decision,
    /// The decision that undid it, if one that holds did: the first by time.
    pub undone_by: Option<NamedNode>,
}

/// The decisions of a store or a file, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    recorded: Vec<Recorded>,
}

impl Ledger {
    /// From decisions with their names, in any order.
    pub fn new(decisions: impl IntoIterator<Item = (NamedNode, Decision)>) -> Ledger {
        let mut recorded: Vec<Recorded> =
            decisions.into_iter().map(|(iri, decision)| Recorded { iri, decision, undone_by: None }).collect();
        recorded.sort_by(|a, b| (a.decision.time, &a.iri).cmp(&(b.decision.time, &b.iri)));
        recorded.dedup_by(|a, b| a.iri == b.iri);
        mark_undone(&mut recorded);
        Ledger { recorded }
    }

    /// From the quads of a graph; all but those of `urbi:curation`, and what is no whole decision, is passed over.
    pub fn from_quads<'a>(quads: impl IntoIterator<Item = QuadRef<'a>>) -> Ledger {
        let mut said: BTreeMap<NamedNode, Vec<(NamedNodeRef<'a>, TermRef<'a>)>> = BTreeMap::new();
        for quad in quads {
            if quad.graph_name == GraphNameRef::NamedNode(urbi::CURATION_GRAPH)
                && let Some(iri) = named(&quad.subject.into_owned())
            {
                said.entry(iri.clone()).or_default().push((quad.predicate, quad.object));
            }
        }
        Ledger::new(said.into_iter().filter_map(|(iri, said)| Some((iri, Decision::read(said).ok()?))))
    }

    /// All decisions, the earliest first.
    pub fn all(&self) -> &[Recorded] {
        &self.recorded
    }

    /// Those that hold: not undone, and no undoing themselves.
    pub fn in_force(&self) -> impl Iterator<Item = &Recorded> {
        self.recorded
            .iter()
            .filter(|entry| entry.undone_by.is_none() && !matches!(entry.decision.action, Action::Undo(_)))
    }

    /// The decision with this IRI.
    pub fn get(&self, iri: &NamedNode) -> Option<&Recorded> {
        self.recorded.iter().find(|entry| entry.iri == *iri)
    }

    /// Undoings of decisions that are not here.
    pub fn dangling(&self) -> impl Iterator<Item = &Recorded> {
        let known: BTreeSet<&NamedNode> = self.recorded.iter().map(|entry| &entry.iri).collect();
        self.recorded.iter().filter(move |entry| match &entry.decision.action {
            Action::Undo(undone) => !known.contains(undone),
            _ => false,
        })
    }
}

/// Notes what is undone. A decision is decided upon when all that would undo it are; since a name is a hash that holds the
/// name of what is undone, there are no circles.
fn mark_undone(recorded: &mut [Recorded]) {
    let place: BTreeMap<NamedNode, usize> = recorded.iter().enumerate().map(|(at, r)| (r.iri.clone(), at)).collect();
    let undoes: Vec<Option<usize>> = recorded
        .iter()
        .map(|entry| match &entry.decision.action {
            Action::Undo(undone) => place.get(undone).copied(),
            _ => None,
        })
        .collect();
    let mut waiting = vec![0_usize; recorded.len()];
    undoes.iter().flatten().for_each(|undone| waiting[*undone] += 1);
    let mut ready: Vec<usize> = (0..recorded.len()).filter(|at| waiting[*at] == 0).collect();
    let mut undone_by: Vec<Option<usize>> = vec![None; recorded.len()];
    while let Some(at) = ready.pop() {
        let Some(undone) = undoes[at] else { continue };
        if undone_by[at].is_none() {
            undone_by[undone] = Some(undone_by[undone].map_or(at, |first| first.min(at)));
        }
        waiting[undone] -= 1;
        if waiting[undone] == 0 {
            ready.push(undone);
        }
    }
    for (at, by) in undone_by.into_iter().enumerate() {
        recorded[at].undone_by = by.map(|by| recorded[by].iri.clone());
    }
}
