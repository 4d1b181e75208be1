//! The arguments as a plan: everything that can be checked before work begins has been.
//!
//! Long because one place shows what every command does with its arguments, and refuses.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use clap_complete::Shell;
use urbi::export;
use urbi::fact::Confidence;
use urbi::graph::Focus;
use urbi::query::{self, Limits};
use urbi::server;
use urbi::store::Point;
use urbi::vocab::Base;

use super::args::{self, Args, Command};
use super::curate;
use super::graph;
use super::keep;
use super::lexicon;
use super::places::Reading;
use super::{open, screen, why_args};

/// What to do, and where.
pub struct Plan {
    /// Where.
    pub setting: Setting,
    /// What to do.
    pub task: Task,
}

/// What all commands work with.
pub struct Setting {
    /// The folder of the store.
    pub store: PathBuf,
    /// The folder over the standard profile that the user names.
    pub profile: Option<PathBuf>,
    /// The folder over the standard profile that the user usually has, whether it is there or not.
    pub usual_profile: Option<PathBuf>,
    /// For tests: the point at whose n-th passing the program dies.
    pub die_at: Option<(Point, u32)>,
}

/// What to do.
pub enum Task {
    /// Put announcements into the store.
    Build(Build),
    /// Show what announcements state.
    Extract(Extract),
    /// Answer a question.
    Query(Query),
    /// List the saved questions.
    ListQueries,
    /// Ask one question after the other.
    Converse(Limits),
    /// Change graphs of others.
    Update(Update),
    /// Write the graph.
    Export(Export),
    /// Measure the graph.
    Graph(graph::Task),
    /// Write pages.
    Site {
        /// Where to.
        folder: PathBuf,
        /// Whether it shows the words of announcements.
        quotes: bool,
    },
    /// Names of the user's own.
    Lexicon(lexicon::args::Lexicon),
    /// Answer others.
    Serve(Serve),
    /// Measure.
    Eval(Eval),
    /// Show the evidence.
    Explain(why_args::Explain),
    /// Decide on what the graph says.
    Curate(curate::args::Curate),
    /// Keep the store.
    Keep(keep::args::Keep),
    /// Check, list or trace rules.
    Rules(args::Rules),
    /// Check profile, graph or files.
    Check(why_args::Check),
    /// Show a document.
    Show(why_args::Show),
    /// Compare two graphs.
    Diff(why_args::Diff),
    /// Print a script for a shell.
    Completions(Shell),
}

/// See [`Task::Build`].
pub struct Build {
    /// Files, folders, patterns.
    pub places: Vec<PathBuf>,
    /// The base to make the store with, or to insist on.
    pub base: Option<Base>,
    /// How they are read.
    pub reading: Reading,
    /// Go on, and read again what changes.
    pub watch: bool,
    /// The least confidence of what the graph holds, if it is to be set.
    pub min_confidence: Option<Confidence>,
    /// Whether to forget files that have vanished.
    pub prune: bool,
}

/// See [`Task::Extract`].
pub struct Extract {
    /// Files, folders, patterns, standard input.
    pub places: Vec<PathBuf>,
    /// The format of the facts.
    pub format: ExtractFormat,
    /// The base of the IRIs.
    pub base: Base,
    /// How they are read.
    pub reading: Reading,
    /// The least confidence.
    pub min_confidence: Confidence,
}

/// How facts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExtractFormat {
    /// As an export is.
    Graph(export::Format),
    /// With quotes and offsets, for programs that know no RDF.
    Json,
    /// Not facts, but the text that they would be found in.
    Text,
}

/// See [`Task::Query`].
pub struct Query {
    /// Where the question comes from.
    pub question: Question,
    /// The format of the answer, if the user says.
    pub format: Option<query::Format>,
    /// Whether the facts behind the rows are shown, instead of the rows alone.
    pub explain_rows: bool,
    /// Time and rows.
    pub limits: Limits,
    /// The least confidence, if it is not that of the store.
    pub min_confidence: Option<Confidence>,
}

