//! Calendars (iCalendar, RFC 5545): one announcement an event.
//!
//! An event is a list of properties. It is read as the notice that a person would write of it: the summary as headline,
//! dates, place and organizer as labelled lines, and the description as text; every word of it stands for the bytes of the
//! property that gives it. A calendar crate would parse the properties, but unfolds lines first and so loses their places.
//!
//! Not read: to-dos, journals, alarms, attendees, and the further dates of an event that repeats.

mod date;
mod lines;

use std::ops::Range;

use super::announcement::{Metadata, Stated};
use super::builder::Builder;
use super::decode::{Decoded, Weave};
use super::html;
use date::Day;
use lines::{Property, properties, value};

/// True if a text begins like a calendar.
pub(super) fn is_calendar(head: &str) -> bool {
    begins(head, "BEGIN:VCALENDAR")
}

/// True if a text is an event that has been taken out of a calendar.
pub(super) fn is_event(head: &str) -> bool {
    begins(head, "BEGIN:VEVENT")
}

fn begins(head: &str, with: &str) -> bool {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// An event of a calendar.
pub(super) struct Event {
    /// Where it stands.
    pub range: Range<usize>,
    /// The name that the calendar gives it, and which of its repetitions it is.
    pub id: Option<String>,
}

/// The events of a calendar, in its order. One that does not end is given as the byte where it begins.
pub(super) fn events(calendar: &str) -> Vec<Result<Event, usize>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, Option<String>, Option<String>)> = None;
    for property in properties(calendar, 0) {
        let is = |name: &str, words: &str| {
            property.is(name) && calendar[property.value.clone()].trim().eq_ignore_ascii_case(words)
        };
        if is("BEGIN", "VEVENT") {
            if let Some((start, _, _)) = open.replace((property.whole.start, None, None)) {
                out.push(Err(start));
            }
        } else if is("END", "VEVENT")
            && let Some((start, uid, repetition)) = open.take()
        {
            let id = uid.map(|uid| repetition.map_or_else(|| uid.clone(), |of| format!("{uid}/{of}")));
            out.push(Ok(Event { range: start..property.whole.end, id }));
        } else if let Some((_, uid, repetition)) = &mut open {
            if property.is("UID") {
                *uid = Some(value(calendar, &property));
            } else if property.is("RECURRENCE-ID") {
                *repetition = Some(value(calendar, &property));
            }
        }
    }
    out.extend(open.map(|(start, _, _)| Err(start)));
    out
}

/// An event as a notice.
pub(super) struct Notice {
    decoded: Decoded<'static>,
    metadata: Metadata,
}

/// Puts the words of an event together.
pub(super) fn notice(event: &Decoded<'_>) -> Notice {
    let text: &str = &event.text;
    let mut properties: Vec<Property> = Vec::new();
    let mut inner = 0;
    for property in lines::properties(text, 0) {
        match () {
            () if property.is("BEGIN") => inner += 1,
            () if property.is("END") => inner -= 1,
            // Alarms have descriptions of their own.
            () if inner == 1 => properties.push(property),
            () => {}
        }
    }
    let find = |name: &str| properties.iter().find(|property| property.is(name) && !property.value.is_empty());
    let stated = |property: &Property, value: String| Stated { value, bytes: event.original(property.value.clone()) };
    let mut weave = Weave::new(event);
    weave.made("<html><body><article>");
    if let Some(summary) = find("SUMMARY") {
        weave.made("<h1>");
        lines::write(summary.value.clone(), &mut weave);
        weave.made("</h1>");
    }
    let cancelled = find("STATUS").filter(|status| value(text, status).eq_ignore_ascii_case("CANCELLED"));
    if let Some(status) = cancelled {
        weave.made("<p>The event has been ");
        weave.stand("cancelled", status.value.clone());
        weave.made(".</p>");
    } else {
        dates(text, &find, &mut weave);
        for (name, label) in [("LOCATION", "Place"), ("ORGANIZER", "Organizer")] {
            if let Some(property) = find(name)
                && let Some(words) = property.words(text)
            {
                line(label, property, &mut weave, |weave| lines::write(words, weave));
            }
        }
        if let Some(description) = find("DESCRIPTION") {
            weave.made("<p>");
            lines::write(description.value.clone(), &mut weave);
            weave.made("</p>");
        }
    }
    weave.made("</article></body></html>");
    let organizer = find("ORGANIZER").and_then(|property| Some((property, property.words(text)?)));
    // When it was announced: the form says when it was written down, changed or sent.
    let created = ["CREATED", "LAST-MODIFIED", "DTSTAMP"].into_iter().find_map(find);
    let created = created.and_then(|property| Some(stated(property, Day::parse(&value(text, property))?.iso())));
    let metadata = Metadata {
        title: find("SUMMARY").map(|property| stated(property, value(text, property))),
        date: created,
        author: organizer.map(|(property, words)| stated(property, text[words].to_owned())),
        language: find("SUMMARY").and_then(|property| property.parameter(text, "LANGUAGE")).map(str::to_owned),
        url: find("URL").map(|property| value(text, property)),
        ..Metadata::default()
    };
    Notice { decoded: weave.finish(), metadata }
}

