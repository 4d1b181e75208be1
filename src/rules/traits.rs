//! Tests of one token, as the matcher carries them out: some bits that must be there, some that must not, and a look into
//! one or two sets of words. However many tests a rule joins by `&`, they are one.

use super::program::Symbol;
use super::words::Words;
use crate::source::BlockKind;
use crate::text::Shape;

/// What a token is, its word aside, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(u32);

impl Traits {
    /// None.
    pub const NONE: Traits = Traits(0);
    /// A Roman number in capitals.
    pub const ROMAN: Traits = Traits(1 << 14);
    /// The acronym of a series that the lexicon knows, with a number: `WUF12`.
    pub const EDITION: Traits = Traits(1 << 15);
    /// A mark that ends a sentence or a part of it: `.`, `;`, `:`, `!`, `?`.
    pub const STOP: Traits = Traits(1 << 16);
    /// Where a clause or sentence ends: such a mark, or what divides clauses.
    pub const BORDER: Traits = Traits(1 << 17);
    /// A year: four digits from 1000 to 2199.
    pub const YEAR: Traits = Traits(1 << 18);
    /// A usual given name, capitalised.
    pub const GIVEN: Traits = Traits(1 << 19);
    /// Capitalised, and so is the token behind it; or a given name: proper even where a sentence begins with it.
    pub const PROPER: Traits = Traits(1 << 20);
    /// Inside quotation marks.
    pub const QUOTED: Traits = Traits(1 << 21);
    /// In the opening of a call for papers, before its running text.
    pub const OPENING: Traits = Traits(1 << 22);
    /// In the title of a call for papers.
    pub const TITLE: Traits = Traits(1 << 23);

    /// The names by which rules ask for them (`is=upper`), but for `proper`, which depends on where a sentence begins.
    pub(super) const NAMED: [(&str, Traits); 25] = [
        ("capitalised", Traits::of(Shape::CAPITALISED)),
        ("upper", Traits::of(Shape::UPPER)),
        ("number", Traits::of(Shape::NUMBER)),
        ("word", Traits::of(Shape::WORD)),
        ("punctuation", Traits::of(Shape::PUNCTUATION)),
        ("mixed", Traits::of(Shape::MIXED)),
        ("camel", Traits::of(Shape::CAMEL)),
        ("line-start", Traits::of(Shape::LINE_START)),
        ("spaced", Traits::of(Shape::SPACED)),
        ("year", Traits::YEAR),
        ("given-name", Traits::GIVEN),
        ("quoted", Traits::QUOTED),
        ("opening", Traits::OPENING),
        ("title", Traits::TITLE),
        ("border", Traits::BORDER),
        ("roman", Traits::ROMAN),
        ("edition", Traits::EDITION),
        ("headline", Traits(1 << 24)),
        ("heading", Traits(1 << 25)),
        ("dateline", Traits(1 << 26)),
        ("paragraph", Traits(1 << 27)),
        ("list-item", Traits(1 << 28)),
        ("table-cell", Traits(1 << 29)),
        ("caption", Traits(1 << 30)),
        ("field", Traits(1 << 31)),
    ];

    /// What its form shows of a token.
    pub const fn of(shape: Shape) -> Traits {
        Traits(shape.bits() as u32)
    }

    /// That a token stands in a block of this kind.
    pub fn in_block(kind: BlockKind) -> Traits {
        Traits(match kind {
            BlockKind::Headline => 1 << 24,
            BlockKind::Heading(_) => 1 << 25,
            BlockKind::Dateline => 1 << 26,
            BlockKind::Paragraph => 1 << 27,
            BlockKind::ListItem(_) => 1 << 28,
            BlockKind::TableCell { .. } => 1 << 29,
            BlockKind::Caption => 1 << 30,
            BlockKind::Field => 1 << 31,
            // No rule asks for them: they are no prose.
            BlockKind::Value => 0,
        })
    }

    /// Those of both.
    #[must_use]
    pub const fn with(self, other: Traits) -> Traits {
        Traits(self.0 | other.0)
    }

    /// Whether all of `other` are among them.
    #[inline]
    pub const fn has(self, other: Traits) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any of `other` is among them.
    #[inline]
    pub const fn meets(self, other: Traits) -> bool {
        self.0 & other.0 != 0
    }
}

/// A compiled test of one token: all that it asks for must hold. The empty one holds for every token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// What the token must be.
    pub all: Traits,
    /// What it must not be.
    pub none: Traits,
    /// Words, one of which it must be.
    pub words: Option<Words>,
    /// Words, none of which it may be.
    pub others: Option<Words>,
    /// Whether it must be capitalised, and not only because a sentence begins with it; or must not be so.
    pub proper: Option<bool>,
}

impl Check {
    /// Any token that ends no sentence and no part of it.
    pub(super) fn any() -> Check {
        Check { none: Traits::STOP, ..Check::default() }
    }

    /// One of these words.
    pub(super) fn words(words: Words) -> Check {
        Check { words: Some(words), ..Check::default() }
    }

    /// A token with these traits.
    pub(super) fn traits(all: Traits) -> Check {
        Check { all, ..Check::default() }
    }

    /// The contrary of a check that asks for one thing.
    pub(super) fn negated(self) -> Check {
        Check {
            all: self.none,
            none: self.all,
            words: self.others,
            others: self.words.filter(|words| !words.is_empty()),
            proper: self.proper.map(|proper| !proper),
        }
    }

    /// What both ask for.
    pub(super) fn and(self, other: Check) -> Check {
        let both = |a: Option<Words>, b: Option<Words>, join: fn(&Words, &Words) -> Words| match (a, b) {
            (Some(a), Some(b)) => Some(join(&a, &b)),
            (a, b) => a.or(b),
        };
        Check {
            all: self.all.with(other.all),
            none: self.none.with(other.none),
            words: both(self.words, other.words, Words::intersection),
            others: both(self.others, other.others, Words::union),
            proper: self.proper.or(other.proper),
        }
    }

    /// Whether it asks for a word and for nothing else.
    pub fn is_word(&self) -> bool {
        self.words.is_some() && *self == Check { words: self.words.clone(), ..Check::default() }
    }

    /// Whether it holds for a token with this word and these traits; `first`: it begins the sentence.
    #[inline]
    pub fn holds(&self, word: Symbol, traits: Traits, first: bool) -> bool {
        traits.has(self.all)
            && !traits.meets(self.none)
            && self.words.as_ref().is_none_or(|words| words.contains(word))
            && self.others.as_ref().is_none_or(|words| !words.contains(word))
            && self.proper.is_none_or(|proper| {
                let is = traits.has(Traits::PROPER) || !first && traits.has(Traits::of(Shape::CAPITALISED));
                is == proper
            })
    }
}
