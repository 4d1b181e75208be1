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

use super::prefixes::{Collector, Prefixes};
use crate::vocab::Base;

/// Writes sorted triples as Turtle.
pub(super) fn write_turtle(view: &[&Triple], base: &Base, out: &mut dyn Write) -> io::Result<()> {
    let mut used = Collector::new(base);
    view.iter().for_each(|triple| used.triple(triple));
    let printer = Printer::new(&used.finish());
    out.write_all(printer.header()?.as_bytes())?;
    printer.blocks(view, &mut |block| out.write_all(block.as_bytes()))
}

/// Writes sorted triples and sorted quads as TriG: the default graph as in Turtle, then a block a named graph.
pub(super) fn write_trig(view: &[&Triple], graphs: &[&Quad], base: &Base, out: &mut dyn Write) -> io::Result<()> {
    let mut used = Collector::new(base);
    view.iter().for_each(|triple| used.triple(triple));
    graphs.iter().for_each(|quad| used.quad(quad));
    let printer = Printer::new(&used.finish());
    out.write_all(printer.header()?.as_bytes())?;
    let mut default: Vec<&Triple> = view.to_vec();
    let unnamed: Vec<Triple> = graphs
        .iter()
        .filter(|quad| quad.graph_name == GraphName::DefaultGraph)
        .map(|quad| Triple::from((*quad).clone()))
        .collect();
    if !unnamed.is_empty() {
        default.extend(&unnamed);
        default.sort_by_cached_key(|triple| triple.to_string());
        default.dedup();
    }
    printer.blocks(&default, &mut |block| out.write_all(block.as_bytes()))?;
    for graph in graphs.chunk_by(|one, other| one.graph_name == other.graph_name) {
        let name = match &graph[0].graph_name {
            GraphName::NamedNode(node) => printer.name(node.as_str()),
            GraphName::BlankNode(node) => node.to_string(),
            GraphName::DefaultGraph => continue,
        };
        writeln!(out, "\nGRAPH {name} {{")?;
        let triples: Vec<Triple> = graph.iter().map(|quad| Triple::from((*quad).clone())).collect();
        let triples: Vec<&Triple> = triples.iter().collect();
        let mut first = true;
        printer.blocks(&triples, &mut |block| {
            let block = if std::mem::take(&mut first) { block.trim_start_matches('\n') } else { block };
            // No literal spans lines: line feeds in them are escaped.
            block.lines().try_for_each(|line| {
                let indent = if line.is_empty() { "" } else { "  " };
                writeln!(out, "{indent}{line}")
            })
        })?;
        writeln!(out, "}}")?;
    }
    Ok(())
}

/// Most characters of a literal that sophia may have to escape: it calls itself for each, so that a long text overflows
/// the stack. A block that has more is written as plain statements, which are Turtle, too.
const ESCAPES: usize = 500;

/// sophia's serializer with our prefixes.
struct Printer {
    config: TurtleConfig,
    prefixes: Prefixes,
}

impl Printer {
    fn new(prefixes: &Prefixes) -> Printer {
        // Prefixes and namespaces are our own constants, and folders of lower-case letters below a valid base.
        let map: Vec<PrefixMapPair> = prefixes
            .iter()
            .map(|(prefix, iri)| {
                (Prefix::new_unchecked(prefix.as_str().into()), Iri::new_unchecked(iri.as_str().into()))
            })
            .collect();
        Printer { config: TurtleConfig::new().with_pretty(true).with_own_prefix_map(map), prefixes: prefixes.clone() }
    }

    /// The declarations.
    fn header(&self) -> io::Result<String> {
        self.print(&[])
    }

    /// An IRI, by prefix if what remains is plain letters and digits.
    fn name(&self, iri: &str) -> String {
        let plain = |local: &str| !local.is_empty() && local.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let mut found = self.prefixes.iter().filter_map(|(prefix, namespace)| {
            iri.strip_prefix(namespace.as_str()).filter(|local| plain(local)).map(|local| format!("{prefix}:{local}"))
        });
        found.next().unwrap_or_else(|| format!("<{iri}>"))
    }

    /// Gives each subject's block to `write`, from the line feed before it to the one at its end.
    fn blocks(&self, triples: &[&Triple], write: &mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<()> {
        let nested: BTreeSet<String> =
            triples.iter().filter(|triple| nests(triple)).map(|triple| triple.subject.to_string()).collect();
        let is_nested = |subject: &NamedOrBlankNode| !nested.is_empty() && nested.contains(&subject.to_string());
        let header = self.header()?.len();
        let mut rest = Vec::new();
        for group in triples.chunk_by(|one, other| one.subject == other.subject) {
            if is_nested(&group[0].subject) {
                rest.extend_from_slice(group);
            } else {
                write(&self.block(group, header)?)?;
            }
        }
        if rest.is_empty() { Ok(()) } else { write(&self.block(&rest, header)?) }
    }

    fn block(&self, triples: &[&Triple], header: usize) -> io::Result<String> {
        if triples.iter().all(|triple| escapes(triple) <= ESCAPES) {
            let mut block = self.print(triples)?;
            block.drain(..header);
            return Ok(block);
        }
        Ok(triples.iter().map(|triple| format!("\n{triple} .")).collect::<String>() + "\n")
    }

    fn print(&self, triples: &[&Triple]) -> io::Result<String> {
        let source = triples.iter().map(|triple| Ok::<_, Infallible>(Trusted(*triple)));
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
fn nests(triple: &Triple) -> bool {
    matches!(triple.subject, NamedOrBlankNode::BlankNode(_))
        || matches!(triple.object, Term::BlankNode(_) | Term::Triple(_))
}
