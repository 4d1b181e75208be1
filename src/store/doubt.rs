//! Facts that a person should look at: those that all their evidence together makes little sure.

use std::{collections::BTreeMap, ops::ControlFlow};

use oxigraph::store::StorageError;
use oxrdf::{GraphNameRef, NamedNode, Term, Triple};
use rustc_hash::FxHashMap;

use super::{Store, error::StoreError, stated::Stated};
use crate::{
    fact::{Confidence, quads::named},
    view::{Certainty, Statement, Statements, entity::entity_of, is_relation},
};

impl Store {
    /// The relations of the view that are less sure than `below`, the least sure first, then as they would sort. `None`
    /// matches anything. What stands by a decision alone is not among them.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn uncertain(
        &self,
        below: Confidence,
        subject: Option<&NamedNode>,
        predicate: Option<&NamedNode>,
    ) -> Result<Vec<(Triple, Confidence)>, StoreError> {
        self.find_uncertain(below, subject, predicate).map_err(self.failed("read"))
    }

    fn find_uncertain(
        &self,
        below: Confidence,
        subject: Option<&NamedNode>,
        predicate: Option<&NamedNode>,
    ) -> Result<Vec<(Triple, Confidence)>, StorageError> {
        let stated = Stated::new(&self.rdf, &self.base);
        let mut known: FxHashMap<NamedNode, NamedNode> = FxHashMap::default();
        let mut canonical = |key: &NamedNode| -> Result<NamedNode, StorageError> {
            if let Some(known) = known.get(key) {
                return Ok(known.clone());
            }
            let entity = entity_of(&stated, key)?.0;
            known.extend(entity.keys.into_iter().map(|key| (key, entity.canonical.clone())));
            Ok(entity.canonical)
        };
        // Facts by their text, with the statements that make them.
        let mut facts: BTreeMap<String, (Triple, Vec<Triple>)> = BTreeMap::new();
        for statement in self.statements(subject, predicate, None)? {
            let Some(subject) = named(&statement.subject).filter(|_| is_relation(statement.predicate.as_ref())) else {
                continue;
            };
            let object = match &statement.object {
                Term::NamedNode(node) => Term::from(canonical(node)?),
                other => other.clone(),
            };
            let fact = Triple::new(canonical(subject)?, statement.predicate.clone(), object);
            if self.rdf.contains(fact.as_ref().in_graph(GraphNameRef::DefaultGraph))? {
                facts.entry(fact.to_string()).or_insert_with(|| (fact, Vec::new())).1.push(statement);
            }
        }
        let mut found = Vec::new();
        for (fact, statements) in facts.into_values() {
            let confidence = certainty(&stated, &statements, below)?;
            if confidence < below {
                found.push((fact, confidence));
            }
        }
        // A stable sort: among equals the order of the facts stays.
        found.sort_by_key(|(_, confidence)| *confidence);
        Ok(found)
    }
}

/// How sure statements are together; at least `enough` if it is so much, and then perhaps more.
fn certainty<S: Statements>(stated: &S, statements: &[Triple], enough: Confidence) -> Result<Confidence, S::Error> {
    let mut certainty = Certainty::default();
    for statement in statements {
        let Some(subject) = named(&statement.subject) else { continue };
        let pattern = Statement { subject, predicate: statement.predicate.as_ref(), object: &statement.object };
        stated.supports(pattern, &mut |support| {
            certainty.add(&support);
            if certainty.value() >= enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        if certainty.value() >= enough {
            break;
        }
    }
    Ok(certainty.value())
}
