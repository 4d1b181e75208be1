//! The graph in the formats of others: RDF to exchange, JSON-LD for programs, tables, maps and calendars,
//! pictures to look at.
//!
//! [`write()`] is the one way in. The same content and the same settings give the same bytes, whatever the order in which
//! the triples come: every writer sorts, and none iterates over a hash map. The judges are foreign: each RDF format is
//! read back by rdflib and pyoxigraph, JSON-LD by PyLD and jsonld.js, pictures by
//! Graphviz and Mermaid, graphs by networkx.
//!
//! Syntax is left to libraries wherever one writes it well; our own is the flat compact form of JSON-LD, which no Rust
//! library gives, and what a picture of this graph should look like.
//!
//! Not in here: what is in the graph (the view and the store decide), and how a query's table of results is written.

mod attributes;
mod error;
mod format;
mod geojson;
mod gexf;
mod graphml;
mod icalendar;
mod jsonld;
mod order;
mod patch;
mod picture;
mod prefixes;
mod tables;
mod turtle;
mod xml;

use std::io::{BufWriter, Write};

use oxrdf::{Quad, Triple};

pub use error::Error;
pub use format::{Format, UnknownFormat};
pub use jsonld::{Context, ContextError, Frame, FrameError};
pub use patch::Patch;
pub use tables::Tables;

use crate::{
    graph::{Focus, Graph, Selection},
    vocab::Base,
};

/// What to write, in any order; the same statement twice is written once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Content<'a> {
    /// The view: the default graph.
    pub view: &'a [Triple],
    /// Evidence, provenance and decisions, each in its named graph. Only the formats that carry graphs read them.
    pub graphs: &'a [Quad],
}

/// How to write it.
#[derive(Clone, Debug)]
pub struct Settings<'a> {
    /// The base of the entities' IRIs; each folder of entities below it becomes a prefix (`city:3674962`).
    pub base: &'a Base,
    /// The context of JSON-LD, which is written into the file.
    pub context: &'a Context,
    /// Which nodes JSON-LD has, and what stands inside them; without it, all stand side by side.
    pub frame: Option<&'a Frame>,
    /// What a picture shows.
    pub focus: Focus,
}

impl<'a> Settings<'a> {
    /// Without a frame, and with the usual picture.
    pub fn new(base: &'a Base, context: &'a Context) -> Settings<'a> {
        Settings { base, context, frame: None, focus: Focus::default() }
    }
}

/// Writes `content` as `format` to `out`, and flushes it.
///
/// # Errors
/// If `out` cannot be written; if the format cannot say what the content says (RDF/XML has no control characters); if
/// the picture asked for has no such entity.
pub fn write(format: Format, content: Content<'_>, settings: &Settings<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let mut out = BufWriter::new(out);
    match format {
        Format::Turtle => turtle::write_turtle(&order::triples(content.view), settings.base, &mut out)?,
        Format::TriG => {
            let graphs = order::quads(content.graphs);
            turtle::write_trig(&order::triples(content.view), &graphs, settings.base, &mut out)?;
        }
        Format::NTriples => order::write_lines(order::triple_lines(content.view), &mut out)?,
        Format::NQuads => {
            let lines = order::triple_lines(content.view).chain(order::quad_lines(content.graphs));
            order::write_lines(lines, &mut out)?;
        }
        Format::RdfXml => xml::write(&order::triples(content.view), &mut out)?,
        Format::JsonLd => jsonld::write(&order::triples(content.view), settings.context, settings.frame, &mut out)?,
        Format::Dot | Format::Mermaid | Format::Svg | Format::Png => {
            let graph = Graph::new(content.view);
            let selection = graph.focus(&settings.focus, settings.base)?;
            picture::write(format, &graph, &selection, settings.base, &mut out)?;
        }
        Format::GraphMl => graphml::write(&Graph::new(content.view), &mut out)?,
        Format::Gexf => gexf::write(&Graph::new(content.view), &mut out)?,
        Format::GeoJson => geojson::write(&Graph::new(content.view), &mut out)?,
        Format::ICalendar => icalendar::write(&Graph::new(content.view), &mut out)?,
    }
    out.flush()?;
    Ok(())
}

/// Draws a part of a graph as `format`, and flushes `out`. A format that is no picture is drawn as DOT.
///
/// # Errors
/// If `out` cannot be written, or if the picture is too large for pixels.
pub fn draw(
    format: Format,
    graph: &Graph,
    selection: &Selection,
    base: &Base,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let mut out = BufWriter::new(out);
    picture::write(format, graph, selection, base, &mut out)?;
    Ok(out.flush()?)
}
