//! A folder of announcements and what a careful reader takes from each: `announcements/STEM.*` and `facts/STEM.json`.
//!
//! A file of facts has an `id`, `entities` (each a `key`, a `type`, which is a class of the ontology, and `names`, every
//! form that counts), and `facts`: lists of subject, relation and object, where entities go by their keys and the
//! announcement itself by `this`. What the ontology does not know is a mistake of the file and not a fact that was missed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::normal;
use crate::ontology::{ClassId, Ontology, Range, RelationId};

/// The key of the announcement itself.
pub const ANNOUNCEMENT: &str = "this";

/// An announcement and its facts.
#[derive(Clone, Debug)]
pub struct Case {
    /// The name of both files, without ending.
    pub id: String,
    /// The announcement.
    pub file: PathBuf,
    /// What a careful reader takes from it.
    pub gold: Gold,
}

/// What a careful reader takes from an announcement.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// The entities by key.
    pub entities: BTreeMap<String, Entity>,
    /// The facts.
    pub facts: BTreeSet<GoldFact>,
}

/// Key of the subject, relation, and key of the object or the [comparable form](normal::value) of a value.
pub type GoldFact = (String, RelationId, String);

/// Something that an announcement speaks of.
#[derive(Clone, Debug)]
pub struct Entity {
    /// What it is.
    pub class: ClassId,
    /// The [comparable forms](normal::name) of its names.
    pub forms: BTreeSet<String>,
    /// Its first name as it stands, with its key where two entities have the same.
    pub label: String,
}

/// Why a folder cannot be measured against.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// A file or folder cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is nothing to measure.
    #[error("{} holds no facts: a gold folder has announcements/STEM.txt (or .md, .html, .eml) and facts/STEM.json", .0.display())]
    Empty(PathBuf),
    /// A file of facts has no announcement.
    #[error("{}: there is no announcement {stem}.* in {}", path.display(), folder.display())]
    NoAnnouncement {
        /// The file of facts.
        path: PathBuf,
        /// Its name without ending.
        stem: String,
        /// Where announcements lie.
        folder: PathBuf,
    },
    /// A file of facts is not of the form.
    #[error("{}: {source}", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        source: serde_json::Error,
    },
    /// A file of facts says what cannot be: all such places.
    #[error("{}:\n  {}", path.display(), problems.join("\n  "))]
    Meaning {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problems: Vec<String>,
    },
}

/// The form of a file.
#[derive(Deserialize)]
struct File {
    entities: Vec<FileEntity>,
    facts: Vec<[String; 3]>,
}

#[derive(Deserialize)]
struct FileEntity {
    key: String,
    #[serde(rename = "type")]
    class: String,
    names: Vec<String>,
}

/// All cases of a folder, by name.
///
/// # Errors
/// If a file is missing, cannot be read, or speaks of what the ontology does not know.
pub fn cases(folder: &Path, ontology: &Ontology) -> Result<Vec<Case>, GoldError> {
    let announcements = folder.join("announcements");
    let readable = files(&announcements)?;
    let mut cases = Vec::new();
    for path in files(&folder.join("facts"))?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "json")) {
        let stem = path.file_stem().unwrap_or_default();
        let Some(file) = readable.iter().find(|file| file.file_stem() == Some(stem)) else {
            let stem = stem.to_string_lossy().into_owned();
            return Err(GoldError::NoAnnouncement { path, stem, folder: announcements });
        };
        let text = std::fs::read(&path).map_err(|source| GoldError::Read { path: path.clone(), source })?;
        let id = stem.to_string_lossy().into_owned();
        cases.push(Case { id, file: file.clone(), gold: Gold::parse(&path, &text, ontology)? });
    }
    if cases.is_empty() {
        return Err(GoldError::Empty(folder.to_owned()));
    }
    Ok(cases)
}

/// What lies in a folder, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>, GoldError> {
    let failed = |source| GoldError::Read { path: folder.to_owned(), source };
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    files.sort();
    Ok(files)
}

impl Gold {
    /// Reads a file of facts; `path` is for messages.
    ///
    /// # Errors
    /// If it is not of the form, or speaks of what the ontology does not know.
    pub fn parse(path: &Path, json: &[u8], ontology: &Ontology) -> Result<Gold, GoldError> {
        let file: File =
            serde_json::from_slice(json).map_err(|source| GoldError::Form { path: path.to_owned(), source })?;
        let mut problems = Vec::new();
        let mut gold = Gold::default();
        for entity in &file.entities {
            let Some(class) = ontology.class(&entity.class) else {
                problems.push(unknown("class", &entity.class, ontology.nearest_class(&entity.class)));
                continue;
            };
            let first = entity.names.first().unwrap_or(&entity.key);
            let same = file.entities.iter().filter(|other| other.names.first() == entity.names.first()).count();
            let label = if same > 1 { format!("{first} ({})", entity.key) } else { first.clone() };
            let forms = entity.names.iter().map(|name| normal::name(name)).collect();
            if gold.entities.insert(entity.key.clone(), Entity { class, forms, label }).is_some() {
                problems.push(format!("two entities have the key {:?}", entity.key));
            }
        }
        let known = |key: &str| key == ANNOUNCEMENT || file.entities.iter().any(|entity| entity.key == key);
        for [subject, relation, object] in &file.facts {
            let Some(id) = ontology.relation(relation) else {
                problems.push(unknown("relation", relation, ontology.nearest_relation(relation)));
                continue;
            };
            let is_thing = matches!(ontology[id].range, Range::Things(_));
            for key in [Some(subject), is_thing.then_some(object)].into_iter().flatten().filter(|key| !known(key)) {
                problems.push(format!("no entity has the key {key:?}, of which it says {subject} {relation} {object}"));
            }
            let object = if is_thing { object.clone() } else { normal::value(&ontology[id].range, object) };
            gold.facts.insert((subject.clone(), id, object));
        }
        if problems.is_empty() { Ok(gold) } else { Err(GoldError::Meaning { path: path.to_owned(), problems }) }
    }

    /// How a person calls what a key stands for; a value is called by itself.
    pub fn label<'a>(&'a self, key: &'a str) -> &'a str {
        match self.entities.get(key) {
            Some(entity) => &entity.label,
            None if key == ANNOUNCEMENT => "this announcement",
            None => key,
        }
    }
}

fn unknown(what: &str, name: &str, near: Option<&str>) -> String {
    let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
    format!("the ontology has no {what} {name:?}{hint}")
}
