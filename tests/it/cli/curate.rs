//! Deciding from the command line: what is decided holds, is told, can be taken back, and travels as a file.

use std::fs;
use std::path::Path;

use super::{built, program, run, urbi};

/// The graph with evidence, without decisions.
fn graph(folder: &Path) -> String {
    let all = urbi(folder, &["export", "--format", "nquads"]).done();
    all.lines().filter(|line| !line.contains("/decision/")).map(|line| format!("{line}\n")).collect()
}

fn ask(folder: &Path, question: &str) -> Vec<String> {
    let answer = urbi(folder, &["query", "--format", "csv", "-q", question]).done();
    answer.lines().skip(1).map(|line| line.trim().to_owned()).collect()
}

/// The names of what stands in this relation to the entity of this name.
fn values(folder: &Path, name: &str, relation: &str) -> Vec<String> {
    ask(
        folder,
        &format!(
            "SELECT ?v {{ ?s rdfs:label|skos:altLabel \"{name}\" ; {relation} ?o OPTIONAL {{ ?o rdfs:label ?l }} BIND(COALESCE(?l, STR(?o)) AS ?v) }} ORDER BY ?v"
        ),
    )
}

/// Decides, and gives what was said.
fn decide(folder: &Path, arguments: &[&str]) -> String {
    let run = run(program(folder).args(arguments).args(["--author", "Ana"]));
    let said = run.err.clone();
    run.done() + &said
}

#[test]
fn what_is_rejected_stays_rejected() {
    let folder = built();
    let folder = folder.path();
    let before = graph(folder);
    assert_eq!(values(folder, "ICLC 5", "urbi:heldIn"), ["Yeonsu-gu"]);
    let said = decide(folder, &["reject", "ICLC 5", "heldIn", "-m", "I was not there"]);
    assert!(said.contains("reject  fifth International Conference on Learning Cities  heldIn  Yeonsu-gu"), "{said}");
    assert!(said.contains("- fifth International Conference on Learning Cities  heldIn  Yeonsu-gu"), "{said}");
    assert!(values(folder, "ICLC 5", "urbi:heldIn").is_empty());
    // Again, in other words, in a file of its own.
    fs::write(folder.join("more.txt"), "Yeonsu, 1 May 2022 – The fifth International Conference on Learning Cities (ICLC 5) was held in Yeonsu, Republic of Korea, in October 2021.\n").expect("written");
    urbi(folder, &["build", "-q", "more.txt"]).done();
    assert!(values(folder, "ICLC 5", "urbi:heldIn").is_empty());
    urbi(folder, &["rebuild", "--verify"]).done();
    urbi(folder, &["forget", "-q", "more.txt"]).done();
    let said = decide(folder, &["undo"]);
    assert!(said.contains("+ fifth International Conference on Learning Cities  heldIn  Yeonsu-gu"), "{said}");
    assert_eq!(graph(folder), before);
    let listed = urbi(folder, &["decisions", "list"]).done();
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines.len(), 2, "{listed}");
    assert!(
        lines[0].contains("Ana") && lines[0].contains("I was not there") && lines[0].contains("undone by"),
        "{listed}"
    );
    let (first, undoing) = (&lines[0][..8], &lines[1][..8]);
    let message = urbi(folder, &["undo", first]).failed(2);
    assert!(message.contains(undoing), "{message}");
    decide(folder, &["undo", undoing]);
    assert!(values(folder, "ICLC 5", "urbi:heldIn").is_empty(), "the undoing is undone");
}