/// Where a question comes from.
pub enum Question {
    /// From the command line.
    Given(String),
    /// From a file.
    File(PathBuf),
    /// From standard input.
    Stdin,
    /// From the profile, by name, with values for its parameters.
    Saved(String, Vec<(String, String)>),
}

/// See [`Task::Update`].
pub enum Update {
    /// From the command line.
    Given(String),
    /// From a file.
    File(PathBuf),
    /// From standard input.
    Stdin,
}

impl Update {
    fn new(given: args::Update) -> Update {
        match (given.text, given.file) {
            (None, Some(file)) if file.as_os_str() != "-" => Update::File(file),
            (Some(text), _) => Update::Given(text),
            (None, _) => Update::Stdin,
        }
    }
}

/// How the graph is written.
pub enum Written {
    /// As it is.
    Graph(export::Format),
    /// As two tables, in a folder.
    Tables(export::Tables, PathBuf),
    /// What has changed since a release, as RDF Patch.
    Patch(String),
}

/// See [`Task::Export`].
pub struct Export {
    /// How it is written.
    pub written: Written,
    /// A release instead of the graph of now.
    pub release: Option<String>,
    /// The file; standard output if there is none.
    pub output: Option<PathBuf>,
    /// What the picture shows.
    pub focus: Focus,
    /// A class, or a file with a frame, if JSON-LD is to be framed.
    pub frame: Option<String>,
    /// Whether the words of announcements are left out.
    pub no_quotes: bool,
    /// Whether it is written in the terms of schema.org.
    pub schema: bool,
    /// The least confidence, if it is not that of the store.
    pub min_confidence: Option<Confidence>,
}

/// See [`Task::Serve`].
pub struct Serve {
    /// The address to listen on.
    pub bind: SocketAddr,
    /// How the server behaves.
    pub settings: server::Settings,
    /// How events are logged.
    pub log: args::Log,
}

/// See [`Task::Eval`].
pub struct Eval {
    /// The folder of announcements and their facts.
    pub folder: PathBuf,
    /// All of it, for programs.
    pub json: bool,
    /// The report to compare with.
    pub against: Option<PathBuf>,
    /// Whether facts are listed.
    pub facts: bool,
    /// Whether rules are listed.
    pub rules: bool,
    /// The least F1.
    pub min_f1: Option<f64>,
    /// The least precision.
    pub min_precision: Option<f64>,
    /// The least confidence.
    pub min_confidence: Confidence,
}

impl Plan {
    /// Checks what the arguments mean together.
    pub fn new(args: Args) -> anyhow::Result<Plan> {
        ensure!(!args.common.store.as_os_str().is_empty(), "--store needs the name of a folder");
        let setting = Setting {
            store: args.common.store,
            profile: args.common.profile,
            usual_profile: open::usual_profile(),
            die_at: args.common.die_at.as_deref().map(die_at).transpose()?,
        };
        let task = match args.command {
            Command::Build(build) => Task::Build(Build::new(build)?),
            Command::Extract(extract) => Task::Extract(Extract::new(extract)?),
            Command::Curate(task) => Task::Curate(task),
            Command::Keep(task) => Task::Keep(task),
            Command::Query(query) if query.list => Task::ListQueries,
            Command::Query(query) if query.name.is_none() && query.text.is_none() && screen::is_conversation() => {
                Task::Converse(limits(&query.timeout, query.max_rows)?)
            }
            Command::Query(query) => Task::Query(Query::new(query)?),
            Command::Update(update) => Task::Update(Update::new(update)),
            Command::Export(export) if export.format.as_deref() == Some(args::SITE) => site(export)?,
            Command::Export(export) => Task::Export(Export::new(export)?),
            Command::Graph(task) => Task::Graph(graph::Task::new(task)?),
            Command::Lexicon { command } => Task::Lexicon(command),
            Command::Serve(serve) => Task::Serve(Serve::new(serve)?),
            Command::Eval(eval) => Task::Eval(Eval::new(eval)?),
            Command::Explain(explain) => Task::Explain(explain),
            Command::Rules(rules) => Task::Rules(rules),
            Command::Check(check) => Task::Check(check),
            Command::Show(show) => Task::Show(show),
            Command::Diff(diff) => Task::Diff(diff),
            Command::Completions { shell } => Task::Completions(shell),
        };
        Ok(Plan { setting, task })
    }
}

