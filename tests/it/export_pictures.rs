//! Pictures that need no Graphviz, who reads them, and what a large graph looks like.

use std::{fs, process::Command};

use oxrdf::{Literal, NamedNode, Triple};
use urbi::{
    export::Format,
    graph::{Focus, Graph},
    vocab::{Base, rdf, rdfs, urbi as terms},
};

use crate::export::{CITIES, exported, triples};
use crate::export_foreign::{drawn, judge, passes, script};

/// A graph of 10,000 entities and more: series with editions, in cities of countries, with themes and organizers.
fn large() -> Vec<Triple> {
    let base = Base::default();
    let mut view = Vec::new();
    let mut add = |kind: &str, key: usize, class: oxrdf::NamedNodeRef<'_>| -> NamedNode {
        let node = base.entity(kind, &format!("{kind}-{key}"));
        view.push(Triple::new(node.clone(), rdf::TYPE, class));
        view.push(Triple::new(node.clone(), rdfs::LABEL, Literal::from(format!("{kind} number {key}"))));
        node
    };
    let countries: Vec<_> = (0..120).map(|key| add("country", key, terms::COUNTRY)).collect();
    let cities: Vec<_> = (0..3000).map(|key| add("city", key, terms::CITY)).collect();
    let themes: Vec<_> = (0..400).map(|key| add("theme", key, terms::THEME)).collect();
    let organizations: Vec<_> = (0..900).map(|key| add("organization", key, terms::ORGANIZATION)).collect();
    let series: Vec<_> = (0..500).map(|key| add("series", key, terms::CONFERENCE_SERIES)).collect();
    let conferences: Vec<_> = (0..5100).map(|key| add("conference", key, terms::CONFERENCE)).collect();
    // The same numbers each time, and small ones more often than large ones.
    let mut state = 1_u64;
    let mut chosen = |among: &[NamedNode]| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = (state >> 33) as usize % 10_000;
        among[share * share * among.len() / 100_000_000].clone()
    };
    for city in &cities {
        view.push(Triple::new(city.clone(), terms::IN_COUNTRY, chosen(&countries)));
    }
    for conference in &conferences {
        view.push(Triple::new(conference.clone(), terms::HELD_IN, chosen(&cities)));
        view.push(Triple::new(conference.clone(), terms::PART_OF_SERIES, chosen(&series)));
        view.push(Triple::new(conference.clone(), terms::HAS_THEME, chosen(&themes)));
        view.push(Triple::new(conference.clone(), terms::ORGANIZED_BY, chosen(&organizations)));
    }
    view
}

#[test]
fn ten_thousand_entities_are_a_picture() {
    let view = large();
    let graph = Graph::new(&view);
    assert!(graph.len() > 10_000);
    let dot = exported(Format::Dot, &view, &[], Focus::default()).expect("written");
    let nodes = dot.lines().filter(|line| line.contains(" [label=") && !line.contains(" -> ")).count();
    assert!((60..=182).contains(&nodes), "{nodes} nodes");
    let counted: usize = dot
        .lines()
        .filter(|line| line.trim_start().starts_with("\"rest ") && !line.contains(" -> "))
        .map(|line| {
            let tooltip = line.rsplit("tooltip=\"").next().unwrap_or_default();
            tooltip.split(' ').next().and_then(|count| count.parse::<usize>().ok()).expect("a count")
        })
        .sum();
    assert_eq!(counted + 150, graph.len(), "the numbers add up");
    if let Some(svg) = drawn(&dot) {
        assert!(svg.contains("elsewhere:"), "{}", &svg[..900]);
    }
    let svg = exported(Format::Svg, &view, &[], Focus::default()).expect("written");
    assert_eq!(svg, exported(Format::Svg, &view, &[], Focus::default()).expect("written"));
    let near = Focus { around: Some("conference number 7".to_owned()), limit: 40, ..Focus::default() };
    assert!(exported(Format::Svg, &view, &[], near).expect("written").contains("conference number 7"));
}

#[test]
fn svg_and_png_show_the_graph() {
    let Some(python) = judge("URBI_TEST_PYTHON") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let mut view = triples(CITIES);
    let theme = Base::default().entity("theme", "x");
    view.push(Triple::new(theme.clone(), rdf::TYPE, terms::THEME));
    view.push(Triple::new(theme, rdfs::LABEL, Literal::from("<script>alert(1)</script> & \u{7}\u{202e} \"so\"")));
    let graph = Graph::new(&view);
    let base = Base::default();
    let selection = graph.focus(&Focus::default(), &base).expect("there");
    for format in [Format::Svg, Format::Png] {
        let mut file = fs::File::create(folder.path().join(format!("picture.{format}"))).expect("a new file");
        urbi::export::draw(format, &graph, &selection, &base, &mut file).expect("drawn");
    }
    let mut command = Command::new(python);
    command.arg(script("judge_pictures.py")).arg(folder.path());
    passes(command);
}

#[test]
fn mermaid_reads_its_picture() {
    let Some(modules) = judge("URBI_TEST_NODE_MODULES") else { return };
    if !modules.join("mermaid").exists() {
        eprintln!("skipped a judge: install mermaid beside jsonld to have the pictures judged by it");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut view = triples(CITIES);
    let theme = Base::default().entity("theme", "end");
    view.push(Triple::new(theme.clone(), rdf::TYPE, terms::THEME));
    view.push(Triple::new(
        theme,
        rdfs::LABEL,
        Literal::from("end <script>x</script> `a` #quot; \"]; %% -->|x| {{}} \\n"),
    ));
    for focus in [Focus::default(), Focus { limit: 12, ..Focus::default() }] {
        let text = exported(Format::Mermaid, &view, &[], focus).expect("written");
        let file = folder.path().join("picture.mmd");
        fs::write(&file, &text).expect("written");
        let edges = text.lines().filter(|line| line.contains("-->|") || line.contains("-.-")).count();
        let nodes = text.lines().filter(|line| line.contains(":::")).count();
        assert!(nodes > 12 && edges > 5, "{text}");
        let mut command = Command::new("node");
        let counts = [nodes, edges].map(|count| count.to_string());
        command.arg(script("judge_mermaid.mjs")).arg(&file).arg(&modules).args(counts);
        passes(command);
    }
}
