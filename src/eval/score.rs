//! Precision, recall and F1 from counts.
//!
//! The only floating point of Urbi's results: quotients of counts, in a fixed order and by the four basic operations,
//! which IEEE 754 fixes to the last bit.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use super::judge::Judgement;

/// The relation that a gazetteer alone can get right, left out of one figure.
pub const EASY: &str = "inCountry";
/// Relations with fewer gold facts are left out of the macro average.
pub const COMMON: usize = 5;

/// How many facts there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// In the gold files.
    pub gold: usize,
    /// Asserted.
    pub predicted: usize,
    /// Both.
    pub correct: usize,
}

/// Counts, and what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The counts.
    #[serde(flatten)]
    pub counts: Counts,
    /// Share of the asserted facts that are right, 0 to 1; 0 if there are none.
    pub precision: f64,
    /// Share of the gold facts that were asserted, 0 to 1; 0 if there are none.
    pub recall: f64,
    /// The harmonic mean of both, 0 to 1.
    pub f1: f64,
}

/// The scores of a collection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scores {
    /// By relation.
    pub relations: BTreeMap<String, Score>,
    /// All facts.
    pub all: Score,
    /// All but those of [`EASY`].
    pub all_but_in_country: Score,
    /// The mean F1 of the relations with at least [`COMMON`] gold facts.
    pub macro_f1: f64,
    /// How many relations that are.
    pub macro_relations: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.correct += other.correct;
    }
}

impl From<Counts> for Score {
    fn from(counts: Counts) -> Score {
        let precision = share(counts.correct, counts.predicted);
        let recall = share(counts.correct, counts.gold);
        let f1 = if counts.correct == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        Score { counts, precision, recall, f1 }
    }
}

/// A quotient of counts; 0 of nothing.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The counts of one announcement, by relation.
pub fn counts(judged: &Judgement) -> BTreeMap<&str, Counts> {
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    for asserted in &judged.correct {
        *counts.entry(&asserted.fact.relation).or_default() += Counts { gold: 1, predicted: 1, correct: 1 };
    }
    for asserted in &judged.wrong {
        *counts.entry(&asserted.fact.relation).or_default() += Counts { gold: 0, predicted: 1, correct: 0 };
    }
    for missed in &judged.missed {
        *counts.entry(&missed.relation).or_default() += Counts { gold: 1, predicted: 0, correct: 0 };
    }
    counts
}

impl Scores {
    /// The scores of announcements with these [`counts`].
    pub fn new<'a>(documents: impl Iterator<Item = &'a BTreeMap<&'a str, Counts>>) -> Scores {
        let mut relations: BTreeMap<&str, Counts> = BTreeMap::new();
        for document in documents {
            for (relation, counts) in document {
                *relations.entry(relation).or_default() += *counts;
            }
        }
        let sum = |counts: &mut dyn Iterator<Item = (&&str, &Counts)>| {
            let mut all = Counts::default();
            counts.for_each(|(_, counts)| all += *counts);
            Score::from(all)
        };
        let all = sum(&mut relations.iter());
        let all_but_in_country = sum(&mut relations.iter().filter(|(relation, _)| **relation != EASY));
        let relations: BTreeMap<String, Score> =
            relations.into_iter().map(|(relation, counts)| (relation.to_owned(), Score::from(counts))).collect();
        let common: Vec<f64> =
            relations.values().filter(|score| score.counts.gold >= COMMON).map(|score| score.f1).collect();
        let macro_f1 = common.iter().sum::<f64>() / common.len().max(1) as f64;
        Scores { relations, all, all_but_in_country, macro_f1, macro_relations: common.len() }
    }
}
