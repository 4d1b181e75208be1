//! What the formats of graphs and tables say of a node beside its name: one attribute a relation that has a value.

use std::collections::BTreeSet;

use crate::graph::{Entity, Graph};

/// The relations (local names) that lead from any entity to a value, sorted: the columns of a table.
pub(super) fn columns(graph: &Graph) -> Vec<&str> {
    let names: BTreeSet<&str> = graph.entities().flat_map(|(_, e)| e.facts.keys()).map(String::as_str).collect();
    names.into_iter().collect()
}

/// The values of a column, as one text; none if there are none.
pub(super) fn joined(entity: &Entity, column: &str) -> Option<String> {
    entity.facts.get(column).map(|values| values.join("; "))
}

/// Without what XML 1.0 cannot hold, and what would reorder or hide text on a screen: blanks stand in their places.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if is_invisible(c) { ' ' } else { c }).collect()
}

/// Control characters, marks of writing direction, and what XML (hence SVG) cannot hold.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}
