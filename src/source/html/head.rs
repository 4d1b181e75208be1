//! What a page says about itself: `<title>`, OpenGraph, Dublin Core, `<time>`, the language of `<html>`.

use std::ops::Range;

use super::super::announcement::Stated;
use super::super::builder::Builder;
use super::super::date;
use super::tree::{Child, Tree};

/// What a `meta` element can be called, the most telling first.
const TITLE: [&str; 5] = ["og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title"];
const DATE: [&str; 13] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "dcterms.created",
    "dc.date.created",
    "pubdate",
    "publish_date",
    "date",
];
const AUTHOR: [&str; 5] = ["article:author", "dc.creator", "dcterms.creator", "citation_author", "author"];
const PUBLISHER: [&str; 5] = ["og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher"];

/// Puts what the page says about itself into the metadata.
pub(super) fn read(text: &str, tree: &Tree, builder: &mut Builder<'_>) {
    let metas: Vec<(String, usize)> = tree
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.name == "meta")
        .filter_map(|(at, node)| {
            let name = node.get("property").or(node.get("name")).or(node.get("itemprop"))?;
            Some((name.to_ascii_lowercase(), at))
        })
        .collect();
    let find = |names: &[&str]| {
        names.iter().find_map(|name| {
            let (_, at) = metas
                .iter()
                .find(|(n, at)| n == name && tree.nodes[*at].get("content").is_some_and(|c| !c.trim().is_empty()))?;
            Some((tree.nodes[*at].get("content")?.trim().to_owned(), tree.nodes[*at].place("content")?))
        })
    };
    let stated = |builder: &Builder<'_>, value: String, range: Range<usize>| {
        builder.stated(range).map(|s| Stated { value, bytes: s.bytes })
    };
    if let Some((value, range)) = find(&TITLE).or_else(|| title(text, tree)) {
        builder.metadata.title = stated(builder, value, range);
    }
    if let Some((value, range)) = find(&DATE)
        && let Some(value) = date::iso(&value)
    {
        builder.metadata.date = stated(builder, value, range);
    }
    if let Some((value, range)) = find(&AUTHOR) {
        builder.metadata.author = stated(builder, value, range);
    }
    if let Some((value, range)) = find(&PUBLISHER) {
        builder.metadata.publisher = stated(builder, value, range);
    }
    for node in &tree.nodes {
        match node.name.as_str() {
            "html" => builder.metadata.language = node.get("lang").filter(|l| !l.is_empty()).map(str::to_owned),
            "link" if node.get("rel") == Some("canonical") => {
                builder.metadata.url = node.get("href").map(str::to_owned)
            }
            _ => {}
        }
    }
    if builder.metadata.url.is_none() {
        builder.metadata.url = find(&["og:url"]).map(|(value, _)| value);
    }
}

/// The place of the first `<time>` element that gives the date of publication of the text from element `root` on.
pub(super) fn time(tree: &Tree, root: usize, left_out: &[bool], builder: &mut Builder<'_>) {
    if builder.metadata.date.is_some() {
        return;
    }
    let times = (1..tree.nodes.len()).filter(|at| {
        let node = &tree.nodes[*at];
        let published = node.get("pubdate").is_some()
            || node.get("itemprop") == Some("datePublished")
            || node
                .get("class")
                .is_some_and(|c| c.split(['-', '_', ' ']).any(|w| matches!(w, "published" | "date" | "posted")))
            || tree.around(*at).take(3).any(|n| {
                tree.nodes[n].get("class").is_some_and(|c| {
                    c.split(['-', '_', ' '])
                        .any(|w| matches!(w, "meta" | "date" | "submitted" | "published" | "posted" | "byline"))
                })
            });
        let inside = root == 0 || tree.around(*at).any(|n| n == root);
        node.name == "time" && published && inside && !left_out[*at]
    });
    for at in times {
        let node = &tree.nodes[at];
        if let (Some(value), Some(range)) = (node.get("datetime").and_then(date::iso), node.place("datetime")) {
            builder.metadata.date = builder.stated(range).map(|s| Stated { value, bytes: s.bytes });
            return;
        }
    }
}

/// A title that names the site as well ("Forum opens | City of Oslo") gives way to the headline, if that is one piece of
/// text and stands in the title.
pub(super) fn shorten(text: &str, tree: &Tree, headline: Option<usize>, builder: &mut Builder<'_>) {
    let (Some(title), Some(at)) = (&builder.metadata.title, headline) else { return };
    let words = super::words_of(text, tree, at);
    if words.len() >= title.value.len() || !title.value.contains(&words) {
        return;
    }
    let mut at = at;
    let range = loop {
        let mut filled = tree.nodes[at].children.iter().filter(|child| match child {
            Child::Text(range) => !text[range.clone()].trim().is_empty(),
            Child::Element(_) => true,
        });
        match (filled.next(), filled.next()) {
            (Some(Child::Text(range)), None) => break range.clone(),
            (Some(Child::Element(inner)), None) => at = *inner,
            _ => return,
        }
    };
    builder.metadata.title = builder.stated(range).map(|stated| Stated { value: words, bytes: stated.bytes });
}

/// The page's title.
fn title(text: &str, tree: &Tree) -> Option<(String, Range<usize>)> {
    let at = tree.nodes.iter().position(|node| node.name == "title")?;
    let range = tree.nodes[at].children.iter().find_map(|child| match child {
        Child::Text(range) => Some(range.clone()),
        Child::Element(_) => None,
    })?;
    let words = super::words_of(text, tree, at);
    (!words.is_empty()).then_some((words, range))
}
