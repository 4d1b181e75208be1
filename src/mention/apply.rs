//! Applies the mention rules.

use std::collections::BTreeMap;
use std::ops::Range;

use super::accept::{Candidate, accept};
use super::below::below;
use super::introduced;
use super::matcher::Matcher;
use super::scene::{Contents, Scene};
use super::table::Mentions;
use crate::ontology::Ontology;
use crate::rules::ast::Context;
use crate::rules::{Info, MentionRule, Place, Program, RuleSet, Stage, Unless};

/// The capture that is another name of what a mention rule finds.
pub const ALIAS: &str = "alias";

/// The most tokens that an `unless before` looks back.
const REACH: usize = 8;

/// Runs all stages.
pub fn apply(scene: &Scene<'_>, rules: &RuleSet, ontology: &Ontology, mentions: &mut Mentions) {
    stages(scene, rules, ontology, mentions, u8::MAX);
    introduced::aliases(scene, rules, mentions);
    introduced::parts(rules, ontology, mentions);
}

/// Runs the stages below `end`.
pub fn stages(scene: &Scene<'_>, rules: &RuleSet, ontology: &Ontology, mentions: &mut Mentions, end: u8) {
    let sentences = &scene.text.sentences;
    let mut contents: Vec<Contents<'_>> = (0..sentences.len()).map(|s| scene.sentence(mentions, s)).collect();
    let mut matcher = Matcher::default();
    // Which patterns may match in a sentence changes only with the types of the mentions in it.
    let mut places: Vec<Vec<Place>> = vec![Vec::new(); sentences.len()];
    let mut met = Vec::new();
    let mut candidates = |contents: &Contents<'_>, places: &mut Vec<Place>| {
        contents.candidates(&rules.indexes.mentions, &mut met);
        met.retain(|(rule, pattern)| contents.may_hold(&rules.mentions[*rule as usize].matches[*pattern as usize]));
        places.clone_from(&met);
    };
    contents.iter().zip(&mut places).for_each(|(contents, places)| candidates(contents, places));
    for stage in rules.indexes.stages.iter().take_while(|stage| stage.number < end) {
        let mut under_heads = under_heads(&mut matcher, scene, rules, stage, &contents, mentions);
        for (s, (sentence, contents)) in sentences.iter().zip(&mut contents).enumerate() {
            let mut found = under_heads.remove(&s).unwrap_or_default();
            for (index, pattern) in stage.of(&places[s]).iter().map(|(rule, pattern)| (*rule as usize, *pattern)) {
                let rule = &rules.mentions[index];
                let (program, tokens) = (&rule.matches[pattern as usize], &sentence.tokens);
                collect(&mut matcher, scene, mentions, tokens, tokens, (index, rule), program, &mut found);
            }
            if found.is_empty() {
                continue;
            }
            accept(found, rules, ontology, mentions);
            let types = mentions.types_within(sentence.tokens.clone());
            if types != contents.types {
                contents.types = types;
                candidates(contents, &mut places[s]);
            }
        }
    }
}

