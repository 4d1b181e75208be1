//! From bytes to characters, without losing the place of any of them.
//!
//! UTF-8 is the rule. A byte order mark says UTF-16. What is not UTF-8 but mostly ASCII, without a byte that
//! windows-1252 leaves undefined and without a sign of UTF-8 elsewhere, is windows-1252 (the old mail and the old web);
//! all else is an error, because a wrong guess would put wrong names into the graph.

use std::borrow::Cow;
use std::ops::Range;

use super::error::ReadError;
use super::origin::Origin;

/// How many bytes of decoded text lie between two marks of a [`Decoded`] whose characters change their length.
const STRIDE: usize = 64;

/// How many bytes of the original a character took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Utf8,
    Utf16,
    Single,
    /// As the marks say: one for each character, and one for the end.
    Any,
    /// As [`Decoded::woven`] says.
    Woven,
}

/// The characters of a file, and where each of them stands in it.
#[derive(Clone, Debug)]
pub(super) struct Decoded<'a> {
    /// The characters.
    pub text: Cow<'a, str>,
    /// The name of the encoding.
    pub charset: &'static str,
    unit: Unit,
    /// Offset of the first character in the original.
    start: u64,
    /// For each [`STRIDE`] bytes of text the number of original bytes before the character that holds that byte.
    marks: Vec<(usize, u64)>,
    /// Where the text came from, if it was put together.
    woven: Origin,
}

