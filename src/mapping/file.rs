//! Reads a mapping and checks it against the ontology.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{LabelPart, MappingError, Path, StateRule, Take, ThingRule};
use crate::fact::{Confidence, RuleRef};
use crate::ontology::{ClassId, Ontology, Range};
use crate::source::Vocabulary;

/// A mapping as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    vocabulary: String,
    confidence: f64,
    thing: Vec<Thing>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Thing {
    #[serde(default)]
    types: Vec<String>,
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
    #[serde(default)]
    unless: BTreeMap<String, Vec<String>>,
    each: Option<String>,
    class: String,
    label: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    year: Option<String>,
    confidence: Option<f64>,
    #[serde(default)]
    states: BTreeMap<String, OneOrMore<Stated>>,
}

/// `"path"`, a table, or several of both.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore<T> {
    One(T),
    More(Vec<T>),
}

impl<T> OneOrMore<T> {
    fn into_vec(self) -> Vec<T> {
        match self {
            OneOrMore::One(one) => vec![one],
            OneOrMore::More(all) => all,
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Stated {
    Path(String),
    Table(Table),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    path: OneOrMore<String>,
    class: Option<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default, rename = "in")]
    within: Vec<String>,
    #[serde(default)]
    take: Take,
    confidence: Option<f64>,
}

/// Adds the things of the mapping `name`; what does not fit goes to `problems`.
pub(super) fn read(
    name: &str,
    place: &str,
    text: &str,
    ontology: &Ontology,
    things: &mut Vec<ThingRule>,
    problems: &mut Vec<String>,
) -> Result<(), MappingError> {
    let file: File = toml::from_str(text)
        .map_err(|source| MappingError::Syntax { place: place.to_owned(), source: Box::new(source) })?;
    let version: String = Sha256::digest(text.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let mut reader = Reader { name, place, version, ontology, problems };
    let Some(vocabulary) = Vocabulary::ALL.into_iter().find(|known| known.name() == file.vocabulary) else {
        let known = Vocabulary::ALL.map(Vocabulary::name).join(", ");
        reader.problem(format!("`{}` is no vocabulary; known are: {known}", file.vocabulary));
        return Ok(());
    };
    for thing in file.thing {
        things.extend(reader.thing(vocabulary, file.confidence, thing));
    }
    Ok(())
}

struct Reader<'r> {
    name: &'r str,
    place: &'r str,
    version: String,
    ontology: &'r Ontology,
    problems: &'r mut Vec<String>,
}

impl Reader<'_> {
    fn problem(&mut self, words: String) {
        self.problems.push(format!("{}: {words}", self.place));
    }

    fn path(&mut self, text: &str) -> Option<Path> {
        let path = Path::parse(text);
        if path.is_none() {
            self.problem(format!("`{text}` is no path: write names with full stops between them"));
        }
        path
    }

    fn paths(&mut self, texts: &[String]) -> Vec<Path> {
        texts.iter().filter_map(|text| self.path(text)).collect()
    }

    fn confidence(&mut self, given: f64) -> Confidence {
        if !(0.0..=1.0).contains(&given) {
            self.problem(format!("{given} is no confidence: write a number from 0 to 1"));
        }
        Confidence::from_thousandths((given * 1000.0).round() as u16)
    }

    fn class(&mut self, name: &str) -> Option<ClassId> {
        let class = self.ontology.class(name);
        if class.is_none() {
            self.problem(format!("the ontology has no class {name}"));
        }
        class
    }

    fn thing(&mut self, vocabulary: Vocabulary, usual: f64, thing: Thing) -> Option<ThingRule> {
        let announcement = thing.class == "Announcement";
        let class = if announcement { None } else { Some(self.class(&thing.class)?) };
        let label = self.label(thing.label.as_deref().unwrap_or("{name}"));
        let confidence = self.confidence(thing.confidence.unwrap_or(usual));
        let unless: Vec<(String, Vec<String>)> = thing.unless.into_iter().collect();
        let mut states = Vec::new();
        for (relation, stated) in thing.states {
            for stated in stated.into_vec() {
                states.extend(self.state(&relation, class, confidence, stated));
            }
        }
        Some(ThingRule {
            vocabulary,
            types: thing.types,
            has: self.paths(&thing.has),
            lacks: self.paths(&thing.lacks),
            unless: unless.into_iter().filter_map(|(path, values)| Some((self.path(&path)?, values))).collect(),
            each: thing.each.and_then(|path| self.path(&path)),
            class,
            rule: self.rule(&label_name(&label)),
            label,
            aliases: self.paths(&thing.aliases),
            year: thing.year.and_then(|path| self.path(&path)),
            states,
            confidence,
        })
    }

    fn label(&mut self, template: &str) -> Vec<LabelPart> {
        let mut parts = Vec::new();
        for (i, piece) in template.split(['{', '}']).enumerate() {
            match i % 2 {
                1 => parts.extend(self.path(piece).map(LabelPart::Path)),
                _ if piece.is_empty() => {}
                _ => parts.push(LabelPart::Words(piece.to_owned())),
            }
        }
        parts
    }

    fn state(
        &mut self,
        relation: &str,
        subject: Option<ClassId>,
        usual: Confidence,
        stated: Stated,
    ) -> Option<StateRule> {
        let table = match stated {
            Stated::Table(table) => table,
            Stated::Path(path) => Table {
                path: OneOrMore::One(path),
                class: None,
                also: Vec::new(),
                within: Vec::new(),
                take: Take::default(),
                confidence: None,
            },
        };
        let Some(id) = self.ontology.relation(relation) else {
            let hint = self.ontology.nearest_relation(relation).map(|near| format!("; did you mean {near}?"));
            self.problem(format!("the ontology has no relation {relation}{}", hint.unwrap_or_default()));
            return None;
        };
        let info = &self.ontology[id];
        let class = match &table.class {
            Some(name) => Some(self.class(name)?),
            None => None,
        };
        if let Some(subject) = subject
            && !self.ontology[subject].ancestors.meets(info.domain)
            && !self.ontology[subject].descendants.meets(info.domain)
        {
            self.problem(format!("{relation} is not for {}", self.ontology[subject].name));
        }
        match (&info.range, class) {
            (Range::Things(range), Some(class)) if !self.ontology[class].ancestors.meets(*range) => {
                self.problem(format!("{} is no object of {relation}", self.ontology[class].name));
            }
            (Range::Things(_), None) => {
                self.problem(format!(
                    "{relation} leads to a thing: say of which class, as in {{ path = …, class = … }}"
                ));
            }
            (Range::Literals(_) | Range::Iri, Some(_)) => {
                self.problem(format!("{relation} has values and no things: leave out the class"));
            }
            _ => {}
        }
        let paths = self.paths(&table.path.into_vec());
        let first = paths.first()?.to_string();
        Some(StateRule {
            relation: id,
            paths,
            class,
            also: self.paths(&table.also),
            within: self.paths(&table.within),
            take: table.take,
            rule: self.rule(&first),
            confidence: table.confidence.map_or(usual, |given| self.confidence(given)),
        })
    }

    fn rule(&self, term: &str) -> RuleRef {
        RuleRef { name: format!("{}:{term}", self.name), version: self.version.clone() }
    }
}

/// The first path of a label: what the rule that gives the name is called after.
fn label_name(label: &[LabelPart]) -> String {
    let path = label.iter().find_map(|part| if let LabelPart::Path(path) = part { Some(path) } else { None });
    path.map_or_else(|| "name".to_owned(), Path::to_string)
}
