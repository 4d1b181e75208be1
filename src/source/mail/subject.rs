//! The subject of a mail, which is its headline.
//!
//! Words that its program could not write in ASCII are encoded (RFC 2047, section 2); every character keeps the place
//! of its encoding.

use std::ops::Range;

use crate::source::decode::Decoded;
use crate::source::origin::Origin;

/// The words of the subject that stands at `place` of the mail, without the tags of mailing lists and without what says
/// what kind of mail it is. `None` if it has none, or if the mail answers another one, whose subject this is.
pub(super) fn read(mail: &[u8], place: Range<usize>) -> Option<Decoded<'static>> {
    let raw = std::str::from_utf8(mail.get(place.clone())?).ok()?;
    let mut said = Said::new();
    let mut from = 0;
    let mut encoded_before = false;
    while let Some(word) = EncodedWord::find(raw, from) {
        // Blanks between two of them are none (RFC 2047, section 6.2).
        if !(encoded_before && raw[from..word.range.start].trim().is_empty()) {
            copy(raw, from..word.range.start, place.start, &mut said);
        }
        word.decode(raw, place.start, &mut said)?;
        from = word.range.end;
        encoded_before = true;
    }
    copy(raw, from..raw.len(), place.start, &mut said);
    let words: String = said.iter().map(|(c, _)| c).collect();
    let words = &words[marks(&words)?..];
    let mut origin = Origin::default();
    let first = said.len() - words.chars().count();
    for ((at, c), (_, bytes)) in words.char_indices().zip(&said[first..]) {
        origin.push(at..at + c.len_utf8(), bytes.clone());
    }
    (!words.trim().is_empty()).then(|| Decoded::woven(words.to_owned(), origin, "UTF-8"))
}

/// Characters with their bytes in the mail.
type Said = Vec<(char, Range<u64>)>;

/// Adds characters that stand for themselves.
fn copy(raw: &str, range: Range<usize>, start: usize, said: &mut Said) {
    let start = (start + range.start) as u64;
    said.extend(raw[range].char_indices().map(|(at, c)| (c, start + at as u64..start + (at + c.len_utf8()) as u64)));
}

/// What stands before a subject and says what the mail is, or that it is passed on.
const KINDS: [&str; 18] = [
    "fwd",
    "fw",
    "wg",
    "tr",
    "rv",
    "i",
    "important",
    "urgent",
    "reminder",
    "invitation",
    "announcement",
    "announce",
    "ann",
    "news",
    "press release",
    "media release",
    "save the date",
    "last call",
];

/// What stands before the subject of another mail, which this one answers.
const ANSWERS: [&str; 6] = ["re", "aw", "sv", "antw", "vs", "res"];

/// Where a subject begins behind `[LIST]`, `Fwd:` and `REMINDER -`; `None` if it has a mark of answers.
fn marks(subject: &str) -> Option<usize> {
    let mut at = leading_blanks(subject);
    loop {
        let rest = &subject[at..];
        let list = rest.strip_prefix('[').and_then(|rest| rest.find(']')).map(|end| end + 2);
        let end = rest.find([':', '-', '–', '!']).unwrap_or(rest.len());
        let mark = rest[..end].trim_end().to_ascii_lowercase();
        at += match (list, rest[end..].chars().next()) {
            (Some(end), _) => end,
            (None, Some(':')) if ANSWERS.contains(&mark.as_str()) => return None,
            (None, Some(c)) if KINDS.contains(&mark.as_str()) => end + c.len_utf8(),
            _ => return Some(at),
        };
        at += leading_blanks(&subject[at..]);
    }
}

fn leading_blanks(words: &str) -> usize {
    words.len() - words.trim_start().len()
}

/// A word of the form `=?charset?encoding?text?=`.
struct EncodedWord<'r> {
    range: Range<usize>,
    charset: &'r str,
    encoding: &'r str,
    text: Range<usize>,
}

impl<'r> EncodedWord<'r> {
    /// The next one from byte `from` of the raw subject on.
    fn find(raw: &'r str, from: usize) -> Option<Self> {
        let mut start = from;
        loop {
            start += raw[start..].find("=?")?;
            let mut parts = raw[start + 2..].splitn(4, '?');
            let head: Vec<&str> = parts.by_ref().take(3).collect();
            if let ([charset, encoding, text], Some(rest)) = (&head[..], parts.next())
                && rest.starts_with('=')
                && matches!(*encoding, "q" | "Q" | "b" | "B")
                && !text.contains(char::is_whitespace)
            {
                let from = start + 2 + charset.len() + 1 + encoding.len() + 1;
                let text = from..from + text.len();
                // A language may stand behind the charset (RFC 2231, section 5).
                let charset = charset.split('*').next().unwrap_or(charset);
                return Some(EncodedWord { range: start..text.end + 2, charset, encoding, text });
            }
            start += 2;
        }
    }

    /// Adds what it says; `None` if it cannot be decoded.
    fn decode(&self, raw: &str, start: usize, said: &mut Said) -> Option<()> {
        let bytes = raw[self.text.clone()].as_bytes();
        let start = start + self.text.start;
        let (bytes, places) = match self.encoding {
            "b" | "B" => super::base64(bytes, start),
            _ => super::quoted_printable(
                &bytes.iter().map(|b| if *b == b'_' { b' ' } else { *b }).collect::<Vec<_>>(),
                start,
            ),
        };
        let decoded = Decoded::declared("", &bytes, Some(self.charset)).ok()?.through(&places);
        said.extend(decoded.text.char_indices().map(|(at, c)| (c, decoded.original(at..at + c.len_utf8()))));
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(raw: &str) -> Option<(String, Range<u64>)> {
        let words = read(raw.as_bytes(), 0..raw.len())?;
        let last = words.text.trim_end().char_indices().next_back()?.0;
        Some((words.text.trim().to_owned(), words.original(last..words.text.trim_end().len())))
    }

    #[test]
    fn every_character_keeps_its_place() {
        assert_eq!(subject(" The forum opens\r\n"), Some(("The forum opens".into(), 15..16)));
        assert_eq!(subject("[GNLC] Fwd: [a-b] Oslo"), Some(("Oslo".into(), 21..22)));
        assert_eq!(subject("REMINDER - Save the date: Oslo 2030"), Some(("Oslo 2030".into(), 34..35)));
        let encoded = "CfP =?utf-8?b?4oCT?= Salt =?iso-8859-1?Q?in_M=E1?=\r\n =?iso-8859-1?q?laga?=";
        assert_eq!(subject(encoded), Some(("CfP – Salt in Málaga".into(), 71..72)));
    }

    #[test]
    fn the_subject_of_another_mail_is_none() {
        for raw in ["Re: The forum opens", "[l] AW: x", "=?utf-8?q?Re=3A_the_forum?=", " ", "[GNLC]", "Fwd:"] {
            assert_eq!(subject(raw), None, "{raw}");
        }
        assert_eq!(subject("=?what is this?"), Some(("=?what is this?".into(), 14..15)));
    }
}
