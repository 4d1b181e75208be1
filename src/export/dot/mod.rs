//! A picture of the graph, in Graphviz's language.
//!
//! What helps a person: an edition stands inside its series, so that no edge needs to say so; all relations between two
//! entities are one edge; a conference shows when it was; the legend names what is there and nothing else; what was left
//! out is said. Entities that nothing joins to another stand together at the side.
//!
//! Not in here: which entities there are and which are central (`graph`), and the layout, which is Graphviz's.

mod label;
mod style;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use oxrdf::Triple;
use petgraph::graph::NodeIndex;

use self::label::{html, quoted, quoted_lines, words, wrapped};
use super::{Error, Settings};
use crate::graph::{Entity, Graph, Selection};

/// What the picture shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Only what is near this entity: an IRI, a prefixed name or a name.
    pub around: Option<String>,
    /// How many relations away from it (from 0).
    pub hops: usize,
    /// At most this many entities: the nearest and most central (from 1).
    pub limit: usize,
}

impl Default for Picture {
    fn default() -> Picture {
        Picture { around: None, hops: 2, limit: 150 }
    }
}

/// Characters of a line of a label, and lines of a label.
const WIDTH: usize = 26;
const LINES: usize = 4;

/// Writes the view as a picture.
pub(super) fn write(view: &[Triple], settings: &Settings<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let graph = Graph::new(view);
    let picture = &settings.picture;
    let (selection, centre) = match &picture.around {
        Some(name) => {
            let centre = graph.find(name, settings.base)?;
            (graph.around(centre, picture.hops, picture.limit), Some(centre))
        }
        None => (graph.most_central(picture.limit), None),
    };
    let drawing = Drawing { graph: &graph, selection: &selection, centre, base: settings.base.as_str() };
    Ok(drawing.write(out)?)
}

struct Drawing<'a> {
    graph: &'a Graph,
    selection: &'a Selection,
    centre: Option<NodeIndex>,
    base: &'a str,
}

