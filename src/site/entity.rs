//! The page of an entity.

use std::cmp::Reverse;

use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use serde::Serialize;

use super::{
    Announcement, Site, SiteError,
    thing::{ClassName, Names, Ref, RelationName, Value},
};
use crate::{
    view::is_relation,
    vocab::{geo, owl, rdf, rdfs, skos, urbi},
};

/// Announcements that are listed at most.
const ANNOUNCEMENTS: usize = 50;

/// What the view says of an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EntityPage {
    /// Its IRI, name and class.
    #[serde(flatten)]
    pub thing: Ref,
    /// All its classes, the most special first.
    pub classes: Vec<ClassName>,
    /// Its other names.
    pub names: Vec<String>,
    /// What it stands in relation to, by relation.
    pub facts: Vec<Statement<Value>>,
    /// What stands in relation to it, by relation and name; not more than was asked for.
    pub incoming: Vec<Statement<Ref>>,
    /// How much stands in relation to it.
    pub incoming_total: usize,
    /// Where it is, if that is known.
    pub location: Option<Location>,
    /// Its records elsewhere.
    pub same_as: Vec<String>,
    /// Other keys of it.
    pub aliases: Vec<String>,
    /// The announcements that speak of it, the latest first.
    pub announcements: Vec<Announcement>,
}

/// One statement about an entity, seen from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement<T> {
    /// The relation.
    pub relation: RelationName,
    /// What is at its other end.
    pub value: T,
    /// How many pieces of evidence state it; 0 for what follows from others.
    pub evidence: usize,
    /// How sure it is, in thousandths.
    pub confidence: u16,
}

/// A place on the earth (WGS 84).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Location {
    /// Latitude in degrees, north positive, as a decimal number.
    #[serde(serialize_with = "number")]
    pub lat: String,
    /// Longitude in degrees, east positive, as a decimal number.
    #[serde(serialize_with = "number")]
    pub long: String,
    /// What lies there: the entity, or the city where it took place.
    pub of: Ref,
}

/// A decimal as a JSON number. The lexical form is kept until here, so that no digit changes.
fn number<S: serde::Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(text.parse().unwrap_or(0.0))
}

