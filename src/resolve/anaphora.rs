//! "The conference", "this year's forum", "the report": mentions that say what kind of thing they mean, and not which.
//!
//! They mean the thing of that kind that was mentioned last, in the same or an earlier sentence. Its name must hold the
//! same noun ("the congress" is no forum) unless it is an acronym; and the event that the announcement is about is
//! preferred to one that was only mentioned in passing, a few sentences ago.

use super::entity::{Entities, Entity, EntityId};
use super::named::tidy;
use super::why::Why;
use crate::lexicon::{Kind, Lexicon};
use crate::mention::{ALIAS, Finder, Mention, MentionId, Reading};
use crate::ontology::{ClassId, Ontology};
use crate::rules::{Anaphor, Listed, RuleSet, Type};
use crate::source::BlockKind;
use crate::text::Shape;

/// Binds the anaphors of a text, from left to right.
pub fn bind(reading: &Reading<'_>, rules: &RuleSet, lexicon: &Lexicon, ontology: &Ontology, entities: &mut Entities) {
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
        let kind = match mention.finder {
            Finder::Rule(rule) => rules.mentions[rule].anaphor.unwrap_or(Anaphor::Named),
            _ => Anaphor::Named,
        };
        let country = land(reading, lexicon, mention).filter(|_| is_city(ontology, class));
        let found = match (kind, country) {
            (Anaphor::Here, _) => here(reading, entities, class).map(|place| (place, Why::Here)),
            (_, Some(country)) => {
                city_of(reading, lexicon, entities, mention, class, country).map(|c| (c, Why::CityOf))
            }
            _ => antecedent(reading, rules, ontology, entities, mention, class, kind),
        };
        let found = found
            .or_else(|| (kind == Anaphor::OrNew).then(|| (something_new(reading, entities, mention, class), Why::New)));
        if let Some((entity, why)) = found {
            entities.bind(id, entity, why);
            for alias in aliases(reading, rules, mention) {
                entities.name(entity, &alias);
            }
        }
    }
}

/// What a mention calls the thing besides.
fn aliases(reading: &Reading<'_>, rules: &RuleSet, mention: &Mention) -> Vec<String> {
    let Finder::Rule(rule) = mention.finder else { return Vec::new() };
    let names = &rules.mentions[rule].info.var_names;
    let captured = mention.captures.iter().filter(|(var, _)| names[usize::from(var.0)] == ALIAS);
    captured.map(|(_, tokens)| tidy(reading.scene.text.slice(tokens.clone()))).collect()
}

/// Something that was not named before, called by the words of the mention.
fn something_new(reading: &Reading<'_>, entities: &mut Entities, mention: &Mention, class: ClassId) -> EntityId {
    entities.push(Entity::named(class, tidy(reading.scene.text.slice(mention.name.clone())), None))
}

/// The place where the announcement was made: in its dateline, or before its date.
fn here(reading: &Reading<'_>, entities: &Entities, class: ClassId) -> Option<EntityId> {
    let (text, mentions) = (reading.scene.text, &reading.mentions);
    let first = |tokens: std::ops::Range<usize>| {
        let named = mentions.within(tokens).into_iter().filter(|m| mentions.get(*m).ty == Type::Class(class));
        named.filter_map(|m| entities.of(m)).next()
    };
    let datelines = text.sentences.iter().enumerate().filter(|(s, _)| text.kind(*s) == BlockKind::Dateline);
    let dated = reading.anchor.as_ref().and_then(|a| a.tokens.clone()).map(|date| {
        let line = &text.sentences[text.sentence_of(date.start)].tokens;
        line.start.max(date.start.saturating_sub(8))..date.start
    });
    // "WROCŁAW. Anyone who thought that …"
    let alone = text.sentences.iter().take(8).filter(|s| {
        s.tokens.len() <= 4 && text.shape(s.tokens.start).has(Shape::UPPER) && first(s.tokens.clone()).is_some()
    });
    let mut places = datelines.map(|(_, s)| s.tokens.clone()).chain(dated).chain(alone.map(|s| s.tokens.clone()));
    places.find_map(first)
}

fn is_city(ontology: &Ontology, class: ClassId) -> bool {
    ontology.class("City").is_some_and(|c| ontology.is_subclass(class, c))
}

/// The country that a mention names: "the Polish city", "the capital of Peru".
fn land<'l>(reading: &Reading<'_>, lexicon: &'l Lexicon, mention: &Mention) -> Option<&'l str> {
    let inside = mention.captures.iter().flat_map(|(_, tokens)| reading.mentions.covering(tokens));
    inside.map(|(_, mention)| &mention.finder).find_map(|finder| match finder {
        Finder::Lexicon(entries) => {
            let mut places = entries.iter().map(|e| lexicon.entry(*e));
            places.find(|e| matches!(e.kind, Kind::Country | Kind::Demonym)).and_then(|e| e.country)
        }
        _ => None,
    })
}

/// The city of a country that was named last; the capital is known even if it was not named.
fn city_of(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    entities: &mut Entities,
    anaphor: &Mention,
    class: ClassId,
    country: &str,
) -> Option<EntityId> {
    let capital = reading.scene.text.word(anaphor.name.end - 1) == "capital";
    if capital {
        let entry = lexicon.capital(country)?;
        let known = entities.iter().find(|(_, e)| e.entry == Some(entry)).map(|(id, _)| id);
        return Some(known.unwrap_or_else(|| {
            entities.push(Entity::named(class, lexicon.entry(entry).label.to_owned(), Some(entry)))
        }));
    }
    let lies_there = |e: &Entity| {
        e.entry.map(|e| lexicon.entry(e)).is_some_and(|e| e.kind == Kind::City && e.country == Some(country))
    };
    let before = |e: &Entity| {
        let places = e.mentions.iter().map(|m| reading.mentions.get(*m).tokens.start);
        places.filter(|at| *at < anaphor.tokens.start).max()
    };
    let named = entities.iter().filter(|(_, e)| lies_there(e)).filter_map(|(id, e)| Some((before(e)?, id)));
    named.max().map(|(_, id)| id)
}

