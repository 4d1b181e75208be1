//! Parts of the graph to walk through: what lies around an entity, and how one leads to another.

use std::collections::BTreeSet;

use oxrdf::{NamedNode, NamedNodeRef, Term};
use petgraph::graph::NodeIndex;
use serde::Serialize;

use super::{
    Announcement, Site, SiteError,
    thing::{Ref, RelationName},
};
use crate::{
    graph::{Entity, Graph, Step, year},
    vocab::urbi,
};

/// A part of the graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Excerpt {
    /// The entities, by IRI.
    pub nodes: Vec<Node>,
    /// What joins them.
    pub edges: Vec<Edge>,
    /// How many entities there would be without the limit.
    pub asked: usize,
}

/// An entity of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    /// Its IRI, name and class.
    #[serde(flatten)]
    pub thing: Ref,
    /// How many entities it is related to, in the whole graph.
    pub degree: usize,
    /// How many relations it is away from the nearest centre; 0 without one.
    pub distance: usize,
    /// The year in which it begins, took place or was launched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

/// What joins two entities in one direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edge {
    /// IRI of the subject.
    pub from: String,
    /// IRI of the object.
    pub to: String,
    /// Local names of the relations.
    pub relations: Vec<String>,
}

/// A chain from one entity to another; none if nothing joins them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chain {
    /// Its links, in order.
    pub steps: Option<Vec<Link>>,
}

/// A link of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Where it begins.
    pub from: Ref,
    /// Where it ends.
    pub to: Ref,
    /// What joins the two.
    pub relation: RelationName,
    /// Whether the relation leads from `from` to `to`.
    pub forward: bool,
    /// The surest words that state it.
    pub quote: Option<String>,
    /// The document they stand in.
    pub document: Option<Announcement>,
}

/// Which entities an excerpt keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Local names of classes; empty for all.
    pub classes: Vec<String>,
    /// The first year; what has no date stays.
    pub from: Option<i32>,
    /// The last year; what has no date stays.
    pub to: Option<i32>,
}

impl Filter {
    /// Whether an entity is kept.
    pub fn keeps(&self, entity: &Entity) -> bool {
        let class = self.classes.is_empty() || self.classes.contains(&entity.class);
        let year = year(entity);
        let in_time = |year: i32| self.from.is_none_or(|from| year >= from) && self.to.is_none_or(|to| year <= to);
        class && year.is_none_or(in_time)
    }
}

impl Site {
    /// The entities at most `depth` relations away from any of `centres`, or without centres those best connected; at most
    /// `limit` of those that `filter` keeps. Centres are always in. IRIs that are no entity are passed over.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn excerpt(
        &self,
        centres: &[NamedNode],
        depth: usize,
        limit: usize,
        filter: &Filter,
    ) -> Result<Excerpt, SiteError> {
        let graph = self.graph()?;
        let centres: Vec<NodeIndex> =
            centres.iter().filter_map(|iri| self.node(&graph, iri).transpose()).collect::<Result<_, _>>()?;
        let mut distance = std::collections::BTreeMap::new();
        for centre in &centres {
            for (index, away) in graph.distances(*centre, depth) {
                let nearest = distance.entry(index).or_insert(away);
                *nearest = away.min(*nearest);
            }
        }
        if centres.is_empty() {
            distance = graph.entities().map(|(index, _)| (index, 0)).collect();
        }
        let mut chosen: Vec<NodeIndex> = distance.keys().copied().collect();
        chosen.retain(|index| centres.contains(index) || filter.keeps(graph.entity(*index)));
        let asked = chosen.len();
        if centres.is_empty() && filter == &Filter::default() {
            chosen = graph.most_central(limit).entities.into_iter().collect();
        } else {
            chosen.sort_by_cached_key(|index| {
                (!centres.contains(index), distance[index], std::cmp::Reverse(graph.degree(*index)), *index)
            });
            chosen.truncate(limit.max(centres.len()));
        }
        let chosen: BTreeSet<NodeIndex> = chosen.into_iter().collect();
        let node = |index: &NodeIndex| {
            let entity = graph.entity(*index);
            Node {
                thing: reference(entity),
                degree: graph.degree(*index),
                distance: distance[index],
                year: year(entity),
            }
        };
        let within = graph.relations().filter(|(from, _, to)| chosen.contains(from) && chosen.contains(to));
        let edges = within.map(|(from, relations, to)| Edge {
            from: graph.entity(from).iri.clone(),
            to: graph.entity(to).iri.clone(),
            relations: relations.clone(),
        });
        Ok(Excerpt { nodes: chosen.iter().map(node).collect(), edges: edges.collect(), asked })
    }

    /// The shortest chain of relations between two entities, with the words that state each link. None if one of the two is
    /// no entity.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn chain(&self, from: &NamedNode, to: &NamedNode) -> Result<Option<Chain>, SiteError> {
        let graph = self.graph()?;
        let (Some(from), Some(to)) = (self.node(&graph, from)?, self.node(&graph, to)?) else { return Ok(None) };
        Ok(Some(self.grounded(&graph, graph.path(from, to))?))
    }

    /// A chain of relations with the words that state each of its links.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn grounded(&self, graph: &Graph, steps: Option<Vec<Step>>) -> Result<Chain, SiteError> {
        let Some(steps) = steps else { return Ok(Chain { steps: None }) };
        let mut links = Vec::with_capacity(steps.len());
        for step in steps {
            let forward = !step.forward.is_empty();
            let name = step.forward.first().or(step.backward.first()).cloned().unwrap_or_default();
            let predicate = format!("{}{name}", urbi::NAMESPACE);
            let predicate = NamedNodeRef::new_unchecked(&predicate);
            let (subject, object) = if forward { (step.from, step.to) } else { (step.to, step.from) };
            let node = |index| NamedNode::new_unchecked(graph.entity(index).iri.clone());
            let object = Term::from(node(object));
            let mut grounds =
                self.store().explain(Some(&node(subject)), Some(&predicate.into_owned()), Some(&object))?;
            // The surest; of equals, the first as they come.
            grounds.sort_by_key(|explanation| std::cmp::Reverse(explanation.evidence.confidence));
            let best = grounds.first();
            links.push(Link {
                from: reference(graph.entity(step.from)),
                to: reference(graph.entity(step.to)),
                relation: self.names().relation(predicate),
                forward,
                quote: best.map(|explanation| explanation.passage.quote.clone()),
                document: best.map(|e| self.announcement(&e.passage.document)).transpose()?.flatten(),
            });
        }
        Ok(Chain { steps: Some(links) })
    }

    /// The entity of the graph with this IRI, or this other key.
    fn node(&self, graph: &Graph, iri: &NamedNode) -> Result<Option<NodeIndex>, SiteError> {
        if let Some(index) = graph.by_iri(iri.as_str()) {
            return Ok(Some(index));
        }
        Ok(self.store().alias_of(iri)?.and_then(|entity| graph.by_iri(entity.as_str())))
    }
}

/// An entity of the graph by its name.
pub(super) fn reference(entity: &Entity) -> Ref {
    Ref { iri: entity.iri.clone(), label: entity.label().to_owned(), class: entity.class.clone() }
}
