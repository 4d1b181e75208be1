//! Mentions that name what they mean: the same name is the same thing, an acronym introduced in brackets is another
//! name, and editions of a series are told apart by ordinal and year.

use std::collections::BTreeMap;

use super::entity::{Entities, Entity, EntityId};
use crate::lexicon::{EntryId, Kind, Lexicon};
use crate::mention::{Finder, Mention, MentionId, Partial, Reading, Value};
use crate::ontology::{ClassId, Ontology};
use crate::rules::{Object, RuleSet, Type};
use crate::text::fold;

/// The captures that are further names of what a mention rule finds, and of the series it names.
const ALIAS: &str = "alias";
const SERIES_ALIAS: &str = "acronym";

/// What the captures of a mention say of it.
#[derive(Clone, Debug, Default)]
struct Stated {
    ordinal: Option<u32>,
    year: Option<Partial>,
    series: Option<MentionId>,
    aliases: Vec<String>,
    series_aliases: Vec<String>,
}

/// The entities of the mentions that name something.
pub fn cluster(
    reading: &Reading<'_>,
    rules: &RuleSet,
    lexicon: &Lexicon,
    ontology: &Ontology,
    chosen: &BTreeMap<MentionId, EntryId>,
) -> Entities {
    let mut clusters =
        Clusters { reading, rules, lexicon, ontology, entities: Entities::default(), entries: BTreeMap::new() };
    for (id, mention) in reading.mentions.iter() {
        if let (Type::Class(class), Some(entry)) = (mention.ty, chosen.get(&id))
            && !mention.inner
        {
            clusters.known(id, class, *entry);
        }
    }
    // Series first: editions are told apart by them.
    let named: Vec<(MentionId, ClassId)> = reading
        .mentions
        .iter()
        .filter(|(_, m)| !m.anaphor && matches!(m.finder, Finder::Rule(_) | Finder::Part(_)))
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
    clusters.inherit_series();
    clusters.unnumbered();
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
    fn words(&self, mention: &Mention) -> String {
        tidy(self.reading.scene.text.slice(mention.name.clone()))
    }

    /// A mention that the lexicon knows.
    fn known(&mut self, id: MentionId, class: ClassId, entry: EntryId) -> EntityId {
        let words = self.words(self.reading.mentions.get(id));
        let label = self.lexicon.entry(entry).label.to_owned();
        let entity = match self.entries.get(&entry) {
            Some(entity) => *entity,
            None => {
                let entity = self.entities.push(Entity {
                    class,
                    mentions: Vec::new(),
                    labels: vec![label],
                    entry: Some(entry),
                    ordinal: None,
                    year: None,
                    series: None,
                });
                self.entries.insert(entry, entity);
                entity
            }
        };
        self.entities.bind(id, entity);
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
        if let Some(entry) = self.entry(&words, class) {
            return self.known(id, class, entry);
        }
        let entity = self.by_label(&words, class).unwrap_or_else(|| self.new_entity(class, &words));
        self.entities.bind(id, entity);
        entity
    }

    fn new_entity(&mut self, class: ClassId, label: &str) -> EntityId {
        self.entities.push(Entity {
            class,
            mentions: Vec::new(),
            labels: vec![label.to_owned()],
            entry: None,
            ordinal: None,
            year: None,
            series: None,
        })
    }

    fn by_label(&self, label: &str, class: ClassId) -> Option<EntityId> {
        let key = key(label);
        self.entities
            .iter()
            .find(|(_, e)| {
                !e.mentions.is_empty() && self.fit(e.class, class) && e.labels.iter().any(|l| self::key(l) == key)
            })
            .map(|(id, _)| id)
    }

    /// A name that a rule found.
    fn whole(&mut self, id: MentionId, class: ClassId) {
        let mention = self.reading.mentions.get(id);
        let words = self.words(mention);
        let stated = self.stated(id);
        if let Some(entry) = self.entry(&words, class).filter(|_| stated.ordinal.is_none() && stated.year.is_none()) {
            let entity = self.known(id, class, entry);
            self.add(entity, &stated);
            return;
        }
        let series = stated.series.and_then(|s| self.entities.of(s));
        let edition = stated.ordinal.is_some() || stated.year.is_some() || series.is_some();
        let found = if edition {
            self.edition(class, series, &stated, &words)
        } else {
            self.by_label(&words, class).or_else(|| self.longer_title(&words, class))
        };
        let entity = match found {
            Some(entity) => {
                if self.ontology.is_subclass(class, self.entities.get(entity).class) {
                    self.entities.get_mut(entity).class = class;
                }
                self.entities.name(entity, &words);
                entity
            }
            None => self.new_entity(class, &words),
        };
        self.entities.bind(id, entity);
        let known = self.entities.get_mut(entity);
        known.series = known.series.or(series);
        self.add(entity, &stated);
        self.series_aliases(&stated, series);
    }

    /// What a name adds to an entity.
    fn add(&mut self, entity: EntityId, stated: &Stated) {
        let known = self.entities.get_mut(entity);
        known.ordinal = known.ordinal.or(stated.ordinal);
        known.year = known.year.or(stated.year);
        for alias in &stated.aliases {
            self.entities.name(entity, alias);
        }
    }

    /// An acronym of the series joins what was taken for another series of that name.
    fn series_aliases(&mut self, stated: &Stated, series: Option<EntityId>) {
        let Some(series) = series else { return };
        for alias in &stated.series_aliases {
            let class = self.entities.get(series).class;
            if let Some(other) = self.by_label(alias, class).filter(|o| *o != series)
                && self.entities.get(other).entry.is_none()
            {
                self.entities.merge(other, series);
            }
            self.entities.name(series, alias);
        }
    }

    /// An edition: same series and ordinal, same series and year, or the same words.
    fn edition(&self, class: ClassId, series: Option<EntityId>, stated: &Stated, words: &str) -> Option<EntityId> {
        let words = key(words);
        let aliases: Vec<String> = stated.aliases.iter().map(|a| key(a)).collect();
        let matches = |e: &Entity| {
            if e.mentions.is_empty() || !self.fit(e.class, class) {
                return false;
            }
            let differ = |a: Option<u32>, b: Option<u32>| a.is_some() && b.is_some() && a != b;
            let years = |y: Option<Partial>| y.map(|y| y.year as u32);
            if differ(e.ordinal, stated.ordinal) || differ(years(e.year), years(stated.year)) {
                return false;
            }
            if e.series.is_some() && series.is_some() && e.series != series {
                return false;
            }
            let same_series = e.series.is_some() && e.series == series;
            let same_ordinal = e.ordinal.is_some() && e.ordinal == stated.ordinal;
            let same_year = e.year.is_some() && years(e.year) == years(stated.year);
            let same_words = e.labels.iter().any(|l| key(l) == words || aliases.contains(&key(l)));
            same_series && (same_ordinal || same_year) || same_words
        };
        self.entities.iter().find(|(_, e)| matches(e)).map(|(id, _)| id)
    }

    /// "'Inclusive lifelong learning in cities'" is short for the title that begins so.
    fn longer_title(&self, words: &str, class: ClassId) -> Option<EntityId> {
        let short = key(words);
        if short.split(' ').count() < 3 || !self.titled(class) {
            return None;
        }
        let begins = |a: &str, b: &str| a.starts_with(b) && a.as_bytes().get(b.len()) == Some(&b' ');
        self.entities
            .iter()
            .find(|(_, e)| {
                !e.mentions.is_empty()
                    && self.fit(e.class, class)
                    && e.labels
                        .iter()
                        .any(|l| begins(&key(l), &short) || begins(&short, &key(l)) && key(l).split(' ').count() >= 3)
            })
            .map(|(id, _)| id)
    }

    fn titled(&self, class: ClassId) -> bool {
        self.ontology.class("Publication").is_some_and(|p| self.ontology.is_subclass(class, p))
    }

    /// "the sixth congress", "the seventh": an ordinal without a series is of the series last named before it, or else
    /// of the first one named.
    fn inherit_series(&mut self) {
        let Some(keyed) = self.ontology.relation("partOfSeries").map(|r| self.ontology[r].domain) else { return };
        let place = |entities: &Entities, id: EntityId, reading: &Reading<'_>| {
            entities.get(id).mentions.iter().map(|m| reading.mentions.get(*m).tokens.start).min()
        };
        let bare: Vec<EntityId> = self
            .entities
            .iter()
            .filter(|(_, e)| {
                e.series.is_none() && e.ordinal.is_some() && !e.mentions.is_empty() && keyed.contains(e.class)
            })
            .map(|(id, _)| id)
            .collect();
        for id in bare {
            let Some(at) = place(&self.entities, id, self.reading) else { continue };
            let nouns = nouns(&self.entities.get(id).labels);
            let with_series: Vec<(usize, EntityId)> = self
                .entities
                .iter()
                .filter(|(_, e)| e.series.is_some() && !e.mentions.is_empty())
                .filter(|(_, e)| nouns.is_empty() || self.shares_noun(e, &nouns))
                .filter_map(|(other, e)| Some((place(&self.entities, other, self.reading)?, e.series?)))
                .collect();
            let before = with_series.iter().filter(|(p, _)| *p < at).max_by_key(|(p, _)| *p);
            let Some((_, series)) = before.or_else(|| with_series.iter().min_by_key(|(p, _)| *p)) else { continue };
            self.entities.get_mut(id).series = Some(*series);
            let ordinal = self.entities.get(id).ordinal;
            let same = self
                .entities
                .iter()
                .find(|(o, e)| *o != id && e.series == Some(*series) && e.ordinal == ordinal && !e.mentions.is_empty())
                .map(|(o, _)| o);
            if let Some(same) = same {
                self.entities.merge(id, same);
            }
        }
    }

    /// Whether the name of an edition or of its series has one of these nouns, or none that could tell (an acronym).
    fn shares_noun(&self, edition: &Entity, nouns: &[String]) -> bool {
        let series = edition.series.map(|s| self.entities.get(s).labels.clone()).unwrap_or_default();
        let labels = edition.labels.iter().chain(&series);
        let words: Vec<String> =
            labels.flat_map(|l| key(l).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
        nouns.iter().any(|n| words.contains(n)) || words.iter().all(|w| w.len() <= 6)
    }

    /// An edition without ordinal and year ("the World Urban Forum") is the one edition of its series that is named, if
    /// there is just one.
    fn unnumbered(&mut self) {
        let editions: Vec<EntityId> =
            self.entities.iter().filter(|(_, e)| e.series.is_some()).map(|(id, _)| id).collect();
        for bare in &editions {
            let edition = self.entities.get(*bare);
            if edition.ordinal.is_some() || edition.year.is_some() {
                continue;
            }
            let series = self.entities.get(*bare).series;
            let others: Vec<EntityId> = editions
                .iter()
                .copied()
                .filter(|o| {
                    o != bare && self.entities.get(*o).series == series && !self.entities.get(*o).mentions.is_empty()
                })
                .collect();
            if let [one] = others[..] {
                self.entities.merge(*bare, one);
            }
        }
    }

    fn stated(&self, id: MentionId) -> Stated {
        let mention = self.reading.mentions.get(id);
        let Finder::Rule(rule) = mention.finder else { return Stated::default() };
        let rule = &self.rules.mentions[rule];
        let mut stated = Stated::default();
        for (var, tokens) in &mention.captures {
            let name = rule.info.var_names[usize::from(var.0)].as_str();
            let words = tidy(self.reading.scene.text.slice(tokens.clone()));
            match name {
                ALIAS => stated.aliases.push(words),
                SERIES_ALIAS => stated.series_aliases.push(words),
                _ => {}
            }
        }
        for template in &rule.info.then {
            let Object::Var(var, _) = template.object else { continue };
            let Some((_, tokens)) = mention.captures.iter().find(|(v, _)| *v == var) else { continue };
            match self.ontology[template.relation].name.as_str() {
                "ordinal" => stated.ordinal = self.number(tokens),
                "startDate" => stated.year = self.year(tokens),
                "partOfSeries" => {
                    let part =
                        self.reading.mentions.iter().find(|(_, m)| m.finder == Finder::Part(id) && m.tokens == *tokens);
                    stated.series = part.map(|(id, _)| id);
                }
                _ => {}
            }
        }
        stated
    }

    fn number(&self, tokens: &std::ops::Range<usize>) -> Option<u32> {
        self.reading
            .mentions
            .iter()
            .filter(|(_, m)| m.tokens == *tokens)
            .find_map(|(_, m)| match m.value {
                Some(Value::Ordinal(n)) => Some(n),
                Some(Value::Number(n)) => u32::try_from(n).ok(),
                _ => None,
            })
            .or_else(|| roman(self.reading.scene.text.slice(tokens.clone())))
    }

    fn year(&self, tokens: &std::ops::Range<usize>) -> Option<Partial> {
        let text = self.reading.scene.text;
        let by_value =
            self.reading.mentions.iter().filter(|(_, m)| m.tokens == *tokens).find_map(|(_, m)| match m.value {
                Some(Value::Date(first, _)) => Some(first),
                _ => None,
            });
        by_value.or_else(|| short_year(text.slice(tokens.clone())))
    }

    /// The event that the announcement is about: in the headline, early, often, and with an ordinal or a year.
    fn main(&self) -> Option<EntityId> {
        let event = self.ontology.class("Event")?;
        let text = self.reading.scene.text;
        let weight = |e: &Entity| -> i64 {
            e.mentions
                .iter()
                .map(|m| {
                    let mention = self.reading.mentions.get(*m);
                    let sentence = text.sentence_of(mention.tokens.start) as i64;
                    let headline = matches!(text.kind(sentence as usize), crate::source::BlockKind::Headline);
                    10 + 20 * i64::from(headline) + (12 - sentence).max(0)
                })
                .sum::<i64>()
                + 15 * i64::from(e.ordinal.is_some() || e.year.is_some())
        };
        self.entities
            .iter()
            .filter(|(_, e)| !e.mentions.is_empty() && self.ontology.is_subclass(e.class, event))
            .max_by_key(|(id, e)| (weight(e), std::cmp::Reverse(*id)))
            .map(|(id, _)| id)
    }
}

