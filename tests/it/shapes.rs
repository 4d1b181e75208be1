//! Shapes: what is wrong is found, and another validator finds the same.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use oxrdf::{NamedOrBlankNode, Term, Triple};
use urbi::{
    engine::Engine,
    explain::Explainer,
    profile::Profile,
    shapes::{Finding, Path as Way, Severity, Shapes, grounds, report},
    source,
    store::{Incoming, Store},
    view::{Schema, is_relation},
    vocab::{Base, sh},
};

/// A graph with something wrong for almost every shape.
const BROKEN: &str = include_str!("../ontology/broken.ttl");

fn shapes() -> Shapes {
    let profile = Profile::embedded();
    let text = profile.text("ontology/shapes.ttl").expect("embedded");
    Shapes::parse("ontology/shapes.ttl", text).expect("the shapes are sound")
}

fn triples(turtle: &str) -> Vec<Triple> {
    oxttl::TurtleParser::new().for_slice(turtle).map(|triple| triple.expect("Turtle")).collect()
}

/// The view of the sample announcements, in a store.
fn samples(engine: &Engine) -> Store {
    let store = Store::in_memory(&Base::default()).expect("memory");
    let schema = Schema::from(engine.ontology());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/announcements");
    for entry in fs::read_dir(folder).expect("the samples") {
        let path = entry.expect("readable").path();
        let (name, bytes) = (path.display().to_string(), fs::read(&path).expect("readable"));
        for announcement in source::read(&name, &bytes, None).expect("readable") {
            let extraction = engine.extract(&announcement);
            let incoming = Incoming { extraction: &extraction, original: &bytes, source: &name };
            store.ingest_all(&schema, &[incoming]).expect("stored");
        }
    }
    store
}

fn engine() -> Engine {
    Engine::new(&Profile::embedded(), &Base::default()).expect("the embedded profile loads")
}

/// What both validators must agree on: node, path, value, constraint and severity.
fn results(findings: &[Finding]) -> BTreeSet<String> {
    let plain = |term: &Term| match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    };
    let row = |finding: &Finding| {
        let path = match &finding.path {
            Some(Way::Predicate(predicate)) => predicate.as_str(),
            Some(_) => "path",
            None => "",
        };
        let value = finding.value.as_ref().map(plain).unwrap_or_default();
        let component = finding.component.as_str().rsplit('#').next().unwrap_or_default();
        [&plain(&finding.focus), path, &value, component, finding.severity.name()].join("\t")
    };
    findings.iter().map(row).collect()
}

/// What pySHACL finds. None if it is not there.
fn theirs(graph: &[Triple]) -> Option<BTreeSet<String>> {
    let Some(python) = std::env::var_os("URBI_TEST_PYTHON").filter(|path| Path::new(path).exists()) else {
        eprintln!("skipped a judge: set URBI_TEST_PYTHON to have the shapes judged by pySHACL");
        return None;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("graph.nt");
    fs::write(&file, graph.iter().map(|triple| format!("{triple} .\n")).collect::<String>()).expect("written");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(python);
    command.arg(root.join("tests/foreign/judge_shapes.py")).arg(&file).arg(root.join("ontology/shapes.ttl"));
    let output = command.output().expect("the judge runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("UTF-8").lines().map(str::to_owned).collect())
}

fn agree(graph: &[Triple]) -> Vec<Finding> {
    let findings = shapes().check(graph).expect("the validator runs");
    if let Some(theirs) = theirs(graph) {
        let ours = results(&findings);
        let only =
            |one: &BTreeSet<String>, other: &BTreeSet<String>| one.difference(other).cloned().collect::<Vec<_>>();
        assert_eq!((only(&ours, &theirs), only(&theirs, &ours)), (vec![], vec![]), "only ours, only theirs");
    }
    findings
}

#[test]
fn both_validators_find_the_same_in_a_broken_graph() {
    let findings = agree(&triples(BROKEN));
    for severity in Severity::ALL {
        assert!(findings.iter().any(|finding| finding.severity == severity), "{severity:?}");
    }
    let components: BTreeSet<&str> = findings.iter().map(|finding| finding.component.as_str()).collect();
    assert!(components.len() >= 8, "{components:?}");
    assert!(findings.iter().all(|finding| finding.message.is_some()));
}

#[test]
fn both_validators_find_the_same_in_the_samples_and_each_finding_has_its_words() {
    let engine = engine();
    let store = samples(&engine);
    let view = store.view_triples().expect("readable");
    let findings = agree(&view);
    let violations: Vec<&Finding> = findings.iter().filter(|f| f.severity == Severity::Violation).collect();
    assert!(violations.is_empty(), "{violations:#?}");
    assert!(!findings.is_empty(), "the samples leave something open");
    let explainer = Explainer::new(&store, &engine);
    for finding in &findings {
        let facts = grounds(&explainer, finding).expect("readable");
        assert!(facts.iter().any(|fact| !fact.grounds.is_empty()), "{finding:?}");
    }
}

#[test]
fn what_is_wrong_leads_to_the_sentences_that_state_it() {
    let text = "Cork, 20 September 2017\n\nThe third World Forum on Open Cities was held in Cork, Ireland.\n";
    let engine = engine();
    let store = Store::in_memory(&Base::default()).expect("memory");
    let announcement = source::read("a.txt", text.as_bytes(), None).expect("readable").remove(0);
    let extraction = engine.extract(&announcement);
    let incoming = Incoming { extraction: &extraction, original: text.as_bytes(), source: "a.txt" };
    store.ingest_all(&Schema::from(engine.ontology()), &[incoming]).expect("stored");
    // A shape of one's own: no forum is held in Cork.
    let own = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix urbi: <https://w3id.org/urbi/ontology#> .
        <http://e.org/NotCork> a sh:NodeShape ; sh:targetSubjectsOf urbi:heldIn ; sh:property [
            sh:path urbi:heldIn ; sh:maxCount 0 ; sh:message \"not there\" ] .";
    let shapes = Shapes::parse("own", own).expect("sound");
    let findings = shapes.check(&store.view_triples().expect("readable")).expect("checked");
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    let facts = grounds(&Explainer::new(&store, &engine), finding).expect("readable");
    assert!(is_relation(facts[0].statement.predicate.as_ref()));
    assert!(facts[0].grounds[0].passage.quote.contains("was held in Cork"), "{facts:#?}");
}

#[test]
fn the_report_is_that_of_the_standard() {
    let findings = shapes().check(&triples(BROKEN)).expect("checked");
    let written = report::triples(&findings, &|_| Vec::new());
    let results = written.iter().filter(|triple| triple.predicate == sh::RESULT).count();
    assert_eq!(results, findings.len());
    for triple in written.iter().filter(|triple| triple.predicate == sh::RESULT) {
        let Term::BlankNode(result) = &triple.object else { panic!("{triple}") };
        let has = |predicate: oxrdf::NamedNodeRef<'_>| {
            let own = |t: &&Triple| t.subject == NamedOrBlankNode::from(result.clone()) && t.predicate == predicate;
            written.iter().filter(own).count() == 1
        };
        for predicate in [sh::FOCUS_NODE, sh::RESULT_SEVERITY, sh::SOURCE_CONSTRAINT_COMPONENT] {
            assert!(has(predicate), "{predicate} of {result}");
        }
    }
    assert!(report::triples(&[], &|_| Vec::new()).iter().any(|triple| triple.object.to_string().contains("true")));
}

#[test]
fn shapes_that_are_none_are_an_error() {
    assert!(Shapes::parse("x", "@prefix sh <").is_err());
}
