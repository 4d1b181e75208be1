//! Writing the database anew, beside the one in use, and putting it in its place in one step.
//!
//! Two uses. A rebuild starts with decisions, settings and graphs of others, and gets all documents again. A purge copies what is held:
//! RocksDB keeps what was removed in its files, and Oxigraph keeps every string that it ever met, so that only a database
//! which never met the words of a document is free of them.

use std::sync::Arc;

use oxigraph::store::StorageError;
use oxrdf::{Literal, Quad, QuadRef};

use super::{
    Store,
    change::LOADER_MEGABYTES,
    commit::commit,
    error::{OpenError, StoreError},
    points::Point,
    stated::Quads,
    terms::{CATALOGUE, COMMIT, IN_CATALOGUE},
};
use crate::view::Schema;

/// A database that is to take the place of a store's present one. If it does not, it is removed when the store is next
/// opened to be written.
pub struct Anew {
    store: Store,
}

impl Store {
    /// Begins a database that holds decisions, settings and graphs of others, and no documents. Put documents in with [`Anew::store`], then
    /// call [`Store::succeed`].
    ///
    /// # Errors
    /// If the file system or the database refuses.
    pub fn begin_anew(&self, schema: &Schema) -> Result<Anew, StoreError> {
        let anew = self.beside()?;
        anew.store.set_least(schema, self.least()?)?;
        let decisions: Vec<_> = self.decisions()?.all().iter().map(|entry| entry.decision.clone()).collect();
        anew.store.decide(schema, &decisions)?;
        // Graphs of others beside Urbi's own.
        let copy = || anew.store.rdf.extend(self.foreign_quads()?);
        copy().map_err(self.failed("copied"))?;
        Ok(anew)
    }

    /// Copies the database into a new one that has never held anything else.
    ///
    /// # Errors
    /// If the file system or the database refuses.
    pub fn copy_anew(&self) -> Result<Anew, StoreError> {
        let anew = self.beside()?;
        let copy = || -> Result<(), StorageError> {
            let mut loader = anew.store.rdf.bulk_loader().with_max_memory_size_in_megabytes(LOADER_MEGABYTES);
            loader.load_ok_quads::<StorageError, StorageError>(self.rdf.iter())?;
            loader.commit()
        };
        copy().map_err(self.failed("copied"))?;
        Ok(anew)
    }

    /// Makes `anew` the database of this store.
    ///
    /// # Errors
    /// If the file system or the database refuses. The store on the disk is then the old one or the new one, and whole.
    pub fn succeed(self, anew: Anew) -> Result<Store, OpenError> {
        let path = self.folder.as_ref().map(|folder| folder.path().to_owned()).unwrap_or_default();
        let failed = |reason: StoreError| OpenError::Damaged { path: path.clone(), reason: reason.to_string() };
        anew.store.continue_counting(self.commit_number().map_err(failed)?).map_err(failed)?;
        anew.store.flush().map_err(failed)?;
        self.passed(Point::Anew);
        let Store { rdf, originals, base, access, bulk, crowd, folder, name, probe } = self;
        let Some(mut folder) = folder else {
            return Ok(Store { rdf: anew.store.rdf, originals, base, access, bulk, crowd, folder, name, probe });
        };
        // Both databases are closed before one takes the place of the other.
        drop((rdf, anew));
        folder.succeed()?;
        if let Some(probe) = &probe {
            probe(Point::Succeeded);
        }
        folder.tidy()?;
        folder.drop_text()?;
        Ok(Store { probe, ..Store::on_disk(folder, base, access)? })
    }

    fn beside(&self) -> Result<Anew, StoreError> {
        self.writable()?;
        let rdf = match &self.folder {
            None => oxigraph::store::Store::new().map_err(self.failed("set up"))?,
            Some(folder) => {
                let path = folder.next_rdf();
                let cleared = if path.exists() { std::fs::remove_dir_all(&path) } else { Ok(()) };
                cleared.map_err(|e| self.failed("written")(e.into()))?;
                open_new(&path).map_err(self.failed("written"))?
            }
        };
        let store = Store {
            rdf,
            originals: self.originals.clone(),
            base: self.base.clone(),
            access: self.access,
            bulk: self.bulk,
            crowd: self.crowd,
            folder: None,
            name: self.name.clone(),
            probe: self.probe.as_ref().map(Arc::clone),
        };
        Ok(Anew { store })
    }

    /// Goes on counting commits where another database stopped.
    fn continue_counting(&self, number: u64) -> Result<(), StoreError> {
        let write = || {
            let mut txn = self.rdf.start_transaction()?;
            let old: Vec<Quad> = txn
                .matching(Some(&CATALOGUE.into_owned()), Some(COMMIT), None, Some(IN_CATALOGUE))
                .collect::<Result<_, _>>()?;
            old.iter().for_each(|quad| txn.remove(quad));
            let number = Literal::from(i64::try_from(number).unwrap_or(i64::MAX));
            txn.insert(QuadRef::new(CATALOGUE, COMMIT, number.as_ref(), IN_CATALOGUE));
            commit(txn)
        };
        write().map_err(self.failed("written"))
    }
}

impl Anew {
    /// The store as it will be. It has the originals of the other one.
    pub fn store(&self) -> &Store {
        &self.store
    }
}

#[cfg(feature = "rocksdb")]
fn open_new(path: &std::path::Path) -> Result<oxigraph::store::Store, StorageError> {
    oxigraph::store::Store::open(path)
}

#[cfg(not(feature = "rocksdb"))]
fn open_new(_: &std::path::Path) -> Result<oxigraph::store::Store, StorageError> {
    oxigraph::store::Store::new()
}
