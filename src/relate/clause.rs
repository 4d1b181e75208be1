//! The clauses of a sentence, without a parser: a relative clause is cut out of the clause that holds it, and what
//! semicolons, colons, dashes and "while" or "but" divide are clauses of their own.

use std::ops::Range;

use super::Stage;
use crate::mention::MentionId;
use crate::rules::{Listed, Type};
use crate::text::Shape;

/// A clause: its tokens, which need not be neighbours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its stretches, in order.
    pub ranges: Vec<Range<usize>>,
    /// What "which" or "where" at its head stands for, and the tokens of that word.
    pub relative: Option<(Option<MentionId>, Range<usize>)>,
}

impl Clause {
    /// Whether a token is in the clause.
    pub fn contains(&self, token: usize) -> bool {
        self.ranges.iter().any(|r| r.contains(&token))
    }

    /// The stretch that holds a token.
    pub fn stretch(&self, token: usize) -> Range<usize> {
        self.ranges.iter().find(|r| r.contains(&token)).cloned().unwrap_or(token..token)
    }
}

/// How many tokens of a name may stand before a mark in it.
const LONGEST_NAME: usize = 25;

/// Whether a token opens a relative clause.
pub fn is_relative(stage: &Stage<'_, '_>, at: usize) -> bool {
    stage.rules.grammar.has(Listed::Relative, stage.reading.scene.symbols[at])
}

/// Whether a token is a finite verb that goes on with a clause behind one that was inserted.
pub fn is_finite(stage: &Stage<'_, '_>, at: usize) -> bool {
    stage.rules.grammar.has(Listed::Finite, stage.reading.scene.symbols[at])
}

/// The clauses of the sentence `tokens`.
pub fn clauses(stage: &Stage<'_, '_>, tokens: &Range<usize>) -> Vec<Clause> {
    let text = stage.reading.scene.text;
    let mut out = Vec::new();
    let mut main = Clause { ranges: Vec::new(), relative: None };
    let mut start = tokens.start;
    let mut at = tokens.start;
    while at < tokens.end {
        let quoted = text.quotes.around(at).is_some();
        // "not in Tunis, but in Sharjah" is one clause.
        let goes_on = text.word(at) == ","
            && at + 2 < tokens.end
            && text.word(at + 1) == "but"
            && stage.rules.grammar.has(Listed::Preposition, stage.reading.scene.symbols[at + 2]);
        if text.divides_clauses(at) && !goes_on && !is_in_name(stage, at) {
            main.ranges.push(start..at);
            out.push(std::mem::replace(&mut main, Clause { ranges: Vec::new(), relative: None }));
            start = at + 1;
        } else if let Some(head) = relative_head(stage, tokens, at).filter(|_| !quoted) {
            main.ranges.push(start..at);
            let end = relative_end(stage, tokens, head + 1);
            let antecedent = antecedent(stage, tokens, at);
            out.push(Clause { ranges: vec![head..end], relative: Some((antecedent, head..head + 1)) });
            start = end;
            at = end;
            continue;
        }
        at += 1;
    }
    main.ranges.push(start..tokens.end);
    out.push(main);
    for clause in &mut out {
        clause.ranges.retain(|r| !r.is_empty());
    }
    out.retain(|c| !c.ranges.is_empty());
    out
}

/// Whether a mark at token `at` stands within a name: "World Cities Report 2022: Envisaging the Future of Cities".
fn is_in_name(stage: &Stage<'_, '_>, at: usize) -> bool {
    let mentions = &stage.reading.mentions;
    let covers =
        |from: usize| mentions.starting_at(from).any(|(_, m)| matches!(m.ty, Type::Class(_)) && m.tokens.end > at + 1);
    (at.saturating_sub(LONGEST_NAME)..at).any(covers)
}

/// `, which`, `, at which`, `who`: the relative word of the clause that begins at token `at`.
fn relative_head(stage: &Stage<'_, '_>, tokens: &Range<usize>, at: usize) -> Option<usize> {
    let text = stage.reading.scene.text;
    // "who", but not the WHO.
    let is = |i: usize| i < tokens.end && is_relative(stage, i) && !text.shape(i).has(Shape::UPPER);
    if text.word(at) == "," {
        let preposition = at + 2 < tokens.end
            && matches!(text.word(at + 1), "at" | "in" | "of" | "for" | "during" | "to" | "from" | "with");
        return if is(at + 1) {
            Some(at + 1)
        } else if preposition && is(at + 2) {
            Some(at + 2)
        } else {
            None
        };
    }
    (at > tokens.start && is(at) && !matches!(text.word(at - 1), "," | "at" | "in" | "of" | "for")).then_some(at)
}

/// Where a relative clause ends: at a comma behind which a finite verb goes on, or with the sentence.
fn relative_end(stage: &Stage<'_, '_>, tokens: &Range<usize>, from: usize) -> usize {
    let (text, symbols) = (stage.reading.scene.text, &stage.reading.scene.symbols);
    let is = |list: Listed, at: usize| stage.rules.grammar.has(list, symbols[at]);
    // "At the 25th, which Kyoto hosted in 2019, it was not": what stands before has no subject yet; one follows.
    let fronted = is(Listed::Preposition, tokens.start) && !(tokens.start..from).any(|i| is(Listed::Finite, i));
    let subject = |at: usize| fronted && (is(Listed::Subject, at) || text.shape(at).has(Shape::CAPITALISED));
    (from..tokens.end)
        .find(|i| match text.word(*i) {
            ";" | ":" => true,
            "," => *i + 1 < tokens.end && (is_finite(stage, *i + 1) || text.divides_clauses(*i) || subject(*i + 1)),
            _ => false,
        })
        .unwrap_or(tokens.end)
}

/// The mention that a relative word behind token `end` stands for: the last that ends there, or a few words before.
fn antecedent(stage: &Stage<'_, '_>, tokens: &Range<usize>, end: usize) -> Option<MentionId> {
    let from = end.saturating_sub(25).max(tokens.start);
    let mentions = &stage.reading.mentions;
    let before = mentions.within(from..end).into_iter().filter(|m| stage.entities.of(*m).is_some());
    // "Medellín, Colombia, where": the city, not its country. "A panel on the use of trams, which": not the theme.
    let passed = ["Country", "Theme"].map(|name| stage.ontology.class(name).map(Type::Class));
    before
        .into_iter()
        .filter(|m| !passed.contains(&Some(mentions.get(*m).ty)))
        .max_by_key(|m| mentions.get(*m).tokens.end)
}
