//! Fonts: how many bytes a code has, what it stands for, how wide it is.

use lopdf::{Dictionary, Document, Object};

use super::cmap::CMap;

/// The most that a part of a font may unpack to, in bytes.
const LIMIT: usize = 4 << 20;

/// How the codes of a string are read.
pub struct Font {
    /// Bytes of a code.
    pub width: usize,
    words: Words,
    widths: Widths,
}

enum Words {
    /// As the font says itself.
    Map(CMap),
    /// By a table of the codes of one byte.
    Table(Vec<String>),
    /// Codes are units of UTF-16.
    Utf16,
    /// Nobody knows.
    Unknown,
}

/// Widths in thousandths of the size.
struct Widths {
    first: u32,
    list: Vec<f32>,
    /// Those of composite fonts: first code, last code, width.
    ranges: Vec<(u32, u32, f32)>,
    other: Option<f32>,
}

impl Font {
    /// Reads a font.
    pub fn new(font: &Dictionary, document: &Document) -> Font {
        let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        let map = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).ok();
        let map = map.and_then(|stream| stream.get_plain_content_with_limit(LIMIT).ok()).map(|map| CMap::parse(&map));
        let width = if composite { map.as_ref().and_then(CMap::width).unwrap_or(2) } else { 1 };
        let words = match map {
            Some(map) => Words::Map(map),
            None if composite => match font.get_deref(b"Encoding", document).and_then(Object::as_name) {
                Ok(name)
                    if String::from_utf8_lossy(name).contains("UCS2")
                        || String::from_utf8_lossy(name).contains("UTF16") =>
                {
                    Words::Utf16
                }
                _ => Words::Unknown,
            },
            None => Words::Table(table(font, document)),
        };
        Font { width, words, widths: Widths::new(font, document, composite) }
    }

    /// What a code stands for. Empty if nobody knows.
    pub fn words(&self, code: u32) -> String {
        match &self.words {
            Words::Map(map) => map.get(code).unwrap_or_default(),
            Words::Table(table) => table.get(code as usize).cloned().unwrap_or_default(),
            Words::Utf16 => char::from_u32(code).map(String::from).unwrap_or_default(),
            Words::Unknown => String::new(),
        }
    }

    /// The width of a code that stands for `words`, in thousandths of the size.
    pub fn advance(&self, code: u32, words: &str) -> f32 {
        let by_range = || {
            let behind = self.widths.ranges.partition_point(|(first, _, _)| *first <= code);
            let (_, last, width) = self.widths.ranges[..behind].last()?;
            (code <= *last).then_some(*width)
        };
        let listed = code.checked_sub(self.widths.first).and_then(|at| self.widths.list.get(at as usize)).copied();
        listed.or_else(by_range).or(self.widths.other).unwrap_or_else(|| usual_width(words))
    }
}

impl Widths {
    fn new(font: &Dictionary, document: &Document, composite: bool) -> Widths {
        let mut widths = Widths { first: 0, list: Vec::new(), ranges: Vec::new(), other: None };
        if composite {
            let inner = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
            let inner = inner.and_then(|list| document.dereference(list.first()?).ok()?.1.as_dict().ok());
            if let Some(inner) = inner {
                widths.other = Some(inner.get_deref(b"DW", document).and_then(Object::as_float).unwrap_or(1000.0));
                if let Ok(list) = inner.get_deref(b"W", document).and_then(Object::as_array) {
                    widths.read_ranges(list, document);
                }
            }
            return widths;
        }
        if let Ok(list) = font.get_deref(b"Widths", document).and_then(Object::as_array) {
            let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
            widths.first = u32::try_from(first).unwrap_or(0);
            widths.list = list.iter().take(256).map(|width| number(width, document).unwrap_or(0.0)).collect();
        }
        widths
    }

