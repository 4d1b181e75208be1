//! What templates state under some bindings: which things, dates, numbers, words.

use std::ops::Range;

use super::Stage;
use super::bindings::{Bindings, Bound};
use super::firing::{Node, Object, Statement};
use crate::mention::{MentionId, Partial, Value, edition, roman, year};
use crate::ontology::{ClassSet, Datatype, Range as ObjectRange, Relation};
use crate::resolve::EntityId;
use crate::rules::{self, Part, Template, Var};

/// The most days that an event is taken to last.
const MOST_DAYS: i32 = 60;

/// The statements of a template under some bindings; those with an unbound variable are left out.
pub fn state(stage: &Stage<'_, '_>, templates: &[Template], bindings: &Bindings) -> Vec<Statement> {
    let mut out = Vec::new();
    for template in templates {
        let relation = &stage.ontology[template.relation];
        let subjects = bindings.objects(stage, template.subject, Part::Whole, &relation.range);
        let (objects, guessed) = match template.object {
            rules::Object::Number(n) => (vec![Object::Number(n)], false),
            rules::Object::Var(var, part) => {
                (bindings.objects(stage, var, part, &relation.range), bindings.is_guessed(stage, var))
            }
        };
        for subject in &subjects {
            let Object::Node(subject) = subject else { continue };
            for object in &objects {
                if fits(stage, *subject, relation.domain)
                    && in_range(stage, object, &relation.range)
                    && *object != Object::Node(*subject)
                {
                    let object = if guessed { in_own_year(stage, *subject, relation, object) } else { object.clone() };
                    out.push(Statement { subject: *subject, relation: template.relation, object });
                }
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

/// "Next year's congress is due to begin on 24 August": a day without a year lies in the year that the event has by its
/// name.
fn in_own_year(stage: &Stage<'_, '_>, subject: Node, relation: &Relation, object: &Object) -> Object {
    match (subject, object) {
        (Node::Entity(id), Object::Date(date)) if matches!(relation.name.as_str(), "startDate" | "endDate") => {
            let year = stage.entities.get(id).year.map_or(date.year, |year| year.year);
            Object::Date(Partial { year, ..*date }.checked().unwrap_or(*date))
        }
        _ => object.clone(),
    }
}

fn fits(stage: &Stage<'_, '_>, node: Node, allowed: ClassSet) -> bool {
    match node {
        Node::Entity(id) => {
            let class = stage.entities.get(id).class;
            stage.ontology[class].ancestors.meets(allowed)
        }
        _ => true,
    }
}

fn in_range(stage: &Stage<'_, '_>, object: &Object, range: &ObjectRange) -> bool {
    match (object, range) {
        (Object::Node(node), ObjectRange::Things(classes)) => fits(stage, *node, *classes),
        (Object::Date(_) | Object::Day { .. } | Object::Number(_), ObjectRange::Literals(_))
        | (Object::Url(_), ObjectRange::Iri) => true,
        (Object::Text(_), ObjectRange::Literals(datatypes)) => datatypes.contains(&Datatype::String),
        _ => false,
    }
}

impl Bindings {
    /// The objects that a variable may stand for in the range of a relation.
    fn objects(&self, stage: &Stage<'_, '_>, var: Var, part: Part, range: &ObjectRange) -> Vec<Object> {
        match self.get(var) {
            None => Vec::new(),
            Some(Bound::Words(tokens)) => literal(stage, tokens, range).into_iter().collect(),
            Some(Bound::Entity(id)) => self.of_entity(stage, *id, part).into_iter().collect(),
            Some(Bound::Mentions(mentions)) => mentions.iter().filter_map(|m| self.object(stage, *m, part)).collect(),
        }
    }

    /// The entity itself, or one of its days.
    fn of_entity(&self, stage: &Stage<'_, '_>, id: EntityId, part: Part) -> Option<Object> {
        let (last, days) = match part {
            Part::Start => (false, 0),
            Part::End => (true, 0),
            Part::Nth(count) => (false, self.number(stage, count)? - 1),
            Part::Back(count) => (true, self.number(stage, count)? - 1),
            Part::Whole | Part::Next | Part::Year => return Some(Object::Node(Node::Entity(id))),
        };
        Some(Object::Day { of: id, last, days })
    }

    /// A small number that a variable is bound to.
    fn number(&self, stage: &Stage<'_, '_>, var: Var) -> Option<i32> {
        let Some(Bound::Mentions(mentions)) = self.get(var) else { return None };
        let number = mentions.iter().find_map(|m| match stage.reading.mentions.get(*m).value.as_ref()? {
            Value::Number(n) => i32::try_from(*n).ok(),
            Value::Ordinal(n) => i32::try_from(*n).ok(),
            _ => None,
        });
        number.filter(|n| (1..=MOST_DAYS).contains(n))
    }

    /// Whether the year of a date is only the likeliest one.
    fn is_guessed(&self, stage: &Stage<'_, '_>, var: Var) -> bool {
        let Some(Bound::Mentions(mentions)) = self.get(var) else { return false };
        let guessed =
            |m: &MentionId| matches!(stage.reading.mentions.get(*m).value, Some(Value::Date { guessed: true, .. }));
        mentions.iter().any(guessed)
    }

    /// What a mention stands for.
    fn object(&self, stage: &Stage<'_, '_>, mention: MentionId, part: Part) -> Option<Object> {
        if let Some(entity) = stage.entities.of(mention) {
            return self.of_entity(stage, entity, part);
        }
        match stage.reading.mentions.get(mention).value.as_ref()? {
            Value::Date { first, last, .. } => {
                let day = |from: &Partial, days: i32| Partial::plus_days(from.exact()?, days);
                let date = match part {
                    Part::End => Some(*last),
                    Part::Year => Some(Partial::year(first.year)),
                    Part::Back(count) => day(last, 1 - self.number(stage, count)?),
                    Part::Nth(count) => day(first, self.number(stage, count)? - 1),
                    Part::Whole | Part::Start | Part::Next => Some(*first),
                };
                date.map(Object::Date)
            }
            Value::Number(n) => Some(Object::Number(n.saturating_add(i64::from(part == Part::Next)))),
            Value::Ordinal(n) => Some(Object::Number(i64::from(*n) + i64::from(part == Part::Next))),
            Value::Url(url) => Some(Object::Url(url.clone())),
        }
    }
}

/// What captured words are as a literal of this range.
fn literal(stage: &Stage<'_, '_>, tokens: &Range<usize>, range: &ObjectRange) -> Option<Object> {
    let ObjectRange::Literals(datatypes) = range else { return None };
    let words = stage.reading.scene.text.slice(tokens.clone());
    let has = |datatype| datatypes.contains(&datatype);
    let number = edition(words).map(|(_, number)| number);
    match () {
        () if has(Datatype::Year) && tokens.len() == 1 => {
            let stated = if year(words) { words.parse().ok() } else { number.and_then(|n| i16::try_from(n).ok()) };
            stated.filter(|year| (1000..2200).contains(year)).map(Partial::year).map(Object::Date)
        }
        () if has(Datatype::Integer) => {
            let stated = words.replace(',', "").parse().ok();
            stated.or_else(|| roman(words).or(number).map(i64::from)).map(Object::Number)
        }
        () if has(Datatype::String) => Some(Object::Text(words.split_whitespace().collect::<Vec<_>>().join(" "))),
        () => None,
    }
}
