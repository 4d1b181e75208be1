//! A document to be looked at: its words with the mentions and the sentences that state facts marked, and the facts beside
//! them.
//!
//! [`Shown`] is what a page holds, in whatever form it is drawn: [`html`] makes a page of its own of it, the command line
//! writes it on a terminal. It is made from an [`Account`], so that it needs no store; with one, it knows which facts stand
//! in the graph.
//!
//! Not in here: how a document was read (`engine`), and all that speaks for a fact elsewhere (`explain`).

pub mod html;
mod segments;

use std::collections::BTreeMap;
use std::ops::Range;

use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use serde::Serialize;

use crate::engine::account::Account;
use crate::explain::Explainer;
use crate::fact::Confidence;
use crate::ontology::Ontology;
use crate::source::BlockKind;
use crate::store::StoreError;
use crate::view::is_relation;
use crate::vocab::Base;

/// A document, marked.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    /// The document's IRI.
    pub document: String,
    /// Its headline, or where it was read from.
    pub title: String,
    /// Where it was read from.
    pub places: Vec<String>,
    /// Media type of its bytes.
    pub media_type: String,
    /// Length of the original, in bytes.
    pub length: u64,
    /// When it was announced (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announced_on: Option<String>,
    /// Its text, block by block.
    pub blocks: Vec<ShownBlock>,
    /// The mentions, by place.
    pub mentions: Vec<ShownMention>,
    /// The entities, by IRI.
    pub entities: Vec<ShownEntity>,
    /// The sentences that state facts, by place, with what they state. What the form itself states has no place and comes
    /// first.
    pub sentences: Vec<ShownSentence>,
}

/// A stretch of the text that belongs together.
#[derive(Clone, Debug, Serialize)]
pub struct ShownBlock {
    /// What it is.
    #[serde(serialize_with = "kind_name")]
    pub kind: BlockKind,
    /// Its words.
    pub segments: Vec<Segment>,
}

/// A sentence that states facts, or words between two of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// Index in [`Shown::sentences`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<usize>,
    /// The words.
    pub pieces: Vec<Piece>,
}

/// Words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// Between mentions.
    Words(String),
    /// Index in [`Shown::mentions`].
    Mention(usize),
}

/// A mention.
#[derive(Clone, Debug, Serialize)]
pub struct ShownMention {
    /// Its words.
    pub words: String,
    /// In characters of the text.
    pub chars: [u32; 2],
    /// In bytes of the original.
    pub bytes: Vec<[u64; 2]>,
    /// What it is: a class of the ontology, or `Date`.
    pub kind: String,
    /// Index in [`Shown::entities`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<usize>,
    /// Why it means that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// An entity.
#[derive(Clone, Debug, Serialize)]
pub struct ShownEntity {
    /// The IRI that stands for it: in the graph, if there is one.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Other names that the document gives it.
    pub names: Vec<String>,
    /// The local name of its class.
    pub class: String,
    /// How other names and other entities came to it.
    pub history: Vec<String>,
}

/// A sentence that states something.
#[derive(Clone, Debug, Serialize)]
pub struct ShownSentence {
    /// Its words.
    pub quote: String,
    /// In characters of the text; empty if only the form states it.
    pub chars: [u32; 2],
    /// In bytes of the original.
    pub bytes: Vec<[u64; 2]>,
    /// What it states.
    pub facts: Vec<ShownFact>,
}

/// A fact.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownFact {
    /// Of what.
    pub subject: ShownTerm,
    /// The local name of the relation.
    pub relation: String,
    /// How people read it.
    pub relation_label: String,
    /// The value.
    pub object: ShownTerm,
    /// The rules that state it here, the surest first: name and confidence in thousandths.
    pub rules: Vec<(String, u16)>,
    /// How it stands in the graph; none without a graph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<&'static str>,
}

/// A subject or value.
#[derive(Clone, Debug, Serialize)]
pub struct ShownTerm {
    /// What it is called.
    pub label: String,
    /// Index in [`Shown::entities`], if it is one of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<usize>,
}

/// Where a document comes from.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Where its bytes were read from.
    pub places: Vec<String>,
}

