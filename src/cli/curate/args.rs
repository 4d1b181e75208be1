//! The arguments of the commands by which people decide.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use urbi::fact::Confidence;

/// How facts are given, for the help of several commands.
const FACTS: &str = "\
A fact is given as its subject, relation and value (by name, prefixed name or IRI), or by the short name that urbi review and
these commands show, such as 3fa2b1c0. Without the value, the relation must have one only.";

/// Deciding.
#[derive(Debug, Subcommand)]
pub enum Curate {
    /// Walk through the facts that need a look, and decide on them
    Review(Review),
    /// Say that a fact is true: it stands whatever contradicts it
    #[command(after_help = format!("\
Examples:
  urbi accept 'ICLC 5' heldIn Yeonsu
  urbi accept 3fa2b1c0 -m 'seen on the programme'

{FACTS}"))]
    Accept(Fact),
    /// Say that a fact is wrong: it does not stand, however often it is stated
    #[command(after_help = format!("\
Examples:
  urbi reject 'ICLC 5' hasTheme 'Lifelong learning'
  urbi reject 3fa2b1c0 -m 'that was the fourth conference'

{FACTS}"))]
    Reject(Fact),
    /// Say what is true instead of a fact
    #[command(after_help = format!("\
Examples:
  urbi correct 'ICLC 5' startDate --to 2021-10-27
  urbi correct 'ICLC 5' heldIn Seoul --to Yeonsu
  urbi correct 3fa2b1c0 --to 'Incheon' -m 'the programme says so'
  urbi correct 'ICLC 5' hasTheme 'Healthy cities' --to 'Healthy and resilient cities' --new

{FACTS}
The new value may be an entity of the graph or of the lexicon; --new makes one that neither knows."))]
    Correct(Correct),
    /// Say that several entities are one
    #[command(after_help = "\
Examples:
  urbi merge 'ICLC 5' 'Fifth International Conference on Learning Cities'
  urbi merge organization/uil organization/unesco-institute -m 'one institute, two names'

Which IRI stands for the entity is decided as always: the strongest key. Both keep leading to it.")]
    Merge(Merge),
    /// Say that keys of an entity are another entity
    #[command(after_help = "\
Examples:
  urbi split 'ICLC 5'                              shows its keys
  urbi split 'ICLC 5' conference/iclc-2021         this key is another conference

All that is stated of the keys named becomes an entity of its own, and stays apart whatever evidence joins later.")]
    Split(Split),
    /// Say how an entity is called
    #[command(after_help = "\
Examples:
  urbi rename 'ICLC 5' 'Fifth International Conference on Learning Cities'
  urbi rename city/1835329 Yeonsu-gu --language ko-Latn

The old name stays as another name; `urbi reject ENTITY rdfs:label NAME` takes it away.")]
    Rename(Rename),
    /// Take a decision back: the last one, or one that is named
    #[command(after_help = "\
Examples:
  urbi undo
  urbi undo 9c56cc51

Nothing is lost: the decision stays on record with the one that undid it, which can be undone as well.")]
    Undo(Undo),
    /// Show, export and import decisions
    #[command(after_help = "\
Examples:
  urbi decisions list
  urbi decisions list --gone                       those that speak of what no document states any more
  urbi decisions export -o decisions.ttl
  urbi decisions import decisions.ttl")]
    Decisions {
        /// What to do.
        #[command(subcommand)]
        command: Decisions,
    },
}

/// Who decides, when and why.
#[derive(Clone, Debug, Args)]
pub struct Signature {
    /// Who decides [default: your user name]
    #[arg(long, value_name = "NAME", env = "URBI_AUTHOR")]
    pub author: Option<String>,
    /// Why
    #[arg(long = "reason", short = 'm', value_name = "TEXT")]
    pub reason: Option<String>,
    /// When, such as 2026-11-25T09:30:00Z [default: now]
    #[arg(long, value_name = "TIME")]
    pub time: Option<Timestamp>,
}

/// `urbi accept` and `urbi reject`.
#[derive(Debug, Args)]
pub struct Fact {
    /// The fact
    #[arg(required = true, num_args = 1..=3, value_name = "FACT")]
    pub fact: Vec<String>,
    /// Who, when, why.
    #[command(flatten)]
    pub signature: Signature,
}

