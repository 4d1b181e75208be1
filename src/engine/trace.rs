//! What one rule does in one announcement, sentence by sentence: what it states, what stops it, and how far it gets where
//! not all of its words stand. For those who write rules.

use std::ops::Range;

use super::Engine;
use crate::mention::{self, Finder, Matcher, Mentions, Objection, Reach, Reading, below, objection, reach};
use crate::relate::{self, Node, Object, Statement, Stop, Tried};
use crate::resolve::{self, Entities};
use crate::rules::ast::Context;
use crate::rules::{DeriveRule, MentionRule, Program, Rule, Unless, describe_types};
use crate::source::Announcement;
use crate::text::Text;

/// What a rule does at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Number of the sentence in the announcement, from 1; 0 for what has no place (derivations).
    pub sentence: usize,
    /// The sentence.
    pub text: String,
    /// What of it the rule matches, in bytes of `text`.
    pub matched: Range<usize>,
    /// The word or mark at which the rule stopped, in bytes of `text`.
    pub stopped_at: Option<Range<usize>>,
    /// How it went.
    pub outcome: Outcome,
}

/// How it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It finds or states this.
    Fired(Vec<String>),
    /// Its words are there, and this stops it.
    Stopped(String),
    /// A pattern matches in part.
    Short {
        /// Which one: `match`, `trigger`, `head`, `item`, `label`, `value`; with a number if there are several.
        part: String,
        /// What it asks for next: any of these.
        expected: Vec<String>,
        /// How many of its words and mentions it has met.
        met: u32,
    },
}

impl Step {
    /// Whether it is worth a look: all but the sentences that meet no word and no mention of the rule.
    pub fn is_near(&self) -> bool {
        !matches!(self.outcome, Outcome::Short { met: 0, .. })
    }
}

/// What `rule` does in an announcement: all its steps, by place.
pub fn trace(engine: &Engine, rule: Rule<'_>, announcement: &Announcement) -> Vec<Step> {
    let text = Text::new(announcement);
    let reading = mention::find(&text, &engine.rules, &engine.lexicon, &engine.ontology);
    let entities = resolve::resolve(&reading, &engine.rules, &engine.lexicon, &engine.ontology);
    let tracer = Tracer { engine, text: &text, reading: &reading, entities: &entities, rule };
    let steps = match rule {
        Rule::Mention(index, rule) => tracer.mention(index, rule),
        Rule::Derive(rule) => vec![tracer.derivation(rule)],
        _ => tracer.relation(),
    };
    nearest(steps)
}

/// Of what falls short in one sentence and part, only what gets farthest; nothing where the rule fires.
fn nearest(steps: Vec<Step>) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::new();
    let part = |step: &Step| match &step.outcome {
        Outcome::Short { part, met, .. } => {
            Some((part.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned(), *met, step.matched.len()))
        }
        _ => None,
    };
    for step in &steps {
        let Some((kind, met, length)) = part(step) else {
            out.push(step.clone());
            continue;
        };
        let better = steps.iter().filter(|other| other.sentence == step.sentence).any(|other| match part(other) {
            Some((k, m, l)) => k == kind && (m, l) > (met, length),
            None => kind == "match",
        });
        let twin = out.iter().any(|other| {
            other.sentence == step.sentence
                && part(other).is_some_and(|(k, m, l)| (k, m, l) == (kind.clone(), met, length))
        });
        if !better && !twin {
            out.push(step.clone());
        }
    }
    out
}

struct Tracer<'t, 'a> {
    engine: &'t Engine,
    text: &'t Text<'a>,
    reading: &'t Reading<'a>,
    entities: &'t Entities,
    rule: Rule<'t>,
}

