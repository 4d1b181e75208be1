//! Names of the world and what they may mean: places, countries, organizations, conference series, themes.
//!
//! The lexicon identifies names and gives authority keys, countries, coordinates and links. It holds no editions, dates,
//! hosts or themes of conferences: those are what announcements say. It does not decide between homonyms (a later stage
//! has the context for that) and does not look at case; where case matters, a hit says so.
//!
//! Two parts are looked up together. The places of 500 inhabitants or more lie in one compiled file that is used as it
//! is, because building an automaton of a million names takes seconds; see [`compile`]. All else is in small tables
//! that are read at load, so that a name is added by adding a line.

mod compile;
mod entry;
mod identity;
pub mod import;
mod index;
mod key;
mod origin;
mod places;
mod rows;
mod search;
mod sorted;
mod table;
mod themes;
mod walk;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use rustc_hash::FxHashSet;

pub use compile::compile;
pub use entry::{Entry, EntryId, Hit, Kind, LinkKind};
pub use identity::{LexiconChange, LexiconIdentity};
pub use origin::{Origin, origins};
pub use search::Found;
pub use walk::{Hits, Match, Walk};

use entry::Id;
use places::Places;
use rows::Rows;

use crate::profile::{Profile, ProfileError};

/// Why a lexicon cannot be compiled or loaded.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// A table has a line that cannot be read.
    #[error("{file}, line {line}: {what}")]
    Table {
        /// The file as the profile names it.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong, and what would be right.
        what: String,
    },
    /// The themes are no Turtle.
    #[error("{file}: {source}")]
    Themes {
        /// The file as the profile names it.
        file: String,
        /// What the Turtle reader says, with the place.
        source: Box<oxttl::TurtleSyntaxError>,
    },
    /// A file of the profile is missing or is no text.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The compiled places are damaged or of another version of the program.
    #[error("lexicon/places.bin is no list of places compiled by this version: compile it again")]
    NotCompiled,
    /// The automaton is damaged.
    #[error("lexicon/places.bin holds a damaged automaton: compile it again")]
    Automaton(#[source] fst::Error),
}

/// The names and entries of a profile. Cloning is cheap, and clones share all.
#[derive(Clone)]
pub struct Lexicon {
    shared: Arc<Shared>,
}

struct Shared {
    places: Places,
    rows: Rows,
    given: FxHashSet<Box<str>>,
}

impl Lexicon {
    /// The lexicon that the program carries.
    ///
    /// # Errors
    /// None, unless a file was damaged before the program was built.
    pub fn embedded() -> Result<Lexicon, LexiconError> {
        Lexicon::load(&Profile::embedded())
    }

    /// The lexicon of a profile: its `data/lexicon/places.bin`, all tables (`.tsv`, read in the order of their names)
    /// and themes (`.ttl`) there, those of the user's folder last, `stopwords.txt` and `given-names.txt`.
    ///
    /// # Errors
    /// If a file is missing or is not what it should be; the message names the file and the line.
    pub fn load(profile: &Profile) -> Result<Lexicon, LexiconError> {
        let missing = || ProfileError::Missing("data/lexicon/places.bin".to_owned());
        let places = Places::new(&profile.file("data/lexicon/places.bin").ok_or_else(missing)?)?;
        let mut input = Vec::new();
        for path in paths(profile) {
            read(profile, path, &mut input)?;
        }
        let stopwords = words::Words::new(profile.text("data/lexicon/stopwords.txt")?);
        let given = profile.text("data/lexicon/given-names.txt")?.lines();
        let given = given.filter(|line| !line.is_empty() && !line.starts_with('#')).map(Box::from).collect();
        let rows = Rows::new(input, &places, &stopwords);
        Ok(Lexicon { shared: Arc::new(Shared { places, rows, given }) })
    }

    pub(crate) fn places(&self) -> &Places {
        &self.shared.places
    }

    pub(crate) fn rows(&self) -> &Rows {
        &self.shared.rows
    }

    /// The inhabitants of an entry; 0 where unknown or meaningless.
    pub fn population(&self, id: EntryId) -> u32 {
        match id.split() {
            Ok(row) => self.rows().get(row).map_or(0, |r| r.population),
            Err(place) => self.places().population(place),
        }
    }

    /// How many entries there are.
    #[expect(clippy::len_without_is_empty, reason = "no lexicon is empty")]
    pub fn len(&self) -> usize {
        self.places().len() + self.rows().len()
    }

