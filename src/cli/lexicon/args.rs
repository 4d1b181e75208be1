//! The arguments of `urbi lexicon` as given.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use urbi::lexicon::Kind;
use urbi::lexicon::import::Format;

/// `urbi lexicon`.
#[derive(Debug, Subcommand)]
pub enum Lexicon {
    /// Add a name, or names and links to what the lexicon has
    Add(Add),
    /// Take over a table or vocabulary of others
    Import(Import),
    /// List the entries whose names begin as given
    Search(Search),
    /// Show what a name may mean, from which table, and which meaning wins
    Explain(Explain),
}

/// `urbi lexicon add`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  urbi lexicon add 'Open Cities Summit' --kind ConferenceSeries --acronym OCS
  urbi lexicon add Cork --kind City --key 2965140 --also Corcaigh
  urbi lexicon add 'Harbour Hall' --kind Venue --country IE --homepage https://harbour.example/

The entry goes into data/lexicon/own.tsv of the profile. If the lexicon has one entry of that name and kind, it is meant,
and gains names and links; if it has several, --key says which. Adding the same key again replaces what was added.")]
pub struct Add {
    /// The name to show
    pub name: String,
    /// What it is
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub kind: Kind,
    /// Its key: a GeoNames id for cities, an ISO code for countries, a short name for others
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
    /// Another name; may be given several times
    #[arg(long, value_name = "NAME")]
    pub also: Vec<String>,
    /// An acronym, which counts only in capitals; may be given several times
    #[arg(long, value_name = "ACRONYM")]
    pub acronym: Vec<String>,
    /// The country it lies in: two letters (ISO 3166-1)
    #[arg(long, value_name = "CODE")]
    pub country: Option<String>,
    /// Inhabitants
    #[arg(long, value_name = "N")]
    pub population: Option<u32>,
    /// Latitude and longitude in degrees, such as 51.9,-8.47
    #[arg(long, value_name = "LAT,LONG", allow_hyphen_values = true)]
    pub at: Option<String>,
    /// Its item in Wikidata, such as Q36647
    #[arg(long, value_name = "Q…")]
    pub wikidata: Option<String>,
    /// Its web site
    #[arg(long, value_name = "IRI")]
    pub homepage: Option<String>,
}

/// `urbi lexicon import`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  urbi lexicon import cities.csv --kind City
  urbi lexicon import unesco-thesaurus.ttl.gz --lang en,fr
  urbi lexicon import KR.txt --alternate-names alternateNames.txt
  urbi lexicon import ror-data.json --as ror
  zcat series.jsonl.gz | urbi lexicon import - --format series --as my-series

Formats: csv and tsv with the columns of the lexicon, dumps of GeoNames, SKOS in any syntax of RDF, records of ROR, and
conference series. Packed with gzip or not. The table is made anew at each import, whole or not at all. docs/lexicon.md
says what is taken over, and what is left out.")]
pub struct Import {
    /// The file; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The name of the table, by which its entries are cited [default: the name of the file]
    #[arg(long = "as", value_name = "NAME")]
    pub dataset: Option<String>,
    /// The format, instead of what name and content of the file show
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(Format::ALL.map(Format::name))
          .try_map(|name| name.parse::<Format>()))]
    pub format: Option<Format>,
    /// What the entries are, where the file leaves it open
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub kind: Option<Kind>,
    /// Languages whose names are taken, the preferred first; all of them with `--lang all`
    #[arg(long, value_name = "TAG", value_delimiter = ',', default_value = "en")]
    pub lang: Vec<String>,
    /// GeoNames: the file of alternate names
    #[arg(long, value_name = "FILE")]
    pub alternate_names: Option<PathBuf>,
}

/// `urbi lexicon search`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  urbi lexicon search Cork
  urbi lexicon search 'Learning Cit' --limit 5")]
pub struct Search {
    /// The beginning of a name; case and diacritics do not count
    pub name: String,
    /// The greatest number of entries
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

/// `urbi lexicon explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  urbi lexicon explain Cork
  urbi lexicon explain WUF")]
pub struct Explain {
    /// A name
    pub name: String,
}

fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name))
        .try_map(|name| Kind::from_name(&name).ok_or_else(|| format!("{name} is no kind")))
}
