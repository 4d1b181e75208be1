//! `urbi rules check`, and what `urbi check` says of rules: all mistakes at once, and the examples that do not come true.

use std::io::Write;
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use anyhow::Context as _;
use serde::Serialize;
use urbi::engine::{Engine, EngineError, examples};
use urbi::profile::Profile;
use urbi::rules::{Diagnostic, Info, RulesError};
use urbi::vocab::Base;

use super::open;
use super::outcome::{Outcome, wrong_use};
use super::plan::Setting;
use super::screen::{self, Screen};

const PLACE: Style = Style::new().bold();
const CODE: Style = AnsiColor::Red.on_default().bold();
const GUTTER: Style = AnsiColor::Blue.on_default();
const HINT: Style = AnsiColor::Green.on_default();

/// What was found out about rules.
pub struct Checked {
    /// The profile, with the files in it.
    profile: Profile,
    /// The mistakes.
    pub diagnostics: Vec<Diagnostic>,
    /// How many rules and examples there are. None if rules are wrong, so that no example was run.
    counts: Option<(usize, usize)>,
}

/// Checks the rules of the profile, with `files` in it if there are any.
pub fn run(setting: &Setting, files: &[PathBuf], format: &str, screen: &Screen) -> anyhow::Result<Outcome> {
    let checked = check(setting, files)?;
    screen::result(|out| match format {
        "json" => {
            serde_json::to_writer_pretty(&mut *out, &checked.rows()).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        }
        _ => checked.write(out),
    })?;
    Ok(checked.sum_up(screen))
}

/// Finds the mistakes.
pub fn check(setting: &Setting, files: &[PathBuf]) -> anyhow::Result<Checked> {
    let (profile, places) = with_files(setting.profile()?, files)?;
    let chosen = |info: &Info| places.is_empty() || places.contains(&info.file);
    let (diagnostics, counts) = match Engine::new(&profile, &Base::default()) {
        Ok(engine) => {
            let wrong = examples::check_rules(&engine, &profile, chosen)?;
            let infos: Vec<&Info> = engine.rules().infos().filter(|info| chosen(info)).collect();
            let examples: usize = infos.iter().map(|info| info.examples.len()).sum();
            (wrong, Some((infos.len(), examples)))
        }
        Err(EngineError::Rules(RulesError::Wrong(diagnostics))) => (diagnostics, None),
        Err(error) => return Err(error.into()),
    };
    Ok(Checked { profile, diagnostics, counts })
}

/// A profile with rule files in the place of its own of the same name, and the names by which messages call them.
pub fn with_files(mut profile: Profile, files: &[PathBuf]) -> anyhow::Result<(Profile, Vec<String>)> {
    let mut places = Vec::new();
    for file in files {
        let place = file.display().to_string();
        let path = path_in(&profile, file)?;
        profile = profile.with_file(&path, &place, open::read(file)?);
        places.push(place);
    }
    Ok((profile, places))
}

impl Checked {
    /// Writes the mistakes for people.
    pub fn write(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        self.diagnostics.iter().try_for_each(|diagnostic| write_text(diagnostic, &self.profile, out))
    }

    /// Says how many there are.
    pub fn sum_up(&self, screen: &Screen) -> Outcome {
        match (self.diagnostics.len(), self.counts) {
            (0, Some((rules, examples))) => {
                screen.note(&format!("{rules} rules are sound, and their {examples} examples come true"));
                return Outcome::Done;
            }
            (n, Some((rules, examples))) => {
                screen.note(&format!("{rules} rules are sound; of their {examples} examples, {n} fail"));
            }
            (n, None) => {
                let mistakes = if n == 1 { "mistake" } else { "mistakes" };
                screen.note(&format!("{n} {mistakes}; examples run when they are corrected"));
            }
        }
        screen.hint("docs/rules.md explains the codes; urbi rules trace RULE FILE shows where a rule stops");
        Outcome::Problems
    }

    /// The mistakes for programs.
    pub fn rows(&self) -> Vec<Row<'_>> {
        fn row(d: &Diagnostic) -> Row<'_> {
            Row {
                code: d.code.id(),
                file: &d.file,
                line: d.line,
                column: d.column,
                start: d.span.start,
                end: d.span.end,
                message: &d.message,
                hint: d.hint.as_deref(),
            }
        }
        self.diagnostics.iter().map(row).collect()
    }
}

/// The path that a file has in the profile: that of the file of this name, if there is one.
fn path_in(profile: &Profile, file: &Path) -> anyhow::Result<String> {
    let name = file.file_name().and_then(|name| name.to_str());
    let name = name.with_context(|| format!("{} is no rule file", file.display())).map_err(wrong_use)?;
    let rules = name.strip_suffix(".rules").map(|_| name.to_owned()).unwrap_or_else(|| format!("{name}.rules"));
    let known = profile.files("data/rules", "rules").map(|(path, _)| path);
    let same = known.into_iter().find(|path| path.rsplit('/').next() == Some(&rules)).map(str::to_owned);
    Ok(same.unwrap_or_else(|| format!("data/rules/{rules}")))
}

/// A mistake as a row of the JSON report; offsets are bytes of the file.
#[derive(Serialize)]
pub struct Row<'a> {
    code: &'static str,
    file: &'a str,
    line: usize,
    column: usize,
    start: usize,
    end: usize,
    message: &'a str,
    hint: Option<&'a str>,
}

/// In a pipe one line; on a terminal with the line of the file, the place in it marked.
fn write_text(diagnostic: &Diagnostic, profile: &Profile, out: &mut dyn Write) -> anyhow::Result<()> {
    if !screen::is_terminal() {
        return Ok(writeln!(out, "{diagnostic}")?);
    }
    let Diagnostic { file, line, column, message, .. } = diagnostic;
    let mut text = format!("{PLACE}{file}:{line}:{column}{PLACE:#} {CODE}{}{CODE:#} {message}\n", diagnostic.code.id());
    let path = profile.files("data/rules", "rules").map(|(path, _)| path).find(|path| profile.place(path) == *file);
    if let Some(path) = path {
        let source = profile.text(path)?;
        let words = source.lines().nth(line - 1).unwrap_or_default();
        let width =
            source.get(diagnostic.span.clone()).map_or(1, |s| s.lines().next().unwrap_or_default().chars().count());
        let before = " ".repeat(column - 1);
        let (number, blank) = (line.to_string(), " ".repeat(line.to_string().len()));
        text += &format!("{GUTTER}{number} |{GUTTER:#} {words}\n");
        text += &format!("{GUTTER}{blank} |{GUTTER:#} {before}{CODE}{}{CODE:#}\n", "^".repeat(width.max(1)));
    }
    if let Some(hint) = &diagnostic.hint {
        text += &format!("  {HINT}hint:{HINT:#} {hint}\n");
    }
    screen::styled(&text, out)
}
