//! What speaks for a value: when it was announced, and how surely.

use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeSet,
    ops::ControlFlow,
};

use oxrdf::NamedNodeRef;

use super::{
    certainty::Certainty,
    schema::Schema,
    settle::{Value, announced_on},
    statements::{Statement, Statements},
};
use crate::{fact::Confidence, vocab::urbi};

/// What speaks for a value. The greater wins: the later announcement, then confidence, then the first piece of evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Grounds {
    /// When the latest of the documents was announced (ISO 8601); None if no document says.
    pub(super) latest: Option<String>,
    confidence: Confidence,
    /// The first piece of evidence, by IRI.
    first: Option<String>,
}

impl Ord for Grounds {
    fn cmp(&self, other: &Grounds) -> Ordering {
        let order = |grounds: &Grounds| (grounds.latest.clone(), grounds.confidence, Reverse(grounds.first.clone()));
        order(self).cmp(&order(other))
    }
}

impl PartialOrd for Grounds {
    fn partial_cmp(&self, other: &Grounds) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What speaks for values that agree. Where a summary of the evidence is known, no more of it is read than confidence takes.
pub(super) fn grounds<'a, S: Statements>(
    statements: &S,
    schema: &Schema,
    predicate: NamedNodeRef<'_>,
    values: impl IntoIterator<Item = &'a Value>,
) -> Result<Grounds, S::Error> {
    let (mut latest, mut first) = (None, None);
    let mut surest = Confidence::from_thousandths(0);
    let mut certainty = Certainty::default();
    let mut unread = Vec::new();
    // The announcement's own date cannot be decided by itself.
    let is_dated = predicate != urbi::ANNOUNCED_ON;
    let earliest = |first: Option<String>, other: String| Some(first.map_or(other.clone(), |first| first.min(other)));
    for (subject, object) in values.into_iter().flat_map(|value| &value.stated) {
        let statement = Statement { subject, predicate, object };
        if let Some(summary) = statements.summary(statement)? {
            latest = if is_dated { latest.max(summary.latest) } else { latest };
            first = earliest(first, summary.first);
            surest = surest.max(summary.surest);
            unread.push(statement);
            continue;
        }
        let mut documents = BTreeSet::new();
        statements.supports(statement, &mut |support| {
            certainty.add(&support);
            surest = surest.max(support.confidence);
            first = earliest(first.take(), support.evidence.into_string());
            documents.insert(support.document);
            ControlFlow::Continue(())
        })?;
        for document in documents.iter().filter(|_| is_dated) {
            latest = latest.max(announced_on(statements, schema, document)?);
        }
    }
    // One that is certain settles it; without one, rounding leaves a thousandth of doubt, which is soon reached.
    if surest == Confidence::CERTAIN {
        return Ok(Grounds { latest, confidence: surest, first });
    }
    let most = Confidence::from_thousandths(999);
    for statement in unread {
        statements.supports(statement, &mut |support| {
            certainty.add(&support);
            if certainty.value() >= most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
    }
    Ok(Grounds { latest, confidence: certainty.value(), first })
}
