//! How far a pattern gets in a text in which it does not match: for those who write rules.
//!
//! All ways through the pattern are followed at once, token by token, so that the work is at most instructions times
//! tokens, as in the matcher. Of all ways, the one counts that has met most words and mentions, and of those the longest.

use std::ops::Range;

use super::scene::Scene;
use super::table::Mentions;
use crate::rules::{Inst, Program, Symbol};

/// Where a pattern stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The tokens that it matched; empty if not even the first.
    pub tokens: Range<usize>,
    /// How many words and mentions of the pattern are among them.
    pub met: u32,
    /// The instructions that ask for something else than what stands behind them, by index.
    pub expected: Vec<usize>,
}

/// A way through the pattern: how many words and mentions it has met, and the token it began at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    met: u32,
    /// Tokens since the first: longer ways count more.
    length: usize,
    pc: usize,
}

/// How far `program` gets in `sentence`. What it matches wholly is not told apart.
pub fn reach(program: &Program, scene: &Scene<'_>, mentions: &Mentions, sentence: &Range<usize>) -> Option<Reach> {
    let mut best: Option<Reach> = None;
    let mut open: Vec<Vec<Way>> = vec![Vec::new(); sentence.len() + 1];
    for at in sentence.start..=sentence.end {
        let mut ways = std::mem::take(&mut open[at - sentence.start]);
        ways.push(Way { met: 0, length: 0, pc: 0 });
        // The best way to an instruction is taken first, and no other needs to be.
        ways.sort_unstable();
        let mut seen = vec![false; program.insts.len()];
        while let Some(way) = ways.pop() {
            let mut stack = vec![way.pc];
            while let Some(pc) = stack.pop() {
                if std::mem::replace(&mut seen[pc], true) {
                    continue;
                }
                let mut go_on = |to: usize, met: u32| {
                    let length = way.length + to - at;
                    open[to - sentence.start].push(Way { met: way.met + met, length, pc: pc + 1 });
                };
                let stopped = match &program.insts[pc] {
                    Inst::Match => false,
                    Inst::Split(first, second) => {
                        stack.extend([*second as usize, *first as usize]);
                        false
                    }
                    Inst::Jump(target) => {
                        stack.push(*target as usize);
                        false
                    }
                    Inst::Save(_) => {
                        stack.push(pc + 1);
                        false
                    }
                    Inst::Start | Inst::End | Inst::Border | Inst::Absent(_) => {
                        let there = match &program.insts[pc] {
                            Inst::Start => at == sentence.start,
                            Inst::End => at == sentence.end,
                            Inst::Absent(types) => !mentions.starting_at(at).any(|(_, m)| types.contains(m.ty)),
                            _ => scene.text.is_block_border(at),
                        };
                        if there {
                            stack.push(pc + 1);
                        }
                        !there
                    }
                    Inst::Token(check) => {
                        let holds = at < sentence.end && scene.holds(check, at, sentence.start);
                        if holds {
                            go_on(at + 1, u32::from(check.is_word()));
                        }
                        !holds
                    }
                    Inst::Switch(table) => {
                        let word = if at < sentence.end { scene.symbols[at] } else { Symbol::OTHER };
                        let found = table.get(word);
                        if let Some(target) = found {
                            let behind = Way { met: way.met + 1, length: way.length + 1, pc: target as usize };
                            open[at + 1 - sentence.start].push(behind);
                        }
                        found.is_none()
                    }
                    Inst::Mention(types) => {
                        let fitting = mentions.starting_at(at).filter(|(_, m)| types.contains(m.ty));
                        let ends: Vec<usize> =
                            fitting.map(|(_, m)| m.tokens.end).filter(|end| *end <= sentence.end).collect();
                        ends.iter().for_each(|end| go_on(*end, 1));
                        ends.is_empty()
                    }
                };
                if stopped {
                    note(&mut best, at - way.length..at, way.met, pc);
                }
            }
        }
    }
    best
}

fn note(best: &mut Option<Reach>, tokens: Range<usize>, met: u32, pc: usize) {
    let key = |reach: &Reach| (reach.met, reach.tokens.len());
    match best {
        Some(reach) if key(reach) > (met, tokens.len()) => {}
        Some(reach) if reach.tokens == tokens && reach.met == met => reach.expected.push(pc),
        Some(reach) if key(reach) == (met, tokens.len()) => {}
        _ => *best = Some(Reach { tokens, met, expected: vec![pc] }),
    }
}
