//! What curators decided about the values of an entity: the last word on each of them.

use std::collections::BTreeMap;

use oxrdf::{Literal, NamedNode, NamedNodeRef, Term};

use super::{entity::Entity, statements::Statements};
use crate::{
    curation::{Action, Decision, Naming},
    vocab::{rdfs, skos},
};

/// The last word on one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The value, as the view names it.
    pub value: Term,
    /// Whether it stands; if not, it does not, whatever is stated.
    pub stands: bool,
    /// The later the decision, the greater: among values that stand and exclude each other, the greatest wins.
    pub order: usize,
    /// True if the decision itself says what the value is.
    pub is_named: bool,
}

/// All that was decided about an entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rulings {
    /// By property and by value (as in N-Triples).
    values: BTreeMap<NamedNode, BTreeMap<String, Ruling>>,
}

impl Rulings {
    /// Reads what was decided about `entity`. `canonical` gives the IRI that stands for a value.
    ///
    /// # Errors
    /// If the decisions cannot be read.
    pub fn of<S: Statements>(
        statements: &S,
        entity: &Entity,
        canonical: &mut dyn FnMut(&NamedNode) -> Result<NamedNode, S::Error>,
    ) -> Result<Rulings, S::Error> {
        let mut decided = BTreeMap::new();
        for key in &entity.keys {
            for entry in statements.decisions(key)? {
                if subject(&entry.decision) == Some(key) {
                    decided.insert((entry.decision.time, entry.iri.clone()), entry);
                }
            }
        }
        let mut rulings = Rulings::default();
        let mut named = |value: &Term| -> Result<Term, S::Error> {
            Ok(match value {
                Term::NamedNode(node) => Term::from(canonical(node)?),
                other => other.clone(),
            })
        };
        for (order, entry) in decided.values().enumerate() {
            let mut rule = |predicate: &NamedNode, value: Term, stands: bool, is_named: bool| {
                let of_predicate = rulings.values.entry(predicate.clone()).or_default();
                of_predicate.insert(value.to_string(), Ruling { value, stands, order, is_named });
            };
            match &entry.decision.action {
                Action::Accept(fact) => rule(&fact.predicate, named(&fact.object)?, true, false),
                Action::Reject(fact) => rule(&fact.predicate, named(&fact.object)?, false, false),
                Action::Correct { fact, value, naming } => {
                    rule(&fact.predicate, named(&fact.object)?, false, false);
                    rule(&fact.predicate, named(value)?, true, naming.is_some());
                }
                Action::Rename { label, .. } => rule(&rdfs::LABEL.into_owned(), label.clone().into(), true, false),
                Action::Merge(_) | Action::Split { .. } | Action::Undo(_) => {}
            }
        }
        Ok(rulings)
    }

    /// What was decided on the values of a property, in a fixed order.
    pub fn on(&self, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = &Ruling> {
        self.values.get(&predicate.into_owned()).into_iter().flat_map(BTreeMap::values)
    }

    /// What was decided on one value.
    pub fn on_value(&self, predicate: NamedNodeRef<'_>, value: &Term) -> Option<&Ruling> {
        self.values.get(&predicate.into_owned())?.get(&value.to_string())
    }

    /// How the entity is called, if that was decided: the label that was accepted last, and not rejected since.
    pub fn label(&self) -> Option<&Literal> {
        let standing = self.on(rdfs::LABEL).filter(|ruling| ruling.stands && !self.is_rejected(ruling));
        match &standing.max_by_key(|ruling| ruling.order)?.value {
            Term::Literal(label) => Some(label),
            _ => None,
        }
    }

    /// Whether a name was rejected later as another name.
    fn is_rejected(&self, label: &Ruling) -> bool {
        let other = self.on_value(skos::ALT_LABEL, &label.value);
        other.is_some_and(|other| !other.stands && other.order > label.order)
    }

    /// The properties on whose values anything was decided.
    pub fn predicates(&self) -> impl Iterator<Item = &NamedNode> {
        self.values.keys()
    }
}

/// The key of the entity whose values a decision is about.
fn subject(decision: &Decision) -> Option<&NamedNode> {
    match &decision.action {
        Action::Accept(fact) | Action::Reject(fact) | Action::Correct { fact, .. } => Some(&fact.subject),
        Action::Rename { key, .. } => Some(key),
        Action::Merge(_) | Action::Split { .. } | Action::Undo(_) => None,
    }
}

/// What the last decision that brings `entity` in as a value says that it is.
///
/// # Errors
/// If the decisions cannot be read.
pub fn naming<S: Statements>(statements: &S, entity: &Entity) -> Result<Option<Naming>, S::Error> {
    let mut named = BTreeMap::new();
    for key in &entity.keys {
        for entry in statements.decisions(key)? {
            if let Action::Correct { value, naming: Some(naming), .. } = &entry.decision.action
                && *value == Term::from(key.clone())
            {
                named.insert((entry.decision.time, entry.iri.clone()), naming.clone());
            }
        }
    }
    Ok(named.into_values().next_back())
}
