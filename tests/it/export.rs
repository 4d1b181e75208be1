//! The exports as a whole: same bytes, what a file looks like, what a format cannot say.

use std::fmt::Write as _;

use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::{GraphName, Literal, NamedNode, Quad, Triple};
use urbi::{
    export::{Content, Context, Error, Format, Settings, write},
    graph::Focus,
    vocab::{Base, rdfs, urbi as terms},
};

/// A context of the tests' own: keyword aliases, languages, single values. The profile's is judged in `export_foreign`.
pub const CONTEXT: &str = include_str!("../export/context.jsonld");
/// A view of about 60 entities.
pub const CITIES: &str = include_str!("../export/learning-cities.ttl");

/// The triples of a Turtle text.
pub fn triples(turtle: &str) -> Vec<Triple> {
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle);
    quads.map(|quad| Triple::from(quad.expect("the test's Turtle is valid"))).collect()
}

/// Some evidence about the view, so that the formats with graphs have some.
pub fn evidence(base: &Base, view: &[Triple]) -> Vec<Quad> {
    let mut quads = Vec::new();
    let document = base.document("9c56cc51");
    for (number, facts) in view.chunks(3).enumerate() {
        let evidence = base.evidence(&format!("{number:04x}"));
        quads.extend(facts.iter().map(|fact| fact.clone().in_graph(evidence.clone())));
        let passage = base.passage(document.as_ref(), &(0..9));
        let quote = Literal::new_simple_literal("He said: “it\\'s\n\tdone” \"now\" <script>");
        let about: [(_, NamedNode, oxrdf::Term); 4] = [
            (evidence.clone(), terms::PASSAGE.into(), passage.clone().into()),
            (evidence.clone(), terms::RULE.into(), base.rule("launched", "0badcafe").into()),
            (evidence, terms::CONFIDENCE.into(), Literal::from(950).into()),
            (passage, terms::QUOTE.into(), quote.into()),
        ];
        let graph = GraphName::from(terms::PROVENANCE_GRAPH);
        quads.extend(about.map(|(subject, relation, value)| Quad::new(subject, relation, value, graph.clone())));
    }
    quads
}

/// What `write` gives, as text.
pub fn exported(format: Format, view: &[Triple], graphs: &[Quad], focus: Focus) -> Result<String, Error> {
    let (base, context) = (Base::default(), Context::parse(CONTEXT).expect("the test's context is valid"));
    let settings = Settings { focus, ..Settings::new(&base, &context) };
    let mut out = Vec::new();
    write(format, &Content { view, graphs }, &settings, &mut out)?;
    // Pixels are compared and counted as well in this way.
    Ok(if format.is_text() { String::from_utf8(out).expect("UTF-8") } else { out.escape_ascii().to_string() + "\n" })
}

#[test]
fn order_and_repetition_change_nothing() {
    let view = triples(CITIES);
    let graphs = evidence(&Base::default(), &view);
    let mut other = (view.clone(), graphs.clone());
    other.0.reverse();
    other.1.reverse();
    other.0.extend_from_slice(&view[..20]);
    other.1.extend_from_slice(&graphs[..20]);
    for format in Format::ALL {
        let first = exported(format, &view, &graphs, Focus::default()).expect("written");
        let second = exported(format, &other.0, &other.1, Focus::default()).expect("written");
        assert!(first == second, "{format} depends on the order of its input");
        assert!(first.ends_with('\n'), "{format} does not end its last line");
    }
}

#[test]
fn nothing_is_a_valid_graph() {
    for format in Format::ALL {
        let text = exported(format, &[], &[], Focus::default()).expect("written");
        let rdf = match format {
            Format::JsonLd => continue,
            format if !format.is_rdf() => continue,
            Format::Turtle => RdfFormat::Turtle,
            Format::NQuads => RdfFormat::NQuads,
            Format::TriG => RdfFormat::TriG,
            Format::NTriples => RdfFormat::NTriples,
            _ => RdfFormat::RdfXml,
        };
        assert_eq!(RdfParser::from_format(rdf).for_slice(&text).count(), 0, "{format}: {text}");
    }
}

#[test]
fn turtle_reads_well() {
    let text = exported(Format::Turtle, &triples(CITIES), &[], Focus::default()).expect("written");
    let block = "\ncity:3674962 a urbi:City;\n  rdfs:label \"Medellín\";\n";
    let start = text.find("\ncity:3674962").unwrap_or_default();
    assert!(text.contains("PREFIX city: <https://w3id.org/urbi/id/city/>"), "{}", &text[..900]);
    assert!(!text.contains("bibo:"), "a prefix is declared that nothing uses");
    assert!(text[start..].len() > block.len(), "{text}");
}

#[test]
fn xml_says_what_it_cannot_hold() {
    let subject = NamedNode::new_unchecked("https://example.org/a");
    let bell = Triple::new(subject.clone(), rdfs::LABEL, Literal::new_simple_literal("ring\u{7}"));
    let error = exported(Format::RdfXml, &[bell], &[], Focus::default()).expect_err("XML has no bell").to_string();
    assert!(error.contains("U+0007") && error.contains("https://example.org/a"), "{error}");
    let number = NamedNode::new_unchecked("https://example.org/2021/");
    let numbered = Triple::new(subject.clone(), number, subject);
    let error = exported(Format::RdfXml, &[numbered], &[], Focus::default()).expect_err("no name").to_string();
    assert!(error.contains("https://example.org/2021/"), "{error}");
}

#[test]
fn long_and_strange_literals_do_no_harm() {
    let mut text = String::new();
    for number in 0..200_000 {
        write!(text, "\"\n{number}\\").expect("a string grows");
    }
    let view = [Triple::new(NamedNode::new_unchecked("https://example.org/a"), rdfs::LABEL, Literal::from(text))];
    for format in Format::ALL {
        assert!(exported(format, &view, &[], Focus::default()).is_ok(), "{format}");
    }
}
