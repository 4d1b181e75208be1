//! The lines between two `---` at the top of a Markdown file, as site generators write them: `key: value`.
//!
//! Only flat string values are read (title, date, author, …); nested YAML is passed over, because nothing in it is
//! metadata of the announcement.

use std::ops::Range;

/// Front matter found at the start of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FrontMatter {
    /// Keys in lower case, with the place of their values in the text (quotation marks left out).
    pub values: Vec<(String, Range<usize>)>,
    /// Where the text behind it begins.
    pub end: usize,
}

/// Finds front matter (YAML `---` or TOML `+++`) at the start of `text`.
pub(super) fn find(text: &str) -> Option<FrontMatter> {
    let fence = ["---", "+++"].into_iter().find(|fence| text.starts_with(fence))?;
    let mut values = Vec::new();
    let mut at = 0;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let bare = line.trim_end();
        if i == 0 {
            if bare != fence {
                return None;
            }
        } else if bare == fence || (bare == "..." && fence == "---") {
            return (!values.is_empty()).then_some(FrontMatter { values, end: at });
        } else if let Some(cut) = bare.find(if fence == "---" { ':' } else { '=' }) {
            let key = bare[..cut].trim_end();
            let simple = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
            let value = unquote(bare[cut + 1..].trim());
            if simple && !value.is_empty() {
                let from = start + (value.as_ptr() as usize - line.as_ptr() as usize);
                values.push((key.to_ascii_lowercase(), from..from + value.len()));
            }
        }
    }
    None
}

fn unquote(value: &str) -> &str {
    ['"', '\''].into_iter().find_map(|q| value.strip_prefix(q)?.strip_suffix(q)).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn finds_values_with_their_places() {
        let text = "---\ntitle: \"A: b\"\ntags:\n  - x\ndate: 2023-02-06 09:00\n---\nText";
        let found = find(text).expect("front matter");
        assert_eq!(&text[found.end..], "Text");
        let values: Vec<_> = found.values.iter().map(|(k, r)| (k.as_str(), &text[r.clone()])).collect();
        assert_eq!(values, [("title", "A: b"), ("date", "2023-02-06 09:00")]);
        assert_eq!(find("---\n\nText\n---\n"), None);
        assert_eq!(find("--- a\n"), None);
    }
}
