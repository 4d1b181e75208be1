//! Names that the lexicon knows, where they stand for themselves.
//!
//! A name in the lexicon is not yet a name in the text: `Reading` and `Nice` are words, `Cambridge` in "University of
//! Cambridge" is part of another name, and almost every family name is also a village. So a place needs the more
//! evidence the smaller it is, and capitalised neighbours speak against it. An honest miss beats a wrong place.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::scene::Scene;
use super::table::{Finder, Mention, Mentions};
use crate::lexicon::{EntryId, Hit, Kind, Lexicon, Walk};
use crate::ontology::Ontology;
use crate::rules::{Grammar, Listed, Type, ValueType};
use crate::source::BlockKind;
use crate::text::{Shape, Text};

/// Longest name looked for, in tokens.
const LONGEST: usize = 14;
/// From so many inhabitants on, a place is believed without more evidence.
const WELL_KNOWN: u32 = 40_000;
/// The same for a name that begins a sentence, where any word is capitalised.
const WELL_KNOWN_FIRST: u32 = 100_000;
/// From so many on, a city is meant by a name that it shares with its region.
const METROPOLIS: u32 = 1_000_000;
/// With evidence (its country is named, or a preposition of place stands before it), so many are enough.
const KNOWN: u32 = 2_000;
/// With its country named, but no preposition before it, so many.
const KNOWN_BARE: u32 = 10_000;

/// Lower-case words inside names.
const INNER: &[&str] = &[
    "of", "the", "de", "la", "le", "les", "del", "da", "do", "dos", "das", "du", "des", "di", "el", "al", "on", "upon",
    "am", "an", "der", "den", "and", "y", "e", "sur", "en", "in", "for", "s", "gu", "gun", "si", "do", "et", "und",
    "to", "an", "nad", "pod", "na", "ob", "pri", "van", "ter", "aan", "aux", "sous", "los", "las", "della", "dei",
    "im", "bei", "zu", "a", "ao", "op", "under", "sub",
];

/// A name found, before it is judged.
struct Found {
    tokens: Range<usize>,
    hits: Vec<Hit>,
}

/// Adds the mentions of names that the lexicon knows.
pub fn find(scene: &Scene<'_>, grammar: &Grammar, lexicon: &Lexicon, ontology: &Ontology, mentions: &mut Mentions) {
    let text = scene.text;
    let mut found = Vec::new();
    // An announcement names the same things again and again.
    let mut begun: FxHashMap<&str, Option<Walk<'_>>> = FxHashMap::default();
    for sentence in &text.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let name = may_begin(text, at, sentence.tokens.end)
                .then(|| begun.entry(text.word(at)).or_insert_with(|| begin(lexicon, text.word(at))).clone())
                .flatten()
                .and_then(|walk| go_on(text, walk, at, sentence.tokens.end));
            match name {
                Some(name) => {
                    at = name.tokens.end;
                    found.push((name, sentence.tokens.clone()));
                }
                None => at += 1,
            }
        }
    }
    let countries: BTreeSet<&str> = found
        .iter()
        .flat_map(|(name, _)| name.hits.iter())
        .filter(|hit| matches!(lexicon.kind(hit.entry), Kind::Country | Kind::Demonym))
        .filter_map(|hit| lexicon.entry(hit.entry).country)
        .collect();
    for (name, sentence) in &found {
        // "ICA Congress Oslo 2025": the name ends with its noun.
        let before = name.tokens.start.checked_sub(1).filter(|at| *at >= sentence.start);
        let behind_noun = before.is_some_and(|at| grammar.has(Listed::EditionNoun, scene.symbols[at]));
        judge(text, lexicon, ontology, &countries, name, sentence, behind_noun, mentions);
    }
}

/// The longest name that begins at token `at`.
fn longest(text: &Text<'_>, lexicon: &Lexicon, at: usize, end: usize) -> Option<Found> {
    let walk = may_begin(text, at, end).then(|| begin(lexicon, text.word(at))).flatten()?;
    go_on(text, walk, at, end)
}

