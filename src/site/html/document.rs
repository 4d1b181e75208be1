//! The page of an announcement: its text, with what was found in it marked.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::{Links, page, sure, thing, value};
use crate::site::{BlockPage, DocumentPage};

/// Draws the page of an announcement. Each passage has an anchor of the name that its IRI ends in (`char=120,245`): in
/// the text, or where that may not be shown, beside its first fact.
pub fn document(links: &dyn Links, shown: &DocumentPage) -> String {
    let body = html! {
        h1 { (shown.title) }
        p.class { "announcement" @if let Some(date) = &shown.announced_on { ", " (date) } }
        dl {
            dt { "read from" } dd { (shown.sources.join(", ")) }
            dt { "form" } dd { (shown.media_type) ", " (shown.length) " bytes" }
        }
        h2 { "What it states" }
        @if shown.passages.iter().all(|passage| passage.facts.is_empty()) { p { "Nothing that Urbi knows to read." } }
        table {
            @for passage in &shown.passages {
                @for (at, fact) in passage.facts.iter().enumerate() {
                    tr id=[(at == 0 && !links.quotes()).then(|| anchor(passage.span))] {
                        td { (thing(links, &fact.subject)) }
                        td { (fact.relation.label) }
                        td { (value(links, &fact.value)) @if !fact.in_graph { " (overruled)" } }
                        td.number { (sure(fact.confidence)) }
                        td {
                            @if links.quotes() {
                                a href={ "#" (anchor(passage.span)) } { "where" }
                            } @else {
                                "characters " (passage.span.0) " to " (passage.span.1)
                            }
                        }
                    }
                }
            }
        }
        @if links.quotes() {
            h2 { "Its text" }
            (text(shown))
        }
    };
    page(links, &shown.title, &shown.iri, None, &body)
}

/// What the IRI of a passage ends in.
fn anchor(span: (u32, u32)) -> String {
    format!("char={},{}", span.0, span.1)
}

/// The blocks, with passages marked.
fn text(shown: &DocumentPage) -> Markup {
    let chars: Vec<char> = shown.text.chars().collect();
    html! {
        div.text {
            @for block in &shown.blocks {
                p class=(block.kind) { (marked(&chars, block, shown)) }
            }
        }
    }
}

/// A block, cut where passages begin and end. Passages may overlap, so that marks are not nested: what any passage covers is
/// marked.
fn marked(chars: &[char], block: &BlockPage, shown: &DocumentPage) -> Markup {
    let (start, end) = block.span;
    let within = shown.passages.iter().map(|passage| passage.span).filter(|span| span.0 < end && start < span.1);
    let spans: Vec<(u32, u32)> = within.collect();
    let mut cuts: BTreeSet<u32> = BTreeSet::from([start, end]);
    cuts.extend(spans.iter().flat_map(|span| [span.0, span.1]).filter(|cut| (start..=end).contains(cut)));
    let cuts: Vec<u32> = cuts.into_iter().collect();
    html! {
        @for pair in cuts.windows(2) {
            @let words: String = chars.get(pair[0] as usize..pair[1] as usize).unwrap_or_default().iter().collect();
            @for span in spans.iter().filter(|span| span.0 == pair[0]) {
                span.anchor id=(anchor(*span)) {}
            }
            @if spans.iter().any(|span| span.0 <= pair[0] && pair[1] <= span.1) { mark { (words) } } @else { (words) }
        }
    }
}
