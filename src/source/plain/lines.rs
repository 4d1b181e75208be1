//! The lines of a plain text and what each looks like on its own.

use std::ops::Range;

/// A line without the white space around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its characters in the decoded text; empty for a blank line.
    pub range: Range<usize>,
    /// Columns of white space before it (a tab goes to the next multiple of eight).
    pub indent: usize,
    /// Its width in characters.
    pub width: usize,
}

impl Line {
    /// The words of the line.
    pub fn words<'t>(&self, text: &'t str) -> &'t str {
        &text[self.range.clone()]
    }

    /// True if there is nothing on it.
    pub fn is_blank(&self) -> bool {
        self.range.is_empty()
    }
}

/// Splits `text[from..]` at line ends of all kinds.
pub(super) fn lines(text: &str, from: usize) -> Vec<Line> {
    let mut out = Vec::new();
    let mut rest = from;
    while rest < text.len() {
        let tail = &text[rest..];
        let end = tail.find(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']);
        let raw = &tail[..end.unwrap_or(tail.len())];
        out.push(line(raw, rest));
        let Some(end) = end else { break };
        let width =
            if tail[end..].starts_with("\r\n") { 2 } else { tail[end..].chars().next().map_or(1, char::len_utf8) };
        rest += end + width;
    }
    out
}

fn line(raw: &str, at: usize) -> Line {
    let mut indent = 0;
    let mut start = raw.len();
    for (i, c) in raw.char_indices() {
        match c {
            '\t' => indent = (indent / 8 + 1) * 8,
            _ if c.is_whitespace() || super::super::builder::invisible(c) => indent += 1,
            _ => {
                start = i;
                break;
            }
        }
    }
    let words = raw[start..].trim_end();
    Line { range: at + start..at + start + words.len(), indent, width: words.chars().count() }
}

/// True if the line is drawn, not written: no letter or digit in it.
pub(super) fn is_ruler(words: &str) -> bool {
    !words.is_empty() && !words.chars().any(char::is_alphanumeric)
}

/// The level of heading that a line makes of the line above it: 1 for `===`, 2 for `---` and their like.
pub(super) fn underline(words: &str) -> Option<u8> {
    let first = words.chars().next()?;
    let same = words.chars().filter(|c| !c.is_whitespace()).all(|c| c == first);
    let level = match first {
        '=' => 1,
        '-' | '~' | '_' | '^' | '*' | '#' | '+' | '–' | '—' | '─' => 2,
        _ => return None,
    };
    (same && words.chars().count() >= 3).then_some(level)
}

/// The part of a line inside a frame of stars, bars or number signs (`*** NEW ***`, `| text |`).
pub(super) fn unframed(words: &str, range: Range<usize>) -> Range<usize> {
    let mark = |c: char| matches!(c, '*' | '#' | '|' | '=' | '~' | '+' | '-');
    let inner = words.trim_start_matches(mark);
    let marks = words.len() - inner.len();
    let framed = marks >= 2 || (marks == 1 && words.ends_with(mark) && !words.starts_with(['-', '+']));
    if !framed || inner.is_empty() || !(inner.starts_with(char::is_whitespace) || words.ends_with(mark)) {
        return range;
    }
    let start = range.start + (words.len() - inner.trim_start().len());
    let inner = inner.trim_start();
    let cut = inner.trim_end_matches(mark);
    let cut = if cut.len() < inner.len() { cut.trim_end() } else { inner };
    start..start + cut.len()
}

/// Length of the list mark (with the white space behind it) at the start of a line: `-`, `*`, `•`, `o`, `1.`, `(a)`.
pub(super) fn list_mark(words: &str) -> Option<usize> {
    let first = words.chars().next()?;
    let behind = |mark: usize| {
        let rest = &words[mark..];
        let blank = rest.len() - rest.trim_start().len();
        (blank > 0 && !rest.trim_start().is_empty()).then_some(mark + blank)
    };
    if matches!(first, '•' | '·' | '▪' | '●' | '◦' | '‣' | '∙' | '■' | '□' | '➢' | '►' | '✓') {
        return behind(first.len_utf8())
            .or_else(|| words[first.len_utf8()..].starts_with(char::is_alphanumeric).then_some(first.len_utf8()));
    }
    if matches!(first, '-' | '*' | '+' | '–' | '—' | 'o') {
        let mark = behind(first.len_utf8())?;
        return (first != '-' || !words[mark..].starts_with('-')).then_some(mark);
    }
    let open = usize::from(first == '(' || first == '[');
    let inner = &words[open..];
    let len = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let number = inner[..len].bytes().all(|b| b.is_ascii_digit()) && (1..=2).contains(&len);
    let letter = len == 1 || inner[..len].bytes().all(|b| matches!(b, b'i' | b'v' | b'x')) && (1..=4).contains(&len);
    let close = inner[len..].chars().next()?;
    let closed = match close {
        ')' | ']' => number || letter,
        '.' => open == 0 && number,
        _ => false,
    };
    if closed { behind(open + len + 1) } else { None }
}

/// The columns of a line: parts set apart by a tab, by three blanks or more, or by dotted leaders.
pub(super) fn columns(words: &str) -> Vec<Range<usize>> {
    // Most lines have nothing in them that could set columns apart.
    let gap = |three: &[u8]| three.iter().all(|b| matches!(b, b' ' | b'.' | b'_'));
    if words.is_ascii() && !words.contains('\t') && !words.as_bytes().windows(3).any(gap) {
        return vec![0..words.len()];
    }
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut gap: Option<usize> = None;
    for (at, c) in words.char_indices().chain([(words.len(), 'x')]) {
        if matches!(c, ' ' | '\t' | '.' | '_' | '…' | '\u{a0}') {
            gap.get_or_insert(at);
            continue;
        }
        if let Some(from) = gap.take() {
            let space = &words[from..at];
            let blanks = space.chars().filter(|c| *c != '.').count();
            let dots = space.chars().filter(|c| matches!(c, '.' | '_')).count() + 3 * space.matches('…').count();
            let wide = dots >= 4 || space.contains('\t') || (blanks >= 3 && dots <= 1);
            if wide && at < words.len() && from > start {
                let keep = if dots == 1 { space.find('.').map_or(from, |d| from + d + 1) } else { from };
                out.push(start..keep);
                start = at;
            }
        }
    }
    out.push(start..words.len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_list_marks() {
        for (words, item) in [
            ("- landscapes", "landscapes"),
            ("* x", "x"),
            ("• x", "x"),
            ("o Bo Li", "Bo Li"),
            ("1. Transforming", "Transforming"),
            ("(a) x", "x"),
            ("iv) x", "x"),
            ("(12) x", "x"),
        ] {
            assert_eq!(&words[list_mark(words).expect(words)..], item);
        }
        for words in ["1998 was", "H.M. Zar", "-- Name", "12.30 h", "on time", "J. Smith"] {
            assert_eq!(list_mark(words), None, "{words}");
        }
    }

    #[test]
    fn splits_columns() {
        let parts = |words: &str| columns(words).into_iter().map(|r| words[r].to_owned()).collect::<Vec<_>>();
        assert_eq!(parts("Submissions due      April 18, 1997"), ["Submissions due", "April 18, 1997"]);
        assert_eq!(parts("3 May 1998 ........ Oslo, Norway"), ["3 May 1998", "Oslo, Norway"]);
        assert_eq!(parts("A sentence ends.  Another begins."), ["A sentence ends.  Another begins."]);
        assert_eq!(parts("Prof.   Smith"), ["Prof.", "Smith"]);
    }

    #[test]
    fn takes_frames_off() {
        let inner = |words: &str| words[unframed(words, 0..words.len())].to_owned();
        assert_eq!(inner("*** NEW SUBMISSION DEADLINE:"), "NEW SUBMISSION DEADLINE:");
        assert_eq!(inner("* CALL FOR PAPERS *"), "CALL FOR PAPERS");
        assert_eq!(inner("| Call |"), "Call");
        assert_eq!(inner("* item"), "* item");
        assert_eq!(inner("- item -"), "- item -");
    }
}
