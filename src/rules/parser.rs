//! Rule files read as [`ast::File`]. A mistake ends the rule it stands in, not the file: all of them are reported.

use super::ast::{Context, Example, File, Kind, Name, Place, Role, Rule, Spoken, Term, Triple, Unless};
use super::diagnostic::{Code, Diagnostic, Span};
use super::lexer::{Lexeme, lex};
use super::pattern::parse_pattern;

/// Reads a rule file; what cannot be read is in `diagnostics`.
pub fn parse(file: &str, source: &str, diagnostics: &mut Vec<Diagnostic>) -> File {
    let lexemes = lex(file, source, diagnostics);
    let mut out = File::default();
    let mut at = 0;
    while at < lexemes.len() {
        let end = lexemes[at + 1..].iter().position(|(l, _)| *l == Lexeme::Top).map_or(lexemes.len(), |n| at + 1 + n);
        let mut cursor = Cursor { file, source, lexemes: &lexemes[at..end], at: 0, depth: 0 };
        if let Err(diagnostic) = item(&mut cursor, &mut out) {
            diagnostics.push(diagnostic);
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
    fn end(&self) -> usize {
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

    fn name(&mut self, what: &str, pick: impl Fn(&Lexeme) -> Option<String>) -> Result<Name, Diagnostic> {
        self.take(what, pick).map(|(text, span)| Name { text, span })
    }

    fn word(&mut self, what: &str) -> Result<Name, Diagnostic> {
        self.name(what, |l| if let Lexeme::Word(w) = l { Some(w.clone()) } else { None })
    }

    pub fn var(&mut self) -> Result<Name, Diagnostic> {
        self.name("a variable such as ?c", |l| if let Lexeme::Var(v) = l { Some(v.clone()) } else { None })
    }

    pub fn ty(&mut self) -> Result<Name, Diagnostic> {
        self.name("a type such as @City", |l| if let Lexeme::Type(t) = l { Some(t.clone()) } else { None })
    }

    fn text(&mut self) -> Result<String, Diagnostic> {
        self.take("a text in quotation marks", |l| if let Lexeme::Text(t) = l { Some(t.clone()) } else { None })
            .map(|(t, _)| t)
    }

    /// `?x :ty`-like pair: `?c:@City`.
    fn typed_var(&mut self) -> Result<(Name, Name), Diagnostic> {
        let var = self.var()?;
        self.expect(":")?;
        Ok((var, self.ty()?))
    }
}

fn item(c: &mut Cursor<'_>, out: &mut File) -> Result<(), Diagnostic> {
    let start = c.span().start;
    c.at += 1; // the line mark
    let keyword = c.word("`let`, `mention`, `span`, `frame`, `list`, `field` or `derive`")?;
    if keyword.text == "let" {
        let name = c.word("the name of a word list")?;
        c.expect("=")?;
        let pattern = parse_pattern(c)?;
        end(c)?;
        out.macros.push((name, pattern));
        return Ok(());
    }
    let name = c.word("the rule's name")?;
    let mut parts = Parts::default();
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
    let rule = parts.finish(c, keyword, name, doc, span)?;
    out.rules.push(rule);
    Ok(())
}

fn end(c: &Cursor<'_>) -> Result<(), Diagnostic> {
    match c.peek() {
        None => Ok(()),
        Some(_) => Err(c.error("expected the end of the line")),
    }
}

#[derive(Default)]
struct Parts {
    ty: Option<Name>,
    anaphor: bool,
    name: Option<Name>,
    matches: Vec<super::ast::Pattern>,
    trigger: Option<super::ast::Pattern>,
    roles: Vec<Role>,
    head: Option<super::ast::Pattern>,
    item: Option<super::ast::Pattern>,
    label: Option<super::ast::Pattern>,
    value: Option<super::ast::Pattern>,
    of: Option<(Name, Name, Spoken)>,
    when: Vec<Triple>,
    unless: Vec<Unless>,
    then: Vec<Triple>,
    confidence: Option<u16>,
    stage: Option<u8>,
    examples: Vec<Example>,
}

const PARTS: &[&str] = &[
    "match",
    "name",
    "anaphor",
    "trigger",
    "subject",
    "agent",
    "object",
    "mark",
    "head",
    "item",
    "label",
    "value",
    "of",
    "when",
    "unless",
    "then",
    "confidence",
    "stage",
    "example",
];

fn line(c: &mut Cursor<'_>, parts: &mut Parts) -> Result<(), Diagnostic> {
    let part = c.word("a part of the rule such as `match` or `then`")?;
    match part.text.as_str() {
        "match" => parts.matches.push(parse_pattern(c)?),
        "name" => parts.name = Some(c.var()?),
        "anaphor" => parts.anaphor = true,
        "trigger" => parts.trigger = Some(parse_pattern(c)?),
        "subject" => parts.roles.push(role(c, Place::Subject)?),
        "agent" => parts.roles.push(role(c, Place::Agent)?),
        "object" => parts.roles.push(role(c, Place::Object)?),
        "mark" => parts.roles.push(role(c, Place::Mark)?),
        "head" => parts.head = Some(parse_pattern(c)?),
        "item" => parts.item = Some(parse_pattern(c)?),
        "label" => parts.label = Some(parse_pattern(c)?),
        "value" => parts.value = Some(parse_pattern(c)?),
        "of" => {
            let spoken = match () {
                () if c.keyword("near") => Spoken::Near,
                () if c.keyword("main") => Spoken::Main,
                () => Spoken::Nearest,
            };
            let (var, ty) = c.typed_var()?;
            parts.of = Some((var, ty, spoken));
        }
        "when" => parts.when = triples(c)?,
        "then" => parts.then.extend(triples(c)?),
        "unless" => {
            let context = match () {
                () if c.keyword("before") => Context::Before,
                () if c.keyword("after") => Context::After,
                () if c.keyword("sentence") => Context::Sentence,
                () => Context::Clause,
            };
            let start = c.span().start;
            let pattern = parse_pattern(c)?;
            parts.unless.push(Unless { context, pattern, span: start..c.end() });
        }
        "confidence" => parts.confidence = Some(number(c, 1000)?),
        "stage" => parts.stage = Some(number(c, 9)? as u8),
        "example" => parts.examples.push(example(c)?),
        other => {
            let known = super::diagnostic::nearest(other, PARTS.iter().copied());
            let message = format!("a rule has no part '{other}'");
            let diagnostic = Diagnostic::new(Code::UnknownProperty, c.file, c.source, part.span, message);
            return Err(match known {
                Some(known) => diagnostic.hint(format!("did you mean '{known}'?")),
                None => diagnostic,
            });
        }
    }
    Ok(())
}

fn number(c: &mut Cursor<'_>, most: u16) -> Result<u16, Diagnostic> {
    let number = |l: &Lexeme| if let Lexeme::Word(w) = l { w.parse().ok().filter(|n| *n <= most) } else { None };
    c.take(&format!("a number from 0 to {most}"), number).map(|(n, _)| n)
}

fn role(c: &mut Cursor<'_>, place: Place) -> Result<Role, Diagnostic> {
    let (var, ty) = c.typed_var()?;
    let optional = c.mark("?");
    let after = if c.keyword("after") { Some(parse_pattern(c)?) } else { None };
    if place == Place::Mark && after.is_none() {
        return Err(c.error("a mark needs its prepositions").hint("write: mark ?d:@Date after on | from"));
    }
    Ok(Role { place, var, ty, optional, after })
}

fn triples(c: &mut Cursor<'_>) -> Result<Vec<Triple>, Diagnostic> {
    let mut out = Vec::new();
    loop {
        let subject = c.var()?;
        loop {
            let relation = c.name("a relation such as :heldIn", |l| match l {
                Lexeme::Relation(r) => Some(r.clone()),
                _ => None,
            })?;
            let object = term(c)?;
            out.push(Triple { subject: subject.clone(), relation, object });
            if !c.mark(";") {
                break;
            }
        }
        if !(c.mark(".") && matches!(c.peek(), Some(Lexeme::Var(_)))) {
            return Ok(out);
        }
    }
}

fn term(c: &mut Cursor<'_>) -> Result<Term, Diagnostic> {
    if let Some(Lexeme::Word(w)) = c.peek()
        && let Ok(n) = w.parse()
    {
        c.at += 1;
        return Ok(Term::Number(n));
    }
    let var = c.var()?;
    let dotted = matches!(c.peek(), Some(Lexeme::Mark(".")))
        && matches!(c.lexemes.get(c.at + 1), Some((Lexeme::Word(_), span)) if span.start == c.span().end);
    if dotted {
        c.at += 1;
        return Ok(Term::Var(var, Some(c.word("an accessor")?)));
    }
    Ok(Term::Var(var, None))
}

fn example(c: &mut Cursor<'_>) -> Result<Example, Diagnostic> {
    let span = c.span();
    let text = c.text()?;
    let mut expect = Vec::new();
    if c.mark("=>") && !c.keyword("nothing") {
        loop {
            let subject = c.text()?;
            if let Some(Lexeme::Relation(relation)) = c.peek() {
                c.at += 1;
                expect.push((subject, relation.clone(), c.text()?));
            } else {
                expect.push((subject, String::new(), String::new()));
            }
            // The next fact may stand on a line of its own, behind a semicolon.
            if !c.mark(";") {
                break;
            }
            if c.peek() == Some(&Lexeme::Line) {
                c.at += 1;
            }
        }
    }
    Ok(Example { text, expect, span })
}

impl Parts {
    fn finish(self, c: &Cursor<'_>, keyword: Name, name: Name, doc: String, span: Span) -> Result<Rule, Diagnostic> {
        let missing = |part: &str| {
            Diagnostic::new(
                Code::Missing,
                c.file,
                c.source,
                name.span.clone(),
                format!("rule {} has no {part}", name.text),
            )
        };
        let kind = match keyword.text.as_str() {
            "mention" => {
                let ty = self.ty.ok_or_else(|| missing("type"))?;
                Kind::Mention { ty, anaphor: self.anaphor, name: self.name, head: self.head }
            }
            "span" => Kind::Span,
            "frame" => Kind::Frame { trigger: self.trigger.ok_or_else(|| missing("trigger"))?, roles: self.roles },
            "list" => Kind::List {
                head: self.head.ok_or_else(|| missing("head"))?,
                item: self.item.ok_or_else(|| missing("item"))?,
            },
            "field" => Kind::Field {
                label: self.label.ok_or_else(|| missing("label"))?,
                value: self.value.ok_or_else(|| missing("value"))?,
            },
            "derive" => Kind::Derive { when: self.when },
            other => {
                let message = format!("'{other}' is no kind of rule");
                return Err(Diagnostic::new(Code::Syntax, c.file, c.source, keyword.span, message)
                    .hint("a rule begins with mention, span, frame, list, field or derive"));
            }
        };
        if matches!(kind, Kind::Mention { .. } | Kind::Span) && self.matches.is_empty() {
            return Err(missing("match"));
        }
        if !matches!(kind, Kind::Mention { .. }) && self.then.is_empty() {
            return Err(missing("then"));
        }
        Ok(Rule {
            name,
            doc,
            kind,
            matches: self.matches,
            of: self.of,
            unless: self.unless,
            then: self.then,
            confidence: self.confidence.unwrap_or(900),
            stage: self.stage.unwrap_or(5),
            examples: self.examples,
            span,
        })
    }
}
