//! Mappings: tables that say what the names in a record or in the structured data of a page mean.
//!
//! A mapping is a file of a profile, `data/mappings/NAME.toml`. It is read and checked against the ontology ([`file`]), and
//! applied to the items of an announcement (`apply`): that gives the things they tell of, each with what is stated of it
//! and the blocks that state it. Who those things are is the business of [`resolve`](crate::resolve).
//!
//! docs/records.md is the reference.

mod apply;
mod file;
mod path;

pub use apply::{Given, Mapped, Piece, State, Thing};
pub use path::Path;

use crate::fact::{Confidence, RuleRef};
use crate::ontology::{ClassId, Ontology, RelationId};
use crate::profile::{Profile, ProfileError};
use crate::source::Vocabulary;

/// The mappings of a profile.
#[derive(Clone, Debug, Default)]
pub struct Mappings {
    things: Vec<ThingRule>,
}

/// How one kind of item becomes a thing.
#[derive(Clone, Debug)]
pub struct ThingRule {
    /// The names of what it may be applied to.
    vocabulary: Vocabulary,
    /// The types that an item may have; any, if there are none.
    types: Vec<String>,
    /// What it must have.
    has: Vec<Path>,
    /// What it must not have.
    lacks: Vec<Path>,
    /// Values that say that nothing is stated: of a cancelled event.
    unless: Vec<(Path, Vec<String>)>,
    /// Where in a record the items stand; the record itself, if nowhere.
    each: Option<Path>,
    /// What it is; `None` for the announcement itself.
    pub class: Option<ClassId>,
    /// What it is called: paths, with words between them.
    label: Vec<LabelPart>,
    /// What else it is called.
    aliases: Vec<Path>,
    /// The year that tells editions apart.
    year: Option<Path>,
    /// What is stated of it.
    states: Vec<StateRule>,
    /// The rule that says what it is.
    pub rule: RuleRef,
    /// How sure it is.
    pub confidence: Confidence,
}

#[derive(Clone, Debug)]
enum LabelPart {
    Words(String),
    Path(Path),
}

/// How a value becomes a statement.
#[derive(Clone, Debug)]
pub struct StateRule {
    /// The relation.
    pub relation: RelationId,
    /// Where the value stands: the first of these that has one.
    paths: Vec<Path>,
    /// What the value is the name of, if it is a name.
    pub class: Option<ClassId>,
    /// What else the named thing is called.
    also: Vec<Path>,
    /// Where it is said in which country or region a place lies.
    within: Vec<Path>,
    /// Which end of a range of dates is meant.
    pub take: Take,
    /// The rule, named after mapping and path.
    pub rule: RuleRef,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Which part of a value is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Take {
    /// The value; of a range of dates its first day.
    #[default]
    Start,
    /// The last day of a range of dates.
    End,
}

/// Why the mappings of a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// A file cannot be read.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// A file is not what a mapping looks like.
    #[error("{place}: {source}")]
    Syntax {
        /// The file.
        place: String,
        /// What is wrong, and where.
        source: Box<toml::de::Error>,
    },
    /// It reads, but does not fit the ontology: all that is wrong.
    #[error("the mappings cannot be used:\n  {}", .0.join("\n  "))]
    Wrong(Vec<String>),
}

impl Mappings {
    /// Reads `data/mappings/*.toml` of a profile; those of the user's folder come first.
    ///
    /// # Errors
    /// If a file is no mapping or does not fit the ontology; all that does not fit is listed.
    pub fn load(profile: &Profile, ontology: &Ontology) -> Result<Mappings, MappingError> {
        let mut paths: Vec<&str> = profile.files("data/mappings", "toml").map(|(path, _)| path).collect();
        paths.sort_by_key(|path| !profile.is_own(path));
        let mut things = Vec::new();
        let mut problems = Vec::new();
        for path in paths {
            let name = path.rsplit('/').next().and_then(|file| file.strip_suffix(".toml")).unwrap_or(path);
            file::read(name, &profile.place(path), profile.text(path)?, ontology, &mut things, &mut problems)?;
        }
        if problems.is_empty() { Ok(Mappings { things }) } else { Err(MappingError::Wrong(problems)) }
    }
}
