//! Token patterns of rule files.

use super::ast::{Name, Pattern, Test};
use super::diagnostic::{Code, Diagnostic};
use super::lexer::Lexeme;
use super::parser::Cursor;
use crate::text::Tokens;

/// The most that a repetition may ask for: patterns are matched within a sentence.
const MOST: u32 = 60;

/// How deep brackets may stand in brackets.
const DEEPEST: u32 = 40;

/// `sequence ('|' sequence)*`, up to the end of the line.
pub(super) fn parse_pattern(c: &mut Cursor<'_>) -> Result<Pattern, Diagnostic> {
    if c.depth == DEEPEST {
        let mut diagnostic = c.error(format!("brackets stand in more than {DEEPEST} others"));
        diagnostic.code = Code::TooLarge;
        return Err(diagnostic.hint("give parts of the pattern names with `let`"));
    }
    c.depth += 1;
    let mut choices = vec![sequence(c)?];
    while c.mark("|") {
        choices.push(sequence(c)?);
    }
    c.depth -= 1;
    Ok(if choices.len() == 1 { choices.swap_remove(0) } else { Pattern::Either(choices) })
}

fn sequence(c: &mut Cursor<'_>) -> Result<Pattern, Diagnostic> {
    let mut parts = Vec::new();
    while let Some(part) = repeated(c)? {
        parts.push(part);
    }
    Ok(match parts.len() {
        0 => Pattern::Empty,
        1 => parts.swap_remove(0),
        _ => Pattern::Sequence(parts),
    })
}

fn repeated(c: &mut Cursor<'_>) -> Result<Option<Pattern>, Diagnostic> {
    let Some(pattern) = atom(c)? else { return Ok(None) };
    let (least, most) = match () {
        () if c.mark("?") => (0, 1),
        () if c.mark("*") => (0, MOST),
        () if c.mark("+") => (1, MOST),
        () if c.mark("{") => bounds(c)?,
        () => return Ok(Some(pattern)),
    };
    if ["?", "*", "+", "{"].iter().any(|mark| c.mark(mark)) {
        return Err(c.error("a repetition is repeated").hint("one of ? * + {0,3} is enough"));
    }
    Ok(Some(Pattern::Repeat(Box::new(pattern), least, most)))
}

fn bounds(c: &mut Cursor<'_>) -> Result<(u32, u32), Diagnostic> {
    let number = |l: &Lexeme| if let Lexeme::Word(w) = l { w.parse::<u32>().ok() } else { None };
    let (least, _) = c.take("how often at least", number)?;
    let most = if c.mark(",") { c.take("how often at most", number)?.0 } else { least };
    if most < least || most > MOST {
        return Err(c.error(format!("a repetition runs from its lower to its upper bound, {MOST} at most")));
    }
    c.expect("}")?;
    Ok((least, most))
}

fn atom(c: &mut Cursor<'_>) -> Result<Option<Pattern>, Diagnostic> {
    let span = c.span();
    let Some(lexeme) = c.peek() else { return Ok(None) };
    let pattern = match lexeme {
        // The parts that may follow a pattern on its line.
        Lexeme::Line | Lexeme::Top | Lexeme::Relation(_) => return Ok(None),
        Lexeme::Word(w) => {
            c.at += 1;
            let name = Name { text: w.clone(), span };
            if c.mark("~") { Pattern::Token(Test::Lemma(vec![name])) } else { phrase(&name) }
        }
        Lexeme::Text(t) => {
            c.at += 1;
            phrase(&Name { text: t.clone(), span })
        }
        Lexeme::Type(t) => {
            c.at += 1;
            Pattern::Mention(Name { text: t.clone(), span })
        }
        Lexeme::List(m) => {
            c.at += 1;
            Pattern::Macro(Name { text: m.clone(), span })
        }
        Lexeme::Mark("<") => {
            c.at += 1;
            Pattern::Start
        }
        Lexeme::Mark(">") => {
            c.at += 1;
            Pattern::End
        }
        Lexeme::Mark("<<" | ">>") => {
            c.at += 1;
            Pattern::Border
        }
        Lexeme::Mark("!") => {
            c.at += 1;
            Pattern::Absent(c.ty()?)
        }
        Lexeme::Mark("[") => {
            c.at += 1;
            let test = tests(c)?;
            c.expect("]")?;
            Pattern::Token(test)
        }
        Lexeme::Mark("(") => {
            c.at += 1;
            if let Some(Lexeme::Var(_)) = c.peek() {
                let var = c.var()?;
                let each = if c.keyword("each") { Some(c.ty()?) } else { None };
                c.expect(":")?;
                let inner = parse_pattern(c)?;
                c.expect(")")?;
                Pattern::Capture(var, each, Box::new(inner))
            } else {
                let inner = parse_pattern(c)?;
                c.expect(")")?;
                inner
            }
        }
        Lexeme::Var(_) => {
            return Err(c.error("a variable in a pattern needs brackets").hint("write (?c:@City)"));
        }
        Lexeme::Mark(_) => return Ok(None),
    };
    Ok(Some(pattern))
}

