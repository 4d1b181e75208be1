//! The parts of a rule, a line each.

use super::ast::{
    Anaphor, Context, Example, Kind, Name, Overlap, Pattern, Place, Role, Rule, Spoken, Term, Triple, Unless,
};
use super::diagnostic::{Code, Diagnostic, Span, nearest};
use super::lexer::Lexeme;
use super::parser::Cursor;
use super::pattern::parse_pattern;

/// What has been read of a rule.
#[derive(Default)]
pub(super) struct Parts {
    pub ty: Option<Name>,
    anaphor: Option<Anaphor>,
    name: Option<Name>,
    matches: Vec<Pattern>,
    trigger: Option<Pattern>,
    roles: Vec<Role>,
    head: Option<Pattern>,
    item: Option<Pattern>,
    label: Option<Pattern>,
    value: Option<Pattern>,
    of: Option<(Name, Name, Spoken)>,
    when: Vec<Triple>,
    unless: Vec<Unless>,
    then: Vec<Triple>,
    confidence: Option<u16>,
    stage: Option<u8>,
    priority: Option<u8>,
    overlap: Overlap,
    language: Option<String>,
    replaces: bool,
    /// The names of the parts, in order.
    seen: Vec<Name>,
    examples: Vec<Example>,
}

/// The parts of rules: the kinds that have them, and whether they may stand more than once.
const PARTS: &[(&str, &str, bool)] = &[
    ("match", "mention span", true),
    ("name", "mention", false),
    ("anaphor", "mention", false),
    ("stage", "mention", false),
    ("priority", "mention", false),
    ("overlap", "mention", false),
    ("trigger", "frame", false),
    ("subject", "frame", true),
    ("agent", "frame", true),
    ("object", "frame", true),
    ("mark", "frame", true),
    ("head", "mention list", false),
    ("item", "list", false),
    ("label", "field", false),
    ("value", "field", false),
    ("of", "mention span frame list field", false),
    ("when", "derive", true),
    ("unless", "mention span frame list field", true),
    ("then", "mention span frame list field derive", true),
    ("confidence", "mention span frame list field derive", false),
    ("language", "mention span frame list field derive", false),
    ("example", "mention span frame list field derive", true),
];

