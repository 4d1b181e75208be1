//! Where a match may begin: what the first token or mention of a pattern can be. Most tokens of a text begin nothing,
//! and the matcher need not set out from them.

use super::needs::Literals;
use super::program::Inst;
use super::traits::Check;
use super::types::TypeSet;
use super::words::Words;

/// What the first token or mention of a match is: one of these.
#[derive(Clone, Debug, Default)]
pub struct Starts {
    /// Words; a pattern may ask more of them.
    pub words: Words,
    /// Mentions of these types.
    pub types: TypeSet,
    /// Tokens that pass one of these tests.
    pub checks: Vec<Check>,
    /// Only at the beginning of the sentence.
    pub anchored: bool,
}

impl Starts {
    /// What matches of these instructions begin with.
    pub(super) fn of(insts: &[Inst]) -> Starts {
        let mut starts = Starts { anchored: true, ..Starts::default() };
        // For each instruction whether it was reached, behind the border of the sentence or not.
        let mut seen = vec![[false; 2]; insts.len()];
        let mut open = vec![(0, false)];
        while let Some((at, anchored)) = open.pop() {
            if std::mem::replace(&mut seen[at][usize::from(anchored)], true) {
                continue;
            }
            match &insts[at] {
                Inst::Split(first, second) => open.extend([(*first as usize, anchored), (*second as usize, anchored)]),
                Inst::Jump(target) => open.push((*target as usize, anchored)),
                Inst::Start => open.push((at + 1, true)),
                Inst::Save(_) | Inst::End | Inst::Border | Inst::Absent(_) => open.push((at + 1, anchored)),
                Inst::Token(check) => {
                    starts.token(check);
                    starts.anchored &= anchored;
                }
                Inst::Switch(table) => {
                    starts.words = starts.words.union(&table.words());
                    starts.anchored &= anchored;
                }
                Inst::Mention(types) => {
                    starts.types = starts.types.union(*types);
                    starts.anchored &= anchored;
                }
                // A pattern that nothing fulfils is refused; if there were one, it could begin anywhere.
                Inst::Match => {
                    starts.token(&Check::default());
                    starts.anchored = false;
                }
            }
        }
        starts
    }

    fn token(&mut self, check: &Check) {
        match &check.words {
            Some(words) => self.words = self.words.union(words),
            None if self.checks.contains(check) => {}
            None => self.checks.push(check.clone()),
        }
    }

    /// The words and types, if nothing else begins a match.
    pub(super) fn literals(&self, symbols: &super::Symbols) -> Option<Literals> {
        let types = Literals::of_types(self.types);
        let words = Literals::of_words(&self.words, symbols);
        match (self.words.is_empty(), self.types.is_empty()) {
            _ if !self.checks.is_empty() => None,
            (_, true) => Some(words),
            (true, false) => Some(types),
            (false, false) => Some(words.or(&types)),
        }
    }
}
