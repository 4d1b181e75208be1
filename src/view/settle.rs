//! Which values a relation of an entity has, and how they stand: what curators decided first, then what evidence says.

use std::{collections::BTreeMap, ops::ControlFlow};

use oxrdf::{NamedNode, NamedNodeRef, Term};

use super::{
    certainty::Certainty,
    dates::{is_backwards, is_later, refines},
    entity::{Entity, entity_of, is_stated},
    grounds::{Grounds, grounds},
    ruling::Rulings,
    schema::{Schema, is_relation},
    standing::Standing,
    statements::{Statement, Statements},
};
use crate::{fact::Confidence, vocab::urbi};

/// A value of a relation, and the statements that give it.
#[derive(Clone)]
pub(super) struct Value {
    pub(super) object: Term,
    /// None, if only a curator gives it.
    pub(super) stated: Vec<(NamedNode, Term)>,
    /// When a curator accepted it, in the order of decisions.
    pub(super) accepted: Option<usize>,
    /// A curator rejected it.
    pub(super) is_rejected: bool,
}

/// The values of an entity's relations, by relation and by value (as in N-Triples).
type Values = BTreeMap<NamedNode, BTreeMap<String, Value>>;

/// The values of one relation, the strongest first, and how they stand.
pub(super) struct Settled {
    pub(super) predicate: NamedNode,
    /// Whether the relation has one value.
    pub(super) is_single: bool,
    pub(super) values: Vec<(Value, Standing)>,
}

impl Settled {
    /// The values that the view holds.
    pub(super) fn standing(&self) -> impl Iterator<Item = &Value> {
        self.values.iter().filter(|(_, standing)| standing.is_in_view()).map(|(value, _)| value)
    }
}

/// All relations of an entity, sorted. `canonical` gives the IRI that stands for an object; statements that are together
/// less sure than `at_least` do not stand.
pub(super) fn settle<S: Statements>(
    statements: &S,
    schema: &Schema,
    entity: &Entity,
    at_least: Confidence,
    canonical: &mut dyn FnMut(&NamedNode) -> Result<NamedNode, S::Error>,
) -> Result<Vec<Settled>, S::Error> {
    let mut found = stated(statements, entity, canonical)?;
    let rulings = Rulings::of(statements, entity, canonical)?;
    rule(statements, schema, entity, &rulings, &mut found)?;
    let held = |values: &BTreeMap<String, Value>| values.values().filter(|value| !value.is_rejected).count();
    let counts: BTreeMap<NamedNode, usize> = found.iter().map(|(p, values)| (p.clone(), held(values))).collect();
    let count = |predicate: &NamedNode| counts.get(predicate).copied().unwrap_or(0);
    let mut relations = Vec::with_capacity(found.len());
    for (predicate, values) in found {
        let (mut open, mut closed) = (Vec::with_capacity(values.len()), Vec::new());
        for value in values.into_values() {
            if value.is_rejected {
                closed.push((value, Standing::Rejected));
            } else if at_least > Confidence::from_thousandths(0)
                && value.accepted.is_none()
                && !is_sure(statements, predicate.as_ref(), &value, at_least)?
            {
                closed.push((value, Standing::Unsure));
            } else {
                open.push(value);
            }
        }
        let is_single = schema.is_functional(&predicate, count);
        let mut values = if open.len() > 1 && is_single {
            decide(statements, schema, predicate.as_ref(), open)?
        } else {
            open.into_iter().map(|value| (value, Standing::Stands)).collect()
        };
        values.extend(closed);
        relations.push(Settled { predicate, is_single, values });
    }
    overtake(statements, schema, &mut relations)?;
    Ok(relations)
}

