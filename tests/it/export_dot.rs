//! What a picture shows, and what it leaves out.

use oxrdf::{Literal, Triple};
use urbi::{
    export::{Error, Format, Picture},
    vocab::{Base, rdf, rdfs, urbi as terms},
};

use crate::export::{CITIES, exported, triples};

fn around(name: &str, hops: usize, limit: usize) -> Result<String, Error> {
    let picture = Picture { around: Some(name.to_owned()), hops, limit };
    exported(Format::Dot, &triples(CITIES), &[], picture)
}

fn nodes(dot: &str) -> Vec<&str> {
    dot.lines().filter(|line| line.contains("shape=")).filter_map(|line| line.trim().split('"').nth(1)).collect()
}

#[test]
fn editions_stand_inside_their_series() {
    let dot = exported(Format::Dot, &triples(CITIES), &[], Picture::default()).expect("written");
    let frame = dot.split("subgraph").find(|part| part.contains("label=\"International Conference")).expect("a frame");
    let frame = &frame[..frame.find("\n  }").expect("its end")];
    assert!(frame.contains("\"conference/iclc-3\" [") && frame.contains("\"event/mayors-forum\" ["), "{frame}");
    assert!(!frame.contains("pascal"), "{frame}");
    assert!(!dot.contains("part of series"), "the frame says so already");
    assert!(dot.contains("\"conference/iclc-3\" -> \"city/2965140\" [label=\"held in\\nhosted by\""), "{dot}");
    assert!(!dot.contains("document/"), "an announcement is no entity");
    assert!(!dot.contains("Left out"), "{dot}");
}

#[test]
fn a_picture_around_an_entity_shows_what_is_near() {
    let near = around("Medellín", 1, 150).expect("written");
    let expected = [
        "award/learning-city-award",
        "city/3674962",
        "conference/iclc-4",
        "country/CO",
        "network/gnlc",
        "publication/inclusive-cities",
    ];
    let mut found = nodes(&near);
    found.sort_unstable();
    assert_eq!(found, expected);
    for name in
        ["medellin", "city:3674962", "https://w3id.org/urbi/id/city/3674962", "<https://w3id.org/urbi/id/city/3674962>"]
    {
        assert_eq!(around(name, 1, 150).expect("found"), near, "{name}");
    }
    assert_eq!(nodes(&around("Medellín", 0, 150).expect("written")), ["city/3674962"]);
    // By another name, and a best name goes before another name.
    assert_eq!(around("연수구", 1, 9).expect("found"), around("Yeonsu", 1, 9).expect("found"));
}

#[test]
fn a_limit_keeps_the_central_and_counts_the_rest() {
    let picture = Picture { limit: 12, ..Picture::default() };
    let dot = exported(Format::Dot, &triples(CITIES), &[], picture).expect("written");
    assert!(dot.contains("These are the best connected 12 of 60 entities. Left out: 48 entities, 69 links"), "{dot}");
    assert!(dot.contains("organization/uil"), "the most central is left out");
    let near = around("Medellín", 2, 3).expect("written");
    assert!(nodes(&near).len() <= 3 && near.contains("\"city/3674962\" ["), "{near}");
}

#[test]
fn a_name_that_nothing_has_gets_suggestions() {
    let error = around("Medelin", 1, 150).expect_err("misspelt").to_string();
    assert!(error.contains("did you mean `Medellín`"), "{error}");
    let base = Base::default();
    let mut view = triples(CITIES);
    for key in ["1", "2"] {
        view.push(Triple::new(base.entity("city", key), rdf::TYPE, terms::CITY));
        view.push(Triple::new(base.entity("city", key), rdfs::LABEL, Literal::from("Springfield")));
    }
    let picture = Picture { around: Some("springfield".to_owned()), ..Picture::default() };
    let error = exported(Format::Dot, &view, &[], picture).expect_err("ambiguous").to_string();
    assert!(error.contains("city/1 ") && error.contains("city/2"), "{error}");
}
