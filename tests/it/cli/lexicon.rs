//! `urbi lexicon`: names that a user adds or imports are used from then on.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::{Compression, write::GzEncoder};

use super::{Run, program, project, run, text, urbi};

/// What the folder's `news.txt` states, as Turtle, after a run of `urbi lexicon` with these arguments.
fn facts(folder: &Path, news: &str) -> String {
    fs::write(folder.join("news.txt"), news).expect("written");
    urbi(folder, &["extract", "-q", "news.txt"]).done()
}

fn lexicon(folder: &Path, arguments: &[&str]) -> Run {
    urbi(folder, &[&["lexicon"], arguments].concat())
}

fn own(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join("settings/urbi/profile/data/lexicon").join(name)).expect("the table is there")
}

#[test]
fn a_name_that_was_added_is_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let news = "The congress was held in Quillerville, Ireland, on 3 May 2021.\n";
    assert!(!facts(folder.path(), news).contains("Quillerville"));
    let add =
        ["add", "Quillerville", "--kind", "City", "--country", "ie", "--population", "90000", "--at", "52.1,-8.5"];
    let said = lexicon(folder.path(), &add).err;
    assert!(said.contains("own.tsv") && said.contains("quillerville"), "{said}");
    let graph = facts(folder.path(), news);
    assert!(graph.contains("Quillerville") && graph.contains("urbi:inCountry"), "{graph}");
    let before = own(folder.path(), "own.tsv");
    assert!(lexicon(folder.path(), &add).err.contains("already so"), "the same again changes nothing");
    assert_eq!(own(folder.path(), "own.tsv"), before);
    lexicon(folder.path(), &["add", "Harbour Forum", "--kind", "ConferenceSeries", "--acronym", "HAFO"]).done();
    assert_eq!(own(folder.path(), "own.tsv").lines().count(), 3);
    let explained = lexicon(folder.path(), &["explain", "HAFO"]).done();
    assert!(explained.contains("only in capitals") && explained.contains("own.tsv:3 has the name"), "{explained}");
}

#[test]
fn names_of_what_the_lexicon_has_go_to_that() {
    let folder = tempfile::tempdir().expect("a folder");
    let message = lexicon(folder.path(), &["add", "Cambridge", "--kind", "City"]).failed(2);
    assert!(
        message.contains("say by `key`")
            && message.contains("2653941 (Cambridge in GB)")
            && !message.contains("Newton"),
        "{message}"
    );
    lexicon(folder.path(), &["add", "Medellín", "--kind", "City", "--country", "CO", "--also", "Eternal Springtown"])
        .done();
    let explained = lexicon(folder.path(), &["explain", "eternal springtown"]).done();
    assert!(explained.contains("Medellín (City 3674962, in CO"), "{explained}");
    let graph = facts(folder.path(), "The forum was held in Eternal Springtown, Colombia, in 2019.\n");
    assert!(graph.contains("city/3674962") || graph.contains("3674962"), "{graph}");
}

#[test]
fn tables_are_imported_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |text: &str| fs::write(folder.path().join("bodies.csv"), text).expect("written");
    write(
        "name,acronym,country,homepage\n\"Guild of Bridge Builders, Inc.\",GOBB,IE,https://gobb.example/\nTower Keepers Union,,IE,\n",
    );
    let import = ["import", "bodies.csv", "--kind", "Organization"];
    let said = lexicon(folder.path(), &import).err;
    assert!(said.contains("bodies: 2 entries, 0 of them known before, 3 names"), "{said}");
    let table = own(folder.path(), "bodies.tsv");
    assert!(lexicon(folder.path(), &import).err.contains("nothing changed"));
    let graph = facts(
        folder.path(),
        "The third World Urban Forum was organized by the Tower Keepers Union in Cork, Ireland.\n",
    );
    assert!(graph.contains("Tower Keepers Union") && graph.contains("urbi:organizedBy"), "{graph}");
    write("name,acronym\nGuild of Bridge Builders,GOBB\n,NONE\n");
    let message = lexicon(folder.path(), &import).failed(1);
    assert!(message.contains("bodies.csv, line 3") && message.contains("label"), "{message}");
    write("name,akronym\nGuild,G\n");
    assert!(lexicon(folder.path(), &import).failed(1).contains("no column `akronym`"));
    assert_eq!(own(folder.path(), "bodies.tsv"), table, "a failed import changes nothing");
    let entries = fs::read_dir(folder.path().join("settings/urbi/profile/data/lexicon")).expect("readable");
    assert_eq!(entries.count(), 1, "no part is left");
    for arguments in [&["--as", "series"][..], &["--as", "own"]] {
        lexicon(folder.path(), &[&import, arguments].concat()).failed(2);
    }
    assert!(lexicon(folder.path(), &["import", "news.txt"]).failed(2).contains("--format"));
}

