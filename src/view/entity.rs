//! Which keys are one entity.
//!
//! Evidence joins keys (`urbi:sameEntity`), curators join and part them. A [`Component`] is all that is joined, whoever
//! joined it; where curators part keys, or evidence joins what cannot be one, it falls into several entities. That is a
//! function of what is stated and decided within the component, and of nothing else.

use std::collections::BTreeSet;

use oxrdf::NamedNode;

use super::{
    Conflict,
    joined::{Joins, Pair},
    statements::Statements,
};

/// An entity: the keys under which evidence, or a curator, speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The IRI that stands for it in the view: the strongest of its keys of which anything is stated.
    pub canonical: NamedNode,
    /// All its keys, sorted, the canonical one included.
    pub keys: Vec<NamedNode>,
}

/// Keys that are joined in any way, as the entities that they make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Component {
    /// The entities, sorted by their first keys.
    pub entities: Vec<Entity>,
    /// What is joined by evidence and cannot be one entity.
    pub conflicts: Vec<Conflict>,
}

/// Why keys that are stated to be one entity are not merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// They are two editions of one series.
    TwoOrdinals,
    /// They are two records of an authority.
    TwoAuthorities,
}

/// How strong a key is: the order of variants is the order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// The id that an authority or the lexicon gives.
    Authority,
    /// A series and an ordinal.
    Ordinal,
    /// A series, or a name, and a year.
    Year,
    /// A name.
    Name,
}

/// The entity that has `key`; and, where evidence joins it with what it cannot be, the conflict.
///
/// # Errors
/// If the statements cannot be read.
pub fn entity_of<S: Statements>(statements: &S, key: &NamedNode) -> Result<(Entity, Option<Conflict>), S::Error> {
    let component = component_of(statements, key)?;
    let conflict = component.conflicts.into_iter().find(|conflict| match conflict {
        Conflict::Keys { keys, .. } => keys.contains(key),
        Conflict::Values { .. } | Conflict::Replaced { .. } => false,
    });
    let entity = component.entities.into_iter().find(|entity| entity.keys.contains(key));
    Ok((entity.unwrap_or_else(|| Entity { canonical: key.clone(), keys: vec![key.clone()] }), conflict))
}

/// All that is joined with `key`.
///
/// # Errors
/// If the statements cannot be read.
pub fn component_of<S: Statements>(statements: &S, key: &NamedNode) -> Result<Component, S::Error> {
    let (mut keys, mut open) = (BTreeSet::from([key.clone()]), vec![key.clone()]);
    let mut joins = Joins::default();
    while let Some(next) = open.pop() {
        let mut near = statements.linked_from(&next)?;
        near.extend(statements.linking_to(&next)?);
        joins.evidence.extend(near.iter().filter(|other| **other != next).map(|other| Pair::new(&next, other)));
        for decision in statements.decisions(&next)? {
            near.extend(joins.decide(decision));
        }
        for other in near {
            if keys.insert(other.clone()) {
                open.push(other);
            }
        }
    }
    if keys.len() == 1 {
        let entity = Entity { canonical: key.clone(), keys: vec![key.clone()] };
        return Ok(Component { entities: vec![entity], conflicts: Vec::new() });
    }
    let mut component = Component::default();
    for part in joins.parts(&keys) {
        // What curators joined counts as one key here: they may know that two records are of one thing.
        let groups = joins.joined_by_curators(&part);
        let mut ranked = Vec::with_capacity(groups.len());
        for group in &groups {
            let mut strengths = Vec::with_capacity(group.len());
            for key in group {
                strengths.push((strength(statements, key)?, key));
            }
            ranked.push(strengths);
        }
        match refusal(&ranked) {
            None => component.entities.push(entity(statements, part.into_iter().collect())?),
            Some(reason) => {
                component.conflicts.push(Conflict::Keys { keys: part.iter().cloned().collect(), reason });
                for group in groups {
                    component.entities.push(entity(statements, group)?);
                }
            }
        }
    }
    component.entities.sort_by(|a, b| a.keys.cmp(&b.keys));
    Ok(component)
}

/// The entity that has these keys, sorted. Keys that only curators know of do not stand for it if there are others.
fn entity<S: Statements>(statements: &S, keys: Vec<NamedNode>) -> Result<Entity, S::Error> {
    let mut best: Option<(bool, Strength, &NamedNode)> = None;
    for key in &keys {
        let rank = (!is_stated(statements, key)?, strength(statements, key)?, key);
        if best.as_ref().is_none_or(|best| rank < *best) {
            best = Some(rank);
        }
    }
    let canonical = best.map_or_else(|| keys[0].clone(), |(_, _, key)| key.clone());
    Ok(Entity { canonical, keys })
}

/// Whether evidence states anything of a key.
///
/// # Errors
/// If the statements cannot be read.
pub fn is_stated<S: Statements>(statements: &S, key: &NamedNode) -> Result<bool, S::Error> {
    Ok(!statements.about(key)?.is_empty() || !statements.linking_to(key)?.is_empty())
}

/// Kind and key, the last two segments of an entity's IRI: `city` and `3674962`.
fn kind_and_key(iri: &NamedNode) -> Option<(&str, &str)> {
    let (rest, key) = iri.as_str().rsplit_once('/')?;
    Some((rest.rsplit(['/', '#']).next()?, key))
}

/// Series and number of a key such as `iclc-5` or `iclc-2021`.
fn numbered(key: &str) -> Option<(&str, &str)> {
    key.rsplit_once('-').filter(|(_, number)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn strength<S: Statements>(statements: &S, iri: &NamedNode) -> Result<Strength, S::Error> {
    let Some((kind, key)) = kind_and_key(iri) else { return Ok(Strength::Name) };
    Ok(match kind {
        "city" if key.bytes().all(|b| b.is_ascii_digit()) => Strength::Authority,
        "country" if key.len() == 2 && key.bytes().all(|b| b.is_ascii_uppercase()) => Strength::Authority,
        "conference" | "event" => match numbered(key) {
            Some((_, number)) if number.len() < 4 => Strength::Ordinal,
            Some((_, number)) if number.len() == 4 => Strength::Year,
            _ => Strength::Name,
        },
        _ if !statements.authority_labels(iri)?.is_empty() => Strength::Authority,
        _ => Strength::Name,
    })
}

/// Why keys cannot be one entity, given in groups that are.
fn refusal(groups: &[Vec<(Strength, &NamedNode)>]) -> Option<Refusal> {
    let with = |wanted: Strength| groups.iter().filter(move |g| g.iter().any(|(strength, _)| *strength == wanted));
    if with(Strength::Authority).count() > 1 {
        return Some(Refusal::TwoAuthorities);
    }
    let mut seen = BTreeSet::new();
    for group in with(Strength::Ordinal) {
        let ordinals = group.iter().filter(|(strength, _)| *strength == Strength::Ordinal);
        let series: BTreeSet<&str> = ordinals.filter_map(|(_, iri)| Some(numbered(iri.as_str())?.0)).collect();
        if series.into_iter().any(|series| !seen.insert(series)) {
            return Some(Refusal::TwoOrdinals);
        }
    }
    None
}
