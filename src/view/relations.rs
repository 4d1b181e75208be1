//! What an entity stands in relation to, and which value stands where evidence disagrees.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use jiff::civil::{Date, date};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};

use super::{
    Conflict,
    entity::Entity,
    schema::{Schema, is_relation},
    statements::{Statement, Statements, Support},
};
use crate::{
    fact::Confidence,
    vocab::{urbi, xsd},
};

/// A value of a relation, and the statements that give it.
struct Value {
    object: Term,
    stated: Vec<(NamedNode, Term)>,
}

/// The relations of `entity`, and the conflicts among them. `canonical` gives the IRI that stands for an object;
/// statements that are together less sure than `at_least` are passed over.
///
/// # Errors
/// If the statements cannot be read.
pub fn relations<S: Statements>(
    statements: &S,
    schema: &Schema,
    entity: &Entity,
    at_least: Confidence,
    canonical: &mut dyn FnMut(&NamedNode) -> Result<NamedNode, S::Error>,
) -> Result<(Vec<Triple>, Vec<Conflict>), S::Error> {
    let mut found: BTreeMap<NamedNode, BTreeMap<String, Value>> = BTreeMap::new();
    for key in &entity.keys {
        for (predicate, stated) in statements.about(key)? {
            if !is_relation(predicate.as_ref()) {
                continue;
            }
            let object = match &stated {
                Term::NamedNode(node) => Term::from(canonical(node)?),
                other => other.clone(),
            };
            // Nothing stands in relation to itself; merged keys can make it seem so.
            if object == Term::from(entity.canonical.clone()) {
                continue;
            }
            let values = found.entry(predicate).or_default();
            let value = values.entry(object.to_string()).or_insert_with(|| Value { object, stated: Vec::new() });
            value.stated.push((key.clone(), stated));
        }
    }
    let (mut triples, mut conflicts) = (Vec::new(), Vec::new());
    let counts: BTreeMap<NamedNode, usize> = found.iter().map(|(p, values)| (p.clone(), values.len())).collect();
    let count = |predicate: &NamedNode| counts.get(predicate).copied().unwrap_or(0);
    for (predicate, values) in found {
        let mut values: Vec<Value> = values.into_values().collect();
        if at_least > Confidence::from_thousandths(0) {
            let mut sure = Vec::with_capacity(values.len());
            for value in values {
                if combine(&supports(statements, predicate.as_ref(), [&value])?) >= at_least {
                    sure.push(value);
                }
            }
            values = sure;
        }
        if values.len() > 1 && schema.is_functional(&predicate, count) {
            let (kept, dropped) = decide(statements, predicate.as_ref(), values)?;
            if !dropped.is_empty() {
                conflicts.push(Conflict::Values {
                    subject: entity.canonical.clone(),
                    predicate: predicate.clone(),
                    kept: kept.clone(),
                    dropped,
                });
            }
            triples.push(Triple::new(entity.canonical.clone(), predicate, kept));
        } else {
            let all = values.into_iter().map(|v| Triple::new(entity.canonical.clone(), predicate.clone(), v.object));
            triples.extend(all);
        }
    }
    bounds(&mut triples);
    Ok((triples, conflicts))
}

/// Which of several values of a functional relation stands, and which are in conflict with it.
fn decide<S: Statements>(
    statements: &S,
    predicate: NamedNodeRef<'_>,
    values: Vec<Value>,
) -> Result<(Term, Vec<Term>), S::Error> {
    // A less precise date agrees with a more precise one: it is no value of its own, but it supports that one.
    let (precise, vague): (Vec<&Value>, Vec<&Value>) =
        values.iter().partition(|v| !values.iter().any(|w| refines(&w.object, &v.object)));
    if let [only] = precise[..] {
        return Ok((only.object.clone(), Vec::new()));
    }
    let mut ranked = Vec::with_capacity(precise.len());
    for value in precise {
        let agreeing = vague.iter().copied().filter(|v| refines(&value.object, &v.object));
        let supports = supports(statements, predicate, agreeing.chain([value]))?;
        let mut latest = None;
        // The announcement's own date cannot be decided by itself.
        if predicate != urbi::ANNOUNCED_ON {
            let documents: BTreeSet<&NamedNode> = supports.iter().map(|s| &s.document).collect();
            for document in documents {
                latest = latest.max(announced_on(statements, document)?);
            }
        }
        let first = supports.iter().map(|s| s.evidence.as_str().to_owned()).min();
        ranked.push(((latest, combine(&supports), Reverse(first)), value.object.clone()));
    }
    ranked.sort_by(|a, b| b.0.cmp(&a.0));
    let mut objects = ranked.into_iter().map(|(_, object)| object);
    let kept = objects.next().unwrap_or_else(|| values[0].object.clone());
    Ok((kept, objects.collect()))
}

