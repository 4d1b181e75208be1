//! Sets of words, asked at nearly every token of every text.

use std::fmt;
use std::sync::Arc;

use super::program::Symbol;

/// A set of words that rules name. Cloning is cheap: patterns repeat their parts, and the copies share the set.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Words(Arc<Set>);

#[derive(Debug, Default, PartialEq, Eq)]
struct Set {
    /// In order.
    list: Vec<Symbol>,
    /// One bit for each symbol up to the last of the list.
    bits: Vec<u64>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.0.list).finish()
    }
}

impl Words {
    /// The set of these words.
    pub(super) fn new(mut list: Vec<Symbol>) -> Words {
        list.sort_unstable();
        list.dedup();
        let mut bits = vec![0; list.last().map_or(0, |last| last.0 as usize / 64 + 1)];
        list.iter().for_each(|word| bits[word.0 as usize / 64] |= 1 << (word.0 % 64));
        Words(Arc::new(Set { list, bits }))
    }

    /// Whether the word is one of them.
    #[inline]
    pub fn contains(&self, word: Symbol) -> bool {
        self.0.bits.get(word.0 as usize / 64).is_some_and(|bits| bits >> (word.0 % 64) & 1 == 1)
    }

    /// The words, in order.
    pub fn as_slice(&self) -> &[Symbol] {
        &self.0.list
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.list.is_empty()
    }

    /// The words of both.
    pub(super) fn union(&self, other: &Words) -> Words {
        match (self.is_empty(), other.is_empty()) {
            (true, _) => other.clone(),
            (_, true) => self.clone(),
            _ => Words::new([self.as_slice(), other.as_slice()].concat()),
        }
    }

    /// The words that are in both.
    pub(super) fn intersection(&self, other: &Words) -> Words {
        Words::new(self.as_slice().iter().copied().filter(|word| other.contains(*word)).collect())
    }
}
