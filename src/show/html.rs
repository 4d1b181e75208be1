//! A marked document as a page that needs nothing but itself: no script, no other file, no network.
//!
//! What a mention is shows by its colour, which is worked out from the number of its class, so that it fits any ontology,
//! light or dark. Everything that a pointer shows is written out below the text as well.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Piece, Segment, Shown, ShownBlock, ShownFact, ShownMention, ShownTerm};
use crate::source::{BlockKind, shown_source};
use crate::view::Standing;

const STYLE: &str = include_str!("page.css");

/// The page.
pub fn page(shown: &Shown) -> String {
    let writer = Page { shown, kinds: kinds(shown) };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "Urbi " (env!("CARGO_PKG_VERSION")) };
                title { (shown.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (writer.head())
                main {
                    article { (writer.text()) }
                    aside aria-label="Facts" { (writer.facts()) }
                }
                (writer.entities())
                (writer.foot())
            }
        }
    };
    page.into_string()
}

/// The kinds of mentions and entities, sorted: the number of each gives its colour.
fn kinds(shown: &Shown) -> Vec<String> {
    let mut kinds: Vec<String> = shown.mentions.iter().map(|mention| mention.kind.clone()).collect();
    kinds.extend(shown.entities.iter().map(|entity| entity.class.clone()));
    kinds.sort();
    kinds.dedup();
    kinds
}

struct Page<'a> {
    shown: &'a Shown,
    kinds: Vec<String>,
}

