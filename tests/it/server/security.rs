//! Nobody gets in.

use axum::http::{Method, StatusCode, header};

use super::{ask, ask_server, encoded, get, sample_store, writable};
use urbi::{
    profile::Profile,
    server::{Server, Settings},
    vocab::Base,
};

#[test]
fn a_query_reads_nothing_from_elsewhere() {
    for query in [
        "SELECT * { SERVICE <http://169.254.169.254/latest/meta-data/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:7878/sparql> { ?s ?p ?o } }",
        "SELECT * { ?x a ?service SERVICE ?service { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE <file:///etc/passwd> { ?s ?p ?o } } }",
    ] {
        let got = get(&format!("/sparql?query={}", encoded(query)), "");
        assert_eq!(got.status, StatusCode::FORBIDDEN, "{query}: {}", got.text());
        assert!(got.text().contains("SERVICE is off"), "{}", got.text());
    }
    // A graph that is not there is empty, and nobody goes to fetch it.
    let from = "SELECT * FROM <http://127.0.0.1:1/> FROM NAMED <file:///etc/passwd> { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }";
    assert_eq!(get(&format!("/sparql?query={}", encoded(from)), "text/csv").ok().text().lines().count(), 1);
}

#[test]
fn a_query_does_not_see_what_the_store_keeps_for_itself() {
    let folder = env!("CARGO_MANIFEST_DIR");
    for query in [
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <https://w3id.org/urbi/store#catalogue> { ?s ?p ?o } }",
        "SELECT * FROM <https://w3id.org/urbi/store#catalogue> { ?s ?p ?o }",
        "SELECT * FROM NAMED <https://w3id.org/urbi/store#catalogue> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?g { GRAPH ?g {} FILTER(STRSTARTS(STR(?g), \"https://w3id.org/urbi/store#\")) }",
        "SELECT * { ?d a urbi:Announcement FILTER EXISTS { GRAPH <https://w3id.org/urbi/store#catalogue> { ?d ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o FILTER(isLiteral(?o)) } }",
    ] {
        let got = get(&format!("/sparql?query={}", encoded(query)), "text/csv, application/n-triples").ok();
        assert!(!got.text().contains(folder) && !got.text().contains("urbi/store#"), "{query}");
        if query.contains("store#") {
            assert_eq!(got.text().lines().count(), 1, "{query}: {}", got.text());
        }
    }
    let graphs = encoded("https://w3id.org/urbi/store#catalogue");
    let target = format!("/sparql?query={}&default-graph-uri={graphs}", encoded("SELECT * { ?s ?p ?o }"));
    assert_eq!(get(&target, "text/csv").ok().text().lines().count(), 1);
}

#[test]
fn paths_lead_nowhere_else() {
    for path in [
        "/../../../../etc/passwd",
        "/assets/../../Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/app/../../etc/passwd",
        "/urbi/id/../../../etc/passwd",
        "/urbi/id/document/..%2F..%2Flock",
        "/urbi/id/%00",
        "//etc/passwd",
        "/api/queries/..%2F..%2FCargo.toml",
    ] {
        let got = get(path, "*/*");
        let text = String::from_utf8_lossy(&got.body).into_owned();
        assert!(!text.contains("root:") && !text.contains("[package]"), "{path}: {text}");
        // What is below /app/ is the interface, whatever it is called.
        assert!(got.status == StatusCode::NOT_FOUND || path.starts_with("/app/"), "{path}: {}", got.status);
    }
}

