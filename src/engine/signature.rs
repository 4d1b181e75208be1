//! What an extraction depends on beside the document, and what a change of that can touch.
//!
//! A store notes the [`Signature`] of the engine that read its documents. When rules or lexicon have changed, the
//! signatures of then and now tell which documents must be read again: those that have the words which a changed rule needs,
//! or a changed name. Nothing is guessed: where it cannot be told, all documents are read again.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Engine, EngineError};
use crate::{
    lexicon::{LexiconChange, LexiconIdentity},
    profile::Profile,
    rules::{RulesChange, RulesIdentity},
    source::Announcement,
    text::Text,
};

/// What an engine is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    program: String,
    /// A hash of the ontology, shapes aside.
    ontology: String,
    rules: RulesIdentity,
    lexicon: LexiconIdentity,
}

/// Which documents a change of rules or lexicon can touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of them: what has changed.
    Everything(&'static str),
    /// Those that have certain words.
    Words(RulesChange, LexiconChange),
}

impl Signature {
    /// The signature of an engine that was made with this profile.
    ///
    /// # Errors
    /// If a file of the profile cannot be read.
    pub fn new(engine: &Engine, profile: &Profile) -> Result<Signature, EngineError> {
        let mut ontology = Sha256::new();
        for (path, bytes) in profile.files("ontology", "ttl").filter(|(path, _)| !path.ends_with("/shapes.ttl")) {
            ontology.update(path);
            ontology.update(bytes.digest());
        }
        Ok(Signature {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            ontology: hex(ontology.finalize().as_slice()),
            rules: engine.rules().identity(),
            lexicon: LexiconIdentity::of(profile)?,
        })
    }

    /// A short name: equal if and only if the signatures are.
    pub fn digest(&self) -> String {
        // A structure of texts and lists can always be written.
        let text = serde_json::to_vec(self).unwrap_or_default();
        format!("urbi {} reading {}", self.program, hex(&Sha256::digest(text)))
    }

    /// What the change from `old` to this can touch.
    pub fn since(&self, old: &Signature) -> Reach {
        if self.program != old.program {
            return Reach::Everything("the program");
        }
        if self.ontology != old.ontology {
            return Reach::Everything("the ontology");
        }
        let Some(rules) = self.rules.since(&old.rules) else {
            return Reach::Everything("rules that may apply anywhere");
        };
        match self.lexicon.since(&old.lexicon) {
            Some(lexicon) => Reach::Words(rules, lexicon),
            None => Reach::Everything("names that matter everywhere"),
        }
    }
}

impl Reach {
    /// Whether a document may be read differently; if not, it is not.
    pub fn may_touch(&self, announcement: &Announcement) -> bool {
        let Reach::Words(rules, lexicon) = self else { return true };
        if rules.is_empty() && lexicon.is_empty() {
            return false;
        }
        let text = Text::new(announcement);
        let words: BTreeSet<&str> = (0..text.tokens.len()).map(|at| text.word(at)).collect();
        let has = |word: &str| words.contains(word);
        rules.may_touch(&has) || lexicon.may_touch(&has)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
