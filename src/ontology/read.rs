//! Reading: from statements to classes and relations that fit together.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, NamedNodeRef, Term};

use super::{
    Cardinality, Class, ClassId, ClassSet, Datatype, Key, KeyPart, Ontology, OntologyError, Range, Relation,
    RelationId, class_id, nearest, relation_id, triples::Triples,
};
use crate::{
    profile::Profile,
    vocab::{owl, rdfs, urbi, xsd},
};

/// Reads the ontology of a profile.
pub(super) fn read(profile: &Profile) -> Result<Ontology, OntologyError> {
    let triples = Triples::read(profile)?;
    let mut reader = Reader { triples: &triples, problems: Vec::new() };
    let classes = reader.stated(&[owl::CLASS], ClassId::LIMIT, "classes");
    let relations = reader.stated(&[owl::OBJECT_PROPERTY, owl::DATATYPE_PROPERTY], RelationId::LIMIT, "relations");
    let class_names = reader.names(&classes, class_id);
    let relation_names = reader.names(&relations, relation_id);
    let classes = reader.classes(&classes, &relation_names);
    let relations = reader.relations(&relations, &classes, &relation_names);
    match reader.problems.is_empty() {
        true => Ok(Ontology { classes, relations, class_names, relation_names }),
        false => Err(OntologyError::Invalid(reader.problems)),
    }
}

struct Reader<'a> {
    triples: &'a Triples,
    problems: Vec<String>,
}

