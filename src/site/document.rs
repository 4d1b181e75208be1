//! The page of an announcement: its text, and what was found where.

use oxrdf::NamedNode;
use serde::Serialize;

use super::{
    Announcement, RuleName, Site, SiteError,
    evidence::span,
    thing::{Names, Ref, RelationName, Value},
};
use crate::{
    source::{self, BlockKind, Form, shown_source},
    store::Firing,
    view::is_relation,
};

/// An announcement as Urbi read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentPage {
    /// Its IRI.
    pub iri: String,
    /// Its title; without one, the name of the file.
    pub title: String,
    /// Where it was read from: addresses, and names of files.
    pub sources: Vec<String>,
    /// Media type of its bytes.
    pub media_type: String,
    /// Size of its bytes.
    pub length: u64,
    /// When it was announced, as precise as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announced_on: Option<String>,
    /// The text that was read; empty if the original is not kept.
    pub text: String,
    /// Its blocks, in order.
    pub blocks: Vec<BlockPage>,
    /// The passages that made rules fire, by place.
    pub passages: Vec<PassageText>,
}

/// A stretch of text that belongs together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BlockPage {
    /// `headline`, `heading`, `dateline`, `paragraph`, `list-item`, `table-cell`, `caption` or `field`.
    pub kind: &'static str,
    /// Of a heading or an item of a list: how deep, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Of a cell: its row, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u16>,
    /// Of a cell: its column, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u16>,
    /// Where it stands: Unicode scalar values from 0, end exclusive.
    pub span: (u32, u32),
}

/// A passage with what was found in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassageText {
    /// Its IRI.
    pub iri: String,
    /// Where it stands: Unicode scalar values from 0, end exclusive.
    pub span: (u32, u32),
    /// Its words.
    pub quote: String,
    /// What it states.
    pub facts: Vec<Fact>,
}

/// What one firing of a rule states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// The name of the evidence graph.
    pub evidence: String,
    /// The rule.
    pub rule: RuleName,
    /// How sure it is, in thousandths.
    pub confidence: u16,
    /// Of what.
    pub subject: Ref,
    /// In which relation.
    pub relation: RelationName,
    /// To what.
    pub value: Value,
    /// Whether the view holds it.
    pub in_graph: bool,
}

/// Some documents of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentList {
    /// The latest first.
    pub documents: Vec<ListedDocument>,
    /// How many there are.
    pub total: usize,
}

/// A document of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedDocument {
    /// Its title.
    #[serde(flatten)]
    pub announcement: Announcement,
    /// Media type of its bytes.
    pub media_type: String,
}

impl Site {
    /// The page of a document. None if the store does not hold it.
    ///
    /// # Errors
    /// If the store or the original cannot be read.
    pub fn document(&self, iri: &NamedNode) -> Result<Option<DocumentPage>, SiteError> {
        let Some(record) = self.store().document(iri)? else { return Ok(None) };
        let (text, blocks) = match self.store().original(iri)? {
            Some(bytes) => read(iri, &record.media_type, &bytes)?,
            None => Default::default(),
        };
        let names = self.names();
        let mut passages = Vec::new();
        for (passage, firings) in self.store().firings_in(iri)? {
            passages.push(PassageText {
                iri: passage.iri.as_str().to_owned(),
                span: span(&passage.chars),
                quote: passage.quote,
                facts: self.stated_by(&firings, &names)?,
            });
        }
        let mut sources: Vec<String> = record.sources.iter().map(|source| shown_source(source).to_owned()).collect();
        sources.dedup();
        Ok(Some(DocumentPage {
            iri: iri.as_str().to_owned(),
            title: record.title.or_else(|| sources.first().cloned()).unwrap_or_default(),
            sources,
            media_type: record.media_type,
            length: record.length,
            announced_on: record.announced_on,
            text,
            blocks,
            passages,
        }))
    }

    /// The documents whose title or source holds `words`, whatever their case: the latest first, those that have no date
    /// last; `limit` of them from `offset` on.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn documents(&self, words: &str, offset: usize, limit: usize) -> Result<DocumentList, SiteError> {
        let words = words.to_lowercase();
        let mut found = Vec::new();
        for stored in self.store().documents()? {
            let Some(announcement) = self.announcement(&stored.iri)? else { continue };
            let fits = |text: &str| text.to_lowercase().contains(&words);
            if fits(&announcement.title) || fits(&announcement.source) {
                found.push(ListedDocument { announcement, media_type: stored.media_type });
            }
        }
        let key = |listed: &ListedDocument| {
            let announcement = &listed.announcement;
            (std::cmp::Reverse(announcement.announced_on.clone()), announcement.title.clone(), announcement.iri.clone())
        };
        found.sort_by_cached_key(key);
        let total = found.len();
        Ok(DocumentList { documents: found.into_iter().skip(offset).take(limit).collect(), total })
    }

    fn stated_by(&self, firings: &[Firing], names: &Names<'_>) -> Result<Vec<Fact>, SiteError> {
        let mut facts = Vec::new();
        for firing in firings {
            for triple in firing.triples.iter().filter(|triple| is_relation(triple.predicate.as_ref())) {
                let triple = self.as_viewed(triple)?;
                facts.push(Fact {
                    evidence: firing.evidence.iri.as_str().to_owned(),
                    rule: RuleName::new(&firing.evidence.rule),
                    confidence: firing.evidence.confidence.thousandths(),
                    subject: names.subject(&triple.subject)?,
                    relation: names.relation(triple.predicate.as_ref()),
                    value: names.value(&triple.object)?,
                    in_graph: self.store().holds(&triple)?,
                });
            }
        }
        Ok(facts)
    }
}

/// The text of an original, and its blocks.
fn read(iri: &NamedNode, media_type: &str, bytes: &[u8]) -> Result<(String, Vec<BlockPage>), SiteError> {
    let form = Form::ALL.iter().copied().find(|form| form.media_type() == media_type);
    let read = source::read(iri.as_str(), bytes, form);
    let read = read.map_err(|source| SiteError::Document { iri: iri.as_str().to_owned(), source })?;
    let Some(announcement) = read.into_iter().next() else { return Ok(Default::default()) };
    // Blocks come in order, so that characters are counted once.
    let (mut at, mut chars) = (0, 0);
    let mut count = |to: usize| {
        chars += announcement.text[at..to].chars().count() as u32;
        at = to;
        chars
    };
    let mut blocks = Vec::with_capacity(announcement.blocks.len());
    for block in &announcement.blocks {
        let span = (count(block.range.start), count(block.range.end));
        let (kind, level, row, column) = match block.kind {
            BlockKind::Headline => ("headline", None, None, None),
            BlockKind::Heading(level) => ("heading", Some(level), None, None),
            BlockKind::Dateline => ("dateline", None, None, None),
            BlockKind::Paragraph => ("paragraph", None, None, None),
            BlockKind::ListItem(level) => ("list-item", Some(level), None, None),
            BlockKind::TableCell { row, column } => ("table-cell", None, Some(row), Some(column)),
            BlockKind::Caption => ("caption", None, None, None),
            BlockKind::Field => ("field", None, None, None),
            BlockKind::Value => ("value", None, None, None),
        };
        blocks.push(BlockPage { kind, level, row, column, span });
    }
    Ok((announcement.text, blocks))
}
