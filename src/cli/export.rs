//! `urbi export`.

use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use urbi::export::{self, Content, Settings};
use urbi::store::Store;

use super::open;
use super::outcome::Outcome;
use super::plan::{Export, Setting};
use super::screen;

/// Writes the graph of the store.
pub fn run(setting: &Setting, task: &Export) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let context = open::context(&profile)?;
    let store = Store::open_read_only(&setting.store)?;
    let view = store.view_triples()?;
    let graphs = if task.format.has_graphs() { store.evidence_quads()? } else { Vec::new() };
    let settings = Settings { base: store.base(), context: &context, picture: task.picture.clone() };
    let content = Content { view: &view, graphs: &graphs };
    let write = |out: &mut dyn Write| Ok(export::write(task.format, content, &settings, out)?);
    match &task.output {
        Some(path) => to_file(path, write)?,
        None => screen::result(write)?,
    }
    Ok(Outcome::Done)
}

/// Writes a file that is there whole or not at all: beside its place first, and then renamed.
fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    // A device or a named pipe (`-o /dev/stdout`) cannot be replaced.
    if path.exists() && !path.is_file() {
        let mut out = std::fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        return write(&mut out);
    }
    let mut name = path.file_name().with_context(|| format!("{} is no file name", path.display()))?.to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = || -> anyhow::Result<()> {
        let mut out = std::fs::File::create(&part)?;
        write(&mut out)?;
        out.sync_all()?;
        Ok(std::fs::rename(&part, path)?)
    };
    written()
        .inspect_err(|_| {
            // Whether the part can be removed or not, the first error is the one to tell.
            let _ = std::fs::remove_file(&part);
        })
        .with_context(|| format!("cannot write {}", path.display()))
}
