//! Character references (`&eacute;`, `&#8217;`) in text, one at a time, so that the rest keeps its place byte by byte.

use std::ops::Range;

use html5gum::{Token, Tokenizer};

/// No character reference is longer.
const LONGEST: usize = 40;

/// Splits `range` of `text` into stretches that stand for themselves and character references with what they stand for.
pub(super) fn split(text: &str, range: Range<usize>, mut give: impl FnMut(Range<usize>, Option<&str>)) {
    let mut from = range.start;
    let mut at = range.start;
    while let Some(found) = memchr::memchr(b'&', &text.as_bytes()[at..range.end]) {
        let start = at + found;
        let rest = &text.as_bytes()[start + 1..range.end];
        let name = rest.iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
        let end = start + 1 + name + usize::from(rest.get(name) == Some(&b';'));
        at = end.max(start + 1);
        let Some(words) = (name > 0).then(|| decode(&text[start..end])).flatten() else { continue };
        if from < start {
            give(from..start, None);
        }
        give(start..end, Some(&words));
        from = end;
    }
    if from < range.end {
        give(from..range.end, None);
    }
}

/// What a single reference stands for; `None` if it is none.
fn decode(reference: &str) -> Option<String> {
    let decoded = all(reference);
    (decoded != reference).then_some(decoded)
}

/// `text` with all its references replaced.
pub(super) fn all(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for token in Tokenizer::new(text) {
        match token {
            Ok(Token::String(words)) => out.push_str(&String::from_utf8_lossy(&words)),
            Ok(_) => {}
            Err(never) => match never {},
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn splits_references() {
        let text = "A&amp;B &lsquo;x&rsquo; &copy2019 AT&T &unknown; &#233;&";
        let mut out = Vec::new();
        split(text, 0..text.len(), |range, words| out.push(words.unwrap_or(&text[range]).to_owned()));
        assert_eq!(out, ["A", "&", "B ", "‘", "x", "’", " ", "©2019", " AT&T &unknown; ", "é", "&"]);
    }
}
