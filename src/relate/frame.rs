//! Frames: a trigger and its roles, in any order within the clause, active or passive.

use std::ops::Range;

use super::Stage;
use super::bindings::{Bindings, Bound};
use super::clause::{Clause, is_finite, is_relative};
use super::firing::{Firing, firing};
use super::group::{group, head_of_group};
use super::stop::Stop;
use crate::mention::{Contents, Found, Matcher, MentionId, objection};
use crate::rules::ast::Place;
use crate::rules::{FrameRole, FrameRule, Listed, Type, TypeSet};
use crate::text::Shape;

/// Forms of "be" and "get" that make a participle passive.
const BE: &[&str] = &["be", "been", "being", "is", "are", "was", "were", "get", "got", "am"];
/// How far from its trigger an object may stand, in tokens.
const REACH: usize = 30;

/// Runs the frames over all sentences.
pub fn fire(stage: &Stage<'_, '_>, matcher: &mut Matcher, contents: &[Contents<'_>], firings: &mut Vec<Firing>) {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    let mut places = Vec::new();
    for ((s, sentence), contents) in scene.text.sentences.iter().enumerate().zip(contents) {
        contents.candidates(&stage.rules.indexes.frames, &mut places);
        let rules = places.iter().map(|(rule, _)| &stage.rules.frames[*rule as usize]);
        for rule in rules.filter(|r| contents.may_hold(&r.trigger)) {
            for trigger in matcher.find_all(&rule.trigger, scene, mentions, sentence.tokens.clone()) {
                firings.extend(attempt(stage, matcher, rule, s, &trigger));
            }
        }
    }
}

/// What a trigger in sentence `s` makes a frame state, or what stops it.
pub fn attempt(
    stage: &Stage<'_, '_>,
    matcher: &mut Matcher,
    rule: &FrameRule,
    s: usize,
    trigger: &Found,
) -> Result<Firing, Stop> {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    let sentence = &scene.text.sentences[s].tokens;
    let start = trigger.tokens.start;
    // Between two clauses stand only the marks that divide them.
    let clause = stage.clauses(s).iter().find(|c| c.contains(start)).ok_or(Stop::NothingStated)?;
    if scene.text.quotes.around(start).is_some_and(|q| q.inner.len() <= 12) {
        return Err(Stop::Quoted);
    }
    let stretch = clause.stretch(start);
    if let Some(objection) = objection(matcher, scene, mentions, &rule.info, sentence, &stretch, &trigger.tokens) {
        return Err(Stop::Objection(objection));
    }
    let mut bindings = Frame { stage, sentence, clause, trigger }.bind(matcher, rule)?;
    bindings.bind_spoken_of(stage, &rule.info, sentence, &trigger.tokens)?;
    firing(stage, &rule.info, &bindings, s, &[]).ok_or(Stop::NothingStated)
}

struct Frame<'f, 'r, 'a> {
    stage: &'f Stage<'r, 'a>,
    sentence: &'f Range<usize>,
    clause: &'f Clause,
    trigger: &'f Found,
}

