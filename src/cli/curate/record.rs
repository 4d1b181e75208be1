//! `urbi decisions`: what has been decided, as a list, as a file, and from files.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use oxrdf::{NamedNode, Term};
use serde_json::json;
use urbi::curation::{Action, Decision, Ledger, Recorded, file};
use urbi::graph::Graph;
use urbi::ontology::Ontology;
use urbi::query;
use urbi::store::Store;
use urbi::view::{Missing, Schema};

use super::args::Decisions;
use super::say_gone;
use crate::cli::files;
use crate::cli::names::Names;
use crate::cli::outcome::{Outcome, wrong_use};
use crate::cli::plan::Setting;
use crate::cli::screen::{self, Screen};

/// Digits of a decision's hash that are shown.
const DIGITS: usize = 8;
/// The fewest digits by which one may be named.
const LEAST: usize = 4;

/// Does what was asked.
pub fn run(setting: &Setting, task: &Decisions, screen: &Screen) -> anyhow::Result<Outcome> {
    match task {
        Decisions::List { gone, format } => list(setting, *gone, format.as_deref(), screen),
        Decisions::Export { output } => export(setting, output.as_deref(), screen),
        Decisions::Import { files, dry_run } => import(setting, files, *dry_run, screen),
    }
}

/// The beginning of a decision's hash.
pub fn short(iri: &NamedNode) -> &str {
    let hash = iri.as_str().rsplit('/').next().unwrap_or_default();
    hash.get(..DIGITS).unwrap_or(hash)
}

/// The decision whose hash begins so, or with this IRI.
pub fn find<'l>(ledger: &'l Ledger, given: &str) -> anyhow::Result<&'l Recorded> {
    let digits = given.trim_start_matches('<').trim_end_matches('>').rsplit(['/', ':']).next().unwrap_or_default();
    let digits = digits.to_ascii_lowercase();
    if digits.len() < LEAST || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(wrong_use(anyhow!("{given:?} names no decision; urbi decisions list shows their names")));
    }
    let begins =
        |entry: &&Recorded| entry.iri.as_str().rsplit('/').next().is_some_and(|hash| hash.starts_with(&digits));
    let found: Vec<&Recorded> = ledger.all().iter().filter(begins).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(wrong_use(anyhow!("there is no decision {given}; urbi decisions list shows all"))),
        several => {
            Err(wrong_use(anyhow!("the names of {} decisions begin with {given}: give more of it", several.len())))
        }
    }
}

/// What a decision says, in one line.
pub fn describe(decision: &Decision, names: &Names) -> String {
    let keys = |keys: &[NamedNode], between: &str| {
        keys.iter().map(|key| names.key(key.as_ref())).collect::<Vec<_>>().join(between)
    };
    let what = match &decision.action {
        Action::Accept(fact) | Action::Reject(fact) => {
            names.fact(fact.subject.as_ref(), fact.predicate.as_ref(), &fact.object)
        }
        Action::Correct { fact, value, naming } => {
            let fact = names.fact(fact.subject.as_ref(), fact.predicate.as_ref(), &fact.object);
            let value = match naming {
                Some(naming) => query::sanitized(naming.label.value()),
                None => names.term(value),
            };
            format!("{fact}  to  {value}")
        }
        Action::Merge(joined) => keys(joined, "  =  "),
        Action::Split { apart, from } => format!("{}  from  {}", keys(apart, ", "), keys(from, ", ")),
        Action::Rename { key, label } => {
            format!("{}  to  {}", names.key(key.as_ref()), names.term(&Term::from(label.clone())))
        }
        Action::Undo(undone) => short(undone).to_owned(),
    };
    format!("{}  {what}", decision.action.name())
}

fn opened(setting: &Setting) -> anyhow::Result<(Store, Names)> {
    let store = Store::open_read_only(&setting.store)?;
    let names = Names::new(&Graph::new(&store.view_triples()?), store.base());
    Ok((store, names))
}

