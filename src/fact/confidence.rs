//! How sure we are of a statement.

use std::fmt;

/// A confidence in thousandths, 0 to 1000. Integers, so that the same evidence gives the same figure on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Confidence(u16);

impl Confidence {
    /// Certain.
    pub const CERTAIN: Confidence = Confidence(1000);

    /// From thousandths; more than 1000 counts as 1000.
    pub fn from_thousandths(thousandths: u16) -> Confidence {
        Confidence(thousandths.min(1000))
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
    }
}
