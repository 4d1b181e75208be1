//! Which extracted node is which gold entity: one for one, the pairs that most facts speak for first.
//!
//! A node can be an entity that has a name of its and a class that fits. Every fact of a node that is left over is wrong,
//! so that a duplicate costs as much as an invention.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::found::{Graph, Object};
use super::gold::{ANNOUNCEMENT, Gold};
use crate::ontology::{ClassId, Ontology};

/// A class whose members the gold format takes for members of the other, although none is a subclass of the other.
const ALSO: [(&str, &str); 1] = [("OutcomeDocument", "Publication")];

/// The gold key of each node that has one.
pub fn align<'a>(gold: &'a Gold, graph: &'a Graph, ontology: &Ontology) -> BTreeMap<&'a str, &'a str> {
    let able: BTreeMap<&str, BTreeSet<&str>> =
        graph.nodes().into_iter().map(|node| (node, candidates(gold, graph, node, ontology))).collect();
    let none = BTreeSet::new();
    let able_of = |node: &str| able.get(node).unwrap_or(&none);
    let mut support: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (subject, relation, object) in graph.facts.keys() {
        for key in able_of(subject) {
            let mut speaks = |object: &str| {
                let wanted = gold.facts.contains(&((*key).to_owned(), *relation, object.to_owned()));
                if wanted {
                    *support.entry((subject, key)).or_default() += 1;
                }
                wanted
            };
            match object {
                Object::Value(value) => {
                    speaks(value);
                }
                Object::Node(node) => {
                    let speaking: Vec<&str> = able_of(node).iter().copied().filter(|other| speaks(other)).collect();
                    for other in speaking {
                        *support.entry((node, other)).or_default() += 1;
                    }
                }
            }
        }
    }
    let mut pairs: Vec<(&str, &str)> =
        able.iter().flat_map(|(node, keys)| keys.iter().map(|key| (*node, *key))).collect();
    pairs.sort_by_key(|pair| (Reverse(support.get(pair).copied().unwrap_or(0)), pair.1, pair.0));
    let (mut aligned, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (node, key) in pairs {
        if !aligned.contains_key(node) && taken.insert(key) {
            aligned.insert(node, key);
        }
    }
    aligned
}

/// The gold entities that a node can be.
fn candidates<'a>(gold: &'a Gold, graph: &Graph, node: &str, ontology: &Ontology) -> BTreeSet<&'a str> {
    if graph.classes(node).any(|class| Some(class) == ontology.class("Announcement")) {
        return BTreeSet::from([ANNOUNCEMENT]);
    }
    let kinds: BTreeSet<ClassId> = graph.classes(node).map(|class| kind(class, ontology)).collect();
    let entities = gold.entities.iter().filter(|(_, entity)| kinds.contains(&kind(entity.class, ontology)));
    entities.filter(|(_, entity)| graph.is_called(node, &entity.forms)).map(|(key, _)| key.as_str()).collect()
}

/// The class that stands for all that fit each other: the topmost one above, so that a conference fits an event.
fn kind(class: ClassId, ontology: &Ontology) -> ClassId {
    let also = ALSO.iter().find(|(from, _)| ontology.class(from) == Some(class));
    let class = also.and_then(|(_, to)| ontology.class(to)).unwrap_or(class);
    let top = ontology[class].ancestors.iter().find(|above| ontology[*above].ancestors.iter().count() == 1);
    top.unwrap_or(class)
}