/// The tokens of a literal text, one after the other.
fn phrase(text: &Name) -> Pattern {
    let word = |word| Pattern::Token(Test::Word(vec![Name { text: word, span: text.span.clone() }]));
    let mut words: Vec<Pattern> = tokens(&text.text).into_iter().map(word).collect();
    match words.len() {
        0 => Pattern::Empty,
        1 => words.swap_remove(0),
        _ => Pattern::Sequence(words),
    }
}

/// The tokens of some words, folded, as those of an announcement are.
pub(super) fn tokens(words: &str) -> Vec<String> {
    if is_plain(words) {
        return vec![words.to_owned()];
    }
    let mut tokens = Tokens::default();
    tokens.push_range(words, 0, words.len());
    (0..tokens.len()).map(|i| tokens.folded(i).to_owned()).collect()
}

/// Whether this is one token, and folded: most words of rules are.
fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// A test of one token whose words are several tokens, as a pattern: `[lemma=host|co-host & !is=quoted]`. The other tests
/// are of the first token. None if all of its words are one token each.
pub(super) fn of_many_tokens(test: &Test) -> Option<Pattern> {
    let (tests, at) = match test {
        Test::All(tests) => (tests.clone(), tests.iter().position(has_many)?),
        test => (vec![test.clone()], has_many(test).then_some(0)?),
    };
    let (values, lemma) = match &tests[at] {
        Test::Word(values) => (values, false),
        Test::Lemma(values) => (values, true),
        _ => return None,
    };
    let first = |own: Test| {
        let mut all = tests.clone();
        all[at] = own;
        Pattern::Token(if all.len() == 1 { all.swap_remove(0) } else { Test::All(all) })
    };
    let (one, many): (Vec<Name>, Vec<Name>) = values.iter().cloned().partition(|v| tokens(&v.text).len() <= 1);
    let mut choices = Vec::new();
    if !one.is_empty() {
        choices.push(first(if lemma { Test::Lemma(one) } else { Test::Word(one) }));
    }
    for value in many {
        let named = |text| vec![Name { text, span: value.span.clone() }];
        let parts = tokens(&value.text);
        let last = parts.len() - 1;
        let words = parts.into_iter().enumerate().map(|(i, part)| match i {
            0 => first(Test::Word(named(part))),
            i if i == last && lemma => Pattern::Token(Test::Lemma(named(part))),
            _ => Pattern::Token(Test::Word(named(part))),
        });
        choices.push(Pattern::Sequence(words.collect()));
    }
    Some(if choices.len() == 1 { choices.swap_remove(0) } else { Pattern::Either(choices) })
}

/// Whether a word of the test is several tokens.
pub(super) fn has_many(test: &Test) -> bool {
    match test {
        Test::Word(values) | Test::Lemma(values) => {
            values.iter().any(|v| !is_plain(&v.text) && tokens(&v.text).len() > 1)
        }
        _ => false,
    }
}

fn tests(c: &mut Cursor<'_>) -> Result<Test, Diagnostic> {
    if matches!(c.peek(), Some(Lexeme::Mark("]"))) {
        return Ok(Test::Any);
    }
    let mut all = vec![test(c)?];
    while c.mark("&") {
        all.push(test(c)?);
    }
    Ok(if all.len() == 1 { all.swap_remove(0) } else { Test::All(all) })
}

fn test(c: &mut Cursor<'_>) -> Result<Test, Diagnostic> {
    if c.mark("!") {
        if c.mark("!") {
            return Err(c.error("a '!' takes the other back"));
        }
        return Ok(Test::Not(Box::new(test(c)?)));
    }
    let span = c.span();
    if let Some(Lexeme::List(name)) = c.peek() {
        c.at += 1;
        return Ok(Test::Macro(Name { text: name.clone(), span }));
    }
    let word = |l: &Lexeme| match l {
        Lexeme::Word(w) | Lexeme::Text(w) => Some(w.clone()),
        _ => None,
    };
    let (key, key_span) = c.take("`word=`, `lemma=`, `is=` or a word list", word)?;
    c.expect("=")?;
    let mut values = vec![c.take("a word", word)?];
    while c.mark("|") {
        values.push(c.take("a word", word)?);
    }
    match key.as_str() {
        "word" => Ok(Test::Word(values.into_iter().map(|(text, span)| Name { text, span }).collect())),
        "lemma" => Ok(Test::Lemma(values.into_iter().map(|(text, span)| Name { text, span }).collect())),
        "is" => {
            let mut names = values.into_iter().map(|(text, span)| Test::Is(Name { text, span }));
            match (names.next(), names.next()) {
                (Some(only), None) => Ok(only),
                _ => Err(c.error("one property a time").hint("write [is=capitalised] | [is=number]")),
            }
        }
        _ => {
            let mut diagnostic = c.error(format!("a token has no '{key}'"));
            diagnostic.span = key_span;
            Err(diagnostic.hint("a token is asked for its word, its lemma or what it is"))
        }
    }
}
