//! Tokens: words, numbers and single punctuation marks.
//!
//! Offsets are bytes of the announcement's text. A token never changes; what later stages find out about it they keep
//! in tables of their own.

use super::fold::fold_into;

/// What a token looks like, as bits that rules can ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape(u16);

impl Shape {
    /// Starts with an upper-case letter.
    pub const CAPITALISED: Shape = Shape(1);
    /// Two or more letters, all of them upper case.
    pub const UPPER: Shape = Shape(1 << 1);
    /// Digits only, perhaps grouped (`23,000`).
    pub const NUMBER: Shape = Shape(1 << 2);
    /// Letters, perhaps with digits.
    pub const WORD: Shape = Shape(1 << 3);
    /// A punctuation mark or symbol.
    pub const PUNCTUATION: Shape = Shape(1 << 4);
    /// The first token of a line of the text.
    pub const LINE_START: Shape = Shape(1 << 5);
    /// White space stands before it.
    pub const SPACED: Shape = Shape(1 << 6);
    /// A web address or an e-mail address.
    pub const ADDRESS: Shape = Shape(1 << 7);
    /// A word with a digit in it (`ICLC5`, `3rd`, `8ECM`).
    pub const MIXED: Shape = Shape(1 << 8);
    /// A word with a capital behind a small letter (`MesosCon`, `GlobusWorld`).
    pub const CAMEL: Shape = Shape(1 << 9);

    /// True if all bits of `other` are set.
    pub const fn has(self, other: Shape) -> bool {
        self.0 & other.0 == other.0
    }

    /// The bits.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// Both sets of bits.
    pub const fn with(self, other: Shape) -> Shape {
        Shape(self.0 | other.0)
    }
}

/// A token of the text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte in the text.
    pub start: u32,
    /// Byte after the last one in the text.
    pub end: u32,
    /// Where its folded form stands in [`Tokens::folded`].
    fold: (u32, u32),
    /// What it looks like.
    pub shape: Shape,
}

/// The tokens of a text with their folded forms.
#[derive(Debug, Default)]
pub struct Tokens {
    folded: String,
    tokens: Vec<Token>,
}

