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
use super::article::{Article, Measure};
use super::entity;
use super::tree::{BLOCKS, Child, Node, Tree};
use phrases::{is_boilerplate, is_box_title, is_teaser_heading};

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
                    match self.about(*n) {
                        About::Teasers(level) => teasers = Some(teasers.map_or(level, |old| old.min(level))),
                        About::Section(level) if teasers.is_some_and(|old| level <= old) => teasers = None,
                        About::Nothing => continue,
                        About::Section(_) | About::Words => {}
                    }
                    if teasers.is_none() {
                        self.element(*n);
                    }
                }
            }
        }
    }

    /// What an element says about what follows it.
    fn about(&self, at: usize) -> About {
        let node = &self.tree.nodes[at];
        let level = level(node);
        let short = self.article.measures[at].text <= 40;
        let looks_like_one = short && node.is(&["b", "strong", "p", "div", "span", "header"]);
        let phrase = if short && (level.is_some() || looks_like_one) { self.phrase(at) } else { String::new() };
        match level {
            Some(level) if is_teaser_heading(&phrase) => About::Teasers(level),
            Some(level) if self.heads_nothing(at, level) => About::Nothing,
            Some(level) => About::Section(level),
            None if is_box_title(&phrase) => About::Nothing,
            // `<b>In other news</b>`, or a heading alone in a box.
            None if is_teaser_heading(&phrase) => About::Teasers(6),
            None => About::Words,
        }
    }

    /// The words of a short element, in lower case, without what stands around them.
    fn phrase(&self, at: usize) -> String {
        let words = super::words_of(self.text, self.tree, at).to_lowercase();
        words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
    }

    /// True if all that stands under a heading has been left out.
    fn heads_nothing(&self, heading: usize, own: u8) -> bool {
        if self.article.headline == Some(heading) {
            return false;
        }
        let mut gone = false;
        let mut at = heading;
        // A heading can stand in a box of its own.
        for _ in 0..3 {
            let around = self.tree.nodes[at].parent;
            let mut behind = false;
            for child in &self.tree.nodes[around].children {
                match child {
                    Child::Element(n) if *n == at => behind = true,
                    Child::Element(n) if behind => {
                        if level(&self.tree.nodes[*n]).is_some_and(|other| other <= own) {
                            return gone;
                        }
                        if self.article.kept[*n] > 0 {
                            return false;
                        }
                        gone |= self.article.measures[*n].text > 0;
                    }
                    Child::Text(range) if behind && !self.text[range.clone()].trim().is_empty() => return false,
                    _ => {}
                }
            }
            if gone || around == self.article.root {
                return gone;
            }
            at = around;
        }
        gone
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
            "a" if self.is_within_page(at) => {}
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
        if measure.is_links() && !measure.headline && !is_byline(&self.tree.nodes[at], measure) {
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

    /// True if an element has no words but those of this link, and it leads to another place of the page or runs a script.
    fn is_within_page(&self, at: usize) -> bool {
        let node = &self.tree.nodes[at];
        let target = node.get("href").unwrap_or("");
        let within = target.len() > 1 && target.starts_with('#') || target.starts_with("javascript:");
        within && self.article.kept[at] == self.article.kept[node.parent]
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

/// What an element says about what follows it.
enum About {
    /// It is the heading of teasers, with its level.
    Teasers(u8),
    /// It is a heading of this level.
    Section(u8),
    /// It is part of the page around the announcement.
    Nothing,
    /// It is part of the text.
    Words,
}

/// A line that says who wrote it and when can be made of links.
fn is_byline(node: &Node, measure: &Measure) -> bool {
    measure.text <= 200
        && (measure.time
            || node.get("class").is_some_and(|class| {
                class
                    .split(|c: char| !c.is_ascii_alphanumeric())
                    .any(|word| matches!(word, "byline" | "author" | "date" | "published" | "posted"))
            }))
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
