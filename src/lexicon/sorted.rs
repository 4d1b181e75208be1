//! The names of the tables: sorted keys that a walk narrows down.
//!
//! Some thousand keys: sorting them takes a millisecond at each start, building an automaton of them twenty.

use std::collections::BTreeMap;

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
    /// Where the postings of a key begin, in bytes; one more than keys.
    starts: Vec<usize>,
    postings: Vec<u8>,
}

impl Sorted {
    /// Files names with their hits, best first.
    pub(crate) fn new(names: BTreeMap<String, Vec<Hit>>) -> Sorted {
        let mut sorted = Sorted { keys: Vec::with_capacity(names.len()), starts: vec![0], postings: Vec::new() };
        for (key, hits) in names {
            sorted.postings.extend(hits.into_iter().flat_map(|hit| Posting::new(hit).0.to_le_bytes()));
            sorted.keys.push(key);
            sorted.starts.push(sorted.postings.len());
        }
        sorted
    }

    pub(crate) fn start(&self) -> Span {
        Span { first: 0, end: self.keys.len(), depth: 0 }
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

    /// The postings of the key that ends here, if one does.
    pub(crate) fn postings(&self, span: Span) -> Option<Postings<'_>> {
        let key = self.keys.get(span.first)?;
        let bytes = self.postings.get(self.starts[span.first]..self.starts[span.first + 1])?;
        (key.len() == span.depth && span.first < span.end).then_some(Postings::Many(bytes))
    }
}
