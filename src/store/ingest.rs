//! Putting documents in, and taking them out.

use std::collections::BTreeMap;

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{NamedNode, Quad};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::{
    Store,
    change::{Change, is_interrupted, recover},
    error::StoreError,
    plan::{self, Plan},
    points::Point,
    refresh::{Touched, keys_of, refresh},
    summary,
};
use crate::{
    fact::{Extraction, quads},
    view::Schema,
};

/// A document to put into a store.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// What was found in it.
    pub extraction: &'a Extraction,
    /// The bytes it was found in.
    pub original: &'a [u8],
    /// Where they were read from: a path, or an address.
    pub source: &'a str,
}

/// A document to put in, as quads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'a> {
    /// Its IRI.
    pub document: &'a NamedNode,
    /// Its evidence and provenance.
    pub quads: &'a [Quad],
    /// Its bytes.
    pub original: &'a [u8],
    /// Where they were read from.
    pub source: &'a str,
}

/// What putting a document in changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ingested {
    /// Nothing: the source gave the same document before, with the same evidence.
    Unchanged,
    /// The document is known from another source; only where it comes from was noted.
    Known,
    /// It is new.
    Added,
    /// It took the place of what the source gave before, or its evidence that of what an older profile found in it.
    Replaced,
}

/// What was forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// How many sources.
    pub sources: usize,
    /// The documents that no source gives any more; sorted.
    pub documents: Vec<NamedNode>,
}

impl Store {
    /// Puts one document in; see [`Store::ingest_all`].
    ///
    /// # Errors
    /// As [`Store::ingest_all`].
    pub fn ingest(
        &self,
        schema: &Schema,
        extraction: &Extraction,
        original: &[u8],
        source: &str,
    ) -> Result<Ingested, StoreError> {
        let done = self.ingest_all(schema, &[Incoming { extraction, original, source }])?;
        Ok(done[0])
    }

