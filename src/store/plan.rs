//! What putting sources in or forgetting them means for documents: the catalogue.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{Literal, NamedNode, Quad, Term, TermRef};

use super::{
    ingest::{Given, Ingested},
    stated::Quads,
    terms::{CATALOGUE, IN_CATALOGUE, SOURCE},
};
use crate::fact::quads::named;

/// What is to happen.
#[derive(Default)]
pub struct Plan {
    /// The quads that each document will have; none for those that are gone.
    pub documents: BTreeMap<NamedNode, Vec<Quad>>,
    /// Changes of the catalogue, in order; true for what is added. They are made in the transaction already.
    pub sources: Vec<(Quad, bool)>,
    /// What happens to each document that is put in.
    pub done: Vec<Ingested>,
    /// The documents that no source gives any more.
    pub gone: Vec<NamedNode>,
}

/// Puts the sources into the catalogue, in order.
pub fn put(txn: &mut Transaction<'_>, given: &[Given<'_>]) -> Result<Plan, StorageError> {
    let mut plan = Plan::default();
    let mut gone = BTreeSet::new();
    for item in given {
        let document = item.document;
        let before = document_of_source(txn, item.source)?;
        let known = plan.documents.contains_key(document) || is_catalogued(txn, document)?;
        if before.as_ref() != Some(document) {
            if let Some(before) = &before {
                plan.change(txn, before, item.source, false);
                if !is_catalogued(txn, before)? {
                    plan.documents.insert(before.clone(), Vec::new());
                    gone.insert(before.clone());
                }
            }
            plan.change(txn, document, item.source, true);
        }
        gone.remove(document);
        plan.documents.insert(document.clone(), item.quads.to_vec());
        plan.done.push(match before {
            Some(before) if before != *document => Ingested::Replaced,
            _ if !known => Ingested::Added,
            Some(_) => Ingested::Unchanged,
            None => Ingested::Known,
        });
    }
    plan.gone = gone.into_iter().collect();
    Ok(plan)
}

/// Takes sources, or all sources of documents, out of the catalogue; what is not known is passed over.
pub fn forget(txn: &mut Transaction<'_>, wanted: &[&str]) -> Result<Plan, StorageError> {
    let mut plan = Plan::default();
    let mut gone = BTreeSet::new();
    for source in wanted {
        let (document, sources) = match document_of_source(txn, source)? {
            Some(document) => (document, vec![(*source).to_owned()]),
            None => {
                let Ok(document) = NamedNode::new(*source) else { continue };
                let sources = sources_of(txn, &document)?;
                (document, sources)
            }
        };
        for source in &sources {
            plan.change(txn, &document, source, false);
        }
        if !sources.is_empty() && !is_catalogued(txn, &document)? {
            plan.documents.insert(document.clone(), Vec::new());
            gone.insert(document);
        }
    }
    plan.gone = gone.into_iter().collect();
    Ok(plan)
}

/// The sources that gave a document.
fn sources_of<Q: Quads>(quads: &Q, document: &NamedNode) -> Result<Vec<String>, StorageError> {
    let mut sources = Vec::new();
    for quad in quads.matching(Some(document), Some(SOURCE), None, Some(IN_CATALOGUE)) {
        if let Term::Literal(source) = quad?.object {
            sources.push(source.value().to_owned());
        }
    }
    Ok(sources)
}

impl Plan {
    fn change(&mut self, txn: &mut Transaction<'_>, document: &NamedNode, source: &str, add: bool) {
        let quad = Quad::new(document.clone(), SOURCE, Literal::from(source), CATALOGUE);
        self.sources.push((quad, add));
        apply(txn, &self.sources[self.sources.len() - 1..]);
    }
}

/// Makes changes of the catalogue.
pub fn apply(txn: &mut Transaction<'_>, changes: &[(Quad, bool)]) {
    for (quad, add) in changes {
        if *add {
            txn.insert(quad);
        } else {
            txn.remove(quad);
        }
    }
}

/// The document that a source gave last.
pub fn document_of_source<Q: Quads>(quads: &Q, source: &str) -> Result<Option<NamedNode>, StorageError> {
    let source = Literal::from(source);
    let found = quads.matching(None, Some(SOURCE), Some(TermRef::from(&source)), Some(IN_CATALOGUE)).next();
    Ok(found.transpose()?.and_then(|quad| named(&quad.subject).cloned()))
}

fn is_catalogued<Q: Quads>(quads: &Q, document: &NamedNode) -> Result<bool, StorageError> {
    quads.matching(Some(document), Some(SOURCE), None, Some(IN_CATALOGUE)).next().transpose().map(|quad| quad.is_some())
}
