//! The JSON of the web interface, as `docs/server.md` describes it.

use serde_json::Value;

use super::{TOKEN, ask_server, encoded, get, json, sample_store, store_of};
use urbi::{
    profile::Profile,
    server::{Server, Settings, Token},
    vocab::Base,
};

/// The IRI of what a user means by these words.
fn meant(words: &str) -> String {
    let hits = json(&format!("/api/suggest?q={}", encoded(words)));
    hits["hits"][0]["iri"].as_str().unwrap_or_else(|| panic!("nothing is called {words}")).to_owned()
}

fn texts(list: &Value, path: &str) -> Vec<String> {
    let list = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    list.iter().map(|item| item.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned()).collect()
}

#[test]
fn suggestions_begin_like_the_words() {
    let hits = json("/api/suggest?q=medellin");
    assert_eq!(hits["hits"][0]["label"], "Medellín");
    assert_eq!(hits["hits"][0]["class"], "City");
    assert_eq!(hits["hits"][0]["detail"], "Colombia");
    let conferences = json("/api/suggest?q=learning+cit&class=Conference&limit=3");
    assert!(texts(&conferences["hits"], "/class").iter().all(|class| class == "Conference"));
    assert_eq!(conferences["hits"].as_array().map(Vec::len), Some(3));
    assert_eq!(json("/api/suggest?q=")["hits"].as_array().map(Vec::len), Some(0));
}

#[test]
fn an_entity_shows_its_relations_in_both_directions() {
    let page = json(&format!("/api/entity?iri={}", encoded(&meant("Medellín"))));
    assert_eq!(page["label"], "Medellín");
    let facts = page["facts"].as_array().expect("facts");
    let country = facts.iter().find(|fact| fact["relation"]["name"] == "inCountry").expect("a country");
    assert_eq!(country["value"]["label"], "Colombia");
    assert!(country["evidence"].as_u64() > Some(0) && country["confidence"].as_u64() > Some(0), "{country}");
    assert!(texts(&page["incoming"], "/relation/name").contains(&"heldIn".to_owned()));
    assert!((page["location"]["lat"].as_f64().expect("a latitude") - 6.25).abs() < 0.1);
    assert!(!page["announcements"].as_array().expect("announcements").is_empty());
    // The folders of whoever built the store are nobody's business.
    assert!(texts(&page["announcements"], "/source").iter().all(|source| !source.contains('/')));
}

#[test]
fn evidence_leads_to_the_words() {
    let page = json(&format!("/api/entity?iri={}", encoded(&meant("Medellín"))));
    let held =
        page["incoming"].as_array().expect("a list").iter().find(|s| s["relation"]["name"] == "heldIn").expect("one");
    let target = format!(
        "/api/evidence?s={}&p={}&o={}",
        encoded(held["value"]["iri"].as_str().expect("an IRI")),
        encoded(held["relation"]["iri"].as_str().expect("an IRI")),
        encoded(page["iri"].as_str().expect("an IRI"))
    );
    let evidence = json(&target);
    let statement = &evidence["statements"][0];
    assert_eq!(statement["inGraph"], true);
    let passage = &statement["evidence"][0]["passage"];
    assert!(passage["quote"].as_str().expect("a quote").contains("Medell"), "{passage}");
    let document =
        json(&format!("/api/document?iri={}", encoded(passage["document"]["iri"].as_str().expect("an IRI"))));
    let text: Vec<char> = document["text"].as_str().expect("a text").chars().collect();
    let span = |value: &Value, at: usize| value["span"][at].as_u64().expect("a number") as usize;
    let words: String = text[span(passage, 0)..span(passage, 1)].iter().collect();
    assert_eq!(words, passage["quote"].as_str().expect("a quote"));
    // Every passage of the document is its own words, and every block lies within it.
    for passage in document["passages"].as_array().expect("passages") {
        let words: String = text[span(passage, 0)..span(passage, 1)].iter().collect();
        assert_eq!(words, passage["quote"].as_str().expect("a quote"));
    }
    let blocks = document["blocks"].as_array().expect("blocks");
    assert!(blocks.iter().all(|block| span(block, 0) < span(block, 1) && span(block, 1) <= text.len()));
    assert!(texts(&document["blocks"], "/kind").contains(&"headline".to_owned()));
}

#[test]
fn a_literal_is_explained_by_its_value_and_datatype() {
    let conference = meant("ICLC 5");
    let page = json(&format!("/api/entity?iri={}", encoded(&conference)));
    let facts = page["facts"].as_array().expect("facts");
    let start = facts.iter().find(|fact| fact["relation"]["name"] == "startDate").expect("a date");
    let evidence = json(&format!(
        "/api/evidence?s={}&p={}&o={}&datatype={}",
        encoded(&conference),
        encoded(start["relation"]["iri"].as_str().expect("an IRI")),
        encoded(start["value"]["value"].as_str().expect("a date")),
        encoded(start["value"]["datatype"].as_str().expect("an IRI")),
    ));
    assert_eq!(
        evidence["statements"][0]["evidence"].as_array().map(Vec::len),
        start["evidence"].as_u64().map(|n| n as usize)
    );
}

