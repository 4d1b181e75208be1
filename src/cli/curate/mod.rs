//! Deciding: what people say about the graph, one decision a command.

pub mod args;
mod desk;
mod find;
mod questions;
mod record;
mod review;
mod review_text;
mod value;

use std::collections::BTreeMap;

use anyhow::anyhow;
use oxrdf::{Literal, NamedNode};
use urbi::curation::{Action, Fact};
use urbi::store::Store;

use super::outcome::{Outcome, wrong_use};
use super::plan::Setting;
use super::screen::Screen;
use args::Curate;
use desk::Desk;

/// Does what was asked.
pub fn run(setting: &Setting, task: &Curate, screen: &Screen) -> anyhow::Result<Outcome> {
    let (action, signature) = match task {
        Curate::Review(task) => return review::run(setting, task, screen),
        Curate::Decisions { command } => return record::run(setting, command, screen),
        Curate::Accept(task) => (Asked::Accept(&task.fact), &task.signature),
        Curate::Reject(task) => (Asked::Reject(&task.fact), &task.signature),
        Curate::Correct(task) => (Asked::Correct(task), &task.signature),
        Curate::Merge(task) => (Asked::Merge(&task.entities), &task.signature),
        Curate::Split(task) => (Asked::Split(&task.entity, &task.keys), &task.signature),
        Curate::Rename(task) => (Asked::Rename(task), &task.signature),
        Curate::Undo(task) => (Asked::Undo(task.decision.as_deref()), &task.signature),
    };
    let mut desk = Desk::open(setting, screen)?;
    let action = action.resolve(&desk)?;
    desk.decide(signature, action)?;
    Ok(Outcome::Done)
}

/// What was asked for, in the words of the user.
enum Asked<'a> {
    Accept(&'a [String]),
    Reject(&'a [String]),
    Correct(&'a args::Correct),
    Merge(&'a [String]),
    Split(&'a str, &'a [String]),
    Rename(&'a args::Rename),
    Undo(Option<&'a str>),
}

impl Asked<'_> {
    fn resolve(&self, desk: &Desk<'_>) -> anyhow::Result<Action> {
        match self {
            Asked::Accept(fact) => Ok(Action::Accept(find::fact(desk, fact)?)),
            Asked::Reject(fact) => Ok(Action::Reject(find::fact(desk, fact)?)),
            Asked::Correct(task) => {
                let fact = find::fact(desk, &task.fact)?;
                correction(desk, fact, &task.to, task.new, task.class.as_deref())
            }
            Asked::Merge(entities) => merge(desk, entities),
            Asked::Split(entity, keys) => split(desk, entity, keys),
            Asked::Rename(task) => rename(desk, task),
            Asked::Undo(decision) => undo(desk, *decision),
        }
    }
}

/// A correction of a fact to a value as a user types it.
fn correction(desk: &Desk<'_>, fact: Fact, to: &str, new: bool, class: Option<&str>) -> anyhow::Result<Action> {
    let (value, naming) = value::resolve(desk, &fact, to, new, class)?;
    if value == fact.object {
        return Err(wrong_use(anyhow!("that is the value already: {}", desk.words(&fact))));
    }
    Ok(Action::Correct { fact, value, naming })
}

fn merge(desk: &Desk<'_>, entities: &[String]) -> anyhow::Result<Action> {
    let mut keys = BTreeMap::new();
    for name in entities {
        let key = desk.entity(name)?;
        keys.entry(desk.store.canonical(&key)?).or_insert(key);
    }
    if keys.len() < 2 {
        let names: Vec<String> = keys.keys().map(|one| desk.names.key(one.as_ref())).collect();
        return Err(wrong_use(anyhow!("that is one entity already: {}", names.join(", "))));
    }
    let mut keys: Vec<NamedNode> = keys.into_values().collect();
    keys.sort();
    Ok(Action::Merge(keys))
}

fn split(desk: &Desk<'_>, entity: &str, given: &[String]) -> anyhow::Result<Action> {
    let entity = desk.entity(entity)?;
    let keys = desk.store.keys_of(&entity)?;
    let name = desk.names.key(entity.as_ref());
    if keys.len() < 2 {
        return Err(wrong_use(anyhow!(
            "{name} has one key only; what is wrongly stated of it can be rejected, fact by fact"
        )));
    }
    let shown: Vec<String> = keys.iter().map(|key| desk.names.key(key.as_ref())).collect();
    let known = format!("its keys are {}", shown.join(", "));
    if given.is_empty() {
        return Err(wrong_use(anyhow!("name the keys that are another entity than {name}; {known}")));
    }
    let mut apart = Vec::new();
    for text in given {
        let key = desk.key(text);
        match key.filter(|key| keys.contains(key)) {
            Some(key) => apart.push(key),
            None => return Err(wrong_use(anyhow!("{text} is no key of {name}; {known}"))),
        }
    }
    apart.sort();
    apart.dedup();
    let from: Vec<NamedNode> = keys.into_iter().filter(|key| !apart.contains(key)).collect();
    if from.is_empty() {
        return Err(wrong_use(anyhow!("these are all keys of {name}: leave one; {known}")));
    }
    Ok(Action::Split { apart, from })
}

fn rename(desk: &Desk<'_>, task: &args::Rename) -> anyhow::Result<Action> {
    let key = desk.entity(&task.entity)?;
    let name = task.name.trim();
    if name.is_empty() {
        return Err(wrong_use(anyhow!("the new name is empty")));
    }
    let label = match &task.language {
        Some(tag) => Literal::new_language_tagged_literal(name, tag)
            .map_err(|error| wrong_use(anyhow!("{tag:?} is no language tag: {error}")))?,
        None => Literal::from(name),
    };
    Ok(Action::Rename { key, label })
}

fn undo(desk: &Desk<'_>, decision: Option<&str>) -> anyhow::Result<Action> {
    let ledger = desk.store.decisions()?;
    let Some(given) = decision else {
        let last = ledger.in_force().last();
        return match last {
            Some(last) => Ok(Action::Undo(last.iri.clone())),
            None => Err(wrong_use(anyhow!("there is no decision to undo"))),
        };
    };
    let entry = record::find(&ledger, given)?;
    if let Some(by) = &entry.undone_by {
        return Err(wrong_use(anyhow!("it is undone already, by {}: undo that to bring it back", record::short(by))));
    }
    Ok(Action::Undo(entry.iri.clone()))
}

/// Says how many decisions speak of what no document states any more.
pub fn say_gone(store: &Store, screen: &Screen) -> anyhow::Result<()> {
    match store.gone()?.len() {
        0 => {}
        1 => screen.warning("1 decision speaks of what no document states any more; urbi decisions list --gone"),
        many => screen.warning(&format!(
            "{many} decisions speak of what no document states any more; urbi decisions list --gone"
        )),
    }
    Ok(())
}
