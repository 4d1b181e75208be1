//! Copies of a store: a backup is a store of its own, which can be opened where it lies.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use super::{
    Store,
    error::{OpenError, StoreError},
    layout::{Access, DESCRIPTION, Folder, sync_folder},
};

impl Store {
    /// Copies the store, as it is now, into a folder that does not exist yet. On the same file system the files that never
    /// change are linked, not copied: that takes little time and room. Needs a store that is open to be written, because the
    /// database has to hold still.
    ///
    /// # Errors
    /// If there is something in the folder, or the file system or the database refuses. Then nothing is left there.
    pub fn backup(&self, target: &Path) -> Result<(), OpenError> {
        let Some(folder) = &self.folder else { return Err(OpenError::Unsupported(target.to_owned())) };
        let io_error = |source| OpenError::Io { action: "write", path: target.to_owned(), source };
        if fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some()) || target.is_file() {
            return Err(OpenError::Exists(target.to_owned()));
        }
        let copy = || -> Result<(), OpenError> {
            fs::create_dir_all(target).map_err(io_error)?;
            let rdf = target.join("rdf");
            checkpoint(&self.rdf, target, &rdf)?;
            for part in [folder.originals(), folder.releases()] {
                let to = target.join(part.file_name().unwrap_or_default());
                copy_files(&part, &to, true).map_err(io_error)?;
            }
            // What makes it a store comes last.
            folder.describe_copy(target)
        };
        copy().inspect_err(|_| {
            // The first error is the one to tell.
            let _ = fs::remove_dir_all(target);
        })
    }

    /// Makes a store from a backup, in a folder that does not exist yet or is empty, and checks it.
    ///
    /// # Errors
    /// If the backup is no whole store, there is something in the folder, or the file system refuses.
    pub fn restore(backup: &Path, target: &Path) -> Result<Store, OpenError> {
        // Nobody writes the backup meanwhile.
        let (_source, _) = Folder::open(backup, Access::Read)?;
        if target.join(DESCRIPTION).exists() {
            return Err(OpenError::Exists(target.to_owned()));
        }
        if fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(OpenError::NotAStore(target.to_owned()));
        }
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let part: PathBuf = target.with_file_name(name);
        let io_error = |source| OpenError::Io { action: "write", path: target.to_owned(), source };
        let copy = || -> io::Result<()> {
            copy_files(backup, &part, false)?;
            if target.exists() {
                fs::remove_dir(target)?;
            }
            fs::rename(&part, target)?;
            sync_folder(target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")))
        };
        copy().map_err(io_error).inspect_err(|_| {
            let _ = fs::remove_dir_all(&part);
        })?;
        Store::open(target, None)
    }

    /// Reads the original of every document, and gives those that are missing, damaged, or not what their names say.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn damaged_originals(&self) -> Result<Vec<String>, StoreError> {
        use rayon::prelude::*;
        use sha2::{Digest, Sha256};
        let documents = self.documents()?;
        let damaged = documents.par_iter().filter(|document| {
            let wanted = super::ingest::digest(&document.iri);
            !self.originals.read(wanted).is_ok_and(|bytes| {
                let hash =
                    |bytes: Vec<u8>| Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect::<String>();
                bytes.map(hash).as_deref() == Some(wanted)
            })
        });
        Ok(damaged.map(|document| document.iri.as_str().to_owned()).collect())
    }
}

#[cfg(feature = "rocksdb")]
fn checkpoint(rdf: &oxigraph::store::Store, target: &Path, into: &Path) -> Result<(), OpenError> {
    rdf.backup(into).map_err(|source| super::error::cannot_open(target, into, source))
}

#[cfg(not(feature = "rocksdb"))]
fn checkpoint(_: &oxigraph::store::Store, target: &Path, _: &Path) -> Result<(), OpenError> {
    Err(OpenError::Unsupported(target.to_owned()))
}

/// Copies the files of a folder, those of folders in it too, all synced; a folder that is not there is an empty one.
/// `link` makes links where the file system can.
fn copy_files(from: &Path, to: &Path, link: bool) -> io::Result<()> {
    if !from.exists() {
        return Ok(());
    }
    for entry in WalkDir::new(from).sort_by_file_name() {
        let entry = entry?;
        let place = to.join(entry.path().strip_prefix(from).map_err(io::Error::other)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&place)?;
        } else if entry.file_name() != "lock" && !(link && fs::hard_link(entry.path(), &place).is_ok()) {
            fs::copy(entry.path(), &place)?;
            File::open(&place)?.sync_all()?;
        }
    }
    sync_folder(to)
}
