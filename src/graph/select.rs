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
        let mut remaining: Vec<usize> = self.entities().map(|(index, _)| self.degree(index)).collect();
        let all = remaining.clone();
        let key = |index: NodeIndex, left: usize| (left, all[index.index()], Reverse(index));
        let mut queue: BTreeSet<_> = self.entities().map(|(index, _)| key(index, all[index.index()])).collect();
        while queue.len() > limit
            && let Some((.., Reverse(index))) = queue.pop_first()
        {
            for other in self.neighbours(index) {
                let left = remaining[other.index()];
                if queue.remove(&key(other, left)) {
                    remaining[other.index()] = left - 1;
                    queue.insert(key(other, left - 1));
                }
            }
        }
        self.selection(&|_| true, queue.into_iter().map(|(.., Reverse(index))| index).collect())
    }

    /// The entities that are at most `hops` relations away from `centre`, whatever their direction; if they are more than
    /// `limit`, the nearest and, of those, the ones related to most others. The centre is always in.
    pub fn around(&self, centre: NodeIndex, hops: usize, limit: usize) -> Selection {
        let distances = self.distances(centre, hops);
        let mut order: Vec<NodeIndex> = distances.keys().copied().collect();
        order.sort_by_cached_key(|index| (distances[index], Reverse(self.degree(*index)), *index));
        let entities = order.into_iter().take(limit.max(1)).collect();
        self.selection(&|index| distances.contains_key(&index), entities)
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

    fn selection(&self, asked: &dyn Fn(NodeIndex) -> bool, entities: BTreeSet<NodeIndex>) -> Selection {
        let pairs = |among: &dyn Fn(NodeIndex) -> bool| {
            self.relations().filter(|(from, _, to)| among(*from) && among(*to)).count()
        };
        Selection {
            asked: self.entities().filter(|(index, _)| asked(*index)).count(),
            asked_pairs: pairs(asked),
            pairs: pairs(&|index| entities.contains(&index)),
            entities,
        }
    }
}