impl<'a> Reader<'a> {
    /// The IRIs of all terms of these types that a rule can state, sorted.
    fn stated(&mut self, types: &[NamedNodeRef<'_>], limit: usize, what: &str) -> Vec<&'a str> {
        let mut iris: Vec<&str> = types.iter().flat_map(|class| self.triples.members(*class)).collect();
        iris.sort_unstable();
        iris.dedup();
        iris.retain(|iri| self.triples.text(iri, urbi::INTERNAL) != Some("true"));
        if iris.len() > limit {
            self.problems.push(format!("{} {what} are more than the {limit} that can be told apart", iris.len()));
            iris.truncate(limit);
        }
        iris
    }

    /// The terms by their local names.
    fn names<I>(&mut self, iris: &[&str], id: fn(usize) -> I) -> BTreeMap<String, I> {
        let mut names = BTreeMap::new();
        for (index, iri) in iris.iter().enumerate() {
            if names.insert(local_name(iri).to_owned(), id(index)).is_some() {
                self.problems.push(format!("<{iri}> has the same local name as another term: rename one of them"));
            }
        }
        names
    }

    fn classes(&mut self, iris: &[&str], relation_names: &BTreeMap<String, RelationId>) -> Vec<Class> {
        let parents: Vec<ClassSet> = iris.iter().map(|iri| self.parents(iri, iris)).collect();
        let ancestors: Vec<ClassSet> = (0..iris.len()).map(|index| closure(class_id(index), &parents)).collect();
        let mut classes = Vec::with_capacity(iris.len());
        for (index, iri) in iris.iter().enumerate() {
            let below = ancestors.iter().enumerate().filter(|(_, above)| above.contains(class_id(index)));
            classes.push(Class {
                iri: NamedNode::new_unchecked(*iri),
                name: local_name(iri).to_owned(),
                label: self.label(iri),
                comment: self.comment(iri),
                ancestors: ancestors[index],
                descendants: below.map(|(below, _)| class_id(below)).collect(),
                keys: self.keys(iri, relation_names),
            });
        }
        // A class without keys has those of the class nearest above it.
        for index in 0..classes.len() {
            if classes[index].keys.is_empty() {
                let above = classes[index].ancestors.iter().map(|class| &classes[class.index()]);
                let nearest =
                    above.filter(|class| !class.keys.is_empty()).max_by_key(|class| class.ancestors.iter().count());
                let scoped = || vec![Key(vec![KeyPart::Document, KeyPart::Name])];
                classes[index].keys = nearest.map_or_else(scoped, |class| class.keys.clone());
            }
        }
        classes
    }

    /// The classes of ours that `iri` is declared a subclass of.
    fn parents(&self, iri: &str, iris: &[&str]) -> ClassSet {
        let parents = self.triples.iris(iri, rdfs::SUB_CLASS_OF);
        parents.filter_map(|parent| iris.binary_search(&parent).ok()).map(class_id).collect()
    }

    fn keys(&mut self, iri: &str, relation_names: &BTreeMap<String, RelationId>) -> Vec<Key> {
        let Some(head) = self.triples.iris(iri, urbi::KEYED_BY).next() else { return Vec::new() };
        let mut keys = Vec::new();
        for element in self.triples.list(head) {
            let Term::Literal(literal) = element else {
                self.problems.push(format!("<{iri}> urbi:keyedBy: {element} is no string"));
                continue;
            };
            let mut parts = Vec::new();
            for word in literal.value().split_whitespace() {
                match word {
                    "authority" => parts.push(KeyPart::Authority),
                    "name" => parts.push(KeyPart::Name),
                    "year" => parts.push(KeyPart::Year),
                    "document" => parts.push(KeyPart::Document),
                    _ => match relation_names.get(word) {
                        Some(relation) => parts.push(KeyPart::Relation(*relation)),
                        None => {
                            let hint = did_you_mean(nearest(word, relation_names.keys()));
                            self.problems.push(format!(
                                "<{iri}> urbi:keyedBy: `{word}` is neither authority, name, year or document, nor a relation{hint}"
                            ));
                        }
                    },
                }
            }
            keys.push(Key(parts));
        }
        keys
    }

    fn relations(
        &mut self,
        iris: &[&str],
        classes: &[Class],
        relation_names: &BTreeMap<String, RelationId>,
    ) -> Vec<Relation> {
        let mut relations = Vec::with_capacity(iris.len());
        for iri in iris {
            let domain = self.union(iri, rdfs::DOMAIN, "rdfs:domain");
            let range = self.union(iri, rdfs::RANGE, "rdfs:range");
            relations.push(Relation {
                iri: NamedNode::new_unchecked(*iri),
                name: local_name(iri).to_owned(),
                label: self.label(iri),
                inverse_label: self.triples.text(iri, urbi::INVERSE_LABEL).map(str::to_owned),
                comment: self.comment(iri),
                domain: self.class_set(iri, "rdfs:domain", &domain, classes),
                range: self.range(iri, &range, classes),
                cardinality: self.cardinality(iri, relation_names),
                is_replaceable: self.triples.text(iri, urbi::REPLACEABLE) == Some("true"),
            });
        }
        relations
    }

    /// The one class of a domain or range, or the members of its union.
    fn union(&mut self, iri: &str, relation: NamedNodeRef<'_>, name: &str) -> Vec<&'a str> {
        let stated: Vec<&str> = self.triples.iris(iri, relation).collect();
        let [one] = stated[..] else {
            self.problems.push(match stated.len() {
                0 => format!("<{iri}> has no {name}: say what it relates"),
                _ => format!("<{iri}> has several {name}, which mean their intersection: use one owl:unionOf"),
            });
            return Vec::new();
        };
        let Some(head) = self.triples.iris(one, owl::UNION_OF).next() else { return vec![one] };
        let members = self.triples.list(head).into_iter();
        members.filter_map(|term| if let Term::NamedNode(node) = term { Some(node.as_str()) } else { None }).collect()
    }

    fn class_set(&mut self, iri: &str, relation: &str, members: &[&str], classes: &[Class]) -> ClassSet {
        let mut set = ClassSet::EMPTY;
        for member in members {
            match classes.iter().find(|class| class.iri.as_str() == *member) {
                Some(class) => set = set.union(class.descendants),
                None => self.problems.push(format!("<{iri}> {relation}: <{member}> is no class of the ontology")),
            }
        }
        set
    }

    fn range(&mut self, iri: &str, members: &[&str], classes: &[Class]) -> Range {
        if self.triples.has_type(iri, owl::DATATYPE_PROPERTY) {
            let mut datatypes = Vec::new();
            for member in members {
                match datatype(member) {
                    Some(datatype) => datatypes.push(datatype),
                    None => {
                        self.problems.push(format!("<{iri}> rdfs:range: <{member}> is no datatype that Urbi reads"))
                    }
                }
            }
            datatypes.sort_unstable();
            return Range::Literals(datatypes);
        }
        match members {
            [any] if *any == rdfs::RESOURCE.as_str() => Range::Iri,
            _ => Range::Things(self.class_set(iri, "rdfs:range", members, classes)),
        }
    }

    fn cardinality(&mut self, iri: &str, relation_names: &BTreeMap<String, RelationId>) -> Cardinality {
        if self.triples.has_type(iri, owl::FUNCTIONAL_PROPERTY) {
            return Cardinality::One;
        }
        let Some(other) = self.triples.iris(iri, urbi::FUNCTIONAL_WITHIN).next() else { return Cardinality::Many };
        match relation_names.get(local_name(other)) {
            Some(relation) => Cardinality::OneWithin(*relation),
            None => {
                self.problems.push(format!("<{iri}> urbi:functionalWithin: <{other}> is no relation of the ontology"));
                Cardinality::Many
            }
        }
    }

    fn label(&self, iri: &str) -> String {
        self.triples.text(iri, rdfs::LABEL).unwrap_or(local_name(iri)).to_owned()
    }

    fn comment(&self, iri: &str) -> String {
        self.triples.text(iri, rdfs::COMMENT).unwrap_or_default().to_owned()
    }
}

/// `class` and all above it.
fn closure(class: ClassId, parents: &[ClassSet]) -> ClassSet {
    let mut set = ClassSet::from(class);
    loop {
        let wider = set.iter().fold(set, |wider, class| wider.union(parents[class.index()]));
        if wider == set {
            return set;
        }
        set = wider;
    }
}

fn datatype(iri: &str) -> Option<Datatype> {
    let known = [
        (xsd::STRING, Datatype::String),
        (xsd::BOOLEAN, Datatype::Boolean),
        (xsd::INTEGER, Datatype::Integer),
        (xsd::DECIMAL, Datatype::Decimal),
        (xsd::G_YEAR, Datatype::Year),
        (xsd::G_YEAR_MONTH, Datatype::YearMonth),
        (xsd::DATE, Datatype::Date),
    ];
    known.into_iter().find(|(known, _)| known.as_str() == iri).map(|(_, datatype)| datatype)
}

/// What follows the last `#` or `/` of an IRI.
fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

fn did_you_mean(name: Option<&str>) -> String {
    name.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}
