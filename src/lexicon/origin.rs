//! Which lines of which tables make an entry: read anew from the profile, so that a loaded lexicon need not keep it.

use super::entry::Entry;
use super::{LexiconError, key, paths, read};
use crate::profile::Profile;

/// A line that speaks of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file, as messages name it.
    pub file: String,
    /// Line, from 1; 0 where the file has no lines of entries (the compiled places, themes in Turtle).
    pub line: usize,
    /// Whether the name that was asked for stands in it.
    pub names_it: bool,
}

/// The lines of a profile that speak of `entry`, in the order in which they are read; `name` is the name in question.
///
/// # Errors
/// If a table cannot be read; loading the lexicon would have failed, too.
pub fn origins(profile: &Profile, entry: &Entry<'_>, name: &str) -> Result<Vec<Origin>, LexiconError> {
    let mut keys = key::Keys::default();
    let wanted = keys.key(name).unwrap_or_default().to_owned();
    let mut origins = Vec::new();
    for path in paths(profile) {
        let mut rows = Vec::new();
        read(profile, path, &mut rows)?;
        for row in rows.iter().filter(|row| row.kind == entry.kind && row.key == entry.key()) {
            let names_it = std::iter::once(&row.label).chain(&row.names).any(|name| keys.key(name) == Some(&wanted));
            origins.push(Origin { file: profile.place(path), line: row.line, names_it });
        }
    }
    if entry.is_compiled() {
        let names_it = !origins.iter().any(|origin| origin.names_it);
        origins.insert(0, Origin { file: profile.place("data/lexicon/places.bin"), line: 0, names_it });
    }
    Ok(origins)
}
