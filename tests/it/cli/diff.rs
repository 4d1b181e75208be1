//! `urbi diff`: stores and files, and the exit code of `diff`.

use std::fs;

use serde_json::Value;

use super::{built, urbi};

#[test]
fn a_store_and_its_exports_are_the_same() {
    let folder = built();
    for file in ["graph.ttl", "graph.jsonld", "graph.nq"] {
        urbi(folder.path(), &["export", "-o", file]).done();
        let run = urbi(folder.path(), &["diff", "urbi.db", file]);
        assert_eq!((run.code, run.out.as_str()), (0, ""), "{file}: {}", run.err);
    }
    urbi(folder.path(), &["diff", "urbi.db", "graph.nq", "--all"]).done();
}

#[test]
fn differences_are_grouped_by_entity() {
    let folder = tempfile::tempdir().expect("a folder");
    let head = "@prefix : <http://e.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), format!("{head}{text}")).expect("written");
    write("a.ttl", ":b rdfs:label \"The B\" ; :p 1 ; :q [ :r 1 ] . :c :p :b .");
    write("b.ttl", ":b :q [ :r 1 ] ; rdfs:label \"The B\" ; :p 2 . :c :p :b . :d :p :b .");
    let run = urbi(folder.path(), &["diff", "a.ttl", "b.ttl"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let expected = "The B <http://e.org/b>\n- http://e.org/p  1\n+ http://e.org/p  2\nhttp://e.org/d\n+ http://e.org/p  The B <http://e.org/b>\n";
    assert_eq!(run.out, expected);
    let json: Value =
        serde_json::from_str(&urbi(folder.path(), &["diff", "a.ttl", "b.ttl", "--format", "json"]).out).expect("JSON");
    assert_eq!((&json["gained"], &json["lost"]), (&Value::from(2), &Value::from(1)));
    urbi(folder.path(), &["diff", "a.ttl", "none.ttl"]).failed(2);
    fs::write(folder.path().join("c.ttl"), "this is no Turtle").expect("written");
    urbi(folder.path(), &["diff", "a.ttl", "c.ttl"]).failed(2);
    fs::write(folder.path().join("c.xyz"), "x").expect("written");
    let message = urbi(folder.path(), &["diff", "a.ttl", "c.xyz"]).failed(2);
    assert!(message.contains(".ttl"), "{message}");
}
