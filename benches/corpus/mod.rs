//! The texts that speed is measured on: the samples and, where the annotated collections lie beside the project, those
//! of their documents that may be looked at (`docs/measuring.md`). No text counts twice.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

/// A file: its name and its bytes.
pub type File = (String, Vec<u8>);

/// The samples that the project carries.
pub fn samples() -> Vec<File> {
    folder(Path::new("data/announcements"))
}

/// The samples, and what lies beside the project.
pub fn all() -> Vec<File> {
    let mut files = samples();
    for folder_beside in ["../shared/gold/announcements", "../shared/cfp/docs"] {
        files.extend(folder(Path::new(folder_beside)).into_iter().filter(|(name, _)| seen(name)));
    }
    let mut known = BTreeSet::new();
    files.retain(|(_, bytes)| known.insert(bytes.clone()));
    files
}

/// How many bytes these files have.
pub fn size(files: &[File]) -> usize {
    files.iter().map(|(_, bytes)| bytes.len()).sum()
}

/// The files of a folder, by name; none if there is no such folder.
fn folder(path: &Path) -> Vec<File> {
    let Ok(entries) = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths.iter().map(|path| (path.display().to_string(), fs::read(path).expect("readable"))).collect()
}

/// Whether a document is none of the third that measures the rules.
fn seen(name: &str) -> bool {
    let stem = Path::new(name).file_stem().expect("a file has a name").to_string_lossy();
    let digest = Sha256::digest(stem.as_bytes());
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) % 3 != 0
}
