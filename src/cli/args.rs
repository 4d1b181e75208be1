//! The arguments as given. What they mean together is checked in [`plan`](super::plan).
//!
//! Long because one place shows what every command takes, in the words of its help.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{ArgGroup, Args as ArgGroupOf, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use urbi::fact::Confidence;
use urbi::source::Form;
use urbi::vocab::Base;
use urbi::{export, query, server};

use super::focus::FocusArgs;
use super::places::{Given, forms};
use super::why_args::{Check, Diff, Explain, Show, Try};

/// Reads announcements and builds a knowledge graph of cities, conferences, publications and themes, in which every
/// statement leads back to the words that state it.
#[derive(Debug, Parser)]
#[command(
    name = "urbi",
    version,
    max_term_width = 100,
    after_help = "\
Examples:
  urbi build data/announcements            read a folder of announcements into the store urbi.db
  urbi query --list                        the questions that have a name
  urbi query 01                            ask the first of them
  urbi explain 'ICLC 5' heldIn             which sentences say where it was held
  urbi export --format turtle -o graph.ttl write the graph for others

Exit codes: 0 done; 1 the work found problems, which are named; 2 wrong use."
)]
pub struct Args {
    /// What every command understands.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Debug, ArgGroupOf)]
pub struct Common {
    /// The folder of the store
    #[arg(long, global = true, value_name = "DIR", env = "URBI_STORE", default_value = "urbi.db")]
    pub store: PathBuf,
    /// A folder whose ontology, rules, lexicon and queries replace or add to those of the program, instead of the one where
    /// your settings lie
    #[arg(long, global = true, value_name = "DIR", env = "URBI_PROFILE")]
    pub profile: Option<PathBuf>,
    /// Say nothing but results, warnings and errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// When to colour messages
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// For tests: die at the n-th passing of a named point of a change, such as `written:2`
    #[arg(long, global = true, value_name = "POINT:N", hide = true)]
    pub die_at: Option<String>,
}

/// When to colour messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Extract announcements and store what they state
    Build(Build),
    /// Show what announcements state, without a store
    Extract(Extract),
    /// Ask the store a question in SPARQL
    Query(Query),
    /// Change graphs beside Urbi's own, with SPARQL Update
    Update(Update),
    /// Show which words state something
    Explain(Explain),
    /// Write the graph for other programs, or as a picture
    Export(Export),
    /// What is central, what hangs together, how one thing leads to another
    #[command(subcommand, after_help = GRAPH_HELP)]
    Graph(super::graph::args::Graph),
    /// Measure extraction against announcements whose facts are known
    Eval(Eval),
    /// Answer SPARQL, and show every entity, to browsers and programs
    Serve(Serve),
    /// Deciding on what the graph says.
    #[command(flatten)]
    Curate(super::curate::args::Curate),
    /// Keeping the store.
    #[command(flatten)]
    Keep(super::keep::args::Keep),
    /// Check, list and trace the rules
    #[command(subcommand)]
    Rules(Rules),
    /// Check the rules, the form of the graph, and where announcements disagree
    Check(Check),
    /// Show a document with its mentions and facts marked
    Show(Show),
    /// Show in what two stores or RDF files differ
    Diff(Diff),
    /// Names of your own: add, import, search, explain
    #[command(after_help = "\
Examples:
  urbi lexicon explain Cork
  urbi lexicon add 'Open Cities Summit' --kind ConferenceSeries --acronym OCS
  urbi lexicon import unesco-thesaurus.ttl.gz

Names go into your profile and are used from then on: the folder of --profile, or else urbi/profile where your settings lie
(~/.config on Linux). docs/lexicon.md says more.")]
    Lexicon {
        /// What to do
        #[command(subcommand)]
        command: super::lexicon::args::Lexicon,
    },
    /// Print a script that completes commands in a shell
    #[command(after_help = "Example:\n  urbi completions bash > ~/.local/share/bash-completion/completions/urbi")]
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// `urbi build`.
#[derive(Debug, ArgGroupOf)]
#[command(after_help = "\
Examples:
  urbi build data/announcements
  urbi build news/ 2021-10-27.txt --store iclc.db
  urbi build archive.zip --report failures.jsonl
  urbi build https://example.org/feed.xml https://example.org/sitemap.xml --url '*/news/*'
  urbi build inbox/ --watch
  urbi build crawl.warc.gz --url 'https://example.org/news/*' --captured 2021

Building again changes only what has changed: the same files twice are the same graph. Folders are read with all folders
in them; files in forms that Urbi does not read, and hidden ones, are passed over there, and named if given themselves.
Archives (zip, tar, gzip, Zstandard, WARC, WACZ), mailboxes, feeds and calendars are opened, also in one another. A
build of a web archive that was broken off goes on where it was. A host is asked once a second, and robots.txt is obeyed.")]
pub struct Build {
    /// Where from, and how.
    #[command(flatten)]
    pub reading: Given,
    /// The IRI that all IRIs of the data begin with; fixed when the store is made
    /// [default: https://w3id.org/urbi/id/]
    #[arg(long, value_name = "IRI")]
    pub base: Option<Base>,
    /// Go on after that: read files again when they change, and new ones when they appear, until Ctrl-C
    #[arg(long)]
    pub watch: bool,
    /// Hold only statements in the graph that are together at least so sure (0 to 1), from now on; evidence is kept
    /// all the same. Another value computes the graph anew
    #[arg(long, value_name = "X")]
    pub min_confidence: Option<Confidence>,
    /// Forget documents whose files were below these paths and are no more
    #[arg(long)]
    pub prune: bool,
}

/// `urbi extract`.
#[derive(Debug, ArgGroupOf)]
#[command(after_help = "\
Examples:
  urbi extract announcement.txt
  urbi extract announcement.txt --format json | jq '.facts[].evidence[].quote'
  urbi extract page.html --show-text
  curl -s https://example.org/news.txt | urbi extract -

trig and nquads hold evidence and provenance, too. json is described by docs/extract.schema.json. --show-text shows the
blocks that were read, with their kinds, their places in the text (characters) and in the original (bytes): why is a fact
missing?")]
pub struct Extract {
    /// Where from, and how.
    #[command(flatten)]
    pub reading: Given,
    /// The format of the facts
    #[arg(long, short, default_value = "turtle", value_name = "FORMAT",
          value_parser = PossibleValuesParser::new(["turtle", "trig", "nquads", "jsonld", "json"]))]
    pub format: String,
    /// Show the text that was read, in blocks, instead of the facts
    #[arg(long, conflicts_with_all = ["format", "base", "min_confidence"])]
    pub show_text: bool,
    /// The IRI that all IRIs of the data begin with [default: https://w3id.org/urbi/id/]
    #[arg(long, value_name = "IRI")]
    pub base: Option<Base>,
    /// Leave out statements that are together less sure (0 to 1)
    #[arg(long, value_name = "X")]
    pub min_confidence: Option<Confidence>,
}

