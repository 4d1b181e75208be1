//! What a person should look at first.

use oxrdf::{NamedNode, Triple};
use serde::Serialize;

use super::{Grounds, Ref, RelationName, Site, SiteError, Stated, Value, entity::subject};
use crate::{
    fact::{Confidence, quads::named},
    store::Matter,
    view::{Refusal, Schema},
    vocab::urbi,
};

/// What waits for a curator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewList {
    /// Statements: those that others contradict, then the least sure first.
    pub items: Vec<ReviewItem>,
    /// How many there are.
    pub total: usize,
    /// Things that documents say are one and that cannot be: all of them, whichever statements are asked for.
    pub identities: Vec<Identity>,
}

/// A statement to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewItem {
    /// Of what.
    pub subject: Ref,
    /// In which relation.
    pub relation: RelationName,
    /// To what.
    pub value: Value,
    /// How sure all evidence together is, in thousandths.
    pub confidence: u16,
    /// `unsure`, or `conflict` if other evidence states another value.
    pub reason: &'static str,
    /// The evidence.
    pub evidence: Vec<Grounds>,
    /// The values that other evidence states, the strongest first; empty if it is only unsure.
    pub against: Vec<Rival>,
}

/// A value that contradicts the one that stands in the graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rival {
    /// The value.
    pub value: Value,
    /// How sure all evidence together is, in thousandths.
    pub confidence: u16,
    /// The evidence.
    pub evidence: Vec<Grounds>,
}

/// Things that documents say are one, and that are kept apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// The things.
    pub things: Vec<Ref>,
    /// Why they cannot be one: `ordinals` (two editions of one series) or `authorities` (two records of one authority).
    pub reason: &'static str,
    /// The evidence that says so.
    pub evidence: Vec<Grounds>,
}

/// How sure a statement must be not to be looked at.
const SURE: Confidence = Confidence::from_thousandths(900);

impl Site {
    /// What waits for a curator: contradictions, then the statements that all evidence together makes less than nine tenths
    /// sure, the least sure first; `limit` of them from `offset` on. Reads what all documents state, and the evidence of what is
    /// in doubt.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn review(&self, offset: usize, limit: usize) -> Result<ReviewList, SiteError> {
        let mut facts: Vec<Vec<Triple>> = Vec::new();
        let mut identities = Vec::new();
        for matter in self.store().agenda(&Schema::from(&self.ontology), SURE, None, None)? {
            match matter {
                Matter::Doubt { fact, .. } => facts.push(vec![fact]),
                Matter::Values(values) => facts.push(values),
                Matter::Keys(keys, reason) => identities.push(self.identity(&keys, reason)?),
            }
        }
        let total = facts.len();
        let mut items = Vec::new();
        for facts in facts.into_iter().skip(offset).take(limit) {
            let mut stated = Vec::new();
            for fact in &facts {
                let found = self.evidence(subject(fact), Some(&fact.predicate), Some(&fact.object))?.statements;
                stated.extend(found.into_iter().next());
            }
            let mut stated = stated.into_iter();
            let Some(Stated { subject, relation, value, confidence, evidence, .. }) = stated.next() else { continue };
            let rival =
                |other: Stated| Rival { value: other.value, confidence: other.confidence, evidence: other.evidence };
            let against: Vec<Rival> = stated.map(rival).collect();
            let reason = if against.is_empty() { "unsure" } else { "conflict" };
            items.push(ReviewItem { subject, relation, value, confidence, reason, evidence, against });
        }
        Ok(ReviewList { items, total, identities })
    }

    fn identity(&self, keys: &[NamedNode], reason: Refusal) -> Result<Identity, SiteError> {
        let names = self.names();
        let same = urbi::SAME_ENTITY.into_owned();
        let (mut things, mut evidence) = (Vec::new(), Vec::new());
        for key in keys {
            let thing = names.subject(&key.clone().into())?;
            if !things.contains(&thing) {
                things.push(thing);
            }
            for explanation in self.store().explain(Some(key), Some(&same), None)? {
                let is_between = named(&explanation.statement.subject).is_some_and(|subject| keys.contains(subject));
                if is_between {
                    let grounds = self.grounds(&explanation)?;
                    if !evidence.contains(&grounds) {
                        evidence.push(grounds);
                    }
                }
            }
        }
        let reason = match reason {
            Refusal::TwoOrdinals => "ordinals",
            Refusal::TwoAuthorities => "authorities",
        };
        Ok(Identity { things, reason, evidence })
    }
}
