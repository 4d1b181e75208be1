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
        let mut context = Context { text, sentence: sentence.tokens.clone(), year: None, tenses: None };
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            at = dates_and_numbers(&mut context, anchor, at, mentions);
        }
    }
    for quote in text.quotes.iter() {
        if text.quotes.is_title(quote, &text.tokens) {
            add(mentions, ValueType::Quote, quote.inner.clone(), None);
        }
    }
    for title in &text.emphasis {
        let marked = |i: usize| matches!(text.word(i), "\"" | "'");
        if !marked(title.start) && text.quotes.around(title.start).is_none_or(|quote| quote.inner != *title) {
            add(mentions, ValueType::Quote, title.clone(), None);
        }
    }
}

/// What the sentence around a date says of it, found out once and only where a date needs it.
struct Context<'t, 'a> {
    text: &'t Text<'a>,
    sentence: Range<usize>,
    /// See [`Context::year`].
    year: Option<Option<Partial>>,
    /// The words that show a tense, by place.
    tenses: Option<Vec<(usize, Tense)>>,
}

fn dates_and_numbers(
    context: &mut Context<'_, '_>,
    anchor: Option<Partial>,
    at: usize,
    mentions: &mut Mentions,
) -> usize {
    let (text, end) = (context.text, context.sentence.end);
    if text.shape(at).has(Shape::ADDRESS) {
        let words = text.slice(at..at + 1);
        if !words.contains('@') {
            add(mentions, ValueType::Url, at..at + 1, Some(Value::Url(address(words))));
        }
        return at + 1;
    }
    if let Some(written) = date::read(text, at, end) {
        // Beside a date with a year, an open one is the nearest to it, whatever the tense.
        let open = written.stated_year().is_none() && written.is_calendar();
        let resolved = match open.then(|| context.year()).flatten() {
            Some(beside) => written.resolve_near(beside),
            None => written.resolve(anchor, context.tense(at)),
        };
        if let Some((first, last)) = resolved {
            let end = written.tokens.end;
            // A bare year is a number as well: "ICLC 2021".
            add(mentions, ValueType::Date, written.tokens, Some(Value::Date(first, last)));
            return end;
        }
    }
    if let Some((tokens, value)) = number::at(text, at, end) {
        let ty = if matches!(value, Value::Ordinal(_)) { ValueType::Ordinal } else { ValueType::Number };
        let end = tokens.end;
        add(mentions, ty, tokens, Some(value));
        return end;
    }
    at + 1
}

impl Context<'_, '_> {
    /// "1 to 3 October 2019 … the opening on 1 October": a full date beside it says which year an open one means.
    fn year(&mut self) -> Option<Partial> {
        *self.year.get_or_insert_with(|| only_year(self.text, &self.sentence))
    }

    /// The tense of the sentence around token `at`: the nearest word that shows it, of two as near the first.
    fn tense(&mut self, at: usize) -> Tense {
        let tenses = self.tenses.get_or_insert_with(|| tenses(self.text, &self.sentence));
        let behind = tenses.partition_point(|(i, _)| *i < at);
        let near = behind.saturating_sub(1)..tenses.len().min(behind + 1);
        tenses[near].iter().min_by_key(|(i, _)| i.abs_diff(at)).map_or(Tense::Open, |(_, tense)| *tense)
    }
}

/// The year of the dates in a sentence that state one, if they agree; a date that is a year and no more does not count.
fn only_year(text: &Text<'_>, sentence: &Range<usize>) -> Option<Partial> {
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

/// The words of a sentence that show a tense, by place.
fn tenses(text: &Text<'_>, sentence: &Range<usize>) -> Vec<(usize, Tense)> {
    let shown = |i: usize| match text.word(i) {
        word if FUTURE.contains(&word) => Some(Tense::Future),
        "to" if i + 1 < sentence.end && matches!(text.word(i + 1), "be" | "take" | "convene" | "meet") => {
            Some(Tense::Future)
        }
        // "is held on 7 September": a programme.
        word if PAST.contains(&word) && i > sentence.start && matches!(text.word(i - 1), "is" | "are" | "be") => {
            Some(Tense::Future)
        }
        word if PAST.contains(&word) => Some(Tense::Past),
        _ => None,
    };
    sentence.clone().filter_map(|i| Some((i, shown(i)?))).collect()
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

/// An address as an IRI: `www.example.org` and `example.org` get their scheme.
fn address(words: &str) -> String {
    if !words.contains("://") { format!("http://{words}") } else { words.to_owned() }
}
