//! What many rules cost, counted and not timed.

use std::{fs, path::Path};

use urbi::{
    engine::Engine,
    mention::{self, Contents, Matcher, Reading},
    ontology::Ontology,
    profile::Profile,
    rules::{Index, Place, Program},
    source::{self, Announcement},
    text::Text,
    vocab::Base,
};

#[path = "../../benches/generated/mod.rs"]
mod generated;

/// What is looked at in the samples: patterns met in a sentence, the tokens of sentences in which one is looked for, steps of the
/// matcher.
#[derive(Default)]
struct Work {
    matcher: Matcher,
    met: Vec<Place>,
    count: u64,
}

impl Work {
    fn on<'p>(
        &mut self,
        index: &Index,
        program: impl Fn(&Place) -> &'p Program,
        (contents, reading, s): (&Contents<'_>, &Reading<'_>, usize),
    ) {
        contents.candidates(index, &mut self.met);
        self.count += self.met.len() as u64;
        let tokens = &reading.scene.text.sentences[s].tokens;
        for program in self.met.iter().map(program).filter(|program| contents.may_hold(program)) {
            self.count += tokens.len() as u64;
            self.matcher.find_all(program, &reading.scene, &reading.mentions, tokens.clone());
        }
    }
}

/// The sample announcements.
fn samples() -> Vec<Announcement> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/announcements");
    let files = fs::read_dir(folder).expect("there are samples").map(|file| file.expect("readable").path());
    let read = |path: std::path::PathBuf| {
        let name = path.to_string_lossy().into_owned();
        source::read(&name, &fs::read(&path).expect("readable"), None).expect("samples can be read")
    };
    files.flat_map(read).collect()
}

/// The work on all samples with so many times the standard rules, and how many rules that are.
fn work(times: usize) -> (u64, usize) {
    let standard = Engine::new(&Profile::embedded(), &Base::default()).expect("the embedded profile loads");
    let more = generated::rules(standard.rules().infos().count() * (times - 1));
    let profile = Profile::embedded().with_file("data/rules/zz-many.rules", "many.rules", more.into_bytes());
    let engine = Engine::new(&profile, &Base::default()).unwrap_or_else(|error| panic!("{error}"));
    let ontology = Ontology::load(&profile).expect("the embedded ontology loads");
    let rules = engine.rules();
    let mut work = Work::default();
    for announcement in samples() {
        let text = Text::new(&announcement);
        let reading = mention::find(&text, rules, engine.lexicon(), &ontology);
        for s in 0..text.prose().len() {
            let contents = reading.scene.sentence(&reading.mentions, s);
            let at = (&contents, &reading, s);
            let indexes = &rules.indexes;
            work.on(&indexes.mentions, |(rule, n)| &rules.mentions[*rule as usize].matches[*n as usize], at);
            work.on(&indexes.spans, |(rule, n)| &rules.spans[*rule as usize].matches[*n as usize], at);
            work.on(&indexes.frames, |(rule, _)| &rules.frames[*rule as usize].trigger, at);
            work.on(&indexes.lists, |(rule, _)| &rules.lists[*rule as usize].head, at);
            work.on(&indexes.fields, |(rule, _)| &rules.fields[*rule as usize].label, at);
        }
    }
    (work.count + work.matcher.steps(), rules.infos().count())
}

#[test]
fn ten_times_the_rules_are_less_than_twice_the_work() {
    let ((one, rules), (ten, many)) = (work(1), work(10));
    assert_eq!(many, rules * 10);
    assert!(one > 100_000 && ten < one * 2, "{rules} rules: {one}, {many} rules: {ten}");
}
