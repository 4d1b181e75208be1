//! What many pieces of evidence for one statement come to, kept up to date, so that a decision between values costs the
//! same for an entity with ten thousand documents as for one with twenty.
//!
//! An index, made for statements that more pieces of evidence make than [`CROWD`] and on which something may depend: those
//! of relations that have one value, and names. Where there is a summary it is exact; where there is none, the evidence
//! itself is read. Adding evidence changes a summary without reading other evidence; taking evidence out reads all of it only
//! if what is taken out was the only latest, the only surest, or the first.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{Literal, NamedNode, Quad, Term, Triple};
use sha2::{Digest, Sha256};

use super::{
    change::Change,
    stated::{Quads, Stated, evidence_of, evidence_record},
    terms::{IN_SUMMARIES, SUMMARIES, SUMMARY},
};
use crate::{
    fact::{
        Confidence,
        quads::{document_of_passage, line, named},
    },
    view::{COMMON, Schema, Statement, Statements, Summary, announced_on},
    vocab::Base,
};

/// Statements with more pieces of evidence than this have a summary.
pub const CROWD: usize = 16;

/// When documents were announced, as a change found it.
pub type Dates = BTreeMap<NamedNode, Option<String>>;

/// When the documents of a change were announced. Called before it is made, and after.
pub fn dates<Q: Quads>(state: &Q, base: &Base, schema: &Schema, change: &Change) -> Result<Dates, StorageError> {
    let stated = Stated::new(state, base);
    let dated = |document: &NamedNode| Ok((document.clone(), announced_on(&stated, schema, document)?));
    change.documents.iter().map(dated).collect()
}

/// One piece of evidence for a statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Contribution {
    date: Option<String>,
    confidence: Confidence,
    evidence: String,
}

/// The evidence for a statement that a change takes out and puts in.
#[derive(Default)]
struct Turn {
    statement: Option<Triple>,
    before: BTreeSet<Contribution>,
    after: BTreeSet<Contribution>,
    /// Whether a curator has a say in when one of its documents was announced.
    is_curated: bool,
}

/// Brings summaries up to a change that has been made; `before` is what [`dates`] found before it.
pub fn update(
    txn: &mut Transaction<'_>,
    base: &Base,
    schema: &Schema,
    crowd: usize,
    change: &Change,
    before: &Dates,
) -> Result<(), StorageError> {
    let mut writes = Vec::new();
    {
        let stated = Stated::new(&*txn, base);
        let after = dates(&*txn, base, schema, change)?;
        for turn in turns(&stated, schema, change, before, &after)?.into_values() {
            let Some(statement) = turn.statement.as_ref().filter(|_| turn.before != turn.after || turn.is_curated)
            else {
                continue;
            };
            let held = read(&*txn, statement)?;
            let adjusted = held.as_ref().filter(|_| !turn.is_curated).and_then(|held| adjust(held, &turn));
            let confirmed = match adjusted {
                Some((summary, doubt)) if confirm(&*txn, base, schema, statement, &summary, doubt)? => Some(summary),
                _ => None,
            };
            let wanted = match confirmed {
                Some(summary) if is_crowded(&*txn, base, statement, crowd)? => {
                    let is_common = is_common(&stated, statement)?;
                    Some(Summary { is_common, ..summary })
                }
                Some(_) => None,
                None => scan(&*txn, base, schema, crowd, statement)?,
            };
            if wanted != held {
                writes.push((statement.clone(), held, wanted));
            }
        }
    }
    apply(txn, &writes);
    Ok(())
}

/// Computes the summaries of statements anew that have one.
pub fn renew(
    txn: &mut Transaction<'_>,
    base: &Base,
    schema: &Schema,
    crowd: usize,
    statements: impl IntoIterator<Item = Triple>,
) -> Result<(), StorageError> {
    let mut writes = Vec::new();
    for statement in statements {
        if let Some(held) = read(&*txn, &statement)? {
            let wanted = scan(&*txn, base, schema, crowd, &statement)?;
            writes.push((statement, Some(held), wanted));
        }
    }
    apply(txn, &writes);
    Ok(())
}

