//! Tables that people write: CSV and TSV with the columns of the lexicon.
//!
//! More is left open than in the tables of the program: the kind can be given for all lines, a key is found or made, and
//! `name` says the same as `label`.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::{Format, Read, Source, problem, utf8};
use crate::lexicon::entry::{Entry, Kind};
use crate::lexicon::table::{self, COLUMNS, Row};
use crate::lexicon::{Lexicon, LexiconError};
use crate::vocab::slug;

/// Other names of columns.
const ALSO: [(&str, &str); 5] =
    [("name", "label"), ("alias", "names"), ("aliases", "names"), ("acronym", "acronyms"), ("lng", "long")];

/// The column of that name.
fn column(name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    let name = ALSO.iter().find(|(also, _)| *also == name).map_or(name.as_str(), |(_, column)| column);
    COLUMNS.iter().position(|column| *column == name)
}

pub(super) fn read(source: &Source<'_>, lexicon: &Lexicon) -> Result<Read, LexiconError> {
    let text = utf8(source.file, source.bytes)?;
    let tabs = source.format == Format::Tsv;
    let mut reader = ReaderBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .quoting(!tabs)
        .comment(Some(b'#'))
        .trim(Trim::All)
        .flexible(tabs)
        .from_reader(text.as_bytes());
    let broken = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        problem(source.file, line as usize, error.to_string())
    };
    let columns = columns(reader.headers().map_err(broken)?)
        .map_err(|what| problem(source.file, reader.position().line().saturating_sub(1).max(1) as usize, what))?;
    let mut read = Read::default();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line) as usize;
        read.rows.push(row(source, lexicon, &columns, &record).map_err(|what| problem(source.file, line, what))?);
    }
    Ok(read)
}

fn columns(head: &StringRecord) -> Result<Vec<usize>, String> {
    let unknown = |name: &str| format!("there is no column `{name}`; the columns are {}", COLUMNS.join(", "));
    let columns: Vec<usize> =
        head.iter().map(|name| column(name).ok_or_else(|| unknown(name))).collect::<Result<_, _>>()?;
    let has_label = columns.iter().any(|column| COLUMNS[*column] == "label");
    if has_label {
        Ok(columns)
    } else {
        Err("the first line must name the columns, `label` (or `name`) among them".to_owned())
    }
}

fn row(source: &Source<'_>, lexicon: &Lexicon, columns: &[usize], record: &StringRecord) -> Result<Row, String> {
    let mut cells = [""; COLUMNS.len()];
    for (i, cell) in record.iter().enumerate() {
        cells[*columns.get(i).ok_or("more cells than columns")?] = cell;
    }
    complete(source.dataset, source.kind, lexicon, cells)
}

/// The entry of some cells, with kind and key where they were left open.
pub(super) fn complete(
    dataset: &str,
    kind: Option<Kind>,
    lexicon: &Lexicon,
    cells: [&str; COLUMNS.len()],
) -> Result<Row, String> {
    let at = |name: &str| COLUMNS.iter().position(|column| *column == name).unwrap_or(0);
    let known;
    let mut cells = cells;
    if let (Some(kind), "") = (kind, cells[at("kind")]) {
        cells[at("kind")] = kind.name();
    }
    match Kind::from_name(cells[at("kind")]) {
        Some(kind) if cells[at("key")].is_empty() => {
            known = key(lexicon, kind, cells[at("label")], cells[at("country")])?;
            cells[at("key")] = &known;
        }
        _ => {}
    }
    let mut row = table::row(dataset, cells)?;
    let numbered = row.key.bytes().all(|byte| byte.is_ascii_digit());
    if row.kind == Kind::City && !numbered && row.source == format!("geonames/{}", row.key) {
        row.source = format!("{dataset}/{}", row.key);
    }
    Ok(row)
}

/// The key of what is called so: that of the one entry whose main name it is, or else that has the name; the name's own if
/// there is none.
fn key(lexicon: &Lexicon, kind: Kind, label: &str, country: &str) -> Result<String, String> {
    let fits = |entry: &Entry<'_>| entry.kind == kind && (country.is_empty() || entry.country == Some(country));
    let called = |primary: bool| -> Vec<Entry<'_>> {
        let hits = lexicon.hits(label).into_iter().filter(|hit| hit.primary || !primary);
        hits.map(|hit| lexicon.entry(hit.entry)).filter(fits).collect()
    };
    let mut same = called(true);
    if same.is_empty() {
        same = called(false);
    }
    match &same[..] {
        [] => Ok(slug(label)),
        [one] => Ok(one.key().into_owned()),
        several => {
            let shown = several.iter().take(5).map(|entry| {
                let country = entry.country.map(|code| format!(" in {code}")).unwrap_or_default();
                format!("{} ({}{country})", entry.key(), entry.label)
            });
            let shown: Vec<String> = shown.collect();
            Err(format!(
                "{} entries are called `{label}`: say by `key` which is meant: {}",
                several.len(),
                shown.join(", ")
            ))
        }
    }
}
