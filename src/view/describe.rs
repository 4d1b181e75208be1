//! What an entity is and is called.

use std::{cmp::Reverse, collections::BTreeSet};

use oxrdf::{Literal, NamedNode, Term, Triple};

use super::{
    entity::Entity,
    schema::{Schema, is_relation},
    statements::{Statement, Statements},
};
use crate::vocab::{rdf, rdfs, skos, urbi};

/// Labels that this many documents use are equally common. A limit, so that choosing the label of an entity with ten
/// thousand documents costs no more than choosing that of one with twenty.
const COMMON: usize = 16;

/// Types, labels, links, coordinates and aliases of an entity that appears in the view.
///
/// # Errors
/// If the statements cannot be read.
pub fn description<S: Statements>(statements: &S, schema: &Schema, entity: &Entity) -> Result<Vec<Triple>, S::Error> {
    let subject = &entity.canonical;
    let mut triples = Vec::new();
    let mut types: BTreeSet<NamedNode> = BTreeSet::new();
    let mut labels: Vec<(Literal, bool)> = Vec::new();
    for key in &entity.keys {
        for (predicate, object) in statements.about(key)? {
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
    for class in &types {
        if !types.iter().any(|other| schema.is_subclass(other, class)) {
            triples.push(Triple::new(subject.clone(), rdf::TYPE.into_owned(), class.clone()));
        }
    }
    let best = best_label(statements, entity, &labels)?;
    for (label, _) in labels {
        let predicate = if Some(&label) == best.as_ref() { rdfs::LABEL } else { skos::ALT_LABEL };
        triples.push(Triple::new(subject.clone(), predicate.into_owned(), label));
    }
    Ok(triples)
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
            if !candidates.contains(&label) {
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
    let mut ranked = Vec::with_capacity(candidates.len());
    for label in candidates {
        let mut documents = BTreeSet::new();
        let object = Term::from(label.clone());
        for subject in &entity.keys {
            statements.documents(Statement { subject, predicate, object: &object }, COMMON, &mut documents)?;
        }
        let rank = (Reverse(documents.len()), Reverse(label.value().chars().count()), label.to_string());
        ranked.push((rank, label));
    }
    ranked.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(ranked.into_iter().next().map(|(_, label)| label))
}
