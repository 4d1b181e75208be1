//! The small tables: tab-separated, the first line names the columns, `#` starts a remark line.
//!
//! Columns, in any order, all but `kind`, `key` and `label` optional: `names` and `acronyms` (separated by `|`; an
//! acronym counts only in upper case), `country` (ISO alpha-2), `admin1` (GeoNames code), `population`, `lat`, `long`
//! (WGS84 degrees), `capital` (of a country, a GeoNames id), `geonames` (id), `wikidata` (Q…), `homepage` (IRI), `source` (dataset/id to cite), `same`, `exact` and
//! `close` (IRIs of the same thing, the same concept, nearly the same concept, separated by `|`).
//! A `City` row whose key is a place of the compiled file only adds names and links to that place.

use oxrdf::NamedNode;

use super::LexiconError;
use super::entry::{Kind, LinkKind};

/// What stands before the id in the IRI of a Wikidata item.
pub(crate) const WIKIDATA: &str = "http://www.wikidata.org/entity/";

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
    pub(crate) capital: String,
    pub(crate) links: Vec<(LinkKind, String)>,
    pub(crate) source: String,
    /// Where it stands in its file, from 1; 0 for themes.
    pub(crate) line: usize,
    /// It comes from the user's profile, not from the program.
    pub(crate) own: bool,
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
        capital: String::new(),
        links: Vec::new(),
        source: String::new(),
        line: 0,
        own: false,
    };
}

/// The columns of a table.
pub(crate) const COLUMNS: [&str; 18] = [
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
    "capital",
    "geonames",
    "wikidata",
    "homepage",
    "source",
    "same",
    "exact",
    "close",
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
        let row = row(file, cells).map_err(|what| problem(line, what))?;
        rows.push(Row { line: line + 1, ..row });
    }
    Ok(())
}

/// The entry of a line; `file` is the dataset to cite. The error says what is wrong with it.
pub(crate) fn row(file: &str, cells: [&str; COLUMNS.len()]) -> Result<Row, String> {
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
        capital,
        geonames,
        wikidata,
        homepage,
        source,
        same,
        exact,
        close,
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
    row.capital = capital.to_owned();
    row.population = match population {
        "" => 0,
        n => n.parse().map_err(|_| format!("`{n}` is no number of inhabitants"))?,
    };
    row.position = degrees(lat, 90.0)?.zip(degrees(long, 180.0)?);
    if !wikidata.is_empty() {
        row.links.push((LinkKind::Same, format!("{WIKIDATA}{wikidata}")));
    }
    let iris =
        [(LinkKind::Homepage, homepage), (LinkKind::Same, same), (LinkKind::Exact, exact), (LinkKind::Close, close)];
    row.links.extend(iris.into_iter().flat_map(|(kind, iris)| list(iris).into_iter().map(move |iri| (kind, iri))));
    if let Some((_, iri)) = row.links.iter().find(|(_, iri)| NamedNode::new(iri.as_str()).is_err()) {
        return Err(format!("`{iri}` is no IRI"));
    }
    row.source = match (source, geonames, kind) {
        ("", "", Kind::City) => format!("geonames/{key}"),
        ("", "", _) => format!("{}/{key}", file.rsplit('/').next().unwrap_or(file).trim_end_matches(".tsv")),
        ("", id, _) => format!("geonames/{id}"),
        (source, ..) => source.to_owned(),
    };
    Ok(row)
}
