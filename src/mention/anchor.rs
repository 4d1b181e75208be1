//! The date of the announcement itself: what "this Friday" and "27 October" are measured from.

use std::ops::Range;

use super::date::{self, Tense};
use super::value::Partial;
use crate::source::BlockKind;
use crate::text::Text;

/// Words before a date that say when the announcement was made.
const PUBLISHED: &[&str] =
    &["posted", "published", "updated", "released", "issued", "date", "dated", "sent", "modified"];

/// The announcement's own date, and the tokens that state it; no tokens where the form itself carries the date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The date.
    pub date: Partial,
    /// Where it stands in the text.
    pub tokens: Option<Range<usize>>,
}

/// Finds the announcement's date: what the form says, else a dateline, else a line such as "Posted on 2 November".
pub fn find(text: &Text<'_>) -> Option<Anchor> {
    let stated = text.announcement.metadata.date.as_ref().and_then(|d| Partial::parse(&d.value));
    if let Some(date) = stated {
        return Some(Anchor { date, tokens: None });
    }
    let datelines = text.prose().iter().enumerate().filter(|(s, _)| text.kind(*s) == BlockKind::Dateline);
    datelines
        .filter_map(|(_, s)| dated(text, s.tokens.clone()))
        .next()
        .or_else(|| opening(text))
        .or_else(|| published(text))
}

/// The first date with day, month and year in `tokens`.
fn dated(text: &Text<'_>, tokens: Range<usize>) -> Option<Anchor> {
    let written =
        tokens.clone().find_map(|at| date::read(text, at, tokens.end).filter(|w| w.stated_year().is_some()))?;
    let (first, last) = written.resolve(None, Tense::Open)?;
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
            && (matches!(text.word(end), "-" | "/") || text.word(end) == ")" && text.word(s.tokens.start) == "(");
        let alone = !call && (end >= s.tokens.end || end + 1 == s.tokens.end && text.word(end) == ".");
        (dash || alone && s.tokens.len() <= 8).then_some(anchor)
    })
}

fn published(text: &Text<'_>) -> Option<Anchor> {
    text.prose().iter().find_map(|s| {
        let at = s.tokens.clone().find(|i| PUBLISHED.contains(&text.word(*i)))?;
        let near = at + 1..s.tokens.end.min(at + 12);
        let anchor = dated(text, near)?;
        let from = anchor.tokens.clone()?.start;
        // "Publication date" is that of a book.
        let starts_line = at == s.tokens.start || at == s.tokens.start + 1 && text.word(at) != "date";
        (starts_line && from <= at + 7).then_some(anchor)
    })
}

/// Without a date of its own, the year that an announcement states most often (the earliest of several).
pub fn usual_year(text: &Text<'_>) -> Option<Partial> {
    let mut counts = std::collections::BTreeMap::new();
    for s in &text.sentences {
        let mut at = s.tokens.start;
        while at < s.tokens.end {
            match date::read(text, at, s.tokens.end) {
                Some(written) => {
                    if let Some(year) = written.stated_year().filter(|_| !written.is_bare_year()) {
                        *counts.entry(year).or_insert(0u32) += 1;
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
