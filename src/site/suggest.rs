//! Entities by the beginnings of their names.

use petgraph::graph::NodeIndex;
use serde::Serialize;

use super::{Site, SiteError, explore::reference, places::country, thing::Ref};
use crate::{
    graph::{Entity, Graph},
    text::fold,
};

/// Entities that someone may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hits {
    /// The likeliest first.
    pub hits: Vec<Hit>,
}

/// An entity that someone may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The entity.
    #[serde(flatten)]
    pub thing: Ref,
    /// The name of it that fits.
    pub matched: String,
    /// What tells it from others of the same name.
    pub detail: String,
}

impl Site {
    /// The entities that have a name with a word that begins like each word of `text`, whatever their case and accents; at
    /// most `limit`, and only of `class` if one is given. First those whose name is just this, then those whose name begins
    /// so, then those related to most others.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn suggest(&self, text: &str, class: Option<&str>, limit: usize) -> Result<Hits, SiteError> {
        let wanted = folded_words(text);
        if wanted.is_empty() {
            return Ok(Hits { hits: Vec::new() });
        }
        let graph = self.graph()?;
        let mut found = Vec::new();
        for (index, entity) in graph.entities() {
            if class.is_some_and(|class| entity.class != class) {
                continue;
            }
            let names = entity.names.iter().enumerate();
            let best = names.filter_map(|(at, name)| Some((fit(&wanted, name)?, at, name))).min();
            if let Some((fit, at, name)) = best {
                found.push((fit, at.min(1), std::cmp::Reverse(graph.degree(index)), index, name));
            }
        }
        found.sort_by_key(|(fit, other, degree, index, _)| (*fit, *other, *degree, *index));
        let hit = |(.., index, name): (_, _, _, NodeIndex, &String)| Hit {
            thing: reference(graph.entity(index)),
            matched: name.clone(),
            detail: detail(&graph, index),
        };
        Ok(Hits { hits: found.into_iter().take(limit).map(hit).collect() })
    }
}

/// How well a name fits: 0 if it is the same, 1 if it begins so, 2 if each wanted word begins one of its words.
fn fit(wanted: &[String], name: &str) -> Option<u8> {
    let words = folded_words(name);
    if words == wanted {
        return Some(0);
    }
    let begins = wanted.iter().all(|wanted| words.iter().any(|word| word.starts_with(wanted.as_str())));
    let in_order = words.iter().zip(wanted).all(|(word, wanted)| word.starts_with(wanted.as_str()));
    begins.then_some(if in_order { 1 } else { 2 })
}

fn folded_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold).collect()
}

/// Of a place its country, of an event its date and place, of anything else nothing.
pub(super) fn detail(graph: &Graph, index: NodeIndex) -> String {
    let entity: &Entity = graph.entity(index);
    let place = graph.objects(index, "heldIn").next().map(|city| graph.entity(city).label().to_owned());
    let country = country(graph, index).map(|country| country.label);
    let date = entity.fact("startDate").or(entity.fact("launchedOn")).map(str::to_owned);
    [date, place, country].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
