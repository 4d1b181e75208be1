//! Which entities matter, which hang together, and how one leads to another.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use petgraph::{graph::NodeIndex, unionfind::UnionFind};

use super::Graph;

/// How much of its rank an entity passes on in each round of PageRank: the usual value.
const DAMPING: f64 = 0.85;
/// Rounds after which ranks no longer change in the digits that anyone reads.
const ROUNDS: usize = 60;

/// The size and shape of a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measures {
    /// How many entities each class has.
    pub classes: BTreeMap<String, usize>,
    /// How many pairs each relation joins.
    pub relations: BTreeMap<String, usize>,
    /// The sizes of the parts that hang together, the largest first.
    pub components: Vec<usize>,
}

/// One link of a chain: `from relation to`, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The entity that the step leaves.
    pub from: NodeIndex,
    /// The entity that it reaches.
    pub to: NodeIndex,
    /// Relations that lead from `from` to `to`.
    pub forward: Vec<String>,
    /// Relations that lead from `to` to `from`.
    pub backward: Vec<String>,
}

impl Graph {
    /// Counts what there is.
    pub fn measures(&self) -> Measures {
        let mut classes = BTreeMap::new();
        for (_, entity) in self.entities() {
            *classes.entry(entity.class.clone()).or_default() += 1;
        }
        let mut relations = BTreeMap::new();
        for name in self.relations().flat_map(|(_, names, _)| names) {
            *relations.entry(name.clone()).or_default() += 1;
        }
        Measures { classes, relations, components: self.components().iter().map(Vec::len).collect() }
    }

    /// The parts that hang together: the largest first, of equals the one with the first IRI; each by IRI.
    pub fn components(&self) -> Vec<Vec<NodeIndex>> {
        let mut union = UnionFind::new(self.len());
        for (from, _, to) in self.relations() {
            union.union(from.index(), to.index());
        }
        let mut parts: BTreeMap<usize, Vec<NodeIndex>> = BTreeMap::new();
        for (index, _) in self.entities() {
            parts.entry(union.find(index.index())).or_default().push(index);
        }
        let mut parts: Vec<Vec<NodeIndex>> = parts.into_values().collect();
        parts.sort_by_key(|part| (Reverse(part.len()), part.first().copied()));
        parts
    }

    /// PageRank of every entity, relations taken in both directions; the ranks sum to 1. The result is in the order of
    /// [`Graph::entities`]. Takes time in proportion to the number of relations (petgraph's own is quadratic).
    pub fn page_rank(&self) -> Vec<f64> {
        let count = self.len() as f64;
        let neighbours: Vec<Vec<usize>> = self
            .entities()
            .map(|(index, _)| self.neighbours(index).into_iter().map(NodeIndex::index).collect())
            .collect();
        let mut ranks = vec![1.0 / count; self.len()];
        for _ in 0..ROUNDS {
            // What those without neighbours hold goes to all.
            let stranded: f64 =
                ranks.iter().zip(&neighbours).filter(|(_, to)| to.is_empty()).map(|(rank, _)| rank).sum();
            let mut next = vec![(1.0 - DAMPING + DAMPING * stranded) / count; self.len()];
            for (rank, to) in ranks.iter().zip(&neighbours) {
                for &other in to {
                    next[other] += DAMPING * rank / to.len() as f64;
                }
            }
            ranks = next;
        }
        ranks
    }

    /// Betweenness of every entity: the part of all shortest chains between two others that lead through it, from 0 to 1
    /// (Brandes 2001). In the order of [`Graph::entities`]. Takes time in proportion to entities times relations.
    pub fn betweenness(&self) -> Vec<f64> {
        let count = self.len();
        let neighbours: Vec<Vec<usize>> = self
            .entities()
            .map(|(index, _)| self.neighbours(index).into_iter().map(NodeIndex::index).collect())
            .collect();
        let mut through = vec![0.0; count];
        for source in 0..count {
            let (mut chains, mut away) = (vec![0.0; count], vec![usize::MAX; count]);
            (chains[source], away[source]) = (1.0, 0);
            let mut order = vec![source];
            let mut next = 0;
            while let Some(&index) = order.get(next) {
                next += 1;
                for &other in &neighbours[index] {
                    if away[other] == usize::MAX {
                        away[other] = away[index] + 1;
                        order.push(other);
                    }
                    if away[other] == away[index] + 1 {
                        chains[other] += chains[index];
                    }
                }
            }
            let mut share = vec![0.0; count];
            for &index in order.iter().rev() {
                for &other in neighbours[index].iter().filter(|other| away[**other] == away[index] + 1) {
                    share[index] += chains[index] / chains[other] * (1.0 + share[other]);
                }
                if index != source {
                    through[index] += share[index];
                }
            }
        }
        let pairs = (count.saturating_sub(1) * count.saturating_sub(2)).max(1) as f64;
        through.iter_mut().for_each(|share| *share /= pairs);
        through
    }

    /// Everything that has a date, the earliest first; of one day, by IRI.
    pub fn timeline(&self) -> Vec<NodeIndex> {
        let dates = ["earliestStart", "startDate", "launchedOn"];
        let date = |index| dates.iter().find_map(|relation| self.entity(index).fact(relation));
        let mut dated: Vec<NodeIndex> =
            self.entities().map(|(index, _)| index).filter(|index| date(*index).is_some()).collect();
        dated.sort_by_key(|index| (date(*index), *index));
        dated
    }

    /// The shortest chain of relations between two entities, whatever their direction. Of several, the one whose entities
    /// are related to fewest others: that two cities lie in one country tells less than that both host one conference.
    /// Empty if `from` is `to`, none if no chain joins them.
    pub fn path(&self, from: NodeIndex, to: NodeIndex) -> Option<Vec<Step>> {
        let mut best: BTreeMap<NodeIndex, (usize, usize)> = BTreeMap::from([(from, (0, 0))]);
        let mut before: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
        let mut queue = BinaryHeap::from([Reverse(((0, 0), from))]);
        while let Some(Reverse((cost, index))) = queue.pop() {
            if index == to {
                break;
            }
            if best.get(&index).is_some_and(|known| *known < cost) {
                continue;
            }
            for other in self.neighbours(index) {
                let reached = (cost.0 + 1, cost.1 + self.degree(other));
                if best.get(&other).is_none_or(|known| reached < *known) {
                    best.insert(other, reached);
                    before.insert(other, index);
                    queue.push(Reverse((reached, other)));
                }
            }
        }
        best.contains_key(&to).then(|| {
            let back =
                std::iter::successors(Some(to), |index| if *index == from { None } else { before.get(index).copied() });
            let mut chain: Vec<NodeIndex> = back.collect();
            chain.reverse();
            chain.windows(2).map(|pair| self.step(pair[0], pair[1])).collect()
        })
    }

    fn step(&self, from: NodeIndex, to: NodeIndex) -> Step {
        let between = |a, b| self.nodes.find_edge(a, b).map(|edge| self.nodes[edge].clone()).unwrap_or_default();
        Step { from, to, forward: between(from, to), backward: between(to, from) }
    }
}
