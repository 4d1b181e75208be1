//! Opening what a command works with: profile, engine, store.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Context as _;
use etcetera::BaseStrategy as _;
use urbi::export::Context;
use urbi::profile::{Profile, ProfileError};
use urbi::query::{Shortener, nearest};
use urbi::store::{OpenError, Point, Store};
use urbi::vocab::{Base, PREFIXES};

use super::outcome::wrong_use;
use super::plan::Setting;

/// The file of a profile that says how JSON-LD looks.
const CONTEXT: &str = "ontology/context.jsonld";
/// The same for a graph in terms of schema.org.
const SCHEMA_CONTEXT: &str = "ontology/schema-context.jsonld";

impl Setting {
    /// The standard profile, with a folder over it: the one that the user names, else the one that the user has.
    pub fn profile(&self) -> anyhow::Result<Profile> {
        if let Some(folder) = &self.profile {
            return Profile::with_overlay(folder).with_context(|| format!("cannot use --profile {}", folder.display()));
        }
        match self.usual_profile.as_deref().map(Profile::with_overlay) {
            None | Some(Err(ProfileError::NoProfile(_))) => Ok(Profile::embedded()),
            Some(profile) => Ok(profile?),
        }
    }

    /// Opens the store to write it; see [`Store::open`].
    pub fn open_to_write(&self, base: Option<&Base>) -> Result<Store, OpenError> {
        Store::open(&self.store, base).map(|store| self.probed(store))
    }

    /// Makes the store; see [`Store::create`].
    pub fn create(&self, base: &Base) -> Result<Store, OpenError> {
        Store::create(&self.store, base).map(|store| self.probed(store))
    }

    fn probed(&self, store: Store) -> Store {
        let Some((point, times)) = self.die_at else { return store };
        let left = AtomicU32::new(times);
        store.with_probe(Arc::new(move |passed: Point| {
            if passed == point && left.fetch_sub(1, Ordering::Relaxed) == 1 {
                std::process::abort();
            }
        }))
    }

    /// The folder that names of the user's own go to.
    pub fn own_profile(&self) -> Option<&Path> {
        self.profile.as_deref().or(self.usual_profile.as_deref())
    }
}

/// Where a user has a profile: `urbi/profile` in the folder of settings (`$XDG_CONFIG_HOME`, else `~/.config`).
pub fn usual_profile() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("urbi/profile"))
}

/// How JSON-LD looks.
pub fn context(profile: &Profile) -> anyhow::Result<Context> {
    Context::parse(profile.text(CONTEXT)?).with_context(|| profile.place(CONTEXT))
}

/// How JSON-LD looks in the terms of schema.org.
pub fn schema_context(profile: &Profile) -> anyhow::Result<Context> {
    Context::parse(profile.text(SCHEMA_CONTEXT)?).with_context(|| profile.place(SCHEMA_CONTEXT))
}

/// Short names for IRIs, for people.
pub fn shortener(base: &Base) -> Shortener {
    Shortener::new(PREFIXES, base.as_str())
}

/// Reads a whole file; the error names it.
pub fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let read = || {
        if path.is_dir() {
            return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory));
        }
        std::fs::read(path)
    };
    read().with_context(|| {
        let hint = near(path).map(|name| format!("; did you mean {name}?")).unwrap_or_default();
        format!("cannot read {}{hint}", path.display())
    })
}

/// The text of a file; `what` it is (`query`) stands in the error.
pub fn text(path: &Path, what: &str) -> anyhow::Result<String> {
    let bytes = read(path).map_err(wrong_use)?;
    String::from_utf8(bytes)
        .with_context(|| format!("{} is not UTF-8, so it is no {what}", path.display()))
        .map_err(wrong_use)
}

/// The text that comes on standard input; `what` it is stands in the error.
pub fn standard_input(what: &str) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    String::from_utf8(bytes)
        .with_context(|| format!("standard input is not UTF-8, so it is no {what}"))
        .map_err(wrong_use)
}

/// For a file that is not there, the file beside it whose name is most similar.
pub fn near(path: &Path) -> Option<String> {
    if path.exists() {
        return None;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut names: Vec<String> = std::fs::read_dir(folder.unwrap_or(Path::new(".")))
        .ok()?
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    let found = nearest(path.file_name()?.to_str()?, names.iter().map(String::as_str))?;
    Some(folder.map_or_else(|| found.to_owned(), |folder| folder.join(found).display().to_string()))
}
