//! The store: what all documents together state, on disk, with where they state it.
//!
//! The only module that names Oxigraph's `Store`. It keeps the evidence of each document as [`fact::quads`] makes it, the
//! view of [`crate::view`] as the default graph, the sources that gave the documents, and their original bytes. Every
//! change is one transaction that brings the view up to date too: it computes anew the entities that the change speaks of.
//! What evidence, provenance and view hold depends on the set of documents alone, not on the order in which they came.
//!
//! [`fact::quads`]: crate::fact::quads
//!
//! Order of writing: original bytes, synced; then one transaction; originals that nothing refers to any more go last. A
//! process that is killed between leaves a file too many, never one too few.
//!
//! Graphs of the store's own (`https://w3id.org/urbi/store#…`) are neither exported nor part of the graph's identity: the
//! catalogue of sources, an index that holds each statement once, however many documents make it, and summaries of the
//! evidence for statements that many documents make.
//!
//! Not in here: extraction, file formats, and how results are shown.

mod agenda;
mod anew;
mod change;
mod commit;
mod conflicts;
mod copies;
mod decide;
mod doubt;
mod dump;
mod error;
mod explain;
mod ingest;
mod layout;
mod least;
mod look;
mod notes;
mod originals;
mod plan;
mod points;
mod read;
mod reading;
mod refresh;
mod releases;
mod stated;
mod summary;
mod terms;
mod write;

use std::{path::Path, sync::Arc};

use oxigraph::store::StorageError;

pub use agenda::{Decided, Matter};
pub use anew::Anew;
pub use dump::DumpError;
pub use error::{OpenError, StoreError};
pub use explain::Explanation;
pub use ingest::{Forgotten, Incoming, Ingested};
pub use layout::Access;
pub use look::{DocumentRecord, Firing, Weight};
pub use points::{NoPoint, Point, Probe};
pub use read::StoredDocument;
pub use releases::{Release, digest as view_digest};
pub use write::{HIDDEN_GRAPHS, OwnGraph, Step, UpdateError};

use crate::vocab::Base;
use layout::Folder;
use originals::Originals;

/// Below some thousand quads a transaction is as quick as loading.
const BULK: usize = 10_000;

/// An open store.
pub struct Store {
    rdf: oxigraph::store::Store,
    originals: Originals,
    base: Base,
    access: Access,
    /// Changes that add this many quads are loaded past the transaction log.
    bulk: usize,
    /// Statements with more pieces of evidence have a summary.
    crowd: usize,
    /// Dropped after the database, so that nobody opens it before it is closed. None in memory.
    folder: Option<Folder>,
    /// For messages: the folder, or `in memory`.
    name: String,
    /// Is told of the points that changes pass. None but in tests.
    probe: Option<Probe>,
}

impl Store {
    /// Makes a new store in a folder that does not exist yet, or is empty, and opens it to write.
    ///
    /// # Errors
    /// If there is something in the folder, or it cannot be written.
    pub fn create(path: &Path, base: &Base) -> Result<Store, OpenError> {
        Store::on_disk(Folder::create(path, base)?, base.clone(), Access::Write)
    }

    /// Opens a store to read and write it, alone. If `base` is given, it must be the base the store was made with.
    ///
    /// # Errors
    /// If there is no store, it is in use, damaged, of a newer layout or of another base, or cannot be read and written.
    pub fn open(path: &Path, base: Option<&Base>) -> Result<Store, OpenError> {
        let (folder, found) = Folder::open(path, Access::Write)?;
        match base {
            Some(wanted) if *wanted != found => Err(OpenError::Base {
                path: path.to_owned(),
                found: found.as_str().to_owned(),
                wanted: wanted.as_str().to_owned(),
            }),
            _ => Store::on_disk(folder, found, Access::Write),
        }
    }

    /// Opens a store, or makes it if there is none; see [`Store::open`] and [`Store::create`].
    ///
    /// # Errors
    /// As theirs.
    pub fn open_or_create(path: &Path, base: Option<&Base>) -> Result<Store, OpenError> {
        match Store::open(path, base) {
            Err(OpenError::Missing(_)) => Store::create(path, &base.cloned().unwrap_or_default()),
            other => other,
        }
    }

    /// Opens a store to read it, beside other readers. Works on a disk that cannot be written.
    ///
    /// # Errors
    /// If there is no store, a process writes it, it is damaged or of a newer layout, or cannot be read.
    pub fn open_read_only(path: &Path) -> Result<Store, OpenError> {
        let (folder, base) = Folder::open(path, Access::Read)?;
        Store::on_disk(folder, base, Access::Read)
    }

    /// A new store that lives in memory only.
    ///
    /// # Errors
    /// If the database cannot be set up.
    pub fn in_memory(base: &Base) -> Result<Store, StoreError> {
        let failed = |source| StoreError::Storage { path: "in memory".to_owned(), action: "set up", source };
        let rdf = oxigraph::store::Store::new().map_err(failed)?;
        let originals = Originals::Memory(Arc::default());
        let name = "in memory".to_owned();
        Ok(Store {
            rdf,
            originals,
            base: base.clone(),
            access: Access::Write,
            bulk: BULK,
            crowd: summary::CROWD,
            folder: None,
            name,
            probe: None,
        })
    }

    #[cfg(feature = "rocksdb")]
    fn on_disk(folder: Folder, base: Base, access: Access) -> Result<Store, OpenError> {
        let rdf = folder.rdf();
        let opened = match access {
            Access::Write => oxigraph::store::Store::open(&rdf),
            Access::Read => oxigraph::store::Store::open_read_only(&rdf),
        };
        let rdf = opened.map_err(|source| error::cannot_open(folder.path(), &rdf, source))?;
        let failed = |source| error::cannot_open(folder.path(), &folder.rdf(), source);
        if change::is_interrupted(&rdf).map_err(failed)? {
            if access == Access::Read {
                // What is half there has to be taken out first.
                drop(rdf);
                let path = folder.path().to_owned();
                drop(folder);
                drop(Store::open(&path, None)?);
                return Store::open_read_only(&path);
            }
            change::recover(&rdf, &base).map_err(failed)?;
        }
        let originals = Originals::Folder(folder.originals());
        let name = folder.path().display().to_string();
        Ok(Store {
            rdf,
            originals,
            base,
            access,
            bulk: BULK,
            crowd: summary::CROWD,
            folder: Some(folder),
            name,
            probe: None,
        })
    }

    #[cfg(not(feature = "rocksdb"))]
    fn on_disk(folder: Folder, _: Base, _: Access) -> Result<Store, OpenError> {
        Err(OpenError::Unsupported(folder.path().to_owned()))
    }

    /// The base IRI that it was made with.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// Writes out what the database still holds in memory. What was put in is safe without it if the process dies; with
    /// it, also if the machine does. To be called at the end of a build.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn flush(&self) -> Result<(), StoreError> {
        #[cfg(feature = "rocksdb")]
        if self.access == Access::Write && matches!(self.originals, Originals::Folder(_)) {
            self.rdf.flush().map_err(self.failed("written"))?;
        }
        Ok(())
    }

    fn writable(&self) -> Result<(), StoreError> {
        match self.access {
            Access::Write => Ok(()),
            Access::Read => Err(StoreError::ReadOnly(self.name.clone())),
        }
    }

    fn failed(&self, action: &'static str) -> impl Fn(StorageError) -> StoreError {
        let path = self.name.clone();
        move |source| StoreError::Storage { path: path.clone(), action, source }
    }
}

#[cfg(test)]
mod tests;
