//! The page that the project began with gives exactly the facts that a careful reader takes from it.
//!
//! The page and its facts lie in `../shared/gold`; without them there is nothing to test.

use std::{fs, path::Path};

use urbi::{
    engine::Engine,
    eval::gold::{Case, Gold},
    eval::judge,
    fact::{Confidence, Extraction},
    profile::Profile,
    source,
    vocab::Base,
};

#[test]
fn the_page_that_the_project_began_with_gives_its_facts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold");
    let file = folder.join("announcements/inclusive-cities-2021.txt");
    let facts = folder.join("facts/inclusive-cities-2021.json");
    let (Ok(page), Ok(json)) = (fs::read(&file), fs::read(&facts)) else {
        eprintln!("left out: the page is not there");
        return;
    };
    let engine = Engine::new(&Profile::embedded(), &Base::default()).expect("the embedded profile loads");
    let gold = Gold::parse(&facts, &json, engine.ontology()).expect("a file of facts");
    assert_eq!(gold.facts.len(), 21);
    let announcements = source::read("inclusive-cities-2021.txt", &page, None).expect("the page is readable");
    let extractions: Vec<Extraction> = announcements.iter().map(|announcement| engine.extract(announcement)).collect();
    let case = Case { id: "inclusive-cities-2021".to_owned(), file, gold };
    let least = Confidence::from_thousandths(0);
    let judged = judge(&case, &extractions, &Base::default(), engine.ontology(), least);
    assert!(judged.missed.is_empty() && judged.wrong.is_empty(), "{:#?}\n{:#?}", judged.missed, judged.wrong);
}