impl<'a> Decoded<'a> {
    /// Decodes `bytes`; `name` is for messages only.
    pub fn new(name: &str, bytes: &'a [u8]) -> Result<Self, ReadError> {
        if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
            return Self::utf16(name, rest, u16::from_le_bytes, "UTF-16LE");
        }
        if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
            return Self::utf16(name, rest, u16::from_be_bytes, "UTF-16BE");
        }
        let (body, start) = bytes.strip_prefix(b"\xef\xbb\xbf").map_or((bytes, 0), |rest| (rest, 3));
        if let Some(at) = binary_at(body) {
            return Err(ReadError::Binary { name: name.to_owned(), at: (at + start) as u64, byte: body[at] });
        }
        match std::str::from_utf8(body) {
            Ok(text) => Ok(Self::utf8(text, start as u64)),
            Err(e) if start == 0 && plausible_windows_1252(body) => {
                let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(body);
                debug_assert!(e.valid_up_to() < body.len());
                Ok(Self::counted(text.into_owned(), 0, Unit::Single, "windows-1252"))
            }
            Err(e) => Err(wrong(name, &body[..e.valid_up_to()], (e.valid_up_to() + start) as u64, "UTF-8")),
        }
    }

    /// Decodes `bytes` that say what encoding they are in. What is UTF-8 is read as such all the same: pages say
    /// `iso-8859-1` out of habit. So is what has no declaration, or one that nobody knows.
    pub fn declared(name: &str, bytes: &'a [u8], label: Option<&str>) -> Result<Self, ReadError> {
        let encoding = label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
        let marked =
            bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || std::str::from_utf8(bytes).is_ok();
        match encoding {
            Some(encoding) if !marked && encoding != encoding_rs::UTF_8 => Self::legacy(name, bytes, encoding),
            _ => Self::new(name, bytes),
        }
    }

    /// Decodes byte by byte, to see which bytes gave which character.
    fn legacy(name: &str, bytes: &'a [u8], encoding: &'static encoding_rs::Encoding) -> Result<Self, ReadError> {
        if let Some(at) = binary_at(bytes) {
            return Err(ReadError::Binary { name: name.to_owned(), at: at as u64, byte: bytes[at] });
        }
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
        let mut marks: Vec<(usize, u64)> = Vec::new();
        let mut buffer = [0u8; 16];
        let mut from = 0;
        for at in 0..bytes.len() {
            let last = at + 1 == bytes.len();
            let (result, _, written) = decoder.decode_to_utf8_without_replacement(&bytes[at..=at], &mut buffer, last);
            if matches!(result, encoding_rs::DecoderResult::Malformed(..)) {
                return Err(wrong(name, &bytes[..at], at as u64, encoding.name()));
            }
            if written > 0 {
                marks.push((text.len(), from as u64));
                text.push_str(&String::from_utf8_lossy(&buffer[..written]));
                from = at + 1;
            }
        }
        marks.push((text.len(), from as u64));
        Ok(Decoded {
            text: Cow::Owned(text),
            charset: encoding.name(),
            unit: Unit::Any,
            start: 0,
            marks,
            woven: Origin::default(),
        })
    }

    /// The same, where the bytes stand `by` bytes further back in the original.
    pub fn moved(mut self, by: u64) -> Self {
        self.start += by;
        self
    }

    /// The same, where the bytes themselves came out of a decoding: byte `i` stood at `places[i]` of the original, and
    /// the last place is the end. What lies between two characters belongs to the first.
    pub fn through(self, places: &[u64]) -> Decoded<'static> {
        let place = |at: usize| {
            let last = places.len().saturating_sub(1);
            places.get((self.place(at) as usize).min(last)).copied().unwrap_or(0)
        };
        let mut marks: Vec<(usize, u64)> = self.text.char_indices().map(|(at, _)| (at, place(at))).collect();
        marks.push((self.text.len(), place(self.text.len())));
        let text = Cow::Owned(self.text.into_owned());
        Decoded { text, charset: self.charset, unit: Unit::Any, start: 0, marks, woven: Origin::default() }
    }

    /// Text that was put together elsewhere, of which `origin` says where it came from.
    pub fn woven(text: String, woven: Origin, charset: &'static str) -> Decoded<'static> {
        Decoded { text: Cow::Owned(text), charset, unit: Unit::Woven, start: 0, marks: Vec::new(), woven }
    }

    /// Text that is UTF-8 already and begins at byte `start` of the original.
    pub fn utf8(text: &'a str, start: u64) -> Self {
        let woven = Origin::default();
        Decoded { text: Cow::Borrowed(text), charset: "UTF-8", unit: Unit::Utf8, start, marks: Vec::new(), woven }
    }

    fn utf16(
        name: &str,
        bytes: &[u8],
        unit: fn([u8; 2]) -> u16,
        charset: &'static str,
    ) -> Result<Decoded<'a>, ReadError> {
        let mut text = String::with_capacity(bytes.len());
        let mut at = 0;
        for c in char::decode_utf16(bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]))) {
            match c {
                Ok('\0') => return Err(ReadError::Binary { name: name.to_owned(), at: at as u64 + 2, byte: 0 }),
                Ok(c) => {
                    text.push(c);
                    at += 2 * c.len_utf16();
                }
                Err(_) => return Err(wrong(name, text.as_bytes(), at as u64 + 2, charset)),
            }
        }
        if bytes.len() % 2 == 1 {
            return Err(wrong(name, text.as_bytes(), at as u64 + 2, charset));
        }
        Ok(Self::counted(text, 2, Unit::Utf16, charset))
    }

    fn counted(text: String, start: u64, unit: Unit, charset: &'static str) -> Decoded<'a> {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut original = 0;
        for (at, c) in text.char_indices() {
            if at >= marks.len() * STRIDE {
                marks.push((at, original));
            }
            original += unit.length(c);
        }
        Decoded { text: Cow::Owned(text), charset, unit, start, marks, woven: Origin::default() }
    }

    /// Offset in the original of the character that begins at byte `at` of the text (or of the end).
    fn place(&self, at: usize) -> u64 {
        if self.unit == Unit::Utf8 {
            return self.start + at as u64;
        }
        let next = self.marks.partition_point(|(text, _)| *text <= at);
        if self.unit == Unit::Any {
            return self.marks.get(next.saturating_sub(1)).map_or(0, |(_, original)| self.start + *original);
        }
        let (from, original) = if next == 0 { (0, 0) } else { self.marks[next - 1] };
        self.start + original + self.text[from..at].chars().map(|c| self.unit.length(c)).sum::<u64>()
    }

    /// The bytes of the original that gave `range` of the text; of what was put together, from the first to the last.
    pub fn original(&self, range: Range<usize>) -> Range<u64> {
        if self.unit != Unit::Woven {
            return self.place(range.start)..self.place(range.end);
        }
        let pieces = self.woven.original(range);
        let start = pieces.iter().map(|piece| piece.start).min().unwrap_or(0);
        start..pieces.iter().map(|piece| piece.end).max().unwrap_or(start)
    }

    /// Tells `origin` that byte `at` and those behind it of the extracted text came from `range` of this text.
    pub fn record(&self, range: Range<usize>, at: usize, origin: &mut Origin) {
        if self.unit == Unit::Utf8 {
            let first = self.start + range.start as u64;
            origin.push(at..at + range.len(), first..first + range.len() as u64);
            return;
        }
        if self.unit == Unit::Woven {
            return origin.copy(&self.woven, range, at);
        }
        let (mut to, mut from) = (at, self.place(range.start));
        for (i, c) in self.text[range.clone()].char_indices() {
            let length = match self.unit {
                Unit::Any => self.place(range.start + i + c.len_utf8()) - from,
                unit => unit.length(c),
            };
            let step = (c.len_utf8() as u32, length as u32);
            origin.push_steps(to, from, 1, step);
            to += c.len_utf8();
            from += u64::from(step.1);
        }
    }
}

/// Text put together from that of a document: copied, said in other words, or added for its form only.
pub(super) struct Weave<'d> {
    from: &'d Decoded<'d>,
    text: String,
    origin: Origin,
}

impl<'d> Weave<'d> {
    /// Nothing yet.
    pub fn new(from: &'d Decoded<'d>) -> Self {
        Weave { from, text: String::new(), origin: Origin::default() }
    }

