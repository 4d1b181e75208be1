//! Reading a store as a whole: its view, its evidence, its documents, and SPARQL over them.

use std::collections::BTreeMap;

use oxigraph::{
    sparql::{PreparedSparqlQuery, QueryEvaluationError, QueryResults},
    store::StorageError,
};
use oxrdf::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, Quad, Term, Triple};

use super::{
    Store,
    error::StoreError,
    ingest::digest,
    stated::Quads,
    terms::{IN_CATALOGUE, IN_PROVENANCE, SOURCE},
};
use crate::{
    fact::{Confidence, quads, quads::named},
    view::{self, Schema, View, is_evidence},
    vocab::{dcterms, urbi},
};

/// A document that a store holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDocument {
    /// Its IRI, `{base}document/{digest}`.
    pub iri: NamedNode,
    /// Media type of its bytes.
    pub media_type: String,
    /// Its headline, if it has one.
    pub title: Option<String>,
    /// Where its bytes were read from; sorted, at least one.
    pub sources: Vec<String>,
}

impl Store {
    /// The view: its triples, sorted as their N-Triples lines.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn view_triples(&self) -> Result<Vec<Triple>, StoreError> {
        let mut triples: Vec<Triple> = self.view_statements().collect::<Result<_, _>>()?;
        view::sort(&mut triples);
        Ok(triples)
    }

    /// The view, a triple at a time as the database has them. An error if it cannot be read.
    pub fn view_statements(&self) -> impl Iterator<Item = Result<Triple, StoreError>> {
        let quads = self.rdf.matching(None, None, None, Some(GraphNameRef::DefaultGraph));
        quads.map(|quad| quad.map(Triple::from).map_err(self.failed("read")))
    }

    /// The evidence graphs, their provenance, and the decisions of curators: sorted as their N-Quads lines.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn evidence_quads(&self) -> Result<Vec<Quad>, StoreError> {
        let mut found: Vec<Quad> = self.evidence_statements().collect::<Result<_, _>>()?;
        quads::sort(&mut found);
        Ok(found)
    }

    /// The same, a quad at a time as the database has them. An error if it cannot be read.
    pub fn evidence_statements(&self) -> impl Iterator<Item = Result<Quad, StoreError>> {
        let is_wanted = |quad: &Quad| match &quad.graph_name {
            GraphName::NamedNode(graph) => {
                *graph == urbi::PROVENANCE_GRAPH
                    || *graph == urbi::CURATION_GRAPH
                    || is_evidence(&self.base, graph.as_ref())
            }
            _ => false,
        };
        let quads = self.rdf.iter().map(|quad| quad.map_err(self.failed("read")));
        quads.filter(move |quad| quad.as_ref().map_or(true, is_wanted))
    }

    /// The view computed anew from all evidence, with the conflicts, without relations less sure than `at_least`. With
    /// [`Store::least`] its triples are those of [`Store::view_triples`].
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn view(&self, schema: &Schema, at_least: Confidence) -> Result<View, StoreError> {
        Ok(view::of_quads(&self.base, schema, self.evidence_quads()?, at_least))
    }

    /// Runs a query. The default graph is the view; evidence graphs and `urbi:provenance` can be reached with `GRAPH`. The
    /// results do not see what is written after this call.
    ///
    /// # Errors
    /// If the query cannot be evaluated.
    pub fn query(&self, query: PreparedSparqlQuery) -> Result<QueryResults<'static>, QueryEvaluationError> {
        query.on_store(&self.rdf).execute()
    }

    /// The documents, sorted by IRI.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn documents(&self) -> Result<Vec<StoredDocument>, StoreError> {
        let read = || -> Result<Vec<StoredDocument>, StorageError> {
            let mut sources: BTreeMap<NamedNode, Vec<String>> = BTreeMap::new();
            for quad in self.rdf.matching(None, Some(SOURCE), None, Some(IN_CATALOGUE)) {
                let quad = quad?;
                if let (Some(document), Term::Literal(source)) = (named(&quad.subject), &quad.object) {
                    sources.entry(document.clone()).or_default().push(source.value().to_owned());
                }
            }
            let document = |(iri, mut sources): (NamedNode, Vec<String>)| {
                sources.sort();
                let media_type = self.value(&iri, dcterms::FORMAT, IN_PROVENANCE)?.unwrap_or_default();
                let title = self.value(&iri, dcterms::TITLE, IN_PROVENANCE)?;
                Ok(StoredDocument { iri, media_type, title, sources })
            };
            sources.into_iter().map(document).collect()
        };
        read().map_err(self.failed("read"))
    }

    /// How many sources gave a document.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn source_count(&self) -> Result<usize, StoreError> {
        let sources = self.rdf.matching(None, Some(SOURCE), None, Some(IN_CATALOGUE));
        sources.map(|quad| quad.map(|_| 1)).sum::<Result<usize, _>>().map_err(self.failed("read"))
    }

    /// The document that a source gave last. None if the source is not known.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn document_of(&self, source: &str) -> Result<Option<NamedNode>, StoreError> {
        super::plan::document_of_source(&self.rdf, source).map_err(self.failed("read"))
    }

    /// The media type that a document was read as. None if the store does not hold it.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn media_type(&self, document: &NamedNode) -> Result<Option<String>, StoreError> {
        self.value(document, dcterms::FORMAT, IN_PROVENANCE).map_err(self.failed("read"))
    }

    /// The original bytes of a document. None if the store does not hold them.
    ///
    /// # Errors
    /// If they are there and cannot be read.
    pub fn original(&self, document: &NamedNode) -> Result<Option<Vec<u8>>, StoreError> {
        self.originals.read(digest(document))
    }

    /// The triples of the view that match, in no order. `None` matches anything.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn triples(
        &self,
        subject: Option<&NamedNode>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<&Term>,
    ) -> Result<Vec<Triple>, StoreError> {
        let object = object.map(Term::as_ref);
        let quads = self.rdf.matching(subject, predicate, object, Some(GraphNameRef::DefaultGraph));
        quads.map(|quad| quad.map(Triple::from)).collect::<Result<_, _>>().map_err(self.failed("read"))
    }

    pub(super) fn value(
        &self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'_>,
        graph: GraphNameRef<'_>,
    ) -> Result<Option<String>, StorageError> {
        let found = self.rdf.matching(Some(subject), Some(predicate), None, Some(graph)).next().transpose()?;
        Ok(found.and_then(|quad| match quad.object {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            _ => None,
        }))
    }
}
