//! Where announcements are read from, and how: the arguments that all commands share that read any, and what they mean.

use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use clap::Args as ArgGroupOf;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use glob::Pattern;
use urbi::fetch::Manners;
use urbi::source::{Captures, Dates, Form, Settings};

/// Where announcements are read from, and how.
#[derive(Debug, ArgGroupOf)]
pub struct Given {
    /// Files, folders, archives, patterns such as 'news/**/*.html', addresses of pages, feeds and sitemaps; - is standard input
    #[arg(required = true, value_name = "PATH")]
    pub places: Vec<PathBuf>,
    /// The form of all documents, instead of what their names and contents show. Archives are opened all the same
    #[arg(long, value_name = "FORM", value_parser = forms())]
    pub from: Option<Form>,
    /// Write what cannot be read to this file, and notes on what can, a JSON object a line
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Addresses: fetch also from this machine and private networks
    #[arg(long, help_heading = WEB)]
    pub allow_private: bool,
    /// Sitemaps: the most pages to fetch
    #[arg(long, value_name = "N", default_value_t = 1000, help_heading = WEB)]
    pub max_pages: usize,
    /// Web archives and sitemaps: only addresses that fit a pattern, such as 'https://example.org/news/*'
    #[arg(long, value_name = "PATTERN", help_heading = WEB)]
    pub url: Vec<Pattern>,
    /// Web archives: only these media types, such as text/html or 'text/*'
    #[arg(long, value_name = "TYPE", help_heading = WEB)]
    pub media_type: Vec<Pattern>,
    /// Web archives: only answers with this status, such as 200 or 200-404 [default: 200-299]
    #[arg(long, value_name = "STATUS", help_heading = WEB)]
    pub status: Option<String>,
    /// Web archives: only what was captured then: 2021, 2021-10-27 or 2021-03..2021-10
    #[arg(long, value_name = "DATES", help_heading = WEB)]
    pub captured: Option<Dates>,
}

/// The heading above options for the web and its archives.
const WEB: &str = "Web and web archives";

/// How documents are read and fetched.
pub struct Reading {
    /// How they are read.
    pub settings: Settings,
    /// How they are fetched.
    pub manners: Manners,
    /// The most pages of a sitemap.
    pub pages: usize,
    /// The file for what cannot be read.
    pub report: Option<PathBuf>,
}

impl Given {
    /// Checks what is given: the places, and how they are read.
    pub fn plan(self) -> anyhow::Result<(Vec<PathBuf>, Reading)> {
        let given = self;
        let stdin = given.places.iter().filter(|place| place.as_os_str() == "-").count();
        ensure!(stdin <= 1, "standard input (-) can be read once only");
        let mut captures = Captures { urls: given.url, media_types: given.media_type, ..Captures::default() };
        if let Some(text) = given.status {
            let (first, last) = text.split_once('-').unwrap_or((&text, &text));
            let parse = |text: &str| text.parse::<u16>().ok().filter(|status| (100..600).contains(status));
            let status = parse(first).zip(parse(last)).filter(|(first, last)| first <= last);
            let (first, last) =
                status.with_context(|| format!("--status {text:?} is no status; write 200 or 200-299"))?;
            captures.status = first..=last;
        }
        captures.dates = given.captured.unwrap_or_default();
        let settings = Settings { form: given.from, captures, ..Settings::default() };
        let manners = Manners { private: given.allow_private, ..Manners::default() };
        Ok((given.places, Reading { settings, manners, pages: given.max_pages, report: given.report }))
    }
}

/// A parser of the names of [`Form`], which also lists them in help texts.
pub fn forms() -> impl TypedValueParser<Value = Form> {
    PossibleValuesParser::new(Form::ALL.iter().map(|form| form.name())).try_map(|name| name.parse::<Form>())
}
