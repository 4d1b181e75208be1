//! From bytes to an [`Announcement`]. Knows nothing of language.

mod announcement;
mod origin;

pub use announcement::{Announcement, Block, BlockKind, Link, Metadata, Stated};
pub use origin::Origin;
