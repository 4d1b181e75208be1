//! The table entries of a loaded lexicon.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::entry::{EntryId, Hit, Kind, LinkKind};
use super::key::Keys;
use super::places::Places;
use super::sorted::Sorted;
use super::table::Row;
use super::words::{Verdict, Words};

/// Entries of the tables with their names, built at load.
pub(crate) struct Rows {
    pub(crate) index: Sorted,
    rows: Vec<Row>,
    keys: BTreeMap<Kind, BTreeMap<String, usize>>,
    /// Links that tables add to compiled places.
    links: FxHashMap<EntryId, Vec<(LinkKind, String)>>,
}

impl Rows {
    /// Files the rows. A later row of the same kind and key adds names and links to the earlier one and replaces what
    /// else it states; a city that `places` has gets names and links.
    pub(crate) fn new(input: Vec<Row>, places: &Places, words: &Words<'_>) -> Rows {
        let mut rows: Vec<Row> = Vec::with_capacity(input.len());
        let mut keys: BTreeMap<Kind, BTreeMap<String, usize>> = BTreeMap::new();
        let mut links: FxHashMap<EntryId, Vec<(LinkKind, String)>> = FxHashMap::default();
        let mut names: BTreeMap<String, Vec<Hit>> = BTreeMap::new();
        let mut folder = Keys::default();
        for row in input {
            let place = match row.kind {
                Kind::City | Kind::Region => row
                    .key
                    .parse()
                    .ok()
                    .and_then(|id| places.find(id))
                    .filter(|index| places.kind(*index) == Some(row.kind)),
                _ => None,
            };
            let entry = match place {
                Some(index) => EntryId::place(index),
                None => EntryId::row(*keys.entry(row.kind).or_default().entry(row.key.clone()).or_insert(rows.len())),
            };
            let full = row.names.len() - row.acronyms;
            for (i, name) in std::iter::once(&row.label).chain(&row.names).enumerate() {
                let Some(key) = folder.key(name) else { continue };
                let (primary, acronym) = (i == 0 && place.is_none(), i > full);
                let common_word = words.judge(key, true, u32::MAX) == Verdict::Doubtful;
                let hit = Hit { entry, primary, common_word, acronym };
                let list = match names.get_mut(key) {
                    Some(list) => list,
                    None => names.entry(key.to_owned()).or_default(),
                };
                match list.iter_mut().find(|h| h.entry == entry) {
                    Some(known) => {
                        known.primary |= primary;
                        known.acronym &= acronym;
                    }
                    None => list.push(hit),
                }
            }
            match entry.split() {
                Err(_) => links.entry(entry).or_default().extend(row.links),
                Ok(index) if index == rows.len() => rows.push(row),
                Ok(index) => rows[index].replace(row),
            }
        }
        links.values_mut().for_each(|list| list.sort_unstable());
        let population = |entry: EntryId| match entry.split() {
            Ok(row) => rows[row].population,
            Err(place) => places.population(place),
        };
        let own = |entry: EntryId| entry.split().is_ok_and(|row| rows[row].own);
        names
            .values_mut()
            .for_each(|hits| hits.sort_by_key(|hit| (Reverse(population(hit.entry)), !own(hit.entry), hit.entry)));
        Rows { index: Sorted::new(names), rows, keys, links }
    }

    /// The row at `index`, which an entry id of this lexicon gave.
    pub(crate) fn get(&self, index: usize) -> Option<&Row> {
        self.rows.get(index)
    }

    /// The index of the row of that kind and key.
    pub(crate) fn find(&self, kind: Kind, key: &str) -> Option<usize> {
        self.keys.get(&kind)?.get(key).copied()
    }

    /// All rows.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// Links that tables add to a compiled place.
    pub(crate) fn links(&self, entry: EntryId) -> &[(LinkKind, String)] {
        self.links.get(&entry).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
}

impl Row {
    /// Takes what a later row of the same entry states.
    fn replace(&mut self, later: Row) {
        self.label = later.label;
        self.own = later.own;
        self.source = later.source;
        self.names.extend(later.names);
        self.links.extend(later.links);
        self.links.sort_unstable();
        self.links.dedup();
        if !later.country.is_empty() {
            self.country = later.country;
        }
        if !later.admin1.is_empty() {
            self.admin1 = later.admin1;
        }
        if !later.capital.is_empty() {
            self.capital = later.capital;
        }
        if later.population > 0 {
            self.population = later.population;
        }
        self.position = later.position.or(self.position);
    }
}
