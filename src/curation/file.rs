//! Decisions as a file: Turtle, one block a decision in the order of time, each below a line that tells people what it says.
//!
//! The same decisions give the same bytes, and a new decision adds lines and changes none: the file is made for version
//! control and for review by people. What they may do with it: take out blocks, put in those of others, and write new
//! ones with `[]` in the place of the name.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use oxttl::{TurtleParser, TurtleSerializer};

use super::{Action, Decision, Flaw, Ledger};
use crate::vocab::{Base, PREFIXES, rdf, urbi};

/// Why a file of decisions cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is not Turtle.
    #[error("{name}:{}:{}: {}", source.location().start.line + 1, source.location().start.column + 1, source.message())]
    Syntax {
        /// The file.
        name: String,
        /// What is wrong, and where.
        source: oxttl::TurtleSyntaxError,
    },
    /// It is, but not of decisions, or not of sound ones: all that is wrong with it.
    #[error("{name} cannot be imported:\n  {}", .problems.join("\n  "))]
    Invalid {
        /// The file.
        name: String,
        /// What is wrong.
        problems: Vec<String>,
    },
}

/// Writes decisions. `describe` says in words what one says; it may have several lines.
///
/// # Errors
/// If `out` cannot be written.
pub fn write(
    ledger: &Ledger,
    base: &Base,
    describe: &dyn Fn(&Decision) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "# Decisions of curators. `urbi decisions import FILE` puts them into a store.")?;
    writeln!(out, "@base <{base}> .")?;
    for (prefix, iri) in PREFIXES {
        writeln!(out, "@prefix {prefix}: <{iri}> .")?;
    }
    for entry in ledger.all() {
        writeln!(out)?;
        for line in describe(&entry.decision).lines() {
            writeln!(out, "# {line}")?;
        }
        let mut serializer = TurtleSerializer::new();
        for (prefix, iri) in PREFIXES {
            serializer = serializer.with_prefix(*prefix, *iri).map_err(io::Error::other)?;
        }
        serializer = serializer.with_base_iri(base.as_str()).map_err(io::Error::other)?;
        let mut block = serializer.for_writer(Vec::new());
        for quad in entry.decision.quads(base) {
            block.serialize_triple(&Triple::from(quad))?;
        }
        let block = block.finish()?;
        // What the head of the file declares is not said again.
        let block = String::from_utf8(block).map_err(io::Error::other)?;
        let declares = |line: &&str| line.starts_with("@base ") || line.starts_with("@prefix ");
        for line in block.lines().skip_while(declares) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// Reads a file. Blocks without a name of their own get theirs.
///
/// # Errors
/// If it is not Turtle, holds anything but sound decisions, or a decision does not say what its name was made from.
pub fn read(name: &str, text: &str, base: &Base) -> Result<Ledger, FileError> {
    let parser = TurtleParser::new()
        .with_base_iri(base.as_str())
        .map_err(|e| FileError::Invalid { name: name.to_owned(), problems: vec![format!("the base <{base}>: {e}")] })?;
    // In the order of the file, so that problems are named in it.
    let mut order: Vec<NamedOrBlankNode> = Vec::new();
    let mut said: BTreeMap<String, Vec<(NamedNode, Term)>> = BTreeMap::new();
    for triple in parser.for_slice(text) {
        let triple = triple.map_err(|source| FileError::Syntax { name: name.to_owned(), source })?;
        let properties = said.entry(triple.subject.to_string()).or_default();
        if properties.is_empty() {
            order.push(triple.subject);
        }
        // Said twice is said once.
        if !properties.contains(&(triple.predicate.clone(), triple.object.clone())) {
            properties.push((triple.predicate, triple.object));
        }
    }
    let (mut problems, mut read) = (Vec::new(), Vec::new());
    for (number, subject) in order.iter().enumerate() {
        let called = match subject {
            NamedOrBlankNode::NamedNode(node) => format!("<{}>", base.local(node.as_str()).unwrap_or(node.as_str())),
            NamedOrBlankNode::BlankNode(_) => format!("block {} without a name", number + 1),
        };
        match decision(subject, &said[&subject.to_string()], base) {
            Ok(named) => read.push(named),
            Err(problem) => problems.push(format!("{called}: {problem}")),
        }
    }
    if problems.is_empty() {
        Ok(Ledger::new(read))
    } else {
        Err(FileError::Invalid { name: name.to_owned(), problems })
    }
}

fn decision(
    subject: &NamedOrBlankNode,
    said: &[(NamedNode, Term)],
    base: &Base,
) -> Result<(NamedNode, Decision), String> {
    let class = Term::from(urbi::DECISION.into_owned());
    if !said.iter().any(|(property, value)| *property == rdf::TYPE && *value == class) {
        return Err("it is no urbi:Decision; the file must hold nothing else".to_owned());
    }
    let decision = Decision::read(said.iter().map(|(property, value)| (property.as_ref(), value.as_ref())))
        .map_err(|flaw: Flaw| flaw.to_string())?;
    if let Action::Undo(undone) = &decision.action
        && base.kind_and_key(undone.as_str()).is_none_or(|(kind, _)| kind != "decision")
    {
        return Err(format!("it undoes <{}>, which is no decision below the base <{base}>", undone.as_str()));
    }
    let iri = decision.iri(base);
    match subject {
        NamedOrBlankNode::NamedNode(given) if *given != iri => Err(format!(
            "it says something else than its name was made from; if it was changed on purpose, write [] in the place of \
             the name, and it becomes a decision of its own (<{}>)",
            base.local(iri.as_str()).unwrap_or(iri.as_str())
        )),
        _ => Ok((iri, decision)),
    }
}
