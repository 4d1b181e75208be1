//! Parts of the graph that are small enough to look at.

use std::collections::{BTreeMap, BTreeSet};

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

    /// The `limit` entities that are related to most others; of equals, the first by IRI.
    pub fn most_central(&self, limit: usize) -> Selection {
        let everything = self.entities().map(|(index, _)| (index, 0)).collect();
        self.nearest(&everything, limit)
    }

    /// The entities that are at most `hops` relations away from `centre`, whatever their direction; if they are more than
    /// `limit`, the nearest and, of those, the ones related to most others. The centre is always in.
    pub fn around(&self, centre: NodeIndex, hops: usize, limit: usize) -> Selection {
        self.nearest(&self.distances(centre, hops), limit.max(1))
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

    fn nearest(&self, distances: &BTreeMap<NodeIndex, usize>, limit: usize) -> Selection {
        let mut order: Vec<NodeIndex> = distances.keys().copied().collect();
        order.sort_by_cached_key(|index| (distances[index], std::cmp::Reverse(self.degree(*index)), *index));
        let entities: BTreeSet<NodeIndex> = order.into_iter().take(limit).collect();
        let pairs = |among: &dyn Fn(&NodeIndex) -> bool| {
            self.relations().filter(|(from, _, to)| among(from) && among(to)).count()
        };
        Selection {
            asked: distances.len(),
            asked_pairs: pairs(&|index| distances.contains_key(index)),
            pairs: pairs(&|index| entities.contains(index)),
            entities,
        }
    }
}
