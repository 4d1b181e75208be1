//! The store on disk: what it says when something is wrong, and that nothing is lost then.

use std::{fs, path::Path};

use oxrdf::{GraphNameRef, Literal, NamedNode, Triple};
use sha2::{Digest, Sha256};
use urbi::{
    fact::{Confidence, Document, Evidence, Extraction, Passage, PassageId, RuleRef},
    ontology::Ontology,
    profile::Profile,
    store::{DumpError, Ingested, OpenError, Store, StoreError},
    view::Schema,
    vocab::{Base, rdfs, urbi as terms},
};

fn schema() -> Schema {
    Schema::from(&Ontology::load(&Profile::embedded()).expect("the embedded ontology is sound"))
}

fn iri(path: &str) -> NamedNode {
    NamedNode::new(format!("{}{path}", Base::DEFAULT)).expect("an IRI")
}

/// An announcement that states that a conference is held in a city.
fn announcement(text: &str) -> Extraction {
    let digest: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let (conference, city) = (iri("conference/iclc-5"), iri("city/3674962"));
    let triples = vec![
        Triple::new(city.clone(), rdfs::LABEL, Literal::from("Medellín")),
        Triple::new(conference, terms::HELD_IN, city),
    ];
    Extraction {
        document: Document {
            iri: Base::default().document(&digest),
            media_type: "text/plain".to_owned(),
            length: text.len() as u64,
            title: None,
        },
        passages: vec![Passage { chars: 0..9, bytes: Vec::from([0..5, 7..12]), quote: text.to_owned() }],
        evidence: vec![Evidence {
            triples,
            rule: RuleRef { name: "held-in".to_owned(), version: "0badcafe".to_owned() },
            trigger: PassageId(0),
            antecedents: Vec::new(),
            cites: vec![iri("lexicon/geonames/3674962")],
            confidence: Confidence::from_thousandths(900),
        }],
        notes: Vec::new(),
    }
}

fn put(store: &Store, text: &str, source: &str) -> Result<Ingested, StoreError> {
    store.ingest(&schema(), &announcement(text), text.as_bytes(), source)
}

/// A store with one document, closed again.
fn a_store(folder: &Path) {
    let store = Store::create(folder, &Base::default()).expect("a new folder");
    assert_eq!(put(&store, "one", "a.txt").expect("room"), Ingested::Added);
    store.flush().expect("room");
}

#[test]
fn keeps_what_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("urbi.db");
    a_store(&path);
    let held = {
        let store = Store::open(&path, None).unwrap();
        assert_eq!(put(&store, "one", "a.txt").unwrap(), Ingested::Unchanged);
        assert_eq!(put(&store, "one", "copy.txt").unwrap(), Ingested::Known);
        assert_eq!(put(&store, "two", "a.txt").unwrap(), Ingested::Replaced);
        assert!(store.needs_rebuild("profile").unwrap());
        store.set_profile("profile").unwrap();
        store.view_triples().unwrap()
    };
    let store = Store::open_read_only(&path).unwrap();
    assert_eq!(store.view_triples().unwrap(), held);
    assert!(!store.needs_rebuild("profile").unwrap());
    let documents = store.documents().unwrap();
    assert_eq!(documents.len(), 2);
    let second = announcement("two").document.iri;
    assert_eq!(store.document_of("a.txt").unwrap(), Some(second.clone()));
    assert_eq!(store.original(&second).unwrap().as_deref(), Some(&b"two"[..]));
    // Readers stand beside each other, and cannot write.
    let other = Store::open_read_only(&path).unwrap();
    assert!(matches!(put(&other, "three", "b.txt"), Err(StoreError::ReadOnly(_))));
}

#[test]
fn forgets_with_the_original() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("urbi.db");
    a_store(&path);
    let store = Store::open(&path, None).unwrap();
    let document = announcement("one").document.iri;
    put(&store, "one", "copy.txt").unwrap();
    assert!(store.forget(&schema(), "a.txt").unwrap());
    assert!(!store.forget(&schema(), "a.txt").unwrap(), "it is forgotten already");
    assert!(!store.view_triples().unwrap().is_empty(), "the copy still states it");
    assert!(store.forget(&schema(), document.as_str()).unwrap());
    assert!(store.view_triples().unwrap().is_empty());
    assert!(store.evidence_quads().unwrap().is_empty());
    assert_eq!(store.original(&document).unwrap(), None);
}

