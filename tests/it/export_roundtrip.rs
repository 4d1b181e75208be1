//! Whatever is written reads back as the same graph, however nasty its literals and IRIs.

use std::collections::BTreeSet;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use oxrdf::{
    Literal, NamedNode, Quad, Triple,
    dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm},
    vocab::xsd,
};
use proptest::prelude::*;
use urbi::{
    export::Format,
    graph::Focus,
    vocab::{Base, PREFIXES, rdf, rdfs, skos, urbi as terms},
};

use crate::export::{CITIES, evidence, exported, triples};

/// How others read a format.
fn reader(format: Format) -> RdfFormat {
    match format {
        Format::Turtle => RdfFormat::Turtle,
        Format::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        Format::NQuads => RdfFormat::NQuads,
        Format::TriG => RdfFormat::TriG,
        Format::NTriples => RdfFormat::NTriples,
        Format::RdfXml => RdfFormat::RdfXml,
        _ => unreachable!("{format} is no RDF"),
    }
}

fn read(format: Format, text: &str) -> BTreeSet<String> {
    let quads = RdfParser::from_format(reader(format)).for_slice(text);
    quads.map(|quad| quad.unwrap_or_else(|error| panic!("{format}: {error}\n{text}")).to_string()).collect()
}

fn check(format: Format, view: &[Triple], graphs: &[Quad]) {
    let text = exported(format, view, graphs, Focus::default()).expect("written");
    let mut expected: BTreeSet<String> = view.iter().map(ToString::to_string).collect();
    if format.has_graphs() {
        expected.extend(graphs.iter().map(ToString::to_string));
    }
    let found = read(format, &text);
    assert!(
        found == expected,
        "{format}\nlost {:?}\ninvented {:?}\n{text}",
        expected.difference(&found),
        found.difference(&expected)
    );
}

fn rdf_formats() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().filter(|format| format.is_rdf())
}

#[test]
fn the_example_reads_back() {
    let view = triples(CITIES);
    let graphs = evidence(&Base::default(), &view);
    rdf_formats().for_each(|format| check(format, &view, &graphs));
}

#[test]
fn the_canonical_form_is_that_of_rdfc_10() {
    use sophia::{
        api::{prelude::*, quad::Spog, term::SimpleTerm},
        turtle::parser,
    };
    type Quads = std::collections::HashSet<Spog<SimpleTerm<'static>>>;
    let view = triples(CITIES);
    let graphs = evidence(&Base::default(), &view);
    let canonical = exported(Format::NQuads, &view, &graphs, Focus::default()).expect("written");
    for format in [Format::NQuads, Format::TriG] {
        let text = exported(format, &view, &graphs, Focus::default()).expect("written");
        let quads = RdfParser::from_format(reader(format)).for_slice(&text).map(|quad| quad.expect("read back"));
        let mut dataset: oxrdf::Dataset = quads.collect();
        dataset
            .canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm: CanonicalizationHashAlgorithm::Sha256 });
        let mut lines: Vec<String> = dataset.iter().map(|quad| format!("{quad} .\n")).collect();
        lines.sort_unstable();
        assert!(lines.concat() == canonical, "{format}: oxrdf's canonical form differs");

        let sophia: Quads = match format {
            Format::NQuads => parser::nq::parse_str(&text).collect_quads().expect("sophia reads it"),
            _ => parser::trig::parse_str(&text).collect_quads().expect("sophia reads it"),
        };
        let mut bytes = Vec::new();
        sophia::c14n::rdfc10::normalize(&sophia, &mut bytes).expect("no blank nodes");
        assert!(String::from_utf8(bytes).expect("UTF-8") == canonical, "{format}: sophia's canonical form differs");
    }
}

