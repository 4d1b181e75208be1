//! Dates that stand alone, as forms and letterheads give them. Dates in running text are not for here.

/// Months as announcements write them, folded; the position modulo twelve is the month.
const MONTHS: [&str; 72] = [
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
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "sept",
    "oktober",
    "november",
    "dezember",
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

/// The month (1 to 12) that a word names, whatever its case and with or without a full stop.
pub(super) fn month(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('.');
    let at = match word.is_ascii() {
        true if !may_be_month(word) => return None,
        true => MONTHS.iter().position(|month| month.eq_ignore_ascii_case(word))?,
        false => MONTHS.iter().position(|month| *month == word.to_lowercase())?,
    };
    Some((at % 12) as u8 + 1)
}

/// Whether a word begins like a month. Asked of nearly every word of a text.
fn may_be_month(word: &str) -> bool {
    let [a, b, c, ..] = word.as_bytes() else { return false };
    matches!(
        &[a | 0x20, b | 0x20, c | 0x20],
        b"jan"
            | b"feb"
            | b"mar"
            | b"apr"
            | b"may"
            | b"jun"
            | b"jul"
            | b"aug"
            | b"sep"
            | b"oct"
            | b"nov"
            | b"dec"
            | b"mai"
            | b"okt"
            | b"dez"
            | b"avr"
            | b"jui"
            | b"ene"
            | b"abr"
            | b"ago"
            | b"dic"
            | b"gen"
            | b"mag"
            | b"giu"
            | b"lug"
            | b"set"
            | b"ott"
    )
}

/// A date in ISO 8601, as precise as stated: from ISO 8601 itself (the time of day is left out), from a date as mails
/// write it (`Mon, 17 Feb 1997 18:20:54 -0500`), or from words (`May 3rd, 2021`).
pub(super) fn iso(words: &str) -> Option<String> {
    iso_start(words).or_else(|| in_words(words))
}

fn iso_start(words: &str) -> Option<String> {
    let words = words.trim();
    let end = words.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(words.len());
    let date = &words[..end];
    let parts: Vec<&str> = date.split('-').collect();
    let number = |i: usize, len: usize| parts[i].len() == len && parts[i].parse::<u16>().is_ok_and(|n| n > 0);
    let good = match parts.len() {
        1 => end == words.len() && number(0, 4) && (date.starts_with("19") || date.starts_with("20")),
        2 => number(0, 4) && number(1, 2) && parts[1] <= "12",
        3 => number(0, 4) && number(1, 2) && parts[1] <= "12" && number(2, 2) && parts[2] <= "31",
        _ => false,
    };
    good.then(|| date.to_owned())
}

fn in_words(words: &str) -> Option<String> {
    let tokens: Vec<&str> = words.split(|c: char| c.is_whitespace() || c == ',').filter(|t| !t.is_empty()).collect();
    let at = tokens.iter().position(|t| month(t).is_some())?;
    let number = |t: Option<&&str>| {
        t.and_then(|t| t.trim_end_matches(|c: char| c.is_alphabetic() || c == '.').parse::<u16>().ok())
    };
    let before = number(at.checked_sub(1).and_then(|b| tokens.get(b)));
    // `17 Feb 1997`, or as in an mbox line `Feb 17 18:20:54 1997`.
    let (day, year) = match before {
        Some(day) => (day, number(tokens.get(at + 1))?),
        None => {
            (number(tokens.get(at + 1))?, tokens[at + 1..].iter().find_map(|t| number(Some(t)).filter(|n| *n > 31))?)
        }
    };
    let year = match year {
        0..=69 => year + 2000,
        70..=99 => year + 1900,
        _ => year,
    };
    let month = month(tokens[at])?;
    ((1..=31).contains(&day) && (1900..=2200).contains(&year)).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates() {
        assert_eq!(month("Dec."), Some(12));
        assert_eq!(month("août"), Some(8));
        assert_eq!(month("Mayor"), None);
        for (words, date) in [
            ("Mon, 17 Feb 1997 18:20:54 -0500", "1997-02-17"),
            ("Fri Feb 7 18:20:54 1997", "1997-02-07"),
            ("2023-02-06 09:00:00 +0100", "2023-02-06"),
            ("2023-02-06T09:00:00Z", "2023-02-06"),
            ("2023-02", "2023-02"),
            ("May 3rd, 2021", "2021-05-03"),
            ("3. Oktober 2021", "2021-10-03"),
        ] {
            assert_eq!(iso(words).as_deref(), Some(date), "{words}");
        }
        for words in ["yesterday", "2023-13-01", "06/02/2023", "0"] {
            assert_eq!(iso(words), None, "{words}");
        }
    }
}
