//! The part of JSON-LD contexts that a flat compact document needs: terms, prefixes, coercion, sets, keyword aliases.
//!
//! What would change the shape of the document (language maps, lists, reverse properties, nesting, scoped or remote
//! contexts) is refused by name rather than written wrongly.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A JSON-LD context, read and checked.
#[derive(Clone, Debug)]
pub struct Context {
    /// As it stands in the file: it is written into each document.
    source: Value,
    /// Every defined name with its IRI, or keyword.
    names: BTreeMap<String, String>,
    /// Terms by the IRI of their property, each list sorted by name.
    properties: BTreeMap<String, Vec<Term>>,
    /// Prefix and namespace, longest namespace first.
    prefixes: Vec<(String, String)>,
    vocab: Option<String>,
    /// The language of strings that say nothing else.
    language: Option<String>,
}

/// A term for a property.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) name: String,
    pub(super) coercion: Coercion,
    /// Always an array.
    pub(super) set: bool,
    /// The language of its strings; none if they are plain.
    pub(super) language: Option<String>,
}

/// What a string means as the value of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Coercion {
    /// A string.
    None,
    /// An IRI.
    Id,
    /// A term of the context, or else an IRI.
    Vocab,
    /// A literal of this datatype.
    Datatype(String),
}

/// A context that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ContextError {
    /// It is no JSON.
    #[error("the JSON-LD context is no JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// It is JSON, but no context written out as one object.
    #[error("the JSON-LD context must be a JSON object {{\"@context\": {{…}}}}, written out in full")]
    Shape,
    /// A term uses something that Urbi does not write.
    #[error("the JSON-LD context uses `{key}` in `{term}`, which Urbi does not write; take it out")]
    Unsupported {
        /// The term, or the context itself.
        term: String,
        /// The key or the value that is not supported.
        key: String,
    },
    /// A name stands for nothing.
    #[error(
        "the JSON-LD context defines `{term}` as `{value}`, which is no IRI; define its prefix in the same context"
    )]
    NoIri {
        /// The term.
        term: String,
        /// What it is defined as.
        value: String,
    },
}

impl Context {
    /// Reads a context file: an object with the key `@context`.
    ///
    /// # Errors
    /// If it is no JSON, or uses what Urbi does not write.
    pub fn parse(text: &str) -> Result<Context, ContextError> {
        let mut file: Value = serde_json::from_str(text)?;
        let source = file.get_mut("@context").map(Value::take).ok_or(ContextError::Shape)?;
        let entries = source.as_object().ok_or(ContextError::Shape)?;
        let mut context = Context {
            names: BTreeMap::new(),
            properties: BTreeMap::new(),
            prefixes: Vec::new(),
            vocab: None,
            language: None,
            source: Value::Null,
        };
        context.keywords(entries)?;
        for (name, definition) in entries.iter().filter(|(name, _)| !name.starts_with('@')) {
            context.define(entries, name, definition)?;
        }
        context
            .prefixes
            .sort_by(|(name, iri), (other, other_iri)| other_iri.len().cmp(&iri.len()).then_with(|| name.cmp(other)));
        context.properties.values_mut().for_each(|terms| terms.sort_by(|one, other| one.name.cmp(&other.name)));
        context.source = source;
        Ok(context)
    }

    /// The context as it stands in its file.
    pub(super) fn source(&self) -> &Value {
        &self.source
    }

    /// The terms for a property.
    pub(super) fn terms(&self, property: &str) -> &[Term] {
        self.properties.get(property).map_or(&[], Vec::as_slice)
    }

    /// The language of plain strings, if there is one.
    pub(super) fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// The name of a keyword: its alias, if it has one.
    pub(super) fn keyword<'a>(&'a self, keyword: &'a str) -> &'a str {
        self.names.iter().find(|(_, iri)| *iri == keyword).map_or(keyword, |(name, _)| name)
    }

    /// Whether the values of a keyword's alias are always an array.
    pub(super) fn keyword_is_set(&self, keyword: &str) -> bool {
        self.terms(keyword).iter().any(|term| term.set && term.name == self.keyword(keyword))
    }

    /// The IRI of a class, datatype or property, as short as the context allows; the IRI itself if it has nothing shorter.
    pub(super) fn compact(&self, iri: &str) -> String {
        if let Some((name, _)) = self.names.iter().find(|(_, of)| *of == iri) {
            return name.clone();
        }
        self.without_terms(iri)
    }

    /// The name of a property that has no value: a term that says nothing of its values, or else none.
    pub(super) fn compact_of_nothing(&self, property: &str) -> String {
        let plain = self.terms(property).iter().find(|term| matches!(term.coercion, Coercion::None));
        plain.map_or_else(|| self.without_terms(property), |term| term.name.clone())
    }