impl Tokens {
    /// Splits `text[start..end]` and appends its tokens. Words run over letters, digits, combining marks and inner
    /// apostrophes; hyphens and other marks are tokens of their own; web and mail addresses are one token.
    pub fn push_range(&mut self, text: &str, start: usize, end: usize) {
        self.folded.reserve(end - start);
        self.tokens.reserve((end - start) / 5);
        let mails = text[start..end].contains('@');
        let mut at = start;
        let mut spaced = true;
        let mut line_start = true;
        while at < end {
            let rest = &text[at..end];
            // Most tokens of most texts: a word of small letters, and a blank before it.
            if rest.as_bytes()[0] == b' ' {
                spaced = true;
                at += 1;
                continue;
            }
            if let Some(len) = small_word(rest.as_bytes()) {
                let mut shape = Shape::WORD;
                if spaced {
                    shape = shape.with(Shape::SPACED);
                }
                if line_start {
                    shape = shape.with(Shape::LINE_START);
                }
                let from = self.folded.len();
                self.folded.push_str(&rest[..len]);
                let fold = (from as u32, self.folded.len() as u32);
                self.tokens.push(Token { start: at as u32, end: (at + len) as u32, fold, shape });
                (spaced, line_start) = (false, false);
                at += len;
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            if c.is_whitespace() {
                spaced = true;
                line_start |= c == '\n';
                at += c.len_utf8();
                continue;
            }
            let address = address_len(rest, mails);
            let len = address.or_else(|| number_len(rest)).or_else(|| word_len(rest)).unwrap_or(c.len_utf8());
            let mut shape = if address.is_some() { Shape::ADDRESS } else { shape_of(&rest[..len]) };
            if spaced {
                shape = shape.with(Shape::SPACED);
            }
            if line_start {
                shape = shape.with(Shape::LINE_START);
            }
            self.push(text, at, at + len, shape);
            (spaced, line_start) = (false, false);
            at += len;
        }
    }

    fn push(&mut self, text: &str, start: usize, end: usize, shape: Shape) {
        let from = self.folded.len();
        if shape.has(Shape::PUNCTUATION) {
            self.folded.push_str(punctuation(&text[start..end]));
        } else {
            fold_into(&text[start..end], &mut self.folded);
        }
        let fold = (from as u32, self.folded.len() as u32);
        self.tokens.push(Token { start: start as u32, end: end as u32, fold, shape });
    }

    /// The tokens, in the order of the text.
    pub fn as_slice(&self) -> &[Token] {
        &self.tokens
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The folded form of token `i`.
    pub fn folded(&self, i: usize) -> &str {
        let (a, b) = self.tokens[i].fold;
        &self.folded[a as usize..b as usize]
    }
}

/// One spelling for marks that mean the same: all dashes `-`, all quotation marks `"` or `'`.
fn punctuation(mark: &str) -> &str {
    match mark {
        "–" | "—" | "‐" | "‑" | "−" | "―" => "-",
        "“" | "”" | "„" | "«" | "»" | "‟" => "\"",
        "‘" | "’" | "‚" | "‹" | "›" | "`" | "´" => "'",
        "•" | "·" | "▪" | "●" | "◦" | "‣" => "*",
        "…" => "...",
        other => other,
    }
}

fn shape_of(token: &str) -> Shape {
    // Most words of most texts.
    if token.bytes().all(|b| b.is_ascii_lowercase()) {
        return Shape::WORD;
    }
    let mut shape = Shape::default();
    let (mut upper, mut lower, mut digits, mut letters, mut marks) = (0, 0, 0, 0, 0);
    for c in token.chars() {
        match c {
            _ if c.is_uppercase() => (upper, letters) = (upper + 1, letters + 1),
            _ if c.is_lowercase() => (lower, letters) = (lower + 1, letters + 1),
            _ if c.is_ascii_digit() => digits += 1,
            _ if c.is_alphanumeric() => letters += 1,
            _ => marks += 1,
        }
    }
    if letters + digits == 0 {
        return Shape::PUNCTUATION;
    }
    if letters > 0 {
        shape = shape.with(Shape::WORD);
    } else if digits > 0 {
        shape = shape.with(Shape::NUMBER);
    }
    if token.chars().next().is_some_and(char::is_uppercase) {
        shape = shape.with(Shape::CAPITALISED);
    }
    if upper >= 2 && lower == 0 {
        shape = shape.with(Shape::UPPER);
    }
    if digits > 0 && letters > 0 && marks == 0 {
        shape = shape.with(Shape::MIXED);
    }
    let inner = |(one, next): (char, char)| one.is_lowercase() && next.is_uppercase();
    if upper >= 1 && lower >= 2 && marks == 0 && token.chars().zip(token.chars().skip(1)).any(inner) {
        shape = shape.with(Shape::CAMEL);
    }
    shape
}

/// `23,000`, `1 .5` no: digits, then groups of three behind a comma, or digits only.
fn number_len(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut len = digits(0);
    if len == 0 {
        return None;
    }
    while len < bytes.len() && bytes[len] == b',' && digits(len + 1) == 3 && len <= 3 + len / 4 * 4 {
        len += 4;
    }
    // `3rd`, `8ECM`: a word.
    if rest[len..].chars().next().is_some_and(char::is_alphabetic) { None } else { Some(len) }
}

fn word_len(rest: &str) -> Option<usize> {
    let mut len = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner_apostrophe = matches!(c, '\'' | '’')
            && at > 0
            && chars.peek().is_some_and(|(_, next)| next.is_alphabetic())
            && !possessive(&rest[at + c.len_utf8()..]);
        if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) || inner_apostrophe {
            len = at + c.len_utf8();
        } else {
            break;
        }
    }
    (len > 0).then_some(len)
}

/// True where `rest` (behind an apostrophe) is the English possessive `s`: it is a token of its own.
fn possessive(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric)
}

/// Length of a word of small ASCII letters at the start of `rest`, where nothing can make it part of something else: no
/// address begins so, and no apostrophe, digit or accent goes on with it.
fn small_word(rest: &[u8]) -> Option<usize> {
    let len = rest.iter().take_while(|b| b.is_ascii_lowercase()).count();
    let ends = match rest.get(len) {
        None => true,
        Some(b) => matches!(b, b' ' | b'\n' | b',' | b';' | b')' | b'"' | b'!' | b'?'),
    };
    (len > 0 && ends).then_some(len)
}

