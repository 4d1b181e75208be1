//! What a curator should look at, in order: contradictions, then the facts that are least certain.

use std::collections::BTreeSet;

use oxrdf::{NamedNode, Term, Triple};
use urbi::curation::{Action, Fact};
use urbi::fact::Confidence;
use urbi::view::{Conflict, Refusal};

use super::args::Review;
use super::desk::Desk;
use crate::cli::names;

/// Something to decide on.
pub enum Item {
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

/// All that is to be decided on.
pub fn queue(desk: &Desk<'_>, task: &Review) -> anyhow::Result<Vec<Item>> {
    let about = task.about.as_deref().map(|name| desk.entity(name)).transpose()?;
    let about = about.map(|key| desk.store.canonical(&key)).transpose()?;
    let relation = task.relation.as_deref().map(|name| names::property(name, &desk.ontology)).transpose()?;
    let decided = Decided::new(desk)?;
    let mut items = Vec::new();
    // What time or precision has settled needs nobody.
    for conflict in desk.conflicts()?.into_iter().filter(Conflict::is_open) {
        match conflict {
            Conflict::Values { subject, predicate, kept, dropped } => {
                let wanted = about.as_ref().is_none_or(|about| *about == subject)
                    && relation.as_ref().is_none_or(|relation| *relation == predicate);
                let values = std::iter::once(kept).chain(dropped.into_iter().map(|dropped| dropped.value));
                let facts: Vec<Triple> =
                    values.map(|value| Triple::new(subject.clone(), predicate.clone(), value)).collect();
                if wanted {
                    items.push(Item::Values(facts));
                }
            }
            Conflict::Replaced { .. } => {}
            Conflict::Keys { keys, reason } => {
                let wanted = relation.is_none() && about.as_ref().is_none_or(|about| keys.contains(about));
                if wanted {
                    items.push(Item::Keys(keys, reason));
                }
            }
        }
    }
    let contradicted: BTreeSet<String> = items
        .iter()
        .flat_map(|item| match item {
            Item::Values(facts) => facts.as_slice(),
            _ => &[],
        })
        .map(Triple::to_string)
        .collect();
    for (fact, confidence) in desk.store.uncertain(task.below, about.as_ref(), relation.as_ref())? {
        if !contradicted.contains(&fact.to_string()) {
            items.push(Item::Doubt { fact, confidence });
        }
    }
    items.retain(|item| decided.leaves_open(desk, item));
    items.truncate(task.limit.unwrap_or(usize::MAX));
    Ok(items)
}

/// What has been decided.
#[derive(Default)]
pub struct Decided {
    /// The facts that decisions speak of which hold, as the view would name them.
    facts: BTreeSet<String>,
    /// The keys that they join or part.
    keys: Vec<BTreeSet<NamedNode>>,
}

impl Decided {
    /// Reads what has been decided.
    pub fn new(desk: &Desk<'_>) -> anyhow::Result<Decided> {
        let mut decided = Decided::default();
        for entry in desk.store.decisions()?.in_force() {
            match &entry.decision.action {
                Action::Accept(fact) | Action::Reject(fact) => decided.note(desk, fact, &fact.object)?,
                Action::Correct { fact, value, .. } => {
                    decided.note(desk, fact, &fact.object)?;
                    decided.note(desk, fact, value)?;
                }
                Action::Merge(keys) => decided.keys.push(keys.iter().cloned().collect()),
                Action::Split { apart, from } => decided.keys.push(apart.iter().chain(from).cloned().collect()),
                Action::Rename { .. } | Action::Undo(_) => {}
            }
        }
        Ok(decided)
    }

    fn note(&mut self, desk: &Desk<'_>, fact: &Fact, value: &Term) -> anyhow::Result<()> {
        let object = match value {
            Term::NamedNode(node) => Term::from(desk.store.canonical(node)?),
            other => other.clone(),
        };
        let subject = desk.store.canonical(&fact.subject)?;
        self.facts.insert(Triple::new(subject, fact.predicate.clone(), object).to_string());
        Ok(())
    }

    /// Whether a fact has been decided on.
    fn has(&self, fact: &Triple) -> bool {
        self.facts.contains(&fact.to_string())
    }

    /// Whether an item still waits for an answer.
    pub fn leaves_open(&self, desk: &Desk<'_>, item: &Item) -> bool {
        match item {
            Item::Doubt { fact, .. } => desk.stands(fact) && !self.has(fact),
            Item::Values(facts) => facts.first().is_some_and(|fact| desk.stands(fact) && !self.has(fact)),
            Item::Keys(keys, _) => !self.keys.iter().any(|decided| keys.iter().all(|key| decided.contains(key))),
        }
    }
}
