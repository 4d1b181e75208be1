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
mod dates;
pub mod describe;
pub mod entity;
mod gone;
mod grounds;
mod joined;
pub mod relations;
mod ruling;
mod schema;
mod settle;
mod standing;
mod statements;
pub mod values;

use std::{collections::BTreeSet, convert::Infallible};

use oxrdf::{NamedNode, Quad, Term, Triple};
use rustc_hash::FxHashMap;

pub use certainty::{Certainty, combine};
pub use dates::refines;
pub use describe::COMMON;
pub use entity::{Component, Entity, Refusal};
pub use gone::{Gone, Missing, gone};
pub use schema::{Schema, is_fact, is_relation};
pub use settle::announced_on;
pub use standing::Standing;
pub use statements::{Corpus, Statement, Statements, Summary, Support, is_authority_label, is_evidence, wording};
pub use values::Valued;

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

/// A disagreement of evidence; most of them are settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// A relation that has one value is given several that do not agree, or an event an end before its start.
    Values {
        /// Of which entity.
        subject: NamedNode,
        /// Which relation.
        predicate: NamedNode,
        /// The value that stands in the view; of an end that is overtaken, the start.
        kept: Term,
        /// The values that do not, the strongest first.
        dropped: Vec<Dropped>,
    },
    /// A relation may have several values, but later announcements give others in the place of one of them.
    Replaced {
        /// Of which entity.
        subject: NamedNode,
        /// Which relation.
        predicate: NamedNode,
        /// The value of the earlier announcements, which stands in the view.
        value: Term,
        /// Those of the later ones.
        by: Vec<Term>,
    },
    /// Keys are stated to be one entity that cannot be one; they are not merged.
    Keys {
        /// The keys, sorted.
        keys: Vec<NamedNode>,
        /// Why not.
        reason: Refusal,
    },
}

/// A value that does not stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The value.
    pub value: Term,
    /// Why not: corrected, overtaken or contradicted.
    pub standing: Standing,
}

impl Conflict {
    /// Sorts conflicts, and drops repetitions.
    pub fn sort(conflicts: &mut Vec<Conflict>) {
        conflicts.sort_by_cached_key(|conflict| format!("{conflict:?}"));
        conflicts.dedup();
    }

    /// Whether a person should decide; if not, precision or time has.
    pub fn is_open(&self) -> bool {
        match self {
            Conflict::Values { dropped, .. } => dropped.iter().any(|dropped| dropped.standing.is_open()),
            Conflict::Keys { .. } => true,
            Conflict::Replaced { .. } => false,
        }
    }
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
        conflicts.extend(values::replacements(corpus, schema, entity, at_least, &mut canonical)?);
    }
    for entity in entities.iter().filter(|entity| present.contains(&entity.canonical)) {
        triples.extend(describe::description(corpus, schema, entity)?);
    }
    sort(&mut triples);
    Conflict::sort(&mut conflicts);
    Ok(View { triples, conflicts })
}

/// Sorts triples as their N-Triples lines would sort, and drops repetitions.
pub fn sort(triples: &mut Vec<Triple>) {
    triples.sort_by_cached_key(Triple::to_string);
    triples.dedup();
}

#[cfg(test)]
mod tests;
