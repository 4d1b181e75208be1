//! What the documents of a store were read with: profile and program, by a short name and in full.
//!
//! The full account is a file beside the database (`reading.zst`). It counts only if it is of the profile that the
//! database names: it is written first, so that a process that dies between leaves one that does not count.

use std::{fs, io};

use oxigraph::store::StorageError;
use oxrdf::{Literal, Quad, QuadRef};

use super::{
    Store,
    commit::commit,
    error::StoreError,
    layout::write_whole,
    stated::Quads,
    terms::{CATALOGUE, IN_CATALOGUE, PROFILE, SOURCE},
};

impl Store {
    /// Notes what the documents were read with: a short name, and all that is needed to tell later what a change of it can
    /// touch.
    ///
    /// # Errors
    /// If the file system or the database refuses.
    pub fn set_reading(&self, profile: &str, account: &[u8]) -> Result<(), StoreError> {
        self.writable()?;
        if let Some(path) = self.folder.as_ref().map(|folder| folder.reading()) {
            let text = [profile.as_bytes(), b"\n", account].concat();
            let write = || write_whole(&path, &zstd::encode_all(text.as_slice(), 0)?);
            write().map_err(|source| StoreError::Reading { action: "write", path: path.clone(), source })?;
        }
        self.set_profile(profile)
    }

    /// What [`Store::set_reading`] noted last; None if that is not known in full.
    ///
    /// # Errors
    /// If it is there and cannot be read.
    pub fn reading(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(path) = self.folder.as_ref().map(|folder| folder.reading()) else { return Ok(None) };
        let failed = |source| StoreError::Reading { action: "read", path: path.clone(), source };
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            bytes => zstd::decode_all(bytes.map_err(failed)?.as_slice()).map_err(failed)?,
        };
        let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else { return Ok(None) };
        let is_of_now = self.profile()?.is_some_and(|profile| profile.as_bytes() == &bytes[..end]);
        Ok(is_of_now.then(|| bytes[end + 1..].to_vec()))
    }

    /// Notes the short name alone.
    ///
    /// # Errors
    /// If the database refuses.
    pub fn set_profile(&self, profile: &str) -> Result<(), StoreError> {
        self.writable()?;
        let write = || {
            let mut txn = self.rdf.start_transaction()?;
            let old: Vec<Quad> = txn
                .matching(Some(&CATALOGUE.into_owned()), Some(PROFILE), None, Some(IN_CATALOGUE))
                .collect::<Result<_, _>>()?;
            for quad in &old {
                txn.remove(quad);
            }
            txn.insert(QuadRef::new(CATALOGUE, PROFILE, Literal::from(profile).as_ref(), IN_CATALOGUE));
            commit(txn)
        };
        write().map_err(self.failed("written"))
    }

    /// The short name that was noted last.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn profile(&self) -> Result<Option<String>, StoreError> {
        self.value(&CATALOGUE.into_owned(), PROFILE, IN_CATALOGUE).map_err(self.failed("read"))
    }

    /// True if the store holds documents that were read with something else than `profile` names: their evidence may be
    /// another by now.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn needs_rebuild(&self, profile: &str) -> Result<bool, StoreError> {
        if self.profile()?.as_deref() == Some(profile) {
            return Ok(false);
        }
        let first = || -> Result<bool, StorageError> {
            let found = self.rdf.matching(None, Some(SOURCE), None, Some(IN_CATALOGUE)).next();
            Ok(found.transpose()?.is_some())
        };
        first().map_err(self.failed("read"))
    }
}
