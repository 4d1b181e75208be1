//! The facts of documents as JSON, for programs that know no RDF. `docs/extract.schema.json` describes it.

use std::collections::BTreeMap;
use std::ops::Range;

use oxrdf::{NamedOrBlankNode, Term, Triple};
use serde::Serialize;
use urbi::fact::{Confidence, quads::PassageRecord};
use urbi::graph::Graph;
use urbi::store::{Explanation, Incoming, Store};
use urbi::view::{Schema, is_fact, is_relation};
use urbi::vocab::{Base, owl, urbi as terms, xsd};

use super::extract::Document;

/// Version of the form; it changes when a program that reads it would have to.
const VERSION: u32 = 1;

/// All of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Extract {
    version: u32,
    base: String,
    documents: Vec<DocumentJson>,
    entities: Vec<EntityJson>,
    facts: Vec<FactJson>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DocumentJson {
    id: String,
    file: String,
    media_type: String,
    length: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    notes: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EntityJson {
    id: String,
    class: String,
    names: Vec<String>,
    same_as: Vec<String>,
}

#[derive(Serialize)]
struct FactJson {
    subject: String,
    relation: String,
    object: ObjectJson,
    evidence: Vec<EvidenceJson>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ObjectJson {
    Entity { id: String },
    Value { value: String, datatype: String },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EvidenceJson {
    id: String,
    rule: String,
    confidence: u16,
    passage: PassageJson,
    rests_on: Vec<PassageJson>,
    cites: Vec<String>,
}

#[derive(Serialize)]
struct PassageJson {
    document: String,
    quote: String,
    chars: [u32; 2],
    bytes: Vec<[u64; 2]>,
}

/// Describes what documents state, as one view, without what is less sure than `at_least`. The store that explains the facts lives in memory.
pub fn describe(documents: &[Document], base: &Base, schema: &Schema, at_least: Confidence) -> anyhow::Result<Extract> {
    let store = Store::in_memory(base)?;
    store.set_least(schema, at_least)?;
    let sources: Vec<String> = (0..documents.len()).map(|number| number.to_string()).collect();
    let incoming: Vec<Incoming<'_>> = documents
        .iter()
        .zip(&sources)
        .map(|(document, source)| Incoming { extraction: &document.extraction, original: &document.bytes, source })
        .collect();
    store.ingest_all(schema, &incoming)?;
    let view = store.view_triples()?;
    let evidence = evidence_of_facts(&store)?;
    let facts = view.iter().filter(|triple| is_fact(triple.predicate.as_ref()));
    Ok(Extract {
        version: VERSION,
        base: base.as_str().to_owned(),
        documents: documents.iter().map(document_json).collect(),
        entities: entities(&view),
        facts: facts.map(|triple| fact(triple, &evidence, base)).collect(),
    })
}

/// All evidence by the fact of the view that it speaks of.
fn evidence_of_facts(store: &Store) -> anyhow::Result<BTreeMap<String, Vec<Explanation>>> {
    let mut facts: BTreeMap<String, Vec<Explanation>> = BTreeMap::new();
    for explanation in store.explain(None, None, None)? {
        let stated = &explanation.statement;
        if !is_relation(stated.predicate.as_ref()) {
            continue;
        }
        let NamedOrBlankNode::NamedNode(subject) = &stated.subject else { continue };
        let object = match &stated.object {
            Term::NamedNode(node) => Term::from(store.canonical(node)?),
            other => other.clone(),
        };
        let fact = Triple::new(store.canonical(subject)?, stated.predicate.clone(), object);
        facts.entry(fact.to_string()).or_default().push(explanation);
    }
    Ok(facts)
}

fn document_json(document: &Document) -> DocumentJson {
    let about = &document.extraction.document;
    DocumentJson {
        id: about.iri.as_str().to_owned(),
        file: document.name.clone(),
        media_type: about.media_type.clone(),
        length: about.length,
        title: about.title.clone(),
        notes: document.extraction.notes.clone(),
    }
}

fn entities(view: &[Triple]) -> Vec<EntityJson> {
    let graph = Graph::new(view);
    let mut links: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for triple in view.iter().filter(|triple| triple.predicate == owl::SAME_AS) {
        if let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) = (&triple.subject, &triple.object) {
            links.entry(subject.as_str().to_owned()).or_default().push(object.as_str().to_owned());
        }
    }
    let entity = |entity: &urbi::graph::Entity| EntityJson {
        id: entity.iri.clone(),
        class: entity.class.clone(),
        names: entity.names.clone(),
        same_as: links.get(&entity.iri).cloned().unwrap_or_default(),
    };
    graph.entities().map(|(_, found)| entity(found)).collect()
}

fn fact(triple: &Triple, evidence: &BTreeMap<String, Vec<Explanation>>, base: &Base) -> FactJson {
    let explanations = evidence.get(&triple.to_string()).map(Vec::as_slice).unwrap_or_default();
    FactJson {
        subject: match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        },
        relation: local_name(triple.predicate.as_str(), terms::NAMESPACE),
        object: match &triple.object {
            Term::NamedNode(node) => ObjectJson::Entity { id: node.as_str().to_owned() },
            Term::Literal(literal) => ObjectJson::Value {
                value: literal.value().to_owned(),
                datatype: local_name(literal.datatype().as_str(), xsd::NAMESPACE),
            },
            other => ObjectJson::Value { value: other.to_string(), datatype: "string".to_owned() },
        },
        evidence: explanations.iter().map(|explanation| evidence_json(explanation, base)).collect(),
    }
}

fn evidence_json(explanation: &Explanation, base: &Base) -> EvidenceJson {
    let evidence = &explanation.evidence;
    EvidenceJson {
        id: evidence.iri.as_str().to_owned(),
        rule: base.local(evidence.rule.as_str()).unwrap_or(evidence.rule.as_str()).to_owned(),
        confidence: evidence.confidence.thousandths(),
        passage: passage(&explanation.passage),
        rests_on: explanation.antecedents.iter().map(passage).collect(),
        cites: evidence.cites.iter().map(|node| node.as_str().to_owned()).collect(),
    }
}

fn passage(passage: &PassageRecord) -> PassageJson {
    let pair = |range: &Range<u64>| [range.start, range.end];
    PassageJson {
        document: passage.document.as_str().to_owned(),
        quote: passage.quote.clone(),
        chars: [passage.chars.start, passage.chars.end],
        bytes: passage.bytes.iter().map(pair).collect(),
    }
}

fn local_name(iri: &str, namespace: &str) -> String {
    iri.strip_prefix(namespace).unwrap_or(iri).to_owned()
}
