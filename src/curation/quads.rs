//! Decisions as quads of the graph `urbi:curation`, and the way back.

use std::collections::BTreeMap;

use jiff::Timestamp;
use oxrdf::{Literal, NamedNode, NamedNodeRef, Quad, Term, TermRef};

use super::{Action, Decision, Fact, Naming, is_decidable};
use crate::vocab::{Base, rdf, urbi, xsd};

/// Why statements make no decision.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Something is missing.
    #[error("it has no {}", short(.0))]
    Missing(&'static str),
    /// There is more than one value where there can be one.
    #[error("it has more than one {}", short(.0))]
    Several(String),
    /// A property that such a decision does not have.
    #[error("{} has no place in it", short(.0))]
    Foreign(String),
    /// A value that is none.
    #[error("{value} is no {wanted} (in {})", short(property))]
    Value {
        /// The property.
        property: &'static str,
        /// Its value.
        value: String,
        /// What is wanted.
        wanted: &'static str,
    },
    /// Which keys are one entity is decided by merging and splitting; other properties are worked out.
    #[error("nothing can be decided on {} by accepting, rejecting or correcting", short(.0))]
    Undecidable(String),
    /// A merge of fewer than two keys, a split with a key on both sides, a correction that changes nothing.
    #[error("{0}")]
    Senseless(&'static str),
}

fn short(iri: &str) -> String {
    iri.strip_prefix(urbi::NAMESPACE).map_or_else(|| format!("<{iri}>"), |local| format!("urbi:{local}"))
}

/// What a decision says of itself, sorted by property and then by value.
pub(super) fn properties(decision: &Decision) -> Vec<(NamedNodeRef<'static>, Term)> {
    let text = |text: &str| Term::from(Literal::from(text));
    let mut all: Vec<(NamedNodeRef<'static>, Term)> = vec![
        (rdf::TYPE, urbi::DECISION.into_owned().into()),
        (urbi::ACTION, text(decision.action.name())),
        (urbi::DECIDED_BY, text(&decision.author)),
        (urbi::DECIDED_AT, Literal::new_typed_literal(decision.time.to_string(), xsd::DATE_TIME).into()),
    ];
    all.extend(decision.reason.as_deref().map(|reason| (urbi::REASON, text(reason))));
    let mut keys =
        |property, keys: &[NamedNode]| all.extend(keys.iter().map(|key| (property, Term::from(key.clone()))));
    match &decision.action {
        Action::Accept(fact) | Action::Reject(fact) => of_fact(fact, &mut all),
        Action::Correct { fact, value, naming } => {
            of_fact(fact, &mut all);
            all.push((urbi::NEW_VALUE, value.clone()));
            if let Some(Naming { class, label }) = naming {
                all.push((urbi::NEW_CLASS, class.clone().into()));
                all.push((urbi::NEW_LABEL, label.clone().into()));
            }
        }
        Action::Merge(joined) => keys(urbi::JOINS, joined),
        Action::Split { apart, from } => {
            keys(urbi::SEPARATES, apart);
            keys(urbi::SEPARATES_FROM, from);
        }
        Action::Rename { key, label } => {
            all.push((urbi::ON_SUBJECT, key.clone().into()));
            all.push((urbi::NEW_LABEL, label.clone().into()));
        }
        Action::Undo(undone) => all.push((urbi::UNDOES, undone.clone().into())),
    }
    all.sort_by_cached_key(|(property, value)| (property.as_str(), value.to_string()));
    all
}

fn of_fact(fact: &Fact, out: &mut Vec<(NamedNodeRef<'static>, Term)>) {
    out.push((urbi::ON_SUBJECT, fact.subject.clone().into()));
    out.push((urbi::ON_PREDICATE, fact.predicate.clone().into()));
    out.push((urbi::ON_OBJECT, fact.object.clone()));
}

impl Decision {
    /// The decision as quads of the graph `urbi:curation`, in a fixed order.
    pub fn quads(&self, base: &Base) -> Vec<Quad> {
        let iri = self.iri(base);
        let quad = |(property, value)| Quad::new(iri.clone(), property, value, urbi::CURATION_GRAPH);
        properties(self).into_iter().map(quad).collect()
    }

    /// Reads what is said of a decision; the order does not matter.
    ///
    /// # Errors
    /// If that is no whole decision, or not one that makes sense.
    pub fn read<'a>(properties: impl IntoIterator<Item = (NamedNodeRef<'a>, TermRef<'a>)>) -> Result<Decision, Flaw> {
        let mut parts = Parts::default();
        for (property, value) in properties {
            if property != rdf::TYPE {
                parts.0.entry(property.as_str().to_owned()).or_default().push(value.into_owned());
            }
        }
        let author = parts.text(urbi::DECIDED_BY)?.ok_or(Flaw::Missing(urbi::DECIDED_BY.as_str()))?;
        let time = parts.text(urbi::DECIDED_AT)?.ok_or(Flaw::Missing(urbi::DECIDED_AT.as_str()))?;
        let wrong = |property: NamedNodeRef<'static>, value: &str, wanted| Flaw::Value {
            property: property.as_str(),
            value: format!("{value:?}"),
            wanted,
        };
        let time: Timestamp =
            time.parse().map_err(|_| wrong(urbi::DECIDED_AT, &time, "time such as 2026-11-25T09:30:00Z"))?;
        if author.trim().is_empty() {
            return Err(wrong(urbi::DECIDED_BY, &author, "name"));
        }
        let reason = parts.text(urbi::REASON)?;
        let action = parts.text(urbi::ACTION)?.ok_or(Flaw::Missing(urbi::ACTION.as_str()))?;
        let action = parts.action(&action)?;
        if let Some(property) = parts.0.into_keys().next() {
            return Err(Flaw::Foreign(property));
        }
        Ok(Decision { author, time, reason, action })
    }
}

