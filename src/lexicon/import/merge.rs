//! Ties imported entries to those that the lexicon knows, and leaves out names that mean several of them.
//!
//! An entry that links to the same resource as a known one, or is called like the only known one of its kind, is that one:
//! it gives it names and links. For names of organizations and the like nothing in a text says which of two is meant (unlike
//! for towns, which lie in countries), and an honest "not known" beats a wrong link.

use std::collections::{BTreeMap, BTreeSet};

use super::Read;
use crate::lexicon::Lexicon;
use crate::lexicon::entry::{Entry, Kind, LinkKind};
use crate::lexicon::key::Keys;
use crate::lexicon::table::Row;

/// Letters that an acronym has at least.
const SHORTEST: usize = 3;

pub(super) fn merge(read: &mut Read, lexicon: &Lexicon) {
    let mut linked: BTreeMap<(Kind, &str), &str> = BTreeMap::new();
    for row in lexicon.rows().iter() {
        for (_, iri) in row.links.iter().filter(|(kind, _)| matches!(kind, LinkKind::Same | LinkKind::Exact)) {
            linked.insert((row.kind, iri), &row.key);
        }
    }
    for row in &mut read.rows {
        let by_link = row.links.iter().find_map(|(_, iri)| linked.get(&(row.kind, iri.as_str())));
        let key = by_link.map(|key| (*key).to_owned()).or_else(|| namesake(lexicon, row));
        let known = key.or_else(|| Some(row.key.clone())).and_then(|key| lexicon.find(row.kind, &key));
        if let Some(known) = known {
            adopt(row, &lexicon.entry(known));
        }
    }
    let (names, acronyms) = unclear(read, lexicon);
    let lost = read.rows.len();
    read.rows.retain(|row| !row.label.is_empty());
    read.left_out.push(("names that several entries share", names));
    read.left_out.push(("acronyms that are short, shared, or known for something else", acronyms));
    read.left_out.push(("entries whose only name several share", lost - read.rows.len()));
}

/// The key of the only known entry of that kind that is called like a row.
fn namesake(lexicon: &Lexicon, row: &Row) -> Option<String> {
    let hits = lexicon.hits(&row.label);
    let mut same = hits.iter().filter(|hit| !hit.acronym).map(|hit| lexicon.entry(hit.entry));
    let mut of_kind = same.by_ref().filter(|entry| entry.kind == row.kind);
    let first = of_kind.next()?;
    of_kind.next().is_none().then(|| first.key().into_owned())
}

/// Makes a row speak of a known entry: what it is called and cited by stays.
fn adopt(row: &mut Row, known: &Entry<'_>) {
    let label = std::mem::replace(&mut row.label, known.label.to_owned());
    if label != row.label && !row.names.contains(&label) {
        row.names.insert(0, label);
    }
    row.key = known.key().into_owned();
    row.source = known.source().into_owned();
}

/// Takes away what means several entries of one kind; a row whose label is unclear takes another name for it, and has none
/// if there is no other. How many names and acronyms that were.
fn unclear(read: &mut Read, lexicon: &Lexicon) -> (usize, usize) {
    let mut keys = Keys::default();
    let mut meant: BTreeMap<(Kind, String), BTreeSet<String>> = BTreeMap::new();
    for row in &read.rows {
        for name in std::iter::once(&row.label).chain(&row.names) {
            let Some(key) = keys.key(name) else { continue };
            meant.entry((row.kind, key.to_owned())).or_default().insert(row.key.clone());
        }
    }
    let (mut names, mut acronyms) = (0, 0);
    for row in &mut read.rows {
        let (kind, own) = (row.kind, row.key.clone());
        let mut is_clear = |name: &str, acronym: bool| {
            let Some(key) = keys.key(name) else { return false };
            let others = lexicon.hits(name).into_iter().map(|hit| lexicon.entry(hit.entry));
            let taken = others
                .filter(|entry| acronym || entry.kind == kind)
                .any(|entry| entry.kind != kind || entry.key() != own);
            let shared = meant.get(&(kind, key.to_owned())).is_some_and(|entries| entries.len() > 1);
            !taken && !shared && (!acronym || name.chars().count() >= SHORTEST)
        };
        let is_known = lexicon.find(kind, &own).is_some();
        let full = row.names.len() - row.acronyms;
        let mut kept: Vec<(String, bool)> =
            row.names.drain(..).enumerate().map(|(i, name)| (name, i >= full)).collect();
        kept.retain(|(name, acronym)| {
            let clear = is_clear(name, *acronym);
            names += usize::from(!clear && !acronym);
            acronyms += usize::from(!clear && *acronym);
            clear
        });
        if !is_known && !is_clear(&row.label, false) {
            names += 1;
            let next = kept.iter().position(|(_, acronym)| !acronym);
            row.label = next.map(|at| kept.remove(at).0).unwrap_or_default();
        }
        row.acronyms = kept.iter().filter(|(_, acronym)| *acronym).count();
        row.names = kept.into_iter().map(|(name, _)| name).collect();
    }
    (names, acronyms)
}
