//! From lines to logical lines: what was only wrapped at a column is put together again, what was broken on purpose
//! stays apart.

use std::ops::Range;

use super::super::date::month;
use super::super::shape::{self, ends_sentence, is_address, is_capitals, label_end};
use super::super::words::{continues, goes_on, is_navigation};
use super::lines::{Line, columns, is_ruler, list_mark, underline, unframed};
use super::title;

/// A logical line.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Its stretches in the decoded text; a blank belongs between them, unless the one before ends with a hyphen.
    pub parts: Vec<Range<usize>>,
    /// The group (lines without a blank line between them) that it stands in.
    pub group: usize,
    /// Columns of white space before its first line.
    pub indent: usize,
    /// True if it begins with a list mark, which is not part of `parts`.
    pub item: bool,
    /// Heading level, if a drawn line stands under it.
    pub underlined: Option<u8>,
    /// True if the text it stands in was wrapped at a column.
    pub wrapped: bool,
    /// Its columns, if it is one line with more than one.
    pub columns: Vec<Range<usize>>,
}

impl Unit {
    /// The words, with white space as it stands; only for looking at short ones: of long ones the first 400 bytes or so.
    pub fn words(&self, text: &str) -> String {
        let mut out = String::new();
        for part in &self.parts {
            if !out.is_empty() {
                out.push(' ');
            }
            let mut end = part.end.min(part.start + 400);
            while !text.is_char_boundary(end) {
                end += 1;
            }
            out.push_str(&text[part.start..end]);
            if out.len() >= 400 {
                break;
            }
        }
        out
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.parts.iter().map(Range::len).sum::<usize>() + self.parts.len().saturating_sub(1)
    }
}

/// Puts the logical lines of a text together.
pub(super) fn units(text: &str, lines: &[Line]) -> Vec<Unit> {
    let width = usual_width(text, lines);
    let mut out: Vec<Unit> = Vec::new();
    let mut group: Vec<Line> = Vec::new();
    let mut number = 0;
    for line in lines {
        let words = line.words(text);
        if line.is_blank() || is_ruler(words) {
            let alone = group.len() == 1;
            close_group(text, &mut group, width, number, &mut out);
            number += 1;
            if let (Some(level), Some(last)) = (underline(words), out.last_mut())
                && !line.is_blank()
                && last.group + 1 == number
                && last.parts.len() == 1
                && last.len() <= 120
                && alone
                && (last.len() / 2..=last.len() + last.len() / 2 + 4).contains(&words.len())
                && !shape::is_address(&text[last.parts[0].clone()])
                && !last.item
            {
                last.underlined = Some(level);
            }
        } else if is_navigation(words) {
            close_group(text, &mut group, width, number, &mut out);
            number += 1;
        } else {
            group.push(line.clone());
        }
    }
    close_group(text, &mut group, width, number, &mut out);
    title::join(text, &mut out);
    out
}

/// The column at which most long lines end; `None` for a text that was not wrapped.
fn usual_width(text: &str, lines: &[Line]) -> Option<usize> {
    let written = |l: &&Line| !l.is_blank();
    let all: usize = lines.iter().filter(written).map(|l| l.width).sum();
    let long: usize = lines.iter().filter(|l| l.width > 120).map(|l| l.width).sum();
    if long * 2 > all {
        return None;
    }
    let mut ends: Vec<usize> = lines
        .iter()
        .filter(|l| l.width >= 40 && l.words(text).split_whitespace().nth(4).is_some())
        .map(|l| l.indent + l.width)
        .collect();
    ends.sort_unstable();
    Some(ends.get(ends.len() * 9 / 10).copied().unwrap_or(72).clamp(50, 120))
}

fn close_group(text: &str, group: &mut Vec<Line>, usual: Option<usize>, number: usize, out: &mut Vec<Unit>) {
    let widest = group.iter().map(|l| l.indent + l.width).max().unwrap_or(0);
    let limit = match usual {
        None => usize::MAX / 4,
        Some(usual) => widest.clamp(usual, usual + 6),
    };
    let mut previous: Option<(&Line, bool)> = None;
    let mut hanging = 0;
    for line in group.iter() {
        let words = line.words(text);
        let joined = previous.filter(|(before, was_joined)| {
            let item = out.last().is_some_and(|unit| unit.item);
            belongs(text, before, line, Context { limit, was_joined: *was_joined, item, hanging })
        });
        if joined.is_some()
            && let Some(unit) = out.last_mut()
        {
            unit.parts.push(unframed(words, line.range.clone()));
            unit.columns.clear();
            previous = Some((line, true));
            continue;
        }
        let mark = list_mark(words);
        let inner = match mark {
            Some(mark) if !framed(words) => line.range.start + mark..line.range.end,
            _ => unframed(words, line.range.clone()),
        };
        hanging = line.indent + mark.unwrap_or(0);
        let cells = cells(text, inner.clone());
        let item = mark.is_some() && !framed(words);
        out.push(Unit {
            parts: vec![inner],
            group: number,
            indent: line.indent,
            item,
            underlined: None,
            wrapped: usual.is_some(),
            columns: cells,
        });
        previous = Some((line, false));
    }
    group.clear();
}

