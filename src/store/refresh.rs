//! Keeps the view up to date: computes anew the entities that a change touches, and no others.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{GraphNameRef, NamedNode, Quad, Term, TermRef, Triple};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    least::least,
    stated::{Quads, Stated},
    terms::IN_STATED,
};
use crate::{
    curation::Action,
    fact::quads::named,
    view::{
        Component, Entity, Schema, Statements, describe::description, entity::component_of, is_relation,
        relations::relations,
    },
    vocab::{Base, urbi},
};

const VIEW: Option<GraphNameRef<'static>> = Some(GraphNameRef::DefaultGraph);

/// The keys that a change speaks of, with the entities they were before it.
pub struct Touched {
    /// The keys about which something more, less or on other grounds is stated.
    keys: BTreeSet<NamedNode>,
    before: FxHashMap<NamedNode, Entity>,
}

impl Touched {
    /// Notes which entities these keys are before the change. Called on the state before it.
    pub fn before<Q: Quads>(state: &Q, base: &Base, keys: BTreeSet<NamedNode>) -> Result<Touched, StorageError> {
        let stated = Stated::new(state, base);
        let mut before = FxHashMap::default();
        for key in &keys {
            if !before.contains_key(key) {
                note(&mut before, component_of(&stated, key)?);
            }
        }
        Ok(Touched { keys, before })
    }
}

/// The keys that statements speak of.
pub fn keys_of<'a>(quads: impl IntoIterator<Item = &'a Quad>) -> BTreeSet<NamedNode> {
    let mut keys = BTreeSet::new();
    for quad in quads {
        keys.extend(named(&quad.subject).cloned());
        if let (urbi::SAME_ENTITY, Term::NamedNode(object)) = (quad.predicate.as_ref(), &quad.object) {
            keys.insert(object.clone());
        }
    }
    keys
}

fn note(entities: &mut FxHashMap<NamedNode, Entity>, component: Component) {
    for entity in component.entities {
        for key in &entity.keys {
            entities.insert(key.clone(), entity.clone());
        }
    }
}

/// Brings the view up to the state after the change.
pub fn refresh(txn: &mut Transaction<'_>, base: &Base, schema: &Schema, touched: Touched) -> Result<(), StorageError> {
    let Touched { keys, before } = touched;
    let at_least = least(txn)?;
    let mut after: FxHashMap<NamedNode, Entity> = FxHashMap::default();
    let mut changes = Changes::default();
    // Entities whose description may differ, and those whose relations may.
    let (dirty, retired) = dirty(txn, base, &keys, &before, &mut after)?;
    let mut check: BTreeSet<NamedNode> = dirty.union(&retired).cloned().collect();
    {
        let stated = Stated::new(&*txn, base);
        for subject in dirty.union(&retired) {
            let held = held(txn, subject, true)?;
            let mut wanted = Vec::new();
            if dirty.contains(subject) {
                let entity = after[subject].clone();
                // What it stood in relation to goes by the same name as before, unless the change touches it: then it is in
                // `after`. Looking it up would make a new value cost as much as there are values.
                let same: FxHashSet<&NamedNode> = held.iter().filter_map(object).collect();
                let mut canonical = |key: &NamedNode| match same.contains(key) && !after.contains_key(key) {
                    true => Ok(key.clone()),
                    false => canonical(&stated, &mut after, key),
                };
                wanted = relations(&stated, schema, &entity, at_least, &mut canonical)?.0;
            }
            changes.replace(held, wanted);
        }
    }
    for triple in changes.insert.iter().chain(&changes.remove) {
        if let Term::NamedNode(object) = &triple.object {
            check.insert(object.clone());
        }
    }
    changes.apply(txn);
    let mut changes = Changes::default();
    {
        let stated = Stated::new(&*txn, base);
        for node in &check {
            let held = held(txn, node, false)?;
            let present = is_related(txn, node)?;
            // What is the same entity as before, and described already, stays as it is.
            if present && !held.is_empty() && !dirty.contains(node) && !retired.contains(node) {
                continue;
            }
            let mut wanted = Vec::new();
            if present && canonical(&stated, &mut after, node)? == *node {
                wanted = description(&stated, schema, &after[node])?;
            }
            changes.replace(held, wanted);
        }
    }
    changes.apply(txn);
    Ok(())
}

