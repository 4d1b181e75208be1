//! Entries as a table of the lexicon.

use std::fmt::Write as _;

use super::cells::complete;
use super::{Source, problem};
use crate::lexicon::entry::{Kind, LinkKind};
use crate::lexicon::table::{COLUMNS, Row, WIKIDATA};
use crate::lexicon::{Lexicon, LexiconError, table};
use crate::profile::Profile;

/// The table of some entries, by kind and key; only columns in which something stands.
pub(super) fn table(source: &Source<'_>, mut rows: Vec<Row>) -> String {
    let file = source.file.rsplit(['/', '\\']).next().unwrap_or(source.file);
    rows.sort_by(|a, b| (a.kind, &a.key, &a.label).cmp(&(b.kind, &b.key, &b.label)));
    format!(
        "# Made by `urbi lexicon import` from {}; an import of the same name replaces it.\n{}",
        cell(file),
        text(&rows)
    )
}

fn text(rows: &[Row]) -> String {
    let lines: Vec<[String; COLUMNS.len()]> = rows.iter().map(cells).collect();
    let used: Vec<usize> =
        (0..COLUMNS.len()).filter(|at| *at < 3 || lines.iter().any(|line| !line[*at].is_empty())).collect();
    let mut text = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        // Infallible: writing to a string does not fail.
        let _ = writeln!(text, "{}", cells.collect::<Vec<_>>().join("\t"));
    };
    line(&mut used.iter().map(|at| COLUMNS[*at]));
    for cells in &lines {
        line(&mut used.iter().map(|at| cells[*at].as_str()));
    }
    text
}

/// The cells of an entry, in the order of the columns.
fn cells(row: &Row) -> [String; COLUMNS.len()] {
    let (full, acronyms) = row.names.split_at(row.names.len() - row.acronyms);
    let links = |kind: LinkKind| row.links.iter().filter(move |(k, _)| *k == kind).map(|(_, iri)| iri.as_str());
    let wikidata = links(LinkKind::Same).find_map(|iri| iri.strip_prefix(WIKIDATA)).unwrap_or_default();
    let same = links(LinkKind::Same).filter(|iri| iri.strip_prefix(WIKIDATA) != Some(wikidata));
    let own_country = !matches!(row.kind, Kind::Country | Kind::Demonym);
    let degrees = |degrees: Option<f64>| degrees.map(|d| d.to_string()).unwrap_or_default();
    [
        row.kind.name().to_owned(),
        cell(&row.key),
        cell(&row.label),
        list(full.iter().map(String::as_str)),
        list(acronyms.iter().map(String::as_str)),
        if own_country { cell(&row.country) } else { String::new() },
        cell(&row.admin1),
        if row.population > 0 { row.population.to_string() } else { String::new() },
        degrees(row.position.map(|(lat, _)| lat)),
        degrees(row.position.map(|(_, long)| long)),
        cell(&row.capital),
        String::new(),
        wikidata.to_owned(),
        list(links(LinkKind::Homepage)),
        cell(&row.source),
        list(same),
        list(links(LinkKind::Exact)),
        list(links(LinkKind::Close)),
    ]
}

fn list<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    parts.map(|part| cell(&part.replace('|', " "))).collect::<Vec<_>>().join("|")
}

/// Text without what would end a cell.
fn cell(text: &str) -> String {
    text.split(char::is_whitespace).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A table with one line more: `cells` are column and content. A line of the same kind and key is replaced. `file` and
/// `earlier` are name and content of the table so far; kind and key may be left open as in an import.
///
/// # Errors
/// If the table so far cannot be read, or the cells make no entry.
pub fn table_of_line(
    file: &str,
    earlier: &str,
    cells: &[(&str, &str)],
    profile: &Profile,
) -> Result<(String, Kind, String), LexiconError> {
    let mut line = [""; COLUMNS.len()];
    for (column, content) in cells {
        let at = COLUMNS.iter().position(|known| known == column);
        line[at.ok_or_else(|| problem(file, 1, format!("there is no column `{column}`")))?] = content;
    }
    if let Some((column, _)) = cells.iter().find(|(_, content)| content.contains(['\t', '\n', '\r'])) {
        return Err(problem(file, 1, format!("a tab or line break cannot stand in `{column}`")));
    }
    let mut rows = Vec::new();
    table::read(file, earlier, &mut rows)?;
    let dataset = file.rsplit(['/', '\\']).next().unwrap_or(file).trim_end_matches(".tsv");
    let row =
        complete(dataset, None, &Lexicon::load(profile)?, line).map_err(|what| problem(file, rows.len() + 2, what))?;
    let (kind, key) = (row.kind, row.key.clone());
    match rows.iter().position(|other| other.kind == kind && other.key == key) {
        Some(at) => rows[at] = row,
        None => rows.push(row),
    }
    Ok((text(&rows), kind, key))
}
