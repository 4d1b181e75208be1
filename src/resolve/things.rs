//! Who the things are that the items of an announcement tell of: those that the prose names, where it does; others are
//! added. So an event that a page both speaks of and describes as data is one entity.

use std::collections::BTreeMap;

use super::entity::{Entities, Entity, EntityId, Told};
use super::located::{Located, is_nowhere, locate};
use super::named::key;
use crate::lexicon::{EntryId, Kind, Lexicon};
use crate::mapping::{Given, Mapped, Piece, Thing};
use crate::mention::{Partial, Reading};
use crate::ontology::{ClassId, Ontology};
use crate::rules::Type;

/// The entities of [`Mapped::things`].
#[derive(Debug, Default)]
pub struct Things {
    /// For each thing its entity; `None` for the announcement itself, and for things without a name.
    pub entities: Vec<Option<EntityId>>,
    /// For each statement of each thing the entity that is its object, if that is one.
    pub objects: Vec<Vec<Option<EntityId>>>,
    /// Cities and what the lexicon knows them as, with the sentence that names them.
    pub cities: BTreeMap<EntityId, (EntryId, usize)>,
    /// What a person should know: places that could not be linked.
    pub notes: Vec<String>,
}

impl Things {
    /// Puts an entity in the place of another.
    pub fn replace(&mut self, from: EntityId, to: EntityId) {
        let all = self.entities.iter_mut().chain(self.objects.iter_mut().flatten());
        all.filter(|id| **id == Some(from)).for_each(|id| *id = Some(to));
    }
}

/// Finds or adds the entities of all things and of what is stated of them.
pub fn things(
    mapped: &Mapped<'_>,
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    ontology: &Ontology,
    entities: &mut Entities,
) -> Things {
    let text = reading.scene.text;
    let sentences = text.sentences.iter().enumerate().map(|(s, sentence)| (sentence.block, s)).collect();
    let mut finder = Finder { reading, lexicon, ontology, entities, sentences, out: Things::default() };
    for thing in &mapped.things {
        let entity = finder.thing(thing);
        finder.out.entities.push(entity);
    }
    for (thing, subject) in mapped.things.iter().zip(finder.out.entities.clone()) {
        let objects = thing.states.iter().map(|state| match &state.object {
            Given::Thing(other) => finder.out.entities.get(*other).copied().flatten(),
            Given::Words { block, also, within } => {
                let class = state.rule.class?;
                let told = Told {
                    rule: state.rule.rule.clone(),
                    confidence: state.rule.confidence,
                    sentence: finder.sentence(*block)?,
                };
                finder.object(class, *block, also, within, told)
            }
        });
        let objects: Vec<Option<EntityId>> = objects.collect();
        if let Some(subject) = subject {
            finder.series(subject, thing, &objects);
        }
        finder.out.objects.push(objects);
    }
    finder.out
}

struct Finder<'f, 'a> {
    reading: &'f Reading<'a>,
    lexicon: &'f Lexicon,
    ontology: &'f Ontology,
    entities: &'f mut Entities,
    /// The sentence of each block; a value has one.
    sentences: BTreeMap<usize, usize>,
    out: Things,
}

impl Finder<'_, '_> {
    fn words(&self, block: usize) -> &str {
        let announcement = self.reading.scene.text.announcement;
        announcement.blocks.get(block).map_or("", |block| announcement.words(block))
    }

    fn sentence(&self, block: usize) -> Option<usize> {
        self.sentences.get(&block).copied()
    }

    fn thing(&mut self, thing: &Thing<'_>) -> Option<EntityId> {
        let class = thing.rule.class?;
        let blocks: Vec<usize> =
            thing.label.iter().filter_map(|piece| if let Piece::Block(b) = piece { Some(*b) } else { None }).collect();
        let first = *blocks.first()?;
        let mut label = String::new();
        for piece in &thing.label {
            label.push_str(match piece {
                Piece::Words(words) => words,
                Piece::Block(block) => self.words(*block),
            });
        }
        let label = one_line(&label);
        let year = thing.year.and_then(|block| Partial::parse(self.words(block)));
        let told =
            Told { rule: thing.rule.rule.clone(), confidence: thing.rule.confidence, sentence: self.sentence(first)? };
        let mentioned = if thing.label.len() == 1 { self.mentioned(first, class) } else { None };
        let id = mentioned.or_else(|| self.called(&label, class, year)).unwrap_or_else(|| self.add(class, &label));
        self.entities.name(id, &label);
        for alias in &thing.aliases {
            let alias = one_line(self.words(*alias));
            self.entities.name(id, &alias);
        }
        let entity = self.entities.get_mut(id);
        entity.year = entity.year.or(year);
        self.entities.tell(id, told);
        Some(id)
    }

    /// What a mention rule or the lexicon finds in a value, if it is nearly all of it.
    fn mentioned(&self, block: usize, class: ClassId) -> Option<EntityId> {
        let tokens = self.reading.scene.text.sentences.get(self.sentence(block)?)?.tokens.clone();
        let mentions = &self.reading.mentions;
        let within = mentions.within(tokens.clone()).into_iter().filter(|id| {
            let mention = mentions.get(*id);
            let whole = mention.tokens.len() * 10 >= tokens.len() * 7;
            whole && !mention.anaphor && matches!(mention.ty, Type::Class(found) if self.fit(found, class))
        });
        let longest = within.max_by_key(|id| mentions.get(*id).tokens.len());
        longest.and_then(|id| self.entities.of(id))
    }

