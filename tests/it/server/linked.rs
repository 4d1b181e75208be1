//! Linked data: every IRI answers, in every form, with what is known.

use axum::http::{Method, StatusCode, header};
use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::{Literal, Triple};
use serde_json::Value;
use urbi::{
    fact::{Confidence, Document, Evidence, Extraction, Passage, PassageId, RuleRef},
    ontology::Ontology,
    profile::Profile,
    server::{Server, Settings},
    store::Store,
    view::Schema,
    vocab::{Base, rdf, rdfs, urbi as terms},
};

use super::{Got, ask, ask_server, encoded, get, json, sample_store};

const CITY: &str = "/urbi/id/city/3674962";

fn quads(got: &Got) -> Vec<String> {
    let media_type = got.header(header::CONTENT_TYPE);
    let format = RdfFormat::from_media_type(media_type).unwrap_or_else(|| panic!("{media_type} is no RDF"));
    let mut lines: Vec<String> =
        RdfParser::from_format(format).for_slice(&got.body).map(|quad| quad.expect("RDF").to_string()).collect();
    lines.sort();
    lines.dedup();
    lines
}

#[test]
fn an_entity_answers_in_each_form_with_the_same_statements() {
    let page = get(CITY, "text/html,application/xhtml+xml,*/*;q=0.8").ok();
    assert_eq!(page.header(header::CONTENT_TYPE), "text/html; charset=utf-8");
    for part in ["<h1>Medellín</h1>", "Colombia", "What points here", "GeoNames", "application/ld+json", "land.svg"] {
        assert!(page.text().contains(part), "{part} is not on the page");
    }
    let turtle = get(CITY, "text/turtle").ok();
    let expected = quads(&turtle);
    assert!(
        expected.iter().any(|line| line.contains("inCountry")) && expected.iter().any(|line| line.contains("heldIn"))
    );
    assert!(expected.iter().any(|line| line.contains("wasDerivedFrom")));
    for media_type in ["application/ld+json", "application/n-triples"] {
        assert_eq!(quads(&get(CITY, media_type).ok()), expected, "{media_type}");
    }
    for (ending, media_type) in
        [("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("nt", "application/n-triples")]
    {
        let got = get(&format!("{CITY}.{ending}"), "text/html").ok();
        assert_eq!(got.header(header::CONTENT_TYPE), media_type);
        assert!(
            page.header(header::LINK).contains(&format!("<{CITY}.{ending}>; rel=\"alternate\"; type=\"{media_type}\""))
        );
    }
    assert!(page.header(header::LINK).contains("<https://w3id.org/urbi/id/city/3674962>; rel=\"canonical\""));
    assert_eq!(turtle.header(header::CONTENT_LOCATION), format!("{CITY}.ttl"));
    assert!(turtle.headers.get_all(header::VARY).iter().any(|value| value == "Accept"));
    assert_eq!(get(CITY, "image/png").status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(get("/urbi/id/city/0", "text/html").status, StatusCode::NOT_FOUND);
    let whole = get("/resource?iri=https%3A%2F%2Fw3id.org%2Furbi%2Fid%2Fcity%2F3674962", "text/turtle").ok();
    assert_eq!(whole.text(), turtle.text());
}

#[test]
fn every_link_of_a_page_leads_somewhere() {
    let page = get(CITY, "text/html").ok();
    let links = |page: &Got| -> Vec<String> {
        page.text()
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('"')?.0.replace("&amp;", "&")))
            .collect()
    };
    let (mut seen, mut documents) = (0, Vec::new());
    for link in links(&page).into_iter().filter(|link| link.starts_with('/')) {
        let target = link.split('#').next().expect("a path");
        assert_eq!(get(target, "").status, StatusCode::OK, "{link}");
        seen += 1;
        if link.contains("/document/") && link.contains('#') {
            documents.push(link);
        }
    }
    assert!(seen > 10);
    // A quote leads to its place in the text.
    let link = documents.first().expect("a passage");
    let (path, fragment) = link.split_once('#').expect("a fragment");
    let document = get(path, "text/html").ok();
    assert!(document.text().contains(&format!("id=\"{fragment}\"></span><mark>")), "{link}");
    for link in links(&document).into_iter().filter(|link| link.starts_with('/')) {
        assert_eq!(get(link.split('#').next().expect("a path"), "").status, StatusCode::OK, "{link}");
    }
}

#[test]
fn another_key_leads_to_the_entity() {
    let aliases = json(&format!("/sparql?query={}", encoded("SELECT ?e ?key { ?e urbi:alias ?key } LIMIT 1")));
    let of = |name: &str| aliases["results"]["bindings"][0][name]["value"].as_str().expect("an IRI").to_owned();
    let path = |iri: String| iri.replace("https://w3id.org", "");
    let got = get(&path(of("key")), "text/html");
    assert_eq!(got.status, StatusCode::SEE_OTHER);
    assert_eq!(got.header(header::LOCATION), path(of("e")));
}

#[test]
fn the_dataset_says_how_much_there_is() {
    let turtle = get("/urbi/id/", "text/turtle").ok();
    let lines = quads(&turtle);
    let count = |property: &str| -> u64 {
        let dataset = format!("<https://w3id.org/urbi/id/> <http://rdfs.org/ns/void#{property}> \"");
        let line = lines.iter().find(|line| line.starts_with(&dataset)).unwrap_or_else(|| panic!("no {property}"));
        line[dataset.len()..].split('"').next().expect("a number").parse().expect("a number")
    };
    let asked = json(&format!("/sparql?query={}", encoded("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")));
    assert_eq!(asked["results"]["bindings"][0]["n"]["value"], count("triples").to_string());
    assert_eq!(count("documents"), 28);
    assert!(
        lines.iter().any(|line| line.contains("dcat#Dataset"))
            && lines.iter().any(|line| line.contains("sparqlEndpoint"))
    );
    assert_eq!(get("/.well-known/void", "").header(header::LOCATION), "/urbi/id/");
    assert!(get("/urbi/id/", "text/html").ok().text().contains("announcements"));
    assert!(get("/urbi/id/city/", "text/html").ok().text().contains("Medellín"));
    assert_eq!(quads(&get("/urbi/id/index.ttl", "").ok()), lines);
}

#[test]
fn the_sitemap_lists_every_page() {
    let map = get("/sitemap.xml", "").ok();
    let pages: Vec<&str> = map.text().split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).collect();
    assert!(pages.len() > 100);
    for page in pages.iter().step_by(40) {
        let path = page.strip_prefix("http://127.0.0.1:7878").expect("an address of this server");
        assert_eq!(get(path, "text/html").status, StatusCode::OK, "{page}");
    }
    assert!(get("/robots.txt", "").ok().text().contains("Sitemap: http://127.0.0.1:7878/sitemap.xml"));
}

