//! List rules: a head and its items, in the same sentence, or in the list or lines below.

use std::ops::Range;

use super::Stage;
use super::firing::{Bindings, Firing, firing};
use super::stop::Stop;
use crate::mention::{Found, Matcher, objection};
use crate::rules::ListRule;
use crate::source::BlockKind;

/// How many sentences below its head a list may run.
const LONGEST: usize = 200;

/// Runs the list rules.
pub fn fire(stage: &Stage<'_, '_>, matcher: &mut Matcher, firings: &mut Vec<Firing>) {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    let text = scene.text;
    for (s, sentence) in text.sentences.iter().enumerate() {
        let words = scene.words(sentence.tokens.clone());
        let types = mentions.types_within(sentence.tokens.clone());
        for rule in stage.rules.lists.iter().filter(|r| Matcher::may_match(&r.head, &words, types)) {
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
    for (at, region) in regions(stage, s, head.tokens.end) {
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

/// Where the items of a head that ends at token `end` of sentence `s` may stand: the sentences with their stretches.
pub fn regions(stage: &Stage<'_, '_>, s: usize, end: usize) -> Vec<(usize, Range<usize>)> {
    let text = stage.reading.scene.text;
    let sentence = &text.sentences[s];
    let mut out = Vec::new();
    let rest = end..sentence.tokens.end;
    let more = rest.clone().any(|i| text.shape(i).has(crate::text::Shape::WORD));
    if more {
        out.push((s, rest));
        return out;
    }
    let heading = matches!(text.kind(s), BlockKind::Heading(_) | BlockKind::Headline);
    for next in s + 1..text.sentences.len().min(s + LONGEST) {
        match text.kind(next) {
            // A dateline stands between a headline and what is below it.
            BlockKind::Dateline => continue,
            BlockKind::ListItem(_) | BlockKind::TableCell { .. } => {}
            BlockKind::Paragraph | BlockKind::Field if heading || text.sentences[next].block == sentence.block => {}
            // The first block below a line that ends with a colon.
            BlockKind::Paragraph if next == s + 1 => {}
            _ => break,
        }
        out.push((next, text.sentences[next].tokens.clone()));
    }
    out
}
