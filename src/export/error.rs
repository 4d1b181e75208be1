//! Why the graph could not be written.

use oxrdf::Triple;

use crate::graph::FocusError;

/// Why the graph could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The output cannot be written. A broken pipe comes as this, too.
    #[error("the export cannot be written: {0}")]
    Io(#[from] std::io::Error),
    /// What is to be written cannot be read.
    #[error("the export cannot be read: {0}")]
    Unreadable(Box<dyn std::error::Error + Send + Sync>),
    /// What does not fit into memory could not be sorted on the disk.
    #[error("the export cannot be sorted in the temporary folder: {0}; TMPDIR names another, where there is more room")]
    Unsorted(Box<dyn std::error::Error + Send + Sync>),
    /// XML 1.0 has no way to write this text.
    #[error(
        "RDF/XML cannot hold the character U+{code:04X} in the literal of `{triple}`; use turtle, ntriples or jsonld"
    )]
    NotXml {
        /// The character.
        code: u32,
        /// The statement whose literal has it.
        triple: Box<Triple>,
    },
    /// XML makes no element name of this IRI.
    #[error(
        "RDF/XML cannot name an element after <{iri}>, which does not end in a name; use turtle, ntriples or jsonld"
    )]
    NoElementName {
        /// A property or a class.
        iri: String,
    },
    /// The context of JSON-LD takes this IRI for a compact one.
    #[error(
        "the JSON-LD context has a term `{term}`, so that <{iri}> would be read as something else; rename the term"
    )]
    Ambiguous {
        /// The IRI that is to be written.
        iri: String,
        /// The term that looks like its scheme.
        term: String,
    },
    /// JSON-LD 1.1 has no triples as values.
    #[error("JSON-LD cannot hold a triple as a value: {triple}; use turtle, trig, ntriples or nquads")]
    NoTripleTerm {
        /// The value.
        triple: String,
    },
    /// The picture cannot be drawn in pixels.
    #[error("the picture cannot be drawn as PNG: {reason}; use svg, or a smaller --limit")]
    NoPixels {
        /// Why not.
        reason: String,
    },
    /// The picture was to show something that is not there.
    #[error(transparent)]
    Focus(#[from] FocusError),
}
