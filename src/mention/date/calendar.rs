//! Dates of the calendar: days, months and years, alone and from one to another.

use super::reader::Reader;
use super::{Form, Point, Year};
use crate::text::Shape;

impl Reader<'_, '_> {
    pub(super) fn date(&mut self) -> Option<Form> {
        self.attempt(Self::iso)
            .or_else(|| self.attempt(Self::slashed))
            .or_else(|| self.attempt(Self::day_first))
            .or_else(|| self.attempt(Self::month_first))
            .or_else(|| self.attempt(Self::weekday))
            .or_else(|| self.attempt(Self::relative))
            .or_else(|| self.attempt(Self::bare_year))
    }

    /// `2021-10-27`, `2021/10/27`, `2021.10.27`
    fn iso(&mut self) -> Option<Form> {
        let year = self.four_digits()?;
        let mark = ["-", "/", "."].into_iter().find(|mark| self.word() == *mark)?;
        let part = |r: &mut Self, most: i8| (r.eat(&[mark]) && r.word().len() == 2).then(|| r.small(most)).flatten();
        let month = part(self, 12)?;
        let day = part(self, 31);
        if mark != "-" && day.is_none() {
            return None;
        }
        let point = Point { month: Some(month), day };
        let until = self.attempt(|r| if r.range_mark() { r.iso() } else { None });
        Some(match until {
            Some(Form::Calendar(_, _, end, end_year)) => Form::Calendar(point, Year::Of(year), end, end_year),
            _ => Form::Calendar(point, Year::Of(year), point, Year::Of(year)),
        })
    }

    /// `27/10/2021`, `27.10.2021`, `27.-30.10.2021`: day first, as most of the world writes; where that is no date,
    /// month first.
    fn slashed(&mut self) -> Option<Form> {
        let a = self.small(31)?;
        let to = self.attempt(|r| {
            r.eat(&["."]);
            if r.eat(&["-"]) { r.small(31) } else { None }
        });
        let separator = if self.eat(&["."]) {
            "."
        } else if self.eat(&["/"]) {
            "/"
        } else {
            return None;
        };
        let b = self.small(31)?;
        if !self.eat(&[separator]) {
            return None;
        }
        let year = self.four_digits()?;
        let (day, month) = if b <= 12 { (a, b) } else { (b, a) };
        if month > 12 {
            return None;
        }
        let point = |day| Point { month: Some(month), day: Some(day) };
        Some(Form::Calendar(point(day), Year::Of(year), point(to.unwrap_or(day)), Year::Of(year)))
    }

    /// `27 October 2021`, `27-30 October`, `30 September to 2 October 2020`, `30 June to July 2`, `the 27th of October`, `10, 11 and 12 May`.
    fn day_first(&mut self) -> Option<Form> {
        self.skip_weekday();
        self.eat(&["the"]);
        let first = self.day()?;
        let second = self.attempt(Self::more_days).or_else(|| {
            self.attempt(|r| {
                if !r.range_mark() {
                    return None;
                }
                r.skip_weekday();
                r.eat(&["the"]);
                r.day()
            })
        });
        self.eat(&["of"]);
        // "13-15, August 1997"
        let month = match self.attempt(|r| r.month(true)) {
            Some(month) => month,
            None if second.is_some() && self.eat(&[","]) => self.month(true)?,
            None => return None,
        };
        if let Some(second) = second {
            let year = self.year();
            let point = |day| Point { month: Some(month), day: Some(day) };
            return Some(Form::Calendar(point(first), year, point(second), year));
        }
        let own_year = self.year();
        let start = Point { month: Some(month), day: Some(first) };
        let until = self.attempt(|r| {
            if !r.range_mark() {
                return None;
            }
            r.skip_weekday();
            r.eat(&["the"]);
            // "30 June to July 2"
            let month = r.attempt(|r| r.month(true));
            let day = r.day()?;
            let month = month.or_else(|| {
                r.eat(&["of"]);
                r.month(true)
            })?;
            Some((Point { month: Some(month), day: Some(day) }, r.year()))
        });
        Some(match until {
            Some((end, year)) => Form::Calendar(start, if own_year == Year::Open { year } else { own_year }, end, year),
            None => Form::Calendar(start, own_year, start, own_year),
        })
    }

