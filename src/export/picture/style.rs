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

/// Outlines and edges of the families.
const ORANGE: &str = "#B87700";
const BLUE: &str = "#0072B2";
const GREEN: &str = "#00795A";
const PURPLE: &str = "#A8558A";
const YELLOW: &str = "#8F8500";
const RED: &str = "#D55E00";
const GREY: &str = "#777777";

/// In the order of the legend.
pub(super) const STYLES: [Style; 14] = [
    style("ConferenceSeries", "series", "folder", "filled", ["#F5CE85", ORANGE]),
    style("Conference", "conference", "box", "filled,rounded,bold", ["#FBE3B9", ORANGE]),
    style("Event", "event", "box", "filled,rounded,dashed", ["#FFF5E3", ORANGE]),
    style("Publication", "publication", "note", "filled", ["#DCEFFA", BLUE]),
    style("OutcomeDocument", "outcome document", "note", "filled", ["#AED4EF", BLUE]),
    style("City", "city", "ellipse", "filled", ["#BFE8D6", GREEN]),
    style("Country", "country", "octagon", "filled", ["#EAF7F1", GREEN]),
    style("Venue", "venue", "house", "filled", ["#DDEFC8", GREEN]),
    style("Organization", "organization", "box", "filled", ["#F3DFEB", PURPLE]),
    style("Network", "network", "box", "filled,diagonals", ["#DDB4CF", PURPLE]),
    style("Person", "person", "ellipse", "filled", ["#FBF3F8", PURPLE]),
    style("Theme", "theme", "tab", "filled", ["#FBF6BE", YELLOW]),
    style("Award", "award", "component", "filled", ["#F9DAC7", RED]),
    style("", "other", "box", "filled", ["#EEEEEE", GREY]),
];

/// The colour of an edge: that of the family it leads to, so that the eye can follow it.
pub(super) fn edge_colour(relation: &str) -> &'static str {
    match relation {
        "follows" | "partOfSeries" | "subEventOf" => ORANGE,
        "adopted" | "launchedAt" | "preparedFor" => BLUE,
        "features" | "heldAt" | "heldIn" | "hostedBy" | "inCountry" => GREEN,
        "memberOf" | "organizedBy" | "publishedBy" | "speaker" => PURPLE,
        "hasTheme" => YELLOW,
        "receivedAward" => RED,
        _ => GREY,
    }
}

/// Whether the layout puts the object before the subject: time runs from left to right, and what comes of a conference
/// stands to the right of it.
pub(super) fn is_backward(relation: &str) -> bool {
    matches!(relation, "follows" | "launchedAt" | "preparedFor" | "subEventOf")
}

/// The style of a class; one for all others, if it is none of the ontology's.
pub(super) fn of(class: &str) -> &'static Style {
    const OTHER: &Style = &STYLES[STYLES.len() - 1];
    STYLES.iter().find(|style| style.class == class).unwrap_or(OTHER)
}

/// The colour of a class in pictures that others draw: red, green and blue of its outline.
pub(in crate::export) fn colour(class: &str) -> [u8; 3] {
    let hex = of(class).line.trim_start_matches('#');
    let part = |at: usize| hex.get(at..at + 2).and_then(|part| u8::from_str_radix(part, 16).ok()).unwrap_or_default();
    [part(0), part(2), part(4)]
}
