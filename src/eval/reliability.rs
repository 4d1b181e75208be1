//! Whether confidences mean what they say: how often facts of one confidence are right, and how often those of one rule.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::judge::{Asserted, Judgement};
use super::score::share;

/// Where the bins of confidence begin, in thousandths; the last ends at 1000.
const BINS: [u16; 8] = [0, 500, 600, 700, 800, 850, 900, 950];

/// The facts whose confidence lies between two values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// The lowest confidence, in thousandths.
    pub from: u16,
    /// The first confidence above, in thousandths; 1001 for the last bin.
    pub below: u16,
    /// How many facts were asserted.
    pub asserted: usize,
    /// How many of them are right.
    pub correct: usize,
    /// Their mean confidence, 0 to 1.
    pub stated: f64,
    /// The share that is right, 0 to 1.
    pub observed: f64,
}

/// How confidences of facts compare with what is right.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reliability {
    /// Bins in which there are facts, by confidence.
    pub bins: Vec<Bin>,
    /// The mean distance of stated and observed, weighted by facts (expected calibration error), 0 to 1.
    pub calibration_error: f64,
}

/// How often a rule is right. A fact that several rules state counts for each of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RuleRecord {
    /// Its name.
    pub rule: String,
    /// How many facts it stated.
    pub asserted: usize,
    /// How many of them are right.
    pub correct: usize,
    /// The mean confidence that it gave, 0 to 1.
    pub stated: f64,
    /// The share that is right, 0 to 1.
    pub observed: f64,
}

/// Facts that are counted together.
#[derive(Clone, Copy, Default)]
struct Tally {
    asserted: usize,
    correct: usize,
    /// Sum of confidences, in thousandths.
    stated: u64,
}

impl Tally {
    fn add(&mut self, confidence: u16, is_right: bool) {
        self.asserted += 1;
        self.correct += usize::from(is_right);
        self.stated += u64::from(confidence);
    }

    fn stated(self) -> f64 {
        share(self.stated as usize, self.asserted * 1000)
    }

    fn observed(self) -> f64 {
        share(self.correct, self.asserted)
    }
}

fn asserted(judgements: &[Judgement]) -> impl Iterator<Item = (&Asserted, bool)> {
    judgements.iter().flat_map(|judged| {
        let right = judged.correct.iter().map(|asserted| (asserted, true));
        right.chain(judged.wrong.iter().map(|asserted| (asserted, false)))
    })
}

/// Facts by confidence.
pub fn reliability(judgements: &[Judgement]) -> Reliability {
    let mut tallies = [Tally::default(); BINS.len()];
    for (asserted, is_right) in asserted(judgements) {
        let bin = BINS.partition_point(|from| *from <= asserted.confidence).saturating_sub(1);
        tallies[bin].add(asserted.confidence, is_right);
    }
    let ends = BINS[1..].iter().copied().chain([1001]);
    let bins: Vec<Bin> = BINS
        .into_iter()
        .zip(ends)
        .zip(tallies)
        .filter(|(_, tally)| tally.asserted > 0)
        .map(|((from, below), tally)| Bin {
            from,
            below,
            asserted: tally.asserted,
            correct: tally.correct,
            stated: tally.stated(),
            observed: tally.observed(),
        })
        .collect();
    let facts: usize = bins.iter().map(|bin| bin.asserted).sum();
    let distance: f64 = bins.iter().map(|bin| (bin.stated - bin.observed).abs() * bin.asserted as f64).sum();
    Reliability { bins, calibration_error: distance / facts.max(1) as f64 }
}

/// Facts by rule, by name.
pub fn rules(judgements: &[Judgement]) -> Vec<RuleRecord> {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for (asserted, is_right) in asserted(judgements) {
        let mut surest: BTreeMap<&str, u16> = BTreeMap::new();
        for ground in &asserted.evidence {
            let confidence = surest.entry(&ground.rule).or_default();
            *confidence = ground.confidence.max(*confidence);
        }
        for (rule, confidence) in surest {
            tallies.entry(rule).or_default().add(confidence, is_right);
        }
    }
    let record = |(rule, tally): (&str, Tally)| RuleRecord {
        rule: rule.to_owned(),
        asserted: tally.asserted,
        correct: tally.correct,
        stated: tally.stated(),
        observed: tally.observed(),
    };
    tallies.into_iter().map(record).collect()
}
