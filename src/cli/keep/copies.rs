//! `urbi backup`, `restore`, `dump` and `load`.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};

use anyhow::{Context as _, anyhow};
use urbi::ontology::Ontology;
use urbi::store::{DumpError, Store};
use urbi::view::Schema;

use super::args::{Backup, Dump, Load, Restore};
use super::number;
use crate::cli::files;
use crate::cli::outcome::{Outcome, wrong_use};
use crate::cli::plan::Setting;
use crate::cli::screen::{self, Screen};

/// Most damaged originals that are named.
const NAMED: usize = 10;

/// Copies the store.
pub fn backup(setting: &Setting, task: &Backup, screen: &Screen) -> anyhow::Result<Outcome> {
    let store = setting.open_to_write(None)?;
    store.backup(&task.target)?;
    let documents = number(store.documents()?.len(), "document", "documents");
    screen.note(&format!("{} holds a copy of {documents}", task.target.display()));
    screen.hint(&format!("urbi query 1 --store {}", task.target.display()));
    Ok(Outcome::Done)
}

/// Makes a store from a copy.
pub fn restore(setting: &Setting, task: &Restore, screen: &Screen) -> anyhow::Result<Outcome> {
    let store = Store::restore(&task.backup, &setting.store)?;
    let documents = number(store.documents()?.len(), "document", "documents");
    let damaged = store.damaged_originals()?;
    damaged.iter().take(NAMED).for_each(|document| screen.warning(&format!("the original of {document} is damaged")));
    if damaged.len() > NAMED {
        screen.warning(&format!("… and {} more", damaged.len() - NAMED));
    }
    screen.note(&format!("{} is a store of {documents} again", setting.store.display()));
    Ok(if damaged.is_empty() { Outcome::Done } else { Outcome::Problems })
}

/// Writes the store as one file.
pub fn dump(setting: &Setting, task: &Dump, screen: &Screen) -> anyhow::Result<Outcome> {
    let store = Store::open_read_only(&setting.store)?;
    let write = |out: &mut dyn Write| Ok(store.dump(out)?);
    match &task.output {
        Some(path) => files::write(path, write)?,
        None if screen::is_terminal() => {
            return Err(wrong_use(anyhow!("a dump is nothing for a terminal: give -o FILE, or a pipe")));
        }
        None => screen::result(write)?,
    }
    screen.note(&format!("{} written", number(store.documents()?.len(), "document", "documents")));
    Ok(Outcome::Done)
}

/// Makes a store from such a file.
pub fn load(setting: &Setting, task: &Load, screen: &Screen) -> anyhow::Result<Outcome> {
    let schema = Schema::from(&Ontology::load(&setting.profile()?)?);
    let name = task.input.display().to_string();
    let input: Box<dyn Read> = match name.as_str() {
        "-" => Box::new(io::stdin().lock()),
        _ => Box::new(BufReader::new(File::open(&task.input).with_context(|| format!("cannot read {name}"))?)),
    };
    let mut made = false;
    let loaded = Store::load(input, &schema, |base| {
        let store = setting.create(base).map_err(anyhow::Error::from)?;
        made = true;
        Ok::<_, LoadError>(store)
    });
    let store = match loaded {
        Ok(store) => store,
        Err(LoadError(error)) => {
            if made {
                // Half a store is none: there was nothing there before.
                std::fs::remove_dir_all(&setting.store)
                    .with_context(|| format!("cannot remove {}", setting.store.display()))?;
            }
            return Err(error.context(format!("{name} was not loaded")));
        }
    };
    screen.note(&format!(
        "{} holds {}",
        setting.store.display(),
        number(store.documents()?.len(), "document", "documents")
    ));
    Ok(Outcome::Done)
}

/// Why loading fails: the dump, or the new store.
struct LoadError(anyhow::Error);

impl From<DumpError> for LoadError {
    fn from(error: DumpError) -> LoadError {
        LoadError(error.into())
    }
}

impl From<anyhow::Error> for LoadError {
    fn from(error: anyhow::Error) -> LoadError {
        LoadError(error)
    }
}
