//! The compiled places: one file that is used as it lies in memory.
//!
//! Layout, all numbers little-endian: the magic; the lengths of the five sections (u64 each); the automaton; the
//! postings; the records, 26 bytes each, by rising GeoNames id; the labels; the admin1 codes. A record holds id,
//! population (u32 each), latitude and longitude (i32 each, in units of 1e-5 degree), label offset (u32), label length
//! (u8), kind (u8), country (two ASCII letters) and admin1 offset (u16, of a length byte with the code behind it).

use std::ops::Range;

use super::LexiconError;
use super::entry::Kind;
use super::index::Index;
use crate::profile::Bytes;

/// First bytes of the file; the digit rises with every change of the layout.
pub(crate) const MAGIC: &[u8; 8] = b"URBILEX1";
/// Bytes of a record.
pub(crate) const RECORD: usize = 26;
/// Stands for an unknown coordinate.
pub(crate) const NOWHERE: i32 = i32::MIN;

/// A place, as the compiled file holds it.
pub(crate) struct Place<'a> {
    pub(crate) id: u32,
    pub(crate) kind: Kind,
    pub(crate) label: &'a str,
    pub(crate) country: &'a str,
    pub(crate) admin1: &'a str,
    pub(crate) population: u32,
    pub(crate) position: Option<(f64, f64)>,
}

/// The compiled file.
pub(crate) struct Places {
    pub(crate) index: Index<Section>,
    records: Section,
    labels: Section,
    codes: Section,
}

/// A part of the file.
pub(crate) struct Section {
    file: Bytes,
    range: Range<usize>,
}

impl AsRef<[u8]> for Section {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        &self.file[self.range.clone()]
    }
}

impl Places {
    /// Reads the head of the file; nothing else is touched until it is used.
    pub(crate) fn new(file: &Bytes) -> Result<Places, LexiconError> {
        let head = file.strip_prefix(MAGIC).and_then(|rest| rest.get(..8 * 5)).ok_or(LexiconError::NotCompiled)?;
        let mut at = MAGIC.len() + head.len();
        let mut sections = Vec::with_capacity(5);
        for length in head.as_chunks::<8>().0 {
            let end = usize::try_from(u64::from_le_bytes(*length)).ok().and_then(|length| at.checked_add(length));
            let end = end.filter(|end| *end <= file.len()).ok_or(LexiconError::NotCompiled)?;
            sections.push(Section { file: file.clone(), range: at..end });
            at = end;
        }
        let [fst, postings, records, labels, codes] =
            <[Section; 5]>::try_from(sections).map_err(|_| LexiconError::NotCompiled)?;
        Ok(Places { index: Index::new(fst, postings)?, records, labels, codes })
    }

    fn records(&self) -> &[[u8; RECORD]] {
        self.records.as_ref().as_chunks().0
    }

    /// How many places there are.
    pub(crate) fn len(&self) -> usize {
        self.records().len()
    }

    /// The index of the place of that GeoNames id.
    pub(crate) fn find(&self, id: u32) -> Option<usize> {
        self.records().binary_search_by_key(&id, |r| u32_at(r, 0)).ok()
    }

    pub(crate) fn population(&self, index: usize) -> u32 {
        self.records().get(index).map_or(0, |r| u32_at(r, 4))
    }

    pub(crate) fn kind(&self, index: usize) -> Option<Kind> {
        self.records().get(index).and_then(|r| Kind::ALL.get(usize::from(r[21])).copied())
    }

    /// The place at `index`; `None` only if the file is damaged.
    pub(crate) fn get(&self, index: usize) -> Option<Place<'_>> {
        let record = self.records().get(index)?;
        let (lat, long) = (u32_at(record, 8) as i32, u32_at(record, 12) as i32);
        let code = self.codes.as_ref().get(usize::from(u16::from_le_bytes([record[24], record[25]]))..)?;
        Some(Place {
            id: u32_at(record, 0),
            kind: *Kind::ALL.get(usize::from(record[21]))?,
            label: text(self.labels.as_ref().get(u32_at(record, 16) as usize..)?, record[20])?,
            country: str::from_utf8(&record[22..24]).ok()?,
            admin1: text(code.get(1..)?, *code.first()?)?,
            population: u32_at(record, 4),
            position: (lat != NOWHERE).then(|| (f64::from(lat) / 1e5, f64::from(long) / 1e5)),
        })
    }
}

fn text(bytes: &[u8], len: u8) -> Option<&str> {
    str::from_utf8(bytes.get(..usize::from(len))?).ok()
}

fn u32_at(record: &[u8; RECORD], at: usize) -> u32 {
    u32::from_le_bytes([record[at], record[at + 1], record[at + 2], record[at + 3]])
}
