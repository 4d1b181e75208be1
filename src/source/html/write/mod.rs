//! From the article in the tree to blocks: text between the edges of elements.
//!
//! Lists and tables are in [`structure`]; the words of a page that are in no announcement in [`phrases`].

mod phrases;
mod structure;

use std::ops::Range;

use super::super::announcement::BlockKind;
use super::super::builder::Builder;
use super::super::shape;
use super::super::words::is_navigation;
use super::article::Article;
use super::entity;
use super::tree::{BLOCKS, Child, Node, Tree};
use phrases::{is_boilerplate, is_teaser_heading};

/// Writes the headline, if it stands outside of the article, and the article.
pub(super) fn write<'a>(text: &'a str, tree: &Tree, article: &Article, builder: Builder<'a>) -> Builder<'a> {
    let mut writer = Writer {
        text,
        tree,
        article,
        builder,
        kind: BlockKind::Paragraph,
        lists: 0,
        running: 0,
        breaks: 0,
        colon: false,
    };
    if let Some(headline) = article.headline
        && headline != article.root
        && !tree.around(headline).any(|at| at == article.root)
        && article.root != 0
    {
        writer.element(headline);
    }
    writer.children(article.root);
    writer.close();
    writer.builder
}

struct Writer<'a, 't> {
    text: &'a str,
    tree: &'t Tree,
    article: &'t Article,
    builder: Builder<'a>,
    /// What text becomes that stands here.
    kind: BlockKind,
    lists: u8,
    /// How many blocks of running text there were.
    running: usize,
    /// Line breaks since the last word.
    breaks: usize,
    /// True if the last block ended with a colon: a list follows.
    colon: bool,
}

impl Writer<'_, '_> {
    fn children(&mut self, at: usize) {
        let tree = self.tree;
        // The level of the heading above teasers, below which all is left out.
        let mut teasers: Option<u8> = None;
        for child in &tree.nodes[at].children {
            match child {
                Child::Text(range) if teasers.is_none() => self.words(range.clone()),
                Child::Text(_) => {}
                Child::Element(n) => {
                    let node = &tree.nodes[*n];
                    let level = level(node).or_else(|| self.heads_teasers(*n));
                    if let Some(level) = level {
                        let is_teasers = self.is_teaser_title(*n);
                        if is_teasers {
                            teasers = Some(teasers.map_or(level, |old| old.min(level)));
                        } else if teasers.is_some_and(|old| level <= old) {
                            teasers = None;
                        }
                    }
                    if teasers.is_none() {
                        self.element(*n);
                    }
                }
            }
        }
    }

    /// `<b>In other news</b>`, or a heading alone in a box.
    fn heads_teasers(&self, at: usize) -> Option<u8> {
        let node = &self.tree.nodes[at];
        let short = self.article.measures[at].text <= 40;
        (short && node.is(&["b", "strong", "p", "div", "span", "header"]) && self.is_teaser_title(at)).then_some(6)
    }

    fn is_teaser_title(&self, at: usize) -> bool {
        if self.article.measures[at].text > 40 {
            return false;
        }
        let words = super::words_of(self.text, self.tree, at).to_lowercase();
        let words = words.trim_matches(|c: char| !c.is_alphanumeric());
        is_teaser_heading(words)
    }

    fn element(&mut self, at: usize) {
        let node = &self.tree.nodes[at];
        let headline = self.article.headline == Some(at);
        if self.article.left_out[at] && !headline {
            return;
        }
        if headline {
            return self.block(BlockKind::Headline, at);
        }
        match node.name.as_str() {
            "br" => self.line_break(),
            "hr" | "img" => self.close_at(node),
            "a" => self.link(at),
            "i" | "em" | "cite" | "b" | "strong" => self.emphasis(at),
            "ul" | "ol" | "menu" | "dir" => self.list(at),
            "li" => self.block(BlockKind::ListItem(self.lists.max(1)), at),
            "table" if self.is_data(at) => self.table(at),
            "dl" => self.definitions(at),
            "pre" => self.preformatted(at),
            "figcaption" | "caption" => self.block(BlockKind::Caption, at),
            _ => match level(node) {
                Some(level) => self.block(BlockKind::Heading(level), at),
                None if is_caption(node) && self.article.measures[at].text <= 300 => self.block(BlockKind::Caption, at),
                None if BLOCKS.contains(&node.name.as_str()) => self.container(at),
                None => self.children(at),
            },
        }
    }

