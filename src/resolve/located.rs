//! Which place a value names that is known to be a place: "Springfield", with "Illinois" or "U.S.A." beside it.
//!
//! In prose a name must first be shown to be a place ([`places`](super::places)); here that is known, and what stands
//! beside it decides which one. Where that leaves several of about the same size, none is taken.

use crate::lexicon::{EntryId, Kind, Lexicon};

/// A place is taken if no other of its name has more than this part of its inhabitants.
const OTHERS: u32 = 4;

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
    let parts: Vec<&str> =
        words.split([',', ';', '/', '(', ')', '|', '&']).map(str::trim).filter(|part| !is_nowhere(part)).collect();
    let Some(first) = parts.first() else { return Located::Nowhere };
    // "Washington, DC" is known as a whole.
    let whole = hits(lexicon, words);
    let (name, hits, others) = if whole.is_empty() {
        let at = parts.iter().position(|part| !hits(lexicon, part).is_empty());
        let others = |name: &str| -> Vec<&str> { parts.iter().copied().filter(|part| !part.contains(name)).collect() };
        match at.map(|at| parts[at]) {
            Some(name) => (name, hits(lexicon, name), others(name)),
            None => match parts.iter().find_map(|part| inside(lexicon, part)) {
                Some((name, hits)) => (name, hits, others(name)),
                None => (*first, Vec::new(), Vec::new()),
            },
        }
    } else {
        (words, whole, Vec::new())
    };
    let beside: Vec<Vec<EntryId>> = others
        .into_iter()
        .chain(around.iter().map(String::as_str))
        .map(|part| areas(lexicon, part))
        .filter(|areas| !areas.is_empty())
        .collect();
    let mut fitting: Vec<(u32, EntryId)> = hits
        .into_iter()
        .filter(|(_, entry)| beside.iter().all(|areas| areas.iter().any(|area| lies_in(lexicon, *entry, *area))))
        .collect();
    fitting.sort_by_key(|(inhabitants, entry)| (std::cmp::Reverse(*inhabitants), *entry));
    let Some((most, best)) = fitting.first().copied() else { return Located::Unknown(name.to_owned()) };
    let several: Vec<EntryId> =
        fitting.iter().filter(|(inhabitants, _)| inhabitants.saturating_mul(OTHERS) >= most).map(|(_, e)| *e).collect();
    if several.len() > 1 { Located::Ambiguous(name.to_owned(), several) } else { Located::At(best, name.to_owned()) }
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
    city.country == area.country && (area.kind == Kind::Country || area.admin1.is_none() || area.admin1 == city.admin1)
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
        assert_eq!(at("Palais des Congrès de Paris, France", &[]), "Paris FR");
        assert_eq!(at("Cali, Colombia & online", &[]), "Cali CO");
    }
}
