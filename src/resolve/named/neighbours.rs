//! "Last year's", "the previous edition", "its successor": editions that are named by counting from another one.
//!
//! Which way a rule counts is said by its template: `?c :follows ?this` finds the one before, `?this :follows ?c` the one
//! behind. What it counts from is the rule's `of`.

use super::Clusters;
use super::words::{head_nouns, key};
use crate::mention::{Finder, MentionId};
use crate::ontology::ClassId;
use crate::resolve::entity::{Entity, EntityId};
use crate::resolve::why::{Inherited, Step, Why};
use crate::rules::{Info, Object, Type, Var};

impl Clusters<'_, '_> {
    /// Binds the mentions of editions that are counted from another one, from left to right.
    pub(super) fn neighbours(&mut self) {
        let Some(follows) = self.ontology.relation("follows") else { return };
        let Some(series_class) = self.ontology.class("ConferenceSeries") else { return };
        let mut counted: Vec<(MentionId, ClassId, bool)> = Vec::new();
        for (id, mention) in self.reading.mentions.iter().filter(|(_, m)| !m.inner) {
            let (Finder::Rule(rule), Type::Class(class)) = (&mention.finder, mention.ty) else { continue };
            let info = &self.rules.mentions[*rule].info;
            let Some(template) = info.then.iter().find(|t| t.relation == follows && info.of.is_some()) else {
                continue;
            };
            let earlier = matches!(template.object, Object::Var(Var::THIS, _));
            counted.push((id, class, earlier));
        }
        counted.sort_by_key(|(id, ..)| self.reading.mentions.get(*id).tokens.start);
        for (id, class, earlier) in counted {
            if let Some(current) = self.counted_from(id, earlier) {
                self.neighbour(id, class, current, earlier, series_class);
            }
        }
    }

    /// What a mention is counted from: what the announcement is about, or else the edition that was named last.
    fn counted_from(&self, id: MentionId, earlier: bool) -> Option<EntityId> {
        let at = self.reading.mentions.get(id).tokens.start;
        let Finder::Rule(rule) = self.reading.mentions.get(id).finder else { return None };
        let (_, types, _) = self.rules.mentions[rule].info.of?;
        let fits = |e: &Entity| !e.mentions.is_empty() && types.contains(Type::Class(e.class));
        let last = |e: &Entity| {
            let places = e.mentions.iter().map(|m| self.reading.mentions.get(*m).tokens.start);
            places.filter(|p| *p < at).max()
        };
        let latest = |fits: &dyn Fn(&Entity) -> bool| {
            let named = self.entities.iter().filter(|(_, e)| fits(e)).filter_map(|(id, e)| Some((last(e)?, id)));
            named.max().map(|(_, id)| id)
        };
        // "The next forum" is none of the congress, though the announcement be about that.
        let name = [key(&self.words(self.reading.mentions.get(id)))];
        let nouns = head_nouns(self.rules, &name);
        let named = |e: &Entity| fits(e) && self.shares_noun(e, &nouns);
        let of_kind = |e: &Entity| if nouns.is_empty() { fits(e) } else { named(e) };
        // "The edition after that": after the one of which was just spoken.
        let behind = self.reading.mentions.get(id).tokens.end;
        let text = self.reading.scene.text;
        if (at..text.tokens.len().min(behind + 3)).any(|i| matches!(text.word(i), "that" | "this" | "it")) {
            return latest(&of_kind);
        }
        let main = self.main().map(|main| if earlier { main } else { self.furthest(main, at) });
        let of = |fits: &dyn Fn(&Entity) -> bool| main.filter(|m| fits(self.entities.get(*m))).or_else(|| latest(fits));
        of(&of_kind).or_else(|| of(&fits))
    }

    /// The edition of the same series with the highest ordinal of those that were named before: the next one follows on it.
    fn furthest(&self, main: EntityId, at: usize) -> EntityId {
        let known = self.entities.get(main);
        let before = |e: &Entity| e.first_token(&self.reading.mentions).is_some_and(|place| place < at);
        let others = self.entities.iter().filter(|(_, e)| e.series.is_some() && e.series == known.series && before(e));
        let furthest = others.filter_map(|(id, e)| Some((e.ordinal?, id))).max();
        furthest.filter(|(ordinal, _)| known.ordinal.is_none_or(|own| *ordinal > own)).map_or(main, |(_, id)| id)
    }

    fn neighbour(&mut self, id: MentionId, class: ClassId, current: EntityId, earlier: bool, series_class: ClassId) {
        let words = self.words(self.reading.mentions.get(id));
        let year = self.stated(id).year;
        let known = self.entities.get(current).clone();
        let ordinal =
            known.ordinal.and_then(|n| if earlier { n.checked_sub(1).filter(|n| *n > 0) } else { n.checked_add(1) });
        let series = match known.series {
            Some(series) => series,
            None => {
                let Some(name) = known.labels.first() else { return };
                let series = self.new_entity(series_class, name);
                self.entities.get_mut(current).series = Some(series);
                series
            }
        };
        let same = self.entities.iter().find(|(other, e)| {
            *other != current
                && e.series == Some(series)
                && !e.mentions.is_empty()
                && (ordinal.is_some() && e.ordinal == ordinal
                    || year.is_some() && e.year.map(|y| y.year) == year.map(|y| y.year))
        });
        let edition = match same.map(|(id, _)| id) {
            Some(same) => same,
            None => {
                let new = self.new_entity(class, &words);
                let name = self.entities.get(series).labels.first().cloned().unwrap_or_default();
                if let Some(n) = ordinal {
                    self.entities.name(new, &format!("{n}{} {name}", suffix(n)));
                }
                new
            }
        };
        let entity = self.entities.get_mut(edition);
        entity.series = Some(series);
        entity.ordinal = entity.ordinal.or(ordinal);
        entity.year = entity.year.or(year);
        self.entities.bind(id, edition, Why::CountedFrom(current));
        self.entities.note(edition, Step::Series(series, Inherited::Counted));
        self.entities.count_from(id, current);
    }
}

/// Whether a mention rule counts from another edition.
pub(super) fn counts(info: &Info) -> bool {
    info.of.is_some()
}

/// The ending of an ordinal in digits.
fn suffix(n: u32) -> &'static str {
    match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}
