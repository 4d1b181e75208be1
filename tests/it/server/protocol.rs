//! SPARQL 1.1 Protocol: the cases of the specification and of its test suite (sections 2.1 and 2.2), and the service
//! description.
//!
//! Updates of the suite write graphs of their own here, since the default graph is Urbi's view and refuses.

use axum::http::{Method, StatusCode, header};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use urbi::server::Server;

use super::{Got, TOKEN, ask, ask_server, encoded, get, writable};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const QUERY: (&str, &str) = ("content-type", "application/sparql-query");
const UPDATE: (&str, &str) = ("content-type", "application/sparql-update");

fn bearer() -> (&'static str, &'static str) {
    ("authorization", "Bearer 0123456789abcdef0123")
}

/// The yes or no of an ASK.
fn yes(got: &Got) -> bool {
    assert_eq!(got.status, StatusCode::OK, "{}", got.text());
    let format = QueryResultsFormat::from_media_type(got.header(header::CONTENT_TYPE)).expect("a form of results");
    match QueryResultsParser::from_format(format).for_slice(&got.body).expect("results") {
        SliceQueryResultsParserOutput::Boolean(value) => value,
        SliceQueryResultsParserOutput::Solutions(_) => panic!("rows"),
    }
}

/// A server with the graphs of the test suite: `data0.rdf` to `data3.rdf`, each with one document that is its own.
fn suite() -> Server {
    let server = writable();
    for number in 0..4 {
        let body = format!("<http://example/data{number}> a <http://xmlns.com/foaf/0.1/Document> .");
        let target = format!("/graphs?graph=http%3A%2F%2Fexample%2Fdata{number}.rdf");
        let got = ask_server(&server, "PUT", &target, &[bearer(), ("content-type", "text/turtle")], &body);
        assert_eq!(got.status, StatusCode::CREATED, "{}", got.text());
    }
    server
}

#[test]
fn a_query_goes_in_the_address_or_in_the_body() {
    let query = "SELECT ?c { ?c a urbi:City } ORDER BY ?c LIMIT 2";
    let by_get = get(&format!("/sparql?query={}", encoded(query)), "text/csv").ok();
    assert_eq!(by_get.header(header::CONTENT_TYPE), "text/csv");
    assert_eq!(by_get.text().lines().count(), 3);
    let direct = [("content-type", "application/sparql-query; charset=UTF-8"), ("accept", "text/csv")];
    assert_eq!(ask(Method::POST, "/sparql", &direct, query).ok().text(), by_get.text());
    let form = [FORM, ("accept", "text/csv")];
    assert_eq!(ask(Method::POST, "/sparql", &form, &format!("query={}", encoded(query))).ok().text(), by_get.text());
}

#[test]
fn each_kind_of_query_in_each_form() {
    // query_content_type_select, _ask, _describe, _construct
    for (query, graph) in [
        ("SELECT (1 AS ?value) {}", false),
        ("ASK {}", false),
        ("DESCRIBE <http://example.org/>", true),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", true),
    ] {
        let query = query.replace("<s> <p>", "<http://e/s> <http://e/p>");
        let types: &[&str] = match graph {
            false => &[
                "application/sparql-results+json",
                "application/sparql-results+xml",
                "text/csv",
                "text/tab-separated-values",
            ],
            true => &["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"],
        };
        for media_type in types {
            let got = get(&format!("/sparql?query={}", encoded(&query)), media_type).ok();
            assert_eq!(got.header(header::CONTENT_TYPE), *media_type);
            match graph {
                true => {
                    let format = RdfFormat::from_media_type(media_type).expect("known");
                    let count =
                        RdfParser::from_format(format).for_slice(&got.body).inspect(|q| assert!(q.is_ok())).count();
                    assert_eq!(count, usize::from(query.starts_with("CONSTRUCT")), "{media_type}");
                }
                // CSV says too little to be read back.
                false if *media_type == "text/csv" => assert!(!got.body.is_empty()),
                false => {
                    let format = QueryResultsFormat::from_media_type(media_type).expect("known");
                    QueryResultsParser::from_format(format).for_slice(&got.body).expect("results");
                }
            }
        }
        let refused = get(&format!("/sparql?query={}", encoded(&query)), "image/png");
        assert_eq!(refused.status, StatusCode::NOT_ACCEPTABLE);
    }
}

