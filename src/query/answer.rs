//! A complete answer, and how it is written.

use std::io::{self, Write};

pub use oxigraph::sparql::QuerySolution as Solution;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxrdf::{Term, Triple, Variable};

use super::Format;
use super::table::{Shortener, table};

/// What a query gave, complete.
#[derive(Debug)]
pub enum Answer {
    /// The rows of a SELECT, in the order of the query.
    Solutions {
        /// The columns.
        variables: Vec<Variable>,
        /// The rows.
        rows: Vec<Solution>,
    },
    /// The yes or no of an ASK.
    Boolean(bool),
    /// The graph of a CONSTRUCT or DESCRIBE, sorted, without duplicates.
    Graph(Vec<Triple>),
}

/// A format that cannot hold an answer of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The format holds rows and the answer is a graph.
    #[error("{0} cannot hold the graph of a CONSTRUCT or DESCRIBE; use turtle, ntriples, jsonld or table")]
    Graph(Format),
    /// The format holds graphs and the answer is rows.
    #[error("{0} cannot hold the rows of a SELECT or ASK; use table, csv, tsv, json or xml")]
    Rows(Format),
}

impl Answer {
    /// The format to use when none is asked for: a table on a terminal, else CSV for rows and Turtle for graphs.
    pub fn usual_format(&self, terminal: bool) -> Format {
        match self {
            _ if terminal => Format::Table,
            Answer::Graph(_) => Format::Turtle,
            Answer::Solutions { .. } | Answer::Boolean(_) => Format::Csv,
        }
    }

    /// Number of rows or triples; an ASK has one.
    pub fn len(&self) -> usize {
        match self {
            Answer::Solutions { rows, .. } => rows.len(),
            Answer::Boolean(_) => 1,
            Answer::Graph(triples) => triples.len(),
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether `format` can hold it.
    ///
    /// # Errors
    /// It cannot.
    pub fn check(&self, format: Format) -> Result<(), Unfit> {
        match self {
            Answer::Graph(_) if !format.holds_graph() => Err(Unfit::Graph(format)),
            Answer::Boolean(_) | Answer::Solutions { .. } if !format.holds_rows() => Err(Unfit::Rows(format)),
            _ => Ok(()),
        }
    }

    /// Writes it as a table of at most `width` columns of the screen.
    ///
    /// # Errors
    /// The output failed.
    pub fn write_table(&self, out: &mut dyn Write, short: &Shortener, width: u16) -> io::Result<()> {
        let (header, rows): (Vec<String>, Vec<Vec<String>>) = match self {
            Answer::Boolean(value) => return writeln!(out, "{}", if *value { "yes" } else { "no" }),
            Answer::Solutions { variables, rows } => {
                let cell = |term: &Option<Term>| term.as_ref().map(|term| short.term(term)).unwrap_or_default();
                let cells = rows.iter().map(|row| row.values().iter().map(cell).collect());
                (variables.iter().map(|v| v.as_str().to_owned()).collect(), cells.collect())
            }
            Answer::Graph(triples) => {
                let cells = triples.iter().map(|t| {
                    let subject = Term::from(t.subject.clone());
                    vec![short.term(&subject), short.iri(t.predicate.as_str()), short.term(&t.object)]
                });
                (["subject", "predicate", "object"].map(str::to_owned).to_vec(), cells.collect())
            }
        };
        out.write_all(table(header, rows.into_iter(), width).as_bytes())
    }

    /// Writes rows, or a yes or no, in one of the forms of SPARQL 1.1. A graph has no such form, and the caller writes it
    /// as it writes every graph.
    ///
    /// # Errors
    /// The output failed.
    pub fn write_results(&self, format: QueryResultsFormat, out: &mut dyn Write) -> io::Result<()> {
        let serializer = QueryResultsSerializer::from_format(format);
        match self {
            Answer::Graph(_) => return Ok(()),
            Answer::Boolean(value) => out.write_all(&serializer.serialize_boolean_to_writer(Vec::new(), *value)?)?,
            Answer::Solutions { variables, rows } => {
                let mut writer = serializer.serialize_solutions_to_writer(&mut *out, variables.clone())?;
                for row in rows {
                    writer.serialize(row)?;
                }
                writer.finish()?;
            }
        }
        // The serializer ends tables with a line, and nothing else.
        match (self, format) {
            (Answer::Solutions { .. }, QueryResultsFormat::Csv | QueryResultsFormat::Tsv) => Ok(()),
            _ => out.write_all(b"\n"),
        }
    }
}
