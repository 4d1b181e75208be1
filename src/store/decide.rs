//! Decisions of curators: put in, listed, and held against what evidence still speaks of.

use std::collections::BTreeSet;

use oxigraph::store::StorageError;
use oxrdf::{GraphName, NamedNode, Quad, Triple};

use super::{
    Store,
    change::quads_of,
    error::StoreError,
    refresh::{Touched, keys_of, refresh},
    stated::{Quads, Stated, ledger_of},
    summary,
    terms::IN_CURATION,
};
use crate::{
    curation::{Action, Decision, Ledger},
    view::{self, Gone, Schema, is_evidence},
    vocab::{Base, urbi},
};

impl Store {
    /// Puts decisions in, all of them or none, and brings the view up to date; gives the IRIs of those that are new. The
    /// order does not matter, and what is there already changes nothing.
    ///
    /// # Errors
    /// If the database refuses. Then nothing has changed.
    pub fn decide(&self, schema: &Schema, decisions: &[Decision]) -> Result<Vec<NamedNode>, StoreError> {
        self.writable()?;
        let write = || -> Result<Vec<NamedNode>, StorageError> {
            let mut txn = self.rdf.start_transaction()?;
            let mut new: Vec<(NamedNode, Vec<Quad>)> = Vec::new();
            for decision in decisions {
                let quads = decision.quads(&self.base);
                let iri = decision.iri(&self.base);
                if !txn.contains(&quads[0])? && !new.iter().any(|(other, _)| *other == iri) {
                    new.push((iri, quads));
                }
            }
            if new.is_empty() {
                return Ok(Vec::new());
            }
            let quads: Vec<&Quad> = new.iter().flat_map(|(_, quads)| quads).collect();
            let Reach { keys, dated } = reach(&txn, &self.base, &quads)?;
            let touched = Touched::before(&txn, &self.base, keys)?;
            quads.iter().for_each(|quad| txn.insert(*quad));
            summary::renew(&mut txn, &self.base, schema, self.crowd, dated)?;
            refresh(&mut txn, &self.base, schema, touched)?;
            self.commit(txn)?;
            Ok(new.into_iter().map(|(iri, _)| iri).collect())
        };
        write().map_err(self.failed("written"))
    }

    /// All decisions, the earliest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn decisions(&self) -> Result<Ledger, StoreError> {
        let read = || -> Result<Ledger, StorageError> {
            let quads: Vec<Quad> = self.rdf.matching(None, None, None, Some(IN_CURATION)).collect::<Result<_, _>>()?;
            Ok(Ledger::from_quads(quads.iter().map(Quad::as_ref)))
        };
        read().map_err(self.failed("read"))
    }

    /// The decisions that hold and speak of what no evidence speaks of any more.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn gone(&self) -> Result<Vec<Gone>, StoreError> {
        let ledger = self.decisions()?;
        view::gone(&Stated::new(&self.rdf, &self.base), &ledger).map_err(self.failed("read"))
    }
}

/// What new decisions reach.
#[derive(Default)]
struct Reach {
    /// The keys that they name, and those that decisions name which they undo or bring back.
    keys: BTreeSet<NamedNode>,
    /// What documents state of which it is decided when they were announced: which value stands may depend on that.
    dated: Vec<Triple>,
}

fn reach<Q: Quads>(quads: &Q, base: &Base, new: &[&Quad]) -> Result<Reach, StorageError> {
    let new = Ledger::from_quads(new.iter().map(|quad| quad.as_ref()));
    let mut open: Vec<Decision> = new.all().iter().map(|entry| entry.decision.clone()).collect();
    let (mut seen, mut reach) = (BTreeSet::new(), Reach::default());
    while let Some(decision) = open.pop() {
        reach.keys.extend(decision.keys().into_iter().cloned());
        match &decision.action {
            Action::Undo(undone) if seen.insert(undone.clone()) => {
                let held = ledger_of(quads, [undone.clone()])?;
                open.extend(held.get(undone).or_else(|| new.get(undone)).map(|entry| entry.decision.clone()));
            }
            Action::Accept(fact) | Action::Reject(fact) | Action::Correct { fact, .. }
                if fact.predicate == urbi::ANNOUNCED_ON =>
            {
                let mut stated = quads_of(quads, &fact.subject)?;
                stated.retain(|quad| match &quad.graph_name {
                    GraphName::NamedNode(graph) => is_evidence(base, graph.as_ref()),
                    _ => false,
                });
                reach.keys.extend(keys_of(&stated));
                reach.dated.extend(stated.into_iter().map(Triple::from));
            }
            _ => {}
        }
    }
    view::sort(&mut reach.dated);
    Ok(reach)
}