/// `urbi query`.
#[derive(Debug, ArgGroupOf)]
#[command(group = ArgGroup::new("question"), after_help = "\
Examples:
  urbi query                                     ask one question after the other
  urbi query --list
  urbi query 07
  urbi query editions-of-a-series --format json
  urbi query -q 'SELECT ?conference ?city { ?conference urbi:heldIn ?city }'
  urbi query editions-of-a-series --set series='World Urban Forum'
  urbi query my-question.rq > answer.csv
  urbi query -q 'DESCRIBE <https://w3id.org/urbi/id/city/3674962>' --format turtle
  urbi query 1 --explain-rows                  which sentences give each row

Known prefixes: urbi, rdf, rdfs, owl, xsd, skos, schema, geo, dcterms, prov, bibo, gn, wd. The default graph is what all
evidence together says; GRAPH reaches the evidence. Without --format the answer is a table on a terminal, and in a pipe
CSV, or Turtle for the graph of a CONSTRUCT or DESCRIBE.")]
pub struct Query {
    /// Name or number of a saved query, or a file (- is standard input)
    #[arg(value_name = "NAME|FILE", group = "question")]
    pub name: Option<String>,
    /// The question itself, in SPARQL
    #[arg(long = "query", short = 'q', value_name = "SPARQL", group = "question")]
    pub text: Option<String>,
    /// List the saved queries
    #[arg(long, group = "question")]
    pub list: bool,
    /// A value for a parameter of a saved query, such as city=Cork; may be repeated. `--list` shows the parameters
    #[arg(long, value_name = "NAME=VALUE", requires = "name")]
    pub set: Vec<String>,
    /// The format of the answer
    #[arg(long, short, value_name = "FORMAT", value_parser = PossibleValuesParser::new(query::Format::ALL.map(query::Format::name))
          .try_map(|name| name.parse::<query::Format>()))]
    pub format: Option<query::Format>,
    /// Show for each row of a SELECT the facts behind it, with the sentences that state them
    #[arg(long)]
    pub explain_rows: bool,
    /// The longest time, such as 30s, 500ms or 2m; 0 for no end
    #[arg(long, value_name = "TIME", default_value = "60s")]
    pub timeout: String,
    /// The greatest number of rows; more is an error, never a cut-off answer
    #[arg(long, value_name = "N", default_value_t = query::Limits::default().rows)]
    pub max_rows: usize,
    /// Ask as if statements that are together less sure (0 to 1) were not in the graph
    #[arg(long, value_name = "X")]
    pub min_confidence: Option<Confidence>,
}