/// `urbi correct`.
#[derive(Debug, Args)]
pub struct Correct {
    /// The fact
    #[arg(required = true, num_args = 1..=3, value_name = "FACT")]
    pub fact: Vec<String>,
    /// The value that is true
    #[arg(long, value_name = "VALUE")]
    pub to: String,
    /// Make a new entity of that name, if the graph has none
    #[arg(long)]
    pub new: bool,
    /// The class of the new entity, if the relation leaves a choice
    #[arg(long, value_name = "CLASS", requires = "new")]
    pub class: Option<String>,
    /// Who, when, why.
    #[command(flatten)]
    pub signature: Signature,
}

/// `urbi merge`.
#[derive(Debug, Args)]
pub struct Merge {
    /// The entities that are one
    #[arg(required = true, num_args = 2.., value_name = "ENTITY")]
    pub entities: Vec<String>,
    /// Who, when, why.
    #[command(flatten)]
    pub signature: Signature,
}

/// `urbi split`.
#[derive(Debug, Args)]
pub struct Split {
    /// The entity
    #[arg(value_name = "ENTITY")]
    pub entity: String,
    /// The keys that are another entity
    #[arg(value_name = "KEY")]
    pub keys: Vec<String>,
    /// Who, when, why.
    #[command(flatten)]
    pub signature: Signature,
}

/// `urbi rename`.
#[derive(Debug, Args)]
pub struct Rename {
    /// The entity
    #[arg(value_name = "ENTITY")]
    pub entity: String,
    /// Its name
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The language of the name, as in BCP 47
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Who, when, why.
    #[command(flatten)]
    pub signature: Signature,
}

/// `urbi undo`.
#[derive(Debug, Args)]
pub struct Undo {
    /// The decision, as `urbi decisions list` names it; without it, the last one that holds
    #[arg(value_name = "DECISION")]
    pub decision: Option<String>,
    /// Who, when, why.
    #[command(flatten)]
    pub signature: Signature,
}

/// `urbi review`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  urbi review
  urbi review --below 0.8 --limit 20
  urbi review --about 'ICLC 5'
  printf 'a\\nr not in the text\\ns\\nq\\n' | urbi review      by script: one answer a line

Contradictions come first, then the facts that are least certain; what has been decided is not asked again. Keys: a accept,
r reject, c correct, s skip, u undo the last answer, q quit. Each answer is stored at once.")]
pub struct Review {
    /// Only facts that all their evidence together makes less sure (0 to 1)
    #[arg(long, value_name = "X", default_value = "0.9")]
    pub below: Confidence,
    /// Only facts about this entity
    #[arg(long, value_name = "ENTITY")]
    pub about: Option<String>,
    /// Only facts with this relation
    #[arg(long, value_name = "RELATION")]
    pub relation: Option<String>,
    /// The greatest number of facts
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// List the facts and ask nothing
    #[arg(long)]
    pub list: bool,
    /// Who, when, why.
    #[command(flatten)]
    pub signature: Signature,
}

/// `urbi decisions`.
#[derive(Debug, Subcommand)]
pub enum Decisions {
    /// List them, the earliest first
    #[command(
        after_help = "Examples:\n  urbi decisions list\n  urbi decisions list --gone\n  urbi decisions list --format json"
    )]
    List {
        /// Only those that speak of what no document states any more
        #[arg(long)]
        gone: bool,
        /// The format; without it, a table on a terminal and tabs in a pipe
        #[arg(long, short, value_name = "FORMAT", value_parser = ["table", "json"])]
        format: Option<String>,
    },
    /// Write them as a file for people and for version control
    #[command(after_help = "Examples:\n  urbi decisions export -o decisions.ttl\n  urbi decisions export | less")]
    Export {
        /// The file to write, instead of standard output
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Put the decisions of files into the store; those that it has already change nothing
    #[command(after_help = "\
Examples:
  urbi decisions import decisions.ttl
  urbi decisions import decisions.ttl --dry-run

docs/curation.md describes the file. All of it is imported, or nothing.")]
    Import {
        /// Files of decisions, in Turtle
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Only say what would be imported
        #[arg(long, short = 'n')]
        dry_run: bool,
    },
}