fn object(triple: &Triple) -> Option<&NamedNode> {
    match &triple.object {
        Term::NamedNode(node) => Some(node),
        _ => None,
    }
}

fn canonical<Q: Quads>(
    stated: &Stated<'_, Q>,
    entities: &mut FxHashMap<NamedNode, Entity>,
    key: &NamedNode,
) -> Result<NamedNode, StorageError> {
    if let Some(entity) = entities.get(key) {
        return Ok(entity.canonical.clone());
    }
    note(entities, component_of(stated, key)?);
    // A component holds the key that it was asked for.
    Ok(entities.get(key).map_or_else(|| key.clone(), |entity| entity.canonical.clone()))
}

/// The entities (by canonical IRI) to compute anew, and the IRIs that stand for an entity no more.
fn dirty(
    txn: &Transaction<'_>,
    base: &Base,
    keys: &BTreeSet<NamedNode>,
    before: &FxHashMap<NamedNode, Entity>,
    after: &mut FxHashMap<NamedNode, Entity>,
) -> Result<(BTreeSet<NamedNode>, BTreeSet<NamedNode>), StorageError> {
    let stated = Stated::new(txn, base);
    let mut members: BTreeSet<NamedNode> = keys.iter().chain(before.keys()).cloned().collect();
    for key in members.clone() {
        canonical(&stated, after, &key)?;
    }
    members.extend(after.keys().cloned());
    let (mut dirty, mut old) = (BTreeSet::new(), BTreeSet::new());
    for key in &members {
        let now = &after[key];
        let alone = || Entity { canonical: key.clone(), keys: vec![key.clone()] };
        let then = before.get(key).cloned().unwrap_or_else(alone);
        let moved = then != *now;
        dirty.insert(now.canonical.clone());
        old.insert(then.canonical);
        old.insert(key.clone());
        // A curator may relate an entity to this key; whether that holds depends on what is stated of the key.
        for entry in stated.decisions(key)? {
            let subject = match &entry.decision.action {
                Action::Accept(fact) | Action::Reject(fact) | Action::Correct { fact, .. } => &fact.subject,
                _ => continue,
            };
            dirty.insert(canonical(&stated, after, subject)?);
        }
        if moved {
            // Whoever refers to it refers to another IRI now, or to the same one under another name.
            for quad in txn.matching(None, None, Some(TermRef::from(key.as_ref())), Some(IN_STATED)) {
                let quad = quad?;
                if let Some(subject) = named(&quad.subject).filter(|_| is_relation(quad.predicate.as_ref())) {
                    dirty.insert(canonical(&stated, after, subject)?);
                }
            }
        }
    }
    old.retain(|iri| !dirty.contains(iri));
    Ok((dirty, old))
}

/// The triples of the view about `subject`: its relations, or the rest.
fn held(txn: &Transaction<'_>, subject: &NamedNode, related: bool) -> Result<Vec<Triple>, StorageError> {
    let mut out = Vec::new();
    for quad in txn.matching(Some(subject), None, None, VIEW) {
        let quad = quad?;
        if is_relation(quad.predicate.as_ref()) == related {
            out.push(Triple::from(quad));
        }
    }
    Ok(out)
}

/// True if the view relates `node` to anything.
fn is_related(txn: &Transaction<'_>, node: &NamedNode) -> Result<bool, StorageError> {
    let object = TermRef::from(node.as_ref());
    for quad in txn.matching(Some(node), None, None, VIEW).chain(txn.matching(None, None, Some(object), VIEW)) {
        if is_relation(quad?.predicate.as_ref()) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[derive(Default)]
struct Changes {
    insert: Vec<Triple>,
    remove: Vec<Triple>,
}

impl Changes {
    fn replace(&mut self, held: Vec<Triple>, wanted: Vec<Triple>) {
        let mut wanted: BTreeMap<String, Triple> = wanted.into_iter().map(|t| (t.to_string(), t)).collect();
        for triple in held {
            if wanted.remove(&triple.to_string()).is_none() {
                self.remove.push(triple);
            }
        }
        self.insert.extend(wanted.into_values());
    }

    fn apply(&self, txn: &mut Transaction<'_>) {
        for triple in &self.remove {
            txn.remove(triple.as_ref().in_graph(GraphNameRef::DefaultGraph));
        }
        for triple in &self.insert {
            txn.insert(triple.as_ref().in_graph(GraphNameRef::DefaultGraph));
        }
    }
}
