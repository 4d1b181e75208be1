//! Extractions as quads, and the way back.
//!
//! Each [`Evidence`] becomes a named graph of its own that holds what it asserts; the graph's name is a hash of document,
//! passages, rule and triples, so that the same firing has the same name wherever it is computed, and two corpora merge
//! by set union. What stands behind a name (passages, rule, confidence) lies in the graph `urbi:provenance`.
//!
//! Not in here: where quads are kept, and what several pieces of evidence say together.

use std::{cmp::Ordering, collections::BTreeMap, fmt::Write as _, ops::Range};

use oxrdf::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, QuadRef, Term, TermRef, Triple};
use sha2::{Digest, Sha256};

use super::line_order;
use super::{Confidence, Document, Evidence, Extraction, Passage};
use crate::vocab::{Base, dcterms, urbi, xsd};

/// The name of an evidence graph: `{base}evidence/{first 32 hexadecimal digits of a SHA-256}` over the document, the
/// places of its passages, the rule with its version, and the triples in canonical N-Triples form.
pub fn evidence_name(base: &Base, extraction: &Extraction, evidence: &Evidence) -> NamedNode {
    let mut text = String::with_capacity(1024);
    let place = |id: &super::PassageId| &extraction.passages[id.0 as usize].chars;
    let trigger = place(&evidence.trigger);
    // Infallible: writing to a string does not fail.
    let _ = writeln!(text, "{}\nrule {} {}", extraction.document.iri, evidence.rule.name, evidence.rule.version);
    let _ = writeln!(text, "passage {},{}", trigger.start, trigger.end);
    for antecedent in evidence.antecedents.iter().map(place) {
        let _ = writeln!(text, "rests on {},{}", antecedent.start, antecedent.end);
    }
    for triple in &evidence.triples {
        push_line(&triple.subject, &triple.predicate, &triple.object, &mut text);
        text.push_str(" .\n");
    }
    let digest = Sha256::digest(text.as_bytes());
    base.evidence(&digest.iter().take(16).fold(String::with_capacity(32), |mut hash, byte| {
        let _ = write!(hash, "{byte:02x}");
        hash
    }))
}

/// All quads of an extraction: the evidence graphs and their provenance, each quad once, in a fixed order.
///
/// Firings with the same name are one: its confidence is the highest of theirs, and it cites what any of them cites.
pub fn quads(base: &Base, extraction: &Extraction) -> Vec<Quad> {
    // A quad for each triple, five for each piece of evidence and three for each passage; some more.
    let triples: usize = extraction.evidence.iter().map(|evidence| evidence.triples.len()).sum();
    let mut out = Vec::with_capacity(triples + 5 * extraction.evidence.len() + 3 * extraction.passages.len() + 8);
    let document = &extraction.document;
    describe_document(document, &mut out);
    let passages: Vec<NamedNode> =
        extraction.passages.iter().map(|p| base.passage(document.iri.as_ref(), &p.chars)).collect();
    let mut used = vec![false; passages.len()];
    let mut firings: BTreeMap<NamedNode, Vec<&Evidence>> = BTreeMap::new();
    for evidence in &extraction.evidence {
        firings.entry(evidence_name(base, extraction, evidence)).or_default().push(evidence);
    }
    for (name, same) in firings {
        let first = same[0];
        for triple in &first.triples {
            out.push(triple.clone().in_graph(name.clone()));
        }
        used[first.trigger.0 as usize] = true;
        out.push(about(&name, urbi::PASSAGE, passages[first.trigger.0 as usize].clone()));
        for antecedent in &first.antecedents {
            used[antecedent.0 as usize] = true;
            out.push(about(&name, urbi::RESTS_ON, passages[antecedent.0 as usize].clone()));
        }
        out.push(about(&name, urbi::RULE, base.rule(&first.rule.name, &first.rule.version)));
        let confidence = same.iter().map(|e| e.confidence).max().unwrap_or(first.confidence);
        out.push(about(&name, urbi::CONFIDENCE, integer(u64::from(confidence.thousandths()))));
        for cited in same.iter().flat_map(|e| &e.cites) {
            out.push(about(&name, urbi::CITES, cited.clone()));
        }
    }
    for ((passage, name), used) in extraction.passages.iter().zip(&passages).zip(used) {
        if used {
            describe_passage(passage, name, document, &mut out);
        }
    }
    sort(&mut out);
    out
}

