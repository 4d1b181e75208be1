//! Where one clause ends and the next begins, without a parser.

use super::{Shape, Text};

/// Words that begin another clause behind a comma.
const DIVIDING: &[&str] = &["while", "whereas", "but", "although", "though", "because", "so", "yet"];

impl Text<'_> {
    /// Whether token `at` stands between two clauses: a semicolon or colon, a dash between blanks, or a comma before "while", "but"
    /// and the like. Quotations and what is in italics or bold are not divided.
    pub fn divides_clauses(&self, at: usize) -> bool {
        let spaced = |i: usize| i < self.tokens.len() && self.shape(i).has(Shape::SPACED);
        let divides = match self.word(at) {
            ";" | ":" => self.quotes.around(at).is_none(),
            "-" => spaced(at) && spaced(at + 1) && self.quotes.around(at).is_none(),
            "," => at + 1 < self.tokens.len() && DIVIDING.contains(&self.word(at + 1)),
            _ => false,
        };
        divides && !self.emphasis.iter().any(|e| e.contains(&at))
    }

    /// Whether a block of the announcement begins or ends before token `at`.
    pub fn is_block_border(&self, at: usize) -> bool {
        let block = |i: usize| self.sentences[self.sentence_of(i)].block;
        at == 0 || at >= self.tokens.len() || block(at - 1) != block(at)
    }
}
