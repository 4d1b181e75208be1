//! The arguments of `urbi graph`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use urbi::export::Format;

use crate::cli::focus::FocusArgs;

/// How results of `urbi graph` are written beside as pictures.
pub const TABLE: &str = "table";
/// For programs.
pub const JSON: &str = "json";

/// `urbi graph`.
#[derive(Debug, Subcommand)]
pub enum Graph {
    /// How large the graph is, and what there is in it
    #[command(after_help = "\
Examples:
  urbi graph stats
  urbi graph stats --years 2019-2021 --format json")]
    Stats(Shown),
    /// Which entities matter most
    #[command(after_help = "\
Examples:
  urbi graph central --top 10
  urbi graph central --class City
  urbi graph central --format dot | dot -Tsvg > central.svg

rank is PageRank, in percent of all; between is the part of all shortest chains that lead through the entity, in percent;
related counts the entities that it is related to. The order is that of rank.")]
    Central {
        /// How many
        #[arg(long, value_name = "N", default_value_t = 20)]
        top: usize,
        /// Of what, and how it is shown.
        #[command(flatten)]
        shown: Shown,
    },
    /// Which groups are related among themselves more than to others
    #[command(after_help = "\
Examples:
  urbi graph communities
  urbi graph communities --class Conference,Organization --format json

Groups are those of the Louvain method; each is shown with its most central entities.")]
    Communities(Shown),
    /// Which parts hang together, and which entities stand alone
    #[command(after_help = "\
Examples:
  urbi graph components
  urbi graph components --format json | jq '.components[0].entities[].label'")]
    Components(Shown),
    /// How one entity is linked to another: a chain of facts with their sentences
    #[command(after_help = "\
Examples:
  urbi graph path Yeonsu Medellín
  urbi graph path Yeonsu Medellín --class City,Conference,ConferenceSeries
  urbi graph path Yeonsu Medellín --format dot | dot -Tsvg > linked.svg

The chain is the shortest; of several, the one through entities that are related to fewest others. The exit code is 1 if
nothing links the two.")]
    Path {
        /// Where the chain begins (name, IRI or prefixed name)
        from: String,
        /// Where it ends
        to: String,
        /// Leave out the sentences, where a licence forbids to pass them on
        #[arg(long)]
        no_quotes: bool,
        /// Of what, and how it is shown.
        #[command(flatten)]
        shown: Shown,
    },
    /// Which entities are like another: of its class, and related to the same
    #[command(after_help = "\
Examples:
  urbi graph similar Medellín
  urbi graph similar 'ICLC 5' --top 5 --format json

alike is the part of all that one of the two is related to that both are related to, in percent.")]
    Similar {
        /// The entity (name, IRI or prefixed name)
        name: String,
        /// How many
        #[arg(long, value_name = "N", default_value_t = 20)]
        top: usize,
        /// Of what, and how it is shown.
        #[command(flatten)]
        shown: Shown,
    },
    /// What was when, the earliest first
    #[command(after_help = "\
Examples:
  urbi graph timeline --class Conference
  urbi graph timeline --years 2019- --format json")]
    Timeline(Shown),
}

/// Of what a measure is, and how it is shown.
#[derive(Debug, Args)]
pub struct Shown {
    /// Which part of the graph.
    #[command(flatten)]
    pub focus: FocusArgs,
    /// The format; without it, the ending of the file says it, else a table on a terminal and tabs in a pipe
    #[arg(long, short, value_name = "FORMAT", value_parser = PossibleValuesParser::new([TABLE, JSON].into_iter().chain(pictures())))]
    pub format: Option<String>,
    /// The file to write, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// The names of the formats of pictures.
pub fn pictures() -> impl Iterator<Item = &'static str> {
    Format::ALL.into_iter().filter(|format| format.is_picture()).map(Format::name)
}
