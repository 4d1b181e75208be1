//! Ordinary words that are also names, and what becomes of such names.
//!
//! Hundreds of villages are called like an English word (Best, Of, Center, Reading). The list is data
//! (`stopwords.txt`): one folded word a line, `!` before a function word.

use std::collections::BTreeMap;

/// The words of the list; the value tells function words.
pub(crate) struct Words<'t>(BTreeMap<&'t str, bool>);

/// What becomes of a place name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Drop,
    /// Kept, and marked as a common word.
    Doubtful,
    Keep,
}

/// The main name of a place with fewer inhabitants is dropped if it is an ordinary word …
const ORDINARY: u32 = 15_000;
/// … and with fewer than these if it is a function word.
const FUNCTION: u32 = 50_000;
/// A name wholly of ordinary words ("Salt Lake City") is doubtful below this size.
const KNOWN: u32 = 100_000;

impl<'t> Words<'t> {
    /// Reads the list; lines that start with `#` are remarks.
    pub(crate) fn new(text: &'t str) -> Words<'t> {
        let lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
        Words(lines.map(|l| l.strip_prefix('!').map_or((l, false), |word| (word, true))).collect())
    }

    /// What becomes of the name of key `key` of a place with `population` inhabitants.
    pub(crate) fn judge(&self, key: &str, primary: bool, population: u32) -> Verdict {
        if key.contains(' ') {
            let ordinary = key.split(' ').all(|word| self.0.contains_key(word));
            return match ordinary {
                true if !primary => Verdict::Drop,
                true if population < KNOWN => Verdict::Doubtful,
                _ => Verdict::Keep,
            };
        }
        let short = key.is_ascii() && key.len() <= 2;
        match self.0.get(key) {
            _ if short && !primary => Verdict::Drop,
            Some(_) if !primary => Verdict::Drop,
            Some(true) if population < FUNCTION => Verdict::Drop,
            Some(false) if population < ORDINARY => Verdict::Drop,
            Some(_) => Verdict::Doubtful,
            None if short => Verdict::Doubtful,
            None => Verdict::Keep,
        }
    }
}
