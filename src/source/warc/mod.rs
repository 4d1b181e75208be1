//! Web archives: the records of a WARC file (ISO 28500:2017; WARC 1.0 and 1.1), one by one, from a stream.
//!
//! Our own reader, because the crate `warc` (0.4) tells no offsets, takes all members of a gzip file for one stream, so that
//! a broken one hides all that follow, and cannot go on after a broken record. A record that is cut off, or whose length is
//! wrong, is named here, and reading goes on at the next place where a record begins. Offsets are those that indexes of web
//! archives (CDX) use: of the record in an uncompressed file, of the gzip member in a compressed one.

mod header;
mod records;
mod rewind;

pub use header::Header;
pub use records::{Event, Offset, Packing, Record, Wanted, read};

/// True if `head` begins a WARC file.
pub fn is_warc(head: &[u8]) -> bool {
    head.strip_prefix(b"WARC/").is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit))
}
