//! The page of the whole dataset, and those that list its things.

use maud::html;

use super::{Links, page, thing};
use crate::site::{Overview, Ref};

/// Draws the page of the dataset: what there is, how much, and where it begins.
pub fn dataset(links: &dyn Links, overview: &Overview, kinds: &[(String, usize)], endpoint: Option<&str>) -> String {
    let body = html! {
        h1 { "Urbi" }
        p.class { "what announcements say of cities, conferences, publications and themes" }
        p {
            (overview.triples) " statements about " (overview.entities) " things, read from " (overview.documents)
            " announcements. Each leads back to the words that state it."
        }
        h2 { "Things" }
        table {
            @for (kind, count) in kinds {
                tr { td { a href=(links.kind(kind)) { (kind) } } td.number { (count) } }
            }
        }
        h2 { "Relations" }
        table {
            @for relation in &overview.relations {
                tr { td { (relation.relation.label) } td.number { (relation.count) } }
            }
        }
        @if let Some(endpoint) = endpoint { p { "SPARQL is answered at " a href=(endpoint) { (endpoint) } "." } }
    };
    page(links, "What there is", &overview.base, None, &body)
}

/// Draws a list of things of one kind. `more` is the number of those that do not stand on it.
pub fn members(links: &dyn Links, kind: &str, members: &[Ref], more: usize) -> String {
    let body = html! {
        h1 { (kind) }
        ul { @for member in members { li { (thing(links, member)) } } }
        @if more > 0 { p { "and " (more) " more" } }
    };
    page(links, kind, "", None, &body)
}
