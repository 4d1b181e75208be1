//! Editions of series: told apart by ordinal and year, of the series that is named.
//! Long because each way in which two names may mean one edition is a step of its own, and their order matters.

use super::words::{head_nouns, is_ordinal, key};
use super::{Clusters, Stated};
use crate::mention::{Partial, Reading};
use crate::ontology::ClassId;
use crate::resolve::entity::{Entities, Entity, EntityId};
use crate::resolve::why::{Inherited, Join, Step, Why};
use crate::rules::{Listed, RuleSet};

impl Clusters<'_, '_> {
    /// An edition: same series and ordinal, same series and year, or the same words; and which of these it is.
    pub(super) fn edition(
        &self,
        class: ClassId,
        series: Option<EntityId>,
        stated: &Stated,
        words: &str,
    ) -> Option<(EntityId, Why)> {
        let words = key(words);
        let aliases: Vec<String> = stated.aliases.iter().map(|a| key(a)).collect();
        let same = |e: &Entity| {
            if e.mentions.is_empty() || !self.fit(e.class, class) {
                return None;
            }
            let differ = |a: Option<u32>, b: Option<u32>| a.is_some() && b.is_some() && a != b;
            let years = |y: Option<Partial>| y.map(|y| y.year as u32);
            if differ(e.ordinal, stated.ordinal) || differ(years(e.year), years(stated.year)) {
                return None;
            }
            if e.series.is_some() && series.is_some() && e.series != series {
                return None;
            }
            let same_series = e.series.is_some() && e.series == series;
            let same_ordinal = e.ordinal.is_some() && e.ordinal == stated.ordinal;
            let same_year = e.year.is_some() && years(e.year) == years(stated.year);
            match (same_series && same_ordinal, same_series && same_year) {
                (true, _) => Some(Why::SameOrdinal),
                (_, true) => Some(Why::SameYear),
                _ if e.keys.contains(&words) => Some(Why::SameName),
                _ => aliases.iter().find(|a| e.keys.contains(a)).cloned().map(Why::Alias),
            }
        };
        self.entities.iter().find_map(|(id, e)| Some((id, same(e)?)))
    }

    /// "the sixth congress", "the seventh": an ordinal without a series is of the series last named before it, or else
    /// of the first one named.
    pub(super) fn inherit_series(&mut self) {
        let Some(keyed) = self.ontology.relation("partOfSeries").map(|r| self.ontology[r].domain) else { return };
        let place =
            |entities: &Entities, id: EntityId, reading: &Reading<'_>| entities.get(id).first_token(&reading.mentions);
        let bare: Vec<EntityId> = self
            .entities
            .iter()
            .filter(|(_, e)| {
                e.series.is_none()
                    && (e.ordinal.is_some() || e.year.is_some())
                    && !e.mentions.is_empty()
                    && keyed.contains(e.class)
            })
            .map(|(id, _)| id)
            .collect();
        let main = self.main().and_then(|m| self.entities.get(m).series);
        for id in bare {
            let Some(at) = place(&self.entities, id, self.reading) else { continue };
            let keys = self.entities.get(id).keys.clone();
            let nouns = nouns(self.rules, &keys);
            let with_series: Vec<(usize, EntityId)> = self
                .entities
                .iter()
                .filter(|(_, e)| e.series.is_some() && !e.mentions.is_empty())
                .filter(|(_, e)| nouns.is_empty() || self.shares_noun(e, &nouns))
                .filter_map(|(other, e)| Some((place(&self.entities, other, self.reading)?, e.series?)))
                .collect();
            let before = with_series.iter().filter(|(p, _)| *p < at).max_by_key(|(p, _)| *p);
            // "The seventh", without a noun, is of the series that the announcement is about.
            let about = main.filter(|_| nouns.is_empty()).and_then(|m| with_series.iter().find(|(_, s)| *s == m));
            let inherited = match (about, before) {
                (Some(_), _) => Inherited::Main,
                (None, Some(_)) => Inherited::Before,
                (None, None) => Inherited::First,
            };
            let Some((_, series)) = about.or(before).or_else(|| with_series.iter().min_by_key(|(p, _)| *p)) else {
                if let Some(series) = self.series_from_name(at, &nouns) {
                    self.entities.get_mut(id).series = Some(series);
                    self.entities.note(id, Step::Series(series, Inherited::Before));
                    continue;
                }
                // "The seventh" of nothing that has a name.
                if self.entities.get(id).mentions.iter().all(|m| self.reading.mentions.get(*m).anaphor) {
                    self.entities.unbind(id);
                }
                continue;
            };
            self.entities.get_mut(id).series = Some(*series);
            self.entities.note(id, Step::Series(*series, inherited));
            let own = self.entities.get(id).clone();
            let same = self
                .entities
                .iter()
                .find(|(o, e)| {
                    *o != id
                        && e.series == Some(*series)
                        && !e.mentions.is_empty()
                        && (own.ordinal.is_some() && e.ordinal == own.ordinal
                            || own.ordinal.is_none() && e.year.map(|y| y.year) == own.year.map(|y| y.year))
                })
                .map(|(o, _)| o);
            if let Some(same) = same {
                self.entities.merge(id, same, Join::SameEdition);
            }
        }
    }

