//! The key to a picture: which colour is which class, and what was left out.

use std::collections::BTreeSet;

use super::{label::html, style};
use crate::graph::{Graph, Selection};

/// An HTML-like label for the whole picture: the classes that are drawn, and a line on what is not.
pub(super) fn legend(graph: &Graph, selection: &Selection) -> String {
    let drawn: BTreeSet<&str> =
        selection.entities.iter().map(|index| style::of(&graph.entity(*index).class).class).collect();
    let mut cells = String::new();
    for style in style::STYLES.iter().filter(|style| drawn.contains(style.class)) {
        let corners = if style.style.contains("dashed") {
            " style=\"dashed\""
        } else if style.style.contains("rounded") || style.shape == "ellipse" {
            " style=\"rounded\""
        } else {
            ""
        };
        cells.push_str(&format!(
            "<td bgcolor=\"{}\" color=\"{}\" border=\"1\"{corners}> {} </td>",
            style.fill,
            style.line,
            html(style.name)
        ));
    }
    if cells.is_empty() {
        cells.push_str("<td>There is nothing to show: no entity has a fact.</td>");
    }
    let note =
        note(selection).map(|note| format!("<tr><td colspan=\"{}\">{}</td></tr>", drawn.len().max(1), html(&note)));
    let note = note.unwrap_or_default();
    format!("<table border=\"0\" cellborder=\"0\" cellspacing=\"6\" cellpadding=\"4\"><tr>{cells}</tr>{note}</table>")
}

/// What was left out; nothing if nothing was.
pub(super) fn note(selection: &Selection) -> Option<String> {
    let left_out = selection.asked - selection.entities.len();
    (left_out > 0).then(|| {
        format!(
            "These are the best connected {} of {} entities. Left out: {left_out} entities, {} links.",
            selection.entities.len(),
            selection.asked,
            selection.asked_pairs - selection.pairs,
        )
    })
}
