//! Documents into a store: read on all cores, put in batch after batch, in order.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use indicatif::ProgressBar;
use oxrdf::NamedNode;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use urbi::engine::{Engine, Reach, Signature};
use urbi::fact::Extraction;
use urbi::intake::Spot;
use urbi::profile::Profile;
use urbi::source::{Form, Part};
use urbi::store::{Incoming, Ingested, Store, StoredDocument};
use urbi::view::Schema;

use super::failures::{Failure, Failures};
use super::places::Reading;
use super::reading::{self, Work};
use super::screen::Screen;
use super::summary::Counts;

/// Documents of a store that are read again together.
const KEPT_BATCH: usize = 256;

/// Puts documents into a store.
pub struct Builder<'a> {
    /// Finds what they state.
    pub engine: &'a Engine,
    /// What the view needs to know.
    pub schema: &'a Schema,
    /// The store that knows documents and keeps their originals.
    pub known: &'a Store,
    /// The store that they go to: the same, or one that is written anew.
    pub store: &'a Store,
    /// Where progress is shown.
    pub screen: &'a Screen,
    /// Takes what cannot be read.
    pub failures: &'a Failures<'a>,
}

/// What documents are read with, on all cores at once.
struct Reader<'a> {
    engine: &'a Engine,
    known: &'a Store,
    form: Option<Form>,
    again: Option<&'a Reach>,
}

/// A document, and the names by which the store knows where it comes from: at least one.
struct Item<'p> {
    part: &'p Part,
    sources: Vec<String>,
}

/// A document that has been read.
enum Read {
    /// The store has just this from there.
    Unchanged,
    /// What it states.
    Extracted(Box<Extraction>),
}

/// What evidence depends on beside the documents.
pub fn identity(profile: &Profile) -> String {
    format!("urbi {} profile {}", env!("CARGO_PKG_VERSION"), profile.digest())
}

/// Notes in a store what all its documents have been read with.
pub fn note_reading(store: &Store, engine: &Engine, profile: &Profile) -> anyhow::Result<()> {
    let signature = serde_json::to_vec(&Signature::new(engine, profile)?)?;
    Ok(store.set_reading(&identity(profile), &signature)?)
}

/// Which documents of a store may say something else when they are read with this engine; None if none does.
pub fn reach(store: &Store, engine: &Engine, profile: &Profile) -> anyhow::Result<Option<Reach>> {
    if !store.needs_rebuild(&identity(profile))? {
        return Ok(None);
    }
    let old: Option<Signature> = store.reading()?.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    Ok(Some(match old {
        Some(old) => Signature::new(engine, profile)?.since(&old),
        None => Reach::Everything("what the documents were read with"),
    }))
}

/// What of the places is read.
#[derive(Clone, Copy)]
pub struct Mode<'a> {
    /// Of documents that the store knows, those that this touches.
    pub again: Option<&'a Reach>,
    /// Of archives that were read in part, and of pages that may have changed, only the rest.
    pub resume: bool,
}

/// Takes what is read at the places, batch by batch.
struct Batches<'b, 'a> {
    builder: &'b Builder<'a>,
    form: Option<Form>,
    again: Option<&'b Reach>,
    bar: &'b ProgressBar,
    counts: &'b mut Counts,
    found: BTreeSet<String>,
}

impl Work for Batches<'_, '_> {
    fn batch(&mut self, parts: &[Part]) -> anyhow::Result<()> {
        let items: Vec<Item<'_>> = parts.iter().map(|part| Item { part, sources: vec![part.place.source()] }).collect();
        self.found.extend(items.iter().flat_map(|item| item.sources.iter().cloned()));
        self.builder.batch(&items, self.form, self.again, self.bar, self.counts)
    }

    fn unchanged(&mut self) {
        self.counts.unchanged += 1;
    }

    fn notes(&mut self, notes: &BTreeMap<String, String>) -> anyhow::Result<()> {
        Ok(self.builder.store.set_notes(notes.iter().map(|(source, note)| (source.as_str(), note.as_str())))?)
    }
}

