//! What is indexed, told apart.

use sha2::{Digest, Sha256};

/// A digest of texts, whose order does not matter to those who search.
pub fn digest(texts: &[String]) -> u64 {
    let mut sha = Sha256::new();
    for text in texts {
        sha.update((text.len() as u64).to_le_bytes());
        sha.update(text.as_bytes());
    }
    let whole: [u8; 32] = sha.finalize().into();
    let mut first = [0; 8];
    first.copy_from_slice(&whole[..8]);
    u64::from_le_bytes(first)
}
