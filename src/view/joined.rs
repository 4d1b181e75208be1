//! Parting what is joined: keys, the pairs that evidence and curators join, and those that curators part.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use oxrdf::NamedNode;

use crate::curation::{Action, Recorded};

/// Two keys, the smaller one first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair(NamedNode, NamedNode);

impl Pair {
    /// In any order.
    pub fn new(one: &NamedNode, other: &NamedNode) -> Pair {
        if one <= other { Pair(one.clone(), other.clone()) } else { Pair(other.clone(), one.clone()) }
    }
}

/// What joins and parts the keys of a component.
#[derive(Default)]
pub struct Joins {
    /// Joined by evidence.
    pub evidence: BTreeSet<Pair>,
    /// Merges and splits, by time and name.
    decisions: BTreeMap<(jiff::Timestamp, NamedNode), Rc<Recorded>>,
}

impl Joins {
    /// Takes a decision in, and gives the keys that it joins.
    pub fn decide(&mut self, entry: Rc<Recorded>) -> Vec<NamedNode> {
        let joined = match &entry.decision.action {
            Action::Merge(keys) => keys.clone(),
            // What is parted is not joined by that.
            Action::Split { .. } => Vec::new(),
            _ => return Vec::new(),
        };
        self.decisions.insert((entry.decision.time, entry.iri.clone()), entry);
        joined
    }

    /// What curators say of pairs, true for those that are one: of two decisions on a pair, the later one holds.
    fn decided(&self) -> BTreeMap<Pair, bool> {
        let mut decided = BTreeMap::new();
        for entry in self.decisions.values() {
            match &entry.decision.action {
                Action::Merge(keys) => {
                    for (at, one) in keys.iter().enumerate() {
                        decided.extend(keys[at + 1..].iter().map(|other| (Pair::new(one, other), true)));
                    }
                }
                Action::Split { apart, from } => {
                    for one in apart {
                        decided.extend(from.iter().map(|other| (Pair::new(one, other), false)));
                    }
                }
                _ => {}
            }
        }
        decided
    }

    /// The keys in parts: joined pair by pair, those of curators first, then by their names; a pair that would bring
    /// together what curators have parted does not count.
    pub fn parts(&self, keys: &BTreeSet<NamedNode>) -> Vec<BTreeSet<NamedNode>> {
        let decided = self.decided();
        let parted: Vec<&Pair> = decided.iter().filter(|(_, one)| !**one).map(|(pair, _)| pair).collect();
        let merged = decided.iter().filter(|(_, one)| **one).map(|(pair, _)| pair);
        group(keys, merged.chain(&self.evidence), &parted)
    }

    /// The keys of a part in groups that curators alone have joined; each sorted.
    pub fn joined_by_curators(&self, part: &BTreeSet<NamedNode>) -> Vec<Vec<NamedNode>> {
        let decided = self.decided();
        let inside = |pair: &Pair| part.contains(&pair.0) && part.contains(&pair.1);
        let merged = decided.iter().filter(|(pair, one)| **one && inside(pair)).map(|(pair, _)| pair);
        group(part, merged, &[]).into_iter().map(|group| group.into_iter().collect()).collect()
    }
}

/// Groups keys by the pairs that join them, one after the other, as long as nothing is brought together that is parted.
fn group<'a>(
    keys: &BTreeSet<NamedNode>,
    joined: impl Iterator<Item = &'a Pair>,
    parted: &[&Pair],
) -> Vec<BTreeSet<NamedNode>> {
    let place: BTreeMap<&NamedNode, usize> = keys.iter().enumerate().map(|(at, key)| (key, at)).collect();
    let mut group_of: Vec<usize> = (0..keys.len()).collect();
    let mut groups: Vec<BTreeSet<NamedNode>> = keys.iter().map(|key| BTreeSet::from([key.clone()])).collect();
    for Pair(one, other) in joined {
        let (Some(one), Some(other)) = (place.get(one), place.get(other)) else { continue };
        let (one, other) = (group_of[*one], group_of[*other]);
        let across = |pair: &&Pair| {
            let sides = |a: &NamedNode, b: &NamedNode| groups[one].contains(a) && groups[other].contains(b);
            sides(&pair.0, &pair.1) || sides(&pair.1, &pair.0)
        };
        if one == other || parted.iter().any(across) {
            continue;
        }
        // The smaller one moves, so that many keys are joined in little time.
        let (from, into) = if groups[one].len() < groups[other].len() { (one, other) } else { (other, one) };
        let moving = std::mem::take(&mut groups[from]);
        for key in &moving {
            group_of[place[key]] = into;
        }
        groups[into].extend(moving);
    }
    groups.retain(|group| !group.is_empty());
    groups
}
