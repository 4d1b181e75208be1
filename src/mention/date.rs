//! Dates in every usual form, as they stand in the text: what is left open (the year of "27 October", the week of
//! "this Friday") is filled in from the announcement's own date.
//!
//! Reading is separate from resolving: [`read`] says what is written, [`Written::resolve`] what it means.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::value::Partial;
use crate::text::{Shape, Text};

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

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The date that begins at token `at`, if one does; the longest reading.
pub fn read(text: &Text<'_>, at: usize, end: usize) -> Option<Written> {
    let mut reader = Reader { text, at, end };
    let form = reader.date()?;
    Some(Written { tokens: at..reader.at, form })
}

struct Reader<'t, 'a> {
    text: &'t Text<'a>,
    at: usize,
    end: usize,
}

impl Reader<'_, '_> {
    fn word(&self) -> &str {
        if self.at < self.end { self.text.word(self.at) } else { "" }
    }

    fn peek(&self, ahead: usize) -> &str {
        if self.at + ahead < self.end { self.text.word(self.at + ahead) } else { "" }
    }

    fn eat(&mut self, words: &[&str]) -> bool {
        let found = words.contains(&self.word());
        self.at += usize::from(found);
        found
    }

    /// Tries `f`; where it fails, nothing was read.
    fn attempt<T>(&mut self, f: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let out = f(self);
        if out.is_none() {
            self.at = start;
        }
        out
    }

    fn date(&mut self) -> Option<Form> {
        self.attempt(Self::iso)
            .or_else(|| self.attempt(Self::slashed))
            .or_else(|| self.attempt(Self::day_first))
            .or_else(|| self.attempt(Self::month_first))
            .or_else(|| self.attempt(Self::weekday))
            .or_else(|| self.attempt(Self::relative))
            .or_else(|| self.attempt(Self::bare_year))
    }