    /// `October 27, 2021`, `September 3-5, 1999`, `February 22 - March 1, 2022`, `October 2021`, `March to June 2020`,
    /// `May, 28, 1999`.
    fn month_first(&mut self) -> Option<Form> {
        self.skip_weekday();
        let part = self.part();
        let month = self.attempt(|r| r.month(false)).or_else(|| self.attempt(Self::small_month))?;
        let start_at = self.at;
        let behind_comma = |r: &mut Self| {
            r.eat(&[","]).then_some(())?;
            let day = r.day()?;
            let at = r.at;
            let dated = r.year() != Year::Open;
            r.at = at;
            dated.then_some(day)
        };
        let Some(day) = self
            .attempt(|r| {
                r.eat(&["the"]);
                r.day()
            })
            .or_else(|| self.attempt(behind_comma))
        else {
            self.at = start_at;
            return self.months(month, part);
        };
        let start = Point { month: Some(month), day: Some(day) };
        let own_year = self.attempt(|r| match r.year() {
            Year::Open => None,
            year => Some(year),
        });
        let list = self.attempt(|r| {
            let day = r.more_days().filter(|last| *last > day)?;
            Some((Point { month: Some(month), day: Some(day) }, r.year()))
        });
        let until = list.or_else(|| {
            self.attempt(|r| {
                if !r.range_mark() {
                    return None;
                }
                r.skip_weekday();
                let month = r.attempt(|r| r.month(true)).or(Some(month));
                r.eat(&["the"]);
                let day = r.day()?;
                Some((Point { month, day: Some(day) }, r.year()))
            })
        });
        Some(match until {
            Some((end, year)) => Form::Calendar(start, own_year.unwrap_or(year), end, year),
            None => {
                let year = own_year.unwrap_or(Year::Open);
                Form::Calendar(start, year, start, year)
            }
        })
    }

    /// `, 11 and 12`: the last of the days that follow a first one.
    fn more_days(&mut self) -> Option<i8> {
        let mut last = None;
        while let Some(day) = self.attempt(|r| {
            let mark = r.eat(&[",", "/"]);
            let and = r.eat(&["and", "&"]);
            (mark || and).then_some(())?;
            r.skip_weekday();
            r.eat(&["the"]);
            let day = r.day().filter(|d| last.is_none_or(|l| l < *d))?;
            Some((day, and))
        }) {
            last = Some(day.0);
            if day.1 {
                return last;
            }
        }
        // "9/10/11 September"
        last.filter(|_| self.at >= 2 && self.text.word(self.at - 2) == "/")
    }

    /// A month in small letters, if day and year follow: "june 21, 1996".
    fn small_month(&mut self) -> Option<i8> {
        let month = self.month(true)?;
        let at = self.at;
        let dated = self.day().is_some() && self.year() != Year::Open;
        self.at = at;
        dated.then_some(month)
    }

    /// Months without days. A month alone is a date only behind a preposition: "may" and "march" are also verbs.
    fn months(&mut self, month: i8, part: bool) -> Option<Form> {
        let month_at = self.at - 1;
        let start = Point { month: Some(month), day: None };
        let own_year = self.year();
        let until = self.attempt(|r| {
            if !(r.eat(&["-", "to", "until", "and"])) {
                return None;
            }
            let month = r.month(true)?;
            Some((Point { month: Some(month), day: None }, r.year()))
        });
        if let Some((end, year)) = until {
            return Some(Form::Calendar(start, if own_year == Year::Open { year } else { own_year }, end, year));
        }
        let before = month_at.checked_sub(1).map_or("", |i| self.text.word(i));
        let behind_preposition =
            matches!(before, "in" | "of" | "since" | "until" | "by" | "during" | "for" | "from" | "between") || part;
        let capital = self.text.shape(month_at).has(Shape::CAPITALISED);
        (own_year != Year::Open || behind_preposition && capital)
            .then_some(Form::Calendar(start, own_year, start, own_year))
    }

    /// `early`, `mid-`, `the end of`, `the second half of`: what is less exact than what follows.
    fn part(&mut self) -> bool {
        if self.eat(&["early", "mid", "late"]) {
            self.eat(&["-"]);
            return true;
        }
        let found = self.attempt(|r| {
            r.eat(&["the"]);
            r.eat(&["very"]);
            if !r.eat(&["end", "beginning", "middle", "start"]) {
                r.eat(&["first", "second", "third", "fourth", "last", "final"]).then_some(())?;
                r.eat(&["half", "quarter", "week", "weeks", "days", "third"]).then_some(())?;
            }
            r.eat(&["of"]).then_some(())
        });
        found.is_some()
    }

    /// `2021`, `the autumn of 2021`, `the end of next year`, `in the spring`.
    pub(super) fn bare_year(&mut self) -> Option<Form> {
        let before = self.at.checked_sub(1).map_or("", |i| self.text.word(i));
        let season = self.attempt(|r| {
            let the = r.eat(&["the"]);
            let part = r.part();
            let season = r.season();
            if season.is_none() && !part {
                return None;
            }
            r.eat(&["of"]);
            match (r.year(), season) {
                // "in the spring"
                (Year::Open, Some(month)) if before == "in" && the && r.ends_here() => Some((Year::Open, Some(month))),
                (Year::Open, _) => None,
                (year, season) => Some((year, season)),
            }
        });
        if let Some((year, Some(month))) = season {
            return Some(Form::Season(month, year));
        }
        let year = match season {
            Some((year, _)) => year,
            None => Year::Of(self.four_digits().filter(|y| (1850..2100).contains(y))?),
        };
        let point = Point { month: None, day: None };
        Some(Form::Calendar(point, year, point, year))
    }

    /// Whether the words end here, or go on with something else: "in the spring", but not "in the fall of the empire".
    fn ends_here(&self) -> bool {
        matches!(
            self.word(),
            "" | "," | "." | ";" | ")" | ":" | "and" | "in" | "at" | "to" | "when" | "with" | "it" | "but"
        )
    }
}
