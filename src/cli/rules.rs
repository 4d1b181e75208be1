//! `urbi rules`: what rules there are. Checking and tracing them are modules of their own.

use serde::Serialize;
use urbi::engine::Engine;
use urbi::ontology::Ontology;
use urbi::query;
use urbi::rules::{Rule, RuleSet, Type};
use urbi::vocab::Base;

use super::args::Rules;
use super::outcome::Outcome;
use super::plan::Setting;
use super::rules_check;
use super::rules_trace;
use super::rules_try;
use super::screen::{self, Screen};

/// Does what the subcommand says.
pub fn run(setting: &Setting, task: &Rules, screen: &Screen) -> anyhow::Result<Outcome> {
    match task {
        Rules::Check { files, format } => rules_check::run(setting, files, format, screen),
        Rules::Try(task) => rules_try::run(setting, task, screen),
        Rules::List { word, format } => list(setting, word.as_deref(), format.as_deref(), screen),
        Rules::Trace { rule, file, all, format, from } => {
            let engine = Engine::new(&setting.profile()?, &Base::default())?;
            rules_trace::run(&engine, rule, &rules_trace::Look { file, all: *all, format, form: *from }, screen)
        }
    }
}

/// A rule as a row of the list.
#[derive(Serialize)]
struct Row<'a> {
    kind: &'static str,
    name: &'a str,
    description: &'a str,
    /// The class that a mention rule finds.
    #[serde(skip_serializing_if = "Option::is_none")]
    finds: Option<&'a str>,
    /// The relations that it states.
    states: Vec<&'a str>,
    confidence: u16,
    version: &'a str,
    file: &'a str,
    line: usize,
    examples: usize,
}

impl<'a> Row<'a> {
    fn new(rule: Rule<'a>, ontology: &'a Ontology) -> Row<'a> {
        let info = rule.info();
        let mut states: Vec<&str> = info.then.iter().map(|t| ontology[t.relation].name.as_str()).collect();
        states.sort_unstable();
        states.dedup();
        let finds = match rule {
            Rule::Mention(_, rule) => match rule.ty {
                Type::Class(class) => Some(ontology[class].name.as_str()),
                Type::Value(_) => None,
            },
            _ => None,
        };
        Row {
            kind: info.kind.keyword(),
            name: &info.rule.name,
            description: &info.doc,
            finds,
            states,
            confidence: info.confidence.thousandths(),
            version: &info.rule.version,
            file: &info.file,
            line: info.line,
            examples: info.examples.len(),
        }
    }

    fn has(&self, word: &str) -> bool {
        let word = word.trim_start_matches([':', '@']);
        let named = [self.kind, self.name, self.file].contains(&word) || self.finds == Some(word);
        named || self.states.contains(&word) || self.file.ends_with(&format!("/{word}"))
    }

    fn cells(&self) -> Vec<String> {
        let finds = self.finds.map(|class| format!("@{class}"));
        let states = self.states.iter().map(|relation| format!(":{relation}"));
        let gives: Vec<String> = finds.into_iter().chain(states).collect();
        [self.kind, self.name, self.description, &gives.join(" "), &self.confidence.to_string(), self.version]
            .into_iter()
            .map(str::to_owned)
            .chain([format!("{}:{}", self.file, self.line)])
            .collect()
    }
}

fn list(setting: &Setting, word: Option<&str>, format: Option<&str>, screen: &Screen) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let ontology = Ontology::load(&profile)?;
    let rules = RuleSet::load(&profile, &ontology)?;
    let mut rows: Vec<Row<'_>> = rules.rules().map(|rule| Row::new(rule, &ontology)).collect();
    rows.retain(|row| word.is_none_or(|word| row.has(word)));
    rows.sort_by_key(|row| (row.file, row.line));
    let header = ["kind", "name", "description", "gives", "confidence", "version", "place"].map(str::to_owned).to_vec();
    let table = format.map_or_else(screen::is_terminal, |format| format == "table");
    screen::result(|out| {
        match format {
            Some("json") => {
                serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
            _ if table => {
                let cells = rows.iter().map(Row::cells);
                write!(out, "{}", query::table(header, cells, screen::width()))?;
            }
            _ => {
                for row in &rows {
                    writeln!(out, "{}", row.cells().join("\t"))?;
                }
            }
        }
        Ok(())
    })?;
    if let (true, Some(word)) = (rows.is_empty(), word) {
        let names = rules.rules().map(|rule| rule.info().rule.name.as_str());
        let near = query::nearest(word, names).map(|name| format!("; did you mean {name}?")).unwrap_or_default();
        screen.warning(&format!("no rule has the name, kind, type, relation or file {word}{near}"));
        return Ok(Outcome::Problems);
    }
    if table {
        screen.note(&format!("{} {}", rows.len(), if rows.len() == 1 { "rule" } else { "rules" }));
    }
    Ok(Outcome::Done)
}
