//! The order of statements, and the formats that are nothing but statements in order.
//!
//! N-Triples and N-Quads are canonical: one line a statement, minimal escapes, sorted by code point. Without blank nodes
//! that is the form RDFC-1.0 hashes, so a checksum of an export is a checksum of the graph.

use std::io::{self, Write};

use oxrdf::{NamedNode, NamedOrBlankNode, Quad, Term, Triple, vocab::rdf};

/// Sorted as people read: by subject, its types first, then by property and value; each statement once.
pub(super) fn triples(triples: &[Triple]) -> Vec<&Triple> {
    let mut sorted: Vec<&Triple> = triples.iter().collect();
    sorted.sort_by_cached_key(|triple| key(&triple.subject, &triple.predicate, &triple.object));
    sorted.dedup();
    sorted
}

/// Sorted by graph, then like [`triples`].
pub(super) fn quads(quads: &[Quad]) -> Vec<&Quad> {
    let mut sorted: Vec<&Quad> = quads.iter().collect();
    sorted.sort_by_cached_key(|quad| (quad.graph_name.to_string(), key(&quad.subject, &quad.predicate, &quad.object)));
    sorted.dedup();
    sorted
}

/// N-Triples, a statement a line, in no order yet.
pub(super) fn triple_lines(triples: &[Triple]) -> impl Iterator<Item = String> {
    triples.iter().map(|triple| format!("{triple} ."))
}

/// N-Quads, a statement a line, in no order yet.
pub(super) fn quad_lines(quads: &[Quad]) -> impl Iterator<Item = String> {
    quads.iter().map(|quad| format!("{quad} ."))
}

/// Writes the lines sorted by code point, each once.
pub(super) fn write_lines(lines: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    let mut lines: Vec<String> = lines.collect();
    lines.sort_unstable();
    lines.dedup();
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn key(subject: &NamedOrBlankNode, predicate: &NamedNode, object: &Term) -> (String, bool, String, String) {
    let other = *predicate != rdf::TYPE;
    (text(subject), other, predicate.as_str().to_owned(), object.to_string())
}

/// Without the angle brackets: `<a>` would sort after `<a/b>`.
fn text(subject: &NamedOrBlankNode) -> String {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}
