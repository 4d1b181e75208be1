//! Pictures of the graph: in Graphviz's language, in Mermaid's, as SVG and as PNG.
//!
//! What helps a person: all relations between two entities are one edge; a conference shows when it was; the legend names
//! what is there and nothing else; what was left out is counted where it would be. Entities of which the picture would say
//! the same are one list. For Graphviz, which can lay out frames, an edition stands inside its series, so that no edge needs
//! to say so, and entities that nothing joins to another stand together at the side.
//!
//! Not in here: which entities there are, which are central, and which part is shown (`graph`).

mod clusters;
mod drawing;
mod fold;
mod label;
mod layout;
mod legend;
mod mermaid;
mod png;
mod scene;
mod style;
mod svg;

use std::io::Write;

pub(super) use self::style::colour as class_colour;

use self::{drawing::Drawing, scene::Scene};
use super::{Error, Format};
use crate::{
    graph::{Graph, Selection},
    vocab::Base,
};

/// Draws a part of a graph.
pub(super) fn write(
    format: Format,
    graph: &Graph,
    selection: &Selection,
    base: &Base,
    out: &mut dyn Write,
) -> Result<(), Error> {
    match format {
        Format::Mermaid => mermaid::write(&Scene::new(graph, selection), out)?,
        Format::Svg => svg::write(&Scene::new(graph, selection), out)?,
        Format::Png => png::write(&Scene::new(graph, selection), out)?,
        _ => Drawing { graph, selection, base: base.as_str() }.write(out)?,
    }
    Ok(())
}
