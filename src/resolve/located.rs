//! Which place a value names that is known to be a place: "Springfield", with "Illinois" or "U.S.A." beside it.
//!
//! In prose a name must first be shown to be a place ([`places`](super::places)); here that is known, and what stands
//! beside it decides which one. Where that leaves several of about the same size, none is taken.

use crate::lexicon::{EntryId, Kind, Lexicon};

/// A place is taken if no other of its name has more than this part of its inhabitants.
const OTHERS: u32 = 3;

/// Countries that are often named for places in territories with a code of their own.
const TERRITORIES: [(&str, &[&str]); 8] = [
    ("CN", &["HK", "MO", "TW"]),
    ("DK", &["FO", "GL"]),
    ("ES", &["IC"]),
    ("FI", &["AX"]),
    ("FR", &["GP", "MQ", "RE", "GF", "NC", "PF", "YT"]),
    ("GB", &["GG", "GI", "IM", "JE"]),
    ("NL", &["AW", "CW", "SX", "BQ"]),
    ("US", &["PR", "GU", "VI", "AS", "MP"]),
];

/// So many inhabitants has a city that is found inside of other words.
const WELL_KNOWN: u32 = 100_000;

/// What a value means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Located {
    /// No place: "online".
    Nowhere,
    /// This one; the name it goes by in the value.
    At(EntryId, String),
    /// One of these, the largest first.
    Ambiguous(String, Vec<EntryId>),
    /// A place of this name that nobody knows, or none where the value says.
    Unknown(String),
}

/// Finds the place that `words` name; `around` are values that say in which country or region it lies.
pub fn locate(lexicon: &Lexicon, words: &str, around: &[String]) -> Located {
    let words = without_online(words);
    let parts: Vec<&str> =
        words.split([',', ';', '/', '(', ')', '|', '&']).map(str::trim).filter(|part| !is_nowhere(part)).collect();
    let own: Vec<Vec<EntryId>> = parts.iter().map(|part| areas(lexicon, part)).collect();
    let around: Vec<Vec<EntryId>> = around.iter().map(|words| areas(lexicon, words)).collect();
    // The value as a whole ("Washington, DC"), one of its parts, or, where no part is known, what is in it.
    let whole = (words, usize::MAX, hits(lexicon, words));
    let each = parts.iter().enumerate().map(|(i, part)| (*part, i, hits(lexicon, part)));
    let inner = parts.iter().enumerate().filter(|(i, _)| own[*i].is_empty());
    let inner = inner.filter_map(|(i, part)| inside(lexicon, part).map(|(name, hits)| (name, i, hits)));
    let within = |entry: EntryId, all: &[&Vec<EntryId>]| {
        all.iter().all(|areas| areas.iter().any(|area| lies_in(lexicon, entry, *area)))
    };
    // What stands beside a part.
    let beside = |at: usize| -> Vec<&Vec<EntryId>> {
        let others = own.iter().enumerate().filter(|(i, _)| *i != at && at != usize::MAX).map(|(_, areas)| areas);
        others.chain(&around).filter(|areas| !areas.is_empty()).collect()
    };
    // A part is a country, or a region of the country beside it.
    let is_area = |at: usize| {
        let beside = beside(at);
        let fits =
            |area: &EntryId| lexicon.kind(*area) == Kind::Country || !beside.is_empty() && within(*area, &beside);
        own.get(at).is_some_and(|areas| areas.iter().any(fits))
    };
    for (name, at, hits) in std::iter::once(whole).chain(each).chain(inner) {
        let (beside, area) = (beside(at), is_area(at));
        let same = own.get(at).map_or(&[][..], Vec::as_slice);
        let fits = |inhabitants: u32, entry: EntryId| {
            // Named like a country, or a region of the country beside it, it is a city in that ("Singapore", "New York");
            // named like any region, it is well known ("Hamilton").
            let own = match area {
                true => same.iter().any(|area| lies_in(lexicon, entry, *area)),
                false => same.is_empty() || !beside.is_empty() || inhabitants >= WELL_KNOWN,
            };
            own && within(entry, &beside)
        };
        let mut fitting: Vec<(u32, EntryId)> = hits.into_iter().filter(|(n, entry)| fits(*n, *entry)).collect();
        fitting.sort_by_key(|(inhabitants, entry)| (std::cmp::Reverse(*inhabitants), *entry));
        let Some((most, best)) = fitting.first().copied() else { continue };
        let rivals = fitting.iter().filter(|(inhabitants, _)| inhabitants.saturating_mul(OTHERS) >= most);
        let rivals: Vec<EntryId> = rivals.map(|(_, entry)| *entry).collect();
        let name = name.to_owned();
        return if rivals.len() > 1 { Located::Ambiguous(name, rivals) } else { Located::At(best, name) };
    }
    let unknown = parts.iter().enumerate().find(|(at, _)| !is_area(*at));
    unknown.map_or(Located::Nowhere, |(_, name)| Located::Unknown((*name).to_owned()))
}

/// "Lancaster, UK and hybrid" without its end.
fn without_online(words: &str) -> &str {
    let end = [" and ", " or ", " + "].into_iter().filter_map(|mark| words.rfind(mark).map(|at| (at, mark.len())));
    let end = end.filter(|(at, mark)| is_nowhere(&words[at + mark..])).map(|(at, _)| at).min();
    words[..end.unwrap_or(words.len())].trim()
}

