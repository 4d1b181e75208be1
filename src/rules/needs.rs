//! What a sentence must hold for a pattern to match in it at all: the literal prefilter.
//!
//! A pattern is a condition on neighbours; these are conditions on the sentence as a whole, which are quick to look up:
//! one of these words or of these types must be there, and one of those. They ask for less than the pattern does, so
//! that nothing is missed.

use super::lead::Width;
use super::program::{Symbol, Symbols};
use super::types::TypeSet;
use super::words::Words;

/// How many conditions a pattern keeps: the rarest.
const MOST: usize = 3;

/// Words and types, one of which must be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Literals {
    /// The words.
    pub words: Words,
    /// The types of mentions.
    pub types: TypeSet,
    /// The most that can stand between the beginning of a match and them.
    pub(super) before: Width,
    /// How often the words of a text are expected to be among them; only comparison means anything.
    cost: u32,
}

impl Literals {
    /// One of these words.
    pub(super) fn of_words(words: &Words, symbols: &Symbols) -> Literals {
        let cost = words.as_slice().iter().map(|word| symbols.cost(*word)).sum();
        Literals { words: words.clone(), types: TypeSet::EMPTY, before: Width::default(), cost }
    }

    /// A mention of one of these types. Rarer than "the", and commoner than any other word.
    pub(super) fn of_types(types: TypeSet) -> Literals {
        Literals { words: Words::default(), types, before: Width::default(), cost: 20 }
    }

    /// What either asks for.
    pub(super) fn or(&self, other: &Literals) -> Literals {
        Literals {
            words: self.words.union(&other.words),
            types: self.types.union(other.types),
            before: self.before.max(other.before),
            cost: self.cost + other.cost,
        }
    }

    /// Whether a sentence with these words and types of mentions has one of them.
    pub fn meet(&self, words: &[Symbol], types: TypeSet) -> bool {
        self.types.meets(types) || words.iter().any(|word| self.words.contains(*word))
    }

    /// Whether these are rarer than others.
    pub(super) fn rarer(&self, other: &Literals) -> bool {
        self.cost < other.cost
    }
}

/// Conditions that all must be met, the rarest first; without any, everything may match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs(Vec<Literals>);

impl Needs {
    /// No condition.
    pub const NONE: Needs = Needs(Vec::new());

    /// One condition.
    pub(super) fn one(literals: Literals) -> Needs {
        Needs(vec![literals])
    }

    /// The same behind something that is at most so wide.
    pub(super) fn behind(mut self, width: Width) -> Needs {
        self.0.iter_mut().for_each(|literals| literals.before = width.then(literals.before));
        self
    }

    /// Where both patterns must match.
    pub(super) fn and(mut self, other: Needs) -> Needs {
        self.0.extend(other.0);
        self.0.sort_by_key(|literals| literals.cost);
        // Of what stands twice in a pattern, the first place counts.
        self.0.dedup_by(|a, b| a.words == b.words && a.types == b.types);
        self.0.truncate(MOST);
        self
    }

    /// Where one of the patterns must match.
    pub(super) fn or(self, other: &Needs) -> Needs {
        Needs(self.0.iter().zip(&other.0).map(|(a, b)| a.or(b)).collect())
    }

    /// Whether a sentence with these words and types of mentions meets all conditions.
    pub fn met(&self, words: &[Symbol], types: TypeSet) -> bool {
        self.0.iter().all(|literals| literals.meet(words, types))
    }

    /// The conditions, the rarest first.
    pub fn conditions(&self) -> &[Literals] {
        &self.0
    }

    /// The rarest condition.
    pub(super) fn rarest(&self) -> Option<&Literals> {
        self.0.first()
    }
}
