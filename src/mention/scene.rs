//! A text as patterns look at it: every question that a pattern may ask of a token is answered once, in numbers.

use std::ops::Range;

use super::number;
use super::opening::Opening;
use super::table::Mentions;
use crate::lexicon::{Kind, Lexicon};
use crate::rules::{Check, Index, Place, Program, Symbol, Symbols, TypeSet};
use crate::text::{Shape, Text};

/// Ends a sentence or a part of it: `.`, `;`, `:`, `!`, `?`.
const BORDER: u16 = 1;
/// A year.
const YEAR: u16 = 1 << 1;
/// A usual given name, capitalised.
const GIVEN: u16 = 1 << 2;
/// Capitalised, and so is the token behind it; or a given name: a proper word even where a sentence begins with it.
const PROPER: u16 = 1 << 3;
/// Inside quotation marks.
const QUOTED: u16 = 1 << 4;
/// In the opening of a call.
const OPENING: u16 = 1 << 5;
/// In the title of a call.
const TITLE: u16 = 1 << 6;
/// A Roman number.
const ROMAN: u16 = 1 << 7;
/// The acronym of a series that the lexicon knows, and a number: `WUF12`.
const EDITION: u16 = 1 << 8;

/// What a stretch of text holds: by that one knows which patterns may match in it.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// The symbols of its words, sorted, without those that no rule names.
    pub words: Vec<Symbol>,
    /// The types of the mentions in it.
    pub types: TypeSet,
}

impl Contents {
    /// Whether a pattern may match in it.
    pub fn may_hold(&self, program: &Program) -> bool {
        program.needs.met(&self.words, self.types)
    }

    /// The patterns that may match in it, in order; replaces what is in `places`.
    pub fn candidates(&self, index: &Index, places: &mut Vec<Place>) {
        index.candidates(&self.words, self.types, places);
    }
}

/// A text with the symbols of its words: what patterns look at.
pub struct Scene<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    /// The symbol of each token.
    pub symbols: Vec<Symbol>,
    /// What else each token is, as bits.
    traits: Vec<u16>,
    /// Of a call: where its title stands.
    pub opening: Opening,
}

impl<'a> Scene<'a> {
    /// Looks up the words of a text.
    pub fn new(text: &'a Text<'a>, symbols: &Symbols, lexicon: &Lexicon) -> Scene<'a> {
        let words = 0..text.tokens.len();
        let mut traits: Vec<u16> = words.clone().map(|i| traits(text, lexicon, i)).collect();
        for quote in text.quotes.iter() {
            traits[quote.inner.clone()].iter_mut().for_each(|bits| *bits |= QUOTED);
        }
        Scene { text, symbols: words.map(|i| symbols.get(text.word(i))).collect(), traits, opening: Opening::default() }
    }

    /// Says where the text has its opening and title.
    pub(super) fn open(&mut self, opening: Opening) {
        self.traits[opening.tokens.clone()].iter_mut().for_each(|bits| *bits |= OPENING);
        self.traits[opening.title.clone()].iter_mut().for_each(|bits| *bits |= TITLE);
        self.opening = opening;
    }

    /// What some tokens hold.
    pub fn contents(&self, mentions: &Mentions, tokens: Range<usize>) -> Contents {
        let symbols = self.symbols[tokens.clone()].iter().copied();
        let mut words: Vec<Symbol> = symbols.filter(|s| *s != Symbol::OTHER).collect();
        words.sort_unstable();
        words.dedup();
        Contents { words, types: mentions.types_within(tokens) }
    }

    /// Whether token `at` is one of some words, which are sorted.
    pub(super) fn is_one_of(&self, at: usize, words: &[Symbol]) -> bool {
        let symbol = self.symbols[at];
        symbol != Symbol::OTHER && words.binary_search(&symbol).is_ok()
    }

    /// Whether `check` holds for token `at` of a sentence that begins at `start`.
    pub(super) fn holds(&self, check: &Check, at: usize, start: usize) -> bool {
        let is = |bits: u16| self.traits[at] & bits != 0;
        match check {
            Check::Any => !is(BORDER),
            Check::Word(words) => self.is_one_of(at, words),
            Check::Shape(shape) => self.text.shape(at).has(*shape),
            Check::Year => is(YEAR),
            Check::GivenName => is(GIVEN),
            // The first word of a sentence is capitalised anyway.
            Check::ProperWord => is(PROPER) || at > start && self.text.shape(at).has(Shape::CAPITALISED),
            Check::Quoted => is(QUOTED),
            Check::Border => is(BORDER) || self.text.divides_clauses(at),
            Check::Block(blocks) => blocks.has(self.text.kind(self.text.sentence_of(at))),
            Check::Opening => is(OPENING),
            Check::Title => is(TITLE),
            Check::Roman => is(ROMAN),
            Check::Edition => is(EDITION),
            Check::Not(inner) => !self.holds(inner, at, start),
            Check::All(all) => all.iter().all(|c| self.holds(c, at, start)),
        }
    }
}

fn traits(text: &Text<'_>, lexicon: &Lexicon, at: usize) -> u16 {
    let (word, shape) = (text.word(at), text.shape(at));
    if shape.has(Shape::PUNCTUATION) {
        return if matches!(word, "." | ";" | ":" | "!" | "?") { BORDER } else { 0 };
    }
    let edition = shape.has(Shape::MIXED)
        && edition(text.slice(at..at + 1)).is_some_and(|(series, _)| {
            lexicon.hits(series).iter().any(|hit| lexicon.kind(hit.entry) == Kind::ConferenceSeries)
        });
    let edition = if edition { EDITION } else { 0 };
    if shape.has(Shape::CAPITALISED) {
        let before_capital = at + 1 < text.tokens.len() && text.shape(at + 1).has(Shape::CAPITALISED);
        let proper = match (lexicon.is_given_name(word), before_capital) {
            (true, _) => GIVEN | PROPER,
            (false, true) => PROPER,
            (false, false) => 0,
        };
        let roman = word.len() <= 7 && number::roman(text.slice(at..at + 1)).is_some();
        return proper | edition | if roman { ROMAN } else { 0 };
    }
    edition | if shape.has(Shape::NUMBER) && year(word) { YEAR } else { 0 }
}

/// The letters and the number of a short name such as `WUF12` or `9ECM`.
pub fn edition(word: &str) -> Option<(&str, u32)> {
    let (letters, number) = match word.find(|c: char| !c.is_ascii_uppercase())? {
        0 => {
            let (number, letters) = word.split_at(word.find(|c: char| !c.is_ascii_digit())?);
            (letters, number)
        }
        digits => word.split_at(digits),
    };
    let number = number.parse().ok().filter(|n| (1..2200).contains(n))?;
    (letters.len() >= 3 && letters.bytes().all(|b| b.is_ascii_uppercase())).then_some((letters, number))
}

/// A year as announcements write it.
pub fn year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|y| (1000..2200).contains(&y))
}
