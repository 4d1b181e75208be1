//! The variables of a rule and what they are bound to.

use std::ops::Range;

use super::Stage;
use crate::mention::{MentionId, Value};
use crate::resolve::EntityId;
use crate::rules::{Info, TypeSet, Var};

/// What a variable is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Mentions, each of which it may stand for.
    Mentions(Vec<MentionId>),
    /// An entity.
    Entity(EntityId),
    /// Words, by their tokens; they are a literal.
    Words(Range<usize>),
}

/// The variables of a rule and what they are bound to.
#[derive(Clone, Debug, Default)]
pub struct Bindings(Vec<(Var, Bound)>);

impl Bindings {
    /// Binds a variable, unless it is bound.
    pub fn bind(&mut self, var: Var, bound: Bound) {
        if self.get(var).is_none() {
            self.0.push((var, bound));
        }
    }

    /// Binds a variable, whatever it was bound to.
    pub fn rebind(&mut self, var: Var, bound: Bound) {
        self.0.retain(|(v, _)| *v != var);
        self.0.push((var, bound));
    }

    /// What a variable is bound to.
    pub fn get(&self, var: Var) -> Option<&Bound> {
        self.0.iter().find(|(v, _)| *v == var).map(|(_, b)| b)
    }

    /// Binds the captures of a match to the mentions that they cover.
    pub fn bind_captures(&mut self, stage: &Stage<'_, '_>, info: &Info, captures: &[(Var, Range<usize>)]) {
        for (var, tokens) in captures {
            let types = info.vars[usize::from(var.0)];
            if types.is_empty() {
                self.bind(*var, Bound::Words(tokens.clone()));
            } else if info.each[usize::from(var.0)] {
                self.bind(*var, Bound::Mentions(each(stage, tokens, types)));
            } else if let Some(mention) = stage.reading.mentions.exactly(tokens, types) {
                self.bind(*var, Bound::Mentions(vec![mention]));
            }
        }
    }

    /// All that is bound.
    pub fn bound(&self) -> impl Iterator<Item = &Bound> {
        self.0.iter().map(|(_, bound)| bound)
    }

    /// The first web address that is bound.
    pub fn address<'s>(&self, stage: &'s Stage<'_, '_>) -> Option<&'s str> {
        self.bound().find_map(|bound| {
            let Bound::Mentions(mentions) = bound else { return None };
            mentions.iter().find_map(|m| match stage.reading.mentions.get(*m).value.as_ref()? {
                Value::Url(url) => Some(url.as_str()),
                _ => None,
            })
        })
    }
}

/// The mentions of these types within `tokens`, those in brackets left out.
pub fn each(stage: &Stage<'_, '_>, tokens: &Range<usize>, types: TypeSet) -> Vec<MentionId> {
    let (text, mentions) = (stage.reading.scene.text, &stage.reading.mentions);
    let in_brackets = |at: usize| {
        let marks = (tokens.start..at).map(|i| text.word(i));
        marks.fold(0i32, |depth, mark| depth + i32::from(mark == "(") - i32::from(mark == ")")) > 0
    };
    let all = mentions.within(tokens.clone()).into_iter();
    all.filter(|m| types.contains(mentions.get(*m).ty) && !in_brackets(mentions.get(*m).tokens.start)).collect()
}
