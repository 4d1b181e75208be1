//! The opening of a call: the lines before its running text, and the one among them that is its title.
//!
//! A title need not say that it names an event ("GARDENING IN STATIONS"). What it is shows by where it stands, how it is
//! written and what it is not: an address, a date, a body, a sentence. Each of these is a point for or against a line,
//! and the line with most points is the title. Only calls (for papers, for participation) are read so; the headline of a
//! news item is a sentence about something else.

mod words;

use std::ops::Range;

use super::table::Mentions;
use super::value::Value;
use crate::lexicon::Lexicon;
use crate::rules::Type;
use crate::source::BlockKind;
use crate::text::{Shape, Text};
use words::{BEHIND, BESIDE, BODY, GENERIC, HEADER, KIND, LABEL, PART, SECTION, SMALL, VERB, WHOLE};

/// The opening of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Its tokens: from the first of the text; empty if the text is no call.
    pub tokens: Range<usize>,
    /// Those of the title, without what stands before and behind it on its line; empty if no line looks like one.
    pub title: Range<usize>,
}

/// An opening has no more lines.
const LINES: usize = 40;
/// With so many sentences of running text before any title, it has none.
const RUNNING: usize = 2;
/// The points that a title must have.
const ENOUGH: i32 = 4;

/// Finds the opening of a text.
pub fn find(text: &Text<'_>, lexicon: &Lexicon, mentions: &Mentions) -> Opening {
    if !is_call(text) {
        return Opening::default();
    }
    let mut best: Option<(i32, Range<usize>)> = None;
    let mut end = 0;
    let mut untitled = None;
    let mut running = 0;
    let mut line = 0;
    for (s, sentence) in text.prose().iter().enumerate().take(LINES) {
        let words = sentence.tokens.clone();
        let note = text.word(words.start) == "please" || count(text, &words, &["apologies", "apology"]) > 0;
        if !note && (runs(text, &words) || is_section(text, s)) {
            if best.is_some() {
                break;
            }
            running += 1;
            if running == RUNNING {
                untitled = Some(end);
            }
        }
        end = words.end;
        if note || is_kind(text, &words) || is_header(text, &words) || matches!(text.kind(s), BlockKind::Caption) {
            continue;
        }
        let title = trimmed(text, mentions, &words);
        let points = points(text, lexicon, mentions, s, &title) - line / 2;
        line += 1;
        if points >= ENOUGH && best.as_ref().is_none_or(|(most, _)| points > *most) {
            best = Some((points, title));
        }
    }
    match best {
        Some((_, title)) => Opening { tokens: 0..end, title },
        // Its running text is no opening; what stands below that may be anything.
        None => Opening { tokens: 0..untitled.unwrap_or(end), title: 0..0 },
    }
}

/// Whether the text calls for something: papers, participation.
pub(super) fn is_call(text: &Text<'_>) -> bool {
    let all = 0..text.tokens.len();
    let called = |i: usize| {
        text.word(i) == "cfp"
            || text.word(i) == "call"
                && i + 2 < all.end
                && text.word(i + 1) == "for"
                && matches!(
                    text.word(i + 2),
                    "papers" | "paper" | "participation" | "contributions" | "abstracts" | "submissions" | "proposals"
                )
    };
    let has = |word: &str| all.clone().any(|i| text.word(i) == word);
    all.clone().any(called)
        || (has("submissions") || has("submission") || has("submitted"))
            && (has("workshop") || has("papers"))
            && (has("deadline") || has("notification") || has("acceptance"))
}

/// The number of tokens that are one of `words`.
fn count(text: &Text<'_>, tokens: &Range<usize>, words: &[&str]) -> usize {
    tokens.clone().filter(|i| words.contains(&text.word(*i))).count()
}

/// Running text: long, and with a verb.
fn runs(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let verbs = count(text, tokens, VERB);
    tokens.len() >= 14 && verbs >= 1 || tokens.len() >= 45
}

fn is_section(text: &Text<'_>, s: usize) -> bool {
    let tokens = &text.sentences[s].tokens;
    tokens.len() <= 6 && count(text, tokens, SECTION) > 0 && count(text, tokens, PART) == 0
        || matches!(text.kind(s), BlockKind::Heading(_)) && tokens.len() <= 3 && count(text, tokens, SECTION) > 0
}

/// "Second Call for Papers and Posters": no line of its own matter.
fn is_kind(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    tokens.clone().all(|i| !text.shape(i).has(Shape::WORD) || KIND.contains(&text.word(i)))
}

/// "Received: from …": a line of a mail's header.
fn is_header(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let colon = tokens.clone().take(5).find(|i| text.word(*i) == ":");
    colon.is_some() && HEADER.contains(&text.word(tokens.start))
}

