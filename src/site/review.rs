//! What a person should look at first.

use oxrdf::{NamedNode, Triple};
use serde::Serialize;

use super::{Grounds, Ref, RelationName, Site, SiteError, Value, entity::subject};
use crate::view::is_relation;
use crate::vocab::urbi;

/// Statements to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewList {
    /// The least sure first.
    pub items: Vec<ReviewItem>,
    /// How many there are.
    pub total: usize,
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
}

/// How sure a statement must be not to be looked at, in thousandths.
const SURE: u16 = 900;

impl Site {
    /// The statements of the view that all evidence together makes less than nine tenths sure, the least sure first; `limit` of
    /// them from `offset` on. Reads the whole view.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn review(&self, offset: usize, limit: usize) -> Result<ReviewList, SiteError> {
        let mut facts: Vec<Triple> = self.store().view_triples()?;
        let derived = [urbi::EARLIEST_START, urbi::LATEST_END];
        facts.retain(|t| is_relation(t.predicate.as_ref()) && !derived.contains(&t.predicate.as_ref()));
        let weights = self.store().weights(&facts)?;
        let mut unsure: Vec<(u16, Triple)> = facts
            .into_iter()
            .zip(weights)
            .map(|(triple, weight)| (weight.confidence.thousandths(), triple))
            .filter(|(confidence, _)| *confidence < SURE)
            .collect();
        unsure.sort_by_cached_key(|(confidence, triple)| (*confidence, triple.to_string()));
        let total = unsure.len();
        let mut items = Vec::new();
        for (confidence, triple) in unsure.into_iter().skip(offset).take(limit) {
            let predicate: &NamedNode = &triple.predicate;
            let stated = self.evidence(subject(&triple), Some(predicate), Some(&triple.object))?;
            let Some(stated) = stated.statements.into_iter().next() else { continue };
            items.push(ReviewItem {
                subject: stated.subject,
                relation: stated.relation,
                value: stated.value,
                confidence,
                reason: "unsure",
                evidence: stated.evidence,
            });
        }
        Ok(ReviewList { items, total })
    }
}
