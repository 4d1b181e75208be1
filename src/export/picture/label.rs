//! Text in DOT: escapes, line breaks, and words from the names of relations.

use unicode_segmentation::UnicodeSegmentation;

use crate::export::attributes::is_invisible;

/// A quoted string of DOT that stands for exactly `text`. Backslashes are doubled, since Graphviz expands `\N`, `\G` and
/// their like in labels; entities are kept from being decoded; control characters become blanks.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// A quoted string of several lines, centred.
pub(super) fn quoted_lines(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    format!("\"{}\"", lines.join("\\n"))
}

/// Text for an HTML-like label.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if is_invisible(c) => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            // Graphviz decodes entities in every label.
            '&' => out.push_str("&amp;"),
            c if is_invisible(c) => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Lines of at most `width` characters (as people count them), broken between words; what does not fit into `lines` lines
/// ends in an ellipsis. Never empty.
pub(super) fn wrapped(text: &str, width: usize, lines: usize) -> Vec<String> {
    let length = |text: &str| text.graphemes(true).count();
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        for piece in pieces(word, width) {
            match out.last_mut() {
                Some(line) if length(line) + 1 + length(&piece) <= width => {
                    line.push(' ');
                    line.push_str(&piece);
                }
                _ => out.push(piece),
            }
        }
    }
    if out.len() > lines {
        out.truncate(lines);
        if let Some(last) = out.last_mut() {
            let end = last.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            last.truncate(end);
            last.push('…');
        }
    }
    if out.is_empty() {
        out.push("?".to_owned());
    }
    out
}

/// A word that is longer than a line, cut into lines.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let graphemes: Vec<&str> = word.graphemes(true).collect();
    graphemes.chunks(width).map(<[&str]>::concat).collect()
}

/// `heldIn` as people say it: `held in`.
pub(super) fn words(relation: &str) -> String {
    let mut out = String::with_capacity(relation.len() + 4);
    for c in relation.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{html, quoted, words, wrapped};

    #[test]
    fn escapes() {
        assert_eq!(quoted(r#"a "b" \N <script>&lt;"#), r#""a \"b\" \\N <script>&amp;lt;""#);
        assert_eq!(quoted("a\nb\u{0}\u{202e}"), "\"a b  \"");
        assert_eq!(html("<b>&\"\n"), "&lt;b&gt;&amp;&quot; ");
    }

    #[test]
    fn wraps() {
        let text = "Fifth International Conference on Learning Cities";
        assert_eq!(wrapped(text, 24, 3), ["Fifth International", "Conference on Learning", "Cities"]);
        assert_eq!(wrapped(text, 24, 2), ["Fifth International", "Conference on Learning…"]);
        assert_eq!(wrapped("Llanfairpwllgwyngyll", 8, 9), ["Llanfair", "pwllgwyn", "gyll"]);
        assert_eq!(wrapped(" \n", 8, 9), ["?"]);
    }

    #[test]
    fn speaks() {
        assert_eq!(words("subEventOf"), "sub event of");
    }
}