    fn fit(&self, a: ClassId, b: ClassId) -> bool {
        self.ontology.is_subclass(a, b) || self.ontology.is_subclass(b, a)
    }

    fn called(&self, label: &str, class: ClassId, year: Option<Partial>) -> Option<EntityId> {
        let wanted = key(label);
        let fits = |entity: &Entity| {
            let years = entity.year.zip(year).is_none_or(|(a, b)| a.year == b.year);
            years && self.fit(entity.class, class) && entity.keys.contains(&wanted)
        };
        self.entities.iter().find(|(id, entity)| self.entities.is_known(*id) && fits(entity)).map(|(id, _)| id)
    }

    fn add(&mut self, class: ClassId, label: &str) -> EntityId {
        self.entities.push(Entity::named(class, label.to_owned(), None))
    }

    fn object(
        &mut self,
        class: ClassId,
        block: usize,
        also: &[usize],
        within: &[usize],
        told: Told,
    ) -> Option<EntityId> {
        let words = one_line(self.words(block));
        // Data give the name of the city or "Online" where a hall has no name.
        let is_place = |entry: EntryId| matches!(self.lexicon.kind(entry), Kind::City | Kind::Country);
        if self.ontology[class].name == Kind::Venue.name()
            && (is_nowhere(&words) || self.lexicon.hits(&words).iter().any(|hit| is_place(hit.entry)))
        {
            return None;
        }
        let also: Vec<String> = also.iter().map(|block| one_line(self.words(*block))).collect();
        let id = if self.ontology[class].name == Kind::City.name() {
            self.place(class, &words, within, told.sentence)?
        } else {
            let known = self.known(&words, class).or_else(|| also.iter().find_map(|name| self.known(name, class)));
            let found = self
                .mentioned(block, class)
                .or_else(|| known.and_then(|entry| self.of_entry(entry)))
                .or_else(|| self.called(&words, class, None));
            let id = found.unwrap_or_else(|| self.add(class, &words));
            let entity = self.entities.get_mut(id);
            if let (None, Some(entry)) = (entity.entry, known) {
                entity.entry = Some(entry);
                entity.call_best(self.lexicon.entry(entry).label);
            }
            self.entities.name(id, &words);
            id
        };
        also.iter().for_each(|name| self.entities.name(id, name));
        self.entities.tell(id, told);
        Some(id)
    }

    /// The one entry of a kind that fits the class.
    fn known(&self, words: &str, class: ClassId) -> Option<EntryId> {
        let upper = words.chars().all(|c| !c.is_lowercase());
        self.lexicon.hits(words).into_iter().filter(|hit| upper || !hit.acronym).map(|hit| hit.entry).find(|entry| {
            let kind = self.lexicon.kind(*entry).class().and_then(|name| self.ontology.class(name));
            kind.is_some_and(|kind| self.fit(kind, class))
        })
    }

    fn of_entry(&self, entry: EntryId) -> Option<EntityId> {
        self.entities.iter().find(|(_, entity)| entity.entry == Some(entry)).map(|(id, _)| id)
    }

    fn place(&mut self, class: ClassId, words: &str, within: &[usize], sentence: usize) -> Option<EntityId> {
        let around: Vec<String> = within.iter().map(|block| self.words(*block).to_owned()).collect();
        match locate(self.lexicon, words, &around) {
            Located::Nowhere => None,
            Located::At(entry, name) => {
                let id = self.of_entry(entry).unwrap_or_else(|| {
                    let id = self.add(class, self.lexicon.entry(entry).label);
                    self.entities.get_mut(id).entry = Some(entry);
                    id
                });
                self.entities.name(id, &name);
                self.out.cities.entry(id).or_insert((entry, sentence));
                Some(id)
            }
            Located::Ambiguous(name, several) => {
                let several = several.iter().map(|entry| self.describe(*entry)).collect::<Vec<_>>().join(" or ");
                self.out.notes.push(format!("“{words}” may be {several}: not linked"));
                Some(self.called(&name, class, None).unwrap_or_else(|| self.add(class, &name)))
            }
            // An address, of a house or of the web, in which no city is known.
            Located::Unknown(_) if words.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '@')) => None,
            Located::Unknown(name) => {
                self.out.notes.push(format!("no city is known as “{name}” where “{words}” says: not linked"));
                Some(self.called(&name, class, None).unwrap_or_else(|| self.add(class, &name)))
            }
        }
    }

    fn describe(&self, entry: EntryId) -> String {
        let known = self.lexicon.entry(entry);
        let parts = [known.admin1, known.country].into_iter().flatten().collect::<Vec<_>>().join(", ");
        format!("{} ({parts}; {})", known.label, known.source())
    }

    /// The series of an edition, which is part of its key.
    fn series(&mut self, subject: EntityId, thing: &Thing<'_>, objects: &[Option<EntityId>]) {
        let Some(part_of) = self.ontology.relation("partOfSeries") else { return };
        let mut stated = thing.states.iter().zip(objects).filter(|(state, _)| state.rule.relation == part_of);
        if let Some((_, Some(series))) = stated.next() {
            let entity = self.entities.get_mut(subject);
            entity.series = entity.series.or(Some(*series));
        }
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