/// The columns of a line, if there is more than one; a colon that stands alone belongs to the column before it.
fn cells(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for column in columns(&text[line.clone()]) {
        let cell = line.start + column.start..line.start + column.end;
        match out.last_mut() {
            Some(last) if &text[cell.clone()] == ":" => last.end = cell.end,
            _ => out.push(cell),
        }
    }
    if out.len() == 1 {
        out.clear();
    }
    out
}

/// `* CALL FOR PAPERS *` is a frame and not a list item.
fn framed(words: &str) -> bool {
    words.len() > 4 && words.starts_with(['*', '|', '#']) && words.ends_with(['*', '|', '#'])
}

struct Context {
    limit: usize,
    was_joined: bool,
    item: bool,
    hanging: usize,
}

/// `16` / `November`, `Nov` / `16-19`.
fn date_goes_on(last: &str, first: &str) -> bool {
    let day = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 6;
    month(last).is_some() && last.starts_with(char::is_uppercase) && day(first) || day(last) && month(first).is_some()
}

/// True if `line` is only the continuation of `before`.
fn belongs(text: &str, before: &Line, line: &Line, context: Context) -> bool {
    let (above, words) = (before.words(text), line.words(text));
    if list_mark(words).is_some() || above.ends_with(':') || framed(above) || framed(words) {
        return false;
    }
    let wide = |w: &str| columns(w).len() > 1;
    if wide(words) || !context.was_joined && wide(above) {
        return false;
    }
    let first = words.split_whitespace().next().unwrap_or("");
    let last = above.split_whitespace().last().unwrap_or("");
    let lower = words.starts_with(char::is_lowercase);
    let over = ends_sentence(above);
    if before.width > 120 {
        return lower && !over;
    }
    let end = before.indent + before.width;
    let slack = context.limit as i64 - (end + 1 + first.chars().count()) as i64;
    let near = if lower || context.was_joined { 8 } else { 4 };
    let full = slack < near && before.width >= 30 || slack < 0 && before.width >= 20;
    // Indented behind a list mark: a continuation of the item, whatever its length.
    if context.item && line.indent >= context.hanging && context.hanging > 0 && before.width >= 15 && !over {
        return full || lower || line.indent > before.indent && !is_address(words) && label_end(words).is_none();
    }
    let centred = |l: &Line| l.indent >= 8;
    let same_centre = (before.indent * 2 + before.width).abs_diff(line.indent * 2 + line.width) <= 8;
    if line.indent >= before.indent + 8 && !(centred(before) && same_centre) && !context.item {
        let value = label_end(above).is_some() || context.was_joined;
        return full && (lower || value) || value && above.ends_with(',');
    }
    // A new paragraph that shows by its indentation only.
    if line.indent >= before.indent + 2 && !context.item && over && !lower {
        return false;
    }
    let divided = above.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic));
    if divided && lower || date_goes_on(last, first) {
        return true;
    }
    let fragment = context.was_joined && before.width <= 20 && !over && !above.ends_with(';');
    if goes_on(last)
        || lower && continues(first)
        || is_capitals(words) && (continues(&first.to_lowercase()) || matches!(first, "IN" | "AT"))
    {
        return true;
    }
    if fragment && above.ends_with(',') {
        return true;
    }
    let labelled = label_end(words).is_some();
    if labelled && (slack >= 0 || over || words.ends_with(':')) {
        return false;
    }
    if label_end(above).is_some() && !context.was_joined && slack >= 8 {
        return lower && line.indent > before.indent || context.item && above.ends_with(',');
    }
    if centred(before) && centred(line) && before.indent != line.indent {
        return false;
    }
    full || fragment
        || lower && !over && before.width * 10 >= context.limit.min(120) * 6
        || context.was_joined && lower && is_address(above)
}
