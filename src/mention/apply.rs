//! Applies the mention rules.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::below::below;
use super::matcher::{Found, Matcher};
use super::scene::{Contents, Scene};
use super::table::{Finder, Mention, MentionId, Mentions};
use crate::ontology::{Ontology, Range as ObjectRange};
use crate::rules::ast::{Context, Overlap};
use crate::rules::{Index, Info, MentionRule, Object, Program, RuleSet, Type, Unless, Var};
use crate::text::Shape;

/// The capture that is another name of what a mention rule finds.
pub const ALIAS: &str = "alias";

/// The most tokens that an `unless before` looks back.
const REACH: usize = 8;

/// A rule that is less sure leaves names of several words to the lexicon, if it knows them as places: "Chiang Mai" is no
/// person, though some people are called Chiang.
const SURE: u16 = 900;
/// A rule that is even less sure leaves all names of places to the lexicon: what is hosted by Oslo is not hosted by a body.
const HALF_SURE: u16 = 800;

/// A rule that is less sure leaves names of several words to the lexicon, if it knows them as bodies or awards and the rule
/// takes them for something else: "European Disability Forum" is no conference.
const VERY_SURE: u16 = 930;

/// A match of a mention rule that may become a mention.
struct Candidate {
    rule: usize,
    found: Found,
    name: Range<usize>,
}

impl Candidate {
    /// What the mention covers. Words beside the name are context ("the theme of the conference, 'X'"), but for what
    /// stands behind it with a capture of its own: "European Mathematical Society (EMS)".
    fn extent(&self) -> Range<usize> {
        let more = self.found.captures.iter().any(|(_, captured)| captured.start >= self.name.end);
        self.name.start..if more { self.found.tokens.end } else { self.name.end }
    }
}

/// Runs all stages.
pub fn apply(scene: &Scene<'_>, rules: &RuleSet, ontology: &Ontology, mentions: &mut Mentions) {
    stages(scene, rules, ontology, mentions, u8::MAX);
    aliases(scene, rules, mentions);
    parts(rules, ontology, mentions);
}

/// Runs the stages below `end`.
pub fn stages(scene: &Scene<'_>, rules: &RuleSet, ontology: &Ontology, mentions: &mut Mentions, end: u8) {
    let sentences = &scene.text.sentences;
    let mut contents: Vec<Contents> = sentences.iter().map(|s| scene.contents(mentions, s.tokens.clone())).collect();
    let mut matcher = Matcher::default();
    let mut places = Vec::new();
    for stage in rules.indexes.mentions.iter().take_while(|stage| stage.number < end) {
        let mut under_heads = under_heads(&mut matcher, scene, rules, &stage.heads, &contents, mentions);
        for (s, (sentence, contents)) in sentences.iter().zip(&mut contents).enumerate() {
            contents.candidates(&stage.matches, &mut places);
            let mut candidates = under_heads.remove(&s).unwrap_or_default();
            for (index, pattern) in places.iter().map(|(rule, pattern)| (*rule as usize, *pattern as usize)) {
                let rule = &rules.mentions[index];
                let program = &rule.matches[pattern];
                if contents.may_hold(program) {
                    let tokens = &sentence.tokens;
                    collect(&mut matcher, scene, mentions, tokens, tokens, (index, rule), program, &mut candidates);
                }
            }
            if candidates.is_empty() {
                continue;
            }
            accept(candidates, rules, ontology, mentions);
            contents.types = mentions.types_within(sentence.tokens.clone());
        }
    }
}

