//! What can be said: classes and relations, read from the profile's `ontology/*.ttl`.
//!
//! Rules are checked against it before they run, and the engine knows no class by name: that a conference is an event,
//! that a city lies in one country, and what identifies a publication is written in the ontology and nowhere else. Terms
//! that Urbi writes itself (`urbi:internal`) are left out, since no rule can state them.
//!
//! Not in here: reasoning. Only declared subclasses of the ontology's own classes count; alignments with other
//! vocabularies are for those who read the data. SHACL shapes (`ontology/shapes.ttl`) are not read either.

mod read;
mod set;
mod triples;

pub use set::{ClassId, ClassSet, RelationId};

use std::collections::BTreeMap;

use oxrdf::{NamedNode, NamedNodeRef};

use crate::profile::{Profile, ProfileError};

/// The classes and relations of a profile.
#[derive(Clone, Debug)]
pub struct Ontology {
    classes: Vec<Class>,
    relations: Vec<Relation>,
    class_names: BTreeMap<String, ClassId>,
    relation_names: BTreeMap<String, RelationId>,
}

/// A class.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its IRI.
    pub iri: NamedNode,
    /// Its local name, by which rules call it: `ConferenceSeries`.
    pub name: String,
    /// For people: `conference series`.
    pub label: String,
    /// What it means.
    pub comment: String,
    /// Itself and the classes it is a subclass of.
    pub ancestors: ClassSet,
    /// Itself and its subclasses.
    pub descendants: ClassSet,
    /// What identifies a member, strongest first; its own, or else those of the class above it. Never empty.
    pub keys: Vec<Key>,
}

/// A relation.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Its IRI.
    pub iri: NamedNode,
    /// Its local name, by which rules call it: `heldIn`.
    pub name: String,
    /// For people: `held in`.
    pub label: String,
    /// How it reads from its object: `place of`. None for those with literal values.
    pub inverse_label: Option<String>,
    /// What it means.
    pub comment: String,
    /// The classes of its subjects, with their subclasses.
    pub domain: ClassSet,
    /// What its objects are.
    pub range: Range,
    /// How many values it may have.
    pub cardinality: Cardinality,
    /// Whether later announcements often give another value in the place of an earlier one, although it may have several
    /// (`urbi:replaceable`).
    pub is_replaceable: bool,
}

/// What the objects of a relation are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Range {
    /// Members of these classes, with their subclasses.
    Things(ClassSet),
    /// Literals of one of these datatypes, sorted.
    Literals(Vec<Datatype>),
    /// IRIs of no class of ours, such as a web address.
    Iri,
}

/// Datatypes of literals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Datatype {
    /// `xsd:string`
    String,
    /// `xsd:boolean`
    Boolean,
    /// `xsd:integer`
    Integer,
    /// `xsd:decimal`
    Decimal,
    /// `xsd:gYear`
    Year,
    /// `xsd:gYearMonth`
    YearMonth,
    /// `xsd:date`
    Date,
}

/// How many values a relation may have for one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cardinality {
    /// Any number.
    Many,
    /// One (`owl:FunctionalProperty`).
    One,
    /// One for each value of that relation (`urbi:functionalWithin`).
    OneWithin(RelationId),
}

/// What identifies a member of a class: all parts together. A key whose parts are not all known does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(pub Vec<KeyPart>);

/// A part of a [`Key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPart {
    /// The identifier that the lexicon knows it by.
    Authority,
    /// The slug of its name or title.
    Name,
    /// The year in which it starts.
    Year,
    /// The announcement: the key holds within it only.
    Document,
    /// The value of this relation.
    Relation(RelationId),
}

/// Why the ontology of a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OntologyError {
    /// A file cannot be read.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// A file is not Turtle.
    #[error("{place}:{}:{}: {}", source.location().start.line + 1, source.location().start.column + 1, source.message())]
    Syntax {
        /// The file.
        place: String,
        /// What is wrong, and where.
        source: oxttl::TurtleSyntaxError,
    },
    /// It reads, but makes no sense: all that is wrong with it.
    #[error("the ontology cannot be used:\n  {}", .0.join("\n  "))]
    Invalid(Vec<String>),
}

