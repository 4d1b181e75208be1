//! Short names of events that nothing but their letters ties to the full name: "DDLP'98" on a line below "Workshop on
//! Deductive Databases and Logic Programming".

use super::Clusters;
use crate::mention::Mention;
use crate::resolve::entity::{Entity, EntityId};
use crate::resolve::why::Join;

/// How many sentences or lines may lie between the two.
const NEAR: usize = 4;

/// Words behind a short name that say that it is the name of what the announced is a part of.
const OF_OTHERS: [&str; 6] = ["workshop", "workshops", "post", "satellite", "conference", "track"];
/// Words before it that say so.
const IN_OTHERS: [&str; 12] =
    ["at", "with", "of", "in", "by", "during", "to", "after", "before", "following", "and", "precedes"];

impl Clusters<'_, '_> {
    /// Joins each short name with the full name near it that has its letters.
    pub(super) fn join_initials(&mut self) {
        let Some(event) = self.ontology.class("Event") else { return };
        let events: Vec<EntityId> = self
            .entities
            .iter()
            .filter(|(_, e)| !e.mentions.is_empty() && self.ontology.is_subclass(e.class, event))
            .map(|(id, _)| id)
            .collect();
        for short in &events {
            let Some(letters) = letters(self.entities.get(*short)) else { continue };
            let same = events
                .iter()
                .filter(|full| *full != short && self.may_be(self.entities.get(*short), self.entities.get(**full)))
                .find(|full| introduces(self.entities.get(**full), &letters));
            if let Some(full) = same {
                self.entities.merge(*short, *full, Join::Introduced);
                continue;
            }
            let full = events
                .iter()
                .filter(|full| *full != short && self.may_be(self.entities.get(*short), self.entities.get(**full)))
                .filter(|full| self.entities.get(**full).keys.iter().any(|name| spells(name, &letters)))
                .filter_map(|full| Some((self.distance(*short, *full).filter(|d| *d <= NEAR)?, *full)))
                .min();
            if let Some((_, full)) = full {
                self.entities.merge(*short, full, Join::Initials);
            }
        }
    }

    /// Joins short names that stand beside the title of a call, or alone on a line next to it, with what it names.
    pub(super) fn join_beside_title(&mut self) {
        let (Some(event), Some(main)) = (self.ontology.class("Event"), self.main()) else { return };
        if self.reading.scene.opening.title.is_empty() {
            return;
        }
        let beside: Vec<EntityId> = self
            .entities
            .iter()
            .filter(|(id, e)| *id != main && !e.mentions.is_empty() && self.ontology.is_subclass(e.class, event))
            .filter(|(_, e)| letters(e).is_some() && self.may_be(e, self.entities.get(main)))
            .filter(|(_, e)| e.mentions.iter().any(|m| self.stands_beside_title(self.reading.mentions.get(*m))))
            .map(|(id, _)| id)
            .collect();
        for short in beside {
            self.entities.merge(short, main, Join::BesideTitle);
        }
    }

    fn stands_beside_title(&self, mention: &Mention) -> bool {
        let opening = &self.reading.scene.opening;
        let text = self.reading.scene.text;
        if !opening.tokens.contains(&mention.tokens.start) || mention.anaphor {
            return false;
        }
        let (here, there) = (text.sentence_of(mention.tokens.start), text.sentence_of(opening.title.start));
        let line = &text.sentences[here].tokens;
        let word = |at: usize| if line.contains(&at) { text.word(at) } else { "" };
        let before = mention.tokens.start.checked_sub(1).map_or("", word);
        if OF_OTHERS.contains(&word(mention.tokens.end)) || IN_OTHERS.contains(&before) || self.is_context(mention) {
            return false;
        }
        let alone = line.len() <= mention.tokens.len() + 5;
        here == there || alone && here <= there + 1 && there <= here + 2
    }

    fn may_be(&self, short: &Entity, full: &Entity) -> bool {
        let years = short.year.zip(full.year).is_none_or(|(a, b)| a.year == b.year);
        let ordinals = short.ordinal.zip(full.ordinal).is_none_or(|(a, b)| a == b);
        !full.mentions.is_empty() && years && ordinals
    }

    /// The sentences between the nearest mentions of two entities.
    fn distance(&self, a: EntityId, b: EntityId) -> Option<usize> {
        let places = |id: EntityId| {
            let text = self.reading.scene.text;
            let mentions = &self.entities.get(id).mentions;
            mentions.iter().map(|m| text.sentence_of(self.reading.mentions.get(*m).tokens.start)).collect::<Vec<_>>()
        };
        let b = places(b);
        places(a).iter().flat_map(|x| b.iter().map(|y| x.abs_diff(*y))).min()
    }
}

/// The letters of an entity that is only known by a short name: three or more, mostly capitals.
fn letters(entity: &Entity) -> Option<Vec<char>> {
    if entity.labels.iter().any(|l| l.split_whitespace().count() > 2) {
        return None;
    }
    let name = entity.labels.first()?;
    let word: Vec<char> = name.chars().take_while(|c| c.is_alphabetic()).collect();
    let upper = word.iter().filter(|c| c.is_uppercase()).count();
    (word.len() >= 3 && upper >= 2).then(|| word.iter().flat_map(|c| c.to_lowercase()).collect())
}

/// Whether an entity with a full name is also called by these letters alone: "ACRO-98" is what "(ACRO)" introduced.
fn introduces(full: &Entity, wanted: &[char]) -> bool {
    let short = |l: &&String| l.split_whitespace().count() <= 2;
    let same = |l: &String| {
        l.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).eq(wanted.iter().copied())
    };
    !full.labels.iter().all(|l| short(&l)) && full.labels.iter().filter(short).any(same)
}

/// Whether words of `name`, in order, begin with the letters or hold more of them behind their first.
fn spells(name: &str, letters: &[char]) -> bool {
    let words: Vec<Vec<char>> = name.split(' ').map(|w| w.chars().collect()).collect();
    words.len() >= 4 && from(&words, letters, 0)
}

fn from(words: &[Vec<char>], letters: &[char], used: usize) -> bool {
    if letters.is_empty() {
        // A name whose last words say nothing of the letters is another's.
        return used >= 2 && words.len() <= 1;
    }
    let Some((word, rest)) = words.split_first() else { return false };
    let mut taken = 0;
    for c in word {
        if letters.get(taken) == Some(c) {
            taken += 1;
        } else if taken == 0 {
            break;
        }
    }
    (1..=taken).rev().any(|n| from(rest, &letters[n..], used + 1)) || from(rest, letters, used)
}

#[cfg(test)]
mod tests {
    use super::super::key;
    use super::spells;

    #[test]
    fn reads_initials() {
        let letters = |s: &str| s.chars().collect::<Vec<_>>();
        for (short, name) in [
            ("ddlp", "6th International Workshop on Deductive Databases and Logic Programming"),
            ("dexa", "International Conference on Database and Expert Systems Applications"),
            ("stdbm", "Workshop on Spatio-Temporal Database Management"),
        ] {
            assert!(spells(&key(name), &letters(short)), "{short}");
        }
        assert!(!spells(&key("Workshop on Spatio-Temporal Database Management"), &letters("vldb")));
        assert!(!spells(&key("Workshop on Databases: Active and Real-Time"), &letters("cikm")));
    }
}