impl Shown {
    /// A document, as `account` has it. With an explainer, entities have the names of its store, and facts say how they
    /// stand there.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn new(
        account: &Account,
        about: About,
        ontology: &Ontology,
        base: &Base,
        explainer: Option<&Explainer<'_>>,
    ) -> Result<Shown, StoreError> {
        let maker = Maker { account, ontology, base, explainer };
        let entities = maker.entities()?;
        let place_of: BTreeMap<&NamedNode, usize> =
            account.entities.iter().enumerate().map(|(at, named)| (&named.iri, at)).collect();
        let sentences = maker.sentences(&entities, &place_of)?;
        let extraction = &account.extraction;
        let places = about.places;
        let first = places.first().map_or("", |place| place.rsplit('/').next().unwrap_or(place));
        Ok(Shown {
            document: extraction.document.iri.as_str().to_owned(),
            title: extraction.document.title.clone().unwrap_or_else(|| first.to_owned()),
            media_type: extraction.document.media_type.to_owned(),
            length: extraction.document.length,
            announced_on: maker.announced_on(),
            blocks: segments::blocks(account, &sentences),
            mentions: account.mentions.iter().map(|mark| maker.mention(mark, &place_of)).collect(),
            entities,
            sentences,
            places,
        })
    }
}

struct Maker<'a> {
    account: &'a Account,
    ontology: &'a Ontology,
    base: &'a Base,
    explainer: Option<&'a Explainer<'a>>,
}

