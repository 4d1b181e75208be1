//! Rule files read as [`ast::File`]. A mistake ends the rule it stands in, not the file: all of them are reported.

use super::ast::{Change, File, List, Name};
use super::diagnostic::{Code, Diagnostic, Span};
use super::lexer::{Lexeme, lex};
use super::parts::{Parts, language_tag, line};
use super::pattern::parse_pattern;

/// Reads a rule file; what cannot be read is in `diagnostics`.
pub fn parse(file: &str, source: &str, diagnostics: &mut Vec<Diagnostic>) -> File {
    let lexemes = lex(file, source, diagnostics);
    let mut out = File::default();
    let mut language = None;
    let mut at = 0;
    while at < lexemes.len() {
        let end = lexemes[at + 1..].iter().position(|(l, _)| *l == Lexeme::Top).map_or(lexemes.len(), |n| at + 1 + n);
        let mut cursor = Cursor { file, source, lexemes: &lexemes[at..end], at: 0, depth: 0 };
        match item(&mut cursor, &mut out, &mut language) {
            Ok(misplaced) => diagnostics.extend(misplaced),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
        at = end;
    }
    out
}

/// A place in the lexemes of one item.
pub(super) struct Cursor<'a> {
    pub file: &'a str,
    pub source: &'a str,
    pub lexemes: &'a [(Lexeme, Span)],
    pub at: usize,
    /// How many brackets of a pattern are open.
    pub depth: u32,
}

impl<'a> Cursor<'a> {
    pub fn peek(&self) -> Option<&'a Lexeme> {
        self.lexemes.get(self.at).map(|(l, _)| l)
    }

    pub fn span(&self) -> Span {
        match self.lexemes.get(self.at) {
            Some((_, span)) => span.clone(),
            None => self.lexemes.last().map_or(0..0, |(_, span)| span.end..span.end),
        }
    }

    /// Where the lexeme before this one ends.
    pub fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.lexemes.get(at)).map_or(0, |(_, span)| span.end)
    }

    pub fn mark(&mut self, mark: &str) -> bool {
        let found = matches!(self.peek(), Some(Lexeme::Mark(m)) if *m == mark);
        self.at += usize::from(found);
        found
    }

    pub fn expect(&mut self, mark: &str) -> Result<(), Diagnostic> {
        if self.mark(mark) { Ok(()) } else { Err(self.error(format!("expected '{mark}'"))) }
    }

    pub fn keyword(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Lexeme::Word(w)) if w == word);
        self.at += usize::from(found);
        found
    }

    pub fn error(&self, message: impl Into<String>) -> Diagnostic {
        // What is missing at the end of a line is missing there, and not on the next.
        let ends = matches!(self.peek(), Some(Lexeme::Line | Lexeme::Top)) && self.at > 0;
        let span = match ends {
            true => self.lexemes[self.at - 1].1.end..self.lexemes[self.at - 1].1.end,
            false => self.span(),
        };
        Diagnostic::new(Code::Syntax, self.file, self.source, span, message)
    }

    pub fn take<T>(&mut self, what: &str, pick: impl Fn(&Lexeme) -> Option<T>) -> Result<(T, Span), Diagnostic> {
        let span = self.span();
        match self.peek().and_then(pick) {
            Some(value) => {
                self.at += 1;
                Ok((value, span))
            }
            None => Err(self.error(format!("expected {what}"))),
        }
    }

    pub fn name(&mut self, what: &str, pick: impl Fn(&Lexeme) -> Option<String>) -> Result<Name, Diagnostic> {
        self.take(what, pick).map(|(text, span)| Name { text, span })
    }

    pub fn word(&mut self, what: &str) -> Result<Name, Diagnostic> {
        self.name(what, |l| if let Lexeme::Word(w) = l { Some(w.clone()) } else { None })
    }

    pub fn var(&mut self) -> Result<Name, Diagnostic> {
        self.name("a variable such as ?c", |l| if let Lexeme::Var(v) = l { Some(v.clone()) } else { None })
    }

    pub fn ty(&mut self) -> Result<Name, Diagnostic> {
        self.name("a type such as @City", |l| if let Lexeme::Type(t) = l { Some(t.clone()) } else { None })
    }

    pub fn text(&mut self) -> Result<String, Diagnostic> {
        self.take("a text in quotation marks", |l| if let Lexeme::Text(t) = l { Some(t.clone()) } else { None })
            .map(|(t, _)| t)
    }

    /// `?x :ty`-like pair: `?c:@City`.
    pub fn typed_var(&mut self) -> Result<(Name, Name), Diagnostic> {
        let var = self.var()?;
        self.expect(":")?;
        Ok((var, self.ty()?))
    }
}

fn item(c: &mut Cursor<'_>, out: &mut File, language: &mut Option<String>) -> Result<Vec<Diagnostic>, Diagnostic> {
    let start = c.span().start;
    c.at += 1; // the line mark
    let mut keyword =
        c.word("`let`, `mention`, `span`, `frame`, `list`, `field`, `derive`, `replace` or `language`")?;
    if keyword.text == "language" {
        *language = Some(language_tag(c)?);
        end(c)?;
        return Ok(Vec::new());
    }
    if keyword.text == "remove" {
        out.removed.push(c.word("the name of the rule that is not to be used")?);
        end(c)?;
        return Ok(Vec::new());
    }
    let change = match keyword.text.as_str() {
        "replace" => Change::Replace,
        "extend" => Change::Extend,
        _ => Change::New,
    };
    if change != Change::New {
        keyword = c.word("`let` or the kind of the rule")?;
    }
    if keyword.text == "let" {
        let name = c.word("the name of a word list")?;
        c.expect("=")?;
        let pattern = parse_pattern(c)?;
        end(c)?;
        out.lists.push(List { name, pattern, change, span: start..c.end() });
        return Ok(Vec::new());
    }
    if change == Change::Extend {
        return Err(c
            .error("only a word list can be extended")
            .hint("write `replace` before a rule that takes another's place"));
    }
    let name = c.word("the rule's name")?;
    let mut parts = Parts::new(change == Change::Replace, language.clone());
    if keyword.text == "mention" {
        parts.ty = Some(c.ty()?);
    }
    let doc = c.text()?;
    while c.at < c.lexemes.len() {
        if c.peek() != Some(&Lexeme::Line) {
            return Err(c
                .error("expected the end of the line")
                .hint("each part of a rule stands on a line of its own"));
        }
        c.at += 1;
        line(c, &mut parts)?;
    }
    let span = start..c.span().end;
    let misplaced = parts.misplaced(c, &keyword.text);
    out.rules.push(parts.finish(c, keyword, name, doc, span)?);
    Ok(misplaced)
}

fn end(c: &Cursor<'_>) -> Result<(), Diagnostic> {
    match c.peek() {
        None => Ok(()),
        Some(_) => Err(c.error("expected the end of the line")),
    }
}
