//! What an entity stands in relation to, and which value stands where evidence disagrees: the one that a curator accepted,
//! else that of the later announcement, else the surer one.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use jiff::civil::{Date, date};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};

use super::{
    Conflict,
    certainty::Certainty,
    entity::{Entity, entity_of, is_stated},
    ruling::Rulings,
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
    /// None, if only a curator gives it.
    stated: Vec<(NamedNode, Term)>,
    /// When a curator accepted it, in the order of decisions.
    accepted: Option<usize>,
}

/// The values of an entity's relations, by relation and by value (as in N-Triples).
type Values = BTreeMap<NamedNode, BTreeMap<String, Value>>;

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
    let mut found = stated(statements, entity, canonical)?;
    let rulings = Rulings::of(statements, entity, canonical)?;
    rule(statements, schema, entity, &rulings, &mut found)?;
    let (mut triples, mut conflicts) = (Vec::new(), Vec::new());
    let counts: BTreeMap<NamedNode, usize> = found.iter().map(|(p, values)| (p.clone(), values.len())).collect();
    let count = |predicate: &NamedNode| counts.get(predicate).copied().unwrap_or(0);
    for (predicate, values) in found {
        let mut values: Vec<Value> = values.into_values().collect();
        if at_least > Confidence::from_thousandths(0) {
            let mut sure = Vec::with_capacity(values.len());
            for value in values {
                if value.accepted.is_some() || is_sure(statements, predicate.as_ref(), &value, at_least)? {
                    sure.push(value);
                }
            }
            values = sure;
        }
        if values.len() > 1 && schema.is_functional(&predicate, count) {
            let (kept, dropped) = decide(statements, schema, predicate.as_ref(), values)?;
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

/// What evidence states.
fn stated<S: Statements>(
    statements: &S,
    entity: &Entity,
    canonical: &mut dyn FnMut(&NamedNode) -> Result<NamedNode, S::Error>,
) -> Result<Values, S::Error> {
    let mut found = Values::new();
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
            let value = values.entry(object.to_string()).or_insert_with(|| Value {
                object,
                stated: Vec::new(),
                accepted: None,
            });
            value.stated.push((key.clone(), stated));
        }
    }
    Ok(found)
}

/// Applies what curators decided: takes out what they rejected, puts in what they know.
///
/// What a curator says of an entity holds as long as evidence speaks of that entity; and, where the value is an entity,
/// of that one too, unless the decision says what it is.
fn rule<S: Statements>(
    statements: &S,
    schema: &Schema,
    entity: &Entity,
    rulings: &Rulings,
    found: &mut Values,
) -> Result<(), S::Error> {
    let predicates: Vec<&NamedNode> = rulings.predicates().filter(|p| is_relation(p.as_ref())).collect();
    if predicates.is_empty() || !is_any_stated(statements, &entity.keys)? {
        return Ok(());
    }
    for predicate in predicates {
        for ruling in rulings.on(predicate.as_ref()) {
            let text = ruling.value.to_string();
            let values = found.entry(predicate.clone()).or_default();
            if !ruling.stands {
                values.remove(&text);
                continue;
            }
            if let Some(value) = values.get_mut(&text) {
                value.accepted = Some(ruling.order);
                continue;
            }
            let is_known = match &ruling.value {
                Term::NamedNode(node) if schema.links_entities(predicate) && !ruling.is_named => {
                    *node != entity.canonical && is_any_stated(statements, &entity_of(statements, node)?.0.keys)?
                }
                other => *other != Term::from(entity.canonical.clone()),
            };
            if is_known {
                let value = Value { object: ruling.value.clone(), stated: Vec::new(), accepted: Some(ruling.order) };
                values.insert(text, value);
            }
        }
    }
    found.retain(|_, values| !values.is_empty());
    Ok(())
}

