//! What was extracted, in the form in which it is compared with gold facts.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{Term, Triple};

use super::normal;
use crate::ontology::{ClassId, Ontology, Range, RelationId};
use crate::vocab::{rdf, rdfs, skos};

/// The object of a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Object {
    /// A node, as N-Triples write it.
    Node(String),
    /// The [comparable form](normal::value) of a value.
    Value(String),
}

/// A fact between nodes, which go by what N-Triples write for them.
pub type Found = (String, RelationId, Object);

/// A view as facts, and what is said of the nodes in it.
#[derive(Debug, Default)]
pub struct Graph {
    /// The facts, and where each stands among the triples: several where values differ only in how they are written.
    pub facts: BTreeMap<Found, Vec<usize>>,
    classes: BTreeMap<String, BTreeSet<ClassId>>,
    forms: BTreeMap<String, BTreeSet<String>>,
    labels: BTreeMap<String, String>,
}

impl Graph {
    /// From the triples of a view. Facts are the relations of the ontology; what Urbi itself works out is none.
    pub fn new(triples: &[Triple], ontology: &Ontology) -> Graph {
        let mut graph = Graph::default();
        for (place, triple) in triples.iter().enumerate() {
            let subject = triple.subject.to_string();
            let predicate = triple.predicate.as_ref();
            match &triple.object {
                Term::Literal(label) if [rdfs::LABEL, skos::PREF_LABEL, skos::ALT_LABEL].contains(&predicate) => {
                    graph.forms.entry(subject.clone()).or_default().insert(normal::name(label.value()));
                    if predicate == rdfs::LABEL {
                        graph.labels.insert(subject, label.value().to_owned());
                    }
                }
                Term::NamedNode(class) if predicate == rdf::TYPE => {
                    let class = ontology.class_by_iri(class.as_ref());
                    graph.classes.entry(subject).or_default().extend(class);
                }
                object => {
                    let Some(relation) = ontology.relation_by_iri(predicate) else { continue };
                    let object = Object::new(object, &ontology[relation].range);
                    graph.facts.entry((subject, relation, object)).or_default().push(place);
                }
            }
        }
        graph
    }

    /// The nodes that facts speak of.
    pub fn nodes(&self) -> BTreeSet<&str> {
        self.facts.keys().flat_map(|(subject, _, object)| [Some(subject.as_str()), object.node()]).flatten().collect()
    }

    /// The classes of a node.
    pub fn classes(&self, node: &str) -> impl Iterator<Item = ClassId> {
        self.classes.get(node).into_iter().flatten().copied()
    }

    /// Whether a node goes by one of these [forms](normal::name).
    pub fn is_called(&self, node: &str, forms: &BTreeSet<String>) -> bool {
        self.forms.get(node).is_some_and(|own| !own.is_disjoint(forms))
    }

    /// How a person calls a node; itself if it has no label.
    pub fn label<'a>(&'a self, node: &'a str) -> &'a str {
        self.labels.get(node).map_or(node, String::as_str)
    }
}

impl Object {
    fn new(object: &Term, range: &Range) -> Object {
        match (range, object) {
            (Range::Things(_), Term::Literal(literal)) => Object::Value(literal.value().to_owned()),
            (Range::Things(_), node) => Object::Node(node.to_string()),
            (range, Term::Literal(literal)) => Object::Value(normal::value(range, literal.value())),
            (range, Term::NamedNode(node)) => Object::Value(normal::value(range, node.as_str())),
            (_, other) => Object::Value(other.to_string()),
        }
    }

    /// The node, if it is one.
    pub fn node(&self) -> Option<&str> {
        match self {
            Object::Node(node) => Some(node),
            Object::Value(_) => None,
        }
    }
}
