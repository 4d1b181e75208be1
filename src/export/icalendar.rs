//! iCalendar (RFC 5545): what takes place, and what is due when, as all-day events.
//!
//! What is known by its month only fills the month and is tentative; what is known by its year only is left out, for it
//! would cover the year. A calendar program knows an event again by its UID, which is the IRI. `DTSTAMP` must be there
//! and is the same always: the graph does not know when it was asked.

use std::io::{self, Write};

use icalendar::{Component as _, Event, EventLike as _, EventStatus, Property};
use jiff::{ToSpan as _, civil::Date};
use petgraph::graph::NodeIndex;

use super::attributes::plain;
use crate::graph::{Entity, Graph};

/// Relations that say when something is due, and how people call that.
const DUE: [(&str, &str); 3] = [
    ("submissionDeadline", "Submission deadline"),
    ("notificationDate", "Notification"),
    ("cameraReadyDate", "Camera-ready version due"),
];

/// The beginning of Unix time.
const STAMP: &str = "19700101T000000Z";

/// Writes a calendar of all events, by IRI.
pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Urbi//EN\r\nCALSCALE:GREGORIAN\r\n")?;
    for (index, entity) in graph.entities() {
        if let Some(days) = occasion(entity) {
            let mut event = all_day(&entity.iri, &days);
            event.summary(&plain(entity.label()));
            describe(graph, index, &mut event);
            write!(out, "{}", event.done().try_into_string().map_err(io::Error::other)?)?;
        }
        for (relation, title) in DUE {
            for (number, date) in entity.facts.get(relation).into_iter().flatten().enumerate() {
                let Some(days) = Days::new(date, date) else { continue };
                let number = if number == 0 { String::new() } else { format!("-{}", number + 1) };
                let mut event = all_day(&format!("{}#{relation}{number}", entity.iri), &days);
                event.summary(&format!("{title}: {}", plain(entity.label())));
                link(entity, &mut event);
                write!(out, "{}", event.done().try_into_string().map_err(io::Error::other)?)?;
            }
        }
    }
    out.write_all(b"END:VCALENDAR\r\n")
}

/// From the first day to the last.
struct Days {
    first: Date,
    last: Date,
    /// Whether both are stated to the day.
    is_exact: bool,
}

impl Days {
    /// From dates as stated; none if one of them is less precise than a month, or if they are in the wrong order.
    fn new(start: &str, end: &str) -> Option<Days> {
        let (first, exact_start) = day(start)?;
        let (last, exact_end) = day(end)?;
        let last = if exact_end { last } else { last.last_of_month() };
        (first <= last).then_some(Days { first, last, is_exact: exact_start && exact_end })
    }
}

/// The day, or the first day of the month; and whether it was a day.
fn day(date: &str) -> Option<(Date, bool)> {
    match date.len() {
        10 => Some((date.parse().ok()?, true)),
        7 => Some((format!("{date}-01").parse().ok()?, false)),
        _ => None,
    }
}

fn occasion(entity: &Entity) -> Option<Days> {
    let start = entity.fact("startDate").or_else(|| entity.fact("endDate"))?;
    let end = entity.fact("endDate").filter(|end| end.len() >= 7).unwrap_or(start);
    Days::new(start, end)
}

fn all_day(uid: &str, days: &Days) -> Event {
    let date = |name: &str, day: Date| {
        Property::new(name, day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done()
    };
    let mut event = Event::new();
    event.uid(&plain(uid)).add_property("DTSTAMP", STAMP);
    event.append_property(date("DTSTART", days.first));
    // The end is the day after, which the last day of the calendar does not have.
    event.append_property(date("DTEND", days.last.saturating_add(1.day())));
    event.add_property("TRANSP", "TRANSPARENT");
    if !days.is_exact {
        event.status(EventStatus::Tentative);
    }
    event
}

fn describe(graph: &Graph, index: NodeIndex, event: &mut Event) {
    let entity = graph.entity(index);
    let names = |relation: &str| -> Vec<String> {
        graph.objects(index, relation).map(|other| plain(graph.entity(other).label())).collect()
    };
    let cities: Vec<NodeIndex> = graph.objects(index, "heldIn").collect();
    let mut place = names("heldAt");
    for city in &cities {
        place.push(plain(graph.entity(*city).label()));
        place.extend(graph.objects(*city, "inCountry").map(|country| plain(graph.entity(country).label())));
    }
    if !place.is_empty() {
        event.location(&place.join(", "));
    }
    if let [city] = cities.as_slice()
        && let Some(point) = &graph.entity(*city).point
    {
        event.append_property(Property::new("GEO", format!("{};{}", point.lat, point.long)));
    }
    let mut lines = Vec::new();
    for (relation, title) in [("hasTheme", "Theme"), ("organizedBy", "Organized by"), ("partOfSeries", "Series")] {
        let names = names(relation);
        if !names.is_empty() {
            lines.push(format!("{title}: {}", names.join("; ")));
        }
    }
    if !lines.is_empty() {
        event.description(&lines.join("\n"));
    }
    link(entity, event);
}

/// Its own page, or else its IRI.
fn link(entity: &Entity, event: &mut Event) {
    event.url(&plain(entity.fact("homepage").unwrap_or(&entity.iri)));
}