#[test]
fn the_graph_around_an_entity_and_a_chain_through_it() {
    let (medellin, yeonsu) = (meant("Medellín"), meant("Yeonsu"));
    let around = json(&format!("/api/graph?around={}&depth=2&limit=20", encoded(&medellin)));
    let nodes = texts(&around["nodes"], "/iri");
    assert!(nodes.contains(&medellin) && nodes.len() <= 20);
    assert!(around["asked"].as_u64() >= Some(nodes.len() as u64));
    for edge in around["edges"].as_array().expect("edges") {
        assert!(nodes.contains(&edge["from"].as_str().expect("an IRI").to_owned()), "{edge}");
    }
    let whole = json("/api/graph?limit=30");
    assert_eq!(whole["nodes"].as_array().map(Vec::len), Some(30));
    let cities = json("/api/graph?class=City&limit=500");
    assert!(texts(&cities["nodes"], "/class").iter().all(|class| class == "City"));
    let chain = json(&format!("/api/path?from={}&to={}", encoded(&medellin), encoded(&yeonsu)));
    let steps = chain["steps"].as_array().expect("a chain");
    assert_eq!(steps[0]["from"]["iri"], medellin.as_str());
    assert_eq!(steps.last().expect("a step")["to"]["iri"], yeonsu.as_str());
    assert!(steps.iter().all(|step| step["quote"].is_string()), "{chain}");
}

#[test]
fn the_map_and_the_timeline_show_what_has_a_place_and_a_date() {
    let map = json("/api/map?from=2010&to=2020");
    assert_eq!(map["type"], "FeatureCollection");
    for feature in map["features"].as_array().expect("features") {
        let [long, lat] = [0, 1].map(|at| feature["geometry"]["coordinates"][at].as_f64().expect("a number"));
        assert!((-180.0..=180.0).contains(&long) && (-90.0..=90.0).contains(&lat));
        for event in feature["properties"]["events"].as_array().expect("events") {
            let year = event["start"].as_str().map(|start| start[..4].parse::<i32>().expect("a year"));
            assert!(year.is_none_or(|year| (2010..=2020).contains(&year)), "{event}");
        }
    }
    let timeline = json("/api/timeline?class=Conference&limit=5");
    let first = texts(&timeline["events"], "/first");
    assert!(first.is_sorted() && first.len() == 5, "{first:?}");
    assert!(timeline["total"].as_u64() > Some(5));
}

#[test]
fn documents_questions_and_what_to_review() {
    let documents = json("/api/documents?limit=5");
    assert_eq!(documents["documents"].as_array().map(Vec::len), Some(5));
    assert_eq!(documents["total"].as_u64(), Some(28));
    let iri = documents["documents"][0]["iri"].as_str().expect("an IRI").to_owned();
    let original = get(&format!("/api/original?iri={}", encoded(&iri)), "").ok();
    assert_eq!(original.headers["content-disposition"], "attachment");
    let questions = json("/api/queries");
    assert!(questions["queries"].as_array().map(Vec::len) >= Some(18));
    let answer = json("/api/queries/1");
    assert!(answer["results"]["bindings"].as_array().map(Vec::len) > Some(0));
    let review = json("/api/review?limit=3");
    assert_eq!(review["items"].as_array().map(Vec::len), Some(3));
    let review = json("/api/review?limit=500");
    let items = review["items"].as_array().expect("items");
    assert_eq!(Some(items.len() as u64), review["total"].as_u64());
    // Contradictions come first, then what is unsure, the least sure first.
    assert!(items.is_sorted_by_key(|item| item["reason"] != "conflict"));
    let unsure = items.iter().filter(|item| item["reason"] == "unsure");
    assert!(unsure.map(|item| item["confidence"].as_u64()).is_sorted());
    let info = json("/api/info");
    assert_eq!(info["documents"], 28);
    assert_eq!(info["update"], false);
}