    /// "The 52nd ISOCARP Congress", "the 52nd congress of the International Society …": one announcement does not speak of
    /// two series that have both come to the same high ordinal under the same noun.
    pub(super) fn same_high_ordinal(&mut self) {
        const HIGH: u32 = 11;
        let high: Vec<EntityId> = self
            .entities
            .iter()
            .filter(|(_, e)| !e.mentions.is_empty() && e.series.is_some() && e.ordinal.is_some_and(|n| n >= HIGH))
            .map(|(id, _)| id)
            .collect();
        for (i, a) in high.iter().enumerate() {
            for b in &high[i + 1..] {
                let (first, second) = (self.entities.get(*a), self.entities.get(*b));
                let same = first.ordinal == second.ordinal && !first.mentions.is_empty() && !second.mentions.is_empty();
                if !same || !self.shares_noun(first, &head_nouns(self.rules, &second.keys)) {
                    continue;
                }
                if let (Some(x), Some(y)) = (first.series, second.series)
                    && x != y
                {
                    self.entities.merge(y, x, Join::SameHighOrdinal);
                }
                self.entities.merge(*b, *a, Join::SameHighOrdinal);
            }
        }
    }

    /// "The third edition of the forum", where one forum is named in full, and no edition of it: the series is called so.
    fn series_from_name(&mut self, at: usize, nouns: &[&str]) -> Option<EntityId> {
        let (conference, class) = (self.ontology.class("Conference")?, self.ontology.class("ConferenceSeries")?);
        let mentions = &self.reading.mentions;
        let fits = |e: &Entity| {
            self.ontology.is_subclass(e.class, conference)
                && e.series.is_none()
                && e.ordinal.is_none()
                && e.year.is_none()
                && e.mentions.iter().any(|m| !mentions.get(*m).anaphor)
                && e.first_token(mentions).is_some_and(|first| first < at)
                && (nouns.is_empty() || self.shares_noun(e, nouns))
        };
        let names: Vec<&String> =
            self.entities.iter().filter(|(_, e)| fits(e)).filter_map(|(_, e)| e.labels.first()).collect();
        let [name] = names[..] else { return None };
        let name = name.clone();
        name.contains(' ').then(|| self.new_entity(class, &name))
    }

