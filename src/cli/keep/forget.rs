//! `urbi forget`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use urbi::ontology::Ontology;
use urbi::query::nearest;
use urbi::store::{Forgotten, Store, StoredDocument};
use urbi::view::Schema;

use super::args::Forget;
use super::number;
use crate::cli::curate;
use crate::cli::outcome::{Outcome, wrong_use};
use crate::cli::plan::Setting;
use crate::cli::screen::{self, Screen};

/// Sources that are forgotten together.
const BATCH: usize = 256;
/// The fewest digits by which a document may be named.
const DIGITS: usize = 6;

/// Takes documents out.
pub fn run(setting: &Setting, task: &Forget, screen: &Screen) -> anyhow::Result<Outcome> {
    let schema = Schema::from(&Ontology::load(&setting.profile()?)?);
    if task.dry_run {
        let store = Store::open_read_only(&setting.store)?;
        let sources = wanted(&store, &task.sources)?;
        screen::result(|out| sources.iter().try_for_each(|source| Ok(writeln!(out, "{source}")?)))?;
        screen.note(&format!("would be forgotten: {}", number(sources.len(), "source", "sources")));
        return Ok(Outcome::Done);
    }
    let store = setting.open_to_write(None)?;
    let sources = wanted(&store, &task.sources)?;
    let mut forgotten = Forgotten::default();
    let bar = screen.progress(sources.len());
    for batch in sources.chunks(BATCH) {
        let batch: Vec<&str> = batch.iter().map(String::as_str).collect();
        let done = store.forget_all(&schema, &batch)?;
        forgotten.sources += done.sources;
        forgotten.documents.extend(done.documents);
        bar.inc(batch.len() as u64);
    }
    bar.finish_and_clear();
    let store = if task.purge {
        let anew = store.copy_anew()?;
        store.succeed(anew)?
    } else {
        store.flush()?;
        store
    };
    let kept = forgotten.sources - forgotten.documents.len().min(forgotten.sources);
    screen.note(&format!("forgotten: {}", number(forgotten.documents.len(), "document", "documents")));
    if kept > 0 && forgotten.documents.is_empty() {
        screen.note("other files have given the same document: what it states stays in the graph");
    }
    if task.purge {
        screen.note("the database was written anew: nothing of what is forgotten is left in it");
    }
    let there = sources.iter().filter(|source| Path::new(source.as_str()).exists()).count();
    if there > 0 {
        let text = "is still at its place, and the next build of its folder reads it again";
        let texts = "are still at their places, and the next build of their folders reads them again";
        screen.hint(&format!("{} {}", number(there, "file", "files"), if there == 1 { text } else { texts }));
    }
    curate::say_gone(&store, screen)?;
    Ok(Outcome::Done)
}

/// The sources that are meant, sorted.
fn wanted(store: &Store, given: &[String]) -> anyhow::Result<Vec<String>> {
    let documents = store.documents()?;
    let mut wanted = BTreeSet::new();
    for given in given {
        let found = meant(&documents, given)?;
        if found.is_empty() {
            let sources = documents.iter().flat_map(|document| document.sources.iter().map(String::as_str));
            let hint = nearest(given, sources).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            return Err(wrong_use(anyhow!("the store holds no document from {given}{hint}")));
        }
        wanted.extend(found);
    }
    Ok(wanted.into_iter().collect())
}

/// What one name means: a source, a folder of sources, or a document.
fn meant(documents: &[StoredDocument], given: &str) -> anyhow::Result<Vec<String>> {
    let sources = || documents.iter().flat_map(|document| &document.sources);
    let path = whole(given);
    let same = |source: &&String| source.as_str() == given || Path::new(source.as_str()) == path;
    if let Some(source) = sources().find(same) {
        return Ok(vec![source.clone()]);
    }
    let below: Vec<String> =
        sources().filter(|source| Path::new(source.as_str()).starts_with(&path)).cloned().collect();
    if !below.is_empty() {
        return Ok(below);
    }
    // `<…/document/9c56…>`, `document/9c56…`, `document:9c56…` or `9c56…`.
    let bare = given.trim_start_matches('<').trim_end_matches('>');
    let digits = bare.rsplit(['/', ':']).next().unwrap_or_default().to_ascii_lowercase();
    if digits.len() < DIGITS || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(Vec::new());
    }
    let named = |document: &&StoredDocument| {
        document.iri.as_str().rsplit('/').next().is_some_and(|digest| digest.starts_with(&digits))
    };
    let found: Vec<&StoredDocument> = documents.iter().filter(named).collect();
    match found.as_slice() {
        [] => Ok(Vec::new()),
        [one] => Ok(one.sources.clone()),
        several => {
            let names: Vec<&str> = several.iter().map(|document| document.iri.as_str()).collect();
            Err(wrong_use(anyhow!("the names of {} documents begin so: {}", several.len(), names.join(" "))))
        }
    }
}

/// The whole path of a file that may be gone.
fn whole(given: &str) -> PathBuf {
    let path = Path::new(given);
    if let Ok(path) = path.canonicalize() {
        return path;
    }
    // The folder may be there still, and be known by another name.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
    }
}
