//! Framing: nodes of the wanted kind, with what they are related to inside them (JSON-LD 1.1 Framing, section 4).
//!
//! What a frame says is read with the context that the document is written with: matching by `@id`, `@type` and
//! properties, wildcards (`{}`) and absence (`[]`), `@requireAll`, `@explicit`, `@omitDefault`, `@default`, and `@embed`
//! with `@once`, `@always` and `@never`. Patterns for literals, `@reverse`, `@included`, `@list` and named graphs are refused
//! by name rather than passed over.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedOrBlankNode, Term, Triple, vocab::rdf};
use serde_json::{Map, Value, json};

use super::{Context, Error, assembled, property, subject, vocabulary};

/// Which nodes are wanted, and how what they are related to stands in them.
#[derive(Clone, Debug)]
pub struct Frame {
    pattern: Pattern,
}

/// A frame that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// It is no JSON.
    #[error("the frame is no JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// It says something that Urbi does not understand there.
    #[error("the frame has {found} in `{key}`, where {expected} belongs")]
    Unsupported {
        /// The key.
        key: String,
        /// What stands there.
        found: String,
        /// What may.
        expected: &'static str,
    },
    /// A name that is none of the context's.
    #[error("the frame speaks of `{0}`, which is no term of the context, and no IRI")]
    Unknown(String),
}

/// What a node must be like; every part that is there.
#[derive(Clone, Debug, Default)]
struct Pattern {
    ids: Option<Vec<String>>,
    types: Option<Types>,
    /// Property to what its values must be like.
    properties: BTreeMap<String, Values>,
    embed: Embed,
    explicit: bool,
    omit_default: bool,
    require_all: bool,
    /// What stands in the place of a property that is not there.
    default: Option<Value>,
}

#[derive(Clone, Debug)]
enum Types {
    Any,
    None,
    Of(Vec<String>),
}

#[derive(Clone, Debug)]
enum Values {
    None,
    Like(Box<Pattern>),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Embed {
    #[default]
    Once,
    Always,
    Never,
}

impl Frame {
    /// The frame of a class (a term of the context, or an IRI): its nodes, with all they are related to inside them.
    ///
    /// # Errors
    /// If the context has no such term.
    pub fn of_class(class: &str, context: &Context) -> Result<Frame, FrameError> {
        let types = Some(Types::Of(vec![iri(class, context)?]));
        Ok(Frame { pattern: Pattern { types, ..Pattern::default() } })
    }

