//! Markdown: CommonMark with tables and strikethrough, and the front matter of site generators.
//!
//! Code blocks, HTML and what is ~~struck out~~ are left out: struck-out text is what no longer holds.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::announcement::{BlockKind, Stated};
use super::builder::Builder;
use super::date;
use super::decode::Decoded;
use super::front_matter;
use super::shape;
use super::words::is_navigation;

/// Reads a Markdown text.
pub(super) fn build<'a>(decoded: &'a Decoded<'a>) -> Builder<'a> {
    let text: &str = &decoded.text;
    let mut builder = Builder::new(decoded);
    let from = read_front_matter(text, &mut builder);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut reader = Reader::new(text, builder);
    for (event, range) in Parser::new_ext(&text[from..], options).into_offset_iter() {
        reader.event(event, range.start + from..range.end + from);
    }
    reader.builder
}

/// Puts title, date, author and their like into the metadata; returns where the text begins.
fn read_front_matter(text: &str, builder: &mut Builder<'_>) -> usize {
    let Some(found) = front_matter::find(text) else { return 0 };
    for (key, range) in found.values {
        let words = &text[range.clone()];
        let Some(stated) = builder.stated(range) else { continue };
        let metadata = &mut builder.metadata;
        match key.as_str() {
            "title" => metadata.title = Some(stated),
            "author" | "authors" => metadata.author = Some(stated),
            "publisher" | "organization" => metadata.publisher = Some(stated),
            "date" | "published" | "pubdate" => {
                metadata.date = date::iso(words).map(|value| Stated { value, bytes: stated.bytes });
            }
            "lang" | "language" => metadata.language = Some(stated.value),
            "url" | "canonical" | "canonical_url" | "permalink" if words.contains("://") => {
                metadata.url = Some(stated.value);
            }
            _ => {}
        }
    }
    found.end
}

struct Reader<'a> {
    text: &'a str,
    builder: Builder<'a>,
    /// Depth inside of what is left out.
    silent: usize,
    headline: bool,
    /// Before the first running text.
    leading: bool,
    /// Open lists.
    lists: usize,
    /// Row and column of the open table.
    cell: (u16, u16),
    /// True where a paragraph has begun whose kind the next words show.
    pending: bool,
    /// Where the innermost paragraph ends in `text`.
    paragraph: usize,
    /// True in a paragraph whose every line is a field.
    fields: bool,
    links: Vec<(usize, String)>,
    /// Where what is set in italics or bold begins, the innermost last.
    emphasis: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, builder: Builder<'a>) -> Self {
        Reader {
            text,
            builder,
            silent: 0,
            headline: false,
            leading: true,
            lists: 0,
            cell: (0, 0),
            pending: false,
            paragraph: 0,
            fields: false,
            links: Vec::new(),
            emphasis: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            _ if self.silent > 0 => {}
            Event::Text(words) => self.words(&words, range),
            Event::Code(words) => {
                let inner = self.text[range.clone()].find(&*words).map(|at| range.start + at);
                self.words(&words, inner.map_or(range, |from| from..from + words.len()));
            }
            Event::SoftBreak if self.fields => self.builder.open(BlockKind::Field),
            Event::SoftBreak => self.builder.separate(' '),
            Event::HardBreak => self.builder.separate('\n'),
            _ => {}
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        if std::mem::take(&mut self.pending) {
            let kind = self.kind_of(range.start..self.paragraph.max(range.end));
            self.builder.open(kind);
        }
        if &self.text[range.clone()] == words {
            self.builder.add(range);
        } else {
            self.builder.add_as(words, range);
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.silent > 0 || is_left_out(&tag) {
            self.silent += 1;
            return;
        }
        match tag {
            Tag::Paragraph if self.lists > 0 && self.builder.is_fresh() => {}
            Tag::Paragraph if self.lists > 0 => self.builder.separate('\n'),
            Tag::Paragraph if is_navigation(bare(&self.text[range.clone()])) => self.silent += 1,
            Tag::Paragraph => (self.pending, self.paragraph) = (true, range.end),
            Tag::Heading { level, .. } => {
                let words = bare(&self.text[range]);
                let first = self.leading && !self.headline && shape::is_title(words);
                self.headline |= first;
                self.builder.open(if first { BlockKind::Headline } else { BlockKind::Heading(depth(level)) });
            }
            Tag::List(_) => self.lists += 1,
            Tag::Item => {
                self.pending = false;
                self.builder.open(BlockKind::ListItem(self.lists.min(255) as u8));
            }
            Tag::Table(_) => self.cell = (0, 0),
            Tag::TableHead | Tag::TableRow => self.cell.1 = 0,
            Tag::TableCell => {
                let (row, column) = self.cell;
                self.builder.open(BlockKind::TableCell { row, column });
            }
            Tag::Image { .. } => {
                if self.builder.is_fresh() {
                    self.pending = false;
                    self.builder.open(BlockKind::Caption);
                } else {
                    self.silent += 1;
                }
            }
            Tag::Emphasis | Tag::Strong => self.emphasis.push(self.builder.next()),
            Tag::Link { dest_url, .. } => self.links.push((self.builder.next(), dest_url.into_string())),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.silent > 0 {
            self.silent -= 1;
            return;
        }
        match tag {
            TagEnd::Paragraph if self.lists == 0 => self.close(),
            TagEnd::Heading(_) | TagEnd::Item => self.close(),
            TagEnd::List(_) => self.lists = self.lists.saturating_sub(1),
            TagEnd::TableCell => {
                self.close();
                self.cell.1 = self.cell.1.saturating_add(1);
            }
            TagEnd::TableHead | TagEnd::TableRow => self.cell.0 = self.cell.0.saturating_add(1),
            TagEnd::Image => {
                self.close();
                self.pending = self.lists == 0;
            }
            TagEnd::Emphasis | TagEnd::Strong => {
                if let Some(start) = self.emphasis.pop() {
                    self.builder.emphasize(start);
                }
            }
            TagEnd::Link => {
                if let Some((start, target)) = self.links.pop() {
                    self.builder.link(start..self.builder.end(), &target);
                }
            }
            _ => {}
        }
    }

    /// What the paragraph at `range` of the text is.
    fn kind_of(&mut self, range: Range<usize>) -> BlockKind {
        let words = bare(&self.text[range]);
        if words.len() > 240 {
            self.leading = false;
            return BlockKind::Paragraph;
        }
        let plain: String = words.chars().filter(|c| !matches!(c, '*' | '_' | '`' | '\\')).collect();
        if plain.lines().all(|line| shape::is_caption(line.trim())) {
            return BlockKind::Caption;
        }
        if self.leading && shape::is_dateline(&plain) {
            return BlockKind::Dateline;
        }
        let is_field = |line: &str| shape::label_end(line).is_some_and(|at| !line[at + 1..].trim().is_empty());
        if !plain.is_empty() && plain.lines().all(is_field) {
            self.fields = true;
            return BlockKind::Field;
        }
        BlockKind::Paragraph
    }

    fn close(&mut self) {
        self.builder.close();
        self.pending = false;
        self.fields = false;
    }
}

fn is_left_out(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Strikethrough | Tag::MetadataBlock(_))
}

/// The words of a block without the marks around them.
fn bare(source: &str) -> &str {
    source.trim().trim_matches(|c: char| matches!(c, '#' | '*' | '_' | '=')).trim()
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
