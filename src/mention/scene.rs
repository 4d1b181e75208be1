//! A text as patterns look at it: every question that a pattern may ask of a token is answered once, in numbers.

use std::borrow::Cow;
use std::ops::Range;

use super::number;
use super::opening::Opening;
use super::table::Mentions;
use crate::lexicon::{Kind, Lexicon};
use crate::rules::{Check, Index, Place, Program, Symbol, Symbols, Traits, TypeSet};
use crate::text::{Shape, Text};

/// What a stretch of text holds: by that one knows which patterns may match in it.
#[derive(Clone, Debug, Default)]
pub struct Contents<'s> {
    /// The symbols of its words, each once, without those that no rule names.
    words: Cow<'s, [Symbol]>,
    /// The types of the mentions in it.
    pub types: TypeSet,
}

impl Contents<'_> {
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
    /// The symbols of each sentence, each once, one sentence behind the other; and where each sentence ends in them.
    words: Vec<Symbol>,
    ends: Vec<usize>,
    /// What else each token is.
    traits: Vec<Traits>,
    /// Of a call: where its title stands.
    pub opening: Opening,
}

impl<'a> Scene<'a> {
    /// Looks up the words of a text.
    pub fn new(text: &'a Text<'a>, symbols: &Symbols, lexicon: &Lexicon) -> Scene<'a> {
        let mut traits = Vec::with_capacity(text.tokens.len());
        for (s, sentence) in text.sentences.iter().enumerate() {
            let block = Traits::in_block(text.kind(s));
            traits.extend(sentence.tokens.clone().map(|at| block.with(of_token(text, lexicon, at))));
        }
        for quote in text.quotes.iter() {
            add(&mut traits[quote.inner.clone()], Traits::QUOTED);
        }
        let symbols: Vec<Symbol> = (0..text.tokens.len()).map(|at| symbols.get(text.word(at))).collect();
        let (mut words, mut ends) = (Vec::with_capacity(symbols.len()), Vec::with_capacity(text.sentences.len()));
        for sentence in &text.sentences {
            distinct(&symbols[sentence.tokens.clone()], &mut words);
            ends.push(words.len());
        }
        Scene { text, symbols, words, ends, traits, opening: Opening::default() }
    }

    /// Says where the text has its opening and title.
    pub(super) fn open(&mut self, opening: Opening) {
        add(&mut self.traits[opening.tokens.clone()], Traits::OPENING);
        add(&mut self.traits[opening.title.clone()], Traits::TITLE);
        self.opening = opening;
    }

    /// What sentence `s` holds.
    pub fn sentence(&self, mentions: &Mentions, s: usize) -> Contents<'_> {
        let words = s.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[s];
        let types = mentions.types_within(self.text.sentences[s].tokens.clone());
        Contents { words: Cow::Borrowed(&self.words[words]), types }
    }

    /// What some tokens hold.
    pub fn contents(&self, mentions: &Mentions, tokens: Range<usize>) -> Contents<'_> {
        let mut words = Vec::new();
        distinct(&self.symbols[tokens.clone()], &mut words);
        Contents { words: Cow::Owned(words), types: mentions.types_within(tokens) }
    }

    /// Whether `check` holds for token `at` of a sentence that begins at `start`.
    #[inline]
    pub(super) fn holds(&self, check: &Check, at: usize, start: usize) -> bool {
        check.holds(self.symbols[at], self.traits[at], at == start)
    }
}

/// Appends those of `symbols` that rules name, each once.
fn distinct(symbols: &[Symbol], out: &mut Vec<Symbol>) {
    let from = out.len();
    out.extend(symbols.iter().filter(|symbol| **symbol != Symbol::OTHER));
    out[from..].sort_unstable();
    let mut kept = from;
    for at in from..out.len() {
        if at == from || out[at] != out[kept - 1] {
            out[kept] = out[at];
            kept += 1;
        }
    }
    out.truncate(kept);
}

fn add(tokens: &mut [Traits], traits: Traits) {
    tokens.iter_mut().for_each(|token| *token = token.with(traits));
}

/// What can be said of a token by itself and by those beside it.
fn of_token(text: &Text<'_>, lexicon: &Lexicon, at: usize) -> Traits {
    let (word, shape) = (text.word(at), text.shape(at));
    let traits = Traits::of(shape);
    if shape.has(Shape::PUNCTUATION) {
        return match word {
            "." | ";" | ":" | "!" | "?" => traits.with(Traits::STOP).with(Traits::BORDER),
            _ if text.divides_clauses(at) => traits.with(Traits::BORDER),
            _ => traits,
        };
    }
    let is_edition = shape.has(Shape::MIXED)
        && edition(text.slice(at..at + 1)).is_some_and(|(series, _)| {
            lexicon.hits(series).iter().any(|hit| lexicon.kind(hit.entry) == Kind::ConferenceSeries)
        });
    let traits = if is_edition { traits.with(Traits::EDITION) } else { traits };
    if shape.has(Shape::CAPITALISED) {
        let roman = word.len() <= 7 && number::roman(text.slice(at..at + 1)).is_some();
        let traits = if roman { traits.with(Traits::ROMAN) } else { traits };
        let before_capital = at + 1 < text.tokens.len() && text.shape(at + 1).has(Shape::CAPITALISED);
        return match (lexicon.is_given_name(word), before_capital) {
            (true, _) => traits.with(Traits::GIVEN).with(Traits::PROPER),
            (false, true) => traits.with(Traits::PROPER),
            (false, false) => traits,
        };
    }
    if shape.has(Shape::NUMBER) && year(word) { traits.with(Traits::YEAR) } else { traits }
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
