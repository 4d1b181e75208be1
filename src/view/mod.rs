//! The view: what all evidence together says, as one graph.
//!
//! A pure function of evidence and of what curators decided. Keys that are stated to be one entity are merged ([`entity`]),
//! relations that have one value are decided ([`relations`]), the rest is what each entity is and is called ([`describe`]).
//! In all three a curator has the last word. An entity that stands in no relation does not appear. The same functions compute the view of a few extractions in memory ([`of_extractions`])
//! and, entity by entity, the view that a store keeps up to date: [`Statements`] is what both can be read through.
//!
//! Everything that evidence is combined by is cheap to update: a function of the set of statements about an entity, plus
//! counts with a limit. Not in here: how a store finds out which entities a change touches.

mod certainty;
pub mod describe;
pub mod entity;
mod gone;
mod joined;
pub mod relations;
mod ruling;
mod schema;
mod statements;

use std::{collections::BTreeSet, convert::Infallible};

use oxrdf::{NamedNode, Quad, Term, Triple};
use rustc_hash::FxHashMap;

pub use certainty::Certainty;
pub use describe::COMMON;
pub use entity::{Component, Entity, Refusal};
pub use gone::{Gone, Missing, gone};
pub use relations::announced_on;
pub use schema::{Schema, is_relation};
pub use statements::{Corpus, Statement, Statements, Summary, Support, is_authority_label, is_evidence, wording};

use crate::{
    fact::{Confidence, Extraction, quads},
    vocab::Base,
};

/// The view, and what a person should look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The triples, sorted as their N-Triples lines, each once.
    pub triples: Vec<Triple>,
    /// Where evidence disagrees, sorted.
    pub conflicts: Vec<Conflict>,
}

/// A disagreement of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// A relation that has one value is given several that do not agree.
    Values {
        /// Of which entity.
        subject: NamedNode,
        /// Which relation.
        predicate: NamedNode,
        /// The value that stands in the view.
        kept: Term,
        /// The values that do not, the strongest first.
        dropped: Vec<Term>,
    },
    /// Keys are stated to be one entity that cannot be one; they are not merged.
    Keys {
        /// The keys, sorted.
        keys: Vec<NamedNode>,
        /// Why not.
        reason: Refusal,
    },
}

/// The view of these extractions: the same triples that a store holds which these documents alone were put into. Relations
/// that are less sure than `at_least` are left out.
pub fn of_extractions(base: &Base, schema: &Schema, extractions: &[Extraction], at_least: Confidence) -> View {
    of_quads(base, schema, extractions.iter().flat_map(|e| quads::quads(base, e)).collect(), at_least)
}

/// The view of evidence given as quads, as [`quads::quads`] makes them.
pub fn of_quads(base: &Base, schema: &Schema, quads: Vec<Quad>, at_least: Confidence) -> View {
    let corpus = Corpus::from_quads(base, quads);
    let Ok(view) = of(&corpus, corpus.keys(), schema, at_least);
    view
}

fn of(corpus: &Corpus, keys: BTreeSet<NamedNode>, schema: &Schema, at_least: Confidence) -> Result<View, Infallible> {
    let mut conflicts = Vec::new();
    let mut entities: Vec<Entity> = Vec::new();
    let mut of_key: FxHashMap<NamedNode, usize> = FxHashMap::default();
    for key in keys {
        if of_key.contains_key(&key) {
            continue;
        }
        let component = entity::component_of(corpus, &key)?;
        conflicts.extend(component.conflicts);
        for entity in component.entities {
            of_key.extend(entity.keys.iter().map(|key| (key.clone(), entities.len())));
            entities.push(entity);
        }
    }
    let mut triples = Vec::new();
    let mut present: BTreeSet<NamedNode> = BTreeSet::new();
    for entity in &entities {
        let mut canonical =
            |key: &NamedNode| Ok(of_key.get(key).map_or_else(|| key.clone(), |at| entities[*at].canonical.clone()));
        let (related, disagreeing) = relations::relations(corpus, schema, entity, at_least, &mut canonical)?;
        for triple in &related {
            present.insert(entity.canonical.clone());
            if let Term::NamedNode(object) = &triple.object {
                present.insert(object.clone());
            }
        }
        triples.extend(related);
        conflicts.extend(disagreeing);
    }
    for entity in entities.iter().filter(|entity| present.contains(&entity.canonical)) {
        triples.extend(describe::description(corpus, schema, entity)?);
    }
    sort(&mut triples);
    conflicts.sort_by_cached_key(|conflict| format!("{conflict:?}"));
    conflicts.dedup();
    Ok(View { triples, conflicts })
}

/// Sorts triples as their N-Triples lines would sort, and drops repetitions.
pub fn sort(triples: &mut Vec<Triple>) {
    triples.sort_by_cached_key(Triple::to_string);
    triples.dedup();
}

#[cfg(test)]
mod tests;
