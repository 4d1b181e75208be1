//! What was read, for people: why is a fact missing, was its sentence taken for navigation?

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::announcement::{Announcement, BlockKind};

/// The blocks of an announcement, one a line: kind, place in the text (characters) and in the original (bytes), words.
/// Line breaks in a block are shown as ` / `, tabs as ` | `; before a value stands its name.
pub fn show_text(announcement: &Announcement) -> String {
    let mut out = String::new();
    let (mut at, mut chars) = (0, 0);
    let mut names: BTreeMap<usize, String> = BTreeMap::new();
    for item in &announcement.data {
        let kind = item.types.first().map_or(item.vocabulary.name(), String::as_str);
        item.words(&mut |path, block| drop(names.insert(block, format!("{kind}.{}", path.join(".")))));
    }
    for (index, block) in announcement.blocks.iter().enumerate() {
        chars += announcement.text[at..block.range.start].chars().count();
        let words = announcement.words(block);
        let end = chars + words.chars().count();
        let original = announcement.origin.original(block.range.clone());
        let bytes = match (original.iter().map(|r| r.start).min(), original.iter().map(|r| r.end).max()) {
            (Some(first), Some(last)) => format!("{first}-{last}"),
            _ => String::from("-"),
        };
        let words = words.replace('\n', " / ").replace('\t', " | ");
        // Writing to a string cannot fail.
        let words = names.get(&index).map_or_else(|| words.clone(), |name| format!("{name}: {words}"));
        let _ = writeln!(out, "{:<12} {:<13} {:<13} {words}", name(block.kind), format!("{chars}-{end}"), bytes);
        (at, chars) = (block.range.end, end);
    }
    out
}

fn name(kind: BlockKind) -> String {
    match kind {
        BlockKind::Headline => "headline".into(),
        BlockKind::Heading(level) => format!("heading {level}"),
        BlockKind::Dateline => "dateline".into(),
        BlockKind::Paragraph => "paragraph".into(),
        BlockKind::ListItem(level) => format!("item {level}"),
        BlockKind::TableCell { row, column } => format!("cell {row},{column}"),
        BlockKind::Caption => "caption".into(),
        BlockKind::Field => "field".into(),
        BlockKind::Value => "value".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Form, read};

    #[test]
    fn shows_kinds_and_places() {
        let found = read("a.md", "# Łódź meets\n\nPlace: Łódź\n".as_bytes(), Some(Form::Markdown)).expect("readable");
        let wanted = "headline     0-10          2-15          Łódź meets\n\
                      field        12-23         17-31         Place: Łódź\n";
        assert_eq!(super::show_text(&found[0]), wanted);
    }
}
