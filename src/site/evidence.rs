//! Why a statement holds.

use std::ops::Range;

use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use serde::Serialize;

use super::{
    Site, SiteError,
    thing::{Names, Ref, RelationName, Value, last_part},
};
use crate::{
    fact::quads::PassageRecord,
    source::shown_source,
    store::Explanation,
    view::{Support, combine, is_relation, wording},
};

/// Statements with all their evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidencePage {
    /// Each statement once, as the view would make it.
    pub statements: Vec<Stated>,
}

/// A statement that evidence makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stated {
    /// Of what.
    pub subject: Ref,
    /// In which relation.
    pub relation: RelationName,
    /// To what.
    pub value: Value,
    /// Whether the view holds it. If not, other evidence overrules it.
    pub in_graph: bool,
    /// How sure all evidence together is, in thousandths.
    pub confidence: u16,
    /// The evidence, by document and place.
    pub evidence: Vec<Grounds>,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Grounds {
    /// The name of the evidence graph.
    pub iri: String,
    /// How sure it is, in thousandths.
    pub confidence: u16,
    /// The rule that found it.
    pub rule: RuleName,
    /// Lexicon entries that it rests on.
    pub cites: Vec<String>,
    /// The words that state it.
    pub passage: Passage,
    /// Other words that it rests on, by place.
    pub rests_on: Vec<Passage>,
}

/// A rule by name and version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleName {
    /// Its IRI.
    pub iri: String,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl RuleName {
    /// From `{base}rule/{name}/{version}`.
    pub fn new(iri: &NamedNode) -> RuleName {
        let version = last_part(iri.as_str());
        let name = last_part(iri.as_str()[..iri.as_str().len() - version.len()].trim_end_matches(['/', '#']));
        RuleName { iri: iri.as_str().to_owned(), name: name.to_owned(), version: version.to_owned() }
    }
}

/// Words of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Its IRI.
    pub iri: String,
    /// The words.
    pub quote: String,
    /// Where they stand in the text: Unicode scalar values from 0, end exclusive.
    pub span: (u32, u32),
    /// Where they stand in the original bytes, from 0, end exclusive.
    pub bytes: Vec<(u64, u64)>,
    /// The document.
    pub document: Announcement,
}

/// A document by its title.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Announcement {
    /// Its IRI.
    pub iri: String,
    /// Its title; without one, the name of the file.
    pub title: String,
    /// Where it was read from: an address, or the name of a file without its folders, which are nobody's business.
    pub source: String,
    /// When it was announced, as precise as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announced_on: Option<String>,
}

impl Site {
    /// What is stated of `subject`, all of it or only with this relation and this value, with the evidence. What the view
    /// does not hold is among it. Entities may be named by any of their keys.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn evidence(
        &self,
        subject: Option<&NamedNode>,
        predicate: Option<&NamedNode>,
        object: Option<&Term>,
    ) -> Result<EvidencePage, SiteError> {
        let names = self.names();
        let mut statements: Vec<(Triple, Vec<Explanation>)> = Vec::new();
        for explanation in self.store().explain(subject, predicate, object)? {
            if predicate.is_none() && !is_relation(explanation.statement.predicate.as_ref()) {
                continue;
            }
            let triple = self.as_viewed(&explanation.statement)?;
            match statements.iter_mut().find(|(known, _)| *known == triple) {
                Some((_, same)) => same.push(explanation),
                None => statements.push((triple, vec![explanation])),
            }
        }
        let stated = |(triple, same): (Triple, Vec<Explanation>)| self.stated(&triple, &same, &names);
        Ok(EvidencePage { statements: statements.into_iter().map(stated).collect::<Result<_, _>>()? })
    }

    /// The statement as the view makes it: with the IRI that stands for each entity.
    pub(super) fn as_viewed(&self, stated: &Triple) -> Result<Triple, SiteError> {
        let subject = match &stated.subject {
            NamedOrBlankNode::NamedNode(node) => NamedOrBlankNode::from(self.store().canonical(node)?),
            other => other.clone(),
        };
        let object = match &stated.object {
            Term::NamedNode(node) => Term::from(self.store().canonical(node)?),
            other => other.clone(),
        };
        Ok(Triple { subject, predicate: stated.predicate.clone(), object })
    }

    pub(super) fn stated(&self, triple: &Triple, same: &[Explanation], names: &Names<'_>) -> Result<Stated, SiteError> {
        let supports: Vec<Support> = same.iter().map(support).collect();
        Ok(Stated {
            subject: names.subject(&triple.subject)?,
            relation: names.relation(triple.predicate.as_ref()),
            value: names.value(&triple.object)?,
            in_graph: self.store().holds(triple)?,
            confidence: combine(&supports).thousandths(),
            evidence: same.iter().map(|explanation| self.grounds(explanation)).collect::<Result<_, _>>()?,
        })
    }

    pub(super) fn grounds(&self, explanation: &Explanation) -> Result<Grounds, SiteError> {
        let evidence = &explanation.evidence;
        Ok(Grounds {
            iri: evidence.iri.as_str().to_owned(),
            confidence: evidence.confidence.thousandths(),
            rule: RuleName::new(&evidence.rule),
            cites: evidence.cites.iter().map(|entry| entry.as_str().to_owned()).collect(),
            passage: self.passage(&explanation.passage)?,
            rests_on: explanation.antecedents.iter().map(|p| self.passage(p)).collect::<Result<_, _>>()?,
        })
    }

    fn passage(&self, record: &PassageRecord) -> Result<Passage, SiteError> {
        let known = self.announcement(&record.document)?;
        Ok(Passage {
            iri: record.iri.as_str().to_owned(),
            quote: record.quote.clone(),
            span: span(&record.chars),
            bytes: record.bytes.iter().map(|range| (range.start, range.end)).collect(),
            document: known.unwrap_or_else(|| unknown(&record.document)),
        })
    }

    /// A document by its title. None if the store does not hold it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn announcement(&self, iri: &NamedNode) -> Result<Option<Announcement>, SiteError> {
        let Some(record) = self.store().document(iri)? else { return Ok(None) };
        let source = record.sources.first().map(|source| shown_source(source)).unwrap_or_default().to_owned();
        Ok(Some(Announcement {
            iri: iri.as_str().to_owned(),
            title: record.title.clone().unwrap_or_else(|| source.clone()),
            source,
            announced_on: record.announced_on,
        }))
    }
}

/// A document of which nothing is known.
fn unknown(iri: &NamedNode) -> Announcement {
    let iri = iri.as_str().to_owned();
    Announcement { title: iri.clone(), source: String::new(), announced_on: None, iri }
}

pub(super) fn span(chars: &Range<u32>) -> (u32, u32) {
    (chars.start, chars.end)
}

fn support(explanation: &Explanation) -> Support {
    Support {
        evidence: explanation.evidence.iri.clone(),
        document: explanation.passage.document.clone(),
        confidence: explanation.evidence.confidence,
        wording: wording(&explanation.passage.quote),
    }
}
