//! The event that an announcement is about.

use std::cmp::Reverse;

use super::Clusters;
use crate::mention::Mention;
use crate::ontology::ClassId;
use crate::resolve::entity::{Entity, EntityId};
use crate::rules::Listed;
use crate::source::BlockKind;

/// How many tokens before a mention say that it is only the context of something else.
const CONTEXT_REACH: usize = 6;

impl Clusters<'_, '_> {
    /// The event that the announcement is about: in the headline, early, often, and with an ordinal or a year.
    pub(super) fn main(&self) -> Option<EntityId> {
        let event = self.ontology.class("Event")?;
        if let Some(titled) = self.titled_event(event) {
            return Some(titled);
        }
        let conference = self.ontology.class("Conference");
        let text = self.reading.scene.text;
        let weight = |e: &Entity| -> i64 {
            e.mentions
                .iter()
                .map(|m| {
                    let mention = self.reading.mentions.get(*m);
                    let sentence = text.sentence_of(mention.tokens.start) as i64;
                    let headline = matches!(text.kind(sentence as usize), BlockKind::Headline);
                    if self.is_context(mention) || self.is_aside(mention) {
                        return 1;
                    }
                    let title = sentence < 15 && self.fills_line(mention);
                    // "A workshop" says less of what all of it is about than a name.
                    let named = if mention.anaphor { 4 } else { 10 };
                    named + 20 * i64::from(headline || title) + 2 * (12 - sentence).max(0)
                })
                .sum::<i64>()
                + 5 * i64::from(e.ordinal.is_some() || e.year.is_some())
                + 8 * i64::from(conference.is_some_and(|c| self.ontology.is_subclass(e.class, c)))
        };
        self.entities
            .iter()
            .filter(|(_, e)| !e.mentions.is_empty() && self.ontology.is_subclass(e.class, event))
            .max_by_key(|(id, e)| (weight(e), Reverse(*id)))
            .map(|(id, _)| id)
    }

    /// The event that the title of a call names, in the longest of its mentions there.
    fn titled_event(&self, event: ClassId) -> Option<EntityId> {
        let title = &self.reading.scene.opening.title;
        let mentions = &self.reading.mentions;
        let named = mentions.within(title.clone()).into_iter().filter_map(|m| {
            let entity =
                self.entities.of(m).filter(|e| self.ontology.is_subclass(self.entities.get(*e).class, event))?;
            let words = mentions.get(m).tokens.len();
            (words * 2 >= title.len() && !self.is_context(mentions.get(m))).then_some((words, entity))
        });
        named.max_by_key(|(words, id)| (*words, Reverse(*id))).map(|(_, id)| id)
    }

    /// "in conjunction with the forum": named only to say where something else belongs.
    pub(super) fn is_context(&self, mention: &Mention) -> bool {
        let text = self.reading.scene.text;
        let start = text.sentences[text.sentence_of(mention.tokens.start)].tokens.start;
        let from = start.max(mention.tokens.start.saturating_sub(CONTEXT_REACH));
        let symbols = &self.reading.scene.symbols;
        (from..mention.tokens.start).any(|i| self.rules.grammar.has(Listed::Context, symbols[i]))
    }

    /// "(1,650 of you came to the forum)": named in brackets that it does not begin.
    fn is_aside(&self, mention: &Mention) -> bool {
        let text = self.reading.scene.text;
        let sentence = text.sentences[text.sentence_of(mention.tokens.start)].tokens.clone();
        let mark = (sentence.start..mention.tokens.start).rev().find(|i| matches!(text.word(*i), "(" | ")"));
        mark.is_some_and(|i| text.word(i) == "(" && i + 1 < mention.tokens.start)
    }

    /// Whether a mention is most of its line, as a title is.
    fn fills_line(&self, mention: &Mention) -> bool {
        let text = self.reading.scene.text;
        let line = text.sentences[text.sentence_of(mention.tokens.start)].tokens.len();
        mention.tokens.len() >= 4 && mention.tokens.len() * 3 >= line * 2
    }
}
