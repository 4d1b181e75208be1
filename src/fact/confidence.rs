//! How sure we are of a statement.

use std::fmt;
use std::str::FromStr;

/// A confidence in thousandths, 0 to 1000. Integers, so that the same evidence gives the same figure on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Confidence(u16);

impl Confidence {
    /// Certain.
    pub const CERTAIN: Confidence = Confidence(1000);

    /// From thousandths; more than 1000 counts as 1000.
    pub const fn from_thousandths(thousandths: u16) -> Confidence {
        Confidence(if thousandths > 1000 { 1000 } else { thousandths })
    }

    /// In thousandths, 0 to 1000.
    pub fn thousandths(self) -> u16 {
        self.0
    }

    /// Two independent grounds for one statement (noisy-or), rounded down: `1 - (1 - a)(1 - b)`.
    #[must_use]
    pub fn or(self, other: Confidence) -> Confidence {
        let doubt = u32::from(1000 - self.0) * u32::from(1000 - other.0);
        Confidence((1000 - doubt.div_ceil(1000)) as u16)
    }

    /// A statement that needs both grounds: the product, rounded down.
    #[must_use]
    pub fn and(self, other: Confidence) -> Confidence {
        Confidence((u32::from(self.0) * u32::from(other.0) / 1000) as u16)
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1000, self.0 % 1000)
    }
}

/// What is no confidence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no confidence: write a number from 0 to 1 with at most three decimals, such as 0.85")]
pub struct NoConfidence(String);

impl FromStr for Confidence {
    type Err = NoConfidence;

    /// Reads `0`, `1`, `0.8`, `0.85` or `0.850`.
    fn from_str(text: &str) -> Result<Confidence, NoConfidence> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let thousandths = match (whole, part.len()) {
            ("0" | "1", 1..=3) if digits(part) => format!("{whole}{part:0<3}").parse().ok(),
            _ => None,
        };
        thousandths.filter(|n| *n <= 1000).map(Confidence).ok_or_else(|| NoConfidence(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Confidence;

    #[test]
    fn combines() {
        let c = Confidence::from_thousandths;
        assert_eq!(c(900).or(c(900)), c(990));
        assert_eq!(c(900).and(c(500)), c(450));
        assert_eq!(c(1000).or(c(0)), c(1000));
        assert_eq!(c(950).to_string(), "0.950");
        for (text, confidence) in [("0", 0), ("1", 1000), ("1.000", 1000), ("0.8", 800), ("0.85", 850), ("0.005", 5)] {
            assert_eq!(text.parse(), Ok(c(confidence)), "{text}");
        }
        for wrong in ["", "850", "1.001", "-0.1", "0.8501", "0.", ".5", "0.x", "+1", "NaN"] {
            assert!(wrong.parse::<Confidence>().is_err(), "{wrong}");
        }
    }
}
