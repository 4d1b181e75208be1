//! Alternatives, compiled: what begins with a word is looked up by that word.
//!
//! `"part of" | "in conjunction with" | "held at" | …` would be tried one after the other at every token. Of choices that begin
//! with words, the word at hand says which can match at all; only those are tried, in their order.

use std::collections::BTreeMap;

use super::ast::{Pattern, Test};
use super::compile::{Compiler, Vars};
use super::lead::Width;
use super::needs::{Literals, Needs};
use super::pattern::has_many;
use super::program::{Inst, Symbol};
use super::switch::Switch;
use super::traits::Check;
use super::words::Words;

/// From so many choices in a row on, looking them up is quicker than trying them.
const MANY: usize = 3;

/// A choice that begins with one of some words.
struct Worded {
    first: Words,
    rest: Pattern,
    /// It stands in a list, where it has been checked.
    listed: bool,
}

/// What is tried as one.
enum Choice {
    Any(Pattern),
    Worded(Vec<Worded>),
}

/// Chooses what needs and width have in common.
#[derive(Default)]
struct Either(Option<Needs>, Width);

impl Either {
    fn add(&mut self, (needs, width): (Needs, Width)) {
        self.1 = self.1.max(width);
        self.0 = Some(match self.0.take() {
            Some(others) => others.or(&needs),
            None => needs,
        });
    }
}

impl Compiler<'_> {
    /// Appends the instructions of alternatives; returns what they need and the most that they cover.
    pub fn either(&mut self, choices: &[Pattern], vars: &mut Vars, out: &mut Vec<Inst>) -> (Needs, Width) {
        // Many single words are one test.
        let one = |c: &Pattern| matches!(c, Pattern::Token(test @ (Test::Word(_) | Test::Lemma(_))) if !has_many(test));
        if choices.iter().all(one) {
            let words = choices.iter().flat_map(|c| self.words(c)).collect();
            let words = self.shared(words);
            let needs = Needs::one(Literals::of_words(&words, &self.symbols));
            out.push(Inst::Token(Check::words(words)));
            return (needs, Width::TOKEN);
        }
        let choices = self.grouped(choices);
        let mut either = Either::default();
        let mut jumps = Vec::new();
        for (i, choice) in choices.iter().enumerate() {
            let split = out.len();
            let last = i + 1 == choices.len();
            if !last {
                out.push(Inst::Split(split as u32 + 1, 0));
            }
            either.add(match choice {
                Choice::Any(pattern) => self.emit(pattern, vars, out),
                Choice::Worded(worded) => self.switch(worded, vars, out),
            });
            if !last {
                jumps.push(out.len());
                out.push(Inst::Jump(0));
                out[split] = Inst::Split(split as u32 + 1, out.len() as u32);
            }
        }
        land(&jumps, out);
        (either.0.unwrap_or_default(), either.1)
    }

    /// Choices in a row that begin with words are one choice, where there are many.
    fn grouped(&mut self, choices: &[Pattern]) -> Vec<Choice> {
        let mut out: Vec<Choice> = Vec::new();
        let mut row: Vec<(Worded, Pattern)> = Vec::new();
        for choice in choices {
            let mut worded = Vec::new();
            match self.by_first_words(choice, false, &mut worded) {
                true => row.extend(worded),
                false => {
                    close(&mut row, &mut out);
                    out.push(Choice::Any(choice.clone()));
                }
            }
        }
        close(&mut row, &mut out);
        out
    }

    /// The choices that a pattern is, each with what it was written as; false if one does not begin with words.
    fn by_first_words(&mut self, pattern: &Pattern, listed: bool, out: &mut Vec<(Worded, Pattern)>) -> bool {
        let first = match pattern {
            Pattern::Token(test) => Some((test, Pattern::Empty)),
            Pattern::Sequence(parts) => match parts.split_first() {
                Some((Pattern::Token(test), rest)) => Some((test, Pattern::Sequence(rest.to_vec()))),
                _ => None,
            },
            Pattern::Either(choices) => return choices.iter().all(|c| self.by_first_words(c, listed, out)),
            Pattern::Macro(name) if self.depth < 20 => {
                let Some(list) = self.macros.get(&name.text).cloned() else { return false };
                self.depth += 1;
                let worded = self.by_first_words(&list, true, out);
                self.depth -= 1;
                return worded;
            }
            _ => None,
        };
        let Some((test @ (Test::Word(_) | Test::Lemma(_)), rest)) = first else { return false };
        self.steps += 1;
        if has_many(test) || self.steps > super::compile::LARGEST {
            return false;
        }
        let words = self.check(test).words.unwrap_or_default();
        out.push((Worded { first: words, rest, listed }, pattern.clone()));
        true
    }

    /// Looks choices up by the word that they begin with.
    fn switch(&mut self, choices: &[Worded], vars: &mut Vars, out: &mut Vec<Inst>) -> (Needs, Width) {
        let mut of_word: BTreeMap<Symbol, Vec<usize>> = BTreeMap::new();
        for (i, choice) in choices.iter().enumerate() {
            choice.first.as_slice().iter().for_each(|word| of_word.entry(*word).or_default().push(i));
        }
        let switch = out.len();
        out.push(Inst::Switch(Switch::default()));
        // In the order in which they are written, whatever the numbers of the words.
        let mut words_of: BTreeMap<Vec<usize>, Vec<Symbol>> = BTreeMap::new();
        of_word.into_iter().for_each(|(word, same)| words_of.entry(same).or_default().push(word));
        let mut table = Vec::new();
        let mut either = Either::default();
        let mut jumps = Vec::new();
        for (same, words) in &words_of {
            table.extend(words.iter().map(|word| (*word, out.len() as u32)));
            for (i, choice) in same.iter().enumerate() {
                let split = out.len();
                let last = i + 1 == same.len();
                if !last {
                    out.push(Inst::Split(split as u32 + 1, 0));
                }
                let Worded { first, rest, listed } = &choices[*choice];
                self.depth += u32::from(*listed);
                let (needs, width) = self.emit(rest, vars, out);
                self.depth -= u32::from(*listed);
                let first = Needs::one(Literals::of_words(first, &self.symbols));
                either.add((first.and(needs.behind(Width::TOKEN)), Width::TOKEN.then(width)));
                jumps.push(out.len());
                out.push(Inst::Jump(0));
                if !last {
                    out[split] = Inst::Split(split as u32 + 1, out.len() as u32);
                }
            }
        }
        out[switch] = Inst::Switch(Switch::new(table));
        land(&jumps, out);
        (either.0.unwrap_or_default(), either.1)
    }
}

/// A row of choices that begin with words ends.
fn close(row: &mut Vec<(Worded, Pattern)>, out: &mut Vec<Choice>) {
    let row = std::mem::take(row);
    match row.len() < MANY {
        true => out.extend(row.into_iter().map(|(_, pattern)| Choice::Any(pattern))),
        false => out.push(Choice::Worded(row.into_iter().map(|(worded, _)| worded).collect())),
    }
}

/// Lets jumps lead to what comes next.
fn land(jumps: &[usize], out: &mut [Inst]) {
    let end = out.len() as u32;
    jumps.iter().for_each(|jump| out[*jump] = Inst::Jump(end));
}