/// Whether a name may begin with a token, by its form.
fn may_begin(text: &Text<'_>, at: usize, end: usize) -> bool {
    let first = text.shape(at);
    let article = || text.word(at) == "'" && at + 1 < end && text.word(at + 1) == "s";
    (first.has(Shape::CAPITALISED) || article()) && !first.has(Shape::ADDRESS)
}

/// The names that begin with a word.
fn begin<'l>(lexicon: &'l Lexicon, word: &str) -> Option<Walk<'l>> {
    let mut walk = lexicon.walk();
    walk.push(word).then_some(walk)
}

/// The longest name that goes on from the word at token `at`.
fn go_on(text: &Text<'_>, mut walk: Walk<'_>, at: usize, end: usize) -> Option<Found> {
    let mut best: Option<Found> = None;
    for i in at..end.min(at + LONGEST) {
        if i > at && !walk.push(text.word(i)) {
            break;
        }
        if let Some(hits) = walk.hits()
            && spelled_as_name(text, at..i + 1)
        {
            let upper = (at..i + 1).all(|t| {
                text.shape(t).has(Shape::UPPER)
                    || text.shape(t).has(Shape::PUNCTUATION)
                    || text.shape(t).has(Shape::NUMBER)
            });
            let hits: Vec<Hit> = hits.iter().filter(|h| upper || !h.acronym).collect();
            if !hits.is_empty() {
                best = Some(Found { tokens: at..i + 1, hits });
            }
        }
    }
    best
}

/// Every word is capitalised but for those that names have in lower case, and behind hyphens.
fn spelled_as_name(text: &Text<'_>, tokens: Range<usize>) -> bool {
    let last = tokens.end - 1;
    tokens.clone().all(|i| {
        let shape = text.shape(i);
        let hyphen = i > tokens.start && text.word(i - 1) == "-";
        shape.has(Shape::CAPITALISED)
            || shape.has(Shape::PUNCTUATION)
            || shape.has(Shape::NUMBER)
            || hyphen
            || i != last && INNER.contains(&text.word(i))
            || text.word(i) == "s"
    })
}

#[expect(clippy::too_many_arguments, reason = "what a name is judged by")]
fn judge(
    text: &Text<'_>,
    lexicon: &Lexicon,
    ontology: &Ontology,
    countries: &BTreeSet<&str>,
    name: &Found,
    sentence: &Range<usize>,
    behind_noun: bool,
    mentions: &mut Mentions,
) {
    let kinds: Vec<Kind> = name.hits.iter().map(|h| lexicon.kind(h.entry)).collect();
    let of_kind = |kind: Kind| -> Vec<Hit> {
        name.hits.iter().zip(&kinds).filter(|(_, of)| **of == kind).map(|(hit, _)| *hit).collect()
    };
    let country = of_kind(Kind::Country);
    let region = of_kind(Kind::Region);
    let mut add = |ty: Type, entries: Vec<EntryId>| {
        let tokens = name.tokens.clone();
        mentions.push(Mention {
            ty,
            name: tokens.clone(),
            tokens,
            finder: Finder::Lexicon(entries),
            captures: Vec::new(),
            value: None,
            anaphor: false,
            inner: false,
        });
    };
    for kind in [Kind::Country, Kind::Organization, Kind::Network, Kind::ConferenceSeries, Kind::Award, Kind::Venue] {
        let hits = of_kind(kind);
        let class = kind.class().and_then(|c| ontology.class(c));
        if let (Some(class), false) = (class, hits.is_empty()) {
            add(Type::Class(class), hits.iter().map(|h| h.entry).collect());
        }
    }
    for (kind, value) in [(Kind::Region, ValueType::Region), (Kind::Demonym, ValueType::Demonym)] {
        let hits = of_kind(kind);
        if !hits.is_empty() {
            add(Type::Value(value), hits.iter().map(|h| h.entry).collect());
        }
    }
    let cities = of_kind(Kind::City);
    let other = name.hits.iter().any(|h| {
        matches!(
            lexicon.kind(h.entry),
            Kind::Organization | Kind::Network | Kind::ConferenceSeries | Kind::Award | Kind::Demonym
        )
    });
    if cities.is_empty() || other {
        return;
    }
    let cities: Vec<Hit> = if !country.is_empty() {
        // "Singapore", "Luxembourg": a city only where it bears its country's name and lies in it.
        let of_country = |h: &Hit| {
            let city = lexicon.entry(h.entry);
            h.primary
                && country.iter().any(|c| lexicon.entry(c.entry).country == city.country)
                && city.population > WELL_KNOWN
        };
        cities.into_iter().filter(of_country).collect()
    } else if !region.is_empty() {
        cities.into_iter().filter(|h| is_seat(lexicon, h, &region)).collect()
    } else {
        cities
    };
    if !cities.is_empty()
        && is_place(text, lexicon, countries, name, &cities, sentence, behind_noun)
        && let Some(class) = ontology.class("City")
    {
        add(Type::Class(class), cities.iter().map(|h| h.entry).collect());
    }
}

