//! How quickly documents go into a store, and how little a full store slows that down. Figures: `benches/README.md`.

use std::{ops::Range, path::Path};

use divan::{Bencher, counter::ItemsCount};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};
use sha2::{Digest, Sha256};
use urbi::{
    fact::{Confidence, Document, Evidence, Extraction, Passage, PassageId, RuleRef},
    ontology::Ontology,
    profile::Profile,
    store::{Incoming, Store},
    view::{self, Schema},
    vocab::{Base, geo, owl, rdf, rdfs, urbi as terms, xsd},
};

fn main() {
    divan::main();
}

fn schema() -> Schema {
    Schema::from(&Ontology::load(&Profile::embedded()).expect("the embedded ontology is sound"))
}

fn iri(path: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{path}", Base::DEFAULT))
}

fn is(subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) -> Triple {
    Triple::new(subject.clone(), predicate.into_owned(), object)
}

/// A generated announcement: a conference in one of 500 cities, with a host, a date and a publication; every tenth speaks of
/// the same conference, so that of 100,000 ten thousand are evidence for it, and they do not agree when it begins.
fn announcement(n: usize) -> (String, Extraction) {
    let text = format!("Announcement {n}");
    let digest: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let document = Base::default().document(&digest);
    let city = iri(&format!("city/{}", n % 500));
    let country = iri(["country/KR", "country/DE", "country/CO"][n % 3]);
    let event =
        iri(&if n.is_multiple_of(10) { "conference/iclc-5".to_owned() } else { format!("conference/summit-{n}-2021") });
    let host = iri(&format!("organization/{}", n % 50));
    let report = iri(&format!("publication/report-{n}"));
    let firings = [
        (0, vec![is(&document, terms::ANNOUNCED_ON, date(&format!("2021-05-{:02}", n % 28 + 1)))], None),
        (
            1,
            vec![
                is(&city, rdf::TYPE, terms::CITY.into_owned()),
                is(&city, rdfs::LABEL, Literal::from(format!("City {}", n % 500))),
                is(&city, geo::LAT, Literal::from(n as i64 % 90)),
                is(&city, geo::LONG, Literal::from(n as i64 % 180)),
                is(&city, owl::SAME_AS, NamedNode::new_unchecked(format!("https://sws.geonames.org/{}/", n % 500))),
                is(&city, terms::IN_COUNTRY, country.clone()),
                is(&country, rdf::TYPE, terms::COUNTRY.into_owned()),
                is(&country, rdfs::LABEL, Literal::from(country.as_str())),
            ],
            Some(iri(&format!("lexicon/geonames/{}", n % 500))),
        ),
        (
            1,
            vec![
                is(&event, rdf::TYPE, terms::CONFERENCE.into_owned()),
                is(&event, rdfs::LABEL, Literal::from(format!("Summit {}", n % 7))),
            ],
            None,
        ),
        (1, vec![is(&event, terms::HELD_IN, city.clone())], None),
        (
            1,
            vec![
                is(&event, terms::START_DATE, date(["2021-10-27", "2021-10-28"][n / 10 % 2])),
                is(&event, terms::END_DATE, date("2021-10-30")),
            ],
            None,
        ),
        (
            2,
            vec![is(&host, rdf::TYPE, terms::ORGANIZATION.into_owned()), is(&host, rdfs::LABEL, Literal::from("Host"))],
            None,
        ),
        (2, vec![is(&event, terms::HOSTED_BY, host)], None),
        (
            3,
            vec![
                is(&report, rdf::TYPE, terms::PUBLICATION.into_owned()),
                is(&report, rdfs::LABEL, Literal::from(format!("Report {n}"))),
            ],
            None,
        ),
        (3, vec![is(&report, terms::LAUNCHED_AT, event)], None),
    ];
    let evidence = firings.into_iter().enumerate().map(|(rule, (trigger, mut triples, cites))| {
        view::sort(&mut triples);
        Evidence {
            triples,
            rule: RuleRef { name: format!("rule-{rule}"), version: "00000000".to_owned() },
            trigger: PassageId(trigger),
            antecedents: Vec::new(),
            cites: cites.into_iter().collect(),
            confidence: Confidence::from_thousandths(900),
        }
    });
    let passages = (0..4_u32).map(|at| Passage {
        chars: at * 100..at * 100 + 80,
        bytes: vec![Range { start: u64::from(at) * 100, end: u64::from(at) * 100 + 80 }],
        quote: format!("Sentence {at} of announcement {n}, as long as sentences of announcements usually are, or so."),
    });
    let extraction = Extraction {
        passages: passages.collect(),
        evidence: evidence.collect(),
        document: Document {
            iri: document,
            media_type: "text/plain".to_owned(),
            length: text.len() as u64,
            title: Some(text.clone()),
        },
        notes: Vec::new(),
    };
    (text, extraction)
}

fn date(value: &str) -> Literal {
    Literal::new_typed_literal(value, xsd::DATE)
}

/// Puts announcements in, in batches.
fn fill(store: &Store, schema: &Schema, documents: &[(String, Extraction)], batch: usize) {
    let sources: Vec<String> = documents.iter().map(|(text, _)| format!("{text}.txt")).collect();
    let incoming: Vec<Incoming<'_>> = documents
        .iter()
        .zip(&sources)
        .map(|((text, extraction), source)| Incoming { extraction, original: text.as_bytes(), source })
        .collect();
    for batch in incoming.chunks(batch) {
        store.ingest_all(schema, batch).expect("the disk has room");
    }
    store.flush().expect("the disk has room");
}

fn at(folder: &Path) -> Store {
    Store::create(&folder.join("urbi.db"), &Base::default()).expect("a folder that can be written")
}

/// A whole build, in batches of this size.
#[divan::bench(args = [1, 100, 2000], sample_count = 3, sample_size = 1)]
fn build_2000(bencher: Bencher<'_, '_>, batch: usize) {
    let (schema, documents) = (schema(), (0..2000).map(announcement).collect::<Vec<_>>());
    bencher
        .counter(ItemsCount::new(documents.len()))
        .with_inputs(|| tempfile::tempdir().expect("a temporary folder"))
        .bench_local_refs(|folder| fill(&at(folder.path()), &schema, &documents, batch));
}

/// One more document in a store of this many, one that speaks of an entity of which every tenth document does.
#[divan::bench(args = [100, 10_000, 100_000], sample_count = 20, sample_size = 1)]
fn add_one(bencher: Bencher<'_, '_>, held: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (schema, store) = (schema(), at(folder.path()));
    for start in (0..held).step_by(5000) {
        let documents: Vec<_> = (start..held.min(start + 5000)).map(announcement).collect();
        fill(&store, &schema, &documents, 500);
    }
    let mut next = 1_000_000;
    bencher
        .with_inputs(|| {
            next += 100;
            announcement(next)
        })
        .bench_local_refs(|(text, extraction)| {
            let source = format!("{text}.txt");
            store.ingest(&schema, extraction, text.as_bytes(), &source).expect("the disk has room")
        });
}

/// The view of this many documents, computed in memory.
#[divan::bench(args = [1, 1000], sample_count = 5)]
fn view_in_memory(bencher: Bencher<'_, '_>, documents: usize) {
    let (schema, base) = (schema(), Base::default());
    let documents: Vec<Extraction> = (0..documents).map(|n| announcement(n).1).collect();
    bencher.bench_local(|| view::of_extractions(&base, &schema, &documents, Confidence::from_thousandths(0)));
}