#[test]
fn a_correction_takes_the_place_of_what_is_stated() {
    let folder = built();
    let folder = folder.path();
    decide(folder, &["correct", "ICLC 5", "startDate", "--to", "2021-10-26"]);
    assert_eq!(values(folder, "ICLC 5", "urbi:startDate"), ["2021-10-26"]);
    assert_eq!(values(folder, "ICLC 5", "urbi:earliestStart"), ["2021-10-26"]);
    // An entity that no announcement speaks of comes from the lexicon, or is new.
    decide(folder, &["correct", "ICLC 5", "heldIn", "Yeonsu", "--to", "Gwangmyeong"]);
    assert_eq!(values(folder, "ICLC 5", "urbi:heldIn"), ["Gwangmyeong"]);
    assert_eq!(ask(folder, "SELECT ?c { ?c a urbi:City ; rdfs:label \"Gwangmyeong\" }").len(), 1);
    let theme = values(folder, "ICLC 5", "urbi:hasTheme").first().expect("it has a theme").clone();
    let wrong = urbi(folder, &["correct", "ICLC 5", "hasTheme", &theme, "--to", "A theme of my own"]).failed(2);
    assert!(wrong.contains("--new"), "{wrong}");
    decide(folder, &["correct", "ICLC 5", "hasTheme", &theme, "--to", "A theme of my own", "--new"]);
    assert!(values(folder, "ICLC 5", "urbi:hasTheme").contains(&"A theme of my own".to_owned()));
    urbi(folder, &["rebuild", "--verify"]).done();
    for (to, hint) in [("soon", "2021-10-27"), ("2021-13", "2021-10"), ("2021-10-26", "already")] {
        let message = urbi(folder, &["correct", "ICLC 5", "startDate", "--to", to]).failed(2);
        assert!(message.contains(hint), "{to}: {message}");
    }
    let message = urbi(folder, &["correct", "ICLC 5", "heldIn", "--to", "ICLC 5"]).failed(2);
    assert!(message.contains("wants a City"), "{message}");
}

#[test]
fn entities_are_merged_split_and_renamed() {
    let folder = built();
    let folder = folder.path();
    let before = graph(folder);
    let cities = ask(folder, "SELECT ?c { ?e urbi:heldIn ?c } ORDER BY ?c");
    let (one, other) = (cities.first().expect("some"), cities.last().expect("some"));
    decide(folder, &["merge", one, other, "-m", "for a test"]);
    let merged = ask(folder, &format!("SELECT ?c {{ ?c urbi:alias ?k FILTER(?k IN (<{one}>, <{other}>)) }}"));
    assert_eq!(merged.len(), 1, "two records of an authority are one, because a person says so");
    let message = urbi(folder, &["merge", one, other]).failed(2);
    assert!(message.contains("one entity already"), "{message}");
    let message = urbi(folder, &["split", one]).failed(2);
    assert!(message.contains("its keys are"), "{message}");
    decide(folder, &["split", one, other]);
    assert_eq!(graph(folder), before);
    decide(folder, &["undo"]);
    assert_ne!(graph(folder), before);
    decide(folder, &["undo"]);
    assert_eq!(graph(folder), before);
    decide(folder, &["rename", "ICLC 5", "The Yeonsu conference"]);
    assert_eq!(values(folder, "ICLC 5", "rdfs:label"), ["The Yeonsu conference"]);
    decide(folder, &["reject", "ICLC 5", "rdfs:label", "The Yeonsu conference"]);
    assert!(!values(folder, "ICLC 5", "rdfs:label").is_empty());
    urbi(folder, &["rebuild", "--verify"]).done();
    let message = urbi(folder, &["split", "ICLC 5", "city/1"]).failed(2);
    assert!(message.contains("no key of"), "{message}");
}

#[test]
fn facts_are_found_by_words_and_short_names() {
    let folder = built();
    let folder = folder.path();
    let message = urbi(folder, &["reject", "ICLC 5"]).failed(2);
    assert!(message.contains("say which fact") && message.contains("heldIn  Yeonsu-gu"), "{message}");
    let id = message
        .lines()
        .find(|line| line.contains("heldIn  Yeonsu-gu"))
        .expect("listed")
        .trim()
        .get(..8)
        .expect("eight")
        .to_owned();
    for fact in [
        vec![id.as_str()],
        vec![&id[..6]],
        vec!["conference:iclc-5", "urbi:heldIn", "city:8417654"],
        vec!["ICLC 5", "held in", "yeonsu gu"],
    ] {
        let arguments = [vec!["accept"], fact.clone()].concat();
        let run = run(program(folder).args(&arguments));
        assert!(run.out.contains("  heldIn  Yeonsu-gu"), "{fact:?}: {}{}", run.out, run.err);
    }
    let cases: [(&[&str], &str); 7] = [
        (&["00000000"], "no fact has the short name"),
        (&["ICLC 5", "heldIn", "Cork"], "nothing states: ICLC 5 heldIn Cork; there is"),
        (&["ICLC 5", "hasThem", "x"], "hasTheme"),
        (&["ICLC 55", "heldIn", "x"], "did you mean"),
        (&["ICLC 5", "urbi:sameEntity", "x"], "urbi merge"),
        (&["ICLC 5", "urbi:earliestStart"], "worked out"),
        (&["ICLC 5", "attendance"], "attendance"),
    ];
    for (fact, wanted) in cases {
        let message = urbi(folder, &[&["reject"], fact].concat()).failed(2);
        assert!(message.contains(wanted), "{fact:?}: {message}");
    }
}

