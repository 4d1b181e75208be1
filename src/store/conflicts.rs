//! Where evidence disagrees, found without reading all of it.

use std::collections::BTreeSet;

use oxigraph::store::StorageError;
use oxrdf::{NamedNode, Quad, Term};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Store,
    error::StoreError,
    least::least,
    stated::{Quads, Stated},
    terms::{IN_CURATION, IN_STATED},
};
use crate::{
    curation::Ledger,
    fact::quads::named,
    view::{
        Conflict, Schema,
        entity::{component_of, entity_of},
        relations::relations,
        values::replacements,
    },
    vocab::urbi,
};

impl Store {
    /// Where evidence disagrees: the conflicts that [`Store::view`] finds, in the same order. Of the index of statements all
    /// is read, of the evidence only that for entities which may be in conflict.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn conflicts(&self, schema: &Schema) -> Result<Vec<Conflict>, StoreError> {
        self.find_conflicts(schema).map_err(self.failed("read"))
    }

    fn find_conflicts(&self, schema: &Schema) -> Result<Vec<Conflict>, StorageError> {
        let stated = Stated::new(&self.rdf, &self.base);
        let at_least = least(&self.rdf)?;
        let mut canonical_of: FxHashMap<NamedNode, NamedNode> = FxHashMap::default();
        let mut seen: FxHashSet<NamedNode> = FxHashSet::default();
        let mut conflicts = Vec::new();
        for key in self.suspects(schema)? {
            if seen.contains(&key) {
                continue;
            }
            let component = component_of(&stated, &key)?;
            conflicts.extend(component.conflicts);
            for entity in component.entities {
                seen.extend(entity.keys.iter().cloned());
                let mut canonical = |key: &NamedNode| -> Result<NamedNode, StorageError> {
                    if let Some(known) = canonical_of.get(key) {
                        return Ok(known.clone());
                    }
                    let entity = entity_of(&stated, key)?.0;
                    canonical_of.extend(entity.keys.into_iter().map(|key| (key, entity.canonical.clone())));
                    Ok(entity.canonical)
                };
                conflicts.extend(relations(&stated, schema, &entity, at_least, &mut canonical)?.1);
                conflicts.extend(replacements(&stated, schema, &entity, at_least, &mut canonical)?);
            }
        }
        Conflict::sort(&mut conflicts);
        Ok(conflicts)
    }

    /// The keys of entities that may be in conflict: of which two values are stated where there may be one, or that are joined
    /// with others, or of which a curator speaks.
    fn suspects(&self, schema: &Schema) -> Result<BTreeSet<NamedNode>, StorageError> {
        let (mut stated, mut suspects) = (FxHashSet::default(), BTreeSet::new());
        for quad in self.rdf.matching(None, None, None, Some(IN_STATED)) {
            let quad = quad?;
            let Some(subject) = named(&quad.subject) else { continue };
            if quad.predicate == urbi::SAME_ENTITY {
                suspects.insert(subject.clone());
                if let Term::NamedNode(object) = quad.object {
                    suspects.insert(object);
                }
            } else if schema.may_disagree(&quad.predicate) {
                // An end can be at odds with a start.
                let is_end = quad.predicate == urbi::END_DATE;
                let relation = if is_end { urbi::START_DATE.into_owned() } else { quad.predicate };
                if !stated.insert((subject.clone(), relation)) {
                    suspects.insert(subject.clone());
                }
            }
        }
        let decided: Vec<Quad> = self.rdf.matching(None, None, None, Some(IN_CURATION)).collect::<Result<_, _>>()?;
        let ledger = Ledger::from_quads(decided.iter().map(Quad::as_ref));
        for entry in ledger.in_force() {
            suspects.extend(entry.decision.keys().into_iter().cloned());
        }
        Ok(suspects)
    }
}
