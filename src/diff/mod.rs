//! What one graph says that another does not.
//!
//! Blank nodes have no names: what they are called in a file must not matter. Each group of blank nodes that hang together
//! is brought into the canonical form of the standard (RDFC-1.0) by itself, and its nodes are named after a hash of that
//! form. So equal groups are equal wherever they stand, and a change in one of them does not touch the others, as it would
//! if the graph were canonicalised as a whole.
//!
//! Not in here: where graphs are read from, and how a difference is shown.

mod blank;

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{GraphName, NamedOrBlankNode, Quad, Term, Triple};

pub use blank::DiffError;

use crate::vocab::{rdfs, skos};

/// The difference between two graphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// What has changed, by subject: as N-Triples write it, sorted.
    pub subjects: Vec<Change>,
    /// How many triples both have.
    pub same: usize,
}

/// What has changed about one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The subject.
    pub subject: NamedOrBlankNode,
    /// What it is called: in the second graph, else in the first.
    pub label: Option<String>,
    /// What only the first graph says of it, sorted.
    pub lost: Vec<Quad>,
    /// What only the second graph says of it, sorted.
    pub gained: Vec<Quad>,
}

impl Difference {
    /// From one graph to another. The same quad twice counts once.
    ///
    /// # Errors
    /// If blank nodes hang together in a way that has no canonical form within reason.
    pub fn new(from: &[Quad], to: &[Quad]) -> Result<Difference, DiffError> {
        let (old, new) = (blank::named(from)?, blank::named(to)?);
        let label = |node: &NamedOrBlankNode| label(&new, node).or_else(|| label(&old, node));
        let mut subjects: BTreeMap<String, Change> = BTreeMap::new();
        let mut note = |quad: &Quad, is_new: bool| {
            let change = subjects.entry(quad.subject.to_string()).or_insert_with(|| Change {
                subject: quad.subject.clone(),
                label: None,
                lost: Vec::new(),
                gained: Vec::new(),
            });
            if is_new { &mut change.gained } else { &mut change.lost }.push(quad.clone());
        };
        // Sorted as lines: so are the changes.
        old.iter().filter(|(line, _)| !new.contains_key(*line)).for_each(|(_, quad)| note(quad, false));
        new.iter().filter(|(line, _)| !old.contains_key(*line)).for_each(|(_, quad)| note(quad, true));
        let mut subjects: Vec<Change> = subjects.into_values().collect();
        for change in &mut subjects {
            change.label = label(&change.subject);
        }
        Ok(Difference { subjects, same: old.keys().filter(|line| new.contains_key(*line)).count() })
    }

    /// From one graph of triples to another; see [`Difference::new`].
    ///
    /// # Errors
    /// As [`Difference::new`].
    pub fn of_triples(from: &[Triple], to: &[Triple]) -> Result<Difference, DiffError> {
        let quads = |triples: &[Triple]| -> Vec<Quad> {
            triples.iter().map(|triple| triple.clone().in_graph(GraphName::DefaultGraph)).collect()
        };
        Difference::new(&quads(from), &quads(to))
    }

    /// Whether both graphs say the same.
    pub fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }

    /// How many triples only the second graph has.
    pub fn gained(&self) -> usize {
        self.subjects.iter().map(|change| change.gained.len()).sum()
    }

    /// How many triples only the first graph has.
    pub fn lost(&self) -> usize {
        self.subjects.iter().map(|change| change.lost.len()).sum()
    }

    /// The labels of what changed triples speak of, as one of the graphs gives them; `from` and `to` are those that were
    /// compared.
    pub fn labels(&self, from: &[Quad], to: &[Quad]) -> BTreeMap<String, String> {
        let changed = self.subjects.iter().flat_map(|change| change.gained.iter().chain(&change.lost));
        let wanted: BTreeSet<String> = changed.map(|quad| quad.object.to_string()).collect();
        let mut labels = BTreeMap::new();
        for quad in from.iter().chain(to).filter(|quad| quad.predicate == rdfs::LABEL) {
            if let (true, Term::Literal(label)) = (wanted.contains(&quad.subject.to_string()), &quad.object) {
                labels.insert(quad.subject.to_string(), label.value().to_owned());
            }
        }
        labels
    }
}

/// Quads by their N-Quads lines.
type Lines = BTreeMap<String, Quad>;

fn label(graph: &Lines, node: &NamedOrBlankNode) -> Option<String> {
    // The lines of a subject stand together.
    let start = format!("{node} ");
    let own = graph.range(start.clone()..).take_while(|(line, _)| line.starts_with(&start));
    let labels = own.filter_map(|(_, quad)| match (&quad.object, quad.predicate.as_ref()) {
        (Term::Literal(label), rdfs::LABEL) => Some((0, label.value().to_owned())),
        (Term::Literal(label), skos::PREF_LABEL) => Some((1, label.value().to_owned())),
        _ => None,
    });
    labels.min().map(|(_, label)| label)
}

#[cfg(test)]
mod tests;