    /// "The Seventh World Congress" is of the series that the same announcement calls "World Congress of United Cities":
    /// a series whose name only begins, or only ends, the name of one other series is that one.
    pub(super) fn join_series(&mut self) {
        let Some(class) = self.ontology.class("ConferenceSeries") else { return };
        let series: Vec<(EntityId, Vec<String>)> = self
            .entities
            .iter()
            .filter(|(_, e)| self.ontology.is_subclass(e.class, class) && !e.mentions.is_empty())
            .map(|(id, e)| (id, e.keys.clone()))
            .collect();
        for (short, short_names) in &series {
            if self.entities.get(*short).entry.is_some() {
                continue;
            }
            let part = |long: &String, short: &String| {
                short.contains(' ')
                    && (long.strip_prefix(short.as_str()).is_some_and(|rest| {
                        rest.starts_with(" of ") || rest.starts_with(" on ") || rest.starts_with(" for ")
                    }) || long.strip_suffix(short.as_str()).is_some_and(|rest| rest.ends_with(' ')))
            };
            let longer: Vec<EntityId> = series
                .iter()
                .filter(|(id, names)| id != short && names.iter().any(|long| short_names.iter().any(|s| part(long, s))))
                .map(|(id, _)| *id)
                .collect();
            if let [one] = longer[..] {
                self.entities.merge(*short, one, Join::SeriesNamePart);
            }
        }
    }

    /// Whether the name of an edition or of its series has one of these nouns, or none that could tell (an acronym).
    pub(super) fn shares_noun(&self, edition: &Entity, nouns: &[&str]) -> bool {
        let series = edition.series.map(|s| self.entities.get(s).keys.as_slice()).unwrap_or_default();
        let words = || edition.keys.iter().chain(series).flat_map(|k| k.split(' '));
        words().any(|w| nouns.contains(&w)) || words().all(|w| w.len() <= 6)
    }

    /// "The twelfth session", of a series that is named elsewhere, is called "twelfth World Urban Forum".
    pub(super) fn full_names(&mut self) {
        let editions: Vec<(EntityId, String)> = self
            .entities
            .iter()
            .filter(|(_, e)| !e.mentions.is_empty())
            .filter_map(|(id, e)| {
                let series = self.entities.get(e.series?).labels.first()?;
                let ordinal =
                    e.ordinal.and_then(|_| e.labels.iter().find_map(|l| l.split(' ').next().filter(|w| is_ordinal(w))));
                let name = match (ordinal, e.year) {
                    (Some(ordinal), _) => format!("{ordinal} {series}"),
                    (None, Some(year)) if e.ordinal.is_none() && series.contains(' ') => {
                        format!("{series} {}", year.year)
                    }
                    _ => return None,
                };
                (!e.keys.contains(&key(&name))).then_some((id, name))
            })
            .collect();
        for (id, name) in editions {
            self.entities.name(id, &name);
        }
    }

