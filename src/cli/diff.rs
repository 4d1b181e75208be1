//! `urbi diff`: what one graph says that another does not.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use anyhow::Context as _;
use oxrdf::{GraphName, NamedOrBlankNode, Quad, Term};
use oxrdfio::{RdfFormat, RdfParser};
use serde::Serialize;
use urbi::diff::{Change, Difference};
use urbi::query::{Shortener, sanitized};
use urbi::store::Store;
use urbi::vocab::Base;

use super::open;
use super::outcome::{Outcome, wrong_use};
use super::screen::{self, Screen};
use super::why_args::Diff;

const LOST: Style = AnsiColor::Red.on_default();
const GAINED: Style = AnsiColor::Green.on_default();
const NAME: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();

/// Compares two graphs. Like `diff`: 0 if they are the same, 1 if not, 2 if that cannot be found out.
pub fn run(task: &Diff, screen: &Screen) -> anyhow::Result<Outcome> {
    let (from, base) = graph(&task.from, task.all).map_err(wrong_use)?;
    let (to, other) = graph(&task.to, task.all).map_err(wrong_use)?;
    let difference = Difference::new(&from, &to).map_err(|error| wrong_use(error.into()))?;
    let labels = difference.labels(&from, &to);
    let short = open::shortener(&base.or(other).unwrap_or_default());
    screen::result(|out| match task.format.as_str() {
        "json" => write_json(&difference, out),
        _ => difference.subjects.iter().try_for_each(|change| write_text(change, &labels, &short, out)),
    })?;
    if difference.is_empty() {
        screen.note(&format!("no difference in {} statements", difference.same));
        return Ok(Outcome::Done);
    }
    let (gained, lost, subjects) = (difference.gained(), difference.lost(), difference.subjects.len());
    screen.note(&format!("{gained} gained, {lost} lost about {subjects} subjects; {} the same", difference.same));
    Ok(Outcome::Problems)
}

/// A store or an RDF file; the base of a store.
fn graph(name: &Path, all: bool) -> anyhow::Result<(Vec<Quad>, Option<Base>)> {
    if name.is_dir() {
        let store = Store::open_read_only(name)?;
        let view = store.view_triples()?.into_iter().map(|triple| triple.in_graph(GraphName::DefaultGraph));
        let mut quads: Vec<Quad> = view.collect();
        if all {
            quads.extend(store.evidence_quads()?);
        }
        return Ok((quads, Some(store.base().clone())));
    }
    let quads = read(name)?;
    Ok((quads.into_iter().filter(|quad| all || quad.graph_name.is_default_graph()).collect(), None))
}

/// Reads an RDF file in the format that its ending says.
pub fn read(file: &Path) -> anyhow::Result<Vec<Quad>> {
    let bytes = open::read(file)?;
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let format = RdfFormat::from_extension(ending).with_context(|| {
        format!("{}: the ending says no format of RDF (such as .ttl, .nt, .nq, .trig, .rdf, .jsonld)", file.display())
    })?;
    // Relative IRIs are those of the file, as they are in a browser.
    let path = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let base = url(&path);
    let mut parser = RdfParser::from_format(format);
    if let Ok(with_base) = parser.clone().with_base_iri(&base) {
        parser = with_base;
    }
    let quads = parser.for_slice(&bytes).collect::<Result<Vec<Quad>, _>>();
    quads.with_context(|| format!("{} cannot be read as {format}", file.display()))
}

/// The address of a file; what an IRI cannot hold is percent-encoded.
fn url(path: &Path) -> String {
    let mut url = String::from("file://");
    for byte in path.display().to_string().bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => url.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => url.push(char::from(byte)),
            byte => url += &format!("%{byte:02X}"),
        }
    }
    url
}

/// Writes what has changed about a subject.
pub fn write_text(
    change: &Change,
    labels: &BTreeMap<String, String>,
    short: &Shortener,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let subject = short.term(&Term::from(change.subject.clone()));
    let mut text = match &change.label {
        Some(label) => format!("{NAME}{}{NAME:#} {QUIET}<{subject}>{QUIET:#}\n", sanitized(label)),
        None => format!("{NAME}{subject}{NAME:#}\n"),
    };
    for (sign, style, quads) in [('-', LOST, &change.lost), ('+', GAINED, &change.gained)] {
        for quad in quads {
            let predicate = short.iri(quad.predicate.as_str());
            let predicate = predicate.strip_prefix("urbi:").unwrap_or(&predicate);
            let object = match (&quad.object, labels.get(&quad.object.to_string())) {
                (object, Some(label)) => format!("{} <{}>", sanitized(label), short.term(object)),
                (Term::Literal(literal), None) => match literal.language() {
                    Some(language) => format!("{}@{language}", short.term(&quad.object)),
                    None => short.term(&quad.object),
                },
                (object, None) => short.term(object),
            };
            let graph = match &quad.graph_name {
                GraphName::NamedNode(graph) => format!("  {QUIET}in {}{QUIET:#}", short.iri(graph.as_str())),
                GraphName::BlankNode(graph) => format!("  {QUIET}in {graph}{QUIET:#}"),
                GraphName::DefaultGraph => String::new(),
            };
            text += &format!("{style}{sign} {predicate}  {object}{style:#}{graph}\n");
        }
    }
    screen::styled(&text, out)
}

#[derive(Serialize)]
struct Json {
    same: usize,
    gained: usize,
    lost: usize,
    subjects: Vec<SubjectJson>,
}

#[derive(Serialize)]
struct SubjectJson {
    subject: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// As N-Quads write them, without the full stop.
    lost: Vec<String>,
    gained: Vec<String>,
}

fn write_json(difference: &Difference, out: &mut dyn Write) -> anyhow::Result<()> {
    let lines = |quads: &[Quad]| quads.iter().map(ToString::to_string).collect();
    let subjects = difference.subjects.iter().map(|change| SubjectJson {
        subject: match &change.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        },
        label: change.label.clone(),
        lost: lines(&change.lost),
        gained: lines(&change.gained),
    });
    let json = Json {
        same: difference.same,
        gained: difference.gained(),
        lost: difference.lost(),
        subjects: subjects.collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &json).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}