fn list(setting: &Setting, only_gone: bool, format: Option<&str>, screen: &Screen) -> anyhow::Result<Outcome> {
    let (store, names) = opened(setting)?;
    let ledger = store.decisions()?;
    let gone: BTreeMap<NamedNode, String> =
        store.gone()?.into_iter().map(|gone| (gone.decision.iri, missing(&gone.missing, &names))).collect();
    let entries: Vec<&Recorded> =
        ledger.all().iter().filter(|entry| !only_gone || gone.contains_key(&entry.iri)).collect();
    let state = |entry: &Recorded| match (&entry.undone_by, gone.get(&entry.iri)) {
        (Some(by), _) => format!("undone by {}", short(by)),
        (None, Some(missing)) => missing.clone(),
        (None, None) => String::new(),
    };
    if format == Some("json") {
        let all: Vec<_> = entries
            .iter()
            .map(|entry| {
                json!({
                    "decision": entry.iri.as_str(),
                    "action": entry.decision.action.name(),
                    "what": describe(&entry.decision, &names),
                    "author": entry.decision.author,
                    "time": entry.decision.time.to_string(),
                    "reason": entry.decision.reason,
                    "undoneBy": entry.undone_by.as_ref().map(NamedNode::as_str),
                    "gone": gone.get(&entry.iri),
                })
            })
            .collect();
        screen::result(|out| {
            serde_json::to_writer_pretty(&mut *out, &all).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        })?;
        return Ok(Outcome::Done);
    }
    let rows = entries.iter().map(|entry| {
        let decision = &entry.decision;
        let reason = decision.reason.as_deref().map(query::sanitized).unwrap_or_default();
        let time = decision.time.strftime("%Y-%m-%d %H:%M").to_string();
        vec![
            short(&entry.iri).to_owned(),
            time,
            query::sanitized(&decision.author),
            describe(decision, &names),
            reason,
            state(entry),
        ]
    });
    if format == Some("table") || format.is_none() && screen::is_terminal() {
        let header = ["decision", "time", "author", "what", "reason", "note"].map(str::to_owned).to_vec();
        screen::result(|out| Ok(write!(out, "{}", query::table(header, rows, screen::width()))?))?;
    } else {
        screen::result(|out| rows.into_iter().try_for_each(|row| Ok(writeln!(out, "{}", row.join("\t"))?)))?;
    }
    if entries.is_empty() {
        screen.note(if only_gone { "all decisions speak of what is there" } else { "nothing has been decided" });
    }
    Ok(Outcome::Done)
}

fn missing(missing: &Missing, names: &Names) -> String {
    match missing {
        Missing::Keys(keys) => {
            let keys: Vec<String> = keys.iter().map(|key| names.key(key.as_ref())).collect();
            format!("gone: no document speaks of {}", keys.join(", "))
        }
        Missing::Statement => "gone: no document states it".to_owned(),
        Missing::Decision(undone) => format!("gone: there is no decision {}", short(undone)),
    }
}

fn export(setting: &Setting, output: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let (store, names) = opened(setting)?;
    let ledger = store.decisions()?;
    let comment = |decision: &Decision| {
        let date = decision.time.strftime("%Y-%m-%d");
        // A line break in a name would end the comment.
        format!("{date} {}: {}", decision.author, describe(decision, &names)).replace(['\n', '\r'], " ")
    };
    let write = |out: &mut dyn Write| Ok(file::write(&ledger, store.base(), &comment, out)?);
    match output {
        Some(path) => files::write(path, write)?,
        None => screen::result(write)?,
    }
    screen.note(&format!("{} written", number(ledger.all().len())));
    Ok(Outcome::Done)
}

fn import(setting: &Setting, paths: &[PathBuf], dry_run: bool, screen: &Screen) -> anyhow::Result<Outcome> {
    let store = if dry_run { Store::open_read_only(&setting.store)? } else { setting.open_to_write(None)? };
    let held = store.decisions()?;
    let mut new: Vec<Decision> = Vec::new();
    let mut known = 0;
    for path in paths {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        for entry in file::read(&path.display().to_string(), &text, store.base())?.all() {
            match held.get(&entry.iri) {
                Some(_) => known += 1,
                None => new.push(entry.decision.clone()),
            }
        }
    }
    let names = Names::new(&Graph::new(&store.view_triples()?), store.base());
    if dry_run {
        screen::result(|out| new.iter().try_for_each(|decision| Ok(writeln!(out, "{}", describe(decision, &names))?)))?;
        screen.note(&format!("would be imported: {}; known already: {known}", number(new.len())));
        return Ok(Outcome::Done);
    }
    let schema = Schema::from(&Ontology::load(&setting.profile()?)?);
    let new = store.decide(&schema, &new)?;
    store.flush()?;
    screen.note(&format!("imported: {}; known already: {known}", number(new.len())));
    say_gone(&store, screen)?;
    Ok(Outcome::Done)
}

fn number(count: usize) -> String {
    format!("{count} {}", if count == 1 { "decision" } else { "decisions" })
}
