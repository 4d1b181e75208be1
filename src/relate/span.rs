//! Span rules: fixed sequences.

use std::ops::Range;

use super::Stage;
use super::bindings::{Bindings, Bound};
use super::firing::{Firing, firing};
use super::group::group;
use super::near;
use super::stop::Stop;
use crate::mention::{Contents, Found, Matcher, objection};
use crate::rules::SpanRule;

/// Where a rule of [`near`] found its sequence: sentence and match. It is for later to say what that states.
pub struct Waiting<'r> {
    /// The rule.
    pub rule: &'r SpanRule,
    /// The sentence.
    pub sentence: usize,
    /// The match.
    pub found: Found,
}

/// Runs the span rules over all sentences; gives what the rules of [`near`] have found, in the order of the text.
pub fn fire<'r>(
    stage: &Stage<'r, '_>,
    matcher: &mut Matcher,
    contents: &[Contents<'_>],
    firings: &mut Vec<Firing>,
) -> Vec<Waiting<'r>> {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    let mut places = Vec::new();
    let mut waiting = Vec::new();
    for ((s, sentence), contents) in scene.text.sentences.iter().enumerate().zip(contents) {
        contents.candidates(&stage.rules.indexes.spans, &mut places);
        for (rule, pattern) in &places {
            let rule = &stage.rules.spans[*rule as usize];
            let program = &rule.matches[*pattern as usize];
            if !contents.may_hold(program) {
                continue;
            }
            for found in matcher.find_all(program, scene, mentions, sentence.tokens.clone()) {
                match near::is_near(&rule.info) {
                    true => waiting.push(Waiting { rule, sentence: s, found }),
                    false => firings.extend(attempt(stage, matcher, rule, s, &found)),
                }
            }
        }
    }
    waiting
}

/// What the sequence `found` in sentence `s` makes a rule state, or what stops it.
pub fn attempt(
    stage: &Stage<'_, '_>,
    matcher: &mut Matcher,
    rule: &SpanRule,
    s: usize,
    found: &Found,
) -> Result<Firing, Stop> {
    if near::is_near(&rule.info) {
        return near::attempt(stage, matcher, rule, s, found);
    }
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    let sentence = &scene.text.sentences[s].tokens;
    let clause = around(stage, s, &found.tokens);
    if let Some(objection) = objection(matcher, scene, mentions, &rule.info, sentence, &clause, &found.tokens) {
        return Err(Stop::Objection(objection));
    }
    let mut bindings = Bindings::default();
    bindings.bind_captures(stage, &rule.info, &found.captures);
    // What is coordinated with the last mention of the sequence belongs to it as well.
    for (var, tokens) in &found.captures {
        let types = rule.info.vars[usize::from(var.0)];
        if tokens.end == found.tokens.end
            && let Some(last) = mentions.exactly(tokens, types)
        {
            let all = group(stage, sentence, last, types);
            bindings.rebind(*var, Bound::Mentions(all));
        }
    }
    bindings.bind_spoken_of(stage, &rule.info, sentence, &found.tokens)?;
    firing(stage, &rule.info, &bindings, s, &[]).ok_or(Stop::NothingStated)
}

/// The stretches of clauses that hold a match, from the first to the last.
fn around(stage: &Stage<'_, '_>, s: usize, tokens: &Range<usize>) -> Range<usize> {
    let clauses = stage.clauses(s);
    let stretch = |at: usize| clauses.iter().find(|c| c.contains(at)).map_or(at..at + 1, |c| c.stretch(at));
    stretch(tokens.start).start.min(tokens.start)..stretch(tokens.end - 1).end.max(tokens.end)
}