impl Build {
    fn new(given: args::Build) -> anyhow::Result<Build> {
        let (places, reading) = given.reading.plan()?;
        Ok(Build {
            places,
            base: given.base,
            reading,
            watch: given.watch,
            min_confidence: given.min_confidence,
            prune: given.prune,
        })
    }
}

impl Extract {
    fn new(given: args::Extract) -> anyhow::Result<Extract> {
        let (places, reading) = given.reading.plan()?;
        let format = match given.format.as_str() {
            _ if given.show_text => ExtractFormat::Text,
            "json" => ExtractFormat::Json,
            name => ExtractFormat::Graph(name.parse()?),
        };
        Ok(Extract {
            places,
            format,
            base: given.base.unwrap_or_default(),
            reading,
            min_confidence: given.min_confidence.unwrap_or_default(),
        })
    }
}

impl Query {
    fn new(given: args::Query) -> anyhow::Result<Query> {
        let question = match (given.text, given.name) {
            (Some(text), _) => Question::Given(text),
            (None, Some(name)) if name == "-" => Question::Stdin,
            (None, Some(name)) => {
                // A path, or the name of a saved query? Saved queries have no folders and no endings.
                let path = PathBuf::from(&name);
                let ending = path.extension().is_some_and(|e| e == "rq" || e == "sparql");
                let is_path = name.contains(std::path::MAIN_SEPARATOR) || ending && path.exists() || path.is_file();
                ensure!(!is_path || given.set.is_empty(), "--set is for saved queries; {name} is a file");
                if is_path { Question::File(path) } else { Question::Saved(name, values(&given.set)?) }
            }
            (None, None) => bail!("nothing is asked: name a saved query or a file, or give --query 'SELECT …'"),
        };
        let limits = limits(&given.timeout, given.max_rows)?;
        let (format, explain_rows) = (given.format, given.explain_rows);
        if let Some(format) = format.filter(|_| explain_rows) {
            let is_known = matches!(format, query::Format::Table | query::Format::Json);
            ensure!(is_known, "--explain-rows gives text (table) or json, not {format}");
        }
        Ok(Query { question, format, explain_rows, limits, min_confidence: given.min_confidence })
    }
}

/// Time and rows of a query.
fn limits(timeout: &str, rows: usize) -> anyhow::Result<Limits> {
    let timeout = duration(timeout).with_context(|| format!("--timeout {timeout:?}"))?;
    ensure!(rows > 0, "--max-rows must be at least 1");
    Ok(Limits { timeout, rows })
}

/// Reads `city=Cork`.
fn values(given: &[String]) -> anyhow::Result<Vec<(String, String)>> {
    let value = |text: &String| {
        let pair = text.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
        pair.with_context(|| format!("--set {text:?} has no value; write it as NAME=VALUE, such as city=Cork"))
    };
    given.iter().map(value).collect()
}

/// The site, into the folder that is given.
fn site(given: args::Export) -> anyhow::Result<Task> {
    let plain = given.frame.is_none() && given.focus.is_empty() && given.min_confidence.is_none();
    ensure!(
        plain && given.vocabulary == args::Vocabulary::Urbi,
        "a site shows the store as it is; it takes no choice but -o DIR and --no-quotes"
    );
    let folder = given.output.context("give the folder of the site with -o DIR")?;
    Ok(Task::Site { folder, quotes: !given.no_quotes })
}

