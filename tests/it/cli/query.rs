//! `urbi query`.

use std::fs;

use super::{built, urbi};

const ONE: &str = "SELECT ?iri ?name { VALUES (?iri ?name) { (urbi:heldIn \"held, in\") } }";

#[test]
fn every_format_of_rows_and_graphs() {
    let folder = built();
    let ask = |text: &str, format: &str| urbi(folder.path(), &["query", "-q", text, "--format", format]);
    let csv = "iri,name\r\nhttps://w3id.org/urbi/ontology#heldIn,\"held, in\"\r\n";
    assert_eq!(ask(ONE, "csv").done(), csv);
    assert_eq!(urbi(folder.path(), &["query", "-q", ONE]).done(), csv, "CSV in a pipe");
    assert_eq!(ask(ONE, "tsv").done(), "?iri\t?name\n<https://w3id.org/urbi/ontology#heldIn>\t\"held, in\"\n");
    let json: serde_json::Value = serde_json::from_str(&ask(ONE, "json").done()).expect("JSON");
    assert_eq!(json["results"]["bindings"][0]["name"]["value"], "held, in");
    assert!(ask(ONE, "xml").done().contains("<literal>held, in</literal>"));
    let table = ask(ONE, "table").done();
    assert!(table.contains("urbi:heldIn") && table.lines().count() == 3, "{table}");
    let graph = "CONSTRUCT { urbi:a urbi:b 1 } {}";
    assert!(urbi(folder.path(), &["query", "-q", graph]).done().contains("PREFIX urbi:"), "Turtle in a pipe");
    let line = "<https://w3id.org/urbi/ontology#a> <https://w3id.org/urbi/ontology#b> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n";
    assert_eq!(ask(graph, "ntriples").done(), line);
    assert!(serde_json::from_str::<serde_json::Value>(&ask(graph, "jsonld").done()).is_ok());
    assert!(ask(graph, "csv").failed(2).contains("use turtle"));
    assert!(ask(ONE, "turtle").failed(2).contains("use table"));
    assert_eq!(ask("ASK {}", "csv").done(), "true\n");
    assert_eq!(ask("ASK { FILTER(false) }", "table").done(), "no\n");
}

#[test]
fn saved_queries_by_name() {
    let folder = built();
    let list = urbi(folder.path(), &["query", "--list"]).done();
    assert!(list.lines().count() >= 12, "{list}");
    for line in list.lines() {
        let [name, question, _] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        assert!(question.contains('?'), "{line}");
        let by_name = urbi(folder.path(), &["query", name]).done();
        let bare = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        assert_eq!(urbi(folder.path(), &["query", bare]).done(), by_name, "{bare}");
    }
    let message = urbi(folder.path(), &["query", "which-cites-hosted"]).failed(2);
    assert!(message.contains("did you mean"), "{message}");
}

#[test]
fn saved_queries_take_values() {
    let folder = built();
    let ask = |values: &[&str]| {
        let set = values.iter().flat_map(|value| ["--set", value]);
        urbi(
            folder.path(),
            &["query", "what-is-known-about-a-city", "--format", "ntriples"].into_iter().chain(set).collect::<Vec<_>>(),
        )
    };
    let usual = ask(&[]).done();
    assert!(usual.contains("Medell") && ask(&["city=Medellín"]).done() == usual);
    assert_eq!(ask(&["city=https://w3id.org/urbi/id/city/3674962"]).done(), usual);
    assert_ne!(ask(&["city=Cork"]).done(), usual);
    for (value, message) in [
        ("city=Colombia", "a City is asked for"),
        ("city=Nowhere at all", "no entity is called"),
        ("citty=Cork", "did you mean \"city\"?"),
        ("city", "NAME=VALUE"),
        ("city=x> } ; DROP ALL #", "no entity is called"),
    ] {
        let error = ask(&[value]).failed(2);
        assert!(error.contains(message), "{value}: {error}");
    }
    let period = ["query", "what-takes-place-in-a-period", "--set", "from=2021-01-01", "--set", "to=2021-12-31"];
    assert!(urbi(folder.path(), &period).done().lines().skip(1).all(|line| line.starts_with("2021")));
    let wrong = ["query", "what-takes-place-in-a-period", "--set", "from=2021"];
    assert!(urbi(folder.path(), &wrong).failed(2).contains("is no day"));
}

#[test]
fn updates_write_graphs_of_others() {
    let folder = built();
    let update = |text: &str| urbi(folder.path(), &["update", "-u", text]);
    let before = urbi(folder.path(), &["export", "--format", "nquads"]).done();
    update("INSERT DATA { GRAPH <https://example.org/g> { <https://example.org/s> rdfs:label \"x\" } }").done();
    let query = ["query", "-q", "SELECT ?l { GRAPH <https://example.org/g> { ?s rdfs:label ?l } }"];
    assert_eq!(urbi(folder.path(), &query).done(), "l\r\nx\r\n");
    assert!(update("DELETE WHERE { ?s ?p ?o }").failed(2).contains("take a decision"));
    assert!(update("LOAD <http://127.0.0.1:1/>").failed(2).contains("LOAD is off"));
    assert!(update("SELECT * {}").failed(2).contains("this is a query"));
    assert_eq!(urbi(folder.path(), &["export", "--format", "nquads"]).done(), before);
    let message = urbi(folder.path(), &["query", "-q", "SELECT * { SERVICE <http://127.0.0.1:1/> {} }"]).failed(2);
    assert!(message.contains("SERVICE is off"), "{message}");
}

