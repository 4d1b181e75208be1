//! `urbi check`: whether the rules are sound, whether the graph has the form that its readers count on, where announcements
//! disagree, and which decisions speak of what is gone.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use oxrdf::{NamedNode, Term, Triple};
use serde::Serialize;
use urbi::engine::Engine;
use urbi::explain::{Explainer, Pattern, json};
use urbi::export::{self, Content, Settings};
use urbi::graph::Graph;
use urbi::profile::Profile;
use urbi::shapes::{Finding, Severity, Shapes, grounds, report};
use urbi::store::{OpenError, Store};
use urbi::view::{Conflict, Schema};
use urbi::vocab::Base;

use super::check_text::Text;
use super::outcome::{Outcome, wrong_use};
use super::plan::Setting;
use super::rules_check::{self, Checked, Row};
use super::screen::{self, Screen};
use super::why_args::{Check, CheckFormat, Matter};
use super::{diff, open};

/// The file of a profile that holds its shapes.
const SHAPES: &str = "ontology/shapes.ttl";
/// Facts that are shown behind one finding.
const FACTS: usize = 3;

/// Checks what is asked for.
pub fn run(setting: &Setting, task: &Check, screen: &Screen) -> anyhow::Result<Outcome> {
    if !task.files.is_empty() {
        return check_files(setting, task, screen);
    }
    let wants = |matter| task.only.is_empty() || task.only.contains(&matter);
    // Rules that cannot be used leave nothing else to check with.
    let rules = if wants(Matter::Rules) { Some(rules_check::check(setting, &[])?) } else { None };
    let is_sound = rules.as_ref().is_none_or(|checked| checked.diagnostics.is_empty());
    let store = match Store::open_read_only(&setting.store) {
        Err(OpenError::Missing(path)) if task.only.is_empty() => {
            screen.note(&format!("there is no store at {}; only the profile is checked", path.display()));
            None
        }
        opened => Some(opened?),
    };
    let mut outcome = Outcome::Done;
    let profile = setting.profile()?;
    let mut found = Found { rules, ..Found::default() };
    let engine = match &store {
        Some(store) if is_sound => Some(Engine::new(&profile, store.base())?),
        _ => None,
    };
    let explainer = store.as_ref().zip(engine.as_ref()).map(|(store, engine)| Explainer::new(store, engine));
    if let Some(explainer) = &explainer {
        let store = explainer.store();
        if wants(Matter::Shapes) {
            found.findings = shapes(task, &profile)?.check(&store.view_triples()?)?;
            found.findings.retain(|finding| finding.severity <= task.least.severity());
        }
        let schema = Schema::from(explainer.ontology());
        if wants(Matter::Conflicts) {
            found.conflicts = store.conflicts(&schema)?;
        }
        if wants(Matter::Decisions) {
            found.gone = store.gone()?;
        }
    }
    match (task.format, &explainer) {
        (CheckFormat::Text, None) => screen::result(|out| found.rules.iter().try_for_each(|rules| rules.write(out)))?,
        (CheckFormat::Text, Some(explainer)) => {
            let view = explainer.store().view_triples()?;
            let graph = Graph::new(&view);
            screen::result(|out| {
                found.rules.iter().try_for_each(|rules| rules.write(out))?;
                Text::new(explainer, &graph).write(&found, FACTS, out)
            })?;
        }
        (CheckFormat::Json, explainer) => {
            let json = found.json(explainer.as_ref())?;
            screen::result(|out| {
                serde_json::to_writer_pretty(&mut *out, &json).map_err(std::io::Error::from)?;
                Ok(writeln!(out)?)
            })?;
        }
        (CheckFormat::Turtle, explainer) => {
            let explainer = explainer.as_ref().context("a SHACL report needs a store, or files").map_err(wrong_use)?;
            let mut evidence: BTreeMap<usize, Vec<NamedNode>> = BTreeMap::new();
            for (at, finding) in found.findings.iter().enumerate() {
                let facts = grounds(explainer, finding)?;
                let graphs = facts.iter().flat_map(|fact| &fact.grounds).flat_map(|ground| &ground.firings);
                evidence.insert(at, graphs.map(|firing| firing.evidence.clone()).collect());
            }
            let evidence = |at: usize| evidence.get(&at).cloned().unwrap_or_default();
            write_report(&report::triples(&found.findings, &evidence), explainer.store().base(), &profile)?;
        }
    }
    if let Some(rules) = &found.rules {
        outcome = rules.sum_up(screen);
    }
    if explainer.is_some() && found.sum_up(task, screen) == Outcome::Problems {
        outcome = Outcome::Problems;
    }
    Ok(outcome)
}

