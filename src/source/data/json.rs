//! JSON, as records and as JSON-LD. The parser keeps the place of every value and limits the depth.

use std::ops::Range;

use jsonc_parser::ast::{Object, Value as Json};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{Item, Value, Vocabulary};
use crate::source::builder::Builder;

/// Longer strings are texts and no values: bodies of articles, pictures in base64. In bytes.
const LONGEST: usize = 2000;

/// Kinds of things of schema.org that describe the site and not what the page tells of.
const FURNITURE: [&str; 16] = [
    "WebSite",
    "WebPage",
    "WebPageElement",
    "CollectionPage",
    "ItemPage",
    "AboutPage",
    "ContactPage",
    "BreadcrumbList",
    "SearchAction",
    "ReadAction",
    "ImageObject",
    "VideoObject",
    "SiteNavigationElement",
    "WPHeader",
    "WPFooter",
    "WPSideBar",
];

/// True for a kind of things of schema.org that describes the site.
pub(in crate::source) fn is_furniture(kind: &str) -> bool {
    FURNITURE.contains(&kind)
}

/// What is wrong with JSON, and where: an offset in bytes.
pub(in crate::source) struct Mistake {
    pub at: usize,
    pub problem: String,
}

/// Parses `text`; pages write JSON with comments and commas too many.
fn parse(text: &str, strict: bool) -> Result<Option<Json<'_>>, Mistake> {
    let options = ParseOptions {
        allow_comments: !strict,
        allow_loose_object_property_names: false,
        allow_trailing_commas: !strict,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    parse_to_ast(text, &CollectOptions::default(), &options)
        .map(|parsed| parsed.value)
        .map_err(|error| Mistake { at: error.range().start, problem: error.kind().to_string() })
}

/// Where the records stand in a JSON text: the objects of an array, or the one object that it is.
pub(in crate::source) fn records(text: &str) -> Result<Vec<Range<usize>>, Mistake> {
    let place = |value: &Json<'_>| value.range().start..value.range().end;
    Ok(match parse(text, true)? {
        Some(Json::Array(array)) => {
            array.elements.iter().filter(|value| matches!(value, Json::Object(_))).map(place).collect()
        }
        Some(Json::Object(object)) => vec![object.range().start..object.range().end],
        _ => Vec::new(),
    })
}

/// Reads a record: an object.
pub(in crate::source) fn record(text: &str, builder: &mut Builder<'_>) -> Result<(), Mistake> {
    if let Some(Json::Object(object)) = parse(text, true)? {
        let mut reader = Reader { text, from: 0, vocabulary: Vocabulary::Record, builder, top: Vec::new() };
        let item = reader.object(&object);
        builder.data.push(item);
    }
    Ok(())
}

/// Reads a JSON-LD script that stands at `range` of `text`: the things it speaks of, in order. What is no JSON says
/// nothing.
pub(in crate::source) fn linked_data(text: &str, range: Range<usize>, builder: &mut Builder<'_>) -> Vec<Item> {
    let Ok(Some(value)) = parse(&text[range.clone()], false) else { return Vec::new() };
    let vocabulary = Vocabulary::SchemaOrg;
    let mut reader = Reader { text, from: range.start, vocabulary, builder, top: Vec::new() };
    reader.top(&value);
    reader.top
}

struct Reader<'r, 'b, 't> {
    text: &'t str,
    /// Where the JSON begins in the text.
    from: usize,
    vocabulary: Vocabulary,
    builder: &'r mut Builder<'b>,
    /// Things that do not lie in another one.
    top: Vec<Item>,
}

