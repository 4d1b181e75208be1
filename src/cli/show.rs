//! `urbi show`: a document with its mentions and facts marked, on a terminal or as a page.

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use urbi::engine::Engine;
use urbi::engine::account::Account;
use urbi::explain::Explainer;
use urbi::query::nearest;
use urbi::show::{About, Shown, html};
use urbi::source::{self, Announcement, Form, Part, Place};
use urbi::store::{OpenError, Store, StoredDocument};
use urbi::vocab::Base;

use super::files;
use super::open;
use super::outcome::{Outcome, wrong_use};
use super::plan::Setting;
use super::screen::{self, Screen};
use super::show_text;
use super::why_args::{Show, ShowFormat};

/// Shows a document.
pub fn run(setting: &Setting, task: &Show, screen: &Screen) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let path = Path::new(&task.document);
    // A file can be shown without a store; with one, it is known which of its facts stand.
    let store = match Store::open_read_only(&setting.store) {
        Err(OpenError::Missing(_)) if path.is_file() => None,
        opened => Some(opened?),
    };
    let base = store.as_ref().map_or_else(Base::default, |store| store.base().clone());
    let (announcements, places) = match &store {
        _ if path.is_file() => {
            (source::read(&task.document, &open::read(path)?, task.from)?, vec![Place::file(path).source()])
        }
        Some(store) => {
            let document = find(&task.document, store)?;
            (vec![kept(store, &document)?], document.sources)
        }
        None => return Err(wrong_use(anyhow!("there is no file {}", task.document))),
    };
    let engine = Engine::new(&profile, &base)?;
    let explainer = store.as_ref().map(|store| Explainer::new(store, &engine));
    let mut pages = Vec::new();
    for announcement in announcements {
        let account = engine.account(announcement);
        let known = explainer.as_ref().filter(|explainer| is_known(explainer, &account));
        let about = About { places: places.iter().map(|place| files::here(place).to_owned()).collect() };
        pages.push(Shown::new(&account, about, engine.ontology(), &base, known)?);
    }
    let format = task.format.unwrap_or_else(|| match task.output.as_deref().and_then(Path::extension) {
        Some(ending) if ending == "html" || ending == "htm" => ShowFormat::Html,
        Some(ending) if ending == "json" => ShowFormat::Json,
        _ => ShowFormat::Text,
    });
    let write = |out: &mut dyn Write| match (format, pages.as_slice()) {
        (ShowFormat::Text, pages) => pages.iter().try_for_each(|page| show_text::write(page, out)),
        (ShowFormat::Html, [page]) => Ok(out.write_all(html::page(page).as_bytes())?),
        (ShowFormat::Json, [page]) => {
            serde_json::to_writer_pretty(&mut *out, page).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        }
        (_, pages) => {
            let titles: Vec<&str> = pages.iter().map(|page| page.title.as_str()).collect();
            let problem = format!("{} holds {} documents: {}", task.document, pages.len(), titles.join("; "));
            Err(wrong_use(anyhow!(problem + "\n  build them, and show one of them by its title")))
        }
    };
    match &task.output {
        None => screen::result(write)?,
        Some(path) => {
            files::write(path, write)?;
            screen.note(&format!("written to {}", path.display()));
        }
    }
    Ok(Outcome::Done)
}

/// Whether the store holds the document.
fn is_known(explainer: &Explainer<'_>, account: &Account) -> bool {
    explainer.store().document(&account.extraction.document.iri).is_ok_and(|found| found.is_some())
}

/// A document of the store: by IRI, by its digest or how that begins, by where it was read from, by title.
fn find(name: &str, store: &Store) -> anyhow::Result<StoredDocument> {
    let documents = store.documents()?;
    let digest = |document: &StoredDocument| document.iri.as_str().rsplit('/').next().unwrap_or_default().to_owned();
    let short = name.strip_prefix("document/").unwrap_or(name);
    let by_digest = |document: &StoredDocument| short.len() >= 6 && digest(document).starts_with(short);
    let by_place = |document: &StoredDocument| {
        document.sources.iter().any(|place| place == name || place.ends_with(&format!("/{name}")))
    };
    let by_title = |document: &StoredDocument| {
        document.title.as_ref().is_some_and(|title| title.to_lowercase() == name.to_lowercase())
    };
    let by_iri = |document: &StoredDocument| document.iri.as_str() == name;
    for fits in [&by_iri as &dyn Fn(&StoredDocument) -> bool, &by_digest, &by_place, &by_title] {
        let found: Vec<&StoredDocument> = documents.iter().filter(|document| fits(document)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok((*one).clone()),
            several => {
                let iris: Vec<&str> = several.iter().map(|document| document.iri.as_str()).collect();
                let problem = format!("{name:?} names {} documents; give one of: {}", several.len(), iris.join(" "));
                return Err(wrong_use(anyhow!(problem)));
            }
        }
    }
    let titles = documents.iter().filter_map(|document| document.title.as_deref());
    let places = documents.iter().flat_map(|document| &document.sources).map(|place| files::here(place));
    let hint = nearest(name, titles.chain(places)).map(|near| format!("; did you mean {near:?}?"));
    let hint = hint.unwrap_or_else(|| "; give a file, a title, an address or the IRI of a document".to_owned());
    Err(wrong_use(anyhow!("there is no file and no document in the store called {name:?}{hint}")))
}

/// The announcement that a store keeps.
fn kept(store: &Store, document: &StoredDocument) -> anyhow::Result<Announcement> {
    let bytes = store.original(&document.iri)?.context("the store has lost the original of the document")?;
    let form: Option<Form> = document.media_type.parse().ok();
    let name = document.sources.first().map_or(document.iri.as_str(), String::as_str);
    Ok(source::read_part(&Part::new(Place::named(name), bytes, form))?)
}
