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
    /// So many days from the announcement.
    Days(i32),
    /// A day of the week; before (-1), after (1), or as the sentence's tense says (0).
    Weekday(Weekday, i8),
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

/// The date that begins at token `at`, if one does; the longest reading.
pub fn read(text: &Text<'_>, at: usize, end: usize) -> Option<Written> {
    if !reader::may_begin(text.word(at)) {
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

    /// Whether it means a whole year and nothing more precise.
    pub fn is_bare_year(&self) -> bool {
        matches!(self.form, Form::Calendar(Point { month: None, .. }, ..))
    }

    /// Whether it names a day, month or year of the calendar, and not a day counted from the announcement.
    pub fn is_calendar(&self) -> bool {
        matches!(self.form, Form::Calendar(..))
    }
}
