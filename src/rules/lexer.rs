//! Rule files as tokens.

use super::diagnostic::{Code, Diagnostic, Span};

/// A token of a rule file.
#[derive(Clone, Debug, PartialEq)]
pub enum Lexeme {
    /// A word or number.
    Word(String),
    /// `"…"`, escapes resolved.
    Text(String),
    /// `?name`
    Var(String),
    /// `@Name`
    Type(String),
    /// `$NAME`
    List(String),
    /// `:name`, a relation.
    Relation(String),
    /// Any other mark; `=>` is one.
    Mark(&'static str),
    /// A line that begins in the first column.
    Top,
    /// A line that is indented.
    Line,
}

const MARKS: &[&str] = &[
    "=>", "<<", ">>", "(", ")", "[", "]", "{", "}", "|", "&", "!", "=", "?", "*", "+", ",", ";", ".", "~", "<", ">",
    ":", "^",
];

/// Splits `source`; marks that nothing can begin with are reported and skipped.
pub fn lex(file: &str, source: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Lexeme, Span)> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut line_start = true;
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        if c == '\n' {
            (line_start, at) = (true, at + 1);
            continue;
        }
        if c == '#' {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        if line_start {
            let indented = source[..at].ends_with([' ', '\t']);
            out.push((if indented { Lexeme::Line } else { Lexeme::Top }, at..at));
            line_start = false;
        }
        let (lexeme, len) = match c {
            '"' => match text(rest) {
                Some(found) => found,
                None => {
                    let len = rest.find('\n').unwrap_or(rest.len());
                    diagnostics.push(
                        Diagnostic::new(Code::Syntax, file, source, at..at + len, "this quotation does not end")
                            .hint("close it with \" on the same line"),
                    );
                    (Lexeme::Text(String::new()), len)
                }
            },
            '?' | '@' | '$' | ':' if word_len(&rest[1..]) > 0 => {
                let len = word_len(&rest[1..]);
                let name = rest[1..=len].to_owned();
                let lexeme = match c {
                    '?' => Lexeme::Var(name),
                    '@' => Lexeme::Type(name),
                    '$' => Lexeme::List(name),
                    _ => Lexeme::Relation(name),
                };
                (lexeme, len + 1)
            }
            _ if word_len(rest) > 0 => (Lexeme::Word(rest[..word_len(rest)].to_owned()), word_len(rest)),
            _ => match MARKS.iter().find(|m| rest.starts_with(**m)) {
                Some(mark) => (Lexeme::Mark(mark), mark.len()),
                None => {
                    let span = at..at + c.len_utf8();
                    diagnostics.push(
                        Diagnostic::new(Code::Syntax, file, source, span, format!("'{c}' means nothing here"))
                            .hint("put marks that a text has into quotation marks"),
                    );
                    at += c.len_utf8();
                    continue;
                }
            },
        };
        out.push((lexeme, at..at + len));
        at += len;
    }
    out
}

fn word_len(rest: &str) -> usize {
    rest.char_indices()
        .take_while(|(at, c)| c.is_alphanumeric() || *c == '_' || *at > 0 && matches!(c, '-' | '\'' | '’'))
        .map(|(at, c)| at + c.len_utf8())
        .last()
        .unwrap_or(0)
}

/// A quoted text at the start of `rest`: `\"`, `\\` and `\n` are escapes; it ends on its own line.
fn text(rest: &str) -> Option<(Lexeme, usize)> {
    let mut out = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((Lexeme::Text(out), at + 1)),
            '\n' => return None,
            '\\' => match chars.next() {
                Some((_, 'n')) => out.push('\n'),
                Some((_, c)) => out.push(c),
                None => return None,
            },
            c => out.push(c),
        }
    }
    None
}
