//! Puts an announcement together, block by block, and keeps the way back to the original.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::announcement::{Announcement, Block, BlockKind, Link, Metadata, Stated};
use super::data::Item;
use super::decode::Decoded;
use super::form::Form;
use super::origin::Origin;

/// Behind so many blocks no values are added: there are documents that are nothing else.
const MOST_BLOCKS: usize = 100_000;

/// An announcement in the making. White space in what is added counts as one blank; characters that cannot be seen are
/// left out.
pub(super) struct Builder<'a> {
    decoded: &'a Decoded<'a>,
    text: String,
    blocks: Vec<Block>,
    links: Vec<Link>,
    emphasis: Vec<Range<usize>>,
    /// What the form itself says.
    pub metadata: Metadata,
    /// What it states in a structure of its own.
    pub data: Vec<Item>,
    origin: Origin,
    open: Option<(BlockKind, usize)>,
    /// What to put before the next word: nothing, or a blank, a line break or a tab with its original, if any.
    gap: Option<(char, Option<Range<usize>>)>,
}

impl<'a> Builder<'a> {
    /// Begins an announcement whose characters are those of `decoded`.
    pub fn new(decoded: &'a Decoded<'a>) -> Self {
        Builder {
            decoded,
            text: String::with_capacity(decoded.text.len().min(1 << 20)),
            blocks: Vec::new(),
            links: Vec::new(),
            emphasis: Vec::new(),
            metadata: Metadata::default(),
            data: Vec::new(),
            origin: Origin::default(),
            open: None,
            gap: None,
        }
    }

    /// Closes the open block, if any, and begins another.
    pub fn open(&mut self, kind: BlockKind) {
        self.close();
        let before = self.text.len();
        if before > 0 {
            self.text.push_str("\n\n");
        }
        self.open = Some((kind, before));
        self.gap = None;
    }

    /// Ends the open block; a block without words is as if it had never been.
    pub fn close(&mut self) {
        let Some((kind, before)) = self.open.take() else { return };
        let start = if before > 0 { before + 2 } else { 0 };
        if self.text.len() <= start {
            self.text.truncate(before);
        } else {
            self.blocks.push(Block { kind, range: start..self.text.len() });
        }
        self.gap = None;
    }

    /// Where the next word will stand in the text.
    pub fn next(&self) -> usize {
        self.text.len() + usize::from(self.gap.is_some() && self.text.len() > self.block_start())
    }

    /// Where the last word ends in the text.
    pub fn end(&self) -> usize {
        self.text.len()
    }

    /// The words of the open block so far.
    pub fn words(&self) -> &str {
        if self.open.is_some() { self.text.get(self.block_start()..).unwrap_or("") } else { "" }
    }

    /// True if a block is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Says what the open block is, now that its words are known.
    pub fn retag(&mut self, kind: BlockKind) {
        if let Some(open) = &mut self.open {
            open.0 = kind;
        }
    }

    /// Takes the open block back.
    pub fn abandon(&mut self) {
        if let Some((_, before)) = self.open.take() {
            self.text.truncate(before);
            self.origin.truncate(before);
            self.links.retain(|link| link.range.end <= before);
            self.emphasis.retain(|range| range.end <= before);
            self.gap = None;
        }
    }

    /// True if the open block has no words yet, or none is open.
    pub fn is_fresh(&self) -> bool {
        self.open.is_none() || self.text.len() <= self.block_start()
    }

    /// Adds what stands at `range` of the decoded text to the open block.
    pub fn add(&mut self, range: Range<usize>) {
        let mut from = range.start;
        let decoded = self.decoded;
        let text = &decoded.text[range.clone()];
        let chars = text.char_indices().map(|(at, c)| (range.start + at, c));
        for (at, c) in chars {
            if c.is_whitespace() {
                self.copy(from..at);
                self.set_gap(' ', (c == ' ').then_some(at..at + 1));
            } else if invisible(c) {
                self.copy(from..at);
            } else {
                continue;
            }
            from = at + c.len_utf8();
        }
        self.copy(from..range.end);
    }

    /// The blocks so far, with their words.
    pub fn blocks(&self) -> impl Iterator<Item = (BlockKind, &str)> {
        self.blocks.iter().map(|block| (block.kind, &self.text[block.range.clone()]))
    }

    /// Adds a headline that stands outside of the decoded text: the subject of a mail.
    pub fn headline(&mut self, words: &'a Decoded<'a>) {
        let body = std::mem::replace(&mut self.decoded, words);
        self.open(BlockKind::Headline);
        self.add(0..words.text.len());
        self.close();
        self.decoded = body;
    }