fn antecedent(
    reading: &Reading<'_>,
    rules: &RuleSet,
    ontology: &Ontology,
    entities: &Entities,
    anaphor: &Mention,
    class: ClassId,
    kind: Anaphor,
) -> Option<(EntityId, Why)> {
    let text = reading.scene.text;
    let noun = singular(text.word(anaphor.name.end - 1));
    // What may be new is only what was called so: "the ceremony" is no congress, though its name be an acronym.
    let strict = kind == Anaphor::OrNew && !rules.lists(Listed::EditionNoun, &noun);
    let here = text.sentence_of(anaphor.tokens.start);
    // Names of cities do not say what they are.
    let is_city = is_city(ontology, class);
    // And those of books seldom do, but a report is hardly called a book.
    let is_publication = ontology[class].name == "Publication"
        && !entities.iter().any(|(id, e)| ontology.is_subclass(e.class, class) && names_noun(entities, id, &noun));
    let city = city_in(reading, ontology, anaphor);
    let fits = |id: EntityId| {
        let entity = entities.get(id);
        if city.is_some_and(|city| is_elsewhere(reading, entities, id, city)) {
            return false;
        }
        // What is only known to be something wider ("UNESCO" is an organization) is "the network" if its name says so.
        ontology.is_subclass(entity.class, class)
            && match strict {
                true => names_noun(entities, id, &noun),
                false => {
                    is_city || is_publication || rules.lists(Listed::Generic, &noun) || has_noun(entities, id, &noun)
                }
            }
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

/// The city that an anaphor names: "the Daejeon congress".
fn city_in(reading: &Reading<'_>, ontology: &Ontology, anaphor: &Mention) -> Option<MentionId> {
    let class = ontology.class("City")?;
    let inside = anaphor.captures.iter().flat_map(|(_, tokens)| reading.mentions.covering(tokens));
    let named = inside.filter(|(_, m)| m.ty == Type::Class(class)).map(|(id, _)| id).next();
    // "The congress in Barcelona": none that was elsewhere.
    let (text, end) = (reading.scene.text, anaphor.tokens.end);
    let place = end + 1 < text.tokens.len() && matches!(text.word(end), "in" | "at");
    named.or_else(|| {
        let mut behind = reading.mentions.starting_at(end + 1).filter(|_| place);
        behind.find(|(_, m)| m.ty == Type::Class(class)).map(|(id, _)| id)
    })
}

/// Whether a name of the thing is followed by another city than this one: "the fifth, in Bogotá, …".
fn is_elsewhere(reading: &Reading<'_>, entities: &Entities, id: EntityId, city: MentionId) -> bool {
    let mentions = &reading.mentions;
    let here = entities.of(city);
    entities.get(id).mentions.iter().any(|m| {
        let end = mentions.get(*m).tokens.end;
        let behind = mentions.within(end..(end + 5).min(reading.scene.text.tokens.len()));
        let mut cities = behind.into_iter().filter(|other| mentions.get(*other).ty == mentions.get(city).ty);
        cities.next().is_some_and(|other| entities.of(other) != here && here.is_some())
    })
}

/// Whether a mention stands at the head of its sentence, as what the sentence is about.
fn leads(reading: &Reading<'_>, at: usize) -> bool {
    let text = reading.scene.text;
    let sentence = &text.sentences[text.sentence_of(at)];
    // The number of a paragraph does not count.
    let numbered = |i: &usize| {
        text.shape(*i).has(Shape::NUMBER) || text.shape(*i).has(Shape::PUNCTUATION) || text.word(*i).len() == 1
    };
    let start = sentence.tokens.clone().find(|i| !numbered(i)).unwrap_or(sentence.tokens.start);
    // "Please note: the ceremony …".
    let colon = (start..at).rev().find(|i| text.word(*i) == ":").map_or(start, |i| i + 1);
    at <= start + 2 || at <= colon + 2 && colon > start
}

/// Whether a name of the entity or of its series holds the noun; names that are only acronyms may mean anything.
fn has_noun(entities: &Entities, id: EntityId, noun: &str) -> bool {
    let all_short = labels(entities, id).all(|l| !l.contains(' ') || l.len() <= 10);
    all_short || names_noun(entities, id, noun)
}

/// Whether a name of the entity or of its series holds the noun.
fn names_noun(entities: &Entities, id: EntityId, noun: &str) -> bool {
    let entity = entities.get(id);
    let series = entity.series.map(|s| entities.get(s).keys.as_slice()).unwrap_or_default();
    entity.keys.iter().chain(series).any(|k| k.split(' ').any(|w| is_form_of(w, noun)))
}

/// The names of an entity and of its series.
fn labels(entities: &Entities, id: EntityId) -> impl Iterator<Item = &String> {
    let entity = entities.get(id);
    let series = entity.series.map(|s| entities.get(s).labels.as_slice()).unwrap_or_default();
    entity.labels.iter().chain(series)
}

/// Whether a word is a noun or its plural.
fn is_form_of(word: &str, noun: &str) -> bool {
    word == noun && singular(word) == noun || word.len() > noun.len() && singular(word) == noun
}

fn singular(word: &str) -> String {
    match word {
        w if w.ends_with("ies") => format!("{}y", &w[..w.len() - 3]),
        w if w.ends_with('s') && !w.ends_with("ss") && w.len() > 3 => w[..w.len() - 1].to_owned(),
        w => w.to_owned(),
    }
}
