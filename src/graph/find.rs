//! From what a user types to an entity: an IRI, a prefixed name or a name.

use petgraph::graph::NodeIndex;

use super::Graph;
use crate::{
    text::fold,
    vocab::{Base, PREFIXES},
};

/// Most names that an error suggests.
const SUGGESTIONS: usize = 5;

/// No entity, or more than one, goes by this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFound {
    /// None does.
    #[error("no entity is called `{name}`{}", suggest(.near))]
    Nothing {
        /// What was asked for.
        name: String,
        /// Names that are written alike, the nearest first.
        near: Vec<String>,
    },
    /// Several do.
    #[error("`{name}` is the name of {} entities; give one of these IRIs: {}", .iris.len(), .iris.join(" "))]
    Several {
        /// What was asked for.
        name: String,
        /// The IRIs of those that go by it, sorted.
        iris: Vec<String>,
    },
}

fn suggest(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(", ")) }
}

impl Graph {
    /// The entity with this IRI (with or without angle brackets), prefixed name (`city:KR` for `{base}city/KR`, or with
    /// a prefix of the ontology) or name. Names are compared without regard to case, accents and punctuation; a best
    /// name goes before other names.
    ///
    /// # Errors
    /// If there is none, with what is written alike; or several, with their IRIs.
    pub fn find(&self, name: &str, base: &Base) -> Result<NodeIndex, NotFound> {
        let bare = name.strip_prefix('<').and_then(|name| name.strip_suffix('>')).unwrap_or(name);
        if let Some(index) = self.by_iri.get(bare).or_else(|| expand(bare, base).and_then(|iri| self.by_iri.get(&iri)))
        {
            return Ok(*index);
        }
        let wanted = fold_name(bare);
        for rank in [0..1, 1..usize::MAX] {
            let found: Vec<NodeIndex> = self
                .entities()
                .filter(|(_, entity)| {
                    let names = entity.names.iter().enumerate().filter(|(at, _)| rank.contains(at));
                    names.map(|(_, name)| fold_name(name)).any(|name| name == wanted)
                })
                .map(|(index, _)| index)
                .collect();
            match found.as_slice() {
                [] => {}
                [one] => return Ok(*one),
                several => {
                    let iris = several.iter().map(|index| self.entity(*index).iri.clone()).collect();
                    return Err(NotFound::Several { name: name.to_owned(), iris });
                }
            }
        }
        Err(NotFound::Nothing { name: name.to_owned(), near: self.near(&wanted) })
    }

    /// Names that contain what is wanted or are written alike, the nearest first.
    fn near(&self, wanted: &str) -> Vec<String> {
        let mut near: Vec<(u64, &str)> = Vec::new();
        for (_, entity) in self.entities() {
            for name in &entity.names {
                let folded = fold_name(name);
                let alike = strsim::jaro_winkler(&folded, wanted);
                let score = if !wanted.is_empty() && folded.contains(wanted) { alike.max(0.95) } else { alike };
                if score >= 0.8 {
                    // Thousandths, so that scores have a total order.
                    near.push((1000 - (score * 1000.0) as u64, name));
                }
            }
        }
        near.sort_unstable();
        near.dedup_by_key(|(_, name)| *name);
        near.into_iter().take(SUGGESTIONS).map(|(_, name)| format!("`{name}`")).collect()
    }
}

/// The IRI of a prefixed name.
fn expand(name: &str, base: &Base) -> Option<String> {
    let (prefix, local) = name.split_once(':')?;
    let namespace = PREFIXES.iter().find(|(known, _)| *known == prefix).map(|(_, namespace)| (*namespace).to_owned());
    Some(namespace.unwrap_or_else(|| format!("{base}{prefix}/")) + local)
}

/// Words only, folded.
fn fold_name(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(fold).collect::<Vec<_>>().join(" ")
}
