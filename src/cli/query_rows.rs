//! `urbi query --explain-rows`: the evidence behind the rows of an answer.

use std::io::Write;
use std::sync::Arc;

use anstyle::Style;
use oxrdf::{NamedOrBlankNode, Variable};
use serde::Serialize;
use urbi::engine::Engine;
use urbi::explain::rows::{Behind, RowsError, behind};
use urbi::explain::{Explainer, Fact, Pattern, json};
use urbi::graph::Graph;
use urbi::profile::Profile;
use urbi::query::{Answer, Format, Limits, Query, Solution};
use urbi::store::Store;
use urbi::view::is_relation;

use super::brief::Brief;
use super::outcome::wrong_use;
use super::screen;

const NUMBER: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();

/// Writes each row with the facts behind it.
pub fn write(
    answer: &Answer,
    question: &Query,
    format: Option<Format>,
    limits: Limits,
    store: &Arc<Store>,
    profile: &Profile,
) -> anyhow::Result<()> {
    let Answer::Solutions { variables, rows } = answer else { return Err(wrong_use(RowsError::NotSelect.into())) };
    let engine = Engine::new(profile, store.base())?;
    let explainer = Explainer::new(store, &engine);
    let found = behind(store, question, rows, limits)?;
    match format {
        Some(Format::Json) => {
            let json = rows_json(&explainer, variables, rows, &found)?;
            screen::result(|out| {
                serde_json::to_writer_pretty(&mut *out, &json).map_err(std::io::Error::from)?;
                Ok(writeln!(out)?)
            })
        }
        _ => {
            let view = store.view_triples()?;
            let graph = Graph::new(&view);
            let brief = Brief::new(&explainer, &graph);
            screen::result(|out| write_text(&explainer, &brief, variables, rows, &found, out))
        }
    }
}

fn write_text(
    explainer: &Explainer<'_>,
    brief: &Brief<'_>,
    variables: &[Variable],
    rows: &[Solution],
    found: &[Behind],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    for (at, (row, behind)) in rows.iter().zip(found).enumerate() {
        let bound = variables.iter().filter_map(|variable| Some((variable, row.get(variable)?)));
        let cells: Vec<String> = bound
            .map(|(variable, term)| format!("{QUIET}{}{QUIET:#} {}", variable.as_str(), brief.named(term)))
            .collect();
        screen::styled(&format!("{NUMBER}{}{NUMBER:#}  {}\n", at + 1, cells.join("  ")), out)?;
        let facts = facts(explainer, behind)?;
        // What entities are and are called goes without saying.
        let mut shown = facts.iter().filter(|fact| is_relation(fact.statement.predicate.as_ref())).peekable();
        if shown.peek().is_none() {
            let why = match behind.triples.is_empty() {
                true => "no statement of the graph: worked out by the query",
                false => "only names and types",
            };
            screen::styled(&format!("    {QUIET}{why}{QUIET:#}\n"), out)?;
        }
        for fact in shown {
            screen::styled(&brief.whole_fact(fact), out)?;
        }
        if behind.is_cut {
            screen::styled(&format!("    {QUIET}and more{QUIET:#}\n"), out)?;
        }
    }
    Ok(())
}

fn facts(explainer: &Explainer<'_>, behind: &Behind) -> anyhow::Result<Vec<Fact>> {
    let mut facts = Vec::new();
    for triple in &behind.triples {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
        let asked =
            Pattern { subject: Some(subject), predicate: Some(&triple.predicate), object: Some(&triple.object) };
        facts.extend(explainer.explain(asked)?);
    }
    Ok(facts)
}

#[derive(Serialize)]
struct Json {
    variables: Vec<String>,
    rows: Vec<RowJson>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RowJson {
    bindings: serde_json::Map<String, serde_json::Value>,
    facts: Vec<json::FactJson>,
    is_cut: bool,
}

fn rows_json(
    explainer: &Explainer<'_>,
    variables: &[Variable],
    rows: &[Solution],
    found: &[Behind],
) -> anyhow::Result<Json> {
    let mut out = Vec::new();
    for (row, behind) in rows.iter().zip(found) {
        let mut bindings = serde_json::Map::new();
        for variable in variables {
            if let Some(term) = row.get(variable) {
                let term = serde_json::to_value(json::term_json(explainer, term)?)?;
                bindings.insert(variable.as_str().to_owned(), term);
            }
        }
        let facts = facts(explainer, behind)?;
        let facts = facts.iter().map(|fact| json::fact_json(explainer, fact)).collect::<Result<_, _>>()?;
        out.push(RowJson { bindings, facts, is_cut: behind.is_cut });
    }
    Ok(Json { variables: variables.iter().map(|variable| variable.as_str().to_owned()).collect(), rows: out })
}
