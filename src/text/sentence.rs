//! Where sentences end.
//!
//! A full stop ends a sentence unless it belongs to an abbreviation or an initial, stands inside brackets or quotation
//! marks, or the text goes on in lower case. Line breaks that an author made on purpose end a sentence as well.

use std::ops::Range;

use super::quote::Quotes;
use super::token::{Shape, Tokens};

/// Words that a full stop abbreviates; the sentence goes on behind them.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "no", "vol", "vs", "fig", "etc", "eg", "ie", "cf", "ca", "approx", "jr",
    "sr", "inc", "ltd", "co", "dept", "univ", "gen", "gov", "sen", "rep", "hon", "rev", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "p",
    "pp", "ed", "eds", "al", "e", "g", "i", "a", "m", "u", "s", "k", "r", "d", "c", "int", "proc", "conf", "tel", "st",
];

/// Months, before which a full stop makes an ordinal.
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The longest emphasised stretch in which no sentence ends, in tokens.
const LONGEST_TITLE: usize = 12;

/// Tokens after which a sentence ends in any case. Nobody writes a longer one: it is a table or a list that lost its
/// lines, and matching takes memory for each token of a sentence.
const LONGEST: usize = 1000;

/// Splits the tokens `range` of one block, of which `emphasis` is set in italics or bold, into sentences, as token ranges
/// that cover it.
pub fn split(tokens: &Tokens, quotes: &Quotes, emphasis: &[Range<usize>], range: Range<usize>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = range.start;
    let mut brackets = 0usize;
    for i in range.clone() {
        // A mark that closed the sentence before.
        if i < start {
            continue;
        }
        let token = tokens.as_slice()[i];
        if i > start && token.shape.has(Shape::LINE_START) || i - start >= LONGEST {
            sentences.push(start..i);
            (start, brackets) = (i, 0);
        }
        match tokens.folded(i) {
            "(" | "[" => brackets += 1,
            ")" | "]" => brackets = brackets.saturating_sub(1),
            "." | "!" | "?" if brackets == 0 && !in_title(emphasis, i) && ends_sentence(tokens, quotes, i, &range) => {
                let end = closing_marks(tokens, i + 1, range.end);
                if end < range.end {
                    sentences.push(start..end);
                    start = end;
                }
            }
            _ => {}
        }
    }
    if start < range.end {
        sentences.push(start..range.end);
    }
    sentences
}

/// "*Libraries. Solidarity. Society.*": within what is short and emphasised.
fn in_title(emphasis: &[Range<usize>], stop: usize) -> bool {
    emphasis.iter().any(|e| e.contains(&stop) && e.len() <= LONGEST_TITLE)
}

fn ends_sentence(tokens: &Tokens, quotes: &Quotes, stop: usize, range: &Range<usize>) -> bool {
    let next = closing_marks(tokens, stop + 1, range.end);
    if next >= range.end {
        return true;
    }
    let following = tokens.as_slice()[next].shape;
    if !following.has(Shape::SPACED) || quotes.inside_short(stop) && next == stop + 1 {
        return false;
    }
    let opens = following.has(Shape::CAPITALISED) || following.has(Shape::NUMBER) || following.has(Shape::PUNCTUATION);
    if !opens {
        return false;
    }
    if tokens.folded(stop) != "." || stop == range.start {
        return true;
    }
    let before = tokens.as_slice()[stop - 1].shape;
    let word = tokens.folded(stop - 1);
    // "15. May 1997", "10. - 12. September"
    if before.has(Shape::NUMBER) && word.len() <= 2 && goes_on_as_date(tokens, next, range) {
        return false;
    }
    let attached = !tokens.as_slice()[stop].shape.has(Shape::SPACED);
    let initial = before.has(Shape::CAPITALISED) && word.chars().count() == 1;
    !(attached && (initial || before.has(Shape::WORD) && ABBREVIATIONS.contains(&word) && !all_upper(before, word)))
}

/// Whether a day with a full stop goes on: a month, or a dash and another day.
fn goes_on_as_date(tokens: &Tokens, next: usize, range: &Range<usize>) -> bool {
    let dash =
        tokens.folded(next) == "-" && next + 1 < range.end && tokens.as_slice()[next + 1].shape.has(Shape::NUMBER);
    dash || MONTHS.contains(&tokens.folded(next))
}

/// "NO." ends a sentence where "No." does not; months and titles keep their stop in either spelling.
fn all_upper(shape: Shape, word: &str) -> bool {
    shape.has(Shape::UPPER) && word == "no"
}

/// Behind the closing quotation marks and brackets that belong to a sentence's end.
fn closing_marks(tokens: &Tokens, mut at: usize, end: usize) -> usize {
    while at < end
        && !tokens.as_slice()[at].shape.has(Shape::SPACED)
        && matches!(tokens.folded(at), "\"" | "'" | ")" | "]")
    {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use crate::source;
    use crate::text::Text;

    fn sentences(words: &str) -> Vec<String> {
        let announcement = &source::read("test.txt", words.as_bytes(), None).expect("text")[0];
        let text = Text::new(announcement);
        text.sentences.iter().map(|s| text.slice(s.tokens.clone()).to_owned()).collect()
    }

    #[test]
    fn ends_sentences_behind_closing_marks() {
        assert_eq!(sentences("It is (so!).) Yes.\""), ["It is (so!).)", "Yes.\""]);
        assert_eq!(sentences("He said: \"Go on!\" Then Ms. Liu went."), ["He said: \"Go on!\"", "Then Ms. Liu went."]);
        assert_eq!(sentences("Due 15. May 1997. It ends."), ["Due 15. May 1997.", "It ends."]);
        assert_eq!(sentences("Is it?!?) (No.) Well."), ["Is it?!?)", "(No.) Well."]);
    }
}
