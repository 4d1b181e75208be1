//! "The conference", "this year's forum", "the report": mentions that say what kind of thing they mean, and not which.
//!
//! They mean the thing of that kind that was mentioned last, in the same or an earlier sentence. Its name must hold the
//! same noun ("the congress" is no forum) unless it is an acronym; and the event that the announcement is about is
//! preferred to one that was only mentioned in passing, a few sentences ago.

use super::entity::{Entities, EntityId};
use super::named::key;
use super::why::Why;
use crate::mention::{Mention, MentionId, Reading};
use crate::ontology::{ClassId, Ontology};
use crate::rules::Type;
use crate::source::BlockKind;

/// Nouns and pronouns that anything of their class may be called by.
const GENERIC: &[&str] =
    &["event", "gathering", "meeting", "edition", "it", "occasion", "he", "she", "work", "publication", "volume"];

/// Binds the anaphors of a text, from left to right.
pub fn bind(reading: &Reading<'_>, ontology: &Ontology, entities: &mut Entities) {
    let mut anaphors: Vec<(MentionId, &Mention, ClassId)> = reading
        .mentions
        .iter()
        .filter(|(_, m)| m.anaphor && !m.inner)
        .filter_map(|(id, m)| if let Type::Class(class) = m.ty { Some((id, m, class)) } else { None })
        .collect();
    anaphors.sort_by_key(|(_, m, _)| m.tokens.start);
    for (id, mention, class) in anaphors {
        if entities.of(id).is_some() {
            continue;
        }
        if let Some((entity, why)) = antecedent(reading, ontology, entities, mention, class) {
            entities.bind(id, entity, why);
        }
    }
}

fn antecedent(
    reading: &Reading<'_>,
    ontology: &Ontology,
    entities: &Entities,
    anaphor: &Mention,
    class: ClassId,
) -> Option<(EntityId, Why)> {
    let text = reading.scene.text;
    let noun = singular(text.word(anaphor.name.end - 1));
    let here = text.sentence_of(anaphor.tokens.start);
    // Names of cities do not say what they are.
    let is_city = ontology.class("City").is_some_and(|c| ontology.is_subclass(class, c));
    // And those of books seldom do, but a report is hardly called a book.
    let is_publication = ontology[class].name == "Publication"
        && !entities.iter().any(|(id, e)| ontology.is_subclass(e.class, class) && names_noun(entities, id, &noun));
    let fits = |id: EntityId| {
        let entity = entities.get(id);
        // What is only known to be something wider ("UNESCO" is an organization) is "the network" if its name says so.
        ontology.is_subclass(entity.class, class)
            && (is_city || is_publication || GENERIC.contains(&noun.as_str()) || has_noun(entities, id, &noun))
            || ontology.is_subclass(class, entity.class) && names_noun(entities, id, &noun)
    };
    // The last mention of each entity before the anaphor, or in the headline.
    let mut last: Vec<(usize, EntityId)> = Vec::new();
    let by_name = |id: EntityId| entities.get(id).mentions.iter().any(|m| !reading.mentions.get(*m).anaphor);
    for (id, entity) in entities.iter().filter(|(id, _)| fits(*id)) {
        let places = entity.mentions.iter().map(|m| reading.mentions.get(*m).tokens.start);
        if let Some(at) = places.filter(|at| *at < anaphor.tokens.start).max() {
            last.push((at, id));
        }
    }
    last.sort_unstable();
    let main = entities.main.filter(|m| fits(*m));
    let (nearest_at, nearest) = match last.last() {
        Some(found) => *found,
        // Said before it is named: what the announcement is about, or the book that it names first.
        None if is_publication => return first_named(reading, ontology, entities, class).map(|book| (book, Why::Main)),
        None => return main.map(|main| (main, Why::Main)),
    };
    // "That conference": the one of which was just spoken.
    let pointed = anaphor.tokens.start.checked_sub(1).is_some_and(|at| text.word(at) == "that");
    let near = (nearest, Why::Nearest(nearest_at));
    let Some(main) = main.filter(|_| !pointed) else { return Some(near) };
    let distance = here - text.sentence_of(nearest_at);
    let in_main_line = matches!(text.kind(here), BlockKind::Field | BlockKind::Heading(_) | BlockKind::ListItem(_));
    let main_seen = last.iter().any(|(_, id)| *id == main);
    if nearest != main
        && (distance > 2
            || in_main_line
            || distance > 0 && main_seen && !(leads(reading, nearest_at) && by_name(nearest)))
    {
        return Some((main, Why::Main));
    }
    Some(near)
}

/// What of a class is named first.
fn first_named(reading: &Reading<'_>, ontology: &Ontology, entities: &Entities, class: ClassId) -> Option<EntityId> {
    let all = entities.iter().filter(|(_, e)| ontology.is_subclass(e.class, class));
    all.filter_map(|(id, e)| Some((e.first_token(&reading.mentions)?, id))).min().map(|(_, id)| id)
}

/// Whether a mention stands at the head of its sentence, as what the sentence is about.
fn leads(reading: &Reading<'_>, at: usize) -> bool {
    let text = reading.scene.text;
    let sentence = &text.sentences[text.sentence_of(at)];
    at <= sentence.tokens.start + 2
}

/// Whether a name of the entity or of its series holds the noun; names that are only acronyms may mean anything.
fn has_noun(entities: &Entities, id: EntityId, noun: &str) -> bool {
    let all_short = labels(entities, id).all(|l| !l.contains(' ') || l.len() <= 10);
    all_short || names_noun(entities, id, noun)
}

/// Whether a name of the entity or of its series holds the noun.
fn names_noun(entities: &Entities, id: EntityId, noun: &str) -> bool {
    labels(entities, id).any(|l| key(l).split(' ').any(|w| singular(w) == noun))
}

/// The names of an entity and of its series.
fn labels(entities: &Entities, id: EntityId) -> impl Iterator<Item = &String> {
    let entity = entities.get(id);
    let series = entity.series.map(|s| entities.get(s).labels.as_slice()).unwrap_or_default();
    entity.labels.iter().chain(series)
}

fn singular(word: &str) -> String {
    match word {
        w if w.ends_with("ies") => format!("{}y", &w[..w.len() - 3]),
        w if w.ends_with('s') && !w.ends_with("ss") && w.len() > 3 => w[..w.len() - 1].to_owned(),
        w => w.to_owned(),
    }
}
