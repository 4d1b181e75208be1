//! Names as parts of an IRI.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// Longest slug, in Unicode scalar values. Titles are longer at times, and file systems, browsers and people give up.
const LIMIT: usize = 80;
/// Hexadecimal digits of the hash that ends a slug which was cut.
const HASH_DIGITS: usize = 10;

/// `name` as a part of an IRI: lower case, the letters and digits of any script, everything else one hyphen; apostrophes
/// vanish and Latin letters lose their diacritics (`N'Zérékoré` gives `nzerekore`, `서대문구` stays).
///
/// Names that differ in case, punctuation or Latin diacritics only have one slug: that is what makes it a key. At most 80
/// characters: what is cut off is told apart by a hash at the end. Never empty: a name without letters and digits gives
/// its hash alone.
pub fn slug(name: &str) -> String {
    if name.is_ascii() {
        return of_ascii(name);
    }
    let mut out = String::with_capacity(name.len());
    let mut after_latin = false;
    for c in name.nfkd() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
            after_latin = true;
        } else if is_silent(c) {
            // Neither letter nor separator.
        } else if let Some(letters) = plain_latin(c) {
            out.push_str(letters);
            after_latin = true;
        } else if unicode_normalization::char::is_combining_mark(c) {
            // In other scripts marks are vowels and more: they stay, on the letter they belong to.
            if !after_latin && !out.is_empty() && !out.ends_with('-') {
                out.push(c);
            }
        } else if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
            after_latin = false;
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    whole(name, out.trim_end_matches('-').nfc().collect())
}

/// The same for most names, which nothing need be decomposed in.
fn of_ascii(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for b in name.bytes() {
        match b {
            b'\'' | b'`' => {}
            _ if b.is_ascii_alphanumeric() => out.push(char::from(b.to_ascii_lowercase())),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    whole(name, out)
}

/// What becomes of a slug that is empty or too long.
fn whole(name: &str, full: String) -> String {
    if full.is_empty() {
        return hash(name);
    }
    match full.char_indices().nth(LIMIT) {
        None => full,
        Some(_) => cut(&full),
    }
}

/// The start of `full`, at a word boundary if there is one in its second half, and the hash of the whole.
fn cut(full: &str) -> String {
    let room = LIMIT - HASH_DIGITS - 1;
    let end = full.char_indices().nth(room).map_or(full.len(), |(at, _)| at);
    let head = match full[..end].rfind('-') {
        Some(at) if at > end / 2 => &full[..at],
        _ => &full[..end],
    };
    format!("{head}-{}", hash(full))
}

fn hash(of: &str) -> String {
    let digest = Sha256::digest(of.as_bytes());
    digest.iter().take(HASH_DIGITS / 2).map(|byte| format!("{byte:02x}")).collect()
}

/// Apostrophes, soft hyphens, joiners and variation selectors: they change how a word looks, not which word it is.
fn is_silent(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '\u{ad}' | '\u{200b}'..='\u{200f}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

/// Latin letters that do not decompose, in their usual spelling.
fn plain_latin(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::slug;

    #[test]
    fn keeps_letters_of_any_script() {
        for (name, expected) in [
            ("Medellín", "medellin"),
            ("N'Zérékoré", "nzerekore"),
            (
                "Fifth International Conference on Learning Cities (ICLC 5)",
                "fifth-international-conference-on-learning-cities-iclc-5",
            ),
            ("서대문구", "서대문구"),
            ("Йошкар-Ола", "йошкар-ола"),
            ("दिल्ली", "दिल्ली"),
            ("Łódź & İzmir", "lodz-izmir"),
            ("Straße", "strasse"),
            ("  ‘Safe streets’  ", "safe-streets"),
        ] {
            assert_eq!(slug(name), expected);
        }
    }

    #[test]
    fn what_is_cut_stays_distinct() {
        let long = "inclusion as a principle of lifelong learning and sustainable cities ".repeat(3);
        let (one, other) = (slug(&format!("{long}one")), slug(&format!("{long}other")));
        assert_ne!(one, other);
        assert!(one.starts_with("inclusion-as-a-principle-of-lifelong-learning"), "{one}");
        assert_ne!(slug("!!!"), slug("???"));
    }

    proptest! {
        #[test]
        fn is_stable_and_bounded(name in "\\PC{0,120}") {
            let once = slug(&name);
            prop_assert!(!once.is_empty() && once.chars().count() <= 80, "{}", once);
            prop_assert!(oxrdf::NamedNode::new(format!("https://example.org/{once}")).is_ok(), "{}", once);
            prop_assert_eq!(slug(&once), once);
        }
    }
}