fn apply(txn: &mut Transaction<'_>, writes: &[(Triple, Option<Summary>, Option<Summary>)]) {
    for (statement, held, wanted) in writes {
        if let Some(held) = held {
            txn.remove(&quad(statement, held));
        }
        if let Some(wanted) = wanted {
            txn.insert(&quad(statement, wanted));
        }
    }
}

/// The statements that a change speaks of and that may have a summary, by their lines.
fn turns<S: Statements>(
    stated: &S,
    schema: &Schema,
    change: &Change,
    before: &Dates,
    after: &Dates,
) -> Result<BTreeMap<String, Turn>, S::Error> {
    let mut turns: BTreeMap<String, Turn> = BTreeMap::new();
    let mut curated: BTreeMap<&NamedNode, bool> = BTreeMap::new();
    for (is_after, quad) in change.stated() {
        if !schema.is_summarised(&quad.predicate) {
            continue;
        }
        let Some((evidence, document, confidence)) = change.origin(quad, is_after) else { continue };
        let dates = if is_after { after } else { before };
        let contribution = Contribution {
            date: dates.get(document).cloned().flatten(),
            confidence,
            evidence: evidence.as_str().to_owned(),
        };
        let is_curated = match curated.get(document) {
            Some(known) => *known,
            None => {
                let found = !stated.decisions(document)?.is_empty();
                curated.insert(document, found);
                found
            }
        };
        let statement = Triple::from(quad.clone());
        let turn = turns.entry(line(&statement)).or_default();
        turn.is_curated |= is_curated;
        turn.statement = Some(statement);
        if is_after { &mut turn.after } else { &mut turn.before }.insert(contribution);
    }
    Ok(turns)
}

/// What was the greatest is gone, and nothing as great came: whether other evidence is as great must be looked up.
#[derive(Clone, Copy, Default)]
struct Doubt {
    latest: bool,
    surest: bool,
}

/// The summary after a change, and what of it is not certain without reading other evidence; None if all of that must be
/// read. Whether the statement is common is not told.
fn adjust(held: &Summary, turn: &Turn) -> Option<(Summary, Doubt)> {
    let latest = |side: &BTreeSet<Contribution>| side.iter().filter_map(|c| c.date.clone()).max();
    let surest = |side: &BTreeSet<Contribution>| side.iter().map(|c| c.confidence).max();
    let first = |side: &BTreeSet<Contribution>| side.iter().map(|c| c.evidence.clone()).min();
    if first(&turn.before).as_ref() == Some(&held.first) && first(&turn.after).is_none_or(|first| first > held.first) {
        return None;
    }
    let doubt = Doubt {
        latest: held.latest.is_some() && latest(&turn.before) == held.latest && latest(&turn.after) < held.latest,
        surest: surest(&turn.before) == Some(held.surest) && surest(&turn.after) < Some(held.surest),
    };
    let summary = Summary {
        latest: held.latest.clone().max(latest(&turn.after)),
        surest: surest(&turn.after).map_or(held.surest, |surest| surest.max(held.surest)),
        first: first(&turn.after).map_or_else(|| held.first.clone(), |first| first.min(held.first.clone())),
        is_common: held.is_common,
    };
    Some((summary, doubt))
}

/// Whether some evidence is as great as a summary says, where that is in doubt. It stops where it finds it; most pieces of
/// evidence for a statement are equally sure.
fn confirm<Q: Quads>(
    quads: &Q,
    base: &Base,
    schema: &Schema,
    statement: &Triple,
    summary: &Summary,
    mut doubt: Doubt,
) -> Result<bool, StorageError> {
    let Some(pattern) = pattern(statement) else { return Ok(false) };
    let stated = Stated::new(quads, base);
    let mut evidence = evidence_of(quads, base, pattern);
    while doubt.latest || doubt.surest {
        let Some(evidence) = evidence.next().transpose()? else { return Ok(false) };
        let Some(record) = evidence_record(quads, &evidence)? else { continue };
        doubt.surest &= record.confidence < summary.surest;
        if doubt.latest
            && let Some(document) = document_of_passage(&record.passage)
        {
            doubt.latest = announced_on(&stated, schema, &document)? < summary.latest;
        }
    }
    Ok(true)
}

