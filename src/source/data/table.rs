//! Rows of a table, as comma- or tab-separated values (RFC 4180). A row is read together with the header that names its
//! columns: a document of two lines.

use std::ops::Range;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::{Item, Value, Vocabulary};
use crate::source::builder::Builder;

/// More columns are not read.
const MOST: usize = 1000;

/// What may stand between columns, the likeliest first.
const MARKS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The mark between columns: the one that the first line has most of.
pub(in crate::source) fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let count = |mark: &u8| line.iter().filter(|byte| *byte == mark).count();
    MARKS.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// Splits a table into rows and those into fields.
pub(in crate::source) struct Rows(Reader);

impl Rows {
    /// Of a table with this mark between columns. Making one takes longer than reading a row.
    pub fn new(delimiter: u8) -> Rows {
        Rows(ReaderBuilder::new().delimiter(delimiter).build())
    }

    /// The length of the first row of `input` with its end of line; `None` if it does not end within `input`.
    pub fn length(&mut self, input: &[u8]) -> Option<usize> {
        self.0.reset();
        let mut at = 0;
        let mut field = [0; 256];
        loop {
            let (result, read, _) = self.0.read_field(&input[at..], &mut field);
            at += read;
            match result {
                ReadFieldResult::Field { record_end: true } => {
                    // The reader takes the two bytes of an end of line one after the other.
                    let paired = at > 0 && input[at - 1] == b'\r' && input.get(at) == Some(&b'\n');
                    return Some(at + usize::from(paired));
                }
                ReadFieldResult::InputEmpty | ReadFieldResult::End => return None,
                ReadFieldResult::OutputFull | ReadFieldResult::Field { record_end: false } => {}
            }
        }
    }

    /// Where the fields of one row stand, without the marks around them.
    fn fields(&mut self, text: &str, row: Range<usize>) -> Vec<Range<usize>> {
        self.0.reset();
        let mut out = Vec::new();
        let (mut at, mut start) = (row.start, row.start);
        let mut field = [0; 256];
        while out.len() < MOST {
            let (result, read, _) = self.0.read_field(&text.as_bytes()[at..row.end], &mut field);
            at += read;
            match result {
                // The end of the row is the end of the last field, unless an end of line says so before.
                ReadFieldResult::InputEmpty => at = row.end,
                ReadFieldResult::OutputFull => continue,
                ReadFieldResult::Field { record_end: false } => {
                    out.push(bare(text, start..at - 1));
                    start = at;
                    continue;
                }
                ReadFieldResult::Field { record_end: true } | ReadFieldResult::End => {}
            }
            let end = start + text[start..at].trim_end_matches(['\n', '\r']).len();
            out.push(bare(text, start..end));
            break;
        }
        out
    }
}

/// Reads a header and a row.
pub(in crate::source) fn record(text: &str, builder: &mut Builder<'_>) {
    let delimiter = delimiter(text.as_bytes());
    let mut rows = Rows::new(delimiter);
    let Some(header) = rows.length(text.as_bytes()) else { return };
    let names = rows.fields(text, 0..header);
    let row = header + rows.length(&text.as_bytes()[header..]).unwrap_or(text.len() - header);
    let mut item = Item::new(Vocabulary::Record);
    for (name, field) in names.into_iter().zip(rows.fields(text, header..row)) {
        let name = text[name].replace("\"\"", "\"").trim().to_owned();
        let words = builder.value(|builder| {
            let mut from = field.start;
            // A quotation mark in a quoted field stands there twice.
            while let Some(at) = text[from..field.end].find("\"\"").map(|found| from + found) {
                builder.add(from..at);
                builder.add_as("\"", at..at + 2);
                from = at + 2;
            }
            builder.add(from..field.end);
        });
        item.properties.extend(words.map(|block| (name, Value::Words(block))));
    }
    builder.data.push(item);
}

/// A field without the quotation marks around it.
fn bare(text: &str, field: Range<usize>) -> Range<usize> {
    let raw = &text[field.clone()];
    if raw.len() >= 2 && raw.starts_with('"') && raw.ends_with('"') { field.start + 1..field.end - 1 } else { field }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_rows_and_fields() {
        let text = "name;place\r\n\"Forum \"\"Sea\"\"; 3rd\";\"Oslo\nNorway\"\r\nx;y";
        let mark = delimiter(text.as_bytes());
        assert_eq!(mark, b';');
        let mut rows = Rows::new(mark);
        let header = rows.length(text.as_bytes()).expect("a row");
        assert_eq!(&text[..header], "name;place\r\n");
        let row = rows.length(&text.as_bytes()[header..]).expect("a row");
        let mut words = |range: Range<usize>| -> Vec<&str> {
            rows.fields(text, range).into_iter().map(|field| &text[field]).collect()
        };
        assert_eq!(words(0..header), ["name", "place"]);
        assert_eq!(words(header..header + row), ["Forum \"\"Sea\"\"; 3rd", "Oslo\nNorway"]);
        assert_eq!(words(header + row..text.len()), ["x", "y"]);
        assert_eq!(Rows::new(mark).length(&text.as_bytes()[header + row..]), None);
        assert_eq!(delimiter(b"a\tb, c\td\n"), b'\t');
    }
}
