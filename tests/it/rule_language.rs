//! The rule language, part by part: each test is a rule file whose examples must come true, or whose mistakes must be
//! reported.

use std::collections::BTreeSet;

use urbi::{
    engine::{Engine, EngineError, examples},
    ontology::Ontology,
    profile::Profile,
    rules::{Code, Diagnostic, RuleSet, RulesError},
    vocab::Base,
};

/// What is wrong with a rule file that lies beside the standard profile, its examples included.
fn wrong(text: &str) -> Vec<Diagnostic> {
    let profile = Profile::embedded().with_file("data/rules/test.rules", "test.rules", text.as_bytes().to_vec());
    match Engine::new(&profile, &Base::default()) {
        Ok(engine) => examples::check_rules(&engine, &profile, |info| info.file == "test.rules").expect("readable"),
        Err(EngineError::Rules(RulesError::Wrong(diagnostics))) => diagnostics,
        Err(error) => panic!("{error}"),
    }
}

#[track_caller]
fn comes_true(text: &str) {
    let wrong: Vec<String> = wrong(text).iter().map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Codes with lines.
fn codes(text: &str) -> Vec<(&'static str, usize)> {
    wrong(text).iter().map(|d| (d.code.id(), d.line)).collect()
}

fn rule(parts: &str) -> String {
    format!("span seat \"Where it sits.\"\n{parts}")
}

/// A rule file for every code, with the line that is wrong.
fn mistakes() -> Vec<(Code, String, usize)> {
    let span = |parts: &str| rule(&format!("{parts}  then ?e :heldIn ?c\n"));
    let both = "(?e:@Event) sits in (?c:@City)";
    vec![
        (Code::Syntax, span("  match ( (?e:@Event) (?c:@City)\n"), 2),
        (Code::UnknownType, span("  match (?e:@Event) sits in (?c:@Citty)\n"), 2),
        (Code::UnknownRelation, rule(&format!("  match {both}\n  then ?e :heldInn ?c\n")), 3),
        (Code::UnboundVariable, rule(&format!("  match {both}\n  then ?e :heldIn ?x\n")), 3),
        (Code::UnboundVariable, rule(&format!("  match {both}\n  then ?this :heldIn ?c\n")), 3),
        (Code::UnknownList, span(&format!("  match {both} $UNSUR\n")), 2),
        (
            Code::UnknownList,
            format!("let SEATX = sits | $SEATY\nlet SEATY = $SEATX\n{}", span(&format!("  match {both}\n"))),
            1,
        ),
        (Code::WrongClass, rule(&format!("  match {both}\n  then ?c :heldIn ?e\n")), 3),
        (Code::WrongClass, rule("  match (?e:@Event) (?d:@Date)\n  then ?e :attendance ?d\n"), 3),
        (Code::WrongClass, rule("  match (?e:@Event) (?n:@Number)\n  then ?e :startDate ?n\n"), 3),
        (Code::WrongClass, rule(&format!("  match {both}\n  then ?e :heldIn 7\n")), 3),
        (Code::Duplicate, format!("let HOLD = a | b\n{}", span(&format!("  match {both}\n"))), 1),
        (Code::UnknownProperty, span("  match (?e:@Event) [is=capitalized] (?c:@City)\n"), 2),
        (Code::UnknownProperty, rule("  match (?e:@Event) (?d:@Date)\n  then ?e :startDate ?d.begin\n"), 3),
        (Code::Missing, rule(&format!("  match {both}\n")), 1),
        (Code::EmptyMatch, "mention none @City \"None.\"\n  match the?\n".to_owned(), 1),
        (Code::Example, span(&format!("  match {both}\n  example \"It sat.\" => \"It\" :heldIn \"Cork\"\n")), 3),
        (Code::TooLarge, span("  match (?e:@Event) (?c:@City) ((((a* b)* c)* d)* e)*\n"), 1),
        (Code::ForeignPart, span(&format!("  match {both}\n  trigger sit~\n")), 3),
        (Code::ForeignPart, span(&format!("  match {both}\n  unless item not\n")), 3),
        (Code::Repeated, span(&format!("  match {both}\n  confidence 800\n  confidence 900\n")), 4),
        (Code::Accessor, rule("  match (?e:@Event) (?n:@Number)\n  then ?e :attendance ?n.year\n"), 3),
        (Code::Words, rule("  match (?e:@Event) in (?c: [is=capitalised])\n  then ?e :heldIn ?c\n"), 3),
        (Code::NothingToChange, "extend let UNSUR = perhaps\n".to_owned(), 1),
        (Code::NothingToChange, "remove held-inn\n".to_owned(), 1),
        (Code::ManyTokens, span("  match (?e:@Event) [!word=\"co-host\"] (?c:@City)\n"), 2),
    ]
}

#[test]
fn every_code_is_reported_with_place_and_advice_and_is_in_the_reference() {
    let reference = include_str!("../../docs/rules.md");
    let table: BTreeSet<&str> =
        reference.lines().filter_map(|line| line.strip_prefix("| R").map(|_| &line[2..6])).collect();
    let known: BTreeSet<&str> = Code::ALL.iter().map(|(_, id)| *id).collect();
    assert_eq!(table, known, "the table of docs/rules.md and the codes differ");
    let mut seen = BTreeSet::new();
    for (code, text, line) in mistakes() {
        let found = wrong(&text);
        let places: Vec<_> = found.iter().map(|d| (d.code, d.line)).collect();
        assert!(places.contains(&(code, line)), "{code:?} in line {line} of\n{text}\n{found:#?}");
        assert!(places.iter().all(|(c, _)| *c == code), "{code:?} alone: {found:#?}");
        seen.insert(code.id());
    }
    assert_eq!(seen, known, "a code that nothing shows");
}

#[test]
fn mistakes_inside_lists_are_reported_where_they_stand() {
    let text = format!(
        "# a comment\nlet SEATS = [word=sits] @Citty\nlet UNUSED = [is=uper]\n{}",
        rule("  match (?e:@Event) $SEATS in (?c:@City)\n  then ?e :heldIn ?c\n")
    );
    assert_eq!(codes(&text), [("R002", 2), ("R008", 3)]);
}

#[test]
fn words_with_hyphens_are_split_as_texts_are() {
    comes_true(
        "frame sits \"Where it sits.\"
  trigger [lemma=re-open|sit]
  subject ?e:@Event
  mark ?c:@City after in
  then ?e :heldIn ?c
  example \"The third World Urban Forum re-opened in Oslo.\" => \"third World Urban Forum\" :heldIn \"Oslo\"
  example \"The third World Urban Forum sits in Oslo.\" => \"third World Urban Forum\" :heldIn \"Oslo\"
  example \"The third World Urban Forum opened in Oslo.\" => nothing

span re-sit \"Where it sits again.\"
  match (?e:@Event) (co-locate~ | [word=sits|re-sits & !is=quoted]) in (?c:@City)
  then ?e :heldIn ?c
  example \"The third World Urban Forum co-located in Oslo.\" => \"third World Urban Forum\" :heldIn \"Oslo\"
  example \"The third World Urban Forum re-sits in Oslo.\" => \"third World Urban Forum\" :heldIn \"Oslo\"
",
    );
}

#[test]
fn captures_bind_one_of_several_types_each_of_several_mentions_and_literals() {
    comes_true(
        "let SEATED = @City ( \"(\" @Country \")\" )? ( (\",\" | and) @City ( \"(\" @Country \")\" )? ){0,20}

span sits-either \"A city or a country that it portrays.\"
  match (?p:@Publication) \"'\"? depicts (?c: @City | @Country)
  then ?p :features ?c
  example \"The report 'Safe streets' depicts Oslo.\" => \"Safe streets\" :features \"Oslo\"
  example \"The report 'Safe streets' depicts Kenya.\" => \"Safe streets\" :features \"Kenya\"

span sits-each \"Cities before the network.\"
  match (?c each @City: $SEATED) sit in the (?n:@Network)
  then ?c :memberOf ?n
  example \"Oslo (Norway), Cork and Turku (Finland) sit in the European Healthy Cities Network.\" => \"Oslo\" :memberOf \"European Healthy Cities Network\" ; \"Cork\" :memberOf \"European Healthy Cities Network\" ; \"Turku\" :memberOf \"European Healthy Cities Network\"

list sits-items \"The same in an item.\"
  head (?n:@Network) grew \".\"
  item (?c each @City: $SEATED) were first
  then ?c :memberOf ?n
  example \"The European Healthy Cities Network grew. Oslo, Cork and Turku were first.\" => \"Turku\" :memberOf \"European Healthy Cities Network\"

span sits-heads \"Heads that were counted, as words.\"
  match (?e:@Event) counted (?n: [is=number]) heads
  then ?e :attendance ?n
  example \"The third World Urban Forum counted 1,200 heads.\" => \"third World Urban Forum\" :attendance \"1200\"

span sits-year \"A year as words, and the ordinal after it.\"
  match (?e:@Event) sat of (?y: [is=year]) before number (?n:@Number)
  then ?e :startDate ?y ; :ordinal ?n.next
  example \"The Congress of Towns sat of 1999 before number 12.\" => \"Congress of Towns\" :startDate \"1999\" ; \"Congress of Towns\" :ordinal \"13\"
",
    );
}

#[test]
fn any_word_may_stand_behind_after() {
    comes_true(
        "frame sits \"Where it sits.\"
  trigger sits
  subject ?e:@Event
  mark ?c:@City after facing | across the bay from | the
  then ?e :heldIn ?c
  example \"The third World Urban Forum sits facing Oslo.\" => \"third World Urban Forum\" :heldIn \"Oslo\"
  example \"The third World Urban Forum sits across the bay from Oslo.\" => \"third World Urban Forum\" :heldIn \"Oslo\"
  example \"The third World Urban Forum sits well in Oslo.\" => nothing
",
    );
}

#[test]
fn unless_looks_at_clauses_and_at_items() {
    comes_true(
        "list sits-in \"Members in a list.\"
  head (?n:@Network) seats \":\"
  item (?c:@City)
  unless not yet
  unless item after \"(\" observer
  unless clause never
  then ?c :memberOf ?n
  example \"The European Healthy Cities Network seats:\\n\\n- Oslo\\n- Cork, not yet decided\\n- Turku (observer)\\n\" => \"Oslo\" :memberOf \"European Healthy Cities Network\"
",
    );
    let silent = |city: &str| {
        format!(
            "list sits-in \"Members in a list.\"\n  head (?n:@Network) seats \":\"\n  item (?c:@City)\n  unless not yet\n  \
             unless item after \"(\" observer\n  then ?c :memberOf ?n\n  \
             example \"The European Healthy Cities Network seats:\\n\\n- {city}\\n\" => nothing\n"
        )
    };
    comes_true(&silent("Cork, not yet decided"));
    comes_true(&silent("Turku (observer)"));
    assert_eq!(codes(&silent("Turku")), [("R011", 7)]);
}

#[test]
fn a_language_keeps_a_rule_from_announcements_in_another() {
    let text = |rule: &str, page: &str| {
        format!(
            "{rule}span seat \"Where it sits.\"\n  match (?e:@Event) sits in (?c:@City)\n  then ?e :heldIn ?c\n  \
             example \"{page}The third World Urban Forum sits in Oslo.\" => \"third World Urban Forum\" :heldIn \"Oslo\"\n"
        )
    };
    comes_true(&text("language en\n", ""));
    comes_true(&text("", ""));
    let ontology = Ontology::load(&Profile::embedded()).expect("it loads");
    let set = RuleSet::from_texts(&[("test.rules", &text("language en\n", ""))], &ontology).expect("sound");
    let info = set.rule("seat").expect("the rule").info();
    assert!(info.speaks(None) && info.speaks(Some("en")) && info.speaks(Some("EN-gb")));
    assert!(!info.speaks(Some("fr")) && !info.speaks(Some("enx")) && !info.speaks(Some("e")));
}

#[test]
fn priority_goes_before_length_and_beside_takes_nothing() {
    let rules = |more: &str| {
        format!(
            "mention seat-long @Venue \"A long name.\"\n  stage 3\n  match zorbal quux of the lake\n  \
             example \"They met in the zorbal quux of the lake.\" => \"zorbal quux of the lake\"\n\
             \n\
             mention seat-short @Venue \"A short name.\"\n  stage 3\n{more}  match zorbal quux\n  \
             example \"They met in the zorbal quux of the lake.\" => \"zorbal quux\"\n"
        )
    };
    assert_eq!(codes(&rules("")), [("R011", 9)]);
    assert_eq!(codes(&rules("  priority 7\n")), [("R011", 4)]);
    comes_true(&rules("  overlap beside\n"));
    assert_eq!(codes(&rules("  overlap alone\n")), [("R001", 8)]);
}

#[test]
fn a_profile_changes_single_lists_and_rules() {
    comes_true(
        "replace frame held-in \"Where it sits.\"
  trigger sits
  object ?e:@Event
  mark ?c:@City after in
  then ?e :heldIn ?c
  example \"The third World Urban Forum, sits Oslo.\" => nothing

extend let UNSURE = perchance

span seat \"Where it sits.\"
  match (?e:@Event) lies in (?c:@City)
  unless $UNSURE
  then ?e :heldIn ?c
  example \"The third World Urban Forum lies in Oslo.\" => \"third World Urban Forum\" :heldIn \"Oslo\"
  example \"The third World Urban Forum lies in Oslo perchance.\" => nothing
  example \"The third World Urban Forum never lies in Oslo.\" => nothing

remove event-comma-city
",
    );
    let load = |text: &str| {
        let profile = Profile::embedded().with_file("data/rules/test.rules", "test.rules", text.as_bytes().to_vec());
        let ontology = Ontology::load(&profile).expect("it loads");
        RuleSet::load(&profile, &ontology).expect("sound")
    };
    let (plain, changed) = (load(""), load("remove event-comma-city\nreplace let UNSURE = perchance\n"));
    assert_eq!(changed.rules().count() + 1, plain.rules().count());
    assert!(changed.rule("event-comma-city").is_none());
    // What uses the list is another version, and nothing else is.
    let version = |set: &RuleSet, name: &str| set.rule(name).expect("there").info().rule.version.clone();
    assert_ne!(version(&plain, "held-in"), version(&changed, "held-in"));
    assert_eq!(version(&plain, "next-edition"), version(&changed, "next-edition"));
    let twice = "replace let UNSURE = a\nreplace let UNSURE = b\n";
    assert_eq!(codes(twice), [("R007", 2)]);
}

#[test]
fn blocks_and_clauses_have_borders() {
    comes_true(
        "span sits-headline \"The headline begins with it.\"
  match << (?e:@Event) [is=headline & !is=border]{1,5} in (?c:@City) >>
  then ?e :heldIn ?c
  example \"Third World Urban Forum sits comfortably in Oslo\\n\\nThe mayor was glad. It was warm that day.\" => \"Third World Urban Forum\" :heldIn \"Oslo\"
  example \"News of the day\\n\\nThe mayor was glad that the third World Urban Forum sits comfortably in Oslo.\" => nothing

span sits-item \"An item of a list.\"
  match << \"-\"? [is=list-item] [is=list-item]{0,8} sits in (?c:@City)
  of ?e:@Event
  then ?e :heldIn ?c
  example \"The third World Urban Forum is near.\\n\\n- The forum sits in Oslo\\n- It is warm\" => \"third World Urban Forum\" :heldIn \"Oslo\"
  example \"The third World Urban Forum is near. The forum sits in Oslo.\" => nothing

span sits-near \"In one clause.\"
  match (?e:@Event) [!is=border]{0,8} sat in (?c:@City)
  then ?e :heldIn ?c
  example \"The third World Urban Forum in fact sat in Oslo.\" => \"third World Urban Forum\" :heldIn \"Oslo\"
  example \"The third World Urban Forum met, but the council sat in Oslo.\" => nothing
  example \"The third World Urban Forum met - the council sat in Oslo.\" => nothing
",
    );
}

#[test]
fn all_token_classes_are_known() {
    for class in [
        "capitalised",
        "upper",
        "number",
        "year",
        "word",
        "mixed",
        "punctuation",
        "proper",
        "given-name",
        "quoted",
        "border",
        "line-start",
        "spaced",
        "headline",
        "heading",
        "dateline",
        "paragraph",
        "list-item",
        "table-cell",
        "caption",
        "field",
    ] {
        let text = rule(&format!("  match (?e:@Event) [is={class}] (?c:@City)\n  then ?e :heldIn ?c\n"));
        assert!(wrong(&text).is_empty(), "{class}");
        assert!(
            include_str!("../../docs/rules.md").contains(&format!("`is={class}`")),
            "{class} is not in the reference"
        );
    }
}
