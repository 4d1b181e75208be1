//! The one form in which every later stage sees an announcement.

use std::ops::Range;

use super::data::Item;
use super::origin::Origin;

/// Clean text in blocks, the metadata that the form itself carries, and for every character its place in the original.
#[derive(Clone, Debug)]
pub struct Announcement {
    /// SHA-256 of the original bytes: the identity of the document.
    pub digest: [u8; 32],
    /// Media type of the original bytes, such as `text/plain`; with the character set if it cannot be told from the bytes
    /// themselves. Bytes and media type are all that is needed to read it again.
    pub media_type: String,
    /// Name of the encoding of the original, such as `UTF-8` or `windows-1252`; `PDF` where fonts decide what codes mean.
    pub charset: &'static str,
    /// Length of the original, in bytes.
    pub length: u64,
    /// The extracted text: the blocks in order, with a blank line between them.
    pub text: String,
    /// The blocks, in order, not overlapping.
    pub blocks: Vec<Block>,
    /// Links that the form carries beside its text, by place.
    pub links: Vec<Link>,
    /// What the form sets in italics or bold, by its place in [`Announcement::text`], in bytes and in order; white space
    /// at the ends left out, and never more than one block.
    pub emphasis: Vec<Range<usize>>,
    /// What the form itself says about the announcement.
    pub metadata: Metadata,
    /// What it states in a structure of its own and not in sentences.
    pub data: Vec<Item>,
    /// From the text back to the original bytes, or to what [`unpacked`](super::unpacked) makes of them.
    pub origin: Origin,
}

/// A stretch of text that belongs together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in [`Announcement::text`], in bytes. A line break inside is one that the author made on
    /// purpose; lines that were only wrapped are joined by a blank.
    pub range: Range<usize>,
}

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockKind {
    /// The headline of the whole announcement.
    Headline,
    /// A heading above a section; the level counts from 1 (the highest).
    Heading(u8),
    /// A line that gives date or place of the announcement ("Hamburg, 9 December 2020").
    Dateline,
    /// Running text.
    Paragraph,
    /// An item of a list; the level of nesting counts from 1.
    ListItem(u8),
    /// A cell of a table, with row and column from 0.
    TableCell {
        /// The row.
        row: u16,
        /// The column.
        column: u16,
    },
    /// What stands under a picture or table, or credits it.
    Caption,
    /// A line that names a thing and gives its value ("Submission deadline: 30 June 1999"); see
    /// [`Announcement::field`].
    Field,
    /// A value of an [`Item`]: no part of the prose.
    Value,
}

impl Announcement {
    /// The words of a block.
    pub fn words(&self, block: &Block) -> &str {
        &self.text[block.range.clone()]
    }

    /// Label and value of a [`BlockKind::Field`], in bytes of the text. Between the two stands a tab, where the original
    /// has a gap or dots, or a colon.
    pub fn field(&self, block: &Block) -> Option<(Range<usize>, Range<usize>)> {
        if block.kind != BlockKind::Field {
            return None;
        }
        let words = self.words(block);
        let tab = words.find('\t');
        let at = tab.or_else(|| words.match_indices(':').map(|(at, _)| at).find(|at| ends_label(words, *at)))?;
        let label = words[..at].trim_end_matches([':', ' ']);
        let value = words[at + 1..].trim_start();
        let start = block.range.start;
        Some((start..start + label.len(), block.range.end - value.len()..block.range.end))
    }
}

/// True if the colon at byte `at` of `words` is not part of a time or an address.
pub(super) fn ends_label(words: &str, at: usize) -> bool {
    let next = words[at + 1..].chars().next();
    let digit_before = words[..at].ends_with(|c: char| c.is_ascii_digit());
    !(words[at..].starts_with("://") || digit_before && next.is_some_and(|c| c.is_ascii_digit()))
}

/// A link in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The linked words in [`Announcement::text`], in bytes.
    pub range: Range<usize>,
    /// Where it leads, as written.
    pub target: String,
}

/// What the form itself says (front matter, mail header, HTML head), and of address and time of capture what the container
/// says; nothing here is guessed from the prose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title.
    pub title: Option<Stated>,
    /// The date of publication: ISO 8601, as precise as stated (`2021`, `2021-10`, `2021-10-27`).
    pub date: Option<Stated>,
    /// Who wrote or sent it.
    pub author: Option<Stated>,
    /// Who published it.
    pub publisher: Option<Stated>,
    /// Language tag (BCP 47).
    pub language: Option<String>,
    /// The address under which the publisher keeps it, or from which it was taken.
    pub url: Option<String>,
    /// When it was captured, if it comes out of a web archive: ISO 8601 in UTC.
    pub captured: Option<String>,
}

/// A value with the place in the original that states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The value.
    pub value: String,
    /// Where it stands in the original, in bytes.
    pub bytes: Range<u64>,
}