#[test]
fn a_request_names_the_graphs() {
    let server = suite();
    let both = "ASK { <http://example/data1> ?p ?o . <http://example/data2> ?q ?r }";
    let post = |query: &str, graphs: &str| ask_server(&server, "POST", &format!("/sparql?{graphs}"), &[QUERY], query);
    let data = |number: usize| encoded(&format!("http://example/data{number}.rdf"));
    // query_dataset_default_graph, _graphs_get, _graphs_post
    let one = format!("default-graph-uri={}", data(1));
    assert!(yes(&post("ASK { <http://example/data1> a ?type }", &one)));
    assert!(!yes(&post(both, &one)));
    let two = format!("{one}&default-graph-uri={}", data(2));
    assert!(yes(&post(both, &two)));
    let by_get = ask_server(&server, "GET", &format!("/sparql?query={}&{two}", encoded(both)), &[], "");
    assert!(yes(&by_get));
    let form = ask_server(&server, "POST", "/sparql", &[FORM], &format!("query={}&{two}", encoded(both)));
    assert!(yes(&form));
    // query_dataset_named_graphs_get, _post
    let named = format!("named-graph-uri={}&named-graph-uri={}", data(1), data(2));
    let in_graphs = "ASK { GRAPH ?g1 { <http://example/data1> a ?a } GRAPH ?g2 { <http://example/data2> a ?b } }";
    assert!(yes(&post(in_graphs, &named)));
    let third = "ASK { GRAPH ?g { <http://example/data3> a ?a } }";
    assert!(yes(&post(third, "")) && !yes(&post(third, &named)));
    assert!(!yes(&post("ASK { <http://example/data1> a ?type }", &named)), "no default graph is named");
    // query_dataset_full
    let full = format!("default-graph-uri={}&{named}", data(3));
    let all = "ASK { <http://example/data3> a ?x . GRAPH ?g1 { <http://example/data1> a ?a } GRAPH ?g2 { <http://example/data2> a ?b } }";
    assert!(yes(&post(all, &full)));
    // query_multiple_dataset: the request goes before the query
    let from = "ASK FROM <http://example/data1.rdf> { <http://example/data1> a ?type }";
    assert!(yes(&post(from, "")) && !yes(&post(from, &format!("default-graph-uri={}", data(2)))));
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let asked = |method: &str, target: &str, headers: &[(&str, &str)], body: &str| {
        ask_server(&writable(), method, target, headers, body).status.as_u16()
    };
    let ask_nothing = encoded("ASK {}");
    // bad_query_method
    assert_eq!(asked("PUT", &format!("/sparql?query={ask_nothing}"), &[], ""), 405);
    // bad_multiple_queries
    assert_eq!(asked("GET", &format!("/sparql?query={ask_nothing}&query={ask_nothing}"), &[], ""), 400);
    // bad_query_wrong_media_type, bad_query_missing_form_type, bad_query_missing_direct_type
    assert_eq!(asked("POST", "/sparql", &[("content-type", "text/plain")], "ASK {}"), 415);
    assert_eq!(asked("POST", "/sparql", &[], &format!("query={ask_nothing}")), 415);
    assert_eq!(asked("POST", "/sparql", &[], "ASK {}"), 415);
    // bad_query_non_utf8
    let router = writable().router();
    let body = axum::body::Body::from(&b"ASK { \"\xff\" ?p ?o }"[..]);
    let request = axum::http::Request::post("/sparql").header("host", "localhost").header(QUERY.0, QUERY.1);
    assert_eq!(super::send(router, request.body(body).expect("a request")).status, StatusCode::BAD_REQUEST);
    // bad_query_syntax
    assert_eq!(asked("GET", &format!("/sparql?query={}", encoded("ASK {")), &[], ""), 400);
    assert_eq!(asked("GET", "/sparql?query=", &[], ""), 400);
    // bad_update_get, bad_multiple_updates, bad_update_wrong_media_type, bad_update_missing_form_type, bad_update_syntax
    let clear = encoded("CLEAR GRAPH <http://example/g>");
    assert_eq!(asked("GET", &format!("/sparql?update={clear}"), &[bearer()], ""), 400);
    assert_eq!(asked("POST", "/sparql", &[FORM, bearer()], &format!("update={clear}&update={clear}")), 400);
    assert_eq!(
        asked("POST", "/sparql", &[("content-type", "text/plain"), bearer()], "CLEAR GRAPH <http://example/g>"),
        415
    );
    assert_eq!(asked("POST", "/sparql", &[bearer()], &format!("update={clear}")), 415);
    assert_eq!(asked("POST", "/sparql", &[UPDATE, bearer()], "CLEAR GRAPH"), 400);
    assert_eq!(asked("POST", "/sparql", &[FORM, bearer()], &format!("query={ask_nothing}&update={clear}")), 400);
    // bad_update_dataset_conflict
    let target = format!("/sparql?using-named-graph-uri={}", encoded("http://example/people"));
    let update = "INSERT { GRAPH <http://example/t> { ?s ?p ?o } } USING <http://example/f> WHERE { ?s ?p ?o }";
    assert_eq!(asked("POST", &target, &[UPDATE, bearer()], update), 400);
}