/// Whether a city may be meant by a name that is also a region's: it is well known, or the seat of that region. States of
/// federations are not meant by the name of their largest city ("Oklahoma"), but of a metropolis ("New York").
fn is_seat(lexicon: &Lexicon, hit: &Hit, regions: &[Hit]) -> bool {
    let city = lexicon.entry(hit.entry);
    let seat =
        regions.iter().map(|r| lexicon.entry(r.entry)).any(|r| r.country == city.country && r.admin1 == city.admin1);
    let federation = matches!(city.country, Some("US" | "CA" | "AU" | "IN"));
    let metropolis = weight(lexicon, hit) >= METROPOLIS;
    hit.primary && (city.population > WELL_KNOWN || seat)
        || seat && (metropolis || !federation && city.population > WELL_KNOWN_FIRST)
}

/// Whether a name that may be a city is one here.
fn is_place(
    text: &Text<'_>,
    lexicon: &Lexicon,
    countries: &BTreeSet<&str>,
    name: &Found,
    cities: &[Hit],
    sentence: &Range<usize>,
    behind_noun: bool,
) -> bool {
    let followed = followed_by_country(text, lexicon, name.tokens.end, sentence.end);
    let fits = |h: &&Hit| {
        let entry = lexicon.entry(h.entry);
        followed.iter().any(|f| {
            let f = lexicon.entry(*f);
            f.country == entry.country && (f.kind != Kind::Region || f.admin1 == entry.admin1)
        })
    };
    if cities.iter().any(|h| fits(&h)) {
        return true;
    }
    let titled = mostly_capitalised(text, sentence);
    if !titled
        && (joined_right(text, lexicon, &name.tokens, sentence)
            || !behind_noun && joined_left(text, lexicon, &name.tokens, sentence))
    {
        return false;
    }
    let best = cities.iter().map(|h| weight(lexicon, h)).max().unwrap_or(0);
    let common = cities.iter().all(|h| h.common_word);
    let first = name.tokens.start == sentence.start;
    let before = name.tokens.start.checked_sub(1).filter(|i| *i >= sentence.start).map_or("", |i| text.word(i));
    let preposition =
        matches!(before, "in" | "at" | "from" | "to" | "of" | "between" | "near" | "via" | "for" | "," | "and" | "(");
    let in_country = |least: u32| {
        cities.iter().any(|h| {
            weight(lexicon, h) >= least && lexicon.entry(h.entry).country.is_some_and(|c| countries.contains(c))
        })
    };
    if common {
        return best >= WELL_KNOWN
            && preposition
            && before != "of"
            && before != ","
            && (in_country(KNOWN) || best >= WELL_KNOWN_FIRST);
    }
    let enough = if first || titled { WELL_KNOWN_FIRST } else { WELL_KNOWN };
    best >= enough
        || preposition && in_country(KNOWN)
        || !first && in_country(KNOWN_BARE)
        || first && best >= WELL_KNOWN && in_country(KNOWN)
}

/// The inhabitants that speak for a name: an alternate name counts a quarter. Entries without a figure come from tables
/// made by hand, and are as good as well known.
fn weight(lexicon: &Lexicon, hit: &Hit) -> u32 {
    match lexicon.population(hit.entry) {
        0 => WELL_KNOWN_FIRST,
        inhabitants if hit.primary => inhabitants,
        inhabitants => inhabitants / 4,
    }
}

