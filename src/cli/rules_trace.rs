//! `urbi rules trace`: what a rule does in an announcement, and where it stops.

use std::io::{Read, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use anyhow::Context as _;
use serde::Serialize;
use urbi::engine::Engine;
use urbi::engine::trace::{Outcome as Went, Step, trace};
use urbi::query;
use urbi::rules::Rule;
use urbi::source::{self, Form};

use super::open;
use super::outcome::{Outcome, wrong_use};
use super::screen::{self, Screen};

const MATCHED: Style = AnsiColor::Green.on_default().bold();
const STOPPED: Style = AnsiColor::Red.on_default().bold().underline();
const FIRED: Style = AnsiColor::Green.on_default();
const WHY: Style = AnsiColor::Yellow.on_default();

/// What to look at, and how to show it.
pub struct Look<'a> {
    /// The announcement.
    pub file: &'a Path,
    /// Show every sentence.
    pub all: bool,
    /// `text` or `json`.
    pub format: &'a str,
    /// The form of the file.
    pub form: Option<Form>,
}

/// Shows what a rule does.
pub fn run(engine: &Engine, name: &str, look: &Look<'_>, screen: &Screen) -> anyhow::Result<Outcome> {
    let rule = engine.rules().rule(name).with_context(|| {
        let names = engine.rules().infos().map(|info| info.rule.name.as_str());
        let near = query::nearest(name, names).map(|name| format!("; did you mean {name}?"));
        format!("there is no rule {name}{}", near.unwrap_or_else(|| "; urbi rules list shows them".to_owned()))
    });
    let rule = rule.map_err(wrong_use)?;
    let (file, bytes) = if look.file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
        ("standard input".to_owned(), bytes)
    } else {
        (look.file.display().to_string(), open::read(look.file)?)
    };
    let announcements = source::read(&file, &bytes, look.form)?;
    let mut steps: Vec<Step> = announcements.iter().flat_map(|a| trace(engine, rule, a)).collect();
    let all = steps.len();
    steps.retain(|step| look.all || step.is_near());
    screen::result(|out| match look.format {
        "json" => write_json(rule, &file, &steps, out),
        _ => steps.iter().try_for_each(|step| write_text(step, out)),
    })?;
    let fired = steps.iter().filter(|step| matches!(step.outcome, Went::Fired(_))).count();
    let near = steps.len() - fired;
    screen.note(&format!("{name} fires {fired} times; {near} other places are shown"));
    if all > steps.len() {
        screen.hint(&format!("{} more, in which none of its words stand: --all", all - steps.len()));
    }
    Ok(Outcome::Done)
}

/// A step as a row of the JSON report; offsets are bytes of the sentence.
#[derive(Serialize)]
struct Row<'a> {
    sentence: usize,
    text: &'a str,
    matched: [usize; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped_at: Option<[usize; 2]>,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    states: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a [String]>,
}

#[derive(Serialize)]
struct Report<'a> {
    rule: &'a str,
    kind: &'static str,
    version: &'a str,
    place: String,
    file: &'a str,
    steps: Vec<Row<'a>>,
}

impl<'a> Row<'a> {
    fn new(step: &'a Step) -> Row<'a> {
        let (outcome, states, why, short) = match &step.outcome {
            Went::Fired(facts) => ("fired", Some(facts.as_slice()), None, None),
            Went::Stopped(why) => ("stopped", None, Some(why.as_str()), None),
            Went::Short { part, expected, .. } => ("short", None, None, Some((part.as_str(), expected.as_slice()))),
        };
        Row {
            sentence: step.sentence,
            text: &step.text,
            matched: [step.matched.start, step.matched.end],
            stopped_at: step.stopped_at.as_ref().map(|at| [at.start, at.end]),
            outcome,
            states,
            why,
            part: short.map(|(part, _)| part),
            expected: short.map(|(_, expected)| expected),
        }
    }
}

fn write_json(rule: Rule<'_>, file: &str, steps: &[Step], out: &mut dyn Write) -> anyhow::Result<()> {
    let info = rule.info();
    let report = Report {
        rule: &info.rule.name,
        kind: info.kind.keyword(),
        version: &info.rule.version,
        place: format!("{}:{}", info.file, info.line),
        file,
        steps: steps.iter().map(Row::new).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &report).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}

fn write_text(step: &Step, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut text = String::new();
    if step.sentence > 0 {
        text += &format!("{}. {}\n", step.sentence, marked(step));
    }
    match &step.outcome {
        Went::Fired(facts) => facts.iter().for_each(|fact| text += &format!("   {FIRED}states{FIRED:#} {fact}\n")),
        Went::Stopped(why) => text += &format!("   {WHY}stopped:{WHY:#} {why}\n"),
        Went::Short { part, expected, .. } => {
            let found = step.stopped_at.clone().and_then(|at| step.text.get(at));
            let there = found.map_or_else(|| "the end".to_owned(), |word| format!("{word:?}"));
            text += &format!("   {WHY}{part}:{WHY:#} at {there}, expected {}\n", expected.join(", or "));
        }
    }
    screen::styled(&text, out)
}

/// The sentence on one line; what matches is bold, the word at which the rule stopped underlined. Without colours, what
/// matches stands in square brackets.
fn marked(step: &Step) -> String {
    let mut out = String::new();
    let colour = screen::is_coloured();
    let (open, close) = match colour {
        true => (MATCHED.render().to_string(), MATCHED.render_reset().to_string()),
        false => ("[".to_owned(), "]".to_owned()),
    };
    for (at, c) in step.text.char_indices() {
        if at == step.matched.start && !step.matched.is_empty() {
            out += &open;
        }
        if colour && step.stopped_at.as_ref().is_some_and(|stop| stop.start == at) {
            out += &STOPPED.render().to_string();
        }
        out.push(if c.is_control() { ' ' } else { c });
        let end = at + c.len_utf8();
        if end == step.matched.end && !step.matched.is_empty() {
            out += &close;
        }
        if colour && step.stopped_at.as_ref().is_some_and(|stop| stop.end == end) {
            out += &STOPPED.render_reset().to_string();
        }
    }
    out
}
