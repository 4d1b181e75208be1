//! Web addresses that hold a short name: `http://www.example.org/~gardens/ACRO98` is a page of ACRO'98, whatever else the
//! announcement speaks of.

use super::Stage;
use crate::resolve::EntityId;
use crate::rules::{Type, TypeSet};

/// A short name has so many letters.
const SHORTEST: usize = 3;
/// What addresses of workshops say.
const PART: [&str; 5] = ["workshop", "wrkshp", "-wrk", "-ws.", "wshcall"];

/// The entity of one of these types whose short name stands in a web address: the last name in it, then the longest,
/// then what the announcement is about, then what it names first. `None` too if it is the page of a part of something.
pub fn namesake(stage: &Stage<'_, '_>, url: &str, types: TypeSet) -> Option<EntityId> {
    let address = url.to_lowercase();
    // ".../acro98/workshop.html" is a page of what ACRO'98 is only the place of.
    if PART.iter().any(|part| address.contains(part)) {
        return None;
    }
    let of_type = |class| types.contains(Type::Class(class));
    let named =
        stage.entities.iter().filter(|(_, e)| of_type(e.class) && !e.mentions.is_empty()).filter_map(|(id, e)| {
            let last = e
                .labels
                .iter()
                .filter_map(|l| letters(l))
                .filter_map(|l| Some((place(&address, &l)?, l.len())))
                .max()?;
            Some((last, stage.entities.main == Some(id), std::cmp::Reverse(e.first_token(&stage.reading.mentions)), id))
        });
    named.max().map(|(.., id)| id)
}

/// The letters of a short name in lower case: those of a label of at most three words that is written in capitals.
fn letters(label: &str) -> Option<String> {
    if label.split_whitespace().count() > 3 {
        return None;
    }
    let short = |w: &&str| w.chars().filter(|c| c.is_uppercase()).count() >= 2 && w.len() >= SHORTEST;
    let word = label.split(|c: char| !c.is_alphabetic()).filter(short).max_by_key(|w| w.len())?;
    Some(word.to_lowercase())
}

/// Where the letters stand in the address as a word of their own, perhaps with a number behind it.
fn place(address: &str, letters: &str) -> Option<usize> {
    let letter = |c: char| c.is_alphabetic();
    let places = address
        .match_indices(letters)
        .filter(|(at, found)| !address[..*at].ends_with(letter) && !address[at + found.len()..].starts_with(letter));
    places.last().map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::{letters, place};

    #[test]
    fn finds_short_names_in_addresses() {
        assert_eq!(letters("ACRO'98").as_deref(), Some("acro"));
        assert_eq!(letters("AcRO 98").as_deref(), Some("acro"));
        assert_eq!(letters("Gardens"), None);
        assert_eq!(place("http://www.example.org/~acro98/", "acro"), Some(24));
        assert_eq!(place("http://acro.example.org/acro", "acro"), Some(24));
        assert_eq!(place("http://www.macro.org/", "acro"), None);
    }
}
