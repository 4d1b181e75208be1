//! How fast rules are compiled, and how fast the whole engine takes facts from announcements. Figures:
//! `benches/README.md`.

use std::{fs, path::Path};

use divan::{Bencher, black_box, counter::BytesCount, counter::ItemsCount};
use urbi::{engine::Engine, ontology::Ontology, profile::Profile, rules::RuleSet, source, vocab::Base};

fn main() {
    divan::main();
}

/// The sample announcements, read, and their size in bytes.
fn samples() -> (Vec<source::Announcement>, usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/announcements");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the samples").map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    let files: Vec<_> = paths.iter().map(|p| (p.display().to_string(), fs::read(p).expect("readable"))).collect();
    let read = |(name, bytes): &(String, Vec<u8>)| source::read(name, bytes, None).expect("samples are readable");
    (files.iter().flat_map(read).collect(), files.iter().map(|(_, bytes)| bytes.len()).sum())
}

fn engine() -> Engine {
    Engine::new(&Profile::embedded(), &Base::default()).expect("the embedded profile loads")
}

/// From rule files to what can run.
#[divan::bench]
fn compile(bencher: Bencher<'_, '_>) {
    let profile = Profile::embedded();
    let ontology = Ontology::load(&profile).expect("the embedded ontology loads");
    let rules = RuleSet::load(&profile, &ontology).expect("the embedded rules load");
    bencher
        .counter(ItemsCount::new(rules.infos().count()))
        .bench(|| RuleSet::load(black_box(&profile), &ontology).is_ok());
}

/// Ontology, rules and lexicon: what every start pays.
#[divan::bench]
fn load_engine(bencher: Bencher<'_, '_>) {
    let profile = Profile::embedded();
    bencher.bench(|| Engine::new(black_box(&profile), &Base::default()).is_ok());
}

/// All stages over all sample announcements, on one thread.
#[divan::bench]
fn extract(bencher: Bencher<'_, '_>) {
    let (engine, (samples, size)) = (engine(), samples());
    bencher
        .counter(BytesCount::new(size))
        .bench(|| samples.iter().map(|a| engine.extract(black_box(a)).evidence.len()).sum::<usize>());
}

/// All stages over one announcement of the usual length, a page.
#[divan::bench]
fn extract_one(bencher: Bencher<'_, '_>) {
    let engine = engine();
    let samples = samples().0;
    let page = samples.iter().min_by_key(|a| a.text.len().abs_diff(3000)).expect("there are samples");
    bencher.counter(BytesCount::new(page.text.len())).bench(|| engine.extract(black_box(page)).evidence.len());
}
