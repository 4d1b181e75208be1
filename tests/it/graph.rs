//! The projection of the view, its measures and its paths.

use urbi::{graph::Graph, vocab::Base};

use crate::export::{CITIES, triples};

fn graph() -> Graph {
    Graph::new(&triples(CITIES))
}

fn chain(graph: &Graph, from: &str, to: &str) -> Option<Vec<String>> {
    let find = |name| graph.find(name, &Base::default()).expect("there");
    let steps = graph.path(find(from), find(to))?;
    Some(
        steps
            .iter()
            .map(|step| {
                let label = |index| graph.entity(index).label();
                format!(
                    "{} -{}- {}",
                    label(step.from),
                    [step.forward.join("+"), step.backward.join("+")].join("|"),
                    label(step.to)
                )
            })
            .collect(),
    )
}

#[test]
fn entities_are_what_has_a_class() {
    let graph = graph();
    let measures = graph.measures();
    assert_eq!(graph.len(), 60);
    assert_eq!(measures.classes.get("City"), Some(&11));
    assert_eq!(measures.classes.get("Announcement"), None);
    assert_eq!(measures.classes.get("Network"), Some(&1), "the more special of two classes");
    assert_eq!(measures.relations.get("follows"), Some(&6));
    assert_eq!(measures.relations.get("homepage"), None, "a web page is no entity");
    assert_eq!(measures.components, [59, 1]);
    let third = graph.find("ICLC 3", &Base::default()).expect("there");
    assert_eq!(graph.entity(third).fact("homepage"), Some("https://example.org/iclc3?lang=en&day=(1)%202"));
    assert_eq!(graph.entity(third).fact("ordinal"), Some("3"));
}

#[test]
fn what_most_leads_to_is_central() {
    let graph = graph();
    let ranks = graph.page_rank();
    assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    let best =
        ranks.iter().zip(graph.entities()).max_by(|(one, _), (other, _)| one.total_cmp(other)).expect("not empty");
    assert_eq!(best.1.1.label(), "fifth International Conference on Learning Cities");
    assert!(Graph::default().page_rank().is_empty());
}

#[test]
fn a_path_is_short_and_telling() {
    let graph = graph();
    assert_eq!(
        chain(&graph, "Yeonsu", "Cork").expect("linked"),
        [
            "Yeonsu -memberOf|- UNESCO Global Network of Learning Cities",
            "UNESCO Global Network of Learning Cities -|memberOf- Cork"
        ]
    );
    let long = chain(&graph, "Songdo ConvensiA", "Colombia").expect("linked");
    assert_eq!(long[0], "Songdo ConvensiA -|heldAt- fifth International Conference on Learning Cities");
    assert_eq!(long.last().map(String::as_str), Some("Medellín -inCountry|- Colombia"));
    assert_eq!(chain(&graph, "Cork", "Cork"), Some(Vec::new()));
    assert_eq!(chain(&graph, "Cork", "Webinar “Learning cities after COVID-19”"), None);
}

#[test]
fn groups_are_related_within() {
    let graph = graph();
    let communities = graph.communities();
    let all: std::collections::BTreeSet<_> = communities.iter().flatten().collect();
    assert_eq!((all.len(), communities.iter().map(Vec::len).sum::<usize>()), (60, 60), "each entity is in one group");
    let labels = |group: &[petgraph::graph::NodeIndex]| -> Vec<&str> {
        group.iter().map(|index| graph.entity(*index).label()).collect()
    };
    let pascal = communities
        .iter()
        .map(|group| labels(group))
        .find(|group| group.contains(&"14th PASCAL International Conference"));
    assert!(pascal.expect("there").contains(&"15th PASCAL International Conference"));
    assert!(graph.modularity(&communities) > 400, "{}", graph.modularity(&communities));
    let one = vec![graph.entities().map(|(index, _)| index).collect()];
    assert_eq!(graph.modularity(&one), 0);
    assert!(Graph::default().communities().is_empty());
}

#[test]
fn what_lies_between_is_between() {
    let graph = graph();
    let between = graph.betweenness();
    let of = |name| between[graph.find(name, &Base::default()).expect("there").index()];
    assert!(of("UNESCO Institute for Lifelong Learning") > of("Songdo ConvensiA"));
    assert!(between.iter().all(|share| (0.0..=1.0).contains(share)));
    assert_eq!(of("Webinar “Learning cities after COVID-19”"), 0.0);
}

#[test]
fn the_like_share_what_they_are_related_to() {
    let graph = graph();
    let cork = graph.find("Cork", &Base::default()).expect("there");
    let alike = graph.similar(cork);
    assert!(!alike.is_empty());
    for likeness in &alike {
        assert_eq!(graph.entity(likeness.entity).class, "City");
        assert!((1..=1000).contains(&likeness.share) && !likeness.shared.is_empty(), "{likeness:?}");
        let back = graph.similar(likeness.entity);
        assert!(back.iter().any(|other| other.entity == cork && other.share == likeness.share), "it goes both ways");
    }
    assert!(alike.is_sorted_by_key(|likeness| std::cmp::Reverse(likeness.share)));
}

#[test]
fn a_part_keeps_the_relations_within() {
    let graph = graph();
    let kept = graph.entities().filter(|(_, entity)| entity.class != "City").map(|(index, _)| index).collect();
    let part = graph.part(&kept);
    assert_eq!(part.len(), 49);
    for (from, relations, to) in part.relations() {
        let (from, to) = (&part.entity(from).iri, &part.entity(to).iri);
        let whole = (graph.by_iri(from).expect("there"), graph.by_iri(to).expect("there"));
        assert!(graph.relations().any(|(a, names, b)| (a, b) == whole && names == relations));
    }
    let dated = part.timeline();
    assert_eq!(part.entity(dated[0]).label(), "first International Conference on Learning Cities");
}
