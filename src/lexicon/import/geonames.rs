//! Dumps of GeoNames: nineteen cells a line, as `readme.txt` beside them says, and `alternateNames.txt` with more names.
//!
//! Populated places become cities and first-level divisions regions; all else is left out. What the compiled places have
//! is not repeated, and names that the compiler of places would leave out are left out here, too.

use std::collections::{BTreeMap, BTreeSet};

use super::{Read, Source, problem, utf8};
use crate::lexicon::compile::usable;
use crate::lexicon::entry::{Kind, LinkKind};
use crate::lexicon::key::Keys;
use crate::lexicon::table::{Row, WIKIDATA};
use crate::lexicon::words::{Verdict, Words};
use crate::lexicon::{Lexicon, LexiconError};

/// Cells of a line of a dump.
const CELLS: usize = 19;

/// Whether the first line looks like one of a dump.
pub(super) fn is_dump(head: &str) -> bool {
    let cells: Vec<&str> = head.lines().next().unwrap_or_default().split('\t').collect();
    cells.len() == CELLS && cells[0].parse::<u32>().is_ok()
}

/// More names of a place, and its Wikidata item.
#[derive(Default)]
struct More<'a> {
    names: Vec<&'a str>,
    wikidata: Option<&'a str>,
}

pub(super) fn read(source: &Source<'_>, lexicon: &Lexicon, stopwords: &str) -> Result<Read, LexiconError> {
    let text = utf8(source.file, source.bytes)?;
    let more = source.alternate_names.map(|(file, bytes)| alternate_names(file, bytes, source.languages));
    let more = more.transpose()?.unwrap_or_default();
    let words = Words::new(stopwords);
    let mut keys = Keys::default();
    let (mut rows, mut other, mut ordinary, mut known) = (Vec::new(), 0, 0, 0);
    for (line, text) in text.lines().enumerate() {
        let cells: Vec<&str> = text.split('\t').collect();
        let wrong = |what: String| problem(source.file, line + 1, what);
        if cells.len() != CELLS {
            return Err(wrong(format!("a line of GeoNames has {CELLS} cells, and this one {}", cells.len())));
        }
        let id: u32 = cells[0].parse().map_err(|_| wrong(format!("`{}` is no GeoNames id", cells[0])))?;
        let kind = match (cells[6], cells[7]) {
            ("P", code) if !matches!(code, "PPLH" | "PPLQ" | "PPLW" | "PPLCH") => Kind::City,
            ("A", "ADM1") => Kind::Region,
            _ => {
                other += 1;
                continue;
            }
        };
        let population =
            cells[14].parse::<u64>().map_err(|_| wrong(format!("`{}` is no number of inhabitants", cells[14])))?;
        let population = u32::try_from(population).unwrap_or(u32::MAX);
        let degrees = |text: &str| text.parse::<f64>().map_err(|_| wrong(format!("`{text}` is no coordinate")));
        let position = Some((degrees(cells[4])?, degrees(cells[5])?));
        let name = cells[1];
        if words.judge(keys.key(name).unwrap_or_default(), true, population) == Verdict::Drop {
            ordinary += 1;
            continue;
        }
        let more = more.get(&id);
        let others = cells[3].split(',').filter(|name| usable(name, population).is_some());
        let others = others.chain(more.into_iter().flat_map(|more| more.names.iter().copied()));
        let mut row =
            Row { kind, key: id.to_string(), label: name.to_owned(), country: cells[8].to_owned(), ..Row::EMPTY };
        row.source = format!("geonames/{id}");
        row.admin1 = cells[10].to_owned();
        (row.population, row.position) = (population, position);
        let entry = lexicon.find(kind, &row.key);
        let is_known = |name: &str| entry.is_some_and(|entry| lexicon.hits(name).iter().any(|hit| hit.entry == entry));
        let mut seen = BTreeSet::from([keys.key(name).unwrap_or_default().to_owned()]);
        for other in others {
            let Some(key) = keys.key(other) else { continue };
            let dropped = words.judge(key, false, population) == Verdict::Drop;
            if !dropped && seen.insert(key.to_owned()) && !is_known(other) {
                let acronym = usable(other, population) == Some(true);
                let at = if acronym { row.names.len() } else { row.names.len() - row.acronyms };
                row.names.insert(at, other.to_owned());
                row.acronyms += usize::from(acronym);
            }
        }
        let link = more.and_then(|more| more.wikidata).map(|id| (LinkKind::Same, format!("{WIKIDATA}{id}")));
        row.links.extend(link);
        if is_known(name) && row.names.is_empty() && row.links.is_empty() {
            known += 1;
            continue;
        }
        rows.push(row);
    }
    let left_out = vec![
        ("places that the lexicon has with all these names", known),
        ("places whose name is an ordinary word", ordinary),
        ("lines that are neither a town nor a first-level division", other),
    ];
    Ok(Read { rows, left_out })
}

/// The names of `alternateNames.txt` by place: in the languages wanted, no codes, nothing colloquial or historic.
fn alternate_names<'a>(
    file: &str,
    bytes: &'a [u8],
    languages: &[String],
) -> Result<BTreeMap<u32, More<'a>>, LexiconError> {
    let mut more: BTreeMap<u32, More<'a>> = BTreeMap::new();
    for (line, text) in utf8(file, bytes)?.lines().enumerate() {
        let cells: Vec<&str> = text.split('\t').collect();
        let [_, id, language, name, rest @ ..] = &cells[..] else {
            return Err(problem(file, line + 1, "a line of alternate names has at least four cells"));
        };
        let id = id.parse().map_err(|_| problem(file, line + 1, format!("`{id}` is no GeoNames id")))?;
        if rest.iter().skip(2).take(2).any(|flag| *flag == "1") {
            continue;
        }
        match *language {
            "wkdt" => more.entry(id).or_default().wikidata = Some(name),
            // Post codes, airports, links and the like have codes of four letters or more.
            language if language.len() > 3 && !language.contains('-') => {}
            language if language.is_empty() || super::skos::is_wanted(language, languages) => {
                more.entry(id).or_default().names.push(name);
            }
            _ => {}
        }
    }
    Ok(more)
}
