//! Why there is no answer.

use std::time::Duration;

use oxigraph::sparql::QueryEvaluationError;
use oxrdf::IriParseError;

use super::SyntaxError;
use super::matches::Unsearchable;
use crate::search::SearchError;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The query is not SPARQL, or not a question.
    #[error(transparent)]
    Syntax(Box<SyntaxError>),
    /// Time ran out; what had been found by then is not given.
    #[error("the query was stopped after {} s without a complete answer; ask for less, or raise --timeout", .0.as_secs_f64())]
    TimedOut(Duration),
    /// There is more than the limit; nothing is given.
    #[error("the answer has more than {0} rows; ask for less (LIMIT), or raise --max-rows")]
    TooManyRows(usize),
    /// The evaluation failed.
    #[error("the query failed: {0}")]
    Evaluation(#[source] QueryEvaluationError),
    /// Brackets are nested deeper than the limit.
    #[error("{origin}: brackets are nested more than {limit} deep; take the query apart")]
    Nesting {
        /// Where the query comes from.
        origin: String,
        /// The deepest nesting that is read.
        limit: usize,
    },
    /// The process takes more memory than it may.
    #[error("the query was stopped: it takes too much memory; ask for less")]
    Memory,
    /// It searches for words that cannot be searched for.
    #[error(transparent)]
    Search(Unsearchable),
    /// The full-text index.
    #[error(transparent)]
    Index(#[from] SearchError),
    /// It would ask another server.
    #[error("SERVICE is off: a query reads this store and nothing else")]
    Service,
    /// A variable cannot be given this value.
    #[error("?{name} {reason}")]
    Unbindable {
        /// The variable.
        name: String,
        /// Why not.
        reason: &'static str,
    },
    /// A prefix that was to be known is not an IRI.
    #[error("the prefix {name:?} does not stand for an IRI: {source}")]
    Prefix {
        /// The prefix.
        name: String,
        /// What is wrong with it.
        source: IriParseError,
    },
    /// The system gives no thread to evaluate in.
    #[error("the query cannot be started")]
    Thread(#[source] std::io::Error),
    /// The evaluation ended without an answer: a mistake in the program.
    #[error("the evaluation of the query broke off")]
    Died,
}
