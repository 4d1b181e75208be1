//! The title at the top of a text: a box of stars around it, and the lines over which it runs.

use super::super::shape::{self, ends_sentence, is_address, is_capitals, label_end};
use super::super::words::{continues, goes_on, is_kind_of_text};
use super::layout::Unit;
use super::lines::Line;

/// No title stands further down.
const TITLE_LINES: usize = 40;

/// Nouns that say what an announcement announces; a line that ends with one says not yet which.
const EVENT: [&str; 13] = [
    "workshop",
    "workshops",
    "conference",
    "symposium",
    "seminar",
    "school",
    "colloquium",
    "congress",
    "meeting",
    "tutorial",
    "session",
    "track",
    "panel",
];

/// Words of lines that stand under a title and are no part of it: bodies, places, what it belongs to, who does it.
const BESIDE: [&str; 58] = [
    "university",
    "institute",
    "department",
    "college",
    "laboratory",
    "hotel",
    "center",
    "centre",
    "inn",
    "sponsored",
    "cosponsored",
    "supported",
    "endorsed",
    "organized",
    "organised",
    "conjunction",
    "cooperation",
    "association",
    "held",
    "located",
    "colocated",
    "collocated",
    "associated",
    "part",
    "chair",
    "chairs",
    "cochairs",
    "organizer",
    "organizers",
    "organiser",
    "organisers",
    "committee",
    "is",
    "are",
    "was",
    "were",
    "will",
    "be",
    "has",
    "have",
    "we",
    "you",
    "please",
    "submission",
    "submissions",
    "deadline",
    "deadlines",
    "dates",
    "call",
    "cfp",
    "papers",
    "postal",
    "email",
    "contact",
    "edited",
    "society",
    "together",
    "satellite",
];

/// Takes the marks off lines that stand in a box of them: four lines or more near the top that all begin with `*`.
pub(super) fn unbox(text: &str, lines: &mut [Line]) {
    let top = lines.len().min(TITLE_LINES);
    let mut start = 0;
    while start < top {
        let marked = |line: &Line| line.words(text).starts_with(['*', '|', '#']);
        let run = lines[start..].iter().take_while(|line| marked(line)).count();
        let dated = lines[start..start + run].iter().any(|line| shape::has_date(line.words(text)));
        let named = lines[start..start + run].iter().any(|line| has_event(line.words(text)));
        if run >= 4 && dated && named {
            for line in &mut lines[start..start + run] {
                let words = line.words(text);
                let inner = words.trim_start_matches(['*', '|', '#']);
                let inner = inner.trim_start();
                let from = line.range.start + words.len() - inner.len();
                let inner = inner.trim_end_matches(['*', '|', '#']).trim_end();
                line.range = from..from + inner.len();
                line.width = inner.chars().count();
            }
        }
        start += run.max(1);
    }
}

/// Puts together titles at the top that run over two lines, or even over a blank one: "The second" / "Symposium on …".
pub(super) fn join(text: &str, units: &mut Vec<Unit>) {
    let short = |unit: &Unit| unit.len() <= 120 && unit.columns.is_empty() && !unit.item;
    let mut i = 0;
    while i + 1 < units.len().min(TITLE_LINES) && units[i].len() <= 160 {
        let (above, below) = (units[i].words(text), units[i + 1].words(text));
        let same = units[i].group == units[i + 1].group;
        let goes = above.split_whitespace().last().is_some_and(goes_on) && !ends_sentence(&above);
        let label = label_end(&below).is_some() && !(goes && has_event(&above));
        let title = !shape::has_date(&below) && !is_address(&below) && !label;
        let joined = title && (goes || same && (cut(&above, &below) || runs_on(&above, &below)))
            || same && waits(&above) && may_be_title(&below);
        if short(&units[i + 1]) && units[i].columns.is_empty() && !units[i].item && joined {
            let next = units.remove(i + 1);
            units[i].parts.extend(next.parts);
            units[i].group = next.group;
            units[i].underlined = next.underlined;
        } else {
            i += 1;
        }
    }
}

/// A title that ends with a colon or a comma.
fn cut(above: &str, below: &str) -> bool {
    let many = above.split_whitespace().count();
    let colon = many >= 4 && above.ends_with(':') && !is_kind_of_text(above);
    colon || many >= 3 && above.ends_with(',') && is_title(above) && !below.contains(|c: char| c.is_ascii_digit())
}

