//! How sure a statement must be to stand in the view.
//!
//! Evidence is kept whatever its confidence; the threshold is a setting of the view that the store keeps, and another view
//! can be had at any time.

use oxigraph::store::StorageError;
use oxrdf::{GraphName, GraphNameRef, Literal, Quad, QuadRef, Term};

use super::{
    Store,
    commit::commit,
    error::StoreError,
    stated::Quads,
    terms::{CATALOGUE, IN_CATALOGUE, LEAST},
};
use crate::{
    fact::Confidence,
    view::{self, Schema},
};

const NONE: Confidence = Confidence::from_thousandths(0);

/// The threshold of the view; 0 if none was set.
pub fn least<Q: Quads>(quads: &Q) -> Result<Confidence, StorageError> {
    let found =
        quads.matching(Some(&CATALOGUE.into_owned()), Some(LEAST), None, Some(IN_CATALOGUE)).next().transpose()?;
    Ok(match found.map(|quad| quad.object) {
        Some(Term::Literal(literal)) => literal.value().parse().map_or(NONE, Confidence::from_thousandths),
        _ => NONE,
    })
}

impl Store {
    /// How sure statements are at least that stand in the view.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn least(&self) -> Result<Confidence, StoreError> {
        least(&self.rdf).map_err(self.failed("read"))
    }

    /// Sets how sure statements must be at least to stand in the view, from now on, and brings it up to date; false if that is
    /// so already. A store with documents computes its whole view anew.
    ///
    /// # Errors
    /// If the database refuses. Then nothing has changed.
    pub fn set_least(&self, schema: &Schema, at_least: Confidence) -> Result<bool, StoreError> {
        self.writable()?;
        if self.least()? == at_least {
            return Ok(false);
        }
        let view = self.view(schema, at_least)?;
        let write = || {
            let mut txn = self.rdf.start_transaction()?;
            let setting = txn.matching(Some(&CATALOGUE.into_owned()), Some(LEAST), None, Some(IN_CATALOGUE));
            let held = txn.matching(None, None, None, Some(GraphNameRef::DefaultGraph));
            let old: Vec<Quad> = setting.chain(held).collect::<Result<_, _>>()?;
            for quad in &old {
                txn.remove(quad);
            }
            let value = Literal::from(i32::from(at_least.thousandths()));
            txn.insert(QuadRef::new(CATALOGUE, LEAST, value.as_ref(), IN_CATALOGUE));
            for triple in &view.triples {
                txn.insert(triple.as_ref().in_graph(GraphNameRef::DefaultGraph));
            }
            self.commit(txn)
        };
        write().map_err(self.failed("written"))?;
        Ok(true)
    }

    /// The same evidence with another view, in memory: one without statements that are less sure than `at_least`.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn at_least(&self, schema: &Schema, at_least: Confidence) -> Result<Store, StoreError> {
        let evidence = self.evidence_quads()?;
        let view = view::of_quads(&self.base, schema, evidence.clone(), at_least).triples;
        let memory = Store::in_memory(&self.base)?;
        let write = || {
            let mut txn = memory.rdf.start_transaction()?;
            let view = view.into_iter().map(|triple| triple.in_graph(GraphName::DefaultGraph));
            view.chain(evidence).for_each(|quad| txn.insert(&quad));
            commit(txn)
        };
        write().map_err(memory.failed("written"))?;
        Ok(memory)
    }
}
