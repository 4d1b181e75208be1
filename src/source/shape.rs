//! What a logical line is, as far as it shows without the others: dates, labels, captions, titles.

use super::date::month;
use super::words::{goes_on, is_kind_of_text};

/// True if the line gives the date of the text, with or without a place, and nothing else: one full date (no span of
/// days), at most a few words beside it.
pub(super) fn is_dateline(words: &str) -> bool {
    // "Oslo, 3 May 2021 — By our correspondent"
    let by = [" — By ", " – By ", " - By ", " | By ", " · By "].iter().find_map(|by| words.split_once(by));
    let words = by.map_or(words, |(before, _)| before);
    let number = words.bytes().any(|b| b.is_ascii_digit());
    if !number || words.len() > 90 || words.contains("://") || words.ends_with(':') {
        return false;
    }
    // "Extended deadline: 3 May 1999" dates something else.
    if label_end(words).is_some_and(|at| !dates_text(words[..at].split_whitespace().next().unwrap_or(""))) {
        return false;
    }
    let tokens: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '/' | '·' | '•' | ';'))
        .filter(|t| !t.is_empty())
        .collect();
    let iso = tokens.iter().filter(|t| is_iso_date(t)).count();
    let months =
        tokens.iter().filter(|t| month(t).is_some() && starts_upper(t) || month(t).is_some() && t.len() > 3).count();
    let years = tokens.iter().filter(|t| is_year(t)).count();
    let days = tokens.iter().filter(|t| is_day(t)).count();
    // A span of hours is that of an event.
    if tokens.iter().filter(|t| is_time(t) && t.starts_with(|c: char| c.is_ascii_digit())).count() > 1 {
        return false;
    }
    let dated = iso == 1 && months + years == 0 || iso == 0 && months == 1 && years == 1 && days == 1;
    let others: Vec<&&str> = tokens
        .iter()
        .filter(|t| t.chars().any(char::is_alphabetic) && month(t).is_none() && !is_day(t) && !is_time(t))
        .collect();
    let said = others.first().is_some_and(|t| dates_text(t));
    let placed = others.iter().all(|t| starts_upper(t) || t.len() <= 3);
    dated && !words.ends_with(['!', '?']) && (others.len() <= 6 && (said || placed))
}

/// True if the word introduces the date of a text.
pub(super) fn dates_text(word: &str) -> bool {
    let word = word.trim_end_matches(':').to_lowercase();
    matches!(
        word.as_str(),
        "published"
            | "posted"
            | "updated"
            | "date"
            | "dated"
            | "on"
            | "by"
            | "last"
            | "modified"
            | "released"
            | "issued"
            | "created"
    )
}

/// True if a date stands in the words: a year, or a month and a number.
pub(super) fn has_date(words: &str) -> bool {
    let digit = words.contains(|c: char| c.is_ascii_digit());
    words
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .any(|t| digit && month(t).is_some() && starts_upper(t) || is_year(t))
}

/// Where the label of a field ends (the offset of its colon): a few words without a full stop, then a colon.
pub(super) fn label_end(words: &str) -> Option<usize> {
    let colon = words.match_indices(':').map(|(at, _)| at).find(|at| super::announcement::ends_label(words, *at))?;
    let label = words[..colon].trim_end();
    let short = label.len() <= 60 && (1..=7).contains(&label.split_whitespace().count());
    let next = words[colon + 1..].chars().next();
    let clean = !label.contains(['.', '!', '?', ';', '"', '“', '@']) || label.ends_with('.') && label.len() <= 6;
    let begins = label.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        || label.split_whitespace().count() <= 2 && label.chars().next().is_some_and(char::is_alphabetic);
    (short && clean && begins && next.is_none_or(char::is_whitespace)).then_some(colon)
}

/// True if the line credits or names a picture.
pub(super) fn is_caption(words: &str) -> bool {
    let lower = words.to_lowercase();
    let file = !words.contains(char::is_whitespace)
        && [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".tif", ".tiff"]
            .iter()
            .any(|e| lower.ends_with(e));
    let credit = words.starts_with('©')
        || [
            "(c) ",
            "copyright ",
            "photo:",
            "photo by ",
            "photo ©",
            "picture:",
            "image:",
            "image ©",
            "foto:",
            "photo credit",
        ]
        .iter()
        .any(|p| lower.starts_with(p));
    file || credit && words.len() <= 160
}