/// Sorts quads as their N-Quads lines would sort, and drops repetitions.
pub fn sort(quads: &mut Vec<Quad>) {
    quads.sort_unstable_by(|a, b| {
        let graphs = || line_order::graphs(&a.graph_name, &b.graph_name);
        line_order::triples((&a.subject, &a.predicate, &a.object), (&b.subject, &b.predicate, &b.object))
            .then_with(graphs)
    });
    quads.dedup();
}

/// Sorts triples as their N-Triples lines would sort, and drops repetitions.
pub(crate) fn sort_triples(triples: &mut Vec<Triple>) {
    triples.sort_unstable_by(compare);
    triples.dedup();
}

/// How lists of triples compare, line by line.
pub(crate) fn compare_triples(a: &[Triple], b: &[Triple]) -> Ordering {
    let differing = a.iter().zip(b).map(|(a, b)| compare(a, b)).find(|order| order.is_ne());
    differing.unwrap_or_else(|| a.len().cmp(&b.len()))
}

fn compare(a: &Triple, b: &Triple) -> Ordering {
    line_order::triples((&a.subject, &a.predicate, &a.object), (&b.subject, &b.predicate, &b.object))
}

/// The N-Triples line of a triple, without the full stop at its end.
pub(crate) fn line(triple: &Triple) -> String {
    let mut line = String::with_capacity(256);
    push_line(&triple.subject, &triple.predicate, &triple.object, &mut line);
    line
}

/// Appends the N-Triples line of a triple, without the full stop at its end. What IRIs need is copied and not formatted:
/// they are most of it.
fn push_line(subject: &NamedOrBlankNode, predicate: &NamedNode, object: &Term, out: &mut String) {
    match subject {
        NamedOrBlankNode::NamedNode(node) => ["<", node.as_str(), "> <"].iter().for_each(|part| out.push_str(part)),
        NamedOrBlankNode::BlankNode(node) => ["_:", node.as_str(), " <"].iter().for_each(|part| out.push_str(part)),
    }
    out.push_str(predicate.as_str());
    match object {
        Term::NamedNode(node) => ["> <", node.as_str(), ">"].iter().for_each(|part| out.push_str(part)),
        other => {
            // Infallible: writing to a string does not fail.
            let _ = write!(out, "> {other}");
        }
    }
}

fn describe_document(document: &Document, out: &mut Vec<Quad>) {
    out.push(about(&document.iri, dcterms::FORMAT, Literal::from(document.media_type.as_str())));
    out.push(about(&document.iri, urbi::LENGTH, integer(document.length)));
    if let Some(title) = &document.title {
        out.push(about(&document.iri, dcterms::TITLE, Literal::from(title.as_str())));
    }
}

fn describe_passage(passage: &Passage, name: &NamedNode, document: &Document, out: &mut Vec<Quad>) {
    out.push(about(name, urbi::IN_DOCUMENT, document.iri.clone()));
    out.push(about(name, urbi::QUOTE, Literal::from(passage.quote.as_str())));
    let bytes: Vec<String> = passage.bytes.iter().map(|r| format!("{}-{}", r.start, r.end)).collect();
    out.push(about(name, urbi::BYTES, Literal::from(bytes.join(","))));
}

fn about(subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) -> Quad {
    let graph = GraphName::from(urbi::PROVENANCE_GRAPH.into_owned());
    Quad::new(subject.clone(), predicate.into_owned(), object, graph)
}

fn integer(value: u64) -> Literal {
    Literal::new_typed_literal(value.to_string(), xsd::INTEGER)
}

