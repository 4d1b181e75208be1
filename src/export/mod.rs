//! The graph in the formats of others: RDF to exchange, JSON-LD for programs, tables, maps and calendars,
//! pictures to look at.
//!
//! [`write()`] is the one way in. The same content and the same settings give the same bytes, whatever the order in which
//! the triples come: every writer sorts, and none iterates over a hash map. Statements are read from a [`Source`] and written
//! one after the other, so that RDF takes no more memory for a larger graph; pictures, maps, frames and graphs for
//! other programs need all of the view at once. The judges are foreign: each RDF format is
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
mod sorted;
mod source;
mod tables;
mod turtle;
mod xml;

use std::io::{BufWriter, Write};

pub use error::Error;
pub use format::{Format, UnknownFormat};
pub use jsonld::{Context, ContextError, Frame, FrameError};
pub use patch::Patch;
pub use source::{Content, Source, Statements};
pub use tables::Tables;

use crate::{
    graph::{Focus, Graph, Selection},
    vocab::Base,
};

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

/// Writes what `source` has as `format` to `out`, and flushes it.
///
/// # Errors
/// If the source cannot be read or `out` cannot be written; if the format cannot say what the content says (RDF/XML has no control characters); if
/// the picture asked for has no such entity.
pub fn write(format: Format, source: &dyn Source, settings: &Settings<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let mut out = BufWriter::new(out);
    let graph = || Ok::<_, Error>(Graph::new(&source::triples(source)?));
    match format {
        Format::Turtle => turtle::write(&|| source::view(source), settings.base, &mut out)?,
        Format::TriG => turtle::write(&|| source::all(source), settings.base, &mut out)?,
        Format::NTriples => order::write_lines(source::view(source), &mut out)?,
        Format::NQuads => order::write_lines(source::all(source), &mut out)?,
        Format::RdfXml => xml::write(source, &mut out)?,
        Format::JsonLd => jsonld::write(source, settings.context, settings.frame, &mut out)?,
        Format::Dot | Format::Mermaid | Format::Svg | Format::Png => {
            let graph = graph()?;
            let selection = graph.focus(&settings.focus, settings.base)?;
            picture::write(format, &graph, &selection, settings.base, &mut out)?;
        }
        Format::GraphMl => graphml::write(&graph()?, &mut out)?,
        Format::Gexf => gexf::write(&graph()?, &mut out)?,
        Format::GeoJson => geojson::write(&graph()?, &mut out)?,
        Format::ICalendar => icalendar::write(&graph()?, &mut out)?,
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
