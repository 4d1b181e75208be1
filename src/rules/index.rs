//! From what a sentence holds to the patterns that may match in it.
//!
//! Each pattern is filed under the words and types one of which it cannot do without. Of a sentence one looks up its
//! own words, and meets those patterns only: a rule costs nothing where none of its words stands, however many rules
//! there are.

use std::ops::Range;

use super::needs::Literals;
use super::program::{Program, Symbol, Symbols};
use super::ruleset::RuleSet;
use super::types::{Type, TypeSet};

/// A pattern: the index of its rule among the rules of one kind, and its own among the patterns of that rule.
pub type Place = (u32, u32);

/// The patterns of some rules by what they need.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// For each symbol, where its patterns end in `by_word`; they begin where those of the symbol before it end.
    ends: Vec<u32>,
    by_word: Vec<Place>,
    /// For each type, its patterns.
    by_type: Vec<Vec<Place>>,
    /// Those that need nothing in particular.
    always: Vec<Place>,
}

impl Index {
    /// Files the patterns of rules, each with the index of its rule.
    fn new<'p>(rules: impl Iterator<Item = (usize, &'p [Program])>, symbols: &Symbols) -> Index {
        let mut index = Index { by_type: vec![Vec::new(); Type::SLOTS], ..Index::default() };
        let mut words: Vec<(Symbol, Place)> = Vec::new();
        let patterns = rules
            .flat_map(|(rule, programs)| programs.iter().enumerate().map(move |(i, p)| ((rule as u32, i as u32), p)));
        for (place, program) in patterns {
            let Some(literals) = key(program, symbols) else {
                index.always.push(place);
                continue;
            };
            words.extend(literals.words.as_slice().iter().map(|word| (*word, place)));
            literals.types.slots().for_each(|slot| index.by_type[slot].push(place));
        }
        words.sort_unstable();
        let mut at = 0;
        for symbol in 0..symbols.len() {
            at += words[at..].iter().take_while(|(word, _)| word.0 as usize == symbol).count();
            index.ends.push(at as u32);
        }
        index.by_word = words.into_iter().map(|(_, place)| place).collect();
        index
    }

    /// The patterns that may match in a sentence with these words and types of mentions, in order; replaces what is in
    /// `out`. Each is then still to be asked for all that it needs.
    pub fn candidates(&self, words: &[Symbol], types: TypeSet, out: &mut Vec<Place>) {
        out.clear();
        out.extend(&self.always);
        for word in words {
            let end = |symbol: u32| self.ends.get(symbol as usize).map_or(0, |end| *end as usize);
            let start = word.0.checked_sub(1).map_or(0, end);
            out.extend(self.by_word.get(start..end(word.0)).unwrap_or_default());
        }
        types.slots().for_each(|slot| out.extend(self.by_type.get(slot).into_iter().flatten()));
        out.sort_unstable();
        out.dedup();
    }
}

/// The mention rules of one stage.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    /// Its number.
    pub number: u8,
    /// Their indexes.
    pub rules: Range<u32>,
}

impl Stage {
    /// Of places in order, those of its rules.
    pub fn of<'p>(&self, places: &'p [Place]) -> &'p [Place] {
        let before = |rule: u32| places.partition_point(|(of, _)| *of < rule);
        &places[before(self.rules.start)..before(self.rules.end)]
    }
}

/// The patterns of a profile's rules, by kind.
#[derive(Clone, Debug, Default)]
pub struct Indexes {
    /// The stages of mention rules, in order.
    pub stages: Vec<Stage>,
    /// Of mention rules without a head.
    pub mentions: Index,
    /// The heads of mention rules.
    pub mention_heads: Index,
    /// Of span rules.
    pub spans: Index,
    /// The triggers of frames.
    pub frames: Index,
    /// The heads of lists.
    pub lists: Index,
    /// The labels of fields.
    pub fields: Index,
}

impl RuleSet {
    /// Files the patterns of all rules.
    pub(super) fn indexed(mut self) -> RuleSet {
        use std::slice::from_ref;
        let symbols = &self.symbols;
        let stages = self.mentions.chunk_by(|a, b| a.stage == b.stage).scan(0, |from, rules| {
            let start = std::mem::replace(from, *from + rules.len() as u32);
            Some(Stage { number: rules.first()?.stage, rules: start..*from })
        });
        let numbered = || self.mentions.iter().enumerate();
        let heads = numbered().filter_map(|(i, rule)| Some((i, from_ref(rule.head.as_ref()?))));
        let matches = numbered().filter(|(_, rule)| rule.head.is_none()).map(|(i, rule)| (i, rule.matches.as_slice()));
        self.indexes = Indexes {
            stages: stages.collect(),
            mentions: Index::new(matches, symbols),
            mention_heads: Index::new(heads, symbols),
            spans: Index::new(self.spans.iter().map(|r| r.matches.as_slice()).enumerate(), symbols),
            frames: Index::new(self.frames.iter().map(|r| from_ref(&r.trigger)).enumerate(), symbols),
            lists: Index::new(self.lists.iter().map(|r| from_ref(&r.head)).enumerate(), symbols),
            fields: Index::new(self.fields.iter().map(|r| from_ref(&r.label)).enumerate(), symbols),
        };
        self
    }
}

/// What a pattern is filed under: the rarest of what it needs and begins with.
fn key(program: &Program, symbols: &Symbols) -> Option<Literals> {
    let starts = program.starts.literals(symbols);
    match (program.needs.rarest(), starts) {
        (Some(needs), Some(starts)) if starts.rarer(needs) => Some(starts),
        (Some(needs), _) => Some(needs.clone()),
        (None, starts) => starts,
    }
}
