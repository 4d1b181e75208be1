//! What people type for entities, relations and facts, and how they are called in messages.

use std::collections::BTreeMap;

use anyhow::anyhow;
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use urbi::graph::Graph;
use urbi::ontology::Ontology;
use urbi::query::{Shortener, nearest, sanitized};
use urbi::vocab::{Base, PREFIXES};

use super::open;
use super::outcome::wrong_use;

/// An entity by name, prefixed name or IRI; also a key that does not stand in the view.
pub fn entity(name: &str, graph: &Graph, base: &Base) -> anyhow::Result<NamedNode> {
    match graph.find(name, base) {
        Ok(index) => Ok(NamedNode::new(&graph.entity(index).iri)?),
        Err(not_found) => {
            let bare = name.strip_prefix('<').and_then(|name| name.strip_suffix('>')).unwrap_or(name);
            let below_base = format!("{}{bare}", base.as_str());
            let key = [bare, &below_base]
                .into_iter()
                .find(|iri| base.kind_and_key(iri).is_some_and(|(_, key)| !key.is_empty()));
            match key.map(NamedNode::new) {
                Some(Ok(node)) => Ok(node),
                _ => Err(wrong_use(not_found.into())),
            }
        }
    }
}

/// A relation by its name (`heldIn`), or any property as a prefixed name or IRI.
pub fn property(name: &str, ontology: &Ontology) -> anyhow::Result<NamedNode> {
    if let Some(id) = ontology.relation(name) {
        return Ok(ontology[id].iri.clone());
    }
    let by_label = ontology.relations().find(|(_, relation)| relation.label.eq_ignore_ascii_case(name));
    if let Some((_, relation)) = by_label {
        return Ok(relation.iri.clone());
    }
    if let Some((prefix, local)) = name.split_once(':') {
        if let Some((_, iri)) = PREFIXES.iter().find(|(known, _)| *known == prefix) {
            return Ok(NamedNode::new(format!("{iri}{local}"))?);
        }
        if let Ok(node) = NamedNode::new(name.trim_start_matches('<').trim_end_matches('>')) {
            return Ok(node);
        }
    }
    let names = ontology.relations().map(|(_, relation)| relation.name.as_str());
    let hint = nearest(name, names).map(|name| format!("; did you mean {name}?")).unwrap_or_default();
    Err(wrong_use(anyhow!("there is no relation {name:?}{hint}")))
}

/// Names instead of IRIs, for messages.
pub struct Names {
    labels: BTreeMap<String, String>,
    short: Shortener,
}

impl Names {
    /// The names that entities have in a graph.
    pub fn new(graph: &Graph, base: &Base) -> Names {
        let labels = graph.entities().map(|(_, entity)| (entity.iri.clone(), sanitized(entity.label())));
        Names { labels: labels.collect(), short: open::shortener(base) }
    }

    /// An entity by its name, anything else by its value.
    pub fn term(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => self.node(node.as_ref()),
            other => self.short.term(other),
        }
    }

    /// An entity by its name, any other IRI by its short form.
    pub fn node(&self, node: NamedNodeRef<'_>) -> String {
        self.labels.get(node.as_str()).cloned().unwrap_or_else(|| self.short.iri(node.as_str()))
    }

    /// A key by its short IRI, with the name if it has one.
    pub fn key(&self, node: NamedNodeRef<'_>) -> String {
        let short = self.short.iri(node.as_str());
        match self.labels.get(node.as_str()) {
            Some(label) => format!("{label} <{short}>"),
            None => short,
        }
    }

    /// A relation by its local name, any other property by its short form.
    pub fn relation(&self, predicate: NamedNodeRef<'_>) -> String {
        let short = self.short.iri(predicate.as_str());
        short.strip_prefix("urbi:").map_or(short.clone(), str::to_owned)
    }

    /// A fact: `ICLC 5  heldIn  Yeonsu`.
    pub fn fact(&self, subject: NamedNodeRef<'_>, predicate: NamedNodeRef<'_>, object: &Term) -> String {
        format!("{}  {}  {}", self.node(subject), self.relation(predicate), self.term(object))
    }

    /// The same of a triple.
    pub fn triple(&self, triple: &Triple) -> String {
        match &triple.subject {
            NamedOrBlankNode::NamedNode(subject) => {
                self.fact(subject.as_ref(), triple.predicate.as_ref(), &triple.object)
            }
            NamedOrBlankNode::BlankNode(_) => triple.to_string(),
        }
    }
}
