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
