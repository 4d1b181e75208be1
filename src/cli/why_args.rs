//! The arguments of the commands that say why, and where something is wrong: `explain`, `show`, `check`, `diff`, `rules try`.

use std::path::PathBuf;

use clap::{Args as ArgGroupOf, ValueEnum};
use urbi::shapes::Severity;
use urbi::source::Form;

use super::places::forms;

/// `urbi explain`.
#[derive(Debug, ArgGroupOf)]
#[command(after_help = "\
Examples:
  urbi explain 'ICLC 5'
  urbi explain 'ICLC 5' heldIn
  urbi explain Medellín inCountry Colombia
  urbi explain conference:iclc-5 urbi:startDate 2021-10-27
  urbi explain 'ICLC 5' heldIn --format json | jq '.facts[].evidence[].passage.quote'
  urbi explain 'ICLC 5' heldIn --format trig          PROV-O

Shows for each fact: the sentences that state it, with their place in the original, rule and confidence; what agrees with it
and what contradicts it; what curators decided; and how the entities came to their names. Entities go by name, IRI or
prefixed name, relations by name. What evidence states and the graph does not hold is marked, with the reason.
docs/trust.md describes it all.")]
pub struct Explain {
    /// The entity that is spoken of
    pub subject: String,
    /// The relation
    #[arg(value_name = "RELATION")]
    pub relation: Option<String>,
    /// Its value: an entity, a date, a number, a web address
    #[arg(value_name = "VALUE")]
    pub value: Option<String>,
    /// text is for people; json holds everything; trig and nquads are RDF, in PROV-O
    #[arg(long, short, value_enum, default_value_t = ExplainFormat::Text, value_name = "FORMAT")]
    pub format: ExplainFormat,
    /// Show all sentences and mentions, however many there are
    #[arg(long)]
    pub all: bool,
}

/// How an explanation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For people.
    Text,
    /// For programs that know no RDF.
    Json,
    /// RDF: TriG.
    Trig,
    /// RDF: N-Quads.
    Nquads,
}

/// `urbi check`.
#[derive(Clone, Debug, ArgGroupOf)]
#[command(after_help = "\
Examples:
  urbi check                                     profile and store
  urbi check --only conflicts                    where announcements disagree
  urbi check --format turtle > report.ttl        a SHACL report
  urbi check graph.ttl more.jsonld               any RDF, against the shapes
  urbi check graph.ttl --shapes mine.ttl

Of rules, all mistakes are shown at once, with file, line, a code and what to do; docs/rules.md explains the codes. What is
wrong with the graph is shown with the sentences that it comes from. Exit code 1: rules are wrong, a shape is violated,
announcements contradict each other and neither time nor precision decides, or a decision speaks of what is gone.")]
pub struct Check {
    /// RDF files to hold against the shapes, instead of the profile and the store
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Other shapes than those of the profile (Turtle)
    #[arg(long, value_name = "FILE")]
    pub shapes: Option<PathBuf>,
    /// Check only this
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',', conflicts_with = "files")]
    pub only: Vec<Matter>,
    /// The least severity of what shapes object to
    #[arg(long, value_enum, default_value_t = Least::Warning, value_name = "SEVERITY")]
    pub least: Least,
    /// turtle is a SHACL report, on the graph alone
    #[arg(long, short, value_enum, default_value_t = CheckFormat::Text, value_name = "FORMAT")]
    pub format: CheckFormat,
}

/// What can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Matter {
    /// The rules of the profile and their examples.
    Rules,
    /// The graph, against the shapes.
    Shapes,
    /// What announcements say differently.
    Conflicts,
    /// Decisions that speak of what is gone.
    Decisions,
}

/// The least severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Least {
    /// Violations only.
    Violation,
    /// Warnings too.
    Warning,
    /// All.
    Info,
}

impl Least {
    /// As findings have it.
    pub fn severity(self) -> Severity {
        match self {
            Least::Violation => Severity::Violation,
            Least::Warning => Severity::Warning,
            Least::Info => Severity::Info,
        }
    }
}

/// How the report of a check is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// A SHACL report.
    Turtle,
}

/// `urbi show`.
#[derive(Debug, ArgGroupOf)]
#[command(after_help = "\
Examples:
  urbi show data/announcements/iclc-6-jubail.txt
  urbi show iclc-6-jubail.txt -o jubail.html     a page that needs nothing but itself
  urbi show 'Learning cities adopt Yeonsu Declaration'
  urbi show news.txt --format json | jq '.sentences[].facts'

A document is a file, or one of the store: by its title, where it was read from, its IRI, or how its digest begins. Sentences
that state facts have numbers, and the facts stand beside them. With a store, facts that do not stand in the graph say why.")]
pub struct Show {
    /// A file, or a document of the store
    #[arg(value_name = "DOC")]
    pub document: String,
    /// The format; without it, the ending of the output file says it, or else text
    #[arg(long, short, value_enum, value_name = "FORMAT")]
    pub format: Option<ShowFormat>,
    /// The file to write, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The form of the file, instead of what its name and content show
    #[arg(long, value_name = "FORM", value_parser = forms())]
    pub from: Option<Form>,
}

/// How a document is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// On a terminal.
    Text,
    /// A page.
    Html,
    /// For programs.
    Json,
}

/// `urbi diff`.
#[derive(Debug, ArgGroupOf)]
#[command(after_help = "\
Examples:
  urbi diff before.db after.db
  urbi diff release.ttl urbi.db
  urbi diff a.nt b.jsonld --format json

- stands before what only the first has, + before what only the second has. Names of blank nodes do not matter (RDFC-1.0).
The exit code is that of diff: 0 the same, 1 different, 2 trouble.")]
pub struct Diff {
    /// A store or an RDF file
    #[arg(value_name = "A")]
    pub from: PathBuf,
    /// Another one
    #[arg(value_name = "B")]
    pub to: PathBuf,
    /// Compare evidence, provenance and decisions too: all named graphs
    #[arg(long)]
    pub all: bool,
    /// The format of the difference
    #[arg(long, short, default_value = "text", value_name = "FORMAT", value_parser = ["text", "json"])]
    pub format: String,
}

/// `urbi rules try`.
#[derive(Debug, ArgGroupOf)]
pub struct Try {
    /// The changed rule files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Announcements whose facts are known, as for urbi eval
    #[arg(long, value_name = "GOLD")]
    pub gold: Option<PathBuf>,
    /// The format of the report
    #[arg(long, short, default_value = "text", value_name = "FORMAT", value_parser = ["text", "json"])]
    pub format: String,
}
