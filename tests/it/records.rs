//! Records and structured data: what they state, where that stands, and how it meets the prose.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use oxrdf::{NamedOrBlankNode, Term};
use urbi::engine::Engine;
use urbi::fact::Extraction;
use urbi::mapping::Mappings;
use urbi::ontology::Ontology;
use urbi::profile::Profile;
use urbi::source;
use urbi::vocab::Base;

fn engine(profile: &Profile) -> Engine {
    Engine::new(profile, &Base::default()).expect("an engine")
}

/// The statements of an extraction as `subject relation object`, things by their names; sorted.
pub(crate) fn facts(extraction: &Extraction) -> Vec<String> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let triples = || extraction.evidence.iter().flat_map(|evidence| &evidence.triples);
    for triple in triples().filter(|t| t.predicate.as_str().ends_with("#label")) {
        if let (NamedOrBlankNode::NamedNode(node), Term::Literal(label)) = (&triple.subject, &triple.object) {
            names.entry(node.as_str().to_owned()).or_insert_with(|| label.value().to_owned());
        }
    }
    let name = |iri: &str| names.get(iri).cloned().unwrap_or_else(|| iri.to_owned());
    let mut out: Vec<String> = triples()
        .filter_map(|triple| {
            let relation = triple.predicate.as_str().strip_prefix("https://w3id.org/urbi/ontology#")?;
            let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { return None };
            let object = match &triple.object {
                Term::NamedNode(node) => name(node.as_str()),
                Term::Literal(literal) => literal.value().to_owned(),
                _ => return None,
            };
            let subject = if *subject == extraction.document.iri { "this".to_owned() } else { name(subject.as_str()) };
            Some(format!("{subject} {relation} {object}"))
        })
        .collect();
    out.sort();
    out.dedup();
    out
}

fn read(engine: &Engine, name: &str, bytes: &[u8]) -> Vec<Extraction> {
    let found = source::read(name, bytes, None).expect("readable");
    found.iter().map(|announcement| engine.extract(announcement)).collect()
}

/// A fenced block of docs/records.md.
fn block<'a>(page: &'a str, kind: &str) -> &'a str {
    let start = page.find(&format!("```{kind}\n")).expect("a block") + kind.len() + 4;
    &page[start..start + page[start..].find("```").expect("its end")]
}

#[test]
fn the_example_of_the_documentation_holds() {
    let page = include_str!("../../docs/records.md");
    let mapping = block(page, "toml").as_bytes().to_vec();
    let profile = Profile::embedded().with_file("data/mappings/fairs.toml", "fairs.toml", mapping);
    let found = read(&engine(&profile), "fairs.csv", block(page, "csv").as_bytes());
    assert_eq!(found.len(), 2);
    let all: Vec<String> = found.iter().flat_map(facts).collect();
    for line in block(page, "text").lines() {
        let wanted = line.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(all.contains(&wanted), "{wanted} is not in {all:#?}");
    }
    for extraction in &found {
        assert_eq!(extraction.notes, Vec::<String>::new());
        assert!(extraction.evidence.iter().any(|evidence| evidence.rule.name == "fairs:Town"));
    }
}

#[test]
fn mistakes_in_mappings_are_named() {
    let ontology = Ontology::load(&Profile::embedded()).expect("an ontology");
    for (text, message) in [
        (
            "vocabulary = \"record\"\nconfidence = 0.9\n[[thing]]\nclass = \"City\"\n[thing.states]\nheldin = \"a\"",
            "did you mean heldIn?",
        ),
        ("vocabulary = \"records\"\nconfidence = 0.9\nthing = []", "`records` is no vocabulary"),
        ("vocabulary = \"record\"\nconfidence = 9.0\n[[thing]]\nclass = \"Event\"", "9 is no confidence"),
        (
            "vocabulary = \"record\"\nconfidence = 0.9\n[[thing]]\nclass = \"Event\"\n[thing.states]\nheldIn = \"a\"",
            "say of which class",
        ),
        (
            "vocabulary = \"record\"\nconfidence = 0.9\n[[thing]]\nclass = \"Event\"\nlable = \"x\"",
            "unknown field `lable`",
        ),
    ] {
        let profile = Profile::embedded().with_file("data/mappings/x.toml", "x.toml", text.as_bytes().to_vec());
        let error = Mappings::load(&profile, &ontology).expect_err("an error").to_string();
        assert!(error.contains(message) && error.contains("x.toml"), "{error}");
    }
}

