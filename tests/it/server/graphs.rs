//! SPARQL 1.1 Graph Store HTTP Protocol: the cases of its test suite, in their order.

use axum::http::{StatusCode, header};
use oxigraph::io::{RdfFormat, RdfParser};
use urbi::server::Server;

use super::{Got, ask_server, get, writable};

const TURTLE: (&str, &str) = ("content-type", "text/turtle; charset=utf-8");
const JOHN: &str =
    "<http://example/john> a <http://xmlns.com/foaf/0.1/Person> ; <http://xmlns.com/foaf/0.1/name> \"John Doe\" .";
const JANE: &str =
    "<http://example/jane> a <http://xmlns.com/foaf/0.1/Person> ; <http://xmlns.com/foaf/0.1/name> \"Jane Doe\" .";

fn bearer() -> (&'static str, &'static str) {
    ("authorization", "Bearer 0123456789abcdef0123")
}

fn ask(server: &Server, method: &str, target: &str, body: &str) -> Got {
    ask_server(server, method, target, &[bearer(), TURTLE], body)
}

/// The triples of an answer, sorted.
fn triples(got: &Got) -> Vec<String> {
    assert_eq!(got.status, StatusCode::OK, "{}", got.text());
    let format = RdfFormat::from_media_type(got.header(header::CONTENT_TYPE)).expect("RDF");
    let quads = RdfParser::from_format(format).for_slice(&got.body);
    let mut lines: Vec<String> = quads.map(|quad| quad.expect("RDF").to_string()).collect();
    lines.sort();
    lines
}

fn mentions(got: &Got, word: &str) -> bool {
    triples(got).iter().any(|line| line.contains(word))
}