/// Whether evidence states anything of one of these keys.
fn is_any_stated<S: Statements>(statements: &S, keys: &[NamedNode]) -> Result<bool, S::Error> {
    for key in keys {
        if is_stated(statements, key)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Which of several values of a functional relation stands, and which are in conflict with it.
fn decide<S: Statements>(
    statements: &S,
    schema: &Schema,
    predicate: NamedNodeRef<'_>,
    values: Vec<Value>,
) -> Result<(Term, Vec<Term>), S::Error> {
    // What a curator accepted settles it.
    if let Some(accepted) = values.iter().filter(|value| value.accepted.is_some()).max_by_key(|value| value.accepted) {
        return Ok((accepted.object.clone(), Vec::new()));
    }
    // A less precise date agrees with a more precise one: it is no value of its own, but it supports that one.
    let (precise, vague): (Vec<&Value>, Vec<&Value>) =
        values.iter().partition(|v| !values.iter().any(|w| refines(&w.object, &v.object)));
    if let [only] = precise[..] {
        return Ok((only.object.clone(), Vec::new()));
    }
    let mut ranked = Vec::with_capacity(precise.len());
    for value in precise {
        let agreeing = vague.iter().copied().filter(|v| refines(&value.object, &v.object));
        let grounds = grounds(statements, schema, predicate, agreeing.chain([value]))?;
        ranked.push((grounds, value.object.clone()));
    }
    ranked.sort_by(|a, b| b.0.cmp(&a.0));
    let mut objects = ranked.into_iter().map(|(_, object)| object);
    let kept = objects.next().unwrap_or_else(|| values[0].object.clone());
    Ok((kept, objects.collect()))
}

/// What speaks for a value: the later announcement, then confidence, then the first piece of evidence.
type Grounds = (Option<String>, Confidence, Reverse<Option<String>>);

/// What speaks for values that agree. Where a summary of the evidence is known, no more of it is read than confidence takes.
fn grounds<'a, S: Statements>(
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
        return Ok((latest, surest, Reverse(first)));
    }
    let most = Confidence::from_thousandths(999);
    for statement in unread {
        statements.supports(statement, &mut |support| {
            certainty.add(&support);
            if certainty.value() >= most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
    }
    Ok((latest, certainty.value(), Reverse(first)))
}

/// The date on which a document was announced: ISO 8601, so that the later one is the greater string.
///
/// # Errors
/// If the statements cannot be read.
pub fn announced_on<S: Statements>(
    statements: &S,
    schema: &Schema,
    document: &NamedNode,
) -> Result<Option<String>, S::Error> {
    let entity = Entity { canonical: document.clone(), keys: vec![document.clone()] };
    let mut itself = |key: &NamedNode| Ok(key.clone());
    let mut found = stated(statements, &entity, &mut itself)?;
    let rulings = Rulings::of(statements, &entity, &mut itself)?;
    rule(statements, schema, &entity, &rulings, &mut found)?;
    let values = found.remove(&urbi::ANNOUNCED_ON.into_owned()).unwrap_or_default();
    if values.is_empty() {
        return Ok(None);
    }
    let (kept, _) = decide(statements, schema, urbi::ANNOUNCED_ON, values.into_values().collect())?;
    Ok(match kept {
        Term::Literal(date) => Some(date.value().to_owned()),
        _ => None,
    })
}

/// Whether a value reaches a confidence; no more evidence is read than it takes.
fn is_sure<S: Statements>(
    statements: &S,
    predicate: NamedNodeRef<'_>,
    value: &Value,
    at_least: Confidence,
) -> Result<bool, S::Error> {
    let mut certainty = Certainty::default();
    for (subject, object) in &value.stated {
        statements.supports(Statement { subject, predicate, object }, &mut |support| {
            certainty.add(&support);
            if certainty.value() >= at_least { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        if certainty.value() >= at_least {
            return Ok(true);
        }
    }
    Ok(certainty.value() >= at_least)
}

/// The confidence of a statement that all these pieces of evidence make.
pub fn combine(supports: &[Support]) -> Confidence {
    let mut certainty = Certainty::default();
    supports.iter().for_each(|support| certainty.add(support));
    certainty.value()
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
