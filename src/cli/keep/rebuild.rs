//! `urbi rebuild`: every document again, from the originals that the store keeps.

use std::collections::BTreeSet;

use anyhow::bail;
use urbi::engine::{Engine, Reach};
use urbi::profile::Profile;
use urbi::store::Store;
use urbi::view::Schema;

use super::args::Rebuild;
use super::number;
use crate::cli::builder::{Builder, identity, note_reading};
use crate::cli::curate;
use crate::cli::failures::Failures;
use crate::cli::outcome::Outcome;
use crate::cli::plan::Setting;
use crate::cli::screen::{self, Screen};
use crate::cli::summary::Counts;

/// Lines of a difference that are shown.
const SHOWN: usize = 20;

/// Rebuilds, or checks that a rebuild changes nothing.
pub fn run(setting: &Setting, task: &Rebuild, screen: &Screen) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    if task.verify { verify(setting, &profile, screen) } else { rebuild(setting, &profile, screen) }
}

fn rebuild(setting: &Setting, profile: &Profile, screen: &Screen) -> anyhow::Result<Outcome> {
    let store = setting.open_to_write(None)?;
    let engine = Engine::new(profile, store.base())?;
    let schema = Schema::from(engine.ontology());
    let before = content(&store)?;
    let anew = store.begin_anew(&schema)?;
    read_into(&engine, &schema, &store, anew.store(), screen)?;
    let store = store.succeed(anew)?;
    note_reading(&store, &engine, profile)?;
    store.flush()?;
    let after = content(&store)?;
    let documents = number(store.documents()?.len(), "document", "documents");
    let (gained, lost) = (after.difference(&before).count(), before.difference(&after).count());
    match (gained, lost) {
        (0, 0) => screen.note(&format!("read {documents} again: nothing has changed")),
        _ => screen.note(&format!("read {documents} again: {gained} quads more, {lost} quads less")),
    }
    curate::say_gone(&store, screen)?;
    Ok(Outcome::Done)
}

fn verify(setting: &Setting, profile: &Profile, screen: &Screen) -> anyhow::Result<Outcome> {
    let store = Store::open_read_only(&setting.store)?;
    let engine = Engine::new(profile, store.base())?;
    let schema = Schema::from(engine.ontology());
    let folder = tempfile::tempdir()?;
    let fresh = Store::create(&folder.path().join("urbi.db"), store.base())?;
    fresh.set_least(&schema, store.least()?)?;
    read_into(&engine, &schema, &store, &fresh, screen)?;
    let decisions: Vec<_> = store.decisions()?.all().iter().map(|entry| entry.decision.clone()).collect();
    fresh.decide(&schema, &decisions)?;
    let (held, rebuilt) = (content(&store)?, content(&fresh)?);
    let documents = number(store.documents()?.len(), "document", "documents");
    if held == rebuilt {
        let quads = number(held.len(), "quad", "quads");
        screen.note(&format!("a rebuild of {documents} gives the same {quads}, byte for byte"));
        return Ok(Outcome::Done);
    }
    let differing: BTreeSet<(&String, char)> = held
        .difference(&rebuilt)
        .map(|line| (line, '-'))
        .chain(rebuilt.difference(&held).map(|line| (line, '+')))
        .collect();
    screen::result(|out| {
        for (line, sign) in differing.iter().take(SHOWN) {
            writeln!(out, "{sign} {line} .")?;
        }
        match differing.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => Ok(writeln!(out, "… and {more} more")?),
        }
    })?;
    screen.warning(&format!("a rebuild of {documents} differs in {}", number(differing.len(), "quad", "quads")));
    if store.needs_rebuild(&identity(profile))? {
        screen.hint("rules, lexicon or program have changed since it was built: urbi rebuild");
    }
    Ok(Outcome::Problems)
}

/// Reads all documents of one store into another. All of them, or it is an error.
fn read_into(engine: &Engine, schema: &Schema, from: &Store, into: &Store, screen: &Screen) -> anyhow::Result<()> {
    let failures = Failures::new(screen, None)?;
    let builder = Builder { engine, schema, known: from, store: into, screen, failures: &failures };
    builder.read_kept(&BTreeSet::new(), &Reach::Everything("on demand"), &mut Counts::default())?;
    if failures.count() > 0 {
        bail!(
            "{} cannot be read: the store stays as it is; `urbi forget` takes them out",
            number(failures.count(), "document", "documents")
        );
    }
    Ok(())
}

/// All that a store holds that does not depend on its history, as N-Quads lines.
fn content(store: &Store) -> anyhow::Result<BTreeSet<String>> {
    let view = store.view_triples()?.into_iter().map(|triple| triple.to_string());
    let graphs = store.evidence_quads()?.into_iter().map(|quad| quad.to_string());
    Ok(view.chain(graphs).collect())
}