#[test]
fn decisions_travel_as_a_file() {
    let folder = built();
    let folder = folder.path();
    let time = |second: &str| format!("2026-11-25T09:30:{second}Z");
    decide(folder, &["reject", "ICLC 5", "heldIn", "--time", &time("01"), "-m", "a \"quote\"\nand more"]);
    decide(folder, &["correct", "ICLC 5", "startDate", "--to", "2021-10-26", "--time", &time("02")]);
    decide(folder, &["rename", "Yeonsu-gu", "Yeonsu District", "--language", "ko-Latn", "--time", &time("03")]);
    decide(folder, &["undo", "--time", &time("04")]);
    urbi(folder, &["decisions", "export", "-o", "decisions.ttl"]).done();
    let file = fs::read_to_string(folder.join("decisions.ttl")).expect("written");
    assert!(file.contains("\n# 2026-11-25 Ana: correct  fifth International Conference on Learning Cities  startDate  2021-10-27  to  2021-10-26\n"), "{file}");
    assert_eq!(file.matches("\n<decision/").count(), 4, "{file}");
    let other = built();
    fs::copy(folder.join("decisions.ttl"), other.path().join("decisions.ttl")).expect("copied");
    let dry = urbi(other.path(), &["decisions", "import", "decisions.ttl", "--dry-run"]);
    assert!(dry.err.contains("would be imported: 4 decisions"), "{}", dry.err);
    let run = urbi(other.path(), &["decisions", "import", "decisions.ttl"]);
    assert!(run.err.contains("imported: 4 decisions"), "{}", run.err);
    run.done();
    let quads = |folder: &Path| urbi(folder, &["export", "--format", "nquads"]).done();
    assert_eq!(quads(other.path()), quads(folder));
    let again = urbi(other.path(), &["decisions", "import", "decisions.ttl"]);
    assert!(again.err.contains("imported: 0 decisions; known already: 4"), "{}", again.err);
    fs::write(other.path().join("changed.ttl"), file.replace("2021-10-26", "2021-10-25")).expect("written");
    let message = urbi(other.path(), &["decisions", "import", "changed.ttl"]).failed(1);
    assert!(message.contains("something else than its name"), "{message}");
    assert_eq!(quads(other.path()), quads(folder));
    let json = urbi(folder, &["decisions", "list", "--format", "json"]).done();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json.as_array().expect("an array").len(), 4);
    assert_eq!(
        json[1]["what"],
        "correct  fifth International Conference on Learning Cities  startDate  2021-10-27  to  2021-10-26"
    );
}

#[test]
fn a_decision_without_its_document_is_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("a.txt"), "The fifth International Conference on Learning Cities was held in Yeonsu, Republic of Korea, in October 2021.\n").expect("written");
    urbi(folder, &["build", "-q", "a.txt"]).done();
    let city = ask(folder, "SELECT ?c { ?e urbi:heldIn ?c }").first().expect("held somewhere").clone();
    let event = ask(folder, "SELECT ?e { ?e urbi:heldIn ?c }").first().expect("held somewhere").clone();
    decide(folder, &["reject", &event, "heldIn", &city]);
    let listed = urbi(folder, &["decisions", "list", "--gone"]);
    assert!(listed.err.contains("speak of what is there"), "{}", listed.err);
    assert_eq!(listed.done(), "");
    let run = urbi(folder, &["forget", "a.txt"]);
    assert!(run.err.contains("1 decision speaks of what no document states any more"), "{}", run.err);
    run.done();
    let listed = urbi(folder, &["decisions", "list", "--gone"]).done();
    assert!(listed.contains("no document speaks of"), "{listed}");
    let run = urbi(folder, &["build", "a.txt"]);
    assert!(!run.err.contains("no document states"), "{}", run.err);
    assert!(ask(folder, "SELECT ?e { ?e urbi:heldIn ?c }").is_empty(), "it holds again");
    let message = urbi(folder, &["undo", "ffffffff"]).failed(2);
    assert!(message.contains("no decision ffffffff"), "{message}");
    decide(folder, &["undo"]);
    let message = urbi(folder, &["undo"]).failed(2);
    assert!(message.contains("no decision to undo"), "{message}");
}