fn is_crowded<Q: Quads>(quads: &Q, base: &Base, statement: &Triple, crowd: usize) -> Result<bool, StorageError> {
    let Some(pattern) = pattern(statement) else { return Ok(false) };
    let mut count = 0;
    for evidence in evidence_of(quads, base, pattern) {
        evidence?;
        count += 1;
        if count > crowd {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_common<S: Statements>(stated: &S, statement: &Triple) -> Result<bool, S::Error> {
    let Some(pattern) = pattern(statement) else { return Ok(false) };
    let mut documents = BTreeSet::new();
    stated.documents(pattern, COMMON, &mut documents)?;
    Ok(documents.len() >= COMMON)
}

/// The summary of all evidence for a statement; None if there is little.
pub fn scan<Q: Quads>(
    quads: &Q,
    base: &Base,
    schema: &Schema,
    crowd: usize,
    statement: &Triple,
) -> Result<Option<Summary>, StorageError> {
    let Some(pattern) = pattern(statement) else { return Ok(None) };
    if !is_crowded(quads, base, statement, crowd)? {
        return Ok(None);
    }
    let stated = Stated::new(quads, base);
    let mut dates = Dates::new();
    let mut summary: Option<Summary> = None;
    for evidence in evidence_of(quads, base, pattern) {
        let evidence = evidence?;
        let Some(record) = evidence_record(quads, &evidence)? else { continue };
        let Some(document) = document_of_passage(&record.passage) else { continue };
        let date = match dates.get(&document) {
            Some(known) => known.clone(),
            None => {
                let date = announced_on(&stated, schema, &document)?;
                dates.insert(document, date.clone());
                date
            }
        };
        let first = evidence.into_string();
        summary = Some(match summary {
            None => Summary { latest: date, surest: record.confidence, first, is_common: false },
            Some(summary) => Summary {
                latest: summary.latest.max(date),
                surest: summary.surest.max(record.confidence),
                first: summary.first.min(first),
                is_common: false,
            },
        });
    }
    let is_common = dates.len() >= COMMON;
    Ok(summary.map(|summary| Summary { is_common, ..summary }))
}

fn pattern(statement: &Triple) -> Option<Statement<'_>> {
    let subject = named(&statement.subject)?;
    Some(Statement { subject, predicate: statement.predicate.as_ref(), object: &statement.object })
}

/// The node that stands for a statement.
fn node(statement: &Triple) -> NamedNode {
    let hash: String = Sha256::digest(line(statement)).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    NamedNode::new_unchecked(format!("{}-{hash}", SUMMARY.as_str()))
}

/// How a summary is kept.
fn quad(statement: &Triple, summary: &Summary) -> Quad {
    let text = format!(
        "{} {} {} {}",
        summary.latest.as_deref().unwrap_or("-"),
        summary.surest.thousandths(),
        u8::from(summary.is_common),
        summary.first
    );
    Quad::new(node(statement), SUMMARY, Literal::from(text), SUMMARIES)
}

/// The summary of a statement, if it has one.
pub fn read<Q: Quads>(quads: &Q, statement: &Triple) -> Result<Option<Summary>, StorageError> {
    let found = quads.matching(Some(&node(statement)), Some(SUMMARY), None, Some(IN_SUMMARIES)).next().transpose()?;
    Ok(found.and_then(|quad| match &quad.object {
        Term::Literal(literal) => parse(literal.value()),
        _ => None,
    }))
}

fn parse(text: &str) -> Option<Summary> {
    let mut parts = text.splitn(4, ' ');
    let latest = parts.next().filter(|latest| *latest != "-").map(str::to_owned);
    let surest = Confidence::from_thousandths(parts.next()?.parse().ok()?);
    let is_common = parts.next()? == "1";
    Some(Summary { latest, surest, first: parts.next()?.to_owned(), is_common })
}
