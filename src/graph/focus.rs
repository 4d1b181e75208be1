//! Which part of a graph is wanted: the choice that pictures and measures share.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, VecDeque},
    str::FromStr,
};

use petgraph::graph::NodeIndex;

use super::{Entity, Graph, NotFound, Rest, Selection};
use crate::vocab::Base;

/// How much longer than the shortest chain another one may be to stand in what is between two entities.
const DETOUR: usize = 1;
/// How far what belongs to a theme is from it: what has the theme, and what that is related to.
const THEME: usize = 2;

/// Which part of a graph is wanted. The parts of it narrow each other down; without any it is the whole graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Focus {
    /// Only what is near this entity: an IRI, a prefixed name or a name.
    pub around: Option<String>,
    /// How many relations away from it (from 0).
    pub hops: usize,
    /// Only what lies on a chain between these two entities, which is at most one relation longer than the shortest.
    pub between: Option<[String; 2]>,
    /// Only what has this theme, and what that is related to.
    pub theme: Option<String>,
    /// Only entities of these classes (local names in any case); empty for all.
    pub classes: Vec<String>,
    /// Only what was in these years. What has no date stays if it is related to something that was.
    pub years: Option<Years>,
    /// At most this many entities: the nearest and most central (from 1).
    pub limit: usize,
}

impl Default for Focus {
    fn default() -> Focus {
        Focus { around: None, hops: 2, between: None, theme: None, classes: Vec::new(), years: None, limit: 150 }
    }
}

/// Some years, both ends among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    /// The first; none for all before the last.
    pub first: Option<i32>,
    /// The last; none for all from the first on.
    pub last: Option<i32>,
}

impl Years {
    fn contains(self, year: i32) -> bool {
        self.first.is_none_or(|first| year >= first) && self.last.is_none_or(|last| year <= last)
    }
}

impl FromStr for Years {
    type Err = NoYears;

    /// `2019`, `2015-2020`, `2015-` or `-2020`.
    fn from_str(text: &str) -> Result<Years, NoYears> {
        let year = |text: &str| match text.trim() {
            "" => Ok(None),
            digits => digits.parse::<u16>().map(|year| Some(i32::from(year))).map_err(|_| NoYears(digits.to_owned())),
        };
        let years = match text.split_once(['-', '–']) {
            Some((first, last)) => Years { first: year(first)?, last: year(last)? },
            None => Years { first: year(text)?, last: year(text)? },
        };
        match (years.first, years.last) {
            (Some(first), Some(last)) if first > last => Err(NoYears(text.to_owned())),
            (None, None) => Err(NoYears(text.to_owned())),
            _ => Ok(years),
        }
    }
}

/// It says no years.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no year and no span of years; write 2019, 2015-2020, 2015- or -2020")]
pub struct NoYears(String);

/// Why there is no such part of the graph.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FocusError {
    /// An entity that is not there.
    #[error(transparent)]
    NotFound(#[from] NotFound),
    /// A class that nothing has.
    #[error("nothing in the graph is a {given:?}; there are: {}", .there.join(", "))]
    NoClass {
        /// What was asked for.
        given: String,
        /// The classes that entities have, sorted.
        there: Vec<String>,
    },
    /// Two entities that no chain of relations joins.
    #[error("nothing links {from:?} to {to:?}")]
    Unlinked {
        /// The name of the one.
        from: String,
        /// The name of the other.
        to: String,
    },
}

impl Graph {
    /// The part of the graph that is wanted. What is left out for the limit is counted in [`Selection::rest`].
    ///
    /// # Errors
    /// If it names an entity or a class that is not there, or two entities that nothing links.
    pub fn focus(&self, focus: &Focus, base: &Base) -> Result<Selection, FocusError> {
        let mut centres = Vec::new();
        // How far each entity is from what is wanted; those that are not in it are not wanted.
        let mut distance: Option<BTreeMap<NodeIndex, usize>> = None;
        if let Some([from, to]) = &focus.between {
            let (from, to) = (self.find(from, base)?, self.find(to, base)?);
            distance = Some(self.between(from, to)?);
            centres.extend([from, to]);
        }
        if let Some(name) = &focus.around {
            let centre = self.find(name, base)?;
            narrow(&mut distance, self.distances(centre, focus.hops));
            centres.push(centre);
        }
        let is_near = distance.is_some();
        if let Some(name) = &focus.theme {
            let theme = self.find(name, base)?;
            let near = self.distances(theme, THEME).into_keys().map(|index| (index, 0)).collect();
            narrow(&mut distance, near);
            centres.push(theme);
        }
        let classes = self.classes_named(&focus.classes)?;
        let in_time = focus.years.map(|years| self.in_time(years));
        let mut distance =
            distance.unwrap_or_else(|| self.entities().map(|(index, _)| (index, 0)).collect::<BTreeMap<_, _>>());
        distance.retain(|index, _| {
            centres.contains(index)
                || (classes.is_empty() || classes.contains(self.entity(*index).class.as_str()))
                    && in_time.as_ref().is_none_or(|in_time| in_time.contains(index))
        });
        distance.extend(centres.iter().map(|centre| (*centre, 0)));
        let asked: BTreeSet<NodeIndex> = distance.keys().copied().collect();
        let limit = focus.limit.max(centres.len()).max(1);
        let entities: BTreeSet<NodeIndex> = if is_near {
            let mut order: Vec<NodeIndex> = asked.iter().copied().collect();
            order.sort_by_cached_key(|index| {
                (!centres.contains(index), distance[index], Reverse(self.degree(*index)), *index)
            });
            order.into_iter().take(limit).collect()
        } else {
            self.best_connected(&asked, &centres, limit)
        };
        let mut selection = self.selection(&asked, entities);
        selection.rest = self.rest(&asked, &selection.entities, limit);
        selection.centres = centres;
        Ok(selection)
    }

