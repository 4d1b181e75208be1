//! Which entities are like another: those of its class that are related to the same others.

use std::{cmp::Reverse, collections::BTreeSet};

use petgraph::graph::NodeIndex;

use super::Graph;

/// An entity that is like another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// It.
    pub entity: NodeIndex,
    /// The part of all that one of the two is related to that both are related to (Jaccard), in thousandths.
    pub share: usize,
    /// What both are related to, by IRI.
    pub shared: Vec<NodeIndex>,
}

impl Graph {
    /// The entities of the same class that share a related entity with this one, the most alike first; of equals, those
    /// that share more, then by IRI.
    pub fn similar(&self, index: NodeIndex) -> Vec<Likeness> {
        let own = self.neighbours(index);
        let others: BTreeSet<NodeIndex> = own.iter().flat_map(|other| self.neighbours(*other)).collect();
        let class = &self.entity(index).class;
        let mut alike: Vec<Likeness> = others
            .into_iter()
            .filter(|other| *other != index && self.entity(*other).class == *class)
            .map(|entity| {
                let theirs = self.neighbours(entity);
                let shared: Vec<NodeIndex> = own.intersection(&theirs).copied().collect();
                Likeness { entity, share: 1000 * shared.len() / own.union(&theirs).count(), shared }
            })
            .collect();
        alike.sort_by_key(|likeness| (Reverse(likeness.share), Reverse(likeness.shared.len()), likeness.entity));
        alike
    }
}