impl Page<'_> {
    fn head(&self) -> Markup {
        let shown = self.shown;
        let facts: usize = shown.sentences.iter().map(|sentence| sentence.facts.len()).sum();
        html! {
            header {
                p.what { "Urbi · a document with its evidence" }
                h1 { (shown.title) }
                dl {
                    @if let Some(date) = &shown.announced_on { div { dt { "Announced" } dd { (date) } } }
                    @if let Some(place) = shown.places.first() { div { dt { "Read from" } dd { (shown_source(place)) } } }
                    div { dt { "Found" } dd {
                        (facts) " facts in " (shown.sentences.len()) " sentences, about " (shown.entities.len()) " entities"
                    } }
                }
                ul.legend aria-label="What the colours mean" {
                    @for kind in &self.kinds { li { mark style=(self.colour(kind)) { (spaced(kind)) } } }
                }
            }
        }
    }

    fn text(&self) -> Markup {
        let mut out = Vec::new();
        let blocks = &self.shown.blocks;
        let mut at = 0;
        while at < blocks.len() {
            let run = run_length(&blocks[at..]);
            out.push(match blocks[at].kind {
                BlockKind::ListItem(_) => {
                    html! { ul { @for block in &blocks[at..at + run] { li { (self.block(block)) } } } }
                }
                BlockKind::TableCell { .. } => self.table(&blocks[at..at + run]),
                BlockKind::Headline => html! { h2.headline { (self.block(&blocks[at])) } },
                BlockKind::Heading(_) => html! { h3 { (self.block(&blocks[at])) } },
                BlockKind::Dateline => html! { p.dateline { (self.block(&blocks[at])) } },
                BlockKind::Caption => html! { p.caption { (self.block(&blocks[at])) } },
                BlockKind::Field | BlockKind::Value => html! { p.field { (self.block(&blocks[at])) } },
                BlockKind::Paragraph => html! { p { (self.block(&blocks[at])) } },
            });
            at += run;
        }
        html! { @for part in out { (part) } }
    }

    fn table(&self, cells: &[ShownBlock]) -> Markup {
        let row = |block: &ShownBlock| if let BlockKind::TableCell { row, .. } = block.kind { row } else { 0 };
        html! {
            div.wide { table { @for row in cells.chunk_by(|a, b| row(a) == row(b)) {
                tr { @for cell in row { td { (self.block(cell)) } } }
            } } }
        }
    }

    fn block(&self, block: &ShownBlock) -> Markup {
        html! { @for segment in &block.segments { (self.segment(segment)) } }
    }

    fn segment(&self, segment: &Segment) -> Markup {
        let words = html! { @for piece in &segment.pieces {
            @match piece {
                Piece::Words(words) => (words),
                Piece::Mention(at) => (self.mention(*at)),
            }
        } };
        match segment.sentence {
            Some(at) => html! {
                span.states id={ "s" (at + 1) } { (words) a.number href={ "#f" (at + 1) } { (at + 1) } }
            },
            None => words,
        }
    }

    fn mention(&self, at: usize) -> Markup {
        let mention: &ShownMention = &self.shown.mentions[at];
        let colour = self.colour(&mention.kind);
        let entity = mention.entity.map(|entity| (&self.shown.entities[entity], entity));
        let what = match (entity, &mention.because) {
            (Some((entity, _)), Some(why)) => format!("{} ({}): {why}", entity.label, spaced(&mention.kind)),
            (Some((entity, _)), None) => format!("{} ({})", entity.label, spaced(&mention.kind)),
            (None, Some(why)) => format!("{}: {why}", spaced(&mention.kind)),
            (None, None) => spaced(&mention.kind),
        };
        html! {
            @match entity {
                Some((_, entity)) => a.mention href={ "#e" (entity + 1) } title=(what) {
                    mark id={ "m" (at + 1) } style=(colour) { (mention.words) }
                },
                None => mark.loose title=(what) style=(colour) { (mention.words) },
            }
        }
    }

    fn facts(&self) -> Markup {
        html! {
            h2 { "What it states" }
            @if self.shown.sentences.is_empty() { p { "Nothing was found." } }
            ol.facts { @for (at, sentence) in self.shown.sentences.iter().enumerate() {
                li id={ "f" (at + 1) } value=(at + 1) {
                    @if sentence.chars[0] == sentence.chars[1] {
                        p.quote { "Said by the form of the document: " q { (sentence.quote) } }
                    }
                    @for fact in &sentence.facts { (self.fact(fact)) }
                    p.place {
                        @if sentence.chars[0] < sentence.chars[1] {
                            a href={ "#s" (at + 1) } { "characters " (sentence.chars[0]) "–" (sentence.chars[1]) } ", "
                        }
                        "bytes " (ranges(&sentence.bytes))
                    }
                }
            } }
        }
    }

    fn fact(&self, fact: &ShownFact) -> Markup {
        let is_out = fact.standing.is_some_and(|standing| standing != Standing::Stands.name());
        html! {
            p.fact.out[is_out] {
                (self.term(&fact.subject)) " " span.relation { (fact.relation_label) } " " (self.term(&fact.object))
                small {
                    @for (name, sure) in &fact.rules { " " code { (name) } " " (sure / 1000) "." (format!("{:03}", sure % 1000)) }
                    @if let Some(standing) = fact.standing.filter(|_| is_out) { " · not in the graph: " (standing) }
                }
            }
        }
    }

    fn term(&self, term: &ShownTerm) -> Markup {
        match term.entity {
            Some(at) => html! { a href={ "#e" (at + 1) } { (term.label) } },
            None => html! { b { (term.label) } },
        }
    }

    fn entities(&self) -> Markup {
        html! {
            section.entities {
                h2 { "Who and what it speaks of" }
                div.cards { @for (at, entity) in self.shown.entities.iter().enumerate() {
                    div.card id={ "e" (at + 1) } {
                        h3 { mark style=(self.colour(&entity.class)) { (spaced(&entity.class)) } " " (entity.label) }
                        @if !entity.names.is_empty() { p.names { "also: " (entity.names.join(" · ")) } }
                        p.iri { (entity.id) }
                        @for reason in &entity.history { p.reason { (reason) } }
                        ul { @for (place, mention) in self.mentions_of(at) {
                            li { a href={ "#m" (place + 1) } { "“" (mention.words) "”" } @if let Some(why) = &mention.because { ": " (why) } }
                        } }
                    }
                } }
            }
        }
    }

    /// The mentions of an entity; the same words for the same reason once.
    fn mentions_of(&self, entity: usize) -> Vec<(usize, &ShownMention)> {
        let mut out: Vec<(usize, &ShownMention)> = Vec::new();
        let own = self.shown.mentions.iter().enumerate().filter(|(_, mention)| mention.entity == Some(entity));
        for (at, mention) in own {
            if !out.iter().any(|(_, other)| other.words == mention.words && other.because == mention.because) {
                out.push((at, mention));
            }
        }
        out
    }

    fn foot(&self) -> Markup {
        html! {
            footer {
                p.iri { (self.shown.document) }
                p {
                    (self.shown.media_type) ", " (self.shown.length) " bytes. Character offsets count Unicode scalar values of the \
                     text from 0, byte offsets those of the original."
                }
            }
        }
    }

    fn colour(&self, kind: &str) -> String {
        let number = self.kinds.iter().position(|known| known == kind).unwrap_or(0);
        // Hues far apart from each other, whatever their number.
        format!("--hue:{}", (number * 137 + 25) % 360)
    }
}

/// How many blocks make one list or table.
fn run_length(blocks: &[ShownBlock]) -> usize {
    let alike = |a: BlockKind, b: BlockKind| match (a, b) {
        (BlockKind::ListItem(_), BlockKind::ListItem(_)) => true,
        (BlockKind::TableCell { row: above, .. }, BlockKind::TableCell { row, .. }) => above <= row,
        _ => false,
    };
    1 + blocks.windows(2).take_while(|pair| alike(pair[0].kind, pair[1].kind)).count()
}

fn ranges(bytes: &[[u64; 2]]) -> String {
    bytes.iter().map(|[start, end]| format!("{start}–{end}")).collect::<Vec<_>>().join(", ")
}

/// `ConferenceSeries` as people write it.
fn spaced(class: &str) -> String {
    let mut out = String::new();
    for (at, c) in class.chars().enumerate() {
        if at > 0 && c.is_uppercase() {
            out.push(' ');
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
    }
    out
}
