//! From entities to IRIs: by the keys that the ontology gives their class, strongest first.

use std::collections::BTreeMap;

use oxrdf::NamedNode;

use super::entity::{Entities, Entity, EntityId};
use crate::lexicon::Lexicon;
use crate::ontology::{ClassId, KeyPart, Ontology};
use crate::vocab::{Base, slug};

/// What relations and names say of an entity that its keys are made of.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Its place in its series.
    pub ordinal: Option<u32>,
    /// The year in which it starts.
    pub year: Option<i16>,
    /// Its series.
    pub series: Option<EntityId>,
    /// Who published it.
    pub publisher: Option<EntityId>,
}

/// The names of an entity in the graph.
#[derive(Clone, Debug)]
pub struct Minted {
    /// By its strongest key.
    pub iri: NamedNode,
    /// By its other keys: the same entity elsewhere.
    pub others: Vec<NamedNode>,
    /// What the key of `iri` is made of, then those of `others`; empty for the last resort, the name within the document.
    pub parts: Vec<Vec<KeyPart>>,
}

/// Names those entities that are asked for.
pub fn mint(
    entities: &Entities,
    wanted: impl Iterator<Item = EntityId>,
    known: &BTreeMap<EntityId, Known>,
    lexicon: &Lexicon,
    ontology: &Ontology,
    base: &Base,
    document: &str,
) -> BTreeMap<EntityId, Minted> {
    let namer = Namer { entities, known, lexicon, ontology, document };
    wanted
        .map(|id| {
            let entity = entities.get(id);
            let kind = kind(&ontology[entity.class].name);
            let keys = namer.keys(id, entity, 0).into_iter();
            let mut named: Vec<(NamedNode, Vec<KeyPart>)> = keys.map(|(k, p)| (base.entity(kind, &k), p)).collect();
            named.dedup_by(|a, b| a.0 == b.0);
            let (mut iris, parts): (Vec<_>, Vec<_>) = named.into_iter().unzip();
            let iri = iris.remove(0);
            (id, Minted { iri, others: iris, parts })
        })
        .collect()
}

/// The folder of a class, given by its local name, among the IRIs.
pub fn kind(class: &str) -> &str {
    match class {
        "ConferenceSeries" => "series",
        "OutcomeDocument" => "outcome",
        "City" => "city",
        "Country" => "country",
        "Conference" => "conference",
        "Event" => "event",
        "Publication" => "publication",
        "Organization" => "organization",
        "Network" => "network",
        "Award" => "award",
        "Theme" => "theme",
        "Venue" => "venue",
        "Person" => "person",
        _ => "thing",
    }
}

struct Namer<'a> {
    entities: &'a Entities,
    known: &'a BTreeMap<EntityId, Known>,
    lexicon: &'a Lexicon,
    ontology: &'a Ontology,
    document: &'a str,
}

impl Namer<'_> {
    /// All keys of an entity with what they are made of, strongest first; the last resort is its name within the document.
    fn keys(&self, id: EntityId, entity: &Entity, depth: u32) -> Vec<(String, Vec<KeyPart>)> {
        let parts = |key: &[KeyPart]| -> Option<(String, Vec<KeyPart>)> {
            let parts: Option<Vec<String>> = key.iter().map(|p| self.part(*p, id, entity, depth)).collect();
            Some((parts?.join("-"), key.to_vec()))
        };
        let mut keys: Vec<_> = self.strategies(entity.class).iter().filter_map(|k| parts(&k.0)).collect();
        // A weaker key that only adds the document says nothing to others.
        if keys.len() > 1 {
            keys.retain(|(k, _)| !k.starts_with(&self.document[..12]));
        }
        if keys.is_empty() {
            let name = entity.labels.first().map_or_else(|| id.0.to_string(), |l| slug(l));
            keys.push((format!("{}-{name}", &self.document[..12]), Vec::new()));
        }
        keys
    }

    fn strategies(&self, class: ClassId) -> &[crate::ontology::Key] {
        &self.ontology[class].keys
    }

    fn part(&self, part: KeyPart, id: EntityId, entity: &Entity, depth: u32) -> Option<String> {
        let known = self.known.get(&id);
        match part {
            KeyPart::Authority => entity.entry.map(|e| self.lexicon.entry(e).key().into_owned()),
            KeyPart::Name => entity.labels.first().map(|l| slug(l)).filter(|s| !s.is_empty()),
            KeyPart::Year => {
                let year = known.and_then(|k| k.year).or_else(|| entity.year.map(|y| y.year));
                year.map(|y| y.to_string())
            }
            KeyPart::Document => Some(self.document[..12].to_owned()),
            KeyPart::Relation(relation) => match self.ontology[relation].name.as_str() {
                "ordinal" => known.and_then(|k| k.ordinal).or(entity.ordinal).map(|n| n.to_string()),
                "partOfSeries" => self.other(known.and_then(|k| k.series).or(entity.series)?, depth),
                "publishedBy" => self.other(known.and_then(|k| k.publisher)?, depth),
                _ => None,
            },
        }
    }

    fn other(&self, id: EntityId, depth: u32) -> Option<String> {
        (depth < 3).then(|| self.keys(id, self.entities.get(id), depth + 1).swap_remove(0).0)
    }
}
