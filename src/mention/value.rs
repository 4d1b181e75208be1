//! Values that texts state: dates, numbers, addresses.

use jiff::ToSpan;
use jiff::civil;

/// A date as precise as it was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Partial {
    /// The year, of the Gregorian calendar.
    pub year: i16,
    /// The month, from 1.
    pub month: Option<i8>,
    /// The day, from 1; only with a month.
    pub day: Option<i8>,
}

impl Partial {
    /// A year.
    pub fn year(year: i16) -> Partial {
        Partial { year, month: None, day: None }
    }

    /// A day.
    pub fn of(date: civil::Date) -> Partial {
        Partial { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }

    /// Read from ISO 8601: `2021`, `2021-10`, `2021-10-27`.
    pub fn parse(iso: &str) -> Option<Partial> {
        let mut parts = iso.get(..iso.len().min(10))?.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next().map(str::parse).transpose().ok()?;
        let day = parts.next().map(str::parse).transpose().ok()?;
        Partial { year, month, day }.checked()
    }

    /// Itself, if there is such a date.
    pub fn checked(self) -> Option<Partial> {
        civil::Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()?;
        Some(self)
    }

    /// The first day it may mean.
    pub fn first(self) -> Option<civil::Date> {
        civil::Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }

    /// The day itself, if it is stated.
    pub fn exact(self) -> Option<civil::Date> {
        civil::Date::new(self.year, self.month?, self.day?).ok()
    }

    /// How many days later another day is, where both are exact.
    pub fn days_until(self, other: Partial) -> Option<i32> {
        Some(other.exact()?.since(self.exact()?).ok()?.get_days())
    }

    /// So many days later.
    pub fn plus_days(date: civil::Date, days: i32) -> Option<Partial> {
        date.checked_add(days.days()).ok().map(Partial::of)
    }

    /// ISO 8601, as precise as it is.
    pub fn iso(self) -> String {
        match (self.month, self.day) {
            (Some(m), Some(d)) => format!("{:04}-{m:02}-{d:02}", self.year),
            (Some(m), None) => format!("{:04}-{m:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }
}

/// A stated value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A date or a range of dates.
    Date {
        /// The first day.
        first: Partial,
        /// The last day, included.
        last: Partial,
        /// The year is not written; it is the likeliest in an announcement of that date.
        guessed: bool,
    },
    /// A whole number.
    Number(i64),
    /// A place in an order, from 1.
    Ordinal(u32),
    /// A web address.
    Url(String),
}
