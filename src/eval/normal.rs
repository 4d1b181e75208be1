//! The forms in which gold and extracted facts are compared: names and values that differ only in how they are written
//! are one.
//!
//! These are the forms of the gold format (its `score.py`), step for step, and not those of the lexicon
//! ([`text::fold`](crate::text::fold)): a measure must not move when the program learns to compare better. Python's
//! regular expressions take a character for part of a word if its category is letter or number, which is what `is_word`
//! repeats.

use unicase::UniCase;
use unicode_normalization::{
    UnicodeNormalization,
    char::{canonical_combining_class, is_combining_mark},
};

use crate::ontology::{Datatype, Range};

/// Words that a name may begin with or not.
const LEADING: [&str; 6] = ["the ", "a ", "an ", "its ", "their ", "this "];

/// A name without case, diacritics, possessives, punctuation and a leading article.
pub fn name(text: &str) -> String {
    let folded = UniCase::unicode(text.nfkc().collect::<String>()).to_folded_case();
    let plain: Vec<char> = folded.nfd().filter(|c| canonical_combining_class(*c) == 0).collect();
    let mut out = String::with_capacity(folded.len());
    let mut at = 0;
    while let Some(c) = plain.get(at) {
        let ends_word = !plain.get(at + 2).is_some_and(|next| is_word(*next));
        if matches!(c, '\'' | '’' | '`') && plain.get(at + 1) == Some(&'s') && ends_word {
            at += 2;
            continue;
        }
        if is_word(*c) && *c != '_' {
            out.push(*c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        at += 1;
    }
    let out = out.trim_end();
    LEADING.iter().find_map(|word| out.strip_prefix(word)).unwrap_or(out).to_owned()
}

/// A value of a relation with this range, without what may be written or left out: the protocol of a web address and its
/// last slash, the time zone of a day, the plus of a number.
pub fn value(range: &Range, text: &str) -> String {
    let text = text.trim();
    match range {
        Range::Iri => {
            let address = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
            let address = address.map_or(text, |rest| rest.strip_prefix("www.").unwrap_or(rest));
            UniCase::unicode(address.trim_end_matches('/')).to_folded_case()
        }
        Range::Literals(datatypes) if datatypes.contains(&Datatype::Integer) => text.trim_start_matches('+').to_owned(),
        range if range.is_date() => day(text).to_owned(),
        _ => text.to_owned(),
    }
}

/// A date without time and time zone.
fn day(text: &str) -> &str {
    if let Some((day, _)) = text.split_once('T') {
        return day;
    }
    if let Some(day) = text.strip_suffix('Z') {
        return day;
    }
    let zone = |zone: &[u8]| matches!(zone, [b'+' | b'-', a, b, b':', c, d] if [a, b, c, d].into_iter().all(u8::is_ascii_digit));
    match text.len().checked_sub(6).and_then(|at| text.split_at_checked(at)) {
        Some((day, rest)) if zone(rest.as_bytes()) => day,
        _ => text,
    }
}

/// Whether a character is part of a word: a letter, a number or `_`. `is_alphanumeric` also takes marks, which are
/// neither, and the letters in black circles and squares, which are symbols.
fn is_word(c: char) -> bool {
    let symbol = ('\u{1F150}'..='\u{1F189}').contains(&c);
    c == '_' || c.is_alphanumeric() && !is_combining_mark(c) && !symbol
}

#[cfg(test)]
mod tests {
    use super::{Range, name, value};
    use crate::ontology::Datatype;

    #[test]
    fn names_are_compared_without_what_does_not_matter() {
        for (text, form) in [
            (
                "  The Fifth International Conference on Learning Cities (ICLC 5)",
                "fifth international conference on learning cities iclc 5",
            ),
            ("Medellín", "medellin"),
            ("Mexico City’s ‘statement’", "mexico city statement"),
            ("its saga", "saga"),
            ("the a team", "a team"),
            ("The", "the"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("Σίσυφος", "σισυφοσ"),
            ("ﬁnal_report-2021", "final report 2021"),
            ("'s Hertogenbosch", "hertogenbosch"),
            ("'sHertogenbosch", "shertogenbosch"),
            ("— …", ""),
        ] {
            assert_eq!(name(text), form, "{text}");
        }
    }

    #[test]
    fn values_are_compared_without_what_does_not_matter() {
        let date = Range::Literals(vec![Datatype::Year, Datatype::Date]);
        for (text, form) in [
            ("2021-10-27Z", "2021-10-27"),
            ("2021-10-27+02:00", "2021-10-27"),
            ("2021-10", "2021-10"),
            ("2021T1", "2021"),
        ] {
            assert_eq!(value(&date, text), form);
        }
        assert_eq!(value(&Range::Literals(vec![Datatype::Integer]), " +05"), "05");
        for same in ["https://www.Example.org/A/", "http://example.org/a", "example.org/a//"] {
            assert_eq!(value(&Range::Iri, same), "example.org/a");
        }
        assert_eq!(value(&Range::Iri, "www.example.org"), "www.example.org");
    }
}
