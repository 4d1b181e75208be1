//! Pages for browsers: no script, no style of their own, every label and quote escaped by maud.
//!
//! A page is drawn from the structs that the JSON API gives; where its links lead is said by [`Links`], so that a server and a
//! static site draw the same pages.

mod document;
mod entity;
mod lists;
mod other;

use maud::{DOCTYPE, Markup, PreEscaped, html};

pub use document::document;
pub use entity::entity;
pub use lists::{dataset, members};
pub use other::other;

use super::{Ref, Value};

/// How pages look.
pub const STYLE: &str = include_str!("page.css");
/// The outlines of the continents in an equirectangular picture of 1800 by 900: Natural Earth, 1:110 million.
pub const LAND: &str = include_str!("land.svg");

/// Where links lead.
pub trait Links {
    /// The page of a thing.
    fn thing(&self, iri: &str) -> String;

    /// A file beside the pages: `page.css`, `land.svg`.
    fn file(&self, name: &str) -> String;

    /// The page of the whole dataset.
    fn dataset(&self) -> String;

    /// The page that lists things of a kind (`city`).
    fn kind(&self, kind: &str) -> String;

    /// The same thing in another form, by its ending (`ttl`).
    fn form(&self, iri: &str, ending: &str) -> String;

    /// The web interface at this thing, if there is one.
    fn explorer(&self, iri: &str) -> Option<String>;

    /// Whether pages show the words of announcements, which a licence may forbid to pass on.
    fn quotes(&self) -> bool {
        true
    }
}

/// The forms beside HTML that every thing can be had in: ending, media type, name.
pub const FORMS: [(&str, &str, &str); 3] = [
    ("ttl", "text/turtle", "Turtle"),
    ("jsonld", "application/ld+json", "JSON-LD"),
    ("nt", "application/n-triples", "N-Triples"),
];

/// A whole page. `iri` is what it is about, empty for what has no other forms; `data` is JSON for search engines.
fn page(links: &dyn Links, title: &str, iri: &str, data: Option<&str>, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Urbi" }
                link rel="stylesheet" href=(links.file("page.css"));
                @if !iri.is_empty() {
                    link rel="canonical" href=(iri);
                    @for (ending, media_type, name) in FORMS {
                        link rel="alternate" type=(media_type) title=(name) href=(links.form(iri, ending));
                    }
                }
                @if let Some(data) = data {
                    // Inside a script only `<` could end it; JSON can write it otherwise.
                    script type="application/ld+json" { (PreEscaped(data.replace('<', "\\u003c"))) }
                }
            }
            body {
                header.site {
                    strong { a href=(links.dataset()) { "Urbi" } }
                    @if let Some(explorer) = links.explorer(iri).filter(|_| !iri.is_empty()) {
                        a href=(explorer) { "open in the explorer" }
                    }
                }
                main { (body) }
                footer {
                    @if !iri.is_empty() {
                        p.formats {
                            "This page as "
                            @for (ending, _, name) in FORMS {
                                a href=(links.form(iri, ending)) { (name) }
                            }
                        }
                        p { code { (iri) } }
                    }
                    p { "Places come from " a href="https://www.geonames.org" { "GeoNames" } ", CC BY 4.0." }
                }
            }
        }
    };
    page.into_string()
}

/// A thing by its name.
fn thing(links: &dyn Links, thing: &Ref) -> Markup {
    html! { a href=(links.thing(&thing.iri)) { (thing.label) } }
}

/// A value of a relation.
fn value(links: &dyn Links, value: &Value) -> Markup {
    match value {
        Value::Thing(of) => thing(links, of),
        Value::Iri { iri } => address(iri),
        Value::Literal { value, language, .. } => html! { span lang=[language.as_deref()] { (value) } },
    }
}

/// An address: a link if it is one of the web, else only text, because a link of another scheme could run something.
fn address(iri: &str) -> Markup {
    let web = iri.starts_with("https://") || iri.starts_with("http://");
    html! { @if web { a href=(iri) rel="nofollow" { (iri) } } @else { code { (iri) } } }
}

/// A confidence as people read it.
fn sure(confidence: u16) -> String {
    format!("{:.0} %", f64::from(confidence) / 10.0)
}