/// What the rules that have a head find behind or below it, by sentence.
fn under_heads(
    matcher: &mut Matcher,
    scene: &Scene<'_>,
    rules: &RuleSet,
    stage: &Stage,
    contents: &[Contents<'_>],
    mentions: &Mentions,
) -> BTreeMap<usize, Vec<Candidate>> {
    let sentences = &scene.text.sentences;
    let mut out: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
    if !rules.mentions[stage.rules.start as usize..stage.rules.end as usize].iter().any(|rule| rule.head.is_some()) {
        return out;
    }
    let mut places = Vec::new();
    for (s, (sentence, contents)) in sentences.iter().zip(contents).enumerate() {
        contents.candidates(&rules.indexes.mention_heads, &mut places);
        for index in stage.of(&places).iter().map(|(rule, _)| *rule as usize) {
            let rule = &rules.mentions[index];
            let Some(head) = rule.head.as_ref().filter(|head| contents.may_hold(head)) else { continue };
            let Some(found) = matcher.find(head, scene, mentions, sentence.tokens.clone()) else { continue };
            for (at, region) in below(scene.text, s, found.tokens.end) {
                let (whole, out) = (&sentences[at].tokens, out.entry(at).or_default());
                for program in &rule.matches {
                    collect(matcher, scene, mentions, whole, &region, (index, rule), program, out);
                }
            }
        }
    }
    out
}

/// The matches of one pattern of a rule in a stretch of a sentence.
#[expect(clippy::too_many_arguments, reason = "what a rule is matched against")]
fn collect(
    matcher: &mut Matcher,
    scene: &Scene<'_>,
    mentions: &Mentions,
    sentence: &Range<usize>,
    stretch: &Range<usize>,
    (index, rule): (usize, &MentionRule),
    program: &Program,
    out: &mut Vec<Candidate>,
) {
    for found in matcher.find_all(program, scene, mentions, stretch.clone()) {
        if !allowed(matcher, scene, mentions, &rule.info, sentence, sentence, &found.tokens) {
            continue;
        }
        let captured = found.captures.iter().find(|(v, _)| *v == rule.name).map(|(_, r)| r.clone());
        let name = captured.unwrap_or_else(|| found.tokens.clone());
        if !name.is_empty() {
            out.push(Candidate { rule: index, found, name });
        }
    }
}

/// Whether none of the rule's `unless` patterns speaks against a match at `tokens` of this clause and sentence.
pub fn allowed(
    matcher: &mut Matcher,
    scene: &Scene<'_>,
    mentions: &Mentions,
    info: &Info,
    sentence: &Range<usize>,
    clause: &Range<usize>,
    tokens: &Range<usize>,
) -> bool {
    objection(matcher, scene, mentions, info, sentence, clause, tokens).is_none()
}

/// What speaks against a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objection {
    /// The announcement is in another language than the rule.
    Language,
    /// The `unless` of this index.
    Unless(usize),
}

/// What of a rule speaks against such a match: its language, or the first of its `unless` patterns. Those that are for
/// the items of lists are not asked.
pub fn objection(
    matcher: &mut Matcher,
    scene: &Scene<'_>,
    mentions: &Mentions,
    info: &Info,
    sentence: &Range<usize>,
    clause: &Range<usize>,
    tokens: &Range<usize>,
) -> Option<Objection> {
    if !info.speaks(scene.text.announcement.metadata.language.as_deref()) {
        return Some(Objection::Language);
    }
    let objects =
        |unless: &Unless| !unless.item && speaks_against(matcher, scene, mentions, unless, sentence, clause, tokens);
    info.unless.iter().position(objects).map(Objection::Unless)
}

/// Whether an `unless` speaks against a match at `tokens` of this clause and sentence.
pub fn speaks_against(
    matcher: &mut Matcher,
    scene: &Scene<'_>,
    mentions: &Mentions,
    unless: &Unless,
    sentence: &Range<usize>,
    clause: &Range<usize>,
    tokens: &Range<usize>,
) -> bool {
    let program = &unless.program;
    match unless.context {
        Context::Before => matcher.ends_before(program, scene, mentions, sentence.clone(), tokens.start, REACH),
        Context::After => matcher.match_at(program, scene, mentions, sentence.clone(), tokens.end).is_some(),
        Context::Clause => says(matcher, scene, mentions, program, clause),
        Context::Sentence => says(matcher, scene, mentions, program, sentence),
    }
}

/// Whether some tokens say what a pattern asks for. The words of a title say nothing of the sentence that it stands in: nobody
/// plans to publish "Guidelines for Heat Plans" because it holds "Plans".
fn says(
    matcher: &mut Matcher,
    scene: &Scene<'_>,
    mentions: &Mentions,
    program: &Program,
    tokens: &Range<usize>,
) -> bool {
    let Some(first) = matcher.find(program, scene, mentions, tokens.clone()) else { return false };
    !mentions.is_quoted(&first.tokens)
        || matcher
            .find_all(program, scene, mentions, tokens.clone())
            .iter()
            .any(|found| !mentions.is_quoted(&found.tokens))
}
