//! Mentions that name what they mean: the same name is the same thing, an acronym introduced in brackets is another
//! name, and editions of a series are told apart by ordinal and year ([`editions`]). One of the events is what the
//! announcement is about ([`main_event`]).

mod editions;
mod initials;
mod main_event;
mod neighbours;
mod stated;
mod titles;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::apposition;
use super::entity::{Entities, Entity, EntityId};
use super::why::{Chosen, Join, Step, Why};
use crate::lexicon::{EntryId, Kind, Lexicon};
use crate::mention::{Finder, Mention, MentionId, Reading, edition};
use crate::ontology::{ClassId, Ontology};
use crate::rules::{Object, RuleSet, Type};
use stated::Stated;
pub(in crate::resolve) use words::key;
pub(super) use words::tidy;

/// The entities of the mentions that name something.
pub fn cluster(
    reading: &Reading<'_>,
    rules: &RuleSet,
    lexicon: &Lexicon,
    ontology: &Ontology,
    chosen: &BTreeMap<MentionId, (EntryId, Chosen)>,
) -> Entities {
    let mut clusters =
        Clusters { reading, rules, lexicon, ontology, entities: Entities::default(), entries: BTreeMap::new() };
    let spoken_of = clusters.spoken_of();
    for (id, mention) in reading.mentions.iter() {
        if let (Type::Class(class), Some((entry, why))) = (mention.ty, chosen.get(&id))
            && (!mention.inner || spoken_of.contains(&(mention.tokens.start, mention.tokens.end)))
        {
            clusters.known(id, class, *entry, why.clone());
        }
    }
    // Series first: editions are told apart by them.
    let named: Vec<(MentionId, ClassId)> = reading
        .mentions
        .iter()
        .filter(|(_, m)| matches!(m.finder, Finder::Rule(_) | Finder::Part(_)))
        .filter(|(_, m)| !m.anaphor || clusters.says_which(m))
        .filter(|(_, m)| !clusters.is_counted(m))
        .filter_map(|(id, m)| if let Type::Class(class) = m.ty { Some((id, class)) } else { None })
        .collect();
    let (parts, wholes): (Vec<_>, Vec<_>) =
        named.into_iter().partition(|(id, _)| matches!(reading.mentions.get(*id).finder, Finder::Part(_)));
    for (id, class) in parts {
        clusters.part(id, class);
    }
    let mut wholes: Vec<_> = wholes.into_iter().filter(|(id, _)| !reading.mentions.get(*id).inner).collect();
    wholes.sort_by_key(|(id, _)| reading.mentions.get(*id).tokens.start);
    for (id, class) in &wholes {
        clusters.whole(*id, *class);
    }
    clusters.join_series();
    clusters.same_high_ordinal();
    clusters.inherit_series();
    clusters.numbered_and_dated();
    clusters.unnumbered();
    clusters.join_beside_title();
    clusters.bare_names();
    clusters.join_initials();
    apposition::join(reading, rules, ontology, &mut clusters.entities);
    clusters.neighbours();
    clusters.full_names();
    clusters.entities.main = clusters.main();
    clusters.entities
}

struct Clusters<'r, 'a> {
    reading: &'r Reading<'a>,
    rules: &'r RuleSet,
    lexicon: &'r Lexicon,
    ontology: &'r Ontology,
    entities: Entities,
    entries: BTreeMap<EntryId, EntityId>,
}

impl Clusters<'_, '_> {
    /// What is captured in the names of other things and stated of them: the city in "ICA Congress Barcelona 2025".
    fn spoken_of(&self) -> BTreeSet<(usize, usize)> {
        let mut out = BTreeSet::new();
        for (_, mention) in self.reading.mentions.iter().filter(|(_, m)| !m.inner) {
            let Finder::Rule(rule) = mention.finder else { continue };
            for template in &self.rules.mentions[rule].info.then {
                let Object::Var(var, _) = template.object else { continue };
                let captured = mention.captures.iter().filter(|(v, _)| *v == var);
                out.extend(captured.map(|(_, tokens)| (tokens.start, tokens.end)));
            }
        }
        out
    }

    /// Whether a mention that refers back says by an ordinal or a year which edition it means ("the seventh").
    fn says_which(&self, mention: &Mention) -> bool {
        let Finder::Rule(rule) = mention.finder else { return false };
        let stated = self.rules.mentions[rule].info.then.iter().map(|t| self.ontology[t.relation].name.as_str());
        !mention.inner && stated.into_iter().any(|name| matches!(name, "ordinal" | "startDate"))
    }

    /// Whether a mention means an edition by counting from another one ("last year's").
    fn is_counted(&self, mention: &Mention) -> bool {
        matches!(mention.finder, Finder::Rule(rule) if neighbours::counts(&self.rules.mentions[rule].info))
    }

    fn words(&self, mention: &Mention) -> String {
        tidy(self.reading.scene.text.slice(mention.name.clone()))
    }

