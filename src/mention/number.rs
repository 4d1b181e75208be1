//! Numbers and ordinals, in digits and in words.

use std::ops::Range;

use super::value::Value;
use crate::text::{Shape, Text};

const UNITS: &[(&str, &str, i64)] = &[
    ("one", "first", 1),
    ("two", "second", 2),
    ("three", "third", 3),
    ("four", "fourth", 4),
    ("five", "fifth", 5),
    ("six", "sixth", 6),
    ("seven", "seventh", 7),
    ("eight", "eighth", 8),
    ("nine", "ninth", 9),
    ("ten", "tenth", 10),
    ("eleven", "eleventh", 11),
    ("twelve", "twelfth", 12),
    ("thirteen", "thirteenth", 13),
    ("fourteen", "fourteenth", 14),
    ("fifteen", "fifteenth", 15),
    ("sixteen", "sixteenth", 16),
    ("seventeen", "seventeenth", 17),
    ("eighteen", "eighteenth", 18),
    ("nineteen", "nineteenth", 19),
];

const TENS: &[(&str, &str, i64)] = &[
    ("twenty", "twentieth", 20),
    ("thirty", "thirtieth", 30),
    ("forty", "fortieth", 40),
    ("fifty", "fiftieth", 50),
    ("sixty", "sixtieth", 60),
    ("seventy", "seventieth", 70),
    ("eighty", "eightieth", 80),
    ("ninety", "ninetieth", 90),
];

/// The number or ordinal that begins at token `at`: its tokens and value. `1,300`, `five hundred`, `52nd`,
/// `twenty-second`, `XIV` are no small Roman numbers: those are ordinals only where a rule says so.
pub fn at(text: &Text<'_>, at: usize, end: usize) -> Option<(Range<usize>, Value)> {
    let word = text.word(at);
    let shape = text.shape(at);
    if shape.has(Shape::NUMBER) {
        let mut value: i64 = word.replace(',', "").parse().ok()?;
        let mut to = at + 1;
        // "12 500": groups of three digits, parted by blanks.
        while word.len() <= 3 && !word.starts_with('0') && to < end && to < at + 4 && group_of_three(text, to) {
            value = value * 1000 + text.word(to).parse::<i64>().ok()?;
            to += 1;
        }
        return Some((at..to, Value::Number(value)));
    }
    if let Some(value) = digits_ordinal(word).or_else(|| roman_ordinal(text, at, end)) {
        return Some((at..at + 1, Value::Ordinal(value)));
    }
    words(text, at, end)
}

/// Three digits behind a blank.
fn group_of_three(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    text.shape(at).has(Shape::SPACED) && word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit())
}

/// `52nd`, `3rd`.
fn digits_ordinal(word: &str) -> Option<u32> {
    let digits = word.find(|c: char| !c.is_ascii_digit())?;
    matches!(&word[digits..], "st" | "nd" | "rd" | "th").then(|| word[..digits].parse().ok())?
}

/// `XIV` before a capital and not behind one, `XXIIIrd`: an ordinal. "Volume II" is none.
fn roman_ordinal(text: &Text<'_>, at: usize, end: usize) -> Option<u32> {
    if !text.shape(at).has(Shape::CAPITALISED) {
        return None;
    }
    let words = text.slice(at..at + 1);
    let digits = words.trim_end_matches(|c: char| c.is_lowercase() || matches!(c, 'º' | 'ª'));
    let value = roman(digits)?;
    if digits.len() < words.len() {
        return matches!(&words[digits.len()..], "st" | "nd" | "rd" | "th" | "e" | "o" | "a" | "º" | "ª")
            .then_some(value);
    }
    let capital = |i: usize| text.shape(i).has(Shape::CAPITALISED);
    let inside = at > 0 && !text.shape(at).has(Shape::LINE_START);
    let article = |i: usize| {
        matches!(text.word(i), "the" | "a" | "an" | "our" | "its" | "this" | "in" | "at" | "on" | "to" | "of")
    };
    let behind = inside && (capital(at - 1) && !article(at - 1) || text.word(at - 1) == "-");
    (words != "I" && !behind && at + 1 < end && capital(at + 1) && text.shape(at + 1).has(Shape::SPACED))
        .then_some(value)
}

/// A Roman number from I to XCIX in capitals.
pub fn roman(words: &str) -> Option<u32> {
    const NUMBERS: [(&str, u32); 8] =
        [("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)];
    let (mut rest, mut total) = (words, 0);
    for (digits, value) in NUMBERS {
        let most = if matches!(digits, "X" | "I") { 3 } else { 1 };
        for _ in 0..most {
            let Some(next) = rest.strip_prefix(digits) else { break };
            (rest, total) = (next, total + value);
        }
    }
    (rest.is_empty() && total > 0).then_some(total)
}

/// Whether a word begins like a number. Said of every word of a text, so two letters must be enough.
fn may_begin(word: &str) -> bool {
    matches!(
        word.as_bytes(),
        [b'o', b'n', ..]
            | [b'f', b'i' | b'o', ..]
            | [b's', b'e' | b'i', ..]
            | [b't', b'w' | b'h' | b'e', ..]
            | [b'e', b'i' | b'l', ..]
            | [b'n', b'i', ..]
    )
}

/// `five hundred`, `twenty-second`, `two thousand`.
fn words(text: &Text<'_>, from: usize, end: usize) -> Option<(Range<usize>, Value)> {
    let (mut total, mut part, mut at, mut ordinal) = (0i64, 0i64, from, false);
    let mut seen = false;
    if !may_begin(text.word(from)) {
        return None;
    }
    while at < end && !ordinal {
        let word = text.word(at);
        let unit = UNITS.iter().chain(TENS).find(|(c, o, _)| *c == word || *o == word);
        if let Some((_, o, value)) = unit {
            if seen && !matches!(text.word(at - 1), "-" | "hundred" | "thousand" | "and") {
                break;
            }
            part += value;
            ordinal = *o == word;
        } else if seen && matches!(word, "hundred" | "hundredth") {
            part *= 100;
            ordinal = word == "hundredth";
        } else if seen && word == "thousand" {
            total += part * 1000;
            part = 0;
        } else if seen
            && word == "-"
            && at + 1 < end
            && UNITS.iter().any(|(c, o, _)| *c == text.word(at + 1) || *o == text.word(at + 1))
        {
            at += 1;
            continue;
        } else {
            break;
        }
        seen = true;
        at += 1;
    }
    if !seen {
        return None;
    }
    let value = total + part;
    let found = if ordinal { Value::Ordinal(u32::try_from(value).ok()?) } else { Value::Number(value) };
    Some((from..at, found))
}