/// "Fifth International Workshop": which one stands in the next line.
fn waits(above: &str) -> bool {
    let mut last = above.split_whitespace().rev();
    let named = |word: Option<&str>| word.is_some_and(|w| EVENT.contains(&bare(w).as_str()));
    let end = last.next();
    // "First International Workshop ACRO-97"
    let numbered = end.is_some_and(|w| w.ends_with(|c: char| c.is_ascii_digit()) && w.starts_with(char::is_uppercase));
    (named(end) || numbered && named(last.next()))
        && above.split_whitespace().count() <= 6
        && !is_kind_of_text(above)
        && !above.ends_with(['.', '!', '?', ':'])
        && !words(above).any(|w| BESIDE.contains(&w.as_str()))
}

/// "… Workshop on Engineering Hypertext" / "Functionality into Information Systems": the second line names no event and
/// nothing else that stands under titles, and is written like the first.
fn runs_on(above: &str, below: &str) -> bool {
    let on = words(above)
        .zip(words(above).skip(1))
        .any(|(noun, next)| EVENT.contains(&noun.as_str()) && matches!(next.as_str(), "on" | "of" | "for" | "in"));
    let lower = below.split_whitespace().next().is_some_and(|w| continues(&w.to_lowercase()));
    let quoted = above.matches('"').count() % 2 == 1 && below.matches('"').count() % 2 == 1;
    let tail = above.rsplitn(3, char::is_whitespace).take(2).collect::<Vec<_>>().concat();
    let alike = is_capitals(&tail) == is_capitals(below);
    let long = above.chars().count() >= 28;
    may_be_title(below)
        && (quoted || lower && has_event(above) && is_title(above) || on && long && alike && is_title(above))
        && !is_kind_of_text(above)
}

/// Whether a line below the beginning of a title may go on with it.
fn may_be_title(below: &str) -> bool {
    // "GARDENING IN STATIONS (GIS'99)"
    let named = below.split_once('(').filter(|(_, rest)| rest.ends_with(')') && rest.len() <= 14);
    let below = named.map_or(below, |(name, _)| name.trim_end());
    let many = below.split_whitespace().count();
    let place = below.contains(',') && many <= 5 && !below.contains(" and ");
    (1..=14).contains(&many)
        && !below.contains([';', '@', '(', '['])
        && !place
        && !below.contains(" - ")
        && !has_event(below)
        && !is_kind_of_text(below)
        && !is_address(below)
        && !shape::has_date(below)
        && label_end(below).is_none()
        && !ends_sentence(below)
        && !words(below).any(|w| BESIDE.contains(&w.as_str()))
        && mostly_capitalised(below)
}

/// At most a third of the longer words begin with a small letter.
fn mostly_capitalised(line: &str) -> bool {
    let long = || line.split_whitespace().filter(|w| w.chars().count() > 4);
    let small = long().filter(|w| w.starts_with(char::is_lowercase)).count();
    small * 3 <= long().count()
}

fn is_title(line: &str) -> bool {
    shape::is_title(line.trim_end_matches([',', ':']))
}

fn has_event(line: &str) -> bool {
    words(line).any(|w| EVENT.contains(&w.as_str()))
}

fn words(line: &str) -> impl Iterator<Item = String> {
    line.split_whitespace().map(bare)
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::super::{Form, read, show_text};

    fn blocks(text: &str) -> Vec<String> {
        let found = read("a.txt", text.as_bytes(), Some(Form::Text)).expect("readable");
        show_text(&found[0]).lines().map(|l| l.get(41..).unwrap_or("").trim().to_owned()).collect()
    }

    #[test]
    fn joins_the_lines_of_a_title() {
        for (text, title) in [
            (
                "Fourth International Workshop\nGARDENING IN STATIONS\n\nText",
                "Fourth International Workshop GARDENING IN STATIONS",
            ),
            (
                "Second Workshop on the Gardening of Railway\nStations and Bridges\n\nOslo, Norway\n\nText",
                "Second Workshop on the Gardening of Railway Stations and Bridges",
            ),
            ("Workshop on Gardens\nUniversity of Oslo\n\nText", "Workshop on Gardens"),
            ("Spring Workshop\nConference on Gardens\n\nText", "Spring Workshop"),
        ] {
            assert_eq!(blocks(text)[0].split(" / ").next(), Some(title));
        }
    }

    #[test]
    fn takes_boxes_off() {
        let text = "* Third Workshop on\n*\n* GARDENING\n*\n* July 31, 1999\n* Oslo\n\nText";
        assert_eq!(blocks(text)[0].split(" / ").next(), Some("Third Workshop on GARDENING"));
        assert!(blocks("Topics:\n* gardens\n* bridges\n* stations\n* May 1999\n").len() > 4);
    }
}
