//! "Last year's", "the previous edition", "its successor": editions that are named by counting from another one.
//!
//! Which way a rule counts is said by its template: `?c :follows ?this` finds the one before, `?this :follows ?c` the one
//! behind. What it counts from is the rule's `of`.

use super::Clusters;
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
            if let Some(current) = self.counted_from(id) {
                self.neighbour(id, class, current, earlier, series_class);
            }
        }
    }

    /// What a mention is counted from: what the announcement is about, or else the edition that was named last.
    fn counted_from(&self, id: MentionId) -> Option<EntityId> {
        let at = self.reading.mentions.get(id).tokens.start;
        let Finder::Rule(rule) = self.reading.mentions.get(id).finder else { return None };
        let (_, types, _) = self.rules.mentions[rule].info.of?;
        let fits = |e: &Entity| !e.mentions.is_empty() && types.contains(Type::Class(e.class));
        let last = |e: &Entity| {
            let places = e.mentions.iter().map(|m| self.reading.mentions.get(*m).tokens.start);
            places.filter(|p| *p < at).max()
        };
        self.main().filter(|m| fits(self.entities.get(*m))).or_else(|| {
            let named = self.entities.iter().filter(|(_, e)| fits(e)).filter_map(|(id, e)| Some((last(e)?, id)));
            named.max().map(|(_, id)| id)
        })
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
