//! From what a user names to what can be opened.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::Spot;
use crate::source::Form;

/// Bytes of a file that show its form.
const HEAD: u64 = 8192;

/// What can be read of what a user named.
#[derive(Debug, Default)]
pub struct Listing {
    /// What to open, in order: each name in turn, folders by name.
    pub spots: Vec<Spot>,
    /// How many files of folders are in forms that nobody reads, by ending.
    pub passed_over: BTreeMap<String, usize>,
    /// What could not be looked into, with the reason.
    pub errors: Vec<String>,
    seen: BTreeSet<PathBuf>,
}

/// Looks into folders and follows patterns (`news/**/*.html`). In folders, files that neither their names nor their first
/// bytes show to be of a form that is read (unless `any` is set) and hidden ones are passed over; what is named itself is
/// always taken. A file that is named twice is read once. `-` is standard input,
/// and what begins like an address of the web is one.
pub fn list(names: &[PathBuf], any: bool) -> Listing {
    let mut listing = Listing::default();
    for name in names {
        match name.to_str() {
            Some("-") => listing.spots.push(Spot::Stdin),
            Some(url) if is_url(url) => listing.spots.push(Spot::Url(url.to_owned())),
            Some(pattern) if is_pattern(pattern) && !name.exists() => listing.matches(pattern, any),
            _ => listing.add(name, any),
        }
    }
    listing
}

impl Listing {
    fn add(&mut self, path: &Path, any: bool) {
        if path.is_dir() {
            self.walk(path, any);
        } else {
            self.take(path);
        }
    }

    fn matches(&mut self, pattern: &str, any: bool) {
        let before = self.spots.len();
        match glob::glob(pattern) {
            Err(error) => return self.errors.push(format!("{pattern}: {error}")),
            Ok(paths) => {
                for path in paths {
                    match path {
                        Ok(path) => self.add(&path, any),
                        Err(error) => self.errors.push(error.to_string()),
                    }
                }
            }
        }
        if self.spots.len() == before {
            self.errors.push(format!("{pattern}: no file fits this pattern"));
        }
    }

    fn walk(&mut self, folder: &Path, any: bool) {
        let visible = |entry: &DirEntry| {
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            entry.depth() == 0 || (!hidden || is_maildir(entry.path())) && !is_store(entry.path())
        };
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible) {
            match entry {
                Err(error) => self.errors.push(error.to_string()),
                Ok(entry) if !entry.file_type().is_file() => {}
                Ok(entry) if in_maildir(entry.path()).is_some() => {
                    if in_maildir(entry.path()) == Some(true) {
                        self.spots.push(Spot::Mail(entry.into_path()));
                    }
                }
                Ok(entry) if any || is_known(entry.path()) => self.take(entry.path()),
                Ok(entry) => {
                    let ending = entry.path().extension().map(|e| format!(".{}", e.to_string_lossy()));
                    *self.passed_over.entry(ending.unwrap_or_else(|| "no ending".to_owned())).or_default() += 1;
                }
            }
        }
    }

    fn take(&mut self, path: &Path) {
        // What cannot be resolved cannot be read either, which will be said then.
        if self.seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_owned())) {
            self.spots.push(Spot::File(path.to_owned()));
        }
    }
}

fn is_url(name: &str) -> bool {
    ["http://", "https://"].iter().any(|start| name.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start)))
}

/// True for the folder of a store, which keeps the originals of what was read.
fn is_store(folder: &Path) -> bool {
    folder.join("store.toml").is_file() && folder.join("originals").is_dir()
}

/// True for a Maildir, whose folders of further mail are hidden in it (`.Sent`).
fn is_maildir(folder: &Path) -> bool {
    folder.join("cur").is_dir() && folder.join("new").is_dir()
}

/// For a file in a folder of a Maildir, whether it is a mail: what is in `tmp` is being delivered.
fn in_maildir(file: &Path) -> Option<bool> {
    let folder = file.parent()?;
    let name = folder.file_name()?.to_str()?;
    (matches!(name, "cur" | "new" | "tmp") && is_maildir(folder.parent()?)).then_some(name != "tmp")
}

fn is_pattern(name: &str) -> bool {
    name.contains(['*', '?', '['])
}

/// True if the name of a file, or else its first bytes, show a form.
fn is_known(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Form::of_name(&name).is_some() || head(path).is_some_and(|head| Form::of_content(&head).is_some())
}

fn head(path: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    Some(head)
}