#[test]
fn every_answer_keeps_foreign_scripts_out() {
    for target in ["/", "/sparql", "/api/info", "/health", "/nothing/here", "/metrics"] {
        let got = get(target, "");
        let policy = got.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{target}: {policy}");
        assert_eq!(got.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{target}");
        assert!(policy.contains("frame-ancestors 'none'"));
    }
}

#[test]
fn a_foreign_page_cannot_write_in_a_users_name() {
    let server = writable();
    // What a form of a foreign page can send: these content types, cookies, and no header of its own.
    for (media_type, body) in [
        ("application/x-www-form-urlencoded", "update=DROP+GRAPH+%3Chttp%3A%2F%2Fe%2Fg%3E"),
        ("text/plain", "DROP GRAPH <http://e/g>"),
        (
            "multipart/form-data; boundary=a",
            "--a\r\nContent-Disposition: form-data; name=\"update\"\r\n\r\nDROP ALL\r\n--a--\r\n",
        ),
    ] {
        for target in ["/sparql", "/update", "/graphs?graph=http%3A%2F%2Fe%2Fg", "/api/decisions"] {
            let headers = [("content-type", media_type), ("origin", "https://evil.example"), ("cookie", "a=b")];
            let got = ask_server(&server, "POST", target, &headers, body);
            assert!([401, 403, 415].contains(&got.status.as_u16()), "{target} {media_type}: {}", got.status);
            assert_eq!(got.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "");
        }
    }
    // Nor does a browser get leave to send one.
    let asked = [
        ("origin", "https://evil.example"),
        ("access-control-request-method", "PUT"),
        ("access-control-request-headers", "authorization"),
    ];
    let got = ask_server(&server, "OPTIONS", "/graphs", &asked, "");
    assert_eq!(got.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "");
}

#[test]
fn other_pages_read_what_they_may() {
    let origin = [("origin", "https://app.example")];
    assert_eq!(ask(Method::GET, "/api/info", &origin, "").header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "");
    for (allowed, expected) in
        [("*", "*"), ("https://app.example", "https://app.example"), ("https://other.example", "")]
    {
        let settings = Settings { cors: vec![allowed.to_owned()], ..Settings::default() };
        let server = Server::new(sample_store(&Base::default()), Profile::embedded(), settings).expect("sound");
        let got = ask_server(&server, "GET", "/api/info", &origin, "");
        assert_eq!(got.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), expected);
        assert_eq!(got.header(header::ACCESS_CONTROL_ALLOW_CREDENTIALS), "");
    }
}

#[test]
fn a_foreign_name_for_this_machine_is_refused() {
    for host in ["evil.example", "evil.example:7878", "localhost.evil.example", ""] {
        let got = ask(Method::GET, "/api/info", &[("host", host)], "");
        assert_eq!(got.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    for host in ["localhost:7878", "127.0.0.1", "[::1]:7878"] {
        assert_eq!(ask(Method::GET, "/health", &[("host", host)], "").status, StatusCode::OK, "{host}");
    }
}

#[test]
fn what_a_client_sends_has_a_size() {
    let server = Server::new(
        sample_store(&Base::default()),
        Profile::embedded(),
        Settings { max_body: 100, ..Settings::default() },
    );
    let query = format!("ASK {{}} #{}", "x".repeat(200));
    let got =
        ask_server(&server.expect("sound"), "POST", "/sparql", &[("content-type", "application/sparql-query")], &query);
    assert_eq!(got.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn headers_cannot_be_smuggled_in() {
    // A name that would end a header and begin another one is no IRI, or comes back encoded.
    for target in [
        "/resource?iri=https%3A%2F%2Fw3id.org%2Furbi%2Fid%2Fcity%2F1%0D%0ASet-Cookie%3A%20a%3Db",
        "/urbi/id/city/1%0D%0ASet-Cookie:%20a=b",
        "/api/entity?iri=https%3A%2F%2Fe%2F%0D%0ASet-Cookie%3A%20a%3Db",
        "/graphs/x%0D%0ASet-Cookie:a=b",
    ] {
        let got = get(target, "");
        assert!(got.status.is_client_error(), "{target}: {}", got.status);
        assert!(!got.headers.contains_key("set-cookie"));
        assert!(got.headers.values().all(|value| !value.as_bytes().contains(&b'\n')));
    }
}
