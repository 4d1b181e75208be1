//! What one rule does everywhere in an announcement, for those who write rules: what it states, what stops it where its
//! words stand, and how far it gets where they do not.
//!
//! It does what the rules themselves do, by the same functions, and nothing else: what it shows is what happens.

use std::ops::Range;

use super::firing::Statement;
use super::stop::Stop;
use super::{Stage, field, frame, list, span};
use crate::mention::{Found, Matcher, Reach, below, reach};
use crate::rules::{Program, Rule};

/// What a rule did at one place.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Index of the sentence.
    pub sentence: usize,
    /// How it went.
    pub tried: Tried,
}

/// How it went.
#[derive(Clone, Debug)]
pub enum Tried {
    /// It states this, on these tokens.
    Fired(Range<usize>, Vec<Statement>),
    /// These tokens match; this stops it.
    Stopped(Range<usize>, Stop),
    /// A pattern matches in part: which part of the rule it is, its number among those of that name, and how far it got.
    Short(&'static str, usize, Reach),
}

/// What a span, frame, list or field rule does in an announcement, by place. Nothing for other rules: mentions come
/// before, and derivations have no place.
pub fn attempts(stage: &Stage<'_, '_>, rule: Rule<'_>) -> Vec<Attempt> {
    let mut tracer = Tracer { stage, matcher: Matcher::default(), out: Vec::new() };
    let sentences = stage.reading.scene.text.prose();
    match rule {
        Rule::Span(rule) => {
            for (s, sentence) in sentences.iter().enumerate() {
                tracer.all(s, &sentence.tokens, "match", &rule.matches, |matcher, found| {
                    span::attempt(stage, matcher, rule, s, found).map(|firing| firing.statements)
                });
            }
        }
        Rule::Frame(rule) => {
            for (s, sentence) in sentences.iter().enumerate() {
                tracer.all(s, &sentence.tokens, "trigger", std::slice::from_ref(&rule.trigger), |matcher, found| {
                    frame::attempt(stage, matcher, rule, s, found).map(|firing| firing.statements)
                });
            }
        }
        Rule::List(rule) => {
            for s in 0..sentences.len() {
                tracer.list(s, rule);
            }
        }
        Rule::Field(rule) => {
            for unit in field::units(stage) {
                tracer.field(&unit, rule);
            }
        }
        Rule::Mention(..) | Rule::Derive(_) => {}
    }
    tracer.out
}

struct Tracer<'t, 'r, 'a> {
    stage: &'t Stage<'r, 'a>,
    matcher: Matcher,
    out: Vec<Attempt>,
}

impl Tracer<'_, '_, '_> {
    fn push(&mut self, sentence: usize, tried: Tried) {
        self.out.push(Attempt { sentence, tried });
    }

    fn short(&mut self, sentence: usize, tokens: &Range<usize>, part: &'static str, number: usize, program: &Program) {
        let (scene, mentions) = (&self.stage.reading.scene, &self.stage.reading.mentions);
        if let Some(reach) = reach(program, scene, mentions, tokens) {
            self.push(sentence, Tried::Short(part, number, reach));
        }
    }

    /// Every match of some patterns in a sentence.
    fn all(
        &mut self,
        s: usize,
        tokens: &Range<usize>,
        part: &'static str,
        programs: &[Program],
        mut attempt: impl FnMut(&mut Matcher, &Found) -> Result<Vec<Statement>, Stop>,
    ) {
        for (number, program) in programs.iter().enumerate() {
            let (scene, mentions) = (&self.stage.reading.scene, &self.stage.reading.mentions);
            let found = self.matcher.find_all(program, scene, mentions, tokens.clone());
            for found in &found {
                let tried = tried(found, attempt(&mut self.matcher, found));
                self.push(s, tried);
            }
            if found.is_empty() {
                self.short(s, tokens, part, number, program);
            }
        }
    }

    fn list(&mut self, s: usize, rule: &crate::rules::ListRule) {
        let (scene, mentions) = (&self.stage.reading.scene, &self.stage.reading.mentions);
        let tokens = scene.text.sentences[s].tokens.clone();
        let Some(head) = self.matcher.find(&rule.head, scene, mentions, tokens.clone()) else {
            return self.short(s, &tokens, "head", 0, &rule.head);
        };
        let firings = list::attempt(self.stage, &mut self.matcher, rule, s, &head);
        if matches!(firings, Err(Stop::NoItem)) {
            for (at, region) in below(scene.text, s, head.tokens.end) {
                self.short(at, &region, "item", 0, &rule.item);
            }
        }
        let statements = firings.map(|firings| firings.into_iter().flat_map(|f| f.statements).collect());
        self.push(s, tried(&head, statements));
    }

    fn field(&mut self, unit: &field::Unit, rule: &crate::rules::FieldRule) {
        let (scene, mentions) = (&self.stage.reading.scene, &self.stage.reading.mentions);
        let Some(label) = self.matcher.find(&rule.label, scene, mentions, unit.tokens.clone()) else {
            return self.short(unit.sentence, &unit.tokens, "label", 0, &rule.label);
        };
        let firing = field::attempt(self.stage, &mut self.matcher, rule, unit, &label);
        if matches!(firing, Err(Stop::NoValue)) {
            self.short(unit.sentence, &(label.tokens.end..unit.tokens.end), "value", 0, &rule.value);
        }
        self.push(unit.sentence, tried(&label, firing.map(|firing| firing.statements)));
    }
}

fn tried(found: &Found, statements: Result<Vec<Statement>, Stop>) -> Tried {
    match statements {
        Ok(statements) => Tried::Fired(found.tokens.clone(), statements),
        Err(stop) => Tried::Stopped(found.tokens.clone(), stop),
    }
}
