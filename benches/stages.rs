//! Where the time of an extraction goes: each stage by itself, over texts that are all different, on one thread.
//!
//! Not a statistic of many runs: of each document and stage the fastest of some rounds counts, so that what else the
//! machine does shows little. The last line is a digest of all facts, which no change of speed may change. Figures:
//! `docs/measuring.md`.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "it measures time and prints what it finds")]

mod corpus;

use std::time::{Duration, Instant};

use oxrdf::Quad;
use sha2::{Digest, Sha256};
use urbi::{
    engine::Engine, fact::quads, mention, ontology::Ontology, profile::Profile, relate, resolve, source, text::Text,
    vocab::Base,
};

/// How often each document is read.
const ROUNDS: usize = 7;

const STAGES: [&str; 7] = [
    "source: bytes to text",
    "text: words, sentences",
    "mention: names, rules",
    "resolve",
    "relate: rules",
    "evidence",
    "quads",
];

fn main() {
    // `cargo test --benches` asks for a list of tests.
    if std::env::args().any(|arg| arg == "--list" || arg == "--test") {
        return;
    }
    let (profile, base) = (Profile::embedded(), Base::default());
    let engine = Engine::new(&profile, &base).expect("the embedded profile loads");
    let ontology = Ontology::load(&profile).expect("the embedded ontology loads");
    let files = corpus::all();
    let mut best = vec![[Duration::MAX; STAGES.len()]; files.len()];
    let mut facts = Sha256::new();
    // All documents in turn, and then again: a document that is read twice in a row is read from warm caches.
    for round in 0..ROUNDS {
        for ((name, bytes), best) in files.iter().zip(&mut best) {
            let (took, quads) = stages(&engine, &ontology, &base, name, bytes);
            best.iter_mut().zip(took).for_each(|(best, took)| *best = took.min(*best));
            if round == 0 {
                quads.iter().for_each(|quad| facts.update(quad.to_string()));
            }
        }
    }
    let mut total = [Duration::ZERO; STAGES.len()];
    best.iter().for_each(|best| total.iter_mut().zip(best).for_each(|(total, took)| *total += *took));
    report(&total, files.len(), corpus::size(&files));
    println!("facts {}", facts.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>());
}

/// How long each stage takes for one file, and what it states.
fn stages(
    engine: &Engine,
    ontology: &Ontology,
    base: &Base,
    name: &str,
    bytes: &[u8],
) -> ([Duration; STAGES.len()], Vec<Quad>) {
    let mut took = [Duration::ZERO; STAGES.len()];
    let mut last = Instant::now();
    let mut lap = |stage: usize| {
        let now = Instant::now();
        took[stage] += now - std::mem::replace(&mut last, now);
    };
    let announcements = source::read(name, bytes, None).expect("readable");
    lap(0);
    let (rules, lexicon) = (engine.rules(), engine.lexicon());
    let mut facts = Vec::new();
    for announcement in &announcements {
        let text = Text::new(announcement);
        lap(1);
        let reading = mention::find(&text, rules, lexicon, ontology);
        lap(2);
        let entities = resolve::resolve(&reading, rules, lexicon, ontology);
        lap(3);
        let stage = relate::Stage::new(&reading, &entities, rules, ontology);
        let firings = relate::relate(&stage, lexicon);
        lap(4);
        let extraction = engine.evidence(&stage, &firings);
        lap(5);
        facts.extend(quads::quads(base, &extraction));
        lap(6);
    }
    (took, facts)
}

fn report(total: &[Duration], files: usize, bytes: usize) {
    let all: Duration = total.iter().sum();
    println!("{files} files, {bytes} bytes, {:.2} MB/s", bytes as f64 / 1e6 / all.as_secs_f64());
    for (stage, took) in STAGES.iter().zip(total) {
        let nanoseconds = took.as_secs_f64() * 1e9 / bytes as f64;
        let share = took.as_secs_f64() / all.as_secs_f64() * 100.0;
        println!("{stage:24} {nanoseconds:8.1} ns a byte {share:5.1} %");
    }
}