/// The end of the earlier time goes with it: if a later announcement lets an event start after its end, the end is that of
/// the time that was announced before.
fn overtake<S: Statements>(statements: &S, schema: &Schema, relations: &mut [Settled]) -> Result<(), S::Error> {
    let only = |relations: &[Settled], predicate: NamedNodeRef<'_>| -> Option<Value> {
        let mut standing = relations.iter().find(|settled| settled.predicate == predicate)?.standing();
        standing.next().filter(|_| standing.next().is_none()).cloned()
    };
    let Some(start) = only(relations, urbi::START_DATE) else { return Ok(()) };
    let Some(end) = only(relations, urbi::END_DATE).filter(|end| end.accepted.is_none()) else { return Ok(()) };
    if !is_backwards(&start.object, &end.object) {
        return Ok(());
    }
    let latest = |predicate, value: &Value| Ok(grounds(statements, schema, predicate, [value])?.latest);
    let (started, ended) = (latest(urbi::START_DATE, &start)?, latest(urbi::END_DATE, &end)?);
    if start.accepted.is_some() || is_later(started.as_deref(), ended.as_deref()) {
        for settled in relations.iter_mut().filter(|settled| settled.predicate == urbi::END_DATE) {
            for (value, standing) in settled.values.iter_mut().filter(|(value, _)| value.object == end.object) {
                debug_assert!(value.accepted.is_none());
                *standing = Standing::Overtaken;
            }
        }
    }
    Ok(())
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
                is_rejected: false,
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
                if let Some(value) = values.get_mut(&text) {
                    value.is_rejected = true;
                }
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
                let value = Value {
                    object: ruling.value.clone(),
                    stated: Vec::new(),
                    accepted: Some(ruling.order),
                    is_rejected: false,
                };
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

/// How the values of a relation stand that can have one: the strongest first.
fn decide<S: Statements>(
    statements: &S,
    schema: &Schema,
    predicate: NamedNodeRef<'_>,
    values: Vec<Value>,
) -> Result<Vec<(Value, Standing)>, S::Error> {
    // What a curator accepted settles it.
    if let Some(accepted) =
        (0..values.len()).filter(|at| values[*at].accepted.is_some()).max_by_key(|at| values[*at].accepted)
    {
        let kept = values[accepted].object.clone();
        let agrees = |value: &Value| refines(&kept, &value.object) || refines(&value.object, &kept);
        let standing = |value: Value| match &value.object {
            object if *object == kept => (value, Standing::Stands),
            _ if agrees(&value) => (value, Standing::Refined),
            _ => (value, Standing::Excluded),
        };
        let mut settled: Vec<_> = values.into_iter().map(standing).collect();
        settled.sort_by_key(|(_, standing)| *standing);
        return Ok(settled);
    }
    // A less precise date agrees with a more precise one: it is no value of its own, but it supports that one.
    let is_vague: Vec<bool> = values.iter().map(|v| values.iter().any(|w| refines(&w.object, &v.object))).collect();
    let (precise, vague): (Vec<_>, Vec<_>) = values.into_iter().zip(is_vague).partition(|(_, is_vague)| !is_vague);
    let vague: Vec<Value> = vague.into_iter().map(|(value, _)| value).collect();
    let mut ranked = Vec::with_capacity(precise.len());
    let alone = precise.len() == 1;
    for (value, _) in precise {
        // Nothing is weighed where nothing disagrees.
        let grounds = if alone {
            Grounds::default()
        } else {
            let agreeing = vague.iter().filter(|v| refines(&value.object, &v.object));
            grounds(statements, schema, predicate, agreeing.chain([&value]))?
        };
        ranked.push((grounds, value));
    }
    ranked.sort_by(|a, b| b.0.cmp(&a.0));
    let newest = ranked.first().and_then(|(grounds, _)| grounds.latest.clone());
    let mut settled: Vec<(Value, Standing)> = Vec::with_capacity(ranked.len() + vague.len());
    for (at, (grounds, value)) in ranked.into_iter().enumerate() {
        let standing = match at {
            0 => Standing::Stands,
            _ if is_later(newest.as_deref(), grounds.latest.as_deref()) => Standing::Corrected,
            _ => Standing::Contradicted,
        };
        settled.push((value, standing));
    }
    for value in vague {
        let precise = settled.iter().find(|(precise, _)| refines(&precise.object, &value.object));
        let standing = match precise {
            Some((_, Standing::Stands)) | None => Standing::Refined,
            Some((_, standing)) => *standing,
        };
        settled.push((value, standing));
    }
    Ok(settled)
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
    let values = values.into_values().filter(|value| !value.is_rejected).collect();
    let settled = decide(statements, schema, urbi::ANNOUNCED_ON, values)?;
    Ok(match settled.into_iter().next().map(|(value, _)| value.object) {
        Some(Term::Literal(date)) => Some(date.value().to_owned()),
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
