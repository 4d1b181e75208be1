//! The structured data of a page: JSON-LD, microdata and RDFa of schema.org ([`annotated`]), OpenGraph, hCalendar
//! ([`calendar`]).
//!
//! What describes the site is left out, and so is what stands in teasers and sidebars, like their words. What is hidden is
//! not: data are often written for machines alone.

mod annotated;
mod calendar;

use std::ops::Range;

use super::super::announcement::Stated;
use super::super::builder::Builder;
use super::super::data::json::linked_data;
use super::super::data::{Item, Value, Vocabulary};
use super::super::date;
use super::article::Article;
use super::entity;
use super::names::is_hidden;
use super::tree::{Child, Tree};

/// How often a reference is followed into another.
const DEEPEST: usize = 3;

/// Names of OpenGraph that say something of the page's subject.
const OPEN_GRAPH: [&str; 5] = ["og:title", "og:type", "article:", "event:", "book:"];

/// Adds the structured data of a page.
pub(super) fn read(text: &str, tree: &Tree, article: &Article, builder: &mut Builder<'_>) {
    let mut page = Page { text, tree, article, builder };
    let mut items = Vec::new();
    for node in tree.nodes.iter().filter(|node| node.name == "script") {
        if node.get("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) {
            for child in &node.children {
                if let Child::Text(range) = child {
                    items.extend(linked_data(text, range.clone(), page.builder));
                }
            }
        }
    }
    let named: Vec<Item> = items.iter().filter(|item| item.id.is_some()).cloned().collect();
    items.iter_mut().for_each(|item| follow(item, &named, 0));
    annotated::read(&mut page, &mut items);
    calendar::read(&mut page, &mut items);
    items.extend(page.open_graph());
    page.builder.data = items;
    metadata(page.builder);
}

/// Puts what is known of them into the place of references (`{"@id": "#venue"}`).
fn follow(item: &mut Item, named: &[Item], depth: usize) {
    for (_, value) in &mut item.properties {
        let Value::Item(inner) = value else { continue };
        if inner.properties.is_empty()
            && inner.id.is_some()
            && let Some(known) = named.iter().find(|known| known.id == inner.id)
        {
            *inner = known.clone();
        }
        if depth < DEEPEST {
            follow(inner, named, depth + 1);
        }
    }
}

/// Completes what the page says about itself by its first article or dated work.
fn metadata(builder: &mut Builder<'_>) {
    let data = std::mem::take(&mut builder.data);
    let first = |item: &Item, name: &str| -> Option<usize> {
        item.get(name).find_map(|value| match value {
            Value::Words(block) => Some(*block),
            Value::Item(inner) => {
                inner.get("name").find_map(|value| if let Value::Words(b) = value { Some(*b) } else { None })
            }
        })
    };
    let is_work = |item: &&Item| {
        item.vocabulary == Vocabulary::SchemaOrg
            && ["datePublished", "headline"].iter().any(|n| first(item, n).is_some())
    };
    if let Some(work) = data.iter().find(is_work) {
        let stated = |name: &str| first(work, name).map(|block| builder.stated_value(block));
        let (title, published) = (stated("headline"), stated("datePublished"));
        let (author, publisher) = (stated("author"), stated("publisher"));
        let published =
            published.and_then(|stated| Some(Stated { value: date::iso(&stated.value)?, bytes: stated.bytes }));
        let metadata = &mut builder.metadata;
        metadata.title = metadata.title.take().or(title);
        metadata.date = metadata.date.take().or(published);
        metadata.author = metadata.author.take().or(author);
        metadata.publisher = metadata.publisher.take().or(publisher);
    }
    builder.data = data;
}

struct Page<'p, 'b> {
    text: &'p str,
    tree: &'p Tree,
    article: &'p Article,
    builder: &'p mut Builder<'b>,
}

impl Page<'_, '_> {
    /// True if an element stands in a part of the page that is left out for what it is, and not because nobody sees it.
    fn is_aside(&self, at: usize) -> bool {
        let outermost = std::iter::once(at).chain(self.tree.around(at)).filter(|n| self.article.left_out[*n]).last();
        outermost.is_some_and(|at| {
            let node = &self.tree.nodes[at];
            !is_hidden(node) && node.name != "head"
        })
    }

    /// The value of an attribute, as a block.
    fn attribute(&mut self, at: usize, name: &str) -> Option<usize> {
        let range = self.tree.nodes[at].place(name)?;
        let text = self.text;
        self.builder.value(|builder| add(text, range, builder))
    }

    /// The words in an element, as a block.
    fn words(&mut self, at: usize) -> Option<usize> {
        let mut ranges = Vec::new();
        self.texts(at, &mut ranges);
        let text = self.text;
        self.builder.value(|builder| {
            for range in ranges {
                add(text, range, builder);
                builder.separate(' ');
            }
        })
    }

    fn texts(&self, at: usize, out: &mut Vec<Range<usize>>) {
        for child in &self.tree.nodes[at].children {
            match child {
                Child::Text(range) => out.push(range.clone()),
                Child::Element(n) if !self.tree.nodes[*n].is(&["script", "style", "template"]) => self.texts(*n, out),
                Child::Element(_) => {}
            }
        }
    }

    /// What `meta` elements of OpenGraph say.
    fn open_graph(&mut self) -> Option<Item> {
        let mut item = Item::new(Vocabulary::OpenGraph);
        for at in 0..self.tree.nodes.len() {
            let node = &self.tree.nodes[at];
            let name = node.get("property").filter(|_| node.name == "meta").unwrap_or("").to_ascii_lowercase();
            if !OPEN_GRAPH.iter().any(|known| name.starts_with(known)) {
                continue;
            }
            if name == "og:type" {
                item.types.extend(node.get("content").map(str::to_owned));
            }
            let block = self.attribute(at, "content");
            item.properties.extend(block.map(|block| (name, Value::Words(block))));
        }
        (!item.properties.is_empty()).then_some(item)
    }
}

fn add(text: &str, range: Range<usize>, builder: &mut Builder<'_>) {
    entity::split(text, range, |range, words| match words {
        Some(words) => builder.add_as(words, range),
        None => builder.add(range),
    });
}
