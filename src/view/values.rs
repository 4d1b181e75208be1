//! All values of an entity's relations, those too that do not stand, with what speaks for each.

use std::{collections::BTreeSet, ops::ControlFlow};

use oxrdf::{NamedNode, NamedNodeRef, Term};

use super::{
    Conflict,
    certainty::combine,
    dates::is_later,
    entity::Entity,
    schema::Schema,
    settle::{Value, announced_on, settle},
    standing::Standing,
    statements::{Statement, Statements, Support},
};
use crate::fact::Confidence;

/// A value that is stated of an entity, or that a curator gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valued {
    /// The relation.
    pub predicate: NamedNode,
    /// The value, as the view names it.
    pub object: Term,
    /// How it stands.
    pub standing: Standing,
    /// How sure all evidence together is of it; 0 if there is none.
    pub confidence: Confidence,
    /// How many documents state it.
    pub documents: usize,
    /// The latest date on which one of them was announced (ISO 8601).
    pub latest: Option<String>,
    /// Whether the relation has one value.
    pub is_single: bool,
    /// Whether a curator accepted it, or brought it in.
    pub is_decided: bool,
    /// The values that announcements give which are all later than those of this one, if no announcement gives both.
    pub replaced_by: Vec<Term>,
}

/// All values of all relations of an entity: by relation, the strongest first.
///
/// # Errors
/// If the statements cannot be read.
pub fn values<S: Statements>(
    statements: &S,
    schema: &Schema,
    entity: &Entity,
    at_least: Confidence,
    canonical: &mut dyn FnMut(&NamedNode) -> Result<NamedNode, S::Error>,
) -> Result<Vec<Valued>, S::Error> {
    let mut out = Vec::new();
    for settled in settle(statements, schema, entity, at_least, canonical)? {
        let mut dated = Vec::new();
        for (value, standing) in settled.values {
            let supports = supports(statements, settled.predicate.as_ref(), &value)?;
            let documents: BTreeSet<&NamedNode> = supports.iter().map(|support| &support.document).collect();
            let dates = announced(statements, schema, &documents)?;
            out.push(Valued {
                predicate: settled.predicate.clone(),
                object: value.object.clone(),
                standing,
                confidence: combine(&supports),
                documents: documents.len(),
                latest: dates.last().cloned().flatten(),
                is_single: settled.is_single,
                is_decided: value.accepted.is_some(),
                replaced_by: Vec::new(),
            });
            if standing.is_in_view() && schema.is_replaceable(&settled.predicate) {
                dated.push(Dated::new(&value, &dates));
            }
        }
        for (old, new) in replaced(&dated) {
            let own = out.iter_mut().filter(|valued| valued.predicate == settled.predicate && valued.object == old);
            own.for_each(|valued| valued.replaced_by.clone_from(&new));
        }
    }
    Ok(out)
}

/// What later announcements replace, though the view holds it.
///
/// # Errors
/// If the statements cannot be read.
pub fn replacements<S: Statements>(
    statements: &S,
    schema: &Schema,
    entity: &Entity,
    at_least: Confidence,
    canonical: &mut dyn FnMut(&NamedNode) -> Result<NamedNode, S::Error>,
) -> Result<Vec<Conflict>, S::Error> {
    let mut conflicts = Vec::new();
    for settled in settle(statements, schema, entity, at_least, canonical)? {
        if !schema.is_replaceable(&settled.predicate) || settled.standing().nth(1).is_none() {
            continue;
        }
        let mut dated = Vec::new();
        for value in settled.standing() {
            let supports = supports(statements, settled.predicate.as_ref(), value)?;
            let documents = supports.iter().map(|support| &support.document).collect();
            dated.push(Dated::new(value, &announced(statements, schema, &documents)?));
        }
        conflicts.extend(replaced(&dated).into_iter().map(|(value, by)| Conflict::Replaced {
            subject: entity.canonical.clone(),
            predicate: settled.predicate.clone(),
            value,
            by,
        }));
    }
    Ok(conflicts)
}

/// All evidence for a value.
fn supports<S: Statements>(
    statements: &S,
    predicate: NamedNodeRef<'_>,
    value: &Value,
) -> Result<Vec<Support>, S::Error> {
    let mut out = Vec::new();
    for (subject, object) in &value.stated {
        statements.supports(Statement { subject, predicate, object }, &mut |support| {
            out.push(support);
            ControlFlow::Continue(())
        })?;
    }
    Ok(out)
}

/// When these documents were announced (ISO 8601).
fn announced<S: Statements>(
    statements: &S,
    schema: &Schema,
    documents: &BTreeSet<&NamedNode>,
) -> Result<BTreeSet<Option<String>>, S::Error> {
    documents.iter().map(|document| announced_on(statements, schema, document)).collect()
}

/// A value with the dates between which it was announced. None if a date is not known, or a curator gave it.
struct Dated {
    object: Term,
    between: Option<(String, String)>,
}

impl Dated {
    fn new(value: &Value, dates: &BTreeSet<Option<String>>) -> Dated {
        let is_known = value.accepted.is_none() && !dates.contains(&None);
        let first = dates.first().cloned().flatten().filter(|_| is_known);
        let last = dates.last().cloned().flatten();
        Dated { object: value.object.clone(), between: first.zip(last) }
    }
}

/// The values that later announcements replace, with what they give instead: no announcement states both, and each that
/// states the new one is later than all that state the old one. What was replaced itself replaces nothing.
fn replaced(values: &[Dated]) -> Vec<(Term, Vec<Term>)> {
    let is_behind = |new: &Dated, old: &Dated| match (&new.between, &old.between) {
        (Some((first, _)), Some((_, last))) => is_later(Some(first), Some(last)),
        _ => false,
    };
    let is_replaced = |old: &Dated| values.iter().any(|new| is_behind(new, old));
    let old = values.iter().filter(|old| is_replaced(old));
    old.map(|old| {
        let new = values.iter().filter(|new| is_behind(new, old) && !is_replaced(new));
        (old.object.clone(), new.map(|new| new.object.clone()).collect())
    })
    .collect()
}