/// `urbi update`.
#[derive(Debug, ArgGroupOf)]
#[command(group = ArgGroup::new("change").required(true), after_help = "\
Examples:
  urbi update -u 'INSERT DATA { GRAPH <https://example.org/notes> { <https://w3id.org/urbi/id/city/3674962> rdfs:comment \"green\" } }'
  urbi update changes.ru
  urbi query -q 'SELECT * { GRAPH <https://example.org/notes> { ?s ?p ?o } }'

An update is made as a whole or not at all. It may read everything, and write graphs with names of their own: the view, the
evidence and the decisions are Urbi's, and to correct them is to decide.")]
pub struct Update {
    /// A file with the update (- is standard input)
    #[arg(value_name = "FILE", group = "change")]
    pub file: Option<PathBuf>,
    /// The update itself
    #[arg(long = "update", short = 'u', value_name = "SPARQL", group = "change")]
    pub text: Option<String>,
}

/// Examples of `urbi graph`.
const GRAPH_HELP: &str = "\
Examples:
  urbi graph stats
  urbi graph central --class Conference --top 10
  urbi graph path Yeonsu Medellín
  urbi graph similar 'ICLC 5'
  urbi graph timeline --years 2019-2021 -o timeline.svg

--around, --between, --class, --theme and --years choose a part of the graph, as for the pictures of urbi export. Each result
is a table (tabs in a pipe), JSON, or a picture: dot, mermaid, svg, png.";

/// The name of the format that says what has changed.
pub const PATCH: &str = "rdf-patch";

/// `urbi export`.
#[derive(Debug, ArgGroupOf)]
#[command(after_help = "\
Examples:
  urbi export --format jsonld > graph.jsonld
  urbi export --frame Conference -o conferences.jsonld
  urbi export -o graph.ttl
  urbi export -o graph.nq                      with evidence, provenance and decisions
  urbi export --format dot | dot -Tsvg > graph.svg
  urbi export --format dot --around 'ICLC 5' --hops 1 | dot -Tpng > iclc-5.png
  urbi export --between Yeonsu Medellín --years 2013-2021 -o linked.svg
  urbi export --theme 'Learning cities' --limit 40 -o theme.png
  urbi export --since 2026-10 --format rdf-patch   what has changed since that release
  urbi export --format site -o public          a page for every thing, for any web server
  urbi export --format gephi -o tables         nodes.csv and edges.csv; neo4j: the same for its import
  urbi export -o conferences.ics               what takes place, and what is due, for calendars
  urbi export --vocabulary schema -o events.ttl