/// The date on which a document was announced: ISO 8601, so that the later one is the greater string.
fn announced_on<S: Statements>(statements: &S, document: &NamedNode) -> Result<Option<String>, S::Error> {
    let mut values: BTreeMap<String, Value> = BTreeMap::new();
    for (predicate, object) in statements.about(document)? {
        if predicate == urbi::ANNOUNCED_ON {
            let value = Value { object: object.clone(), stated: vec![(document.clone(), object.clone())] };
            values.insert(object.to_string(), value);
        }
    }
    if values.is_empty() {
        return Ok(None);
    }
    let (kept, _) = decide(statements, urbi::ANNOUNCED_ON, values.into_values().collect())?;
    Ok(match kept {
        Term::Literal(date) => Some(date.value().to_owned()),
        _ => None,
    })
}

fn supports<'a, S: Statements>(
    statements: &S,
    predicate: NamedNodeRef<'_>,
    values: impl IntoIterator<Item = &'a Value>,
) -> Result<Vec<Support>, S::Error> {
    let mut out = Vec::new();
    for (subject, object) in values.into_iter().flat_map(|v| &v.stated) {
        statements.supports(Statement { subject, predicate, object }, &mut |support| {
            out.push(support);
            ControlFlow::Continue(())
        })?;
    }
    Ok(out)
}

/// The confidence of a statement: noisy-or over its passages, those of the same wording counted once, the surest first.
pub fn combine(supports: &[Support]) -> Confidence {
    let mut wordings: BTreeMap<&str, Confidence> = BTreeMap::new();
    for support in supports {
        let best = wordings.entry(&support.wording).or_insert(support.confidence);
        *best = (*best).max(support.confidence);
    }
    let mut confidences: Vec<Confidence> = wordings.into_values().collect();
    confidences.sort_unstable_by(|a, b| b.cmp(a));
    confidences.into_iter().reduce(Confidence::or).unwrap_or(Confidence::from_thousandths(0))
}

/// True if `precise` is a date within `vague`: `2021-10-27` within `2021`.
fn refines(precise: &Term, vague: &Term) -> bool {
    let (Some(precise), Some(vague)) = (date_value(precise), date_value(vague)) else { return false };
    precise.len() > vague.len() && precise.starts_with(vague) && precise.as_bytes()[vague.len()] == b'-'
}

fn date_value(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) if [xsd::G_YEAR, xsd::G_YEAR_MONTH, xsd::DATE].contains(&literal.datatype()) => {
            Some(literal.value())
        }
        _ => None,
    }
}

/// Adds the first day on which an event can begin and the last on which it can end, so that queries can compare dates of
/// any precision.
fn bounds(triples: &mut Vec<Triple>) {
    let mut derived = Vec::new();
    for triple in &*triples {
        let (predicate, last) = match triple.predicate.as_ref() {
            urbi::START_DATE => (urbi::EARLIEST_START, false),
            urbi::END_DATE => (urbi::LATEST_END, true),
            _ => continue,
        };
        if let Some(day) = date_value(&triple.object).and_then(|value| bound(value, last)) {
            let day = Literal::new_typed_literal(day.to_string(), xsd::DATE);
            derived.push(Triple::new(triple.subject.clone(), predicate.into_owned(), day));
        }
    }
    triples.extend(derived);
}

/// The first, or last, day of `2021`, `2021-10` or `2021-10-27`. None if it is no such date.
fn bound(value: &str, last: bool) -> Option<Date> {
    let mut parts = value.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    Some(match (month, day, last) {
        (None, _, true) => date(year, 12, 31),
        (Some(_), None, true) => first.last_of_month(),
        _ => first,
    })
}
