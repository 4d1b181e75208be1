//! Rules: their examples come true, their mistakes are all reported with their places, and none of them can hold the
//! program up.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use urbi::{
    engine::{Engine, examples},
    lexicon::Lexicon,
    mention::{Matcher, Mentions, Scene},
    ontology::Ontology,
    profile::Profile,
    rules::{Code, Diagnostic, RuleSet},
    source::{self, Announcement, Form},
    text::Text,
    vocab::Base,
};

fn ontology() -> Ontology {
    Ontology::load(&Profile::embedded()).expect("the embedded ontology loads")
}

fn announcement(text: &str) -> Announcement {
    source::read("test.txt", text.as_bytes(), Some(Form::Text)).expect("it is text").remove(0)
}

/// The mistakes in one rule file.
fn mistakes(text: &str) -> Vec<Diagnostic> {
    RuleSet::from_texts(&[("test.rules", text)], &ontology()).expect_err("the file has mistakes")
}

/// Code, line and column of each mistake.
fn places(diagnostics: &[Diagnostic]) -> Vec<(&'static str, usize, usize)> {
    diagnostics.iter().map(|d| (d.code.id(), d.line, d.column)).collect()
}

#[test]
fn examples_come_true() {
    let profile = Profile::embedded();
    let engine = Engine::new(&profile, &Base::default()).expect("the embedded profile loads");
    let wrong = examples::check(&engine, &profile).expect("embedded files can be read");
    let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} examples do not come true:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn an_example_that_does_not_come_true_is_reported() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rules = folder.path().join("data/rules");
    std::fs::create_dir_all(&rules).expect("a folder");
    let text = "span seat \"Where it sits.\"\n  match (?e:@Event) sits in (?c:@City)\n  \
                then ?e :heldIn ?c\n  confidence 900\n  \
                example \"The third Congress of Towns met in Paris.\" => \"third Congress of Towns\" :heldIn \"Paris\"\n  \
                example \"The third Congress of Towns sits in Paris.\" => nothing\n";
    std::fs::write(rules.join("seat.rules"), text).expect("a file");
    let profile = Profile::with_overlay(folder.path()).expect("the overlay is sound");
    let result = Engine::new(&profile, &Base::default()).map(|engine| examples::check(&engine, &profile));
    let wrong = result.unwrap_or_else(|error| panic!("{error}")).expect("files can be read");
    let own: Vec<Diagnostic> = wrong.into_iter().filter(|d| d.file.ends_with("seat.rules")).collect();
    assert_eq!(places(&own), [("R011", 5, 11), ("R011", 6, 11)], "{own:?}");
    assert!(own.iter().all(|d| d.code == Code::Example && d.hint.is_some()));
    assert!(own[1].hint.as_ref().is_some_and(|hint| hint.contains(":heldIn")), "{:?}", own[1].hint);
}

#[test]
fn all_mistakes_are_reported_at_once_with_their_places() {
    let found = mistakes(
        "span one \"A class that is none.\"\n  match (?c:@Citty) hosts (?e:@Event)\n  then ?e :hostedBy ?c\n\
         \n\
         span two \"A relation that is none.\"\n  match (?c:@City) hosts (?e:@Event)\n  then ?e :heldInn ?c\n\
         \n\
         span three \"A city is held nowhere.\"\n  match (?c:@City) hosts (?e:@Event)\n  then ?c :heldIn ?e\n\
         \n\
         span four \"Nothing binds x.\"\n  match (?c:@City) hosts (?e:@Event)\n  then ?e :heldIn ?x\n\
         \n\
         span five \"A bracket too few.\"\n  match ( (?c:@City) hosts\n  then ?c :heldIn ?c\n\
         \n\
         span one \"The name again.\"\n  match (?c:@City) hosts (?e:@Event)\n  then ?e :heldIn ?c\n",
    );
    let codes: Vec<(&str, usize)> = found.iter().map(|d| (d.code.id(), d.line)).collect();
    let expected = [("R002", 2), ("R003", 7), ("R006", 11), ("R006", 11), ("R004", 15), ("R001", 18), ("R007", 21)];
    assert_eq!(codes, expected, "{found:#?}");
    let hints: Vec<&str> = found.iter().filter_map(|d| d.hint.as_deref()).collect();
    assert!(hints.contains(&"did you mean @City?"), "{hints:?}");
    assert!(hints.contains(&"did you mean :heldIn?"), "{hints:?}");
    assert_eq!((found[0].column, found[1].column), (13, 11));
    assert!(found[0].to_string().starts_with("test.rules:2:13: R002 there is no type @Citty"), "{}", found[0]);
}