#[test]
fn a_graph_is_put_read_changed_and_taken_out() {
    let server = writable();
    let person = "/graphs?graph=http%3A%2F%2Fexample%2Fperson%2F1.ttl";
    // PUT - Initial state; GET of PUT
    assert_eq!(ask(&server, "PUT", person, JOHN).status, StatusCode::CREATED);
    assert_eq!(triples(&ask(&server, "GET", person, "")).len(), 2);
    // PUT - graph already in store
    assert_eq!(ask(&server, "PUT", person, JANE).status, StatusCode::NO_CONTENT);
    let got = ask(&server, "GET", person, "");
    assert!(mentions(&got, "Jane") && !mentions(&got, "John"));
    // PUT - mismatched payload
    let xml = ask_server(&server, "PUT", person, &[bearer(), ("content-type", "application/rdf+xml")], JANE);
    assert_eq!(xml.status, StatusCode::BAD_REQUEST);
    let other = ask_server(&server, "PUT", person, &[bearer(), ("content-type", "text/html")], JANE);
    assert_eq!(other.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(mentions(&ask(&server, "GET", person, ""), "Jane"), "a failure changes nothing");
    // PUT - empty graph; GET of it; PUT - replace empty graph
    let empty = "/graphs?graph=http%3A%2F%2Fexample%2Fperson%2F2.ttl";
    assert_eq!(ask(&server, "PUT", empty, "").status, StatusCode::CREATED);
    assert!(triples(&ask(&server, "GET", empty, "")).is_empty());
    assert_eq!(ask(&server, "PUT", empty, JOHN).status, StatusCode::NO_CONTENT);
    assert_eq!(triples(&ask(&server, "GET", empty, "")).len(), 2);
    // DELETE - existing graph; GET of it; DELETE - nonexistent graph
    assert_eq!(ask(&server, "DELETE", empty, "").status, StatusCode::NO_CONTENT);
    assert_eq!(ask(&server, "GET", empty, "").status, StatusCode::NOT_FOUND);
    assert_eq!(ask(&server, "DELETE", empty, "").status, StatusCode::NOT_FOUND);
    // POST - existing graph; GET of it
    assert_eq!(ask(&server, "POST", person, JOHN).status, StatusCode::NO_CONTENT);
    assert_eq!(triples(&ask(&server, "GET", person, "")).len(), 4);
    // POST - multipart/form-data
    let part = |name: &str, body: &str| {
        format!(
            "--a\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}.ttl\"\r\nContent-Type: text/turtle\r\n\r\n{body}\r\n"
        )
    };
    let form = format!("{}{}--a--\r\n", part("one", JOHN), part("two", "<http://example/x> a <http://example/Y> ."));
    let multipart = ("content-type", "multipart/form-data; boundary=a");
    let got = ask_server(&server, "POST", person, &[bearer(), multipart], &form);
    assert_eq!(got.status, StatusCode::NO_CONTENT, "{}", got.text());
    assert_eq!(triples(&ask(&server, "GET", person, "")).len(), 5);
    // POST - create new graph; GET of it
    let got = ask(&server, "POST", "/graphs", JANE);
    assert_eq!(got.status, StatusCode::CREATED);
    let location = got.header(header::LOCATION).to_owned();
    let path = location.strip_prefix("http://127.0.0.1:7878").expect("an address of this server");
    assert!(mentions(&ask(&server, "GET", path, ""), "Jane"));
    // POST - empty graph to existing graph
    assert_eq!(ask(&server, "POST", path, "").status, StatusCode::NO_CONTENT);
    assert!(mentions(&ask(&server, "GET", path, ""), "Jane"));
    // HEAD on an existing graph; HEAD on a nonexistent graph
    assert_eq!(ask(&server, "HEAD", person, "").status, StatusCode::OK);
    assert_eq!(ask(&server, "HEAD", empty, "").status, StatusCode::NOT_FOUND);
    // A graph at its own address
    assert_eq!(ask(&server, "PUT", "/graphs/own/name", "<> a <Thing> .").status, StatusCode::CREATED);
    assert!(mentions(&ask(&server, "GET", "/graphs/own/name", ""), "http://127.0.0.1:7878/graphs/own/name"));
    // Anything else
    assert_eq!(ask(&server, "PATCH", person, "").status, StatusCode::METHOD_NOT_ALLOWED);
    for wrong in
        ["/graphs", "/graphs?graph=relative", "/graphs?default&graph=http%3A%2F%2Fexample%2Fg", "/graphs/a?default"]
    {
        assert_eq!(ask(&server, "GET", wrong, "").status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[test]
fn urbis_own_graphs_are_read_and_not_written() {
    let server = writable();
    for own in [
        "/graphs?default",
        "/graphs?graph=https%3A%2F%2Fw3id.org%2Furbi%2Fontology%23provenance",
        "/graphs?graph=https%3A%2F%2Fw3id.org%2Furbi%2Fid%2Fevidence%2F3f2a",
        "/graphs?graph=https%3A%2F%2Fw3id.org%2Furbi%2Fstore%23catalogue",
    ] {
        for method in ["PUT", "POST", "DELETE"] {
            let got = ask(&server, method, own, JOHN);
            assert_eq!(got.status, StatusCode::FORBIDDEN, "{method} {own}: {}", got.text());
            assert!(got.text().contains("take a decision"), "{}", got.text());
        }
    }
    let view = get("/graphs?default", "application/n-triples").ok();
    assert!(view.text().lines().count() > 500);
    let provenance =
        get("/graphs?graph=https%3A%2F%2Fw3id.org%2Furbi%2Fontology%23provenance", "application/n-triples");
    assert!(provenance.ok().text().contains("quote"));
    // What the store keeps for itself names the folders of whoever built it.
    for hidden in ["catalogue", "stated"] {
        let target = format!("/graphs?graph=https%3A%2F%2Fw3id.org%2Furbi%2Fstore%23{hidden}");
        assert_eq!(get(&target, "").status, StatusCode::NOT_FOUND);
    }
}

#[test]
fn writing_needs_the_token() {
    let server = writable();
    let target = "/graphs?graph=http%3A%2F%2Fexample%2Fg";
    for method in ["PUT", "POST", "DELETE"] {
        assert_eq!(ask_server(&server, method, target, &[TURTLE], JOHN).status, StatusCode::UNAUTHORIZED, "{method}");
        let reading = super::ask(method.parse().expect("a method"), target, &[bearer(), TURTLE], JOHN);
        assert_eq!(reading.status, StatusCode::FORBIDDEN, "{method}");
    }
    assert_eq!(ask_server(&server, "GET", target, &[], "").status, StatusCode::NOT_FOUND);
}
