//! All that is measured, as one value that can be saved and read again. `docs/measuring.md` describes it.

use serde::{Deserialize, Serialize};

use super::interval::{Intervals, intervals};
use super::judge::Judgement;
use super::reliability::{Reliability, RuleRecord, reliability, rules};
use super::score::{Scores, counts};

/// Version of the form; it changes when a program that reads it would have to.
const VERSION: u32 = 1;

/// How well a profile reads a collection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    version: u32,
    /// What was measured: program and profile.
    pub measured: String,
    /// Precision, recall and F1.
    pub scores: Scores,
    /// How far the figures may lie from those of other announcements of the same kinds.
    pub intervals: Intervals,
    /// Whether confidences mean what they say.
    pub reliability: Reliability,
    /// How often each rule is right, by name.
    pub rules: Vec<RuleRecord>,
    /// Each announcement, by name.
    pub documents: Vec<Judgement>,
}

/// Why a saved report cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// It is none.
    #[error("{name} is no report of urbi eval --format json")]
    Form {
        /// Where it comes from.
        name: String,
        /// What is wrong, with line and column.
        source: serde_json::Error,
    },
    /// It comes from a program of another time.
    #[error(
        "{name} has form {found}, and this program reads form {VERSION}: make it anew with urbi eval --format json"
    )]
    Version {
        /// Where it comes from.
        name: String,
        /// Its form.
        found: u32,
    },
}

impl Report {
    /// The report on these judgements, one an announcement. `measured` says by which program and profile.
    pub fn new(measured: String, mut documents: Vec<Judgement>) -> Report {
        documents.sort_by(|a, b| a.id.cmp(&b.id));
        let counts: Vec<_> = documents.iter().map(counts).collect();
        Report {
            version: VERSION,
            measured,
            scores: Scores::new(counts.iter()),
            intervals: intervals(&counts),
            reliability: reliability(&documents),
            rules: rules(&documents),
            documents,
        }
    }

    /// Reads a saved report; `name` is for messages.
    ///
    /// # Errors
    /// If it is none, or of another form.
    pub fn parse(name: &str, json: &[u8]) -> Result<Report, ReportError> {
        #[derive(Deserialize)]
        struct Head {
            version: u32,
        }
        let form = |source| ReportError::Form { name: name.to_owned(), source };
        let head: Head = serde_json::from_slice(json).map_err(form)?;
        if head.version != VERSION {
            return Err(ReportError::Version { name: name.to_owned(), found: head.version });
        }
        serde_json::from_slice(json).map_err(form)
    }

    /// How many announcements have neither a wrong nor a missed fact.
    pub fn perfect(&self) -> usize {
        self.documents.iter().filter(|judged| judged.wrong.is_empty() && judged.missed.is_empty()).count()
    }

    /// How many announcements nothing could be extracted from.
    pub fn failed(&self) -> usize {
        self.documents.iter().filter(|judged| judged.failure.is_some()).count()
    }
}
