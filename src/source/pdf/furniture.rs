//! What pages repeat: running heads, footers, page numbers.

use std::collections::BTreeMap;

use super::layout::Line;

/// The part of a page, at its top and its bottom, in which these stand.
const EDGE: f32 = 0.12;

/// Takes running heads, footers and page numbers out of the lines of pages, given with the heights of the pages.
pub fn clear(pages: &mut [(Vec<Line>, f32)]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (lines, height) in pages.iter() {
        let mut keys: Vec<String> = lines.iter().filter(|line| is_edge(line, *height)).map(key).collect();
        keys.sort();
        keys.dedup();
        keys.into_iter().for_each(|key| *seen.entry(key).or_default() += 1);
    }
    // On left and right pages they may differ.
    let often = (pages.len() / 3).max(2);
    for (number, (lines, height)) in pages.iter_mut().enumerate() {
        // The title may be repeated on all pages; on the first it is the title.
        let title = if number == 0 { lines.iter().map(Line::size).fold(0.0, f32::max) } else { f32::MAX };
        let titled = lines.iter().find(|line| line.size() == title).map_or(f32::MAX, Line::y);
        lines.retain(|line| {
            let repeated = || line.size() < title && seen.get(&key(line)).is_some_and(|count| *count >= often);
            // What stands above the title in small letters is the head of the paper; a date is more.
            let above = || {
                line.y() > titled && line.size() < 0.75 * title && !line.words().contains(|c: char| c.is_ascii_digit())
            };
            !(is_edge(line, *height) && (repeated() || above() || is_page_number(&line.words())))
        });
    }
}

fn is_edge(line: &Line, height: f32) -> bool {
    line.y() < EDGE * height || line.y() > (1.0 - EDGE) * height
}

/// The words with a mark for each number.
fn key(line: &Line) -> String {
    let mut out = String::new();
    for c in line.words().chars().filter(|c| !c.is_whitespace()) {
        match c {
            c if c.is_ascii_digit() && out.ends_with('#') => {}
            c if c.is_ascii_digit() => out.push('#'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// `7`, `- 7 -`, `Page 7 of 12`, `vii`.
fn is_page_number(words: &str) -> bool {
    let bare = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '.' | '[' | ']'));
    let lower = bare.to_lowercase();
    let rest =
        ["page", "seite", "página", "p."].iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower).trim();
    let number = |text: &str| {
        let text = text.trim();
        !text.is_empty()
            && text.len() <= 5
            && (text.bytes().all(|b| b.is_ascii_digit()) || text.bytes().all(|b| b"ivxlc".contains(&b)))
    };
    number(rest)
        || ["/", "of", "von", "de"].iter().any(|of| rest.split_once(of).is_some_and(|(a, b)| number(a) && number(b)))
}

#[cfg(test)]
mod tests {
    use super::is_page_number;

    #[test]
    fn page_numbers() {
        for words in ["7", "- 12 -", "Page 3 of 10", "xii", "3/10", "Seite 4"] {
            assert!(is_page_number(words), "{words}");
        }
        for words in ["2021 in review", "Room 7", "of", "3 May 2021"] {
            assert!(!is_page_number(words), "{words}");
        }
    }
}
