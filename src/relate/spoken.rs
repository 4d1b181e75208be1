//! What is spoken of where a rule binds nothing: what stands near, or what the announcement is about.

use std::ops::Range;

use super::Stage;
use super::bindings::{Bindings, Bound};
use super::namesake::namesake;
use super::stop::Stop;
use crate::mention::MentionId;
use crate::resolve::EntityId;
use crate::rules::{Info, Listed, Type, TypeSet};

/// How far behind a match what is spoken of may be named, in tokens.
const NEAR: usize = 20;

impl Bindings {
    /// Binds what is spoken of, if the rule asks for it and nothing bound it: the mention of its type nearest to `tokens`
    /// in the sentence, one before them first; or else what the announcement is about.
    pub fn bind_spoken_of(
        &mut self,
        stage: &Stage<'_, '_>,
        info: &Info,
        sentence: &Range<usize>,
        tokens: &Range<usize>,
    ) -> Result<(), Stop> {
        let Some((var, types, _)) = info.of else { return Ok(()) };
        if self.get(var).is_some() {
            return Ok(());
        }
        if let Some(id) = self.address(stage).and_then(|url| namesake(stage, url, types)) {
            self.bind(var, Bound::Entity(id));
            return Ok(());
        }
        let mentions = &stage.reading.mentions;
        let named: Vec<MentionId> = mentions
            .within(sentence.clone())
            .into_iter()
            .filter(|m| types.contains(mentions.get(*m).ty) && stage.entities.of(*m).is_some())
            .collect();
        let before = named.iter().rev().find(|m| mentions.get(**m).tokens.end <= tokens.start);
        // Far behind, or behind a mark that divides the sentence, something else is spoken of.
        let text = stage.reading.scene.text;
        let near = |start: usize| {
            start >= tokens.end
                && start <= tokens.end + NEAR
                && !(tokens.end..start).any(|i| matches!(text.word(i), ";" | ":" | "than"))
        };
        let nearest = before.or_else(|| named.iter().find(|m| near(mentions.get(**m).tokens.start)));
        let bound = match nearest {
            Some(mention) => Some(Bound::Mentions(vec![*mention])),
            None => {
                spoken_of_before(stage, types, sentence.start).or_else(|| spoken_of(stage, types)).map(Bound::Entity)
            }
        };
        self.bind(var, bound.ok_or(Stop::NothingSpokenOf)?);
        Ok(())
    }
}

/// The only thing of these types that the sentence before, in the same paragraph, speaks of; but for an earlier edition of
/// what the announcement is about, on which a sentence that is not in the past does not go on.
pub fn spoken_of_before(stage: &Stage<'_, '_>, types: TypeSet, token: usize) -> Option<EntityId> {
    let text = stage.reading.scene.text;
    let here = text.sentence_of(token);
    let before = text.sentences[..here].last().filter(|s| s.block == text.sentences[here].block)?;
    let mentions = &stage.reading.mentions;
    let named = mentions.within(before.tokens.clone()).into_iter().filter(|m| types.contains(mentions.get(*m).ty));
    let mut things: Vec<EntityId> = named.filter_map(|m| stage.entities.of(m)).collect();
    things.sort_unstable();
    things.dedup();
    things.first().copied().filter(|thing| things.len() == 1 && (!is_past(stage, *thing) || looks_back(stage, here)))
}

/// Whether a thing is an edition before the one that the announcement is about.
fn is_past(stage: &Stage<'_, '_>, thing: EntityId) -> bool {
    let Some(main) = stage.entities.main else { return false };
    let (main, thing) = (stage.entities.get(main), stage.entities.get(thing));
    let years = thing.year.zip(main.year).map(|(thing, main)| (thing.year, main.year));
    let one_series = thing.series.is_some() && thing.series == main.series;
    one_series && (thing.ordinal.zip(main.ordinal).is_some_and(|(a, b)| a < b) || years.is_some_and(|(a, b)| a < b))
}

/// Whether a sentence has a word that says that it speaks of what was.
fn looks_back(stage: &Stage<'_, '_>, sentence: usize) -> bool {
    let scene = &stage.reading.scene;
    let mut tokens = scene.text.sentences[sentence].tokens.clone();
    tokens.any(|at| stage.rules.grammar.has(Listed::Past, scene.symbols[at]))
}

/// What the announcement is about, of these types: its main event, or else what it names first.
pub fn spoken_of(stage: &Stage<'_, '_>, types: TypeSet) -> Option<EntityId> {
    let of_type = |id: &EntityId| types.contains(Type::Class(stage.entities.get(*id).class));
    let first = |id: EntityId| stage.entities.get(id).first_token(&stage.reading.mentions);
    stage.entities.main.filter(of_type).or_else(|| {
        let all = stage.entities.iter().map(|(id, _)| id).filter(of_type);
        all.filter_map(|id| Some((first(id)?, id))).min().map(|(_, id)| id)
    })
}
