//! Why a store cannot be opened or used.

use std::{io, path::PathBuf};

use oxigraph::store::StorageError;

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is nothing there.
    #[error("there is no store at {}; `urbi build PATH --store {}` makes one", .0.display(), .0.display())]
    Missing(PathBuf),
    /// There is a store already.
    #[error("{} exists already; open it, or choose another folder", .0.display())]
    Exists(PathBuf),
    /// There is something else.
    #[error(
        "{} is no store of Urbi (it has no {}); name the store's folder with --store, or a new one",
        .0.display(), super::layout::DESCRIPTION
    )]
    NotAStore(PathBuf),
    /// Another process has it open.
    #[error(
        "the store {} is in use by another process{}; wait until it has finished, or stop it; a store has one writer at a \
         time, and no readers beside it",
        path.display(), holder.as_ref().map(|pid| format!(" (process {pid})")).unwrap_or_default()
    )]
    InUse {
        /// The store.
        path: PathBuf,
        /// The process that writes it, if it is known.
        holder: Option<String>,
    },
    /// A newer program made it.
    #[error(
        "the store {} has layout {found}, made by Urbi {program}; this program reads layouts up to {}: use that version, or \
         build the store anew",
        path.display(), super::layout::LAYOUT
    )]
    Newer {
        /// The store.
        path: PathBuf,
        /// Its layout.
        found: u32,
        /// The version of the program that made it.
        program: String,
    },
    /// It was made with another base IRI.
    #[error("the store {} has the base <{found}>, not <{wanted}>; a store's base is fixed when it is made", path.display())]
    Base {
        /// The store.
        path: PathBuf,
        /// The base of the store.
        found: String,
        /// The base that was asked for.
        wanted: String,
    },
    /// It is damaged.
    #[error("the store {} is damaged: {reason}; build it anew, or put back a copy", path.display())]
    Damaged {
        /// The store.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The file system refuses.
    #[error("cannot {action} {}: {source}{}", path.display(), hint(source))]
    Io {
        /// What was tried, such as `read`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The program was built without a store on disk.
    #[error("cannot open {}: this program was built without the feature `rocksdb`, and keeps stores in memory only", .0.display())]
    Unsupported(PathBuf),
}

/// Why reading or writing an open store fails.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refuses.
    #[error("the store {path} cannot be {action}: {source}{}", storage_hint(source))]
    Storage {
        /// The store's folder, or `in memory`.
        path: String,
        /// What was tried: `read`, `written`.
        action: &'static str,
        /// Why not.
        source: StorageError,
    },
    /// The original bytes of a document cannot be kept or read back.
    #[error("cannot {action} the original of a document, {}: {source}{}", path.display(), hint(source))]
    Original {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The bytes are not those that the document is named after.
    #[error("the bytes given for {source_name} are not those of <{document}>: nothing was stored")]
    Digest {
        /// Where they were read from.
        source_name: String,
        /// The document.
        document: String,
    },
    /// A release cannot be written or read.
    #[error("cannot {action} the release {}: {source}{}", path.display(), hint(source))]
    Release {
        /// What was tried.
        action: &'static str,
        /// Its file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// What documents were read with cannot be noted or read.
    #[error("cannot {action} {}: {source}{}", path.display(), hint(source))]
    Reading {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// There is a release of that name already.
    #[error("there is a release {0:?} already; a release never changes: choose another name")]
    ReleaseExists(String),
    /// A name that no release can have.
    #[error(
        "{0:?} cannot be the name of a release: write letters, digits, `-`, `_` and `.`, 64 at most, such as 2026-11"
    )]
    ReleaseName(String),
    /// There is no release of that name.
    #[error("there is no release {name:?}; {}", known_releases(known))]
    NoRelease {
        /// The name.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The store was opened for reading.
    #[error("the store {0} was opened for reading only")]
    ReadOnly(String),
}

fn known_releases(known: &[String]) -> String {
    match known {
        [] => "`urbi release make NAME` makes one".to_owned(),
        known => format!("there are {}", known.join(", ")),
    }
}

fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "; make room and run the same command again",
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => "; choose a folder that can be written",
        _ => "",
    }
}

fn storage_hint(error: &StorageError) -> &'static str {
    let text = error.to_string();
    if text.contains("No space left") || matches!(error, StorageError::Io(e) if e.kind() == io::ErrorKind::StorageFull)
    {
        "; make room and run the same command again: what was stored before is whole"
    } else if text.contains("Read-only file system") || text.contains("Permission denied") {
        "; choose a folder that can be written"
    } else {
        ""
    }
}

/// Says why the database of a store cannot be opened.
#[cfg(feature = "rocksdb")]
pub(super) fn cannot_open(store: &std::path::Path, rdf: &std::path::Path, error: StorageError) -> OpenError {
    let text = error.to_string();
    let refused = [
        ("No space left", io::ErrorKind::StorageFull),
        ("Read-only file system", io::ErrorKind::ReadOnlyFilesystem),
        ("Permission denied", io::ErrorKind::PermissionDenied),
    ];
    match refused.into_iter().find(|(sign, _)| text.contains(sign)) {
        Some((_, kind)) => OpenError::Io { action: "open", path: rdf.to_owned(), source: io::Error::new(kind, error) },
        None => OpenError::Damaged { path: store.to_owned(), reason: text },
    }
}
