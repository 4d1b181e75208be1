//! The words of names: made tidy to be shown, made a key to be compared.

use crate::rules::{Listed, RuleSet};
use crate::text::fold_into;

/// A name on one line, without the article and marks around it.
pub(in crate::resolve) fn tidy(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let trimmed =
        words.trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | ',' | ';' | ':' | '*' | '_'));
    let trimmed = trimmed.strip_prefix("the ").or_else(|| trimmed.strip_prefix("The ")).unwrap_or(trimmed);
    trimmed.to_owned()
}

/// What two names must have in common to be the same: the folded words.
pub(in crate::resolve) fn key(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for word in label.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        fold_into(word, &mut out);
    }
    out
}

/// The nouns that names of editions have.
pub(super) fn head_nouns<'k>(rules: &RuleSet, keys: &'k [String]) -> Vec<&'k str> {
    keys.iter().flat_map(|k| k.split(' ')).filter(|w| rules.lists(Listed::EditionNoun, w)).collect()
}

/// Whether a word is an ordinal: `12th`, `twelfth`.
pub(super) fn is_ordinal(word: &str) -> bool {
    let word = key(word);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let in_digits = !digits.is_empty() && digits.len() < word.len();
    in_digits
        || word.ends_with("th") && word.len() > 4
        || ["first", "second", "third"].iter().any(|o| word.ends_with(o))
}
