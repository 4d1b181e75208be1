//! The date of the announcement itself: what "this Friday" and "27 October" are measured from.

use std::ops::Range;

use super::date::{self, Dates, Given};
use super::scene::Scene;
use super::value::Partial;
use crate::rules::{Grammar, Listed};
use crate::source::BlockKind;
use crate::text::{Shape, Text};

/// The announcement's own date, and the tokens that state it; no tokens where the form itself carries the date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The date.
    pub date: Partial,
    /// Where it stands in the text.
    pub tokens: Option<Range<usize>>,
}

/// Finds the announcement's date: what the form says, else a dateline, else a line such as "Posted on 2 November", else a
/// line near the head or at the very end that holds a date and no statement.
pub fn find(scene: &Scene<'_>, grammar: &Grammar) -> Option<Anchor> {
    let text = scene.text;
    let stated = text.announcement.metadata.date.as_ref().and_then(|d| Partial::parse(&d.value));
    if let Some(date) = stated {
        return Some(Anchor { date, tokens: None });
    }
    let datelines = text.prose().iter().enumerate().filter(|(s, _)| text.kind(*s) == BlockKind::Dateline);
    datelines
        .filter_map(|(_, s)| dated(text, s.tokens.clone()))
        .next()
        .or_else(|| opening(text))
        .or_else(|| published(scene, grammar))
        .or_else(|| beside_marks(scene, grammar))
        .or_else(|| headed(scene, grammar))
        .or_else(|| signed(text))
}

/// The first date with day, month and year in `tokens`.
fn dated(text: &Text<'_>, tokens: Range<usize>) -> Option<Anchor> {
    let written =
        tokens.clone().find_map(|at| date::read(text, at, tokens.end).filter(|w| w.stated_year().is_some()))?;
    let (first, last) = written.resolve(Given::NOTHING)?;
    (first == last && first.month.is_some()).then_some(Anchor { date: first, tokens: Some(written.tokens) })
}

/// "DURBAN, 15 November 2019 - With the adoption …": a date among the first words, with a dash behind it.
fn opening(text: &Text<'_>) -> Option<Anchor> {
    // The date at the head of a call is that of the event.
    let call = super::opening::is_call(text);
    text.prose().iter().take(8).find_map(|s| {
        let head = s.tokens.start..s.tokens.end.min(s.tokens.start + 14);
        let anchor = dated(text, head)?;
        let end = anchor.tokens.clone()?.end;
        // "(Daejeon, 13 Oct. 2022) How much of …"
        let dash = end < s.tokens.end
            && (matches!(text.word(end), "-" | "/") || text.word(end) == ")" && text.word(s.tokens.start) == "(")
            || end + 1 < text.tokens.len() && text.word(end) == "." && text.word(end + 1) == "-"
            || agency(text, end..s.tokens.end);
        let alone = !call && (end >= s.tokens.end || end + 1 == s.tokens.end && text.word(end) == ".");
        (dash || alone && s.tokens.len() <= 8).then_some(anchor)
    })
}

/// "(AfriWire) -", behind the date of a dateline.
fn agency(text: &Text<'_>, behind: Range<usize>) -> bool {
    let close = behind.clone().take(6).find(|at| text.word(*at) == ")");
    text.word(behind.start.min(text.tokens.len() - 1)) == "("
        && close.is_some_and(|at| at + 1 < behind.end && text.word(at + 1) == "-")
}

/// "Posted by Ines on 9 October 2025", "Sent: Tuesday 20 February 2024": at the head of a sentence or line, or anywhere in
/// a short one.
fn published(scene: &Scene<'_>, grammar: &Grammar) -> Option<Anchor> {
    let text = scene.text;
    text.prose().iter().find_map(|s| {
        let words = s.tokens.clone().filter(|i| grammar.has(Listed::Published, scene.symbols[*i]));
        words.into_iter().find_map(|at| {
            let near = at + 1..s.tokens.end.min(at + 12);
            let anchor = dated(text, near)?;
            let from = anchor.tokens.clone()?.start;
            // "Publication date" is that of a book.
            let starts = at == s.tokens.start
                || text.shape(at).has(Shape::LINE_START)
                || at == s.tokens.start + 1 && text.word(at) != "date";
            let short = s.tokens.len() <= SHORT && text.word(at) != "date" && !states(scene, grammar, &s.tokens);
            let same_line = !(at + 1..from).any(|i| text.shape(i).has(Shape::LINE_START));
            ((starts || short) && from <= at + 7 && same_line).then_some(anchor)
        })
    })
}

