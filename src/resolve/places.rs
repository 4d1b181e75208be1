//! Which of several places of one name is meant.
//!
//! Evidence, strongest first: a country or region that stands directly behind the name; the countries that the
//! announcement names, those of the sentence before those of the rest; the name spelled exactly so; inhabitants. One
//! name means one place within an announcement, unless a country behind it says otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::why::{Chosen, Weighed};
use crate::lexicon::{EntryId, Kind, Lexicon};
use crate::mention::{Finder, Mention, MentionId, Mentions};
use crate::rules::{Type, ValueType};
use crate::source::BlockKind;
use crate::text::Text;

/// How many of the places that were weighed are remembered.
const WEIGHED: usize = 5;

/// The entry that each lexicon mention means, and why; mentions that can mean none of theirs are not in it.
pub fn choose(text: &Text<'_>, lexicon: &Lexicon, mentions: &Mentions) -> BTreeMap<MentionId, (EntryId, Chosen)> {
    let mut chosen = BTreeMap::new();
    let countries = countries(text, lexicon, mentions);
    let mut by_name: BTreeMap<String, Vec<(MentionId, Vec<EntryId>)>> = BTreeMap::new();
    for (id, mention) in mentions.iter() {
        let Finder::Lexicon(entries) = &mention.finder else { continue };
        let is_city = entries.first().is_some_and(|e| lexicon.entry(*e).kind == Kind::City);
        if !is_city {
            chosen.extend(entries.first().map(|e| (id, (*e, Chosen::First))));
            continue;
        }
        match behind(text, lexicon, mentions, mention, entries) {
            Behind::City(entry, place) => {
                chosen.insert(id, (entry, Chosen::Behind(place)));
            }
            Behind::Nothing => {
                let name = text.slice(mention.tokens.clone()).to_lowercase();
                by_name.entry(name).or_default().push((id, entries.clone()));
            }
        }
    }
    let settled: BTreeMap<String, EntryId> = chosen
        .iter()
        .filter(|(_, (e, _))| lexicon.entry(*e).kind == Kind::City)
        .map(|(id, (e, _))| (text.slice(mentions.get(*id).tokens.clone()).to_lowercase(), *e))
        .collect();
    // Twice: the second time, the places that the first one chose speak for others of their countries.
    let mut neighbours: BTreeMap<&str, i64> = BTreeMap::new();
    for _ in 0..2 {
        let mut lying: BTreeMap<&str, i64> = BTreeMap::new();
        for (name, same) in &by_name {
            let settled = settled.get(name).map(|e| (*e, Chosen::Settled));
            let best = settled.or_else(|| {
                let sentences: BTreeSet<usize> =
                    same.iter().map(|(id, _)| text.sentence_of(mentions.get(*id).tokens.start)).collect();
                let written = same.first().map(|(id, _)| text.slice(mentions.get(*id).tokens.clone()))?;
                let entries = &same.first()?.1;
                let beside = |e: &EntryId| {
                    lexicon.entry(*e).country.and_then(|c| neighbours.get(c)).map_or(0, |n| 30 * n.min(&3))
                };
                weigh(lexicon, entries, &countries, &sentences, written, beside)
            });
            for (id, _) in same {
                chosen.extend(best.clone().map(|best| (*id, best)));
            }
            if let Some(country) = best.and_then(|(e, _)| lexicon.entry(e).country) {
                *lying.entry(country).or_default() += 1;
            }
        }
        // A place does not speak for itself.
        neighbours = lying.into_iter().map(|(country, n)| (country, n - 1)).collect();
    }
    chosen
}

/// The entry that a name means in an announcement that says nothing more: by inhabitants and exact spelling.
pub fn usual_place(lexicon: &Lexicon, name: &str, entries: &[EntryId]) -> Option<EntryId> {
    let nothing = (Countries::new(), BTreeSet::new());
    entries.iter().copied().max_by_key(|entry| score(lexicon, *entry, &nothing.0, &nothing.1, name).total())
}

/// The place for which most speaks; of equals the last one.
fn weigh(
    lexicon: &Lexicon,
    entries: &[EntryId],
    countries: &Countries<'_>,
    sentences: &BTreeSet<usize>,
    written: &str,
    beside: impl Fn(&EntryId) -> i64,
) -> Option<(EntryId, Chosen)> {
    if let [only] = entries {
        return Some((*only, Chosen::First));
    }
    let weighed = |e: &EntryId| Weighed { beside: beside(e), ..score(lexicon, *e, countries, sentences, written) };
    let mut all: Vec<Weighed> = entries.iter().rev().map(weighed).collect();
    all.sort_by_key(|w| std::cmp::Reverse(w.total()));
    all.truncate(WEIGHED);
    Some((all.first()?.entry, Chosen::Weighed(all.into())))
}