    /// A walk over the names that start at one token.
    pub fn walk(&self) -> Walk<'_> {
        Walk::new(self)
    }

    /// Every name at the start of `folded_tokens`, shortest first.
    pub fn all_prefixes<'l: 'i, 't: 'i, 'i>(
        &'l self,
        folded_tokens: impl IntoIterator<Item = &'t str> + 'i,
    ) -> impl Iterator<Item = Match<'l>> + 'i {
        let mut walk = self.walk();
        let steps = folded_tokens.into_iter().map_while(move |token| walk.push(token).then(|| walk.hits()));
        steps.enumerate().filter_map(|(i, hits)| hits.map(|hits| Match { tokens: i + 1, hits }))
    }

    /// The longest name at the start of `folded_tokens`.
    pub fn longest<'t>(&self, folded_tokens: impl IntoIterator<Item = &'t str>) -> Option<Match<'_>> {
        let mut longest = None;
        let mut walk = self.walk();
        for (i, token) in folded_tokens.into_iter().enumerate() {
            if !walk.push(token) {
                break;
            }
            longest = walk.hits().map(|hits| Match { tokens: i + 1, hits }).or(longest);
        }
        longest
    }

    /// What `name` may mean, by falling population; the name is folded here.
    pub fn hits(&self, name: &str) -> Vec<Hit> {
        let mut keys = key::Keys::default();
        let Some(key) = keys.key(name) else { return Vec::new() };
        let mut walk = self.walk();
        let known = key.split(' ').all(|token| walk.push(token));
        known.then(|| walk.hits()).flatten().map(|hits| hits.iter().collect()).unwrap_or_default()
    }

    /// The entry of an id that this lexicon gave. An id of another lexicon gives some other entry, or an empty one.
    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        let place = match id.split() {
            Ok(row) => return self.rows().get(row).map_or_else(nothing, row_entry),
            Err(place) => self.places().get(place),
        };
        place.map_or_else(nothing, |place| Entry {
            kind: place.kind,
            label: place.label,
            country: Some(place.country),
            admin1: Some(place.admin1).filter(|code| !code.is_empty()),
            population: place.population,
            position: place.position,
            id: Id::Place(place.id),
            links: self.rows().links(id),
            names: &[],
        })
    }

    /// What an entry is: quicker than the whole of it.
    pub fn kind(&self, id: EntryId) -> Kind {
        let kind = match id.split() {
            Ok(row) => self.rows().get(row).map(|row| row.kind),
            Err(place) => self.places().kind(place),
        };
        kind.unwrap_or(NOTHING.kind)
    }

    /// The entry of that kind and key.
    pub fn find(&self, kind: Kind, key: &str) -> Option<EntryId> {
        let row = self.rows().find(kind, key).map(EntryId::row);
        row.or_else(|| {
            let place = EntryId::place(self.places().find(key.parse().ok()?)?);
            (self.entry(place).kind == kind).then_some(place)
        })
    }

    /// The country of that ISO 3166-1 alpha-2 code.
    pub fn country(&self, iso2: &str) -> Option<EntryId> {
        self.find(Kind::Country, iso2)
    }

    /// The capital of the country of that ISO 3166-1 alpha-2 code.
    pub fn capital(&self, iso2: &str) -> Option<EntryId> {
        let row = self.rows().get(self.rows().find(Kind::Country, iso2)?)?;
        self.find(Kind::City, &row.capital)
    }

    /// Whether the folded word is a usual given name somewhere in the world.
    pub fn is_given_name(&self, folded: &str) -> bool {
        self.shared.given.contains(folded)
    }
}

/// The files of entries of a profile, in the order in which they are read: what comes later adds and replaces.
fn paths(profile: &Profile) -> Vec<&str> {
    let files = ["tsv", "ttl"].into_iter().flat_map(|ending| profile.files("data/lexicon", ending));
    let mut paths: Vec<&str> = files.map(|(path, _)| path).collect();
    paths.sort_by_key(|path| profile.is_own(path));
    paths
}

/// Appends the entries of one of [`paths`].
fn read(profile: &Profile, path: &str, rows: &mut Vec<table::Row>) -> Result<(), LexiconError> {
    let first = rows.len();
    let (place, text) = (profile.place(path), profile.text(path)?);
    match path.ends_with(".tsv") {
        true => table::read(&place, text, rows)?,
        false => themes::read(&place, text, rows)?,
    }
    let own = profile.is_own(path);
    rows[first..].iter_mut().for_each(|row| row.own = own);
    Ok(())
}

fn nothing<'a>() -> Entry<'a> {
    row_entry(&NOTHING)
}

/// Stands for what a damaged file does not give.
static NOTHING: table::Row = table::Row::EMPTY;

fn row_entry(row: &table::Row) -> Entry<'_> {
    Entry {
        kind: row.kind,
        label: &row.label,
        country: Some(row.country.as_str()).filter(|code| !code.is_empty()),
        admin1: Some(row.admin1.as_str()).filter(|code| !code.is_empty()),
        population: row.population,
        position: row.position,
        id: Id::Row { key: &row.key, source: &row.source },
        links: &row.links,
        names: &row.names,
    }
}
