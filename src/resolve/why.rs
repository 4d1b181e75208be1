//! Why a mention means what it means, and why two entities were taken for one: noted where it is decided, so that
//! nobody has to guess it afterwards.
//!
//! Not in here: how a reason is told to people; that needs the names of all that it speaks of.

use std::ops::Range;
use std::sync::Arc;

use super::entity::EntityId;
use crate::lexicon::EntryId;
use crate::mention::MentionId;

/// A step in finding out what an announcement speaks of.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A mention means the entity.
    Mention(MentionId, Why),
    /// A mention gives the entity another name ("(ICLC)").
    Alias(MentionId, String),
    /// What was taken for another entity is this one.
    Merged(EntityId, Join),
    /// It is an edition of a series that its name does not say.
    Series(EntityId, Inherited),
}

/// Why a mention means an entity.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// The lexicon knows the name.
    Lexicon(Chosen),
    /// It is named so for the first time.
    New,
    /// It was called so before.
    SameName,
    /// It introduces a short name by which the entity was called before.
    Alias(String),
    /// Its name is a shorter or longer form of the one given before.
    CutName,
    /// It is the edition of the same series with the same ordinal.
    SameOrdinal,
    /// It is the edition of the same series in the same year.
    SameYear,
    /// Its name holds that of the series.
    Part,
    /// It is counted from another edition ("last year's").
    CountedFrom(EntityId),
    /// It refers back to what was mentioned last and can be called so; the token at which that mention begins.
    Nearest(usize),
    /// It refers to what the announcement is about.
    Main,
    /// It is the place where the announcement was made.
    Here,
    /// It is the city of the country that is named ("the Polish city"), or its capital.
    CityOf,
    /// What stands in apposition to it says which one it is ("the congress, the third").
    Apposition,
}

/// Why a name of the lexicon means one entry and not another.
#[derive(Clone, Debug, PartialEq)]
pub enum Chosen {
    /// It has one meaning, or the likeliest of its kind counts.
    First,
    /// The country or region that stands behind the name, with its tokens.
    Behind(Range<usize>),
    /// The same name means it elsewhere in the announcement.
    Settled,
    /// More speaks for it than for the others: all that were weighed, the weightiest first.
    Weighed(Arc<[Weighed]>),
}

/// A place that a name may mean, and what speaks for it, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The place.
    pub entry: EntryId,
    /// How many people live there: a hundred for each power of ten.
    pub size: i64,
    /// Its country is named in the announcement.
    pub country: i64,
    /// Its country is named in the same sentence.
    pub near: i64,
    /// The name is spelled exactly so.
    pub exact: i64,
    /// Other places of the announcement lie in its country.
    pub beside: i64,
}

impl Weighed {
    /// All that speaks for it.
    pub fn total(&self) -> i64 {
        self.size + self.country + self.near + self.exact + self.beside
    }
}

/// Why two entities are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// The short name of a series was taken for a series of its own.
    SeriesAcronym,
    /// The name of the one series begins or ends that of the other, and of no third.
    SeriesNamePart,
    /// They have the same high ordinal, and the same noun in their names.
    SameHighOrdinal,
    /// Once its series is known, it has the same ordinal or year.
    SameEdition,
    /// It is named without ordinal and year, and just one edition of its series is named.
    OnlyEdition,
    /// Its name, without ordinal and year, is that of the series of the other, or a part of it.
    BareName,
    /// The short name was introduced for the other.
    Introduced,
    /// The letters of the short name are those of the full name near it.
    Initials,
    /// The short name stands beside the title.
    BesideTitle,
    /// The structured data give another name, and the same day or city.
    Data,
    /// The one stands in apposition to the other.
    Apposition,
    /// Of one series and named together, one is known by its ordinal and the other by its year.
    NumberedAndDated,
}

/// Where the series of an edition comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inherited {
    /// It is that of the event that the announcement is about.
    Main,
    /// It is the one that was named last before it.
    Before,
    /// It is the first one that is named.
    First,
    /// The edition is counted from one of that series.
    Counted,
}