    /// A mention that the lexicon knows.
    fn known(&mut self, id: MentionId, class: ClassId, entry: EntryId, why: Chosen) -> EntityId {
        let words = self.words(self.reading.mentions.get(id));
        let entity = match self.entries.get(&entry) {
            Some(entity) => *entity,
            None => {
                let label = self.lexicon.entry(entry).label.to_owned();
                let entity = self.entities.push(Entity::named(class, label, Some(entry)));
                self.entries.insert(entry, entity);
                entity
            }
        };
        self.entities.bind(id, entity, Why::Lexicon(why));
        self.entities.name(entity, &words);
        entity
    }

    /// The lexicon entry of a name, of a kind that fits the class.
    fn entry(&self, words: &str, class: ClassId) -> Option<EntryId> {
        let upper = words.chars().all(|c| !c.is_lowercase());
        self.lexicon.hits(words).into_iter().filter(|h| upper || !h.acronym).map(|h| h.entry).find(|e| {
            let kind = self.lexicon.entry(*e).kind;
            kind != Kind::City && kind.class().and_then(|c| self.ontology.class(c)).is_some_and(|c| self.fit(c, class))
        })
    }

    fn fit(&self, a: ClassId, b: ClassId) -> bool {
        self.ontology.is_subclass(a, b) || self.ontology.is_subclass(b, a)
    }

    /// A part of another mention, such as the series in the name of an edition.
    fn part(&mut self, id: MentionId, class: ClassId) -> EntityId {
        let words = self.words(self.reading.mentions.get(id));
        // "WUF12": the series is called by the letters.
        let words = edition(&words).map_or(words.as_str(), |(letters, _)| letters).to_owned();
        if let Some(entry) = self.entry(&words, class) {
            return self.known(id, class, entry, Chosen::First);
        }
        let entity = self.by_label(&words, class).unwrap_or_else(|| self.new_entity(class, &words));
        self.entities.bind(id, entity, Why::Part);
        entity
    }

    fn new_entity(&mut self, class: ClassId, label: &str) -> EntityId {
        self.entities.push(Entity::named(class, label.to_owned(), None))
    }

    fn by_label(&self, label: &str, class: ClassId) -> Option<EntityId> {
        let key = key(label);
        self.entities
            .iter()
            .find(|(_, e)| !e.mentions.is_empty() && self.fit(e.class, class) && e.keys.contains(&key))
            .map(|(id, _)| id)
    }

    /// A name that a rule found.
    fn whole(&mut self, id: MentionId, class: ClassId) {
        let mention = self.reading.mentions.get(id);
        let words = self.words(mention);
        let stated = self.stated(id);
        if let Some(entry) = self.entry(&words, class).filter(|_| stated.ordinal.is_none() && stated.year.is_none()) {
            let entity = self.known(id, class, entry, Chosen::First);
            self.add(id, entity, &stated);
            return;
        }
        let series = stated.series.and_then(|s| self.entities.of(s));
        let edition = stated.ordinal.is_some() || stated.year.is_some() || series.is_some();
        let found = if edition {
            self.edition(class, series, &stated, &words)
        } else {
            let by_words = self.by_label(&words, class).map(|e| (e, Why::SameName));
            let by_alias =
                || stated.aliases.iter().find_map(|a| Some((self.by_label(a, class)?, Why::Alias(a.clone()))));
            by_words.or_else(by_alias).or_else(|| Some((titles::same(self, &words, class)?, Why::CutName)))
        };
        let (entity, why) = match found {
            Some((entity, why)) => {
                if self.ontology.is_subclass(class, self.entities.get(entity).class) {
                    self.entities.get_mut(entity).class = class;
                }
                self.entities.name(entity, &words);
                (entity, why)
            }
            None => (self.new_entity(class, &words), Why::New),
        };
        self.entities.bind(id, entity, why);
        let known = self.entities.get_mut(entity);
        known.series = known.series.or(series);
        self.add(id, entity, &stated);
        self.series_aliases(id, &stated, series);
    }

    /// What a name adds to an entity.
    fn add(&mut self, mention: MentionId, entity: EntityId, stated: &Stated) {
        let known = self.entities.get_mut(entity);
        known.ordinal = known.ordinal.or(stated.ordinal);
        known.year = known.year.or(stated.year);
        for alias in &stated.aliases {
            self.entities.name(entity, alias);
            self.entities.note(entity, Step::Alias(mention, alias.clone()));
        }
    }

    /// An acronym of the series joins what was taken for another series of that name.
    fn series_aliases(&mut self, mention: MentionId, stated: &Stated, series: Option<EntityId>) {
        let Some(series) = series else { return };
        for alias in &stated.series_aliases {
            let class = self.entities.get(series).class;
            if let Some(other) = self.by_label(alias, class).filter(|o| *o != series)
                && self.entities.get(other).entry.is_none()
            {
                self.entities.merge(other, series, Join::SeriesAcronym);
            }
            self.entities.name(series, alias);
            self.entities.note(series, Step::Alias(mention, alias.clone()));
        }
    }
}