/// What was found.
#[derive(Default)]
pub struct Found {
    /// About the rules, if they were looked at.
    pub rules: Option<Checked>,
    /// What the shapes object to.
    pub findings: Vec<Finding>,
    /// Where evidence disagrees.
    pub conflicts: Vec<Conflict>,
    /// Decisions that speak of what is no more.
    pub gone: Vec<urbi::view::Gone>,
}

impl Found {
    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Says what was found; only what a person must see to counts as a problem.
    fn sum_up(&self, task: &Check, screen: &Screen) -> Outcome {
        let wants = |matter| task.only.is_empty() || task.only.contains(&matter);
        let open = self.conflicts.iter().filter(|conflict| conflict.is_open()).count();
        if wants(Matter::Shapes) {
            let counts: Vec<String> = Severity::ALL
                .iter()
                .filter(|severity| **severity <= task.least.severity())
                .map(|severity| format!("{} {}", self.count(*severity), plural(*severity)))
                .collect();
            screen.note(&format!("shapes: {}", counts.join(", ")));
        }
        if wants(Matter::Conflicts) {
            let settled = self.conflicts.len() - open;
            screen.note(&format!("conflicts: {open} to decide, {settled} settled by precision or time"));
        }
        if wants(Matter::Decisions) && !self.gone.is_empty() {
            screen.note(&format!("decisions: {} speak of what is no more", self.gone.len()));
        }
        match self.count(Severity::Violation) + open + self.gone.len() {
            0 => Outcome::Done,
            _ => Outcome::Problems,
        }
    }

    fn json(&self, explainer: Option<&Explainer<'_>>) -> anyhow::Result<Json<'_>> {
        let mut shapes = Vec::new();
        for finding in &self.findings {
            shapes.push(finding_json(finding, explainer)?);
        }
        let mut conflicts = Vec::new();
        if let Some(explainer) = explainer {
            for conflict in &self.conflicts {
                conflicts.push(conflict_json(conflict, explainer)?);
            }
        }
        let gone = self.gone.iter().map(|gone| gone.decision.iri.as_str().to_owned()).collect();
        Ok(Json { rules: self.rules.as_ref().map(Checked::rows), shapes, conflicts, gone })
    }
}

fn plural(severity: Severity) -> &'static str {
    match severity {
        Severity::Violation => "violations",
        Severity::Warning => "warnings",
        Severity::Info => "notes",
    }
}

#[derive(Serialize)]
struct Json<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<Vec<Row<'a>>>,
    shapes: Vec<FindingJson>,
    conflicts: Vec<ConflictJson>,
    /// Decisions that speak of what is no more.
    gone: Vec<String>,
}

