//! Applies mappings to the items of an announcement.

use std::collections::BTreeSet;

use super::{LabelPart, Mappings, StateRule, ThingRule};
use crate::source::{Announcement, Item, Value, Vocabulary};

/// Items that lie deeper in each other are not looked at.
const DEEPEST: usize = 16;

/// What the items of an announcement tell of.
#[derive(Debug, Default)]
pub struct Mapped<'m> {
    /// The things, in the order of the items.
    pub things: Vec<Thing<'m>>,
    /// The blocks that something is read from.
    pub values: BTreeSet<usize>,
    /// How many records no mapping knows.
    pub unknown: usize,
}

/// A thing.
#[derive(Debug)]
pub struct Thing<'m> {
    /// How it came to be one.
    pub rule: &'m ThingRule,
    /// What it is called; empty for the announcement itself.
    pub label: Vec<Piece<'m>>,
    /// The blocks that say what else it is called.
    pub aliases: Vec<usize>,
    /// The block of the year that tells editions apart.
    pub year: Option<usize>,
    /// What is stated of it.
    pub states: Vec<State<'m>>,
}

/// A part of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'m> {
    /// Words of the mapping.
    Words(&'m str),
    /// A value, by its block.
    Block(usize),
}

/// What is stated of a thing.
#[derive(Debug)]
pub struct State<'m> {
    /// How.
    pub rule: &'m StateRule,
    /// The object.
    pub object: Given,
}

/// The object of a statement.
#[derive(Debug, PartialEq, Eq)]
pub enum Given {
    /// Words, by their block.
    Words {
        /// The value.
        block: usize,
        /// Values that say what else the named thing is called.
        also: Vec<usize>,
        /// Values that say in which country or region the named place lies.
        within: Vec<usize>,
    },
    /// Another thing, by its number.
    Thing(usize),
}

impl Mappings {
    /// The things that the items of an announcement tell of.
    pub fn apply<'m>(&'m self, announcement: &Announcement) -> Mapped<'m> {
        let mut found = Vec::new();
        let mut mapped = Mapped::default();
        for item in &announcement.data {
            let before = found.len();
            self.find(announcement, &mut vec![item], &mut found);
            mapped.unknown += usize::from(item.vocabulary == Vocabulary::Record && found.len() == before);
        }
        for (rule, around) in &found {
            let thing = Build { announcement, found: &found, around, rule }.thing();
            for state in &thing.states {
                if let Given::Words { block, also, within } = &state.object {
                    mapped.values.extend(also.iter().chain(within).chain([block]));
                }
            }
            let label =
                thing.label.iter().filter_map(|piece| if let Piece::Block(b) = piece { Some(*b) } else { None });
            mapped.values.extend(label.chain(thing.aliases.iter().copied()).chain(thing.year));
            mapped.things.push(thing);
        }
        mapped
    }

    /// Finds what the last of the items `around`, and those in it, are.
    fn find<'m, 'a>(
        &'m self,
        announcement: &Announcement,
        around: &mut Vec<&'a Item>,
        found: &mut Vec<(&'m ThingRule, Vec<&'a Item>)>,
    ) {
        let Some(item) = around.last().copied() else { return };
        for rule in &self.things {
            if rule.vocabulary != item.vocabulary || !rule.fits(announcement, around) {
                continue;
            }
            match &rule.each {
                None => found.push((rule, around.clone())),
                Some(path) => {
                    let inner = path.values(around).into_iter();
                    for value in inner {
                        if let Value::Item(inner) = value {
                            found.push((rule, around.iter().copied().chain([inner]).collect()));
                        }
                    }
                }
            }
            break;
        }
        if item.vocabulary != Vocabulary::Record && around.len() < DEEPEST {
            for (_, value) in &item.properties {
                if let Value::Item(inner) = value {
                    around.push(inner);
                    self.find(announcement, around, found);
                    around.pop();
                }
            }
        }
    }
}

impl ThingRule {
    fn fits(&self, announcement: &Announcement, around: &[&Item]) -> bool {
        let Some(item) = around.last() else { return false };
        let typed = self.types.is_empty() || item.types.iter().any(|kind| self.types.contains(kind));
        let says = |words: &str, values: &[String]| values.iter().any(|value| words.ends_with(value.as_str()));
        typed
            && self.has.iter().all(|path| !path.values(around).is_empty())
            && self.lacks.iter().all(|path| path.values(around).is_empty())
            && !self.unless.iter().any(|(path, values)| {
                let blocks = path.values(around).into_iter();
                blocks.filter_map(words).any(|block| says(words_at(announcement, block), values))
            })
    }
}

struct Build<'b, 'm, 'a> {
    announcement: &'b Announcement,
    found: &'b [(&'m ThingRule, Vec<&'a Item>)],
    around: &'b [&'a Item],
    rule: &'m ThingRule,
}

impl<'m> Build<'_, 'm, '_> {
    fn thing(&self) -> Thing<'m> {
        let blocks = |paths: &[super::Path]| -> Vec<usize> {
            paths.iter().flat_map(|path| path.values(self.around)).filter_map(words).collect()
        };
        let mut label = Vec::new();
        if self.rule.class.is_some() {
            for part in &self.rule.label {
                match part {
                    LabelPart::Words(words) => label.push(Piece::Words(words)),
                    LabelPart::Path(path) => match path.values(self.around).into_iter().find_map(words) {
                        Some(block) => label.push(Piece::Block(block)),
                        None => {
                            label.clear();
                            break;
                        }
                    },
                }
            }
        }
        let year = self.rule.year.iter().flat_map(|path| path.values(self.around)).find_map(words);
        let states = self.rule.states.iter().flat_map(|rule| self.states(rule)).collect();
        Thing { rule: self.rule, label, aliases: blocks(&self.rule.aliases), year, states }
    }

    fn states(&self, rule: &'m StateRule) -> Vec<State<'m>> {
        for path in &rule.paths {
            let values = path.values(self.around);
            let objects: Vec<Given> = values.into_iter().filter_map(|value| self.object(rule, value)).collect();
            if !objects.is_empty() {
                return objects.into_iter().map(|object| State { rule, object }).collect();
            }
        }
        Vec::new()
    }

    fn object(&self, rule: &'m StateRule, value: &Value) -> Option<Given> {
        let blocks = |paths: &[super::Path]| -> Vec<usize> {
            paths.iter().flat_map(|path| path.values(self.around)).filter_map(words).collect()
        };
        match value {
            Value::Words(block) if !words_at(self.announcement, *block).is_empty() => {
                Some(Given::Words { block: *block, also: blocks(&rule.also), within: blocks(&rule.within) })
            }
            Value::Words(_) => None,
            Value::Item(item) => {
                let is_it = |around: &Vec<&Item>| around.last().is_some_and(|last| std::ptr::eq(*last, item));
                self.found.iter().position(|(_, around)| is_it(around)).map(Given::Thing)
            }
        }
    }
}

fn words(value: &Value) -> Option<usize> {
    if let Value::Words(block) = value { Some(*block) } else { None }
}

fn words_at(announcement: &Announcement, block: usize) -> &str {
    announcement.blocks.get(block).map_or("", |block| announcement.words(block))
}
