//! Names for blank nodes that depend on what is said of them, and on nothing else.

use std::collections::BTreeMap;

use oxrdf::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use oxrdf::{BlankNode, Dataset, GraphName, NamedOrBlankNode, Quad, Term};
use sha2::{Digest, Sha256};

/// Why graphs cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    /// RDFC-1.0 takes exponential time on some graphs, which nobody writes by accident.
    #[error("{0} blank nodes hang together: more than {LIMIT} are not compared; give them IRIs")]
    Tangle(usize),
    /// Triple terms.
    #[error("triples about triples are not compared")]
    TripleTerm,
}

/// Most blank nodes that may hang together.
const LIMIT: usize = 2_000;
/// Hexadecimal digits of a group's hash in the names of its nodes.
const DIGITS: usize = 12;

/// The quads by their lines, blank nodes named.
pub fn named(quads: &[Quad]) -> Result<BTreeMap<String, Quad>, DiffError> {
    let mut groups = Groups::default();
    for quad in quads {
        groups.join(quad)?;
    }
    let mut lines = BTreeMap::new();
    let mut tangled: BTreeMap<usize, Vec<&Quad>> = BTreeMap::new();
    for quad in quads {
        match blank_nodes(quad)?.first() {
            Some(node) => tangled.entry(groups.root(groups.number[node.as_str()])).or_default().push(quad),
            None => {
                lines.insert(quad.to_string(), quad.clone());
            }
        }
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for group in tangled.into_values() {
        let mut dataset = Dataset::new();
        group.iter().for_each(|quad| {
            dataset.insert(*quad);
        });
        let sizes = group.iter().map(|quad| blank_nodes(quad)).collect::<Result<Vec<_>, _>>()?;
        let mut nodes: Vec<&BlankNode> = sizes.into_iter().flatten().collect();
        nodes.sort_by_key(|node| node.as_str());
        nodes.dedup();
        if nodes.len() > LIMIT {
            return Err(DiffError::Tangle(nodes.len()));
        }
        dataset
            .canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm: CanonicalizationHashAlgorithm::Sha256 });
        let mut canonical: Vec<String> = dataset.iter().map(|quad| quad.to_string()).collect();
        canonical.sort();
        let digest = Sha256::digest(canonical.join("\n").as_bytes());
        let hash: String = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]).take(DIGITS).map(hex).collect();
        // The same group twice says no more than once, but a graph that has it twice is not one that has it once.
        let count = seen.entry(hash.clone()).or_default();
        *count += 1;
        let prefix = if *count == 1 { hash } else { format!("{hash}x{count}") };
        for quad in dataset.iter() {
            let quad = renamed(quad.into_owned(), &prefix);
            lines.insert(quad.to_string(), quad);
        }
    }
    Ok(lines)
}

fn hex(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).unwrap_or('0')
}

fn renamed(quad: Quad, prefix: &str) -> Quad {
    let name = |node: &BlankNode| BlankNode::new_unchecked(format!("{prefix}{}", node.as_str()));
    Quad {
        subject: match quad.subject {
            NamedOrBlankNode::BlankNode(node) => name(&node).into(),
            other => other,
        },
        object: match quad.object {
            Term::BlankNode(node) => name(&node).into(),
            other => other,
        },
        graph_name: match quad.graph_name {
            GraphName::BlankNode(node) => name(&node).into(),
            other => other,
        },
        predicate: quad.predicate,
    }
}

fn blank_nodes(quad: &Quad) -> Result<Vec<&BlankNode>, DiffError> {
    let mut nodes = Vec::new();
    if let NamedOrBlankNode::BlankNode(node) = &quad.subject {
        nodes.push(node);
    }
    match &quad.object {
        Term::BlankNode(node) => nodes.push(node),
        Term::Triple(_) => return Err(DiffError::TripleTerm),
        _ => {}
    }
    if let GraphName::BlankNode(node) = &quad.graph_name {
        nodes.push(node);
    }
    Ok(nodes)
}

/// Blank nodes that hang together: those that a quad names together.
#[derive(Default)]
struct Groups<'a> {
    number: BTreeMap<&'a str, usize>,
    above: Vec<usize>,
}

impl<'a> Groups<'a> {
    fn join(&mut self, quad: &'a Quad) -> Result<(), DiffError> {
        let numbers: Vec<usize> = blank_nodes(quad)?.into_iter().map(|node| self.number(node)).collect();
        for pair in numbers.windows(2) {
            let (one, other) = (self.root(pair[0]), self.root(pair[1]));
            self.above[one.max(other)] = one.min(other);
        }
        Ok(())
    }

    fn number(&mut self, node: &'a BlankNode) -> usize {
        let next = self.above.len();
        let number = *self.number.entry(node.as_str()).or_insert(next);
        if number == next {
            self.above.push(next);
        }
        number
    }

    fn root(&self, mut at: usize) -> usize {
        while self.above[at] != at {
            at = self.above[at];
        }
        at
    }
}
