//! Field rules: a label and its value, on one line, in one row of a table, or a heading and the line below it.

use std::ops::Range;

use super::Stage;
use super::firing::{Bindings, Bound, Firing, firing, spoken_of};
use crate::mention::{Found, Matcher, allowed};
use crate::rules::FieldRule;
use crate::source::BlockKind;

/// The longest line that counts as a label with a value, in tokens.
const LONGEST: usize = 28;

/// Where a label and its value may stand together.
struct Unit {
    /// The sentence that names it.
    sentence: usize,
    /// Its tokens.
    tokens: Range<usize>,
}

/// Runs the field rules.
pub fn fire(stage: &Stage<'_, '_>, matcher: &mut Matcher, firings: &mut Vec<Firing>) {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    for unit in units(stage) {
        let words = scene.words(unit.tokens.clone());
        let types = mentions.types_within(unit.tokens.clone());
        for rule in &stage.rules.fields {
            if !Matcher::may_match(&rule.label, &words, types) || !Matcher::may_match(&rule.value, &words, types) {
                continue;
            }
            let Some(label) = matcher.find(&rule.label, scene, mentions, unit.tokens.clone()) else { continue };
            let Some(value) = value(stage, matcher, rule, &unit, &label) else { continue };
            if !allowed(matcher, scene, mentions, &rule.info, &unit.tokens, &unit.tokens, &label.tokens) {
                continue;
            }
            let mut bindings = Bindings::default();
            bindings.bind_captures(stage, &rule.info, &label.captures);
            bindings.bind_captures(stage, &rule.info, &value.captures);
            if let Some((var, types)) = rule.info.of {
                let Some(main) = spoken_of(stage, types) else { continue };
                bindings.bind(var, Bound::Entity(main));
            }
            firings.extend(firing(stage, &rule.info, &bindings, unit.sentence, &[]));
        }
    }
}

/// The value nearest behind the label, or else before it ("15 March: papers due").
fn value(stage: &Stage<'_, '_>, matcher: &mut Matcher, rule: &FieldRule, unit: &Unit, label: &Found) -> Option<Found> {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    matcher
        .find(&rule.value, scene, mentions, label.tokens.end..unit.tokens.end)
        .or_else(|| matcher.find(&rule.value, scene, mentions, unit.tokens.start..label.tokens.start))
}

fn units(stage: &Stage<'_, '_>) -> Vec<Unit> {
    let text = stage.reading.scene.text;
    let mut out = Vec::new();
    let mut s = 0;
    while s < text.sentences.len() {
        let block = text.sentences[s].block;
        let last = (s..text.sentences.len()).take_while(|i| text.sentences[*i].block == block).last().unwrap_or(s);
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
                let end = (s..text.sentences.len())
                    .take_while(|i| matches!(text.kind(*i), BlockKind::TableCell { row: r, .. } if r == row))
                    .last()
                    .unwrap_or(s);
                out.push(Unit { sentence: s, tokens: text.sentences[s].tokens.start..text.sentences[end].tokens.end });
                s = end + 1;
                continue;
            }
            BlockKind::Heading(_) if last + 1 < text.sentences.len() => {
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