impl Frame<'_, '_, '_> {
    /// Binds the roles, unless one is missing that the rule needs.
    fn bind(&self, matcher: &mut Matcher, rule: &FrameRule) -> Result<Bindings, Stop> {
        let mut bindings = Bindings::default();
        bindings.bind_captures(self.stage, &rule.info, &self.trigger.captures);
        let mut passive = self.is_passive();
        let object = rule.roles.iter().find(|r| r.place == Place::Object);
        if let (false, Some(object)) = (passive, object) {
            // "the book published in May": a participle behind its object.
            passive = self.may_be_reduced() && self.right(object.ty).is_none() && self.left(object.ty).is_some();
        }
        for (index, role) in rule.roles.iter().enumerate() {
            let found = self.role(matcher, role, passive);
            match found {
                // "Oslo and Cork, where it is held": in the one that stands before the word.
                Some(mention) if self.place_before_where(role.ty) == Some(mention) => {
                    bindings.bind(role.var, Bound::Mentions(vec![mention]));
                }
                Some(mention) => {
                    let head = head_of_group(self.stage, self.sentence, mention, role.ty);
                    let mut all = group(self.stage, self.sentence, head, role.ty);
                    // "… in Barcelona last year, and Valencia was the seat of the third": the next clause begins there.
                    if role.place == Place::Mark {
                        let end = |m: &MentionId| self.stage.reading.mentions.get(*m).tokens.end;
                        let clause = |m: &MentionId| end(m) < self.sentence.end && is_finite(self.stage, end(m));
                        let other = all.iter().skip(1).position(clause);
                        all.truncate(other.map_or(all.len(), |at| at + 1));
                    }
                    bindings.bind(role.var, Bound::Mentions(all));
                }
                None if role.optional => {}
                None => return Err(Stop::Role(index)),
            }
        }
        Ok(bindings)
    }

    fn role(&self, matcher: &mut Matcher, role: &FrameRole, passive: bool) -> Option<MentionId> {
        match (role.place, passive) {
            (Place::Subject, _) | (Place::Agent, false) | (Place::Object, true) => self.left(role.ty),
            (Place::Agent, true) => {
                let (text, start) = (self.stage.reading.scene.text, self.trigger.tokens.start);
                let by = self.behind(role.ty, |at| at > start && text.word(at) == "by");
                by.or_else(|| self.behind_by(role.ty))
            }
            (Place::Object, false) => self.right(role.ty).or_else(|| self.relative(role.ty)),
            (Place::Mark, _) => {
                let program = role.after.as_ref()?;
                let (scene, mentions) = (&self.stage.reading.scene, &self.stage.reading.mentions);
                let sentence = self.sentence.clone();
                let mut marks = Vec::new();
                for at in self.clause.ranges.iter().flat_map(|r| r.clone()) {
                    if let Some(found) = matcher.match_at(program, scene, mentions, sentence.clone(), at) {
                        marks.push(found.tokens.end - 1);
                    }
                }
                self.behind(role.ty, |at| marks.contains(&at)).or_else(|| self.place_before_where(role.ty))
            }
        }
    }

    /// Behind "by" and what says of which kind the agent is: "by the charity Healthy Towns"; of a person, the office: "by
    /// the mayor of Cork, Ms Ann Lee".
    fn behind_by(&self, types: TypeSet) -> Option<MentionId> {
        let text = self.stage.reading.scene.text;
        let mentions = &self.stage.reading.mentions;
        let end = self.trigger.tokens.end;
        let by = (end..self.sentence.end.min(end + 2)).find(|i| text.word(*i) == "by")?;
        let person = self.stage.ontology.class("Person").map(Type::Class);
        self.candidates(types).find(|m| {
            let mention = mentions.get(*m);
            let mut between = by + 1..mention.tokens.start;
            let office = person.is_some_and(|p| mention.ty == p);
            let stops = |i: usize, word: &str| match office {
                true => matches!(word, ";" | ":") || is_finite(self.stage, i) || is_relative(self.stage, i),
                false => matches!(word, "," | "and") || self.is_preposition(i) || is_finite(self.stage, i),
            };
            mention.tokens.start > by
                && between.len() <= if office { 12 } else { 3 }
                && !between.any(|i| stops(i, text.word(i)))
        })
    }

    fn is_passive(&self) -> bool {
        let text = self.stage.reading.scene.text;
        let at = self.trigger.tokens.start;
        if !self.participle() {
            return false;
        }
        let stretch = self.clause.stretch(at);
        let from = at.saturating_sub(5).max(stretch.start);
        let be =
            (from..at).rev().take_while(|i| !matches!(text.word(*i), "," | "and")).any(|i| BE.contains(&text.word(i)));
        let by = self.trigger.tokens.end < self.sentence.end && text.word(self.trigger.tokens.end) == "by";
        be || by
    }

    /// A participle without an auxiliary of its own.
    fn may_be_reduced(&self) -> bool {
        let text = self.stage.reading.scene.text;
        let at = self.trigger.tokens.start;
        self.participle()
            && !(at > self.sentence.start && matches!(text.word(at - 1), "has" | "have" | "had" | "having"))
    }

    fn participle(&self) -> bool {
        let symbol = self.stage.reading.scene.symbols[self.trigger.tokens.start];
        self.stage.rules.symbols.may_be_participle(symbol)
    }

    /// The mentions of the clause that have one of these types and are not the trigger itself, by place.
    fn candidates(&self, types: TypeSet) -> impl Iterator<Item = MentionId> {
        let mentions = &self.stage.reading.mentions;
        let trigger = self.trigger.tokens.clone();
        self.clause.ranges.iter().flat_map(|r| mentions.within(r.clone())).filter(move |m| {
            let mention = mentions.get(*m);
            types.contains(mention.ty) && (mention.tokens.end <= trigger.start || mention.tokens.start >= trigger.end)
        })
    }

    /// The nearest mention before the trigger that no preposition governs; in a relative clause without one, what its
    /// relative word stands for.
    fn left(&self, types: TypeSet) -> Option<MentionId> {
        let mentions = &self.stage.reading.mentions;
        let start = self.trigger.tokens.start;
        let before: Vec<MentionId> = self.candidates(types).filter(|m| mentions.get(*m).tokens.end <= start).collect();
        let own = before.iter().copied().rev().find(|m| {
            let head = head_of_group(self.stage, self.sentence, *m, types);
            self.preposition(head).is_none() && !self.in_brackets(*m) && !self.possesses(*m)
        });
        own.or_else(|| {
            let (antecedent, _) = self.clause.relative.as_ref()?;
            antecedent.filter(|m| types.contains(mentions.get(*m).ty))
        })
    }

    /// "Mexico City, where the second was held".
    fn place_before_where(&self, types: TypeSet) -> Option<MentionId> {
        let (antecedent, word) = self.clause.relative.as_ref()?;
        let mentions = &self.stage.reading.mentions;
        let place = self.stage.reading.scene.text.word(word.start) == "where";
        antecedent.filter(|m| place && types.contains(mentions.get(*m).ty))
    }

    /// What a relative word stands for, in a clause that has a subject of its own: "the X, which the congress adopted".
    fn relative(&self, types: TypeSet) -> Option<MentionId> {
        let mentions = &self.stage.reading.mentions;
        let (antecedent, word) = self.clause.relative.as_ref()?;
        let text = self.stage.reading.scene.text;
        let subject = self.trigger.tokens.start > word.end && text.word(word.start) == "which";
        antecedent.filter(|m| subject && types.contains(mentions.get(*m).ty))
    }

    /// The nearest mention behind the trigger that no preposition governs.
    fn right(&self, types: TypeSet) -> Option<MentionId> {
        let mentions = &self.stage.reading.mentions;
        let end = self.trigger.tokens.end;
        self.candidates(types)
            .filter(|m| mentions.get(*m).tokens.start >= end && mentions.get(*m).tokens.start <= end + REACH)
            .find(|m| self.preposition(*m).is_none() && !self.in_brackets(*m))
    }

    /// The mention nearest to the trigger, behind it before ahead of it, whose preposition is one of those asked for.
    fn behind(&self, types: TypeSet, is_mark: impl Fn(usize) -> bool) -> Option<MentionId> {
        let mentions = &self.stage.reading.mentions;
        let fits = |m: &MentionId| {
            let head = head_of_group(self.stage, self.sentence, *m, types);
            let governor = self.governor(head, &is_mark).filter(|at| is_mark(*at));
            governor.is_some_and(|at| !self.is_denied(at)) && !self.in_brackets(*m)
        };
        let start = self.trigger.tokens.start;
        let all: Vec<MentionId> = self.candidates(types).filter(fits).collect();
        let after = all.iter().copied().find(|m| mentions.get(*m).tokens.start >= start);
        after.or_else(|| all.iter().copied().rev().find(|m| mentions.get(*m).tokens.end <= start))
    }

    /// "no longer in Tunis but in Sharjah", "in Oslo instead of in Rome": what the words before a preposition take back.
    fn is_denied(&self, preposition: usize) -> bool {
        let symbols = &self.stage.reading.scene.symbols;
        let from = preposition.saturating_sub(2).max(self.sentence.start);
        (from..preposition).any(|i| self.stage.rules.grammar.has(Listed::Denial, symbols[i]))
    }

    /// The preposition that governs a mention: the word before it, articles and the like aside. One that belongs to the
    /// trigger ("agreed on", "put their names to") does not count.
    fn preposition(&self, mention: MentionId) -> Option<usize> {
        self.governor(mention, |_| false).filter(|at| !self.trigger.tokens.contains(at))
    }

    /// The same, where other words count as prepositions too.
    fn governor(&self, mention: MentionId, counts: impl Fn(usize) -> bool) -> Option<usize> {
        let text = self.stage.reading.scene.text;
        let mut at = self.stage.reading.mentions.get(mention).tokens.start;
        for _ in 0..5 {
            at = at.checked_sub(1).filter(|i| *i >= self.sentence.start)?;
            let word = text.word(at);
            if counts(at) || self.is_preposition(at) {
                let of_place = word == "of" && at > self.sentence.start && self.stands_before_nouns(at - 1);
                if !of_place {
                    return Some(at);
                }
            } else if !self.stands_before_nouns(at) && !word.ends_with("ern") {
                // "in the historic City Hall"
                let described = at > self.sentence.start
                    && at + 1 == self.stage.reading.mentions.get(mention).tokens.start
                    && matches!(text.word(at - 1), "the" | "its" | "their" | "our")
                    && !text.shape(at).has(Shape::CAPITALISED)
                    && text.shape(at).has(Shape::WORD);
                if !described {
                    return None;
                }
            }
        }
        None
    }

    fn is_preposition(&self, at: usize) -> bool {
        self.stage.rules.grammar.has(Listed::Preposition, self.stage.reading.scene.symbols[at])
    }

    /// Whether the word at a token may stand between a preposition and its noun.
    fn stands_before_nouns(&self, at: usize) -> bool {
        self.stage.rules.grammar.has(Listed::BeforeNoun, self.stage.reading.scene.symbols[at])
    }

    /// "Oslo's library": not Oslo does or gets what the sentence says.
    fn possesses(&self, mention: MentionId) -> bool {
        let text = self.stage.reading.scene.text;
        let end = self.stage.reading.mentions.get(mention).tokens.end;
        end + 1 < self.sentence.end && text.word(end) == "'" && text.word(end + 1) == "s"
    }

    /// Inside brackets of which the trigger is outside.
    fn in_brackets(&self, mention: MentionId) -> bool {
        let text = self.stage.reading.scene.text;
        let at = self.stage.reading.mentions.get(mention).tokens.start;
        let mut depth = 0;
        for i in self.sentence.start..at {
            match text.word(i) {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ => {}
            }
        }
        depth > 0
    }
}
