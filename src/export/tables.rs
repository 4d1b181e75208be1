//! Two tables, one of nodes and one of edges, as Gephi and Neo4j import them.
//!
//! Gephi finds its columns by name (`Id`, `Label`; `Source`, `Target`). Neo4j's bulk import has types in the header
//! (`:ID`, `:LABEL`, `:START_ID`); a list has `;` between its values, which nothing escapes, so that a `;` in a value
//! becomes a comma. Each relation is a row of its own.

use std::{fmt, io::Write};

use super::{
    Error,
    attributes::{columns, joined, plain},
};
use crate::graph::{Entity, Graph};

/// For which program the tables are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// Gephi's spreadsheet import.
    Gephi,
    /// `neo4j-admin database import`.
    Neo4j,
}

impl Tables {
    /// Both.
    pub const ALL: [Tables; 2] = [Tables::Gephi, Tables::Neo4j];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Tables::Gephi => "gephi",
            Tables::Neo4j => "neo4j",
        }
    }

    /// Writes the entities, by IRI.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn write_nodes(self, graph: &Graph, out: &mut dyn Write) -> Result<(), Error> {
        let columns = columns(graph);
        let mut table = csv::Writer::from_writer(out);
        let mut header: Vec<String> = match self {
            Tables::Gephi => ["Id", "Label", "Class", "Names", "Latitude", "Longitude"].map(str::to_owned).into(),
            Tables::Neo4j => ["iri:ID", ":LABEL", "label", "names:string[]", "latitude:double", "longitude:double"]
                .map(str::to_owned)
                .into(),
        };
        header.extend(columns.iter().map(|column| match self {
            Tables::Gephi => (*column).to_owned(),
            Tables::Neo4j => format!("{column}:string[]"),
        }));
        table.write_record(&header).map_err(failed)?;
        for (_, entity) in graph.entities() {
            let (lat, long) = entity.point.as_ref().map(|p| (p.lat.clone(), p.long.clone())).unwrap_or_default();
            let (label, names) = (plain(entity.label()), self.list(&entity.names[1..]));
            let mut row = match self {
                Tables::Gephi => vec![entity.iri.clone(), label, entity.class.clone(), names, lat, long],
                Tables::Neo4j => vec![entity.iri.clone(), entity.class.clone(), label, names, lat, long],
            };
            row.extend(columns.iter().map(|column| self.values(entity, column)));
            table.write_record(&row).map_err(failed)?;
        }
        Ok(table.flush()?)
    }

    /// Writes the relations, by the IRIs of both ends.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn write_edges(self, graph: &Graph, out: &mut dyn Write) -> Result<(), Error> {
        let mut table = csv::Writer::from_writer(out);
        let header: &[&str] = match self {
            Tables::Gephi => &["Source", "Target", "Type", "Label"],
            Tables::Neo4j => &[":START_ID", ":END_ID", ":TYPE"],
        };
        table.write_record(header).map_err(failed)?;
        for (from, relations, to) in graph.relations() {
            let (from, to) = (&graph.entity(from).iri, &graph.entity(to).iri);
            for relation in relations {
                let row: &[&str] = match self {
                    Tables::Gephi => &[from, to, "Directed", relation],
                    Tables::Neo4j => &[from, to, relation],
                };
                table.write_record(row).map_err(failed)?;
            }
        }
        Ok(table.flush()?)
    }

    fn values(self, entity: &Entity, column: &str) -> String {
        match self {
            Tables::Gephi => plain(&joined(entity, column).unwrap_or_default()),
            Tables::Neo4j => self.list(entity.facts.get(column).map_or(&[], Vec::as_slice)),
        }
    }

    fn list(self, values: &[String]) -> String {
        match self {
            Tables::Gephi => plain(&values.join("; ")),
            Tables::Neo4j => values.iter().map(|value| plain(value).replace(';', ",")).collect::<Vec<_>>().join(";"),
        }
    }
}

impl fmt::Display for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Only the writing of a table can fail: every row has the columns of the header.
fn failed(error: csv::Error) -> Error {
    Error::Io(error.into())
}