/// The bytes of every passage of a value, without JSON's escapes, are its quote.
#[test]
fn values_keep_their_bytes() {
    let engine = engine(&Profile::embedded());
    let json = br#"[ {"topic": "x", "name": "Sea \u0026 Salt Conf \"Nord\"", "url": "https://a.example/", "startDate": "2021-05-03",
        "city": "Malm\u00f6", "country": "Sweden"} ]"#;
    let record = json[2..json.len() - 2].to_vec();
    let found = source::read("a.json", json, None).expect("readable");
    let extraction = engine.extract(&found[0]);
    assert_eq!(found[0].length, record.len() as u64);
    assert!(!extraction.passages.is_empty());
    for passage in &extraction.passages {
        let bytes: Vec<u8> =
            passage.bytes.iter().flat_map(|r| record[r.start as usize..r.end as usize].to_vec()).collect();
        let words: String =
            serde_json::from_str(&format!("\"{}\"", String::from_utf8_lossy(&bytes))).expect("a string");
        assert_eq!(words, passage.quote);
    }
    let facts = facts(&extraction);
    assert!(facts.contains(&"Sea & Salt Conf \"Nord\" heldIn Malmö".to_owned()), "{facts:#?}");
}

const PROSE: &str = "<h1>Tenth Forum of Port Cities opens</h1><p>The tenth Forum of Port Cities will be held in Gdańsk, Poland, from 5 to 7 May 2021.</p>";

fn page(head: &str, body: &str) -> String {
    format!("<html><head><title>Tenth Forum of Port Cities opens</title>{head}</head><body>{PROSE}{body}</body></html>")
}

#[test]
fn prose_and_data_speak_of_one_event() {
    let engine = engine(&Profile::embedded());
    let event = |name: &str, start: &str, city: &str| {
        format!(
            r#"<script type="application/ld+json">{{"@context":"https://schema.org","@type":"Event","name":"{name}",
            "startDate":"{start}","location":{{"@type":"Place","address":{{"addressLocality":"{city}","addressCountry":"PL"}}}}}}</script>"#
        )
    };
    for name in ["Tenth Forum of Port Cities", "10th Forum of Port Cities", "Ports 2021: Open water"] {
        let html = page(&event(name, "2021-05-05T09:00", "Gdańsk"), "");
        let found = &read(&engine, "page.html", html.as_bytes())[0];
        let start: Vec<_> = found
            .evidence
            .iter()
            .filter(|e| e.triples.iter().any(|t| t.predicate.as_str().ends_with("#startDate")))
            .collect();
        let subjects: std::collections::BTreeSet<String> = start
            .iter()
            .flat_map(|e| e.triples.iter().filter(|t| t.predicate.as_str().ends_with("#startDate")))
            .map(|t| t.subject.to_string())
            .collect();
        assert_eq!(subjects.len(), 1, "{name}: {:#?}", facts(found));
        let rules: Vec<&str> = start.iter().map(|e| e.rule.name.as_str()).collect();
        assert!(rules.contains(&"schema-org:startDate") && rules.len() > 1, "{name}: {rules:?}");
        assert_eq!(found.notes, Vec::<String>::new(), "{name}");
    }
    let html = page(&event("Tenth Forum of Port Cities", "2021-05-06", "Gdynia"), "");
    let notes = &read(&engine, "page.html", html.as_bytes())[0].notes;
    assert!(
        notes.iter().any(|n| n.contains("startDate") && n.contains("2021-05-05") && n.contains("2021-05-06")),
        "{notes:?}"
    );
    assert!(notes.iter().any(|n| n.contains("heldIn") && n.contains("Gdynia")), "{notes:?}");
}

