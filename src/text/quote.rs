//! Quotation marks and what they enclose.
//!
//! A closing single quotation mark and an apostrophe are the same character, so pairs are found by what stands around
//! the mark: an opening one has a blank (or bracket) before it and none behind it, a closing one the reverse. Where
//! more than one mark could close a quotation that holds a plural possessive ("cities' responses"), the last one of the
//! run does.

use std::ops::Range;

use super::token::{Shape, Tokens};

/// The longest quotation that may be a title, in tokens.
const LONGEST_TITLE: usize = 40;

/// A quotation: the tokens between the marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Tokens between the marks, marks excluded.
    pub inner: Range<usize>,
}

/// The quotations of a text, in order.
#[derive(Debug, Default)]
pub struct Quotes {
    quotes: Vec<Quote>,
}

impl Quotes {
    /// Finds the quotations in the tokens `range` of one block.
    pub fn push_block(&mut self, tokens: &Tokens, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let Some(mark) = opening(tokens, at, range.end) else {
                at += 1;
                continue;
            };
            match closing(tokens, mark, at + 1, range.end) {
                Some(end) if end > at + 1 => {
                    self.quotes.push(Quote { inner: at + 1..end });
                    at = end + 1;
                }
                _ => at += 1,
            }
        }
    }

    /// All quotations, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Quote> {
        self.quotes.iter()
    }

    /// True if token `i` stands inside a quotation that is short enough to be a title.
    pub fn inside_short(&self, i: usize) -> bool {
        self.around(i).is_some_and(|q| q.inner.len() <= 12)
    }

    /// The quotation around token `i`.
    pub fn around(&self, i: usize) -> Option<&Quote> {
        let at = self.quotes.partition_point(|q| q.inner.end <= i);
        self.quotes.get(at).filter(|q| q.inner.contains(&i))
    }

    /// True if the quotation may be a title rather than speech.
    pub fn is_title(&self, quote: &Quote, tokens: &Tokens) -> bool {
        let last = quote.inner.end - 1;
        quote.inner.len() <= LONGEST_TITLE
            && tokens.as_slice()[quote.inner.start].shape.has(Shape::CAPITALISED)
            && tokens.folded(last) != ","
    }
}

fn opening(tokens: &Tokens, at: usize, end: usize) -> Option<&str> {
    let mark = tokens.folded(at);
    if !matches!(mark, "\"" | "'") || at + 1 >= end {
        return None;
    }
    let free_before = tokens.as_slice()[at].shape.has(Shape::SPACED)
        || at == 0
        || matches!(tokens.folded(at - 1), "(" | "[" | "-" | "*" | "_" | ":");
    let next = tokens.as_slice()[at + 1].shape;
    (free_before && !next.has(Shape::SPACED)).then_some(mark)
}

fn closing(tokens: &Tokens, mark: &str, from: usize, end: usize) -> Option<usize> {
    let mut found = None;
    for i in from..end.min(from + 400) {
        if tokens.folded(i) != mark || tokens.as_slice()[i].shape.has(Shape::SPACED) {
            if found.is_some() && opening(tokens, i, end) == Some(mark) {
                break;
            }
            continue;
        }
        let free_behind = i + 1 >= end
            || tokens.as_slice()[i + 1].shape.has(Shape::SPACED)
            || tokens.as_slice()[i + 1].shape.has(Shape::PUNCTUATION);
        if !free_behind {
            continue;
        }
        // "cities' responses": a plural possessive is followed by a lower-case word; keep looking for a later mark.
        let possessive = mark == "'"
            && tokens.folded(i - 1).ends_with('s')
            && i + 1 < end
            && tokens.as_slice()[i + 1].shape.has(Shape::WORD)
            && !tokens.as_slice()[i + 1].shape.has(Shape::CAPITALISED);
        if !possessive {
            return Some(i);
        }
        found = found.or(Some(i));
    }
    found
}
