//! Where a match goes on for each of some words.

use std::collections::BTreeMap;
use std::fmt;

use super::program::Symbol;
use super::words::Words;

/// Words, and for each the instruction at which a match goes on.
#[derive(Clone, Default)]
pub struct Switch(Box<[(Symbol, u32)]>);

impl Switch {
    /// The switch of these words, each given once.
    pub(super) fn new(mut table: Vec<(Symbol, u32)>) -> Switch {
        table.sort_unstable();
        Switch(table.into())
    }

    /// The instruction behind a word.
    #[inline]
    pub fn get(&self, word: Symbol) -> Option<u32> {
        self.0.binary_search_by_key(&word, |(known, _)| *known).ok().map(|found| self.0[found].1)
    }

    /// The same for a copy of its pattern that stands so much further back.
    pub(super) fn moved(&self, by: u32) -> Switch {
        Switch(self.0.iter().map(|(word, target)| (*word, target + by)).collect())
    }

    /// The words.
    pub(super) fn words(&self) -> Words {
        Words::new(self.0.iter().map(|(word, _)| *word).collect())
    }

    /// The instructions, each once.
    pub(super) fn targets(&self) -> Vec<u32> {
        let mut targets: Vec<u32> = self.0.iter().map(|(_, target)| *target).collect();
        targets.sort_unstable();
        targets.dedup();
        targets
    }
}

/// By instruction, which does not depend on the numbers of the words.
impl fmt::Debug for Switch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut behind: BTreeMap<u32, Vec<Symbol>> = BTreeMap::new();
        self.0.iter().for_each(|(word, target)| behind.entry(*target).or_default().push(*word));
        f.debug_map().entries(behind).finish()
    }
}
