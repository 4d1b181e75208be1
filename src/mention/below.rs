//! What stands behind a head: the rest of its sentence, or the list, table or paragraph below it.
//!
//! Announcements put names under a heading ("Keynote speakers") that says what they are of. Mention rules and lists look
//! there, and agree on where that is.

use std::ops::Range;

use crate::source::BlockKind;
use crate::text::{Shape, Text};

/// The most tokens of a line that is only the label of a part of a list ("**Brazil**").
const LABEL: usize = 5;
/// How many sentences below its head a list may run.
const LONGEST: usize = 200;

/// Where the items of a head that ends at token `end` of sentence `s` may stand: sentences with stretches of their tokens.
///
/// If words follow the head in its sentence, only there. A head in the first cell of a row of a table has its items in
/// that row; one in the first row, in its column.
pub fn below(text: &Text<'_>, s: usize, end: usize) -> Vec<(usize, Range<usize>)> {
    let sentence = &text.sentences[s];
    let rest = end..sentence.tokens.end;
    if rest.clone().any(|i| text.shape(i).has(Shape::WORD)) {
        return vec![(s, rest)];
    }
    let heading = matches!(text.kind(s), BlockKind::Heading(_) | BlockKind::Headline);
    let mut out = Vec::new();
    let mut lines = None;
    for next in s + 1..text.sentences.len().min(s + LONGEST) {
        match (text.kind(s), text.kind(next)) {
            (BlockKind::TableCell { row, column }, BlockKind::TableCell { row: below, column: beside }) => {
                let in_row = column == 0 && row > 0 && below == row;
                let in_column = row == 0 && beside == column && below > 0;
                if column == 0 && row > 0 && below != row {
                    break;
                }
                if !in_row && !in_column {
                    continue;
                }
            }
            // A dateline stands between a headline and what is below it.
            (_, BlockKind::Dateline) => continue,
            (_, BlockKind::ListItem(_) | BlockKind::TableCell { .. }) => {}
            (_, BlockKind::Paragraph | BlockKind::Field) if heading || text.sentences[next].block == sentence.block => {
            }
            // The first block below a line that ends with a colon, or the lines of a list that are fields.
            (_, BlockKind::Paragraph | BlockKind::Field) if next == s + 1 || ends_with_colon(text, next - 1) => {
                lines = Some(text.sentences[next].block);
            }
            // Lines of that block.
            (_, BlockKind::Paragraph) if lines == Some(text.sentences[next].block) && starts_line(text, next) => {}
            (_, BlockKind::Field) if matches!(text.kind(next - 1), BlockKind::Field) => {}
            // A list in parts, each with a heading of its own.
            (BlockKind::Headline, BlockKind::Heading(_)) => continue,
            (BlockKind::Heading(level), BlockKind::Heading(lower)) if lower > level => continue,
            (BlockKind::Paragraph, BlockKind::Heading(_)) if heads_list(text, next) || ends_with_colon(text, next) => {
                continue;
            }
            (_, BlockKind::Paragraph) if text.sentences[next].tokens.len() <= LABEL && heads_list(text, next) => {
                continue;
            }
            _ => break,
        }
        out.push((next, text.sentences[next].tokens.clone()));
    }
    out
}

/// "The full list:", in the part of the text that is looked at.
fn ends_with_colon(text: &Text<'_>, s: usize) -> bool {
    text.word(text.sentences[s].tokens.end - 1) == ":"
}

/// Whether a sentence begins on a line of its own.
fn starts_line(text: &Text<'_>, s: usize) -> bool {
    text.shape(text.sentences[s].tokens.start).has(Shape::LINE_START)
}

/// Whether a heading stands directly above a list or table.
fn heads_list(text: &Text<'_>, s: usize) -> bool {
    let kind = (s + 1 < text.sentences.len()).then(|| text.kind(s + 1));
    matches!(kind, Some(BlockKind::ListItem(_) | BlockKind::TableCell { .. }))
}
