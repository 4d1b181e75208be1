//! Token patterns compiled to instructions for a matcher.
//!
//! The instructions are those of a Thompson automaton with captures (R. Cox, "Regular Expression Matching: the Virtual
//! Machine Approach", 2009), over tokens and mentions instead of characters.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::joins::Joins;
use super::needs::Needs;
use super::starts::Starts;
use super::types::TypeSet;
use crate::source::BlockKind;
use crate::text::Shape;

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

/// Kinds of blocks, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocks(u8);

impl Blocks {
    /// All kinds, with the names by which rules ask for them.
    pub const ALL: [(Blocks, &'static str); 8] = [
        (Blocks(1), "headline"),
        (Blocks(1 << 1), "heading"),
        (Blocks(1 << 2), "dateline"),
        (Blocks(1 << 3), "paragraph"),
        (Blocks(1 << 4), "list-item"),
        (Blocks(1 << 5), "table-cell"),
        (Blocks(1 << 6), "caption"),
        (Blocks(1 << 7), "field"),
    ];

    /// Whether a block of this kind is one of them.
    pub fn has(self, kind: BlockKind) -> bool {
        let at = match kind {
            BlockKind::Headline => 0,
            BlockKind::Heading(_) => 1,
            BlockKind::Dateline => 2,
            BlockKind::Paragraph => 3,
            BlockKind::ListItem(_) => 4,
            BlockKind::TableCell { .. } => 5,
            BlockKind::Caption => 6,
            BlockKind::Field => 7,
            // No rule asks for them: they are no prose.
            BlockKind::Value => return false,
        };
        self.0 >> at & 1 == 1
    }
}

/// A compiled test of one token.
#[derive(Clone, Debug)]
pub enum Check {
    /// Any token that is no hard clause border.
    Any,
    /// One of these words, sorted. Many instructions ask for the words of one list.
    Word(Arc<[Symbol]>),
    /// All these bits of the shape.
    Shape(Shape),
    /// A year: four digits from 1000 to 2199.
    Year,
    /// A usual given name.
    GivenName,
    /// Capitalised, and not only because a sentence begins with it.
    ProperWord,
    /// Inside quotation marks.
    Quoted,
    /// In a block of one of these kinds.
    Block(Blocks),
    /// Where a clause or sentence ends: a hard border, or what divides clauses.
    Border,
    /// In the opening of a call for papers, before its running text.
    Opening,
    /// In the title of a call for papers.
    Title,
    /// A Roman number in capitals.
    Roman,
    /// The acronym of a known series with a number: `WUF12`.
    Edition,
    /// The contrary.
    Not(Box<Check>),
    /// All of them.
    All(Box<[Check]>),
}

/// An instruction; targets are indexes of instructions.
#[derive(Clone, Debug)]
pub enum Inst {
    /// One token.
    Token(Check),
    /// One mention of one of these types.
    Mention(TypeSet),
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
}
