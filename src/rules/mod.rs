//! Rules: files that say what announcements state and how, checked against the ontology and compiled.
//!
//! A rule file is read ([`ast`]), checked and compiled ([`RuleSet`]); these are different types, so that an unchecked
//! rule cannot run. All mistakes of all files are reported together ([`Diagnostic`]).
//!
//! Not in here: documents. Rules know words and types; what they are applied to, and how, is the business of the
//! stages below.

pub mod ast;
mod check;
mod choices;
mod compile;
mod diagnostic;
mod grammar;
mod identity;
mod index;
mod inflect;
mod joins;
mod lead;
mod lexer;
mod lists;
mod needs;
mod parser;
mod parts;
mod pattern;
mod program;
mod ruleset;
mod show;
mod starts;
mod switch;
mod template;
mod token;
mod traits;
mod types;
mod words;

pub use ast::{Anaphor, Example};
pub use diagnostic::{Code, Diagnostic, Span};
pub use grammar::{Grammar, Listed};
pub use identity::{RulesChange, RulesIdentity};
pub use index::{Index, Indexes, Place, Stage};
pub use joins::Joins;
pub use lead::{Lead, Width};
pub use needs::{Literals, Needs};
pub use program::{Inst, Program, Symbol, Symbols};
pub use ruleset::{
    DeriveRule, FieldRule, FrameRole, FrameRule, Info, Kind, ListRule, MentionRule, Object, Part, Rule, RuleSet,
    SpanRule, Template, Unless, Var,
};
pub use show::describe_types;
pub use starts::Starts;
pub use switch::Switch;
pub use traits::{Check, Traits};
pub use types::{Type, TypeSet, ValueType};
pub use words::Words;

use crate::ontology::Ontology;
use crate::profile::{Profile, ProfileError};

/// Why the rules of a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// A file cannot be read.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// Some rules are wrong.
    #[error("{} in the rules:\n{}", count(.0.len()), lines(.0))]
    Wrong(Vec<Diagnostic>),
}

fn count(n: usize) -> String {
    if n == 1 { "1 mistake".to_owned() } else { format!("{n} mistakes") }
}

fn lines(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|d| format!("  {d}")).collect::<Vec<_>>().join("\n")
}

impl RuleSet {
    /// Reads, checks and compiles `data/rules/*.rules` of a profile.
    ///
    /// # Errors
    /// If a file is not UTF-8, or a rule is wrong; all mistakes are listed.
    pub fn load(profile: &Profile, ontology: &Ontology) -> Result<RuleSet, RulesError> {
        let mut texts = Vec::new();
        for (path, _) in profile.files("data/rules", "rules") {
            texts.push((profile.place(path), profile.text(path)?));
        }
        let texts: Vec<(&str, &str)> = texts.iter().map(|(place, text)| (place.as_str(), *text)).collect();
        RuleSet::from_texts(&texts, ontology).map_err(RulesError::Wrong)
    }

    /// Reads, checks and compiles rule files given as (name, text).
    ///
    /// # Errors
    /// All mistakes, in the order of files and places.
    pub fn from_texts(texts: &[(&str, &str)], ontology: &Ontology) -> Result<RuleSet, Vec<Diagnostic>> {
        let mut diagnostics = Vec::new();
        let sources: Vec<check::Source<'_>> = texts
            .iter()
            .map(|(name, text)| check::Source { name, text, file: parser::parse(name, text, &mut diagnostics) })
            .collect();
        let set = check::check(&sources, ontology, &mut diagnostics);
        diagnostics.sort_by(|a, b| (&a.file, a.span.start, a.code).cmp(&(&b.file, b.span.start, b.code)));
        if diagnostics.is_empty() { Ok(set.indexed()) } else { Err(diagnostics) }
    }
}
