//! `urbi rules try`: what changed rules would gain and lose, before anything is written.

use std::io::Write;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use anyhow::ensure;
use oxrdf::{NamedOrBlankNode, Term};
use rayon::prelude::*;
use serde::Serialize;
use urbi::engine::Engine;
use urbi::eval::{Change, Judgement, Report, gold};
use urbi::fact::Confidence;
use urbi::query::{Shortener, sanitized};
use urbi::store::{OpenError, Store};
use urbi::trial::{Effect, Moved, on_store};
use urbi::vocab::Base;

use super::brief::one_line;
use super::files::here;
use super::outcome::{Outcome, wrong_use};
use super::plan::Setting;
use super::rules_check;
use super::screen::{self, Screen};
use super::why_args::Try;
use super::{eval, eval_text, open};

const LOST: Style = AnsiColor::Red.on_default();
const GAINED: Style = AnsiColor::Green.on_default();
const NAME: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const QUOTE: Style = AnsiColor::Cyan.on_default();

/// Sentences that are shown of one fact.
const SENTENCES: usize = 2;

/// Tries rules out.
pub fn run(setting: &Setting, task: &Try, screen: &Screen) -> anyhow::Result<Outcome> {
    let checked = rules_check::check(setting, &task.files)?;
    if !checked.diagnostics.is_empty() {
        screen::result(|out| checked.write(out))?;
        return Ok(checked.sum_up(screen));
    }
    let profile = setting.profile()?;
    let (changed, _) = rules_check::with_files(setting.profile()?, &task.files)?;
    let store = match Store::open_read_only(&setting.store) {
        Err(OpenError::Missing(path)) if task.gold.is_some() => {
            screen.note(&format!("there is no store at {}; only the gold corpus is read", path.display()));
            None
        }
        opened => Some(opened?),
    };
    let base = store.as_ref().map_or_else(Base::default, |store| store.base().clone());
    let (before, after) = (Engine::new(&profile, &base)?, Engine::new(&changed, &base)?);
    let effect = store.as_ref().map(|store| {
        let bar = screen.progress(store.documents()?.len());
        let effect = on_store(store, &before, &after, &|| bar.inc(1));
        bar.finish_and_clear();
        anyhow::Ok(effect?)
    });
    let effect = effect.transpose()?;
    let reports = task.gold.as_ref().map(|folder| reports(folder, &before, &after, &base, screen)).transpose()?;
    let change = reports.as_ref().map(|(old, new)| Change::new(old, new));
    let short = open::shortener(&base);
    screen::result(|out| {
        if task.format == "json" {
            let json = Json { store: effect.as_ref().map(EffectJson::new), gold: change.as_ref() };
            serde_json::to_writer_pretty(&mut *out, &json).map_err(std::io::Error::from)?;
            return Ok(writeln!(out)?);
        }
        if let Some(effect) = &effect {
            write_effect(effect, &short, out)?;
        }
        if let (Some((_, report)), Some(change)) = (&reports, &change) {
            eval_text::Text { report, width: screen::width() }.write_change(change, out)?;
        }
        Ok(())
    })?;
    if let Some(effect) = &effect {
        effect.unread.iter().for_each(|problem| screen.warning(problem));
        let others = effect.difference.gained() + effect.difference.lost() - effect.gained.len() - effect.lost.len();
        screen.note(&format!(
            "store: {} of {} documents give other evidence; {} facts gained, {} lost; {others} other statements change",
            effect.touched,
            effect.documents,
            effect.gained.len(),
            effect.lost.len(),
        ));
    }
    if let Some(change) = &change {
        screen.note(&format!(
            "gold: {} right facts gained, {} lost; {} wrong ones more, {} fewer",
            change.gained.len(),
            change.lost.len(),
            change.invented.len(),
            change.withdrawn.len()
        ));
    } else {
        screen.hint("--gold GOLD shows what it does to announcements whose facts are known");
    }
    Ok(Outcome::Done)
}

/// How the gold corpus is read by both.
fn reports(
    folder: &Path,
    before: &Engine,
    after: &Engine,
    base: &Base,
    screen: &Screen,
) -> anyhow::Result<(Report, Report)> {
    ensure!(folder.is_dir(), wrong_use(anyhow::anyhow!("{} is no folder", folder.display())));
    let cases = gold::cases(folder, before.ontology())?;
    let bar = screen.progress(2 * cases.len());
    let report = |engine: &Engine, name: &str| {
        let judge = |case: &gold::Case| {
            let judged = eval::judged(engine, base, case, Confidence::default());
            bar.inc(1);
            judged
        };
        let judged: Vec<Judgement> = cases.par_iter().map(judge).collect();
        Report::new(name.to_owned(), judged)
    };
    let reports = (report(before, "before"), report(after, "after"));
    bar.finish_and_clear();
    Ok(reports)
}