impl Ontology {
    /// Reads the files `ontology/*.ttl` of a profile, shapes aside.
    ///
    /// # Errors
    /// If a file is not Turtle, or its classes and relations do not fit together; all such problems are named at once.
    pub fn load(profile: &Profile) -> Result<Ontology, OntologyError> {
        read::read(profile)
    }

    /// The class with this local name.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.class_names.get(name).copied()
    }

    /// The relation with this local name.
    pub fn relation(&self, name: &str) -> Option<RelationId> {
        self.relation_names.get(name).copied()
    }

    /// The class with this IRI.
    pub fn class_by_iri(&self, iri: NamedNodeRef<'_>) -> Option<ClassId> {
        let found = self.classes.binary_search_by(|class| class.iri.as_ref().cmp(&iri)).ok()?;
        Some(class_id(found))
    }

    /// The relation with this IRI.
    pub fn relation_by_iri(&self, iri: NamedNodeRef<'_>) -> Option<RelationId> {
        let found = self.relations.binary_search_by(|relation| relation.iri.as_ref().cmp(&iri)).ok()?;
        Some(relation_id(found))
    }

    /// All classes, sorted by IRI.
    pub fn classes(&self) -> impl Iterator<Item = (ClassId, &Class)> {
        self.classes.iter().enumerate().map(|(index, class)| (class_id(index), class))
    }

    /// All relations, sorted by IRI.
    pub fn relations(&self) -> impl Iterator<Item = (RelationId, &Relation)> {
        self.relations.iter().enumerate().map(|(index, relation)| (relation_id(index), relation))
    }

    /// Whether every `class` is an `ancestor`; a class is one of itself.
    pub fn is_subclass(&self, class: ClassId, ancestor: ClassId) -> bool {
        self[class].ancestors.contains(ancestor)
    }

    /// The name of a class that is spelled most like `name`, if any is spelled like it.
    pub fn nearest_class(&self, name: &str) -> Option<&str> {
        nearest(name, self.class_names.keys())
    }

    /// The name of a relation that is spelled most like `name`, if any is spelled like it.
    pub fn nearest_relation(&self, name: &str) -> Option<&str> {
        nearest(name, self.relation_names.keys())
    }

    /// The names of the classes of a set that are not below another of its classes, for messages: `Event or Publication`.
    pub fn describe(&self, classes: ClassSet) -> String {
        let top = classes.iter().filter(|class| {
            let above = self[*class].ancestors.intersection(classes);
            above == ClassSet::from(*class)
        });
        let names: Vec<&str> = top.map(|class| self[class].name.as_str()).collect();
        names.join(" or ")
    }
}

impl std::ops::Index<ClassId> for Ontology {
    type Output = Class;

    fn index(&self, class: ClassId) -> &Class {
        &self.classes[class.index()]
    }
}

impl std::ops::Index<RelationId> for Ontology {
    type Output = Relation;

    fn index(&self, relation: RelationId) -> &Relation {
        &self.relations[relation.index()]
    }
}

impl Range {
    /// Whether the objects are dates: years, months or days.
    pub fn is_date(&self) -> bool {
        let date = |datatype: &Datatype| matches!(datatype, Datatype::Year | Datatype::YearMonth | Datatype::Date);
        matches!(self, Range::Literals(datatypes) if datatypes.iter().all(date))
    }

    /// Whether an object may be a member of `class`.
    pub fn accepts(&self, class: ClassId) -> bool {
        matches!(self, Range::Things(classes) if classes.contains(class))
    }
}

/// Only for an index below [`ClassId::LIMIT`], which reading has checked.
fn class_id(index: usize) -> ClassId {
    ClassId(index as u8)
}

/// Only for an index below [`RelationId::LIMIT`], which reading has checked.
fn relation_id(index: usize) -> RelationId {
    RelationId(index as u16)
}

/// The candidate that takes the fewest edits to become `name`, at most a third of its letters; the first of equals.
fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a String>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let room = (name.chars().count() / 3).max(1);
    candidates
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(edits, _)| *edits <= room)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate.as_str())
}

#[cfg(test)]
mod tests;
