//! From any fact back to the bytes that hold its quote, and to what agrees, contradicts and was decided.

use std::{collections::BTreeSet, fs, path::Path, sync::OnceLock};

use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use urbi::{
    curation::{Action, Decision, Fact as Decided},
    engine::Engine,
    explain::{Explainer, Fact, Ground, Pattern, Role, prov},
    fact::quads::PassageRecord,
    profile::Profile,
    source,
    store::{Incoming, Store},
    view::{Schema, Standing, is_fact},
    vocab::{Base, urbi as terms, xsd},
};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(&Profile::embedded(), &Base::default()).expect("the embedded profile loads"))
}

fn schema() -> Schema {
    Schema::from(engine().ontology())
}

/// A store in memory that holds these files.
fn store_of(files: &[(String, Vec<u8>)]) -> Store {
    let store = Store::in_memory(&Base::default()).expect("memory");
    for (name, bytes) in files {
        for announcement in source::read(name, bytes, None).unwrap_or_else(|error| panic!("{error}")) {
            let extraction = engine().extract(&announcement);
            let incoming = Incoming { extraction: &extraction, original: bytes, source: name };
            store.ingest_all(&schema(), &[incoming]).expect("stored");
        }
    }
    store
}

fn news(texts: &[(&str, &str)]) -> Store {
    let files: Vec<(String, Vec<u8>)> =
        texts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    store_of(&files)
}

/// The sample announcements, and the pages of the golden cases.
fn samples() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["data/announcements", "tests/golden/html"] {
        let entries = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter();
        for entry in entries.map(|entry| entry.expect("readable")) {
            let known = |end| ["txt", "md", "html"].contains(&end);
            let is_input = entry.path().extension().and_then(|end| end.to_str()).is_some_and(known);
            if is_input && !entry.path().ends_with("expected.txt") {
                let bytes = fs::read(entry.path()).expect("readable");
                files.push((entry.path().display().to_string(), bytes));
            }
        }
    }
    assert!(files.len() > 20);
    files
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a page that is not UTF-8 says it is; the old web, which says nothing, is windows-1252.
fn charset(page: &[u8]) -> &'static encoding_rs::Encoding {
    let text = page.escape_ascii().to_string().to_lowercase();
    let name = text.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\\', '\'']));
    let end = |name: &str| name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    let known = name.and_then(|name| encoding_rs::Encoding::for_label(&name.as_bytes()[..end(name)]));
    known.unwrap_or(encoding_rs::WINDOWS_1252)
}

/// The bytes of a passage, decoded by other means than those that found it.
fn decoded(media_type: &str, original: &[u8], passage: &PassageRecord) -> [String; 2] {
    let parts: Vec<String> = passage
        .bytes
        .iter()
        .map(|range| &original[range.start as usize..range.end as usize])
        .map(|bytes| match str::from_utf8(original) {
            Ok(_) => str::from_utf8(bytes).expect("a passage is cut at characters").to_owned(),
            Err(_) => charset(original).decode_without_bom_handling(bytes).0.into_owned(),
        })
        .map(|text| match media_type {
            "text/html" => {
                let tokens = html5gum::Tokenizer::new(text.as_str()).map(|Ok(token)| token);
                let texts = tokens.filter_map(|token| match token {
                    html5gum::Token::String(text) => Some(String::from_utf8_lossy(&text).into_owned()),
                    _ => None,
                });
                texts.collect()
            }
            _ => text,
        })
        .collect();
    [words(&parts.concat()), words(&parts.join(" "))]
}

#[test]
fn every_fact_ends_at_bytes_that_hold_its_quote() {
    let store = store_of(&samples());
    let explainer = Explainer::new(&store, engine());
    let view = store.view_triples().expect("readable");
    let (mut facts, mut passages) = (0, 0);
    for triple in view.iter().filter(|triple| is_fact(triple.predicate.as_ref())) {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { panic!("{triple}") };
        let asked =
            Pattern { subject: Some(subject), predicate: Some(&triple.predicate), object: Some(&triple.object) };
        let explained = explainer.explain(asked).expect("readable");
        let [fact] = explained.as_slice() else { panic!("{triple}: {} explanations", explained.len()) };
        assert_eq!(fact.statement, *triple);
        assert_eq!(fact.standing, Standing::Stands, "{triple}");
        assert!(!fact.grounds.is_empty(), "{triple} has no evidence");
        assert!(fact.confidence.thousandths() > 0, "{triple}");
        for ground in &fact.grounds {
            let original = store.original(&ground.source.iri).expect("readable").expect("kept");
            assert_ne!(ground.in_original, Some(false), "{triple}: {:?}", ground.passage);
            for passage in std::iter::once(&ground.passage).chain(&ground.rests_on) {
                let quote = words(&passage.quote);
                let held = decoded(&ground.source.media_type, &original, passage);
                // Of a time that is meant for machines, the day is quoted.
                let is_held = |held: &String| {
                    held.strip_prefix(&quote).is_some_and(|rest| rest.is_empty() || rest.starts_with(['T', ' ']))
                };
                assert!(held.iter().any(is_held), "{triple}: {quote:?} is not {held:?}");
                passages += 1;
            }
            assert!(!ground.firings.is_empty());
        }
        facts += 1;
    }
    assert!(facts > 500 && passages > facts, "{facts} facts, {passages} passages");
}

