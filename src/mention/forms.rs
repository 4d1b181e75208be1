//! Mentions that are recognised by their form: dates, numbers, ordinals, addresses, quotations.

use std::ops::Range;

use super::date::{Dates, Given, Tense, Written};
use super::number;
use super::scene::Scene;
use super::table::{Finder, Mention, Mentions};
use super::value::{Partial, Value};
use crate::rules::{Grammar, Listed, Type, ValueType};
use crate::text::{Shape, Text};

/// The longest link that says where it leads and is no sentence, in tokens.
const LONGEST_LINK: usize = 8;

/// Adds what the form shows. Dates are resolved against `anchor`, the announcement's own date.
pub fn find(
    scene: &Scene<'_>,
    grammar: &Grammar,
    anchor: Option<Partial>,
    dates: &mut Dates<'_, '_>,
    mentions: &mut Mentions,
) {
    let text = scene.text;
    let (mut last, mut block, mut days) = (None, None, None);
    for sentence in &text.sentences {
        last = last.filter(|_| block == Some(sentence.block));
        block = Some(sentence.block);
        let tokens = sentence.tokens.clone();
        let mut context = Context { scene, grammar, text, sentence: tokens, year: None, tenses: None, last, days };
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            at = dates_and_numbers(&mut context, anchor, at, dates, mentions);
        }
        (last, days) = (context.last, context.days);
    }
    links(scene, grammar, mentions);
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

/// Adds links that say of themselves that they lead to the page of what is announced ("register at this page"), with the
/// address to which they lead.
fn links(scene: &Scene<'_>, grammar: &Grammar, mentions: &mut Mentions) {
    let text = scene.text;
    let tokens = text.tokens.as_slice();
    for link in text.announcement.links.iter().filter(|link| link.target.starts_with("http")) {
        let from = tokens.partition_point(|t| (t.start as usize) < link.range.start);
        let to = tokens.partition_point(|t| (t.end as usize) <= link.range.end);
        let says = (from..to).any(|i| grammar.has(Listed::Link, scene.symbols[i]));
        let address = (from..to).any(|i| text.shape(i).has(Shape::ADDRESS));
        if says && !address && to - from <= LONGEST_LINK {
            add(mentions, ValueType::Url, from..to, Some(Value::Url(link.target.clone())));
        }
    }
}

/// What the sentence around a date says of it, found out once and only where a date needs it.
struct Context<'t, 'a> {
    scene: &'t Scene<'a>,
    grammar: &'t Grammar,
    text: &'t Text<'a>,
    sentence: Range<usize>,
    /// See [`Context::year`].
    year: Option<Option<Partial>>,
    /// The words that show a tense, by place.
    tenses: Option<Vec<(usize, Tense)>>,
    /// The date that was named last in this block.
    last: Option<Partial>,
    /// The first days of up to ten that were named as from one to the other.
    days: Option<(Partial, Partial)>,
}

/// The most days that something lasts whose days are called by their names: "on Thursday evening".
const WEEKDAYS: i32 = 10;

