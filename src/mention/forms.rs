//! Mentions that are recognised by their form: dates, numbers, ordinals, addresses, quotations.

use std::ops::Range;

use super::date::{self, Tense};
use super::number;
use super::table::{Finder, Mention, Mentions};
use super::value::{Partial, Value};
use crate::rules::{Type, ValueType};
use crate::text::{Shape, Text};

/// Words by which a sentence shows that it speaks of what is to come.
const FUTURE: &[&str] = &[
    "will",
    "shall",
    "due",
    "upcoming",
    "forthcoming",
    "expected",
    "scheduled",
    "planned",
    "invited",
    "invite",
    "deadline",
    "must",
    "can",
];

/// Words by which it shows that it speaks of what was.
const PAST: &[&str] = &[
    "was",
    "were",
    "had",
    "took",
    "held",
    "met",
    "brought",
    "drew",
    "hosted",
    "concluded",
    "closed",
    "ended",
    "gathered",
    "adopted",
    "launched",
    "received",
    "began",
    "came",
    "convened",
    "opened",
    "attracted",
    "welcomed",
    "said",
    "told",
    "announced",
    "organized",
    "organised",
    "signed",
    "agreed",
    "gave",
    "won",
];

/// Adds what the form shows. Dates are resolved against `anchor`, the announcement's own date.
pub fn find(text: &Text<'_>, anchor: Option<Partial>, mentions: &mut Mentions) {
    for sentence in &text.sentences {
        let range = sentence.tokens.clone();
        let mut at = range.start;
        while at < range.end {
            at = dates_and_numbers(text, anchor, &range, at, mentions);
        }
    }
    for quote in text.quotes.iter() {
        if text.quotes.is_title(quote, &text.tokens) {
            add(mentions, ValueType::Quote, quote.inner.clone(), None);
        }
    }
}

fn dates_and_numbers(
    text: &Text<'_>,
    anchor: Option<Partial>,
    sentence: &Range<usize>,
    at: usize,
    mentions: &mut Mentions,
) -> usize {
    if text.shape(at).has(Shape::ADDRESS) {
        let words = text.slice(at..at + 1);
        if !words.contains('@') {
            add(mentions, ValueType::Url, at..at + 1, Some(Value::Url(address(words))));
        }
        return at + 1;
    }
    if let Some(written) = date::read(text, at, sentence.end) {
        // Beside a date with a year, an open one is the nearest to it, whatever the tense.
        let resolved = match year_of_the_sentence(text, sentence, &written) {
            Some(beside) => written.resolve_near(beside),
            None => written.resolve(anchor, tense(text, sentence, at)),
        };
        if let Some((first, last)) = resolved {
            let end = written.tokens.end;
            // A bare year is a number as well: "ICLC 2021".
            add(mentions, ValueType::Date, written.tokens, Some(Value::Date(first, last)));
            return end;
        }
    }
    if let Some((tokens, value)) = number::at(text, at, sentence.end) {
        let ty = if matches!(value, Value::Ordinal(_)) { ValueType::Ordinal } else { ValueType::Number };
        let end = tokens.end;
        add(mentions, ty, tokens, Some(value));
        return end;
    }
    at + 1
}

/// "1 to 3 October 2019 … the opening on 1 October": a full date beside it says which year an open one means.
fn year_of_the_sentence(text: &Text<'_>, sentence: &Range<usize>, open: &date::Written) -> Option<Partial> {
    if open.stated_year().is_some() || !open.is_calendar() {
        return None;
    }
    let mut found = None;
    let mut at = sentence.start;
    while at < sentence.end {
        match date::read(text, at, sentence.end) {
            Some(other) => {
                if let (Some(_), false) = (other.stated_year(), other.is_bare_year()) {
                    let (first, _) = other.resolve(None, Tense::Open)?;
                    if found.is_some_and(|f: Partial| f.year != first.year) {
                        return None;
                    }
                    found = Some(first);
                }
                at = other.tokens.end;
            }
            None => at += 1,
        }
    }
    found
}

fn add(mentions: &mut Mentions, ty: ValueType, tokens: Range<usize>, value: Option<Value>) {
    mentions.push(Mention {
        ty: Type::Value(ty),
        name: tokens.clone(),
        tokens,
        finder: Finder::Form,
        captures: Vec::new(),
        value,
        anaphor: false,
        inner: false,
    });
}

/// An address as an IRI: `www.example.org` gets its scheme.
fn address(words: &str) -> String {
    if words.get(..4).is_some_and(|w| w.eq_ignore_ascii_case("www.")) {
        format!("http://{words}")
    } else {
        words.to_owned()
    }
}

/// The tense of the sentence around token `at`: the nearest word that shows it.
fn tense(text: &Text<'_>, sentence: &Range<usize>, at: usize) -> Tense {
    let mut nearest: Option<(usize, Tense)> = None;
    for i in sentence.clone() {
        let word = text.word(i);
        let tense = match () {
            () if FUTURE.contains(&word) => Tense::Future,
            () if word == "to"
                && i + 1 < sentence.end
                && matches!(text.word(i + 1), "be" | "take" | "convene" | "meet") =>
            {
                Tense::Future
            }
            // "is held on 7 September": a programme.
            () if PAST.contains(&word) && i > sentence.start && matches!(text.word(i - 1), "is" | "are" | "be") => {
                Tense::Future
            }
            () if PAST.contains(&word) => Tense::Past,
            () => continue,
        };
        let distance = i.abs_diff(at);
        if nearest.is_none_or(|(d, _)| distance < d) {
            nearest = Some((distance, tense));
        }
    }
    nearest.map_or(Tense::Open, |(_, t)| t)
}
