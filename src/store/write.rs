//! Graphs of others beside Urbi's own: SPARQL Update, and whole graphs put in and taken out.
//!
//! Nothing here writes what Urbi keeps itself. The view follows from evidence and decisions, evidence from documents; who
//! wants to correct the view decides, and does not edit.

use oxigraph::{
    sparql::{PreparedSparqlQuery, PreparedSparqlUpdate, QueryEvaluationError, QueryResults, UpdateEvaluationError},
    store::StorageError,
};
use oxrdf::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term, Triple};

use super::{
    Store,
    commit::commit,
    error::StoreError,
    stated::Quads,
    terms::{CATALOGUE, NAMESPACE, STATED, SUMMARIES},
};
use crate::{view::is_evidence, vocab::urbi};

/// The graphs that a store keeps for itself: nobody else reads them.
pub const HIDDEN_GRAPHS: &[NamedNodeRef<'static>] = &[CATALOGUE, STATED, SUMMARIES];

/// A step of an update.
pub struct Step {
    /// The graphs that it would write, as the only column of an answer; none if its own text says so.
    pub graphs: Option<PreparedSparqlQuery>,
    /// What it does.
    pub update: PreparedSparqlUpdate,
}

/// Why an update was not made. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// It would write a graph of Urbi's own.
    #[error(transparent)]
    Own(#[from] OwnGraph),
    /// It cannot be evaluated.
    #[error("the update failed: {0}")]
    Evaluation(#[source] UpdateEvaluationError),
    /// Which graphs it would write cannot be evaluated.
    #[error("the update failed: {0}")]
    Graphs(#[source] QueryEvaluationError),
    /// The store cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A graph that only Urbi writes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} is written by Urbi alone: it follows from the announcements and from what curators decide about them. To correct \
     it, take a decision; to add statements of your own, write them into a graph with another name",
    .0.as_ref().map_or_else(|| "the default graph".to_owned(), |graph| format!("the graph <{graph}>"))
)]
pub struct OwnGraph(pub Option<String>);

impl Store {
    /// Whether a graph is written by Urbi alone: the view, evidence, provenance, decisions, and what a store keeps for itself.
    pub fn is_own(&self, graph: GraphNameRef<'_>) -> bool {
        match graph {
            GraphNameRef::DefaultGraph => true,
            GraphNameRef::NamedNode(node) => {
                let iri = node.as_str();
                is_evidence(&self.base, node) || iri.starts_with(urbi::NAMESPACE) || iri.starts_with(NAMESPACE)
            }
            GraphNameRef::BlankNode(_) => false,
        }
    }

    /// Refuses a graph that is written by Urbi alone.
    ///
    /// # Errors
    /// If it is.
    pub fn check_foreign(&self, graph: GraphNameRef<'_>) -> Result<(), OwnGraph> {
        match graph {
            GraphNameRef::NamedNode(node) if self.is_own(graph) => Err(OwnGraph(Some(node.as_str().to_owned()))),
            _ if self.is_own(graph) => Err(OwnGraph(None)),
            _ => Ok(()),
        }
    }

    /// Makes the steps of an update, all or none, each on what those before it left.
    ///
    /// # Errors
    /// If a step would write a graph of Urbi's own, or fails.
    pub fn update(&self, steps: Vec<Step>) -> Result<(), UpdateError> {
        self.writable()?;
        let failed = self.failed("written");
        let mut txn = self.rdf.start_transaction().map_err(&failed)?;
        for Step { graphs, update } in steps {
            if let Some(graphs) = graphs {
                let answer = graphs.on_transaction(&txn).execute().map_err(UpdateError::Graphs)?;
                let QueryResults::Solutions(solutions) = answer else { continue };
                for solution in solutions {
                    let solution = solution.map_err(UpdateError::Graphs)?;
                    if let Some(Term::NamedNode(graph)) = solution.get(0) {
                        self.check_foreign(GraphNameRef::NamedNode(graph.as_ref()))?;
                    }
                }
            }
            update.on_transaction(&mut txn).execute().map_err(UpdateError::Evaluation)?;
        }
        commit(txn).map_err(&failed)?;
        Ok(())
    }

    /// The triples of a graph, in any order; none if there is no such graph. The default graph is always there.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn graph(&self, graph: GraphNameRef<'_>) -> Result<Option<Vec<Triple>>, StoreError> {
        let read = || -> Result<Option<Vec<Triple>>, StorageError> {
            let hidden = matches!(graph, GraphNameRef::NamedNode(node) if HIDDEN_GRAPHS.contains(&node));
            let known = match graph {
                GraphNameRef::DefaultGraph => true,
                GraphNameRef::NamedNode(node) => !hidden && self.rdf.contains_named_graph(node)?,
                GraphNameRef::BlankNode(node) => self.rdf.contains_named_graph(node)?,
            };
            if !known {
                return Ok(None);
            }
            let quads = self.rdf.matching(None, None, None, Some(graph));
            quads.map(|quad| quad.map(Triple::from)).collect::<Result<_, _>>().map(Some)
        };
        read().map_err(self.failed("read"))
    }

    /// All quads of graphs that are not Urbi's own.
    pub(super) fn foreign_quads(&self) -> Result<Vec<Quad>, StorageError> {
        let mut quads = Vec::new();
        for graph in self.rdf.named_graphs() {
            let graph = graph?;
            let graph = GraphNameRef::from(graph.as_ref());
            if !self.is_own(graph) {
                for quad in self.rdf.matching(None, None, None, Some(graph)) {
                    quads.push(quad?);
                }
            }
        }
        Ok(quads)
    }

    /// Puts triples into a graph, in place of what it holds or beside it. True if there was no such graph before.
    ///
    /// # Errors
    /// If the graph is Urbi's own, or the database refuses. Then nothing has changed.
    pub fn put_graph(&self, graph: &NamedNode, triples: &[Triple], replace: bool) -> Result<bool, UpdateError> {
        self.check_foreign(GraphNameRef::NamedNode(graph.as_ref()))?;
        self.writable()?;
        let name = NamedOrBlankNodeRef::from(graph.as_ref());
        let write = || -> Result<bool, StorageError> {
            let mut txn = self.rdf.start_transaction()?;
            let new = !txn.contains_named_graph(name)?;
            if replace {
                txn.clear_graph(GraphNameRef::from(graph.as_ref()))?;
            }
            txn.insert_named_graph(name);
            for triple in triples {
                txn.insert(triple.as_ref().in_graph(graph.as_ref()));
            }
            commit(txn)?;
            Ok(new)
        };
        Ok(write().map_err(self.failed("written"))?)
    }

    /// Takes a graph out. False if there is none.
    ///
    /// # Errors
    /// If the graph is Urbi's own, or the database refuses. Then nothing has changed.
    pub fn drop_graph(&self, graph: &NamedNode) -> Result<bool, UpdateError> {
        self.check_foreign(GraphNameRef::NamedNode(graph.as_ref()))?;
        self.writable()?;
        let name = NamedOrBlankNodeRef::from(graph.as_ref());
        let write = || -> Result<bool, StorageError> {
            let mut txn = self.rdf.start_transaction()?;
            if !txn.contains_named_graph(name)? {
                return Ok(false);
            }
            txn.remove_named_graph(name)?;
            commit(txn)?;
            Ok(true)
        };
        Ok(write().map_err(self.failed("written"))?)
    }
}
