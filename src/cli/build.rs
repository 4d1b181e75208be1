//! `urbi build`: files in, extraction on all cores, into the store in the order of the files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::anyhow;
use urbi::engine::{Engine, Reach};
use urbi::intake::{self, Spot};
use urbi::profile::Profile;
use urbi::store::{OpenError, Store};
use urbi::view::Schema;

use super::builder::{Builder, Mode, identity, note_reading, reach};
use super::curate;
use super::failures::Failures;
use super::outcome::{Outcome, wrong_use};
use super::plan::{Build, Setting};
use super::reading;
use super::screen::Screen;
use super::summary::{Counts, summarize};
use super::watch::Watch;

/// Sources that are forgotten together.
const FORGET_BATCH: usize = 256;

/// Puts announcements into the store, and on request goes on with what changes.
pub fn run(setting: &Setting, task: &Build, screen: &Screen) -> anyhow::Result<Outcome> {
    // Before the work: what changes meanwhile is seen, too.
    let watch = task.watch.then(|| Watch::new(&task.places)).transpose()?;
    let failures = Failures::new(screen, task.reading.report.as_deref())?;
    let listing = intake::list(&task.places, task.reading.settings.form.is_some());
    reading::say_listing(&listing, &failures)?;
    if listing.spots.is_empty() && !task.prune && watch.is_none() {
        failures.finish()?;
        return match failures.count() {
            0 => Err(wrong_use(anyhow!("there is no announcement in {}", listed(&task.places)))),
            _ => Ok(Outcome::Problems),
        };
    }
    let (tools, store) = Tools::open(setting, task, screen)?;
    let outcome = tools.build(store, &listing.spots, task, task.prune, &failures)?;
    let Some(watch) = watch else { return Ok(outcome) };
    watch.each(screen, &mut |changed| {
        let listing = intake::list(&task.places, task.reading.settings.form.is_some());
        let is_changed = |spot: &Spot| match spot {
            Spot::File(path) | Spot::Mail(path) => {
                path.canonicalize().is_ok_and(|path| changed.iter().any(|changed| path.starts_with(changed)))
            }
            Spot::Stdin | Spot::Url(_) => false,
        };
        let spots: Vec<Spot> = listing.spots.into_iter().filter(is_changed).collect();
        if spots.is_empty() {
            return Ok(true);
        }
        // The store is open only as long as it is needed, so that others can ask it in between.
        let store = match setting.open_to_write(None) {
            Err(OpenError::InUse { .. }) => return Ok(false),
            opened => opened?,
        };
        let failures = Failures::new(screen, None)?;
        tools.build(store, &spots, task, false, &failures).map(|_| true)
    })?;
    Ok(outcome)
}

/// What all builds of a run have in common.
struct Tools<'s> {
    profile: Profile,
    engine: Engine,
    schema: Schema,
    screen: &'s Screen,
}

impl<'s> Tools<'s> {
    fn open(setting: &Setting, task: &Build, screen: &'s Screen) -> anyhow::Result<(Tools<'s>, Store)> {
        let profile = setting.profile()?;
        // The engine comes before a new store: a profile with mistakes leaves no empty store behind.
        let existing = match setting.open_to_write(task.base.as_ref()) {
            Err(OpenError::Missing(_)) => None,
            opened => Some(opened?),
        };
        let base =
            existing.as_ref().map_or_else(|| task.base.clone().unwrap_or_default(), |store| store.base().clone());
        let engine = Engine::new(&profile, &base)?;
        let schema = Schema::from(engine.ontology());
        let store = existing.map_or_else(|| setting.create(&base), Ok)?;
        if let Some(at_least) = task.min_confidence
            && store.set_least(&schema, at_least)?
        {
            screen.note(&format!("the graph holds statements from confidence {at_least} on"));
        }
        Ok((Tools { profile, engine, schema, screen }, store))
    }

    #[expect(clippy::disallowed_methods, reason = "how long it took is said on the screen, and nowhere else")]
    fn build(
        &self,
        store: Store,
        spots: &[Spot],
        task: &Build,
        forget_vanished: bool,
        failures: &Failures<'_>,
    ) -> anyhow::Result<Outcome> {
        let started = Instant::now();
        let store = Arc::new(store);
        let commits = store.commit_number()?;
        let (engine, schema, screen) = (&self.engine, &self.schema, self.screen);
        let builder = Builder { engine, schema, known: &store, store: &store, screen, failures };
        let mut counts = Counts::default();
        let found = read(&builder, spots, task, &self.profile, &mut counts)?;
        if forget_vanished {
            counts.forgotten = prune(&builder, &found, &task.places)?;
        }
        counts.failed = failures.count();
        failures.finish()?;
        store.flush()?;
        summarize(&store, counts, started.elapsed(), screen)?;
        failures.say_notes();
        if store.commit_number()? != commits {
            curate::say_gone(&store, screen)?;
        }
        Ok(if counts.failed == 0 { Outcome::Done } else { Outcome::Problems })
    }
}

/// Reads what is new and what has changed, and what a change of rules or lexicon can touch. Gives the sources that were found.
fn read(
    builder: &Builder<'_>,
    spots: &[Spot],
    task: &Build,
    profile: &Profile,
    counts: &mut Counts,
) -> anyhow::Result<BTreeSet<String>> {
    let reach = reach(builder.store, builder.engine, profile)?;
    match &reach {
        Some(Reach::Everything(what)) => {
            builder.screen.note(&format!("{what} changed: reading everything again"));
        }
        Some(Reach::Words(..)) => builder.screen.note("rules or names have changed: reading again what that can touch"),
        None => {}
    }
    // What vanished from an archive shows only when all of it is read.
    let mode = Mode { again: reach.as_ref(), resume: reach.is_none() && !task.prune };
    let found = builder.read(spots, &task.reading, mode, counts)?;
    if let Some(reach) = &reach {
        builder.read_kept(&found, reach, counts)?;
        if builder.failures.count() > 0 {
            // Not noted as done: the next build tries again.
            return Ok(found);
        }
    }
    if builder.store.profile()?.as_deref() != Some(&identity(profile)) {
        note_reading(builder.store, builder.engine, profile)?;
    }
    Ok(found)
}

/// Forgets the documents of files that were in the named folders and are no more, and those of archives that do not hold
/// them any more. Where not all could be read, nobody knows.
fn prune(builder: &Builder<'_>, found: &BTreeSet<String>, places: &[PathBuf]) -> anyhow::Result<usize> {
    if builder.failures.count() > 0 {
        builder.screen.warning("nothing is forgotten, because not everything could be read");
        return Ok(0);
    }
    let places: Vec<PathBuf> = places.iter().filter_map(|place| place.canonicalize().ok()).collect();
    let mut vanished = Vec::new();
    for document in builder.store.documents()? {
        let is_gone = |source: &String| {
            let below = |file: &str| places.iter().any(|place| Path::new(file).starts_with(place));
            // What is there and was passed over, such as a file in another form, has not vanished.
            match source.split_once('#').filter(|_| !Path::new(source).exists()) {
                Some((archive, _)) => below(archive),
                None => below(source) && !Path::new(source).exists(),
            }
        };
        vanished.extend(document.sources.into_iter().filter(|source| !found.contains(source) && is_gone(source)));
    }
    let mut forgotten = 0;
    for batch in vanished.chunks(FORGET_BATCH) {
        let batch: Vec<&str> = batch.iter().map(String::as_str).collect();
        forgotten += builder.store.forget_all(builder.schema, &batch)?.documents.len();
    }
    Ok(forgotten)
}

fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
