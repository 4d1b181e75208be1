//! From the list of places to the compiled file.
//!
//! GeoNames' alternate names are a mixed bag: airport codes, links, transliterations that nobody writes. What would
//! only do harm in running text is left out here, so that the list itself stays as its source gives it.

use std::collections::{BTreeMap, BTreeSet};

use super::LexiconError;
use super::entry::{EntryId, Hit, Kind};
use super::index::{self, Posting};
use super::key::Keys;
use super::places::{MAGIC, NOWHERE, RECORD};
use super::table;
use super::words::{Verdict, Words};

/// Compiles the list of places into the file that the lexicon loads. The same input gives the same bytes.
///
/// `places` is what `make_places.py` writes: tab-separated, without a head, by rising GeoNames id; the columns are id,
/// kind, name, country, admin1, latitude, longitude, population, other names (separated by `|`). `countries` is the
/// table of countries: a city keeps no alternate name that is a country's ("Mexico" for Mexico City). `stopwords` is
/// the list of ordinary words.
///
/// # Errors
/// [`LexiconError::Table`] names the line that cannot be read.
pub fn compile(places: &str, countries: &str, stopwords: &str) -> Result<Vec<u8>, LexiconError> {
    let words = Words::new(stopwords);
    let mut keys = Keys::default();
    let countries = country_keys(countries, &mut keys)?;
    let mut names: BTreeMap<String, Vec<(u32, Posting)>> = BTreeMap::new();
    let mut records = Vec::new();
    let (mut labels, mut codes) = (Strings::default(), Strings::default());
    let mut before = 0;
    for (line, text) in places.lines().enumerate() {
        let problem =
            |what: &str| LexiconError::Table { file: "places.tsv".to_owned(), line: line + 1, what: what.to_owned() };
        let cells: Vec<&str> = text.split('\t').collect();
        let &[id, kind, name, country, admin1, lat, long, population, others] = &cells[..] else {
            return Err(problem("a place has nine cells"));
        };
        let id: u32 = id.parse().map_err(|_| problem("the id is no number"))?;
        if line > 0 && id <= before {
            return Err(problem("places must come by rising id"));
        }
        before = id;
        let kind = Kind::from_name(kind).ok_or_else(|| problem("there is no such kind"))?;
        let population: u32 = population.parse().map_err(|_| problem("the population is no number"))?;
        let entry = EntryId::place(records.len() / RECORD);
        let len = |text: &str| u8::try_from(text.len()).map_err(|_| problem("a name or code is too long"));
        let code_at = codes.add(&[&[len(admin1)?], admin1.as_bytes()].concat());
        records.extend(id.to_le_bytes());
        records.extend(population.to_le_bytes());
        for degrees in [lat, long] {
            let units = match degrees {
                "" => NOWHERE,
                _ => (degrees.parse::<f64>().map_err(|_| problem("a coordinate is no number"))? * 1e5).round() as i32,
            };
            records.extend(units.to_le_bytes());
        }
        records.extend(labels.add(name.as_bytes()).to_le_bytes());
        records.extend([len(name)?, kind as u8]);
        records.extend(<[u8; 2]>::try_from(country.as_bytes()).map_err(|_| problem("the country has two letters"))?);
        records.extend(u16::try_from(code_at).map_err(|_| problem("there are too many codes"))?.to_le_bytes());

        let mut own = BTreeMap::new();
        let main = keys.key(name).unwrap_or_default().to_owned();
        add(&mut own, &main, true, false, words.judge(&main, true, population));
        for other in abbreviated(name).iter().map(String::as_str).chain(others.split('|')) {
            let Some(acronym) = usable(other, population) else { continue };
            let Some(key) = keys.key(other) else { continue };
            if key == main || countries.contains(key) {
                continue;
            }
            add(&mut own, key, false, acronym, words.judge(key, false, population));
        }
        for (key, (primary, common_word, acronym)) in own {
            let posting = Posting::new(Hit { entry, primary, common_word, acronym });
            names.entry(key).or_default().push((population, posting));
        }
    }
    let names = names.into_iter().map(|(key, mut list)| {
        list.sort_by_key(|(population, posting)| (std::cmp::Reverse(*population), posting.hit().entry));
        (key, list.into_iter().map(|(_, posting)| posting).collect())
    });
    let (fst, postings) = index::write(&names.collect())?;
    let mut file = MAGIC.to_vec();
    let sections = [fst, postings, records, labels.bytes, codes.bytes];
    file.extend(sections.iter().flat_map(|s| (s.len() as u64).to_le_bytes()));
    sections.iter().for_each(|s| file.extend(s));
    Ok(file)
}

type Names = BTreeMap<String, (bool, bool, bool)>;

fn add(own: &mut Names, key: &str, primary: bool, acronym: bool, verdict: Verdict) {
    if verdict == Verdict::Drop || key.is_empty() {
        return;
    }
    let flags = (primary, verdict == Verdict::Doubtful, acronym);
    own.entry(key.to_owned())
        // A name that is also written otherwise ("Ho", "HO") does not demand upper case.
        .and_modify(|(_, _, old)| *old &= acronym)
        .or_insert(flags);
}

fn country_keys(table: &str, keys: &mut Keys) -> Result<BTreeSet<String>, LexiconError> {
    let mut rows = Vec::new();
    table::read("countries.tsv", table, &mut rows)?;
    let names = rows.iter().flat_map(|row| std::iter::once(&row.label).chain(&row.names));
    Ok(names.filter_map(|name| keys.key(name).map(str::to_owned)).collect())
}

/// Names in other scripts than Latin are kept for places of so many inhabitants: the rules read Latin scripts, and the
/// names of all villages in all scripts would add a fifth to the file.
const FOREIGN: u32 = 15_000;

/// Whether an alternate name of a place is worth keeping, and then whether it is an acronym.
pub(crate) fn usable(name: &str, population: u32) -> Option<bool> {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let latin = letters().all(|c| (c as u32) < 0x250 || ('\u{1e00}'..='\u{1eff}').contains(&c));
    if letters().next().is_none() || name.contains("://") || name.len() > 100 {
        return None;
    }
    if !latin {
        return (population >= FOREIGN).then_some(false);
    }
    if !letters().any(char::is_uppercase) {
        return None; // a transliteration
    }
    let capitals = name.chars().all(|c| c.is_ascii_uppercase());
    match name.len() {
        ..=3 if capitals => None, // an airport's code
        ..=6 if capitals => Some(true),
        _ => Some(false),
    }
}

/// `St. Louis` for `Saint Louis`, `Mt. Isa` for `Mount Isa`, and the other way round.
fn abbreviated(name: &str) -> Option<String> {
    [("Saint ", "St "), ("St. ", "Saint "), ("St ", "Saint "), ("Mount ", "Mt "), ("Fort ", "Ft "), ("Sainte-", "Ste-")]
        .iter()
        .find_map(|(from, to)| name.strip_prefix(from).map(|rest| format!("{to}{rest}")))
}

/// Strings behind one another, each once.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    known: BTreeMap<Vec<u8>, u32>,
}

impl Strings {
    fn add(&mut self, text: &[u8]) -> u32 {
        if let Some(at) = self.known.get(text) {
            return *at;
        }
        let at = self.bytes.len() as u32;
        self.bytes.extend(text);
        self.known.insert(text.to_vec(), at);
        at
    }
}
