//! JSON Feed (version 1.1, jsonfeed.org).

use std::ops::Range;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::decode::Weave;
use super::{Broken, Entry, Fields, Piece, Writing};

#[derive(Deserialize)]
struct Feed<'a> {
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    url: Option<&'a RawValue>,
    #[serde(borrow)]
    title: Option<&'a RawValue>,
    #[serde(borrow)]
    content_html: Option<&'a RawValue>,
    #[serde(borrow)]
    content_text: Option<&'a RawValue>,
    #[serde(borrow)]
    summary: Option<&'a RawValue>,
    #[serde(borrow)]
    date_published: Option<&'a RawValue>,
    #[serde(borrow, default)]
    authors: Vec<Author<'a>>,
    #[serde(borrow)]
    author: Option<Author<'a>>,
    #[serde(borrow)]
    language: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Author<'a> {
    #[serde(borrow)]
    name: Option<&'a RawValue>,
}

/// True if a text begins like a JSON Feed.
pub fn is_feed(head: &str) -> bool {
    is_json(head)
        && (head.contains("https://jsonfeed.org/version/") || head.contains("https:\\/\\/jsonfeed.org\\/version"))
}

/// True if a text is no XML but JSON.
pub fn is_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

/// The items of a feed.
pub fn entries(feed: &str) -> Vec<Result<Entry, Broken>> {
    let parsed: Feed<'_> = match serde_json::from_str(feed.trim_start_matches('\u{feff}')) {
        Ok(parsed) => parsed,
        Err(error) => return vec![Err(Broken { at: place(feed, &error), problem: error.to_string() })],
    };
    let entry = |item: &&RawValue| {
        let words: Option<Item<'_>> = serde_json::from_str(item.get()).ok();
        let id = words.and_then(|item| item.id.or(item.url)).map(|id| id.get().trim_matches('"').to_owned());
        Ok(Entry { range: within(feed, item.get()), id })
    };
    parsed.items.iter().map(entry).collect()
}

/// The byte that an error of the parser speaks of.
fn place(text: &str, error: &serde_json::Error) -> usize {
    let line = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    (line + error.column().saturating_sub(1)).min(text.len())
}

/// Where a part of a text stands in it.
fn within(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}

/// What an item says.
pub fn fields(text: &str) -> Fields {
    let Ok(item) = serde_json::from_str::<Item<'_>>(text) else { return Fields::default() };
    // Only strings say something.
    let string = |value: Option<&RawValue>| {
        let range = within(text, value?.get());
        (text[range.clone()].starts_with('"') && range.len() > 2).then(|| range.start + 1..range.end - 1)
    };
    let piece = |value, writing| string(value).map(|range| Piece { range, writing });
    let author = item.author.iter().chain(&item.authors).find_map(|author| string(author.name));
    Fields {
        title: piece(item.title, Writing::JsonText),
        body: piece(item.content_html, Writing::JsonMarkup)
            .or_else(|| piece(item.content_text, Writing::JsonText))
            .or_else(|| piece(item.summary, Writing::JsonText)),
        date: string(item.date_published),
        author,
        url: item.url.and_then(|url| serde_json::from_str(url.get()).ok()),
        language: item.language.and_then(|language| serde_json::from_str(language.get()).ok()),
    }
}

/// Writes the inside of a JSON string without its escapes; plain text (`as_text`) becomes HTML, its blank lines paragraphs.
pub fn unescape(range: Range<usize>, as_text: bool, weave: &mut Weave<'_>) {
    let text = weave.text()[range.clone()].to_owned();
    let mut from = 0;
    let mut at = 0;
    while at < text.len() {
        let Some((width, c)) = unit(&text[at..], as_text) else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        weave.copy(range.start + from..range.start + at);
        let place = range.start + at..range.start + at + width;
        match c {
            '<' if as_text => weave.stand("&lt;", place),
            '&' if as_text => weave.stand("&amp;", place),
            '\n' if as_text && text[at + width..].starts_with("\\n") => weave.stand("<p>", place),
            '\n' if as_text => weave.stand("<br>", place),
            c => weave.stand(c.encode_utf8(&mut [0; 4]), place),
        }
        at += width;
        from = at;
    }
    weave.copy(range.start + from..range.end);
}

/// An escape, or a character that HTML would take for its own: how long it is, and what it stands for.
fn unit(text: &str, as_text: bool) -> Option<(usize, char)> {
    let first = text.chars().next()?;
    if first != '\\' {
        return (as_text && matches!(first, '<' | '&')).then_some((1, first));
    }
    let simple = match text.as_bytes().get(1)? {
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' | b'f' => ' ',
        b'u' => return unicode(text),
        other if other.is_ascii() => char::from(*other),
        _ => return None,
    };
    Some((2, simple))
}

/// `\u00e9`, or two of them for a character outside of the basic plane.
fn unicode(text: &str) -> Option<(usize, char)> {
    let code = |at: usize| u32::from_str_radix(text.get(at + 2..at + 6)?, 16).ok();
    let high = code(0)?;
    if (0xd800..0xdc00).contains(&high) && text.get(6..8) == Some("\\u") {
        let low = code(6).filter(|low| (0xdc00..0xe000).contains(low))?;
        return Some((12, char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))?));
    }
    Some((6, char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER)))
}
