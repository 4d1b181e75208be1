//! What stands inside what: each series holds its editions, and what takes place at them.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use crate::graph::{Graph, Relations, Selection};

/// Editions that stand side by side; more of them make further rows.
const ROW: usize = 8;

/// A series and what stands inside its frame.
pub(super) struct Cluster {
    pub(super) series: NodeIndex,
    /// Editions, and events that are part of one.
    pub(super) members: BTreeSet<NodeIndex>,
    /// Whether the series is drawn as a node, too: if more is related to it than its editions.
    pub(super) is_node: bool,
    /// Pairs of editions to put side by side, the earlier first, though no relation says that one follows the other.
    pub(super) row: Vec<(NodeIndex, NodeIndex)>,
}

/// The clusters of the selected entities, by the IRI of the series.
pub(super) fn clusters(graph: &Graph, selection: &Selection) -> Vec<Cluster> {
    let named = |wanted: &'static str| {
        selected(graph, selection).filter(move |(_, relations, _)| relations.iter().any(|name| name == wanted))
    };
    let mut series_of: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
    for (edition, _, series) in named("partOfSeries") {
        // An edition of two series stands in the first.
        series_of.entry(edition).or_insert(series);
    }
    let mut members: BTreeMap<NodeIndex, BTreeSet<NodeIndex>> = BTreeMap::new();
    let frames: BTreeSet<NodeIndex> = series_of.values().copied().collect();
    for (edition, series) in series_of.iter().filter(|(edition, _)| !frames.contains(edition)) {
        members.entry(*series).or_default().insert(*edition);
    }
    for (event, _, whole) in named("subEventOf").filter(|(event, ..)| !frames.contains(event)) {
        if let (Some(series), false) = (series_of.get(&whole), series_of.contains_key(&event)) {
            // An event that is part of editions of two series stands in the first one's.
            if !members.values().any(|inside| inside.contains(&event)) {
                members.entry(*series).or_default().insert(event);
            }
        }
    }
    let cluster = |(series, members): (NodeIndex, BTreeSet<NodeIndex>)| Cluster {
        series,
        is_node: selection.centres.contains(&series)
            || selected(graph, selection).any(|(from, relations, to)| {
                from == series
                    || (to == series && !(members.contains(&from) && relations.as_slice() == ["partOfSeries"]))
            }),
        row: row(graph, members.iter().copied().filter(|member| series_of.contains_key(member)).collect()),
        members,
    };
    members.into_iter().map(cluster).collect()
}

/// All relations between entities that are in the picture.
pub(super) fn selected<'a>(
    graph: &'a Graph,
    selection: &'a Selection,
) -> impl Iterator<Item = (NodeIndex, &'a Relations, NodeIndex)> {
    graph.relations().filter(|(from, _, to)| selection.entities.contains(from) && selection.entities.contains(to))
}

/// Editions in the order of their ordinals, else of their dates.
fn row(graph: &Graph, mut editions: Vec<NodeIndex>) -> Vec<(NodeIndex, NodeIndex)> {
    editions.sort_by_cached_key(|index| {
        let entity = graph.entity(*index);
        let ordinal = entity.fact("ordinal").and_then(|ordinal| ordinal.parse::<u32>().ok());
        (ordinal.is_none(), ordinal, entity.fact("startDate").map(str::to_owned), *index)
    });
    let pairs = editions.chunks(ROW).flat_map(|row| row.windows(2)).map(|pair| (pair[0], pair[1]));
    pairs.filter(|(one, other)| !graph.neighbours(*one).contains(other)).collect()
}
