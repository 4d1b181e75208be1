//! Days of a calendar: `20220626`, `20220626T090000Z`, and durations such as `P5D`.

use jiff::civil::{Date, Time};
use jiff::{Span, SpanRound, Unit};

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Day {
    /// The day of a date or of a time. Time zones do not count: a time is written as it is at the place.
    pub fn parse(text: &str) -> Option<Day> {
        let digits = text.get(..8).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
        Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?).ok().map(Day)
    }

    /// The last day before an end, which is the first moment behind the event.
    pub fn last(text: &str) -> Option<Day> {
        let day = Day::parse(text)?;
        let midnight = text.len() == 8 || text.get(8..15) == Some("T000000");
        if midnight { day.0.yesterday().ok().map(Day) } else { Some(day) }
    }

    /// The last day of an event that begins on this one and lasts so long.
    pub fn after(self, duration: &str) -> Option<Day> {
        let span: Span = duration.parse().ok()?;
        let days = span.round(SpanRound::new().largest(Unit::Day).smallest(Unit::Day).days_are_24_hours()).ok()?;
        let days = i64::from(days.get_days());
        let last =
            self.0.to_datetime(Time::midnight()).checked_add(Span::new().try_days((days - 1).max(0)).ok()?).ok()?;
        Some(Day(last.date()))
    }

    /// ISO 8601.
    pub fn iso(self) -> String {
        self.0.to_string()
    }

    /// `26 June 2022`.
    pub fn words(self) -> String {
        let month = MONTHS[usize::from(self.0.month().unsigned_abs()) - 1];
        format!("{} {month} {}", self.0.day(), self.0.year())
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn days() {
        let words = |day: Option<Day>| day.map(Day::words).unwrap_or_default();
        assert_eq!(words(Day::parse("20220626T090000Z")), "26 June 2022");
        assert_eq!(words(Day::last("20220701")), "30 June 2022");
        assert_eq!(words(Day::last("20220701T120000")), "1 July 2022");
        let start = Day::parse("20220626").unwrap();
        assert_eq!(words(start.after("P5D")), "30 June 2022");
        assert_eq!(words(start.after("PT2H")), "26 June 2022");
        assert_eq!(words(start.after("P1W")), "2 July 2022");
        assert_eq!(Day::parse("2022-06-26"), None);
        assert_eq!(Day::parse("20221301"), None);
        assert_eq!(start.after("soon"), None);
    }
}
