//! What a picture shows, and what it leaves out.

use oxrdf::{Literal, Triple};
use urbi::{
    export::{Error, Format},
    graph::Focus,
    vocab::{Base, rdf, rdfs, urbi as terms},
};

use crate::export::{CITIES, exported, triples};

fn around(name: &str, hops: usize, limit: usize) -> Result<String, Error> {
    let picture = Focus { around: Some(name.to_owned()), hops, limit, ..Focus::default() };
    exported(Format::Dot, &triples(CITIES), &[], picture)
}

fn nodes(dot: &str) -> Vec<&str> {
    dot.lines()
        .filter(|line| line.contains("shape=") && !line.contains("\"rest "))
        .filter_map(|line| line.trim().split('"').nth(1))
        .collect()
}

#[test]
fn editions_stand_inside_their_series() {
    let dot = exported(Format::Dot, &triples(CITIES), &[], Focus::default()).expect("written");
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
    let picture = Focus { limit: 12, ..Focus::default() };
    let dot = exported(Format::Dot, &triples(CITIES), &[], picture).expect("written");
    assert!(dot.contains("These are the best connected 12 of 60 entities. Left out: 48 entities, 67 links"), "{dot}");
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
    let picture = Focus { around: Some("springfield".to_owned()), ..Focus::default() };
    let error = exported(Format::Dot, &view, &[], picture).expect_err("ambiguous").to_string();
    assert!(error.contains("city/1 ") && error.contains("city/2"), "{error}");
}

#[test]
fn what_is_alike_is_listed() {
    let base = Base::default();
    let mut view = triples(CITIES);
    let award = base.entity("award", "learning-city-award");
    for key in 0..7 {
        let (city, country) = (base.entity("city", &format!("{key}")), base.entity("country", &format!("{key}")));
        view.push(Triple::new(city.clone(), rdf::TYPE, terms::CITY));
        view.push(Triple::new(city.clone(), rdfs::LABEL, Literal::from(format!("Winner {key}"))));
        view.push(Triple::new(city.clone(), terms::RECEIVED_AWARD, award.clone()));
        view.push(Triple::new(city.clone(), terms::IN_COUNTRY, country.clone()));
        view.push(Triple::new(country.clone(), rdf::TYPE, terms::COUNTRY));
        view.push(Triple::new(country, rdfs::LABEL, Literal::from(format!("Land {key}"))));
    }
    let dot = exported(Format::Dot, &view, &[], Focus::default()).expect("written");
    assert!(dot.contains("\"list 0\" [label=\"7 × city\\nWinner 0 (Land 0), Winner 1 (Land 1),"), "{dot}");
    assert!(dot.contains("\"list 0\" -> \"award/learning-city-award\" [label=\"received award\""), "{dot}");
    assert!(!dot.contains("\"city/3\"") && !dot.contains("\"country/3\""), "a listed entity is drawn again");
    let picture = Focus { around: Some("Winner 3".to_owned()), ..Focus::default() };
    let near = exported(Format::Dot, &view, &[], picture).expect("written");
    assert!(near.contains("\"city/3\" [") && near.contains("\"country/3\" [") && near.contains("9 × city"), "{near}");
}

#[test]
fn a_small_picture_of_a_large_graph_hangs_together() {
    for limit in 2..40 {
        let picture = Focus { limit, ..Focus::default() };
        let dot = exported(Format::Dot, &triples(CITIES), &[], picture).expect("written");
        assert!(!dot.contains("not linked to others"), "{limit}: {dot}");
    }
}

#[test]
fn what_is_left_out_hangs_at_what_it_is_near() {
    let focus = Focus { limit: 20, ..Focus::default() };
    let dot = exported(Format::Dot, &triples(CITIES), &[], focus).expect("written");
    assert!(dot.contains("\"rest 0\" [label=") && dot.contains(" -> \"rest 0\" [style=dotted"), "{dot}");
    let whole = exported(Format::Dot, &triples(CITIES), &[], Focus::default()).expect("written");
    assert!(!whole.contains("rest 0"), "nothing is left out");
}
