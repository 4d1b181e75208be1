//! What records and the structured data of a page state: one firing a value, by the rule that is named after mapping and
//! path.

use std::collections::{BTreeMap, BTreeSet};

use super::Stage;
use super::firing::{Firing, Node, Object, Statement, of_lexicon};
use crate::lexicon::Lexicon;
use crate::mapping::{Given, Mapped, Piece, State, Take, Thing};
use crate::mention::{Partial, Value};
use crate::ontology::{Cardinality, Datatype, Range as ObjectRange, RelationId};
use crate::resolve::{EntityId, Things};

/// The firings of mapped values, in the order of the things.
pub fn mapped(stage: &Stage<'_, '_>, mapped: &Mapped<'_>, things: &Things, lexicon: &Lexicon) -> Vec<Firing> {
    let mut out = Vec::new();
    for (number, thing) in mapped.things.iter().enumerate() {
        let subject = match (thing.rule.class, things.entities[number]) {
            (None, _) => Node::Document,
            (Some(_), Some(id)) => Node::Entity(id),
            (Some(_), None) => continue,
        };
        for (state, object) in thing.states.iter().zip(&things.objects[number]) {
            out.extend(fire(stage, thing, subject, state, *object));
        }
    }
    if let Some(in_country) = stage.ontology.relation("inCountry") {
        let stated: BTreeSet<&Object> = out.iter().flat_map(|f| &f.statements).map(|s| &s.object).collect();
        let mut lie = Vec::new();
        for (city, (entry, sentence)) in &things.cities {
            let country = lexicon.entry(*entry).country.and_then(|code| lexicon.country(code));
            // A city that is mentioned in words as well has its country already.
            let is_new = stage.entities.get(*city).mentions.is_empty();
            if let Some(country) = country.filter(|_| is_new && stated.contains(&Object::Node(Node::Entity(*city)))) {
                lie.push(of_lexicon(*sentence, *city, in_country, country, *entry));
            }
        }
        out.extend(lie);
    }
    out
}

fn fire(
    stage: &Stage<'_, '_>,
    thing: &Thing<'_>,
    subject: Node,
    state: &State<'_>,
    object: Option<EntityId>,
) -> Option<Firing> {
    let relation = &stage.ontology[state.rule.relation];
    let named = thing.label.iter().filter_map(|piece| if let Piece::Block(b) = piece { Some(*b) } else { None });
    let mut antecedents: Vec<usize> = named.clone().filter_map(|block| sentence(stage, block)).collect();
    let (trigger, object) = match (&state.object, object) {
        (Given::Thing(_), object) => (*antecedents.first()?, Object::Node(Node::Entity(object?))),
        (Given::Words { block, within, .. }, Some(object)) => {
            antecedents.extend(within.iter().filter_map(|block| sentence(stage, *block)));
            (sentence(stage, *block)?, Object::Node(Node::Entity(object)))
        }
        (Given::Words { block, .. }, None) => {
            let trigger = sentence(stage, *block)?;
            (trigger, literal(stage, trigger, &relation.range, state.rule.take)?)
        }
    };
    let fits = |node: Node, classes| match node {
        Node::Entity(id) => stage.ontology[stage.entities.get(id).class].ancestors.meets(classes),
        Node::Document | Node::Lexicon(_) => true,
    };
    let in_range = match (&object, &relation.range) {
        (Object::Node(node), ObjectRange::Things(classes)) => fits(*node, *classes),
        (Object::Node(_), _) | (_, ObjectRange::Things(_)) => false,
        _ => true,
    };
    if !fits(subject, relation.domain) || !in_range || object == Object::Node(subject) {
        return None;
    }
    antecedents.sort_unstable();
    antecedents.dedup();
    antecedents.retain(|sentence| *sentence != trigger);
    Some(Firing {
        rule: state.rule.rule.clone(),
        confidence: state.rule.confidence,
        trigger,
        antecedents,
        cites: Vec::new(),
        statements: vec![Statement { subject, relation: state.rule.relation, object }],
    })
}

/// The sentence that a value is.
fn sentence(stage: &Stage<'_, '_>, block: usize) -> Option<usize> {
    let sentences = &stage.reading.scene.text.sentences;
    let at = sentences.partition_point(|sentence| sentence.block < block);
    sentences.get(at).filter(|sentence| sentence.block == block).map(|_| at)
}

/// What a value is in this range.
fn literal(stage: &Stage<'_, '_>, sentence: usize, range: &ObjectRange, take: Take) -> Option<Object> {
    let text = stage.reading.scene.text;
    let tokens = text.sentences[sentence].tokens.clone();
    let words = text.slice(tokens.clone()).trim();
    match range {
        ObjectRange::Things(_) => None,
        ObjectRange::Iri => address(words).map(Object::Url),
        ObjectRange::Literals(datatypes) => {
            if datatypes.contains(&Datatype::Date) {
                let written = stage.reading.mentions.within(tokens).into_iter().find_map(|id| {
                    match stage.reading.mentions.get(id).value {
                        Some(Value::Date { first, last, .. }) => Some(if take == Take::End { last } else { first }),
                        _ => None,
                    }
                });
                iso(words).or(written).map(Object::Date)
            } else if datatypes.contains(&Datatype::Integer) {
                words.replace([',', ' '], "").parse().ok().map(Object::Number)
            } else {
                Some(Object::Text(words.split_whitespace().collect::<Vec<_>>().join(" ")))
            }
        }
    }
}