#[test]
fn updates_change_graphs_of_others() {
    let server = suite();
    let update = |target: &str, text: &str| {
        let got = ask_server(&server, "POST", target, &[UPDATE, bearer()], text);
        assert_eq!(got.status, StatusCode::NO_CONTENT, "{text}: {}", got.text());
    };
    let holds = |query: &str| yes(&ask_server(&server, "POST", "/sparql", &[QUERY], query));
    // update_post_direct, update_post_form
    update("/sparql", "CLEAR GRAPH <http://example/data0.rdf>");
    assert!(!holds("ASK { GRAPH <http://example/data0.rdf> { ?s ?p ?o } }"));
    let form = format!("update={}", encoded("INSERT DATA { GRAPH <http://example/g> { <http://example/s> a 1 } }"));
    let got = ask_server(&server, "POST", "/update", &[FORM, bearer()], &form);
    assert_eq!(got.status, StatusCode::NO_CONTENT, "{}", got.text());
    assert!(holds("ASK { GRAPH <http://example/g> { ?s a 1 } }"));
    // update_dataset_default_graph, _graphs, _named_graphs, _full
    let data = |number: usize| encoded(&format!("http://example/data{number}.rdf"));
    let copy = |to: &str| format!("INSERT {{ GRAPH <http://example/{to}> {{ ?s a ?t }} }} WHERE {{ ?s a ?t }}");
    update(&format!("/sparql?using-graph-uri={}", data(1)), &copy("one"));
    assert!(holds("ASK { GRAPH <http://example/one> { <http://example/data1> a ?t } }"));
    assert!(!holds("ASK { GRAPH <http://example/one> { <http://example/data2> a ?t } }"));
    update(&format!("/sparql?using-graph-uri={}&using-graph-uri={}", data(1), data(2)), &copy("two"));
    assert!(holds("ASK { GRAPH <http://example/two> { <http://example/data1> a ?t . <http://example/data2> a ?u } }"));
    let named = "INSERT { GRAPH <http://example/named> { ?s a ?t } } WHERE { GRAPH ?g { ?s a ?t } }";
    update(&format!("/sparql?using-named-graph-uri={}", data(3)), named);
    assert!(holds("ASK { GRAPH <http://example/named> { <http://example/data3> a ?t } }"));
    assert!(!holds("ASK { GRAPH <http://example/named> { <http://example/data1> a ?t } }"));
    // several operations are one change
    let failing =
        "INSERT DATA { GRAPH <http://example/late> { <http://example/s> a 1 } } ; CREATE GRAPH <http://example/g>";
    let got = ask_server(&server, "POST", "/sparql", &[UPDATE, bearer()], failing);
    assert_eq!(got.status, StatusCode::BAD_REQUEST, "{}", got.text());
    assert!(!holds("ASK { GRAPH <http://example/late> { ?s ?p ?o } }"));
    // update_base_uri
    update(
        "/sparql",
        "BASE <http://example.org/> CLEAR SILENT GRAPH <graph1> ; INSERT DATA { GRAPH <http://example/b> { <s> <p> <o> } }",
    );
    assert!(holds("ASK { GRAPH <http://example/b> { <http://example.org/s> ?p ?o } }"));
}