    /// Puts documents in, all of them or none: original bytes first, then evidence, catalogue and view. New bytes at a
    /// source take the place of what it gave before. Batches of a thousand documents are much quicker than one at a time,
    /// and give the same result. `schema` must be the same for all documents of a store.
    ///
    /// # Errors
    /// If an original is not what its document is named after, or if the file system or the database refuses. Then
    /// nothing has changed.
    pub fn ingest_all(&self, schema: &Schema, incoming: &[Incoming<'_>]) -> Result<Vec<Ingested>, StoreError> {
        self.writable()?;
        let quads: Vec<Vec<Quad>> = incoming.par_iter().map(|i| quads::quads(&self.base, i.extraction)).collect();
        let given: Vec<Given<'_>> = incoming
            .iter()
            .zip(&quads)
            .map(|(item, quads)| Given {
                document: &item.extraction.document.iri,
                quads,
                original: item.original,
                source: item.source,
            })
            .collect();
        self.put_all(schema, &given)
    }

    /// Puts in documents of which evidence and provenance are known as quads.
    pub(super) fn put_all(&self, schema: &Schema, given: &[Given<'_>]) -> Result<Vec<Ingested>, StoreError> {
        self.writable()?;
        given.par_iter().try_for_each(verify)?;
        // Each once: two threads that write one file would be in each other's way.
        let originals: BTreeMap<&str, &[u8]> =
            given.iter().map(|item| (digest(item.document), item.original)).collect();
        self.originals.keep(&originals.into_iter().collect::<Vec<_>>())?;
        self.passed(Point::OriginalsKept);
        let (done, gone) = self.put(schema, given).map_err(self.failed("written"))?;
        self.drop_originals(&gone)?;
        Ok(done)
    }

    fn put(&self, schema: &Schema, given: &[Given<'_>]) -> Result<(Vec<Ingested>, Vec<NamedNode>), StorageError> {
        // The batch before this one may have failed on its way.
        if is_interrupted(&self.rdf)? {
            recover(&self.rdf, &self.base)?;
        }
        let mut txn = self.rdf.start_transaction()?;
        let Plan { documents, sources, mut done, gone } = plan::put(&mut txn, given)?;
        let change = Change::new(&txn, &self.base, documents)?;
        for (item, done) in given.iter().zip(&mut done) {
            // The same bytes, read with other rules.
            if *done == Ingested::Unchanged && change.documents.contains(item.document) {
                *done = Ingested::Replaced;
            }
        }
        if change.documents.is_empty() && sources.is_empty() {
            return Ok((done, gone));
        }
        if change.adds() < self.bulk {
            carry_out(&mut txn, self, schema, &change)?;
            self.commit(txn)?;
        } else {
            // The transaction does not see what is loaded beside it.
            drop(txn);
            let touched = Touched::before(&self.rdf, &self.base, keys_of(change.spoken_of()))?;
            let dates = summary::dates(&self.rdf, &self.base, schema, &change)?;
            change.load(&self.rdf, &|point| self.passed(point))?;
            let mut txn = self.rdf.start_transaction()?;
            plan::apply(&mut txn, &sources);
            change.unmark(&mut txn);
            summary::update(&mut txn, &self.base, schema, self.crowd, &change, &dates)?;
            refresh(&mut txn, &self.base, schema, touched)?;
            self.commit(txn)?;
        }
        Ok((done, gone))
    }

    /// Forgets a source: what it gave is taken out, unless another source gave the same. `source` may be the IRI of a
    /// document as well: then all its sources are forgotten. False if it is not known.
    ///
    /// # Errors
    /// As [`Store::forget_all`].
    pub fn forget(&self, schema: &Schema, source: &str) -> Result<bool, StoreError> {
        Ok(self.forget_all(schema, &[source])?.sources > 0)
    }

    /// Forgets sources, as [`Store::forget`] does, all of them in one transaction; what is not known is passed over.
    ///
    /// # Errors
    /// If the file system or the database refuses. Then nothing has changed.
    pub fn forget_all(&self, schema: &Schema, sources: &[&str]) -> Result<Forgotten, StoreError> {
        self.writable()?;
        let forget = || -> Result<(usize, Vec<NamedNode>), StorageError> {
            // The batch before this may have failed on its way.
            if is_interrupted(&self.rdf)? {
                recover(&self.rdf, &self.base)?;
            }
            let mut txn = self.rdf.start_transaction()?;
            let Plan { documents, sources, gone, .. } = plan::forget(&mut txn, sources)?;
            if sources.is_empty() {
                return Ok((0, Vec::new()));
            }
            let change = Change::new(&txn, &self.base, documents)?;
            carry_out(&mut txn, self, schema, &change)?;
            self.commit(txn)?;
            Ok((sources.len(), gone))
        };
        let (sources, gone) = forget().map_err(self.failed("written"))?;
        self.drop_originals(&gone)?;
        Ok(Forgotten { sources, documents: gone })
    }

    fn drop_originals(&self, documents: &[NamedNode]) -> Result<(), StoreError> {
        documents.iter().try_for_each(|document| self.originals.drop(digest(document)))?;
        if !documents.is_empty() {
            self.passed(Point::OriginalsDropped);
        }
        Ok(())
    }
}

/// The digest that a document is named after.
pub(super) fn digest(document: &NamedNode) -> &str {
    document.as_str().rsplit('/').next().unwrap_or_default()
}

/// Refuses bytes that are not those of their document.
fn verify(item: &Given<'_>) -> Result<(), StoreError> {
    let document = item.document;
    let actual: String = Sha256::digest(item.original).iter().map(|byte| format!("{byte:02x}")).collect();
    if actual == digest(document) {
        return Ok(());
    }
    Err(StoreError::Digest { source_name: item.source.to_owned(), document: document.as_str().to_owned() })
}

/// Makes a change, and brings the view up to date.
fn carry_out(txn: &mut Transaction<'_>, store: &Store, schema: &Schema, change: &Change) -> Result<(), StorageError> {
    if change.documents.is_empty() {
        return Ok(());
    }
    let touched = Touched::before(&*txn, &store.base, keys_of(change.spoken_of()))?;
    let dates = summary::dates(&*txn, &store.base, schema, change)?;
    change.write(txn, &store.base)?;
    summary::update(txn, &store.base, schema, store.crowd, change, &dates)?;
    refresh(txn, &store.base, schema, touched)
}