/// The countries that are named, each with the sentences that name them.
type Countries<'l> = BTreeMap<&'l str, BTreeSet<usize>>;

fn countries<'l>(text: &Text<'_>, lexicon: &'l Lexicon, mentions: &Mentions) -> Countries<'l> {
    let mut out: Countries<'l> = BTreeMap::new();
    for (_, mention) in mentions.iter() {
        let Finder::Lexicon(entries) = &mention.finder else { continue };
        // "New York" is a region as well, but names no country.
        let city_too =
            mentions.starting_at(mention.tokens.start).any(|(_, m)| m.tokens == mention.tokens && m.ty != mention.ty);
        if city_too && mention.ty == Type::Value(ValueType::Region) {
            continue;
        }
        for entry in entries.iter().take(1).map(|e| lexicon.entry(*e)) {
            if matches!(entry.kind, Kind::Country | Kind::Region | Kind::Demonym)
                && let Some(country) = entry.country
            {
                out.entry(country).or_default().insert(text.sentence_of(mention.tokens.start));
            }
        }
    }
    out
}

enum Behind {
    City(EntryId, Range<usize>),
    Nothing,
}

/// The city that lies in the country or region directly behind the name.
fn behind(text: &Text<'_>, lexicon: &Lexicon, mentions: &Mentions, mention: &Mention, entries: &[EntryId]) -> Behind {
    let end = mention.tokens.end;
    let mut at = end;
    let limit = (end + 4).min(text.tokens.len());
    while at < limit && matches!(text.word(at), "," | "(" | "in" | "the" | "-" | "/") {
        at += 1;
    }
    if at == end {
        match next_cell(text, end) {
            Some(cell) => at = cell,
            None => return Behind::Nothing,
        }
    }
    let places: Vec<(EntryId, &Range<usize>)> = mentions
        .starting_at(at)
        .filter(|(_, m)| !matches!(m.ty, Type::Value(ValueType::Demonym)))
        .filter_map(|(_, m)| match &m.finder {
            Finder::Lexicon(entries) => Some(entries.iter().map(|e| (*e, &m.tokens))),
            _ => None,
        })
        .flatten()
        .filter(|(e, _)| matches!(lexicon.entry(*e).kind, Kind::Country | Kind::Region))
        .collect();
    let lies_in = |city: EntryId| {
        let city = lexicon.entry(city);
        places.iter().find(|(p, _)| {
            let p = lexicon.entry(*p);
            p.country == city.country && (p.kind == Kind::Country || p.admin1.is_none() || p.admin1 == city.admin1)
        })
    };
    entries
        .iter()
        .filter_map(|e| Some((*e, lies_in(*e)?.1.clone())))
        .max_by_key(|(e, _)| lexicon.entry(*e).population)
        .map_or(Behind::Nothing, |(city, place)| Behind::City(city, place))
}

/// The first token of the cell beside the one that ends at token `end`: "Hamilton | New Zealand".
fn next_cell(text: &Text<'_>, end: usize) -> Option<usize> {
    let here = text.sentence_of(end.checked_sub(1)?);
    let next = text.sentences.get(here + 1)?;
    if next.tokens.start != end {
        return None;
    }
    match (text.kind(here), text.kind(here + 1)) {
        (BlockKind::TableCell { row, .. }, BlockKind::TableCell { row: beside, .. }) if row == beside => Some(end),
        _ => None,
    }
}

/// What speaks for a place, in hundredths of a power of ten of inhabitants.
fn score(
    lexicon: &Lexicon,
    entry: EntryId,
    countries: &Countries<'_>,
    sentences: &BTreeSet<usize>,
    written: &str,
) -> Weighed {
    let city = lexicon.entry(entry);
    let size = (f64::from(city.population.max(1)).log10() * 100.0) as i64;
    let named = city.country.and_then(|c| countries.get(c));
    let country = named.map_or(0, |_| 80);
    let near = named.map_or(0, |at| if at.iter().any(|t| sentences.contains(t)) { 70 } else { 0 });
    let exact = if city.label == written { 30 } else { 0 };
    Weighed { entry, size, country, near, exact, beside: 0 }
}
