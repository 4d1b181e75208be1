//! The automaton from keys to postings, and its form in bytes.
//!
//! An `fst` map holds the keys; its value is either one posting or the place of a list of them. Nothing is decoded at
//! load, so a start costs nothing however many names there are.

use std::collections::BTreeMap;

use fst::raw::{Fst, Output};
use fst::{IntoStreamer as _, Streamer as _};

use super::LexiconError;
use super::entry::{EntryId, Hit};

/// An entry behind a name, with what the name is to it, in 32 bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Posting(pub(crate) u32);

impl Posting {
    const PRIMARY: u32 = 1;
    const COMMON: u32 = 2;
    const ACRONYM: u32 = 4;
    const SHIFT: u32 = 8;

    pub(crate) fn new(hit: Hit) -> Posting {
        let mut bits = hit.entry.0 << Self::SHIFT;
        bits |= if hit.primary { Self::PRIMARY } else { 0 };
        bits |= if hit.common_word { Self::COMMON } else { 0 };
        bits |= if hit.acronym { Self::ACRONYM } else { 0 };
        Posting(bits)
    }

    pub(crate) fn hit(self) -> Hit {
        Hit {
            entry: EntryId(self.0 >> Self::SHIFT),
            primary: self.0 & Self::PRIMARY != 0,
            common_word: self.0 & Self::COMMON != 0,
            acronym: self.0 & Self::ACRONYM != 0,
        }
    }
}

/// The postings of one name, best first.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Postings<'l> {
    One(Posting),
    /// Four bytes each, little-endian.
    Many(&'l [u8]),
}

impl Postings<'_> {
    pub(crate) fn len(self) -> usize {
        match self {
            Postings::One(_) => 1,
            Postings::Many(bytes) => bytes.len() / 4,
        }
    }

    pub(crate) fn get(self, i: usize) -> Option<Posting> {
        match self {
            Postings::One(posting) => (i == 0).then_some(posting),
            Postings::Many(bytes) => {
                let (chunks, _) = bytes.as_chunks::<4>();
                chunks.get(i).map(|b| Posting(u32::from_le_bytes(*b)))
            }
        }
    }
}

/// Where a walk stands in an automaton.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    address: usize,
    output: Output,
}

/// Keys and postings; `D` is a static slice (embedded) or a vector (built at load).
pub(crate) struct Index<D> {
    fst: Fst<D>,
    postings: D,
}

/// Set in a value that is itself a posting.
const SINGLE: u64 = 1 << 32;

impl<D: AsRef<[u8]>> Index<D> {
    pub(crate) fn new(fst: D, postings: D) -> Result<Index<D>, LexiconError> {
        Ok(Index { fst: Fst::new(fst).map_err(LexiconError::Automaton)?, postings })
    }

    pub(crate) fn start(&self) -> State {
        State { address: self.fst.root().addr(), output: Output::zero() }
    }

    /// The state behind `byte`, if any key continues with it.
    #[inline]
    pub(crate) fn step(&self, state: State, byte: u8) -> Option<State> {
        let node = self.fst.node(state.address);
        let transition = node.transition(node.find_input(byte)?);
        Some(State { address: transition.addr, output: state.output.cat(transition.out) })
    }

    /// The postings of the key that ends here, if one does.
    pub(crate) fn postings(&self, state: State) -> Option<Postings<'_>> {
        let node = self.fst.node(state.address);
        if !node.is_final() {
            return None;
        }
        self.list(state.output.cat(node.final_output()).value())
    }

    /// The first `limit` keys that begin with `prefix`, in order, with their postings.
    pub(crate) fn beginning_with(&self, prefix: &str, limit: usize) -> Vec<(String, Postings<'_>)> {
        let mut keys = self.fst.range().ge(prefix).into_stream();
        let mut found = Vec::new();
        while let Some((key, output)) = keys.next() {
            if found.len() == limit || !key.starts_with(prefix.as_bytes()) {
                break;
            }
            let postings = self.list(output.value());
            found.extend(postings.map(|postings| (String::from_utf8_lossy(key).into_owned(), postings)));
        }
        found
    }

    /// The postings that the value of a key stands for.
    fn list(&self, value: u64) -> Option<Postings<'_>> {
        if value & SINGLE != 0 {
            return Some(Postings::One(Posting(value as u32)));
        }
        let at = value as usize;
        let bytes = self.postings.as_ref();
        let count = bytes.get(at..at + 2)?;
        let count = usize::from(u16::from_le_bytes([count[0], count[1]]));
        Some(Postings::Many(bytes.get(at + 2..at + 2 + 4 * count)?))
    }
}

/// Writes keys and postings: the two byte strings that [`Index::new`] takes. Lists stay in the order given; more than
/// 65,535 entries of one name are cut off.
pub(crate) fn write(names: &BTreeMap<String, Vec<Posting>>) -> Result<(Vec<u8>, Vec<u8>), LexiconError> {
    let mut builder = fst::raw::Builder::memory();
    let mut postings = Vec::new();
    for (key, list) in names {
        let value = match list[..] {
            [] => continue,
            [one] => SINGLE | u64::from(one.0),
            _ => {
                let at = postings.len() as u64;
                let count = list.len().min(usize::from(u16::MAX));
                postings.extend((count as u16).to_le_bytes());
                postings.extend(list[..count].iter().flat_map(|p| p.0.to_le_bytes()));
                at
            }
        };
        builder.insert(key, value).map_err(LexiconError::Automaton)?;
    }
    Ok((builder.into_inner().map_err(LexiconError::Automaton)?, postings))
}
