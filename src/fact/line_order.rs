//! The order of N-Triples and N-Quads lines, found without writing the lines: most of each is the same IRIs again.

use std::cmp::Ordering;

use oxrdf::{GraphName, NamedNode, NamedOrBlankNode, Term};

/// Subject, predicate and object.
pub(super) type Parts<'t> = (&'t NamedOrBlankNode, &'t NamedNode, &'t Term);

/// How the lines of two triples compare.
pub(super) fn triples(a: Parts<'_>, b: Parts<'_>) -> Ordering {
    let subject = match (a.0, b.0) {
        (NamedOrBlankNode::NamedNode(a), NamedOrBlankNode::NamedNode(b)) => closed(a.as_str(), b.as_str(), b'>'),
        (a, b) => a.to_string().cmp(&b.to_string()),
    };
    subject.then_with(|| closed(a.1.as_str(), b.1.as_str(), b'>')).then_with(|| match (a.2, b.2) {
        (Term::NamedNode(a), Term::NamedNode(b)) => closed(a.as_str(), b.as_str(), b'>'),
        (a, b) => a.to_string().cmp(&b.to_string()),
    })
}

/// How the graphs of two lines compare that are otherwise the same; the default graph is not written.
pub(super) fn graphs(a: &GraphName, b: &GraphName) -> Ordering {
    match (a, b) {
        (GraphName::NamedNode(a), GraphName::NamedNode(b)) => closed(a.as_str(), b.as_str(), b'>'),
        (GraphName::DefaultGraph, b) => {
            if b.is_default_graph() {
                Ordering::Equal
            } else {
                Ordering::Less
            }
        }
        (_, GraphName::DefaultGraph) => Ordering::Greater,
        (a, b) => a.to_string().cmp(&b.to_string()),
    }
}

/// How two names compare behind each of which the byte `end` stands.
fn closed(a: &str, b: &str, end: u8) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let both = a.len().min(b.len());
    let next = |name: &[u8]| name.get(both).copied().unwrap_or(end);
    a[..both].cmp(&b[..both]).then_with(|| next(a).cmp(&next(b)))
}

#[cfg(test)]
mod tests {
    use oxrdf::{BlankNode, GraphName, Literal, NamedNode, Quad, Term};
    use proptest::prelude::*;

    use crate::fact::quads;

    fn iri() -> impl Strategy<Value = NamedNode> {
        "[a-c/#!?~é]{0,4}".prop_map(|name| NamedNode::new_unchecked(format!("http://e/{name}")))
    }

    fn term() -> impl Strategy<Value = Term> {
        prop_oneof![
            iri().prop_map(Term::from),
            "[a-c \"\\\\\n]{0,3}".prop_map(|text| Term::from(Literal::new_simple_literal(text))),
            ("[ab]{0,2}", "[a-c]{1,2}")
                .prop_map(|(text, tag)| Term::from(Literal::new_language_tagged_literal_unchecked(text, tag))),
            ("[ab]{0,2}", iri()).prop_map(|(text, datatype)| Term::from(Literal::new_typed_literal(text, datatype))),
        ]
    }

    fn quad() -> impl Strategy<Value = Quad> {
        let graph = prop_oneof![
            Just(GraphName::DefaultGraph),
            iri().prop_map(GraphName::from),
            "[ab]".prop_map(|name| GraphName::from(BlankNode::new_unchecked(name))),
        ];
        (iri(), iri(), term(), graph).prop_map(|(s, p, o, g)| Quad::new(s, p, o, g))
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_the_lines(mut all in proptest::collection::vec(quad(), 0..12)) {
            let mut lines: Vec<String> = all.iter().map(Quad::to_string).collect();
            lines.sort();
            lines.dedup();
            quads::sort(&mut all);
            prop_assert_eq!(all.iter().map(Quad::to_string).collect::<Vec<_>>(), lines);
        }
    }
}
