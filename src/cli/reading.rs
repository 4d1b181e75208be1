//! From places to documents, some at a time, and from a document to what it states. All commands that read announcements
//! read them here.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use indicatif::ProgressBar;
use rayon::prelude::*;
use urbi::engine::{Engine, Reach};
use urbi::fact::Extraction;
use urbi::intake::{self, Listing, Spot};
use urbi::source::{self, Flow, Found, Part, Settings};

use super::failures::{Failure, Failures};

/// Most documents that are in memory together.
const BATCH: usize = 256;
/// Bytes of documents after which a batch ends, too.
const BATCH_BYTES: usize = 16 << 20;

/// Says what listing the places brought up beside them.
pub fn say_listing(listing: &Listing, failures: &Failures<'_>) -> anyhow::Result<()> {
    listing.passed_over.iter().for_each(|(ending, count)| failures.pass_over(ending, *count));
    listing.errors.iter().try_for_each(|error| failures.take(&Failure::Listing(error.clone())))
}

/// Reads the documents that are or lie at the places, and gives them to `work`, a batch at a time and in order. What cannot
/// be read goes to `failures`. An error of `work` ends it.
pub fn in_batches(
    spots: &[Spot],
    settings: &Settings,
    failures: &Failures<'_>,
    bar: &ProgressBar,
    work: &mut dyn FnMut(&[Part]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut batch: Vec<Part> = Vec::new();
    let mut bytes = 0;
    let mut before = 0;
    for spot in spots {
        let mut failed = Ok(());
        let mut take = |found| {
            let taken = match found {
                Found::Part(part) => {
                    bytes += part.bytes.len();
                    bar.set_position(before + part.position);
                    batch.push(part);
                    if batch.len() < BATCH && bytes < BATCH_BYTES {
                        return Flow::Continue(());
                    }
                    let done = work(&batch);
                    batch.clear();
                    bytes = 0;
                    done
                }
                Found::Failed(error) => bar.suspend(|| failures.take(&Failure::Read(error))),
                Found::PassedOver(what) => {
                    failures.pass_over(&what, 1);
                    Ok(())
                }
            };
            match taken {
                Ok(()) => Flow::Continue(()),
                Err(error) => {
                    failed = Err(error);
                    Flow::Break(())
                }
            }
        };
        if intake::read(spot, settings, &mut take).is_break() {
            return failed;
        }
        before += spot.length();
        bar.set_position(before);
    }
    if batch.is_empty() { Ok(()) } else { work(&batch) }
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
            Found::PassedOver(_) => return Flow::Continue(()),
        };
        match extraction {
            Ok(extraction) => read.push(extraction),
            Err(failure) => drop(failed.get_or_insert(failure)),
        }
        Flow::Continue(())
    };
    // It goes on to the end, since nothing breaks off.
    let _ = intake::read(&Spot::File(path.to_owned()), &Settings::default(), &mut take);
    failed.map_or(Ok(read), Err)
}