/// A passage, read back from the provenance graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassageRecord {
    /// Its IRI.
    pub iri: NamedNode,
    /// The document it stands in.
    pub document: NamedNode,
    /// In the extracted text: Unicode scalar values from 0, end exclusive.
    pub chars: Range<u32>,
    /// In the original bytes, from 0, end exclusive, in order.
    pub bytes: Vec<Range<u64>>,
    /// Its text.
    pub quote: String,
}

/// What stands behind an evidence graph, read back from the provenance graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRecord {
    /// The name of the evidence graph.
    pub iri: NamedNode,
    /// The passage that made the rule fire.
    pub passage: NamedNode,
    /// Further passages it rests on, sorted by IRI.
    pub antecedents: Vec<NamedNode>,
    /// The rule, `{base}rule/{name}/{version}`.
    pub rule: NamedNode,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// Lexicon entries it rests on, sorted.
    pub cites: Vec<NamedNode>,
}

impl EvidenceRecord {
    /// Reads the quads of the provenance graph whose subject is `iri`. None if they are not whole.
    pub fn read<'a>(iri: &NamedNode, quads: impl IntoIterator<Item = QuadRef<'a>>) -> Option<EvidenceRecord> {
        let (mut passage, mut rule, mut confidence) = (None, None, None);
        let (mut antecedents, mut cites) = (Vec::new(), Vec::new());
        for quad in quads {
            match (quad.predicate, quad.object) {
                (urbi::PASSAGE, TermRef::NamedNode(node)) => passage = Some(node.into_owned()),
                (urbi::RESTS_ON, TermRef::NamedNode(node)) => antecedents.push(node.into_owned()),
                (urbi::RULE, TermRef::NamedNode(node)) => rule = Some(node.into_owned()),
                (urbi::CITES, TermRef::NamedNode(node)) => cites.push(node.into_owned()),
                (urbi::CONFIDENCE, TermRef::Literal(value)) => {
                    confidence = value.value().parse().ok().map(Confidence::from_thousandths);
                }
                _ => {}
            }
        }
        antecedents.sort();
        cites.sort();
        Some(EvidenceRecord {
            iri: iri.clone(),
            passage: passage?,
            antecedents,
            rule: rule?,
            confidence: confidence?,
            cites,
        })
    }
}

impl PassageRecord {
    /// Reads the quads of the provenance graph whose subject is `iri`. None if they are not whole.
    pub fn read<'a>(iri: &NamedNode, quads: impl IntoIterator<Item = QuadRef<'a>>) -> Option<PassageRecord> {
        let (mut document, mut bytes, mut quote) = (None, None, None);
        for quad in quads {
            match (quad.predicate, quad.object) {
                (urbi::IN_DOCUMENT, TermRef::NamedNode(node)) => document = Some(node.into_owned()),
                (urbi::BYTES, TermRef::Literal(value)) => bytes = byte_ranges(value.value()),
                (urbi::QUOTE, TermRef::Literal(value)) => quote = Some(value.value().to_owned()),
                _ => {}
            }
        }
        let (start, end) = iri.as_str().rsplit_once("char=")?.1.split_once(',')?;
        let chars = start.parse().ok()?..end.parse().ok()?;
        Some(PassageRecord { iri: iri.clone(), document: document?, chars, bytes: bytes?, quote: quote? })
    }
}

/// The document that a passage's IRI names. None if it is no passage's.
pub fn document_of_passage(passage: &NamedNode) -> Option<NamedNode> {
    let (document, _) = passage.as_str().rsplit_once("/text")?;
    Some(NamedNode::new_unchecked(document))
}

/// Reads `120-180,190-245`.
fn byte_ranges(text: &str) -> Option<Vec<Range<u64>>> {
    let range = |part: &str| {
        let (start, end) = part.split_once('-')?;
        Some(start.parse().ok()?..end.parse().ok()?)
    };
    text.split(',').filter(|part| !part.is_empty()).map(range).collect()
}

/// The subject of a quad, if it is an IRI: Urbi writes no other.
pub(crate) fn named(subject: &NamedOrBlankNode) -> Option<&NamedNode> {
    match subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}