/// A short form that a name introduces in brackets ("European Mathematical Society (EMS)") is a name from then on.
fn aliases(scene: &Scene<'_>, rules: &RuleSet, mentions: &mut Mentions) {
    let text = scene.text;
    let mut introduced: Vec<(Vec<&str>, usize, Type)> = Vec::new();
    for (_, mention) in mentions.iter() {
        let Finder::Rule(rule) = mention.finder else { continue };
        for (var, tokens) in &mention.captures {
            if rules.mentions[rule].info.var_names[usize::from(var.0)] == ALIAS {
                introduced.push((tokens.clone().map(|i| text.word(i)).collect(), rule, mention.ty));
            }
        }
    }
    introduced.sort();
    introduced.dedup_by(|a, b| a.0 == b.0);
    let mut found = Vec::new();
    for (words, rule, ty) in &introduced {
        for at in 0..text.tokens.len().saturating_sub(words.len() - 1) {
            let tokens = at..at + words.len();
            let same = (text.shape(at).has(Shape::CAPITALISED) || text.shape(at).has(Shape::MIXED))
                && tokens.clone().zip(words).all(|(i, w)| text.word(i) == *w);
            if same
                && free(mentions, rules, &tokens)
                && mentions.starting_at(at).all(|(_, m)| !matches!(m.ty, Type::Class(_)))
            {
                found.push((tokens, *rule, *ty));
            }
        }
    }
    for (tokens, rule, ty) in found {
        let finder = Finder::Rule(rule);
        mentions.push(Mention {
            ty,
            name: tokens.clone(),
            tokens,
            finder,
            captures: Vec::new(),
            value: None,
            anaphor: false,
            inner: false,
        });
    }
    numbered(scene, rules, mentions, &introduced);
}

/// The captures by which a mention rule says which edition of which series it finds.
const ORDINAL: &str = "ordinal";
const SERIES: &str = "series";

/// "The eighth Asia-Pacific Urban Forum (APUF-8) … you remember APUF-7": the short form with another number is another
/// edition.
fn numbered(scene: &Scene<'_>, rules: &RuleSet, mentions: &mut Mentions, introduced: &[(Vec<&str>, usize, Type)]) {
    let text = scene.text;
    let small = |i: usize| text.shape(i).has(Shape::NUMBER) && text.word(i).len() <= 2;
    let mut found = Vec::new();
    for (words, rule, ty) in introduced {
        let var =
            |name: &str| rules.mentions[*rule].info.var_names.iter().position(|n| n == name).map(|n| Var(n as u8));
        let (Some(ordinal), Some(series)) = (var(ORDINAL), var(SERIES)) else { continue };
        let letters = match &words[..] {
            [letters, number] | [letters, "-", number] if number.len() <= 2 && number.parse::<u8>().is_ok() => *letters,
            _ => continue,
        };
        for at in 0..text.tokens.len() {
            if text.word(at) != letters || !text.shape(at).has(Shape::UPPER) {
                continue;
            }
            let hyphen = at + 1 < text.tokens.len() && text.word(at + 1) == "-";
            let number = at + 1 + usize::from(hyphen);
            let tokens = at..number + 1;
            if number < text.tokens.len()
                && small(number)
                && free(mentions, rules, &tokens)
                && mentions.starting_at(at).all(|(_, m)| !matches!(m.ty, Type::Class(_)))
            {
                found.push((tokens, *rule, *ty, vec![(series, at..at + 1), (ordinal, number..number + 1)]));
            }
        }
    }
    for (tokens, rule, ty, mut captures) in found {
        captures.sort_by_key(|(var, _)| *var);
        mentions.push(Mention {
            ty,
            name: tokens.clone(),
            tokens,
            finder: Finder::Rule(rule),
            captures,
            value: None,
            anaphor: false,
            inner: false,
        });
    }
}

