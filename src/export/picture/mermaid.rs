//! Mermaid: a flowchart that Markdown of GitHub, GitLab and many wikis shows.
//!
//! Labels are quoted, and whatever could be markup or syntax in them is written as a character code (`#60;`). Mermaid draws
//! up to 500 edges and 50,000 characters unless it is told otherwise: `--limit` makes a picture smaller.

use std::io::{self, Write};

use super::{
    scene::{Node, Scene},
    style::STYLES,
};

/// Writes the picture.
pub(super) fn write(scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    for (at, node) in scene.nodes.iter().enumerate() {
        let (open, close) = brackets(node);
        let label: Vec<String> = node.lines.iter().map(|line| coded(line)).collect();
        let class = node.style.map_or_else(|| "rest".to_owned(), |style| class_name(style.class));
        writeln!(out, "  n{at}{open}\"{}\"{close}:::{class}", label.join("<br/>"))?;
    }
    for edge in &scene.edges {
        if edge.words.is_empty() {
            writeln!(out, "  n{} -.- n{}", edge.from, edge.to)?;
        } else {
            let words: Vec<String> = edge.words.iter().map(|word| coded(word)).collect();
            writeln!(out, "  n{} -->|\"{}\"| n{}", edge.from, words.join("<br/>"), edge.to)?;
        }
    }
    for (at, node) in scene.nodes.iter().enumerate() {
        if let Some(link) = &node.link {
            writeln!(out, "  click n{at} href \"{}\"", link.replace('"', "%22"))?;
        }
        if node.is_centre {
            writeln!(out, "  style n{at} stroke-width:4px")?;
        }
    }
    for style in &scene.styles {
        writeln!(out, "  classDef {} fill:{},stroke:{},color:#000", class_name(style.class), style.fill, style.line)?;
    }
    if scene.nodes.iter().any(|node| node.style.is_none()) {
        writeln!(out, "  classDef rest fill:none,stroke:none,color:#666")?;
    }
    if let Some(note) = &scene.note {
        writeln!(out, "  note[\"{}\"]:::rest", coded(note))?;
        if scene.nodes.iter().all(|node| node.style.is_some()) {
            writeln!(out, "  classDef rest fill:none,stroke:none,color:#666")?;
        }
    }
    Ok(())
}

/// The shape of a node.
fn brackets(node: &Node) -> (&'static str, &'static str) {
    match node.style.map(|style| (style.shape, style.style)) {
        Some(_) if node.is_list => ("[[", "]]"),
        Some(("ellipse", _)) => ("([", "])"),
        Some(("octagon", _)) => ("{{", "}}"),
        Some((_, style)) if style.contains("rounded") => ("(", ")"),
        _ => ("[", "]"),
    }
}

/// `class` is no word to begin an identifier with, and `end` ends a graph.
fn class_name(class: &str) -> String {
    let known = STYLES.iter().any(|style| style.class == class) && !class.is_empty();
    if known { format!("is{class}") } else { "isOther".to_owned() }
}

/// Text of which nothing is syntax: all of ASCII but letters, digits, blanks and the plainest marks as codes.
fn coded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | ',' | '.' | '-' | '\'' => out.push(c),
            c if c.is_ascii_alphanumeric() => out.push(c),
            c if super::super::attributes::is_invisible(c) => out.push(' '),
            c if c.is_ascii() => out.push_str(&format!("#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
