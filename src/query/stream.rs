//! An answer that is written while it is found: for a server, whose answers may be larger than its memory.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults};
use oxrdf::NamedNode;

use super::{Query, QueryError, guard};

/// How rows or a graph are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The rows of a SELECT, the yes or no of an ASK.
    Results(QueryResultsFormat),
    /// The graph of a CONSTRUCT or DESCRIBE.
    Graph(RdfFormat),
}

/// Why an answer broke off.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// The query.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// Nobody reads any more, or the output failed.
    #[error("the answer cannot be written: {0}")]
    Output(#[from] io::Error),
}

impl Query {
    /// What stops it: it ends at the next row that it reads from the store.
    pub fn token(&self) -> CancellationToken {
        self.token.clone()
    }

    /// Reads these graphs instead of those that its text names (`FROM`, `FROM NAMED`). An empty list of one kind leaves that
    /// kind without graphs if the other has some (SPARQL 1.1 Protocol, section 2.1.4); two empty lists change nothing.
    #[must_use]
    pub fn on_graphs(mut self, default: Vec<NamedNode>, named: Vec<NamedNode>) -> Query {
        if default.is_empty() && named.is_empty() {
            return self;
        }
        let graphs = Some(spargebra::algebra::QueryDataset { default, named: Some(named) });
        match &mut self.algebra {
            spargebra::Query::Select { dataset, .. }
            | spargebra::Query::Ask { dataset, .. }
            | spargebra::Query::Construct { dataset, .. }
            | spargebra::Query::Describe { dataset, .. } => *dataset = graphs,
        }
        self
    }

    /// Whether the same store gives the same answer again: not if the query asks for the time, for random numbers or for new
    /// names.
    pub fn is_repeatable(&self) -> bool {
        let text = self.algebra.to_string();
        !["NOW()", "RAND()", "UUID()", "BNODE("].iter().any(|function| text.contains(function))
    }

    /// Evaluates it in this thread, which needs a large stack, and writes what is found as it is found: at most `rows` rows or
    /// triples, of which a graph may hold some twice. Gives their number.
    ///
    /// # Errors
    /// If the query fails or finds more than `rows`: what was written by then is not the answer. If `out` fails. A query that
    /// was stopped by its token fails with [`QueryError::Evaluation`].
    /// A `form` of the other kind is an error of the output.
    pub fn write_to<'a>(
        &self,
        form: Form,
        rows: usize,
        prefixes: &[(&str, &str)],
        evaluate: impl FnOnce(PreparedSparqlQuery) -> Result<QueryResults<'a>, QueryEvaluationError>,
        out: &mut dyn Write,
    ) -> Result<usize, StreamError> {
        let write = AssertUnwindSafe(|| self.write_rows(form, rows, prefixes, evaluate, out));
        catch_unwind(write).unwrap_or_else(|cause| Err(guard::ended_by(cause).into()))
    }

    fn write_rows<'a>(
        &self,
        form: Form,
        rows: usize,
        prefixes: &[(&str, &str)],
        evaluate: impl FnOnce(PreparedSparqlQuery) -> Result<QueryResults<'a>, QueryEvaluationError>,
        out: &mut dyn Write,
    ) -> Result<usize, StreamError> {
        let results = evaluate(self.prepared()?).map_err(QueryError::Evaluation)?;
        let check = |count: usize| if count > rows { Err(QueryError::TooManyRows(rows)) } else { Ok(()) };
        let mut count = 0;
        match (results, form) {
            (QueryResults::Boolean(value), Form::Results(format)) => {
                QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(&mut *out, value)?;
                count = 1;
            }
            (QueryResults::Solutions(solutions), Form::Results(format)) => {
                let serializer = QueryResultsSerializer::from_format(format);
                let mut writer = serializer.serialize_solutions_to_writer(&mut *out, solutions.variables().to_vec())?;
                for solution in solutions {
                    count += 1;
                    check(count)?;
                    writer.serialize(&solution.map_err(QueryError::Evaluation)?)?;
                }
                writer.finish()?;
            }
            (QueryResults::Graph(triples), Form::Graph(format)) => {
                let mut serializer = RdfSerializer::from_format(format);
                for &(name, iri) in prefixes {
                    let with_prefix = serializer.with_prefix(name, iri);
                    serializer = with_prefix.map_err(|source| QueryError::Prefix { name: name.to_owned(), source })?;
                }
                let mut writer = serializer.for_writer(&mut *out);
                for triple in triples {
                    count += 1;
                    check(count)?;
                    writer.serialize_triple(&triple.map_err(QueryError::Evaluation)?)?;
                }
                writer.finish()?;
            }
            _ => return Err(io::Error::new(io::ErrorKind::InvalidInput, "the form does not fit the question").into()),
        }
        Ok(count)
    }
}
