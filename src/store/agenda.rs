//! What a curator should look at, in order: contradictions, then the facts that are least certain.

use std::collections::BTreeSet;

use oxrdf::{NamedNode, Term, Triple};

use super::{Store, error::StoreError};
use crate::{
    curation::{Action, Fact},
    fact::Confidence,
    view::{Conflict, Refusal, Schema},
};

/// Something to decide on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    /// A fact that little speaks for.
    Doubt {
        /// The fact.
        fact: Triple,
        /// How sure it is.
        confidence: Confidence,
    },
    /// Values of which one can be true only: the one that stands first.
    Values(Vec<Triple>),
    /// Keys that evidence says are one entity, which they should not be.
    Keys(Vec<NamedNode>, Refusal),
}

impl Store {
    /// All that waits for a curator: values and keys that contradict each other and that neither precision nor time settles,
    /// then facts less sure than `below`. Only of `about` (the IRI of an entity) or of a relation, if they are given.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn agenda(
        &self,
        schema: &Schema,
        below: Confidence,
        about: Option<&NamedNode>,
        relation: Option<&NamedNode>,
    ) -> Result<Vec<Matter>, StoreError> {
        let mut matters = Vec::new();
        for conflict in self.conflicts(schema)?.into_iter().filter(Conflict::is_open) {
            match conflict {
                Conflict::Values { subject, predicate, kept, dropped } => {
                    let is_wanted = about.is_none_or(|about| *about == subject)
                        && relation.is_none_or(|relation| *relation == predicate);
                    if is_wanted {
                        let values = std::iter::once(kept).chain(dropped.into_iter().map(|dropped| dropped.value));
                        let fact = |value| Triple::new(subject.clone(), predicate.clone(), value);
                        matters.push(Matter::Values(values.map(fact).collect()));
                    }
                }
                Conflict::Keys { keys, reason } => {
                    if relation.is_none() && about.is_none_or(|about| keys.contains(about)) {
                        matters.push(Matter::Keys(keys, reason));
                    }
                }
                Conflict::Replaced { .. } => {}
            }
        }
        let contradicted: BTreeSet<String> = matters
            .iter()
            .flat_map(|matter| match matter {
                Matter::Values(facts) => facts.as_slice(),
                _ => &[],
            })
            .map(Triple::to_string)
            .collect();
        for (fact, confidence) in self.uncertain(below, about, relation)? {
            if !contradicted.contains(&fact.to_string()) {
                matters.push(Matter::Doubt { fact, confidence });
            }
        }
        let decided = Decided::new(self)?;
        let mut open = Vec::with_capacity(matters.len());
        for matter in matters {
            if decided.leaves_open(self, &matter)? {
                open.push(matter);
            }
        }
        Ok(open)
    }
}

/// What has been decided.
#[derive(Debug, Default)]
pub struct Decided {
    /// The facts that decisions speak of which hold, as the view would name them.
    facts: BTreeSet<String>,
    /// The keys that they join or part.
    keys: Vec<BTreeSet<NamedNode>>,
}

impl Decided {
    /// Reads what has been decided.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn new(store: &Store) -> Result<Decided, StoreError> {
        let mut decided = Decided::default();
        for entry in store.decisions()?.in_force() {
            match &entry.decision.action {
                Action::Accept(fact) | Action::Reject(fact) => decided.note(store, fact, &fact.object)?,
                Action::Correct { fact, value, .. } => {
                    decided.note(store, fact, &fact.object)?;
                    decided.note(store, fact, value)?;
                }
                Action::Merge(keys) => decided.keys.push(keys.iter().cloned().collect()),
                Action::Split { apart, from } => decided.keys.push(apart.iter().chain(from).cloned().collect()),
                Action::Rename { .. } | Action::Undo(_) => {}
            }
        }
        Ok(decided)
    }

    fn note(&mut self, store: &Store, fact: &Fact, value: &Term) -> Result<(), StoreError> {
        let object = match value {
            Term::NamedNode(node) => Term::from(store.canonical(node)?),
            other => other.clone(),
        };
        let subject = store.canonical(&fact.subject)?;
        self.facts.insert(Triple::new(subject, fact.predicate.clone(), object).to_string());
        Ok(())
    }

    /// Whether a matter still waits for an answer.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn leaves_open(&self, store: &Store, matter: &Matter) -> Result<bool, StoreError> {
        let is_open = |fact: &Triple| Ok(store.holds(fact)? && !self.facts.contains(&fact.to_string()));
        match matter {
            Matter::Doubt { fact, .. } => is_open(fact),
            Matter::Values(facts) => facts.first().map_or(Ok(false), is_open),
            Matter::Keys(keys, _) => Ok(!self.keys.iter().any(|decided| keys.iter().all(|key| decided.contains(key)))),
        }
    }
}
