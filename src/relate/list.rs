//! List rules: a head and its items, in the same sentence, or in the list or lines below.

use std::ops::Range;

use super::Stage;
use super::bindings::Bindings;
use super::firing::{Firing, firing};
use super::stop::Stop;
use crate::mention::{Contents, Found, Matcher, below, objection, speaks_against};
use crate::rules::ast::Context;
use crate::rules::{ListRule, Unless};

/// Runs the list rules.
pub fn fire(stage: &Stage<'_, '_>, matcher: &mut Matcher, contents: &[Contents<'_>], firings: &mut Vec<Firing>) {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    let text = scene.text;
    let mut places = Vec::new();
    for ((s, sentence), contents) in text.sentences.iter().enumerate().zip(contents) {
        contents.candidates(&stage.rules.indexes.lists, &mut places);
        let rules = places.iter().map(|(rule, _)| &stage.rules.lists[*rule as usize]);
        for rule in rules.filter(|r| contents.may_hold(&r.head)) {
            let Some(head) = matcher.find(&rule.head, scene, mentions, sentence.tokens.clone()) else { continue };
            firings.extend(attempt(stage, matcher, rule, s, &head).into_iter().flatten());
        }
    }
}

/// What a head in sentence `s` makes a list state, one firing an item, or what stops it.
pub fn attempt(
    stage: &Stage<'_, '_>,
    matcher: &mut Matcher,
    rule: &ListRule,
    s: usize,
    head: &Found,
) -> Result<Vec<Firing>, Stop> {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    let sentence = &scene.text.sentences[s].tokens;
    if let Some(objection) = objection(matcher, scene, mentions, &rule.info, sentence, sentence, &head.tokens) {
        return Err(Stop::Objection(objection));
    }
    let mut firings = Vec::new();
    let mut stop = Stop::NoItem;
    for (at, region) in below(scene.text, s, head.tokens.end) {
        for item in matcher.find_all(&rule.item, scene, mentions, region.clone()) {
            if !item_allowed(stage, matcher, rule, at != s, &region, &item) {
                continue;
            }
            let mut bindings = Bindings::default();
            bindings.bind_captures(stage, &rule.info, &item.captures);
            bindings.bind_captures(stage, &rule.info, &head.captures);
            bindings.bind_spoken_of(stage, &rule.info, sentence, &head.tokens)?;
            firings.extend(firing(stage, &rule.info, &bindings, at, &[s]));
            stop = Stop::NothingStated;
        }
    }
    if firings.is_empty() { Err(stop) } else { Ok(firings) }
}

/// Whether no `unless` speaks against an item of this region: those for items, and, where the item stands in a sentence of
/// its own, those for clause or sentence.
fn item_allowed(
    stage: &Stage<'_, '_>,
    matcher: &mut Matcher,
    rule: &ListRule,
    apart: bool,
    region: &Range<usize>,
    item: &Found,
) -> bool {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    let asked =
        |unless: &&Unless| unless.item || apart && matches!(unless.context, Context::Clause | Context::Sentence);
    !rule
        .info
        .unless
        .iter()
        .filter(asked)
        .any(|unless| speaks_against(matcher, scene, mentions, unless, region, region, &item.tokens))
}
