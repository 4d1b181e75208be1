//! The text cut where sentences and mentions begin and end.

use std::ops::Range;

use super::{Piece, Segment, ShownBlock, ShownSentence};
use crate::engine::account::Account;

/// The blocks of a document, cut.
pub fn blocks(account: &Account, sentences: &[ShownSentence]) -> Vec<ShownBlock> {
    let text = &account.announcement.text;
    let place = byte_offsets(text);
    let bytes = |chars: &Range<u32>| place[chars.start as usize]..place[chars.end as usize];
    let stated: Vec<(usize, Range<usize>)> = sentences
        .iter()
        .enumerate()
        .filter(|(_, sentence)| sentence.chars[0] < sentence.chars[1])
        .map(|(at, sentence)| (at, bytes(&(sentence.chars[0]..sentence.chars[1]))))
        .collect();
    let marks: Vec<(usize, Range<usize>)> =
        account.mentions.iter().enumerate().map(|(at, mark)| (at, bytes(&mark.chars))).collect();
    let cutter = Cutter { text, stated, marks };
    let blocks = account.announcement.blocks.iter();
    blocks.map(|block| ShownBlock { kind: block.kind, segments: cutter.block(block.range.clone()) }).collect()
}

/// The byte at which each character begins, and the end.
fn byte_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

struct Cutter<'a> {
    text: &'a str,
    /// By place, not overlapping.
    stated: Vec<(usize, Range<usize>)>,
    /// By place.
    marks: Vec<(usize, Range<usize>)>,
}

impl Cutter<'_> {
    fn block(&self, range: Range<usize>) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut at = range.start;
        for (sentence, stated) in self.stated.iter().filter(|(_, stated)| inside(stated, &range)) {
            if stated.start < at {
                continue;
            }
            self.segment(None, at..stated.start, &mut segments);
            self.segment(Some(*sentence), stated.clone(), &mut segments);
            at = stated.end;
        }
        self.segment(None, at..range.end, &mut segments);
        segments
    }

    fn segment(&self, sentence: Option<usize>, range: Range<usize>, out: &mut Vec<Segment>) {
        if range.is_empty() {
            return;
        }
        let mut pieces = Vec::new();
        let mut at = range.start;
        let first = self.marks.partition_point(|(_, mark)| mark.start < range.start);
        for (mention, mark) in self.marks[first..].iter().take_while(|(_, mark)| mark.start < range.end) {
            // Of two that overlap, the first one is marked.
            if mark.start < at || mark.end > range.end {
                continue;
            }
            if at < mark.start {
                pieces.push(Piece::Words(self.text[at..mark.start].to_owned()));
            }
            pieces.push(Piece::Mention(*mention));
            at = mark.end;
        }
        if at < range.end {
            pieces.push(Piece::Words(self.text[at..range.end].to_owned()));
        }
        out.push(Segment { sentence, pieces });
    }
}

fn inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
