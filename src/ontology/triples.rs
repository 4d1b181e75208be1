//! The statements of the ontology's files, looked up by subject and relation.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxttl::TurtleParser;

use super::OntologyError;
use crate::{profile::Profile, vocab::rdf};

/// All statements, in an order that does not depend on hashes.
#[derive(Default)]
pub(super) struct Triples(BTreeMap<(String, String), Vec<Term>>);

impl Triples {
    /// Reads every `ontology/*.ttl`, shapes aside.
    pub(super) fn read(profile: &Profile) -> Result<Triples, OntologyError> {
        let mut all = Triples::default();
        let files = profile.files("ontology", "ttl").filter(|(path, _)| !path.ends_with("shapes.ttl"));
        for (number, (path, bytes)) in files.enumerate() {
            for triple in TurtleParser::new().for_slice(&bytes) {
                let triple = triple.map_err(|source| OntologyError::Syntax { place: profile.place(path), source })?;
                let key = (subject_key(&triple.subject, number), triple.predicate.into_string());
                let object = match triple.object {
                    // A blank node's label holds within its file only.
                    Term::BlankNode(node) => NamedNode::new_unchecked(blank_key(node.as_str(), number)).into(),
                    other => other,
                };
                all.0.entry(key).or_default().push(object);
            }
        }
        Ok(all)
    }

    /// The objects of `subject predicate ?`, in the order of the files.
    pub(super) fn objects(&self, subject: &str, predicate: NamedNodeRef<'_>) -> &[Term] {
        self.0.get(&(subject.to_owned(), predicate.as_str().to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The IRIs among the objects of `subject predicate ?`; blank nodes have one too, which no file can contain.
    pub(super) fn iris(&self, subject: &str, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = &str> {
        self.objects(subject, predicate).iter().filter_map(|term| match term {
            Term::NamedNode(node) => Some(node.as_str()),
            _ => None,
        })
    }

    /// The first literal of `subject predicate ?`: an English one or one without language, if there is one.
    pub(super) fn text(&self, subject: &str, predicate: NamedNodeRef<'_>) -> Option<&str> {
        let literals = self.objects(subject, predicate).iter().filter_map(|term| match term {
            Term::Literal(literal) => Some(literal),
            _ => None,
        });
        let foreign = |language: Option<&str>| language.is_some_and(|tag| tag != "en" && !tag.starts_with("en-"));
        literals.min_by_key(|literal| foreign(literal.language())).map(|literal| literal.value())
    }

    /// Whether the files say `subject rdf:type class`.
    pub(super) fn has_type(&self, subject: &str, class: NamedNodeRef<'_>) -> bool {
        self.iris(subject, rdf::TYPE).any(|iri| iri == class.as_str())
    }

    /// The subjects with this `rdf:type` that have an IRI, sorted.
    pub(super) fn members(&self, class: NamedNodeRef<'_>) -> Vec<&str> {
        let typed = self.0.iter().filter(|((subject, predicate), types)| {
            predicate == rdf::TYPE.as_str()
                && !subject.starts_with(BLANK)
                && types.iter().any(|term| matches!(term, Term::NamedNode(node) if node.as_ref() == class))
        });
        typed.map(|((subject, _), _)| subject.as_str()).collect()
    }

    /// The elements of the list that starts at `head`. A list that runs in a circle ends where it began.
    pub(super) fn list(&self, head: &str) -> Vec<&Term> {
        let mut elements = Vec::new();
        let mut visited = std::collections::BTreeSet::new();
        let mut node = head;
        while node != rdf::NIL.as_str() && visited.insert(node) {
            elements.extend(self.objects(node, rdf::FIRST).first());
            match self.iris(node, rdf::REST).next() {
                Some(rest) => node = rest,
                None => break,
            }
        }
        elements
    }
}

/// How the keys of blank nodes start; no absolute IRI starts so.
const BLANK: &str = "_:";

fn blank_key(label: &str, file: usize) -> String {
    format!("{BLANK}{file}.{label}")
}

fn subject_key(subject: &NamedOrBlankNode, file: usize) -> String {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => blank_key(node.as_str(), file),
    }
}
