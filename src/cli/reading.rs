//! From places to documents, some at a time, and from a document to what it states. All commands that read announcements
//! read them here.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use rayon::prelude::*;
use urbi::engine::{Engine, Reach};
use urbi::fact::Extraction;
use urbi::fetch::{Clock, Fetcher};
use urbi::intake::{self, Event, Intake, Listing, Spot};
use urbi::source::{self, Flow, Found, Part, Settings};

use super::failures::{Failure, Failures};
use super::places::Reading;

/// Most documents that are in memory together.
const BATCH: usize = 256;
/// Bytes of documents after which a batch ends, too.
const BATCH_BYTES: usize = 16 << 20;

/// What is done with what is read.
pub trait Work {
    /// Takes some documents, in their order.
    fn batch(&mut self, parts: &[Part]) -> anyhow::Result<()>;

    /// Takes notice of a document that is still what it was.
    fn unchanged(&mut self) {}

    /// Keeps notes by source, now that all is done that was given before them.
    fn notes(&mut self, _: &BTreeMap<String, String>) -> anyhow::Result<()> {
        Ok(())
    }
}

/// Where documents are read from, and how.
pub struct Reader<'a> {
    /// How.
    pub reading: &'a Reading,
    /// What was noted of a source the last time.
    pub recall: &'a dyn Fn(&str) -> Option<String>,
    /// Takes what cannot be read.
    pub failures: &'a Failures<'a>,
    /// Shows how far it is.
    pub bar: &'a ProgressBar,
}

/// Says what listing the places brought up beside them.
pub fn say_listing(listing: &Listing, failures: &Failures<'_>) -> anyhow::Result<()> {
    listing.passed_over.iter().for_each(|(ending, count)| failures.pass_over(ending, *count));
    listing.errors.iter().try_for_each(|error| failures.take(&Failure::Listing(error.clone())))
}

impl Reader<'_> {
    /// Reads the documents that are or lie at the places, and gives them to `work`, a batch at a time and in order. An error
    /// of `work` ends it.
    pub fn read(&self, spots: &[Spot], work: &mut dyn Work) -> anyhow::Result<()> {
        let mut fetcher = Fetcher::new(self.reading.manners.clone(), Box::new(Watch::start()));
        let settings = &self.reading.settings;
        let mut batch = Batch { reader: self, work, parts: Vec::new(), bytes: 0, notes: BTreeMap::new(), failed: 0 };
        batch.failed = self.failures.count();
        let mut before = 0;
        for spot in spots {
            let mut failed = Ok(());
            let mut intake = Intake { settings, fetcher: &mut fetcher, pages: self.reading.pages, recall: self.recall };
            let mut give = |event| match batch.take(event, before) {
                Ok(()) => Flow::Continue(()),
                Err(error) => {
                    failed = Err(error);
                    Flow::Break(())
                }
            };
            if intake.read(spot, &mut give).is_break() {
                return failed;
            }
            before += spot.length();
            self.bar.set_position(before);
        }
        batch.finish()
    }
}

/// Documents that wait to be worked on, and notes for when they have been.
struct Batch<'a> {
    reader: &'a Reader<'a>,
    work: &'a mut dyn Work,
    parts: Vec<Part>,
    bytes: usize,
    /// Notes by source, and whether they only count if everything could be read.
    notes: BTreeMap<String, (String, bool)>,
    /// How many failures there were before this batch.
    failed: usize,
}

impl Batch<'_> {
    fn take(&mut self, event: Event, before: u64) -> anyhow::Result<()> {
        let Reader { failures, bar, .. } = self.reader;
        match event {
            Event::Found(Found::Part(part)) => {
                self.bytes += part.bytes.len();
                bar.set_position(before + part.position);
                self.parts.push(part);
                if self.parts.len() < BATCH && self.bytes < BATCH_BYTES {
                    return Ok(());
                }
                self.finish()
            }
            Event::Found(Found::Failed(error)) => bar.suspend(|| failures.take(&Failure::Read(error))),
            Event::Found(Found::PassedOver(what)) => {
                failures.pass_over(&what, 1);
                Ok(())
            }
            Event::Found(Found::Reached(_)) => Ok(()),
            Event::NotFetched(error) => bar.suspend(|| failures.take(&Failure::Fetch(error))),
            Event::Unchanged(_) => {
                self.work.unchanged();
                Ok(())
            }
            Event::Note { source, note, if_all_was_read } => {
                self.notes.insert(source, (note, if_all_was_read));
                Ok(())
            }
        }
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        if !self.parts.is_empty() {
            self.work.batch(&self.parts)?;
        }
        let failed = self.reader.failures.count() > self.failed;
        let notes = std::mem::take(&mut self.notes).into_iter();
        let notes: BTreeMap<String, String> =
            notes.filter(|(_, (_, if_all))| !(failed && *if_all)).map(|(source, (note, _))| (source, note)).collect();
        if !notes.is_empty() {
            self.work.notes(&notes)?;
        }
        self.parts.clear();
        self.bytes = 0;
        self.failed = self.reader.failures.count();
        Ok(())
    }
}

/// The time since the reading began.
struct Watch(Instant);

impl Watch {
    #[expect(clippy::disallowed_methods, reason = "hosts are not asked more often than once a second")]
    fn start() -> Watch {
        Watch(Instant::now())
    }
}

impl Clock for Watch {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// What documents state, in their order.
pub fn extract_all(engine: &Engine, parts: &[Part]) -> Vec<Result<Extraction, Failure>> {
    parts.par_iter().map(|part| extract(engine, part)).collect()
}

/// What a document states. A document on which a stage breaks down (a mistake in the program) does not stop the others.
pub fn extract(engine: &Engine, part: &Part) -> Result<Extraction, Failure> {
    let work = || -> Result<Extraction, Failure> {
        let announcement = source::read_part(part).map_err(Failure::Read)?;
        Ok(engine.extract(&announcement))
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Failure::Broken(part.place.to_string())))
}

/// Whether a change of rules or names can touch a document; what cannot be read is for [`extract`] to say.
pub fn may_touch(reach: &Reach, part: &Part) -> bool {
    let work = || source::read_part(part).map_or(true, |announcement| reach.may_touch(&announcement));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(true)
}

/// What the documents state that are or lie in a file, if all of them can be read.
pub fn extract_file(engine: &Engine, path: &Path) -> Result<Vec<Extraction>, Failure> {
    let mut read = Vec::new();
    let mut failed = None;
    let mut take = |found| {
        let extraction = match found {
            Found::Part(part) => extract(engine, &part),
            Found::Failed(error) => Err(Failure::Read(error)),
            Found::PassedOver(_) | Found::Reached(_) => return Flow::Continue(()),
        };
        match extraction {
            Ok(extraction) => read.push(extraction),
            Err(failure) => drop(failed.get_or_insert(failure)),
        }
        Flow::Continue(())
    };
    // It goes on to the end, since nothing breaks off.
    let _ = intake::read(&Spot::File(path.to_owned()), &Settings::default(), 0, &mut take);
    failed.map_or(Ok(read), Err)
}
