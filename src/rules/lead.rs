//! How far behind its beginning a match must hold one of some words or types.
//!
//! `[is=capitalised]{1,7} (congress | forum)` may begin at any capitalised word; it need be tried only where one of its
//! nouns stands at most seven tokens further on. So matching costs little where what a pattern cannot do without is rare.

use super::needs::Literals;
use super::program::Symbol;
use super::types::TypeSet;
use super::words::Words;

/// The most that a part of a pattern can cover.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Width {
    /// Tokens.
    pub tokens: u32,
    /// Mentions, each of any length.
    pub mentions: u32,
}

impl Width {
    /// One token.
    pub(super) const TOKEN: Width = Width { tokens: 1, mentions: 0 };
    /// One mention.
    pub(super) const MENTION: Width = Width { tokens: 0, mentions: 1 };

    /// One part behind the other.
    pub(super) fn then(self, behind: Width) -> Width {
        Width {
            tokens: self.tokens.saturating_add(behind.tokens),
            mentions: self.mentions.saturating_add(behind.mentions),
        }
    }

    /// Whichever covers more.
    pub(super) fn max(self, other: Width) -> Width {
        Width { tokens: self.tokens.max(other.tokens), mentions: self.mentions.max(other.mentions) }
    }
}

/// Words and types, one of which stands in every match, and how much can stand before it.
#[derive(Clone, Debug)]
pub struct Lead {
    words: Words,
    types: TypeSet,
    before: Width,
}

impl Lead {
    /// The lead that a condition on the sentence gives.
    pub(super) fn of(literals: &Literals) -> Lead {
        Lead { words: literals.words.clone(), types: literals.types, before: literals.before }
    }

    /// Whether a token with this word, at which mentions of these types begin, is one of them.
    #[inline]
    pub fn is(&self, word: Symbol, types: TypeSet) -> bool {
        self.words.contains(word) || self.types.meets(types)
    }

    /// The most tokens between the beginning of a match and such a token, if no mention has more than `longest`.
    pub fn reach(&self, longest: usize) -> usize {
        (self.before.tokens as usize).saturating_add((self.before.mentions as usize).saturating_mul(longest))
    }
}