/// A date of ISO 8601, alone or with a time of day behind it, which says what the clock shows there.
fn iso(words: &str) -> Option<Partial> {
    let end = words.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(words.len());
    let (date, rest) = words.split_at(end);
    let dated = matches!(date.len(), 4 | 7 | 10) && (rest.is_empty() || rest.starts_with(['T', ' ']));
    dated.then(|| Partial::parse(date)).flatten()
}

/// A web address.
fn address(words: &str) -> Option<String> {
    let web = words.starts_with("https://") || words.starts_with("http://");
    (web && !words.contains(char::is_whitespace)).then(|| words.to_owned())
}

/// Events that the data name in words that the prose does not use, and the event of the prose that each of them is: the
/// only one with the same first day, or, for the only event of the data, the same city and year.
pub fn same_events(
    stage: &Stage<'_, '_>,
    mapped: &Mapped<'_>,
    things: &Things,
    prose: &[Firing],
    data: &[Firing],
) -> Vec<(EntityId, EntityId)> {
    let (Some(event), Some(start), Some(held)) =
        (stage.ontology.class("Event"), stage.ontology.relation("startDate"), stage.ontology.relation("heldIn"))
    else {
        return Vec::new();
    };
    let is_event = |id: EntityId| stage.ontology.is_subclass(stage.entities.get(id).class, event);
    let events: BTreeSet<EntityId> = things.entities.iter().flatten().copied().filter(|id| is_event(*id)).collect();
    let new: Vec<EntityId> = events.iter().copied().filter(|id| stage.entities.get(*id).mentions.is_empty()).collect();
    let told: BTreeMap<EntityId, Told> = new.iter().map(|id| (*id, told(data, *id, start, held))).collect();
    let spoken: BTreeSet<EntityId> = prose
        .iter()
        .flat_map(|firing| &firing.statements)
        .filter_map(|statement| if let Node::Entity(id) = statement.subject { Some(id) } else { None })
        .filter(|id| is_event(*id) && !events.contains(id))
        .collect();
    let alone = mapped.things.iter().filter(|thing| thing.rule.class.is_some()).count() == 1;
    let mut out = Vec::new();
    for (id, data) in told {
        let same: Vec<EntityId> = spoken
            .iter()
            .copied()
            .filter(|other| {
                let said = self::told(prose, *other, start, held);
                let day = data.days.iter().any(|day| day.day.is_some() && said.days.contains(day));
                let year = data.days.iter().any(|day| said.days.iter().any(|said| said.year == day.year));
                let differ = !data.days.is_empty()
                    && !said.days.is_empty()
                    && !data.days.iter().any(|day| said.days.iter().any(|said| agree(*day, *said)));
                let place = data.cities.intersection(&said.cities).next().is_some();
                day || alone && place && year && !differ
            })
            .collect();
        if let [only] = same[..] {
            out.push((id, only));
        }
    }
    out
}

struct Told {
    days: BTreeSet<Partial>,
    cities: BTreeSet<Node>,
}

fn told(firings: &[Firing], id: EntityId, start: RelationId, held: RelationId) -> Told {
    let mut told = Told { days: BTreeSet::new(), cities: BTreeSet::new() };
    let of = firings.iter().flat_map(|f| &f.statements).filter(|s| s.subject == Node::Entity(id));
    for statement in of {
        match &statement.object {
            Object::Date(day) if statement.relation == start => drop(told.days.insert(*day)),
            Object::Node(node) if statement.relation == held => drop(told.cities.insert(*node)),
            _ => {}
        }
    }
    told
}

/// True if one date is the other, or says the same less precisely.
fn agree(a: Partial, b: Partial) -> bool {
    let part = |a: Option<i8>, b: Option<i8>| a.zip(b).is_none_or(|(a, b)| a == b);
    a.year == b.year && part(a.month, b.month) && part(a.day, b.day)
}

/// Where prose and data contradict each other: of a thing, both give a relation that has one value, or the place of an
/// event, and none of their values agree.
pub fn contradictions(stage: &Stage<'_, '_>, prose: &[Firing], data: &[Firing]) -> Vec<(Statement, Statement)> {
    let single = |relation: RelationId| {
        stage.ontology[relation].cardinality == Cardinality::One || stage.ontology[relation].name == "heldIn"
    };
    let all = |firings: &[Firing]| {
        let mut out: BTreeMap<(Node, RelationId), BTreeSet<Statement>> = BTreeMap::new();
        for statement in firings.iter().flat_map(|firing| &firing.statements).filter(|s| single(s.relation)) {
            out.entry((statement.subject, statement.relation)).or_default().insert(statement.clone());
        }
        out
    };
    let said = all(prose);
    let mut out = Vec::new();
    for (what, theirs) in all(data) {
        let Some(ours) = said.get(&what) else { continue };
        let same = |a: &Statement, b: &Statement| match (&a.object, &b.object) {
            (Object::Date(a), Object::Date(b)) => agree(*a, *b),
            (a, b) => a == b,
        };
        if !ours.iter().any(|a| theirs.iter().any(|b| same(a, b)))
            && let (Some(a), Some(b)) = (ours.first(), theirs.first())
        {
            out.push((a.clone(), b.clone()));
        }
    }
    out
}
