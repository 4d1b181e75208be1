//! RDF/XML, and what it cannot say.
//!
//! XML 1.0 has no control characters, reads a carriage return as a line feed unless it is a reference, and names
//! elements after properties and classes. The serializer minds none of that, so it is checked here: a file that others
//! cannot read is worse than an error.

use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxrdf::{Term, Triple, vocab::rdf};

use super::Error;
use crate::vocab::PREFIXES;

/// Writes sorted triples as RDF/XML.
pub(super) fn write(view: &[&Triple], out: &mut dyn Write) -> Result<(), Error> {
    view.iter().try_for_each(|triple| check(triple))?;
    let mut serializer = RdfSerializer::from_format(RdfFormat::RdfXml);
    for (prefix, namespace) in PREFIXES.iter().filter(|(_, namespace)| names_elements(view, namespace)) {
        serializer = serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(CarriageReturns { out: &mut *out });
    for triple in view {
        writer.serialize_triple(*triple)?;
    }
    writer.finish()?;
    out.write_all(b"\n")?;
    Ok(())
}

/// Elements are named after properties and classes only.
fn names_elements(view: &[&Triple], namespace: &str) -> bool {
    view.iter().any(|triple| {
        let class = match &triple.object {
            Term::NamedNode(class) if triple.predicate == rdf::TYPE => class.as_str(),
            _ => "",
        };
        triple.predicate.as_str().starts_with(namespace) || class.starts_with(namespace)
    })
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