/// What a page carries for search engines.
fn embedded(page: &Got) -> Value {
    let (_, rest) = page.text().split_once("<script type=\"application/ld+json\">").expect("data for search engines");
    serde_json::from_str(rest.split_once("</script>").expect("its end").0).expect("JSON")
}

#[test]
fn a_page_carries_schema_org() {
    let asked = json("/api/suggest?q=ICLC+5");
    let iri = asked["hits"][0]["iri"].as_str().expect("an IRI").to_owned();
    let data = embedded(&get(&iri.replace("https://w3id.org", ""), "text/html").ok());
    assert_eq!(data["@context"], "https://schema.org");
    assert_eq!(data["@type"], "Event");
    assert_eq!(data["@id"], iri.as_str());
    let places = data["location"].as_array().expect("a city and a venue");
    assert!(places.iter().any(|place| place["@type"] == "City" && place["name"] == "Yeonsu-gu"), "{data}");
    assert!(data["startDate"].as_str().expect("a date").starts_with("2021"));
}

/// A server over one document whose names are as bad as names can be.
fn hostile() -> Server {
    let nasty = "<script>alert(1)</script>\"'&</script><!--";
    let base = Base::default();
    let text = format!("{nasty} was held in {nasty}.");
    let digest = "a".repeat(64);
    let (city, event) = (base.entity("city", "1"), base.entity("event", nasty));
    let page = oxrdf::NamedNode::new("javascript:alert(1)").expect("an IRI");
    let triples = vec![
        Triple::new(city.clone(), rdf::TYPE, terms::CITY),
        Triple::new(city.clone(), rdfs::LABEL, Literal::from(nasty)),
        Triple::new(event.clone(), rdf::TYPE, terms::EVENT),
        Triple::new(event.clone(), rdfs::LABEL, Literal::from(nasty)),
        Triple::new(event.clone(), terms::HELD_IN, city),
        Triple::new(event, terms::HOMEPAGE, page),
    ];
    let bytes = text.clone().into_bytes();
    let actual: String = {
        use sha2::{Digest, Sha256};
        Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    assert_ne!(actual, digest);
    let extraction = Extraction {
        document: Document {
            iri: base.document(&actual),
            media_type: "text/plain".to_owned(),
            length: bytes.len() as u64,
            title: Some(nasty.to_owned()),
        },
        passages: vec![Passage {
            chars: 0..text.chars().count() as u32,
            bytes: Vec::from([0..9]),
            quote: text.clone(),
        }],
        evidence: vec![Evidence {
            triples,
            rule: RuleRef { name: "x".to_owned(), version: "0badcafe".to_owned() },
            trigger: PassageId(0),
            antecedents: Vec::new(),
            cites: Vec::new(),
            confidence: Confidence::from_thousandths(900),
        }],
        notes: Vec::new(),
    };
    let store = Store::in_memory(&base).expect("memory");
    let schema = Schema::from(&Ontology::load(&Profile::embedded()).expect("sound"));
    store.ingest(&schema, &extraction, &bytes, &format!("/home/me/{nasty}.txt")).expect("memory");
    Server::new(store, Profile::embedded(), Settings::default()).expect("sound")
}

#[test]
fn labels_and_quotes_are_never_markup() {
    let server = hostile();
    let members = ask_server(&server, "GET", "/api/graph", &[], "").ok().json();
    let mut targets: Vec<String> = ["/urbi/id/", "/urbi/id/city/", "/urbi/id/event/"].map(str::to_owned).to_vec();
    let documents = ask_server(&server, "GET", "/api/documents", &[], "").ok().json();
    for list in [&members["nodes"], &documents["documents"]] {
        for item in list.as_array().expect("a list") {
            targets.push(format!("/resource?iri={}", encoded(item["iri"].as_str().expect("an IRI"))));
        }
    }
    assert_eq!(targets.len(), 6);
    for target in targets {
        let page = ask_server(&server, "GET", &target, &[("accept", "text/html")], "").ok();
        let text = page.text();
        assert!(!text.contains("<script>") && !text.contains("<!--"), "{target}: {text}");
        assert!(!text.contains("href=\"javascript:") && !text.contains("/home/me"), "{target}: {text}");
        // Only the data for search engines is a script, and it ends once.
        assert_eq!(text.matches("<script").count(), text.matches("</script>").count(), "{target}");
        if target.contains("event%2F") || target.contains("city") && target.contains("resource") {
            let data = embedded(&page);
            assert!(data["name"].as_str().expect("a name").contains("<script>alert(1)"), "{data}");
        }
    }
    for target in ["/api/suggest?q=script", "/api/timeline", "/api/map"] {
        let got = ask_server(&server, "GET", target, &[], "").ok();
        assert_eq!(got.header(header::CONTENT_TYPE), "application/json");
    }
}

#[test]
fn a_base_of_another_shape_has_pages_too() {
    for (base, path) in [
        ("http://127.0.0.1:7878/", "/city/3674962"),
        ("https://example.org/graph#", "/resource?iri=https%3A%2F%2Fexample.org%2Fgraph%23city%2F3674962"),
    ] {
        let store = sample_store(&Base::new(base).expect("a base"));
        let server = Server::new(store, Profile::embedded(), Settings::default()).expect("sound");
        let page = ask_server(&server, "GET", path, &[("accept", "text/html")], "").ok();
        assert!(page.text().contains("<h1>Medellín</h1>"), "{base}");
        let front = ask_server(&server, "GET", "/", &[("accept", "text/html")], "").ok();
        assert!(front.text().contains("Urbi"));
    }
}

#[test]
fn a_head_has_no_body() {
    let head = ask(Method::HEAD, CITY, &[("accept", "text/turtle")], "");
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    assert_eq!(head.header(header::CONTENT_TYPE), "text/turtle");
}