impl Tracer<'_, '_> {
    fn relation(&self) -> Vec<Step> {
        let rules = &self.engine.rules;
        let stage = relate::Stage::new(self.reading, self.entities, rules, &self.engine.ontology);
        relate::attempts(&stage, self.rule)
            .into_iter()
            .map(|attempt| match attempt.tried {
                Tried::Fired(tokens, statements) => {
                    let facts = statements.iter().map(|s| self.fact(s)).collect();
                    self.step(attempt.sentence, tokens, Outcome::Fired(facts))
                }
                Tried::Stopped(tokens, stop) => {
                    let why = self.why(stop, attempt.sentence, &tokens);
                    self.step(attempt.sentence, tokens, Outcome::Stopped(why))
                }
                Tried::Short(part, number, reach) => self.short(attempt.sentence, part, number, &reach),
            })
            .collect()
    }

    fn mention(&self, index: usize, rule: &MentionRule) -> Vec<Step> {
        let engine = self.engine;
        let before = mention::find_before(self.text, &engine.rules, &engine.lexicon, &engine.ontology, rule.stage);
        let mut matcher = Matcher::default();
        let mut out = Vec::new();
        for (s, stretch) in self.stretches(&mut matcher, &before, rule, &mut out) {
            let tokens = &self.text.sentences[s].tokens;
            for (number, program) in rule.matches.iter().enumerate() {
                let found = matcher.find_all(program, &before.scene, &before.mentions, stretch.clone());
                if found.is_empty()
                    && let Some(reach) = reach(program, &before.scene, &before.mentions, &stretch)
                {
                    out.push(self.short(s, "match", number, &reach));
                }
                for found in found {
                    let (scene, mentions) = (&before.scene, &before.mentions);
                    let against = objection(&mut matcher, scene, mentions, &rule.info, tokens, tokens, &found.tokens);
                    let name = found.captures.iter().find(|(var, _)| *var == rule.name);
                    let name = name.map_or_else(|| found.tokens.clone(), |(_, tokens)| tokens.clone());
                    let outcome = match against {
                        Some(objection) => Outcome::Stopped(self.why(Stop::Objection(objection), s, &found.tokens)),
                        None => self.named(index, &name),
                    };
                    out.push(self.step(s, found.tokens, outcome));
                }
            }
        }
        out
    }

    /// Where a mention rule looks: everywhere, or behind and below what its head finds.
    fn stretches(
        &self,
        matcher: &mut Matcher,
        before: &Reading<'_>,
        rule: &MentionRule,
        out: &mut Vec<Step>,
    ) -> Vec<(usize, Range<usize>)> {
        let sentences = self.text.sentences.iter().map(|s| s.tokens.clone()).enumerate();
        let Some(head) = &rule.head else { return sentences.collect() };
        let (scene, mentions) = (&before.scene, &before.mentions);
        let mut stretches = Vec::new();
        for (s, tokens) in sentences {
            match matcher.find(head, scene, mentions, tokens.clone()) {
                Some(found) => stretches.extend(below(self.text, s, found.tokens.end)),
                None => out.extend(reach(head, scene, mentions, &tokens).map(|r| self.short(s, "head", 0, &r))),
            }
        }
        stretches
    }

    /// Whether the words that mention rule `index` would name are its own in the end.
    fn named(&self, index: usize, name: &Range<usize>) -> Outcome {
        let mentions = &self.reading.mentions;
        let words = self.words(name.clone());
        let own = mentions.iter().find(|(_, m)| m.finder == Finder::Rule(index) && m.name == *name);
        match own {
            Some((_, mention)) if !mention.inner => {
                let class = describe_types(crate::rules::TypeSet::of(mention.ty), &self.engine.ontology);
                Outcome::Fired(vec![format!("{words:?} is {class}")])
            }
            _ => {
                let holder = mentions.iter().find(|(_, m)| {
                    !m.inner
                        && m.finder != Finder::Rule(index)
                        && m.tokens.start < name.end
                        && name.start < m.tokens.end
                });
                Outcome::Stopped(match holder {
                    Some((_, other)) => {
                        let by = self.finder(&other.finder, mentions);
                        format!("words of {words:?} belong to {:?}, found by {by}", self.words(other.tokens.clone()))
                    }
                    None => format!("{words:?} is part of another name"),
                })
            }
        }
    }