/// The facts that an entity of the samples has by a relation.
fn explain(store: &Store, subject: &str, predicate: oxrdf::NamedNodeRef<'_>) -> Vec<Fact> {
    let subject = iri(subject);
    let predicate = predicate.into_owned();
    let asked = Pattern { subject: Some(&subject), predicate: Some(&predicate), object: None };
    Explainer::new(store, engine()).explain(asked).expect("readable")
}

fn iri(path: &str) -> NamedNode {
    NamedNode::new(format!("{}{path}", Base::DEFAULT)).expect("an IRI")
}

fn value(fact: &Fact) -> &str {
    match &fact.statement.object {
        Term::Literal(literal) => literal.value(),
        Term::NamedNode(node) => node.as_str().trim_start_matches(Base::DEFAULT),
        other => panic!("{other}"),
    }
}

fn standings(facts: &[Fact]) -> Vec<(&str, Standing)> {
    facts.iter().map(|fact| (value(fact), fact.standing)).collect()
}

const ANNOUNCED: (&str, &str) = (
    "a.txt",
    "Cork, 1 March 2020\n\nThe fifth World Forum on Open Cities will take place in Cork, Ireland, \
     from 3 to 5 October 2020.\n",
);
const POSTPONED: (&str, &str) = (
    "b.txt",
    "Cork, 1 July 2020\n\nThe fifth World Forum on Open Cities will take place in Cork, Ireland, \
     from 6 to 8 May 2021.\n",
);
const ROUGHLY: (&str, &str) = (
    "c.txt",
    "Cork, 1 September 2020\n\nThe fifth World Forum on Open Cities will take place in Cork, Ireland, in May 2021.\n",
);

/// The forum of the announcements above.
fn forum(store: &Store) -> NamedNode {
    let view = store.view_triples().expect("readable");
    let held = view.iter().find(|triple| triple.predicate == terms::START_DATE).expect("it has a date");
    let NamedOrBlankNode::NamedNode(subject) = &held.subject else { panic!("{held}") };
    subject.clone()
}

#[test]
fn a_later_announcement_corrects_and_a_vague_one_agrees() {
    let store = news(&[ANNOUNCED, POSTPONED, ROUGHLY]);
    let forum = forum(&store);
    let start = terms::START_DATE.into_owned();
    let asked = Pattern { subject: Some(&forum), predicate: Some(&start), object: None };
    let facts = Explainer::new(&store, engine()).explain(asked).expect("readable");
    let found = standings(&facts);
    assert!(found.contains(&("2021-05-06", Standing::Stands)), "{found:?}");
    assert!(found.contains(&("2020-10-03", Standing::Corrected)), "{found:?}");
    assert!(found.contains(&("2021-05", Standing::Refined)), "{found:?}");
    let stands = &facts[0];
    let role = |wanted: &str| {
        let other = stands.others.iter().find(|other| other.value.to_string().contains(wanted));
        other.map(|other| other.role)
    };
    assert_eq!(role("2020-10-03"), Some(Role::Contradicts));
    assert_eq!(role("\"2021-05\""), Some(Role::Agrees));
    let dates: Vec<Option<&str>> = stands.grounds.iter().map(|g| g.source.announced_on.as_deref()).collect();
    assert_eq!(dates, [Some("2020-07-01")]);
}

#[test]
fn what_was_announced_on_one_day_is_in_conflict() {
    let same_day = POSTPONED.1.replace("1 July 2020", "1 March 2020");
    let store = news(&[ANNOUNCED, ("b.txt", &same_day)]);
    let facts = explain(&store, forum(&store).as_str().trim_start_matches(Base::DEFAULT), terms::START_DATE);
    let mut found: Vec<Standing> = facts.iter().map(|fact| fact.standing).collect();
    found.sort();
    assert_eq!(found, [Standing::Stands, Standing::Contradicted]);
}

