//! The view as a graph of things: entities are nodes, relations between them are edges.
//!
//! RDF triples say more than a picture or a path needs: types, names, dates and links outward are all edges there. Here
//! they become the properties of a node, and an edge joins two entities that a relation of the ontology joins. An
//! announcement is no entity: it reports on them.
//!
//! Nodes and edges are numbered in the order of their IRIs, so that every walk over the graph is the same each time.
//!
//! Not in here: how a picture is drawn (`export`), and where triples come from.

mod communities;
mod find;
mod focus;
mod likeness;
mod measure;
mod select;

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedOrBlankNode, Term, Triple};
use petgraph::{
    Direction,
    graph::{DiGraph, NodeIndex},
    visit::EdgeRef,
};

pub use find::NotFound;
pub use focus::{Focus, FocusError, NoYears, Years, year};
pub use likeness::Likeness;
pub use measure::{Measures, Step};
pub use select::{Rest, Selection};

use crate::vocab::{geo, rdf, rdfs, skos, urbi};

/// A class that an entity loses when it has another: its subclasses say more.
const GENERAL: [&str; 3] = ["Event", "Organization", "Publication"];

/// A thing that announcements speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its IRI.
    pub iri: String,
    /// The local name of its most special class, such as `City`.
    pub class: String,
    /// Its names, the best one first; never empty: without a name, the end of the IRI.
    pub names: Vec<String>,
    /// What is said of it that is no entity (dates, numbers, web addresses): relation to values, sorted.
    pub facts: BTreeMap<String, Vec<String>>,
    /// Where it is, if that is known.
    pub point: Option<Point>,
}

/// Where something is (WGS 84), as decimal numbers of degrees, as stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Degrees north of the equator.
    pub lat: String,
    /// Degrees east of Greenwich.
    pub long: String,
}

impl Entity {
    /// Its best name.
    pub fn label(&self) -> &str {
        &self.names[0]
    }

    /// The first value of a relation, such as `startDate`.
    pub fn fact(&self, relation: &str) -> Option<&str> {
        self.facts.get(relation).and_then(|values| values.first()).map(String::as_str)
    }
}

/// All relations from one entity to another: their local names, sorted, such as `["heldIn", "hostedBy"]`.
pub type Relations = Vec<String>;

/// The view as a graph of things.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: DiGraph<Entity, Relations>,
    by_iri: BTreeMap<String, NodeIndex>,
}

impl Graph {
    /// Projects the triples of a view, in any order.
    pub fn new(view: &[Triple]) -> Graph {
        let mut parts: BTreeMap<&str, Parts<'_>> = BTreeMap::new();
        for triple in view {
            if let NamedOrBlankNode::NamedNode(subject) = &triple.subject {
                parts.entry(subject.as_str()).or_default().add(triple);
            }
        }
        parts.retain(|_, parts| parts.is_entity());

        let mut graph = Graph::default();
        for (iri, parts) in &parts {
            let index = graph.nodes.add_node(parts.entity(iri));
            graph.by_iri.insert((*iri).to_owned(), index);
        }
        for (iri, parts) in &parts {
            for (other, relations) in &parts.links {
                match (graph.by_iri[*iri], graph.by_iri.get(*other)) {
                    (from, Some(&to)) => {
                        graph.nodes.add_edge(from, to, relations.iter().map(|name| (*name).to_owned()).collect());
                    }
                    (from, None) => {
                        for name in relations {
                            graph.nodes[from].facts.entry((*name).to_owned()).or_default().push((*other).to_owned());
                        }
                    }
                }
            }
        }
        graph
    }

    /// The graph for petgraph's algorithms.
    pub fn as_petgraph(&self) -> &DiGraph<Entity, Relations> {
        &self.nodes
    }

    /// How many entities there are.
    pub fn len(&self) -> usize {
        self.nodes.node_count()
    }

    /// Whether there is no entity at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every entity with its number, by IRI.
    pub fn entities(&self) -> impl Iterator<Item = (NodeIndex, &Entity)> {
        self.nodes.node_indices().map(|index| (index, &self.nodes[index]))
    }

    /// The entity of a number that this graph gave.
    pub fn entity(&self, index: NodeIndex) -> &Entity {
        &self.nodes[index]
    }

