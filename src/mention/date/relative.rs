//! Dates counted from that of the announcement ("on Friday", "last year", "next February"), and from the date that was
//! named last ("two years later", "from the 21st to the 24th").

use jiff::civil::Weekday;

use super::reader::Reader;
use super::{Form, Near, Point, Year};

/// Seasons, and the months by which they are told to be over or to come.
const SEASONS: [(&str, i8); 5] = [("spring", 4), ("summer", 7), ("autumn", 10), ("fall", 10), ("winter", 12)];

/// A whole year.
fn whole(year: Year) -> Form {
    let point = Point { month: None, day: None };
    Form::Calendar(point, year, point, year)
}

impl Reader<'_, '_> {
    /// `Friday`, `this Friday`, `last Monday`, `Tuesday next week`, `Tuesday to Thursday`.
    pub(super) fn weekday(&mut self) -> Option<Form> {
        let first = self.near_weekday()?;
        let until = self.attempt(|r| {
            // "Friday, and to-morrow": only what says that days follow each other.
            if !r.eat(&["-", "to", "until", "through", "till", "and", "&"]) {
                return None;
            }
            r.near_weekday().or_else(|| r.near_day())
        });
        Some(until.map_or(Form::Near(first), |last| Form::Between(first, last)))
    }

    fn near_weekday(&mut self) -> Option<Near> {
        let toward = match () {
            () if self.eat(&["this", "next", "coming"]) => 1,
            () if self.eat(&["last", "past"]) => -1,
            () => 0,
        };
        self.eat(&["coming"]);
        let day = self.weekday_name()?;
        let weeks = self.attempt(|r| {
            r.eat(&["of"]);
            let weeks = match () {
                () if r.eat(&["next"]) => 1,
                () if r.eat(&["last"]) => -1,
                () if r.eat(&["this"]) => 0,
                () => return None,
            };
            r.eat(&["week"]).then_some(weeks)
        });
        Some(weeks.filter(|_| toward == 0).map_or(Near::Weekday(day, toward), |weeks| Near::OfWeek(day, weeks)))
    }

    /// `today`, `yesterday evening`, `the day after tomorrow`.
    fn near_day(&mut self) -> Option<Near> {
        let around = self.attempt(|r| {
            r.eat(&["the"]);
            match () {
                () if r.eat_all(&["day", "before", "yesterday"]) => Some(-2),
                () if r.eat_all(&["day", "after", "tomorrow"]) => Some(2),
                () => None,
            }
        });
        let part = &["morning", "afternoon", "evening", "noon", "lunchtime"];
        let days = match () {
            () if around.is_some() => around?,
            () if self.eat(&["today", "tonight"]) || self.pair(&["this"], part) => 0,
            () if self.eat(&["yesterday"]) || self.pair(&["last"], &["night"]) => -1,
            () if self.eat(&["tomorrow"]) => 1,
            () => return None,
        };
        Some(Near::Days(days))
    }

    pub(super) fn relative(&mut self) -> Option<Form> {
        if let Some(day) = self.attempt(Self::near_day) {
            // "from today until Friday"
            let until = self.attempt(|r| {
                if !r.eat(&["-", "to", "until", "through", "till", "and"]) {
                    return None;
                }
                r.near_weekday().or_else(|| r.near_day())
            });
            return Some(until.map_or(Form::Near(day), |last| Form::Between(day, last)));
        }
        self.attempt(Self::counted).or_else(|| self.attempt(Self::within)).or_else(|| self.attempt(Self::toward))
    }

    /// `two years ago`, `ten days ago`, `in two years' time`, `two years later`, `the following day`, `that year`.
    fn counted(&mut self) -> Option<Form> {
        self.eat(&["exactly", "just", "only"]);
        if self.eat_all(&["the", "year", "before", "last"]) {
            return Some(whole(Year::Away(-2)));
        }
        let point = self.attempt(|r| {
            let by = r.same_or_next()?;
            match () {
                () if r.eat(&["year"]) => Some(whole(Year::Later(by))),
                () if r.eat(&["day"]) => Some(Form::DaysLater(i32::from(by))),
                () => None,
            }
        });
        if point.is_some() {
            return point;
        }
        if let Some(by) = self.attempt(|r| {
            r.eat(&["the"]).then_some(())?;
            let unit = r.word().to_owned();
            r.at += 1;
            let by = match () {
                () if r.eat(&["after"]) => 1,
                () if r.eat(&["before"]) => -1,
                () => return None,
            };
            // "the day before the congress" is counted from something else.
            let alone = !r.counts_from_something();
            match unit.as_str() {
                "year" if alone => Some(whole(Year::Later(by))),
                "day" if alone => Some(Form::DaysLater(i32::from(by))),
                _ => None,
            }
        }) {
            return Some(by);
        }
        let n = self.count()?;
        let years = self.eat(&["year", "years"]);
        if !years && !self.eat(&["day", "days"]) {
            return None;
        }
        let time = self.attempt(|r| {
            r.eat(&["'"]);
            r.eat(&["s"]);
            r.eat(&["time"]).then_some(())
        });
        let by = match () {
            () if time.is_some() => n,
            () if self.eat(&["ago"]) => -n,
            () if self.eat(&["later"]) => return Some(later(n, years)),
            () if self.eat(&["earlier", "before"]) && !self.counts_from_something() => return Some(later(-n, years)),
            () if self.eat_all(&["after", "that"]) => return Some(later(n, years)),
            () => return None,
        };
        Some(if years { whole(Year::Away(by)) } else { Form::Near(Near::Days(i32::from(by))) })
    }

