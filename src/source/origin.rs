//! From the extracted text back to the original bytes.

use std::ops::Range;

/// A stretch of text that came from a stretch of the original.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    text: Range<usize>,
    original: Range<u64>,
}

/// Maps byte offsets of the text to byte offsets of the original. Pieces are in the order of the text; text between
/// pieces (a blank that joins two lines) has no original of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pieces: Vec<Piece>,
}

impl Origin {
    /// Records that `text` (bytes of the text) came from `original` (bytes of the original). Both must begin where or
    /// behind the last recorded piece ended. Stretches of equal length map byte by byte, others only as a whole.
    pub fn push(&mut self, text: Range<usize>, original: Range<u64>) {
        if let Some(last) = self.pieces.last_mut() {
            let same_length = |p: &Piece| p.text.len() as u64 == p.original.end - p.original.start;
            let new = Piece { text: text.clone(), original: original.clone() };
            if last.text.end == text.start
                && last.original.end == original.start
                && same_length(last)
                && same_length(&new)
            {
                last.text.end = text.end;
                last.original.end = original.end;
                return;
            }
        }
        self.pieces.push(Piece { text, original });
    }

    /// The bytes of the original that gave `text`: in order, neighbours joined.
    pub fn original(&self, text: Range<usize>) -> Vec<Range<u64>> {
        let first = self.pieces.partition_point(|p| p.text.end <= text.start);
        let mut out: Vec<Range<u64>> = Vec::new();
        for piece in self.pieces[first..].iter().take_while(|p| p.text.start < text.end) {
            let range = if piece.text.len() as u64 == piece.original.end - piece.original.start {
                let skip = text.start.saturating_sub(piece.text.start) as u64;
                let cut = piece.text.end.saturating_sub(text.end) as u64;
                piece.original.start + skip..piece.original.end - cut
            } else {
                piece.original.clone()
            };
            match out.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
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
}
