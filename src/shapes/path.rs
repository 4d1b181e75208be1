//! The way from a node to its values, as shapes write it.

use std::fmt;

use oxrdf::{BlankNode, NamedNode, NamedOrBlankNode, Term, Triple};

use crate::vocab::{rdf, sh};

/// A property path of SHACL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Path {
    /// One property.
    Predicate(NamedNode),
    /// One after the other.
    Sequence(Vec<Path>),
    /// Any of them.
    Alternative(Vec<Path>),
    /// Against the direction.
    Inverse(Box<Path>),
    /// Any number of times.
    ZeroOrMore(Box<Path>),
    /// At least once.
    OneOrMore(Box<Path>),
    /// Once or not at all.
    ZeroOrOne(Box<Path>),
}

impl Path {
    /// The properties in it, in their order.
    pub fn predicates(&self) -> Vec<&NamedNode> {
        match self {
            Path::Predicate(predicate) => vec![predicate],
            Path::Sequence(paths) | Path::Alternative(paths) => paths.iter().flat_map(Path::predicates).collect(),
            Path::Inverse(path) | Path::ZeroOrMore(path) | Path::OneOrMore(path) | Path::ZeroOrOne(path) => {
                path.predicates()
            }
        }
    }

    /// As SPARQL writes it, with whatever `name` gives for a property.
    pub fn show(&self, name: &dyn Fn(&NamedNode) -> String) -> String {
        let joined = |paths: &[Path], with: &str| {
            let parts: Vec<String> = paths.iter().map(|path| path.show(name)).collect();
            format!("({})", parts.join(with))
        };
        match self {
            Path::Predicate(predicate) => name(predicate),
            Path::Sequence(paths) => joined(paths, "/"),
            Path::Alternative(paths) => joined(paths, "|"),
            Path::Inverse(path) => format!("^{}", path.show(name)),
            Path::ZeroOrMore(path) => format!("{}*", path.show(name)),
            Path::OneOrMore(path) => format!("{}+", path.show(name)),
            Path::ZeroOrOne(path) => format!("{}?", path.show(name)),
        }
    }

    /// Its node in a graph, with the triples that say what it is; `fresh` gives blank nodes.
    pub(super) fn write(&self, fresh: &mut dyn FnMut() -> BlankNode, out: &mut Vec<Triple>) -> Term {
        let mut wrapped = |predicate: oxrdf::NamedNodeRef<'_>, path: &Path, out: &mut Vec<Triple>| {
            let inner = path.write(fresh, out);
            let node = fresh();
            out.push(Triple::new(node.clone(), predicate.into_owned(), inner));
            Term::from(node)
        };
        match self {
            Path::Predicate(predicate) => predicate.clone().into(),
            Path::Inverse(path) => wrapped(sh::INVERSE_PATH, path, out),
            Path::ZeroOrMore(path) => wrapped(sh::ZERO_OR_MORE_PATH, path, out),
            Path::OneOrMore(path) => wrapped(sh::ONE_OR_MORE_PATH, path, out),
            Path::ZeroOrOne(path) => wrapped(sh::ZERO_OR_ONE_PATH, path, out),
            Path::Sequence(paths) => list(paths, fresh, out),
            Path::Alternative(paths) => {
                let items = list(paths, fresh, out);
                let node = fresh();
                out.push(Triple::new(node.clone(), sh::ALTERNATIVE_PATH.into_owned(), items));
                Term::from(node)
            }
        }
    }
}

fn list(paths: &[Path], fresh: &mut dyn FnMut() -> BlankNode, out: &mut Vec<Triple>) -> Term {
    let mut rest = Term::from(rdf::NIL.into_owned());
    for path in paths.iter().rev() {
        let first = path.write(fresh, out);
        let node = NamedOrBlankNode::from(fresh());
        out.push(Triple::new(node.clone(), rdf::FIRST.into_owned(), first));
        out.push(Triple::new(node.clone(), rdf::REST.into_owned(), rest));
        rest = node.into();
    }
    rest
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.show(&NamedNode::to_string))
    }
}