impl Drawing<'_> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "digraph urbi {{")?;
        self.write_settings(out)?;
        let clusters = self.clusters();
        for (at, (series, members)) in clusters.iter().enumerate() {
            self.write_cluster(at, *series, members, out)?;
        }
        let alone = self.alone();
        let inside: BTreeSet<NodeIndex> =
            clusters.iter().flat_map(|(series, members)| members.iter().copied().chain([*series])).collect();
        for index in self.selection.entities.iter().filter(|index| !inside.contains(index) && !alone.contains(index)) {
            self.write_node(*index, "  ", out)?;
        }
        self.write_alone(&alone, out)?;
        self.write_edges(&clusters, out)?;
        writeln!(out, "}}")
    }

    fn write_settings(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "  graph [rankdir=LR, newrank=true, nodesep=0.22, ranksep=0.9, pad=0.4, bgcolor=white,")?;
        writeln!(out, "    fontname=\"Helvetica,Arial,sans-serif\", fontsize=12, labelloc=b, charset=\"UTF-8\",")?;
        writeln!(out, "    outputorder=edgesfirst, label=<{}>];", self.legend())?;
        writeln!(
            out,
            "  node [fontname=\"Helvetica,Arial,sans-serif\", fontsize=11, margin=\"0.12,0.07\", height=0.36];"
        )?;
        writeln!(out, "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=9, fontcolor=\"#555555\",")?;
        writeln!(out, "    color=\"#8C8C8C\", arrowsize=0.6];")
    }

    /// The classes that are drawn, and what was left out: a table as the label of the whole picture.
    fn legend(&self) -> String {
        let drawn: BTreeSet<&str> =
            self.selection.entities.iter().map(|index| style::of(&self.graph.entity(*index).class).class).collect();
        let mut cells = String::new();
        for style in style::STYLES.iter().filter(|style| drawn.contains(style.class)) {
            cells.push_str(&format!(
                "<td bgcolor=\"{}\" color=\"{}\" border=\"1\"> {} </td>",
                style.fill,
                style.line,
                html(style.name)
            ));
        }
        if cells.is_empty() {
            cells.push_str("<td>There is nothing to show: no entity has a fact.</td>");
        }
        let columns = drawn.len().max(1);
        let left_out = self.selection.asked - self.selection.entities.len();
        let note = if left_out == 0 {
            String::new()
        } else {
            let rest = self.selection.asked_pairs - self.selection.pairs;
            format!(
                "<tr><td colspan=\"{columns}\" align=\"left\">{} of {} entities: the best connected. Left out: {left_out} \
                 entities, {rest} links.</td></tr>",
                self.selection.entities.len(),
                self.selection.asked,
            )
        };
        format!(
            "<table border=\"0\" cellborder=\"0\" cellspacing=\"6\" cellpadding=\"4\"><tr>{cells}</tr>{note}</table>"
        )
    }

    /// Each series with its editions, and with what takes place at them.
    fn clusters(&self) -> BTreeMap<NodeIndex, BTreeSet<NodeIndex>> {
        let mut clusters: BTreeMap<NodeIndex, BTreeSet<NodeIndex>> = BTreeMap::new();
        let mut series_of: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
        for (edition, _, series) in self.edges(&|relations| relations.iter().any(|name| name == "partOfSeries")) {
            // An edition of two series stands in the first.
            if !series_of.contains_key(&edition) && !clusters.contains_key(&edition) {
                series_of.insert(edition, series);
                clusters.entry(series).or_default().insert(edition);
            }
        }
        for (event, _, whole) in self.edges(&|relations| relations.iter().any(|name| name == "subEventOf")) {
            if let Some(series) = series_of.get(&whole).copied()
                && !series_of.contains_key(&event)
                && !clusters.contains_key(&event)
            {
                clusters.entry(series).or_default().insert(event);
            }
        }
        clusters
    }

    /// The entities that no edge reaches.
    fn alone(&self) -> Vec<NodeIndex> {
        let joined: BTreeSet<NodeIndex> = self.edges(&|_| true).flat_map(|(from, _, to)| [from, to]).collect();
        self.selection.entities.iter().copied().filter(|index| !joined.contains(index)).collect()
    }

    fn write_cluster(
        &self,
        at: usize,
        series: NodeIndex,
        members: &BTreeSet<NodeIndex>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let entity = self.graph.entity(series);
        writeln!(out, "  subgraph cluster_{at} {{")?;
        writeln!(
            out,
            "    label={}; tooltip={}; labelloc=t; labeljust=l;",
            quoted(entity.label()),
            quoted(&tooltip(entity))
        )?;
        writeln!(
            out,
            "    style=\"filled,rounded\"; fillcolor=\"#FFF9EC\"; color=\"#D9A441\"; fontcolor=\"#7A5000\"; margin=14;"
        )?;
        if self.is_drawn(series, members) {
            self.write_node(series, "    ", out)?;
        }
        for index in members {
            self.write_node(*index, "    ", out)?;
        }
        writeln!(out, "  }}")
    }

    /// A series needs a node of its own only if something other than its editions is related to it.
    fn is_drawn(&self, series: NodeIndex, members: &BTreeSet<NodeIndex>) -> bool {
        self.centre == Some(series)
            || self.edges(&|_| true).any(|(from, relations, to)| {
                (from == series || to == series)
                    && !(to == series && members.contains(&from) && relations == ["partOfSeries"])
            })
    }

    fn write_node(&self, index: NodeIndex, indent: &str, out: &mut dyn Write) -> io::Result<()> {
        let entity = self.graph.entity(index);
        let style = style::of(&entity.class);
        let mut lines = wrapped(entity.label(), WIDTH, LINES);
        lines.extend(when(entity));
        let centre = if self.centre == Some(index) { ", penwidth=3.5, fontsize=13" } else { "" };
        writeln!(
            out,
            "{indent}{} [label={}, shape={}, style=\"{}\", fillcolor=\"{}\", color=\"{}\"{centre}, URL={}, tooltip={}];",
            self.id(index),
            quoted_lines(&lines),
            style.shape,
            style.style,
            style.fill,
            style.line,
            quoted(&entity.iri),
            quoted(&tooltip(entity)),
        )
    }

    /// In columns, which invisible edges hold together.
    fn write_alone(&self, alone: &[NodeIndex], out: &mut dyn Write) -> io::Result<()> {
        if alone.is_empty() {
            return Ok(());
        }
        writeln!(out, "  subgraph cluster_alone {{")?;
        writeln!(
            out,
            "    label=\"not linked to others\"; labeljust=l; style=\"rounded,dashed\"; color=\"#BBBBBB\"; fontcolor=\"#777777\";"
        )?;
        for index in alone {
            self.write_node(*index, "    ", out)?;
        }
        let columns = alone.len().isqrt().max(1);
        for pair in alone.chunks(columns).flat_map(|row| row.windows(2)) {
            writeln!(out, "    {} -> {} [style=invis];", self.id(pair[0]), self.id(pair[1]))?;
        }
        writeln!(out, "  }}")
    }

    fn write_edges(&self, clusters: &BTreeMap<NodeIndex, BTreeSet<NodeIndex>>, out: &mut dyn Write) -> io::Result<()> {
        for (from, relations, to) in self.edges(&|_| true) {
            let inside = clusters.get(&to).is_some_and(|members| members.contains(&from));
            let names: Vec<String> =
                relations.iter().filter(|name| !(inside && *name == "partOfSeries")).map(|name| words(name)).collect();
            if !names.is_empty() {
                writeln!(out, "  {} -> {} [label={}];", self.id(from), self.id(to), quoted_lines(&names))?;
            }
        }
        Ok(())
    }

    /// The edges of the picture whose relations fit.
    fn edges<'s>(
        &'s self,
        fit: &'s dyn Fn(&[String]) -> bool,
    ) -> impl Iterator<Item = (NodeIndex, &'s [String], NodeIndex)> {
        self.graph
            .relations()
            .filter(|(from, _, to)| self.selection.entities.contains(from) && self.selection.entities.contains(to))
            .map(|(from, relations, to)| (from, relations.as_slice(), to))
            .filter(move |(_, relations, _)| fit(relations))
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

/// When it was, as precisely as is known.
fn when(entity: &Entity) -> Option<String> {
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
fn tooltip(entity: &Entity) -> String {
    let class = words(&entity.class);
    let mut parts = vec![format!("{} ({class})", entity.label())];
    if entity.names.len() > 1 {
        parts.push(format!("also: {}", entity.names[1..].join(", ")));
    }
    parts.extend(entity.facts.iter().map(|(relation, values)| format!("{}: {}", words(relation), values.join(", "))));
    parts.join("; ")
}
