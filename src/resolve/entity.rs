//! The entities of one announcement.

use std::collections::{BTreeMap, BTreeSet};

use super::named::key;
use super::why::{Join, Step, Why};
use crate::fact::{Confidence, RuleRef};
use crate::lexicon::EntryId;
use crate::mention::{MentionId, Mentions, Partial};
use crate::ontology::ClassId;

/// Index of an entity in its [`Entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

/// A thing that the announcement speaks of.
#[derive(Clone, Debug)]
pub struct Entity {
    /// What it is: the most specific class of its mentions.
    pub class: ClassId,
    /// Where it is mentioned, in the order in which that was found out.
    pub mentions: Vec<MentionId>,
    /// What it is called, the best name first.
    pub labels: Vec<String>,
    /// The folded words of each label, in the same order: names are compared by them.
    pub(super) keys: Vec<String>,
    /// What the lexicon knows it as.
    pub entry: Option<EntryId>,
    /// Its place in its series.
    pub ordinal: Option<u32>,
    /// The year that its name states.
    pub year: Option<Partial>,
    /// The series that its name states.
    pub series: Option<EntityId>,
}

impl Entity {
    /// Something of which only the name is known, and where the lexicon has it.
    pub(super) fn named(class: ClassId, label: String, entry: Option<EntryId>) -> Entity {
        let keys = vec![key(&label)];
        Entity {
            class,
            mentions: Vec::new(),
            labels: vec![label],
            keys,
            entry,
            ordinal: None,
            year: None,
            series: None,
        }
    }

    /// Gives it a name that is better than those it has.
    pub(super) fn call_best(&mut self, label: &str) {
        if self.labels.first().is_none_or(|best| best != label) {
            self.labels.insert(0, label.to_owned());
            self.keys.insert(0, key(label));
        }
    }

    /// The token at which it is first mentioned.
    pub fn first_token(&self, mentions: &Mentions) -> Option<usize> {
        self.mentions.iter().map(|m| mentions.get(*m).tokens.start).min()
    }
}

/// The value by which the structured data of an announcement name an entity.
#[derive(Clone, Debug)]
pub struct Told {
    /// The rule that takes it for a name.
    pub rule: RuleRef,
    /// How sure that is.
    pub confidence: Confidence,
    /// Index of the sentence.
    pub sentence: usize,
}

/// The entities of an announcement, and which mention means which.
#[derive(Debug, Default)]
pub struct Entities {
    list: Vec<Entity>,
    /// By the number of the mention.
    of: Vec<Option<EntityId>>,
    counted_from: BTreeMap<MentionId, EntityId>,
    steps: Vec<(EntityId, Step)>,
    told: BTreeMap<EntityId, Told>,
    /// The event that the announcement is about.
    pub main: Option<EntityId>,
}

impl Entities {
    /// Adds an entity.
    pub fn push(&mut self, entity: Entity) -> EntityId {
        let id = EntityId(self.list.len() as u32);
        self.list.push(entity);
        id
    }

    /// Says that a mention means an entity, and why.
    pub fn bind(&mut self, mention: MentionId, entity: EntityId, why: Why) {
        self.note(entity, Step::Mention(mention, why));
        self.put(mention, entity);
    }

    fn put(&mut self, mention: MentionId, entity: EntityId) {
        let at = mention.0 as usize;
        if self.of.len() <= at {
            self.of.resize(at + 1, None);
        }
        let before = self.of[at].replace(entity);
        let mentions = &mut self.list[entity.0 as usize].mentions;
        // Looked for only if it meant something else in between: a city can be named a million times.
        if before.is_none() || before != Some(entity) && !mentions.contains(&mention) {
            mentions.push(mention);
        }
    }

    /// Says that the mentions of an entity mean nothing that is known.
    pub fn unbind(&mut self, entity: EntityId) {
        for mention in std::mem::take(&mut self.list[entity.0 as usize].mentions) {
            self.of[mention.0 as usize] = None;
        }
    }

    /// Says that a value of the structured data names an entity; the first one counts.
    pub fn tell(&mut self, entity: EntityId, told: Told) {
        self.told.entry(entity).or_insert(told);
    }

    /// The value that names an entity.
    pub fn told(&self, entity: EntityId) -> Option<&Told> {
        self.told.get(&entity)
    }

    /// True if an entity is mentioned in words or named by a value.
    pub fn is_known(&self, entity: EntityId) -> bool {
        self.told.contains_key(&entity) || !self.get(entity).mentions.is_empty()
    }

    /// What a mention means.
    pub fn of(&self, mention: MentionId) -> Option<EntityId> {
        self.of.get(mention.0 as usize).copied().flatten()
    }

    /// Says that a mention names what it means by counting from another entity ("last year's").
    pub fn count_from(&mut self, mention: MentionId, from: EntityId) {
        self.counted_from.insert(mention, from);
    }

    /// What a mention is counted from.
    pub fn counted_from(&self, mention: MentionId) -> Option<EntityId> {
        self.counted_from.get(&mention).copied()
    }

    /// An entity.
    pub fn get(&self, id: EntityId) -> &Entity {
        &self.list[id.0 as usize]
    }

    /// An entity, to be changed.
    pub fn get_mut(&mut self, id: EntityId) -> &mut Entity {
        &mut self.list[id.0 as usize]
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        self.list.iter().enumerate().map(|(i, e)| (EntityId(i as u32), e))
    }

    /// Gives an entity another name, unless it has it.
    pub fn name(&mut self, id: EntityId, label: &str) {
        let entity = &mut self.list[id.0 as usize];
        if !label.is_empty() && !entity.labels.iter().any(|l| l == label) {
            entity.labels.push(label.to_owned());
            entity.keys.push(key(label));
        }
    }

    /// Notes a step in finding out what an entity is.
    pub fn note(&mut self, entity: EntityId, step: Step) {
        self.steps.push((entity, step));
    }

    /// All steps that led to an entity, those of what was merged into it too, in their order.
    pub fn steps(&self, id: EntityId) -> impl Iterator<Item = &Step> {
        // What was merged goes into an entity that may be merged itself later on.
        let mut own = BTreeSet::from([id]);
        for (entity, step) in self.steps.iter().rev() {
            if let Step::Merged(from, _) = step
                && own.contains(entity)
            {
                own.insert(*from);
            }
        }
        self.steps.iter().filter(move |(entity, _)| own.contains(entity)).map(|(_, step)| step)
    }

    /// Moves all that is known of `from` to `to`.
    pub fn merge(&mut self, from: EntityId, to: EntityId, why: Join) {
        if from == to {
            return;
        }
        self.note(to, Step::Merged(from, why));
        let old = self.list[from.0 as usize].clone();
        for mention in old.mentions {
            self.put(mention, to);
        }
        self.list[from.0 as usize].mentions.clear();
        for label in old.labels {
            self.name(to, &label);
        }
        let new = &mut self.list[to.0 as usize];
        new.ordinal = new.ordinal.or(old.ordinal);
        new.year = new.year.or(old.year);
        new.series = new.series.or(old.series);
        new.entry = new.entry.or(old.entry);
        for entity in &mut self.list {
            if entity.series == Some(from) {
                entity.series = Some(to);
            }
        }
        if self.main == Some(from) {
            self.main = Some(to);
        }
    }

    /// The entities that are mentioned.
    pub fn mentioned(&self) -> BTreeSet<EntityId> {
        self.of.iter().flatten().copied().collect()
    }
}
