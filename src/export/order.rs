//! The order of statements, and the formats that are nothing but statements in order.
//!
//! N-Triples and N-Quads are canonical: one line a statement, minimal escapes, sorted by code point. Without blank nodes
//! that is the form RDFC-1.0 hashes, so a checksum of an export is a checksum of the graph.

use std::{cmp::Ordering, io::Write};

use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::{GraphName, NamedOrBlankNode, Quad, vocab::rdf};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{Error, sorted::sorted};

/// Sorted as people read: by graph, the default graph first, then by subject, its types first, then by property and value;
/// each statement once.
pub(super) fn quads<'a>(
    quads: impl Iterator<Item = Result<Quad, Error>> + 'a,
) -> Result<impl Iterator<Item = Result<Quad, Error>> + 'a, Error> {
    let keyed = quads.map(|quad| quad.map(Keyed::from));
    Ok(sorted(keyed)?.map(|keyed| keyed.map(|keyed| keyed.quad)))
}

/// Writes statements a line each, sorted by code point, each once.
pub(super) fn write_lines(quads: impl Iterator<Item = Result<Quad, Error>>, out: &mut dyn Write) -> Result<(), Error> {
    // The default graph has no name in a line of N-Quads, so that it is a line of N-Triples, too.
    for line in sorted(quads.map(|quad| quad.map(|quad| quad.to_string())))? {
        writeln!(out, "{} .", line?)?;
    }
    Ok(())
}

/// The statements of one subject in one graph after those of the other.
pub(super) struct Runs<I> {
    quads: I,
    next: Option<Quad>,
}

impl<I: Iterator<Item = Result<Quad, Error>>> Runs<I> {
    /// Of statements that are sorted.
    pub(super) fn new(quads: I) -> Runs<I> {
        Runs { quads, next: None }
    }
}

impl<I: Iterator<Item = Result<Quad, Error>>> Iterator for Runs<I> {
    type Item = Result<Vec<Quad>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut run = Vec::from_iter(self.next.take());
        for quad in self.quads.by_ref() {
            match quad {
                Err(error) => return Some(Err(error)),
                Ok(quad) => match run.first() {
                    Some(first) if first.subject != quad.subject || first.graph_name != quad.graph_name => {
                        self.next = Some(quad);
                        break;
                    }
                    _ => run.push(quad),
                },
            }
        }
        if run.is_empty() { None } else { Some(Ok(run)) }
    }
}

/// A statement with what it is sorted by, which says all of it.
struct Keyed {
    key: String,
    quad: Quad,
}

impl From<Quad> for Keyed {
    fn from(quad: Quad) -> Keyed {
        let graph = match &quad.graph_name {
            GraphName::DefaultGraph => String::new(),
            other => other.to_string(),
        };
        // Without the angle brackets: `<a>` would sort after `<a/b>`.
        let subject = match &quad.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        };
        let other = if quad.predicate == rdf::TYPE { "0" } else { "1" };
        // A zero is in no name, and sorts before everything that is.
        let key = [&graph, &subject, other, quad.predicate.as_str(), &quad.object.to_string()].join("\0");
        Keyed { key, quad }
    }
}

impl PartialEq for Keyed {
    fn eq(&self, other: &Keyed) -> bool {
        self.key == other.key
    }
}

impl Eq for Keyed {}

impl PartialOrd for Keyed {
    fn partial_cmp(&self, other: &Keyed) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Keyed {
    fn cmp(&self, other: &Keyed) -> Ordering {
        self.key.cmp(&other.key)
    }
}

impl Serialize for Keyed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        format!("{} .", self.quad).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Keyed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Keyed, D::Error> {
        let line = String::deserialize(deserializer)?;
        // What Urbi has written itself is not checked again.
        let mut quads = RdfParser::from_format(RdfFormat::NQuads).lenient().for_slice(&line);
        let quad = quads.next().ok_or_else(|| D::Error::custom("a statement is missing"))?;
        Ok(Keyed::from(quad.map_err(D::Error::custom)?))
    }
}
