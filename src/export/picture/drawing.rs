//! The picture as statements of DOT.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use petgraph::graph::NodeIndex;

use super::{
    clusters::{Cluster, clusters, selected},
    fold::{Fold, absorbed, folds, name},
    label::{quoted, quoted_lines, words, wrapped},
    legend::legend,
    style,
};
use crate::graph::{Entity, Graph, Rest, Selection};

/// Characters of a line of a label, and lines of a label.
pub(super) const WIDTH: usize = 26;
pub(super) const LINES: usize = 4;

/// The same for a list of entities.
pub(super) const LIST_WIDTH: usize = 46;
pub(super) const LIST_LINES: usize = 9;

/// What goes for the whole picture.
const SETTINGS: &str = r##"  graph [rankdir=LR, newrank=true, nodesep=0.2, ranksep=0.75, pad=0.4, bgcolor=white, charset="UTF-8",
    fontname="Helvetica,Arial,sans-serif", fontsize=12, labelloc=b, outputorder=edgesfirst];
  node [fontname="Helvetica,Arial,sans-serif", fontsize=11, margin="0.12,0.07", height=0.36];
  edge [fontname="Helvetica,Arial,sans-serif", fontsize=9, arrowsize=0.6];"##;

/// What goes for the frame of a series.
const FRAME: &str = r##"labelloc=t; labeljust=l; style="filled,rounded"; fillcolor="#FFFBF2"; color="#D9A441"; fontcolor="#7A5000"; margin=14;"##;

/// What goes for the count of what is left out.
const REST: &str = r##"shape=plain, fontsize=10, fontcolor="#666666""##;

/// What goes for the frame around entities that nothing joins to another.
const ASIDE: &str = r##"label="not linked to others"; labelloc=t; labeljust=l; style="rounded,dashed"; color="#BBBBBB"; fontcolor="#777777";"##;

/// A part of a graph, ready to be drawn.
pub(super) struct Drawing<'a> {
    pub(super) graph: &'a Graph,
    pub(super) selection: &'a Selection,
    pub(super) base: &'a str,
}

