//! The number of the last commit: how those who keep something made from the store (an index, a cache, an answer that was
//! sent) know whether it still holds.
//!
//! It is no part of the graph's identity: two stores with the same documents may have come to them in different ways.

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{Literal, Quad, QuadRef, Term};

use super::{
    Store,
    error::StoreError,
    points::{Point, Probe},
    stated::Quads,
    terms::{CATALOGUE, COMMIT, IN_CATALOGUE},
};

/// Commits, with the next number. Every change of the store goes through here.
pub fn commit(mut txn: Transaction<'_>) -> Result<(), StorageError> {
    let (old, number) = last(&txn)?;
    if let Some(old) = &old {
        txn.remove(old);
    }
    let next = Literal::from(number + 1);
    txn.insert(QuadRef::new(CATALOGUE, COMMIT, next.as_ref(), IN_CATALOGUE));
    txn.commit()
}

/// The number of the last commit, with the quad that says it.
fn last<Q: Quads>(quads: &Q) -> Result<(Option<Quad>, i64), StorageError> {
    let catalogue = CATALOGUE.into_owned();
    let found = quads.matching(Some(&catalogue), Some(COMMIT), None, Some(IN_CATALOGUE)).next().transpose()?;
    let number = match found.as_ref().map(|quad| &quad.object) {
        Some(Term::Literal(number)) => number.value().parse().unwrap_or(0),
        _ => 0,
    };
    Ok((found, number))
}

impl Store {
    /// Tells `probe` of every point that changes pass, from now on.
    #[must_use]
    pub fn with_probe(self, probe: Probe) -> Store {
        Store { probe: Some(probe), ..self }
    }

    pub(super) fn passed(&self, point: Point) {
        if let Some(probe) = &self.probe {
            probe(point);
        }
    }

    /// Commits a change of evidence, decisions or view.
    pub(super) fn commit(&self, txn: Transaction<'_>) -> Result<(), StorageError> {
        self.passed(Point::Written);
        commit(txn)?;
        self.passed(Point::Committed);
        Ok(())
    }

    /// The number of the last commit; 0 if nothing was ever put in.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn commit_number(&self) -> Result<u64, StoreError> {
        let (_, number) = last(&self.rdf).map_err(self.failed("read"))?;
        Ok(number.try_into().unwrap_or(0))
    }
}
