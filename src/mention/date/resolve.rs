//! What a written date means in an announcement of a certain date.

use jiff::civil::{Date, Weekday};

use super::{Form, Given, Near, Point, Tense, Written, Year};
use crate::mention::value::Partial;

impl Written {
    /// What it means beside a date of the same sentence that states its year.
    pub fn resolve_near(&self, beside: Partial) -> Option<(Partial, Partial)> {
        let year = beside.year;
        match self.form {
            Form::Calendar(start, Year::Open, end, Year::Open) if start.month.is_some() => {
                let first = year - i16::from((start.month, start.day) > (end.month, end.day));
                let point = |p: Point, year| Partial { year, month: p.month, day: p.day }.checked();
                Some((point(start, first)?, point(end, year)?))
            }
            _ => self.resolve(Given { anchor: Some(beside), ..Given::NOTHING }),
        }
    }

    /// What it means where this is given; None where that cannot be known.
    pub fn resolve(&self, given: Given) -> Option<(Partial, Partial)> {
        let one = |date: Partial| (date, date);
        match self.form {
            Form::Near(near) => Some(one(Partial::of(near.resolve(given)?))),
            Form::Between(first, last) => {
                let (first, last) = (first.resolve(given)?, last.resolve(given)?);
                // "from Thursday to Tuesday", said of what is to come.
                let last = if first > last { last.checked_add(jiff::Span::new().days(7)).ok()? } else { last };
                (last.since(first).ok()?.get_days() < 14).then_some((Partial::of(first), Partial::of(last)))
            }
            Form::Month(months) => {
                let anchor = given.anchor?;
                let month = i16::from(anchor.month?) - 1 + months;
                let point = Partial {
                    year: anchor.year + month.div_euclid(12),
                    month: i8::try_from(month.rem_euclid(12) + 1).ok(),
                    day: None,
                };
                Some(one(point.checked()?))
            }
            Form::Season(month, year) => {
                let point = Point { month: Some(month), day: None };
                Some(one(Partial::year(year.resolve(point, given)?)))
            }
            Form::Within(first, last) => {
                let month = given.last.filter(|l| l.month.is_some()).or_else(|| month_of(first, given))?;
                let day = |day| Partial { day: Some(day), ..month }.checked();
                Some((day(first)?, day(last)?))
            }
            Form::DaysLater(days) => Some(one(Partial::plus_days(given.last?.exact()?, days)?)),
            Form::Calendar(start, start_year, end, end_year) => {
                let last = end_year.resolve(end, given)?;
                let first = if start_year == end_year { last } else { start_year.resolve(start, given)? };
                // "30 December to 2 January 2022"
                let first = if start_year == end_year && (start.month, start.day) > (end.month, end.day) {
                    first - 1
                } else {
                    first
                };
                let point = |p: Point, year| Partial { year, month: p.month, day: p.day }.checked();
                Some((point(start, first)?, point(end, last)?))
            }
        }
    }
}

/// The month in which "the 12th" lies, where none was named: that of the announcement, or the next or last one.
fn month_of(day: i8, given: Given) -> Option<Partial> {
    let anchor = given.anchor?;
    let (month, today) = (anchor.month?, anchor.day?);
    let month = i16::from(month)
        + match given.tense {
            Tense::Past => -i16::from(day > today),
            Tense::Future => i16::from(day < today),
            Tense::Open => 0,
        };
    let year = anchor.year + (month - 1).div_euclid(12);
    Partial { year, month: i8::try_from((month - 1).rem_euclid(12) + 1).ok(), day: None }.checked()
}

impl Near {
    fn resolve(self, given: Given) -> Option<Date> {
        let anchor = given.anchor?.exact()?;
        let days = match self {
            Near::Days(days) => days,
            Near::Weekday(weekday, toward) => days_to(anchor, weekday, toward, given.tense),
            Near::OfWeek(weekday, weeks) => {
                let own = i32::from(anchor.weekday().to_monday_zero_offset());
                i32::from(weekday.to_monday_zero_offset()) - own + 7 * i32::from(weeks)
            }
        };
        anchor.checked_add(jiff::Span::new().days(days)).ok()
    }
}

impl Year {
    fn resolve(self, point: Point, given: Given) -> Option<i16> {
        match self {
            Year::Of(year) => return Some(year),
            Year::Later(years) => {
                // What follows on a date that was not named follows on the announcement.
                return given.last.or(given.anchor).map(|last| last.year + years);
            }
            _ => {}
        }
        let (anchor, tense) = (given.anchor?, given.tense);
        let month = point.month.unwrap_or(anchor.month.unwrap_or(1));
        let here = (anchor.month.unwrap_or(6), anchor.day.unwrap_or(15));
        let there = (month, point.day.unwrap_or(if anchor.month == Some(month) { here.1 } else { 15 }));
        Some(match self {
            Year::Of(year) | Year::Later(year) => year,
            Year::Away(years) => anchor.year + years,
            Year::Toward(1) => anchor.year + i16::from(there.0 <= here.0),
            Year::Toward(_) => anchor.year - i16::from(there.0 >= here.0),
            // A year without a month: no day of it is before or after another.
            Year::Open if anchor.month.is_none() => anchor.year,
            Year::Open => match tense {
                // What lies a few weeks ahead was announced, moved, planned then.
                Tense::Past => anchor.year - i16::from(there > here && days_ahead(here, there) > SOON),
                Tense::Future => anchor.year + i16::from(there < here),
                // Announcements look ahead: what has long gone by this year is of the next, and only what is far off
                // was last year's.
                Tense::Open if anchor.month.is_none() => match there.0 - here.0 {
                    7.. => anchor.year - 1,
                    ..=-6 => anchor.year + 1,
                    _ => anchor.year,
                },
                Tense::Open => match there.0 - here.0 {
                    10.. => anchor.year - 1,
                    ..=-2 => anchor.year + 1,
                    _ => anchor.year,
                },
            },
        })
    }
}

/// How many days ahead a day without a year may lie in a sentence that speaks of what was.
const SOON: i32 = 45;

/// About how many days lie between two days of a year.
fn days_ahead(here: (i8, i8), there: (i8, i8)) -> i32 {
    31 * (i32::from(there.0) - i32::from(here.0)) + i32::from(there.1) - i32::from(here.1)
}

fn days_to(anchor: Date, weekday: Weekday, toward: i8, tense: Tense) -> i32 {
    let ahead = i32::from(anchor.weekday().until(weekday));
    let back = ahead - 7 * i32::from(ahead > 0);
    match (toward, tense) {
        (1, _) | (0, Tense::Future) => ahead,
        (-1, _) if ahead == 0 => -7,
        _ => back,
    }
}
