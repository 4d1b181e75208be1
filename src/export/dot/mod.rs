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

use self::drawing::Drawing;
use super::{Error, Settings};
use crate::graph::Graph;

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
