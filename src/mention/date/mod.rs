//! Dates in every usual form, as they stand in the text: what is left open (the year of "27 October", the week of
//! "this Friday") is filled in from the announcement's own date.
//!
//! Reading is separate from resolving: [`read`] says what is written ([`calendar`], [`relative`]), [`Written::resolve`]
//! what it means.

mod calendar;
mod reader;
mod relative;
mod resolve;
#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::civil::Weekday;
use rustc_hash::FxHashMap;

use super::value::Partial;
use crate::text::Text;
use reader::Reader;

/// How a date is tied to the announcement's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// A stated year.
    Of(i16),
    /// So many years after that of the announcement: "last year" is -1.
    Away(i16),
    /// The next one to come ("next February"), or the last gone by ("last July").
    Toward(i8),
    /// So many years after that of the date that was named last: "that year" is 0, "two years later" 2.
    Later(i16),
    /// Not stated.
    Open,
}

/// One end of a written date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Point {
    month: Option<i8>,
    day: Option<i8>,
}

/// A date as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Two ends in the calendar; the years of both.
    Calendar(Point, Year, Point, Year),
    /// A day near the announcement.
    Near(Near),
    /// From one day near the announcement to another: "from Tuesday until today".
    Between(Near, Near),
    /// The month so many months after that of the announcement: "last month" is -1.
    Month(i16),
    /// Part of a year that begins with this month; only the year is meant: "last summer".
    Season(i8, Year),
    /// Days of the month that was named last: "the 21st to the 24th".
    Within(i8, i8),
    /// So many days after the date that was named last: "the following day".
    DaysLater(i32),
}

/// A day counted from that of the announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Near {
    /// So many days from it.
    Days(i32),
    /// A day of the week; before (-1), after (1), or as the sentence's tense says (0).
    Weekday(Weekday, i8),
    /// A day of the week that is so many weeks after its own: "Tuesday next week".
    OfWeek(Weekday, i8),
}

/// A date found in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its tokens.
    pub tokens: Range<usize>,
    form: Form,
}

/// Whether a sentence speaks of what was or of what will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// It was.
    Past,
    /// It will be.
    Future,
    /// It does not say.
    Open,
}

/// What is known where a date stands.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    /// The announcement's own date.
    pub anchor: Option<Partial>,
    /// The date that was named last.
    pub last: Option<Partial>,
    /// Whether the sentence speaks of what was or of what will be.
    pub tense: Tense,
}

impl Given {
    /// Nothing but the words of the date.
    pub const NOTHING: Given = Given { anchor: None, last: None, tense: Tense::Open };
}

/// The dates of a text, each read once however often it is asked for.
pub struct Dates<'t, 'a> {
    text: &'t Text<'a>,
    /// Of the tokens that a date may begin with.
    read: FxHashMap<usize, Option<Written>>,
}

impl<'t, 'a> Dates<'t, 'a> {
    /// None read yet.
    pub fn new(text: &'t Text<'a>) -> Dates<'t, 'a> {
        Dates { text, read: FxHashMap::default() }
    }

    /// The date that begins at token `at` of a sentence that ends at `end`, if one does.
    pub fn at(&mut self, at: usize, end: usize) -> Option<&Written> {
        if !may_begin(self.text, at, end) {
            return None;
        }
        self.read.entry(at).or_insert_with(|| read(self.text, at, end)).as_ref()
    }
}

/// Whether a date may begin at token `at`, as far as a word or two show it.
fn may_begin(text: &Text<'_>, at: usize, end: usize) -> bool {
    let word = text.word(at);
    reader::may_begin(word) && !(reader::needs_more(word) && !(at + 1 < end && reader::goes_on(text.word(at + 1))))
}

/// The date that begins at token `at`, if one does; the longest reading.
pub fn read(text: &Text<'_>, at: usize, end: usize) -> Option<Written> {
    if !may_begin(text, at, end) {
        return None;
    }
    let mut reader = Reader { text, at, end };
    let form = reader.date()?;
    Some(Written { tokens: at..reader.at, form })
}

impl Written {
    /// The years it states.
    pub fn stated_year(&self) -> Option<i16> {
        match self.form {
            Form::Calendar(_, Year::Of(year), ..) => Some(year),
            _ => None,
        }
    }

    /// A day that is called by its weekday alone, as the one of these days (both exact) that it is.
    pub fn weekday_within(&self, first: Partial, last: Partial) -> Option<Partial> {
        let Form::Near(Near::Weekday(weekday, 0)) = self.form else { return None };
        let start = first.exact()?;
        let ahead = i32::from(start.weekday().until(weekday));
        let day = Partial::plus_days(start, ahead)?;
        day.days_until(last).is_some_and(|n| n >= 0).then_some(day)
    }

    /// Whether it says on which day it is.
    pub fn has_day(&self) -> bool {
        matches!(self.form, Form::Calendar(Point { day: Some(_), .. }, ..))
    }

    /// Whether it says nothing of its year.
    pub fn is_year_open(&self) -> bool {
        matches!(self.form, Form::Calendar(_, Year::Open, _, Year::Open) | Form::Season(_, Year::Open))
    }

    /// Whether it means a whole year and nothing more precise.
    pub fn is_bare_year(&self) -> bool {
        matches!(self.form, Form::Calendar(Point { month: None, .. }, ..))
    }

    /// Whether it names a day, month or year of the calendar, and not a day counted from the announcement.
    pub fn is_calendar(&self) -> bool {
        match self.form {
            Form::Calendar(_, first, _, last) => {
                ![first, last].iter().any(|y| matches!(y, Year::Away(_) | Year::Toward(_)))
            }
            _ => false,
        }
    }
}
