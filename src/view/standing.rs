//! How a value that is stated stands to the others of its relation.

/// How a value stands.
///
/// A relation that has one value is given several: they refine each other (both are true), a later announcement corrects
/// an earlier one (the event was postponed; both were true when they were written), or they are in conflict. Only the last
/// needs a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// It stands in the view.
    Stands,
    /// A more precise value stands, with which it agrees.
    Refined,
    /// An announcement that is later than all that state it gives another value, which stands.
    Corrected,
    /// It is the end of an event that a later announcement lets start after that: what was stated of the earlier time.
    Overtaken,
    /// Another value stands that was announced no later, or nobody knows when, because more speaks for it.
    Contradicted,
    /// A curator accepted another value.
    Excluded,
    /// A curator rejected it.
    Rejected,
    /// It is less sure than statements of the view must be.
    Unsure,
}

impl Standing {
    /// All of them.
    pub const ALL: [Standing; 8] = [
        Standing::Stands,
        Standing::Refined,
        Standing::Corrected,
        Standing::Overtaken,
        Standing::Contradicted,
        Standing::Excluded,
        Standing::Rejected,
        Standing::Unsure,
    ];

    /// Whether the view holds it.
    pub const fn is_in_view(self) -> bool {
        matches!(self, Standing::Stands)
    }

    /// Whether a person should decide: nothing but how much speaks for it has.
    pub const fn is_open(self) -> bool {
        matches!(self, Standing::Contradicted)
    }

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Standing::Stands => "stands",
            Standing::Refined => "refined",
            Standing::Corrected => "corrected",
            Standing::Overtaken => "overtaken",
            Standing::Contradicted => "contradicted",
            Standing::Excluded => "excluded",
            Standing::Rejected => "rejected",
            Standing::Unsure => "unsure",
        }
    }
}
