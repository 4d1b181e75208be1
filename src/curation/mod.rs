//! What curators decide, as data: facts that are right, wrong or other than stated, and keys that are one entity or not.
//!
//! A [`Decision`] names keys and triples, never a run of the program, so that it holds whatever documents and rules do
//! later. It is named by a hash of all that it says: the decisions of two people merge by set union. None is ever taken
//! out; a later one undoes it. In a store they are quads of the graph `urbi:curation` ([`Decision::quads`]); between people
//! they travel as a Turtle file made for version control ([`mod@file`]).
//!
//! Not in here: what follows from decisions for the graph (that is the `view`), and the clock: the time of a decision is
//! given by whoever decides.

pub mod file;
mod ledger;
mod quads;

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};
use sha2::{Digest, Sha256};

pub use ledger::{Ledger, Recorded};
pub use quads::Flaw;

use crate::{fact::quads::line, vocab::Base};

/// What a curator decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Who.
    pub author: String,
    /// When. Of two decisions on the same matter the later one holds; of two at the same time, the one with the greater IRI.
    pub time: Timestamp,
    /// Why, if a reason was given.
    pub reason: Option<String>,
    /// What.
    pub action: Action,
}

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The fact is true: it stands whatever contradicts it, and however unsure its evidence is.
    Accept(Fact),
    /// The fact is not true: it does not stand, however often it is stated.
    Reject(Fact),
    /// The fact is not true, and another value is.
    Correct {
        /// What is stated.
        fact: Fact,
        /// The value that is true.
        value: Term,
        /// What the value is, if no evidence speaks of it.
        naming: Option<Naming>,
    },
    /// The keys are one entity. At least two, sorted.
    Merge(Vec<NamedNode>),
    /// No key of one side is the same entity as a key of the other. Each side sorted, at least one.
    Split {
        /// One side.
        apart: Vec<NamedNode>,
        /// The other.
        from: Vec<NamedNode>,
    },
    /// The entity is called so.
    Rename {
        /// One of its keys.
        key: NamedNode,
        /// The label.
        label: Literal,
    },
    /// The earlier decision with this IRI holds no more.
    Undo(NamedNode),
}

/// A fact as a curator sees it: subject and object may be any key of the entities meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// A key of the entity that is spoken of.
    pub subject: NamedNode,
    /// The property.
    pub predicate: NamedNode,
    /// A key of an entity, another IRI, or a literal.
    pub object: Term,
}

/// What an entity is and is called that a curator brings in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// Its class.
    pub class: NamedNode,
    /// Its label.
    pub label: Literal,
}

impl Decision {
    /// Its name: `{base}decision/{first 32 hexadecimal digits of a SHA-256 over all that it says}`.
    pub fn iri(&self, base: &Base) -> NamedNode {
        let mut text = String::with_capacity(512);
        for (predicate, object) in quads::properties(self) {
            text.push_str(&format!("<{}> {object}\n", predicate.as_str()));
        }
        base.decision(&hex(text.as_bytes(), 32))
    }

    /// Every key that it speaks of; also IRIs that are no keys, such as a web address. Not the decision that it undoes.
    pub fn keys(&self) -> Vec<&NamedNode> {
        fn node(term: &Term) -> Option<&NamedNode> {
            if let Term::NamedNode(node) = term { Some(node) } else { None }
        }
        match &self.action {
            Action::Accept(fact) | Action::Reject(fact) => {
                [Some(&fact.subject), node(&fact.object)].into_iter().flatten().collect()
            }
            Action::Correct { fact, value, .. } => {
                [Some(&fact.subject), node(&fact.object), node(value)].into_iter().flatten().collect()
            }
            Action::Merge(keys) => keys.iter().collect(),
            Action::Split { apart, from } => apart.iter().chain(from).collect(),
            Action::Rename { key, .. } => vec![key],
            Action::Undo(_) => Vec::new(),
        }
    }
}

impl Action {
    /// The words for what can be decided: those of the commands.
    pub const NAMES: [&'static str; 7] = ["accept", "reject", "correct", "merge", "split", "rename", "undo"];

    /// Its word.
    pub fn name(&self) -> &'static str {
        match self {
            Action::Accept(_) => "accept",
            Action::Reject(_) => "reject",
            Action::Correct { .. } => "correct",
            Action::Merge(_) => "merge",
            Action::Split { .. } => "split",
            Action::Rename { .. } => "rename",
            Action::Undo(_) => "undo",
        }
    }
}

/// The short name of a fact, by which people point at it: the first digits of a hash of the triple as the view makes it.
///
/// It is good for as long as the entities keep their IRIs; a decision never holds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactId(String);

impl FactId {
    /// Digits that are shown.
    pub const DIGITS: usize = 8;
    /// The fewest digits that a person may give.
    const LEAST: usize = 4;

    /// The short name of a triple whose subject and object are the IRIs that stand in the view.
    pub fn of(triple: &Triple) -> FactId {
        FactId(hex(line(triple).as_bytes(), Self::DIGITS))
    }

    /// Whether `text`, lower-case hexadecimal, is how this name begins.
    pub fn begins_with(&self, text: &str) -> bool {
        self.0.starts_with(text)
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Something is not the short name of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the short name of a fact has {} to {} hexadecimal digits", FactId::LEAST, FactId::DIGITS)]
pub struct NoFactId;

impl FromStr for FactId {
    type Err = NoFactId;

    /// Reads four to eight hexadecimal digits; fewer than eight are how a name begins.
    fn from_str(text: &str) -> Result<FactId, NoFactId> {
        let text = text.to_ascii_lowercase();
        let fits = (Self::LEAST..=Self::DIGITS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then_some(FactId(text)).ok_or(NoFactId)
    }
}

impl Fact {
    /// The same as a triple.
    pub fn triple(&self) -> Triple {
        Triple::new(self.subject.clone(), self.predicate.clone(), self.object.clone())
    }
}

/// Whether a curator may decide on facts with this property. Which keys are one entity is decided by merging and
/// splitting, and what the view works out by itself cannot be decided at all.
pub fn is_decidable(predicate: NamedNodeRef<'_>) -> bool {
    use crate::vocab::urbi;
    ![urbi::SAME_ENTITY, urbi::ALIAS, urbi::EARLIEST_START, urbi::LATEST_END].contains(&predicate)
}

fn hex(bytes: &[u8], digits: usize) -> String {
    let mut text: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    text.truncate(digits);
    text
}

#[cfg(test)]
mod tests;
