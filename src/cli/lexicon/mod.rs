//! `urbi lexicon`: names of the user's own, in the profile folder, used from then on.

pub mod args;
mod explain;
mod import;
mod search;

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use urbi::lexicon::{Entry, import as library};
use urbi::profile::{Profile, ProfileError};

use super::files;
use super::outcome::{Outcome, wrong_use};
use super::plan::Setting;
use super::screen::{self, Screen};
use args::{Add, Lexicon};

/// The table that `add` writes.
const OWN: &str = "own";

/// Does what was asked.
pub fn run(setting: &Setting, task: &Lexicon, screen: &Screen) -> anyhow::Result<Outcome> {
    match task {
        Lexicon::Add(task) => add(setting, task, screen),
        Lexicon::Import(task) => import::run(setting, task, screen),
        Lexicon::Search(task) => search::run(setting, task, screen),
        Lexicon::Explain(task) => explain::run(setting, task, screen),
    }
}

/// A table of the user's profile.
struct Table {
    /// Where it lies, or will lie.
    file: PathBuf,
    /// The profile without it.
    profile: Profile,
}

impl Table {
    /// The table of that name, in the folder that the user names or usually has.
    fn new(setting: &Setting, name: &str) -> anyhow::Result<Table> {
        let Some(folder) = setting.own_profile() else {
            bail!(wrong_use(anyhow::anyhow!("no folder for your profile is known: name one with --profile DIR")))
        };
        let path = format!("data/lexicon/{name}.tsv");
        if Profile::embedded().file(&path).is_some() {
            let error = anyhow::anyhow!(
                "{name} is a table of the program, which it would replace: choose another name with --as"
            );
            return Err(wrong_use(error));
        }
        let profile = match Profile::with_overlay(folder) {
            // The first table makes the profile.
            Err(ProfileError::NoProfile(_)) => Profile::embedded(),
            profile => profile?,
        };
        Ok(Table { file: folder.join(&path), profile: profile.without(&path) })
    }

    /// Its text; empty if it is not there yet.
    fn text(&self) -> anyhow::Result<String> {
        match std::fs::read_to_string(&self.file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
            text => text.with_context(|| format!("cannot read {}", self.file.display())),
        }
    }

    /// Writes it whole; false if it was just so before.
    fn write(&self, text: &str) -> anyhow::Result<bool> {
        if self.text().is_ok_and(|before| before == text) {
            return Ok(false);
        }
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        }
        files::write(&self.file, |out| Ok(out.write_all(text.as_bytes())?))?;
        Ok(true)
    }
}

fn add(setting: &Setting, task: &Add, screen: &Screen) -> anyhow::Result<Outcome> {
    let table = Table::new(setting, OWN)?;
    let (names, acronyms) = (task.also.join("|"), task.acronym.join("|"));
    let population = task.population.map(|number| number.to_string()).unwrap_or_default();
    let (lat, long) = match &task.at {
        None => ("", ""),
        Some(at) => {
            let wrong = || {
                wrong_use(anyhow::anyhow!("--at {at}: write latitude and longitude with a comma between, 51.9,-8.47"))
            };
            at.split_once(',').ok_or_else(wrong)?
        }
    };
    let text = |given: &'_ Option<String>| given.clone().unwrap_or_default();
    let (key, country) = (text(&task.key), text(&task.country).to_uppercase());
    let (wikidata, homepage) = (text(&task.wikidata), text(&task.homepage));
    let cells = [
        ("kind", task.kind.name()),
        ("key", &key),
        ("label", &task.name),
        ("names", &names),
        ("acronyms", &acronyms),
        ("country", &country),
        ("population", &population),
        ("lat", lat.trim()),
        ("long", long.trim()),
        ("wikidata", &wikidata),
        ("homepage", &homepage),
    ];
    let file = table.file.display().to_string();
    let (line, kind, key) =
        library::table_of_line(&file, &table.text()?, &cells, &table.profile).map_err(|e| wrong_use(e.into()))?;
    let is_new = table.write(&line)?;
    let done = if is_new { "written to" } else { "is already so in" };
    screen.note(&format!("{} {key} ({}) {done} {file}", kind.name(), task.name));
    Ok(Outcome::Done)
}

/// An entry on one line: what it is, where, how large.
fn line(entry: &Entry<'_>) -> String {
    let mut line = format!("{} {}", entry.kind.name(), entry.key());
    if let Some(country) = entry.country.filter(|country| *country != entry.key()) {
        let admin1 = entry.admin1.map(|code| format!(" ({code})")).unwrap_or_default();
        line.push_str(&format!(", in {country}{admin1}"));
    }
    if entry.population > 0 {
        line.push_str(&format!(", {} inhabitants", entry.population));
    }
    line
}

/// Writes rows as a table on a terminal, else with tabs between.
fn rows(header: [&str; 6], rows: Vec<Vec<String>>) -> anyhow::Result<()> {
    screen::result(|out| {
        if screen::is_terminal() {
            let table = urbi::query::table(header.map(str::to_owned).to_vec(), rows.into_iter(), screen::width());
            return Ok(write!(out, "{table}")?);
        }
        writeln!(out, "{}", header.join("\t"))?;
        rows.iter().try_for_each(|row| writeln!(out, "{}", row.join("\t"))).map_err(Into::into)
    })
}