impl Builder<'_> {
    /// Reads what is, or lies, at the places. Gives the sources that were found.
    pub fn read(
        &self,
        spots: &[Spot],
        reading: &Reading,
        mode: Mode<'_>,
        counts: &mut Counts,
    ) -> anyhow::Result<BTreeSet<String>> {
        let form = reading.settings.form.filter(|form| form.is_document());
        let bar = self.screen.bytes(spots.iter().map(Spot::length).sum());
        // What cannot be recalled is read from its start.
        let recall = |source: &str| if mode.resume { self.known.note(source).ok().flatten() } else { None };
        let reader = reading::Reader { reading, recall: &recall, failures: self.failures, bar: &bar };
        let (again, found) = (mode.again, BTreeSet::new());
        let mut batches = Batches { builder: self, form, again, bar: &bar, counts, found };
        reader.read(spots, &mut batches)?;
        bar.finish_and_clear();
        Ok(batches.found)
    }

    /// Reads the documents again that the store knows from other sources than `but`, and that `reach` touches.
    pub fn read_kept(&self, but: &BTreeSet<String>, reach: &Reach, counts: &mut Counts) -> anyhow::Result<()> {
        let mut kept: Vec<(StoredDocument, Vec<String>)> = Vec::new();
        for document in self.known.documents()? {
            let sources = document.sources.iter().filter(|source| !but.contains(*source)).cloned().collect::<Vec<_>>();
            if !sources.is_empty() {
                kept.push((document, sources));
            }
        }
        let bar = self.screen.progress(kept.len());
        for some in kept.chunks(KEPT_BATCH) {
            let mut parts = Vec::new();
            for (document, sources) in some {
                match self.known.original(&document.iri)?.context("the store lost its original") {
                    Ok(bytes) => parts.push((Part::again(&sources[0], bytes, &document.media_type), sources)),
                    Err(error) => self.failures.take(&Failure::Store(sources[0].clone(), error))?,
                }
            }
            let items: Vec<Item<'_>> =
                parts.iter().map(|(part, sources)| Item { part, sources: (*sources).clone() }).collect();
            self.batch(&items, None, Some(reach), &bar, counts)?;
            bar.inc(some.len() as u64);
        }
        bar.finish_and_clear();
        Ok(())
    }

    fn batch(
        &self,
        items: &[Item<'_>],
        form: Option<Form>,
        again: Option<&Reach>,
        bar: &ProgressBar,
        counts: &mut Counts,
    ) -> anyhow::Result<()> {
        let reader = Reader { engine: self.engine, known: self.known, form, again };
        let read: Vec<Result<Read, Failure>> = items.par_iter().map(|item| reader.read(item)).collect();
        bar.suspend(|| self.ingest(items, &read, counts))
    }

    fn ingest(&self, items: &[Item<'_>], read: &[Result<Read, Failure>], counts: &mut Counts) -> anyhow::Result<()> {
        let mut incoming: Vec<Incoming<'_>> = Vec::new();
        // The same bytes twice in a batch, under names that promise different forms: as the first one says.
        let mut first_of: BTreeMap<&NamedNode, &Extraction> = BTreeMap::new();
        for (item, read) in items.iter().zip(read) {
            match read {
                Ok(Read::Unchanged) => counts.unchanged += 1,
                Ok(Read::Extracted(extraction)) => {
                    for note in &extraction.notes {
                        self.failures.note(&item.part.place.to_string(), note)?;
                    }
                    let extraction: &Extraction = first_of.entry(&extraction.document.iri).or_insert(extraction);
                    let original = item.part.bytes.as_slice();
                    let sources = item.sources.iter().map(String::as_str);
                    incoming.extend(sources.map(|source| Incoming { extraction, original, source }));
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

impl Reader<'_> {
    fn read(&self, item: &Item<'_>) -> Result<Read, Failure> {
        let digest: String = Sha256::digest(&item.part.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let document = self.known.base().document(&digest);
        let known = || -> anyhow::Result<(Option<String>, bool)> {
            let same = self.known.document_of(&item.sources[0])?.as_ref() == Some(&document);
            Ok((self.known.media_type(&document)?, same))
        };
        let (media_type, same) = known().map_err(|error| Failure::Store(item.part.place.to_string(), error))?;
        let held = media_type.as_deref().and_then(Form::of_media_type);
        let is_settled = same && (self.form.is_none() || self.form == held);
        if is_settled && self.again.is_none() {
            return Ok(Read::Unchanged);
        }
        // A document is read in one form, under whatever names its bytes lie: else it would depend on their order.
        let part = match (self.form, media_type) {
            (Some(form), _) if item.part.form != Some(form) => &Part { form: Some(form), ..item.part.clone() },
            (None, Some(media_type)) => &item.part.as_before(&media_type),
            _ => item.part,
        };
        if is_settled && self.again.is_some_and(|reach| !reading::may_touch(reach, part)) {
            return Ok(Read::Unchanged);
        }
        Ok(Read::Extracted(Box::new(reading::extract(self.engine, part)?)))
    }
}
