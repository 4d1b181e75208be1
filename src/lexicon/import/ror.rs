//! Records of the Research Organization Registry (ror.org): the release files of schema 1 and 2, and records one a line.
//!
//! Active organizations only. A field may have its full name or the short one of compact extracts.

use serde::Deserialize;

use super::{Read, Source, problem, utf8};
use crate::lexicon::LexiconError;
use crate::lexicon::entry::{Kind, LinkKind};
use crate::lexicon::table::{Row, WIKIDATA};
use oxrdf::NamedNode;

#[derive(Deserialize)]
struct Record {
    id: String,
    #[serde(default)]
    status: String,
    /// Schema 2.
    #[serde(default)]
    names: Vec<Name>,
    #[serde(default, alias = "loc")]
    locations: Vec<Location>,
    #[serde(default, alias = "web")]
    links: Vec<Link>,
    #[serde(default)]
    wikidata: Vec<String>,
    #[serde(default)]
    external_ids: serde_json::Value,
    /// Schema 1.
    name: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    acronyms: Vec<String>,
    #[serde(default)]
    labels: Vec<Label>,
    country: Option<Country>,
}

#[derive(Deserialize)]
struct Name {
    #[serde(alias = "v")]
    value: String,
    #[serde(default, alias = "t")]
    types: Vec<String>,
    #[serde(default, alias = "l")]
    lang: Option<String>,
}

#[derive(Deserialize)]
struct Location {
    #[serde(default)]
    geonames_details: Option<Country>,
    #[serde(default)]
    country_code: Option<String>,
}

#[derive(Deserialize)]
struct Country {
    country_code: String,
}

#[derive(Deserialize)]
struct Label {
    label: String,
    #[serde(default)]
    iso639: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Link {
    Bare(String),
    Typed {
        value: String,
        #[serde(rename = "type", default)]
        kind: String,
    },
}

pub(super) fn read(source: &Source<'_>) -> Result<Read, LexiconError> {
    let (mut gone, mut nameless) = (0, 0);
    let mut rows = Vec::new();
    for record in records::<Record>(source)? {
        if !matches!(record.status.as_str(), "" | "active") {
            gone += 1;
            continue;
        }
        match row(source, record) {
            Some(row) => rows.push(row),
            None => nameless += 1,
        }
    }
    let left_out =
        vec![("organizations that are no longer active", gone), ("records without a name to show", nameless)];
    Ok(Read { rows, left_out })
}

/// The records of a JSON list, or of a file with one a line.
pub(super) fn records<T: for<'d> Deserialize<'d>>(source: &Source<'_>) -> Result<Vec<T>, LexiconError> {
    let text = utf8(source.file, source.bytes)?;
    let broken = |line: usize, error: &serde_json::Error| problem(source.file, line, error.to_string());
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(|error| broken(error.line(), &error));
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| serde_json::from_str(line).map_err(|error| broken(at + 1, &error))).collect()
}

fn row(source: &Source<'_>, record: Record) -> Option<Row> {
    let key = record.id.rsplit('/').next().filter(|key| !key.is_empty())?.to_owned();
    let shown = record.names.iter().find(|name| name.types.iter().any(|kind| kind == "ror_display"));
    let label = shown.map(|name| name.value.clone()).or(record.name).filter(|name| !name.trim().is_empty())?;
    let is_acronym = |name: &&Name| name.types.iter().any(|kind| kind == "acronym");
    let wanted = |language: Option<&str>| language.is_none_or(|tag| super::skos::is_wanted(tag, source.languages));
    let full = record.names.iter().filter(|name| !is_acronym(name) && wanted(name.lang.as_deref()));
    let labels = record.labels.into_iter().filter(|name| wanted(name.iso639.as_deref())).map(|name| name.label);
    let mut names: Vec<String> = full.map(|name| name.value.clone()).chain(record.aliases).chain(labels).collect();
    let mut acronyms: Vec<String> =
        record.names.iter().filter(is_acronym).map(|name| name.value.clone()).chain(record.acronyms).collect();
    for list in [&mut names, &mut acronyms] {
        list.retain(|name| *name != label && !name.trim().is_empty());
        list.sort();
        list.dedup();
    }
    // What is written in capitals only, and what is not, is no acronym: "Unesco" may stand for itself.
    names.retain(|name| !acronyms.contains(name));
    let count = acronyms.len();
    names.append(&mut acronyms);
    let website = |link: Link| match link {
        Link::Bare(iri) => Some(iri),
        Link::Typed { value, kind } => (kind.is_empty() || kind == "website").then_some(value),
    };
    let homepage = record.links.into_iter().find_map(website).filter(|iri| NamedNode::new(iri.as_str()).is_ok());
    let wikidata = record.wikidata.into_iter().next().or_else(|| wikidata(&record.external_ids));
    let place = record.locations.into_iter().next();
    let code = place.and_then(|place| place.country_code.or(place.geonames_details.map(|place| place.country_code)));
    let mut row = Row { kind: Kind::Organization, label, names, acronyms: count, ..Row::EMPTY };
    row.source = format!("{}/{key}", source.dataset);
    row.links.push((LinkKind::Same, format!("https://ror.org/{key}")));
    row.links.extend(wikidata.map(|id| (LinkKind::Same, format!("{WIKIDATA}{id}"))));
    row.links.extend(homepage.map(|iri| (LinkKind::Homepage, iri)));
    row.key = key;
    row.country = code.or(record.country.map(|country| country.country_code)).unwrap_or_default();
    Some(row)
}

/// The item of Wikidata: `external_ids` is a list in schema 2 and an object in schema 1.
fn wikidata(ids: &serde_json::Value) -> Option<String> {
    let of = |id: &serde_json::Value| {
        let first = id["preferred"].as_str().or_else(|| id["all"].as_str()).or_else(|| id["all"][0].as_str());
        first.map(str::to_owned)
    };
    match ids {
        serde_json::Value::Array(list) => list.iter().find(|id| id["type"] == "wikidata").and_then(of),
        other => of(&other["Wikidata"]),
    }
}