    fn finder(&self, finder: &Finder, mentions: &Mentions) -> String {
        match finder {
            Finder::Form => "its form".to_owned(),
            Finder::Lexicon(_) => "the lexicon".to_owned(),
            Finder::Rule(index) => format!("rule {}", self.engine.rules.mentions[*index].info.rule.name),
            Finder::Part(whole) => self.finder(&mentions.get(*whole).finder, mentions),
        }
    }

    /// Which premises of a derivation hold together.
    fn derivation(&self, rule: &DeriveRule) -> Step {
        let rules = &self.engine.rules;
        let stage = relate::Stage::new(self.reading, self.entities, rules, &self.engine.ontology);
        let firings = relate::relate(&stage, &self.engine.lexicon);
        let own = firings.iter().filter(|firing| firing.rule == rule.info.rule);
        let facts: Vec<String> = own.flat_map(|f| &f.statements).map(|s| self.fact(s)).collect();
        let outcome = if facts.is_empty() {
            let (joined, relation) = relate::joined(rule, &firings);
            let name = relation.map(|r| self.engine.ontology[r].name.as_str());
            Outcome::Stopped(match name {
                Some(name) => format!("premises that hold together: the first {joined}; no :{name} joins them"),
                None => "all premises hold; what follows is stated already, or stands outside domain and range".into(),
            })
        } else {
            Outcome::Fired(facts)
        };
        Step { sentence: 0, text: String::new(), matched: 0..0, stopped_at: None, outcome }
    }

    fn short(&self, sentence: usize, part: &'static str, number: usize, reach: &Reach) -> Step {
        let program = self.program(part, number);
        let mut expected: Vec<String> = Vec::new();
        for index in &reach.expected {
            let Some(inst) = program.and_then(|p| p.insts.get(*index)) else { continue };
            let words = self.engine.rules.describe(inst, &self.engine.ontology);
            if !expected.contains(&words) {
                expected.push(words);
            }
        }
        let several = part == "match" && self.matches().len() > 1;
        let part = if several { format!("{part} {}", number + 1) } else { part.to_owned() };
        let outcome = Outcome::Short { part, expected, met: reach.met };
        let mut step = self.step(sentence, reach.tokens.clone(), outcome);
        let next = reach.tokens.end;
        let sentence = &self.text.sentences[sentence].tokens;
        if next < sentence.end {
            let start = self.text.bytes(sentence.clone()).start;
            let bytes = self.text.bytes(next..next + 1);
            step.stopped_at = bytes.start.checked_sub(start).map(|from| from..bytes.end - start);
        }
        step
    }

    fn matches(&self) -> &[Program] {
        match self.rule {
            Rule::Mention(_, rule) => &rule.matches,
            Rule::Span(rule) => &rule.matches,
            _ => &[],
        }
    }

    fn program(&self, part: &str, number: usize) -> Option<&Program> {
        match (self.rule, part) {
            (Rule::Frame(rule), _) => Some(&rule.trigger),
            (Rule::Mention(_, rule), "head") => rule.head.as_ref(),
            (Rule::List(rule), "head") => Some(&rule.head),
            (Rule::List(rule), _) => Some(&rule.item),
            (Rule::Field(rule), "label") => Some(&rule.label),
            (Rule::Field(rule), _) => Some(&rule.value),
            _ => self.matches().get(number),
        }
    }

    /// A step in a sentence, as far as it reaches into it.
    fn step(&self, sentence: usize, tokens: Range<usize>, outcome: Outcome) -> Step {
        let whole = self.text.sentences[sentence].tokens.clone();
        let tokens = tokens.start.clamp(whole.start, whole.end)..tokens.end.clamp(whole.start, whole.end);
        let bytes = self.text.bytes(whole.clone());
        let matched = self.text.bytes(tokens);
        let inside = |at: usize| at.clamp(bytes.start, bytes.end) - bytes.start;
        Step {
            sentence: sentence + 1,
            text: self.text.announcement.text[bytes.clone()].to_owned(),
            matched: inside(matched.start)..inside(matched.end),
            stopped_at: None,
            outcome,
        }
    }

