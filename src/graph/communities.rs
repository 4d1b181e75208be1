//! Groups of entities that are related among themselves more than to others.
//!
//! The Louvain method (Blondel, Guillaume, Lambiotte, Lefebvre 2008): each entity joins the neighbouring group that gains
//! most modularity, until none gains; then each group becomes one node, and it begins anew. All in integers and in the
//! order of IRIs, so that the groups are the same each time and everywhere.

use std::{cmp::Reverse, collections::BTreeMap};

use petgraph::graph::NodeIndex;

use super::Graph;

/// Rounds in which nodes may move before a level is taken as it is. Levels end after some ten rounds; the limit only keeps
/// the time bounded.
const ROUNDS: usize = 100;

impl Graph {
    /// The groups, the largest first, of equals the one with the first IRI; each by IRI. Relations count in both directions;
    /// however many relations there are between two entities, they count once.
    pub fn communities(&self) -> Vec<Vec<NodeIndex>> {
        let mut members: Vec<Vec<NodeIndex>> = self.entities().map(|(index, _)| vec![index]).collect();
        let neighbours = |index| self.neighbours(index).into_iter().map(|other| (other.index(), 1)).collect();
        let mut level = Level { weights: self.entities().map(|(index, _)| neighbours(index)).collect() };
        loop {
            let groups = level.groups();
            let count = groups.iter().max().map_or(0, |most| most + 1);
            if count == level.weights.len() {
                break;
            }
            let mut merged: Vec<Vec<NodeIndex>> = vec![Vec::new(); count];
            for (node, group) in groups.iter().enumerate() {
                merged[*group].append(&mut members[node]);
            }
            members = merged;
            level = level.merged(&groups, count);
        }
        members.iter_mut().for_each(|group| group.sort_unstable());
        members.sort_by_key(|group| (Reverse(group.len()), group.first().copied()));
        members
    }

    /// How much more the groups are related within than chance would have it, in thousandths (from -500 to 1000): above
    /// 300 there is structure.
    pub fn modularity(&self, communities: &[Vec<NodeIndex>]) -> i64 {
        let group: BTreeMap<NodeIndex, usize> = communities
            .iter()
            .enumerate()
            .flat_map(|(at, members)| members.iter().map(move |index| (*index, at)))
            .collect();
        let (mut inside, mut all) = (vec![0_i128; communities.len()], vec![0_i128; communities.len()]);
        for (index, at) in &group {
            for other in self.neighbours(*index) {
                all[*at] += 1;
                inside[*at] += i128::from(group.get(&other) == Some(at));
            }
        }
        let total: i128 = all.iter().sum();
        if total == 0 {
            return 0;
        }
        let sum: i128 = inside.iter().zip(&all).map(|(inside, all)| inside * total - all * all).sum();
        i64::try_from(1000 * sum / (total * total)).unwrap_or_default()
    }
}

/// Nodes, each of them a group of entities, and how strongly they are joined.
struct Level {
    /// Node to other node and weight; to itself twice the weight of what is inside. Symmetric.
    weights: Vec<BTreeMap<usize, i128>>,
}

impl Level {
    /// The group of each node: numbered from 0 without gaps, in the order of their first nodes.
    fn groups(&self) -> Vec<usize> {
        let degree: Vec<i128> = self.weights.iter().map(|others| others.values().sum()).collect();
        let total: i128 = degree.iter().sum();
        let mut group: Vec<usize> = (0..self.weights.len()).collect();
        let mut sum = degree.clone();
        for _ in 0..ROUNDS {
            let mut moved = false;
            for node in 0..self.weights.len() {
                let own = group[node];
                let mut joined: BTreeMap<usize, i128> = BTreeMap::from([(own, 0)]);
                for (other, weight) in self.weights[node].iter().filter(|(other, _)| **other != node) {
                    *joined.entry(group[*other]).or_default() += weight;
                }
                sum[own] -= degree[node];
                // Twice the total weight times the gain in modularity, but for what is the same for all groups.
                let gain = |group: usize, weight: i128| weight * total - degree[node] * sum[group];
                let stay = gain(own, joined[&own]);
                let best = joined.iter().map(|(group, weight)| (gain(*group, *weight), Reverse(*group))).max();
                if let Some((most, Reverse(best))) = best
                    && most > stay
                {
                    group[node] = best;
                    moved = true;
                }
                sum[group[node]] += degree[node];
            }
            if !moved {
                break;
            }
        }
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        group
            .into_iter()
            .map(|group| {
                let next = numbers.len();
                *numbers.entry(group).or_insert(next)
            })
            .collect()
    }

    fn merged(&self, groups: &[usize], count: usize) -> Level {
        let mut weights: Vec<BTreeMap<usize, i128>> = vec![BTreeMap::new(); count];
        for (node, others) in self.weights.iter().enumerate() {
            for (other, weight) in others {
                *weights[groups[node]].entry(groups[*other]).or_default() += weight;
            }
        }
        Level { weights }
    }
}
