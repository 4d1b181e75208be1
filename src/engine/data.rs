//! What records and structured data state, beside what the prose states.

use super::Engine;
use crate::mapping::Mapped;
use crate::mention::Reading;
use crate::relate::{self, Firing, Node, Object, Stage, Statement};
use crate::resolve::{self, Entities, Join};

/// The firings of mapped data. Their things become entities, those of the prose where they are the same; what a person
/// should know goes to `notes`.
pub(super) fn read(
    engine: &Engine,
    mapped: &Mapped<'_>,
    reading: &Reading<'_>,
    entities: &mut Entities,
    prose: &[Firing],
    notes: &mut Vec<String>,
) -> Vec<Firing> {
    let (rules, ontology, lexicon) = (&engine.rules, &engine.ontology, &engine.lexicon);
    let mut things = resolve::things(mapped, reading, lexicon, ontology, entities);
    notes.append(&mut things.notes);
    let stage = Stage::new(reading, entities, rules, ontology);
    let mut data = relate::mapped(&stage, mapped, &things, lexicon);
    let same = relate::same_events(&stage, mapped, &things, prose, &data);
    if !same.is_empty() {
        for (from, to) in same {
            entities.merge(from, to, Join::Data);
            things.replace(from, to);
        }
        data = relate::mapped(&Stage::new(reading, entities, rules, ontology), mapped, &things, lexicon);
    }
    let stage = Stage::new(reading, entities, rules, ontology);
    for (said, given) in relate::contradictions(&stage, prose, &data) {
        let what = match said.subject {
            Node::Entity(id) => stage.entities.get(id).labels.first().map_or("", String::as_str),
            Node::Document | Node::Lexicon(_) => "this announcement",
        };
        let relation = &ontology[said.relation].name;
        let (said, given) = (object(engine, &stage, &said), object(engine, &stage, &given));
        notes.push(format!("{relation} of “{what}”: the text says {said}, its data say {given}"));
    }
    data
}

/// An object in words.
fn object(engine: &Engine, stage: &Stage<'_, '_>, statement: &Statement) -> String {
    match &statement.object {
        Object::Node(Node::Entity(id)) => stage.entities.get(*id).labels.first().cloned().unwrap_or_default(),
        Object::Node(Node::Lexicon(entry)) => engine.lexicon.entry(*entry).label.to_owned(),
        Object::Node(Node::Document) => "this announcement".to_owned(),
        Object::Date(date) => date.iso(),
        Object::Number(number) => number.to_string(),
        Object::Url(words) | Object::Text(words) => words.clone(),
        // It was not found out which day that is.
        Object::Day { .. } => String::new(),
    }
}