#[test]
fn vocabularies_link_to_what_is_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let skos = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix : <http://themes.example/> .\n\
        :7 a skos:Concept ; skos:prefLabel \"Harbour heritage\"@en , \"Patrimoine portuaire\"@fr ; skos:altLabel \"Port heritage\"@en .\n\
        :8 a skos:Concept ; skos:prefLabel \"Adult education\"@en ; skos:altLabel \"Schooling of adults\"@en .\n\
        :9 a skos:Concept ; skos:prefLabel \"Seulement\"@fr .\n";
    let mut packed =
        GzEncoder::new(fs::File::create(folder.path().join("t.ttl.gz")).expect("new"), Compression::fast());
    packed.write_all(skos.as_bytes()).expect("written");
    packed.finish().expect("written");
    let said = lexicon(folder.path(), &["import", "t.ttl.gz", "--as", "harbour"]).err;
    assert!(said.contains("2 entries, 1 of them known before") && said.contains("left out: 1 concepts"), "{said}");
    let explained = lexicon(folder.path(), &["explain", "Schooling of adults"]).done();
    assert!(
        explained.contains("Theme adult-education") && explained.contains("http://themes.example/8"),
        "{explained}"
    );
    let graph = facts(
        folder.path(),
        "The World Urban Forum took place in Cork, Ireland, in 2021 under the theme ‘Harbour heritage’.\n",
    );
    assert!(graph.contains("skos:exactMatch <http://themes.example/7>"), "{graph}");
    fs::write(folder.path().join("broken.ttl"), "@prefix a: <http://a.example/> .\na:b a:c\n").expect("written");
    let message = lexicon(folder.path(), &["import", "broken.ttl"]).failed(1);
    assert!(message.contains("broken.ttl, line"), "{message}");
}

