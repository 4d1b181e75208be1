//! Evidence as text for a person.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use oxrdf::{NamedOrBlankNode, Term, Triple};
use urbi::fact::quads::PassageRecord;
use urbi::graph::Graph;
use urbi::query::{Shortener, sanitized};
use urbi::store::{Explanation, Store};

use super::files::here;
use super::open;

/// Writes explanations, with names instead of IRIs.
pub struct Text<'a> {
    store: &'a Store,
    view: BTreeSet<String>,
    values: BTreeMap<(String, String), Vec<&'a Term>>,
    names: BTreeMap<&'a str, &'a str>,
    sources: BTreeMap<String, Vec<String>>,
    short: Shortener,
}

impl<'a> Text<'a> {
    /// Reads from the store what texts need: names of entities, and where documents came from.
    pub fn new(store: &'a Store, view: &'a [Triple], graph: &'a Graph) -> anyhow::Result<Text<'a>> {
        let mut values: BTreeMap<(String, String), Vec<&Term>> = BTreeMap::new();
        for triple in view {
            let key = (triple.subject.to_string(), triple.predicate.to_string());
            values.entry(key).or_default().push(&triple.object);
        }
        let documents = store.documents()?.into_iter();
        Ok(Text {
            store,
            view: view.iter().map(ToString::to_string).collect(),
            values,
            names: graph.entities().map(|(_, entity)| (entity.iri.as_str(), entity.label())).collect(),
            sources: documents.map(|document| (document.iri.into_string(), document.sources)).collect(),
            short: open::shortener(store.base()),
        })
    }

    /// Writes each statement with its evidence. The explanations come sorted by statement. A sentence that makes several
    /// rules fire is written once.
    pub fn write(&self, explanations: &[Explanation], out: &mut dyn Write) -> anyhow::Result<()> {
        let mut from = 0;
        while from < explanations.len() {
            let statement = self.canonical(&explanations[from].statement)?;
            self.write_statement(&statement, out)?;
            let mut sentences: Vec<Vec<&Explanation>> = Vec::new();
            while let Some(explanation) = explanations.get(from) {
                if self.canonical(&explanation.statement)? != statement {
                    break;
                }
                match sentences.iter_mut().find(|same| same_sentences(same[0], explanation)) {
                    Some(same) => same.push(explanation),
                    None => sentences.push(vec![explanation]),
                }
                from += 1;
            }
            for same in &sentences {
                self.write_evidence(same, out)?;
            }
        }
        Ok(())
    }

    /// The statement as the view makes it.
    fn canonical(&self, stated: &Triple) -> anyhow::Result<Triple> {
        let subject = match &stated.subject {
            NamedOrBlankNode::NamedNode(node) => NamedOrBlankNode::from(self.store.canonical(node)?),
            other => other.clone(),
        };
        let object = match &stated.object {
            Term::NamedNode(node) => Term::from(self.store.canonical(node)?),
            other => other.clone(),
        };
        Ok(Triple { subject, predicate: stated.predicate.clone(), object })
    }

    fn write_statement(&self, statement: &Triple, out: &mut dyn Write) -> anyhow::Result<()> {
        let subject = Term::from(statement.subject.clone());
        let relation = self.short.iri(statement.predicate.as_str());
        let relation = relation.strip_prefix("urbi:").unwrap_or(&relation);
        writeln!(out, "{}  {relation}  {}", self.named(&subject), self.named(&statement.object))?;
        if !self.view.contains(&statement.to_string()) {
            let key = (statement.subject.to_string(), statement.predicate.to_string());
            let held: Vec<String> = self.values.get(&key).into_iter().flatten().map(|term| self.named(term)).collect();
            match held.is_empty() {
                true => writeln!(out, "  NOT in the graph")?,
                false => writeln!(out, "  NOT in the graph, which holds: {}", held.join(", "))?,
            }
        }
        Ok(())
    }

    /// Writes what one sentence, with the same others that it rests on, makes rules state.
    fn write_evidence(&self, same: &[&Explanation], out: &mut dyn Write) -> anyhow::Result<()> {
        let Some(first) = same.first() else { return Ok(()) };
        writeln!(out, "  “{}”", one_line(&first.passage.quote))?;
        writeln!(out, "    in {}", self.place(&first.passage))?;
        for passage in &first.antecedents {
            writeln!(out, "    rests on “{}” ({})", one_line(&passage.quote), self.place(passage))?;
        }
        for evidence in same.iter().map(|explanation| &explanation.evidence) {
            for entry in &evidence.cites {
                writeln!(out, "    cites {}", self.short.iri(entry.as_str()))?;
            }
            writeln!(out, "    by {}, confidence {}", self.short.iri(evidence.rule.as_str()), evidence.confidence)?;
        }
        Ok(())
    }

    fn place(&self, passage: &PassageRecord) -> String {
        let source = self.sources.get(passage.document.as_str()).and_then(|sources| sources.first());
        let source = source.map_or_else(|| self.short.iri(passage.document.as_str()), |source| sanitized(here(source)));
        let bytes: Vec<String> = passage.bytes.iter().map(|range| format!("{}-{}", range.start, range.end)).collect();
        format!("{source}, characters {}-{}, bytes {}", passage.chars.start, passage.chars.end, bytes.join(","))
    }

    /// An entity by its name, with its short IRI; anything else by its value.
    fn named(&self, term: &Term) -> String {
        let short = self.short.term(term);
        match term {
            Term::NamedNode(node) => match self.names.get(node.as_str()) {
                Some(name) => format!("{} <{short}>", sanitized(name)),
                None => short,
            },
            _ => short,
        }
    }
}

/// Whether two pieces of evidence rest on the same sentences.
fn same_sentences(one: &Explanation, other: &Explanation) -> bool {
    one.passage == other.passage && one.antecedents == other.antecedents
}

fn one_line(quote: &str) -> String {
    sanitized(&quote.split_whitespace().collect::<Vec<_>>().join(" "))
}
