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

/// Checks the rules of the profile, with `files` in it if there are any.
pub fn run(setting: &Setting, files: &[PathBuf], format: &str, screen: &Screen) -> anyhow::Result<Outcome> {
    let mut profile = setting.profile()?;
    let mut places = Vec::new();
    for file in files {
        let place = file.display().to_string();
        let path = path_in(&profile, file)?;
        profile = profile.with_file(&path, &place, open::read(file)?);
        places.push(place);
    }
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
    screen::result(|out| match format {
        "json" => write_json(&diagnostics, out),
        _ => diagnostics.iter().try_for_each(|diagnostic| write_text(diagnostic, &profile, out)),
    })?;
    match (diagnostics.len(), counts) {
        (0, Some((rules, examples))) => {
            screen.note(&format!("{rules} rules are sound, and their {examples} examples come true"));
            return Ok(Outcome::Done);
        }
        (_, Some((rules, examples))) => {
            screen.note(&format!("{rules} rules are sound; of their {examples} examples, {} fail", diagnostics.len()));
        }
        (n, None) => {
            screen.note(&format!(
                "{n} {}; examples run when they are corrected",
                if n == 1 { "mistake" } else { "mistakes" }
            ));
        }
    }
    screen.hint("docs/rules.md explains the codes; urbi rules trace RULE FILE shows where a rule stops");
    Ok(Outcome::Problems)
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
struct Row<'a> {
    code: &'static str,
    file: &'a str,
    line: usize,
    column: usize,
    start: usize,
    end: usize,
    message: &'a str,
    hint: Option<&'a str>,
}

fn write_json(diagnostics: &[Diagnostic], out: &mut dyn Write) -> anyhow::Result<()> {
    let rows: Vec<Row<'_>> = diagnostics
        .iter()
        .map(|d| Row {
            code: d.code.id(),
            file: &d.file,
            line: d.line,
            column: d.column,
            start: d.span.start,
            end: d.span.end,
            message: &d.message,
            hint: d.hint.as_deref(),
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
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