    /// `1 [500 600] 10 20 700`: widths from code 1 on, and one for the codes 10 to 20.
    fn read_ranges(&mut self, list: &[Object], document: &Document) {
        let mut rest = list;
        while let [first, second, behind @ ..] = rest {
            let Some(first) = number(first, document).map(|first| first as u32) else { return };
            rest = behind;
            match document.dereference(second).map(|(_, object)| object) {
                Ok(Object::Array(widths)) => {
                    for (at, width) in widths.iter().enumerate() {
                        let code = first.saturating_add(at as u32);
                        self.ranges.extend(number(width, document).map(|width| (code, code, width)));
                    }
                }
                Ok(last) => {
                    let [width, behind @ ..] = rest else { return };
                    rest = behind;
                    let last = number(last, document).map(|last| last as u32);
                    self.ranges.extend(last.zip(number(width, document)).map(|(last, width)| (first, last, width)));
                }
                Err(_) => return,
            }
        }
        self.ranges.sort_by_key(|(first, _, _)| *first);
    }
}

fn number(object: &Object, document: &Document) -> Option<f32> {
    document.dereference(object).ok()?.1.as_float().ok()
}

/// What the codes of one byte stand for.
fn table(font: &Dictionary, document: &Document) -> Vec<String> {
    let encoding = font.get_deref(b"Encoding", document).ok();
    let dictionary = encoding.and_then(|encoding| encoding.as_dict().ok());
    let base = match dictionary {
        Some(dictionary) => dictionary.get_deref(b"BaseEncoding", document).ok(),
        None => encoding,
    };
    let mut table = decoded(base.cloned(), document);
    let differences = dictionary.and_then(|d| d.get_deref(b"Differences", document).and_then(Object::as_array).ok());
    let mut code = 0usize;
    for object in differences.into_iter().flatten() {
        match object {
            Object::Integer(at) => code = usize::try_from(*at).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(slot) = table.get_mut(code) {
                    *slot = of_glyph(name, document);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    table
}

/// A table by the encoding of a font, as `lopdf` knows it.
fn decoded(encoding: Option<Object>, document: &Document) -> Vec<String> {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    if let Some(encoding) = encoding {
        font.set("Encoding", encoding);
    }
    let Ok(encoding) = font.get_font_encoding_with_limit(document, LIMIT) else { return vec![String::new(); 256] };
    (0..=255u8).map(|code| encoding.bytes_to_string(&[code]).unwrap_or_default()).collect()
}

/// What a glyph stands for: by its name in Adobe's list, which `lopdf` has, or by the code point in its name.
fn of_glyph(name: &[u8], document: &Document) -> String {
    let name = name.split(|b| *b == b'.').next().unwrap_or_default();
    if name.contains(&b'_') {
        return name.split(|b| *b == b'_').map(|part| of_glyph(part, document)).collect();
    }
    let text = std::str::from_utf8(name).unwrap_or_default();
    let hex = text.strip_prefix("uni").or_else(|| text.strip_prefix('u')).filter(|hex| (4..=6).contains(&hex.len()));
    if let Some(c) = hex.and_then(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?)) {
        return c.to_string();
    }
    let mut encoding = Dictionary::new();
    encoding.set("Type", Object::Name(b"Encoding".to_vec()));
    encoding.set("Differences", Object::Array(vec![Object::Integer(0), Object::Name(name.to_vec())]));
    let mut known = decoded(Some(Object::Dictionary(encoding)), document);
    known.swap_remove(0)
}

/// Widths of the fonts that every reader has, roughly: only gaps between words are measured with them.
fn usual_width(words: &str) -> f32 {
    match words.chars().next() {
        Some('i' | 'j' | 'l' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' | '(' | ')' | 'I' | 'f' | 't' | ' ' | '-') => {
            280.0
        }
        Some('m' | 'M' | 'W' | 'w' | '@' | '%') => 830.0,
        Some(c) if c.is_uppercase() => 680.0,
        _ => 530.0,
    }
}