    /// Reads a frame. Its names are those of `context`; a context of its own is passed over.
    ///
    /// # Errors
    /// If it is no JSON, or says what is not understood.
    pub fn parse(text: &str, context: &Context) -> Result<Frame, FrameError> {
        Ok(Frame { pattern: pattern("frame", &serde_json::from_str(text)?, context)? })
    }
}

/// The IRI of a name of the context, a compact IRI, or an IRI.
fn iri(name: &str, context: &Context) -> Result<String, FrameError> {
    context.expanded(name).ok_or_else(|| FrameError::Unknown(name.to_owned()))
}

fn unsupported(key: &str, found: &Value, expected: &'static str) -> FrameError {
    FrameError::Unsupported { key: key.to_owned(), found: found.to_string(), expected }
}

fn pattern(at: &str, frame: &Value, context: &Context) -> Result<Pattern, FrameError> {
    let entries = frame.as_object().ok_or_else(|| unsupported(at, frame, "an object"))?;
    let mut pattern = Pattern::default();
    for (key, value) in entries {
        let of = if key.starts_with('@') { key.clone() } else { iri(key, context)? };
        let flag = || value.as_bool().ok_or_else(|| unsupported(key, value, "true or false"));
        match of.as_str() {
            "@context" => {}
            "@id" if !is_empty_object(value) => {
                let ids = strings(key, value)?.into_iter().map(|id| iri(id, context));
                pattern.ids = Some(ids.collect::<Result<_, _>>()?);
            }
            "@id" => {}
            "@type" if is_empty_object(value) => pattern.types = Some(Types::Any),
            "@type" if value.as_array().is_some_and(Vec::is_empty) => pattern.types = Some(Types::None),
            "@type" => {
                let types = strings(key, value)?.into_iter().map(|class| iri(class, context));
                pattern.types = Some(Types::Of(types.collect::<Result<_, _>>()?));
            }
            "@embed" => {
                pattern.embed = match value {
                    Value::Bool(false) => Embed::Never,
                    Value::Bool(true) => Embed::Once,
                    Value::String(how) if how == "@once" => Embed::Once,
                    Value::String(how) if how == "@always" => Embed::Always,
                    Value::String(how) if how == "@never" => Embed::Never,
                    other => return Err(unsupported(key, other, "@once, @always or @never")),
                }
            }
            "@explicit" => pattern.explicit = flag()?,
            "@omitDefault" => pattern.omit_default = flag()?,
            "@requireAll" => pattern.require_all = flag()?,
            "@default" => pattern.default = Some(value.clone()),
            keyword if keyword.starts_with('@') => {
                return Err(unsupported(key, value, "nothing that Urbi understands"));
            }
            _ => {
                pattern.properties.insert(of, values(key, value, context)?);
            }
        }
    }
    Ok(pattern)
}

fn values(key: &str, value: &Value, context: &Context) -> Result<Values, FrameError> {
    match value {
        Value::Array(items) if items.is_empty() => Ok(Values::None),
        Value::Array(items) if items.len() == 1 => values(key, &items[0], context),
        Value::Object(entries) if entries.contains_key("@value") => Err(unsupported(key, value, "a pattern of a node")),
        Value::Object(_) => Ok(Values::Like(Box::new(pattern(key, value, context)?))),
        other => Err(unsupported(key, other, "an object or []")),
    }
}

fn strings<'a>(key: &str, value: &'a Value) -> Result<Vec<&'a str>, FrameError> {
    let one = |value: &'a Value| value.as_str().ok_or_else(|| unsupported(key, value, "an IRI or a term"));
    match value {
        Value::Array(items) => items.iter().map(one).collect(),
        other => Ok(vec![one(other)?]),
    }
}

fn is_empty_object(value: &Value) -> bool {
    match value {
        Value::Object(entries) => entries.is_empty(),
        Value::Array(items) => items.len() == 1 && is_empty_object(&items[0]),
        _ => false,
    }
}

/// A graph to frame: its nodes by IRI, those too that are only spoken of.
pub(super) struct Framing<'a> {
    nodes: BTreeMap<&'a str, Vec<&'a Triple>>,
    context: &'a Context,
    frame: &'a Frame,
}

impl<'a> Framing<'a> {
    /// Of sorted triples.
    pub(super) fn new(view: &'a [Triple], context: &'a Context, frame: &'a Frame) -> Framing<'a> {
        let mut nodes: BTreeMap<&str, Vec<&Triple>> = BTreeMap::new();
        for triple in view {
            nodes.entry(name(&triple.subject)).or_default().push(triple);
            if let (false, Some(other)) = (triple.predicate == rdf::TYPE, node_of(&triple.object)) {
                nodes.entry(other).or_default();
            }
        }
        Framing { nodes, context, frame }
    }

    /// The nodes that the frame asks for, by IRI.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Result<Value, Error>> {
        let pattern = &self.frame.pattern;
        let wanted = self.nodes.keys().filter(|id| self.matches(pattern, id));
        wanted.map(|id| self.node(pattern, id, &mut Vec::new(), &mut BTreeSet::new()).map(Value::Object))
    }