pub(super) fn line(c: &mut Cursor<'_>, parts: &mut Parts) -> Result<(), Diagnostic> {
    let part = c.word("a part of the rule such as `match` or `then`")?;
    parts.seen.push(part.clone());
    match part.text.as_str() {
        "match" => parts.matches.push(parse_pattern(c)?),
        "name" => parts.name = Some(c.var()?),
        "anaphor" => {
            parts.anaphor = Some(match () {
                () if c.keyword("or") => match c.keyword("new") {
                    true => Anaphor::OrNew,
                    false => return Err(c.error("expected `new`").hint("write: anaphor or new")),
                },
                () if c.keyword("here") => Anaphor::Here,
                () => Anaphor::Named,
            });
        }
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
                () if c.keyword("row") => Spoken::Row,
                () => Spoken::Nearest,
            };
            let (var, ty) = c.typed_var()?;
            parts.of = Some((var, ty, spoken));
        }
        "when" => parts.when.extend(triples(c)?),
        "then" => parts.then.extend(triples(c)?),
        "unless" => {
            let span = c.span();
            let item = c.keyword("item");
            if item {
                parts.seen.push(Name { text: "unless item".to_owned(), span });
            }
            let context = match () {
                () if c.keyword("before") => Context::Before,
                () if c.keyword("after") => Context::After,
                () if c.keyword("sentence") => Context::Sentence,
                () => {
                    c.keyword("clause");
                    Context::Clause
                }
            };
            let start = c.span().start;
            let pattern = parse_pattern(c)?;
            parts.unless.push(Unless { item, context, pattern, span: start..c.end() });
        }
        "confidence" => parts.confidence = Some(number(c, 1000)?),
        "stage" => parts.stage = Some(number(c, 9)? as u8),
        "priority" => parts.priority = Some(number(c, 9)? as u8),
        "overlap" => parts.overlap = overlap(c)?,
        "language" => parts.language = Some(language_tag(c)?),
        "example" => parts.examples.push(example(c)?),
        other => {
            let known = nearest(other, PARTS.iter().map(|(name, ..)| *name));
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

fn overlap(c: &mut Cursor<'_>) -> Result<Overlap, Diagnostic> {
    let policy = |l: &Lexeme| match l {
        Lexeme::Word(w) => Overlap::ALL.iter().find(|(_, name)| name == w).map(|(policy, _)| *policy),
        _ => None,
    };
    c.take("`longest` or `beside`", policy).map(|(policy, _)| policy)
}

fn number(c: &mut Cursor<'_>, most: u16) -> Result<u16, Diagnostic> {
    let number = |l: &Lexeme| if let Lexeme::Word(w) = l { w.parse().ok().filter(|n| *n <= most) } else { None };
    c.take(&format!("a number from 0 to {most}"), number).map(|(n, _)| n)
}

fn role(c: &mut Cursor<'_>, place: Place) -> Result<Role, Diagnostic> {
    let (var, ty) = c.typed_var()?;
    let mut types = vec![ty];
    while c.mark("|") {
        types.push(c.ty()?);
    }
    let optional = c.mark("?");
    let after = if c.keyword("after") { Some(parse_pattern(c)?) } else { None };
    if place != Place::Mark && after.is_some() {
        let mut diagnostic = c.error("only a mark has prepositions");
        diagnostic.code = Code::ForeignPart;
        return Err(diagnostic.hint("leave out `after` and what follows, or write `mark`"));
    }
    if place == Place::Mark && after.is_none() {
        return Err(c.error("a mark needs its prepositions").hint("write: mark ?d:@Date after on | from"));
    }
    Ok(Role { place, var, types, optional, after })
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
        let accessor = c.word("an accessor")?;
        let count = if c.mark("(") {
            let count = c.var()?;
            c.expect(")")?;
            Some(count)
        } else {
            None
        };
        return Ok(Term::Var(var, Some((accessor, count))));
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
    /// Nothing read yet. `language` is that of the file.
    pub fn new(replaces: bool, language: Option<String>) -> Parts {
        Parts { replaces, language, ..Parts::default() }
    }

    /// The parts that this kind of rule has no use for, and those that stand again.
    pub fn misplaced(&self, c: &Cursor<'_>, kind: &str) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        for (at, part) in self.seen.iter().enumerate() {
            let (kinds, many) = match part.text.as_str() {
                "unless item" => ("list", true),
                name => PARTS.iter().find(|(n, ..)| *n == name).map_or(("", true), |(_, kinds, many)| (kinds, *many)),
            };
            let report = |code, message| Diagnostic::new(code, c.file, c.source, part.span.clone(), message);
            if !kinds.split(' ').any(|k| k == kind) {
                let kinds = kinds.replace(' ', ", ");
                out.push(
                    report(Code::ForeignPart, format!("a {kind} has no use for `{}`", part.text))
                        .hint(format!("it belongs to: {kinds}")),
                );
            } else if !many && self.seen[..at].iter().any(|other| other.text == part.text) {
                out.push(
                    report(Code::Repeated, format!("`{}` stands here again", part.text))
                        .hint("it may stand once: join the two, or leave one out"),
                );
            }
        }
        out
    }

    pub fn finish(
        self,
        c: &Cursor<'_>,
        keyword: Name,
        name: Name,
        doc: String,
        span: Span,
    ) -> Result<Rule, Diagnostic> {
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
            priority: self.priority.unwrap_or(5),
            overlap: self.overlap,
            language: self.language,
            replaces: self.replaces,
            examples: self.examples,
            span,
        })
    }
}

/// A language as BCP 47 writes it: `en`, `pt-BR`.
pub(super) fn language_tag(c: &mut Cursor<'_>) -> Result<String, Diagnostic> {
    let tag = |l: &Lexeme| match l {
        Lexeme::Word(w)
            if w.len() <= 35 && w.split('-').all(|p| p.len() <= 8 && p.chars().all(|c| c.is_ascii_alphanumeric())) =>
        {
            Some(w.clone())
        }
        _ => None,
    };
    c.take("a language tag such as en or pt-BR", tag).map(|(tag, _)| tag)
}
