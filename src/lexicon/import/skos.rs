//! SKOS vocabularies, in any syntax of RDF: a concept with a preferred label is an entry.

use std::collections::BTreeMap;

use oxrdf::{NamedOrBlankNode, Term};
use oxrdfio::{RdfFormat, RdfParseError, RdfParser};

use super::{Read, Source, problem};
use crate::lexicon::LexiconError;
use crate::lexicon::entry::{Kind, LinkKind};
use crate::lexicon::table::Row;
use crate::vocab::{rdf, skos, slug};

/// A concept as it is read.
#[derive(Default)]
struct Concept {
    is_concept: bool,
    /// Language (empty if there is none) and label.
    preferred: Vec<(String, String)>,
    others: Vec<(String, String)>,
    links: Vec<(LinkKind, String)>,
}

pub(super) fn read(source: &Source<'_>) -> Result<Read, LexiconError> {
    let ending = source.file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let syntax = match ending {
        "owl" => RdfFormat::RdfXml,
        ending => RdfFormat::from_extension(ending).unwrap_or(RdfFormat::Turtle),
    };
    let mut concepts: BTreeMap<String, Concept> = BTreeMap::new();
    for quad in RdfParser::from_format(syntax).for_slice(source.bytes) {
        let quad = quad.map_err(|error| broken(source.file, &RdfParseError::Syntax(error)))?;
        let NamedOrBlankNode::NamedNode(subject) = quad.subject else { continue };
        let concept = concepts.entry(subject.into_string()).or_default();
        let predicate = quad.predicate.as_ref();
        match quad.object {
            Term::Literal(label) if [skos::PREF_LABEL, skos::ALT_LABEL].contains(&predicate) => {
                let language = label.language().unwrap_or_default().to_owned();
                let list = if predicate == skos::PREF_LABEL { &mut concept.preferred } else { &mut concept.others };
                list.push((language, label.value().to_owned()));
            }
            Term::NamedNode(node) if predicate == rdf::TYPE => concept.is_concept |= node == skos::CONCEPT,
            Term::NamedNode(node) if predicate == skos::EXACT_MATCH => {
                concept.links.push((LinkKind::Exact, node.into_string()));
            }
            Term::NamedNode(node) if predicate == skos::CLOSE_MATCH => {
                concept.links.push((LinkKind::Close, node.into_string()));
            }
            _ => {}
        }
    }
    let mut read = Read::default();
    let mut nameless = 0;
    for (iri, concept) in concepts.into_iter().filter(|(_, concept)| concept.is_concept) {
        match row(source, iri, concept) {
            Some(row) => read.rows.push(row),
            None => nameless += 1,
        }
    }
    if read.rows.is_empty() {
        return Err(problem(source.file, 1, "has no skos:Concept with a skos:prefLabel in the languages wanted"));
    }
    read.left_out.push(("concepts without a preferred label in these languages", nameless));
    Ok(read)
}

fn row(source: &Source<'_>, iri: String, concept: Concept) -> Option<Row> {
    let rank =
        |language: &str| source.languages.iter().position(|wanted| speaks(language, wanted)).unwrap_or(usize::MAX);
    let wanted = |(language, _): &&(String, String)| language.is_empty() || is_wanted(language, source.languages);
    let label =
        concept.preferred.iter().filter(wanted).min_by_key(|(language, label)| (rank(language), language, label))?;
    let mut names: Vec<String> = concept
        .preferred
        .iter()
        .chain(&concept.others)
        .filter(wanted)
        .map(|(_, name)| name.clone())
        .filter(|name| *name != label.1)
        .collect();
    names.sort();
    names.dedup();
    let key = slug(iri.rsplit(['/', '#']).next().unwrap_or(&iri));
    let mut links = concept.links;
    links.push((LinkKind::Exact, iri));
    links.sort();
    links.dedup();
    let source_of = format!("{}/{key}", source.dataset);
    let kind = source.kind.unwrap_or(Kind::Theme);
    Some(Row { kind, label: label.1.clone(), names, links, source: source_of, key, ..Row::EMPTY })
}

/// Whether names in a language are wanted: all are if none is named.
pub(super) fn is_wanted(language: &str, wanted: &[String]) -> bool {
    wanted.is_empty() || wanted.iter().any(|wanted| speaks(language, wanted))
}

/// Whether a tag (`en-GB`) is of a language (`en`).
fn speaks(tag: &str, language: &str) -> bool {
    let rest = tag.get(..language.len()).filter(|start| start.eq_ignore_ascii_case(language));
    rest.is_some() && matches!(tag.as_bytes().get(language.len()), None | Some(b'-'))
}

fn broken(file: &str, error: &RdfParseError) -> LexiconError {
    let line = match error {
        RdfParseError::Syntax(syntax) => syntax.location().map_or(1, |range| range.start.line as usize + 1),
        RdfParseError::Io(_) => 1,
    };
    problem(file, line, error.to_string())
}