    /// `2021-10-27`
    fn iso(&mut self) -> Option<Form> {
        let year = self.four_digits()?;
        let part = |r: &mut Self, most: i8| (r.eat(&["-"]) && r.word().len() == 2).then(|| r.small(most)).flatten();
        let month = part(self, 12)?;
        let day = part(self, 31);
        let point = Point { month: Some(month), day };
        Some(Form::Calendar(point, Year::Of(year), point, Year::Of(year)))
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

    /// `27 October 2021`, `27-30 October`, `30 September to 2 October 2020`, `the 27th of October`.
    fn day_first(&mut self) -> Option<Form> {
        self.skip_weekday();
        self.eat(&["the"]);
        let first = self.day()?;
        let second = self.attempt(|r| {
            if !r.range_mark() {
                return None;
            }
            r.skip_weekday();
            r.eat(&["the"]);
            r.day()
        });
        self.eat(&["of"]);
        let month = self.month(true)?;
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
            let day = r.day()?;
            r.eat(&["of"]);
            let month = r.month(true)?;
            Some((Point { month: Some(month), day: Some(day) }, r.year()))
        });
        Some(match until {
            Some((end, year)) => Form::Calendar(start, if own_year == Year::Open { year } else { own_year }, end, year),
            None => Form::Calendar(start, own_year, start, own_year),
        })
    }

    /// `October 27, 2021`, `September 3-5, 1999`, `February 22 - March 1, 2022`, `October 2021`, `March to June 2020`.
    fn month_first(&mut self) -> Option<Form> {
        self.skip_weekday();
        let part = self.eat(&["early", "mid", "late"]);
        if part {
            self.eat(&["-"]);
        }
        let month = self.month(false)?;
        let start_at = self.at;
        let Some(day) = self.attempt(|r| {
            r.eat(&["the"]);
            r.day()
        }) else {
            self.at = start_at;
            return self.months(month);
        };
        let start = Point { month: Some(month), day: Some(day) };
        let own_year = self.attempt(|r| match r.year() {
            Year::Open => None,
            year => Some(year),
        });
        let until = self.attempt(|r| {
            if !r.range_mark() {
                return None;
            }
            r.skip_weekday();
            let month = r.attempt(|r| r.month(true)).or(Some(month));
            r.eat(&["the"]);
            let day = r.day()?;
            Some((Point { month, day: Some(day) }, r.year()))
        });
        Some(match until {
            Some((end, year)) => Form::Calendar(start, own_year.unwrap_or(year), end, year),
            None => {
                let year = own_year.unwrap_or(Year::Open);
                Form::Calendar(start, year, start, year)
            }
        })
    }

    /// Months without days. A month alone is a date only behind a preposition: "may" and "march" are also verbs.
    fn months(&mut self, month: i8) -> Option<Form> {
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
        let behind_preposition = matches!(
            before,
            "in" | "of" | "since" | "until" | "by" | "during" | "for" | "early" | "late" | "mid" | "from" | "between"
        );
        let capital = self.text.shape(month_at).has(Shape::CAPITALISED);
        (own_year != Year::Open || behind_preposition && capital)
            .then_some(Form::Calendar(start, own_year, start, own_year))
    }

    /// `Friday`, `this Friday`, `last Monday`.
    fn weekday(&mut self) -> Option<Form> {
        let toward = match () {
            () if self.eat(&["this", "next", "coming"]) => 1,
            () if self.eat(&["last", "past"]) => -1,
            () => 0,
        };
        let day = self.weekday_name()?;
        Some(Form::Weekday(day, toward))
    }

    fn relative(&mut self) -> Option<Form> {
        let whole =
            |year| Form::Calendar(Point { month: None, day: None }, year, Point { month: None, day: None }, year);
        if self.eat(&["today", "tonight"]) || self.pair(&["this"], &["morning", "afternoon", "evening", "noon"]) {
            return Some(Form::Days(0));
        }
        if self.eat(&["yesterday"]) {
            return Some(Form::Days(-1));
        }
        if self.eat(&["tomorrow"]) {
            return Some(Form::Days(1));
        }
        if self.pair(&["this"], &["year"]) {
            return Some(whole(Year::Away(0)));
        }
        if self.pair(&["last"], &["year"]) {
            return Some(whole(Year::Away(-1)));
        }
        if self.pair(&["next"], &["year"]) {
            return Some(whole(Year::Away(1)));
        }
        // "two years ago", "three years later" is said of another date and stays unread.
        if let Some(years) = self.attempt(|r| {
            let n = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
            let years = n.iter().position(|w| *w == r.word())? as i16 + 1;
            r.at += 1;
            (r.eat(&["year", "years"]) && r.eat(&["ago"])).then_some(years)
        }) {
            return Some(whole(Year::Away(-years)));
        }
        let toward = match () {
            () if self.eat(&["next", "coming"]) => 1,
            () if self.eat(&["last", "past"]) => -1,
            () if self.eat(&["this"]) => 0,
            () => return None,
        };
        if self.eat(&["spring", "summer", "autumn", "fall", "winter"]) {
            return Some(whole(if toward == 0 { Year::Away(0) } else { Year::Toward(toward) }));
        }
        let month = self.month(true)?;
        let point = Point { month: Some(month), day: None };
        let year = if toward == 0 { Year::Away(0) } else { Year::Toward(toward) };
        Some(Form::Calendar(point, year, point, year))
    }

    /// `2021`, `the autumn of 2021`, `2019-2021`.
    fn bare_year(&mut self) -> Option<Form> {
        let season = self.attempt(|r| {
            r.eat(&["the"]);
            r.eat(&["early", "late", "mid"]);
            r.eat(&["-"]);
            let found = r.eat(&["spring", "summer", "autumn", "fall", "winter", "end", "beginning", "middle"]);
            r.eat(&["of"]);
            found.then_some(())
        });
        let year = match season {
            Some(()) => match self.year() {
                Year::Open => return None,
                year => year,
            },
            None => Year::Of(self.four_digits().filter(|y| (1850..2100).contains(y))?),
        };
        let point = Point { month: None, day: None };
        Some(Form::Calendar(point, year, point, year))
    }

    fn pair(&mut self, first: &[&str], second: &[&str]) -> bool {
        let found = first.contains(&self.word()) && second.contains(&self.peek(1));
        self.at += if found { 2 } else { 0 };
        found
    }

    fn range_mark(&mut self) -> bool {
        if self.eat(&["-"]) {
            self.eat(&["-"]);
            return true;
        }
        self.eat(&["to", "until", "and", "through", "till", "&", "/"])
    }

    /// Reads the weekday before a date ("Monday, 3 June"), if a date follows.
    fn skip_weekday(&mut self) {
        self.attempt(|r| {
            r.weekday_name()?;
            r.eat(&["."]);
            r.eat(&[","]);
            let before = r.at;
            r.eat(&["the"]);
            let follows = r.word().starts_with(|c: char| c.is_ascii_digit()) || r.month(true).is_some();
            r.at = before;
            follows.then_some(())
        });
    }

    fn weekday_name(&mut self) -> Option<Weekday> {
        let word = self.word();
        let (_, day) = DAYS
            .iter()
            .find(|(name, _)| *name == word || word.len() >= 3 && word.len() <= 5 && name.starts_with(word))?;
        if !self.text.shape(self.at).has(Shape::CAPITALISED) {
            return None;
        }
        self.at += 1;
        Some(*day)
    }

    /// A month; an abbreviation (`Oct.`) only of three or four letters. `any_case`: also where it is not capitalised.
    fn month(&mut self, any_case: bool) -> Option<i8> {
        let word = self.word();
        let month = MONTHS.iter().position(|m| {
            *m == word || matches!(word.len(), 3 | 4) && m.starts_with(word) || word == "sept" && *m == "september"
        })?;
        if !any_case && !self.text.shape(self.at).has(Shape::CAPITALISED) {
            return None;
        }
        self.at += 1;
        if word_len_short(self.text.word(self.at - 1)) && self.word() == "." {
            self.at += 1;
        }
        Some(month as i8 + 1)
    }

    /// `27`, `27th`, not `27,000` and not a year.
    fn day(&mut self) -> Option<i8> {
        let word = self.word();
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if !matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th") || digits.is_empty() || digits.len() > 2 {
            return None;
        }
        let day = digits.parse().ok().filter(|d| (1..=31).contains(d))?;
        self.at += 1;
        // "27." as German writers have it, before a month.
        if self.word() == "." && MONTHS.iter().any(|m| *m == self.peek(1)) {
            self.at += 1;
        }
        Some(day)
    }

    fn small(&mut self, most: i8) -> Option<i8> {
        let n = self.word().parse().ok().filter(|n| (1..=most).contains(n))?;
        self.at += 1;
        Some(n)
    }

    fn four_digits(&mut self) -> Option<i16> {
        let year = (super::matcher::year(self.word())).then(|| self.word().parse().ok()).flatten()?;
        self.at += 1;
        Some(year)
    }

    /// The year behind a month or day: `2021`, `, 2021`, `'98`, `of last year`, `this year`.
    fn year(&mut self) -> Year {
        self.attempt(|r| {
            r.eat(&[","]);
            r.eat(&["of", "in"]);
            if let Some(year) = r.four_digits() {
                return Some(Year::Of(year));
            }
            if r.eat(&["'"]) && r.word().len() == 2 {
                let two: i16 = r.word().parse().ok()?;
                r.at += 1;
                return Some(Year::Of(if two < 50 { 2000 + two } else { 1900 + two }));
            }
            let away = match r.word() {
                "this" | "the" => 0,
                "last" => -1,
                "next" => 1,
                _ => return None,
            };
            let same = r.word() == "the";
            r.at += 1;
            if same && !r.eat(&["same", "current"]) {
                return None;
            }
            r.eat(&["year"]).then_some(Year::Away(away))
        })
        .unwrap_or(Year::Open)
    }
}