/// A line without the call before it and without date, place or address behind it.
fn trimmed(text: &Text<'_>, mentions: &Mentions, line: &Range<usize>) -> Range<usize> {
    let mut start = line.start;
    let mut last = line.end;
    if line.len() > 3 && LABEL.contains(&text.word(start)) && text.word(start + 1) == ":" {
        start += 2;
    }
    let called = (start..line.end)
        .find(|i| text.word(*i) == "cfp" || text.word(*i) == "for" && *i > start && text.word(*i - 1) == "call");
    if let Some(at) = called {
        let mut behind = at + 1;
        let skip = |i: usize| KIND.contains(&text.word(i)) || text.shape(i).has(Shape::PUNCTUATION);
        while behind < line.end && skip(behind) {
            behind += 1;
        }
        // "ACRO'99 Workshop: Call for Papers" and "Call for Papers: ACRO'99 Workshop"
        if line.end - behind >= 3 || at <= start + 4 {
            start = behind;
        } else {
            last = at - usize::from(text.word(at) == "for");
            while last > start
                && (KIND.contains(&text.word(last - 1)) || matches!(text.word(last - 1), ":" | "-" | ","))
            {
                last -= 1;
            }
        }
    }
    let is_date = |at: usize| {
        mentions.starting_at(at).any(|(_, m)| {
            matches!(m.value, Some(Value::Date { first, .. }) if first.month.is_some())
                || matches!(m.value, Some(Value::Url(_)))
        })
    };
    let is_place = |at: usize| {
        at > start
            && matches!(text.word(at - 1), "," | "in" | "at" | "-" | ":" | ";")
            && mentions.starting_at(at).any(|(_, m)| {
                matches!(m.ty, Type::Class(_))
                    && m.tokens.end < line.end
                    && matches!(text.word(m.tokens.end), "," | "(" | "-")
            })
    };
    let mut end = (start..last)
        .find(|at| *at > start && (is_date(*at) || is_place(*at) || BEHIND.contains(&text.word(*at))))
        .unwrap_or(last.max(start));
    while end > start
        && (SMALL.contains(&text.word(end - 1))
            || text.word(end - 1) == "be"
            || matches!(text.word(end - 1), "," | "-" | ":" | ";" | "." | "/"))
    {
        end -= 1;
    }
    while start < end && matches!(text.word(start), "-" | ":" | "," | "." | "*" | "=" | "+" | "#") {
        start += 1;
    }
    start..end
}

/// "ACRO'99", "ACRO-99", "ACRO 99", "ACRO99", "5th": no words about what an event is.
fn short_name(text: &Text<'_>, at: usize) -> bool {
    let next = |n: usize| if at + n < text.tokens.len() { text.word(at + n) } else { "" };
    let number = |word: &str| matches!(word.len(), 1 | 2 | 4) && word.bytes().all(|b| b.is_ascii_digit());
    text.shape(at).has(Shape::MIXED)
        || number(text.word(at))
        || text.shape(at).has(Shape::CAPITALISED)
            && (number(next(1))
                || matches!(next(1), "'" | "-") && number(next(2))
                || next(1) == "/" && text.shape(at).has(Shape::UPPER))
}

/// What speaks for and against `title`, in sentence `s`.
fn points(text: &Text<'_>, lexicon: &Lexicon, mentions: &Mentions, s: usize, title: &Range<usize>) -> i32 {
    let line = &text.sentences[s].tokens;
    let is = |i: usize, shape: Shape| text.shape(i).has(shape);
    let matter: Vec<usize> = title
        .clone()
        .filter(|i| is(*i, Shape::WORD) && !is(*i, Shape::ADDRESS) && !SMALL.contains(&text.word(*i)))
        .collect();
    let capitals = matter.iter().filter(|i| is(**i, Shape::CAPITALISED) || is(**i, Shape::MIXED)).count();
    if matter.is_empty() || title.len() > 45 {
        return i32::MIN / 2;
    }
    let (part, whole) = (count(text, title, PART) > 0, count(text, title, WHOLE) > 0);
    let first = text.word(matter[0]);
    let country = mentions.within(title.clone()).iter().any(|m| {
        let tokens = &mentions.get(*m).tokens;
        matches!(mentions.get(*m).ty, Type::Class(_)) && tokens.end == title.end && title.len() - tokens.len() <= 4
    });
    let dated = mentions
        .within(line.clone())
        .iter()
        .any(|m| matches!(mentions.get(*m).value, Some(Value::Date { first, .. }) if first.month.is_some()));
    let nth = |n: usize| text.sentences.get(n).map(|x| x.tokens.clone()).unwrap_or_default();
    let below = (s + 1..s + 4).any(|n| {
        mentions
            .within(nth(n))
            .iter()
            .any(|m| matches!(mentions.get(*m).value, Some(Value::Date { first, .. }) if first.month.is_some()))
    });
    let generic = matter.iter().all(|i| {
        let word = text.word(*i);
        PART.contains(&word)
            || WHOLE.contains(&word)
            || GENERIC.contains(&word)
            || KIND.contains(&word)
            || short_name(text, *i)
    });
    let person = lexicon.is_given_name(text.word(title.start)) && title.len() <= 5;
    let words = matter.len() as i32;
    let mut points = 2;
    points += 4 * i32::from(part) + 2 * i32::from(whole && !part);
    points += 2 * i32::from(matches!(text.kind(s), BlockKind::Headline));
    points += i32::from(words >= 4) - 2 * i32::from(words == 1) - i32::from(words == 2 && !part);
    points += i32::from(below);
    points -= 5 * i32::from(generic);
    points -= 2 * i32::from(capitals * 3 < matter.len() * 2) + 3 * i32::from(capitals * 4 < matter.len());
    points -= 6 * i32::from(count(text, title, VERB) > 0);
    points -= 5 * i32::from(count(text, title, BESIDE) > 0);
    points -= 5 * i32::from(count(text, title, BODY) > 0 && !part && !whole);
    points -= 5 * i32::from(person) + 5 * i32::from(country) + 2 * i32::from(dated && !part && !whole && words < 4);
    points -= 3 * i32::from(matches!(text.kind(s), BlockKind::ListItem(_)) && !part);
    points -= 4 * i32::from(matches!(first, "(" | "at" | "in" | "by" | "with" | "from" | "to" | "dear" | "topics"));
    points -= 3 * i32::from(text.word(title.start) == "(");
    points -= 3 * i32::from(matches!(text.kind(s), BlockKind::Field) && !part && !whole);
    points
}
