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
            if c.mark("~") { Pattern::Token(Test::Lemma(vec![w.clone()])) } else { phrase(w) }
        }
        Lexeme::Text(t) => {
            c.at += 1;
            phrase(t)
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
                c.expect(":")?;
                let inner = parse_pattern(c)?;
                c.expect(")")?;
                Pattern::Capture(var, Box::new(inner))
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
fn phrase(text: &str) -> Pattern {
    let mut tokens = Tokens::default();
    tokens.push_range(text, 0, text.len());
    let mut words: Vec<Pattern> =
        (0..tokens.len()).map(|i| Pattern::Token(Test::Word(vec![tokens.folded(i).to_owned()]))).collect();
    match words.len() {
        0 => Pattern::Empty,
        1 => words.swap_remove(0),
        _ => Pattern::Sequence(words),
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
        "word" => Ok(Test::Word(values.into_iter().map(|(v, _)| folded(&v)).collect())),
        "lemma" => Ok(Test::Lemma(values.into_iter().map(|(v, _)| v).collect())),
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

/// A single word or mark as tokens compare it.
fn folded(word: &str) -> String {
    let mut tokens = Tokens::default();
    tokens.push_range(word, 0, word.len());
    if tokens.len() == 1 { tokens.folded(0).to_owned() } else { crate::text::fold(word) }
}
