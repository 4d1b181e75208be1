//! Why the store holds a statement: the way back from a triple of the view to the words that state it.

use std::collections::BTreeSet;

use oxigraph::store::StorageError;
use oxrdf::{NamedNode, Term, Triple};
use rustc_hash::FxHashMap;

use super::{
    Store,
    error::StoreError,
    least::least,
    stated::{Quads, Stated, evidence_of, evidence_record, passage_record},
    terms::{AUTHORITY_LABEL, IN_STATED},
};
use crate::{
    fact::quads::{EvidenceRecord, PassageRecord, named},
    view::{Schema, Statement, Valued, entity::entity_of, sort, values::values},
};

/// One piece of evidence for a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The statement as the evidence makes it: its subject and object may be other keys of the entities that the view names.
    pub statement: Triple,
    /// Rule, confidence and lexicon entries.
    pub evidence: EvidenceRecord,
    /// The passage that states it.
    pub passage: PassageRecord,
    /// Further passages that it rests on, by place.
    pub antecedents: Vec<PassageRecord>,
}

impl Store {
    /// The evidence for the statements that match, by statement, then document, then place; what does not stand in the
    /// view because other evidence overrules it is among it. `None` matches anything. An entity may be named by any of
    /// its keys.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn explain(
        &self,
        subject: Option<&NamedNode>,
        predicate: Option<&NamedNode>,
        object: Option<&Term>,
    ) -> Result<Vec<Explanation>, StoreError> {
        let explain = || -> Result<Vec<Explanation>, StorageError> {
            let mut out = Vec::new();
            for statement in self.statements(subject, predicate, object)? {
                let Some(subject) = named(&statement.subject) else { continue };
                let pattern = Statement { subject, predicate: statement.predicate.as_ref(), object: &statement.object };
                for evidence in evidence_of(&self.rdf, &self.base, pattern) {
                    out.extend(self.explanation(&statement, &evidence?)?);
                }
            }
            out.sort_by_cached_key(|e| {
                let place = (e.passage.document.clone(), e.passage.chars.start, e.passage.chars.end);
                (e.statement.to_string(), place, e.evidence.iri.clone())
            });
            Ok(out)
        };
        explain().map_err(self.failed("read"))
    }

    /// The facts that evidence states, as the view would name them: sorted, each once, whether they stand in the view or
    /// not. `None` matches anything; an entity may be named by any of its keys.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn stated(
        &self,
        subject: Option<&NamedNode>,
        predicate: Option<&NamedNode>,
    ) -> Result<Vec<Triple>, StoreError> {
        let read = || -> Result<Vec<Triple>, StorageError> {
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
            let mut facts = Vec::new();
            for statement in self.statements(subject, predicate, None)? {
                let Some(subject) = named(&statement.subject) else { continue };
                let object = match &statement.object {
                    Term::NamedNode(node) => Term::from(canonical(node)?),
                    other => other.clone(),
                };
                facts.push(Triple::new(canonical(subject)?, statement.predicate, object));
            }
            sort(&mut facts);
            Ok(facts)
        };
        read().map_err(self.failed("read"))
    }

    /// All values of all relations of an entity, given by any of its keys: also those that the view does not hold.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn values(&self, schema: &Schema, entity: &NamedNode) -> Result<Vec<Valued>, StoreError> {
        let read = || {
            let stated = Stated::new(&self.rdf, &self.base);
            let entity = entity_of(&stated, entity)?.0;
            let mut canonical = |key: &NamedNode| Ok(entity_of(&stated, key)?.0.canonical);
            values(&stated, schema, &entity, least(&self.rdf)?, &mut canonical)
        };
        read().map_err(self.failed("read"))
    }

    /// All keys of the entity that has this key.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn keys_of(&self, key: &NamedNode) -> Result<Vec<NamedNode>, StoreError> {
        let stated = Stated::new(&self.rdf, &self.base);
        entity_of(&stated, key).map(|(entity, _)| entity.keys).map_err(self.failed("read"))
    }

    /// The IRI that stands in the view for the entity that has this key.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn canonical(&self, key: &NamedNode) -> Result<NamedNode, StoreError> {
        let stated = Stated::new(&self.rdf, &self.base);
        entity_of(&stated, key).map(|(entity, _)| entity.canonical).map_err(self.failed("read"))
    }

    pub(super) fn statements(
        &self,
        subject: Option<&NamedNode>,
        predicate: Option<&NamedNode>,
        object: Option<&Term>,
    ) -> Result<Vec<Triple>, StorageError> {
        let stated = Stated::new(&self.rdf, &self.base);
        let subjects = match subject {
            Some(subject) => entity_of(&stated, subject)?.0.keys.into_iter().map(Some).collect(),
            None => vec![None],
        };
        let objects: Vec<Option<Term>> = match object {
            Some(Term::NamedNode(node)) => {
                entity_of(&stated, node)?.0.keys.into_iter().map(|key| Some(Term::from(key))).collect()
            }
            other => vec![other.cloned()],
        };
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for subject in &subjects {
            for object in &objects {
                let predicate = predicate.map(NamedNode::as_ref);
                let object = object.as_ref().map(Term::as_ref);
                for quad in self.rdf.matching(subject.as_ref(), predicate, object, Some(IN_STATED)) {
                    let triple = Triple::from(quad?);
                    if triple.predicate != AUTHORITY_LABEL && seen.insert(triple.to_string()) {
                        found.push(triple);
                    }
                }
            }
        }
        Ok(found)
    }

    fn explanation(&self, statement: &Triple, evidence: &NamedNode) -> Result<Option<Explanation>, StorageError> {
        let Some(evidence) = evidence_record(&self.rdf, evidence)? else { return Ok(None) };
        let Some(passage) = passage_record(&self.rdf, &evidence.passage)? else { return Ok(None) };
        let mut antecedents = Vec::new();
        for iri in &evidence.antecedents {
            antecedents.extend(passage_record(&self.rdf, iri)?);
        }
        antecedents.sort_by_key(|p| (p.chars.start, p.chars.end));
        Ok(Some(Explanation { statement: statement.clone(), evidence, passage, antecedents }))
    }
}
