//! From the extracted text back to the original bytes.

use std::ops::Range;

/// A stretch of text that came from a stretch of the original, in `count` equal steps: `step.0` bytes of text came from
/// `step.1` bytes of the original. ASCII in UTF-8 has steps of (1, 1), in UTF-16 of (1, 2); `&amp;` is one step of (1, 5).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    text: usize,
    original: u64,
    count: u32,
    step: (u32, u32),
}

impl Piece {
    fn text_end(&self) -> usize {
        self.text + self.count as usize * self.step.0 as usize
    }

    fn original_end(&self) -> u64 {
        self.original + u64::from(self.count) * u64::from(self.step.1)
    }
}

/// Maps byte offsets of the text to byte offsets of the original. Pieces are in the order of the text; text between
/// pieces (a blank that joins two lines) has no original of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pieces: Vec<Piece>,
}

impl Origin {
    /// Records that `text` (bytes of the text) came from `original` (bytes of the original); `text` must begin where or
    /// behind the last recorded piece ended. Stretches of equal length map byte by byte, others only as a whole.
    /// Stretches of 4 GiB or more are not recorded.
    pub fn push(&mut self, text: Range<usize>, original: Range<u64>) {
        let lengths = (u32::try_from(text.len()), u32::try_from(original.end.saturating_sub(original.start)));
        if let (Ok(from), Ok(to)) = lengths {
            if from == to {
                self.push_steps(text.start, original.start, from, (1, 1));
            } else {
                self.push_steps(text.start, original.start, 1, (from, to));
            }
        }
    }

    /// Records `count` steps that begin at `text` and `original`; each step is so many bytes of text from so many bytes
    /// of the original.
    pub(super) fn push_steps(&mut self, text: usize, original: u64, count: u32, step: (u32, u32)) {
        if count == 0 || step.0 == 0 {
            return;
        }
        if let Some(last) = self.pieces.last_mut()
            && last.step == step
            && last.text_end() == text
            && last.original_end() == original
            && let Some(sum) = last.count.checked_add(count)
        {
            last.count = sum;
            return;
        }
        self.pieces.push(Piece { text, original, count, step });
    }

    /// Forgets what was recorded for byte `text` and those behind it; of a step that lies across it the part before it too.
    pub(super) fn truncate(&mut self, text: usize) {
        while let Some(last) = self.pieces.last_mut().filter(|p| p.text_end() > text) {
            if last.text >= text {
                self.pieces.pop();
            } else {
                last.count = ((text - last.text) / last.step.0 as usize) as u32;
            }
        }
    }

    /// Records for byte `at` and those behind it what `from` says of `text`.
    pub(super) fn copy(&mut self, from: &Origin, text: Range<usize>, at: usize) {
        let first = from.pieces.partition_point(|p| p.text_end() <= text.start);
        for piece in from.pieces[first..].iter().take_while(|p| p.text < text.end) {
            let step = piece.step.0 as usize;
            let skipped = text.start.saturating_sub(piece.text) / step;
            let end = ((text.end - piece.text) / step).min(piece.count as usize);
            let to = at + piece.text + skipped * step - text.start;
            let original = piece.original + skipped as u64 * u64::from(piece.step.1);
            self.push_steps(to, original, end.saturating_sub(skipped) as u32, piece.step);
        }
    }

    /// The bytes of the original that gave `text`: in the order of the text, neighbours joined.
    pub fn original(&self, text: Range<usize>) -> Vec<Range<u64>> {
        let first = self.pieces.partition_point(|p| p.text_end() <= text.start);
        let mut out: Vec<Range<u64>> = Vec::new();
        for piece in self.pieces[first..].iter().take_while(|p| p.text < text.end) {
            let step = piece.step.0 as usize;
            let from = (text.start.saturating_sub(piece.text) / step) as u64;
            let to = ((text.end - piece.text).div_ceil(step) as u64).min(u64::from(piece.count));
            let width = u64::from(piece.step.1);
            let range = piece.original + from * width..piece.original + to * width;
            match out.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ if range.is_empty() => {}
                _ => out.push(range),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn maps_pieces_and_gaps() {
        let mut origin = Origin::default();
        origin.push(0..5, 10..15);
        origin.push(6..8, 20..22);
        origin.push(8..9, 22..27); // an entity such as &amp;
        assert_eq!(origin.original(1..3), vec![11..13]);
        assert_eq!(origin.original(4..7), vec![14..15, 20..21]);
        assert_eq!(origin.original(7..9), vec![21..27]);
        assert_eq!(origin.original(5..6), vec![]);
    }

    #[test]
    fn maps_steps() {
        let mut origin = Origin::default();
        origin.push_steps(0, 2, 3, (1, 2)); // "abc" in UTF-16
        origin.push_steps(3, 8, 2, (2, 2)); // "éé"
        assert_eq!(origin.original(1..2), vec![4..6]);
        assert_eq!(origin.original(2..5), vec![6..10]);
        assert_eq!(origin.original(4..7), vec![8..12]);
    }
}
