//! What the view needs to know of the ontology.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedNode, NamedNodeRef};

use crate::vocab::urbi;

/// Which relations have one value, and which classes lie above which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    functional: BTreeSet<NamedNode>,
    above: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
}

impl Schema {
    /// From the functional relations and from pairs (class, class directly or indirectly above it).
    pub fn new(
        functional: impl IntoIterator<Item = NamedNode>,
        subclasses: impl IntoIterator<Item = (NamedNode, NamedNode)>,
    ) -> Schema {
        let mut above: BTreeMap<NamedNode, BTreeSet<NamedNode>> = BTreeMap::new();
        for (class, over) in subclasses {
            above.entry(class).or_default().insert(over);
        }
        // The transitive closure: hierarchies of classes are a few levels deep.
        loop {
            let mut grown = false;
            for class in above.keys().cloned().collect::<Vec<_>>() {
                let further: Vec<NamedNode> =
                    above[&class].iter().filter_map(|over| above.get(over)).flatten().cloned().collect();
                let supers = above.entry(class).or_default();
                for over in further {
                    grown |= supers.insert(over);
                }
            }
            if !grown {
                return Schema { functional: functional.into_iter().collect(), above };
            }
        }
    }

    /// True if an entity has one value of this relation.
    pub fn is_functional(&self, predicate: NamedNodeRef<'_>) -> bool {
        self.functional.contains(&predicate.into_owned())
    }

    /// True if `class` lies below `over`.
    pub fn is_subclass(&self, class: &NamedNode, over: &NamedNode) -> bool {
        class != over && self.above.get(class).is_some_and(|supers| supers.contains(over))
    }
}

/// True for the relations of Urbi, whose subjects and objects appear in the view: every term of its namespace that says
/// something about the world, not about names and keys.
pub fn is_relation(predicate: NamedNodeRef<'_>) -> bool {
    predicate.as_str().starts_with(urbi::NAMESPACE) && predicate != urbi::SAME_ENTITY && predicate != urbi::ALIAS
}
