//! From the paths that a user names to the files to read, and whole files to write.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use urbi::source::Form;
use walkdir::{DirEntry, WalkDir};

/// The files below the named paths.
#[derive(Debug, Default)]
pub struct Files {
    /// The files to read, in order: each path in turn, folders by name.
    pub paths: Vec<PathBuf>,
    /// How many files of folders have an ending that no form has, by ending.
    pub passed_over: BTreeMap<String, usize>,
    /// What could not be looked into, with the reason.
    pub errors: Vec<String>,
}

impl Files {
    /// Looks into all folders. In folders, files whose names no form knows (unless `any` is set) and hidden ones are
    /// passed over; what is named itself is always taken. A file that is named twice is read once.
    pub fn collect(paths: &[PathBuf], any: bool) -> Files {
        let mut files = Files::default();
        let mut seen = BTreeSet::new();
        for path in paths {
            if path.is_dir() {
                files.walk(path, any, &mut seen);
            } else {
                files.take(path, &mut seen);
            }
        }
        files
    }

    fn walk(&mut self, folder: &Path, any: bool, seen: &mut BTreeSet<PathBuf>) {
        let visible = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible) {
            match entry {
                Err(error) => self.errors.push(error.to_string()),
                Ok(entry) if !entry.file_type().is_file() => {}
                Ok(entry) if any || Form::of_name(&entry.file_name().to_string_lossy()).is_some() => {
                    self.take(entry.path(), seen);
                }
                Ok(entry) => {
                    let ending = entry.path().extension().map(|e| format!(".{}", e.to_string_lossy()));
                    *self.passed_over.entry(ending.unwrap_or_else(|| "no ending".to_owned())).or_default() += 1;
                }
            }
        }
    }

    fn take(&mut self, path: &Path, seen: &mut BTreeSet<PathBuf>) {
        // What cannot be resolved cannot be read either, which will be said then.
        if seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_owned())) {
            self.paths.push(path.to_owned());
        }
    }
}

/// The name by which the store knows a file: its whole path, so that it does not matter where the command was run.
pub fn source_name(path: &Path) -> String {
    path.canonicalize().unwrap_or_else(|_| path.to_owned()).display().to_string()
}

/// Writes a file that is there whole or not at all: beside its place first, and then renamed.
pub fn write(path: &Path, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
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