fn dates_and_numbers(
    context: &mut Context<'_, '_>,
    anchor: Option<Partial>,
    at: usize,
    dates: &mut Dates<'_, '_>,
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
    if let Some(written) = dates.at(at, end).cloned() {
        // Beside a date with a year, an open one is the nearest to it, whatever the tense.
        let open = written.stated_year().is_none() && written.is_calendar();
        let beside = open.then(|| context.year(dates).or_else(|| context.opening_year(dates))).flatten();
        let resolved = match beside {
            Some(beside) => written.resolve_near(beside),
            None if context.of_days(&written, anchor).is_some() => context.of_days(&written, anchor).map(|d| (d, d)),
            None => written.resolve(Given { anchor, last: context.last, tense: context.tense(at) }),
        };
        if let Some((first, last)) = resolved {
            let guessed = beside.is_none() && written.is_year_open();
            context.last = Some(first);
            if written.is_calendar() && first != last && first.days_until(last).is_some_and(|n| n < WEEKDAYS) {
                context.days = context.days.or(Some((first, last)));
            }
            let end = written.tokens.end;
            // A bare year is a number as well: "ICLC 2021".
            let value = Value::Date { first, last, guessed };
            if !written.is_calendar() {
                add(mentions, ValueType::RelativeDate, written.tokens.clone(), Some(value.clone()));
            }
            add(mentions, ValueType::Date, written.tokens, Some(value));
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
    /// "Thursday", of the days that were named before, unless the sentence speaks of what was and that day is to come.
    fn of_days(&mut self, written: &Written, anchor: Option<Partial>) -> Option<Partial> {
        let (first, last) = self.days?;
        let day = written.weekday_within(first, last)?;
        let to_come = anchor.is_some_and(|a| a.days_until(day).is_some_and(|n| n > 0));
        (!to_come || self.tense(written.tokens.start) != Tense::Past).then_some(day)
    }

    /// "1 to 3 October 2019 … the opening on 1 October": a full date beside it says which year an open one means.
    fn year(&mut self, dates: &mut Dates<'_, '_>) -> Option<Partial> {
        *self.year.get_or_insert_with(|| only_year(dates, &self.sentence))
    }

    /// "In 2016 the congress met from 3 to 5 June": the year with which the sentence begins.
    fn opening_year(&self, dates: &mut Dates<'_, '_>) -> Option<Partial> {
        let start = self.sentence.start;
        if start + 1 >= self.sentence.end || self.text.word(start) != "in" {
            return None;
        }
        let written = dates.at(start + 1, self.sentence.end).filter(|w| w.is_bare_year())?;
        written.stated_year().map(Partial::year)
    }

    /// The tense of the sentence around token `at`: the nearest word that shows it, of two as near the first.
    fn tense(&mut self, at: usize) -> Tense {
        let tenses = self.tenses.get_or_insert_with(|| tenses(self.scene, self.grammar, &self.sentence));
        let behind = tenses.partition_point(|(i, _)| *i < at);
        let near = behind.saturating_sub(1)..tenses.len().min(behind + 1);
        tenses[near].iter().min_by_key(|(i, _)| i.abs_diff(at)).map_or(Tense::Open, |(_, tense)| *tense)
    }
}

/// The year of the dates in a sentence that state one, if they agree; a date that is a year and no more does not count.
fn only_year(dates: &mut Dates<'_, '_>, sentence: &Range<usize>) -> Option<Partial> {
    let mut found = None;
    let mut at = sentence.start;
    while at < sentence.end {
        match dates.at(at, sentence.end) {
            Some(other) => {
                if let (Some(_), false) = (other.stated_year(), other.is_bare_year()) {
                    let (first, _) = other.resolve(Given::NOTHING)?;
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
fn tenses(scene: &Scene<'_>, grammar: &Grammar, sentence: &Range<usize>) -> Vec<(usize, Tense)> {
    let text = scene.text;
    let is = |list: Listed, i: usize| grammar.has(list, scene.symbols[i]);
    let shown = |i: usize| match text.word(i) {
        _ if is(Listed::Future, i) => Some(Tense::Future),
        "to" if i + 1 < sentence.end && matches!(text.word(i + 1), "be" | "take" | "convene" | "meet") => {
            Some(Tense::Future)
        }
        // "is held on 7 September": a programme.
        _ if is(Listed::Past, i) && i > sentence.start && matches!(text.word(i - 1), "is" | "are" | "be" | "being") => {
            Some(Tense::Future)
        }
        // "organised by": a participle says nothing of the time.
        _ if is(Listed::Past, i) && i + 1 < sentence.end && text.word(i + 1) == "by" => None,
        _ if is(Listed::Past, i) => Some(Tense::Past),
        _ => None,
    };
    // "It will be held on 5 May, said the mayor": who says so speaks of no time.
    let is_aside = |i: usize| {
        let names = i + 1 < sentence.end && (text.word(i + 1) == "the" || text.shape(i + 1).has(Shape::CAPITALISED));
        names && i > sentence.start && matches!(text.word(i - 1), "," | "\"")
    };
    let mut found: Vec<(usize, Tense)> = Vec::new();
    for (i, tense) in sentence.clone().filter_map(|i| Some((i, shown(i)?))) {
        let after_future = found.last().is_some_and(|(_, tense)| *tense == Tense::Future);
        if !(tense == Tense::Past && after_future && is_aside(i)) {
            found.push((i, tense));
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

/// An address as an IRI: `www.example.org` and `example.org` get their scheme.
fn address(words: &str) -> String {
    if !words.contains("://") { format!("http://{words}") } else { words.to_owned() }
}