    /// "The World Congress", beside "the 28th UIA World Congress of Architects": a name without ordinal and year that is
    /// the name of the series, or begins or ends it, means the edition that the announcement is about, or the only one.
    pub(super) fn bare_names(&mut self) {
        let (Some(event), Some(conference)) = (self.ontology.class("Event"), self.ontology.class("Conference")) else {
            return;
        };
        let bare: Vec<(EntityId, Vec<String>)> = self
            .entities
            .iter()
            .filter(|(_, e)| !e.mentions.is_empty() && self.ontology.is_subclass(e.class, event))
            .filter(|(_, e)| e.series.is_none() && e.ordinal.is_none() && e.year.is_none() && e.entry.is_none())
            .map(|(id, e)| (id, e.keys.iter().filter(|k| k.contains(' ')).cloned().collect()))
            .collect();
        let main = self.main();
        for (id, names) in bare {
            // What is not known to be a conference must have the whole name: "the Festival of Ideas".
            let is_conference = self.ontology.is_subclass(self.entities.get(id).class, conference);
            let part = |long: &str, name: &String| {
                long == name
                    || is_conference
                        && (long.strip_suffix(name.as_str()).is_some_and(|rest| rest.ends_with(' '))
                            || long.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(' '))
                            || long.contains(&format!(" {name} ")))
            };
            let editions: Vec<EntityId> = self
                .entities
                .iter()
                .filter(|(other, e)| *other != id && !e.mentions.is_empty())
                .filter(|(_, e)| {
                    let series = e.series.map(|s| self.entities.get(s).keys.as_slice()).unwrap_or_default();
                    series.iter().any(|k| names.iter().any(|n| part(k, n)))
                })
                .map(|(other, _)| other)
                .collect();
            let about = main.filter(|m| editions.contains(m));
            let only = if let [one] = editions[..] { Some(one) } else { None };
            if let Some(edition) = about.or(only).or_else(|| self.announced(id, main, &editions)) {
                self.entities.merge(id, edition, Join::BareName);
            }
        }
    }

    /// What an announcement is about, by its bare name, is the first of its editions that is named soon behind it.
    fn announced(&self, bare: EntityId, main: Option<EntityId>, editions: &[EntityId]) -> Option<EntityId> {
        const SOON: usize = 3;
        let text = self.reading.scene.text;
        let first = |id: EntityId| self.entities.get(id).first_token(&self.reading.mentions);
        let at = first(bare).filter(|_| main == Some(bare))?;
        let (token, edition) = editions.iter().filter_map(|id| Some((first(*id)?, *id))).min()?;
        (token > at && text.sentence_of(token) - text.sentence_of(at) <= SOON).then_some(edition)
    }

    /// An edition without ordinal and year ("the World Urban Forum") is the one edition of its series that is named, if
    /// there is just one.
    pub(super) fn unnumbered(&mut self) {
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
                self.entities.merge(*bare, one, Join::OnlyEdition);
            }
        }
    }

    /// "The 12th Congress of Harbours (CH)", "CH 2026 invites …": of one series, one known by its ordinal and the other by its
    /// year, and named together: they are the same edition.
    pub(super) fn numbered_and_dated(&mut self) {
        const NEAR: usize = 3;
        let text = self.reading.scene.text;
        let first = |e: &Entity| e.first_token(&self.reading.mentions).map(|at| text.sentence_of(at));
        let of = |wanted: &dyn Fn(&Entity) -> bool| -> Vec<EntityId> {
            let all = self.entities.iter().filter(|(_, e)| e.series.is_some() && !e.mentions.is_empty() && wanted(e));
            all.map(|(id, _)| id).collect()
        };
        let numbered = of(&|e| e.ordinal.is_some() && e.year.is_none());
        let named = |e: &Entity| e.mentions.iter().any(|m| !self.reading.mentions.get(*m).anaphor);
        let dated = of(&|e| e.ordinal.is_none() && e.year.is_some() && named(e));
        let mut pairs = Vec::new();
        for one in &numbered {
            let entity = self.entities.get(*one);
            let same = |other: &&EntityId| self.entities.get(**other).series == entity.series;
            let beside = |other: &&EntityId| {
                let (a, b) = (first(entity), first(self.entities.get(**other)));
                a.zip(b).is_some_and(|(a, b)| a.abs_diff(b) <= NEAR && a.max(b) <= 8)
            };
            if let Some(other) = dated.iter().filter(same).find(beside) {
                pairs.push((*other, *one));
            }
        }
        pairs.dedup_by_key(|(dated, _)| *dated);
        for (dated, numbered) in pairs {
            self.entities.merge(dated, numbered, Join::NumberedAndDated);
        }
    }
}

/// The words of short names that are no ordinals: what kind of thing "the sixth congress" is.
fn nouns<'k>(rules: &RuleSet, keys: &'k [String]) -> Vec<&'k str> {
    let words = keys.iter().flat_map(|k| k.split(' '));
    // "The sixth edition" may be of anything.
    words
        .filter(|w| !rules.lists(Listed::Generic, w))
        .filter(|w| w.len() > 4 && !w.ends_with("th") && !ORDINALS.contains(w))
        .collect()
}

/// Ordinals that do not end in -th.
const ORDINALS: [&str; 3] = ["first", "second", "third"];