/// True if the line can be the title of a text.
pub(super) fn is_title(words: &str) -> bool {
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let many = words.split_whitespace().count();
    letters >= 6
        && words.len() <= 240
        && (many >= 2 || letters >= 8)
        && !is_address(words)
        && !is_dateline(words)
        && !is_caption(words)
        && !is_kind_of_text(words)
        && !words.starts_with(['(', '['])
        && !(words.ends_with('.') && many > 5)
        && !words.ends_with([',', ';', ':'])
        && !only_date(words)
}

/// True if nothing but a date (or a span of dates) and its punctuation is on the line.
pub(super) fn only_date(words: &str) -> bool {
    has_date(words)
        && words.split(|c: char| !c.is_alphanumeric()).filter(|t| !t.is_empty()).all(|t| {
            month(t).is_some()
                || t.bytes().all(|b| b.is_ascii_digit())
                || is_day(t)
                || matches!(t, "to" | "and" | "of" | "from")
        })
}

/// True if the line is a web or mail address (perhaps in brackets).
pub(super) fn is_address(words: &str) -> bool {
    let bare = words.trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | '[' | ']') || c.is_ascii_digit());
    !bare.contains(char::is_whitespace)
        && (bare.contains("://") || bare.starts_with("www.") || bare.contains('@') && bare.contains('.'))
}

/// True if there are capitals and no small letters.
pub(super) fn is_capitals(words: &str) -> bool {
    words.chars().filter(|c| c.is_uppercase()).count() >= 3 && !words.chars().any(char::is_lowercase)
}

/// True if the words read like the name of a section: few, the first of them capitalised, no full stop.
pub(super) fn is_section_name(words: &str) -> bool {
    let many = words.split_whitespace().count();
    let last = words.split_whitespace().last().unwrap_or("");
    let first = words.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
    (1..=9).contains(&many)
        && words.chars().count() <= 75
        && first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        && !words.ends_with(['.', ',', ';', '!', '…'])
        && !goes_on(last)
        && !is_address(words)
        && !has_date(words)
        && !words.contains("__")
        && words.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

/// True if the sentence is over: a full stop or its like, perhaps in quotation marks or brackets.
pub(super) fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '\'', '”', '’', ')', '»']).ends_with(['.', '!', '?', '…'])
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_uppercase())
}

fn is_year(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && (word.starts_with("19") || word.starts_with("20"))
}

fn is_day(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|s| word.strip_suffix(s)).unwrap_or(&word);
    (1..=2).contains(&digits.len()) && digits.parse::<u8>().is_ok_and(|n| (1..=31).contains(&n))
}

fn is_time(word: &str) -> bool {
    word.contains(':') && word.chars().next().is_some_and(|c| c.is_ascii_digit())
        || matches!(word.to_lowercase().as_str(), "am" | "pm" | "utc" | "gmt" | "cet" | "cest" | "h")
}

fn is_iso_date(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['-', '.']).collect();
    parts.len() == 3
        && parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
        && (parts[0].len() == 4 || parts[2].len() == 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_datelines() {
        for line in [
            "Hamburg / Yeonsu-gu, 9 December 2020",
            "22 January 2016",
            "Published 13 May 2022",
            "Belfast, 5 October 2018",
            "Posted by the editors | 7 December 2015",
            "Posted on May 3rd, 2019",
            "2021-10-29",
            "Monday, October 4, 2010",
            "BUENOS AIRES, 16 March 2022 — By our correspondent",
        ] {
            assert!(is_dateline(line), "{line}");
        }
        for line in [
            "11-12 July 1998",
            "12 November 2024 | 13:00 to 15:00 (SAST), 14:00 to 16:00 (EAT)",
            "The conference opens on 3 May 2020 in Oslo",
            "October 2020",
            "The mayor arrived on 3 May 2020 at noon",
        ] {
            assert!(!is_dateline(line), "{line}");
        }
    }

    #[test]
    fn tells_labels_and_titles() {
        assert_eq!(label_end("Submission deadline: June 30, 1999"), Some(19));
        assert_eq!(label_end("Web: http://a.org"), Some(3));
        assert_eq!(label_end("http://a.org"), None);
        assert_eq!(label_end("He said that this is so. And then: nothing"), None);
        assert!(is_title("Slovenia to host mathematicians from all over Europe in June"));
        assert!(!is_title("PRESS RELEASE") && !is_title("6 - 7 November 1997") && !is_title("© UNESCO"));
        assert!(is_section_name("Important dates:") && !is_section_name("We ask you to."));
    }
}
