//! Field rules: a label and its value, on one line, in one row of a table, or a heading and the line below it.

use std::ops::Range;

use super::Stage;
use super::bindings::{Bindings, Bound};
use super::firing::{Firing, firing};
use super::namesake::namesake;
use super::spoken::spoken_of;
use super::stop::Stop;
use crate::mention::{Contents, Found, Matcher, allowed, objection};
use crate::rules::{FieldRule, Place};
use crate::source::BlockKind;
use crate::text::Shape;

/// The longest line that counts as a label with a value, in tokens.
const LONGEST: usize = 40;

/// Where a label and its value may stand together.
pub struct Unit {
    /// The sentence that names it.
    pub sentence: usize,
    /// Its tokens.
    pub tokens: Range<usize>,
}

/// Runs the field rules.
pub fn fire(stage: &Stage<'_, '_>, matcher: &mut Matcher, contents: &[Contents<'_>], firings: &mut Vec<Firing>) {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    let mut places = Vec::new();
    for unit in units(stage) {
        let several;
        let contents = if unit.tokens == scene.text.sentences[unit.sentence].tokens {
            &contents[unit.sentence]
        } else {
            several = scene.contents(mentions, unit.tokens.clone());
            &several
        };
        contents.candidates(&stage.rules.indexes.fields, &mut places);
        for (rule, _) in &places {
            let rule = &stage.rules.fields[*rule as usize];
            if !contents.may_hold(&rule.label) || !contents.may_hold(&rule.value) {
                continue;
            }
            let Some(label) = matcher.find(&rule.label, scene, mentions, unit.tokens.clone()) else { continue };
            firings.extend(attempt(stage, matcher, rule, &unit, &label));
        }
    }
    for below in 1..scene.text.prose().len() {
        two_lines(stage, matcher, [&contents[below - 1], &contents[below]], below, &mut places, firings);
    }
}

/// What a label makes a field state, or what stops it.
pub fn attempt(
    stage: &Stage<'_, '_>,
    matcher: &mut Matcher,
    rule: &FieldRule,
    unit: &Unit,
    label: &Found,
) -> Result<Firing, Stop> {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    let value = value(stage, matcher, rule, unit, label).ok_or(Stop::NoValue)?;
    let all = &unit.tokens;
    if let Some(objection) = objection(matcher, scene, mentions, &rule.info, all, all, &label.tokens) {
        return Err(Stop::Objection(objection));
    }
    state(stage, rule, label, &value, unit.sentence)
}

/// A label that fills one line, and the value at the start of the line below it: "Tokyo, Japan" / "3-5 September 1999".
fn two_lines(
    stage: &Stage<'_, '_>,
    matcher: &mut Matcher,
    contents: [&Contents<'_>; 2],
    below: usize,
    places: &mut Vec<Place>,
    firings: &mut Vec<Firing>,
) {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    let lines = &scene.text.sentences;
    let (first, second) = (&lines[below - 1].tokens, &lines[below].tokens);
    if first.len() > LONGEST / 2 || second.len() > LONGEST {
        return;
    }
    if contents[1].types.is_empty() {
        return;
    }
    let both = first.start..second.end;
    contents[0].candidates(&stage.rules.indexes.fields, places);
    for (rule, _) in &*places {
        let rule = &stage.rules.fields[*rule as usize];
        if !contents[0].may_hold(&rule.label) || !contents[1].may_hold(&rule.value) {
            continue;
        }
        let Some(value) = matcher.match_at(&rule.value, scene, mentions, second.clone(), second.start) else {
            continue;
        };
        let Some(label) = matcher.find(&rule.label, scene, mentions, first.clone()) else { continue };
        let filled = (label.tokens.end..first.end).all(|i| scene.text.shape(i).has(Shape::PUNCTUATION));
        // A column of values, each with its label below it, reads the other way round.
        let mut taken = |line: &Range<usize>| matcher.find(&rule.value, scene, mentions, line.clone()).is_some();
        let labelled = taken(first)
            || below > 1 && lines[below - 2].block == lines[below].block && {
                let above = &lines[below - 2].tokens;
                above.len() <= LONGEST && taken(above)
            };
        if filled && !labelled && allowed(matcher, scene, mentions, &rule.info, &both, &both, &label.tokens) {
            firings.extend(state(stage, rule, &label, &value, below));
        }
    }
}

/// What a rule says of a label and its value.
fn state(
    stage: &Stage<'_, '_>,
    rule: &FieldRule,
    label: &Found,
    value: &Found,
    sentence: usize,
) -> Result<Firing, Stop> {
    let mut bindings = Bindings::default();
    bindings.bind_captures(stage, &rule.info, &label.captures);
    bindings.bind_captures(stage, &rule.info, &value.captures);
    if let Some((var, types, _)) = rule.info.of {
        let named = bindings.address(stage).and_then(|url| namesake(stage, url, types));
        let main = named.or_else(|| spoken_of(stage, types)).ok_or(Stop::NothingSpokenOf)?;
        bindings.bind(var, Bound::Entity(main));
    }
    firing(stage, &rule.info, &bindings, sentence, &[]).ok_or(Stop::NothingStated)
}

/// The value nearest behind the label, or else before it ("15 March: papers due").
fn value(stage: &Stage<'_, '_>, matcher: &mut Matcher, rule: &FieldRule, unit: &Unit, label: &Found) -> Option<Found> {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    matcher
        .find(&rule.value, scene, mentions, label.tokens.end..unit.tokens.end)
        .or_else(|| matcher.find(&rule.value, scene, mentions, unit.tokens.start..label.tokens.start))
}

/// The places of an announcement where a label and its value may stand together.
pub fn units(stage: &Stage<'_, '_>) -> Vec<Unit> {
    let text = stage.reading.scene.text;
    let mut out = Vec::new();
    let mut s = 0;
    let prose = text.prose();
    while s < prose.len() {
        let block = text.sentences[s].block;
        let last = (s..prose.len()).take_while(|i| text.sentences[*i].block == block).last().unwrap_or(s);
        match text.kind(s) {
            // The place and date of a dateline are those of the announcement, not of what it announces.
            BlockKind::Dateline => {
                s = last + 1;
                continue;
            }
            BlockKind::Field => {
                let tokens = text.sentences[s].tokens.start..text.sentences[last].tokens.end;
                out.push(Unit { sentence: s, tokens });
                s = last + 1;
                continue;
            }
            BlockKind::TableCell { row, column: 0 } => {
                let end = (s..prose.len())
                    .take_while(|i| matches!(text.kind(*i), BlockKind::TableCell { row: r, .. } if r == row))
                    .last()
                    .unwrap_or(s);
                out.push(Unit { sentence: s, tokens: text.sentences[s].tokens.start..text.sentences[end].tokens.end });
                s = end + 1;
                continue;
            }
            BlockKind::Heading(_) if last + 1 < prose.len() => {
                let next = &text.sentences[last + 1].tokens;
                if text.sentences[s].tokens.len() <= 10 && next.len() <= LONGEST {
                    out.push(Unit { sentence: last + 1, tokens: text.sentences[s].tokens.start..next.end });
                }
            }
            _ => {}
        }
        if text.sentences[s].tokens.len() <= LONGEST {
            out.push(Unit { sentence: s, tokens: text.sentences[s].tokens.clone() });
        }
        s += 1;
    }
    out
}
