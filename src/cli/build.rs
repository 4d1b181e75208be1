//! `urbi build`: files in, extraction on all cores, into the store in the order of the files.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, anyhow};
use indicatif::ProgressBar;
use oxrdf::NamedNode;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use urbi::engine::Engine;
use urbi::fact::Extraction;
use urbi::intake::{self, Spot};
use urbi::profile::Profile;
use urbi::source::{Form, Part, Place, Settings};
use urbi::store::{Incoming, Ingested, OpenError, Store, StoredDocument};
use urbi::view::Schema;
use urbi::vocab::Base;

use super::failures::{Failure, Failures};
use super::outcome::{Outcome, wrong_use};
use super::plan::{Build, Setting};
use super::reading;
use super::screen::Screen;
use super::summary::{Counts, summarize};

/// Documents of the store that are read again together.
const KEPT_BATCH: usize = 256;

/// Puts announcements into the store.
#[expect(clippy::disallowed_methods, reason = "how long it took is said on the screen, and nowhere else")]
pub fn run(setting: &Setting, task: &Build, screen: &Screen) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let failures = Failures::new(screen, task.report.as_deref())?;
    let listing = intake::list(&task.places, task.reading.form.is_some());
    reading::say_listing(&listing, &failures)?;
    if listing.spots.is_empty() {
        failures.finish()?;
        return match failures.count() {
            0 => Err(wrong_use(anyhow!("there is no announcement in {}", listed(&task.places)))),
            _ => Ok(Outcome::Problems),
        };
    }
    let profile = setting.profile()?;
    // The engine comes before a new store: a profile with mistakes leaves no empty store behind.
    let existing = match Store::open(&setting.store, task.base.as_ref()) {
        Err(OpenError::Missing(_)) => None,
        opened => Some(opened?),
    };
    let base = existing.as_ref().map_or_else(|| task.base.clone().unwrap_or_default(), |store| store.base().clone());
    let engine = Engine::new(&profile, &base)?;
    let schema = Schema::from(engine.ontology());
    let store = Arc::new(existing.map_or_else(|| Store::create(&setting.store, &base), Ok)?);
    if let Some(at_least) = task.min_confidence
        && store.set_least(&schema, at_least)?
    {
        screen.note(&format!("the graph holds statements from confidence {at_least} on"));
    }
    let builder = Builder {
        reader: Reader { engine: &engine, store: &store, base: &base },
        schema: &schema,
        store: &store,
        screen,
        failures: &failures,
    };
    let mut counts = builder.build(&listing.spots, &task.reading, &profile)?;
    counts.failed = failures.count();
    failures.finish()?;
    store.flush()?;
    summarize(&store, counts, started.elapsed(), screen)?;
    Ok(if counts.failed == 0 { Outcome::Done } else { Outcome::Problems })
}

struct Builder<'a> {
    reader: Reader<'a>,
    schema: &'a Schema,
    store: &'a Store,
    screen: &'a Screen,
    failures: &'a Failures<'a>,
}

/// What documents are read with, on all cores at once.
struct Reader<'a> {
    engine: &'a Engine,
    store: &'a Store,
    base: &'a Base,
}

/// A document that has been read.
enum Read {
    /// The store has just this from there.
    Unchanged,
    /// What it states.
    Extracted(Box<Extraction>),
}

impl Reader<'_> {
    fn read(&self, part: &Part, again: bool) -> Result<Read, Failure> {
        if !again {
            let digest: String = Sha256::digest(&part.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            let known = self.store.document_of(&part.place.source());
            let known = known.map_err(|error| Failure::Store(part.place.to_string(), error.into()))?;
            if known == Some(self.base.document(&digest)) {
                return Ok(Read::Unchanged);
            }
        }
        Ok(Read::Extracted(Box::new(reading::extract(self.engine, part)?)))
    }
}

impl Builder<'_> {
    fn build(&self, spots: &[Spot], settings: &Settings, profile: &Profile) -> anyhow::Result<Counts> {
        let identity = format!("urbi {} profile {}", env!("CARGO_PKG_VERSION"), profile.digest());
        let again = self.store.needs_rebuild(&identity)?;
        let mut counts = Counts::default();
        let mut read = BTreeSet::new();
        let bar = self.screen.bytes(spots.iter().map(Spot::length).sum());
        reading::in_batches(spots, settings, self.failures, &bar, &mut |batch| {
            if again {
                read.extend(batch.iter().map(|part| part.place.source()));
            }
            self.batch(batch, again, &bar, &mut counts)
        })?;
        bar.finish_and_clear();
        if again {
            self.read_kept(&read, &mut counts)?;
            if self.failures.count() > 0 {
                // Not noted as done: the next build tries again.
                return Ok(counts);
            }
        }
        self.store.set_profile(&identity)?;
        Ok(counts)
    }

    /// Reads the documents of the store again that did not come from `read` just now.
    fn read_kept(&self, read: &BTreeSet<String>, counts: &mut Counts) -> anyhow::Result<()> {
        let documents = self.store.documents()?;
        let kept = |document: &StoredDocument| -> Vec<(String, NamedNode, Option<Form>)> {
            let form = Form::of_media_type(&document.media_type);
            let sources = document.sources.iter().filter(|source| !read.contains(*source));
            sources.map(|source| (source.clone(), document.iri.clone(), form)).collect()
        };
        let kept: Vec<_> = documents.iter().flat_map(kept).collect();
        self.screen.note(&format!(
            "the rules, the lexicon or the program have changed: reading everything again, {} documents from the store",
            kept.len()
        ));
        let bar = self.screen.progress(kept.len());
        for some in kept.chunks(KEPT_BATCH) {
            let mut parts = Vec::new();
            for (source, document, form) in some {
                let original = self.store.original(document)?;
                match original.context("the store lost its original") {
                    Ok(bytes) => parts.push(Part::new(Place::named(source), bytes, *form)),
                    Err(error) => self.failures.take(&Failure::Store(source.clone(), error))?,
                }
            }
            self.batch(&parts, true, &bar, counts)?;
            bar.inc(some.len() as u64);
        }
        bar.finish_and_clear();
        Ok(())
    }

    fn batch(&self, batch: &[Part], again: bool, bar: &ProgressBar, counts: &mut Counts) -> anyhow::Result<()> {
        let reader = &self.reader;
        let read: Vec<Result<Read, Failure>> = batch.par_iter().map(|part| reader.read(part, again)).collect();
        bar.suspend(|| self.ingest(batch, &read, counts))
    }

    fn ingest(&self, batch: &[Part], read: &[Result<Read, Failure>], counts: &mut Counts) -> anyhow::Result<()> {
        let sources: Vec<String> = batch.iter().map(|part| part.place.source()).collect();
        let mut incoming = Vec::new();
        for ((part, source), read) in batch.iter().zip(&sources).zip(read) {
            match read {
                Ok(Read::Unchanged) => counts.unchanged += 1,
                Ok(Read::Extracted(extraction)) => {
                    incoming.push(Incoming { extraction, original: &part.bytes, source });
                }
                Err(failure) => self.failures.take(failure)?,
            }
        }
        for done in self.store.ingest_all(self.schema, &incoming)? {
            match done {
                Ingested::Unchanged => counts.unchanged += 1,
                Ingested::Known => counts.known += 1,
                Ingested::Added => counts.new += 1,
                Ingested::Replaced => counts.changed += 1,
            }
        }
        Ok(())
    }
}

fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