/// Reads an event.
pub(super) fn build(notice: &Notice) -> Builder<'_> {
    let mut builder = html::build(&notice.decoded);
    builder.metadata = notice.metadata.clone();
    builder
}

fn line(label: &str, property: &Property, weave: &mut Weave<'_>, words: impl FnOnce(&mut Weave<'_>)) {
    weave.made("<p>");
    weave.stand(label, property.name.clone());
    weave.made(": ");
    words(weave);
    weave.made("</p>");
}

/// The lines that say when an event begins and ends.
fn dates<'p>(text: &str, find: &impl Fn(&str) -> Option<&'p Property>, weave: &mut Weave<'_>) {
    let Some(start) = find("DTSTART") else { return };
    let Some(first) = Day::parse(&value(text, start)) else { return };
    line("Start", start, weave, |weave| weave.stand(&first.words(), start.value.clone()));
    let end = find("DTEND").and_then(|end| Some((end, Day::last(&value(text, end))?)));
    let end = end.or_else(|| {
        let duration = find("DURATION")?;
        Some((duration, first.after(&value(text, duration))?))
    });
    if let Some((property, last)) = end.filter(|(_, last)| *last >= first) {
        line("End", property, weave, |weave| weave.stand(&last.words(), property.value.clone()));
    } else if find("DTEND").is_none() && value(text, start).len() == 8 {
        // RFC 5545, 3.6.1: an event with a date and no end lasts that day.
        line("End", start, weave, |weave| weave.stand(&first.words(), start.value.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Form, read};

    const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:wuf11@example.org\r\n\
        DTSTAMP:20220101T000000Z\r\nCREATED:20211203T100000Z\r\nSUMMARY:Eleventh World Urban\r\n  Forum\r\n\
        DTSTART;VALUE=DATE:20220626\r\nDTEND;VALUE=DATE:20220701\r\nLOCATION:Katowice\\, Poland\r\n\
        ORGANIZER;CN=\"UN-Habitat\":mailto:wuf@example.org\r\n\
        DESCRIPTION:The Forum takes place in Katowice.\\n\\nAll are welcome: <all> & more.\r\n\
        BEGIN:VALARM\r\nDESCRIPTION:Ring\r\nEND:VALARM\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nSUMMARY:Retreat\r\nSTATUS:CANCELLED\r\nDTSTART:20220301T090000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn events_are_notices() {
        let read = read("a.ics", CALENDAR.as_bytes(), None).expect("readable");
        assert_eq!(
            read[0].text,
            "Eleventh World Urban Forum\n\nStart: 26 June 2022\n\nEnd: 30 June 2022\n\nPlace: Katowice, Poland\n\n\
             Organizer: UN-Habitat\n\nThe Forum takes place in Katowice.\n\nAll are welcome: <all> & more."
        );
        let event = &CALENDAR[CALENDAR.find("BEGIN:VEVENT").unwrap()..];
        let at = read[0].text.find("30 June").unwrap();
        let bytes = read[0].origin.original(at..at + 12);
        assert_eq!(&event[bytes[0].start as usize..bytes[0].end as usize], "20220701");
        let metadata = &read[0].metadata;
        assert_eq!(metadata.date.as_ref().unwrap().value, "2021-12-03");
        assert_eq!(metadata.title.as_ref().unwrap().value, "Eleventh World Urban Forum");
        assert_eq!(read[1].text, "Retreat\n\nThe event has been cancelled.");
        assert_eq!(super::super::Form::of_content(CALENDAR.as_bytes()), Some(Form::Calendar));
    }
}