#[test]
fn what_contradicts_waits_for_a_curator_and_goes_when_it_is_decided() {
    let forum = |days: &str, more: &str| {
        let text = format!(
            "Cork, 1 March 2020\n\nThe fifth World Forum on Open Cities will take place in Cork, Ireland, {days}.{more}\n"
        );
        (format!("{days}.txt"), text.into_bytes())
    };
    let files = [forum("from 3 to 5 October 2020", ""), forum("from 6 to 8 October 2020", " All are welcome.")];
    let settings = Settings { token: Some(Token::new(TOKEN).expect("a token")), ..Settings::default() };
    let store = store_of(&Base::default(), files);
    let server = Server::new(store, Profile::embedded(), settings).expect("sound");
    let conflicts = || {
        let review = ask_server(&server, "GET", "/api/review", &[], "").ok().json();
        let items = review["items"].as_array().expect("items").clone();
        items.into_iter().filter(|item| item["reason"] == "conflict").collect::<Vec<_>>()
    };
    let found = conflicts();
    let starts: Vec<&Value> = found.iter().filter(|item| item["relation"]["name"] == "startDate").collect();
    let [start] = starts[..] else { panic!("{found:?}") };
    let mut values = [&start["value"]["value"], &start["against"][0]["value"]["value"]];
    values.sort_by_key(|value| value.to_string());
    assert_eq!(values, ["2020-10-03", "2020-10-06"]);
    for evidence in [&start["evidence"], &start["against"][0]["evidence"]] {
        assert!(evidence[0]["passage"]["quote"].as_str().is_some_and(|quote| quote.contains("World Forum")));
    }
    let accept = serde_json::json!({
        "action": "accept", "author": "a", "time": "2026-11-25T08:00:00Z", "s": start["subject"]["iri"],
        "p": start["relation"]["iri"],
        "o": { "value": start["value"]["value"], "datatype": start["value"]["datatype"] },
    });
    let bearer = format!("Bearer {TOKEN}");
    let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
    ask_server(&server, "POST", "/api/decisions", &headers, &accept.to_string()).ok();
    assert!(conflicts().iter().all(|item| item["relation"]["name"] != "startDate"));
}

#[test]
fn a_decision_changes_the_graph_and_can_be_undone() {
    let settings = Settings { token: Some(Token::new(TOKEN).expect("a token")), ..Settings::default() };
    let server = Server::new(sample_store(&Base::default()), Profile::embedded(), settings).expect("sound");
    let iclc = meant("ICLC 5");
    let cities = || {
        let page = ask_server(&server, "GET", &format!("/api/entity?iri={}", encoded(&iclc)), &[], "").ok().json();
        let facts = page["facts"].as_array().expect("facts").clone();
        facts.into_iter().filter(|fact| fact["relation"]["name"] == "heldIn").collect::<Vec<_>>()
    };
    let before = cities();
    let bearer = format!("Bearer {TOKEN}");
    let post = |body: Value, bearer: &str| {
        let headers = [("content-type", "application/json"), ("authorization", bearer)];
        ask_server(&server, "POST", "/api/decisions", &headers, &body.to_string())
    };
    let reject = serde_json::json!({
        "action": "reject", "author": "a", "time": "2026-11-25T08:00:00Z", "s": iclc,
        "p": before[0]["relation"]["iri"], "o": { "iri": before[0]["value"]["iri"] },
    });
    assert_eq!(post(reject.clone(), "Bearer wrong").status.as_u16(), 401);
    assert_eq!(cities().len(), before.len());
    let taken = post(reject.clone(), &bearer).ok().json();
    assert_eq!(taken["new"], true);
    assert_eq!(cities().len(), before.len() - 1);
    assert_eq!(post(reject, &bearer).ok().json()["new"], false);
    let undo = serde_json::json!({
        "action": "undo", "author": "a", "time": "2026-11-25T08:01:00Z", "decision": taken["decision"],
    });
    post(undo, &bearer).ok();
    assert_eq!(cities(), before);
    for wrong in [
        serde_json::json!({ "action": "reject", "author": "a", "time": "2026-11-25T08:00:00Z" }),
        serde_json::json!({ "action": "burn", "author": "a", "time": "2026-11-25T08:00:00Z", "s": iclc, "p": iclc, "o": { "iri": iclc } }),
        serde_json::json!({ "action": "undo", "author": " ", "time": "now", "decision": iclc }),
    ] {
        assert_eq!(post(wrong.clone(), &bearer).status.as_u16(), 400, "{wrong}");
    }
}

#[test]
fn what_is_wrong_is_said() {
    for (target, status, code) in [
        ("/api/entity", 400, "bad-request"),
        ("/api/entity?iri=Cork", 400, "bad-request"),
        ("/api/entity?iri=https://example.org/x", 404, "not-found"),
        ("/api/entity?iri=https://example.org/x&iri=https://example.org/y", 400, "bad-request"),
        ("/api/document?iri=https://example.org/x", 404, "not-found"),
        ("/api/suggest?q=a&limit=many", 400, "bad-request"),
        ("/api/queries/no-such-question", 404, "not-found"),
        ("/api/nothing", 404, "not-found"),
    ] {
        let got = get(target, "");
        assert_eq!(got.status.as_u16(), status, "{target}");
        assert_eq!(got.json()["error"]["code"], code, "{target}");
        assert_eq!(got.headers["cache-control"], "no-store");
    }
}
