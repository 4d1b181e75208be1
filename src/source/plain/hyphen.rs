//! Words that were divided at the end of a line: is the hyphen theirs (`state-of-the-` / `art`) or the divider's?

use std::collections::HashSet;
use std::ops::Range;

/// The words of the text, looked up only if a line ends with a hyphen.
#[derive(Default)]
pub(super) struct Hyphens {
    words: Option<HashSet<String>>,
}

impl Hyphens {
    /// True if `above` ends with a hyphen that only divides the word that goes on in `below`: the whole word stands
    /// elsewhere in the text, or its halves do not.
    pub fn cuts(&mut self, text: &str, above: &Range<usize>, below: &Range<usize>) -> bool {
        let Some(before) = text[above.clone()].strip_suffix('-') else { return false };
        let first = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let rest = &text[below.clone()];
        let second = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
        if first.is_empty() || !second.starts_with(char::is_lowercase) {
            return false;
        }
        let words = self.words.get_or_insert_with(|| words(text));
        let has = |word: &str| words.contains(&word.to_lowercase());
        let compound = has(&format!("{first}-{second}")) || has(first) && has(second);
        has(&format!("{first}{second}")) || !compound
    }
}

/// All words of the text in lower case, and all pairs of words with a hyphen; the halves of divided words are none.
fn words(text: &str) -> HashSet<String> {
    let mut out = HashSet::new();
    for token in text.split(|c: char| !c.is_alphabetic() && c != '-') {
        let word = token.trim_matches('-');
        if word.is_empty() || word.len() > 60 || token.ends_with('-') {
            continue;
        }
        out.insert(word.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Hyphens;

    #[test]
    fn keeps_the_hyphens_of_compounds() {
        let cuts = |text: &str| {
            let at = text.find("-\n").expect("divided") + 1;
            Hyphens::default().cuts(text, &(0..at), &(at + 1..text.len()))
        };
        assert!(cuts("transforma-\ntions that are"));
        assert!(cuts("this work-\nshop, as a workshop at work in a shop"));
        assert!(!cuts("a high-\nspeed network: high speed"));
        assert!(!cuts("state-of-the-\nart, the art"));
        assert!(!cuts("Karl-\nHeinz"));
    }
}
