//! From tables and vocabularies of others to a table of the lexicon.
//!
//! Each [`Format`] has a reader that gives rows; `merge` then ties them to what the lexicon knows already, and leaves out
//! names that would only make mistakes; `write` makes the table. The same file over the same profile gives the
//! same bytes. Not in here: reading and writing files.

mod cells;
mod geonames;
mod merge;
mod ror;
mod series;
mod skos;
mod write;

use std::fmt;
use std::str::FromStr;

use super::entry::Kind;
use super::table::Row;
use super::{Lexicon, LexiconError, table};
use crate::profile::Profile;

pub use write::table_of_line;

/// What a file may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Cells with commas between, the columns those of a table of the lexicon.
    Csv,
    /// The same with tabs.
    Tsv,
    /// A dump of GeoNames: `cities500.txt`, `allCountries.txt`, `KR.txt` …
    GeoNames,
    /// A SKOS vocabulary in any syntax of RDF.
    Skos,
    /// Records of the Research Organization Registry, as JSON or a record a line.
    Ror,
    /// Conference series: JSON records with `title` (the acronym) and `description` (the name).
    Series,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 6] =
        [Format::Csv, Format::Tsv, Format::GeoNames, Format::Skos, Format::Ror, Format::Series];

    /// The name of the format.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::GeoNames => "geonames",
            Format::Skos => "skos",
            Format::Ror => "ror",
            Format::Series => "series",
        }
    }

    /// The format that the name and the first bytes of a file show.
    pub fn detect(name: &str, bytes: &[u8]) -> Option<Format> {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
        match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "csv" => Some(Format::Csv),
            "tsv" => Some(Format::Tsv),
            "ttl" | "nt" | "n3" | "trig" | "nq" | "rdf" | "xml" | "owl" | "jsonld" => Some(Format::Skos),
            "txt" => geonames::is_dump(&head).then_some(Format::GeoNames),
            "json" | "jsonl" | "ndjson" if head.contains("ror.org/") => Some(Format::Ror),
            "json" | "jsonl" | "ndjson" if head.contains("\"title\"") => Some(Format::Series),
            _ => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Format, String> {
        Format::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| format!("{name:?} is no format"))
    }
}

/// A file to import.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its name, for messages.
    pub file: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// What it is.
    pub format: Format,
    /// What its entries are cited by: the name of the table.
    pub dataset: &'a str,
    /// What its entries are, where the format leaves that open.
    pub kind: Option<Kind>,
    /// Languages whose names count, by their tags; names without a language always do. Empty: all.
    pub languages: &'a [String],
    /// More names of GeoNames places: name and content of `alternateNames.txt`.
    pub alternate_names: Option<(&'a str, &'a [u8])>,
}

/// What an import gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The table, ready to lie in `data/lexicon`.
    pub table: String,
    /// Entries in it.
    pub entries: usize,
    /// Those of them that the lexicon knows already, under the same key: they gain names and links.
    pub known: usize,
    /// Names and acronyms in it.
    pub names: usize,
    /// What was left out: reason and number, the reasons in a fixed order.
    pub left_out: Vec<(&'static str, usize)>,
}

/// What a reader gives.
#[derive(Default)]
struct Read {
    rows: Vec<Row>,
    left_out: Vec<(&'static str, usize)>,
}

/// Reads a file and ties it to the lexicon of `profile`, which must not hold an earlier import of it.
///
/// # Errors
/// If the file is not of its format, with file and line; if the lexicon of the profile cannot be loaded.
pub fn import(source: &Source<'_>, profile: &Profile) -> Result<Imported, LexiconError> {
    let lexicon = Lexicon::load(profile)?;
    let mut read = match source.format {
        Format::Csv | Format::Tsv => cells::read(source, &lexicon)?,
        Format::GeoNames => geonames::read(source, &lexicon, profile.text("data/lexicon/stopwords.txt")?)?,
        Format::Skos => skos::read(source)?,
        Format::Ror => ror::read(source)?,
        Format::Series => series::read(source)?,
    };
    // Whoever writes a table by hand means every line of it.
    if matches!(source.format, Format::Skos | Format::Ror | Format::Series) {
        merge::merge(&mut read, &lexicon);
    }
    let is_known = |row: &&Row| lexicon.find(row.kind, &row.key).is_some();
    let known = read.rows.iter().filter(is_known).count();
    read.left_out.retain(|(_, count)| *count > 0);
    let (entries, names) = (read.rows.len(), read.rows.iter().map(|row| 1 + row.names.len()).sum());
    let table = write::table(source, read.rows);
    // What cannot be loaded would make the whole profile useless.
    table::read(&format!("{}, as a table", source.file), &table, &mut Vec::new())?;
    Ok(Imported { table, entries, known, names, left_out: read.left_out })
}

/// The text of a file, or the line where it is no UTF-8.
fn utf8<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, LexiconError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        problem(file, line, "is not UTF-8: save it as UTF-8")
    })
}

fn problem(file: &str, line: usize, what: impl Into<String>) -> LexiconError {
    LexiconError::Table { file: file.to_owned(), line, what: what.into() }
}
