//! A complete answer, and how it is written.

use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::sparql::QuerySolution;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxjsonld::JsonLdSerializer;
use oxrdf::{GraphNameRef, Term, Triple, Variable};

use super::Format;
use super::table::{Shortener, draw};

/// What a query gave, complete.
#[derive(Debug)]
pub enum Answer {
    /// The rows of a SELECT, in the order of the query.
    Solutions {
        /// The columns.
        variables: Vec<Variable>,
        /// The rows.
        rows: Vec<QuerySolution>,
    },
    /// The yes or no of an ASK.
    Boolean(bool),
    /// The graph of a CONSTRUCT or DESCRIBE, sorted, without duplicates.
    Graph(Vec<Triple>),
}

/// Why an answer was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The format holds rows and the answer is a graph.
    #[error("{0} cannot hold the graph of a CONSTRUCT or DESCRIBE; use turtle, ntriples, jsonld or table")]
    NotForGraphs(Format),
    /// The format holds graphs and the answer is rows.
    #[error("{0} cannot hold the rows of a SELECT or ASK; use table, csv, tsv, json or xml")]
    NotForRows(Format),
    /// The prefixes are not valid: the ontology has been damaged.
    #[error("a prefix of the ontology is not an IRI")]
    Prefix(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The output failed.
    #[error(transparent)]
    Io(#[from] io::Error),
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

    /// Writes it. `prefixes` (name, IRI) serve Turtle and JSON-LD; `short` and `width` (columns of the screen) the table.
    ///
    /// # Errors
    /// The format does not fit the kind of answer, or the output failed.
    pub fn write(
        &self,
        format: Format,
        out: &mut dyn Write,
        prefixes: &[(&str, &str)],
        short: &Shortener,
        width: u16,
    ) -> Result<(), WriteError> {
        match self {
            Answer::Graph(_) if !format.holds_graph() => return Err(WriteError::NotForGraphs(format)),
            Answer::Graph(triples) => write_graph(triples, format, out, prefixes, short, width)?,
            _ if !format.holds_rows() => return Err(WriteError::NotForRows(format)),
            Answer::Boolean(value) => write_boolean(*value, format, out)?,
            Answer::Solutions { variables, rows } => write_rows(variables, rows, format, out, short, width)?,
        }
        Ok(())
    }
}

/// The W3C form of a format that holds rows; `None` for the table.
fn results_format(format: Format) -> Option<QueryResultsFormat> {
    match format {
        Format::Csv => Some(QueryResultsFormat::Csv),
        Format::Tsv => Some(QueryResultsFormat::Tsv),
        Format::Json => Some(QueryResultsFormat::Json),
        Format::Xml => Some(QueryResultsFormat::Xml),
        Format::Table | Format::Turtle | Format::NTriples | Format::JsonLd => None,
    }
}

fn write_boolean(value: bool, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match results_format(format) {
        None => writeln!(out, "{}", if value { "yes" } else { "no" }),
        Some(form) => {
            let bytes = QueryResultsSerializer::from_format(form).serialize_boolean_to_writer(Vec::new(), value)?;
            out.write_all(&bytes)?;
            out.write_all(b"\n")
        }
    }
}

fn write_rows(
    variables: &[Variable],
    rows: &[QuerySolution],
    format: Format,
    out: &mut dyn Write,
    short: &Shortener,
    width: u16,
) -> io::Result<()> {
    let Some(form) = results_format(format) else {
        let cell = |term: &Option<Term>| term.as_ref().map(|term| short.term(term)).unwrap_or_default();
        let header = variables.iter().map(|v| v.as_str().to_owned()).collect();
        let cells = rows.iter().map(|row| row.values().iter().map(cell).collect());
        return out.write_all(draw(header, cells, width).as_bytes());
    };
    let mut writer =
        QueryResultsSerializer::from_format(form).serialize_solutions_to_writer(&mut *out, variables.to_vec())?;
    for row in rows {
        writer.serialize(row)?;
    }
    writer.finish()?;
    match form {
        QueryResultsFormat::Json | QueryResultsFormat::Xml => out.write_all(b"\n"),
        _ => Ok(()),
    }
}

fn write_graph(
    triples: &[Triple],
    format: Format,
    out: &mut dyn Write,
    prefixes: &[(&str, &str)],
    short: &Shortener,
    width: u16,
) -> Result<(), WriteError> {
    match format {
        Format::Table => {
            let header = ["subject", "predicate", "object"].map(str::to_owned).to_vec();
            let cells = triples.iter().map(|t| {
                let subject = Term::from(t.subject.clone());
                vec![short.term(&subject), short.iri(t.predicate.as_str()), short.term(&t.object)]
            });
            out.write_all(draw(header, cells, width).as_bytes())?;
        }
        Format::JsonLd => {
            let mut serializer = JsonLdSerializer::new();
            for &(name, iri) in prefixes {
                serializer = serializer.with_prefix(name, iri).map_err(|e| WriteError::Prefix(Box::new(e)))?;
            }
            let mut writer = serializer.for_writer(&mut *out);
            for triple in triples {
                writer.serialize_quad(triple.as_ref().in_graph(GraphNameRef::DefaultGraph))?;
            }
            writer.finish()?;
            out.write_all(b"\n")?;
        }
        _ => {
            let form = if format == Format::NTriples { RdfFormat::NTriples } else { RdfFormat::Turtle };
            let mut serializer = RdfSerializer::from_format(form);
            for &(name, iri) in prefixes {
                serializer = serializer.with_prefix(name, iri).map_err(|e| WriteError::Prefix(Box::new(e)))?;
            }
            let mut writer = serializer.for_writer(&mut *out);
            for triple in triples {
                writer.serialize_triple(triple)?;
            }
            writer.finish()?;
        }
    }
    Ok(())
}
