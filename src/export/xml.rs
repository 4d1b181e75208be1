//! RDF/XML, and what it cannot say.
//!
//! XML 1.0 has no control characters, reads a carriage return as a line feed unless it is a reference, and names
//! elements after properties and classes. The serializer minds none of that, so it is checked here: a file that others
//! cannot read is worse than an error.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxrdf::{Term, Triple, vocab::rdf};

use super::{
    Error, order,
    source::{self, Source},
};
use crate::vocab::PREFIXES;

/// Writes the view as RDF/XML, sorted.
pub(super) fn write(source: &dyn Source, out: &mut dyn Write) -> Result<(), Error> {
    let mut used = BTreeSet::new();
    let mut wrong: Option<(String, Error)> = None;
    for quad in source::view(source) {
        let triple = Triple::from(quad?);
        used.extend((0..PREFIXES.len()).filter(|at| names_element(&triple, PREFIXES[*at].1)));
        if let Err(error) = check(&triple) {
            // The first in the order of statements, in whatever order they come.
            let name = triple.to_string();
            if wrong.as_ref().is_none_or(|(first, _)| name < *first) {
                wrong = Some((name, error));
            }
        }
    }
    if let Some((_, error)) = wrong {
        return Err(error);
    }
    let mut serializer = RdfSerializer::from_format(RdfFormat::RdfXml);
    for (prefix, namespace) in used.into_iter().map(|at| PREFIXES[at]) {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(CarriageReturns { out: &mut *out });
    for quad in order::quads(source::view(source))? {
        writer.serialize_triple(&Triple::from(quad?))?;
    }
    writer.finish()?;
    out.write_all(b"\n")?;
    Ok(())
}

/// Elements are named after properties and classes only.
fn names_element(triple: &Triple, namespace: &str) -> bool {
    let class = match &triple.object {
        Term::NamedNode(class) if triple.predicate == rdf::TYPE => class.as_str(),
        _ => "",
    };
    triple.predicate.as_str().starts_with(namespace) || class.starts_with(namespace)
}

fn check(triple: &Triple) -> Result<(), Error> {
    element_name(triple.predicate.as_str())?;
    match &triple.object {
        Term::Literal(literal) => match literal.value().chars().find(|c| !is_xml(*c)) {
            Some(c) => Err(Error::NotXml { code: c.into(), triple: Box::new(triple.clone()) }),
            None => Ok(()),
        },
        Term::NamedNode(class) if triple.predicate == rdf::TYPE => element_name(class.as_str()),
        Term::Triple(inner) => check(inner),
        Term::NamedNode(_) | Term::BlankNode(_) => Ok(()),
    }
}

/// An element's name is the end of the IRI, from a letter on.
fn element_name(iri: &str) -> Result<(), Error> {
    let name = iri.rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | '_'))).next().unwrap_or_default();
    if name.contains(|c: char| c.is_alphabetic() || c == '_') {
        Ok(())
    } else {
        Err(Error::NoElementName { iri: iri.to_owned() })
    }
}

/// `Char` of XML 1.0.
fn is_xml(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Writes each carriage return as a character reference. None stands outside literals.
struct CarriageReturns<W> {
    out: W,
}

impl<W: Write> Write for CarriageReturns<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for (at, part) in bytes.split(|byte| *byte == b'\r').enumerate() {
            if at > 0 {
                self.out.write_all(b"&#xD;")?;
            }
            self.out.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
