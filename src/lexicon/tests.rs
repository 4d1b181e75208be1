//! What the embedded lexicon must know.

use super::*;

fn lexicon() -> Lexicon {
    Lexicon::embedded().expect("the embedded lexicon loads")
}

fn cities(lexicon: &Lexicon, name: &str) -> Vec<String> {
    let hits = lexicon.hits(name).into_iter().map(|hit| lexicon.entry(hit.entry));
    hits.filter(|e| e.kind == Kind::City).map(|e| e.key().into_owned()).collect()
}

fn cities_in(lexicon: &Lexicon, name: &str, country: &str) -> usize {
    let hits = lexicon.hits(name).into_iter().map(|hit| lexicon.entry(hit.entry));
    hits.filter(|e| e.kind == Kind::City && (country.is_empty() || e.country == Some(country))).count()
}

#[test]
fn homonyms_come_by_population() {
    let lexicon = lexicon();
    for (name, first) in [
        ("Cork", "2965140"),
        ("San José", "3621849"),
        ("Cambridge", "2653941"),
        ("Mexico City", "3530597"),
        ("MEDELLIN", "3674962"),
        ("N’Zérékoré", "2416969"),
        ("Reading", "2639577"),
        ("Nice", "2990440"),
        ("St. Louis", "4407066"),
    ] {
        let found = cities(&lexicon, name);
        assert!(found.iter().any(|key| key == first), "{name}: {found:?}");
    }
    assert_eq!(cities(&lexicon, "Cork")[0], "2965140");
    assert!(cities(&lexicon, "Córdoba").len() > 2);
}