    /// The text that pieces are copied from.
    pub fn text(&self) -> &'d str {
        &self.from.text
    }

    /// Adds a piece of the document as it is.
    pub fn copy(&mut self, range: Range<usize>) {
        self.from.record(range.clone(), self.text.len(), &mut self.origin);
        self.text.push_str(&self.from.text[range]);
    }

    /// Adds words that a piece of the document stands for.
    pub fn stand(&mut self, words: &str, range: Range<usize>) {
        let original = self.from.original(range);
        for c in words.chars() {
            let at = self.text.len();
            self.text.push(c);
            self.origin.push(at..self.text.len(), original.clone());
        }
    }

    /// Adds words that stand nowhere in the document.
    pub fn made(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// The text, of which every character knows its place.
    pub fn finish(self) -> Decoded<'static> {
        Decoded::woven(self.text, self.origin, self.from.charset)
    }
}

impl Unit {
    fn length(self, c: char) -> u64 {
        match self {
            Unit::Utf8 => c.len_utf8() as u64,
            Unit::Utf16 => 2 * c.len_utf16() as u64,
            Unit::Single | Unit::Any | Unit::Woven => 1,
        }
    }
}

/// Where the first byte stands that no text has: a NUL, or any control character if there are many of them.
fn binary_at(bytes: &[u8]) -> Option<usize> {
    if let Some(at) = memchr::memchr(0, bytes) {
        return Some(at);
    }
    let control = |b: &u8| *b < 0x20 && !matches!(*b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b);
    let count = bytes.iter().filter(|b| control(b)).count();
    if count * 20 > bytes.len() { bytes.iter().position(control) } else { None }
}

/// True if the bytes above ASCII are few, none is undefined in windows-1252, and none forms a UTF-8 sequence.
fn plausible_windows_1252(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    let undefined = bytes.iter().any(|b| matches!(b, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d));
    let utf8 = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    high * 5 <= bytes.len() && !undefined && !utf8
}

/// That byte `at` is wrong; `before` is what could be read before it.
fn wrong(name: &str, before: &[u8], at: u64, charset: &'static str) -> ReadError {
    let line = 1 + before.iter().filter(|b| **b == b'\n').count() as u64;
    ReadError::Encoding { name: name.to_owned(), line, at, charset }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_place_of_every_character() {
        for (bytes, charset) in [
            ("Medellín, Łódź 😀 ok".as_bytes().to_vec(), "UTF-8"),
            ("\u{feff}Medellín".as_bytes().to_vec(), "UTF-8"),
            ("\u{feff}Medellín 😀 ok".encode_utf16().flat_map(u16::to_le_bytes).collect(), "UTF-16LE"),
            ("\u{feff}Medellín".encode_utf16().flat_map(u16::to_be_bytes).collect(), "UTF-16BE"),
            (b"From Medell\xedn to Malm\xf6, \x93quoted\x94".to_vec(), "windows-1252"),
        ] {
            let decoded = Decoded::new("x", &bytes).expect("decodes");
            assert_eq!(decoded.charset, charset);
            for (at, c) in decoded.text.char_indices() {
                let range = decoded.original(at..at + c.len_utf8());
                let (back, _) = encoding_rs::Encoding::for_label(charset.as_bytes())
                    .expect("known")
                    .decode_without_bom_handling(&bytes[range.start as usize..range.end as usize]);
                assert_eq!(back, c.to_string());
            }
        }
    }

    #[test]
    fn keeps_the_place_in_legacy_encodings() {
        for (label, words) in [
            ("iso-8859-1", "M\u{e9}xico \u{2013} ok"),
            ("shift_jis", "\u{6a2a}\u{6d5c} Yokohama"),
            ("euc-kr", "\u{c5f0}\u{c218}\u{ad6c} Yeonsu"),
            ("gb18030", "\u{5317}\u{4eac} Beijing"),
        ] {
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("known");
            let (bytes, _, _) = encoding.encode(words);
            let decoded = Decoded::declared("x", &bytes, Some(label)).expect("decodes");
            assert_eq!(decoded.text, words);
            for (at, c) in decoded.text.char_indices() {
                let range = decoded.original(at..at + c.len_utf8());
                let (back, _) = encoding.decode_without_bom_handling(&bytes[range.start as usize..range.end as usize]);
                assert_eq!(back, c.to_string());
            }
        }
    }

    #[test]
    fn says_where_it_is_wrong() {
        let error = |bytes: &[u8]| Decoded::new("a.txt", bytes).expect_err("wrong").to_string();
        assert_eq!(
            error("é\né\n\u{e9}".as_bytes().split_last().map_or(&[][..], |(_, all)| all)),
            "a.txt: line 3, byte 6: not valid UTF-8; save the file as UTF-8"
        );
        assert!(error(b"\x7fELF\0\0").starts_with("a.txt: byte 4 is 0x00"));
        assert!(error(b"\xff\xfea").contains("not valid UTF-16LE"));
    }
}
