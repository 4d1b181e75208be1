//! The names of the tables: sorted keys that a walk narrows down.
//!
//! Some thousand keys: sorting them takes a millisecond at each start, building an automaton of them twenty.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::entry::Hit;
use super::index::{Posting, Postings};

/// Which keys are still possible.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    first: usize,
    end: usize,
    /// Bytes that all of them share.
    depth: usize,
}

/// Sorted keys, each with its postings.
pub(crate) struct Sorted {
    keys: Vec<String>,
    /// The keys that begin with a word: a blank sorts before all that words hold, so they stand together.
    words: FxHashMap<Box<str>, Span>,
    /// Where the postings of a key begin, in bytes; one more than keys.
    starts: Vec<usize>,
    postings: Vec<u8>,
}

impl Sorted {
    /// Files names with their hits, best first.
    pub(crate) fn new(names: BTreeMap<String, Vec<Hit>>) -> Sorted {
        let keys = Vec::with_capacity(names.len());
        let mut sorted = Sorted { keys, words: FxHashMap::default(), starts: vec![0], postings: Vec::new() };
        for (key, hits) in names {
            sorted.postings.extend(hits.into_iter().flat_map(|hit| Posting::new(hit).0.to_le_bytes()));
            let first = key.split(' ').next().unwrap_or_default();
            let at = sorted.keys.len();
            match sorted.words.get_mut(first) {
                Some(span) => span.end = at + 1,
                None => {
                    sorted.words.insert(first.into(), Span { first: at, end: at + 1, depth: first.len() });
                }
            }
            sorted.keys.push(key);
            sorted.starts.push(sorted.postings.len());
        }
        sorted
    }

    /// The keys whose first word is `word`, if there are any.
    pub(crate) fn start(&self, word: &str) -> Option<Span> {
        self.words.get(word).copied()
    }

    /// The keys of `span` that go on with `bytes`, if there are any.
    pub(crate) fn step(&self, span: Span, bytes: &[u8]) -> Option<Span> {
        let depth = span.depth + bytes.len();
        let keys = &self.keys[span.first..span.end];
        let next = |key: &String| key.as_bytes()[span.depth..key.len().min(depth)].cmp(bytes);
        let first = span.first + keys.partition_point(|key| next(key).is_lt());
        let end = span.first + keys.partition_point(|key| next(key).is_le());
        (first < end).then_some(Span { first, end, depth })
    }

    /// The keys that begin with `prefix`, in order, with their postings.
    pub(crate) fn beginning_with(&self, prefix: &str) -> impl Iterator<Item = (&str, Postings<'_>)> {
        let first = self.keys.partition_point(|key| key.as_str() < prefix);
        let keys = self.keys[first..].iter().take_while(move |key| key.starts_with(prefix));
        keys.enumerate().map(move |(i, key)| {
            let range = self.starts[first + i]..self.starts[first + i + 1];
            (key.as_str(), Postings::Many(&self.postings[range]))
        })
    }

    /// The postings of the key that ends here, if one does.
    pub(crate) fn postings(&self, span: Span) -> Option<Postings<'_>> {
        let key = self.keys.get(span.first)?;
        let bytes = self.postings.get(self.starts[span.first]..self.starts[span.first + 1])?;
        (key.len() == span.depth && span.first < span.end).then_some(Postings::Many(bytes))
    }
}
