//! The words that dates are made of: months, days of the week, numbers, years, marks of a range.

use jiff::civil::Weekday;

use super::Year;
use crate::mention::scene::year;
use crate::text::{Shape, Text};

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

/// Whether a date may begin with this word. Said of every word of a text, before any form is tried.
pub(super) fn may_begin(word: &str) -> bool {
    let named = |head: &[u8]| {
        matches!(
            head,
            b"jan" | b"feb" | b"mar" | b"apr" | b"may" | b"jun" | b"jul" | b"aug" | b"sep" | b"oct" | b"nov" | b"dec"
        ) || matches!(head, b"mon" | b"tue" | b"wed" | b"thu" | b"fri" | b"sat" | b"sun")
    };
    match word.as_bytes() {
        [b'0'..=b'9', ..] => true,
        [a, b, c, ..] if named(&[*a, *b, *c]) => true,
        _ => matches!(
            word,
            "the"
                | "early"
                | "mid"
                | "late"
                | "this"
                | "next"
                | "coming"
                | "last"
                | "past"
                | "today"
                | "tonight"
                | "yesterday"
                | "tomorrow"
                | "one"
                | "two"
                | "three"
                | "four"
                | "five"
                | "six"
                | "seven"
                | "eight"
                | "nine"
                | "ten"
                | "spring"
                | "summer"
                | "autumn"
                | "fall"
                | "winter"
                | "end"
                | "beginning"
                | "middle"
                | "that"
                | "a"
                | "eleven"
                | "twelve"
                | "fifteen"
                | "twenty"
                | "thirty"
                | "forty"
                | "fifty"
                | "exactly"
        ),
    }
}

/// Whether a word begins a date only before a word that [`goes_on`]: it is too common to be tried.
pub(super) fn needs_more(word: &str) -> bool {
    matches!(word, "a" | "that")
}

/// Whether a word goes on with "a" or "that" as dates do: "a year ago".
pub(super) fn goes_on(word: &str) -> bool {
    matches!(word, "year" | "day")
}

/// Reads on from a token.
pub(super) struct Reader<'t, 'a> {
    pub(super) text: &'t Text<'a>,
    pub(super) at: usize,
    pub(super) end: usize,
}

impl Reader<'_, '_> {
    pub(super) fn word(&self) -> &str {
        if self.at < self.end { self.text.word(self.at) } else { "" }
    }

    fn peek(&self, ahead: usize) -> &str {
        if self.at + ahead < self.end { self.text.word(self.at + ahead) } else { "" }
    }

    /// Reads these words, all of them or none.
    pub(super) fn eat_all(&mut self, words: &[&str]) -> bool {
        let found = words.iter().enumerate().all(|(i, word)| self.peek(i) == *word);
        self.at += if found { words.len() } else { 0 };
        found
    }

    pub(super) fn eat(&mut self, words: &[&str]) -> bool {
        let found = words.contains(&self.word());
        self.at += usize::from(found);
        found
    }

    /// Tries `f`; where it fails, nothing was read.
    pub(super) fn attempt<T>(&mut self, f: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let out = f(self);
        if out.is_none() {
            self.at = start;
        }
        out
    }

    pub(super) fn pair(&mut self, first: &[&str], second: &[&str]) -> bool {
        let found = first.contains(&self.word()) && second.contains(&self.peek(1));
        self.at += if found { 2 } else { 0 };
        found
    }

    pub(super) fn range_mark(&mut self) -> bool {
        if self.eat(&["-"]) {
            self.eat(&["-"]);
            return true;
        }
        // "from Wednesday, 31 August, to Saturday, 3 September".
        if self.word() == "," && matches!(self.peek(1), "to" | "until" | "through" | "till") {
            self.at += 1;
        }
        self.eat(&["to", "until", "and", "through", "till", "&", "/"])
    }

    /// Reads the weekday before a date ("Monday, 3 June"), if a date follows.
    pub(super) fn skip_weekday(&mut self) {
        self.attempt(|r| {
            match r.attempt(Self::two_weekdays) {
                Some(_) => {}
                None => _ = r.weekday_name()?,
            }
            r.pair(&["next", "this"], &["week"]);
            r.eat(&["."]);
            r.eat(&[","]);
            let before = r.at;
            r.eat(&["the"]);
            let follows = r.word().starts_with(|c: char| c.is_ascii_digit()) || r.month(true).is_some();
            r.at = before;
            follows.then_some(())
        });
    }

