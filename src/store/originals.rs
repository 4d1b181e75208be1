//! The bytes that documents were extracted from, kept so that explaining and rebuilding need no source.
//!
//! One file a document, named by the digest of its bytes and compressed (Zstandard): `originals/9c/9c56….zst`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use rayon::prelude::*;

use super::{
    error::StoreError,
    layout::{sync_folder, write_whole},
};

/// Where original bytes are kept.
#[derive(Clone, Debug)]
pub enum Originals {
    /// In files below this folder.
    Folder(PathBuf),
    /// In memory, by digest.
    Memory(Arc<Mutex<BTreeMap<String, Vec<u8>>>>),
}

impl Originals {
    /// Keeps the bytes of documents, given with their digests. They are on the disk when this returns.
    pub fn keep(&self, documents: &[(&str, &[u8])]) -> Result<(), StoreError> {
        match self {
            _ if documents.is_empty() => Ok(()),
            Originals::Folder(folder) => {
                documents.par_iter().try_for_each(|(digest, bytes)| keep_file(&file(folder, digest), bytes))?;
                let folders: BTreeSet<PathBuf> = documents
                    .iter()
                    .filter_map(|(digest, _)| Some(file(folder, digest).parent()?.to_owned()))
                    .collect();
                // The names of the new files are on the disk too.
                folders.par_iter().chain([folder].into_par_iter()).try_for_each(|folder| {
                    sync_folder(folder).map_err(|source| StoreError::Original {
                        action: "keep",
                        path: folder.clone(),
                        source,
                    })
                })
            }
            Originals::Memory(kept) => {
                let mut kept = kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                kept.extend(documents.iter().map(|(digest, bytes)| ((*digest).to_owned(), bytes.to_vec())));
                Ok(())
            }
        }
    }

    /// The bytes of a document. None if they are not kept.
    pub fn read(&self, digest: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Originals::Folder(folder) => {
                let path = file(folder, digest);
                match File::open(&path).and_then(|file| zstd::decode_all(io::BufReader::new(file))) {
                    Ok(bytes) => Ok(Some(bytes)),
                    Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
                    Err(source) => Err(StoreError::Original { action: "read", path, source }),
                }
            }
            Originals::Memory(kept) => {
                Ok(kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(digest).cloned())
            }
        }
    }

    /// Drops the bytes of a document, if they are there.
    pub fn drop(&self, digest: &str) -> Result<(), StoreError> {
        match self {
            Originals::Folder(folder) => {
                let path = file(folder, digest);
                match fs::remove_file(&path) {
                    Err(source) if source.kind() != io::ErrorKind::NotFound => {
                        Err(StoreError::Original { action: "remove", path, source })
                    }
                    _ => Ok(()),
                }
            }
            Originals::Memory(kept) => {
                kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(digest);
                Ok(())
            }
        }
    }
}

fn file(folder: &Path, digest: &str) -> PathBuf {
    folder.join(digest.get(..2).unwrap_or_default()).join(format!("{digest}.zst"))
}

fn keep_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    // A file has its name only when it is whole, so that one that is there need not be read.
    if path.exists() {
        return Ok(());
    }
    let write = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        write_whole(path, &zstd::encode_all(bytes, 0)?)
    };
    write().map_err(|source| StoreError::Original { action: "keep", path: path.to_owned(), source })
}