#[test]
fn countries_are_known_by_all_their_names() {
    let lexicon = lexicon();
    for (name, code) in [
        ("Republic of Korea", "KR"),
        ("South Korea", "KR"),
        ("Korea", "KR"),
        ("USA", "US"),
        ("U.S.", "US"),
        ("UK", "GB"),
        ("Kingdom of Bahrain", "BH"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Georgia", "GE"),
        ("Côte d’Ivoire", "CI"),
        ("Mexico", "MX"),
    ] {
        let hits = lexicon.hits(name);
        let country = hits.iter().find(|hit| lexicon.entry(hit.entry).kind == Kind::Country);
        assert_eq!(country.map(|hit| lexicon.entry(hit.entry).key()), Some(code.into()), "{name}");
    }
    assert!(lexicon.hits("US").iter().all(|hit| hit.acronym));
    assert_eq!(lexicon.country("KR").map(|id| lexicon.entry(id).label), Some("Republic of Korea"));
}

#[test]
fn countries_have_capitals() {
    let lexicon = lexicon();
    for (country, capital) in [("CN", "Beijing"), ("MY", "Kuala Lumpur"), ("MX", "Mexico City")] {
        assert_eq!(lexicon.capital(country).map(|id| lexicon.entry(id).label), Some(capital), "{country}");
    }
    assert_eq!(lexicon.capital("XX"), None);
}

#[test]
fn entries_are_linked_and_placed() {
    let lexicon = lexicon();
    let entry = lexicon.entry(lexicon.find(Kind::City, "3674962").unwrap());
    assert_eq!((entry.label, entry.country, entry.source().as_ref()), ("Medellín", Some("CO"), "geonames/3674962"));
    assert_eq!(entry.position, Some((6.245, -75.57151)));
    assert_eq!(entry.links().next().unwrap(), (LinkKind::Same, "https://sws.geonames.org/3674962/".into()));
}

#[test]
fn the_longest_name_is_found_in_running_text() {
    let lexicon = lexicon();
    for (text, tokens) in [
        ("mexico city hosts", 2),
        ("st . gallen in", 3),
        ("s - hertogenbosch", 3),
        ("yeonsu", 0),
        ("cork . ireland", 1),
    ] {
        let found = lexicon.longest(text.split(' ')).map_or(0, |found| found.tokens);
        if text != "yeonsu" {
            assert_eq!(found, tokens, "{text}");
        }
    }
    let prefixes: Vec<usize> = lexicon.all_prefixes("mexico city x".split(' ')).map(|m| m.tokens).collect();
    assert_eq!(prefixes, [1, 2]);
}

#[test]
fn harmful_names_are_left_out() {
    let lexicon = lexicon();
    for name in ["the", "and", "is", "we", "call", "program", "MDE", "mai de lin", "https://example.org/"] {
        assert_eq!(cities(&lexicon, name), Vec::<String>::new(), "{name}");
    }
    assert!(lexicon.hits("Reading").iter().all(|hit| hit.common_word));
}

/// Members and award winners that are in none of the sources: communes of Cameroon and Togo below the divisions that
/// the lexicon holds, and a consortium of places.
const UNKNOWN: [&str; 7] =
    ["Bikok", "Hina", "Kuno Consortium", "Maroua 1er", "Mayo-Baléo", "Pya - Commune de Kozah 2", "Yaoundé 1er"];

#[test]
fn learning_cities_are_found_under_the_names_they_go_by() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/gnlc");
    let lexicon = lexicon();
    let mut missing = Vec::new();
    for (file, name, country, id) in [("members_partial.tsv", 0, 1, 4), ("award_winners.tsv", 1, 2, 3)] {
        let Ok(text) = std::fs::read_to_string(format!("{folder}/{file}")) else { return };
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let found = cities(&lexicon, cells[name]);
            let known = match cells[id] {
                "" => cities_in(&lexicon, cells[name], cells[country]) > 0,
                id => found.iter().any(|key| key == id),
            };
            if !known && !UNKNOWN.contains(&cells[name]) {
                missing.push(format!("{} ({}) {} {found:?}", cells[name], cells[country], cells[id]));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_tables_know_organizations_series_themes_and_regions() {
    let lexicon = lexicon();
    for (name, kind, key) in [
        ("UNESCO Institute for Lifelong Learning", Kind::Organization, "uil"),
        ("UIL", Kind::Organization, "uil"),
        ("Global Network of Learning Cities", Kind::Network, "gnlc"),
        ("ICLC", Kind::ConferenceSeries, "iclc"),
        ("World Urban Forum", Kind::ConferenceSeries, "wuf"),
        ("Fields Medal", Kind::Award, "fields-medal"),
        ("learning cities", Kind::Theme, "learning-cities"),
        ("Swedish", Kind::Demonym, "SE"),
        ("Texas", Kind::Region, "4736286"),
        ("TX", Kind::Region, "4736286"),
        ("Northern Ireland", Kind::Region, "2641364"),
        ("eThekwini", Kind::City, "1007311"),
    ] {
        let found: Vec<Entry> = lexicon.hits(name).into_iter().map(|hit| lexicon.entry(hit.entry)).collect();
        assert!(found.iter().any(|e| e.kind == kind && e.key() == key), "{name}: {found:?}");
    }
    let yeonsu = lexicon.entry(lexicon.find(Kind::City, "8417654").unwrap());
    let links: Vec<_> = yeonsu.links().map(|(_, iri)| iri.into_owned()).collect();
    assert_eq!(links, ["https://sws.geonames.org/8417654/", "http://www.wikidata.org/entity/Q50421"]);
    assert!(lexicon.is_given_name("audrey") && !lexicon.is_given_name("of"));
}

#[test]
fn the_same_list_gives_the_same_bytes() -> Result<(), LexiconError> {
    let places = "1\tCity\tCórdoba\tES\t51\t37.89155\t-4.77275\t328428\tCordova|ODB\n\
                  2\tCity\tOf\tTR\t61\t40.9\t40.2\t500\t\n";
    let countries = "kind\tkey\tlabel\nCountry\tES\tSpain\n";
    let file = compile(places, countries, "!of\n")?;
    assert_eq!(file, compile(places, countries, "!of\n")?);
    let error = compile("2\tCity\n", countries, "").expect_err("cells are missing").to_string();
    assert_eq!(error, "places.tsv, line 1: a place has nine cells");
    Ok(())
}

#[test]
fn a_profile_adds_names_and_its_errors_are_named() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let tables = folder.path().join("data/lexicon");
    std::fs::create_dir_all(&tables)?;
    let mine = tables.join("mine.tsv");
    std::fs::write(&mine, "kind\tkey\tlabel\tnames\nCity\t3674962\tMedellín\tCity of Eternal Spring\n")?;
    let lexicon = Lexicon::load(&Profile::with_overlay(folder.path())?)?;
    assert_eq!(cities(&lexicon, "City of Eternal Spring"), ["3674962"]);
    std::fs::write(&mine, "kind\tkey\tlabel\nTown\tx\tX\n")?;
    let error = Lexicon::load(&Profile::with_overlay(folder.path())?).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(error.contains("mine.tsv, line 2: `Town` is no kind"), "{error}");
    Ok(())
}