#[test]
fn updates_do_not_reach_what_urbi_writes() {
    let server = writable();
    let own = [
        "INSERT DATA { <http://e/s> <http://e/p> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } INSERT { GRAPH <http://e/g> { ?s ?p ?o } } WHERE { ?s ?p ?o }",
        "INSERT DATA { GRAPH urbi:provenance { <http://e/s> <http://e/p> 1 } }",
        "DELETE DATA { GRAPH urbi:curation { <http://e/s> <http://e/p> 1 } }",
        "INSERT DATA { GRAPH <https://w3id.org/urbi/id/evidence/3f2a> { <http://e/s> <http://e/p> 1 } }",
        "DROP GRAPH <https://w3id.org/urbi/store#catalogue>",
        "CREATE GRAPH <https://w3id.org/urbi/store#new>",
        "CLEAR DEFAULT",
        "DROP ALL",
        "CLEAR NAMED",
        "MOVE DEFAULT TO <http://e/g>",
        "COPY <http://e/g> TO DEFAULT",
        "ADD <http://e/g> TO urbi:provenance",
        "WITH urbi:provenance DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        // The name of the graph is known only when the update is made.
        "INSERT { GRAPH ?g { <http://e/s> <http://e/p> 1 } } WHERE { VALUES ?g { <http://e/g> urbi:provenance } }",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { BIND(IRI(CONCAT(STR(urbi:), \"curation\")) AS ?g) OPTIONAL { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:1/data.ttl> INTO GRAPH <http://e/g>",
        "LOAD SILENT <file:///etc/passwd> INTO GRAPH <http://e/g>",
    ];
    for text in own {
        let got = ask_server(&server, "POST", "/sparql", &[UPDATE, bearer()], text);
        assert_eq!(got.status, StatusCode::FORBIDDEN, "{text}: {}", got.text());
    }
    let got = ask_server(&server, "POST", "/sparql", &[UPDATE, bearer()], own[0]);
    assert!(got.text().contains("take a decision"), "{}", got.text());
    let count = ask_server(&server, "POST", "/sparql", &[QUERY], "ASK { GRAPH ?g { ?s ?p ?o } }");
    assert!(!yes(&count));
    // Copying the view out is reading.
    let got = ask_server(&server, "POST", "/sparql", &[UPDATE, bearer()], "COPY DEFAULT TO <http://e/copy>");
    assert_eq!(got.status, StatusCode::NO_CONTENT, "{}", got.text());
}

#[test]
fn updates_need_the_token() {
    let update = |headers: &[(&str, &str)], server: &Server| {
        let text = "INSERT DATA { GRAPH <http://e/g> { <http://e/s> a 1 } }";
        ask_server(server, "POST", "/sparql", &[headers, &[UPDATE]].concat(), text)
    };
    let server = writable();
    for wrong in [
        vec![],
        vec![("authorization", "Bearer 0123456789abcdef012")],
        vec![("authorization", "Bearer")],
        vec![("authorization", "Basic MDEyMzQ1Njc4OWFiY2RlZjAxMjM=")],
        vec![("authorization", TOKEN)],
        vec![("cookie", "token=0123456789abcdef0123")],
    ] {
        let got = update(&wrong, &server);
        assert_eq!(got.status, StatusCode::UNAUTHORIZED, "{wrong:?}");
        assert!(got.header(header::WWW_AUTHENTICATE).starts_with("Bearer"));
        assert!(!got.text().contains(TOKEN));
    }
    assert_eq!(update(&[("authorization", "bearer 0123456789abcdef0123")], &server).status, StatusCode::NO_CONTENT);
    // A server that only reads has no use for it.
    let got = ask(Method::POST, "/sparql", &[UPDATE, bearer()], "CLEAR GRAPH <http://e/g>");
    assert_eq!(got.status, StatusCode::FORBIDDEN);
    assert!(got.text().contains("--allow-update"));
}

#[test]
fn the_service_describes_itself() {
    let got = get("/sparql", "text/turtle").ok();
    for part in ["sd:Service", "sd:SPARQL11Query", "sd:resultFormat", "void#triples", "http://127.0.0.1:7878/sparql"] {
        let long = part.replace("sd:", "http://www.w3.org/ns/sparql-service-description#");
        assert!(got.text().contains(part) || got.text().contains(&long), "{part} is missing:\n{}", got.text());
    }
    assert!(!got.text().contains("SPARQL11Update"));
    let xml = get("/sparql", "application/rdf+xml").ok();
    let quads = RdfParser::from_format(RdfFormat::RdfXml).for_slice(&xml.body);
    assert!(quads.inspect(|quad| assert!(quad.is_ok())).count() > 10);
}

#[test]
fn words_and_distances_are_asked_for() {
    let rows = |query: &str| -> Vec<String> {
        let got = get(&format!("/sparql?query={}", encoded(query)), "text/csv").ok();
        got.text().lines().skip(1).map(str::to_owned).collect()
    };
    let city = "https://w3id.org/urbi/id/city/3674962";
    assert_eq!(rows("SELECT ?c { ?c urbi:matches 'medellin' ; a urbi:City }"), [city]);
    assert_eq!(rows(&format!("SELECT ?x {{ BIND(1 AS ?x) <{city}> urbi:matches 'MEDELLÍN' }}")), ["1"]);
    assert!(rows(&format!("SELECT ?x {{ BIND(1 AS ?x) <{city}> urbi:matches 'cork' }}")).is_empty());
    let quotes = rows("SELECT ?q { ?p urbi:matches '\"learning cities\"' GRAPH urbi:provenance { ?p urbi:quote ?q } }");
    assert!(!quotes.is_empty() && quotes.iter().any(|quote| quote.contains("earning Cit")), "{quotes:?}");
    let best =
        "SELECT ?l { ?e urbi:matches 'learning' ; rdfs:label ?l } ORDER BY DESC(urbi:score(?e, 'learning')) LIMIT 3";
    assert_eq!(rows(best).len(), 3);
    assert_eq!(rows("SELECT ?c { ?c a urbi:City FILTER(urbi:matches(?c, CONCAT('mede', 'llin'))) }"), [city]);
    for wrong in ["SELECT * { ?s urbi:matches ?words }", "SELECT * { ?s urbi:matches '(\"' }"] {
        assert_eq!(get(&format!("/sparql?query={}", encoded(wrong)), "").status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let near = "SELECT ?l ?km { ?c a urbi:City ; rdfs:label ?l ; geo:lat ?lat ; geo:long ?long .
        BIND(geof:distance(urbi:point(?lat, ?long), urbi:point(6.25, -75.56), uom:kilometre) AS ?km) FILTER(?km < 30) }";
    let near = rows(near);
    assert!(near.iter().any(|row| row.starts_with("Medellín,")), "{near:?}");
}

#[test]
fn what_a_client_has_already_is_not_sent_again() {
    let target = format!("/sparql?query={}", encoded("SELECT * { ?s a urbi:City }"));
    let first = get(&target, "text/csv").ok();
    let tag = first.header(header::ETAG).to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    let again = ask(Method::GET, &target, &[("accept", "text/csv"), ("if-none-match", &tag)], "");
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());
    // Another form is another answer.
    let json = ask(Method::GET, &target, &[("accept", "application/json"), ("if-none-match", &tag)], "");
    assert_eq!(json.status, StatusCode::OK);
    // What is never the same twice has no tag.
    let now = get(&format!("/sparql?query={}", encoded("SELECT (NOW() AS ?now) {}")), "text/csv").ok();
    assert_eq!((now.header(header::ETAG), now.header(header::CACHE_CONTROL)), ("", "no-store"));
    // A change changes the tag.
    let server = writable();
    let read = |tag: &str| ask_server(&server, "GET", &target, &[("if-none-match", tag)], "");
    let tag = read("\"\"").ok().header(header::ETAG).to_owned();
    assert_eq!(read(&tag).status, StatusCode::NOT_MODIFIED);
    ask_server(
        &server,
        "POST",
        "/sparql",
        &[UPDATE, bearer()],
        "INSERT DATA { GRAPH <http://e/g> { <http://e/s> a 1 } }",
    );
    assert_eq!(read(&tag).status, StatusCode::OK);
}
