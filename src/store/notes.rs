//! Short notes beside the catalogue, which whoever fills a store leaves for the next time: how far an archive was read, which
//! version of a page was fetched. They are no part of the graph, and what they say is not for the store.

use std::fmt::Write as _;

use oxrdf::{Literal, NamedNode, Quad, QuadRef, Term};
use sha2::{Digest, Sha256};

use super::{
    Store,
    error::StoreError,
    stated::Quads,
    terms::{IN_CATALOGUE, NOTE},
};

impl Store {
    /// The note that was left for a source. None if there is none.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn note(&self, source: &str) -> Result<Option<String>, StoreError> {
        let found = self.rdf.matching(Some(&name(source)), Some(NOTE), None, Some(IN_CATALOGUE)).next();
        let found = found.transpose().map_err(self.failed("read"))?;
        Ok(found.and_then(|quad| match quad.object {
            Term::Literal(note) => Some(note.value().to_owned()),
            _ => None,
        }))
    }

    /// Leaves notes for sources, each in the place of the one before it; an empty note is none.
    ///
    /// # Errors
    /// If the database refuses.
    pub fn set_notes<'n>(&self, notes: impl IntoIterator<Item = (&'n str, &'n str)>) -> Result<(), StoreError> {
        self.writable()?;
        let write = || {
            let mut txn = self.rdf.start_transaction()?;
            for (source, note) in notes {
                let name = name(source);
                let old: Vec<Quad> =
                    txn.matching(Some(&name), Some(NOTE), None, Some(IN_CATALOGUE)).collect::<Result<_, _>>()?;
                old.iter().for_each(|quad| txn.remove(quad));
                if !note.is_empty() {
                    txn.insert(QuadRef::new(name.as_ref(), NOTE, Literal::from(note).as_ref(), IN_CATALOGUE));
                }
            }
            txn.commit()
        };
        write().map_err(self.failed("written"))
    }
}

/// The name that notes for a source have.
fn name(source: &str) -> NamedNode {
    let mut name = format!("{}/", NOTE.as_str());
    for byte in Sha256::digest(source.as_bytes()) {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    NamedNode::new_unchecked(name)
}
