//! JSON-LD: one node an entity, in a flat `@graph` sorted by `@id`, with the context of the profile inline.
//!
//! This is the compact form restricted to what a graph of entities needs, driven by the context: a value is a plain
//! string or number where a term says what it means, and an object that says so itself everywhere else. A term with
//! `@container: @set` is always an array. Expanding the document gives exactly the triples that went in.
//!
//! Why our own: the RDF libraries of Rust write expanded JSON-LD only, and the general compaction algorithm works on the
//! whole document in memory, in an order of its own.
//!
//! A frame chooses nodes and puts what they are related to inside them.

mod context;
mod frame;
mod layout;

use std::io::Write;

use oxrdf::{Literal, NamedOrBlankNode, Quad, Term as Object, Triple, vocab::rdf, vocab::xsd};
use serde_json::{Map, Value, json};

pub use context::{Context, ContextError};
pub use frame::{Frame, FrameError};

use self::{
    context::{Coercion, Term},
    frame::Framing,
};
use super::{
    Error,
    order::{self, Runs},
    source::{self, Source},
};
use crate::vocab::rdfs;

/// The largest integer that every JSON reader keeps exactly: 2^53 - 1.
const EXACT: i64 = (1 << 53) - 1;

/// Writes the view as JSON-LD: all nodes, or those that a frame chooses.
pub(super) fn write(
    source: &dyn Source,
    context: &Context,
    frame: Option<&Frame>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    write!(
        out,
        "{{\n  \"@context\": {},\n  {}: [",
        layout::pretty(context.source(), 2),
        json!(context.keyword("@graph"))
    )?;
    let mut comma = "";
    let mut write_node = |node: &Value| {
        write!(out, "{comma}\n    {}", layout::pretty(node, 4))?;
        comma = ",";
        Ok::<_, Error>(())
    };
    match frame {
        Some(frame) => {
            let view: Vec<Triple> =
                order::quads(source::view(source))?.map(|quad| quad.map(Triple::from)).collect::<Result<_, _>>()?;
            let framing = Framing::new(&view, context, frame);
            framing.nodes().try_for_each(|node| write_node(&node?))?;
        }
        None => {
            let mut entities = Runs::new(order::quads(source::view(source))?);
            entities.try_for_each(|entity| write_node(&Value::Object(node(&entity?, context)?)))?;
        }
    }
    let is_empty = comma.is_empty();
    out.write_all(if is_empty { b"]\n}\n" } else { b"\n  ]\n}\n" })?;
    Ok(())
}

/// The node of an entity: its identifier, its types, its name, then the rest by key.
fn node(entity: &[Quad], context: &Context) -> Result<Map<String, Value>, Error> {
    let mut types = Vec::new();
    let mut rest: Vec<(String, bool, Value)> = Vec::new();
    for quad in entity {
        match &quad.object {
            Object::NamedNode(class) if quad.predicate == rdf::TYPE => {
                types.push(json!(vocabulary(class.as_str(), context)?))
            }
            object => rest.push(property(quad.predicate.as_str(), object, context)?),
        }
    }
    Ok(assembled(subject(&entity[0].subject, context)?, types, rest, context))
}

/// A node of its parts.
fn assembled(
    id: String,
    mut types: Vec<Value>,
    mut rest: Vec<(String, bool, Value)>,
    context: &Context,
) -> Map<String, Value> {
    let best = context.terms(rdfs::LABEL.as_str()).first().map(|term| term.name.clone());
    rest.sort_by(|(one, ..), (other, ..)| {
        let rank = |key: &String| (Some(key) != best.as_ref(), key.clone());
        rank(one).cmp(&rank(other))
    });

    let mut node = Map::new();
    node.insert(context.keyword("@id").to_owned(), json!(id));
    if !types.is_empty() {
        let single = types.len() == 1 && !context.keyword_is_set("@type");
        let types = if single { types.remove(0) } else { Value::Array(types) };
        node.insert(context.keyword("@type").to_owned(), types);
    }
    for values in rest.chunk_by(|(one, ..), (other, ..)| one == other) {
        let (key, set, first) = &values[0];
        let value = if *set || values.len() > 1 {
            values.iter().map(|(_, _, value)| value.clone()).collect()
        } else {
            first.clone()
        };
        node.insert(key.clone(), value);
    }
    node
}