impl Site {
    /// The page of an entity by one of its keys, with at most `limit` incoming statements. None if the view knows no such
    /// entity.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn entity(&self, key: &NamedNode, limit: usize) -> Result<Option<EntityPage>, SiteError> {
        let names = self.names();
        let mut iri = key.clone();
        let mut about = self.store().about(&iri)?;
        if about.is_empty() {
            let Some(entity) = self.store().alias_of(key)? else { return Ok(None) };
            about = self.store().about(&entity)?;
            iri = entity;
        }
        let Some(thing) = names.thing(&iri)? else { return Ok(None) };
        let named =
            |predicate| about.iter().filter(move |triple| triple.predicate == predicate).map(|triple| &triple.object);
        let nodes = |predicate| -> Vec<NamedNode> {
            let node = |term: &Term| match term {
                Term::NamedNode(node) => Some(node.clone()),
                _ => None,
            };
            named(predicate).filter_map(node).collect()
        };
        let iris = |predicate| nodes(predicate).into_iter().map(NamedNode::into_string).collect();
        let others = named(skos::ALT_LABEL).chain(named(rdfs::LABEL)).filter_map(|term| match term {
            Term::Literal(name) if name.value() != thing.label => Some(name.value().to_owned()),
            _ => None,
        });
        let mut other_names: Vec<String> = others.collect();
        other_names.sort();
        other_names.dedup();
        let (incoming, incoming_total) = self.incoming(&iri, limit, &names)?;
        Ok(Some(EntityPage {
            classes: names.classes(&nodes(rdf::TYPE)),
            names: other_names,
            facts: self.facts(&about, &names)?,
            incoming,
            incoming_total,
            location: self.location(&iri, &thing, &about, &names)?,
            same_as: iris(owl::SAME_AS),
            aliases: iris(urbi::ALIAS),
            announcements: self.announcements_about(&iri, ANNOUNCEMENTS)?,
            thing,
        }))
    }

    fn facts(&self, about: &[Triple], names: &Names<'_>) -> Result<Vec<Statement<Value>>, SiteError> {
        let facts: Vec<Triple> =
            about.iter().filter(|triple| is_relation(triple.predicate.as_ref())).cloned().collect();
        let mut statements = Vec::with_capacity(facts.len());
        for (triple, weight) in facts.iter().zip(self.store().weights(&facts)?) {
            statements.push(Statement {
                relation: names.relation(triple.predicate.as_ref()),
                value: names.value(&triple.object)?,
                evidence: weight.evidence,
                confidence: weight.confidence.thousandths(),
            });
        }
        statements.sort_by_cached_key(|s| (s.relation.clone(), s.value.text().to_owned()));
        Ok(statements)
    }

    fn incoming(
        &self,
        iri: &NamedNode,
        limit: usize,
        names: &Names<'_>,
    ) -> Result<(Vec<Statement<Ref>>, usize), SiteError> {
        let mut triples = self.store().pointing_to(iri)?;
        triples.retain(|triple| is_relation(triple.predicate.as_ref()));
        let total = triples.len();
        let mut found = Vec::with_capacity(total);
        for triple in triples {
            found.push((names.relation(triple.predicate.as_ref()), names.subject(&triple.subject)?, triple));
        }
        found.sort_by(|a, b| (&a.0, &a.1.label, &a.1.iri).cmp(&(&b.0, &b.1.label, &b.1.iri)));
        found.truncate(limit);
        let triples: Vec<Triple> = found.iter().map(|(.., triple)| triple.clone()).collect();
        let weights = self.store().weights(&triples)?;
        let statements = found.into_iter().zip(weights).map(|((relation, value, _), weight)| Statement {
            relation,
            value,
            evidence: weight.evidence,
            confidence: weight.confidence.thousandths(),
        });
        Ok((statements.collect(), total))
    }

    /// Its own coordinates, or those of the first city where it was held.
    fn location(
        &self,
        iri: &NamedNode,
        thing: &Ref,
        about: &[Triple],
        names: &Names<'_>,
    ) -> Result<Option<Location>, SiteError> {
        if let Some((lat, long)) = self.coordinates(iri)? {
            return Ok(Some(Location { lat, long, of: thing.clone() }));
        }
        for triple in about.iter().filter(|triple| triple.predicate == urbi::HELD_IN) {
            let Term::NamedNode(city) = &triple.object else { continue };
            if let Some((lat, long)) = self.coordinates(city)? {
                return Ok(Some(Location { lat, long, of: names.any(city)? }));
            }
        }
        Ok(None)
    }

    /// Latitude and longitude as the view states them.
    pub(super) fn coordinates(&self, iri: &NamedNode) -> Result<Option<(String, String)>, SiteError> {
        let number = |predicate| -> Result<Option<String>, SiteError> {
            Ok(match self.store().object(iri, predicate)? {
                Some(Term::Literal(literal)) if literal.value().parse::<f64>().is_ok_and(f64::is_finite) => {
                    Some(literal.value().to_owned())
                }
                _ => None,
            })
        };
        Ok(number(geo::LAT)?.zip(number(geo::LONG)?))
    }

    /// The announcements that speak of an entity: the latest first, at most `limit`.
    fn announcements_about(&self, iri: &NamedNode, limit: usize) -> Result<Vec<Announcement>, SiteError> {
        let mut found = Vec::new();
        for document in self.store().documents_about(iri)?.into_keys() {
            found.extend(self.announcement(&document)?);
        }
        found.sort_by(|a, b| {
            (Reverse(&a.announced_on), &a.title, &a.iri).cmp(&(Reverse(&b.announced_on), &b.title, &b.iri))
        });
        found.truncate(limit);
        Ok(found)
    }
}

/// The subject of a triple as an IRI.
pub(super) fn subject(triple: &Triple) -> Option<&NamedNode> {
    match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}