#[derive(Serialize)]
struct FindingJson {
    severity: &'static str,
    node: Option<json::TermJson>,
    path: Option<String>,
    value: Option<String>,
    constraint: String,
    shape: Option<String>,
    message: Option<String>,
    facts: Vec<json::FactJson>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ConflictJson {
    kind: &'static str,
    is_open: bool,
    entities: Vec<json::TermJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<String>,
    facts: Vec<json::FactJson>,
}

fn finding_json(finding: &Finding, explainer: Option<&Explainer<'_>>) -> anyhow::Result<FindingJson> {
    let mut facts = Vec::new();
    if let Some(explainer) = explainer {
        for fact in grounds(explainer, finding)?.iter().take(FACTS) {
            facts.push(json::fact_json(explainer, fact)?);
        }
    }
    let node = match explainer {
        Some(explainer) => json::term_json(explainer, &finding.focus)?,
        None => json::TermJson::Thing { id: plain(&finding.focus), label: None },
    };
    Ok(FindingJson {
        severity: finding.severity.name(),
        node: Some(node),
        path: finding.path.as_ref().map(ToString::to_string),
        value: finding.value.as_ref().map(plain),
        constraint: finding.component.as_str().to_owned(),
        shape: finding.shape.as_ref().map(|shape| shape.as_str().to_owned()),
        message: finding.message.clone(),
        facts,
    })
}

fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}

fn conflict_json(conflict: &Conflict, explainer: &Explainer<'_>) -> anyhow::Result<ConflictJson> {
    let (kind, entities, relation): (_, Vec<NamedNode>, Option<&NamedNode>) = match conflict {
        Conflict::Values { subject, predicate, .. } => ("values", vec![subject.clone()], Some(predicate)),
        Conflict::Replaced { subject, predicate, .. } => ("replaced", vec![subject.clone()], Some(predicate)),
        Conflict::Keys { keys, .. } => ("keys", keys.clone(), None),
    };
    let mut facts = Vec::new();
    if let Some(predicate) = relation {
        let asked = Pattern { subject: entities.first(), predicate: Some(predicate), object: None };
        for fact in explainer.explain(asked)? {
            facts.push(json::fact_json(explainer, &fact)?);
        }
    }
    let entities = entities.into_iter().map(|entity| json::term_json(explainer, &entity.into()));
    Ok(ConflictJson {
        kind,
        is_open: conflict.is_open(),
        entities: entities.collect::<Result<_, _>>()?,
        relation: relation.map(|predicate| predicate.as_str().to_owned()),
        facts,
    })
}

/// The shapes of the profile, or those that the user names.
fn shapes(task: &Check, profile: &Profile) -> anyhow::Result<Shapes> {
    Ok(match &task.shapes {
        Some(file) => {
            let bytes = open::read(file).map_err(wrong_use)?;
            let text = String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", file.display()))?;
            Shapes::parse(&file.display().to_string(), &text).map_err(|error| wrong_use(error.into()))?
        }
        None => Shapes::parse(&profile.place(SHAPES), profile.text(SHAPES)?)?,
    })
}

/// Holds RDF files against the shapes.
fn check_files(setting: &Setting, task: &Check, screen: &Screen) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let shapes = shapes(task, &profile)?;
    let mut graph: Vec<Triple> = Vec::new();
    for file in &task.files {
        let quads = diff::read(Path::new(file)).map_err(wrong_use)?;
        graph.extend(quads.into_iter().filter(|quad| quad.graph_name.is_default_graph()).map(Triple::from));
    }
    let mut found = Found { findings: shapes.check(&graph)?, ..Found::default() };
    found.findings.retain(|finding| finding.severity <= task.least.severity());
    let base = Base::default();
    match task.format {
        CheckFormat::Text => screen::result(|out| super::check_text::write_findings(&found.findings, &base, out))?,
        CheckFormat::Json => {
            let json = found.json(None)?;
            screen::result(|out| {
                serde_json::to_writer_pretty(&mut *out, &json).map_err(std::io::Error::from)?;
                Ok(writeln!(out)?)
            })?;
        }
        CheckFormat::Turtle => write_report(&report::triples(&found.findings, &|_| Vec::new()), &base, &profile)?,
    }
    let only = Check { only: vec![Matter::Shapes], ..task.clone() };
    Ok(found.sum_up(&only, screen))
}

fn write_report(triples: &[Triple], base: &Base, profile: &Profile) -> anyhow::Result<()> {
    let context = open::context(profile)?;
    let settings = Settings::new(base, &context);
    screen::result(|out| {
        Ok(export::write(export::Format::Turtle, &Content { view: triples, graphs: &[] }, &settings, out)?)
    })
}