    /// `that`, `the same`, `the following`, `the previous`: how far from what was named last.
    pub(super) fn same_or_next(&mut self) -> Option<i16> {
        if self.eat(&["that"]) {
            return Some(0);
        }
        self.eat(&["the"]).then_some(())?;
        match () {
            () if self.eat(&["same"]) => Some(0),
            () if self.eat(&["following"]) => Some(1),
            () if self.eat(&["previous", "preceding"]) => Some(-1),
            () => None,
        }
    }

    /// Whether words follow that say from what is counted: "two years before the congress", "later than".
    fn counts_from_something(&self) -> bool {
        !matches!(self.word(), "" | "," | "." | ";" | ")" | ":" | "-" | "in" | "at" | "and" | "it" | "to" | "with")
    }

    /// A small number of years or days, in words or digits; "a" is one.
    fn count(&mut self) -> Option<i16> {
        const NUMBERS: [&str; 20] = [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ];
        let word = self.word();
        let n = match word {
            "a" | "an" => 1,
            "thirty" => 30,
            "forty" => 40,
            "fifty" => 50,
            _ => match NUMBERS.iter().position(|w| *w == word) {
                Some(at) => at as i16 + 1,
                None => word.parse().ok().filter(|n| (1..=150).contains(n))?,
            },
        };
        self.at += 1;
        Some(n)
    }

    /// `the 21st to the 24th`, `the 12th`, behind a word such as "on" or "until": days of the month that was named last.
    fn within(&mut self) -> Option<Form> {
        let before = self.at.checked_sub(1).map_or("", |i| self.text.word(i));
        let (from, on) = (matches!(before, "from" | "between"), matches!(before, "on" | "until" | "till" | "to"));
        (from || on).then_some(())?;
        let first = self.ordinal_day()?;
        let last = self.attempt(|r| r.eat(&["to", "until", "till", "through", "and", "-"]).then(|| r.ordinal_day())?);
        let ends = matches!(
            self.word(),
            "" | ","
                | "."
                | ";"
                | ")"
                | ":"
                | "and"
                | "in"
                | "at"
                | "because"
                | "when"
                | "with"
                | "for"
                | "to"
                | "until"
        );
        (ends && (last.is_some() || on)).then_some(Form::Within(first, last.unwrap_or(first)))
    }

    /// `the 21st`
    fn ordinal_day(&mut self) -> Option<i8> {
        self.eat(&["the"]).then_some(())?;
        let ordinal = self.word().ends_with(|c: char| c.is_ascii_alphabetic());
        ordinal.then(|| self.day())?
    }

    /// `this year`, `next month`, `last summer`, `next February`.
    fn toward(&mut self) -> Option<Form> {
        let toward: i8 = match () {
            () if self.eat(&["next", "coming"]) => 1,
            () if self.eat(&["last", "past"]) => -1,
            () if self.eat(&["this"]) => 0,
            () => return None,
        };
        self.eat(&["coming"]);
        if self.eat(&["year"]) {
            return Some(whole(Year::Away(i16::from(toward))));
        }
        if self.eat(&["month"]) {
            return Some(Form::Month(i16::from(toward)));
        }
        let year = if toward == 0 { Year::Away(0) } else { Year::Toward(toward) };
        if let Some(month) = self.season() {
            return Some(Form::Season(month, year));
        }
        let month = self.month(true)?;
        let point = Point { month: Some(month), day: None };
        Some(Form::Calendar(point, year, point, year))
    }

    /// The month that stands for a season.
    pub(super) fn season(&mut self) -> Option<i8> {
        let (_, month) = SEASONS.iter().find(|(name, _)| *name == self.word())?;
        self.at += 1;
        Some(*month)
    }

    /// Two days of the week before the days of the calendar: "Friday and Saturday, 5 and 6 June".
    pub(super) fn two_weekdays(&mut self) -> Option<(Weekday, Weekday)> {
        let first = self.weekday_name()?;
        self.eat(&["and", "-", "to", "&", "/"]).then_some(())?;
        let second = self.weekday_name()?;
        Some((first, second))
    }
}

/// So many years or days after the date that was named last.
fn later(n: i16, years: bool) -> Form {
    if years { whole(Year::Later(n)) } else { Form::DaysLater(i32::from(n)) }
}
