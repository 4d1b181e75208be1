//! The themes: a SKOS file in Turtle.
//!
//! A theme is a concept with a preferred label; its key is the last part of its IRI.

use std::collections::BTreeMap;

use oxrdf::{NamedNodeRef, NamedOrBlankNode, Term};
use oxttl::TurtleParser;

use super::LexiconError;
use super::entry::{Kind, LinkKind};
use super::table::Row;
use crate::vocab::skos;

/// Appends the concepts of the Turtle `text` to `rows`, by IRI.
pub(crate) fn read(file: &str, text: &str, rows: &mut Vec<Row>) -> Result<(), LexiconError> {
    let mut concepts: BTreeMap<String, Row> = BTreeMap::new();
    for triple in TurtleParser::new().for_slice(text) {
        let triple =
            triple.map_err(|source| LexiconError::Themes { file: file.to_owned(), source: Box::new(source) })?;
        let NamedOrBlankNode::NamedNode(subject) = triple.subject else { continue };
        let key = subject.as_str().rsplit(['/', '#']).next().unwrap_or_default();
        let row = concepts.entry(subject.as_str().to_owned()).or_insert_with(|| Row {
            kind: Kind::Theme,
            key: key.to_owned(),
            source: format!("themes/{key}"),
            ..Row::EMPTY
        });
        let predicate = triple.predicate.as_ref();
        match triple.object {
            Term::Literal(label) if predicate == skos::PREF_LABEL => row.label = label.value().to_owned(),
            Term::Literal(label) if predicate == skos::ALT_LABEL => row.names.push(label.value().to_owned()),
            Term::NamedNode(node) => {
                if let Some(kind) = link(predicate) {
                    row.links.push((kind, node.into_string()));
                }
            }
            _ => {}
        }
    }
    rows.extend(concepts.into_values().filter(|row| !row.label.is_empty()).map(|mut row| {
        row.links.sort_unstable();
        row
    }));
    Ok(())
}

fn link(predicate: NamedNodeRef<'_>) -> Option<LinkKind> {
    [(skos::EXACT_MATCH, LinkKind::Exact), (skos::CLOSE_MATCH, LinkKind::Close)]
        .into_iter()
        .find_map(|(iri, kind)| (iri == predicate).then_some(kind))
}
