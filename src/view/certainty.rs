//! How sure a statement is that several passages make.

use std::collections::BTreeMap;

use super::statements::Support;
use crate::fact::Confidence;

/// The confidence of a statement: noisy-or over its passages, those of the same wording counted once, the surest first.
///
/// Built up passage by passage, in any order. It never falls when a passage is added, so that one who asks whether it reaches
/// a threshold may stop as soon as it does.
#[derive(Clone, Debug, Default)]
pub struct Certainty {
    /// The surest passage of each wording.
    wordings: BTreeMap<String, Confidence>,
    /// How many wordings there are of each confidence.
    levels: BTreeMap<Confidence, u32>,
}

impl Certainty {
    /// Counts a passage.
    pub fn add(&mut self, support: &Support) {
        let Some(best) = self.wordings.get_mut(&support.wording) else {
            self.wordings.insert(support.wording.clone(), support.confidence);
            *self.levels.entry(support.confidence).or_default() += 1;
            return;
        };
        if support.confidence > *best {
            let before = std::mem::replace(best, support.confidence);
            if let Some(count) = self.levels.get_mut(&before) {
                *count -= 1;
            }
            *self.levels.entry(support.confidence).or_default() += 1;
        }
    }

    /// All passages together.
    pub fn value(&self) -> Confidence {
        let mut value = Confidence::from_thousandths(0);
        for (level, count) in self.levels.iter().rev() {
            for _ in 0..*count {
                let more = value.or(*level);
                // Rounding ends the climb: what changes nothing once changes nothing again.
                if more == value {
                    break;
                }
                value = more;
            }
        }
        value
    }
}

/// The confidence of a statement that all these pieces of evidence make.
pub fn combine(supports: &[Support]) -> Confidence {
    let mut certainty = Certainty::default();
    supports.iter().for_each(|support| certainty.add(support));
    certainty.value()
}

#[cfg(test)]
mod tests {
    use oxrdf::NamedNode;
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn support(wording: u8, confidence: u16) -> Support {
        Support {
            evidence: NamedNode::new_unchecked("e"),
            document: NamedNode::new_unchecked("d"),
            confidence: Confidence::from_thousandths(confidence),
            wording: wording.to_string(),
        }
    }

    /// The definition, word by word.
    fn noisy_or(supports: &[Support]) -> Confidence {
        let mut best: BTreeMap<&str, Confidence> = BTreeMap::new();
        for support in supports {
            let known = best.entry(&support.wording).or_insert(support.confidence);
            *known = (*known).max(support.confidence);
        }
        let mut confidences: Vec<Confidence> = best.into_values().collect();
        confidences.sort_unstable_by(|a, b| b.cmp(a));
        confidences.into_iter().reduce(Confidence::or).unwrap_or(Confidence::from_thousandths(0))
    }

    proptest! {
        #[test]
        fn is_the_noisy_or_and_never_falls(passages in vec((0..30_u8, 0..=1000_u16), 0..60)) {
            let supports: Vec<Support> = passages.iter().map(|(w, c)| support(*w, *c)).collect();
            let mut certainty = Certainty::default();
            let mut last = Confidence::from_thousandths(0);
            for (count, one) in supports.iter().enumerate() {
                certainty.add(one);
                prop_assert_eq!(certainty.value(), noisy_or(&supports[..=count]));
                prop_assert!(certainty.value() >= last);
                last = certainty.value();
            }
        }
    }
}
