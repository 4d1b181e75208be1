//! What each class looks like.
//!
//! Hues are those of Okabe and Ito, which people with any colour vision tell apart, one a family (events, documents,
//! places, bodies, ideas); within a family the shape tells. Fills are light tints, so that black text stands out on them.

/// What the nodes of a class look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// Local name of the class.
    pub(super) class: &'static str,
    /// Its name in the legend.
    pub(super) name: &'static str,
    /// Graphviz's shape.
    pub(super) shape: &'static str,
    /// Graphviz's style.
    pub(super) style: &'static str,
    /// Of the inside.
    pub(super) fill: &'static str,
    /// Of the outline.
    pub(super) line: &'static str,
}

const fn style(
    class: &'static str,
    name: &'static str,
    shape: &'static str,
    style: &'static str,
    [fill, line]: [&'static str; 2],
) -> Style {
    Style { class, name, shape, style, fill, line }
}

const ORANGE: [&str; 2] = ["#FBE3B9", "#B87700"];
const SKY: [&str; 2] = ["#DCEFFA", "#2F8FC4"];
const BLUE: [&str; 2] = ["#C5DDF0", "#0072B2"];
const GREEN: [&str; 2] = ["#C9EBDD", "#00795A"];
const PALE_GREEN: [&str; 2] = ["#EEF8F3", "#00795A"];
const PURPLE: [&str; 2] = ["#F3DFEB", "#A8558A"];
const YELLOW: [&str; 2] = ["#FBF6BE", "#9C9106"];
const RED: [&str; 2] = ["#F9DAC7", "#D55E00"];
const GREY: [&str; 2] = ["#EEEEEE", "#777777"];

/// In the order of the legend.
pub(super) const STYLES: [Style; 14] = [
    style("ConferenceSeries", "series", "folder", "filled", ORANGE),
    style("Conference", "conference", "box", "filled,rounded,bold", ORANGE),
    style("Event", "event", "box", "filled,rounded,dashed", ORANGE),
    style("Publication", "publication", "note", "filled", SKY),
    style("OutcomeDocument", "outcome document", "note", "filled", BLUE),
    style("City", "city", "ellipse", "filled", GREEN),
    style("Country", "country", "octagon", "filled", PALE_GREEN),
    style("Venue", "venue", "house", "filled", PALE_GREEN),
    style("Organization", "organization", "box", "filled", PURPLE),
    style("Network", "network", "box", "filled,diagonals", PURPLE),
    style("Person", "person", "ellipse", "filled", PURPLE),
    style("Theme", "theme", "parallelogram", "filled", YELLOW),
    style("Award", "award", "hexagon", "filled", RED),
    style("", "other", "box", "filled", GREY),
];

/// The style of a class; one for all others, if it is none of the ontology's.
pub(super) fn of(class: &str) -> &'static Style {
    const OTHER: &Style = &STYLES[STYLES.len() - 1];
    STYLES.iter().find(|style| style.class == class).unwrap_or(OTHER)
}
