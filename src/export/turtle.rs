//! Turtle and TriG: prefixes, one block a subject, its types first, then its properties by IRI.
//!
//! sophia writes the blocks. Its pretty printer looks through the whole graph once for each subject, which is quadratic;
//! so it is given one subject at a time, and what each block would declare again is cut off. Statements with blank nodes
//! or triple terms belong together, since it nests them: all their subjects come as one last block.

use std::{
    collections::BTreeSet,
    convert::Infallible,
    io::{self, Write},
};

use oxrdf::{GraphName, NamedOrBlankNode, Quad, Term, Triple};
use sophia::{
    api::{
        prefix::{Prefix, PrefixMapPair},
        serializer::TripleSerializer,
    },
    iri::Iri,
    turtle::serializer::turtle::{TurtleConfig, TurtleSerializer},
    xml::model::Trusted,
};

use super::{
    Error,
    order::{self, Runs},
    prefixes::{Collector, Prefixes},
};
use crate::vocab::Base;

/// Statements in any order, as often as they are asked for.
pub(super) type Read<'a> = dyn Fn() -> Box<dyn Iterator<Item = Result<Quad, Error>> + 'a> + 'a;

/// Writes statements as TriG: the default graph, then a block a named graph. Without named graphs, that is Turtle.
pub(super) fn write(read: &Read<'_>, base: &Base, out: &mut dyn Write) -> Result<(), Error> {
    let mut used = Collector::new(base);
    let mut nested = BTreeSet::new();
    for quad in read() {
        let quad = quad?;
        used.quad(&quad);
        if nests(&quad) {
            nested.insert(place(&quad));
        }
    }
    let printer = Printer::new(&used.finish())?;
    out.write_all(printer.header.as_bytes())?;
    let mut graph = Block { printer: &printer, name: GraphName::DefaultGraph, is_begun: true, nested: Vec::new() };
    for run in Runs::new(order::quads(read())?) {
        let run = run?;
        if graph.name != run[0].graph_name {
            graph.end(out)?;
            graph = Block { name: run[0].graph_name.clone(), is_begun: false, ..graph };
        }
        let is_nested = !nested.is_empty() && nested.contains(&place(&run[0]));
        let mut triples: Vec<Triple> = run.into_iter().map(Triple::from).collect();
        if is_nested { graph.nested.append(&mut triples) } else { graph.write(&triples, out)? }
    }
    graph.end(out)?;
    Ok(())
}

/// A graph that is being written.
struct Block<'a> {
    printer: &'a Printer,
    name: GraphName,
    is_begun: bool,
    /// What comes last, as one.
    nested: Vec<Triple>,
}

impl Block<'_> {
    fn write(&mut self, triples: &[Triple], out: &mut dyn Write) -> io::Result<()> {
        let block = self.printer.block(triples)?;
        let name = match &self.name {
            GraphName::NamedNode(node) => self.printer.name(node.as_str()),
            GraphName::BlankNode(node) => node.to_string(),
            GraphName::DefaultGraph => return out.write_all(block.as_bytes()),
        };
        let mut text = block.as_str();
        if !std::mem::replace(&mut self.is_begun, true) {
            writeln!(out, "\nGRAPH {name} {{")?;
            text = text.trim_start_matches('\n');
        }
        // No literal spans lines: line feeds in them are escaped.
        text.lines().try_for_each(|line| {
            let indent = if line.is_empty() { "" } else { "  " };
            writeln!(out, "{indent}{line}")
        })
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let nested = std::mem::take(&mut self.nested);
        if !nested.is_empty() {
            self.write(&nested, out)?;
        }
        if self.is_begun && self.name != GraphName::DefaultGraph { writeln!(out, "}}") } else { Ok(()) }
    }
}

/// Most characters of a literal that sophia may have to escape: it calls itself for each, so that a long text overflows
/// the stack. A block that has more is written as plain statements, which are Turtle, too.
const ESCAPES: usize = 500;

/// sophia's serializer with our prefixes.
struct Printer {
    config: TurtleConfig,
    prefixes: Prefixes,
    /// The declarations, which stand before everything that sophia writes.
    header: String,
}

impl Printer {
    fn new(prefixes: &Prefixes) -> io::Result<Printer> {
        // Prefixes and namespaces are our own constants, and folders of lower-case letters below a valid base.
        let map: Vec<PrefixMapPair> = prefixes
            .iter()
            .map(|(prefix, iri)| {
                (Prefix::new_unchecked(prefix.as_str().into()), Iri::new_unchecked(iri.as_str().into()))
            })
            .collect();
        let config = TurtleConfig::new().with_pretty(true).with_own_prefix_map(map);
        let mut printer = Printer { config, prefixes: prefixes.clone(), header: String::new() };
        printer.header = printer.print(&[])?;
        Ok(printer)
    }

    /// An IRI, by prefix if what remains is plain letters and digits.
    fn name(&self, iri: &str) -> String {
        let plain = |local: &str| !local.is_empty() && local.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let mut found = self.prefixes.iter().filter_map(|(prefix, namespace)| {
            iri.strip_prefix(namespace.as_str()).filter(|local| plain(local)).map(|local| format!("{prefix}:{local}"))
        });
        found.next().unwrap_or_else(|| format!("<{iri}>"))
    }

    /// Statements that belong together, from the line feed before them to the one at their end.
    fn block(&self, triples: &[Triple]) -> io::Result<String> {
        if triples.iter().all(|triple| escapes(triple) <= ESCAPES) {
            let mut block = self.print(triples)?;
            block.drain(..self.header.len());
            return Ok(block);
        }
        Ok(triples.iter().map(|triple| format!("\n{triple} .")).collect::<String>() + "\n")
    }

    fn print(&self, triples: &[Triple]) -> io::Result<String> {
        let source = triples.iter().map(|triple| Ok::<_, Infallible>(Trusted(triple)));
        let mut bytes = Vec::new();
        TurtleSerializer::new_with_config(&mut bytes, self.config.clone())
            .serialize_triples(source)
            .map_err(io::Error::other)?;
        String::from_utf8(bytes).map_err(io::Error::other)
    }
}

/// At least as many characters as sophia will escape in the statement's literal.
fn escapes(triple: &Triple) -> usize {
    match &triple.object {
        Term::Literal(literal) => {
            let escaped = |c: &char| c.is_ascii_control() || matches!(c, '"' | '\\' | '\u{fffe}' | '\u{ffff}');
            literal.value().chars().filter(escaped).count()
        }
        Term::Triple(inner) => escapes(inner),
        Term::NamedNode(_) | Term::BlankNode(_) => 0,
    }
}

/// Whether sophia may write this statement inside another's block, or another inside its.
fn nests(quad: &Quad) -> bool {
    matches!(quad.subject, NamedOrBlankNode::BlankNode(_))
        || matches!(quad.object, Term::BlankNode(_) | Term::Triple(_))
}

/// Which block a statement stands in.
fn place(quad: &Quad) -> (String, String) {
    (quad.graph_name.to_string(), quad.subject.to_string())
}
