//! Words, quotations and sentences of an announcement; immutable. Knows nothing of names.

mod clause;
mod emphasis;
mod fold;
mod quote;
mod sentence;
mod token;

use std::collections::BTreeSet;
use std::ops::Range;

pub use fold::{fold, fold_into};
pub use quote::{Quote, Quotes};
pub use token::{Shape, Token, Tokens};

use crate::source::{Announcement, BlockKind};

/// An announcement's words.
#[derive(Debug)]
pub struct Text<'a> {
    /// Where they come from.
    pub announcement: &'a Announcement,
    /// The tokens of all blocks.
    pub tokens: Tokens,
    /// The sentences, in order; together they cover all tokens.
    pub sentences: Vec<Sentence>,
    /// The quotations.
    pub quotes: Quotes,
    /// What is set in italics or bold and may be a title, as tokens, in order.
    pub emphasis: Vec<Range<usize>>,
    /// How many of the sentences are prose; behind them stand values.
    prose: usize,
}

/// A sentence, or a line that stands for itself.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Index of its block in [`Announcement::blocks`].
    pub block: usize,
}

impl<'a> Text<'a> {
    /// Splits the prose of an announcement into tokens and sentences.
    pub fn new(announcement: &'a Announcement) -> Text<'a> {
        Text::with_values(announcement, &BTreeSet::new())
    }

    /// The same with some of the values that stand beside the prose, by their blocks: each is one sentence.
    pub fn with_values(announcement: &'a Announcement, values: &BTreeSet<usize>) -> Text<'a> {
        let mut text = Text {
            announcement,
            tokens: Tokens::default(),
            sentences: Vec::new(),
            quotes: Quotes::default(),
            emphasis: Vec::new(),
            prose: 0,
        };
        let mut emphasis = announcement.emphasis.as_slice();
        for (block, b) in announcement.blocks.iter().enumerate() {
            let is_value = b.kind == BlockKind::Value;
            if is_value && !values.contains(&block) {
                continue;
            }
            let from = text.tokens.len();
            text.tokens.push_range(&announcement.text, b.range.start, b.range.end);
            let range = from..text.tokens.len();
            if is_value {
                text.sentences.extend((!range.is_empty()).then_some(Sentence { tokens: range, block }));
                continue;
            }
            text.quotes.push_block(&text.tokens, range.clone());
            let first = text.emphasis.len();
            emphasis::push_block(&text.tokens, &mut emphasis, b.range.end, range.clone(), &mut text.emphasis);
            let sentences = sentence::split(&text.tokens, &text.quotes, &text.emphasis[first..], range);
            text.sentences.extend(sentences.into_iter().map(|tokens| Sentence { tokens, block }));
            text.prose = text.sentences.len();
        }
        text
    }

    /// The sentences of the prose, without the values behind them.
    pub fn prose(&self) -> &[Sentence] {
        &self.sentences[..self.prose]
    }

    /// The words of the tokens `range`, as written.
    pub fn slice(&self, range: Range<usize>) -> &'a str {
        &self.announcement.text[self.bytes(range)]
    }

    /// The bytes of the announcement's text that the tokens `range` cover.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let tokens = self.tokens.as_slice();
        if range.is_empty() {
            let at = tokens.get(range.start).map_or(self.announcement.text.len(), |t| t.start as usize);
            return at..at;
        }
        tokens[range.start].start as usize..tokens[range.end - 1].end as usize
    }

    /// Index of the sentence that holds token `i`.
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= i).min(self.sentences.len().saturating_sub(1))
    }

    /// The kind of the block in which sentence `s` stands.
    pub fn kind(&self, s: usize) -> BlockKind {
        self.announcement.blocks[self.sentences[s].block].kind
    }

    /// The folded form of token `i`.
    pub fn word(&self, i: usize) -> &str {
        self.tokens.folded(i)
    }

    /// What token `i` looks like.
    pub fn shape(&self, i: usize) -> Shape {
        self.tokens.as_slice()[i].shape
    }
}
