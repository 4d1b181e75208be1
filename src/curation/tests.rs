//! Decisions keep what they say on every way: quads, files, and back.

use oxrdf::{Literal, NamedNode, Term};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;
use crate::vocab::urbi;

fn key(path: &str) -> NamedNode {
    NamedNode::new(format!("{}{path}", Base::DEFAULT)).expect("an IRI")
}

fn a_key() -> impl Strategy<Value = NamedNode> {
    select(&["city/1", "city/2", "conference/iclc-5", "theme/größe"][..]).prop_map(key)
}

fn a_value() -> impl Strategy<Value = Term> {
    prop_oneof![
        a_key().prop_map(Term::from),
        "[ -~äß\"\\\\\n]{0,8}".prop_map(|text| Literal::from(text).into()),
        Just(Literal::new_language_tagged_literal_unchecked("Straße", "de").into()),
    ]
}

fn a_fact() -> impl Strategy<Value = Fact> {
    (a_key(), select(&[urbi::HELD_IN, urbi::START_DATE][..]), a_value()).prop_map(|(subject, predicate, object)| Fact {
        subject,
        predicate: predicate.into_owned(),
        object,
    })
}

fn an_action() -> impl Strategy<Value = Action> {
    let naming = (a_key(), "[a-zß]{1,5}").prop_map(|(class, label)| Naming { class, label: label.as_str().into() });
    prop_oneof![
        a_fact().prop_map(Action::Accept),
        a_fact().prop_map(Action::Reject),
        (a_fact(), a_value(), option::of(naming))
            .prop_filter("a new value", |(fact, value, _)| fact.object != *value)
            .prop_map(|(fact, value, naming)| Action::Correct { fact, value, naming }),
        Just(Action::Merge(vec![key("city/1"), key("city/2")])),
        Just(Action::Split { apart: vec![key("city/1")], from: vec![key("city/2"), key("city/3")] }),
        (a_key(), "[a-zß]{1,5}").prop_map(|(key, label)| Action::Rename { key, label: label.as_str().into() }),
        Just(Action::Undo(Base::default().decision("00"))),
    ]
}

fn a_decision() -> impl Strategy<Value = Decision> {
    (an_action(), "[A-Z][a-zé]{0,5}", 0..2_000_000_000_000_i64, option::of("[ -~]{1,9}")).prop_map(
        |(action, author, micros, reason)| Decision {
            author,
            time: Timestamp::from_microsecond(micros).expect("in range"),
            reason,
            action,
        },
    )
}

proptest! {
    #[test]
    fn nothing_is_lost(decisions in vec(a_decision(), 0..6)) {
        let base = Base::default();
        let ledger = Ledger::new(decisions.iter().map(|d| (d.iri(&base), d.clone())));
        for decision in &decisions {
            let quads = decision.quads(&base);
            let read = Decision::read(quads.iter().map(|q| (q.predicate.as_ref(), q.object.as_ref())));
            prop_assert_eq!(read.as_ref(), Ok(decision));
        }
        let quads: Vec<_> = decisions.iter().flat_map(|d| d.quads(&base)).collect();
        prop_assert_eq!(&Ledger::from_quads(quads.iter().map(|q| q.as_ref())), &ledger);
        let mut file = Vec::new();
        file::write(&ledger, &base, &|d| format!("{}\nby {}", d.action.name(), d.author), &mut file).expect("memory");
        let text = String::from_utf8(file).expect("UTF-8");
        prop_assert_eq!(&file::read("d.ttl", &text, &base).expect("our own file"), &ledger);
    }
}

fn undo(of: &Decision, second: i64) -> Decision {
    Decision {
        time: Timestamp::from_second(second).unwrap(),
        action: Action::Undo(of.iri(&Base::default())),
        ..of.clone()
    }
}

#[test]
fn what_is_undone_can_be_done_again() {
    let base = Base::default();
    let fact =
        Fact { subject: key("city/1"), predicate: urbi::IN_COUNTRY.into_owned(), object: key("country/KR").into() };
    let first = Decision {
        author: "Ana".to_owned(),
        time: Timestamp::from_second(1).unwrap(),
        reason: None,
        action: Action::Reject(fact),
    };
    let second = undo(&first, 2);
    let third = undo(&second, 3);
    let in_force = |decisions: &[&Decision]| {
        let ledger = Ledger::new(decisions.iter().rev().map(|d| (d.iri(&base), (*d).clone())));
        ledger.in_force().map(|entry| entry.iri.clone()).collect::<Vec<_>>()
    };
    assert_eq!(in_force(&[&first]), [first.iri(&base)]);
    assert!(in_force(&[&first, &second]).is_empty());
    assert_eq!(in_force(&[&first, &second, &third]), [first.iri(&base)]);
    let alone = Ledger::new([(second.iri(&base), second.clone())]);
    assert_eq!(alone.dangling().count(), 1);
}

#[test]
fn a_file_says_what_is_wrong_with_it() {
    let base = Base::default();
    let head = "@prefix urbi: <https://w3id.org/urbi/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";
    let problem = |text: &str| file::read("d.ttl", &format!("{head}{text}"), &base).expect_err("wrong").to_string();
    let by = "urbi:decidedBy \"Ana\" ; urbi:decidedAt \"2026-11-25T09:30:00Z\"^^xsd:dateTime";
    assert!(problem("nonsense").starts_with("d.ttl:2:1: "));
    assert!(problem("<x> <y> <z> .").contains("<x>: it is no urbi:Decision"));
    let cases = [
        ("urbi:action \"accept\"", "it has no urbi:onSubject"),
        ("urbi:action \"praise\"", "\"praise\" is no action"),
        ("urbi:action \"merge\" ; urbi:joins <city/1>", "two different keys"),
        ("urbi:action \"split\" ; urbi:separates <city/1> ; urbi:separatesFrom <city/1>", "both sides"),
        ("urbi:action \"rename\" ; urbi:onSubject <city/1> ; urbi:newLabel \" \"", "is no label"),
        ("urbi:action \"undo\" ; urbi:undoes <city/1>", "no decision below the base"),
        ("urbi:action \"merge\" ; urbi:joins <a>, <b> ; urbi:length 3", "urbi:length has no place"),
        ("urbi:action \"merge\", \"split\" ; urbi:joins <a>, <b>", "more than one urbi:action"),
        (
            "urbi:action \"reject\" ; urbi:onSubject <a> ; urbi:onPredicate urbi:sameEntity ; urbi:onObject <b>",
            "nothing can be decided",
        ),
        (
            "urbi:action \"reject\" ; urbi:onSubject <a> ; urbi:onPredicate urbi:heldIn ; urbi:onObject []",
            "IRI or literal",
        ),
    ];
    for (body, wanted) in cases {
        let found = problem(&format!("[] a urbi:Decision ; {by} ; {body} ."));
        assert!(found.contains(wanted), "{body}: {found}");
    }
    let sound = format!("{head}[] a urbi:Decision ; {by} ; urbi:action \"merge\" ; urbi:joins <city/1> , <city/2> .");
    let read = file::read("d.ttl", &sound, &base).expect("sound");
    assert_eq!(read.all().len(), 1);
    let renamed = sound.replace("[]", "<decision/00>");
    let found = file::read("d.ttl", &renamed, &base).expect_err("another name").to_string();
    assert!(
        found.contains("something else than its name")
            && found.contains(read.all()[0].iri.as_str().rsplit('/').next().unwrap())
    );
}
