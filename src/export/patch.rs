//! RDF Patch: what to add and what to delete, for those who follow a graph.
//!
//! The format is that of Apache Jena (<https://afs.github.io/rdf-delta/rdf-patch.html>): a header that names the state it
//! leads to and the one it starts from, and one transaction of `D` and `A` rows.

use std::io::{self, Write};

use oxrdf::Triple;

/// Two states of a graph.
#[derive(Clone, Copy, Debug)]
pub struct Patch<'a> {
    /// The triples before, sorted as their N-Triples lines.
    pub before: &'a [Triple],
    /// The triples after, sorted likewise.
    pub after: &'a [Triple],
    /// The name of the state before: an IRI.
    pub previous: &'a str,
    /// The name of the state after.
    pub id: &'a str,
}

impl Patch<'_> {
    /// Writes the patch: deletions first, both sorted. Gives how many triples are deleted and added.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<(usize, usize)> {
        let lines = |triples: &[Triple]| triples.iter().map(ToString::to_string).collect::<Vec<_>>();
        let (before, after) = (lines(self.before), lines(self.after));
        let deleted: Vec<&String> = before.iter().filter(|line| after.binary_search(line).is_err()).collect();
        let added: Vec<&String> = after.iter().filter(|line| before.binary_search(line).is_err()).collect();
        writeln!(out, "H id <{}> .", self.id)?;
        writeln!(out, "H prev <{}> .", self.previous)?;
        writeln!(out, "TX .")?;
        deleted.iter().try_for_each(|line| writeln!(out, "D {line} ."))?;
        added.iter().try_for_each(|line| writeln!(out, "A {line} ."))?;
        writeln!(out, "TC .")?;
        Ok((deleted.len(), added.len()))
    }
}
