//! Why a rule that found its words states nothing.

/// What stops a rule whose trigger, head, label or sequence stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The trigger of a frame stands inside a short quotation.
    Quoted,
    /// This `unless`, by index, speaks against it.
    Unless(usize),
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
