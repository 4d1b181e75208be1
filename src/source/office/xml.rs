//! Reading XML with the places of its parts.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::html;

/// A part of an XML document.
pub enum Part<'t> {
    /// An element begins.
    Start(Element<'t>),
    /// An element ends; its name.
    End(String),
    /// Text, with entities as they are written.
    Text,
}

/// The start of an element.
pub struct Element<'t> {
    /// Its name with its prefix, as these formats always write it.
    pub name: String,
    start: BytesStart<'t>,
    /// True if nothing is in it.
    pub empty: bool,
}

impl Element<'_> {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<String> {
        let attribute = self.start.try_get_attribute(name).ok()??;
        Some(html::plain(&String::from_utf8_lossy(&attribute.value)))
    }
}

/// Gives the parts of the first document in `text` with their places, until `take` says false. Returns where that was, or
/// where the root element ended.
///
/// # Errors
/// Where the XML is not well-formed, and why. Entities are never expanded.
pub fn each<'t>(text: &'t str, mut take: impl FnMut(Part<'t>, Range<usize>) -> bool) -> Result<usize, (usize, String)> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0usize;
    loop {
        let before = reader.buffer_position() as usize;
        let event = reader.read_event();
        let after = reader.buffer_position() as usize;
        let part = match event {
            Ok(Event::Start(start)) => {
                depth += 1;
                Part::Start(element(start, false))
            }
            Ok(Event::Empty(start)) => Part::Start(element(start, true)),
            Ok(Event::End(end)) => {
                depth = depth.saturating_sub(1);
                Part::End(String::from_utf8_lossy(end.name().as_ref()).into_owned())
            }
            Ok(Event::Text(_) | Event::CData(_)) => Part::Text,
            Ok(Event::Eof) => return Ok(after),
            Ok(_) => continue,
            Err(error) => return Err((reader.error_position() as usize, error.to_string())),
        };
        let root_ends = depth == 0 && matches!(part, Part::End(_));
        if !take(part, before..after) || root_ends {
            return Ok(after);
        }
    }
}

fn element(start: BytesStart<'_>, empty: bool) -> Element<'_> {
    Element { name: String::from_utf8_lossy(start.name().as_ref()).into_owned(), start, empty }
}

/// The elements of the document from byte `from` on that hold nothing but text, with the place of that text.
pub fn leaves(text: &str, from: usize) -> Vec<(String, Range<usize>)> {
    let mut out = Vec::new();
    let mut open: Option<(String, usize)> = None;
    // What is not well-formed ends the list.
    let _ = each(&text[from..], |part, range| {
        match part {
            Part::Start(element) => open = (!element.empty).then_some((element.name, range.end)),
            Part::End(_) => {
                if let Some((name, start)) = open.take() {
                    out.push((name, from + start..from + range.start));
                }
            }
            Part::Text => {}
        }
        true
    });
    out
}