#[test]
fn explains() {
    let store = Store::in_memory(&Base::default()).unwrap();
    put(&store, "one", "a.txt").unwrap();
    let conference = iri("conference/iclc-5");
    let found = store.explain(Some(&conference), Some(&terms::HELD_IN.into_owned()), None).unwrap();
    assert_eq!(found.len(), 1);
    let found = &found[0];
    assert_eq!(found.passage.quote, "one");
    assert_eq!(found.passage.chars, 0..9);
    assert_eq!(found.passage.bytes, [0..5, 7..12]);
    assert_eq!(found.evidence.rule, iri("rule/held-in/0badcafe"));
    assert_eq!(found.evidence.confidence.thousandths(), 900);
    assert_eq!(found.evidence.cites, [iri("lexicon/geonames/3674962")]);
    assert_eq!(store.explain(None, None, None).unwrap().len(), 2);
}

#[test]
fn says_what_is_wrong_with_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("urbi.db");
    let message = |path: &Path| Store::open(path, None).err().unwrap().to_string();
    assert!(matches!(Store::open(&path, None), Err(OpenError::Missing(_))));
    assert!(message(&path).contains("urbi build"), "{}", message(&path));

    let other = folder.path().join("pictures");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("cat.jpg"), "meow").unwrap();
    assert!(matches!(Store::open(&other, None), Err(OpenError::NotAStore(_))));
    assert!(matches!(Store::open_or_create(&other, None), Err(OpenError::NotAStore(_))));
    assert!(matches!(Store::open(&other.join("cat.jpg"), None), Err(OpenError::NotAStore(_))));
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1, "nothing was added to it");

    a_store(&path);
    assert!(matches!(Store::create(&path, &Base::default()), Err(OpenError::Exists(_))));
    let wanted = Base::new("https://example.org/").unwrap();
    assert!(matches!(Store::open(&path, Some(&wanted)), Err(OpenError::Base { .. })));

    let description = path.join("store.toml");
    let text = fs::read_to_string(&description).unwrap();
    fs::write(&description, text.replace("layout = 2", "layout = 99")).unwrap();
    assert!(matches!(Store::open(&path, None), Err(OpenError::Newer { found: 99, .. })));
    fs::write(&description, "layout = ").unwrap();
    assert!(matches!(Store::open(&path, None), Err(OpenError::Damaged { .. })));
    fs::write(&description, [0xff, 0xfe]).unwrap();
    assert!(matches!(Store::open(&path, None), Err(OpenError::Damaged { .. })));
    fs::write(&description, &text).unwrap();
    assert!(Store::open(&path, None).is_ok());
}

#[test]
fn a_damaged_database_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("urbi.db");
    a_store(&path);
    fs::write(path.join("rdf/CURRENT"), "MANIFEST-999999\n").unwrap();
    let error = Store::open(&path, None).err().unwrap();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("urbi.db"), "{error}");
    fs::remove_dir_all(path.join("rdf")).unwrap();
    assert!(matches!(Store::open(&path, None), Err(OpenError::Damaged { .. })));
}

#[test]
fn one_writer_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("urbi.db");
    let writer = Store::create(&path, &Base::default()).unwrap();
    for error in [Store::open(&path, None).err().unwrap(), Store::open_read_only(&path).err().unwrap()] {
        assert!(matches!(error, OpenError::InUse { .. }), "{error}");
        assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
    }
    put(&writer, "one", "a.txt").unwrap();
    drop(writer);
    let reader = Store::open_read_only(&path).unwrap();
    assert!(matches!(Store::open(&path, None), Err(OpenError::InUse { .. })));
    drop(reader);
    assert!(Store::open(&path, None).is_ok());
}

#[test]
fn what_cannot_be_kept_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("urbi.db");
    a_store(&path);
    let store = Store::open(&path, None).unwrap();
    let before = (store.view_triples().unwrap(), store.evidence_quads().unwrap());
    let digest = announcement("two").document.iri.as_str().rsplit('/').next().unwrap()[..2].to_owned();
    fs::write(path.join("originals").join(digest), "in the way").unwrap();
    let error = put(&store, "two", "a.txt").unwrap_err();
    assert!(matches!(error, StoreError::Original { .. }), "{error}");
    let wrong = store.ingest(&schema(), &announcement("two"), b"other bytes", "a.txt").unwrap_err();
    assert!(wrong.to_string().contains("a.txt"), "{wrong}");
    assert_eq!((store.view_triples().unwrap(), store.evidence_quads().unwrap()), before);
}

