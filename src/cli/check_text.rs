//! What `urbi check` finds in a graph, for people: what is wrong, and the words that it comes from.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use urbi::curation::Recorded;
use urbi::explain::{Explainer, Pattern};
use urbi::graph::Graph;
use urbi::query::{Shortener, sanitized};
use urbi::shapes::{Finding, Severity, grounds};
use urbi::view::{Conflict, Gone, Missing, Refusal, Standing};
use urbi::vocab::Base;

use super::brief::{Brief, one_line};
use super::check::Found;
use super::open;
use super::screen;

const NAME: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const BAD: Style = AnsiColor::Red.on_default().bold();
const NOTE: Style = AnsiColor::Yellow.on_default().bold();
const CALM: Style = AnsiColor::Blue.on_default();

/// Writes what was found, with names instead of IRIs.
pub struct Text<'a> {
    explainer: &'a Explainer<'a>,
    brief: Brief<'a>,
}

impl<'a> Text<'a> {
    /// Entities are called what they are called in `graph`.
    pub fn new(explainer: &'a Explainer<'a>, graph: &'a Graph) -> Text<'a> {
        Text { explainer, brief: Brief::new(explainer, graph) }
    }

    /// Writes it all: what must be decided first, what is settled last. Of each finding, at most so many facts.
    pub fn write(&self, found: &Found, facts: usize, out: &mut dyn Write) -> anyhow::Result<()> {
        for finding in &found.findings {
            screen::styled(&self.finding(finding), out)?;
            for fact in grounds(self.explainer, finding)?.iter().take(facts) {
                screen::styled(&self.brief.fact(fact), out)?;
            }
        }
        for conflict in found.conflicts.iter().filter(|conflict| conflict.is_open()) {
            self.conflict(conflict, out)?;
        }
        for conflict in found.conflicts.iter().filter(|conflict| !conflict.is_open()) {
            self.conflict(conflict, out)?;
        }
        found.gone.iter().try_for_each(|gone| screen::styled(&self.gone(gone), out))
    }

    fn finding(&self, finding: &Finding) -> String {
        let style = style(finding.severity);
        let node = self.brief.named(&finding.focus);
        format!("{style}{}{style:#}  {node}{}\n", finding.severity.name(), objection(finding, &self.brief.short))
    }

    fn conflict(&self, conflict: &Conflict, out: &mut dyn Write) -> anyhow::Result<()> {
        let (subject, predicate) = match conflict {
            Conflict::Values { subject, predicate, dropped, .. } => {
                let is = |standing| dropped.iter().any(|dropped| dropped.standing == standing);
                let (style, what) = match () {
                    () if conflict.is_open() => (BAD, "conflict"),
                    () if is(Standing::Overtaken) => (CALM, "overtaken"),
                    () => (CALM, "corrected"),
                };
                let relation = self.brief.relation(predicate);
                let line =
                    format!("{style}{what}{style:#}  {}  {relation}\n", self.brief.named(&subject.clone().into()));
                screen::styled(&line, out)?;
                (subject, predicate)
            }
            Conflict::Replaced { subject, predicate, value, by } => {
                let by: Vec<String> = by.iter().map(|value| self.brief.named(value)).collect();
                let (subject_name, relation) =
                    (self.brief.named(&subject.clone().into()), self.brief.relation(predicate));
                let text = format!(
                    "{CALM}replaced{CALM:#}  {subject_name}  {relation}  {}: later announcements give {}\n",
                    self.brief.named(value),
                    by.join(", ")
                );
                return screen::styled(&text, out);
            }
            Conflict::Keys { keys, reason } => {
                let keys: Vec<String> = keys.iter().map(|key| self.brief.short.iri(key.as_str())).collect();
                let why = match reason {
                    Refusal::TwoOrdinals => "they are two editions of one series",
                    Refusal::TwoAuthorities => "they are two records of an authority file",
                };
                let keys = keys.join(", ");
                let line = format!("{BAD}conflict{BAD:#}  {keys} are stated to be one and not merged: {why}\n");
                return screen::styled(&line, out);
            }
        };
        let asked = Pattern { subject: Some(subject), predicate: Some(predicate), object: None };
        for fact in self.explainer.explain(asked)? {
            screen::styled(&self.brief.fact(&fact), out)?;
        }
        Ok(())
    }

    fn gone(&self, gone: &Gone) -> String {
        let Recorded { iri, decision, .. } = &gone.decision;
        let missing = match &gone.missing {
            Missing::Keys(keys) => {
                let keys: Vec<String> = keys.iter().map(|key| self.brief.short.iri(key.as_str())).collect();
                format!("no evidence speaks of {}", keys.join(", "))
            }
            Missing::Statement => "no evidence states the fact".to_owned(),
            Missing::Decision(undone) => format!("{} is not here", self.brief.short.iri(undone.as_str())),
        };
        let (action, author) = (decision.action.name(), sanitized(&decision.author));
        format!("{NOTE}decision{NOTE:#}  {}, {action} by {author}: {missing}\n", self.brief.short.iri(iri.as_str()))
    }
}

/// Writes findings about a graph that has no evidence.
pub fn write_findings(findings: &[Finding], base: &Base, out: &mut dyn Write) -> anyhow::Result<()> {
    let short = open::shortener(base);
    findings.iter().try_for_each(|finding| {
        let style = style(finding.severity);
        let node = short.term(&finding.focus);
        let objection = objection(finding, &short);
        let line = format!("{style}{}{style:#}  {NAME}{node}{NAME:#}{objection}\n", finding.severity.name());
        screen::styled(&line, out)
    })
}

/// What a shape objects to.
fn objection(finding: &Finding, short: &Shortener) -> String {
    let mut text = String::new();
    if let Some(path) = &finding.path {
        let path = path.show(&|predicate| short.iri(predicate.as_str()));
        text += &format!("  {}", path.replace("urbi:", ""));
    }
    if let Some(value) = finding.value.as_ref().filter(|value| **value != finding.focus) {
        text += &format!("  {}", short.term(value));
    }
    let component = finding.component.as_str().rsplit('#').next().unwrap_or_default();
    let component = component.trim_end_matches("ConstraintComponent");
    match &finding.message {
        Some(message) => text + &format!(": {} {QUIET}({component}){QUIET:#}", one_line(message)),
        None => text + &format!(": {component}"),
    }
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Violation => BAD,
        Severity::Warning => NOTE,
        Severity::Info => CALM,
    }
}
