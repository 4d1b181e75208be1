//! The files that make Urbi know of cities and conferences: ontology, rules, lexicon and saved queries.
//!
//! The engine is general; everything about its subject is data. The standard profile is part of the program, so that the
//! binary alone suffices, and its files are borrowed from there: opening it costs nothing, however large the lexicon. A
//! user's folder of the same layout lies over it: a file of the same path replaces, others are added.
//!
//! Not in here: what the files mean. Each stage reads its own.

mod bytes;

pub use bytes::Bytes;

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};
use walkdir::WalkDir;

include!("layout.rs");

/// The files of the standard profile, sorted by path: path, content, SHA-256.
static EMBEDDED: &[(&str, &[u8], [u8; 32])] = include!(concat!(env!("OUT_DIR"), "/profile.rs"));

/// A set of files by their paths: the standard profile, with a user's folder over it if there is one.
///
/// Paths are relative with `/` between the parts, such as `data/rules/launch.rules`. Files of `ontology/`, `data/rules/`,
/// `data/lexicon/`, `data/mappings/` and `queries/` count; notes (`.md`), scripts and hidden files do not.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    files: BTreeMap<String, Bytes>,
    /// Where the files that are no part of the program came from.
    places: BTreeMap<String, String>,
}

/// Identity of a profile: equal exactly if the files are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProfileDigest([u8; 32]);

/// Why a profile, or a file of it, cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// The folder is not there, or has nothing that a profile is made of.
    #[error("{} is no profile: it has no file below {}", .0.display(), FOLDERS.join("/, ") + "/")]
    NoProfile(PathBuf),
    /// The operating system refused.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// A file name that is not UTF-8 cannot be a path of a profile.
    #[error("the name of {} is not UTF-8: rename it", .0.display())]
    Name(PathBuf),
    /// No such file.
    #[error("the profile has no file {0}")]
    Missing(String),
    /// A text file is not UTF-8.
    #[error("{place} is not UTF-8 from byte {} on: save it as UTF-8", source.valid_up_to())]
    Encoding {
        /// The file; see [`Profile::place`].
        place: String,
        /// Where.
        source: std::str::Utf8Error,
    },
}

impl Profile {
    /// The standard profile, as it was when the program was built.
    pub fn embedded() -> Profile {
        let files = EMBEDDED.iter().map(|(path, bytes, digest)| ((*path).to_owned(), Bytes::embedded(bytes, *digest)));
        Profile { files: files.collect(), places: BTreeMap::new() }
    }

    /// The standard profile with the files of `folder` over it.
    ///
    /// # Errors
    /// If the folder or a file in it cannot be read, or if nothing in it belongs to a profile.
    pub fn with_overlay(folder: &Path) -> Result<Profile, ProfileError> {
        let mut profile = Profile::embedded();
        for part in FOLDERS.map(|part| folder.join(part)) {
            if !part.try_exists().map_err(|source| ProfileError::Read { path: part.clone(), source })? {
                continue;
            }
            for entry in WalkDir::new(&part).follow_links(true) {
                let entry = entry.map_err(|error| ProfileError::Read {
                    path: error.path().unwrap_or(&part).to_owned(),
                    source: error.into(),
                })?;
                if entry.file_type().is_dir() {
                    continue;
                }
                let path = relative(entry.path(), folder)?;
                if belongs(&path) {
                    let bytes = fs::read(entry.path())
                        .map_err(|source| ProfileError::Read { path: entry.path().to_owned(), source })?;
                    let place = folder.join(&path).display().to_string();
                    profile = profile.with_file(&path, &place, bytes);
                }
            }
        }
        if profile.places.is_empty() {
            return Err(ProfileError::NoProfile(folder.to_owned()));
        }
        Ok(profile)
    }

    /// The same with one more file, or another in the place of the one at `path`; messages call it `place`.
    #[must_use]
    pub fn with_file(mut self, path: &str, place: &str, bytes: Vec<u8>) -> Profile {
        self.files.insert(path.to_owned(), Bytes::read(bytes));
        self.places.insert(path.to_owned(), place.to_owned());
        self
    }

    /// The content of the file at `path`.
    pub fn file(&self, path: &str) -> Option<Bytes> {
        self.files.get(path).cloned()
    }

    /// The text of the file at `path`.
    ///
    /// # Errors
    /// If there is no such file, or it is not UTF-8.
    pub fn text(&self, path: &str) -> Result<&str, ProfileError> {
        let bytes = self.files.get(path).ok_or_else(|| ProfileError::Missing(path.to_owned()))?;
        std::str::from_utf8(bytes).map_err(|source| ProfileError::Encoding { place: self.place(path), source })
    }

    /// The files below the folder `under` (such as `data/rules`) whose names end in `.` and `extension`, sorted by path.
    pub fn files<'a>(&'a self, under: &'a str, extension: &'a str) -> impl Iterator<Item = (&'a str, Bytes)> + 'a {
        let inside = move |path: &str| path.strip_prefix(under).is_some_and(|rest| rest.starts_with('/'));
        let named = move |path: &str| path.strip_suffix(extension).is_some_and(|stem| stem.ends_with('.'));
        let files = self.files.iter().filter(move |(path, _)| inside(path) && named(path));
        files.map(|(path, bytes)| (path.as_str(), bytes.clone()))
    }

    /// Where the file at `path` comes from, for messages: its place in the user's folder, or the path itself if it is part
    /// of the program.
    pub fn place(&self, path: &str) -> String {
        self.places.get(path).cloned().unwrap_or_else(|| path.to_owned())
    }

    /// Whether the file at `path` comes from the user's folder.
    pub fn is_own(&self, path: &str) -> bool {
        self.places.contains_key(path)
    }

    /// The profile without the file at `path`.
    #[must_use]
    pub fn without(mut self, path: &str) -> Profile {
        self.files.remove(path);
        self.places.remove(path);
        self
    }

    /// Identity of the profile: a hash of all paths and contents.
    pub fn digest(&self) -> ProfileDigest {
        let mut hash = Sha256::new();
        for (path, bytes) in &self.files {
            hash.update(path.as_bytes());
            hash.update([0]);
            hash.update(bytes.digest());
        }
        ProfileDigest(hash.finalize().into())
    }
}

/// The path of `file` below `folder`, in the form that a profile uses.
fn relative(file: &Path, folder: &Path) -> Result<String, ProfileError> {
    let parts = file.strip_prefix(folder).unwrap_or(file).iter();
    let parts: Option<Vec<&str>> = parts.map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/")).ok_or_else(|| ProfileError::Name(file.to_owned()))
}

impl fmt::Display for ProfileDigest {
    /// Lower-case hexadecimal, 64 digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests;