    /// Every pair of entities with the relations from the one to the other, by the IRIs of both.
    pub fn relations(&self) -> impl Iterator<Item = (NodeIndex, &Relations, NodeIndex)> {
        self.nodes.edge_references().map(|edge| (edge.source(), edge.weight(), edge.target()))
    }

    /// The entity with this IRI.
    pub fn by_iri(&self, iri: &str) -> Option<NodeIndex> {
        self.by_iri.get(iri).copied()
    }

    /// The entities that this relation (its local name) leads to from this one, by IRI.
    pub fn objects(&self, index: NodeIndex, relation: &str) -> impl Iterator<Item = NodeIndex> {
        self.joined(index, relation, Direction::Outgoing)
    }

    /// The entities from which this relation (its local name) leads to this one, by IRI.
    pub fn subjects(&self, index: NodeIndex, relation: &str) -> impl Iterator<Item = NodeIndex> {
        self.joined(index, relation, Direction::Incoming)
    }

    fn joined(&self, index: NodeIndex, relation: &str, direction: Direction) -> impl Iterator<Item = NodeIndex> {
        let edges = self.nodes.edges_directed(index, direction);
        let with_relation = edges.filter(|edge| edge.weight().iter().any(|name| name == relation));
        let ends =
            with_relation.map(|edge| if direction == Direction::Outgoing { edge.target() } else { edge.source() });
        ends.collect::<BTreeSet<_>>().into_iter()
    }

    /// The entities that a relation joins to this one, in either direction, each once, by IRI.
    pub fn neighbours(&self, index: NodeIndex) -> BTreeSet<NodeIndex> {
        self.nodes.neighbors_undirected(index).filter(|other| *other != index).collect()
    }
}

/// What the triples say of one subject.
#[derive(Default)]
struct Parts<'a> {
    classes: BTreeSet<&'a str>,
    labels: BTreeSet<&'a str>,
    other_labels: BTreeSet<&'a str>,
    facts: BTreeMap<&'a str, BTreeSet<&'a str>>,
    links: BTreeMap<&'a str, BTreeSet<&'a str>>,
    lat: BTreeSet<&'a str>,
    long: BTreeSet<&'a str>,
}

impl<'a> Parts<'a> {
    fn add(&mut self, triple: &'a Triple) {
        let local = triple.predicate.as_str().strip_prefix(urbi::NAMESPACE);
        match (&triple.object, local) {
            (Term::NamedNode(class), _) if triple.predicate == rdf::TYPE => {
                self.classes.extend(class.as_str().strip_prefix(urbi::NAMESPACE));
            }
            (Term::Literal(name), _) if triple.predicate == rdfs::LABEL => {
                self.labels.insert(name.value());
            }
            (Term::Literal(name), _) if triple.predicate == skos::ALT_LABEL => {
                self.other_labels.insert(name.value());
            }
            (Term::Literal(degrees), _) if triple.predicate == geo::LAT => {
                self.lat.insert(degrees.value());
            }
            (Term::Literal(degrees), _) if triple.predicate == geo::LONG => {
                self.long.insert(degrees.value());
            }
            (Term::Literal(value), Some(relation)) => {
                self.facts.entry(relation).or_default().insert(value.value());
            }
            (Term::NamedNode(other), Some(relation)) => {
                self.links.entry(other.as_str()).or_default().insert(relation);
            }
            _ => {}
        }
    }

    fn is_entity(&self) -> bool {
        !self.classes.is_empty() && !self.classes.contains("Announcement")
    }

    fn entity(&self, iri: &str) -> Entity {
        let special = self.classes.iter().find(|class| !GENERAL.contains(class));
        let class = special.or(self.classes.first()).copied().unwrap_or_default();
        let mut names: Vec<String> =
            self.labels.iter().chain(&self.other_labels).map(|name| (*name).to_owned()).collect();
        if names.is_empty() {
            names.push(iri.rsplit(['/', '#']).next().unwrap_or(iri).to_owned());
        }
        let facts = self.facts.iter().map(|(relation, values)| {
            ((*relation).to_owned(), values.iter().map(|value| (*value).to_owned()).collect())
        });
        let point = self.lat.first().zip(self.long.first());
        let point = point.map(|(lat, long)| Point { lat: (*lat).to_owned(), long: (*long).to_owned() });
        Entity { iri: iri.to_owned(), class: class.to_owned(), names, facts: facts.collect(), point }
    }
}