/// The key, whether it is always an array, and the value, under the term that says it shortest.
fn property(iri: &str, object: &Object, context: &Context) -> Result<(String, bool, Value), Error> {
    for term in context.terms(iri) {
        if let Some(value) = short(object, term, context)? {
            return Ok((term.name.clone(), term.set, value));
        }
    }
    let value = long(object, context)?;
    match context.terms(iri).first() {
        Some(term) => Ok((term.name.clone(), term.set, value)),
        None => {
            let key = vocabulary(iri, context)?;
            let plain = Term {
                name: key.clone(),
                coercion: Coercion::None,
                set: false,
                language: context.language().map(str::to_owned),
            };
            let value = short(object, &plain, context)?.unwrap_or(value);
            Ok((key, false, value))
        }
    }
}

/// The value without saying what it is, if the term says so.
fn short(object: &Object, term: &Term, context: &Context) -> Result<Option<Value>, Error> {
    Ok(match (object, &term.coercion) {
        (Object::NamedNode(node), Coercion::Id) => Some(json!(absolute(node.as_str(), context)?)),
        (Object::NamedNode(node), Coercion::Vocab) => Some(json!(vocabulary(node.as_str(), context)?)),
        (Object::BlankNode(node), Coercion::Id | Coercion::Vocab) => Some(json!(node.to_string())),
        (Object::Literal(literal), Coercion::Datatype(datatype)) if literal.datatype().as_str() == datatype => {
            Some(native(literal).unwrap_or_else(|| json!(literal.value())))
        }
        (Object::Literal(literal), Coercion::None) => match literal.language() {
            Some(language) => (literal.direction().is_none() && term.language.as_deref() == Some(language))
                .then(|| json!(literal.value())),
            None if literal.datatype() == xsd::STRING => term.language.is_none().then(|| json!(literal.value())),
            None => native(literal),
        },
        _ => None,
    })
}

/// The value with what it is.
fn long(object: &Object, context: &Context) -> Result<Value, Error> {
    let literal = match object {
        Object::NamedNode(node) => return Ok(json!({context.keyword("@id"): absolute(node.as_str(), context)?})),
        Object::BlankNode(node) => return Ok(json!({context.keyword("@id"): node.to_string()})),
        Object::Literal(literal) => literal,
        Object::Triple(_) => return Err(Error::NoTripleTerm { triple: object.to_string() }),
    };
    // Keywords and not their aliases: rdflib knows no alias of `@type` here.
    let mut value = Map::new();
    value.insert("@value".to_owned(), json!(literal.value()));
    if let Some(language) = literal.language() {
        value.insert("@language".to_owned(), json!(language));
        if let Some(direction) = literal.direction() {
            value.insert("@direction".to_owned(), json!(direction.to_string()));
        }
    } else if literal.datatype() != xsd::STRING {
        value.insert("@type".to_owned(), json!(vocabulary(literal.datatype().as_str(), context)?));
    }
    Ok(Value::Object(value))
}

/// A JSON number or truth value, if it reads back as the same literal.
fn native(literal: &Literal) -> Option<Value> {
    let text = literal.value();
    if literal.datatype() == xsd::INTEGER {
        let number: i64 = text.parse().ok()?;
        (number.to_string() == text && (-EXACT..=EXACT).contains(&number)).then(|| json!(number))
    } else if literal.datatype() == xsd::BOOLEAN {
        matches!(text, "true" | "false").then(|| json!(text == "true"))
    } else {
        None
    }
}

fn subject(subject: &NamedOrBlankNode, context: &Context) -> Result<String, Error> {
    match subject {
        NamedOrBlankNode::NamedNode(node) => absolute(node.as_str(), context),
        NamedOrBlankNode::BlankNode(node) => Ok(node.to_string()),
    }
}

/// An IRI in full: what links to entities looks like to those who know no JSON-LD.
fn absolute(iri: &str, context: &Context) -> Result<String, Error> {
    match context.mistaken(iri) {
        Some(term) => Err(Error::Ambiguous { iri: iri.to_owned(), term: term.to_owned() }),
        None => Ok(iri.to_owned()),
    }
}

/// The name of a class, datatype or property.
fn vocabulary(iri: &str, context: &Context) -> Result<String, Error> {
    let name = context.compact(iri);
    if name == iri { absolute(iri, context) } else { Ok(name) }
}
