//! Feeds: RSS (0.9 to 2.0, and 1.0 as RDF), Atom, JSON Feed. One announcement an entry.
//!
//! `feed-rs` reads all of these, and keeps no offsets; so the entries are found here ([`entries`]) with their ranges, and each
//! is a document that can be read by itself ([`build`]). An entry is read as the page that its author wrote it as: its title
//! becomes the headline, and what is escaped in XML or JSON is woven into text of which every character knows its place.

mod json;
mod xml;

use std::ops::Range;

use super::announcement::Stated;
use super::builder::Builder;
use super::date;
use super::decode::{Decoded, Weave};
use super::html;

/// An entry of a feed, or what is wrong with a part of it.
pub(super) struct Entry {
    /// Where it stands in the feed.
    pub range: Range<usize>,
    /// The name that the feed gives it, or its address: the same when it is changed.
    pub id: Option<String>,
}

/// Something in a feed that cannot be read.
pub(super) struct Broken {
    /// Where in the feed.
    pub at: usize,
    /// What is wrong.
    pub problem: String,
}

/// True if a text begins like a feed.
pub(super) fn is_feed(head: &str) -> bool {
    xml::is_feed(head) || json::is_feed(head)
}

/// True if a text is an entry that has been taken out of a feed.
pub(super) fn is_entry(head: &str) -> bool {
    xml::is_entry(head)
}

/// The entries of a feed, in its order.
pub(super) fn entries(feed: &str) -> Vec<Result<Entry, Broken>> {
    if json::is_json(feed) { json::entries(feed) } else { xml::entries(feed) }
}

/// What an entry says, by places in its text.
#[derive(Default)]
struct Fields {
    title: Option<Piece>,
    body: Option<Piece>,
    date: Option<Range<usize>>,
    author: Option<Range<usize>>,
    url: Option<String>,
    language: Option<String>,
}

/// A piece of an entry and how it is written.
struct Piece {
    range: Range<usize>,
    writing: Writing,
}

/// How words are written in an entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Writing {
    /// HTML, or text in which `<` and `&` are escaped as in HTML.
    Markup,
    /// The same, escaped once more, as XML does it with text.
    EscapedMarkup,
    /// HTML in a JSON string.
    JsonMarkup,
    /// Plain text in a JSON string.
    JsonText,
}

/// An entry with its words as a page.
pub(super) struct Page {
    decoded: Decoded<'static>,
    title: Option<Stated>,
    date: Option<Stated>,
    author: Option<Stated>,
    url: Option<String>,
    language: Option<String>,
}

/// Puts the words of an entry together.
pub(super) fn page(entry: &Decoded<'_>) -> Page {
    let text: &str = &entry.text;
    let fields = if json::is_json(text) { json::fields(text) } else { xml::fields(text) };
    let mut weave = Weave::new(entry);
    weave.made("<html><body><article>");
    for (piece, before, after) in [(&fields.title, "<h1>", "</h1>"), (&fields.body, "<div>", "</div>")] {
        let Some(piece) = piece else { continue };
        weave.made(before);
        match piece.writing {
            Writing::Markup => weave.copy(piece.range.clone()),
            Writing::EscapedMarkup => html::unescape(piece.range.clone(), &mut weave),
            Writing::JsonMarkup => json::unescape(piece.range.clone(), false, &mut weave),
            Writing::JsonText => json::unescape(piece.range.clone(), true, &mut weave),
        }
        weave.made(after);
    }
    weave.made("</article></body></html>");
    let stated = |range: Range<usize>| {
        let value = plain(&text[range.clone()]);
        (!value.is_empty()).then(|| Stated { value, bytes: entry.original(range) })
    };
    let date = fields.date.and_then(|range| {
        let value = date::iso(text[range.clone()].trim())?;
        Some(Stated { value, bytes: entry.original(range) })
    });
    Page {
        decoded: weave.finish(),
        title: fields.title.and_then(|piece| stated(piece.range)),
        date,
        author: fields.author.and_then(stated),
        url: fields.url,
        language: fields.language,
    }
}

/// Reads an entry.
pub(super) fn build(page: &Page) -> Builder<'_> {
    let mut builder = html::build(&page.decoded);
    let metadata = &mut builder.metadata;
    metadata.title = page.title.clone().or(metadata.title.take());
    metadata.date = page.date.clone().or(metadata.date.take());
    metadata.author = page.author.clone().or(metadata.author.take());
    metadata.url = page.url.clone().or(metadata.url.take());
    metadata.language = page.language.clone().or(metadata.language.take());
    builder
}

/// Words as people read them: without the marks of XML, entities undone.
fn plain(raw: &str) -> String {
    let bare = raw.trim();
    let once = html::plain(bare);
    let twice = html::plain(&once);
    twice.split_whitespace().collect::<Vec<_>>().join(" ")
}