    fn close_at(&mut self, node: &Node) {
        if node.name == "hr" {
            self.close();
        }
    }

    /// An element that begins a new line; what is made of links is left out.
    fn container(&mut self, at: usize) {
        let measure = &self.article.measures[at];
        if measure.is_links() && !measure.headline {
            return;
        }
        // A paragraph in a list item or a value of a field goes on with it.
        let inner = matches!(self.kind, BlockKind::ListItem(_) | BlockKind::Field | BlockKind::TableCell { .. });
        if inner {
            self.builder.separate('\n');
            self.children(at);
            self.builder.separate('\n');
        } else {
            self.close();
            self.children(at);
            self.close();
        }
    }

    fn block(&mut self, kind: BlockKind, at: usize) {
        let before = self.kind;
        self.close();
        self.kind = kind;
        self.children(at);
        self.close();
        self.kind = before;
    }

    fn link(&mut self, at: usize) {
        if !self.builder.is_open() {
            self.builder.open(self.kind);
        }
        let start = self.builder.next();
        self.children(at);
        if let Some(target) = self.tree.nodes[at].get("href")
            && self.builder.is_open()
            && self.builder.end() > start
        {
            self.builder.link(start..self.builder.end(), target);
        }
    }

    fn emphasis(&mut self, at: usize) {
        let start = self.builder.next();
        self.children(at);
        self.builder.emphasize(start);
    }

    fn line_break(&mut self) {
        self.breaks += 1;
        let field = |words: &str| {
            words.len() <= 200 && shape::label_end(words).is_some_and(|at| !words[at + 1..].trim().is_empty())
        };
        let paragraph = self.kind == BlockKind::Paragraph;
        if paragraph && (self.breaks >= 2 || field(self.builder.words()) || shape::is_caption(self.builder.words())) {
            self.close();
        } else {
            self.builder.separate('\n');
        }
    }

    fn words(&mut self, range: Range<usize>) {
        let text = self.text;
        if text[range.clone()].trim().is_empty() {
            self.builder.separate(' ');
            return;
        }
        self.breaks = 0;
        if !self.builder.is_open() {
            self.builder.open(self.kind);
        }
        entity::split(text, range, |range, words| match words {
            Some(words) => self.builder.add_as(words, range),
            None => self.builder.add(range),
        });
    }

    /// Ends the open block and says what it is, now that its words are known.
    fn close(&mut self) {
        if !self.builder.is_open() {
            return;
        }
        let words = self.builder.words();
        if words.is_empty() || is_boilerplate(words) || self.kind != BlockKind::Headline && is_navigation(words) {
            self.builder.abandon();
            return;
        }
        let mut kind = self.kind;
        if kind == BlockKind::Paragraph {
            let field = |w: &str| shape::label_end(w).is_some_and(|at| !w[at + 1..].trim().is_empty());
            if words.lines().all(shape::is_caption) {
                kind = BlockKind::Caption;
            } else if self.running == 0 && shape::is_dateline(words) {
                kind = BlockKind::Dateline;
            } else if words.len() <= 200 && field(words) {
                kind = BlockKind::Field;
            }
            self.running += usize::from(words.len() > 240);
        }
        self.colon = words.ends_with(':');
        self.builder.retag(kind);
        self.builder.close();
    }
}

fn level(node: &Node) -> Option<u8> {
    match node.name.as_str() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ => None,
    }
}

fn is_caption(node: &Node) -> bool {
    node.name == "figure"
        || node.get("class").is_some_and(|class| {
            class.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
                matches!(
                    word.to_ascii_lowercase().as_str(),
                    "caption" | "photo" | "credit" | "credits" | "imagecaption"
                )
            })
        })
}
