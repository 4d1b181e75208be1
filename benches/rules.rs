//! How fast rules are compiled, and how fast the whole engine takes facts from announcements. Figures:
//! `benches/README.md`.

mod corpus;
mod generated;

use std::fs;

use divan::{Bencher, black_box, counter::BytesCount, counter::ItemsCount};
use urbi::{engine::Engine, fact::quads, ontology::Ontology, profile::Profile, rules::RuleSet, source, vocab::Base};

fn main() {
    divan::main();
}

/// Announcements, read, and the size of their files in bytes.
fn read(files: &[corpus::File]) -> (Vec<source::Announcement>, usize) {
    let read = |(name, bytes): &corpus::File| source::read(name, bytes, None).expect("samples are readable");
    (files.iter().flat_map(read).collect(), corpus::size(files))
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

/// All stages over texts that are all different, from text to quads, on one thread.
#[divan::bench(sample_count = 10)]
fn extract(bencher: Bencher<'_, '_>) {
    let (base, engine, (announcements, size)) = (Base::default(), engine(), read(&corpus::all()));
    let quads = |a: &source::Announcement| quads::quads(&base, &engine.extract(black_box(a))).len();
    bencher.counter(BytesCount::new(size)).bench(|| announcements.iter().map(quads).sum::<usize>());
}

/// The same with so many times the rules: the others have the forms that rules have, and ordinary English words.
#[divan::bench(args = [1, 2, 10], sample_count = 10)]
fn extract_with_rules(bencher: Bencher<'_, '_>, times: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = folder.path().join("data/rules");
    fs::create_dir_all(&rules).expect("a folder");
    let own = engine().rules().infos().count();
    fs::write(rules.join("generated.rules"), generated::rules(own * (times - 1))).expect("a file");
    let profile = Profile::with_overlay(folder.path()).expect("the overlay is sound");
    let engine = Engine::new(&profile, &Base::default()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(engine.rules().infos().count(), own * times);
    let (announcements, size) = read(&corpus::all());
    let evidence = |a: &source::Announcement| engine.extract(black_box(a)).evidence.len();
    bencher.counter(BytesCount::new(size)).bench(|| announcements.iter().map(evidence).sum::<usize>());
}

/// All stages over one announcement of the usual length, a page.
#[divan::bench]
fn extract_one(bencher: Bencher<'_, '_>) {
    let engine = engine();
    let samples = read(&corpus::samples()).0;
    let page = samples.iter().min_by_key(|a| a.text.len().abs_diff(3000)).expect("there are samples");
    bencher.counter(BytesCount::new(page.text.len())).bench(|| engine.extract(black_box(page)).evidence.len());
}
