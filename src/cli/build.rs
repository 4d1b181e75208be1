//! `urbi build`: files in, extraction on all cores, into the store in the order of the files.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, anyhow, bail};
use oxrdf::NamedNode;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use urbi::engine::Engine;
use urbi::fact::Extraction;
use urbi::profile::Profile;
use urbi::source::{self, Form};
use urbi::store::{Incoming, Ingested, OpenError, Store};
use urbi::view::Schema;
use urbi::vocab::Base;

use super::files::{Files, source_name};
use super::open;
use super::outcome::{Outcome, wrong_use};
use super::plan::{Build, Setting};
use super::screen::Screen;
use super::summary::{Counts, summarize};

/// Most documents that are in memory and in one transaction together.
const BATCH: usize = 256;
/// Bytes of documents after which a batch ends, too.
const BATCH_BYTES: u64 = 64 << 20;

/// Puts announcements into the store.
#[expect(clippy::disallowed_methods, reason = "how long it took is said on the screen, and nowhere else")]
pub fn run(setting: &Setting, task: &Build, screen: &Screen) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let files = Files::collect(&task.paths, task.form.is_some());
    files.errors.iter().for_each(|error| screen.warning(error));
    say_passed_over(&files, screen);
    if files.paths.is_empty() {
        return match files.errors.len() {
            0 => Err(wrong_use(anyhow!("there is no announcement in {}", listed(&task.paths)))),
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
    let builder = Builder { engine: &engine, schema: &schema, store: &store, base: &base, form: task.form, screen };
    let mut counts = builder.build(&files.paths, &profile)?;
    counts.failed += files.errors.len();
    store.flush()?;
    summarize(&store, counts, started.elapsed(), screen)?;
    Ok(if counts.failed == 0 { Outcome::Done } else { Outcome::Problems })
}

struct Builder<'a> {
    engine: &'a Engine,
    schema: &'a Schema,
    store: &'a Store,
    base: &'a Base,
    form: Option<Form>,
    screen: &'a Screen,
}

/// A document to be read.
struct Item {
    /// The name by which the store knows where it comes from.
    source: String,
    bytes: Bytes,
}

/// Where its bytes are.
enum Bytes {
    /// In a file.
    File(PathBuf),
    /// In the store, which keeps the original of each document.
    Kept(NamedNode),
}

/// A document that has been read.
enum Read {
    /// The store has just this from there.
    Unchanged,
    /// What it states.
    Extracted(Vec<Extraction>, Vec<u8>),
}

impl Builder<'_> {
    fn build(&self, paths: &[PathBuf], profile: &Profile) -> anyhow::Result<Counts> {
        let identity = format!("urbi {} profile {}", env!("CARGO_PKG_VERSION"), profile.digest());
        let again = self.store.needs_rebuild(&identity)?;
        let file = |path: &PathBuf| Item { source: source_name(path), bytes: Bytes::File(path.clone()) };
        let mut items: Vec<Item> = paths.iter().map(file).collect();
        if again {
            let kept = self.kept(&items)?;
            self.screen.note(&format!(
                "the rules, the lexicon or the program have changed: reading everything again, {} documents from the store",
                kept.len()
            ));
            items.extend(kept);
        }
        let mut counts = Counts::default();
        let bar = self.screen.progress(items.len());
        let mut rest = items.as_slice();
        while !rest.is_empty() {
            let (batch, later) = rest.split_at(batch_length(rest));
            rest = later;
            let read: Vec<anyhow::Result<Read>> = batch
                .par_iter()
                .map(|item| {
                    let read = self.read(item, again);
                    bar.inc(1);
                    read
                })
                .collect();
            bar.suspend(|| self.ingest(batch, &read, &mut counts))?;
        }
        bar.finish_and_clear();
        if again && counts.failed > 0 {
            // Not noted as done: the next build tries again.
            return Ok(counts);
        }
        self.store.set_profile(&identity)?;
        Ok(counts)
    }

    /// The documents of the store that are not among `items`.
    fn kept(&self, items: &[Item]) -> anyhow::Result<Vec<Item>> {
        let named: BTreeSet<&str> = items.iter().map(|item| item.source.as_str()).collect();
        let mut kept = Vec::new();
        for document in self.store.documents()? {
            for source in document.sources.iter().filter(|source| !named.contains(source.as_str())) {
                kept.push(Item { source: source.clone(), bytes: Bytes::Kept(document.iri.clone()) });
            }
        }
        Ok(kept)
    }

    fn read(&self, item: &Item, again: bool) -> anyhow::Result<Read> {
        let (name, bytes) = match &item.bytes {
            Bytes::File(path) => (path.display().to_string(), open::read(path)?),
            Bytes::Kept(document) => {
                let bytes = self.store.original(document)?;
                (item.source.clone(), bytes.with_context(|| format!("{}: the store lost its original", item.source))?)
            }
        };
        if !again {
            let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            if self.store.document_of(&item.source)? == Some(self.base.document(&digest)) {
                return Ok(Read::Unchanged);
            }
        }
        Ok(Read::Extracted(extract(self.engine, &name, &bytes, self.form)?, bytes))
    }

    fn ingest(&self, batch: &[Item], read: &[anyhow::Result<Read>], counts: &mut Counts) -> anyhow::Result<()> {
        let mut incoming = Vec::new();
        for (item, read) in batch.iter().zip(read) {
            match read {
                Ok(Read::Unchanged) => counts.unchanged += 1,
                Ok(Read::Extracted(extractions, original)) => {
                    let whole = extractions.iter().map(|extraction| Incoming {
                        extraction,
                        original: original.as_slice(),
                        source: item.source.as_str(),
                    });
                    incoming.extend(whole);
                }
                Err(error) => {
                    counts.failed += 1;
                    self.screen.warning(&format!("{error:#}"));
                }
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

/// What a document states. A document on which a stage breaks down (a mistake in the program) does not stop the others.
pub fn extract(engine: &Engine, name: &str, bytes: &[u8], form: Option<Form>) -> anyhow::Result<Vec<Extraction>> {
    let work = || -> anyhow::Result<Vec<Extraction>> {
        let announcements = source::read(name, bytes, form)?;
        Ok(announcements.iter().map(|announcement| engine.extract(announcement)).collect())
    };
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done,
        Err(_) => bail!("{name}: the program made a mistake while reading it; please report this with the file"),
    }
}

/// How many of the items make up the next batch: at least one.
fn batch_length(items: &[Item]) -> usize {
    let mut bytes = 0;
    let full = items.iter().take(BATCH).position(|item| {
        if let Bytes::File(path) = &item.bytes {
            bytes += path.metadata().map_or(0, |metadata| metadata.len());
        }
        bytes > BATCH_BYTES
    });
    full.unwrap_or(BATCH).clamp(1, items.len())
}

fn say_passed_over(files: &Files, screen: &Screen) {
    if !files.passed_over.is_empty() {
        let forms = |passed: &BTreeMap<String, usize>| {
            passed.iter().map(|(ending, count)| format!("{count} {ending}")).collect::<Vec<_>>().join(", ")
        };
        screen.note(&format!("files in forms that Urbi does not read were passed over: {}", forms(&files.passed_over)));
    }
}

fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
