//! Dates of any precision: which agree, and the days between which they lie.

use jiff::civil::{Date, date};
use oxrdf::{Literal, Term, Triple};

use crate::vocab::{urbi, xsd};

/// True if `precise` is a date within `vague`: `2021-10-27` within `2021`.
pub fn refines(precise: &Term, vague: &Term) -> bool {
    let (Some(precise), Some(vague)) = (date_value(precise), date_value(vague)) else { return false };
    lies_in(precise, vague)
}

/// True if one date, as ISO 8601 writes it, lies in another that is less precise.
fn lies_in(precise: &str, vague: &str) -> bool {
    precise.len() > vague.len() && precise.starts_with(vague) && precise.as_bytes()[vague.len()] == b'-'
}

/// True if it is certain that `one` lies behind `other`. Nothing is certain of a year and a day in it, or where a date is
/// not known.
pub fn is_later(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one > other && !lies_in(one, other),
        _ => false,
    }
}

fn date_value(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) if [xsd::G_YEAR, xsd::G_YEAR_MONTH, xsd::DATE].contains(&literal.datatype()) => {
            Some(literal.value())
        }
        _ => None,
    }
}

/// Adds the first day on which an event can begin and the last on which it can end, so that queries can compare dates of
/// any precision.
pub fn bounds(triples: &mut Vec<Triple>) {
    let mut derived = Vec::new();
    for triple in &*triples {
        let (predicate, last) = match triple.predicate.as_ref() {
            urbi::START_DATE => (urbi::EARLIEST_START, false),
            urbi::END_DATE => (urbi::LATEST_END, true),
            _ => continue,
        };
        if let Some(day) = date_value(&triple.object).and_then(|value| bound(value, last)) {
            let day = Literal::new_typed_literal(day.to_string(), xsd::DATE);
            derived.push(Triple::new(triple.subject.clone(), predicate.into_owned(), day));
        }
    }
    triples.extend(derived);
}

/// True if an event that starts and ends so would end before it starts.
pub fn is_backwards(start: &Term, end: &Term) -> bool {
    let first = date_value(start).and_then(|value| bound(value, false));
    let last = date_value(end).and_then(|value| bound(value, true));
    matches!((first, last), (Some(first), Some(last)) if last < first)
}

/// The first, or last, day of `2021`, `2021-10` or `2021-10-27`. None if it is no such date.
fn bound(value: &str, last: bool) -> Option<Date> {
    let mut parts = value.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    Some(match (month, day, last) {
        (None, _, true) => date(year, 12, 31),
        (Some(_), None, true) => first.last_of_month(),
        _ => first,
    })
}

#[cfg(test)]
mod tests {
    use super::is_later;

    #[test]
    fn later_is_what_certainly_is() {
        assert!(is_later(Some("2021-06-01"), Some("2021-05")));
        assert!(is_later(Some("2022"), Some("2021-12-31")));
        assert!(!is_later(Some("2021-06-01"), Some("2021")));
        assert!(!is_later(Some("2021"), Some("2021-06-01")));
        assert!(!is_later(Some("2021-06-01"), None));
        assert!(!is_later(Some("2021-06-01"), Some("2021-06-01")));
    }
}