#[test]
fn turtle_and_ntriples_are_isomorphic_to_sophia() {
    use sophia::{api::prelude::*, inmem::graph::LightGraph, isomorphism::isomorphic_graphs, turtle::parser};
    let mut view = triples(CITIES);
    // What a CONSTRUCT query can give: nested and shared blank nodes.
    view.extend(triples(
        "PREFIX : <https://example.org/> :a :b [ :c 1 ; :d [ :e \"x\" ] ] . :f :b _:shared . :g :b _:shared . _:shared :c ( 1 2 ) .",
    ));
    let turtle = exported(Format::Turtle, &view, &[], Focus::default()).expect("written");
    let ntriples = exported(Format::NTriples, &view, &[], Focus::default()).expect("written");
    let turtle: LightGraph = parser::turtle::parse_str(&turtle).collect_triples().expect("sophia reads the Turtle");
    let ntriples: LightGraph = parser::nt::parse_str(&ntriples).collect_triples().expect("sophia reads the N-Triples");
    assert!(isomorphic_graphs(&turtle, &ntriples).expect("both are in memory"));
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z\"'\\\\\n\r\t<>&{}@^%]{0,20}",
        Just("\u{1f3d9}\u{202e}\u{85}\u{2028}".to_owned()),
        Just("'''\"\"\"\\".to_owned()),
        "[\u{0}-\u{1f}\u{7f}-\u{9f}]{0,6}",
    ]
}

fn literal() -> impl Strategy<Value = Literal> {
    let datatype =
        prop::sample::select(vec![xsd::DATE, xsd::G_YEAR, xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::BOOLEAN]);
    let number = prop_oneof![
        "[+-]?[0-9]{1,20}",
        "[0-9]{0,3}\\.[0-9]{0,3}",
        "[0-9]\\.?[0-9]?[eE][+-]?[0-9]",
        Just("true".to_owned()),
        Just("2021-10".to_owned()),
        Just("9007199254740992".to_owned()),
        Just("9007199254740991".to_owned()),
        Just("-0".to_owned()),
        text(),
    ];
    prop_oneof![
        text().prop_map(Literal::new_simple_literal),
        (text(), prop::sample::select(vec!["en", "de", "zh-hant-tw"])).prop_map(|(text, language)| {
            Literal::new_language_tagged_literal(text, language).expect("a language tag")
        }),
        (number, datatype).prop_map(|(text, datatype)| Literal::new_typed_literal(text, datatype)),
    ]
}

fn iri() -> impl Strategy<Value = NamedNode> {
    let base = Base::default();
    let prefixes: Vec<String> = PREFIXES.iter().map(|(_, iri)| (*iri).to_owned()).collect();
    prop_oneof![
        (prop::sample::select(vec!["city", "theme", "geo"]), any::<String>())
            .prop_map(move |(kind, key)| base.entity(kind, &key)),
        (prop::sample::select(prefixes), "([A-Za-z0-9_.~()!*',;:@/?=&+$-]|%[0-9A-F]{2}|[éß中🏙]){0,12}")
            .prop_map(|(prefix, local)| { NamedNode::new_unchecked(prefix + &local) }),
        Just(NamedNode::new_unchecked("urn:isbn:978-92-820-1184-3")),
        Just(NamedNode::new_unchecked("https://en.wikipedia.org/wiki/Cork_(city)#%C3%A9-x.")),
    ]
    .prop_filter("an IRI", |iri| NamedNode::new(iri.as_str()).is_ok())
}

fn statements() -> impl Strategy<Value = Vec<Triple>> {
    let relation = prop::sample::select(vec![
        rdf::TYPE,
        rdfs::LABEL,
        skos::ALT_LABEL,
        terms::HELD_IN,
        terms::HOSTED_BY,
        terms::START_DATE,
        terms::ORDINAL,
        terms::ATTENDANCE,
        terms::HOMEPAGE,
        terms::HAS_THEME,
    ]);
    let value = prop_oneof![iri().prop_map(oxrdf::Term::from), literal().prop_map(oxrdf::Term::from)];
    let class = prop::sample::select(terms::ALL.to_vec());
    let triple = (iri(), relation, value, class).prop_map(|(subject, relation, value, class)| {
        let value = if relation == rdf::TYPE && value.is_named_node() { class.into() } else { value };
        Triple::new(subject, relation, value)
    });
    prop::collection::vec(triple, 0..12)
}

/// What XML 1.0 can hold.
fn is_xml(triple: &Triple) -> bool {
    let odd = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    match &triple.object {
        oxrdf::Term::Literal(literal) => !literal.value().contains(odd),
        _ => true,
    }
}

proptest! {
    #[test]
    fn random_graphs_read_back(view in statements()) {
        let graphs = evidence(&Base::default(), &view);
        for format in rdf_formats() {
            if format == Format::RdfXml && !view.iter().all(is_xml) {
                prop_assert!(exported(format, &view, &graphs, Focus::default()).is_err());
            } else {
                check(format, &view, &graphs);
            }
        }
    }
}
