//! How far the figures would move with other announcements of the same kinds: a percentile bootstrap over documents.
//!
//! A document is drawn whole, because the facts of one stand or fall together. The draws come from SplitMix64 (Steele, Lea,
//! Flood 2014) with a fixed seed: nine lines, so that no release of a random number library changes a report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::score::{Counts, Scores};

/// Collections that are drawn.
pub const DRAWS: usize = 1000;
/// Where the draws begin. Any number would do; it stays the same.
const SEED: u64 = 0x5EED_0F0B_1E55_ED17;
/// Collections left out at each end, of [`DRAWS`]: what stays is 95 %.
const TAIL: usize = DRAWS / 40;

/// Between which two values 95 % of the drawn collections lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower.
    pub low: f64,
    /// The upper.
    pub high: f64,
}

/// The intervals of the figures of a collection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Intervals {
    /// Of all facts.
    pub precision: Interval,
    /// Of all facts.
    pub recall: Interval,
    /// Of all facts.
    pub f1: Interval,
    /// F1 of all facts but those of `inCountry`.
    pub f1_but_in_country: Interval,
    /// The macro average.
    pub macro_f1: Interval,
}

/// The intervals for documents with these counts by relation.
pub fn intervals(documents: &[BTreeMap<&str, Counts>]) -> Intervals {
    let mut random = SplitMix64(SEED);
    let drawn: Vec<Scores> = (0..DRAWS)
        .map(|_| {
            let places: Vec<usize> = documents.iter().map(|_| random.below(documents.len())).collect();
            Scores::new(places.into_iter().map(|place| &documents[place]))
        })
        .collect();
    let interval = |figure: fn(&Scores) -> f64| {
        let mut figures: Vec<f64> = drawn.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        Interval { low: figures[TAIL], high: figures[DRAWS - 1 - TAIL] }
    };
    Intervals {
        precision: interval(|scores| scores.all.precision),
        recall: interval(|scores| scores.all.recall),
        f1: interval(|scores| scores.all.f1),
        f1_but_in_country: interval(|scores| scores.all_but_in_country.f1),
        macro_f1: interval(|scores| scores.macro_f1),
    }
}

struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`: the high half of a product, whose bias of `end` in 2⁶⁴ nobody can measure.
    fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Counts, SplitMix64, intervals};

    #[test]
    fn numbers_are_those_of_the_paper() {
        // The reference implementation's first numbers for the seed 1234567.
        let mut random = SplitMix64(1_234_567);
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
        let mut random = SplitMix64(1);
        let mut seen = [0; 5];
        (0..5000).for_each(|_| seen[random.below(5)] += 1);
        assert!(seen.iter().all(|count| (900..1100).contains(count)), "{seen:?}");
    }

    #[test]
    fn an_interval_holds_the_figure_and_is_always_the_same() {
        let document = |correct| BTreeMap::from([("heldIn", Counts { gold: 10, predicted: 10, correct })]);
        let documents: Vec<_> = (0..=10).map(document).collect();
        let f1 = intervals(&documents).f1;
        assert!(f1.low < 0.4 && 0.25 < f1.low && f1.high > 0.6 && f1.high < 0.75, "{f1:?}");
        assert_eq!(intervals(&documents), intervals(&documents));
        assert_eq!(intervals(&[document(7)]).f1.low, intervals(&[document(7)]).f1.high);
    }
}
