//! Why a file cannot be read as an announcement, where, and what to do.

/// A file that could not be read; every message names the file.
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
    /// Larger than [`MAX_LENGTH`](super::MAX_LENGTH).
    #[error("{name}: {length} bytes are more than the limit of {limit}; split the file")]
    TooLarge {
        /// The file.
        name: String,
        /// Its length in bytes.
        length: u64,
        /// The limit in bytes.
        limit: u64,
    },
}
