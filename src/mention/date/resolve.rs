//! What a written date means in an announcement of a certain date.

use jiff::civil::{Date, Weekday};

use super::{Form, Point, Tense, Written, Year};
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
            _ => self.resolve(Some(beside), Tense::Open),
        }
    }

    /// What it means in an announcement of `anchor`; None where that cannot be known.
    pub fn resolve(&self, anchor: Option<Partial>, tense: Tense) -> Option<(Partial, Partial)> {
        match self.form {
            Form::Days(days) => {
                let day = Partial::plus_days(anchor?.exact()?, days)?;
                Some((day, day))
            }
            Form::Weekday(weekday, toward) => {
                let day = Partial::of(nearest_weekday(anchor?.exact()?, weekday, toward, tense)?);
                Some((day, day))
            }
            Form::Calendar(start, start_year, end, end_year) => {
                let last = end_year.resolve(end, anchor, tense)?;
                let first = if start_year == end_year { last } else { start_year.resolve(start, anchor, tense)? };
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

impl Year {
    fn resolve(self, point: Point, anchor: Option<Partial>, tense: Tense) -> Option<i16> {
        if let Year::Of(year) = self {
            return Some(year);
        }
        let anchor = anchor?;
        let month = point.month.unwrap_or(anchor.month.unwrap_or(1));
        let here = (anchor.month.unwrap_or(6), anchor.day.unwrap_or(15));
        let there = (month, point.day.unwrap_or(if anchor.month == Some(month) { here.1 } else { 15 }));
        Some(match self {
            Year::Of(year) => year,
            Year::Away(years) => anchor.year + years,
            Year::Toward(1) => anchor.year + i16::from(there.0 <= here.0),
            Year::Toward(_) => anchor.year - i16::from(there.0 >= here.0),
            // A year without a month: no day of it is before or after another.
            Year::Open if anchor.month.is_none() => anchor.year,
            Year::Open => match tense {
                Tense::Past => anchor.year - i16::from(there > here),
                Tense::Future => anchor.year + i16::from(there < here),
                // Announcements look ahead: what has long gone by this year is of the next, and only what is far off
                // was last year's.
                Tense::Open if anchor.month.is_none() => match there.0 - here.0 {
                    7.. => anchor.year - 1,
                    ..=-6 => anchor.year + 1,
                    _ => anchor.year,
                },
                Tense::Open => match there.0 - here.0 {
                    9.. => anchor.year - 1,
                    ..=-2 => anchor.year + 1,
                    _ => anchor.year,
                },
            },
        })
    }
}

fn nearest_weekday(anchor: Date, weekday: Weekday, toward: i8, tense: Tense) -> Option<Date> {
    let ahead = i32::from(anchor.weekday().until(weekday));
    let back = ahead - 7 * i32::from(ahead > 0);
    let days = match (toward, tense) {
        (1, _) | (0, Tense::Future) => ahead,
        (-1, _) if ahead == 0 => -7,
        _ => back,
    };
    anchor.checked_add(jiff::Span::new().days(days)).ok()
}
