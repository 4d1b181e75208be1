//! Why a rule that found its words states nothing.

use crate::mention::Objection;

/// What stops a rule whose trigger, head, label or sequence stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The trigger of a frame stands inside a short quotation.
    Quoted,
    /// Its language, or one of its `unless`, speaks against it.
    Objection(Objection),
    /// Nothing fits this role of a frame, by index.
    Role(usize),
    /// The announcement has nothing of the type that it speaks of (`of`).
    NothingSpokenOf,
    /// A head without items.
    NoItem,
    /// A label without a value.
    NoValue,
    /// Every triple has a variable that is not bound, or stands outside domain and range.
    NothingStated,
}
