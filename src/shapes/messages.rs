//! What shapes say of what they object to, where the validator says something of its own instead.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use oxttl::TurtleParser;

use super::Finding;
use crate::vocab::sh;

/// The messages of shapes.
pub struct Messages {
    /// By the shape, if it has a name, else by the property of its path; and by the parameter of the constraint.
    by_place: BTreeMap<(NamedNode, String), BTreeSet<String>>,
}

impl Messages {
    /// Reads them from the Turtle of shapes. What cannot be read has none: the validator says so.
    pub fn read(turtle: &str) -> Messages {
        let triples: Vec<Triple> = TurtleParser::new().for_slice(turtle).filter_map(Result::ok).collect();
        let mut about: BTreeMap<String, Vec<&Triple>> = BTreeMap::new();
        for triple in &triples {
            about.entry(triple.subject.to_string()).or_default().push(triple);
        }
        let mut by_place: BTreeMap<(NamedNode, String), BTreeSet<String>> = BTreeMap::new();
        for own in about.values() {
            let Some(message) = own.iter().filter(|t| t.predicate == sh::MESSAGE).find_map(|t| english(&t.object))
            else {
                continue;
            };
            let path = own.iter().find(|t| t.predicate == sh::PATH).and_then(|t| match &t.object {
                Term::NamedNode(path) => Some(path.clone()),
                _ => None,
            });
            let name = own.first().and_then(|t| match &t.subject {
                NamedOrBlankNode::NamedNode(name) => Some(name.clone()),
                NamedOrBlankNode::BlankNode(_) => None,
            });
            let Some(place) = name.or(path) else { continue };
            for parameter in own.iter().filter_map(|t| t.predicate.as_str().strip_prefix(sh::NAMESPACE)) {
                by_place.entry((place.clone(), parameter.to_owned())).or_default().insert(message.clone());
            }
        }
        Messages { by_place }
    }

    /// The message of the shape that objects, if only one comes into question.
    pub fn of(&self, finding: &Finding) -> Option<&str> {
        let component = finding.component.as_str().strip_prefix(sh::NAMESPACE)?;
        let component = component.strip_suffix("ConstraintComponent")?;
        let mut parameter = component[..1].to_ascii_lowercase();
        parameter.push_str(&component[1..]);
        let path = finding.path.as_ref().and_then(|path| match path {
            super::Path::Predicate(predicate) => Some(predicate),
            _ => None,
        });
        let places = [finding.shape.as_ref(), path];
        let found =
            places.into_iter().flatten().find_map(|place| self.by_place.get(&(place.clone(), parameter.clone())))?;
        found.first().filter(|_| found.len() == 1).map(String::as_str)
    }
}

fn english(term: &Term) -> Option<String> {
    let is_english = |literal: &Literal| literal.language().is_none_or(|tag| tag == "en" || tag.starts_with("en-"));
    match term {
        Term::Literal(literal) if is_english(literal) => Some(literal.value().to_owned()),
        _ => None,
    }
}
