//! What an entity is and is called.

use std::{cmp::Reverse, collections::BTreeSet};

use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};

use super::{
    entity::Entity,
    ruling::{Rulings, naming},
    schema::{Schema, is_relation},
    statements::{Statement, Statements},
};
use crate::vocab::{rdf, rdfs, skos, urbi};

/// Labels that this many documents use are equally common. A limit, so that choosing the label of an entity with ten
/// thousand documents costs no more than choosing that of one with twenty.
pub const COMMON: usize = 16;

/// Types, labels, links, coordinates and aliases of an entity that appears in the view.
///
/// # Errors
/// If the statements cannot be read.
pub fn description<S: Statements>(statements: &S, schema: &Schema, entity: &Entity) -> Result<Vec<Triple>, S::Error> {
    let subject = &entity.canonical;
    let mut triples = Vec::new();
    let mut types: BTreeSet<NamedNode> = BTreeSet::new();
    let mut labels: Vec<(Literal, bool)> = Vec::new();
    let rulings = Rulings::of(statements, entity, &mut |iri: &NamedNode| Ok(iri.clone()))?;
    for key in &entity.keys {
        for (predicate, object) in statements.about(key)? {
            if is_rejected(&rulings, predicate.as_ref(), &object) {
                continue;
            }
            match (predicate.as_ref(), object) {
                (rdf::TYPE, Term::NamedNode(class)) => {
                    types.insert(class);
                }
                (rdfs::LABEL, Term::Literal(label)) => note_label(&mut labels, label, true),
                (skos::ALT_LABEL, Term::Literal(label)) => note_label(&mut labels, label, false),
                (urbi::ANNOUNCED_ON, _) => {
                    types.insert(urbi::ANNOUNCEMENT.into_owned());
                }
                (urbi::SAME_ENTITY, _) => {}
                (other, _) if is_relation(other) => {}
                (_, object) => triples.push(Triple::new(subject.clone(), predicate, object)),
            }
        }
        if key != subject {
            triples.push(Triple::new(subject.clone(), urbi::ALIAS.into_owned(), key.clone()));
        }
    }
    if types.is_empty()
        && labels.is_empty()
        && let Some(naming) = naming(statements, entity)?
    {
        types.insert(naming.class);
        labels.push((naming.label, true));
    }
    for predicate in rulings.predicates().filter(|predicate| !is_relation(predicate.as_ref())) {
        for ruling in rulings.on(predicate.as_ref()).filter(|ruling| ruling.stands) {
            match (predicate.as_ref(), &ruling.value) {
                (rdf::TYPE, Term::NamedNode(class)) => {
                    types.insert(class.clone());
                }
                (rdfs::LABEL, Term::Literal(label)) => note_label(&mut labels, label.clone(), true),
                (skos::ALT_LABEL, Term::Literal(label)) => note_label(&mut labels, label.clone(), false),
                (_, value) => triples.push(Triple::new(subject.clone(), predicate.clone(), value.clone())),
            }
        }
    }
    for class in &types {
        if !types.iter().any(|other| schema.is_subclass(other, class)) {
            triples.push(Triple::new(subject.clone(), rdf::TYPE.into_owned(), class.clone()));
        }
    }
    let best = match rulings.label() {
        Some(label) => Some(label.clone()),
        None => best_label(statements, entity, &labels)?,
    };
    for (label, _) in labels {
        let predicate = if Some(&label) == best.as_ref() { rdfs::LABEL } else { skos::ALT_LABEL };
        triples.push(Triple::new(subject.clone(), predicate.into_owned(), label));
    }
    Ok(triples)
}

/// Whether a curator rejected what evidence states. A rejected name is none, as the best one or as another.
fn is_rejected(rulings: &Rulings, predicate: NamedNodeRef<'_>, object: &Term) -> bool {
    let names = [rdfs::LABEL, skos::ALT_LABEL];
    let same = if names.contains(&predicate) { &names[..] } else { &[predicate][..] };
    let last = same.iter().filter_map(|predicate| rulings.on_value(*predicate, object)).max_by_key(|r| r.order);
    last.is_some_and(|ruling| !ruling.stands)
}

fn note_label(labels: &mut Vec<(Literal, bool)>, label: Literal, best_of_document: bool) {
    match labels.iter_mut().find(|(known, _)| *known == label) {
        Some((_, best)) => *best |= best_of_document,
        None => labels.push((label, best_of_document)),
    }
}

/// The label of an entity: what the lexicon gives, else what most documents hold for its best label, then the longer one,
/// then the first by code point.
fn best_label<S: Statements>(
    statements: &S,
    entity: &Entity,
    labels: &[(Literal, bool)],
) -> Result<Option<Literal>, S::Error> {
    let mut candidates: Vec<Literal> = Vec::new();
    for key in &entity.keys {
        for label in statements.authority_labels(key)? {
            // Not one that a curator rejected.
            let is_held = labels.iter().any(|(held, _)| *held == label);
            if is_held && !candidates.contains(&label) {
                candidates.push(label);
            }
        }
    }
    let mut predicate = rdfs::LABEL;
    if candidates.is_empty() {
        candidates = labels.iter().filter(|(_, best)| *best).map(|(label, _)| label.clone()).collect();
    }
    if candidates.is_empty() {
        predicate = skos::ALT_LABEL;
        candidates = labels.iter().map(|(label, _)| label.clone()).collect();
    }
    if candidates.len() < 2 {
        return Ok(candidates.pop());
    }
    // The longer one first, so that the first which is as common as can be is the best.
    candidates.sort_by_cached_key(|label| (Reverse(label.value().chars().count()), label.to_string()));
    let mut best: Option<(usize, Literal)> = None;
    for label in candidates {
        let mut documents = BTreeSet::new();
        let object = Term::from(label.clone());
        let mut count = 0;
        for subject in &entity.keys {
            let statement = Statement { subject, predicate, object: &object };
            count = match statements.summary(statement)? {
                Some(summary) if summary.is_common => COMMON,
                _ => {
                    statements.documents(statement, COMMON, &mut documents)?;
                    documents.len()
                }
            };
            if count >= COMMON {
                break;
            }
        }
        if best.as_ref().is_none_or(|(most, _)| count > *most) {
            best = Some((count, label));
        }
        if count >= COMMON {
            break;
        }
    }
    Ok(best.map(|(_, label)| label))
}