/// Length of a web or mail address at the start of `rest`; `mails`: there may be addresses of mails.
fn address_len(rest: &str, mails: bool) -> Option<usize> {
    let head = rest.as_bytes();
    let web = match head.first() {
        Some(b'h' | b'H') => starts_with_ignore_case(head, b"http://") || starts_with_ignore_case(head, b"https://"),
        Some(b'f' | b'F') => starts_with_ignore_case(head, b"ftp://"),
        Some(b'w' | b'W') => starts_with_ignore_case(head, b"www."),
        _ => false,
    };
    let host = !web && host_len(head).is_some();
    if !(web || host || mails && may_be_mail(head)) {
        return None;
    }
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '“' | '|' | '’'))
        .unwrap_or(rest.len());
    let word = &rest[..end];
    let mail = !web
        && !host
        && head.first().is_some_and(u8::is_ascii_alphanumeric)
        && word.bytes().take(64).any(|b| b == b'@')
        && word
            .find('@')
            .is_some_and(|at| word[..at].bytes().all(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(&b)));
    if !web && !host && !mail {
        return None;
    }
    let mut len = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']).len();
    // A closing bracket belongs to the address only if an opening one does.
    while len > 0 && word[..len].ends_with([')', ']']) && !word[..len].contains(['(', '[']) {
        len = word[..len - 1].trim_end_matches(['.', ',', ';', ':']).len();
    }
    (len > 4).then_some(len)
}

/// Endings of host names that are no words; those of countries count where a path or a third part shows what they are.
const ENDINGS: &[&str] =
    &["com", "org", "net", "int", "edu", "gov", "eu", "info", "museum", "city", "berlin", "london", "paris", "example"];

/// Length of the host name at the start of `head`, if there is one that has neither `www` nor a protocol before it:
/// `2026.ifla.org`, `icom.museum/hands`. Host names are written in lower case.
fn host_len(head: &[u8]) -> Option<usize> {
    let len =
        head.iter().take(64).take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(b)).count();
    let host = std::str::from_utf8(&head[..len]).ok()?.trim_end_matches(['.', '-']);
    let (before, ending) = host.rsplit_once('.')?;
    let labels = before.split('.').count();
    let path = head.get(host.len()) == Some(&b'/') && head.get(host.len() + 1).is_some_and(u8::is_ascii_alphanumeric);
    let ends = matches!(
        head.get(host.len()),
        None | Some(b'/' | b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'>' | b'*' | b'_')
    ) || head[host.len()].is_ascii_whitespace();
    let land = ending.len() == 2 && ending.bytes().all(|b| b.is_ascii_lowercase()) && (path || labels > 1);
    let first = before.split('.').next()?;
    let fits = ends && first.len() > 1 && first != "ftp" && (ENDINGS.contains(&ending) || land);
    // "e.g", "i.e": no label of a host is empty, and not all of them are letters.
    (fits && before.split('.').all(|label| !label.is_empty())).then_some(host.len())
}

/// Whether a word may be a mail address: nothing ends it before an `@`. Said of every word, before its end is known.
fn may_be_mail(head: &[u8]) -> bool {
    let ends = |b: &u8| matches!(b, b'@' | b' ' | b'\n' | b'\t' | b'\r' | b'<' | b'>' | b'"' | b'|');
    let first = head.iter().take(64).find(|b| ends(b) || !b.is_ascii());
    first.is_some_and(|b| *b == b'@' || !b.is_ascii())
}

fn starts_with_ignore_case(bytes: &[u8], prefix: &[u8]) -> bool {
    bytes.len() > prefix.len() && bytes[..prefix.len()].eq_ignore_ascii_case(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let mut tokens = Tokens::default();
        tokens.push_range(text, 0, text.len());
        tokens.as_slice().iter().map(|t| &text[t.start as usize..t.end as usize]).collect()
    }

    #[test]
    fn splits_words_numbers_marks_and_addresses() {
        assert_eq!(
            split("N'Zérékoré, Yeonsu-gu’s 23,000"),
            ["N'Zérékoré", ",", "Yeonsu", "-", "gu", "’", "s", "23,000"]
        );
        assert_eq!(
            split("(see https://a.org/x_(y), or a.b@c.de)."),
            ["(", "see", "https://a.org/x_(y)", ",", "or", "a.b@c.de", ")", "."]
        );
        assert_eq!(split("27-30 October, 3rd ICLC5"), ["27", "-", "30", "October", ",", "3rd", "ICLC5"]);
        assert_eq!(split("September 3-5, 1999"), ["September", "3", "-", "5", ",", "1999"]);
        assert_eq!(
            split("See 2026.ifla.org, icom.museum/hands, e.g. node.js (a.b.it/x)."),
            [
                "See",
                "2026.ifla.org",
                ",",
                "icom.museum/hands",
                ",",
                "e",
                ".",
                "g",
                ".",
                "node",
                ".",
                "js",
                "(",
                "a",
                ".",
                "b",
                ".",
                "it",
                "/",
                "x",
                ")",
                "."
            ]
        );
        assert_eq!(split("The end.It rains.in Oslo"), ["The", "end", ".", "It", "rains", ".", "in", "Oslo"]);
        assert_eq!(split("in 2019,2021"), ["in", "2019", ",", "2021"]);
    }
}
