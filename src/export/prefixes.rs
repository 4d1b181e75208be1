//! Which prefixes a file declares: those that it uses, and one for each folder of entities.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{GraphName, NamedOrBlankNode, Quad, Term};

use crate::vocab::{Base, PREFIXES};

/// Prefix to namespace, sorted by prefix.
pub(super) type Prefixes = BTreeMap<String, String>;

/// The prefixes that statements use.
pub(super) struct Collector<'a> {
    base: &'a Base,
    used: BTreeSet<usize>,
    kinds: BTreeSet<String>,
}

impl<'a> Collector<'a> {
    /// Nothing used so far.
    pub(super) fn new(base: &'a Base) -> Collector<'a> {
        Collector { base, used: BTreeSet::new(), kinds: BTreeSet::new() }
    }

    /// Notes the names of a statement and of its graph.
    pub(super) fn quad(&mut self, quad: &Quad) {
        self.statement(&quad.subject, quad.predicate.as_str(), &quad.object);
        if let GraphName::NamedNode(name) = &quad.graph_name {
            self.iri(name.as_str());
        }
    }

    /// The prefixes, those of entity folders (`city` for `{base}city/`) among them.
    pub(super) fn finish(self) -> Prefixes {
        let kinds = self.kinds.into_iter().map(|kind| {
            let namespace = format!("{}{kind}/", self.base);
            (kind, namespace)
        });
        // A prefix of the vocabularies wins over a folder of the same name.
        let mut prefixes: Prefixes = kinds.collect();
        prefixes.extend(self.used.into_iter().map(|at| (PREFIXES[at].0.to_owned(), PREFIXES[at].1.to_owned())));
        prefixes
    }

    fn statement(&mut self, subject: &NamedOrBlankNode, predicate: &str, object: &Term) {
        if let NamedOrBlankNode::NamedNode(node) = subject {
            self.iri(node.as_str());
        }
        if predicate != oxrdf::vocab::rdf::TYPE.as_str() {
            self.iri(predicate);
        }
        match object {
            Term::NamedNode(node) => self.iri(node.as_str()),
            Term::Literal(literal) if !is_bare(literal) => self.iri(literal.datatype().as_str()),
            Term::Triple(inner) => self.statement(&inner.subject, inner.predicate.as_str(), &inner.object),
            Term::Literal(_) | Term::BlankNode(_) => {}
        }
    }

    fn iri(&mut self, iri: &str) {
        if let Some((kind, key)) = self.base.kind_and_key(iri) {
            if is_folder(kind) && !key.is_empty() && !key.contains(['/', '#']) && !self.kinds.contains(kind) {
                self.kinds.insert(kind.to_owned());
            }
        } else if let Some(at) = PREFIXES.iter().position(|(_, namespace)| iri.starts_with(namespace)) {
            self.used.insert(at);
        }
    }
}

/// Whether a literal is written without its datatype: as a plain string or, in Turtle, as a number.
fn is_bare(literal: &oxrdf::Literal) -> bool {
    use oxrdf::vocab::{rdf, xsd};
    let number = [xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::BOOLEAN];
    let datatype = literal.datatype();
    datatype == xsd::STRING || datatype == rdf::LANG_STRING || number.contains(&datatype)
}

/// Lower-case letters, as the kinds of entities are: they make a valid prefix.
fn is_folder(kind: &str) -> bool {
    !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase())
}
