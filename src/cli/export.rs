//! `urbi export`.

use std::io::Write;

use urbi::export::{self, Content, Settings};
use urbi::ontology::Ontology;
use urbi::store::Store;
use urbi::view::Schema;

use super::files;
use super::open;
use super::outcome::Outcome;
use super::plan::{Export, Setting};
use super::screen;

/// Writes the graph of the store.
pub fn run(setting: &Setting, task: &Export) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let context = open::context(&profile)?;
    let store = Store::open_read_only(&setting.store)?;
    let view = match task.min_confidence {
        Some(at_least) => store.view(&Schema::from(&Ontology::load(&profile)?), at_least)?.triples,
        None => store.view_triples()?,
    };
    let graphs = if task.format.has_graphs() { store.evidence_quads()? } else { Vec::new() };
    let settings = Settings { base: store.base(), context: &context, picture: task.picture.clone() };
    let content = Content { view: &view, graphs: &graphs };
    let write = |out: &mut dyn Write| Ok(export::write(task.format, content, &settings, out)?);
    match &task.output {
        Some(path) => files::write(path, write)?,
        None => screen::result(write)?,
    }
    Ok(Outcome::Done)
}
