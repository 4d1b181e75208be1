//! `urbi query` without a question: a conversation.

use std::sync::Arc;

use anyhow::Context as _;
use etcetera::BaseStrategy as _;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Config, Editor};
use urbi::profile::Profile;
use urbi::query::{self, Format, Limits, Query, Saved};
use urbi::site::Site;
use urbi::store::Store;
use urbi::vocab::PREFIXES;

use super::outcome::Outcome;
use super::plan::Setting;
use super::query as asking;
use super::repl_words::Words;
use super::screen::{self, Screen};

/// Lines of the history that are kept.
const HISTORY: usize = 2000;
const HELP: &str = "\
A question in SPARQL, over as many lines as it needs; it is asked when its brackets are closed.
  .list                    the questions that have a name
  .run NAME [NAME=VALUE …] ask one of them
  .format FORM             table, csv, tsv, json, xml; turtle, ntriples, jsonld
  .quit                    end (Ctrl-D does, too)
Tab completes prefixes, classes, relations, variables and, within quotation marks, names.";

/// A conversation with a store.
struct Conversation<'a> {
    site: Site,
    profile: Profile,
    saved: Vec<Saved>,
    limits: Limits,
    format: Format,
    screen: &'a Screen,
}

/// Answers one question after the other, until there are no more.
pub fn run(setting: &Setting, limits: Limits, screen: &Screen) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let site = Site::new(Arc::new(Store::open_read_only(&setting.store)?), &profile)?;
    let saved = asking::saved(&profile)?;
    let config =
        Config::builder().max_history_size(HISTORY)?.completion_type(CompletionType::List).auto_add_history(true);
    let mut editor: Editor<Words, FileHistory> = Editor::with_config(config.build())?;
    editor.set_helper(Some(words(&site, &saved)?));
    let history = history();
    if let Some(file) = &history {
        // The first time there is none.
        let _ = editor.load_history(file);
    }
    screen.note("ask in SPARQL; .help says more, Ctrl-D ends");
    let mut conversation = Conversation { site, profile, saved, limits, format: Format::Table, screen };
    loop {
        match editor.readline("urbi> ") {
            Ok(line) if line.trim() == ".quit" => break,
            Ok(line) => {
                if let Err(error) = conversation.answer(line.trim()) {
                    screen.error(&error);
                }
            }
            // What was begun is dropped.
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(error).context("cannot read what is typed"),
        }
    }
    if let Some(file) = &history
        && let Some(folder) = file.parent()
        && std::fs::create_dir_all(folder).is_ok()
    {
        // It is a comfort, and nothing is lost without it.
        let _ = editor.save_history(file);
    }
    Ok(Outcome::Done)
}

/// Where a user's history lies: `urbi/query-history` in the folder of data (`~/.local/share` on Linux).
fn history() -> Option<std::path::PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.data_dir().join("urbi/query-history"))
}

/// What may stand in a question to this store.
fn words(site: &Site, saved: &[Saved]) -> anyhow::Result<Words> {
    let mut names: Vec<String> = PREFIXES.iter().map(|(prefix, _)| format!("{prefix}:")).collect();
    names.extend(site.ontology().classes().map(|(_, class)| format!("urbi:{}", class.name)));
    names.extend(site.ontology().relations().map(|(_, relation)| format!("urbi:{}", relation.name)));
    names.extend(["rdfs:label", "skos:altLabel", "owl:sameAs", "geo:lat", "geo:long", "rdf:type"].map(str::to_owned));
    names.sort();
    let mut labels: Vec<String> = site.graph()?.entities().flat_map(|(_, entity)| entity.names.clone()).collect();
    labels.sort();
    labels.dedup();
    Ok(Words { names, labels, saved: saved.iter().map(|query| query.bare_name().to_owned()).collect() })
}

impl Conversation<'_> {
    fn answer(&mut self, line: &str) -> anyhow::Result<()> {
        let (command, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match command {
            "" => Ok(()),
            ".help" => screen::result(|out| Ok(writeln!(out, "{HELP}")?)),
            ".list" => screen::result(|out| {
                self.saved.iter().try_for_each(|query| Ok(writeln!(out, "{}  {}", query.bare_name(), query.question)?))
            }),
            ".format" => {
                self.format = rest.trim().parse()?;
                Ok(())
            }
            ".run" => {
                let (name, values) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
                let saved = query::find(&self.saved, name)?;
                self.ask(self.site.question(&saved.name, saved, &pairs(values))?)
            }
            command if command.starts_with('.') => {
                self.screen.warning(&format!("there is no command {command}; .help shows them all"));
                Ok(())
            }
            _ => self.ask(Query::parse("query", line, PREFIXES)?),
        }
    }

    fn ask(&self, query: Query) -> anyhow::Result<()> {
        let query = asking::with_index(query, self.site.store())?;
        let store = Arc::clone(self.site.store());
        let answer = query.run(self.limits, move |prepared| store.query(prepared))?;
        // The form that was set, where it can hold this answer.
        let format = if answer.check(self.format).is_ok() { self.format } else { answer.usual_format(true) };
        screen::result(|out| asking::write(&answer, format, self.site.store(), &self.profile, out))?;
        asking::note_rows(&answer, self.screen);
        Ok(())
    }
}

/// Reads `city=Cork series=World Urban Forum`: a value goes on to the next name.
fn pairs(text: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for word in text.split_whitespace() {
        match (word.split_once('='), pairs.last_mut()) {
            (Some((name, value)), _) => pairs.push((name.to_owned(), value.to_owned())),
            (None, Some((_, value))) => *value = format!("{value} {word}"),
            (None, None) => pairs.push((word.to_owned(), String::new())),
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn values_may_have_blanks() {
        let own =
            |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
        assert_eq!(pairs("a=Cork z=New  York"), own(&[("a", "Cork"), ("z", "New York")]));
        assert_eq!(pairs(""), Vec::new());
    }
}
