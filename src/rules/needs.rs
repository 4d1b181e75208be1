//! What a sentence must hold for a pattern to match in it at all: the literal prefilter.
//!
//! A pattern is a condition on neighbours; these are conditions on the sentence as a whole, which are quick to look up:
//! one of these words or of these types must be there, and one of those. They ask for less than the pattern does, so
//! that nothing is missed.

use super::program::{Symbol, Symbols};
use super::types::TypeSet;

/// How many conditions a pattern keeps: the rarest.
const MOST: usize = 3;

/// Words and types, one of which must be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Literals {
    /// The words, sorted.
    pub words: Vec<Symbol>,
    /// The types of mentions.
    pub types: TypeSet,
    /// How often the words of a text are expected to be among them; only comparison means anything.
    cost: u32,
}

impl Literals {
    /// One of these words.
    pub(super) fn of_words(words: Vec<Symbol>, symbols: &Symbols) -> Literals {
        let cost = words.iter().map(|word| symbols.cost(*word)).sum();
        Literals { words, types: TypeSet::EMPTY, cost }
    }

    /// A mention of one of these types. Rarer than "the", and commoner than any other word.
    pub(super) fn of_types(types: TypeSet) -> Literals {
        Literals { words: Vec::new(), types, cost: 20 }
    }

    /// What either asks for.
    pub(super) fn or(&self, other: &Literals) -> Literals {
        let mut words = [self.words.as_slice(), &other.words].concat();
        words.sort_unstable();
        words.dedup();
        Literals { words, types: self.types.union(other.types), cost: self.cost + other.cost }
    }

    /// Whether a sentence with these words (sorted) and types of mentions has one of them.
    pub fn meet(&self, words: &[Symbol], types: TypeSet) -> bool {
        let (few, many) =
            if self.words.len() < words.len() { (&self.words[..], words) } else { (words, &self.words[..]) };
        self.types.meets(types) || few.iter().any(|w| many.binary_search(w).is_ok())
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

    /// Where both patterns must match.
    pub(super) fn and(mut self, other: Needs) -> Needs {
        self.0.extend(other.0);
        self.0.sort_by_key(|literals| literals.cost);
        self.0.dedup();
        self.0.truncate(MOST);
        self
    }

    /// Where one of the patterns must match.
    pub(super) fn or(self, other: &Needs) -> Needs {
        Needs(self.0.iter().zip(&other.0).map(|(a, b)| a.or(b)).collect())
    }

    /// Whether a sentence with these words (sorted) and types of mentions meets all conditions.
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
