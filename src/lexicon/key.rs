//! The form under which a name is filed: its folded word tokens, joined by one blank.
//!
//! Punctuation is left out, so `Yeonsu-gu` and `Yeonsu gu` are one key, and so are `St. Gallen` and `St Gallen`. The
//! text is split and folded by the functions that split and fold announcements, so the two can never disagree.

use crate::text::{Shape, Tokens};

/// Turns names into keys; keeps its buffers, because a compile run folds a million names.
#[derive(Default)]
pub(crate) struct Keys {
    key: String,
}

impl Keys {
    /// The key of `name`, or `None` if it has no word in it or is a web address.
    pub(crate) fn key(&mut self, name: &str) -> Option<&str> {
        let mut tokens = Tokens::default();
        tokens.push_range(name, 0, name.len());
        self.key.clear();
        for (i, token) in tokens.as_slice().iter().enumerate() {
            if token.shape.has(Shape::ADDRESS) {
                return None;
            }
            let folded = tokens.folded(i);
            if token.shape.has(Shape::PUNCTUATION) || folded.is_empty() {
                continue;
            }
            if !self.key.is_empty() {
                self.key.push(' ');
            }
            self.key.push_str(folded);
        }
        (!self.key.is_empty()).then_some(self.key.as_str())
    }
}

/// What a token between two words of a name means for the name.
pub(crate) enum Joint {
    /// A word: it must be part of the key.
    Word,
    /// A mark that names may have inside (`-`, `'`, `&`, `/`; a point after a short word): it is skipped.
    Inside,
    /// A mark that ends every name.
    End,
}

/// How the folded token `token`, behind a word of `before` bytes, joins a name.
pub(crate) fn joint(token: &str, before: usize) -> Joint {
    match token {
        "-" | "'" | "&" | "/" => Joint::Inside,
        // `St. Gallen`, `U.S.`, `Washington D.C.`; not the end of a sentence.
        "." if before <= 4 => Joint::Inside,
        _ if token.chars().any(char::is_alphanumeric) => Joint::Word,
        _ => Joint::End,
    }
}

#[cfg(test)]
mod tests {
    use super::Keys;

    #[test]
    fn keys_are_folded_words() {
        let mut keys = Keys::default();
        for (name, key) in [
            ("Yeonsu-gu", "yeonsu gu"),
            ("’s-Hertogenbosch", "s hertogenbosch"),
            ("N’Zérékoré", "nzerekore"),
            ("Washington, D.C.", "washington d c"),
            ("King's Lynn", "king s lynn"),
        ] {
            assert_eq!(keys.key(name), Some(key), "{name}");
        }
        assert_eq!(keys.key("https://example.org/x"), None);
        assert_eq!(keys.key("—"), None);
    }
}
