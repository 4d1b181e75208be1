//! Dates counted from that of the announcement: "on Friday", "last year", "next February".

use super::reader::Reader;
use super::{Form, Point, Year};

impl Reader<'_, '_> {
    /// `Friday`, `this Friday`, `last Monday`.
    pub(super) fn weekday(&mut self) -> Option<Form> {
        let toward = match () {
            () if self.eat(&["this", "next", "coming"]) => 1,
            () if self.eat(&["last", "past"]) => -1,
            () => 0,
        };
        let day = self.weekday_name()?;
        Some(Form::Weekday(day, toward))
    }

    pub(super) fn relative(&mut self) -> Option<Form> {
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
}
