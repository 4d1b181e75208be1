//! The graph in terms of schema.org: what search engines read.
//!
//! The mapping is data: the CONSTRUCT queries `queries/schema/*.rq` of a profile. Here they are asked, and what they give about
//! one thing becomes the JSON that a page carries.

use std::collections::BTreeMap;

use oxrdf::{Dataset, GraphName, NamedOrBlankNode, Term, Triple};
use serde_json::{Map, Value, json};

use crate::{
    profile::Profile,
    query::{Query, QueryError},
    view,
    vocab::{PREFIXES, rdf, schema},
};

/// The folder of the queries.
const FOLDER: &str = "queries/schema";

/// The queries that say the graph in terms of schema.org.
pub struct SchemaOrg {
    queries: Vec<Query>,
}

/// Why the queries of a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SchemaOrgError {
    /// A file cannot be read.
    #[error(transparent)]
    Profile(#[from] crate::profile::ProfileError),
    /// A query is not SPARQL.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A query gives no graph.
    #[error("{0} is no CONSTRUCT: what it gives is no graph")]
    Kind(String),
}

impl SchemaOrg {
    /// The queries of a profile.
    ///
    /// # Errors
    /// If one of them cannot be read, or gives no graph.
    pub fn new(profile: &Profile) -> Result<SchemaOrg, SchemaOrgError> {
        let mut queries = Vec::new();
        for (path, _) in profile.files(FOLDER, "rq") {
            let query = Query::parse(&profile.place(path), profile.text(path)?, PREFIXES)?;
            if !query.kind().is_graph() {
                return Err(SchemaOrgError::Kind(profile.place(path)));
            }
            queries.push(query);
        }
        Ok(SchemaOrg { queries })
    }

    /// What `view` says, in terms of schema.org: sorted, each triple once.
    ///
    /// # Errors
    /// If a query fails.
    pub fn graph(&self, view: impl IntoIterator<Item = Triple>) -> Result<Vec<Triple>, QueryError> {
        let dataset: Dataset = view.into_iter().map(|triple| triple.in_graph(GraphName::DefaultGraph)).collect();
        let mut triples = Vec::new();
        for query in &self.queries {
            triples.extend(query.graph_of(&dataset)?);
        }
        view::sort(&mut triples);
        Ok(triples)
    }
}

/// JSON-LD of what a graph in terms of schema.org says of one thing; what it points to is named by its IRI. None if it says
/// nothing.
pub fn json_of(subject: &str, graph: &[Triple]) -> Option<String> {
    let is_subject =
        |triple: &&Triple| matches!(&triple.subject, NamedOrBlankNode::NamedNode(node) if node.as_str() == subject);
    let mut values: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for triple in graph.iter().filter(is_subject) {
        let (key, value) = match &triple.object {
            Term::NamedNode(node) if triple.predicate == rdf::TYPE => ("@type".to_owned(), json!(local(node.as_str()))),
            Term::NamedNode(node) if ["sameAs", "url"].contains(&local(triple.predicate.as_str())) => {
                (local(triple.predicate.as_str()).to_owned(), json!(node.as_str()))
            }
            Term::NamedNode(node) => (local(triple.predicate.as_str()).to_owned(), named(node.as_str(), graph)),
            Term::Literal(literal) => (local(triple.predicate.as_str()).to_owned(), json!(literal.value())),
            Term::BlankNode(_) | Term::Triple(_) => continue,
        };
        values.entry(key).or_default().push(value);
    }
    if values.is_empty() {
        return None;
    }
    let mut object = Map::from_iter([
        ("@context".to_owned(), json!(schema::NAMESPACE.trim_end_matches('/'))),
        ("@id".to_owned(), json!(subject)),
    ]);
    object.extend(
        values.into_iter().map(|(key, mut all)| (key, if all.len() == 1 { all.remove(0) } else { json!(all) })),
    );
    Some(Value::Object(object).to_string())
}

/// A thing that another one points to: its IRI, and its type and name if they are known.
fn named(iri: &str, graph: &[Triple]) -> Value {
    let mut object = Map::from_iter([("@id".to_owned(), json!(iri))]);
    for triple in graph {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
        match &triple.object {
            Term::NamedNode(class) if subject.as_str() == iri && triple.predicate == rdf::TYPE => {
                object.insert("@type".to_owned(), json!(local(class.as_str())));
            }
            Term::Literal(name) if subject.as_str() == iri && local(triple.predicate.as_str()) == "name" => {
                object.insert("name".to_owned(), json!(name.value()));
            }
            _ => {}
        }
    }
    Value::Object(object)
}

fn local(iri: &str) -> &str {
    iri.strip_prefix(schema::NAMESPACE).unwrap_or(iri)
}
