//! `urbi graph`: what is central, what hangs together, how one thing leads to another.
//!
//! Every command measures the part of the graph that is asked for, and gives a [`Report`]: rows for a table, JSON for
//! programs, and the entities that a picture shows.

pub mod args;
mod measures;
mod path;
mod plan;

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;

use petgraph::graph::NodeIndex;
use serde_json::{Value, json};
use urbi::export;
use urbi::graph::{Entity, Focus, Graph};
use urbi::query::{sanitized, table};
use urbi::site::Site;
use urbi::store::Store;

use super::files;
use super::outcome::{Outcome, wrong_use};
use super::plan::Setting;
use super::screen::{self, Screen};

pub use plan::{Measure, Shape, Task};

/// What a measure gives.
struct Report {
    /// The names of the columns.
    header: Vec<&'static str>,
    /// What stands in them.
    rows: Vec<Vec<String>>,
    /// All of it, for programs.
    json: Value,
    /// The entities that a picture shows; all that fit, if there are none.
    shown: BTreeSet<NodeIndex>,
    /// Those that it is about.
    centres: Vec<NodeIndex>,
}

/// Measures, and shows the result.
pub fn run(setting: &Setting, task: &Task, screen: &Screen) -> anyhow::Result<Outcome> {
    let store = Arc::new(Store::open_read_only(&setting.store)?);
    let site = Site::new(store, &setting.profile()?)?;
    let whole = site.graph()?;
    let everything = Focus { limit: usize::MAX, ..task.focus.clone() };
    let selection = whole.focus(&everything, site.base()).map_err(|error| wrong_use(error.into()))?;
    let graph = whole.part(&selection.entities);
    let find = |name: &str| graph.find(name, site.base()).map_err(|error| wrong_use(error.into()));
    let report = match &task.measure {
        Measure::Stats => measures::stats(&graph),
        Measure::Central(top) => measures::central(&graph, *top),
        Measure::Communities => measures::communities(&graph, task.focus.limit),
        Measure::Components => measures::components(&graph),
        Measure::Similar(name, top) => measures::similar(&graph, find(name)?, *top),
        Measure::Timeline => measures::timeline(&graph),
        Measure::Path { from, to, no_quotes } => {
            let (from, to) = (find(from)?, find(to)?);
            let Some(chain) = path::chain(&site, &graph, from, to, *no_quotes)? else {
                let name = |index| sanitized(graph.entity(index).label());
                screen.warning(&format!("nothing links {} to {}", name(from), name(to)));
                return Ok(Outcome::Problems);
            };
            if task.shape == Shape::Table {
                output(task, |out| path::write(&chain.1, out))?;
                return Ok(Outcome::Done);
            }
            chain.0
        }
    };
    show(&report, &graph, task, &site)?;
    Ok(Outcome::Done)
}

fn show(report: &Report, graph: &Graph, task: &Task, site: &Site) -> anyhow::Result<()> {
    match task.shape {
        Shape::Json => output(task, |out| {
            serde_json::to_writer_pretty(&mut *out, &report.json).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        }),
        Shape::Picture(format) => {
            let selection = if report.shown.is_empty() {
                graph.focus(&Focus { limit: task.focus.limit, ..Focus::default() }, site.base())?
            } else {
                graph.choose(report.shown.clone(), report.centres.clone())
            };
            output(task, |out| Ok(export::draw(format, graph, &selection, site.base(), out)?))
        }
        Shape::Table if screen::is_terminal() && task.output.is_none() => {
            let header = report.header.iter().map(|name| (*name).to_owned()).collect();
            let drawn = table(header, report.rows.iter().cloned(), screen::width());
            output(task, |out| Ok(write!(out, "{drawn}")?))
        }
        Shape::Table => output(task, |out| {
            for row in &report.rows {
                writeln!(out, "{}", row.join("\t"))?;
            }
            Ok(())
        }),
    }
}

fn output(task: &Task, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    match &task.output {
        Some(path) => files::write(path, write),
        None => screen::result(write),
    }
}

/// A name for a person to read: of one line.
fn label(entity: &Entity) -> String {
    sanitized(&entity.label().split_whitespace().collect::<Vec<_>>().join(" "))
}

/// An entity for a program.
fn reference(entity: &Entity) -> Value {
    json!({ "iri": entity.iri, "label": entity.label(), "class": entity.class })
}