/// The most tokens of a line that holds hardly more than a date.
const SHORT: usize = 26;

/// Whether a line states something, so that a date in it may be that of anything.
fn states(scene: &Scene<'_>, grammar: &Grammar, tokens: &Range<usize>) -> bool {
    tokens.clone().any(|i| grammar.has(Listed::Finite, scene.symbols[i]))
}

/// "News desk | Oct 17, 2022 | 2 min read", "27 August 2019 · Athens": a date set off by marks, in one of the first lines.
fn beside_marks(scene: &Scene<'_>, grammar: &Grammar) -> Option<Anchor> {
    let text = scene.text;
    if super::opening::is_call(text) {
        return None;
    }
    let mark = |i: usize| matches!(text.word(i), "|" | "*" | "/" | "-");
    text.prose().iter().take(12).find_map(|s| {
        let anchor = dated(text, s.tokens.clone())?;
        let tokens = anchor.tokens.clone()?;
        let on = tokens.start > s.tokens.start && text.word(tokens.start - 1) == "on";
        let before = tokens.start == s.tokens.start || mark(tokens.start - 1) || on;
        let behind = tokens.end == s.tokens.end || mark(tokens.end);
        let lone = tokens == s.tokens;
        (s.tokens.len() <= SHORT && before && behind && !lone && !states(scene, grammar, &s.tokens)).then_some(anchor)
    })
}

/// "European Commission, Brussels, 28/11/2024": one of the first lines that ends with a date and states nothing.
fn headed(scene: &Scene<'_>, grammar: &Grammar) -> Option<Anchor> {
    let text = scene.text;
    if super::opening::is_call(text) {
        return None;
    }
    text.prose().iter().take(8).find_map(|s| {
        let anchor = dated(text, s.tokens.clone())?;
        let tokens = anchor.tokens.clone()?;
        let comma = tokens.start > s.tokens.start && text.word(tokens.start - 1) == ",";
        let last = tokens.end >= s.tokens.end;
        (last && comma && s.tokens.len() <= SHORT && !states(scene, grammar, &s.tokens)).then_some(anchor)
    })
}

/// "Geneva, 5 May 2020", as the last words but for an address.
fn signed(text: &Text<'_>) -> Option<Anchor> {
    text.prose().iter().rev().take(6).find_map(|s| {
        let anchor = dated(text, s.tokens.clone())?;
        let tokens = anchor.tokens.clone()?;
        // "Notification of acceptance: 15 December 2025", "register by 15 March 2024" are no signatures.
        let labelled = tokens.start > s.tokens.start && {
            let before = text.shape(tokens.start - 1);
            text.word(tokens.start - 1) == ":" || before.has(Shape::WORD) && !before.has(Shape::CAPITALISED)
        };
        let end = tokens.end;
        let last = end == s.tokens.end || end + 1 == s.tokens.end && matches!(text.word(end), "." | ")");
        (last && !labelled && s.tokens.len() <= 8).then_some(anchor)
    })
}

/// Without a date of its own, the year that an announcement states most often (the earliest of several).
pub fn usual_year(text: &Text<'_>, dates: &mut Dates<'_, '_>) -> Option<Partial> {
    let mut counts = std::collections::BTreeMap::new();
    for s in &text.sentences {
        let mut at = s.tokens.start;
        while at < s.tokens.end {
            match dates.at(at, s.tokens.end) {
                Some(written) => {
                    if let Some(year) = written.stated_year().filter(|_| !written.is_bare_year()) {
                        // "6-8 May 2025" is more of an announcement than "in October 2022".
                        *counts.entry(year).or_insert(0u32) += 1 + u32::from(written.has_day());
                    }
                    at = written.tokens.end;
                }
                None => at += 1,
            }
        }
    }
    let (year, _) = counts.into_iter().max_by_key(|(year, n)| (*n, -i32::from(*year)))?;
    Some(Partial::year(year))
}
