//! Things, values and relations as pages name them.

use std::{cell::RefCell, collections::BTreeMap};

use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use serde::Serialize;

use super::Site;
use crate::{
    ontology::ClassSet,
    store::StoreError,
    vocab::{rdf, rdfs, skos, urbi},
};

/// A thing by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Ref {
    /// Its IRI.
    pub iri: String,
    /// Its best name; without one, the end of the IRI.
    pub label: String,
    /// Local name of its most special class; empty if it has none.
    pub class: String,
}

/// The object of a statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A thing that the view knows.
    Thing(Ref),
    /// An address, or a link outward.
    Iri {
        /// The IRI.
        iri: String,
    },
    /// A date, number or text.
    Literal {
        /// Its lexical form.
        value: String,
        /// IRI of its datatype.
        datatype: String,
        /// Its language, if it has one.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<String>,
    },
}

impl Value {
    /// What a person reads.
    pub fn text(&self) -> &str {
        match self {
            Value::Thing(thing) => &thing.label,
            Value::Iri { iri } => iri,
            Value::Literal { value, .. } => value,
        }
    }
}

/// A relation by its names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RelationName {
    /// Its IRI.
    pub iri: String,
    /// Its local name: `heldIn`.
    pub name: String,
    /// As a sentence goes: `held in`.
    pub label: String,
    /// As a sentence goes from its object: `place of`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inverse: Option<String>,
}

/// A class by its names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ClassName {
    /// Its IRI.
    pub iri: String,
    /// Its local name: `City`.
    pub name: String,
    /// For people: `city`.
    pub label: String,
}

/// Names of things, read from the store once each.
pub struct Names<'a> {
    site: &'a Site,
    known: RefCell<BTreeMap<NamedNode, Option<Ref>>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(site: &'a Site) -> Names<'a> {
        Names { site, known: RefCell::default() }
    }

    /// A thing of the view; none if the view says nothing of this IRI.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn thing(&self, iri: &NamedNode) -> Result<Option<Ref>, StoreError> {
        if let Some(known) = self.known.borrow().get(iri) {
            return Ok(known.clone());
        }
        let about = self.site.store().about(iri)?;
        let mut label = None;
        let mut classes = Vec::new();
        for triple in &about {
            match (triple.predicate.as_ref(), &triple.object) {
                (rdf::TYPE, Term::NamedNode(class)) => classes.push(class.clone()),
                (rdfs::LABEL, Term::Literal(name)) => label = label.or_else(|| Some(name.value().to_owned())),
                _ => {}
            }
        }
        let thing = (!about.is_empty()).then(|| Ref {
            iri: iri.as_str().to_owned(),
            label: label.unwrap_or_else(|| last_part(iri.as_str()).to_owned()),
            class: self.special(&classes).map(|class| class.name).unwrap_or_default(),
        });
        self.known.borrow_mut().insert(iri.clone(), thing.clone());
        Ok(thing)
    }

    /// A thing that is known to be one, even if the view says nothing of it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn any(&self, iri: &NamedNode) -> Result<Ref, StoreError> {
        Ok(self.thing(iri)?.unwrap_or_else(|| Ref {
            iri: iri.as_str().to_owned(),
            label: last_part(iri.as_str()).to_owned(),
            class: String::new(),
        }))
    }

    /// A subject; blank nodes, which Urbi does not write, by their label.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn subject(&self, subject: &NamedOrBlankNode) -> Result<Ref, StoreError> {
        match subject {
            NamedOrBlankNode::NamedNode(node) => self.any(node),
            NamedOrBlankNode::BlankNode(node) => {
                Ok(Ref { iri: node.to_string(), label: node.to_string(), class: String::new() })
            }
        }
    }

    /// An object.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn value(&self, object: &Term) -> Result<Value, StoreError> {
        Ok(match object {
            Term::NamedNode(node) => match self.thing(node)? {
                Some(thing) => Value::Thing(thing),
                None => Value::Iri { iri: node.as_str().to_owned() },
            },
            Term::Literal(literal) => literal_value(literal),
            other => Value::Iri { iri: other.to_string() },
        })
    }

    /// A relation. One that the ontology does not know goes by the end of its IRI.
    pub fn relation(&self, predicate: NamedNodeRef<'_>) -> RelationName {
        let ontology = self.site.ontology();
        if let Some(relation) = ontology.relation_by_iri(predicate).map(|id| &ontology[id]) {
            return RelationName {
                iri: predicate.as_str().to_owned(),
                name: relation.name.clone(),
                label: relation.label.clone(),
                inverse: relation.inverse_label.clone(),
            };
        }
        let name = last_part(predicate.as_str()).to_owned();
        let label = match predicate {
            rdfs::LABEL => "name".to_owned(),
            skos::ALT_LABEL => "also called".to_owned(),
            rdf::TYPE => "is a".to_owned(),
            urbi::EARLIEST_START => "first day".to_owned(),
            urbi::LATEST_END => "last day".to_owned(),
            _ => words(&name),
        };
        RelationName { iri: predicate.as_str().to_owned(), name, label, inverse: None }
    }

    /// The classes of the ontology among these, the most special first.
    pub fn classes(&self, classes: &[NamedNode]) -> Vec<ClassName> {
        let ontology = self.site.ontology();
        let ids: Vec<_> = classes.iter().filter_map(|class| ontology.class_by_iri(class.as_ref())).collect();
        let depth = |set: ClassSet| set.iter().count();
        let mut ids: Vec<_> =
            ids.into_iter().map(|id| (std::cmp::Reverse(depth(ontology[id].ancestors)), id)).collect();
        ids.sort();
        ids.dedup();
        let name = |class: &crate::ontology::Class| ClassName {
            iri: class.iri.as_str().to_owned(),
            name: class.name.clone(),
            label: class.label.clone(),
        };
        ids.into_iter().map(|(_, id)| name(&ontology[id])).collect()
    }

    fn special(&self, classes: &[NamedNode]) -> Option<ClassName> {
        self.classes(classes).into_iter().next()
    }
}

fn literal_value(literal: &Literal) -> Value {
    Value::Literal {
        value: literal.value().to_owned(),
        datatype: literal.datatype().as_str().to_owned(),
        language: literal.language().map(str::to_owned),
    }
}

/// What follows the last `/` or `#`.
pub(super) fn last_part(iri: &str) -> &str {
    let end = iri.rsplit(['/', '#']).next().unwrap_or(iri);
    if end.is_empty() { iri } else { end }
}

/// `someName` as `some name`.
fn words(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}
