//! What an announcement sets in italics or bold, in the form that marks it up or, in plain text, between `_` or `*`.
//!
//! Many titles have no other marks. Quotation marks around them, and stops and commas that were set with them, do not
//! belong to them; what fills its block is no title in it, but the way in which the block looks.

use std::ops::Range;

use super::token::{Shape, Tokens};

/// The longest stretch that may be a title, in tokens.
const LONGEST: usize = 25;

/// Adds what the form emphasises of one block, whose tokens are `range` and which ends at byte `end`; takes it from the
/// front of `stated`, which is in bytes and in order. Adds what stands between marks as well.
pub fn push_block(
    tokens: &Tokens,
    stated: &mut &[Range<usize>],
    end: usize,
    range: Range<usize>,
    out: &mut Vec<Range<usize>>,
) {
    let mut upto = range.start;
    while let Some((bytes, rest)) = stated.split_first().filter(|(bytes, _)| bytes.start < end) {
        *stated = rest;
        let all = &tokens.as_slice()[range.clone()];
        let from = range.start + all.partition_point(|t| (t.start as usize) < bytes.start);
        let to = range.start + all.partition_point(|t| (t.end as usize) <= bytes.end);
        if let Some(title) = title(tokens, from..to, &range).filter(|t| t.start >= upto) {
            upto = title.end;
            out.push(title);
        }
    }
    // Marks in plain text; where the form has its own they are no marks.
    if upto == range.start {
        between_marks(tokens, range, out);
    }
}

/// What is left of an emphasised stretch of a block as a title, if anything.
fn title(tokens: &Tokens, mut inner: Range<usize>, block: &Range<usize>) -> Option<Range<usize>> {
    while inner.end > inner.start && matches!(tokens.folded(inner.end - 1), "." | "," | ";" | ":") {
        inner.end -= 1;
    }
    let first = tokens.as_slice().get(inner.start)?.shape;
    let filled = |range: Range<usize>| range.clone().all(|i| tokens.as_slice()[i].shape.has(Shape::PUNCTUATION));
    let fills_block = filled(block.start..inner.start) && filled(inner.end..block.end);
    let fits = first.has(Shape::CAPITALISED) && !inner.is_empty() && inner.len() <= LONGEST && !fills_block;
    fits.then_some(inner)
}

/// `_Safe streets_`, `*Safe streets*`.
fn between_marks(tokens: &Tokens, block: Range<usize>, out: &mut Vec<Range<usize>>) {
    let shape = |i: usize| tokens.as_slice()[i].shape;
    let mut at = block.start;
    while at + 2 < block.end {
        let mark = tokens.folded(at);
        let opens = matches!(mark, "_" | "*")
            && (shape(at).has(Shape::SPACED) || at > block.start && matches!(tokens.folded(at - 1), "(" | "\"" | "'"))
            && !shape(at + 1).has(Shape::SPACED);
        let closes = |i: &usize| {
            tokens.folded(*i) == mark
                && !shape(*i).has(Shape::SPACED)
                && (*i + 1 >= block.end || shape(*i + 1).has(Shape::SPACED) || shape(*i + 1).has(Shape::PUNCTUATION))
        };
        let close = opens.then(|| (at + 2..block.end.min(at + LONGEST + 2)).find(closes)).flatten();
        match close {
            Some(close) => {
                out.extend(title(tokens, at + 1..close, &block));
                at = close + 1;
            }
            None => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::source;
    use crate::text::Text;

    fn emphasised(name: &str, words: &str) -> Vec<String> {
        let announcement = &source::read(name, words.as_bytes(), None).expect("text")[0];
        let text = Text::new(announcement);
        text.emphasis.iter().map(|e| text.slice(e.clone()).to_owned()).collect()
    }

    #[test]
    fn what_forms_and_marks_emphasise() {
        let markdown = "# News\n\n*Safe streets.*\n\nIn *Safe streets,* **Not. Too. Loud.** Say *so*.\n";
        assert_eq!(emphasised("a.md", markdown), ["Safe streets", "Not. Too. Loud"]);
        let html = "<html><body><p>The book <em>Safe <b>and wide</b> streets</em> is out.</p></body></html>";
        assert_eq!(emphasised("a.html", html), ["Safe and wide streets"]);
        assert_eq!(emphasised("a.txt", "The book _Safe streets_ is out, 3 * 4 * 5."), ["Safe streets"]);
        assert_eq!(emphasised("a.txt", "*Note* that the file_name is_long."), ["Note"]);
    }
}
