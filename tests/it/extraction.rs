//! From the bytes of an announcement to facts: the same every time, and every passage leads back to its bytes.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use rayon::prelude::*;
use urbi::{engine::Engine, fact::Extraction, profile::Profile, source, vocab::Base};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(&Profile::embedded(), &Base::default()).expect("the embedded profile loads"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Name and bytes of every sample announcement.
fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = fs::read_dir(root().join("data/announcements")).expect("the samples");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read(path).expect("readable"))).collect()
}

fn extract(name: &str, bytes: &[u8]) -> Vec<Extraction> {
    let announcements = source::read(name, bytes, None).unwrap_or_else(|error| panic!("{error}"));
    announcements.iter().map(|announcement| engine().extract(announcement)).collect()
}

/// All that an extraction holds, as a text.
fn whole(extractions: &[Extraction]) -> String {
    format!("{extractions:?}")
}

#[test]
fn extracting_again_and_in_parallel_gives_the_same() {
    let samples = samples();
    assert!(samples.len() >= 15);
    let once: Vec<String> = samples.iter().map(|(name, bytes)| whole(&extract(name, bytes))).collect();
    let again: Vec<String> = samples.iter().map(|(name, bytes)| whole(&extract(name, bytes))).collect();
    let many: Vec<(usize, &(String, Vec<u8>))> = samples.iter().enumerate().cycle().take(samples.len() * 4).collect();
    let parallel: Vec<(usize, String)> =
        many.into_par_iter().map(|(at, (name, bytes))| (at, whole(&extract(name, bytes)))).collect();
    assert!(once == again);
    for (at, extraction) in parallel {
        assert!(extraction == once[at], "{} differs in parallel", samples[at].0);
    }
}

#[test]
fn passages_are_the_words_at_their_places() {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (name, bytes) in samples() {
        for announcement in source::read(&name, &bytes, None).expect("samples are readable") {
            let extraction = engine().extract(&announcement);
            assert!(!extraction.passages.is_empty(), "{name}");
            let text: Vec<char> = announcement.text.chars().collect();
            for passage in &extraction.passages {
                // What metadata states has no place in the text.
                if !passage.chars.is_empty() {
                    let chars = passage.chars.start as usize..passage.chars.end as usize;
                    assert_eq!(text[chars].iter().collect::<String>(), passage.quote, "{name}");
                }
                let parts: Vec<&str> = passage
                    .bytes
                    .iter()
                    .map(|range| &bytes[range.start as usize..range.end as usize])
                    .map(|part| str::from_utf8(part).expect("a passage is cut at characters"))
                    .collect();
                assert!(passage.bytes.is_sorted_by(|a, b| a.end <= b.start), "{name}: {:?}", passage.bytes);
                let together = words(&parts.concat());
                let apart = words(&parts.join(" "));
                let quote = words(&passage.quote);
                assert!(quote == together || quote == apart, "{name}: {:?} for {quote:?}", parts);
            }
        }
    }
}

#[test]
fn every_evidence_is_whole() {
    for (name, bytes) in samples() {
        for extraction in extract(&name, &bytes) {
            for evidence in &extraction.evidence {
                let known = |id: urbi::fact::PassageId| (id.0 as usize) < extraction.passages.len();
                assert!(known(evidence.trigger) && evidence.antecedents.iter().all(|id| known(*id)), "{name}");
                assert!(!evidence.triples.is_empty() && evidence.triples.is_sorted_by_key(ToString::to_string));
            }
        }
    }
}

#[test]
fn an_account_gives_the_same_facts_and_a_reason_for_every_name() {
    for (name, bytes) in samples() {
        for announcement in source::read(&name, &bytes, None).expect("samples are readable") {
            let extraction = engine().extract(&announcement);
            let account = engine().account(announcement);
            assert!(format!("{:?}", account.extraction) == format!("{extraction:?}"), "{name}");
            let text: Vec<char> = account.announcement.text.chars().collect();
            for mention in &account.mentions {
                let chars = mention.chars.start as usize..mention.chars.end as usize;
                assert_eq!(text[chars].iter().collect::<String>(), mention.words, "{name}");
                assert!(mention.entity.is_none() || mention.reason.is_some(), "{name}: {mention:?}");
            }
            let stated: Vec<String> =
                extraction.evidence.iter().flat_map(|e| &e.triples).map(|t| t.subject.to_string()).collect();
            for entity in &account.entities {
                assert!(stated.contains(&entity.iri.to_string()), "{name}: {entity:?}");
                assert_eq!(entity.keys[0].iri, entity.iri, "{name}");
            }
        }
    }
}

/// The reasons that an announcement gives for names, as codes, by the words of the mention.
fn reasons(text: &str) -> Vec<(String, &'static str)> {
    let mut announcements = source::read("news.txt", text.as_bytes(), None).expect("readable");
    let account = engine().account(announcements.remove(0));
    let named = account.mentions.into_iter().filter_map(|m| Some((m.words, m.reason?.code)));
    let mut all: Vec<(String, &'static str)> = named.collect();
    all.extend(account.entities.into_iter().flat_map(|e| {
        let label = e.labels[0].clone();
        e.history.into_iter().map(move |reason| (label.clone(), reason.code))
    }));
    all
}

#[test]
fn names_say_how_they_were_resolved() {
    let found = reasons(
        "Cork, 20 September 2017\n\nThe third International Conference on Learning Cities (ICLC) was held in Cork, \
         Ireland. The conference adopted the Cork Call to Action for Learning Cities. ICLC 2017 was hosted by Cork.\n",
    );
    let has = |words: &str, code: &str| found.iter().any(|(w, c)| w.contains(words) && *c == code);
    assert!(has("conference", "nearest"), "{found:?}");
    assert!(has("Cork", "place-behind"), "{found:?}");
    assert!(has("third International Conference", "new"), "{found:?}");
    assert!(found.iter().any(|(_, code)| *code == "alias"), "{found:?}");
}
