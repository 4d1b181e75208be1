//! Which keys are one entity.

use std::collections::BTreeSet;

use oxrdf::{NamedNode, Term};

use super::{Conflict, statements::Statements};
use crate::vocab::urbi;

/// An entity: the keys under which evidence speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The IRI that stands for it in the view: the strongest of its keys.
    pub canonical: NamedNode,
    /// All its keys, sorted, the canonical one included.
    pub keys: Vec<NamedNode>,
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

/// The connected component of `urbi:sameEntity` that holds `key`, as an entity; or, where the component would join what
/// cannot be one, the key alone, and the conflict.
///
/// # Errors
/// If the statements cannot be read.
pub fn entity_of<S: Statements>(statements: &S, key: &NamedNode) -> Result<(Entity, Option<Conflict>), S::Error> {
    let mut keys = BTreeSet::from([key.clone()]);
    let mut open = vec![key.clone()];
    while let Some(next) = open.pop() {
        let outward = statements.about(&next)?.into_iter().filter_map(|(predicate, object)| match object {
            Term::NamedNode(object) if predicate == urbi::SAME_ENTITY => Some(object),
            _ => None,
        });
        for other in outward.chain(statements.linking_to(&next)?) {
            if keys.insert(other.clone()) {
                open.push(other);
            }
        }
    }
    if keys.len() == 1 {
        return Ok((Entity { canonical: key.clone(), keys: vec![key.clone()] }, None));
    }
    let mut ranked = Vec::with_capacity(keys.len());
    for key in keys {
        ranked.push((strength(statements, &key)?, key));
    }
    ranked.sort();
    if let Some(reason) = refusal(&ranked) {
        let mut keys: Vec<NamedNode> = ranked.into_iter().map(|(_, key)| key).collect();
        keys.sort();
        let alone = Entity { canonical: key.clone(), keys: vec![key.clone()] };
        return Ok((alone, Some(Conflict::Keys { keys, reason })));
    }
    let canonical = ranked[0].1.clone();
    let mut keys: Vec<NamedNode> = ranked.into_iter().map(|(_, key)| key).collect();
    keys.sort();
    Ok((Entity { canonical, keys }, None))
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

fn refusal(ranked: &[(Strength, NamedNode)]) -> Option<Refusal> {
    if ranked.iter().filter(|(strength, _)| *strength == Strength::Authority).count() > 1 {
        return Some(Refusal::TwoAuthorities);
    }
    let mut series: Vec<&str> = ranked
        .iter()
        .filter(|(strength, _)| *strength == Strength::Ordinal)
        .filter_map(|(_, iri)| Some(numbered(iri.as_str())?.0))
        .collect();
    series.sort_unstable();
    series.windows(2).any(|pair| pair[0] == pair[1]).then_some(Refusal::TwoOrdinals)
}