impl Drawing<'_> {
    /// Writes the whole file.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "digraph urbi {{\n{SETTINGS}\n  label=<{}>;", legend(self.graph, self.selection))?;
        let clusters = clusters(self.graph, self.selection);
        for (at, cluster) in clusters.iter().enumerate() {
            self.write_cluster(at, cluster, out)?;
        }
        let mut inside: BTreeSet<NodeIndex> = clusters.iter().map(|cluster| cluster.series).collect();
        inside.extend(clusters.iter().flat_map(|cluster| &cluster.members));
        let fixed: BTreeSet<NodeIndex> = inside.iter().chain(&self.selection.centres).copied().collect();
        let folds = folds(self.graph, self.selection, &fixed);
        let mut hidden: BTreeSet<NodeIndex> = folds.iter().flat_map(|fold| fold.members.iter().copied()).collect();
        hidden.extend(absorbed(self.graph, self.selection, &hidden));
        let joined: BTreeSet<NodeIndex> =
            selected(self.graph, self.selection).flat_map(|(from, _, to)| [from, to]).collect();
        let mut aside = Vec::new();
        for index in self.selection.entities.iter().filter(|index| !inside.contains(index) && !hidden.contains(index)) {
            if joined.contains(index) || self.selection.centres.contains(index) {
                self.write_node(*index, "  ", out)?;
            } else {
                aside.push(*index);
            }
        }
        for (at, fold) in folds.iter().enumerate() {
            self.write_fold(at, fold, out)?;
        }
        self.write_rest(out)?;
        self.write_aside(&aside, out)?;
        self.write_edges(&clusters, &hidden, out)?;
        writeln!(out, "}}")
    }

    fn write_cluster(&self, at: usize, cluster: &Cluster, out: &mut dyn Write) -> io::Result<()> {
        let series = self.graph.entity(cluster.series);
        let label = quoted_lines(&wrapped(series.label(), 3 * WIDTH, LINES));
        writeln!(
            out,
            "  subgraph cluster_{at} {{\n    label={label}; tooltip={};\n    {FRAME}",
            quoted(&tooltip(series))
        )?;
        if cluster.is_node {
            self.write_node(cluster.series, "    ", out)?;
        }
        for index in &cluster.members {
            self.write_node(*index, "    ", out)?;
        }
        for (earlier, later) in &cluster.row {
            writeln!(out, "    {} -> {} [style=invis, weight=8];", self.id(*earlier), self.id(*later))?;
        }
        writeln!(out, "  }}")
    }

    fn write_node(&self, index: NodeIndex, indent: &str, out: &mut dyn Write) -> io::Result<()> {
        let entity = self.graph.entity(index);
        let style = style::of(&entity.class);
        let mut lines = wrapped(entity.label(), WIDTH, LINES);
        lines.extend(when(entity));
        let centre = if self.selection.centres.contains(&index) { ", penwidth=3.5, fontsize=14" } else { "" };
        // No other scheme: an SVG is opened in browsers.
        let is_web = entity.iri.starts_with("https://") || entity.iri.starts_with("http://");
        let link = if is_web { format!(", URL={}", quoted(&entity.iri)) } else { String::new() };
        writeln!(
            out,
            "{indent}{} [label={}, shape={}, style=\"{}\", fillcolor=\"{}\", color=\"{}\"{centre}{link}, tooltip={}];",
            self.id(index),
            quoted_lines(&lines),
            style.shape,
            style.style,
            style.fill,
            style.line,
            quoted(&tooltip(entity)),
        )
    }

    /// In a block, which invisible edges hold together.
    fn write_aside(&self, aside: &[NodeIndex], out: &mut dyn Write) -> io::Result<()> {
        if aside.is_empty() {
            return Ok(());
        }
        writeln!(out, "  subgraph cluster_aside {{\n    {ASIDE}")?;
        for index in aside {
            self.write_node(*index, "    ", out)?;
        }
        let columns = aside.len().isqrt().max(1);
        for pair in aside.chunks(columns).flat_map(|row| row.windows(2)) {
            writeln!(out, "    {} -> {} [style=invis];", self.id(pair[0]), self.id(pair[1]))?;
        }
        writeln!(out, "  }}")
    }

    /// The list as one node, with the edges that all in it have.
    fn write_fold(&self, at: usize, fold: &Fold, out: &mut dyn Write) -> io::Result<()> {
        let style = style::of(&self.graph.entity(fold.members[0]).class);
        let names: Vec<String> = fold.members.iter().map(|index| name(self.graph, *index)).collect();
        let mut lines = vec![format!("{} × {}", names.len(), style.name)];
        lines.extend(wrapped(&names.join(", "), LIST_WIDTH, LIST_LINES));
        let id = quoted(&format!("list {at}"));
        writeln!(
            out,
            "  {id} [label={}, shape=box, style=\"filled,rounded\", peripheries=2, fillcolor=\"{}\", color=\"{}\", tooltip={}];",
            quoted_lines(&lines),
            style.fill,
            style.line,
            quoted(&names.join(", ")),
        )?;
        for (other, relations, away) in &fold.links {
            let other = self.id(*other);
            let (from, to) = if *away { (&id, &other) } else { (&other, &id) };
            write_edge(from, to, &relations.iter().collect::<Vec<_>>(), out)?;
        }
        Ok(())
    }

    /// What is left out, counted, at what it is nearest to.
    fn write_rest(&self, out: &mut dyn Write) -> io::Result<()> {
        for (at, rest) in self.selection.rest.iter().enumerate() {
            let lines = wrapped(&counted(rest), WIDTH, LINES);
            let id = quoted(&format!("rest {at}"));
            writeln!(out, "  {id} [label={}, {REST}, tooltip={}];", quoted_lines(&lines), quoted(&counted(rest)))?;
            if let Some(anchor) = rest.anchor {
                writeln!(out, "  {} -> {id} [style=dotted, color=\"#999999\", arrowhead=none];", self.id(anchor))?;
            }
        }
        Ok(())
    }

    /// That an edition is part of the series whose frame it stands in needs no edge.
    fn write_edges(&self, clusters: &[Cluster], hidden: &BTreeSet<NodeIndex>, out: &mut dyn Write) -> io::Result<()> {
        for (from, relations, to) in selected(self.graph, self.selection) {
            if hidden.contains(&from) || hidden.contains(&to) {
                continue;
            }
            let framed = clusters.iter().any(|cluster| cluster.series == to && cluster.members.contains(&from));
            let names: Vec<&String> = relations.iter().filter(|name| !(framed && *name == "partOfSeries")).collect();
            write_edge(&self.id(from), &self.id(to), &names, out)?;
        }
        Ok(())
    }

    /// The name of a node in the file: its IRI, without the base.
    fn id(&self, index: NodeIndex) -> String {
        let iri = self.graph.entity(index).iri.as_str();
        match iri.strip_prefix(self.base) {
            Some(local) => quoted(local),
            None => quoted(&format!("<{iri}>")),
        }
    }
}

/// One edge for all relations between two nodes; none if there are none.
fn write_edge(from: &str, to: &str, relations: &[&String], out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = relations.first() else { return Ok(()) };
    let backward = relations.iter().any(|name| style::is_backward(name));
    let (tail, head, direction) = if backward { (to, from, ", dir=back") } else { (from, to, "") };
    let weight = if *first == "follows" { ", weight=8" } else { "" };
    let colour = style::edge_colour(first);
    let label = quoted_lines(&relations.iter().map(|name| words(name)).collect::<Vec<_>>());
    writeln!(out, "  {tail} -> {head} [label={label}, color=\"{colour}\", fontcolor=\"{colour}\"{direction}{weight}];")
}

/// `12 more: 9 city, 3 event`.
pub(super) fn counted(rest: &Rest) -> String {
    let classes: Vec<String> =
        rest.classes.iter().map(|(class, count)| format!("{count} {}", style::of(class).name)).collect();
    let place = if rest.anchor.is_some() { "more" } else { "elsewhere" };
    format!("{} {place}: {}", rest.count(), classes.join(", "))
}

/// When it was, as precisely as is known.
pub(super) fn when(entity: &Entity) -> Option<String> {
    if let Some(launched) = entity.fact("launchedOn") {
        return Some(launched.to_owned());
    }
    match (entity.fact("startDate"), entity.fact("endDate")) {
        (Some(start), Some(end)) if start != end => Some(format!("{start} – {end}")),
        (Some(day), _) | (None, Some(day)) => Some(day.to_owned()),
        (None, None) => None,
    }
}

/// All that is said of it, for the pointer to show.
pub(super) fn tooltip(entity: &Entity) -> String {
    let class = words(&entity.class);
    let mut parts = vec![format!("{} ({class})", entity.label())];
    if entity.names.len() > 1 {
        parts.push(format!("also: {}", entity.names[1..].join(", ")));
    }
    parts.extend(entity.facts.iter().map(|(relation, values)| format!("{}: {}", words(relation), values.join(", "))));
    parts.join("; ")
}