#[test]
fn dumps_of_places_organizations_and_series() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    let place = |id: &str, name: &str, others: &str, class: &str, code: &str| {
        format!(
            "{id}\t{name}\t{name}\t{others}\t52.0\t-8.0\t{class}\t{code}\tIE\t\tM\t\t\t\t61000\t\t10\tEurope/Dublin\t2020-01-01\n"
        )
    };
    let dump = [
        place("99000001", "Quayhaven", "QHV,Quay Haven,http://q.example", "P", "PPL"),
        place("99000002", "Mount Nothing", "", "T", "MT"),
        place("2965140", "Cork", "Cork", "P", "PPLA"),
    ];
    write("IE.txt", &dump.concat());
    write(
        "names.txt",
        "1\t99000001\tga\tCuan na Cé\t\t\t\t\n2\t99000001\twkdt\tQ42\t\t\t\t\n3\t99000001\tiata\tQHV\t\t\t\t\n",
    );
    let said = lexicon(folder.path(), &["import", "IE.txt", "--alternate-names", "names.txt", "--lang", "ga"]).err;
    assert!(said.contains("ie: 1 entries") && said.contains("1 places that the lexicon has"), "{said}");
    let explained = lexicon(folder.path(), &["explain", "Cuan na Cé"]).done();
    assert!(
        explained.contains("Quayhaven (City 99000001, in IE (M), 61000") && explained.contains("Q42"),
        "{explained}"
    );
    assert!(facts(folder.path(), "The congress was held in Quayhaven, Ireland, in 2021.\n").contains("Quayhaven"));
    write("bad.txt", &dump.concat().replace("61000", "many"));
    assert!(lexicon(folder.path(), &["import", "bad.txt"]).failed(1).contains("bad.txt, line 1: `many`"));

    let two = r#"{"id": "https://ror.org/0aaa", "status": "active", "names": [{"value": "Tideway Institute", "types": ["ror_display", "label"], "lang": "en"}, {"value": "TIDI", "types": ["acronym"]}, {"value": "Common Name", "types": ["alias"]}], "locations": [{"geonames_details": {"country_code": "IE"}}], "links": [{"type": "website", "value": "https://tidi.example"}], "external_ids": [{"type": "wikidata", "preferred": "Q7", "all": ["Q7"]}]}"#;
    let one = r#"{"id": "https://ror.org/0bbb", "name": "Estuary College", "status": "active", "aliases": ["Common Name"], "acronyms": [], "labels": [], "country": {"country_code": "IE"}, "external_ids": {"Wikidata": {"all": ["Q8"]}}}"#;
    let gone = r#"{"id": "https://ror.org/0ccc", "name": "Gone College", "status": "withdrawn"}"#;
    write("ror.json", &format!("[{two}, {one}, {gone}]"));
    let said = lexicon(folder.path(), &["import", "ror.json"]).err;
    assert!(said.contains("ror: 2 entries") && said.contains("1 organizations that are no longer active"), "{said}");
    assert!(lexicon(folder.path(), &["explain", "TIDI"]).done().contains("https://ror.org/0aaa"));
    lexicon(folder.path(), &["explain", "Common Name"]).failed(1);

    let series = "{\"title\": \"TIDECON\", \"description\": \"Symposium on Tides\", \"confs\": []}\n";
    let said = run(program(folder.path())
        .args(["lexicon", "import", "-", "--format", "series", "--as", "tides"])
        .write_stdin(series));
    assert!(said.err.contains("tides: 1 entries"), "{}", said.err);
    assert!(
        lexicon(folder.path(), &["search", "symposium on ti"])
            .done()
            .contains("Symposium on Tides\tConferenceSeries\ttidecon")
    );
}

#[test]
fn a_named_profile_comes_before_the_usual_one() {
    let folder = tempfile::tempdir().expect("a folder");
    lexicon(folder.path(), &["add", "Usualton", "--kind", "City"]).done();
    lexicon(folder.path(), &["add", "Namedton", "--kind", "City", "--profile", "mine"]).done();
    let knows =
        |name: &str, arguments: &[&str]| lexicon(folder.path(), &[&["explain", name], arguments].concat()).code == 0;
    assert!(knows("Usualton", &[]) && !knows("Namedton", &[]));
    assert!(knows("Namedton", &["--profile", "mine"]) && !knows("Usualton", &["--profile", "mine"]));
    let by_variable = run(program(folder.path()).args(["lexicon", "explain", "Namedton"]).env("URBI_PROFILE", "mine"));
    assert_eq!(by_variable.code, 0, "{}", by_variable.err);
}

#[test]
fn homonyms_are_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let cambridge = lexicon(folder.path(), &["explain", "Cambridge"]).done();
    assert!(cambridge.contains("as City: ambiguous") && cambridge.contains("Cambridge 2653941 wins"), "{cambridge}");
    assert!(lexicon(folder.path(), &["explain", "Georgia"]).done().contains("of several kinds"));
    let message = lexicon(folder.path(), &["search", "zzzzqqq"]).failed(1);
    assert!(message.contains("no name of the lexicon begins with"), "{message}");
}

#[test]
fn whole_collections_of_others() {
    let shared = project().join("../shared/data");
    if !shared.exists() {
        eprintln!("left out: the collections are not there");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (file, name, least) in [
        ("unesco-thesaurus/unesco-thesaurus.ttl.gz", "unesco", 4_000),
        ("ror/ror_latest_known.jsonl.gz", "ror", 40_000),
        ("conf-ccf/series.jsonl.gz", "ccf", 300),
    ] {
        lexicon(folder.path(), &["import", text(&shared.join(file)), "--as", name]).done();
        let entries = own(folder.path(), &format!("{name}.tsv")).lines().count();
        assert!(entries > least, "{name}: {entries}");
    }
    let explained = lexicon(folder.path(), &["explain", "Environmental awareness"]).done();
    assert!(explained.contains("vocabularies.unesco.org/thesaurus/concept10009"), "{explained}");
}
