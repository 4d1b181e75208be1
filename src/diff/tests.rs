use oxttl::TurtleParser;

use super::*;

fn graph(turtle: &str) -> Vec<Quad> {
    let text = format!("@prefix : <http://e.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . {turtle}");
    let triples = TurtleParser::new().for_slice(&text).map(|triple| triple.expect("Turtle"));
    triples.map(|triple| triple.in_graph(GraphName::DefaultGraph)).collect()
}

fn difference(from: &str, to: &str) -> (usize, usize, usize) {
    let difference = Difference::new(&graph(from), &graph(to)).expect("no tangle");
    (difference.lost(), difference.gained(), difference.same)
}

#[test]
fn names_of_blank_nodes_do_not_matter() {
    let one = ":a :p [ :q 1 ; :r [ :s 2 ] ] , _:x . _:x :q 3 .";
    let other = "_:r :q 3 . :a :p _:r , _:b0 . _:b0 :r _:b1 ; :q 1 . _:b1 :s 2 .";
    assert_eq!(difference(one, other), (0, 0, 6));
}

#[test]
fn a_change_in_one_group_does_not_touch_the_others() {
    let many = |n: u32| (0..n).map(|i| format!(":a :p [ :q {i} ] . ")).collect::<String>();
    assert_eq!(difference(&many(50), &(many(50) + ":a :p [ :q 99 ] .")), (0, 2, 100));
    assert_eq!(difference(":a :p [ :q 1 ] , [ :q 2 ] .", ":a :p [ :q 2 ] , [ :q 3 ] ."), (2, 2, 2));
}

#[test]
fn changes_are_grouped_by_subject_and_labelled() {
    let from = graph(":b rdfs:label \"B\" ; :p 1 . :a :p :b .");
    let to = graph(":b rdfs:label \"B\" ; :p 2 . :a :p :b .");
    let difference = Difference::new(&from, &to).expect("no tangle");
    assert_eq!(difference.subjects.len(), 1);
    assert_eq!(difference.subjects[0].label.as_deref(), Some("B"));
    assert_eq!((difference.subjects[0].lost.len(), difference.subjects[0].gained.len()), (1, 1));
}

#[test]
fn a_group_that_stands_twice_is_not_one_that_stands_once() {
    assert_eq!(difference("[] :q 1 . [] :q 1 .", "[] :q 1 ."), (1, 0, 1));
}