/// Writes the facts that come and go, by subject.
fn write_effect(effect: &Effect, short: &Shortener, out: &mut dyn Write) -> anyhow::Result<()> {
    for change in &effect.difference.subjects {
        let own = |moved: &&Moved| moved.statement.subject == change.subject;
        let lost: Vec<&Moved> = effect.lost.iter().filter(own).collect();
        let gained: Vec<&Moved> = effect.gained.iter().filter(own).collect();
        if lost.is_empty() && gained.is_empty() {
            continue;
        }
        let subject = short.term(&Term::from(change.subject.clone()));
        let mut text = match &change.label {
            Some(label) => format!("{NAME}{}{NAME:#} {QUIET}<{subject}>{QUIET:#}\n", sanitized(label)),
            None => format!("{NAME}{subject}{NAME:#}\n"),
        };
        for (sign, style, facts) in [('-', LOST, lost), ('+', GAINED, gained)] {
            facts.into_iter().for_each(|moved| text += &fact(moved, sign, style, short));
        }
        screen::styled(&text, out)?;
    }
    Ok(())
}

fn fact(moved: &Moved, sign: char, style: Style, short: &Shortener) -> String {
    let predicate = short.iri(moved.statement.predicate.as_str());
    let relation = predicate.strip_prefix("urbi:").unwrap_or(&predicate);
    let value = short.term(&moved.statement.object);
    let value = match &moved.object {
        Some(label) => format!("{} <{value}>", sanitized(label)),
        None => value,
    };
    let mut text = format!("{style}{sign} {relation}  {value}{style:#}\n");
    for ground in moved.grounds.iter().take(SENTENCES) {
        text += &format!(
            "    {QUOTE}“{}”{QUOTE:#} {QUIET}({}; {} {}){QUIET:#}\n",
            one_line(&ground.quote),
            sanitized(here(&ground.place)),
            ground.rule,
            ground.confidence
        );
    }
    match moved.grounds.len() {
        0 => text += &format!("    {QUIET}another value takes or leaves its place{QUIET:#}\n"),
        n if n > SENTENCES => text += &format!("    {QUIET}and {} more sentences{QUIET:#}\n", n - SENTENCES),
        _ => {}
    }
    text
}

#[derive(Serialize)]
struct Json<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    store: Option<EffectJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gold: Option<&'a Change>,
}

#[derive(Serialize)]
struct EffectJson<'a> {
    documents: usize,
    touched: usize,
    unread: &'a [String],
    gained: Vec<MovedJson<'a>>,
    lost: Vec<MovedJson<'a>>,
    /// Names, types and links that change, too.
    others: usize,
}

#[derive(Serialize)]
struct MovedJson<'a> {
    subject: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject_label: Option<&'a str>,
    relation: &'a str,
    object: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    object_label: Option<&'a str>,
    evidence: Vec<GroundJson<'a>>,
}

#[derive(Serialize)]
struct GroundJson<'a> {
    document: &'a str,
    quote: &'a str,
    chars: [u32; 2],
    rule: &'a str,
    confidence: u16,
}

impl EffectJson<'_> {
    fn new(effect: &Effect) -> EffectJson<'_> {
        let all = effect.difference.gained() + effect.difference.lost();
        EffectJson {
            documents: effect.documents,
            touched: effect.touched,
            unread: &effect.unread,
            gained: effect.gained.iter().map(MovedJson::new).collect(),
            lost: effect.lost.iter().map(MovedJson::new).collect(),
            others: all - effect.gained.len() - effect.lost.len(),
        }
    }
}

impl MovedJson<'_> {
    fn new(moved: &Moved) -> MovedJson<'_> {
        let grounds = moved.grounds.iter().map(|ground| GroundJson {
            document: ground.document.as_str(),
            quote: &ground.quote,
            chars: ground.chars,
            rule: &ground.rule,
            confidence: ground.confidence.thousandths(),
        });
        MovedJson {
            subject: match &moved.statement.subject {
                NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
                NamedOrBlankNode::BlankNode(node) => node.to_string(),
            },
            subject_label: moved.subject.as_deref(),
            relation: moved.statement.predicate.as_str(),
            object: match &moved.statement.object {
                Term::NamedNode(node) => node.as_str().to_owned(),
                Term::Literal(literal) => literal.value().to_owned(),
                other => other.to_string(),
            },
            object_label: moved.object.as_deref(),
            evidence: grounds.collect(),
        }
    }
}