impl Reader<'_, '_, '_> {
    fn top(&mut self, value: &Json<'_>) {
        match value {
            Json::Array(array) => array.elements.iter().for_each(|element| self.top(element)),
            Json::Object(object) => {
                let item = self.object(object);
                if !item.properties.is_empty() {
                    self.top.push(item);
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &Object<'_>) -> Item {
        let mut item = Item::new(self.vocabulary);
        let linked = self.vocabulary == Vocabulary::SchemaOrg;
        if linked {
            for property in &object.properties {
                match (property.name.as_str(), &property.value) {
                    ("@type", Json::Array(all)) => item.types.extend(all.elements.iter().filter_map(local)),
                    ("@type", one) => item.types.extend(local(one)),
                    ("@id", Json::StringLit(id)) => item.id = Some(id.value.clone().into_owned()),
                    ("@graph", value) => self.top(value),
                    _ => {}
                }
            }
        }
        let furniture = item.types.iter().any(|kind| is_furniture(kind));
        for property in &object.properties {
            let name = property.name.as_str();
            let name = if linked { term(name) } else { name };
            if !(linked && (name.starts_with('@') || name == "articleBody")) {
                self.value(name, &property.value, furniture, &mut item);
            }
        }
        item
    }

    fn value(&mut self, name: &str, value: &Json<'_>, furniture: bool, item: &mut Item) {
        let range = value.range();
        let place = self.from + range.start..self.from + range.end;
        let words = match value {
            Json::Array(array) => {
                array.elements.iter().for_each(|element| self.value(name, element, furniture, item));
                return;
            }
            Json::Object(object) => {
                if let Some(only) = object.get("@value") {
                    return self.value(name, &only.value, furniture, item);
                }
                let inner = self.object(object);
                if !inner.properties.is_empty() || inner.id.is_some() {
                    item.properties.push((name.to_owned(), Value::Item(inner)));
                }
                return;
            }
            _ if furniture || place.len() > LONGEST => None,
            Json::StringLit(_) => self.string(place.start + 1..place.end.saturating_sub(1)),
            Json::NumberLit(_) | Json::BooleanLit(_) => self.builder.value(|builder| builder.add(place)),
            Json::NullKeyword(_) => None,
        };
        item.properties.extend(words.map(|block| (name.to_owned(), Value::Words(block))));
    }

    /// A string without its quotation marks: what is escaped keeps its place as a whole.
    fn string(&mut self, range: Range<usize>) -> Option<usize> {
        let text = self.text;
        self.builder.value(|builder| {
            let mut from = range.start;
            while let Some(at) = text[from..range.end].find('\\').map(|found| from + found) {
                builder.add(from..at);
                let (length, c) = escape(&text[at..range.end]);
                let mut buffer = [0; 4];
                builder.add_as(c.encode_utf8(&mut buffer), at..at + length);
                from = at + length;
            }
            builder.add(from..range.end);
        })
    }
}

/// How many bytes the escape at the start of `text` has, and what it stands for.
fn escape(text: &str) -> (usize, char) {
    let unit = |from: usize| u16::from_str_radix(text.get(from..from + 4)?, 16).ok();
    let length = 1 + text[1..].chars().next().map_or(0, char::len_utf8);
    match text.as_bytes().get(1) {
        Some(b'n' | b'r' | b't' | b'b' | b'f') => (length, ' '),
        Some(b'u') => {
            let low = text.get(6..8).filter(|next| *next == "\\u").and_then(|_| unit(8));
            let pair = [unit(2).unwrap_or(0xfffd), low.unwrap_or(0)];
            match char::decode_utf16(pair).next() {
                Some(Ok(c)) => (if c.len_utf16() == 2 { 12 } else { 6 }.min(text.len()), c),
                _ => (6.min(text.len()), char::REPLACEMENT_CHARACTER),
            }
        }
        _ => (length, text[1..].chars().next().unwrap_or('\\')),
    }
}

/// A type without the address of schema.org.
fn local(value: &Json<'_>) -> Option<String> {
    let Json::StringLit(kind) = value else { return None };
    Some(term(&kind.value).to_owned())
}

/// A term of schema.org without its address or the usual prefix.
pub(in crate::source) fn term(name: &str) -> &str {
    let bare = name.strip_prefix("http://").or_else(|| name.strip_prefix("https://")).unwrap_or(name);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    bare.strip_prefix("schema.org/").or_else(|| name.strip_prefix("schema:")).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{escape, records, term};

    #[test]
    fn finds_records() {
        let found = |text: &str| {
            let ranges = records(text).unwrap_or_default();
            ranges.into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found(r#" [{"a":1}, {"a":2} ]"#), [r#"{"a":1}"#, r#"{"a":2}"#]);
        assert_eq!(found(r#"{"title":"x","confs":[{"a":1}]}"#), [r#"{"title":"x","confs":[{"a":1}]}"#]);
        assert!(found("[1, 2]").is_empty() && found("3").is_empty());
        let deep = "[".repeat(100_000);
        assert!(records(&deep).is_err());
    }

    #[test]
    fn undoes_escapes() {
        for (text, length, c) in [
            (r"\n", 2, ' '),
            (r"\u00e9x", 6, 'é'),
            (r"\ud83d\ude00", 12, '😀'),
            (r#"\""#, 2, '"'),
            (r"\ud83dx", 6, '\u{fffd}'),
        ] {
            assert_eq!(escape(text), (length, c), "{text}");
        }
        assert_eq!(term("https://schema.org/Event"), "Event");
        assert_eq!(term("schema:name"), "name");
    }
}