/// The countries and regions that stand behind a name: ", Ireland", "(Ireland)", ", TX, USA".
pub fn followed_by_country(text: &Text<'_>, lexicon: &Lexicon, at: usize, end: usize) -> Vec<EntryId> {
    let mut out = Vec::new();
    let mut at = at;
    for _ in 0..2 {
        let mark = at < end && matches!(text.word(at), "," | "(" | "-" | "/");
        let from = at + usize::from(mark);
        // "in Germany" or "in the United Kingdom" set off by a comma counts as well.
        let preposition = mark && from < end && text.word(from) == "in";
        let from = from + usize::from(preposition);
        let from = from + usize::from(from < end && text.word(from) == "the");
        if from >= end {
            break;
        }
        let Some(next) = longest(text, lexicon, from, end) else { break };
        let places = next.hits.iter().filter(|h| matches!(lexicon.kind(h.entry), Kind::Country | Kind::Region));
        let before = out.len();
        out.extend(places.map(|h| h.entry));
        if out.len() == before {
            break;
        }
        at = next.tokens.end;
    }
    out
}

/// A headline in which nearly every word is capitalised says nothing by capitals.
fn mostly_capitalised(text: &Text<'_>, sentence: &Range<usize>) -> bool {
    let kind = text.kind(text.sentence_of(sentence.start));
    if !matches!(kind, BlockKind::Headline | BlockKind::Heading(_)) {
        return false;
    }
    let long: Vec<usize> =
        sentence.clone().filter(|i| text.shape(*i).has(Shape::WORD) && text.word(*i).len() > 3).collect();
    let capitals = long.iter().filter(|i| text.shape(**i).has(Shape::CAPITALISED)).count();
    capitals * 10 >= long.len() * 7
}

/// Words of the calendar and of address may stand beside a place without being part of a name.
fn no_name_part(word: &str) -> bool {
    matches!(
        word,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "i"
            | "city"
            | "mayor"
            | "mayors"
            | "town"
            | "municipality"
    )
}

/// A capitalised word directly behind: "Beijing Declaration".
fn joined_right(text: &Text<'_>, lexicon: &Lexicon, tokens: &Range<usize>, sentence: &Range<usize>) -> bool {
    let mut next = tokens.end;
    if next < sentence.end && text.word(next) == "-" && !text.shape(next).has(Shape::SPACED) {
        next += 1; // "Rhine-Main": hyphened names are one
        return next < sentence.end && text.shape(next).has(Shape::CAPITALISED);
    }
    if next >= sentence.end || !text.shape(next).has(Shape::CAPITALISED) || no_name_part(text.word(next)) {
        return false;
    }
    let country = longest(text, lexicon, next, sentence.end);
    !country.is_some_and(|c| c.hits.iter().any(|h| lexicon.kind(h.entry) == Kind::Country))
}

/// A capitalised word directly before, that does not only begin the sentence: "Ms Irina Cork".
fn joined_left(text: &Text<'_>, lexicon: &Lexicon, tokens: &Range<usize>, sentence: &Range<usize>) -> bool {
    let Some(before) = tokens.start.checked_sub(1).filter(|i| *i >= sentence.start) else { return false };
    let shape = text.shape(before);
    let given = lexicon.is_given_name(text.word(before)) && shape.has(Shape::CAPITALISED);
    // The first word of a sentence is capitalised anyway; of a short line it is part of a name.
    let line = sentence.len() <= 8 && text.word(before).len() > 4;
    let capital = shape.has(Shape::CAPITALISED) && (before > sentence.start || line) && !shape.has(Shape::UPPER);
    // "Universidad Politécnica de Madrid"
    let particle = matches!(text.word(before), "de" | "di" | "da" | "del" | "do")
        && before > sentence.start
        && text.shape(before - 1).has(Shape::CAPITALISED);
    let initial = text.word(before) == "." && before > sentence.start && text.word(before - 1).len() == 1;
    let demonym = || lexicon.hits(text.word(before)).iter().any(|h| matches!(lexicon.kind(h.entry), Kind::Demonym));
    let hyphen = text.word(before) == "-" && !text.shape(tokens.start).has(Shape::SPACED) && !shape.has(Shape::SPACED);
    (given || capital || initial || hyphen || particle) && !no_name_part(text.word(before)) && !demonym()
}
