//! The page of what is no entity: evidence, rules, lexicon entries, datasets.

use maud::html;
use oxrdf::Quad;

use super::{Links, page, value};
use crate::{
    site::{Names, Value, last_part},
    store::StoreError,
};

/// Draws the page of an IRI that Urbi's graphs speak of. `naming` is what points to it.
///
/// # Errors
/// If the store cannot be read.
pub fn other(
    links: &dyn Links,
    names: &Names<'_>,
    iri: &str,
    quads: &[Quad],
    naming: &[String],
    more: usize,
) -> Result<String, StoreError> {
    let mut rows = Vec::new();
    for quad in quads {
        // What evidence states is of other things than the evidence itself.
        let own = quad.subject.to_string() == format!("<{iri}>");
        let subject = if own { None } else { Some(names.subject(&quad.subject)?) };
        rows.push((subject, names.relation(quad.predicate.as_ref()), names.value(&quad.object)?));
    }
    let title = last_part(iri);
    let body = html! {
        h1 { (title) }
        p.class { (kind(iri)) }
        table {
            @for (subject, relation, object) in &rows {
                tr {
                    td { @if let Some(subject) = subject { a href=(links.thing(&subject.iri)) { (subject.label) } } }
                    td { (relation.label) }
                    td { @match object {
                        Value::Iri { iri } => { a href=(links.thing(iri)) { (iri) } }
                        object => { (value(links, object)) }
                    } }
                }
            }
        }
        @if !naming.is_empty() {
            h2 { "Named by" }
            ul { @for iri in naming { li { a href=(links.thing(iri)) { (iri) } } } }
            @if more > 0 { p { "and " (more) " more" } }
        }
    };
    Ok(page(links, title, iri, None, &body))
}

/// What kind of thing an IRI names, by its folder.
fn kind(iri: &str) -> &'static str {
    for (folder, kind) in [
        ("/evidence/", "evidence: what one rule read in one passage"),
        ("/rule/", "one wording of a rule"),
        ("/lexicon/", "what a dataset says of a name"),
        ("/document/", "a passage of an announcement"),
    ] {
        if iri.contains(folder) {
            return kind;
        }
    }
    "a thing that Urbi knows of"
}