#[test]
fn places_count_characters() {
    let found = mistakes("span über \"Where.\"\n  match \"é\" (?c:@Citty) (?e:@Event)\n  then ?e :heldIn ?c\n");
    assert_eq!(places(&found), [("R002", 2, 17)]);
}

#[test]
fn patterns_that_match_nothing_are_mistakes() {
    for pattern in ["the?", "( the | a* )", "<", "( (?c:@City) )?"] {
        let found = mistakes(&format!("mention x @City \"Nothing.\"\n  match {pattern}\n"));
        assert_eq!(found.iter().map(|d| d.code.id()).collect::<Vec<_>>(), ["R010"], "{pattern}: {found:?}");
    }
}

#[test]
fn patterns_too_large_are_mistakes() {
    let doubled: String = (1..40).map(|n| format!("let L{n} = $L{0} $L{0}\n", n - 1)).collect();
    let deep = format!("{}the{}", "(".repeat(100_000), ")".repeat(100_000));
    let negated = format!("[{}is=upper]", "!".repeat(100_000));
    for (lists, pattern) in [
        ("", "((((the* a)* of)* in)* at)*  x".to_owned()),
        (doubled.as_str(), "$L39".to_owned()),
        ("", deep),
        ("", format!("the{} x", "?".repeat(100_000))),
        ("", negated),
    ] {
        let text = format!("let L0 = the a\n{lists}mention x @City \"Large.\"\n  match {pattern}\n");
        let start = Instant::now();
        let found = mistakes(&text);
        assert!(
            !found.is_empty() && start.elapsed() < Duration::from_secs(5),
            "{} {found:?}",
            start.elapsed().as_secs()
        );
    }
}

/// Patterns with texts that are hard for them: a matcher that goes back and forth would try exponentially many ways, and
/// one that forgets what it has tried would begin again at each word, or behind each match.
const HARD: [(&str, &str); 6] = [
    ("( ( a a? ){0,8} ( a{0,8} b? ){0,8} ){1,8} end", "a "),
    ("( a | a a | a a a | a b ){1,60} end", "a a b "),
    ("[]{0,60} a []{0,60} b []{0,60} end", "a b "),
    ("( []{0,60} a )? ( []{0,60} b )? end", "a b c "),
    ("a []{0,60} b{0,60} ( c end )?", "a b b b "),
    ("( (?c: a{1,60}) | (?c: a{1,30} b) ) ( a end )?", "a a a b "),
];

#[test]
fn matching_takes_steps_in_proportion_to_the_text() {
    let (ontology, lexicon) = (ontology(), Lexicon::embedded().expect("the embedded lexicon loads"));
    for (pattern, words) in HARD {
        let rule = format!("mention hard @City \"Hard.\"\n  match {pattern}\n");
        let rules = RuleSet::from_texts(&[("test.rules", &rule)], &ontology).expect("the rule is sound");
        let program = &rules.mentions[0].matches[0];
        // Without its last word a pattern would not be tried at all.
        let stretch = format!("{}stop end ", words.repeat(50));
        // One sentence, however long: announcements have none of more than a thousand tokens.
        let steps = |times: usize| {
            let announcement = announcement(&format!("It {}.", stretch.repeat(times)));
            let text = Text::new(&announcement);
            let scene = Scene::new(&text, &rules.symbols, &lexicon);
            let mut matcher = Matcher::default();
            matcher.find_all(program, &scene, &Mentions::new(text.tokens.len()), 0..text.tokens.len());
            assert!(matcher.steps() <= (4 * program.insts.len() * text.tokens.len()) as u64, "{pattern}");
            matcher.steps()
        };
        let (short, long) = (steps(10), steps(100));
        assert!(short > 500 && long < short * 11, "{pattern}: {short} steps, for ten times the text {long}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever stands in a rule file: rules or mistakes, and places inside the file.
    #[test]
    fn any_text_is_read_or_reported(
        text in r#"((let|mention|span|frame|list|field|derive|match|then|unless|example|trigger|mark|  |\n|\n  |[?@$:!~*+(){}|&.;<>=\[\]"]|é|City|heldIn|x|[0-9]) ?){0,60}"#
    ) {
        if let Err(found) = RuleSet::from_texts(&[("any.rules", &text)], &ontology()) {
            prop_assert!(!found.is_empty());
            let lines = text.lines().count() + 1;
            for diagnostic in found {
                prop_assert!((1..=lines).contains(&diagnostic.line) && diagnostic.column >= 1, "{}", diagnostic);
            }
        }
    }
}
