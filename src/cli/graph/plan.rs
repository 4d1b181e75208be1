//! What `urbi graph` is to do, checked.

use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use urbi::export::Format;
use urbi::graph::Focus;

use crate::cli::screen;

use super::args::{Graph, JSON, Shown, TABLE};

/// What to measure, of what, and how it is shown.
pub struct Task {
    /// What to measure.
    pub measure: Measure,
    /// Of what.
    pub focus: Focus,
    /// How it is shown.
    pub shape: Shape,
    /// The file; standard output if there is none.
    pub output: Option<PathBuf>,
}

/// What to measure.
pub enum Measure {
    /// The size.
    Stats,
    /// So many central entities.
    Central(usize),
    /// Groups.
    Communities,
    /// Parts that hang together.
    Components,
    /// A chain between two.
    Path {
        /// Where it begins.
        from: String,
        /// Where it ends.
        to: String,
        /// Whether sentences are left out.
        no_quotes: bool,
    },
    /// So many that are like one.
    Similar(String, usize),
    /// What was when.
    Timeline,
}

/// How a result is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// As a picture.
    Picture(Format),
}

impl Task {
    /// Checks what the arguments mean together.
    pub fn new(given: Graph) -> anyhow::Result<Task> {
        let (measure, shown) = match given {
            Graph::Stats(shown) => (Measure::Stats, shown),
            Graph::Central { top, shown } => (Measure::Central(top), shown),
            Graph::Communities(shown) => (Measure::Communities, shown),
            Graph::Components(shown) => (Measure::Components, shown),
            Graph::Path { from, to, no_quotes, shown } => (Measure::Path { from, to, no_quotes }, shown),
            Graph::Similar { name, top, shown } => (Measure::Similar(name, top), shown),
            Graph::Timeline(shown) => (Measure::Timeline, shown),
        };
        if let Measure::Central(top) | Measure::Similar(_, top) = &measure {
            ensure!(*top > 0, "--top must be at least 1");
        }
        let shape = shape(&shown)?;
        let is_text = !matches!(shape, Shape::Picture(format) if !format.is_text());
        ensure!(is_text || shown.output.is_some() || !screen::is_terminal(), "a PNG is no text; name a file with -o");
        Ok(Task { measure, focus: shown.focus.focus()?, shape, output: shown.output })
    }
}

fn shape(shown: &Shown) -> anyhow::Result<Shape> {
    let ending = shown.output.as_ref().and_then(|output| output.extension()?.to_str());
    match (shown.format.as_deref(), ending) {
        (Some(TABLE), _) | (None, None | Some("txt" | "tsv")) => Ok(Shape::Table),
        (Some(JSON), _) | (None, Some("json")) => Ok(Shape::Json),
        (Some(name), _) => Ok(Shape::Picture(name.parse()?)),
        (None, Some(ending)) => {
            let format = Format::from_extension(ending).filter(|format| format.is_picture());
            Ok(Shape::Picture(format.with_context(|| format!("the ending .{ending} says no format; give --format"))?))
        }
    }
}
