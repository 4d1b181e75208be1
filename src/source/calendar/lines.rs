//! The lines of a calendar: properties, folded and escaped.

use std::ops::Range;

use super::super::decode::Weave;

/// A property, by places in the text. Its value may run over several folded lines.
#[derive(Clone, Debug)]
pub struct Property {
    /// Name, parameters, value and line end.
    pub whole: Range<usize>,
    /// The name.
    pub name: Range<usize>,
    /// The parameters, without the first `;`.
    parameters: Range<usize>,
    /// The value.
    pub value: Range<usize>,
    /// The name in capitals.
    capitals: String,
}

impl Property {
    /// Whether it has this name.
    pub fn is(&self, name: &str) -> bool {
        self.capitals == name
    }

    /// The value of a parameter, without quotation marks. Parameters that are folded are not found.
    pub fn parameter<'t>(&self, text: &'t str, name: &str) -> Option<&'t str> {
        self.parameter_at(text, name).map(|range| &text[range])
    }

    fn parameter_at(&self, text: &str, name: &str) -> Option<Range<usize>> {
        let mut at = self.parameters.start;
        for part in split_unquoted(&text[self.parameters.clone()], b';') {
            let start = at;
            at += part.len() + 1;
            if let Some((found, value)) = part.split_once('=')
                && found.eq_ignore_ascii_case(name)
            {
                let bare = value.trim_matches('"');
                let from = start + part.len() - value.len() + value.find(bare).unwrap_or(0);
                return (!bare.is_empty()).then_some(from..from + bare.len());
            }
        }
        None
    }

    /// Where the words for people stand: the name (`CN`) of an organizer, who is given by an address; else the value.
    pub fn words(&self, text: &str) -> Option<Range<usize>> {
        if self.is("ORGANIZER") { self.parameter_at(text, "CN") } else { Some(self.value.clone()) }
    }
}

/// The properties from byte `from` on. Lines that are none are passed over.
pub fn properties(text: &str, from: usize) -> impl Iterator<Item = Property> + '_ {
    let mut at = from;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            at = end_of_line(text, at);
            while text[at..].starts_with([' ', '\t']) {
                at = end_of_line(text, at);
            }
            let line = text[start..at].trim_end_matches(['\r', '\n']);
            let Some(colon) = split_unquoted(line, b':').next().map(str::len).filter(|colon| *colon < line.len())
            else {
                continue;
            };
            let name = split_unquoted(&line[..colon], b';').next().map_or(0, str::len);
            return Some(Property {
                whole: start..at,
                name: start..start + name,
                parameters: (start + name + 1).min(start + colon)..start + colon,
                value: start + colon + 1..start + line.len(),
                capitals: line[..name].trim().to_ascii_uppercase(),
            });
        }
        None
    })
}

fn end_of_line(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end + 1)
}

/// The parts of a text between separators that do not stand in quotation marks.
fn split_unquoted(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c: char| {
        quoted ^= c == '"';
        !quoted && c == char::from(separator)
    })
}

/// The value of a property, unfolded and without escapes.
pub fn value(text: &str, property: &Property) -> String {
    let mut out = String::new();
    pieces(text, property.value.clone(), |range, words| out.push_str(words.unwrap_or(&text[range])));
    out.trim().to_owned()
}

/// Writes the value of a property, or a part of it, as HTML: line breaks become `<br>`, empty lines paragraphs.
pub fn write(range: Range<usize>, weave: &mut Weave<'_>) {
    let text = weave.text();
    let mut breaks = 0;
    pieces(text, range, |range, words| match words {
        Some("\n") => {
            breaks += 1;
            weave.stand(if breaks > 1 { "<p>" } else { "<br>" }, range);
        }
        words => {
            breaks = if words == Some("") { breaks } else { 0 };
            let words = words.unwrap_or(&text[range.clone()]);
            let mut from = 0;
            for (at, found) in words.match_indices(['<', '&']) {
                copy(words, from..at, &range, weave);
                let here =
                    if words.len() == range.len() { range.start + at..range.start + at + 1 } else { range.clone() };
                weave.stand(if found == "<" { "&lt;" } else { "&amp;" }, here);
                from = at + 1;
            }
            copy(words, from..words.len(), &range, weave);
        }
    });
}

/// Writes a part of `words`, which stand at `place` as they are or for it as a whole.
fn copy(words: &str, part: Range<usize>, place: &Range<usize>, weave: &mut Weave<'_>) {
    if words.len() == place.len() {
        weave.copy(place.start + part.start..place.start + part.end);
    } else {
        weave.stand(&words[part], place.clone());
    }
}

/// Splits a value into pieces that stand for themselves, and escapes and foldings with what they stand for.
fn pieces(text: &str, range: Range<usize>, mut give: impl FnMut(Range<usize>, Option<&str>)) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (range.start, range.start);
    while let Some(found) = memchr::memchr3(b'\\', b'\r', b'\n', &bytes[at..range.end]) {
        let start = at + found;
        let (end, words) = match &bytes[start..range.end] {
            [b'\\', b'n' | b'N', ..] => (start + 2, "\n"),
            [b'\\', b',', ..] => (start + 2, ","),
            [b'\\', b';', ..] => (start + 2, ";"),
            [b'\\', b'\\', ..] => (start + 2, "\\"),
            [b'\r', b'\n', b' ' | b'\t', ..] => (start + 3, ""),
            [b'\n', b' ' | b'\t', ..] => (start + 2, ""),
            _ => {
                at = start + 1;
                continue;
            }
        };
        if from < start {
            give(from..start, None);
        }
        give(start..end, Some(words));
        (from, at) = (end, end);
    }
    if from < range.end {
        give(from..range.end, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_properties() {
        let text = "X-A;P=\"a:b;c\";CN=Some\r\n One:va\\,lue \r\n more\r\nnone\nURL:http://a.org/\n";
        let found: Vec<Property> = properties(text, 0).collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].is("X-A") && found[1].is("URL"));
        assert_eq!(value(text, &found[0]), "va,lue more");
        assert_eq!(found[0].parameter(text, "p"), Some("a:b;c"));
        assert_eq!(value(text, &found[1]), "http://a.org/");
    }
}
