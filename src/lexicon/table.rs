//! The small tables: tab-separated, the first line names the columns, `#` starts a remark line.
//!
//! Columns, in any order, all but `kind`, `key` and `label` optional: `names` and `acronyms` (separated by `|`; an
//! acronym counts only in upper case), `country` (ISO alpha-2), `admin1` (GeoNames code), `population`, `lat`, `long`
//! (WGS84 degrees), `geonames` (id), `wikidata` (Q…), `homepage` (IRI), `source` (dataset/id to cite).
//! A `City` row whose key is a place of the compiled file only adds names and links to that place.

use super::LexiconError;
use super::entry::{Kind, LinkKind};

/// An entry of a table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) kind: Kind,
    pub(crate) key: String,
    pub(crate) label: String,
    pub(crate) names: Vec<String>,
    /// How many of `names`, at their end, are acronyms.
    pub(crate) acronyms: usize,
    pub(crate) country: String,
    pub(crate) admin1: String,
    pub(crate) population: u32,
    pub(crate) position: Option<(f64, f64)>,
    pub(crate) links: Vec<(LinkKind, String)>,
    pub(crate) source: String,
}

impl Row {
    pub(crate) const EMPTY: Row = Row {
        kind: Kind::Region,
        key: String::new(),
        label: String::new(),
        names: Vec::new(),
        acronyms: 0,
        country: String::new(),
        admin1: String::new(),
        population: 0,
        position: None,
        links: Vec::new(),
        source: String::new(),
    };
}

const COLUMNS: [&str; 14] = [
    "kind",
    "key",
    "label",
    "names",
    "acronyms",
    "country",
    "admin1",
    "population",
    "lat",
    "long",
    "geonames",
    "wikidata",
    "homepage",
    "source",
];

/// Appends the rows of the table `text`; `file` is its name, for messages and as the dataset to cite.
pub(crate) fn read(file: &str, text: &str, rows: &mut Vec<Row>) -> Result<(), LexiconError> {
    let problem = |line: usize, what: String| LexiconError::Table { file: file.to_owned(), line: line + 1, what };
    let mut lines = text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
    let Some((line, head)) = lines.next() else { return Ok(()) };
    let mut columns = Vec::new();
    for name in head.split('\t') {
        let column = COLUMNS.iter().position(|c| *c == name);
        columns.push(column.ok_or_else(|| {
            problem(line, format!("there is no column `{name}`; the columns are {}", COLUMNS.join(", ")))
        })?);
    }
    for (line, text) in lines {
        let mut cells = [""; COLUMNS.len()];
        for (i, cell) in text.split('\t').enumerate() {
            let column = columns.get(i).ok_or_else(|| problem(line, "more cells than columns".to_owned()))?;
            cells[*column] = cell.trim();
        }
        rows.push(row(file, cells).map_err(|what| problem(line, what))?);
    }
    Ok(())
}

fn row(file: &str, cells: [&str; COLUMNS.len()]) -> Result<Row, String> {
    let [
        kind,
        key,
        label,
        names,
        acronyms,
        country,
        admin1,
        population,
        lat,
        long,
        geonames,
        wikidata,
        homepage,
        source,
    ] = cells;
    let kind = Kind::from_name(kind)
        .ok_or_else(|| format!("`{kind}` is no kind; the kinds are {}", Kind::ALL.map(Kind::name).join(", ")))?;
    if key.is_empty() || label.is_empty() {
        return Err("a row needs a key and a label".to_owned());
    }
    let degrees = |text: &str, limit: f64| match text {
        "" => Ok(None),
        _ => match text.parse::<f64>() {
            Ok(n) if n.abs() <= limit => Ok(Some(n)),
            _ => Err(format!("`{text}` is no coordinate in degrees within {limit}")),
        },
    };
    let list = |text: &str| -> Vec<String> {
        text.split('|').map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect()
    };
    let acronyms = list(acronyms);
    let mut row = Row { kind, acronyms: acronyms.len(), names: list(names), ..Row::EMPTY };
    row.names.extend(acronyms);
    row.key = key.to_owned();
    row.label = label.to_owned();
    row.country = if kind == Kind::Country || kind == Kind::Demonym { key } else { country }.to_owned();
    row.admin1 = admin1.to_owned();
    row.population = match population {
        "" => 0,
        n => n.parse().map_err(|_| format!("`{n}` is no number of inhabitants"))?,
    };
    row.position = degrees(lat, 90.0)?.zip(degrees(long, 180.0)?);
    if !wikidata.is_empty() {
        row.links.push((LinkKind::Same, format!("http://www.wikidata.org/entity/{wikidata}")));
    }
    if !homepage.is_empty() {
        row.links.push((LinkKind::Homepage, homepage.to_owned()));
    }
    row.source = match (source, geonames, kind) {
        ("", "", Kind::City) => format!("geonames/{key}"),
        ("", "", _) => format!("{}/{key}", file.rsplit('/').next().unwrap_or(file).trim_end_matches(".tsv")),
        ("", id, _) => format!("geonames/{id}"),
        (source, ..) => source.to_owned(),
    };
    Ok(row)
}
