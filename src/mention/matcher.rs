//! Runs compiled patterns over tokens and mentions.
//!
//! The matcher tries alternatives in order and remembers every (instruction, token) pair that has failed, so that the
//! work is at most instructions times tokens for a sentence, whatever the pattern: the bounded backtracker of
//! R. Cox, "Regular Expression Matching: the Virtual Machine Approach" (2009).

use std::ops::Range;

use super::scene::Scene;
use super::table::Mentions;
use crate::rules::{Inst, Program, Symbol, Var};

/// A match: the tokens it covers, and where each variable was bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// All of it.
    pub tokens: Range<usize>,
    /// The captures, by variable.
    pub captures: Vec<(Var, Range<usize>)>,
}

/// Runs programs over one sentence. It can be used again for the next: only the memory is kept.
#[derive(Default)]
pub struct Matcher {
    /// For each (instruction, token), whether it has failed: a bit.
    failed: Vec<u64>,
    /// Whether the bits of the sentence before are still there.
    stale: bool,
    stack: Vec<Job>,
    slots: Vec<u32>,
    steps: u64,
}

/// Whether a match may begin at token `at`.
fn begins(program: &Program, scene: &Scene<'_>, mentions: &Mentions, sentence: &Range<usize>, at: usize) -> bool {
    let starts = &program.starts;
    if at >= sentence.end || starts.anchored && at != sentence.start {
        return false;
    }
    starts.words.contains(scene.symbols[at])
        || starts.types.meets(mentions.types_at(at))
        || starts.checks.iter().any(|check| scene.holds(check, at, sentence.start))
}

/// The tokens of a sentence that are near enough to what a pattern cannot do without.
struct Near<'n, 'a> {
    program: &'n Program,
    scene: &'n Scene<'a>,
    mentions: &'n Mentions,
    sentence: Range<usize>,
    /// The first token that the pattern cannot do without, at or behind the last that was asked for.
    lead: usize,
    /// How far before it a match may begin, in tokens.
    reach: usize,
}

impl<'n, 'a> Near<'n, 'a> {
    fn new(program: &'n Program, scene: &'n Scene<'a>, mentions: &'n Mentions, sentence: &Range<usize>) -> Self {
        let reach = program.lead.as_ref().map_or(0, |lead| lead.reach(mentions.longest()));
        let mut near = Near { program, scene, mentions, sentence: sentence.clone(), lead: 0, reach };
        near.lead = near.lead_from(sentence.start);
        near
    }

    fn lead_from(&self, at: usize) -> usize {
        let Some(lead) = &self.program.lead else { return self.sentence.end };
        let is = |i: &usize| lead.is(self.scene.symbols[*i], self.mentions.types_at(*i));
        (at..self.sentence.end).find(is).unwrap_or(self.sentence.end)
    }

    /// The first of them at or behind token `at`.
    fn next(&mut self, at: usize) -> Option<usize> {
        if self.program.starts.anchored && at > self.sentence.start {
            return None;
        }
        if self.program.lead.is_none() {
            return Some(at).filter(|at| *at < self.sentence.end);
        }
        if self.lead < at {
            self.lead = self.lead_from(at);
        }
        (self.lead < self.sentence.end).then(|| self.lead.saturating_sub(self.reach).max(at))
    }
}

enum Job {
    Go { pc: u32, at: u32 },
    Restore { slot: u32, old: u32 },
}

const UNSET: u32 = u32::MAX;

impl Matcher {
    /// How many instructions were carried out so far: what matching costs, measured without a clock.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// The matches in `sentence`, from left to right, not overlapping.
    pub fn find_all(
        &mut self,
        program: &Program,
        scene: &Scene<'_>,
        mentions: &Mentions,
        sentence: Range<usize>,
    ) -> Vec<Found> {
        let mut out = Vec::new();
        let mut near = Near::new(program, scene, mentions, &sentence);
        let mut from = sentence.start;
        self.stale = true;
        while let Some(at) = near.next(from) {
            match self.at(program, scene, mentions, &sentence, at) {
                // What was found to fail behind the match still fails: a match from there on is another one.
                Some(found) => {
                    from = found.tokens.end.max(at + 1);
                    out.push(found);
                }
                None => from = at + 1,
            }
        }
        out
    }

    /// The first match in `sentence`.
    pub fn find(
        &mut self,
        program: &Program,
        scene: &Scene<'_>,
        mentions: &Mentions,
        sentence: Range<usize>,
    ) -> Option<Found> {
        let mut near = Near::new(program, scene, mentions, &sentence);
        let mut from = sentence.start;
        self.stale = true;
        while let Some(at) = near.next(from) {
            match self.at(program, scene, mentions, &sentence, at) {
                None => from = at + 1,
                found => return found,
            }
        }
        None
    }