impl Export {
    fn new(given: args::Export) -> anyhow::Result<Export> {
        let ending = given.output.as_ref().and_then(|output| output.extension()?.to_str());
        let written = match (given.format.as_deref(), ending, given.since) {
            (Some(args::PATCH), _, Some(since)) | (None, Some("rdfp"), Some(since)) => Written::Patch(since),
            (Some(args::PATCH), _, None) | (None, Some("rdfp"), None) => {
                bail!("--format rdf-patch needs --since RELEASE; urbi release list shows the releases")
            }
            (_, _, Some(_)) => bail!("--since is for --format rdf-patch only"),
            (Some(name), ..) => match export::Tables::ALL.into_iter().find(|tables| tables.name() == name) {
                Some(tables) => {
                    let folder = given.output.clone();
                    Written::Tables(
                        tables,
                        folder.with_context(|| format!("give the folder for {tables} with -o DIR"))?,
                    )
                }
                None => Written::Graph(name.parse()?),
            },
            (None, ending, None) => {
                let Some(output) = &given.output else { bail!("give --format, or a file with -o") };
                Written::Graph(export::Format::from_extension(ending.unwrap_or_default()).with_context(|| {
                    let known = export::Format::ALL.map(export::Format::extension).join(", .");
                    format!("{}: the ending says no format (known are .{known}); give --format", output.display())
                })?)
            }
        };
        let is_picture = matches!(written, Written::Graph(format) if format.is_picture());
        ensure!(
            is_picture || given.focus.is_empty(),
            "--around, --between, --class, --theme, --years and --limit are for pictures: dot, mermaid, svg, png"
        );
        let focus = given.focus.focus()?;
        let is_text = !matches!(written, Written::Graph(format) if !format.is_text());
        ensure!(is_text || given.output.is_some() || !screen::is_terminal(), "a PNG is no text; name a file with -o");
        let schema = given.vocabulary == args::Vocabulary::Schema;
        let own_terms = match &written {
            Written::Graph(format) => format.has_graphs() || !format.is_rdf(),
            Written::Patch(_) | Written::Tables(..) => true,
        };
        ensure!(
            !schema || !own_terms,
            "this format is written in Urbi's own terms only; --vocabulary schema is for turtle, jsonld, ntriples and rdfxml"
        );
        let has_quotes = matches!(written, Written::Graph(format) if format.has_graphs());
        ensure!(has_quotes || !given.no_quotes, "--no-quotes is for nquads, trig and site; no other format has quotes");
        let is_json = matches!(written, Written::Graph(export::Format::JsonLd));
        ensure!(is_json || given.frame.is_none(), "--frame is for jsonld");
        Ok(Export {
            written,
            frame: given.frame,
            no_quotes: given.no_quotes,
            release: given.release,
            output: given.output,
            focus,
            schema,
            min_confidence: given.min_confidence,
        })
    }
}

impl Serve {
    fn new(given: args::Serve) -> anyhow::Result<Serve> {
        let timeout = duration(&given.timeout).with_context(|| format!("--timeout {:?}", given.timeout))?;
        let counts = [("--max-rows", given.max_rows), ("--queries", given.queries), ("--per-client", given.per_client)];
        for (name, count) in counts {
            ensure!(count > 0, "{name} must be at least 1");
        }
        let public_url = given.public_url.map(|url| public_url(&url)).transpose()?;
        let secret = match (&given.token_file, given.token) {
            (Some(file), _) => Some(String::from_utf8(open::read(file)?).context("the token is not UTF-8")?),
            (None, secret) => secret,
        };
        let max_memory = given.max_memory.map(|text| size(&text).with_context(|| format!("--max-memory {text:?}")));
        let max_body = size(&given.max_body).with_context(|| format!("--max-body {:?}", given.max_body))?;
        let settings = server::Settings {
            public_url,
            limits: Limits { timeout, rows: given.max_rows },
            max_body: usize::try_from(max_body).context("--max-body is too large")?,
            per_client: given.per_client,
            queries: given.queries,
            max_memory: max_memory.transpose()?,
            token: secret.map(|secret| server::Token::new(secret.trim())).transpose()?,
            allow_update: given.allow_update,
            only_here: given.bind.ip().is_loopback(),
            cors: given.cors,
        };
        Ok(Serve { bind: given.bind, settings, log: given.log })
    }
}