    /// Adds `words`, which `range` of the decoded text stands for as a whole (an entity, an escape).
    pub fn add_as(&mut self, words: &str, range: Range<usize>) {
        if self.open.is_none() {
            return;
        }
        for c in words.chars().filter(|c| !invisible(*c)) {
            if c.is_whitespace() {
                self.set_gap(' ', None);
                continue;
            }
            self.fill_gap();
            let at = self.text.len();
            self.text.push(c);
            self.origin.push(at..self.text.len(), self.decoded.original(range.clone()));
        }
    }

    /// Sets what separates the words added so far from the next: a blank, a line break or a tab. The strongest of
    /// several counts; at the start of a block there is none.
    pub fn separate(&mut self, with: char) {
        self.set_gap(with, None);
    }

    /// Records that `range` of the text links to `target`.
    pub fn link(&mut self, range: Range<usize>, target: &str) {
        if !range.is_empty() && range.end <= self.text.len() {
            self.links.push(Link { range, target: target.to_owned() });
        }
    }

    /// Records that the text since `start` is set in italics or bold; it must be in the open block.
    pub fn emphasize(&mut self, start: usize) {
        let Some(words) = self.text.get(start..) else { return };
        let from = start + (words.len() - words.trim_start().len());
        if self.open.is_some() && from >= self.block_start() && from < self.text.len() {
            self.emphasis.push(from..self.text.len());
        }
    }

    /// Adds a value of an item, whose words `fill` adds; gives the index of its block, or `None` if it has no words.
    pub fn value(&mut self, fill: impl FnOnce(&mut Self)) -> Option<usize> {
        self.close();
        let index = self.blocks.len();
        if index > MOST_BLOCKS {
            return None;
        }
        self.open(BlockKind::Value);
        fill(self);
        self.close();
        (self.blocks.len() > index).then_some(index)
    }

    /// What stands at `range` of the decoded text, trimmed, as a value with its place.
    pub fn stated(&self, range: Range<usize>) -> Option<Stated> {
        let raw = &self.decoded.text[range.clone()];
        let value = raw.trim();
        let start = range.start + (raw.len() - raw.trim_start().len());
        let bytes = self.decoded.original(start..start + value.len());
        (!value.is_empty()).then(|| Stated { value: value.to_owned(), bytes })
    }

    /// The words of a block, with the place from the first to the last of them.
    pub fn stated_value(&self, block: usize) -> Stated {
        let range = self.blocks.get(block).map_or(0..0, |block| block.range.clone());
        let places = self.origin.original(range.clone());
        let bytes = places.first().map_or(0, |r| r.start)..places.last().map_or(0, |r| r.end);
        Stated { value: self.text[range].to_owned(), bytes }
    }

    /// The announcement; `None` if it has no words.
    pub fn finish(mut self, bytes: &[u8], form: Form) -> Option<Announcement> {
        self.close();
        if self.blocks.is_empty() {
            return None;
        }
        // Of what is set in bold within italics, the longer comes first.
        self.emphasis.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        Some(Announcement {
            digest: Sha256::digest(bytes).into(),
            media_type: form.media_type().to_owned(),
            charset: self.decoded.charset,
            length: bytes.len() as u64,
            text: self.text,
            blocks: self.blocks,
            links: self.links,
            emphasis: self.emphasis,
            metadata: self.metadata,
            data: self.data,
            origin: self.origin,
        })
    }

    fn set_gap(&mut self, with: char, original: Option<Range<usize>>) {
        let strength = |c: char| match c {
            ' ' => 0,
            '\t' => 1,
            _ => 2,
        };
        let keep = self.gap.as_ref().is_some_and(|(c, _)| strength(*c) >= strength(with));
        if self.open.is_some() && !keep {
            self.gap = Some((with, original));
        }
    }

    fn block_start(&self) -> usize {
        match self.open {
            Some((_, before)) if before > 0 => before + 2,
            _ => 0,
        }
    }

    fn fill_gap(&mut self) {
        let Some((with, original)) = self.gap.take() else { return };
        if self.text.len() > self.block_start() {
            let at = self.text.len();
            self.text.push(with);
            if let Some(range) = original {
                self.decoded.record(range, at, &mut self.origin);
            }
        }
    }

    fn copy(&mut self, range: Range<usize>) {
        if range.is_empty() || self.open.is_none() {
            return;
        }
        self.fill_gap();
        let at = self.text.len();
        self.text.push_str(&self.decoded.text[range.clone()]);
        self.decoded.record(range, at, &mut self.origin);
    }
}

/// Soft hyphens, zero-width characters, byte order marks and control characters.
pub(super) fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        || c.is_control()
}
