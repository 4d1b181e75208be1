//! HTML: the announcement out of a full page.
//!
//! [`tree`] keeps the place of every piece of text, [`article`] tells the announcement from the page around it, by
//! [`names`] and by what stands [`beside`] the [`headline`]; [`head`] reads what the page says about itself, [`write`]
//! puts the blocks together, and [`data`] adds the structured data.

mod article;
mod beside;
mod data;
mod entity;
mod head;
mod headline;
mod mail;
mod names;
mod tree;
mod write;

use std::ops::Range;

use super::builder::Builder;
use super::decode::{Decoded, Weave};
use article::Article;
use tree::{Child, Tree};

/// Reads a page.
pub(super) fn build<'a>(decoded: &'a Decoded<'a>) -> Builder<'a> {
    build_from(decoded, None, |_| {})
}

/// Reads a mail that is written as a page, below its subject.
pub(super) fn build_mail<'a>(decoded: &'a Decoded<'a>, subject: Option<&'a Decoded<'a>>) -> Builder<'a> {
    build_from(decoded, subject, |(tree, article)| mail::leave_out(&decoded.text, tree, &mut article.left_out))
}

fn build_from<'a>(
    decoded: &'a Decoded<'a>,
    subject: Option<&'a Decoded<'a>>,
    adjust: impl FnOnce((&Tree, &mut Article)),
) -> Builder<'a> {
    let text: &str = &decoded.text;
    let mut builder = Builder::new(decoded);
    let tree = Tree::parse(text);
    head::read(text, &tree, &mut builder);
    let title = builder.metadata.title.as_ref().map(|t| t.value.clone());
    let page_title = tree.nodes.iter().position(|n| n.name == "title").map(|at| words_of(text, &tree, at));
    let titles: Vec<&str> = page_title.iter().chain(&title).map(String::as_str).collect();
    let mut article = article::find(text, &tree, &titles);
    adjust((&tree, &mut article));
    head::shorten(text, &tree, article.headline, &mut builder);
    if let Some(subject) = subject {
        builder.headline(subject);
    }
    let mut builder = write::write(text, &tree, &article, builder);
    data::read(text, &tree, &article, &mut builder);
    head::time(&tree, article.root, &article.left_out, &mut builder);
    builder
}

/// Writes a stretch of text without its character references.
pub(super) fn unescape(range: Range<usize>, weave: &mut Weave<'_>) {
    entity::split(weave.text(), range, |range, words| match words {
        Some(words) => weave.stand(words, range),
        None => weave.copy(range),
    });
}

/// The words of a piece of HTML: no marks, no character references.
pub(super) fn plain(text: &str) -> String {
    entity::all(text)
}

/// The encoding that the page declares, in its first kilobytes.
pub(super) fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let at = head.find("charset=")? + "charset=".len();
    let label = head[at..].trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(label.len());
    Some(label[..end].to_owned())
}

/// True if the first bytes are those of a page.
pub(super) fn is_page(head: &str) -> bool {
    let begins = |words: &str, start: &str| words.get(..start.len()).is_some_and(|w| w.eq_ignore_ascii_case(start));
    let mut words = head.trim_start_matches('\u{feff}').trim_start();
    while let Some(rest) = words.strip_prefix("<!--") {
        words = rest.find("-->").map_or("", |end| rest[end + 3..].trim_start());
    }
    if begins(words, "<?xml") {
        words = words.find("?>").map_or("", |end| words[end + 2..].trim_start());
    }
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|start| begins(words, start))
}

/// The words in an element, white space made one blank; of long ones the first thousand bytes or so.
fn words_of(text: &str, tree: &Tree, at: usize) -> String {
    let mut raw = String::new();
    collect(text, tree, at, &mut raw);
    raw.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(text: &str, tree: &Tree, at: usize, raw: &mut String) {
    for child in &tree.nodes[at].children {
        match child {
            _ if raw.len() > 1000 => return,
            Child::Element(n) => collect(text, tree, *n, raw),
            Child::Text(range) => {
                entity::split(text, range.clone(), |r, words| raw.push_str(words.unwrap_or(&text[r])));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_pages_and_their_charset() {
        assert!(
            is_page(" <!-- x --><!DOCTYPE HTML><p>") && is_page("<?xml version='1.0'?><html>") && is_page("<BODY>")
        );
        assert!(!is_page("<3 cities") && !is_page("A <html> tag"));
        assert_eq!(declared_charset(b"<meta charset=\"ISO-8859-1\">").as_deref(), Some("iso-8859-1"));
        assert_eq!(declared_charset(b"<p>"), None);
    }
}
