//! Parts of the graph that are small enough to look at.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use petgraph::graph::NodeIndex;

use super::Graph;

/// Some entities of a graph, and how much was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The entities that are in.
    pub entities: BTreeSet<NodeIndex>,
    /// How many were asked for, in all: those of the graph, or those around an entity.
    pub asked: usize,
    /// How many pairs of them are related.
    pub asked_pairs: usize,
    /// How many related pairs are in.
    pub pairs: usize,
    /// The entities that it is about; they are in.
    pub centres: Vec<NodeIndex>,
    /// What was asked for and is not in: each such entity is counted once.
    pub rest: Vec<Rest>,
}

/// Entities that are left out, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// The entity of the selection that they are nearest to; none for those that lie elsewhere.
    pub anchor: Option<NodeIndex>,
    /// How many of each class.
    pub classes: BTreeMap<String, usize>,
}

impl Rest {
    /// How many they are.
    pub fn count(&self) -> usize {
        self.classes.values().sum()
    }
}

impl Graph {
    /// How many other entities this one is related to.
    pub fn degree(&self, index: NodeIndex) -> usize {
        self.neighbours(index).len()
    }

    /// The `limit` entities that are best connected among themselves. From the whole graph, the entity with the fewest
    /// relations to what remains is taken away, again and again; of equals, the one with fewer in all, then the last by
    /// IRI. Simply keeping those with most relations would show many whose relations all lead to what was left out.
    pub fn most_central(&self, limit: usize) -> Selection {
        let all = self.entities().map(|(index, _)| index).collect();
        let entities = self.best_connected(&all, &[], limit);
        self.selection(&all, entities)
    }

    /// The same among some entities; those in `fixed` stay.
    pub(super) fn best_connected(
        &self,
        among: &BTreeSet<NodeIndex>,
        fixed: &[NodeIndex],
        limit: usize,
    ) -> BTreeSet<NodeIndex> {
        let degree = |index: NodeIndex| self.neighbours(index).iter().filter(|other| among.contains(other)).count();
        let mut remaining: BTreeMap<NodeIndex, usize> = among.iter().map(|index| (*index, degree(*index))).collect();
        let all = remaining.clone();
        let key = |index: NodeIndex, left: usize| (fixed.contains(&index), left, all[&index], Reverse(index));
        let mut queue: BTreeSet<_> = among.iter().map(|index| key(*index, all[index])).collect();
        while queue.len() > limit
            && let Some((.., Reverse(index))) = queue.pop_first()
        {
            for other in self.neighbours(index).into_iter().filter(|other| among.contains(other)) {
                let left = remaining[&other];
                if queue.remove(&key(other, left)) {
                    remaining.insert(other, left - 1);
                    queue.insert(key(other, left - 1));
                }
            }
        }
        queue.into_iter().map(|(.., Reverse(index))| index).collect()
    }

    /// The graph of some of the entities, and of the relations among them.
    pub fn part(&self, entities: &BTreeSet<NodeIndex>) -> Graph {
        let nodes = self.nodes.filter_map(
            |index, entity| entities.contains(&index).then(|| entity.clone()),
            |_, relations| Some(relations.clone()),
        );
        let by_iri = nodes.node_indices().map(|index| (nodes[index].iri.clone(), index)).collect();
        Graph { nodes, by_iri }
    }

    /// These entities as a selection that is about some of them.
    pub fn choose(&self, entities: BTreeSet<NodeIndex>, centres: Vec<NodeIndex>) -> Selection {
        let asked = entities.clone();
        Selection { centres, ..self.selection(&asked, entities) }
    }

    /// How many relations each entity is away from `centre`, as far as `hops`.
    pub fn distances(&self, centre: NodeIndex, hops: usize) -> BTreeMap<NodeIndex, usize> {
        let mut distances = BTreeMap::from([(centre, 0)]);
        let mut frontier = vec![centre];
        for distance in 1..=hops {
            let next: BTreeSet<NodeIndex> = frontier.iter().flat_map(|index| self.neighbours(*index)).collect();
            frontier = next.into_iter().filter(|index| !distances.contains_key(index)).collect();
            if frontier.is_empty() {
                break;
            }
            distances.extend(frontier.iter().map(|index| (*index, distance)));
        }
        distances
    }

    pub(super) fn selection(&self, asked: &BTreeSet<NodeIndex>, entities: BTreeSet<NodeIndex>) -> Selection {
        let pairs = |among: &BTreeSet<NodeIndex>| {
            self.relations().filter(|(from, _, to)| among.contains(from) && among.contains(to)).count()
        };
        Selection {
            asked: asked.len(),
            asked_pairs: pairs(asked),
            pairs: pairs(&entities),
            entities,
            ..Selection::default()
        }
    }
}
