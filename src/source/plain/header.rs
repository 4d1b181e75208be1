//! The header lines of a saved mail at the top of a plain text (`From:`, `Date:`, `Subject:`): metadata, not text.

use std::ops::Range;

use super::super::announcement::Stated;
use super::super::builder::Builder;
use super::super::date;

/// Reads header lines at the start of `text` into the metadata and returns where the text begins; 0 if there are none.
pub(super) fn read(text: &str, builder: &mut Builder<'_>) -> usize {
    let Some((fields, end)) = fields(text) else { return 0 };
    for (name, value) in fields {
        let words = &text[value.clone()];
        match name.as_str() {
            "subject" => builder.metadata.title = builder.stated(value),
            "from" | "sender" if builder.metadata.author.is_none() => builder.metadata.author = builder.stated(value),
            "date" => {
                if let (Some(date), Some(stated)) = (date::iso(words), builder.stated(value)) {
                    builder.metadata.date = Some(Stated { value: date, bytes: stated.bytes });
                }
            }
            _ => {}
        }
    }
    end
}

/// The names of header fields in lower case, and where their values stand.
type Fields = Vec<(String, Range<usize>)>;

/// Header fields and where the text behind them begins, if at least two of the first lines are known ones and a blank line ends them.
fn fields(text: &str) -> Option<(Fields, usize)> {
    let mut out: Fields = Vec::new();
    let mut known = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_end();
        if bare.is_empty() {
            if out.is_empty() {
                continue;
            }
            break;
        }
        if bare.starts_with([' ', '\t']) {
            out.last_mut()?.1.end = start + bare.len();
            continue;
        }
        if out.is_empty() && bare.starts_with("From ") && bare.contains('@') {
            continue;
        }
        let (name, value) = bare.split_once(':')?;
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') || out.len() > 100 {
            return None;
        }
        let name = name.to_ascii_lowercase();
        known += usize::from(matches!(
            name.as_str(),
            "from"
                | "date"
                | "subject"
                | "to"
                | "cc"
                | "reply-to"
                | "sender"
                | "message-id"
                | "organization"
                | "newsgroups"
        ));
        let from = start + bare.len() - value.trim_start().len();
        out.push((name, from..start + bare.len()));
    }
    let names = |wanted: &str| out.iter().any(|(name, _)| name == wanted);
    (known >= 2 && (names("subject") || names("from"))).then_some((out, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_headers() {
        let text = "\nFrom: a@b.org\nDate: Mon, 17 Feb 1997 18:20:54 -0500 (EST)\nSubject: 2nd CFP:\n  Agents\n\nText";
        let (fields, end) = fields(text).expect("header");
        assert_eq!(&text[end..], "Text");
        assert_eq!(&text[fields[2].1.clone()], "2nd CFP:\n  Agents");
        assert!(super::fields("Conference: A\nPlace: B\n\nText").is_none());
        assert!(super::fields("A title\n\nText").is_none());
    }
}