impl Maker<'_> {
    fn entities(&self) -> Result<Vec<ShownEntity>, StoreError> {
        let entity = |named: &crate::engine::account::Named| {
            let mut labels = named.labels.clone();
            let mut id = named.iri.clone();
            if let Some(explainer) = self.explainer {
                id = explainer.store().canonical(&named.iri)?;
                if let Some(label) = explainer.store().label(&id)? {
                    labels.retain(|own| *own != label);
                    labels.insert(0, label);
                }
            }
            let class = self.ontology.class_by_iri(named.class.as_ref());
            Ok(ShownEntity {
                id: id.into_string(),
                label: if labels.is_empty() { named.iri.as_str().to_owned() } else { labels.remove(0) },
                names: labels,
                class: class.map_or_else(String::new, |class| self.ontology[class].name.clone()),
                history: named.history.iter().map(|reason| reason.text.clone()).collect(),
            })
        };
        self.account.entities.iter().map(entity).collect()
    }

    fn mention(&self, mark: &crate::engine::account::Marked, place_of: &BTreeMap<&NamedNode, usize>) -> ShownMention {
        ShownMention {
            words: mark.words.clone(),
            chars: [mark.chars.start, mark.chars.end],
            bytes: pairs(&mark.bytes),
            kind: mark.kind.clone(),
            entity: mark.entity.as_ref().and_then(|iri| place_of.get(iri).copied()),
            because: mark.reason.as_ref().map(|reason| reason.text.clone()),
        }
    }

    fn announced_on(&self) -> Option<String> {
        let announced = crate::vocab::urbi::ANNOUNCED_ON;
        let triples = self.account.extraction.evidence.iter().flat_map(|evidence| &evidence.triples);
        triples.filter(|triple| triple.predicate == announced).find_map(|triple| match &triple.object {
            Term::Literal(date) => Some(date.value().to_owned()),
            _ => None,
        })
    }

    /// The sentences that state relations, by place, with what they state.
    fn sentences(
        &self,
        entities: &[ShownEntity],
        place_of: &BTreeMap<&NamedNode, usize>,
    ) -> Result<Vec<ShownSentence>, StoreError> {
        let extraction = &self.account.extraction;
        let mut sentences = Vec::new();
        for (at, passage) in extraction.passages.iter().enumerate() {
            // The same fact by several rules is one.
            let mut facts: BTreeMap<String, (&Triple, Rules)> = BTreeMap::new();
            for evidence in extraction.evidence.iter().filter(|evidence| evidence.trigger.0 as usize == at) {
                for triple in evidence.triples.iter().filter(|triple| is_relation(triple.predicate.as_ref())) {
                    let (_, rules) = facts.entry(triple.to_string()).or_insert_with(|| (triple, Vec::new()));
                    rules.push((evidence.rule.name.clone(), evidence.confidence));
                }
            }
            if facts.is_empty() {
                continue;
            }
            let facts = facts.into_values().map(|(triple, mut rules)| {
                rules.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
                rules.dedup_by(|a, b| a.0 == b.0);
                Ok(ShownFact {
                    subject: self.term(&triple.subject.clone().into(), entities, place_of)?,
                    relation: self.local(&triple.predicate),
                    relation_label: self.relation_label(&triple.predicate),
                    object: self.term(&triple.object, entities, place_of)?,
                    rules: rules.into_iter().map(|(name, sure)| (name, sure.thousandths())).collect(),
                    standing: self.standing(triple)?,
                })
            });
            sentences.push(ShownSentence {
                quote: passage.quote.clone(),
                chars: [passage.chars.start, passage.chars.end],
                bytes: pairs(&passage.bytes),
                facts: facts.collect::<Result<_, StoreError>>()?,
            });
        }
        Ok(sentences)
    }

    fn term(
        &self,
        term: &Term,
        entities: &[ShownEntity],
        place_of: &BTreeMap<&NamedNode, usize>,
    ) -> Result<ShownTerm, StoreError> {
        let Term::NamedNode(node) = term else {
            let label = if let Term::Literal(literal) = term { literal.value().to_owned() } else { term.to_string() };
            return Ok(ShownTerm { label, entity: None });
        };
        if let Some(at) = place_of.get(node) {
            return Ok(ShownTerm { label: entities[*at].label.clone(), entity: Some(*at) });
        }
        // A country that only the lexicon names, the announcement itself, a web address.
        let document = &self.account.extraction.document;
        let stated = || {
            let triples = self.account.extraction.evidence.iter().flat_map(|evidence| &evidence.triples);
            let mut labels = triples.filter(|triple| {
                triple.subject == NamedOrBlankNode::from(node.clone()) && triple.predicate == crate::vocab::rdfs::LABEL
            });
            labels.find_map(|triple| if let Term::Literal(label) = &triple.object { Some(label.value()) } else { None })
        };
        let label = match () {
            () if *node == document.iri => "this announcement".to_owned(),
            () => stated().unwrap_or_else(|| self.base.local(node.as_str()).unwrap_or(node.as_str())).to_owned(),
        };
        Ok(ShownTerm { label, entity: None })
    }

    fn standing(&self, triple: &Triple) -> Result<Option<&'static str>, StoreError> {
        let Some(explainer) = self.explainer else { return Ok(None) };
        Ok(explainer.standing(triple)?.map(crate::view::Standing::name))
    }

    fn relation_label(&self, predicate: &NamedNode) -> String {
        let relation = self.ontology.relation_by_iri(predicate.as_ref());
        relation.map_or_else(|| self.local(predicate), |relation| self.ontology[relation].label.clone())
    }

    fn local(&self, predicate: &NamedNode) -> String {
        let iri = predicate.as_str();
        iri.strip_prefix(crate::vocab::urbi::NAMESPACE).unwrap_or(iri).to_owned()
    }
}

/// Rules by name, and how sure they are.
type Rules = Vec<(String, Confidence)>;

fn pairs(ranges: &[Range<u64>]) -> Vec<[u64; 2]> {
    ranges.iter().map(|range| [range.start, range.end]).collect()
}

/// The name of a kind of block, in JSON.
pub fn kind_of(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Headline => "headline",
        BlockKind::Heading(_) => "heading",
        BlockKind::Dateline => "dateline",
        BlockKind::Paragraph => "paragraph",
        BlockKind::ListItem(_) => "listItem",
        BlockKind::TableCell { .. } => "tableCell",
        BlockKind::Caption => "caption",
        BlockKind::Field => "field",
        BlockKind::Value => "value",
    }
}

fn kind_name<S: serde::Serializer>(kind: &BlockKind, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(kind_of(*kind))
}
