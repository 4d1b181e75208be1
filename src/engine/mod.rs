//! All stages in one: an announcement in, facts with their evidence out.
//!
//! An engine is made once and shared between threads; extraction is a pure function of (document bytes, profile, program
//! version, base).

pub mod account;
mod data;
mod evidence;
pub mod examples;
mod passage;
mod signature;
pub mod trace;

pub use signature::{Reach, Signature};

use crate::fact::Extraction;
use crate::lexicon::{Lexicon, LexiconError};
use crate::mapping::{MappingError, Mappings};
use crate::mention;
use crate::ontology::{Ontology, OntologyError};
use crate::profile::Profile;
use crate::relate::{self, Firing, Stage};
use crate::resolve;
use crate::rules::{RuleSet, RulesError};
use crate::source::Announcement;
use crate::text::Text;
use crate::vocab::Base;

/// Reads announcements by the rules, the lexicon and the ontology of one profile.
pub struct Engine {
    ontology: Ontology,
    rules: RuleSet,
    lexicon: Lexicon,
    mappings: Mappings,
    base: Base,
}

/// Why a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The ontology.
    #[error(transparent)]
    Ontology(#[from] OntologyError),
    /// The rules.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// The lexicon.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The mappings.
    #[error(transparent)]
    Mappings(#[from] MappingError),
}

impl Engine {
    /// Loads a profile. IRIs are made under `base`.
    ///
    /// # Errors
    /// If a file of the profile is damaged or a rule is wrong; the message names file and place.
    pub fn new(profile: &Profile, base: &Base) -> Result<Engine, EngineError> {
        let ontology = Ontology::load(profile)?;
        let rules = RuleSet::load(profile, &ontology)?;
        let mappings = Mappings::load(profile, &ontology)?;
        Ok(Engine { rules, lexicon: Lexicon::load(profile)?, mappings, ontology, base: base.clone() })
    }

    /// The facts of an announcement.
    pub fn extract(&self, announcement: &Announcement) -> Extraction {
        self.stages(announcement, |stage, firings, notes| Extraction { notes, ..self.evidence(stage, firings) })
    }

    /// Carries an announcement through all stages, and gives what they found to `end`, with what a person should know.
    fn stages<T>(
        &self,
        announcement: &Announcement,
        end: impl FnOnce(&Stage<'_, '_>, &[Firing], Vec<String>) -> T,
    ) -> T {
        let (rules, ontology, lexicon) = (&self.rules, &self.ontology, &self.lexicon);
        let mapped = self.mappings.apply(announcement);
        let text = Text::with_values(announcement, &mapped.values);
        let reading = mention::find(&text, rules, lexicon, ontology);
        let mut entities = resolve::resolve(&reading, rules, lexicon, ontology);
        let mut firings = relate::relate(&Stage::new(&reading, &entities, rules, ontology), lexicon);
        let mut notes = Vec::new();
        if mapped.unknown > 0 {
            notes.push("no mapping knows this record; `docs/records.md` says how to write one".to_owned());
        }
        if !mapped.things.is_empty() {
            let data = data::read(self, &mapped, &reading, &mut entities, &firings, &mut notes);
            firings.extend(data);
        }
        end(&Stage::new(&reading, &entities, rules, ontology), &firings, notes)
    }

    /// The last stage of [`Engine::extract`]: what rules stated of an announcement, with IRIs and passages.
    pub fn evidence(&self, stage: &Stage<'_, '_>, firings: &[Firing]) -> Extraction {
        evidence::Writer::new(self, stage).write(firings)
    }

    /// The rules it reads by.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// The classes and relations it knows.
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// The names it knows.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
}
