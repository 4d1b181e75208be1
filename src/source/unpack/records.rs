//! Files of records: each record is a document of its own bytes.
//!
//! A record of JSON is the object itself. A row of a table says nothing without the names of its columns, so the document is
//! the header line and the row below it. Lines and rows are read one by one, whatever the size of the file; an array of
//! JSON is read as a whole.

use std::io::{self, BufRead, BufReader, Read};

use super::super::data::{json, table};
use super::super::error::ReadError;
use super::super::form::Form;
use super::super::part::{Carried, Part};
use super::super::place::Place;
use super::{Flow, Input, Item, Unpacker};

/// The form of records that the first characters of a text show.
pub(in crate::source) fn form_of(head: &str) -> Option<Form> {
    let head = head.trim_start();
    let object = |text: &str| text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']));
    if head.strip_prefix('[').is_some_and(|rest| object(rest.trim_start())) {
        return Some(Form::Json);
    }
    if !object(head) {
        return None;
    }
    let mut lines = head.lines();
    let whole = lines.next().is_some_and(|line| line.trim_end().ends_with('}'));
    Some(if whole && lines.next().is_some_and(object) { Form::JsonLines } else { Form::Json })
}

impl Unpacker<'_> {
    /// Gives the records of a file.
    pub(super) fn records(&mut self, item: Item<'_>, form: Form) -> Flow {
        let Item { place, input, carried, .. } = item;
        match form {
            Form::JsonLines => self.lines(&place, input, &carried),
            Form::Csv | Form::Tsv => self.rows(&place, input, form, &carried),
            _ => self.array(&place, input, &carried),
        }
    }

    fn record(&mut self, place: Place, bytes: Vec<u8>, form: Form, carried: &Carried) -> Flow {
        let position = self.meter.read();
        (self.give)(super::Found::Part(Part { place, bytes, form: Some(form), carried: carried.clone(), position }))
    }

    fn array(&mut self, place: &Place, input: Input<'_>, carried: &Carried) -> Flow {
        let bytes = match self.whole(place, input) {
            Ok(bytes) => bytes,
            Err(error) => return (self.give)(super::Found::Failed(error)),
        };
        let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let text = match std::str::from_utf8(&bytes[start..]) {
            Ok(text) => text,
            Err(error) => {
                let at = error.valid_up_to() + start;
                let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u64;
                let (name, charset) = (place.to_string(), "UTF-8");
                return (self.give)(super::Found::Failed(ReadError::Encoding { name, line, at: at as u64, charset }));
            }
        };
        match json::records(text) {
            Err(mistake) => self.damaged(place, (start + mistake.at) as u64, mistake.problem),
            Ok(records) => {
                let only = records.len() == 1 && records[0].len() == text.trim().len();
                for range in records {
                    let there = if only { place.clone() } else { place.offset((start + range.start) as u64) };
                    self.record(there, text[range].into(), Form::Json, carried)?;
                }
                Flow::Continue(())
            }
        }
    }

    fn lines(&mut self, place: &Place, input: Input<'_>, carried: &Carried) -> Flow {
        let limit = self.settings.limits.document;
        let mut reader = BufReader::new(input.into_read());
        let mut at = 0u64;
        loop {
            let mut line = Vec::new();
            match (&mut reader).take(limit + 1).read_until(b'\n', &mut line) {
                Err(error) => return self.failed(place, at, error),
                Ok(0) => return Flow::Continue(()),
                Ok(_) => {}
            }
            let (start, length) = (at, line.len() as u64);
            at += length;
            if length > limit {
                let name = place.offset(start).to_string();
                (self.give)(super::Found::Failed(ReadError::TooLarge { name, limit }))?;
                match skip_line(&mut reader) {
                    Ok(skipped) => at += skipped,
                    Err(error) => return self.failed(place, at, error),
                }
                continue;
            }
            let line = line.trim_ascii();
            if !line.is_empty() {
                self.record(place.offset(start), line.to_vec(), Form::Json, carried)?;
            }
        }
    }

    fn rows(&mut self, place: &Place, input: Input<'_>, form: Form, carried: &Carried) -> Flow {
        let limit = self.settings.limits.document as usize;
        let mut reader = input.into_read();
        let mut buffer: Vec<u8> = Vec::new();
        let mut header: Option<Vec<u8>> = None;
        let mut table = table::Rows::new(mark(form, b""));
        // Where the buffer begins in the file, and where the next row begins in the buffer.
        let (mut at, mut from, mut ended) = (0u64, 0, false);
        loop {
            let length = match table.length(&buffer[from..]) {
                // The rest of an end of line may be still to come.
                Some(length) if ended || from + length < buffer.len() => length,
                _ if !ended => {
                    buffer.drain(..from);
                    at += from as u64;
                    from = 0;
                    if buffer.len() > limit {
                        let name = place.offset(at).to_string();
                        return (self.give)(super::Found::Failed(ReadError::TooLarge { name, limit: limit as u64 }));
                    }
                    let more = buffer.len().max(1 << 16) as u64;
                    match reader.by_ref().take(more).read_to_end(&mut buffer) {
                        Err(error) => return self.failed(place, at, error),
                        Ok(read) => ended = read == 0,
                    }
                    if header.is_none() {
                        table = table::Rows::new(mark(form, &buffer));
                    }
                    continue;
                }
                Some(length) => length,
                None => buffer.len() - from,
            };
            if length == 0 {
                return Flow::Continue(());
            }
            let row = &buffer[from..from + length];
            let start = at + from as u64;
            from += length;
            match &header {
                None => header = Some(line(row)),
                Some(_) if row.trim_ascii().is_empty() => {}
                Some(names) => {
                    let bytes = [names.as_slice(), row].concat();
                    self.record(place.offset(start), bytes, form, carried)?;
                }
            }
        }
    }
}

/// The mark between columns.
fn mark(form: Form, head: &[u8]) -> u8 {
    if form == Form::Tsv { b'\t' } else { table::delimiter(head) }
}

/// A row with an end of line.
fn line(row: &[u8]) -> Vec<u8> {
    let mut line = row.to_vec();
    if !line.ends_with(b"\n") && !line.ends_with(b"\r") {
        line.push(b'\n');
    }
    line
}

/// Reads to the end of a line without keeping it; gives its length.
fn skip_line(reader: &mut impl BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = reader.fill_buf()?;
        let (length, done) = match memchr::memchr(b'\n', buffer) {
            Some(end) => (end + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        reader.consume(length);
        skipped += length as u64;
        if done {
            return Ok(skipped);
        }
    }
}
