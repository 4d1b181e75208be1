//! What the entries of a lexicon are, one by one: to tell, when names have changed, which texts that can touch.
//!
//! An entry is found by its names and in no other way, so that it cannot matter to a text in which none of them stands.
//! Exceptions, which can touch any text: countries, regions and demonyms, which other entries lead to; the places of the
//! compiled file, whose names are not listed here; and the words that are no names by themselves.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{LexiconError, entry::Kind, key::Keys, paths, places::Places, read, table::Row};
use crate::profile::Profile;

/// Files whose change can touch any text.
const FIXED: [&str; 3] = ["data/lexicon/places.bin", "data/lexicon/stopwords.txt", "data/lexicon/given-names.txt"];

/// What the lexicon of a profile is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LexiconIdentity {
    /// A hash of what can touch any text.
    fixed: String,
    rows: Vec<RowIdentity>,
}

/// What one line of a table is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct RowIdentity {
    kind: String,
    key: String,
    hash: String,
    /// As they are looked up: folded words with a blank between.
    names: Vec<String>,
    /// The first of them is its main name.
    is_reached_by_others: bool,
}

/// Names that decide whether a text can be touched by a change of the lexicon.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LexiconChange {
    names: BTreeSet<String>,
}

impl LexiconChange {
    /// Whether a text with these words (folded) may be read differently.
    pub fn may_touch(&self, has: &dyn Fn(&str) -> bool) -> bool {
        self.names.iter().any(|name| name.split(' ').all(has))
    }

    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

impl LexiconIdentity {
    /// What the lexicon of a profile is.
    ///
    /// # Errors
    /// If a file of it cannot be read.
    pub fn of(profile: &Profile) -> Result<LexiconIdentity, LexiconError> {
        let mut fixed = Sha256::new();
        for path in FIXED {
            if let Some(file) = profile.file(path) {
                fixed.update(file.digest());
            }
        }
        let places = profile.file(FIXED[0]).map(|bytes| Places::new(&bytes)).transpose()?;
        let mut input = Vec::new();
        for path in paths(profile) {
            read(profile, path, &mut input)?;
        }
        let mut keys = Keys::default();
        let rows = input.iter().map(|row| identity(row, places.as_ref(), &mut keys)).collect();
        Ok(LexiconIdentity { fixed: hex(fixed.finalize().as_slice()), rows })
    }

    /// What has changed since `old`; None if that can touch any text.
    pub fn since(&self, old: &LexiconIdentity) -> Option<LexiconChange> {
        let (now, then): (BTreeSet<&RowIdentity>, BTreeSet<&RowIdentity>) =
            (self.rows.iter().collect(), old.rows.iter().collect());
        let kept = |rows: &[RowIdentity], others: &BTreeSet<&RowIdentity>| -> Vec<(String, String)> {
            let kept = rows.iter().filter(|row| others.contains(row));
            kept.map(|row| (row.key.clone(), row.hash.clone())).collect()
        };
        // Between entries of one name, the order of the tables may decide.
        if self.fixed != old.fixed || kept(&self.rows, &then) != kept(&old.rows, &now) {
            return None;
        }
        let changed: Vec<&RowIdentity> = now.symmetric_difference(&then).copied().collect();
        if changed.iter().any(|row| row.is_reached_by_others) {
            return None;
        }
        // Lines of one entry are one entry.
        let mut of_entry: BTreeMap<(&str, &str), Vec<&RowIdentity>> = BTreeMap::new();
        for row in now.union(&then) {
            of_entry.entry((&row.kind, &row.key)).or_default().push(row);
        }
        let entries: BTreeSet<(&str, &str)> = changed.iter().map(|row| (row.kind.as_str(), row.key.as_str())).collect();
        let same = entries.iter().filter_map(|entry| of_entry.get(entry)).flatten();
        let mut names: BTreeSet<String> = same.flat_map(|row| row.names.iter().cloned()).collect();
        // An entity that the lexicon knows by another name has its main name too, which is looked up again.
        let reached: Vec<String> = now
            .union(&then)
            .filter(|row| row.names.first().is_some_and(|label| names.contains(label)))
            .flat_map(|row| of_entry.get(&(row.kind.as_str(), row.key.as_str())).into_iter().flatten())
            .flat_map(|row| row.names.iter().cloned())
            .collect();
        names.extend(reached);
        Some(LexiconChange { names })
    }
}

fn identity(row: &Row, places: Option<&Places>, keys: &mut Keys) -> RowIdentity {
    let all = std::iter::once(&row.label).chain(&row.names);
    let names = all.filter_map(|name| keys.key(name).map(str::to_owned)).collect();
    let is_place = || row.key.parse().ok().and_then(|id| places?.find(id)).is_some();
    let is_reached_by_others = match row.kind {
        Kind::Country | Kind::Region | Kind::Demonym => true,
        Kind::City => is_place(),
        _ => false,
    };
    let bare = Row { line: 0, ..row.clone() };
    RowIdentity {
        kind: row.kind.name().to_owned(),
        key: row.key.clone(),
        hash: hex(&Sha256::digest(format!("{bare:?}"))),
        names,
        is_reached_by_others,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