/// What is said, by property; what has been read is gone.
#[derive(Default)]
struct Parts(BTreeMap<String, Vec<Term>>);

impl Parts {
    fn one(&mut self, property: NamedNodeRef<'static>) -> Result<Option<Term>, Flaw> {
        let mut values = self.0.remove(property.as_str()).unwrap_or_default();
        match values.len() {
            0 | 1 => Ok(values.pop()),
            _ => Err(Flaw::Several(property.as_str().to_owned())),
        }
    }

    fn needed(&mut self, property: NamedNodeRef<'static>) -> Result<Term, Flaw> {
        self.one(property)?.ok_or(Flaw::Missing(property.as_str()))
    }

    fn literal(&mut self, property: NamedNodeRef<'static>) -> Result<Option<Literal>, Flaw> {
        match self.one(property)? {
            None => Ok(None),
            Some(Term::Literal(literal)) => Ok(Some(literal)),
            Some(other) => Err(Flaw::Value { property: property.as_str(), value: other.to_string(), wanted: "text" }),
        }
    }

    fn text(&mut self, property: NamedNodeRef<'static>) -> Result<Option<String>, Flaw> {
        Ok(self.literal(property)?.map(|literal| literal.value().to_owned()))
    }

    fn node(&mut self, property: NamedNodeRef<'static>) -> Result<NamedNode, Flaw> {
        iri(property, self.needed(property)?)
    }

    fn label(&mut self, property: NamedNodeRef<'static>) -> Result<Literal, Flaw> {
        let label = self.literal(property)?.ok_or(Flaw::Missing(property.as_str()))?;
        if label.value().trim().is_empty() {
            return Err(Flaw::Value { property: property.as_str(), value: label.to_string(), wanted: "label" });
        }
        Ok(label)
    }

    /// The keys that a property gives: at least one, sorted, each once.
    fn keys(&mut self, property: NamedNodeRef<'static>) -> Result<Vec<NamedNode>, Flaw> {
        let values = self.0.remove(property.as_str()).unwrap_or_default();
        let mut keys = values.into_iter().map(|value| iri(property, value)).collect::<Result<Vec<_>, _>>()?;
        keys.sort();
        keys.dedup();
        if keys.is_empty() { Err(Flaw::Missing(property.as_str())) } else { Ok(keys) }
    }

    fn fact(&mut self) -> Result<Fact, Flaw> {
        let subject = self.node(urbi::ON_SUBJECT)?;
        let predicate = self.node(urbi::ON_PREDICATE)?;
        if !is_decidable(predicate.as_ref()) {
            return Err(Flaw::Undecidable(predicate.into_string()));
        }
        Ok(Fact { subject, predicate, object: value(urbi::ON_OBJECT, self.needed(urbi::ON_OBJECT)?)? })
    }

    fn action(&mut self, name: &str) -> Result<Action, Flaw> {
        match name {
            "accept" => Ok(Action::Accept(self.fact()?)),
            "reject" => Ok(Action::Reject(self.fact()?)),
            "correct" => {
                let fact = self.fact()?;
                let value = value(urbi::NEW_VALUE, self.needed(urbi::NEW_VALUE)?)?;
                if value == fact.object {
                    return Err(Flaw::Senseless("the new value is the old one"));
                }
                let named = [urbi::NEW_CLASS, urbi::NEW_LABEL].iter().any(|p| self.0.contains_key(p.as_str()));
                let naming = if named {
                    Some(Naming { class: self.node(urbi::NEW_CLASS)?, label: self.label(urbi::NEW_LABEL)? })
                } else {
                    None
                };
                Ok(Action::Correct { fact, value, naming })
            }
            "merge" => match self.keys(urbi::JOINS)? {
                keys if keys.len() < 2 => Err(Flaw::Senseless("a merge needs two different keys at least")),
                keys => Ok(Action::Merge(keys)),
            },
            "split" => {
                let (apart, from) = (self.keys(urbi::SEPARATES)?, self.keys(urbi::SEPARATES_FROM)?);
                if apart.iter().any(|key| from.contains(key)) {
                    return Err(Flaw::Senseless("a key stands on both sides of a split"));
                }
                Ok(Action::Split { apart, from })
            }
            "rename" => Ok(Action::Rename { key: self.node(urbi::ON_SUBJECT)?, label: self.label(urbi::NEW_LABEL)? }),
            "undo" => Ok(Action::Undo(self.node(urbi::UNDOES)?)),
            other => Err(Flaw::Value {
                property: urbi::ACTION.as_str(),
                value: format!("{other:?}"),
                wanted: "action (accept, reject, correct, merge, split, rename, undo)",
            }),
        }
    }
}

fn iri(property: NamedNodeRef<'static>, term: Term) -> Result<NamedNode, Flaw> {
    match term {
        Term::NamedNode(node) => Ok(node),
        other => Err(Flaw::Value { property: property.as_str(), value: other.to_string(), wanted: "IRI" }),
    }
}

/// A value of a fact: no blank node, which would name nothing outside its file.
fn value(property: NamedNodeRef<'static>, term: Term) -> Result<Term, Flaw> {
    match term {
        Term::NamedNode(_) | Term::Literal(_) => Ok(term),
        other => Err(Flaw::Value { property: property.as_str(), value: other.to_string(), wanted: "IRI or literal" }),
    }
}