#[test]
fn every_vocabulary_is_read() {
    let engine = engine(&Profile::embedded());
    let microdata = r#"<div itemscope itemtype="https://schema.org/Event"><span itemprop="name">Night of the Cranes</span>
        <time itemprop="startDate" datetime="2022-06-01">1 June</time><div itemprop="location" itemscope itemtype="https://schema.org/Place">
        <div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><span itemprop="addressLocality">Rijeka</span>
        <meta itemprop="addressCountry" content="HR"></div></div></div>"#;
    let rdfa = r#"<div vocab="https://schema.org/" typeof="Event"><b property="name">Night of the Cranes</b>
        <span property="startDate" content="2022-06-01">soon</span><div property="location" typeof="Place"><div property="address" typeof="PostalAddress">
        <i property="addressLocality">Rijeka</i><i property="addressCountry">Croatia</i></div></div></div>"#;
    let hcalendar = r#"<div class="vevent"><a class="url summary" href="https://cranes.example/">Night of the Cranes</a>
        <abbr class="dtstart" title="2022-06-01">1 June</abbr> <span class="location adr"><span class="locality">Rijeka</span>, <span class="country-name">Croatia</span></span></div>"#;
    for body in [microdata, rdfa, hcalendar] {
        let html = format!("<html><body><h1>Programme</h1><p>Come and see.</p>{body}</body></html>");
        let facts = facts(&read(&engine, "page.html", html.as_bytes())[0]);
        for wanted in ["Night of the Cranes startDate 2022-06-01", "Night of the Cranes heldIn Rijeka"] {
            assert!(facts.contains(&wanted.to_owned()), "{wanted}: {facts:#?}\n{body}");
        }
        let aside = format!("<html><body><h1>Programme</h1><p>Come and see.</p><aside>{body}</aside></body></html>");
        assert!(!self::facts(&read(&engine, "page.html", aside.as_bytes())[0]).iter().any(|f| f.contains("Cranes")));
    }
    let in_words = r#"<script type="application/ld+json">{"@type":"Event","name":"Night of the Cranes","location":"Korzo 16, 51000 Rijeka, Croatia"}</script>
        <script type="application/ld+json">{"@type":"Event","name":"Day of the Cranes","location":{"@type":"VirtualLocation","url":"https://a.example"}}</script>"#;
    let html = format!("<html><body><h1>Programme</h1><p>Come and see.</p>{in_words}</body></html>");
    let held: Vec<String> = facts(&read(&engine, "page.html", html.as_bytes())[0]);
    let held: Vec<&String> = held.iter().filter(|fact| fact.contains("heldIn")).collect();
    assert_eq!(held, ["Night of the Cranes heldIn Rijeka"]);
    let open_graph = r#"<html><head><meta property="og:type" content="event"><meta property="og:title" content="Night of the Cranes">
        <meta property="event:start_time" content="2022-06-01T20:00"></head><body><p>Come.</p></body></html>"#;
    let found = facts(&read(&engine, "page.html", open_graph.as_bytes())[0]);
    assert!(found.contains(&"Night of the Cranes startDate 2022-06-01".to_owned()), "{found:#?}");
    let cancelled = r#"<html><head><script type="application/ld+json">{"@type":"Event","name":"Night of the Cranes","startDate":"2022-06-01",
        "eventStatus":"https://schema.org/EventCancelled"}</script></head><body><p>Alas.</p></body></html>"#;
    assert!(facts(&read(&engine, "page.html", cancelled.as_bytes())[0]).is_empty());
}

/// The two public collections that mappings ship for, where they lie beside the project.
#[test]
fn shipped_mappings_read_their_collections() {
    let engine = engine(&Profile::embedded());
    for (file, records, things, cities) in
        [("conf-tech/conferences.jsonl.gz", 6831, 6831, 5618), ("conf-ccf/series.jsonl.gz", 353, 1161, 1161)]
    {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(file);
        let Ok(bytes) = fs::read(&path) else { continue };
        let found = source::read(file, &bytes, None).expect("readable");
        assert_eq!(found.len(), records, "{file}");
        let (mut dated, mut held, mut linked) = (0, 0, 0);
        let mut notes: BTreeMap<&str, usize> = BTreeMap::new();
        // A sample is enough to see that nothing breaks; URBI_ALL_RECORDS reads them all and counts.
        let step = if std::env::var_os("URBI_ALL_RECORDS").is_some() { 1 } else { 23 };
        for announcement in found.iter().step_by(step) {
            let extraction = engine.extract(announcement);
            let triples = || extraction.evidence.iter().flat_map(|evidence| &evidence.triples);
            dated += triples().filter(|t| t.predicate.as_str().ends_with("#startDate")).count();
            let places = || triples().filter(|t| t.predicate.as_str().ends_with("#heldIn"));
            held += places().count();
            linked += places()
                .filter(|t| {
                    t.object
                        .to_string()
                        .rsplit('/')
                        .next()
                        .is_some_and(|key| key.trim_end_matches('>').parse::<u32>().is_ok())
                })
                .count();
            for note in &extraction.notes {
                let kind = ["may be", "no city is known", "no mapping"].into_iter().find(|kind| note.contains(kind));
                *notes.entry(kind.unwrap_or("other")).or_default() += 1;
            }
            assert!(
                !extraction.notes.iter().any(|note| note.contains("no mapping")),
                "{file}: {:?}",
                announcement.text
            );
            if step == 1 && std::env::var_os("URBI_SHOW_NOTES").is_some() {
                extraction.notes.iter().for_each(|note| eprintln!("{note}"));
            }
        }
        eprintln!(
            "{file}: {records} records, every {step}.: {dated} dated of {things}, {held} held in {cities} cities, {linked} linked, {notes:?}"
        );
        assert!(dated * step * 10 >= things * 9, "{file}: {dated}");
        assert!(linked * 10 >= held * 8, "{file}: {linked} of {held}");
    }
}