    fn matches(&self, pattern: &Pattern, id: &str) -> bool {
        let triples = &self.nodes[id];
        let mut asked = Vec::new();
        if let Some(ids) = &pattern.ids {
            asked.push(ids.iter().any(|wanted| wanted == id));
        }
        if let Some(types) = &pattern.types {
            let mut own =
                triples.iter().filter(|triple| triple.predicate == rdf::TYPE).filter_map(|t| node_of(&t.object));
            let fits = match types {
                Types::Any => own.next().is_some(),
                Types::None => own.next().is_none(),
                Types::Of(classes) => own.any(|class| classes.iter().any(|wanted| wanted == class)),
            };
            // Without @requireAll, identifier or type decide alone.
            if !pattern.require_all {
                return asked.first().copied().unwrap_or(fits);
            }
            asked.push(fits);
        }
        if let (Some(first), false) = (asked.first(), pattern.require_all) {
            return *first;
        }
        for (property, values) in &pattern.properties {
            let has = triples.iter().any(|triple| triple.predicate.as_str() == property);
            match values {
                Values::None if has => return false,
                Values::None => asked.push(true),
                Values::Like(like) if !has && like.default.is_some() => {}
                Values::Like(_) => asked.push(has),
            }
        }
        let all = asked.iter().all(|fits| *fits);
        let is_wildcard = pattern.ids.is_none() && pattern.types.is_none() && pattern.properties.is_empty();
        if pattern.require_all { all } else { is_wildcard || asked.contains(&true) }
    }

    /// A node in full. `above` are the nodes that it stands in, `seen` those that stand in full in the same tree.
    fn node(
        &self,
        pattern: &Pattern,
        id: &'a str,
        above: &mut Vec<&'a str>,
        seen: &mut BTreeSet<&'a str>,
    ) -> Result<Map<String, Value>, Error> {
        seen.insert(id);
        above.push(id);
        let everything = Pattern { explicit: pattern.explicit, embed: pattern.embed, ..Pattern::default() };
        let (mut types, mut rest, mut there) = (Vec::new(), Vec::new(), BTreeSet::new());
        for triple in &self.nodes[id] {
            if let (true, Term::NamedNode(class)) = (triple.predicate == rdf::TYPE, &triple.object) {
                types.push(json!(vocabulary(class.as_str(), self.context)?));
                continue;
            }
            let of = triple.predicate.as_str();
            let like = match pattern.properties.get(of) {
                Some(Values::Like(like)) => like,
                Some(Values::None) => continue,
                None if pattern.explicit => continue,
                None => &everything,
            };
            let (key, set, plain) = property(of, &triple.object, self.context)?;
            let value = match node_of(&triple.object) {
                None if like.types.is_some() || like.ids.is_some() => continue,
                None => plain,
                Some(other) if !self.matches(like, other) => continue,
                Some(other)
                    if like.embed == Embed::Never
                        || above.contains(&other)
                        || like.embed == Embed::Once && seen.contains(other) =>
                {
                    plain
                }
                Some(other) => {
                    let node = self.node(like, other, above, seen)?;
                    if node.len() > 1 { Value::Object(node) } else { plain }
                }
            };
            there.insert(of);
            rest.push((key, set, value));
        }
        for (of, values) in &pattern.properties {
            let (omit, default) = match values {
                Values::Like(like) => (like.omit_default, &like.default),
                Values::None => (false, &None),
            };
            if !omit && !there.contains(of.as_str()) {
                let set = self.context.terms(of).first().is_some_and(|term| term.set);
                let key = vocabulary(of, self.context)?;
                // Nothing, where there is always a list, is an empty one.
                rest.push(match default {
                    None if set => (key, false, json!([])),
                    None => (self.context.compact_of_nothing(of), false, Value::Null),
                    Some(default) => (key, set, default.clone()),
                });
            }
        }
        above.pop();
        let iri = self.nodes[id].first().map_or_else(|| Ok(id.to_owned()), |t| subject(&t.subject, self.context))?;
        Ok(assembled(iri, types, rest, self.context))
    }
}

fn name(subject: &NamedOrBlankNode) -> &str {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}

fn node_of(object: &Term) -> Option<&str> {
    match object {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::BlankNode(node) => Some(node.as_str()),
        _ => None,
    }
}