/// Answers the questions of a review with these lines.
fn review(folder: &Path, options: &[&str], answers: &str) -> super::Run {
    let options = [&["review", "--author", "Ana"], options].concat();
    run(program(folder).args(&options).write_stdin(answers))
}

#[test]
fn a_review_asks_and_decides() {
    let folder = built();
    let folder = folder.path();
    let before = graph(folder);
    let listed = urbi(folder, &["review", "--list", "--below", "0.95"]).done();
    let count = listed.lines().count();
    assert!(count > 3, "{listed}");
    let nothing = review(folder, &["--below", "0.95"], "");
    assert!(nothing.err.contains("0 decided"), "{}", nothing.err);
    assert!(nothing.out.contains(&format!("1 of {count}")) || nothing.out.contains("1 of "), "{}", nothing.out);
    assert!(
        nothing.out.contains('“') && nothing.out.contains('*'),
        "the sentence, with its words marked: {}",
        nothing.out
    );
    assert!(nothing.out.contains(", by "), "and the rule: {}", nothing.out);
    nothing.done();
    assert_eq!(graph(folder), before);
    // An answer that is none, an acceptance, a rejection that is taken back, one that is skipped, the end.
    let run = review(folder, &["--below", "0.95"], "x\na seen it\nr not so\nu\ns\nq\n");
    assert!(run.err.contains("'x' is no answer here"), "{}", run.err);
    assert!(run.err.contains("1 decided"), "{}", run.err);
    run.done();
    let decisions = urbi(folder, &["decisions", "list"]).done();
    let kinds: Vec<&str> = decisions.lines().filter_map(|line| line.split('\t').nth(3)?.split("  ").next()).collect();
    assert_eq!(kinds, ["accept", "reject", "undo"], "{decisions}");
    assert!(decisions.contains("seen it") && decisions.contains("not so"), "{decisions}");
    let again = urbi(folder, &["review", "--list", "--below", "0.95"]).done();
    assert_eq!(again.lines().count(), count - 1, "what is decided is not asked again");
    urbi(folder, &["rebuild", "--verify"]).done();
}

#[test]
fn a_review_corrects_and_settles_contradictions() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let says = |day: &str| {
        format!(
            "Yeonsu, 1 May 2021 – The fifth International Conference on Learning Cities (ICLC 5) will be held in Yeonsu, Republic of Korea, on {day} October 2021.\n"
        )
    };
    fs::write(folder.join("a.txt"), says("27")).expect("written");
    fs::write(folder.join("b.txt"), says("28")).expect("written");
    urbi(folder, &["build", "-q", "a.txt", "b.txt"]).done();
    let listed = urbi(folder, &["review", "--list", "--below", "0", "--relation", "startDate"]).done();
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines.len(), 2, "{listed}");
    assert!(lines[0].contains("\tstands\t") && lines[1].contains("\tagainst\t"), "{listed}");
    let against = lines[1].rsplit("  ").next().expect("a value").to_owned();
    let run = review(folder, &["--below", "0", "--relation", "startDate"], "9\n2 the programme says so\n");
    assert!(run.out.contains("only one of these can be true"), "{}", run.out);
    assert!(run.err.contains("there is no value 9") && run.err.contains("1 decided, 0 left"), "{}", run.err);
    run.done();
    assert_eq!(values(folder, "ICLC 5", "urbi:startDate"), [against]);
    let run = review(folder, &["--below", "1", "--relation", "heldIn"], "c nowhere known\nc Cork\n");
    assert!(run.err.contains("no entity is called") || run.err.contains("lexicon"), "{}", run.err);
    assert!(run.err.contains("give one of") || run.err.contains("1 decided"), "{}", run.err);
    run.done();
    let nothing = review(folder, &["--below", "0", "--relation", "startDate"], "");
    assert!(nothing.err.contains("nothing needs a look"), "{}", nothing.err);
}
