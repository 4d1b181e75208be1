//! The content of a file.

use std::{
    fmt,
    ops::Deref,
    sync::{Arc, OnceLock},
};

use sha2::{Digest, Sha256};

/// The content of a file of a profile. A clone shares it: a file of the standard profile is never copied into memory.
#[derive(Clone)]
pub struct Bytes(Content);

#[derive(Clone)]
enum Content {
    Embedded(&'static [u8], [u8; 32]),
    Read(Arc<(Vec<u8>, OnceLock<[u8; 32]>)>),
}

impl Bytes {
    /// A part of the program, and its SHA-256.
    pub(super) fn embedded(bytes: &'static [u8], digest: [u8; 32]) -> Bytes {
        Bytes(Content::Embedded(bytes, digest))
    }

    /// What was read from a file.
    pub(super) fn read(bytes: Vec<u8>) -> Bytes {
        Bytes(Content::Read(Arc::new((bytes, OnceLock::new()))))
    }

    /// The SHA-256 of the content. Computed on the first call, for files that are not part of the program.
    pub fn digest(&self) -> [u8; 32] {
        match &self.0 {
            Content::Embedded(_, digest) => *digest,
            Content::Read(read) => *read.1.get_or_init(|| Sha256::digest(&read.0).into()),
        }
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Content::Embedded(bytes, _) => bytes,
            Content::Read(read) => &read.0,
        }
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for Bytes {
    /// The length only: a lexicon has many megabytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", self.len())
    }
}
