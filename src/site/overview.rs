//! What there is in all.

use std::collections::BTreeMap;

use oxrdf::Term;
use serde::Serialize;

use super::{Site, SiteError, thing::RelationName};
use crate::{
    ontology::Range,
    view::is_relation,
    vocab::{PREFIXES, rdf},
};

/// What the graph holds, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// The base of its IRIs.
    pub base: String,
    /// How many documents it was read from.
    pub documents: usize,
    /// How many things it speaks of, the announcements aside.
    pub entities: usize,
    /// How many statements the view holds.
    pub triples: usize,
    /// The classes that have members, the largest first.
    pub classes: Vec<ClassCount>,
    /// The relations that are stated, the most frequent first.
    pub relations: Vec<RelationCount>,
    /// The prefixes that every query may use.
    pub prefixes: BTreeMap<&'static str, &'static str>,
}

/// A class with the number of its members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassCount {
    /// Its IRI.
    pub iri: String,
    /// Its local name.
    pub name: String,
    /// For people.
    pub label: String,
    /// How many things have it.
    pub count: usize,
}

/// A relation with the number of its statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RelationCount {
    /// Its names.
    #[serde(flatten)]
    pub relation: RelationName,
    /// What its values are: `entity`, `date`, `number`, `text` or `iri`.
    pub range: &'static str,
    /// How many statements have it.
    pub count: usize,
}

impl Site {
    /// Counts what there is. Reads the whole view.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn overview(&self) -> Result<Overview, SiteError> {
        let view = self.store().view_triples()?;
        let names = self.names();
        let (mut classes, mut relations) = (BTreeMap::<_, usize>::new(), BTreeMap::<_, usize>::new());
        for triple in &view {
            match &triple.object {
                Term::NamedNode(class) if triple.predicate == rdf::TYPE => *classes.entry(class).or_default() += 1,
                _ if is_relation(triple.predicate.as_ref()) => *relations.entry(&triple.predicate).or_default() += 1,
                _ => {}
            }
        }
        let ontology = self.ontology();
        let mut counted: Vec<ClassCount> = Vec::new();
        for (class, count) in classes {
            let Some(class) = ontology.class_by_iri(class.as_ref()).map(|id| &ontology[id]) else { continue };
            counted.push(ClassCount {
                iri: class.iri.as_str().to_owned(),
                name: class.name.clone(),
                label: class.label.clone(),
                count,
            });
        }
        counted.sort_by(|a, b| (b.count, &a.iri).cmp(&(a.count, &b.iri)));
        let mut stated: Vec<RelationCount> = Vec::new();
        for (predicate, count) in relations {
            let range = match ontology.relation_by_iri(predicate.as_ref()).map(|id| &ontology[id].range) {
                Some(Range::Things(_)) => "entity",
                Some(Range::Iri) => "iri",
                Some(range) if range.is_date() => "date",
                Some(Range::Literals(types)) if types.iter().all(is_number) => "number",
                Some(Range::Literals(_)) => "text",
                // What the view works out: the days that an event can begin and end on.
                None => "date",
            };
            stated.push(RelationCount { relation: names.relation(predicate.as_ref()), range, count });
        }
        stated.sort_by(|a, b| (b.count, &a.relation).cmp(&(a.count, &b.relation)));
        Ok(Overview {
            base: self.base().as_str().to_owned(),
            documents: self.store().documents()?.len(),
            entities: self.graph()?.len(),
            triples: view.len(),
            classes: counted,
            relations: stated,
            prefixes: PREFIXES.iter().copied().collect(),
        })
    }
}

fn is_number(datatype: &crate::ontology::Datatype) -> bool {
    use crate::ontology::Datatype::{Decimal, Integer};
    matches!(datatype, Integer | Decimal)
}
