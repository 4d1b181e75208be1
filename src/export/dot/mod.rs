//! A picture of the graph, in Graphviz's language.
//!
//! What helps a person: an edition stands inside its series, so that no edge needs to say so; all relations between two
//! entities are one edge; a conference shows when it was; the legend names what is there and nothing else; what was left
//! out is said. Entities of which the picture would say the same are one list. Entities that nothing joins to another stand together at the side.
//!
//! Not in here: which entities there are and which are central (`graph`), and the layout, which is Graphviz's.

mod clusters;
mod drawing;
mod fold;
mod label;
mod legend;
mod style;

use std::io::Write;

use oxrdf::Triple;

pub(super) use self::style::colour as class_colour;

use self::drawing::Drawing;
use super::{Error, Settings};
use crate::graph::Graph;

/// Writes the view as a picture.
pub(super) fn write(view: &[Triple], settings: &Settings<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let graph = Graph::new(view);
    let selection = graph.focus(&settings.focus, settings.base)?;
    let drawing = Drawing { graph: &graph, selection: &selection, base: settings.base.as_str() };
    Ok(drawing.write(out)?)
}
