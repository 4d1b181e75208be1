//! From what a user types to a fact: subject, relation and value, or a short name.

use anyhow::anyhow;
use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use urbi::curation::{Fact, FactId, is_decidable};
use urbi::view::{self, is_relation};
use urbi::vocab::urbi as terms;

use super::desk::Desk;
use crate::cli::names;
use crate::cli::outcome::wrong_use;

/// Most facts that a message lists.
const LISTED: usize = 20;

/// The fact that is meant: one that evidence states, or that stands in the graph.
pub fn fact(desk: &Desk<'_>, given: &[String]) -> anyhow::Result<Fact> {
    let found = match given {
        [one] => by_id(desk, one)?,
        [subject, relation] => by_words(desk, subject, relation, None)?,
        [subject, relation, value] => by_words(desk, subject, relation, Some(value))?,
        _ => return Err(wrong_use(anyhow!("a fact is a subject, a relation and a value, or a short name"))),
    };
    let NamedOrBlankNode::NamedNode(subject) = found.subject else {
        return Err(anyhow!("the graph has a subject without a name"));
    };
    Ok(Fact { subject, predicate: found.predicate, object: found.object })
}

fn by_id(desk: &Desk<'_>, text: &str) -> anyhow::Result<Triple> {
    if text.parse::<FactId>().is_err() {
        // Perhaps an entity: then these are its facts.
        let subject = desk.entity(text)?;
        let facts = facts(desk, &subject, None)?;
        return Err(wrong_use(anyhow!("say which fact of {text}:\n{}", list(desk, &facts))));
    }
    let text = text.to_ascii_lowercase();
    let is_meant = |triple: &Triple| is_decidable(triple.predicate.as_ref()) && FactId::of(triple).begins_with(&text);
    let mut found: Vec<Triple> = desk.view.iter().filter(|triple| is_meant(triple)).cloned().collect();
    if found.is_empty() {
        found = desk.store.stated(None, None)?.into_iter().filter(is_meant).collect();
    }
    match found.len() {
        0 => Err(wrong_use(anyhow!("no fact has the short name {text}; it changes when entities are merged or split"))),
        1 => Ok(found.swap_remove(0)),
        _ => Err(wrong_use(anyhow!("the short names of several facts begin so:\n{}", list(desk, &found)))),
    }
}

fn by_words(desk: &Desk<'_>, subject: &str, relation: &str, value: Option<&str>) -> anyhow::Result<Triple> {
    let entity = desk.entity(subject)?;
    let predicate = names::property(relation, &desk.ontology)?;
    if predicate == terms::SAME_ENTITY {
        return Err(wrong_use(anyhow!("which entities are one is decided by urbi merge and urbi split")));
    }
    if !is_decidable(predicate.as_ref()) {
        return Err(wrong_use(anyhow!("{relation} is worked out from what is stated: decide on that")));
    }
    let mut found = facts(desk, &entity, Some(&predicate))?;
    let known = |found: &[Triple]| match found.is_empty() {
        true => String::new(),
        false => format!("; there is\n{}", list(desk, found)),
    };
    if let Some(value) = value {
        let all = found.clone();
        found.retain(|fact| is_value(desk, &fact.object, value));
        if found.is_empty() {
            return Err(wrong_use(anyhow!("nothing states: {subject} {relation} {value}{}", known(&all))));
        }
    }
    if found.len() > 1 {
        // The one that stands, if there is one: the others are what it overrules.
        let standing: Vec<Triple> = found.iter().filter(|fact| desk.stands(fact)).cloned().collect();
        if let [one] = standing.as_slice() {
            return Ok(one.clone());
        }
    }
    match found.len() {
        0 => Err(wrong_use(anyhow!("nothing states a {relation} of {subject}"))),
        1 => Ok(found.swap_remove(0)),
        _ => Err(wrong_use(anyhow!("say which one:\n{}", list(desk, &found)))),
    }
}

/// What is stated of an entity, and what stands without being stated, as the view would say it.
fn facts(desk: &Desk<'_>, entity: &NamedNode, predicate: Option<&NamedNode>) -> anyhow::Result<Vec<Triple>> {
    let subject = NamedOrBlankNode::from(desk.store.canonical(entity)?);
    let mut facts = desk.store.stated(Some(entity), predicate)?;
    let standing = desk.view.iter().filter(|triple| triple.subject == subject);
    facts.extend(standing.filter(|triple| predicate.is_none_or(|p| triple.predicate == *p)).cloned());
    facts.retain(|triple| is_decidable(triple.predicate.as_ref()));
    view::sort(&mut facts);
    Ok(facts)
}

/// Whether what a user typed means this value.
fn is_value(desk: &Desk<'_>, value: &Term, text: &str) -> bool {
    match value {
        Term::Literal(literal) => literal.value() == text,
        Term::NamedNode(node) => {
            let same = |key: &NamedNode| desk.store.canonical(key).is_ok_and(|canonical| canonical == *node);
            node.as_str() == text.trim_start_matches('<').trim_end_matches('>')
                || desk.key(text).as_ref().is_some_and(same)
                || desk.entity(text).as_ref().is_ok_and(same)
                || desk.ontology.class(text).is_some_and(|class| desk.ontology[class].iri == *node)
        }
        _ => false,
    }
}

/// Facts with their short names, one a line.
fn list(desk: &Desk<'_>, facts: &[Triple]) -> String {
    let line = |fact: &Triple| {
        let note = if desk.stands(fact) { "" } else { "   (not in the graph)" };
        format!("  {}  {}{note}", FactId::of(fact), desk.names.triple(fact))
    };
    // Relations first: names and classes are rarely meant.
    let (relations, others): (Vec<&Triple>, Vec<&Triple>) =
        facts.iter().partition(|fact| is_relation(fact.predicate.as_ref()));
    let mut lines: Vec<String> = relations.into_iter().chain(others).take(LISTED).map(line).collect();
    if facts.len() > LISTED {
        lines.push(format!("  … and {} more", facts.len() - LISTED));
    }
    lines.join("\n")
}