    /// The match that begins at token `start` of `sentence`.
    pub fn match_at(
        &mut self,
        program: &Program,
        scene: &Scene<'_>,
        mentions: &Mentions,
        sentence: Range<usize>,
        start: usize,
    ) -> Option<Found> {
        self.stale = true;
        self.at(program, scene, mentions, &sentence, start)
    }

    /// Whether a match ends directly before token `end`, with at most `reach` tokens.
    pub fn ends_before(
        &mut self,
        program: &Program,
        scene: &Scene<'_>,
        mentions: &Mentions,
        sentence: Range<usize>,
        end: usize,
        reach: usize,
    ) -> bool {
        let first = end.saturating_sub(reach).max(sentence.start);
        (first..end).any(|at| {
            self.match_at(program, scene, mentions, sentence.start..end, at).is_some_and(|f| f.tokens.end == end)
        })
    }

    /// Makes room for what fails in a sentence; only where a match sets out at all.
    fn clear(&mut self, program: &Program, sentence: &Range<usize>) {
        let size = (program.joins.len() * (sentence.len() + 1)).div_ceil(64);
        if self.failed.len() < size {
            self.failed.resize(size.next_power_of_two(), 0);
        }
        self.failed[..size].fill(0);
        self.stale = false;
    }

    fn at(
        &mut self,
        program: &Program,
        scene: &Scene<'_>,
        mentions: &Mentions,
        sentence: &Range<usize>,
        start: usize,
    ) -> Option<Found> {
        if !begins(program, scene, mentions, sentence, start) {
            return None;
        }
        if self.stale {
            self.clear(program, sentence);
        }
        self.slots.clear();
        self.stack.clear();
        self.stack.push(Job::Go { pc: 0, at: start as u32 });
        let width = sentence.len() + 1;
        while let Some(job) = self.stack.pop() {
            let (mut pc, mut at) = match job {
                Job::Restore { slot, old } => {
                    self.slots[slot as usize] = old;
                    continue;
                }
                Job::Go { pc, at } => (pc, at as usize),
            };
            loop {
                self.steps += 1;
                if let Some(join) = program.joins.get(pc) {
                    let place = join * width + at - sentence.start;
                    let (bits, bit) = (&mut self.failed[place / 64], 1 << (place % 64));
                    if *bits & bit != 0 {
                        break;
                    }
                    *bits |= bit;
                }
                match &program.insts[pc as usize] {
                    Inst::Token(check) if at < sentence.end && scene.holds(check, at, sentence.start) => {
                        (pc, at) = (pc + 1, at + 1);
                    }
                    Inst::Token(_) => break,
                    Inst::Switch(table) => {
                        let word = if at < sentence.end { scene.symbols[at] } else { Symbol::OTHER };
                        let Some(target) = table.get(word) else { break };
                        (pc, at) = (target, at + 1);
                    }
                    Inst::Mention(types) => {
                        let mut ends = mentions
                            .starting_at(at)
                            .filter(|(_, m)| types.contains(m.ty) && m.tokens.end <= sentence.end)
                            .map(|(_, m)| m.tokens.end);
                        let Some(first) = ends.next() else { break };
                        for end in ends {
                            self.stack.push(Job::Go { pc: pc + 1, at: end as u32 });
                        }
                        (pc, at) = (pc + 1, first);
                    }
                    Inst::Split(first, second) => {
                        self.stack.push(Job::Go { pc: *second, at: at as u32 });
                        pc = *first;
                    }
                    Inst::Jump(target) => pc = *target,
                    Inst::Save(slot) => {
                        let slot = *slot as usize;
                        if self.slots.len() <= slot {
                            self.slots.resize(slot + 1, UNSET);
                        }
                        self.stack.push(Job::Restore { slot: slot as u32, old: self.slots[slot] });
                        self.slots[slot] = at as u32;
                        pc += 1;
                    }
                    Inst::Start if at == sentence.start => pc += 1,
                    Inst::End if at == sentence.end => pc += 1,
                    Inst::Border if scene.text.is_block_border(at) => pc += 1,
                    Inst::Absent(types) if !mentions.starting_at(at).any(|(_, m)| types.contains(m.ty)) => pc += 1,
                    Inst::Start | Inst::End | Inst::Border | Inst::Absent(_) => break,
                    Inst::Match => return Some(Found { tokens: start..at, captures: self.captures() }),
                }
            }
        }
        None
    }

    fn captures(&self) -> Vec<(Var, Range<usize>)> {
        let pairs = self.slots.chunks(2).enumerate();
        pairs
            .filter(|(_, p)| p.len() == 2 && p[0] != UNSET && p[1] != UNSET && p[0] <= p[1])
            .map(|(i, p)| (Var(i as u8), p[0] as usize..p[1] as usize))
            .collect()
    }
}
