//! List rules: a head and its items, in the same sentence, or in the list or lines below.

use super::Stage;
use super::firing::{Bindings, Firing, firing};
use super::stop::Stop;
use crate::mention::{Contents, Found, Matcher, below, objection};
use crate::rules::ListRule;

/// Runs the list rules.
pub fn fire(stage: &Stage<'_, '_>, matcher: &mut Matcher, contents: &[Contents], firings: &mut Vec<Firing>) {
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
    if let Some(unless) = objection(matcher, scene, mentions, &rule.info, sentence, sentence, &head.tokens) {
        return Err(Stop::Unless(unless));
    }
    let mut firings = Vec::new();
    let mut stop = Stop::NoItem;
    for (at, region) in below(scene.text, s, head.tokens.end) {
        for item in matcher.find_all(&rule.item, scene, mentions, region) {
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