#[test]
fn an_older_layout_becomes_the_new_one_when_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("urbi.db");
    a_store(&path);
    let description = path.join("store.toml");
    let first = format!("layout = 1\nbase = \"{}\"\nprogram = \"0.1.0\"\n", Base::DEFAULT);
    fs::write(&description, &first).unwrap();
    let held = Store::open_read_only(&path).unwrap().view_triples().unwrap();
    assert_eq!(fs::read_to_string(&description).unwrap(), first, "reading changes nothing");
    // What a process left that died while it wrote a database anew.
    fs::create_dir(path.join("rdf-2")).unwrap();
    fs::write(path.join("rdf-2/CURRENT"), "nonsense").unwrap();
    let store = Store::open(&path, None).unwrap();
    assert_eq!(store.view_triples().unwrap(), held);
    drop(store);
    let text = fs::read_to_string(&description).unwrap();
    assert!(text.contains("layout = 2") && text.contains("database = \"rdf\""), "{text}");
    assert!(!path.join("rdf-2").exists());
    for wrong in ["../elsewhere", "originals", ""] {
        fs::write(&description, text.replace("\"rdf\"", &format!("{wrong:?}"))).unwrap();
        assert!(matches!(Store::open(&path, None), Err(OpenError::Damaged { .. })), "{wrong}");
    }
}

#[test]
fn a_database_written_anew_takes_the_place_of_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("urbi.db");
    a_store(&path);
    let content =
        |store: &Store| (store.view_triples().unwrap(), store.evidence_quads().unwrap(), store.documents().unwrap());
    let store = Store::open(&path, None).unwrap();
    let (before, commits) = (content(&store), store.commit_number().unwrap());
    assert!(commits > 0);
    let anew = store.copy_anew().unwrap();
    let store = store.succeed(anew).unwrap();
    assert_eq!(content(&store), before);
    assert!(store.commit_number().unwrap() > commits);
    // One that is not put in its place leaves no trace.
    drop(store.copy_anew().unwrap());
    drop(store);
    let store = Store::open(&path, None).unwrap();
    assert_eq!(content(&store), before);
    let anew = store.begin_anew(&schema()).unwrap();
    let announcement = announcement("two");
    anew.store().ingest(&schema(), &announcement, b"two", "b.txt").unwrap();
    let store = store.succeed(anew).unwrap();
    assert_eq!(store.documents().unwrap().len(), 1);
    drop(store);
    let databases =
        fs::read_dir(&path).unwrap().flatten().filter(|e| e.file_name().to_string_lossy().starts_with("rdf"));
    assert_eq!(databases.count(), 1);
    assert_eq!(Store::open_read_only(&path).unwrap().documents().unwrap()[0].sources, ["b.txt"]);
}

#[test]
fn graphs_of_others_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("urbi.db");
    a_store(&path);
    let store = Store::open(&path, None).unwrap();
    let graph = NamedNode::new("https://example.org/mine").unwrap();
    let mine = vec![Triple::new(iri("city/3674962"), rdfs::LABEL, Literal::from("my city"))];
    store.put_graph(&graph, &mine, true).unwrap();
    let held = |store: &Store| store.graph(GraphNameRef::NamedNode(graph.as_ref())).unwrap();
    let anew = store.begin_anew(&schema()).unwrap();
    let store = store.succeed(anew).unwrap();
    assert_eq!(held(&store), Some(mine.clone()));
    let mut dump = Vec::new();
    store.dump(&mut dump).unwrap();
    let make = |base: &Base| Store::in_memory(base).map_err(DumpError::from);
    let loaded = Store::load(dump.as_slice(), &schema(), make).unwrap();
    assert_eq!(held(&loaded), Some(mine));
    let damaged = Store::load(&dump[..dump.len() / 2], &schema(), make);
    assert!(matches!(damaged, Err(DumpError::Io { .. } | DumpError::Damaged(_))));
}
