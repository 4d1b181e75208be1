//! Explanations as JSON; `docs/explain.schema.json` describes the form.

use oxrdf::{NamedNode, NamedOrBlankNode, Term};
use serde::Serialize;

use super::names::{Naming, Told};
use super::{Explainer, Fact, Firing, Ground, Other};
use crate::curation::Recorded;
use crate::engine::account::{KeyUsed, Marked, Reason};
use crate::fact::quads::PassageRecord;
use crate::store::{DocumentRecord, StoreError};
use crate::vocab::{urbi, xsd};

/// Version of the form; it changes when a program that reads it would have to.
pub const VERSION: u32 = 1;

/// Facts and names, explained.
#[derive(Serialize)]
pub struct Json {
    version: u32,
    base: String,
    facts: Vec<FactJson>,
    names: Vec<NamingJson>,
}

/// A fact.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FactJson {
    /// The short name by which curators point at it.
    id: String,
    subject: TermJson,
    relation: String,
    object: TermJson,
    in_graph: bool,
    standing: &'static str,
    /// In thousandths.
    confidence: u16,
    evidence: Vec<GroundJson>,
    others: Vec<OtherJson>,
    replaced_by: Vec<TermJson>,
    decisions: Vec<DecisionJson>,
}

/// An IRI with its label, or a value with its datatype.
#[derive(Serialize)]
#[serde(untagged)]
pub enum TermJson {
    /// An entity or another IRI.
    Thing {
        /// The IRI.
        id: String,
        /// What the view calls it.
        #[serde(skip_serializing_if = "Option::is_none")]
        label: Option<String>,
    },
    /// A literal.
    Value {
        /// Its lexical form.
        value: String,
        /// Local name of an XML Schema datatype, or an IRI.
        datatype: String,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GroundJson {
    document: SourceJson,
    passage: PassageJson,
    rests_on: Vec<PassageJson>,
    firings: Vec<FiringJson>,
    /// Missing, if the original could not be read again.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_original: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SourceJson {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    media_type: String,
    sources: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    announced_on: Option<String>,
}

#[derive(Serialize)]
struct PassageJson {
    id: String,
    quote: String,
    chars: [u32; 2],
    bytes: Vec<[u64; 2]>,
}

#[derive(Serialize)]
struct FiringJson {
    id: String,
    rule: String,
    version: String,
    confidence: u16,
    cites: Vec<String>,
    states: [String; 3],
}

#[derive(Serialize)]
struct OtherJson {
    value: TermJson,
    role: &'static str,
    standing: &'static str,
    confidence: u16,
    documents: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DecisionJson {
    id: String,
    action: &'static str,
    author: String,
    time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undone_by: Option<String>,
}

#[derive(Serialize)]
struct NamingJson {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    keys: Vec<String>,
    joined: Vec<JoinJson>,
    decisions: Vec<DecisionJson>,
    documents: Vec<ToldJson>,
    unread: usize,
}

#[derive(Serialize)]
struct JoinJson {
    keys: [String; 2],
    passage: PassageJson,
    document: String,
}

#[derive(Serialize)]
struct ToldJson {
    document: String,
    id: String,
    class: String,
    labels: Vec<String>,
    keys: Vec<KeyJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<String>,
    history: Vec<ReasonJson>,
    mentions: Vec<MentionJson>,
}

#[derive(Serialize)]
struct KeyJson {
    id: String,
    parts: Vec<String>,
}

#[derive(Serialize)]
struct MentionJson {
    words: String,
    chars: [u32; 2],
    bytes: Vec<[u64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<ReasonJson>,
}

#[derive(Serialize)]
struct ReasonJson {
    code: &'static str,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<[u32; 2]>,
}

/// All of it.
///
/// # Errors
/// If the database cannot be read.
pub fn describe(explainer: &Explainer<'_>, facts: &[Fact], names: &[Naming]) -> Result<Json, StoreError> {
    Ok(Json {
        version: VERSION,
        base: explainer.store().base().as_str().to_owned(),
        facts: facts.iter().map(|fact| fact_json(explainer, fact)).collect::<Result<_, _>>()?,
        names: names.iter().map(|naming| naming_json(explainer, naming)).collect(),
    })
}

/// A fact alone.
///
/// # Errors
/// If the database cannot be read.
pub fn fact_json(explainer: &Explainer<'_>, fact: &Fact) -> Result<FactJson, StoreError> {
    let term = |term: &Term| term_json(explainer, term);
    Ok(FactJson {
        id: crate::curation::FactId::of(&fact.statement).to_string(),
        subject: term(&fact.statement.subject.clone().into())?,
        relation: relation(&fact.statement.predicate),
        object: term(&fact.statement.object)?,
        in_graph: fact.standing.is_in_view(),
        standing: fact.standing.name(),
        confidence: fact.confidence.thousandths(),
        evidence: fact.grounds.iter().map(|ground| ground_json(explainer, ground)).collect(),
        others: fact.others.iter().map(|other| other_json(explainer, other)).collect::<Result<_, _>>()?,
        replaced_by: fact.replaced_by.iter().map(term).collect::<Result<_, _>>()?,
        decisions: fact.decisions.iter().map(decision_json).collect(),
    })
}

/// A term with its label.
///
/// # Errors
/// If the database cannot be read.
pub fn term_json(explainer: &Explainer<'_>, term: &Term) -> Result<TermJson, StoreError> {
    Ok(match term {
        Term::NamedNode(node) => {
            TermJson::Thing { id: node.as_str().to_owned(), label: explainer.store().label(node)? }
        }
        Term::Literal(literal) => {
            let datatype = literal.datatype().as_str();
            let datatype = datatype.strip_prefix(xsd::NAMESPACE).unwrap_or(datatype).to_owned();
            TermJson::Value { value: literal.value().to_owned(), datatype }
        }
        other => TermJson::Thing { id: other.to_string(), label: None },
    })
}

/// A relation of the ontology by its local name, any other property by its IRI.
fn relation(predicate: &NamedNode) -> String {
    predicate.as_str().strip_prefix(urbi::NAMESPACE).unwrap_or(predicate.as_str()).to_owned()
}

fn ground_json(explainer: &Explainer<'_>, ground: &Ground) -> GroundJson {
    GroundJson {
        document: source_json(&ground.source),
        passage: passage_json(&ground.passage),
        rests_on: ground.rests_on.iter().map(passage_json).collect(),
        firings: ground.firings.iter().map(|firing| firing_json(explainer, firing)).collect(),
        in_original: ground.in_original,
    }
}

fn source_json(source: &DocumentRecord) -> SourceJson {
    SourceJson {
        id: source.iri.as_str().to_owned(),
        title: source.title.clone(),
        media_type: source.media_type.clone(),
        sources: source.sources.clone(),
        announced_on: source.announced_on.clone(),
    }
}

fn passage_json(passage: &PassageRecord) -> PassageJson {
    PassageJson {
        id: passage.iri.as_str().to_owned(),
        quote: passage.quote.clone(),
        chars: [passage.chars.start, passage.chars.end],
        bytes: passage.bytes.iter().map(|range| [range.start, range.end]).collect(),
    }
}

fn firing_json(explainer: &Explainer<'_>, firing: &Firing) -> FiringJson {
    let (rule, version) = explainer.rule(&firing.rule);
    let subject = match &firing.states.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    };
    let object = match &firing.states.object {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    };
    FiringJson {
        id: firing.evidence.as_str().to_owned(),
        rule,
        version,
        confidence: firing.confidence.thousandths(),
        cites: firing.cites.iter().map(|entry| entry.as_str().to_owned()).collect(),
        states: [subject, relation(&firing.states.predicate), object],
    }
}

fn other_json(explainer: &Explainer<'_>, other: &Other) -> Result<OtherJson, StoreError> {
    Ok(OtherJson {
        value: term_json(explainer, &other.value)?,
        role: other.role.name(),
        standing: other.standing.name(),
        confidence: other.confidence.thousandths(),
        documents: other.documents,
        latest: other.latest.clone(),
    })
}

fn decision_json(entry: &Recorded) -> DecisionJson {
    DecisionJson {
        id: entry.iri.as_str().to_owned(),
        action: entry.decision.action.name(),
        author: entry.decision.author.clone(),
        time: entry.decision.time.to_string(),
        reason: entry.decision.reason.clone(),
        undone_by: entry.undone_by.as_ref().map(|iri| iri.as_str().to_owned()),
    }
}

fn naming_json(explainer: &Explainer<'_>, naming: &Naming) -> NamingJson {
    let joined = naming.joined.iter().map(|join| JoinJson {
        keys: {
            let [subject, _, object] = firing_json(explainer, &Firing::of(join)).states;
            [subject, object]
        },
        passage: passage_json(&join.passage),
        document: join.passage.document.as_str().to_owned(),
    });
    NamingJson {
        id: naming.entity.as_str().to_owned(),
        label: naming.label.clone(),
        keys: naming.keys.iter().map(|key| key.as_str().to_owned()).collect(),
        joined: joined.collect(),
        decisions: naming.decisions.iter().map(decision_json).collect(),
        documents: naming.told.iter().map(told_json).collect(),
        unread: naming.unread,
    }
}

fn told_json(told: &Told) -> ToldJson {
    let key = |key: &KeyUsed| KeyJson { id: key.iri.as_str().to_owned(), parts: key.parts.clone() };
    ToldJson {
        document: told.source.iri.as_str().to_owned(),
        id: told.named.iri.as_str().to_owned(),
        class: relation(&told.named.class),
        labels: told.named.labels.clone(),
        keys: told.named.keys.iter().map(key).collect(),
        entry: told.named.entry.as_ref().map(|entry| entry.as_str().to_owned()),
        history: told.named.history.iter().map(reason_json).collect(),
        mentions: told.mentions.iter().map(mention_json).collect(),
    }
}

fn mention_json(mention: &Marked) -> MentionJson {
    MentionJson {
        words: mention.words.clone(),
        chars: [mention.chars.start, mention.chars.end],
        bytes: mention.bytes.iter().map(|range| [range.start, range.end]).collect(),
        because: mention.reason.as_ref().map(reason_json),
    }
}

fn reason_json(reason: &Reason) -> ReasonJson {
    let place = reason.place.as_ref().map(|place| [place.start, place.end]);
    ReasonJson { code: reason.code, text: reason.text.clone(), place }
}