/// An address for the world to see, with a `/` at its end.
fn public_url(url: &str) -> anyhow::Result<String> {
    let url = format!("{}/", url.trim_end_matches('/'));
    let is_address =
        ["http://", "https://"].iter().any(|scheme| url.len() > scheme.len() + 1 && url.starts_with(scheme));
    ensure!(
        is_address && Base::new(&url).is_ok(),
        "--public-url {url:?} is no address of a server, such as https://data.example.org/"
    );
    Ok(url)
}

/// Reads a size in bytes: a number, with `K`, `M` or `G` for powers of 1024.
fn size(text: &str) -> anyhow::Result<u64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match text[digits.len()..].to_ascii_uppercase().trim_end_matches('B') {
        "" => 1,
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        unit => bail!("{unit:?} is no unit of size; write 500M or 2G"),
    };
    let number: u64 = digits.parse().context("is no size; write 500M or 2G")?;
    number.checked_mul(unit).context("is too large")
}

impl Eval {
    fn new(given: args::Eval) -> anyhow::Result<Eval> {
        for (name, least) in [("--min-f1", given.min_f1), ("--min-precision", given.min_precision)] {
            let is_share = least.is_none_or(|least| (0.0..=1.0).contains(&least));
            ensure!(is_share, "{name} must be between 0 and 1, such as 0.85");
        }
        let json = given.format == "json";
        ensure!(!json || !given.facts && !given.rules, "--facts and --rules are for text; json holds both anyway");
        Ok(Eval {
            folder: given.folder,
            json,
            against: given.against,
            facts: given.facts,
            rules: given.rules,
            min_f1: given.min_f1,
            min_precision: given.min_precision,
            min_confidence: given.min_confidence.unwrap_or_default(),
        })
    }
}

/// Reads the name of a point of a change, and how often it must be passed: once, if no number follows.
fn die_at(text: &str) -> anyhow::Result<(Point, u32)> {
    let (point, times) = text.split_once(':').unwrap_or((text, "1"));
    Ok((point.parse()?, times.parse().with_context(|| format!("--die-at {text:?}"))?))
}

/// Reads a time: seconds, or a number with `ms`, `s` or `m`; 0 is no end.
fn duration(text: &str) -> anyhow::Result<Option<Duration>> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let seconds_in_unit = match &text[digits.len()..] {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        unit => bail!("{unit:?} is no unit of time; write 500ms, 30s or 2m"),
    };
    let number: f64 = digits.parse().context("is no time; write 500ms, 30s or 2m")?;
    let time = Duration::try_from_secs_f64(number * seconds_in_unit).context("is no time; write 500ms, 30s or 2m")?;
    Ok((!time.is_zero()).then_some(time))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use clap::CommandFactory;

    use super::{Args, duration, public_url, size};

    #[test]
    fn the_arguments_fit_together() {
        Args::command().debug_assert();
    }

    #[test]
    fn reads_sizes_and_addresses() {
        assert_eq!(size("500M").unwrap(), 500 << 20);
        assert_eq!(size("2gb").unwrap(), 2 << 30);
        assert_eq!(size("7").unwrap(), 7);
        for wrong in ["", "M", "2T", "-1", "99999999999G"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
        assert_eq!(public_url("https://data.example.org").unwrap(), "https://data.example.org/");
        for wrong in ["data.example.org", "https://", "ftp://example.org/", "https://exa mple.org"] {
            assert!(public_url(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn reads_times() {
        assert_eq!(duration("500ms").unwrap(), Some(Duration::from_millis(500)));
        assert_eq!(duration("2m").unwrap(), Some(Duration::from_secs(120)));
        assert_eq!(duration("1.5").unwrap(), Some(Duration::from_millis(1500)));
        assert_eq!(duration("0").unwrap(), None);
        for wrong in ["", "s", "-1", "3h", "1e999", "nan", "soon"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