/// A well-known city that the first or the last words name: "Singapore EXPO", "Palais des Congrès de Paris".
fn inside<'w>(lexicon: &Lexicon, words: &'w str) -> Option<(&'w str, Vec<(u32, EntryId)>)> {
    let starts: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).collect();
    let tails = starts.iter().map(|at| &words[at + 1..]);
    let heads = starts.iter().rev().map(|at| &words[..*at]);
    tails.chain(heads).find_map(|name| {
        let mut known = hits(lexicon, name);
        known.retain(|(inhabitants, _)| *inhabitants >= WELL_KNOWN);
        (!known.is_empty()).then_some((name, known))
    })
}

/// Words that say that something takes place nowhere.
pub(super) fn is_nowhere(words: &str) -> bool {
    let lower = words.to_lowercase();
    lower.is_empty()
        || ["online", "virtual", "remote", "hybrid", "tba", "tbd", "tbc", "worldwide", "everywhere"]
            .iter()
            .any(|word| lower.split(|c: char| !c.is_alphanumeric()).any(|part| part == *word))
}

/// The cities of a name, with the inhabitants that speak for it: an alternate name counts a quarter.
fn hits(lexicon: &Lexicon, name: &str) -> Vec<(u32, EntryId)> {
    let cities = lexicon.hits(name).into_iter().filter(|hit| lexicon.kind(hit.entry) == Kind::City);
    let weigh = |inhabitants: u32, primary: bool| match (inhabitants, primary) {
        // Entries without a figure come from tables made by hand.
        (0, _) => 100_000,
        (_, true) => inhabitants,
        (_, false) => inhabitants / 4,
    };
    let mut found: Vec<(u32, EntryId)> =
        cities.map(|hit| (weigh(lexicon.population(hit.entry), hit.primary), hit.entry)).collect();
    found.sort_by_key(|(_, entry)| *entry);
    found.dedup_by_key(|(_, entry)| *entry);
    found
}

/// The countries and regions of a name, with or without full stops ("U.S.A.").
fn areas(lexicon: &Lexicon, name: &str) -> Vec<EntryId> {
    let name = name.trim().trim_start_matches("the ");
    let found = area(lexicon, name);
    if !found.is_empty() {
        return found;
    }
    // "South Carolina USA"
    let both = name.match_indices(' ').map(|(at, _)| [area(lexicon, &name[..at]), area(lexicon, &name[at + 1..])]);
    let mut both = both.filter(|[region, country]| !region.is_empty() && !country.is_empty());
    both.next().map_or_else(Vec::new, |[region, country]| {
        let in_it =
            |entry: &EntryId| country.iter().any(|c| lexicon.entry(*c).country == lexicon.entry(*entry).country);
        region.into_iter().filter(in_it).collect()
    })
}

fn area(lexicon: &Lexicon, name: &str) -> Vec<EntryId> {
    let bare = name.replace('.', "");
    let mut found: Vec<EntryId> = [name, bare.as_str()]
        .into_iter()
        .flat_map(|name| lexicon.hits(name))
        .map(|hit| hit.entry)
        .filter(|entry| matches!(lexicon.kind(*entry), Kind::Country | Kind::Region))
        .collect();
    // ISO 3166-1 codes, which prose never uses alone.
    found.extend((bare.len() == 2).then(|| lexicon.country(&bare.to_uppercase())).flatten());
    found.sort_unstable();
    found.dedup();
    found
}

fn lies_in(lexicon: &Lexicon, city: EntryId, area: EntryId) -> bool {
    let (city, area) = (lexicon.entry(city), lexicon.entry(area));
    let territory = |country: &str| {
        let of = TERRITORIES.iter().find(|(name, _)| Some(*name) == area.country);
        of.is_some_and(|(_, territories)| territories.contains(&country))
    };
    match area.kind {
        Kind::Country => city.country == area.country || city.country.is_some_and(territory),
        _ => city.country == area.country && (area.admin1.is_none() || area.admin1 == city.admin1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_places_by_what_stands_beside_them() {
        let lexicon = Lexicon::embedded().expect("a lexicon");
        let at = |words: &str, around: &[&str]| {
            let around: Vec<String> = around.iter().map(|word| (*word).to_owned()).collect();
            match locate(&lexicon, words, &around) {
                Located::At(entry, _) => {
                    let known = lexicon.entry(entry);
                    format!("{} {}", known.label, known.country.unwrap_or(""))
                }
                other => format!("{other:?}").split(['(', ' ']).next().unwrap_or("").to_owned(),
            }
        };
        assert_eq!(at("Cape Town", &["South Africa"]), "Cape Town ZA");
        assert_eq!(at("Dallas, TX", &["U.S.A."]), "Dallas US");
        assert_eq!(at("Hamilton, New Zealand", &[]), "Hamilton NZ");
        assert_eq!(at("Trieste", &["IT"]), "Trieste IT");
        assert_eq!(at("Springfield", &["U.S.A."]), "Ambiguous");
        assert_eq!(at("Oslo", &["Brazil"]), "Unknown");
        assert_eq!(at("Online", &[]), "Nowhere");
        assert_eq!(at("Singapore EXPO", &[]), "Singapore SG");
        assert_eq!(at("Hong Kong, China", &[]), "Hong Kong HK");
        assert_eq!(at("Lancaster, UK and hybrid", &[]), "Lancaster GB");
        assert_eq!(at("Greenville, South Carolina USA", &[]), "Greenville US");
        assert_eq!(at("Hilton Austin, Texas, USA", &[]), "Austin US");
        assert_eq!(at("California, USA", &[]), "Nowhere");
        assert_eq!(at("New York, USA", &[]), "New York City US");
        assert_eq!(at("Hamilton", &[]), "Ambiguous");
        assert_eq!(at("Pocono Manor, PA", &["U.S.A."]), "Unknown");
        assert_eq!(at("Palais des Congrès de Paris, France", &[]), "Paris FR");
        assert_eq!(at("Cali, Colombia & online", &[]), "Cali CO");
    }
}