    fn without_terms(&self, iri: &str) -> String {
        if let Some(vocab) = &self.vocab
            && let Some(local) = iri.strip_prefix(vocab.as_str())
            && !local.is_empty()
            && !local.contains(':')
            && !local.starts_with('@')
            && !self.names.contains_key(local)
        {
            return local.to_owned();
        }
        let compact = self.prefixes.iter().find_map(|(prefix, namespace)| {
            let local =
                iri.strip_prefix(namespace.as_str()).filter(|local| !local.is_empty() && !local.starts_with("//"))?;
            Some(format!("{prefix}:{local}")).filter(|compact| !self.names.contains_key(compact))
        });
        compact.unwrap_or_else(|| iri.to_owned())
    }

    /// The IRI or keyword that a name stands for; a compact IRI in full; an IRI itself. None for what is neither.
    pub(super) fn expanded(&self, name: &str) -> Option<String> {
        if let Some(iri) = self.names.get(name) {
            return Some(iri.clone());
        }
        match name.split_once(':') {
            Some((prefix, local)) if !local.starts_with("//") => {
                Some(self.names.get(prefix).map_or_else(|| name.to_owned(), |namespace| format!("{namespace}{local}")))
            }
            Some(_) => Some(name.to_owned()),
            None => self.vocab.as_ref().map(|vocab| format!("{vocab}{name}")),
        }
    }

    /// The term that a reader would take the scheme of this IRI for, as in `geo:1,2` where `geo` is a prefix.
    pub(super) fn mistaken<'a>(&self, iri: &'a str) -> Option<&'a str> {
        let (scheme, rest) = iri.split_once(':')?;
        (!rest.starts_with("//") && self.names.contains_key(scheme)).then_some(scheme)
    }

    fn keywords(&mut self, entries: &Map<String, Value>) -> Result<(), ContextError> {
        let unsupported = |key: &str| ContextError::Unsupported { term: "@context".to_owned(), key: key.to_owned() };
        for (key, value) in entries.iter().filter(|(key, _)| key.starts_with('@')) {
            match (key.as_str(), value) {
                ("@version" | "@protected", _) => {}
                ("@vocab", Value::String(iri)) if iri.contains(':') => self.vocab = Some(expand(entries, iri)),
                ("@language", Value::String(language)) => self.language = Some(language.clone()),
                _ => return Err(unsupported(key)),
            }
        }
        Ok(())
    }

    fn define(&mut self, entries: &Map<String, Value>, name: &str, definition: &Value) -> Result<(), ContextError> {
        let unsupported = |key: &str| ContextError::Unsupported { term: name.to_owned(), key: key.to_owned() };
        let mut id = name;
        let mut term =
            Term { name: name.to_owned(), coercion: Coercion::None, set: false, language: self.language.clone() };
        let mut prefix = false;
        match definition {
            Value::String(iri) => {
                id = iri;
                prefix = iri.ends_with(['/', '#', ':', '?', '[', ']', '@']);
            }
            Value::Object(parts) => {
                for (key, value) in parts {
                    match (key.as_str(), value) {
                        ("@id", Value::String(iri)) => id = iri,
                        ("@type", Value::String(datatype)) => {
                            term.coercion = match datatype.as_str() {
                                "@id" => Coercion::Id,
                                "@vocab" => Coercion::Vocab,
                                "@none" => Coercion::None,
                                keyword if keyword.starts_with('@') => return Err(unsupported(keyword)),
                                iri => Coercion::Datatype(expand(entries, iri)),
                            }
                        }
                        ("@container", Value::String(container)) if container == "@set" => term.set = true,
                        ("@language", Value::String(language)) => term.language = Some(language.clone()),
                        ("@language", Value::Null) => term.language = None,
                        ("@prefix", Value::Bool(is)) => prefix = *is,
                        ("@protected", Value::Bool(_)) => {}
                        (key, _) => return Err(unsupported(key)),
                    }
                }
            }
            other => return Err(unsupported(&other.to_string())),
        }
        let iri = if id == name && !name.contains(':') {
            self.vocab.as_ref().map(|vocab| format!("{vocab}{name}")).unwrap_or_default()
        } else {
            expand(entries, id)
        };
        if !iri.starts_with('@') && !iri.contains(':') {
            return Err(ContextError::NoIri { term: name.to_owned(), value: id.to_owned() });
        }
        if prefix {
            self.prefixes.push((name.to_owned(), iri.clone()));
        } else {
            self.properties.entry(iri.clone()).or_default().push(term);
        }
        self.names.insert(name.to_owned(), iri);
        Ok(())
    }
}

/// The IRI that a compact IRI or a term stands for; itself if it is neither.
fn expand(entries: &Map<String, Value>, iri: &str) -> String {
    let of = |name: &str| match entries.get(name) {
        Some(Value::String(iri)) => Some(iri.clone()),
        Some(Value::Object(parts)) => parts.get("@id").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    match iri.split_once(':') {
        Some((prefix, local)) if !local.starts_with("//") => match of(prefix) {
            Some(namespace) => format!("{namespace}{local}"),
            None => iri.to_owned(),
        },
        _ => iri.to_owned(),
    }
}
