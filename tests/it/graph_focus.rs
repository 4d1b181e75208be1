//! The part of a graph that is asked for, and what is counted instead of shown.

use std::collections::BTreeSet;

use oxrdf::{Literal, Triple};
use urbi::{
    graph::{Focus, FocusError, Graph, Selection, Years},
    vocab::{Base, rdf, rdfs, urbi as terms},
};

use crate::export::{CITIES, triples};

fn names(graph: &Graph, selection: &Selection) -> BTreeSet<String> {
    selection.entities.iter().map(|index| graph.entity(*index).label().to_owned()).collect()
}

fn chosen(focus: Focus) -> Result<BTreeSet<String>, FocusError> {
    let graph = Graph::new(&triples(CITIES));
    Ok(names(&graph, &graph.focus(&focus, &Base::default())?))
}

#[test]
fn what_lies_between_two_holds_the_telling_chain() {
    let between = Some(["Yeonsu".to_owned(), "Medellín".to_owned()]);
    let found = chosen(Focus { between: between.clone(), ..Focus::default() }).expect("linked");
    for name in ["Yeonsu", "Medellín", "UNESCO Global Network of Learning Cities"] {
        assert!(found.contains(name), "{found:?}");
    }
    assert!(!found.contains("Songdo ConvensiA"), "it is between no two: {found:?}");
    let small = chosen(Focus { between, limit: 3, ..Focus::default() }).expect("linked");
    assert!(small.contains("UNESCO Global Network of Learning Cities") && small.len() == 3, "{small:?}");
    let none = ["Cork".to_owned(), "Webinar “Learning cities after COVID-19”".to_owned()];
    let error = chosen(Focus { between: Some(none), ..Focus::default() }).expect_err("unlinked");
    assert!(matches!(error, FocusError::Unlinked { .. }), "{error}");
}

#[test]
fn classes_themes_and_years_narrow_down() {
    let graph = Graph::new(&triples(CITIES));
    let of = |focus: Focus| graph.focus(&focus, &Base::default()).expect("there");
    let cities = of(Focus { classes: vec!["city".to_owned()], ..Focus::default() });
    assert!(cities.entities.iter().all(|index| graph.entity(*index).class == "City") && cities.asked == 11);
    let theme = chosen(Focus { theme: Some("theme:learning-cities".to_owned()), ..Focus::default() }).expect("there");
    assert!(theme.contains("14th PASCAL International Conference") && !theme.contains("Yeonsu"), "{theme:?}");
    let years = chosen(Focus { years: Some("2017-2018".parse().expect("years")), ..Focus::default() }).expect("there");
    assert!(years.contains("third International Conference on Learning Cities") && years.contains("Cork"), "{years:?}");
    assert!(!years.contains("fifth International Conference on Learning Cities") && !years.contains("Yeonsu"));
    let error = chosen(Focus { classes: vec!["Town".to_owned()], ..Focus::default() }).expect_err("no class");
    assert!(error.to_string().contains("City"), "{error}");
}

#[test]
fn what_is_left_out_is_counted_once() {
    let base = Base::default();
    let mut view = triples(CITIES);
    for hub in 0..30 {
        let event = base.entity("event", &format!("hub-{hub}"));
        view.push(Triple::new(event.clone(), rdf::TYPE, terms::EVENT));
        view.push(Triple::new(event.clone(), rdfs::LABEL, Literal::from(format!("Hub {hub}"))));
        for leaf in 0..hub {
            let city = base.entity("city", &format!("leaf-{hub}-{leaf}"));
            view.push(Triple::new(city.clone(), rdf::TYPE, terms::CITY));
            view.push(Triple::new(event.clone(), terms::HELD_IN, city));
        }
    }
    let graph = Graph::new(&view);
    for limit in [1, 5, 40, 150] {
        let selection = graph.focus(&Focus { limit, ..Focus::default() }, &base).expect("there");
        let counted: usize = selection.rest.iter().map(urbi::graph::Rest::count).sum();
        assert_eq!(selection.entities.len(), limit);
        assert_eq!(counted + limit, graph.len(), "{limit}");
        assert!(selection.rest.len() <= limit / 5 + 2, "{limit}: {:?}", selection.rest);
        let anchors = selection.rest.iter().filter_map(|rest| rest.anchor);
        assert!(anchors.clone().all(|anchor| selection.entities.contains(&anchor)));
        assert_eq!(anchors.clone().collect::<BTreeSet<_>>().len(), anchors.count());
    }
}

#[test]
fn years_are_read() {
    let years = |first, last| Some(Years { first, last });
    let read = |text: &str| text.parse::<Years>().ok();
    assert_eq!(read("2019"), years(Some(2019), Some(2019)));
    assert_eq!(read("2015-2020"), years(Some(2015), Some(2020)));
    assert_eq!(read("2015-"), years(Some(2015), None));
    assert_eq!(read("-2020"), years(None, Some(2020)));
    for wrong in ["", "-", "soon", "2020-2015", "2015-2016-2017", "-1-2"] {
        assert_eq!(read(wrong), None, "{wrong}");
    }
}