    /// What lies on chains between two entities, with how much longer the chain is than the shortest; those of the telling
    /// chain first.
    fn between(&self, from: NodeIndex, to: NodeIndex) -> Result<BTreeMap<NodeIndex, usize>, FocusError> {
        let unlinked = || FocusError::Unlinked {
            from: self.entity(from).label().to_owned(),
            to: self.entity(to).label().to_owned(),
        };
        let path = self.path(from, to).ok_or_else(unlinked)?;
        let (before, behind) = (self.distances(from, path.len() + DETOUR), self.distances(to, path.len() + DETOUR));
        let most = path.len() + DETOUR;
        let mut between: BTreeMap<NodeIndex, usize> = before
            .iter()
            .filter_map(|(index, away)| Some((*index, away + behind.get(index)?)))
            .filter(|(_, length)| *length <= most)
            .map(|(index, length)| (index, 1 + length - path.len()))
            .collect();
        between.extend(path.iter().flat_map(|step| [(step.from, 0), (step.to, 0)]));
        Ok(between)
    }

    /// Classes by their names, in any case.
    fn classes_named(&self, names: &[String]) -> Result<BTreeSet<&str>, FocusError> {
        let there: BTreeSet<&str> = self.entities().map(|(_, entity)| entity.class.as_str()).collect();
        let named = |given: &String| {
            let found = there.iter().find(|class| class.eq_ignore_ascii_case(given)).copied();
            found.ok_or_else(|| FocusError::NoClass {
                given: given.clone(),
                there: there.iter().map(|class| (*class).to_owned()).collect(),
            })
        };
        names.iter().map(named).collect()
    }

    /// What was in these years, and what has no date and is related to it.
    fn in_time(&self, years: Years) -> BTreeSet<NodeIndex> {
        let dated = |index: NodeIndex| year(self.entity(index));
        let mut inside: BTreeSet<NodeIndex> = self
            .entities()
            .filter(|(_, entity)| year(entity).is_some_and(|year| years.contains(year)))
            .map(|(index, _)| index)
            .collect();
        let undated: Vec<NodeIndex> =
            inside.iter().flat_map(|index| self.neighbours(*index)).filter(|other| dated(*other).is_none()).collect();
        inside.extend(undated);
        inside
    }

    /// What was asked for and is not shown, counted by class at the shown entity that is nearest. The entities with the
    /// largest counts have one of their own, at most a fifth of `limit`; all others are counted together.
    fn rest(&self, asked: &BTreeSet<NodeIndex>, shown: &BTreeSet<NodeIndex>, limit: usize) -> Vec<Rest> {
        let mut anchor: BTreeMap<NodeIndex, NodeIndex> = shown.iter().map(|index| (*index, *index)).collect();
        let mut queue: VecDeque<NodeIndex> = shown.iter().copied().collect();
        while let Some(index) = queue.pop_front() {
            for other in self.neighbours(index) {
                if asked.contains(&other) && !anchor.contains_key(&other) {
                    anchor.insert(other, anchor[&index]);
                    queue.push_back(other);
                }
            }
        }
        let mut counts: BTreeMap<Option<NodeIndex>, BTreeMap<String, usize>> = BTreeMap::new();
        for index in asked.difference(shown) {
            let classes = counts.entry(anchor.get(index).copied()).or_default();
            *classes.entry(self.entity(*index).class.clone()).or_default() += 1;
        }
        let mut rests: Vec<Rest> = counts.into_iter().map(|(anchor, classes)| Rest { anchor, classes }).collect();
        rests.sort_by_key(|rest| (rest.anchor.is_none(), Reverse(rest.count()), rest.anchor));
        let own = (limit / 5).max(1).min(rests.len());
        let mut elsewhere: BTreeMap<String, usize> = BTreeMap::new();
        let mut kept = Vec::new();
        for (at, rest) in rests.into_iter().enumerate() {
            if at < own && rest.anchor.is_some() {
                kept.push(rest);
            } else {
                for (class, count) in rest.classes {
                    *elsewhere.entry(class).or_default() += count;
                }
            }
        }
        if !elsewhere.is_empty() {
            kept.push(Rest { anchor: None, classes: elsewhere });
        }
        kept
    }
}

/// Keeps what is in both, with the distance that was known first.
fn narrow(distance: &mut Option<BTreeMap<NodeIndex, usize>>, near: BTreeMap<NodeIndex, usize>) {
    match distance {
        Some(known) => known.retain(|index, _| near.contains_key(index)),
        None => *distance = Some(near),
    }
}

/// The year of the first date that says when a thing was.
pub fn year(entity: &Entity) -> Option<i32> {
    let date = ["earliestStart", "startDate", "launchedOn"].iter().find_map(|relation| entity.fact(relation))?;
    date.get(..4)?.parse().ok()
}
