//! Entities that a picture would say the same of, as one node that counts and lists them.
//!
//! Forty cities that won one award are forty nodes with one edge each, which makes a picture taller and tells no more
//! than a list. The country of a listed city stands behind its name, and is drawn only if something else leads to it.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use super::clusters::selected;
use crate::graph::{Graph, Relations, Selection};

/// Fewest entities that are worth a list.
const LEAST: usize = 5;
/// Most entities that one in a list is related to, its country aside.
const LINKS: usize = 2;

/// What a listed entity is related to: the other entity, the relations, and whether they lead away from it.
pub(super) type Links = BTreeSet<(NodeIndex, Relations, bool)>;

/// Entities of one class with the same relations to the same others.
pub(super) struct Fold {
    /// At least [`LEAST`], by IRI.
    pub(super) members: Vec<NodeIndex>,
    /// Their relations, but for those to countries.
    pub(super) links: Links,
}

/// The lists that the picture has instead of nodes. Those in `fixed` are drawn as nodes in any case.
pub(super) fn folds(graph: &Graph, selection: &Selection, fixed: &BTreeSet<NodeIndex>) -> Vec<Fold> {
    let mut links: BTreeMap<NodeIndex, Links> = BTreeMap::new();
    for (from, relations, to) in selected(graph, selection) {
        if relations.as_slice() != ["inCountry"] {
            links.entry(from).or_default().insert((to, relations.clone(), true));
        }
        links.entry(to).or_default().insert((from, relations.clone(), false));
    }
    let mut alike: BTreeMap<(&str, Links), Vec<NodeIndex>> = BTreeMap::new();
    for (index, links) in links {
        if !fixed.contains(&index) && !links.is_empty() && links.len() <= LINKS {
            alike.entry((&graph.entity(index).class, links)).or_default().push(index);
        }
    }
    let folds = alike.into_iter().filter(|(_, members)| members.len() >= LEAST);
    let folds: Vec<Fold> = folds.map(|((_, links), members)| Fold { members, links }).collect();
    // A list must not lead to what is itself in a list.
    let listed: BTreeSet<NodeIndex> = folds.iter().flat_map(|fold| fold.members.iter().copied()).collect();
    folds.into_iter().filter(|fold| !fold.links.iter().any(|(other, ..)| listed.contains(other))).collect()
}

/// Countries that only listed cities lead to.
pub(super) fn absorbed(graph: &Graph, selection: &Selection, listed: &BTreeSet<NodeIndex>) -> BTreeSet<NodeIndex> {
    let mut by: BTreeMap<NodeIndex, bool> = BTreeMap::new();
    for (from, relations, to) in selected(graph, selection) {
        let only_listed = listed.contains(&from) && relations.as_slice() == ["inCountry"];
        by.entry(to).and_modify(|only| *only &= only_listed).or_insert(only_listed);
        by.insert(from, false);
    }
    by.into_iter().filter(|(_, only)| *only).map(|(index, _)| index).collect()
}

/// The name of a listed entity, with its country behind it.
pub(super) fn name(graph: &Graph, index: NodeIndex) -> String {
    let country = graph.neighbours(index).into_iter().find(|other| {
        let edge = graph.as_petgraph().find_edge(index, *other);
        edge.is_some_and(|edge| graph.as_petgraph()[edge].iter().any(|relation| relation == "inCountry"))
    });
    let label = graph.entity(index).label();
    country.map_or_else(|| label.to_owned(), |country| format!("{label} ({})", graph.entity(country).label()))
}