/// What the rules that have a head find behind or below it, by sentence.
fn under_heads(
    matcher: &mut Matcher,
    scene: &Scene<'_>,
    rules: &RuleSet,
    heads: &Index,
    contents: &[Contents],
    mentions: &Mentions,
) -> BTreeMap<usize, Vec<Candidate>> {
    let sentences = &scene.text.sentences;
    let mut out: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
    let mut places = Vec::new();
    for (s, (sentence, contents)) in sentences.iter().zip(contents).enumerate() {
        contents.candidates(heads, &mut places);
        for index in places.iter().map(|(rule, _)| *rule as usize) {
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
        Context::Clause => matcher.find(program, scene, mentions, clause.clone()).is_some(),
        Context::Sentence => matcher.find(program, scene, mentions, sentence.clone()).is_some(),
    }
}

/// By priority, and then the longest first; what overlaps an accepted one is dropped, what an accepted one contains becomes
/// part of it. Those that stand beside others neither take part in that nor are dropped.
fn accept(mut candidates: Vec<Candidate>, rules: &RuleSet, ontology: &Ontology, mentions: &mut Mentions) {
    let places = ["City", "Country"].map(|name| ontology.class(name).map(Type::Class));
    candidates.sort_by_key(|c| {
        let rule = &rules.mentions[c.rule];
        let length = Reverse(c.found.tokens.len());
        (Reverse(rule.priority), length, Reverse(rule.info.confidence), c.rule, c.found.tokens.start)
    });
    let mut taken: Vec<Range<usize>> = Vec::new();
    for candidate in candidates {
        let tokens = candidate.extent();
        let sure = rules.mentions[candidate.rule].info.confidence.thousandths();
        let kin = |ty: Type, class: &str| matches!((ty, ontology.class(class)), (Type::Class(c), Some(of)) if ontology.is_subclass(c, of));
        let long = candidate.name.len() > 1;
        let known = |m: &Mention| {
            let own = rules.mentions[candidate.rule].ty;
            let place = places.contains(&Some(m.ty)) && sure < if long { SURE } else { HALF_SURE };
            let other = ["Organization", "Award"].iter().any(|class| kin(m.ty, class) && !kin(own, class));
            let kept = place || other && long && sure < VERY_SURE;
            m.tokens == candidate.name && kept && matches!(m.finder, Finder::Lexicon(_))
        };
        if mentions.starting_at(candidate.name.start).any(|(_, m)| known(m)) {
            continue;
        }
        let rule = &rules.mentions[candidate.rule];
        if rule.overlap == Overlap::Longest {
            if taken.iter().any(|t| t.start < tokens.end && tokens.start < t.end) || !free(mentions, rules, &tokens) {
                continue;
            }
            for id in mentions.within(tokens.clone()) {
                if !beside(mentions.get(id), rules) {
                    mentions.get_mut(id).inner = true;
                }
            }
            taken.push(tokens.clone());
        }
        mentions.push(Mention {
            ty: rule.ty,
            tokens: tokens.clone(),
            name: candidate.name,
            finder: Finder::Rule(candidate.rule),
            captures: candidate.found.captures,
            value: None,
            anaphor: rule.anaphor.is_some(),
            inner: false,
        });
    }
}

/// Whether a mention stands in nobody's way because its rule says so.
fn beside(mention: &Mention, rules: &RuleSet) -> bool {
    matches!(mention.finder, Finder::Rule(rule) if rules.mentions[rule].overlap == Overlap::Beside)
}

/// No mention of an earlier stage that names something contains `tokens` or overlaps them in part; values do not count.
fn free(mentions: &Mentions, rules: &RuleSet, tokens: &Range<usize>) -> bool {
    let from = tokens.start.saturating_sub(60);
    (from..tokens.end).all(|at| {
        mentions.starting_at(at).all(|(_, m)| {
            let apart = m.tokens.end <= tokens.start || tokens.end <= m.tokens.start;
            let contained = tokens.start <= m.tokens.start && m.tokens.end <= tokens.end;
            let same = m.tokens == *tokens && matches!(m.ty, Type::Class(_)) && matches!(m.finder, Finder::Rule(_));
            apart || contained && !same || matches!(m.ty, Type::Value(_)) || beside(m, rules)
        })
    })
}

/// Captured words that a template makes the object of a relation between things are mentions themselves: the series in
/// the name of an edition. They stand inside the longer name.
fn parts(rules: &RuleSet, ontology: &Ontology, mentions: &mut Mentions) {
    for index in 0..mentions.len() {
        let whole = MentionId(index as u32);
        let Finder::Rule(rule) = mentions.get(whole).finder else { continue };
        for template in &rules.mentions[rule].info.then {
            let Object::Var(var, _) = template.object else { continue };
            if let Some(part) = part(template.relation, var, ontology, mentions, whole) {
                mentions.push(part);
            }
        }
    }
}

fn part(
    relation: crate::ontology::RelationId,
    var: Var,
    ontology: &Ontology,
    mentions: &Mentions,
    whole: MentionId,
) -> Option<Mention> {
    if var == Var::THIS {
        return None;
    }
    let ObjectRange::Things(classes) = &ontology[relation].range else { return None };
    let class = classes.iter().next()?;
    let tokens = mentions.get(whole).captures.iter().find(|(v, _)| *v == var)?.1.clone();
    Some(Mention {
        ty: Type::Class(class),
        name: tokens.clone(),
        tokens,
        finder: Finder::Part(whole),
        captures: Vec::new(),
        value: None,
        anaphor: false,
        inner: true,
    })
}