fn word_len_short(word: &str) -> bool {
    word.len() <= 4
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
            Year::Open => match tense {
                Tense::Past => anchor.year - i16::from(there > here),
                Tense::Future => anchor.year + i16::from(there < here),
                // Nearest to the announcement, in either direction.
                Tense::Open => match there.0 - here.0 {
                    7.. => anchor.year - 1,
                    ..=-6 => anchor.year + 1,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source;

    fn dates(words: &str, anchor: &str, tense: Tense) -> Vec<String> {
        let announcement = source::read("test.txt", format!("It is said here: {words} and so on.").as_bytes(), None);
        let announcement = &announcement.expect("text")[0];
        let text = Text::new(announcement);
        let mut out = Vec::new();
        let mut at = 0;
        while at < text.tokens.len() {
            match read(&text, at, text.tokens.len()) {
                Some(written) => {
                    at = written.tokens.end;
                    let value = written.resolve(Partial::parse(anchor), tense);
                    out.push(value.map_or("?".to_owned(), |(a, b)| {
                        if a == b { a.iso() } else { format!("{}/{}", a.iso(), b.iso()) }
                    }));
                }
                None => at += 1,
            }
        }
        out
    }

    #[test]
    fn reads_every_usual_form() {
        for (words, value) in [
            ("27 October 2021", "2021-10-27"),
            ("27-30 October 2021", "2021-10-27/2021-10-30"),
            ("from 30 September to 2 October 2020", "2020-09-30/2020-10-02"),
            ("September 3-5, 1999", "1999-09-03/1999-09-05"),
            ("June 13th – 16th, 2023", "2023-06-13/2023-06-16"),
            ("February 22 - March 1, 2022", "2022-02-22/2022-03-01"),
            ("Monday, 3 June 2019", "2019-06-03"),
            ("April 16th to 18th 2016", "2016-04-16/2016-04-18"),
            ("Oct. 31, 1998", "1998-10-31"),
            ("31st January 2016", "2016-01-31"),
            ("2021-10-27", "2021-10-27"),
            ("27.10.2021", "2021-10-27"),
            ("in October 2019", "2019-10"),
            ("the autumn of 2021", "2021"),
            ("between 20 and 26 June", "2021-06-20/2021-06-26"),
            ("between March and June of last year", "2020-03/2020-06"),
            ("3 to 5 June this year", "2021-06-03/2021-06-05"),
            ("13 to 15 April last year", "2020-04-13/2020-04-15"),
            ("8th–11th September 2016", "2016-09-08/2016-09-11"),
            ("28 December 2021 to 3 January 2022", "2021-12-28/2022-01-03"),
        ] {
            assert_eq!(dates(words, "2021-02-26", Tense::Open), [value], "{words}");
        }
    }

    #[test]
    fn resolves_by_the_announcements_date() {
        for (words, tense, value) in [
            ("on Friday", Tense::Past, "2021-02-26"),
            ("on Monday", Tense::Past, "2021-02-22"),
            ("on Monday", Tense::Future, "2021-03-01"),
            ("this Sunday", Tense::Open, "2021-02-28"),
            ("yesterday", Tense::Open, "2021-02-25"),
            ("next February", Tense::Open, "2022-02"),
            ("last July", Tense::Open, "2020-07"),
            ("7 to 9 October", Tense::Past, "2020-10-07/2020-10-09"),
            ("7 to 9 October", Tense::Future, "2021-10-07/2021-10-09"),
            ("16 May", Tense::Open, "2021-05-16"),
        ] {
            assert_eq!(dates(words, "2021-02-26", tense), [value], "{words} {tense:?}");
        }
    }

    #[test]
    fn verbs_are_no_months() {
        assert!(dates("they may march", "2021-02-26", Tense::Open).is_empty());
    }
}