#[test]
fn decisions_are_told_with_the_facts_that_they_are_about() {
    let store = news(&[ANNOUNCED, POSTPONED]);
    let forum = forum(&store);
    let date = |day: &str| Term::from(Literal::new_typed_literal(day, xsd::DATE));
    let fact =
        Decided { subject: forum.clone(), predicate: terms::START_DATE.into_owned(), object: date("2021-05-06") };
    let decision = Decision {
        author: "Ada".to_owned(),
        time: "2021-01-01T00:00:00Z".parse().expect("a time"),
        reason: Some("a typing mistake".to_owned()),
        action: Action::Correct { fact, value: date("2021-05-07"), naming: None },
    };
    store.decide(&schema(), &[decision]).expect("decided");
    let facts = explain(&store, forum.as_str().trim_start_matches(Base::DEFAULT), terms::START_DATE);
    let found = standings(&facts);
    assert!(found.contains(&("2021-05-07", Standing::Stands)), "{found:?}");
    assert!(found.contains(&("2021-05-06", Standing::Rejected)), "{found:?}");
    assert!(found.contains(&("2020-10-03", Standing::Excluded)), "{found:?}");
    for fact in facts.iter().filter(|fact| value(fact).starts_with("2021-05-0")) {
        assert_eq!(fact.decisions.len(), 1, "{}", fact.statement);
        assert_eq!(fact.decisions[0].decision.author, "Ada");
    }
    let decided = facts.iter().find(|fact| value(fact) == "2021-05-07").expect("it stands");
    assert!(decided.grounds.is_empty());
}

#[test]
fn names_lead_to_the_keys_that_are_joined() {
    let store = store_of(&samples());
    let explainer = Explainer::new(&store, engine());
    let facts = explain(&store, "conference/iclc-5", terms::HELD_IN);
    let documents: BTreeSet<NamedNode> =
        facts.iter().flat_map(|fact| &fact.grounds).map(|ground| ground.source.iri.clone()).collect();
    assert!(documents.len() > 2);
    let naming = explainer.naming(&iri("conference/iclc-2021"), &documents).expect("readable");
    assert_eq!(naming.entity, iri("conference/iclc-5"));
    assert!(naming.keys.contains(&iri("conference/iclc-2021")));
    assert!(!naming.joined.is_empty());
    assert_eq!(naming.told.len(), documents.len());
    for told in &naming.told {
        assert!(!told.mentions.is_empty() && told.mentions.iter().all(|mention| mention.reason.is_some()));
        assert!(naming.keys.contains(&told.named.iri));
    }
}

#[test]
fn provenance_in_rdf_leads_from_each_fact_to_a_quotation() {
    let store = store_of(&samples());
    let explainer = Explainer::new(&store, engine());
    let subject = iri("conference/iclc-5");
    let facts = explainer.explain(Pattern { subject: Some(&subject), ..Pattern::default() }).expect("readable");
    let documents: BTreeSet<NamedNode> =
        facts.iter().flat_map(|fact| &fact.grounds).map(|ground: &Ground| ground.source.iri.clone()).collect();
    let names = [explainer.naming(&subject, &documents).expect("readable")];
    let described = prov::describe(&explainer, &facts, &names);
    assert!(described.graphs.is_sorted_by_key(ToString::to_string));
    let mut dataset = oxrdf::Dataset::new();
    for triple in &described.view {
        dataset.insert(triple.as_ref().in_graph(oxrdf::GraphNameRef::DefaultGraph));
    }
    described.graphs.iter().for_each(|quad| {
        dataset.insert(quad);
    });
    let text = "SELECT DISTINCT ?s ?p ?o { ?s ?p ?o .
        GRAPH ?evidence { ?key ?p ?stated }
        GRAPH urbi:provenance {
            ?evidence a prov:Entity ; prov:wasGeneratedBy ?firing ; prov:hadPrimarySource ?document .
            ?firing a prov:Activity ; prov:used ?passage ; prov:qualifiedAssociation [ prov:agent ?agent ; prov:hadPlan ?rule ] .
            ?agent a prov:SoftwareAgent . ?rule a prov:Plan .
            ?passage a prov:Entity ; prov:value ?quote ; prov:wasQuotedFrom ?document .
        } }";
    let query = urbi::query::Query::parse("test", text, urbi::vocab::PREFIXES).expect("SPARQL");
    let answer = query.on_dataset(std::sync::Arc::new(dataset), urbi::query::Limits::default()).expect("answered");
    let urbi::query::Answer::Solutions { rows, .. } = answer else { panic!("rows") };
    let led: BTreeSet<String> = rows
        .iter()
        .map(|row| ["s", "p", "o"].map(|name| row.get(name).map(ToString::to_string).unwrap_or_default()).join(" "))
        .collect();
    for fact in facts.iter().filter(|fact| fact.standing.is_in_view()) {
        let Triple { subject, predicate, object } = &fact.statement;
        assert!(led.contains(&format!("{subject} {predicate} {object}")), "{}", fact.statement);
    }
}