/// The words of short names that are no ordinals: what kind of thing "the sixth congress" is.
fn nouns(labels: &[String]) -> Vec<String> {
    let words = labels.iter().flat_map(|l| key(l).split(' ').map(str::to_owned).collect::<Vec<_>>());
    words.filter(|w| w.len() > 4 && !w.ends_with("th") && !ORDINALS.contains(&w.as_str())).collect()
}

/// Ordinals that do not end in -th.
const ORDINALS: [&str; 3] = ["first", "second", "third"];

/// A name on one line, without the article and marks around it.
pub(super) fn tidy(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let trimmed =
        words.trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | ',' | ';' | ':' | '*' | '_'));
    let trimmed = trimmed.strip_prefix("the ").or_else(|| trimmed.strip_prefix("The ")).unwrap_or(trimmed);
    trimmed.to_owned()
}

/// What two names must have in common to be the same: the folded words.
pub(super) fn key(label: &str) -> String {
    let mut out = String::new();
    for word in label.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&fold(word));
    }
    out
}

/// `'98`, `98`: the year of a short form such as "KAW'98".
fn short_year(words: &str) -> Option<Partial> {
    let digits = words.trim_start_matches(['\'', '’', '-']);
    let n: i16 = digits.parse().ok()?;
    match digits.len() {
        2 => Partial { year: if n < 50 { 2000 + n } else { 1900 + n }, month: None, day: None }.checked(),
        4 => Partial { year: n, month: None, day: None }.checked(),
        _ => None,
    }
}

/// A Roman number from I to XXXIX in capitals.
fn roman(words: &str) -> Option<u32> {
    let value = |c| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let digits: Vec<i32> = words.chars().map(value).collect::<Option<_>>()?;
    let total: i32 =
        digits.iter().enumerate().map(|(i, d)| if digits.get(i + 1).is_some_and(|n| n > d) { -d } else { *d }).sum();
    u32::try_from(total).ok().filter(|n| (1..100).contains(n))
}
