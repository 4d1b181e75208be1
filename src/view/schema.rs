//! What the view needs to know of the ontology.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedNode, NamedNodeRef};

use crate::{
    ontology::{Cardinality, Ontology, Range},
    vocab::{rdfs, skos, urbi},
};

/// Which relations have one value, and which classes lie above which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    functional: BTreeSet<NamedNode>,
    /// Relations that have one value for each value of another.
    within: BTreeMap<NamedNode, NamedNode>,
    above: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
    /// Relations that may have several values, of which later ones often take the place of earlier ones.
    replaceable: BTreeSet<NamedNode>,
    /// Relations whose values are entities.
    linking: BTreeSet<NamedNode>,
}

impl From<&Ontology> for Schema {
    fn from(ontology: &Ontology) -> Schema {
        let mut schema = Schema::default();
        for (_, relation) in ontology.relations() {
            if relation.is_replaceable {
                schema.replaceable.insert(relation.iri.clone());
            }
            if matches!(relation.range, Range::Things(_)) {
                schema.linking.insert(relation.iri.clone());
            }
            match relation.cardinality {
                Cardinality::Many => {}
                Cardinality::One => {
                    schema.functional.insert(relation.iri.clone());
                }
                Cardinality::OneWithin(other) => {
                    schema.within.insert(relation.iri.clone(), ontology[other].iri.clone());
                }
            }
        }
        for (id, class) in ontology.classes() {
            let above = class.ancestors.iter().filter(|over| *over != id).map(|over| ontology[over].iri.clone());
            schema.above.insert(class.iri.clone(), above.collect());
        }
        schema
    }
}

impl Schema {
    /// True if an entity has one value of this relation. `values` says how many values of a relation it has: an edition of
    /// two series has an ordinal in each, and nothing says which is which, so that neither is in conflict.
    pub fn is_functional(&self, predicate: &NamedNode, values: impl Fn(&NamedNode) -> usize) -> bool {
        self.functional.contains(predicate) || self.within.get(predicate).is_some_and(|other| values(other) < 2)
    }

    /// True if something may depend on how many and which pieces of evidence make a statement with this property: if it is
    /// decided between its values, or names are compared.
    pub fn is_summarised(&self, predicate: &NamedNode) -> bool {
        self.functional.contains(predicate)
            || self.within.contains_key(predicate)
            || *predicate == rdfs::LABEL
            || *predicate == skos::ALT_LABEL
    }

    /// True if the values of this relation are entities, and not literals or addresses.
    pub fn links_entities(&self, predicate: &NamedNode) -> bool {
        self.linking.contains(predicate)
    }

    /// True if later announcements often give another value of this relation in the place of an earlier one, although it may
    /// have several.
    pub fn is_replaceable(&self, predicate: &NamedNode) -> bool {
        self.replaceable.contains(predicate)
    }

    /// True if two values of this relation can be at odds: if it may have one only, or later ones take the place of earlier ones.
    pub fn may_disagree(&self, predicate: &NamedNode) -> bool {
        self.functional.contains(predicate) || self.within.contains_key(predicate) || self.is_replaceable(predicate)
    }

    /// True if `class` lies below `over`.
    pub fn is_subclass(&self, class: &NamedNode, over: &NamedNode) -> bool {
        class != over && self.above.get(class).is_some_and(|supers| supers.contains(over))
    }
}

/// True for the relations that announcements state: the days that the view works out from stated dates are none.
pub fn is_fact(predicate: NamedNodeRef<'_>) -> bool {
    is_relation(predicate) && predicate != urbi::EARLIEST_START && predicate != urbi::LATEST_END
}

/// True for the relations of Urbi, whose subjects and objects appear in the view: every term of its namespace that says
/// something about the world, not about names and keys.
pub fn is_relation(predicate: NamedNodeRef<'_>) -> bool {
    predicate.as_str().starts_with(urbi::NAMESPACE) && predicate != urbi::SAME_ENTITY && predicate != urbi::ALIAS
}
