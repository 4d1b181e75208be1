//! The forms in which an answer is written: the one place that knows their names, media types and extensions. The
//! command line and HTTP share it.

use std::fmt;
use std::str::FromStr;

use oxigraph::sparql::results::QueryResultsFormat;

use super::nearest;

/// A form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Columns for a person to read.
    Table,
    /// SPARQL 1.1 results as comma-separated values: plain values.
    Csv,
    /// SPARQL 1.1 results as tab-separated values: RDF terms.
    Tsv,
    /// SPARQL 1.1 results in JSON.
    Json,
    /// SPARQL 1.1 results in XML.
    Xml,
    /// A graph in Turtle.
    Turtle,
    /// A graph in N-Triples, sorted.
    NTriples,
    /// A graph in JSON-LD.
    JsonLd,
}

impl Format {
    /// All of them, in the order in which help texts list them.
    pub const ALL: [Format; 8] = [
        Format::Table,
        Format::Csv,
        Format::Tsv,
        Format::Json,
        Format::Xml,
        Format::Turtle,
        Format::NTriples,
        Format::JsonLd,
    ];

    /// The name that a user types.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Json => "json",
            Format::Xml => "xml",
            Format::Turtle => "turtle",
            Format::NTriples => "ntriples",
            Format::JsonLd => "jsonld",
        }
    }

    /// The media type, without parameters.
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Table => "text/plain",
            Format::Csv => "text/csv",
            Format::Tsv => "text/tab-separated-values",
            Format::Json => "application/sparql-results+json",
            Format::Xml => "application/sparql-results+xml",
            Format::Turtle => "text/turtle",
            Format::NTriples => "application/n-triples",
            Format::JsonLd => "application/ld+json",
        }
    }

    /// The usual extension of a file, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Table => "txt",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Json => "srj",
            Format::Xml => "srx",
            Format::Turtle => "ttl",
            Format::NTriples => "nt",
            Format::JsonLd => "jsonld",
        }
    }

    /// The W3C form of rows that it is, if it is one.
    pub const fn results(self) -> Option<QueryResultsFormat> {
        match self {
            Format::Csv => Some(QueryResultsFormat::Csv),
            Format::Tsv => Some(QueryResultsFormat::Tsv),
            Format::Json => Some(QueryResultsFormat::Json),
            Format::Xml => Some(QueryResultsFormat::Xml),
            Format::Table | Format::Turtle | Format::NTriples | Format::JsonLd => None,
        }
    }

    /// Whether it can hold the rows of a SELECT and the yes or no of an ASK.
    pub const fn holds_rows(self) -> bool {
        matches!(self, Format::Table) || self.results().is_some()
    }

    /// Whether it can hold the graph of a CONSTRUCT or DESCRIBE.
    pub const fn holds_graph(self) -> bool {
        matches!(self, Format::Table | Format::Turtle | Format::NTriples | Format::JsonLd)
    }

    /// The format with this media type (parameters are ignored), if it is one of them.
    pub fn from_media_type(media_type: &str) -> Option<Format> {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        Format::ALL.into_iter().find(|format| format.media_type().eq_ignore_ascii_case(essence))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Format, UnknownFormat> {
        let found = Format::ALL.into_iter().find(|format| format.name() == name || format.extension() == name);
        found.ok_or_else(|| UnknownFormat {
            name: name.to_owned(),
            suggestion: nearest(name, Format::ALL.map(Format::name)).map(str::to_owned),
        })
    }
}

/// A name that is not the name of a [`Format`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no format {name:?}{}", .suggestion.as_ref().map(|s| format!("; did you mean {s:?}?")).unwrap_or_default())]
pub struct UnknownFormat {
    /// What was asked for.
    pub name: String,
    /// The most similar name, if one is similar.
    pub suggestion: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn names_and_media_types_lead_back() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
            assert_eq!(format.extension().parse(), Ok(format));
            assert_eq!(Format::from_media_type(&format!("{}; charset=utf-8", format.media_type())), Some(format));
            assert!(format.holds_rows() || format.holds_graph());
        }
        let error = "tabel".parse::<Format>().unwrap_err();
        assert_eq!(error.to_string(), "there is no format \"tabel\"; did you mean \"table\"?");
    }
}
