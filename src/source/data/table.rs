//! Rows of a table, as comma- or tab-separated values (RFC 4180). A row is read together with the header that names its
//! columns: a document of two lines.

use std::ops::Range;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::{Item, Value, Vocabulary};
use crate::source::builder::Builder;

/// More columns are not read.
const MOST: usize = 1000;

/// The mark between columns: the one that the first line has most of.
pub(in crate::source) fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let count = |mark: &u8| line.iter().filter(|byte| *byte == mark).count();
    [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// Splits a table into rows, piece by piece: gives the length of the first row of `input` with its end of line. `None` if
/// it does not end within `input`.
pub(in crate::source) fn row_length(input: &[u8], delimiter: u8) -> Option<usize> {
    let mut reader = reader(delimiter);
    let mut at = 0;
    let mut field = [0; 4096];
    loop {
        let (result, read, _) = reader.read_field(&input[at..], &mut field);
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

fn reader(delimiter: u8) -> Reader {
    ReaderBuilder::new().delimiter(delimiter).build()
}

/// Reads a header and a row.
pub(in crate::source) fn record(text: &str, builder: &mut Builder<'_>) {
    let delimiter = delimiter(text.as_bytes());
    let Some(header) = row_length(text.as_bytes(), delimiter) else { return };
    let names = fields(text, 0..header, delimiter);
    let row = header + row_length(&text.as_bytes()[header..], delimiter).unwrap_or(text.len() - header);
    let mut item = Item::new(Vocabulary::Record);
    for (name, field) in names.into_iter().zip(fields(text, header..row, delimiter)) {
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

/// Where the fields of one row stand, without the marks around them.
fn fields(text: &str, row: Range<usize>, delimiter: u8) -> Vec<Range<usize>> {
    let mut reader = reader(delimiter);
    let mut out = Vec::new();
    let (mut at, mut start) = (row.start, row.start);
    let mut field = [0; 4096];
    while out.len() < MOST {
        let (result, read, _) = reader.read_field(&text.as_bytes()[at..row.end], &mut field);
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
        let header = row_length(text.as_bytes(), mark).expect("a row");
        assert_eq!(&text[..header], "name;place\r\n");
        let row = row_length(&text.as_bytes()[header..], mark).expect("a row");
        let words = |range: Range<usize>| -> Vec<&str> {
            fields(text, range, mark).into_iter().map(|field| &text[field]).collect()
        };
        assert_eq!(words(0..header), ["name", "place"]);
        assert_eq!(words(header..header + row), ["Forum \"\"Sea\"\"; 3rd", "Oslo\nNorway"]);
        assert_eq!(words(header + row..text.len()), ["x", "y"]);
        assert_eq!(row_length(&text.as_bytes()[header + row..], mark), None);
        assert_eq!(delimiter(b"a\tb, c\td\n"), b'\t');
    }
}
