//! Token patterns compiled to instructions for a matcher.
//!
//! The instructions are those of a Thompson automaton with captures (R. Cox, "Regular Expression Matching: the Virtual
//! Machine Approach", 2009), over tokens and mentions instead of characters.

use rustc_hash::FxHashMap;

use super::joins::Joins;
use super::lead::Lead;
use super::needs::Needs;
use super::starts::Starts;
use super::switch::Switch;
use super::traits::Check;
use super::types::TypeSet;

/// A word that some rule names. Words that no rule names are [`Symbol::OTHER`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(pub u32);

impl Symbol {
    /// A word that no rule names.
    pub const OTHER: Symbol = Symbol(0);
}

/// What stands in nearly every sentence.
const COMMON: &[&str] = &[
    "the", "of", "and", "in", "to", "a", "for", "on", "at", "by", "with", "is", "as", "an", "be", "will", "from",
    "are", "or", "its", "this", "that", ",", ".", "-", ":", "(", ")", "'", "s", "/", "\"", ";",
];

/// The words that rules name, folded.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    words: FxHashMap<String, Symbol>,
    names: Vec<String>,
    participles: Vec<bool>,
    common: Vec<bool>,
}

impl Symbols {
    /// The symbol of a folded word, made if it is new.
    pub(super) fn intern(&mut self, word: &str) -> Symbol {
        if let Some(symbol) = self.words.get(word) {
            return *symbol;
        }
        if self.participles.is_empty() {
            self.participles.push(false);
            self.common.push(false);
        }
        let symbol = Symbol(self.participles.len() as u32);
        self.words.insert(word.to_owned(), symbol);
        self.names.push(word.to_owned());
        self.participles.push(super::inflect::may_be_participle(word));
        self.common.push(COMMON.contains(&word));
        symbol
    }

    /// The symbol of a folded word.
    pub fn get(&self, word: &str) -> Symbol {
        self.words.get(word).copied().unwrap_or(Symbol::OTHER)
    }

    /// The folded word of a symbol; empty for [`Symbol::OTHER`].
    pub fn word(&self, symbol: Symbol) -> &str {
        (symbol.0 as usize).checked_sub(1).and_then(|at| self.names.get(at)).map_or("", String::as_str)
    }

    /// Whether the word may be a past participle.
    pub fn may_be_participle(&self, symbol: Symbol) -> bool {
        self.participles.get(symbol.0 as usize).copied().unwrap_or(false)
    }

    /// How often a word is expected in a text, compared with others: words that stand in nearly every sentence hardly
    /// tell one sentence from another.
    pub(super) fn cost(&self, symbol: Symbol) -> u32 {
        if self.common.get(symbol.0 as usize).copied().unwrap_or(false) { 30 } else { 1 }
    }

    /// How many symbols there are, [`Symbol::OTHER`] included.
    pub fn len(&self) -> usize {
        self.participles.len().max(1)
    }

    /// Whether no rule names a word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// An instruction; targets are indexes of instructions.
#[derive(Clone, Debug)]
pub enum Inst {
    /// One token.
    Token(Check),
    /// One mention of one of these types.
    Mention(TypeSet),
    /// One of some words; go on where it says.
    Switch(Switch),
    /// Try the first, then the second.
    Split(u32, u32),
    /// Go on there.
    Jump(u32),
    /// Remember the place.
    Save(u32),
    /// Only at the beginning of the sentence.
    Start,
    /// Only at the end of the sentence.
    End,
    /// Only where a block begins or ends.
    Border,
    /// Only where no mention of one of these types begins.
    Absent(TypeSet),
    /// Done.
    Match,
}

impl Inst {
    /// The same instruction for a copy of its pattern that stands so much further back.
    pub(super) fn moved(&self, by: u32) -> Inst {
        match self {
            Inst::Split(first, second) => Inst::Split(first + by, second + by),
            Inst::Jump(target) => Inst::Jump(target + by),
            Inst::Switch(switch) => Inst::Switch(switch.moved(by)),
            other => other.clone(),
        }
    }
}

/// A compiled pattern.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The instructions; matching starts at the first.
    pub insts: Vec<Inst>,
    /// The instructions at which ways through the pattern meet.
    pub joins: Joins,
    /// What a match begins with.
    pub starts: Starts,
    /// What a sentence must hold for it to match: the literal prefilter.
    pub needs: Needs,
    /// What must stand near the place where a match begins.
    pub lead: Option<Lead>,
}
