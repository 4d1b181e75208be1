//! JSON-LD framed, judged by PyLD.

use std::{fs, process::Command};

use urbi::{
    export::{Content, Context, Format, Frame, Settings, write},
    profile::Profile,
    vocab::Base,
};

use crate::export::{CITIES, triples};
use crate::export_foreign::{judge, passes, script};

/// PyLD fails on `[]` where a node that the frame wants has the property, so that `@requireAll` stands beside it.
const FRAMES: [&str; 9] = [
    r#"{ "type": "Conference" }"#,
    r#"{ "type": "City", "inCountry": { "@embed": "@never" }, "lat": {} }"#,
    r#"{ "type": "Conference", "@explicit": true, "label": {}, "attendance": {}, "speaker": {},
         "heldIn": { "@explicit": true, "label": {}, "inCountry": {} } }"#,
    r#"{ "heldIn": { "type": "City" }, "hostedBy": {}, "@requireAll": true }"#,
    r#"{ "type": "Conference", "adopted": [], "@requireAll": true }"#,
    r#"{ "type": ["Publication", "OutcomeDocument"], "launchedAt": { "@embed": "@always" }, "label": { "@default": "?" } }"#,
    r#"{ "id": "https://w3id.org/urbi/id/city/3674962" }"#,
    r#"{ "type": "ConferenceSeries", "homepage": { "@omitDefault": true }, "@embed": "@always" }"#,
    r#"{ "partOfSeries": { "@embed": "@always", "type": "ConferenceSeries" }, "follows": { "@embed": "@never" } }"#,
];

fn context() -> Context {
    let profile = Profile::embedded();
    Context::parse(profile.text("ontology/context.jsonld").expect("there")).expect("a context Urbi writes")
}

fn framed(frame: Option<&Frame>) -> String {
    let (base, context) = (Base::default(), context());
    let settings = Settings { frame, ..Settings::new(&base, &context) };
    let mut out = Vec::new();
    write(Format::JsonLd, &Content { view: &triples(CITIES), graphs: &[] }, &settings, &mut out).expect("written");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn pyld_frames_alike() {
    let Some(python) = judge("URBI_TEST_PYTHON") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: String, text: &str| fs::write(folder.path().join(name), text).expect("written");
    put("view.jsonld".to_owned(), &framed(None));
    for (number, frame) in FRAMES.iter().enumerate() {
        put(format!("frame-{number}.json"), frame);
        put(format!("framed-{number}.jsonld"), &framed(Some(&Frame::parse(frame, &context()).expect("a frame"))));
    }
    let mut command = Command::new(python);
    command.arg(script("judge_frames.py")).arg(folder.path());
    passes(command);
}

#[test]
fn a_class_is_a_frame() {
    let of_class = Frame::of_class("Conference", &context()).expect("a class");
    assert_eq!(framed(Some(&of_class)), framed(Some(&Frame::parse(FRAMES[0], &context()).expect("a frame"))));
    let document: serde_json::Value = serde_json::from_str(&framed(Some(&of_class))).expect("JSON");
    let third = document["@graph"].as_array().expect("nodes").iter().find(|node| node["ordinal"][0] == 3);
    assert_eq!(third.expect("there")["heldIn"][0]["label"], "Cork");
}

#[test]
fn what_a_frame_cannot_say_is_named() {
    for (frame, wrong) in [
        ("{", "no JSON"),
        ("[]", "an object"),
        (r#"{ "type": 7 }"#, "type"),
        (r#"{ "@embed": "@last" }"#, "@once"),
        (r#"{ "label": "Cork" }"#, "label"),
        (r#"{ "label": { "@value": "Cork" } }"#, "label"),
        (r#"{ "@reverse": {} }"#, "@reverse"),
        (r#"{ "type": "Town" }"#, "Town"),
    ] {
        let error = Frame::parse(frame, &context()).expect_err(frame).to_string();
        assert!(error.contains(wrong), "{frame}: {error}");
    }
}