nquads and trig hold evidence, provenance and decisions, too; all others what the evidence together says. The same store
gives the same bytes. A file is there whole or not at all.")]
pub struct Export {
    /// The format; without it, the ending of the file says it
    #[arg(long, short, value_name = "FORMAT", required_unless_present = "output",
          value_parser = PossibleValuesParser::new(export::Format::ALL.iter().map(|format| format.name())
              .chain(export::Tables::ALL.iter().map(|tables| tables.name())).chain([PATCH, SITE])))]
    pub format: Option<String>,
    /// The file to write, instead of standard output; site, gephi, neo4j: the folder
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// rdf-patch: what has changed since this release
    #[arg(long, value_name = "RELEASE")]
    pub since: Option<String>,
    /// A release instead of the graph of now
    #[arg(long, value_name = "RELEASE", conflicts_with = "min_confidence")]
    pub release: Option<String>,
    /// The terms to write it in: Urbi's own, or those of schema.org, as the queries in queries/schema of the profile say them
    #[arg(long, value_enum, value_name = "TERMS", default_value_t = Vocabulary::Urbi)]
    pub vocabulary: Vocabulary,
    /// jsonld: only entities of this class (City), with what they are related to inside them; or as a JSON-LD frame says, in a file
    /// whose name ends in .json or .jsonld
    #[arg(long, value_name = "CLASS|FILE")]
    pub frame: Option<String>,
    /// What a picture (dot, mermaid, svg, png) shows.
    #[command(flatten)]
    pub focus: FocusArgs,
    /// nquads, trig, site: leave out the words of announcements, where a licence forbids to pass them on; their places stay
    #[arg(long)]
    pub no_quotes: bool,
    /// Leave out statements that are together less sure (0 to 1); evidence is written all the same
    #[arg(long, value_name = "X")]
    pub min_confidence: Option<Confidence>,
}

/// `urbi serve`.
#[derive(Debug, ArgGroupOf)]
#[command(after_help = "\
Examples:
  urbi serve
  urbi serve --bind 0.0.0.0:8080 --public-url https://data.example.org/
  URBI_TOKEN=$(openssl rand -hex 24) urbi serve --allow-update
  curl -H 'Accept: text/csv' 'http://127.0.0.1:7878/sparql?query=SELECT+*+%7B%3Fc+a+urbi:City%7D'

The server reads the store, beside others who read it; nobody can write the store meanwhile. It ends at Ctrl-C or SIGTERM,
after what it is answering. RUST_LOG=debug logs more. docs/server.md describes its paths and its JSON.")]
pub struct Serve {
    /// The address to listen on; port 0 lets the system choose one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7878")]
    pub bind: SocketAddr,
    /// The address under which the world sees the server, if it stands behind another one
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// The longest time for one query, such as 30s or 2m; 0 for no end
    #[arg(long, value_name = "TIME", default_value = "30s")]
    pub timeout: String,
    /// The greatest number of rows; a query that finds more fails
    #[arg(long, value_name = "N", default_value_t = query::Limits::default().rows)]
    pub max_rows: usize,
    /// Take SPARQL updates and graphs from those who send the token; they go to graphs beside Urbi's own
    #[arg(long, requires = "secret")]
    pub allow_update: bool,
    /// The secret of those who may decide (accept, reject, correct), and write if that is allowed; at least 16 characters, from
    /// a file or in URBI_TOKEN. The store is then opened to write, and nobody else can read it
    #[arg(long, value_name = "FILE", group = "secret")]
    pub token_file: Option<PathBuf>,
    /// The secret itself
    #[arg(long, value_name = "SECRET", env = "URBI_TOKEN", hide = true, hide_env_values = true, group = "secret")]
    pub token: Option<String>,
    /// An origin (https://example.org) whose pages may read the answers; * for all; may be repeated
    #[arg(long, value_name = "ORIGIN")]
    pub cors: Vec<String>,
    /// Stop queries when the program takes more memory, such as 2G or 500M; Linux only [default: no limit]
    #[arg(long, value_name = "SIZE")]
    pub max_memory: Option<String>,
    /// The greatest size of what a client sends
    #[arg(long, value_name = "SIZE", default_value = "16M")]
    pub max_body: String,
    /// Queries that run at the same time
    #[arg(long, value_name = "N", default_value_t = server::Settings::default().queries)]
    pub queries: usize,
    /// Queries of one client that run at the same time
    #[arg(long, value_name = "N", default_value_t = server::Settings::default().per_client)]
    pub per_client: usize,
    /// How events are logged on standard error: for people, or one JSON object a line
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Log::Text)]
    pub log: Log,
}

/// How events are logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Log {
    /// A line for people.
    Text,
    /// A JSON object a line.
    Json,
}

/// The format that is a folder of pages.
pub const SITE: &str = "site";

/// The terms that a graph is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Vocabulary {
    /// Those of Urbi's ontology.
    Urbi,
    /// Those of schema.org.
    Schema,
}

/// `urbi eval`.
#[derive(Debug, ArgGroupOf)]
#[command(after_help = "\
Examples:
  urbi eval gold                              precision, recall and F1 by relation
  urbi eval gold --facts                      what was missed, and what is wrong, with its sentence and rule
  urbi eval gold --format json > before.json
  urbi eval gold --profile mine --against before.json
  urbi eval gold --min-f1 0.8 --min-precision 0.9

