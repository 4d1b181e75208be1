//! What a picture shows, whoever draws it: nodes with their lines of text, and the edges between them.
//!
//! DOT has frames beside that, because Graphviz can lay them out; see `drawing`.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use super::{
    clusters::selected,
    drawing::{LINES, LIST_LINES, LIST_WIDTH, WIDTH, counted, tooltip, when},
    fold::{absorbed, folds, name},
    label::{words, wrapped},
    legend::note,
    style::{self, Style},
};
use crate::graph::{Graph, Selection};

/// A picture before it is laid out.
pub(super) struct Scene {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    /// What the legend names, in its order.
    pub(super) styles: Vec<&'static Style>,
    /// What was left out, in words.
    pub(super) note: Option<String>,
}

/// An entity, a list of entities that are alike, or a count of what is left out.
pub(super) struct Node {
    /// At least one.
    pub(super) lines: Vec<String>,
    /// None for a count.
    pub(super) style: Option<&'static Style>,
    pub(super) is_list: bool,
    pub(super) is_centre: bool,
    /// The IRI, if a browser can follow it.
    pub(super) link: Option<String>,
    pub(super) tooltip: String,
}

/// From node to node, by their numbers.
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The relations, in words; none for the edge to a count.
    pub(super) words: Vec<String>,
    pub(super) colour: &'static str,
}

impl Scene {
    /// Nodes are those of the selection by IRI, then lists, then counts.
    pub(super) fn new(graph: &Graph, selection: &Selection) -> Scene {
        let fixed: BTreeSet<NodeIndex> = selection.centres.iter().copied().collect();
        let folds = folds(graph, selection, &fixed);
        let mut hidden: BTreeSet<NodeIndex> = folds.iter().flat_map(|fold| fold.members.iter().copied()).collect();
        hidden.extend(absorbed(graph, selection, &hidden));
        let mut scene = Scene { nodes: Vec::new(), edges: Vec::new(), styles: Vec::new(), note: note(selection) };
        let mut number: BTreeMap<NodeIndex, usize> = BTreeMap::new();
        for index in selection.entities.iter().filter(|index| !hidden.contains(index)) {
            number.insert(*index, scene.nodes.len());
            scene.nodes.push(Node::entity(graph, selection, *index));
        }
        for fold in &folds {
            let style = style::of(&graph.entity(fold.members[0]).class);
            let names: Vec<String> = fold.members.iter().map(|index| name(graph, *index)).collect();
            let mut lines = vec![format!("{} × {}", names.len(), style.name)];
            lines.extend(wrapped(&names.join(", "), LIST_WIDTH, LIST_LINES));
            let list = scene.nodes.len();
            let tooltip = names.join(", ");
            let node = Node { lines, style: Some(style), is_list: true, is_centre: false, link: None, tooltip };
            scene.nodes.push(node);
            for (other, relations, away) in &fold.links {
                let Some(other) = number.get(other) else { continue };
                let (from, to) = if *away { (list, *other) } else { (*other, list) };
                scene.edges.push(Edge::new(from, to, relations));
            }
        }
        for rest in &selection.rest {
            let text = counted(rest);
            let count = scene.nodes.len();
            let lines = wrapped(&text, WIDTH, LINES);
            let node = Node { lines, style: None, is_list: false, is_centre: false, link: None, tooltip: text };
            scene.nodes.push(node);
            if let Some(anchor) = rest.anchor.and_then(|anchor| number.get(&anchor)) {
                scene.edges.push(Edge { from: *anchor, to: count, words: Vec::new(), colour: "#999999" });
            }
        }
        for (from, relations, to) in selected(graph, selection) {
            if let (Some(from), Some(to)) = (number.get(&from), number.get(&to)) {
                scene.edges.push(Edge::new(*from, *to, relations));
            }
        }
        let drawn: BTreeSet<&str> = scene.nodes.iter().filter_map(|node| Some(node.style?.class)).collect();
        scene.styles = style::STYLES.iter().filter(|style| drawn.contains(style.class)).collect();
        scene
    }
}

impl Node {
    fn entity(graph: &Graph, selection: &Selection, index: NodeIndex) -> Node {
        let entity = graph.entity(index);
        let mut lines = wrapped(entity.label(), WIDTH, LINES);
        lines.extend(when(entity));
        // No other scheme: pictures are opened in browsers.
        let is_web = entity.iri.starts_with("https://") || entity.iri.starts_with("http://");
        Node {
            lines,
            style: Some(style::of(&entity.class)),
            is_list: false,
            is_centre: selection.centres.contains(&index),
            link: is_web.then(|| entity.iri.clone()),
            tooltip: tooltip(entity),
        }
    }
}

impl Edge {
    fn new(from: usize, to: usize, relations: &[String]) -> Edge {
        let colour = style::edge_colour(relations.first().map_or("", String::as_str));
        Edge { from, to, words: relations.iter().map(|relation| words(relation)).collect(), colour }
    }
}
