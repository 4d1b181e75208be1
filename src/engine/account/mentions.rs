//! The mentions of an announcement, by place.

use std::collections::BTreeMap;
use std::ops::Range;

use oxrdf::NamedNode;

use super::Marked;
use super::reasons::Teller;
use crate::mention::Mention;
use crate::relate::Stage;
use crate::resolve::EntityId;
use crate::rules::{Type, ValueType};

/// What names, refers to or dates something.
pub fn marked(stage: &Stage<'_, '_>, teller: &Teller<'_, '_>, iris: &BTreeMap<EntityId, &NamedNode>) -> Vec<Marked> {
    let text = stage.reading.scene.text;
    let mut marked: Vec<Marked> = Vec::new();
    for (id, mention) in stage.reading.mentions.iter().filter(|(_, m)| !m.inner && !m.tokens.is_empty()) {
        let Some(kind) = kind(stage, mention) else { continue };
        let entity = stage.entities.of(id);
        let reason = entity.and_then(|entity| teller.why(id, entity));
        let bytes = text.bytes(mention.tokens.clone());
        marked.push(Marked {
            chars: teller.chars(mention.tokens.clone()),
            words: text.announcement.text[bytes.clone()].to_owned(),
            bytes: text.announcement.origin.original(bytes),
            kind,
            entity: entity.and_then(|entity| iris.get(&entity)).map(|iri| (*iri).clone()),
            reason,
        });
    }
    marked.sort_by_key(|mark| (mark.chars.start, std::cmp::Reverse(mark.chars.end)));
    outermost(marked)
}

fn kind(stage: &Stage<'_, '_>, mention: &Mention) -> Option<String> {
    match mention.ty {
        Type::Class(class) => Some(stage.ontology[class].name.clone()),
        Type::Value(ValueType::Date) => Some("Date".to_owned()),
        Type::Value(_) => None,
    }
}

/// Those that do not lie in another one. Of several at one place, the one that is known to mean something.
fn outermost(sorted: Vec<Marked>) -> Vec<Marked> {
    let within = |inner: &Range<u32>, outer: &Range<u32>| outer.start <= inner.start && inner.end <= outer.end;
    let mut out: Vec<Marked> = Vec::new();
    for mark in sorted {
        match out.last_mut() {
            Some(last) if last.chars == mark.chars => {
                if (last.entity.is_none(), last.reason.is_none()) > (mark.entity.is_none(), mark.reason.is_none()) {
                    *last = mark;
                }
            }
            Some(last) if within(&mark.chars, &last.chars) => {}
            _ => out.push(mark),
        }
    }
    out
}
