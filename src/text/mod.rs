//! Words and sentences of an announcement. Knows nothing of names.

mod fold;
mod token;

pub use fold::{fold, fold_into};
pub use token::{Shape, Token, Tokens};
