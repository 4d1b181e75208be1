//! The page of an entity.

use maud::{Markup, html};

use super::{Links, address, page, sure, thing, value};
use crate::site::{
    Announcement, EntityPage, EvidencePage, Grounds, Location, Passage, RelationName, Stated, Statement, Value,
};

/// Quotes that are shown for one statement.
const QUOTES: usize = 3;

/// Draws the page of an entity, with the words that state its facts. `data` is what search engines read.
pub fn entity(links: &dyn Links, shown: &EntityPage, evidence: &EvidencePage, data: Option<&str>) -> String {
    let class = shown.classes.first().map_or("", |class| class.label.as_str());
    let body = html! {
        h1 { (shown.thing.label) }
        p.class { (class) }
        @if !shown.names.is_empty() { p.names { "also called " (shown.names.join(" · ")) } }
        @if !shown.facts.is_empty() {
            h2 { "What is known" }
            (facts(links, &shown.facts, evidence))
        }
        @if let Some(location) = &shown.location { (map(links, location)) }
        @if !shown.incoming.is_empty() { (incoming(links, shown)) }
        @if !shown.announcements.is_empty() {
            h2 { "Announced in" }
            ul { @for announcement in &shown.announcements { li { (source(links, announcement)) } } }
        }
        @if !shown.same_as.is_empty() {
            h2 { "The same elsewhere" }
            ul { @for iri in &shown.same_as { li { (address(iri)) } } }
        }
    };
    page(links, &shown.thing.label, &shown.thing.iri, data, &body)
}

/// Statements by relation: those of one relation together.
fn facts(links: &dyn Links, facts: &[Statement<Value>], evidence: &EvidencePage) -> Markup {
    html! {
        dl {
            @for same in facts.chunk_by(|one, other| one.relation == other.relation) {
                dt { (same[0].relation.label) }
                dd {
                    @for fact in same {
                        div {
                            (value(links, &fact.value))
                            @let stated = evidence.statements.iter().find(|stated| states(stated, &fact.relation, &fact.value));
                            @if let Some(stated) = stated { (why(links, stated)) }
                        }
                    }
                }
            }
        }
    }
}

fn states(stated: &Stated, relation: &RelationName, value: &Value) -> bool {
    stated.relation.iri == relation.iri && stated.value == *value
}

/// The words that state something, behind a fold.
fn why(links: &dyn Links, stated: &Stated) -> Markup {
    let count = stated.evidence.len();
    let noun = if count == 1 { "passage" } else { "passages" };
    html! {
        details {
            summary { (count) " " (noun) ", " (sure(stated.confidence)) " sure" }
            @for grounds in stated.evidence.iter().take(QUOTES) { (quote(links, grounds)) }
            @if count > QUOTES { p { "and " (count - QUOTES) " more" } }
        }
    }
}

/// A passage with its document and rule.
pub(super) fn quote(links: &dyn Links, grounds: &Grounds) -> Markup {
    let source = html! {
        a href=(place(links, &grounds.passage)) { (grounds.passage.document.title) }
        @if let Some(date) = &grounds.passage.document.announced_on { ", " (date) }
        " · rule " a href=(links.thing(&grounds.rule.iri)) { (grounds.rule.name) }
        " · " a href=(links.thing(&grounds.iri)) { "evidence" }
    };
    html! {
        @if links.quotes() {
            blockquote cite=(grounds.passage.document.iri) { (grounds.passage.quote) footer { (source) } }
        } @else {
            p { (source) }
        }
    }
}

/// Where a passage stands on the page of its document.
fn place(links: &dyn Links, passage: &Passage) -> String {
    format!("{}#char={},{}", links.thing(&passage.document.iri), passage.span.0, passage.span.1)
}

/// A document by its title, date and source.
pub(super) fn source(links: &dyn Links, announcement: &Announcement) -> Markup {
    html! {
        a href=(links.thing(&announcement.iri)) { (announcement.title) }
        @if let Some(date) = &announcement.announced_on { ", " (date) }
    }
}

fn incoming(links: &dyn Links, shown: &EntityPage) -> Markup {
    let left = shown.incoming_total - shown.incoming.len();
    html! {
        h2 { "What points here" }
        dl {
            @for same in shown.incoming.chunk_by(|one, other| one.relation == other.relation) {
                @let relation = &same[0].relation;
                dt { (relation.inverse.as_deref().unwrap_or(&relation.label)) }
                dd { ul { @for statement in same { li { (thing(links, &statement.value)) } } } }
            }
        }
        @if left > 0 { p { "and " (left) " more" } }
    }
}

/// A point on the outlines of the continents.
fn map(links: &dyn Links, location: &Location) -> Markup {
    let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
    let (lat, long) = (number(&location.lat), number(&location.long));
    let (x, y) = ((long + 180.0) * 5.0, (90.0 - lat) * 5.0);
    let label = format!("{} on a map of the world", location.of.label);
    let address = format!("https://www.openstreetmap.org/?mlat={lat}&mlon={long}#map=10/{lat}/{long}");
    html! {
        h2 { "Where" }
        svg.map viewBox="0 100 1800 700" role="img" aria-label=(label) {
            image href=(links.file("land.svg")) x="0" y="0" width="1800" height="900" {}
            circle cx=(format!("{x:.0}")) cy=(format!("{y:.0}")) r="14" {}
        }
        p {
            (thing(links, &location.of)) ", " (location.lat) ", " (location.long) " · "
            a href=(address) rel="nofollow" { "OpenStreetMap" }
        }
    }
}