    /// What stops the rule, in words.
    fn why(&self, stop: Stop, sentence: usize, tokens: &Range<usize>) -> String {
        let info = self.rule.info();
        match stop {
            Stop::Quoted => "it stands in a short quotation".to_owned(),
            Stop::Objection(Objection::Language) => {
                let language = info.language.as_deref().unwrap_or_default();
                format!("it is for announcements in another language ({language})")
            }
            Stop::Objection(Objection::Unless(index)) => {
                let unless = &info.unless[index];
                let words = self.objecting(unless, sentence, tokens).map(|at| format!(", as in {:?}", self.words(at)));
                format!("unless {}{}{}", unless.keyword(), unless.words, words.unwrap_or_default())
            }
            Stop::Role(index) => match self.rule {
                Rule::Frame(rule) => {
                    let role = &rule.roles[index];
                    let types = describe_types(role.ty, &self.engine.ontology);
                    let name = &info.var_names[usize::from(role.var.0)];
                    let there = self.reading.mentions.types_within(self.text.sentences[sentence].tokens.clone());
                    let where_ = match there.meets(role.ty) {
                        true => "none stands where it should",
                        false => "the sentence has none",
                    };
                    format!("no {} ?{name}: it must be {types}, and {where_}", role.place.keyword())
                }
                _ => String::new(),
            },
            Stop::NothingSpokenOf => {
                let types = info.of.map(|(_, types, _)| describe_types(types, &self.engine.ontology));
                format!("the announcement speaks of no {}", types.unwrap_or_default())
            }
            Stop::NoItem => "no item follows".to_owned(),
            Stop::NoValue => "no value stands beside it".to_owned(),
            Stop::NothingStated => {
                let words = self.words(tokens.clone());
                format!(
                    "{words:?} states nothing: each triple has a variable without a meaning, or one that cannot stand there"
                )
            }
        }
    }

    /// The words by which an `unless` speaks against a match.
    fn objecting(&self, unless: &Unless, sentence: usize, tokens: &Range<usize>) -> Option<Range<usize>> {
        let all = self.text.sentences[sentence].tokens.clone();
        let (scene, mentions) = (&self.reading.scene, &self.reading.mentions);
        let mut matcher = Matcher::default();
        let mut at = |range: Range<usize>, at| matcher.match_at(&unless.program, scene, mentions, range, at);
        let found = match unless.context {
            Context::Before => (all.start..tokens.start).rev().find_map(|from| at(all.start..tokens.start, from)),
            Context::After => at(all.clone(), tokens.end),
            Context::Clause | Context::Sentence => matcher.find(&unless.program, scene, mentions, all),
        };
        found.map(|found| found.tokens)
    }

    fn words(&self, tokens: Range<usize>) -> String {
        self.text.slice(tokens).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn fact(&self, statement: &Statement) -> String {
        let relation = &self.engine.ontology[statement.relation].name;
        let object = match &statement.object {
            Object::Node(node) => self.node(*node),
            Object::Date(date) => format!("\"{}\"", date.iso()),
            Object::Number(n) => n.to_string(),
            Object::Url(url) => format!("<{url}>"),
            Object::Text(words) => format!("{words:?}"),
            Object::Day { of, last, days } => {
                let from = if *last { "before the last day" } else { "after the first day" };
                format!("{days} days {from} of {}", self.node(Node::Entity(*of)))
            }
        };
        format!("{} :{relation} {object}", self.node(statement.subject))
    }

    fn node(&self, node: Node) -> String {
        match node {
            Node::Entity(id) => format!("{:?}", self.entities.get(id).labels.first().cloned().unwrap_or_default()),
            Node::Lexicon(entry) => format!("{:?}", self.engine.lexicon.entry(entry).label),
            Node::Document => "the announcement".to_owned(),
        }
    }
}