#[test]
fn a_site_without_quotes_has_no_sentence_of_an_announcement() {
    let folder = built();
    urbi(folder.path(), &["export", "--format", "site", "-o", "public", "--no-quotes"]).done();
    let asked = "SELECT DISTINCT ?quote { GRAPH urbi:provenance { ?passage urbi:quote ?quote } }";
    let quotes = urbi(folder.path(), &["query", "-q", asked, "--format", "csv"]).done();
    // A headline is the name of its document, and names stay.
    let titles =
        urbi(folder.path(), &["query", "-q", "SELECT ?t { GRAPH urbi:provenance { ?d dcterms:title ?t } }"]).done();
    let plain = |text: &str| !text.contains(|c: char| !(c.is_ascii_alphanumeric() || " ,.".contains(c)));
    let said: Vec<&str> =
        quotes.lines().map(|line| line.trim_matches('"')).filter(|q| q.len() > 60 && plain(q)).collect();
    let said: Vec<&str> = said.into_iter().filter(|quote| !titles.contains(quote)).collect();
    assert!(said.len() > 3, "{quotes}");
    let mut folders = vec![folder.path().join("public")];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("text");
            let shown = said.iter().find(|quote| text.contains(*quote));
            assert_eq!(shown, None, "{}", path.display());
        }
    }
    urbi(folder.path(), &["export", "--format", "site", "-o", "public"]).done();
}

#[test]
fn a_site_and_schema_org_are_written() {
    let folder = built();
    urbi(folder.path(), &["export", "--format", "site", "-o", "public"]).done();
    let file = |name: &str| {
        fs::read_to_string(folder.path().join("public").join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    };
    let city = file("city/3674962.html");
    assert!(city.contains("<h1>Medellín</h1>") && city.contains("href=\"../page.css\""), "{city}");
    assert!(file("city/3674962.ttl").contains("Medellín") && file("index.ttl").contains("void"));
    // Every link within the site leads to a file of it.
    for page in ["index.html", "city/3674962.html", "city/index.html"] {
        let folder_of = folder.path().join("public").join(page);
        for link in file(page).split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if !link.contains("://") {
                let path = link.split('#').next().expect("a path");
                assert!(folder_of.parent().expect("a folder").join(path).exists(), "{page}: {link}");
            }
        }
    }
    let first = city;
    urbi(folder.path(), &["export", "--format", "site", "-o", "public"]).done();
    assert_eq!(file("city/3674962.html"), first);
    fs::create_dir(folder.path().join("mine")).expect("made");
    fs::write(folder.path().join("mine/x"), "x").expect("written");
    assert!(urbi(folder.path(), &["export", "--format", "site", "-o", "mine"]).failed(2).contains("is not empty"));
    let schema = urbi(folder.path(), &["export", "--format", "ntriples", "--vocabulary", "schema"]).done();
    assert!(schema.contains("<https://schema.org/location>") && !schema.contains("urbi/ontology#"), "{schema}");
    urbi(folder.path(), &["export", "--format", "jsonld", "--vocabulary", "schema"]).done();
    let trig = urbi(folder.path(), &["export", "--format", "trig", "--vocabulary", "schema"]).failed(2);
    assert!(trig.contains("own terms only"), "{trig}");
}

#[test]
fn a_question_from_a_file_or_the_profile() {
    let folder = built();
    fs::write(folder.path().join("mine.rq"), ONE).expect("written");
    assert!(urbi(folder.path(), &["query", "mine.rq"]).done().contains("held, in"));
    fs::create_dir_all(folder.path().join("profile/queries")).expect("made");
    fs::write(folder.path().join("profile/queries/90-mine.rq"), format!("# What is mine?\n{ONE}")).expect("written");
    let mine = ["query", "mine", "--profile", "profile"];
    assert!(urbi(folder.path(), &mine).done().contains("held, in"));
    fs::write(folder.path().join("profile/queries/90-mine.rq"), "# What is mine?\nSELECT").expect("written");
    let message = urbi(folder.path(), &mine).failed(2);
    assert!(message.contains("90-mine.rq:2:"), "{message}");
}

#[test]
fn errors_show_line_column_and_place() {
    let folder = built();
    let message = urbi(folder.path(), &["query", "-q", "SELECT *\nWHERE { ?s urb:heldIn ?o }"]).failed(2);
    for part in ["query:2:", "2 | WHERE { ?s urb:heldIn ?o }", "^", "did you mean \"urbi\"?"] {
        assert!(message.contains(part), "{part}: {message}");
    }
    let message = urbi(folder.path(), &["query", "-q", "DELETE WHERE { ?s ?p ?o }"]).failed(2);
    assert!(message.contains("only reads"), "{message}");
    let message = urbi(folder.path(), &["query", "-q", "SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }"]).failed(2);
    assert!(message.contains("SERVICE is off"), "{message}");
    let message = urbi(folder.path(), &["query", "-q", &format!("ASK {}", "{".repeat(100_000))]).failed(2);
    assert!(message.contains("deep"), "{message}");
}

#[test]
fn a_cut_off_answer_is_an_error() {
    let folder = built();
    let values = (0..60).map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
    let list = format!("SELECT * {{ VALUES ?a {{ {values} }} }}");
    let run = urbi(folder.path(), &["query", "-q", &list, "--max-rows", "59"]);
    assert_eq!(run.out, "");
    assert!(run.failed(1).contains("more than 59 rows"));
    assert_eq!(urbi(folder.path(), &["query", "-q", &list, "--max-rows", "60"]).done().lines().count(), 61);
    // It would take longer than anybody waits, and never looks at the store.
    let product: String = ('a'..='m').map(|name| format!("VALUES ?{name} {{ {values} }} ")).collect();
    let endless = format!("SELECT (COUNT(*) AS ?n) {{ {product} }}");
    let run = urbi(folder.path(), &["query", "-q", &endless, "--timeout", "200ms"]);
    assert_eq!(run.out, "");
    assert!(run.failed(1).contains("0.2 s"));
}
