//! The tokens of a content stream (ISO 32000-1, 7.8.2), with their places.

use std::ops::Range;

/// A token, or a string with the place of each of its bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A number.
    Number(f32),
    /// `/Name`, without the slash.
    Name(Vec<u8>),
    /// A string: its bytes, and for each of them where it is written.
    String(Vec<u8>, Vec<Range<usize>>),
    /// `[` or `<<`.
    Open,
    /// `]` or `>>`.
    Close,
    /// An operator, or another word.
    Word(Vec<u8>),
}

/// Reads tokens one after the other.
pub struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    /// At the start of a stream.
    pub fn new(bytes: &'a [u8]) -> Lexer<'a> {
        Lexer { bytes, at: 0 }
    }

    /// Goes behind an inline picture, whose data follow the word `ID`.
    pub fn skip_picture(&mut self) {
        while self.at < self.bytes.len() {
            let rest = &self.bytes[self.at..];
            let Some(found) = memchr::memmem::find(rest, b"EI") else {
                self.at = self.bytes.len();
                return;
            };
            let before = found.checked_sub(1).is_none_or(|at| is_blank(rest[at]));
            self.at += found + 2;
            if before && self.bytes.get(self.at).is_none_or(|b| is_blank(*b)) {
                return;
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn literal(&mut self) -> Token {
        let (mut out, mut places) = (Vec::new(), Vec::new());
        let mut depth = 0;
        while let Some(b) = self.peek() {
            let start = self.at;
            self.at += 1;
            let byte = match b {
                b'(' => {
                    depth += 1;
                    Some(b)
                }
                b')' if depth == 0 => break,
                b')' => {
                    depth -= 1;
                    Some(b)
                }
                b'\\' => self.escape(),
                other => Some(other),
            };
            if let Some(byte) = byte {
                out.push(byte);
                places.push(start..self.at);
            }
        }
        Token::String(out, places)
    }

    /// What stands behind a backslash; nothing for a line that goes on.
    fn escape(&mut self) -> Option<u8> {
        let b = self.peek()?;
        self.at += 1;
        Some(match b {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\r' => {
                self.at += usize::from(self.peek() == Some(b'\n'));
                return None;
            }
            b'\n' => return None,
            b'0'..=b'7' => {
                let mut value = u32::from(b - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    value = value * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                value as u8
            }
            other => other,
        })
    }

    fn hexadecimal(&mut self) -> Token {
        let (mut out, mut places) = (Vec::new(), Vec::new());
        let mut high: Option<(u32, usize)> = None;
        while let Some(b) = self.peek() {
            let start = self.at;
            self.at += 1;
            if b == b'>' {
                break;
            }
            let Some(digit) = char::from(b).to_digit(16) else { continue };
            match high.take() {
                None => high = Some((digit, start)),
                Some((value, from)) => {
                    out.push((value * 16 + digit) as u8);
                    places.push(from..self.at);
                }
            }
        }
        if let Some((value, from)) = high {
            out.push((value * 16) as u8);
            places.push(from..from + 1);
        }
        Token::String(out, places)
    }

    fn regular(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(|b| !is_blank(b) && !is_delimiter(b)) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    fn name(&mut self) -> Token {
        let raw = self.regular();
        let mut out = Vec::with_capacity(raw.len());
        let mut at = 0;
        while at < raw.len() {
            let code = (raw[at] == b'#').then(|| raw.get(at + 1..at + 3)).flatten();
            let code = code.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
            out.push(code.unwrap_or(raw[at]));
            at += if code.is_some() { 3 } else { 1 };
        }
        Token::Name(out)
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let b = self.peek()?;
            if is_blank(b) {
                self.at += 1;
                continue;
            }
            if !is_delimiter(b) {
                let word = self.regular();
                let number = std::str::from_utf8(word).ok().and_then(|word| word.parse::<f32>().ok());
                let number = number.filter(|number| number.is_finite() && !word[0].is_ascii_alphabetic());
                return Some(number.map_or_else(|| Token::Word(word.to_vec()), Token::Number));
            }
            self.at += 1;
            return Some(match b {
                b'%' => {
                    let rest = &self.bytes[self.at..];
                    self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                    continue;
                }
                b'/' => self.name(),
                b'(' => self.literal(),
                b'<' if self.peek() == Some(b'<') => {
                    self.at += 1;
                    Token::Open
                }
                b'<' => self.hexadecimal(),
                b'>' if self.peek() == Some(b'>') => {
                    self.at += 1;
                    Token::Close
                }
                b'[' => Token::Open,
                b']' => Token::Close,
                _ => continue,
            });
        }
    }
}

fn is_blank(b: u8) -> bool {
    matches!(b, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(b: u8) -> bool {
    matches!(b, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tokens_with_places() {
        let text = b"BT /F#311 12.5 Tf [(a\\(b\\101) -120 <4142 4>] TJ % x\n<</MCID 0>> ET";
        let tokens: Vec<Token> = Lexer::new(text).collect();
        assert_eq!(tokens[1], Token::Name(b"F11".to_vec()));
        assert_eq!(tokens[2], Token::Number(12.5));
        let Token::String(bytes, places) = &tokens[5] else { panic!("{:?}", tokens[5]) };
        assert_eq!(bytes, b"a(bA");
        let shown: Vec<&[u8]> = places.iter().map(|place| &text[place.clone()]).collect();
        assert_eq!(shown, [&b"a"[..], b"\\(", b"b", b"\\101"]);
        let Token::String(bytes, places) = &tokens[7] else { panic!("{:?}", tokens[7]) };
        assert_eq!((bytes.as_slice(), &text[places[1].clone()]), (&b"AB@"[..], &b"42"[..]));
        assert_eq!(tokens.last(), Some(&Token::Word(b"ET".to_vec())));
    }
}
