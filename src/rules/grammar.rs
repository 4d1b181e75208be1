//! Words of the language that the program itself must know. A profile without one of the lists does without its words.

use super::program::Symbol;
use super::words::Words;

/// Words of the language that the program itself must know: word lists of the profile with fixed names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// `$PREPOSITION`: governs the noun behind it.
    Preposition,
    /// `$BEFORENOUN`: may stand between a preposition and its noun.
    BeforeNoun,
    /// `$RELATIVEWORD`: opens a relative clause.
    Relative,
    /// `$FINITEVERB`: goes on with a clause behind one that was inserted.
    Finite,
    /// `$FUTUREWORD`: shows that a sentence speaks of what is to come.
    Future,
    /// `$PASTWORD`: shows that it speaks of what was.
    Past,
    /// `$PUBLISHEDWORD`: stands before the date of the announcement itself.
    Published,
    /// `$CONTEXTWORD`: before an event, says that it is named only to say where another one belongs.
    Context,
    /// `$EDITIONNOUN`: what editions of a series are in their names.
    EditionNoun,
    /// `$DENIALWORD`: before a preposition, says that what it governs is not meant.
    Denial,
    /// `$COPULA`: says that what stands before it is what stands behind it.
    Copula,
    /// `$ARTICLE`: may stand before a name in apposition.
    Article,
    /// `$CLOSING`: closes an apposition.
    Closing,
    /// `$SUBJECTWORD`: begins the subject of a clause.
    Subject,
    /// `$GENERICNOUN`: what any event, publication, person may be called.
    Generic,
    /// `$BETWEENNAMES`: may stand between a conjunction and the name that it ties to another.
    BetweenNames,
    /// `$ASIDEWORD`: begins what is said of one name of a list before the list goes on.
    Aside,
    /// `$LINKWORD`: says of a link that it leads to the page of what is announced.
    Link,
}

/// The words of these lists.
#[derive(Clone, Debug, Default)]
pub struct Grammar {
    pub(super) lists: [Words; Grammar::LISTS.len()],
}

impl Grammar {
    /// The names of the lists, in the order of [`Listed`].
    pub(super) const LISTS: [&'static str; 18] = [
        "PREPOSITION",
        "BEFORENOUN",
        "RELATIVEWORD",
        "FINITEVERB",
        "FUTUREWORD",
        "PASTWORD",
        "PUBLISHEDWORD",
        "CONTEXTWORD",
        "EDITIONNOUN",
        "DENIALWORD",
        "COPULA",
        "ARTICLE",
        "CLOSING",
        "SUBJECTWORD",
        "GENERICNOUN",
        "BETWEENNAMES",
        "ASIDEWORD",
        "LINKWORD",
    ];

    /// Whether a word stands in a list.
    pub fn has(&self, list: Listed, word: Symbol) -> bool {
        self.lists[list as usize].contains(word)
    }
}
