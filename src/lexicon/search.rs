//! Looking for names by how they begin, for people.

use super::entry::Hit;
use super::{Lexicon, key};

/// Names that are looked at, at most: `a` begins a hundred thousand.
const LOOKED_AT: usize = 20_000;

/// A name that begins as was asked.
#[derive(Clone, Debug)]
pub struct Found {
    /// The name in its folded form.
    pub name: String,
    /// An entry that it may mean.
    pub hit: Hit,
}

impl Lexicon {
    /// Entries that have a name which begins with the words of `start`, the last of which may be unfinished: each once, those
    /// first that are called just so, then by falling population; at most `limit`, and how many more were seen.
    pub fn search(&self, start: &str, limit: usize) -> (Vec<Found>, usize) {
        let mut keys = key::Keys::default();
        let Some(start) = keys.key(start) else { return (Vec::new(), 0) };
        let rows = self.rows().index.beginning_with(start).take(LOOKED_AT).map(|(name, list)| (name.to_owned(), list));
        let places = self.places().index.beginning_with(start, LOOKED_AT);
        let mut found: Vec<Found> = rows
            .chain(places)
            .flat_map(|(name, list)| {
                let postings = (0..list.len()).filter_map(move |i| list.get(i));
                postings.map(move |posting| Found { name: name.clone(), hit: posting.hit() })
            })
            .collect();
        let rank = |found: &Found| {
            let population = std::cmp::Reverse(self.population(found.hit.entry));
            (found.name != start, population, found.name.len(), found.name.clone(), found.hit.entry)
        };
        found.sort_by_cached_key(rank);
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|found| seen.insert(found.hit.entry));
        let more = found.len().saturating_sub(limit);
        found.truncate(limit);
        (found, more)
    }
}