GOLD holds announcements/STEM.txt (or .md, .html, .eml) and facts/STEM.json; docs/measuring.md describes the files. The
exit code is 1 if a least figure is not reached, or a file cannot be read.")]
pub struct Eval {
    /// The folder of announcements and their facts
    #[arg(value_name = "GOLD")]
    pub folder: PathBuf,
    /// text is for people; json holds everything, and can be given to --against
    #[arg(long, short, default_value = "text", value_name = "FORMAT", value_parser = PossibleValuesParser::new(["text", "json"]))]
    pub format: String,
    /// Compare with a report that was saved as json: which facts were gained and lost
    #[arg(long, value_name = "REPORT")]
    pub against: Option<PathBuf>,
    /// List the facts that were missed, and those that are wrong
    #[arg(long)]
    pub facts: bool,
    /// Show how often each rule is right
    #[arg(long)]
    pub rules: bool,
    /// End with exit code 1 if F1 of all facts is lower (0 to 1)
    #[arg(long, value_name = "X")]
    pub min_f1: Option<f64>,
    /// End with exit code 1 if precision of all facts is lower (0 to 1)
    #[arg(long, value_name = "X")]
    pub min_precision: Option<f64>,
    /// Leave out statements that are together less sure (0 to 1)
    #[arg(long, value_name = "X")]
    pub min_confidence: Option<Confidence>,
}

/// `urbi rules`.
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  urbi rules check my/data/rules/sponsors.rules
  urbi rules list heldIn
  urbi rules trace held-in announcement.txt")]
pub enum Rules {
    /// Show all mistakes in rules, and the examples that do not come true
    #[command(after_help = "\
Examples:
  urbi rules check                               all rules of the profile
  urbi rules check --profile my
  urbi rules check sponsors.rules                this file, together with the profile
  urbi rules check sponsors.rules --format json

A file is checked together with the profile, and in the place of a file of the profile that has its name. Of the examples,
those in the named files are run.")]
    Check {
        /// Rule files; without any, those of the profile
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The format of the report
        #[arg(long, short, default_value = "text", value_name = "FORMAT", value_parser = ["text", "json"])]
        format: String,
    },
    /// Show what changed rules would gain and lose, before anything is written
    #[command(after_help = "\
Examples:
  urbi rules try my/data/rules/launches.rules
  urbi rules try launches.rules --gold tests/gold
  urbi rules try launches.rules --format json | jq '.store.lost'

A file takes the place of the file of the profile that has its name, or is added to it. The originals that the store keeps are
read with and without the change, and the graphs compared: what is shown is what urbi build would do. Nothing is written.")]
    Try(Try),
    /// List the rules: what they find, what they state, where they stand
    #[command(after_help = "\
Examples:
  urbi rules list
  urbi rules list heldIn                         the rules that state this relation
  urbi rules list frame                          the rules of this kind
  urbi rules list --format json | jq '.[].name'")]
    List {
        /// Only rules with this name, kind, type, relation or file
        #[arg(value_name = "WORD")]
        word: Option<String>,
        /// The format of the list; without it, a table on a terminal and tabs in a pipe
        #[arg(long, short, value_name = "FORMAT", value_parser = ["table", "json"])]
        format: Option<String>,
    },
    /// Show what a rule does in an announcement, and where it stops
    #[command(after_help = "\
Examples:
  urbi rules trace held-in announcement.txt
  urbi rules trace held-in announcement.txt --all
  echo 'The congress will meet in Cork.' | urbi rules trace takes-place-in -

For each sentence: what the rule finds or states, what stops it (an `unless`, a role that is missing), or how far it gets
and what it asks for there. Sentences in which none of its words stand are shown with --all only.")]
    Trace {
        /// The name of the rule
        rule: String,
        /// The announcement; - is standard input
        file: PathBuf,
        /// Also sentences in which none of its words stand
        #[arg(long)]
        all: bool,
        /// The format of the report
        #[arg(long, short, default_value = "text", value_name = "FORMAT", value_parser = ["text", "json"])]
        format: String,
        /// The form of the file, instead of what its name and content show
        #[arg(long, value_name = "FORM", value_parser = forms())]
        from: Option<Form>,
    },
}