    pub(super) fn weekday_name(&mut self) -> Option<Weekday> {
        let word = self.word();
        // "Wednesday", "Wed", "Weds"
        let head = word.get(..3)?;
        let (_, day) = DAYS.iter().find(|(name, _)| name.starts_with(head))?;
        if !DAYS.iter().any(|(name, _)| *name == word || word.len() <= 5 && name.starts_with(word)) {
            return None;
        }
        if !self.text.shape(self.at).has(Shape::CAPITALISED) {
            return None;
        }
        self.at += 1;
        Some(*day)
    }

    /// A month; an abbreviation (`Oct.`) only of three or four letters. `any_case`: also where it is not capitalised.
    pub(super) fn month(&mut self, any_case: bool) -> Option<i8> {
        let word = self.word();
        let head = word.get(..3)?;
        let month = MONTHS.iter().position(|m| m.starts_with(head))?;
        let name = MONTHS[month];
        if name != word && !(matches!(word.len(), 3 | 4) && name.starts_with(word)) {
            return None;
        }
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
    pub(super) fn day(&mut self) -> Option<i8> {
        let word = self.word();
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if !matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th") || digits.is_empty() || digits.len() > 2 {
            return None;
        }
        let day = digits.parse().ok().filter(|d| (1..=31).contains(d))?;
        self.at += 1;
        // "27." as German writers have it, before a month.
        let to_day = |r: &Self| r.peek(1) == "-" && r.peek(2).parse::<u8>().is_ok() && r.peek(3) == ".";
        if self.word() == "." && (MONTHS.iter().any(|m| *m == self.peek(1)) || to_day(self)) {
            self.at += 1;
        }
        Some(day)
    }

    pub(super) fn small(&mut self, most: i8) -> Option<i8> {
        let n = self.word().parse().ok().filter(|n| (1..=most).contains(n))?;
        self.at += 1;
        Some(n)
    }

    pub(super) fn four_digits(&mut self) -> Option<i16> {
        let year = year(self.word()).then(|| self.word().parse().ok()).flatten()?;
        self.at += 1;
        Some(year)
    }

    /// "Aug 17, 98", "July 28, 00": no number of something that follows.
    fn two_digits(&mut self) -> Option<i16> {
        let two: i16 = Some(self.word()).filter(|w| w.len() == 2)?.parse().ok()?;
        let counts = self.at + 1 < self.end && {
            let next = self.text.shape(self.at + 1);
            next.has(Shape::WORD) && !next.has(Shape::CAPITALISED)
        };
        let year = match two {
            90..=99 => 1900 + two,
            0..=9 => 2000 + two,
            _ => return None,
        };
        (!counts).then(|| self.at += 1)?;
        Some(year)
    }

    /// The year behind a month or day: `2021`, `, 2021`, `'98`, `of last year`, `this year`.
    pub(super) fn year(&mut self) -> Year {
        self.attempt(|r| {
            let comma = r.eat(&[","]);
            if comma && let Some(year) = r.two_digits() {
                return Some(Year::Of(year));
            }
            r.eat(&["of", "in"]);
            if let Some(year) = r.four_digits() {
                return Some(Year::Of(year));
            }
            if r.eat(&["'"]) && r.word().len() == 2 {
                let two: i16 = r.word().parse().ok()?;
                r.at += 1;
                return Some(Year::Of(if two < 50 { 2000 + two } else { 1900 + two }));
            }
            let year = match () {
                () if r.eat(&["this"]) || r.pair(&["the"], &["current"]) => Year::Away(0),
                () if r.eat(&["last"]) => Year::Away(-1),
                () if r.eat(&["next"]) => Year::Away(1),
                () => Year::Later(r.same_or_next()?),
            };
            r.eat(&["year"]).then_some(year)
        })
        .unwrap_or(Year::Open)
    }
}

fn word_len_short(word: &str) -> bool {
    word.len() <= 4
}
