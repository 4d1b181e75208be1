//! The triples along a property path.

use std::collections::{BTreeMap, VecDeque};

use oxrdf::{NamedOrBlankNode, Term, Triple};
use spargebra::algebra::PropertyPathExpression as Path;

use crate::store::{Store, StoreError};

/// Most nodes that are looked at on the way.
const NODES: usize = 10_000;

/// A node that a path leads to, with the triples on the way.
type Reached = (Term, Vec<Triple>);

/// The triples of a shortest way from one node to another. None if there is none, or it is too far.
pub fn along(store: &Store, path: &Path, from: &Term, to: &Term) -> Result<Option<Vec<Triple>>, StoreError> {
    Ok(reach(store, path, from)?.into_iter().find(|(node, _)| node == to).map(|(_, triples)| triples))
}

/// All nodes that a path leads to, each once, the nearest first.
fn reach(store: &Store, path: &Path, from: &Term) -> Result<Vec<Reached>, StoreError> {
    Ok(match path {
        Path::NamedNode(predicate) => match from {
            Term::NamedNode(node) => forward(store.triples(Some(node), Some(predicate.as_ref()), None)?),
            _ => Vec::new(),
        },
        Path::Reverse(inner) => match &**inner {
            Path::NamedNode(predicate) => backward(store.triples(None, Some(predicate.as_ref()), Some(from))?),
            Path::NegatedPropertySet(not) => {
                let triples = store.triples(None, None, Some(from))?;
                backward(triples.into_iter().filter(|triple| !not.contains(&triple.predicate)).collect())
            }
            // Of a longer path, what it is made of runs backward.
            other => reach(store, &reversed(other), from)?,
        },
        Path::Sequence(first, second) => {
            let mut reached = Vec::new();
            for (node, triples) in reach(store, first, from)? {
                for (end, more) in reach(store, second, &node)? {
                    add(&mut reached, (end, triples.iter().cloned().chain(more).collect()));
                }
            }
            reached
        }
        Path::Alternative(one, other) => {
            let mut reached = reach(store, one, from)?;
            reach(store, other, from)?.into_iter().for_each(|found| add(&mut reached, found));
            reached
        }
        Path::ZeroOrOne(inner) => {
            let mut reached = vec![(from.clone(), Vec::new())];
            reach(store, inner, from)?.into_iter().for_each(|found| add(&mut reached, found));
            reached
        }
        Path::ZeroOrMore(inner) => closure(store, inner, from, true)?,
        Path::OneOrMore(inner) => closure(store, inner, from, false)?,
        Path::NegatedPropertySet(not) => match from {
            Term::NamedNode(node) => {
                let triples = store.triples(Some(node), None, None)?;
                forward(triples.into_iter().filter(|triple| !not.contains(&triple.predicate)).collect())
            }
            _ => Vec::new(),
        },
    })
}

fn reversed(path: &Path) -> Path {
    let boxed = |path: &Path| Box::new(reversed(path));
    match path {
        Path::NamedNode(_) | Path::NegatedPropertySet(_) => Path::Reverse(Box::new(path.clone())),
        Path::Reverse(inner) => (**inner).clone(),
        Path::Sequence(first, second) => Path::Sequence(boxed(second), boxed(first)),
        Path::Alternative(one, other) => Path::Alternative(boxed(one), boxed(other)),
        Path::ZeroOrMore(inner) => Path::ZeroOrMore(boxed(inner)),
        Path::OneOrMore(inner) => Path::OneOrMore(boxed(inner)),
        Path::ZeroOrOne(inner) => Path::ZeroOrOne(boxed(inner)),
    }
}

/// All nodes that are reached by going the path again and again.
fn closure(store: &Store, path: &Path, from: &Term, with_start: bool) -> Result<Vec<Reached>, StoreError> {
    let mut ways: BTreeMap<String, Vec<Triple>> = BTreeMap::new();
    let mut reached: Vec<Reached> = Vec::new();
    if with_start {
        ways.insert(from.to_string(), Vec::new());
        reached.push((from.clone(), Vec::new()));
    }
    let mut open = VecDeque::from([(from.clone(), Vec::new())]);
    while let Some((node, way)) = open.pop_front() {
        for (next, more) in reach(store, path, &node)? {
            if ways.len() >= NODES || ways.contains_key(&next.to_string()) {
                continue;
            }
            let way: Vec<Triple> = way.iter().cloned().chain(more).collect();
            ways.insert(next.to_string(), way.clone());
            reached.push((next.clone(), way.clone()));
            open.push_back((next, way));
        }
    }
    Ok(reached)
}

fn forward(triples: Vec<Triple>) -> Vec<Reached> {
    triples.into_iter().map(|triple| (triple.object.clone(), vec![triple])).collect()
}

fn backward(triples: Vec<Triple>) -> Vec<Reached> {
    let subject = |triple: &Triple| match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => Term::from(node.clone()),
        NamedOrBlankNode::BlankNode(node) => Term::from(node.clone()),
    };
    triples.into_iter().map(|triple| (subject(&triple), vec![triple])).collect()
}

fn add(reached: &mut Vec<Reached>, found: Reached) {
    if !reached.iter().any(|(node, _)| *node == found.0) {
        reached.push(found);
    }
}
