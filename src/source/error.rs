//! Why something cannot be read as an announcement, where, and what to do.

use std::io;

/// A file, or a part of one, that could not be read; every message names it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is nothing in it.
    #[error("{name}: the file is empty")]
    Empty {
        /// The file.
        name: String,
    },
    /// There are bytes but no words, or nothing but navigation and banners.
    #[error("{name}: no text found in {length} bytes; `--from FORM` says what form it has")]
    NoText {
        /// The file.
        name: String,
        /// Its length in bytes.
        length: u64,
    },
    /// Not text.
    #[error("{name}: byte {at} is 0x{byte:02X}, so this is not text; give a text form of the document")]
    Binary {
        /// The file.
        name: String,
        /// Offset of the first such byte.
        at: u64,
        /// The byte.
        byte: u8,
    },
    /// Text in no encoding that can be told with certainty.
    #[error("{name}: line {line}, byte {at}: not valid {charset}; save the file as UTF-8")]
    Encoding {
        /// The file.
        name: String,
        /// Line of the first wrong byte, from 1.
        line: u64,
        /// Offset of the first wrong byte.
        at: u64,
        /// The encoding that it seemed to have.
        charset: &'static str,
    },
    /// Larger than a document may be.
    #[error("{name}: more than {limit} bytes, the limit of a document; split it")]
    TooLarge {
        /// The file.
        name: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// A container in a container in a container, and so on.
    #[error("{name}: lies in more than {limit} containers, one in another; unpack it first")]
    TooDeep {
        /// The container that is not opened.
        name: String,
        /// How many may lie in each other.
        limit: u32,
    },
    /// A container that unpacks to much more than its size: a decompression bomb, or nearly one.
    #[error(
        "{name}: its contents are out of all proportion to its size, more than {limit} bytes; the rest is not read"
    )]
    Bomb {
        /// Where the limit was reached.
        name: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// The name of a member of an archive leads out of it.
    #[error("{name}: the name leads out of the archive, so the member is not read; rename it")]
    Outside {
        /// The member.
        name: String,
    },
    /// Not as its form demands: cut off, or with wrong bytes.
    #[error("{name}: byte {at}: {problem}")]
    Damaged {
        /// The file or part.
        name: String,
        /// Offset of the place that shows it, from the start of the part.
        at: u64,
        /// What is wrong.
        problem: String,
    },
    /// In a form that Urbi does not read, or does not read there.
    #[error("{name}: {problem}")]
    Unsupported {
        /// The file or part.
        name: String,
        /// What it is, and what to do.
        problem: String,
    },
    /// The system refuses.
    #[error("cannot read {name}")]
    Io {
        /// The file or part.
        name: String,
        /// Why.
        source: io::Error,
    },
}

impl ReadError {
    /// The file or part.
    pub fn name(&self) -> &str {
        match self {
            ReadError::Empty { name }
            | ReadError::NoText { name, .. }
            | ReadError::Binary { name, .. }
            | ReadError::Encoding { name, .. }
            | ReadError::TooLarge { name, .. }
            | ReadError::TooDeep { name, .. }
            | ReadError::Bomb { name, .. }
            | ReadError::Outside { name }
            | ReadError::Damaged { name, .. }
            | ReadError::Unsupported { name, .. }
            | ReadError::Io { name, .. } => name,
        }
    }

    /// The offset in it that shows what is wrong, in bytes.
    pub fn at(&self) -> Option<u64> {
        match self {
            ReadError::Binary { at, .. } | ReadError::Encoding { at, .. } | ReadError::Damaged { at, .. } => Some(*at),
            _ => None,
        }
    }

    /// A word for the kind of error, for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            ReadError::Empty { .. } => "empty",
            ReadError::NoText { .. } => "no-text",
            ReadError::Binary { .. } => "binary",
            ReadError::Encoding { .. } => "encoding",
            ReadError::TooLarge { .. } => "too-large",
            ReadError::TooDeep { .. } => "too-deep",
            ReadError::Bomb { .. } => "bomb",
            ReadError::Outside { .. } => "outside",
            ReadError::Damaged { .. } => "damaged",
            ReadError::Unsupported { .. } => "unsupported",
            ReadError::Io { .. } => "io",
        }
    }
}
