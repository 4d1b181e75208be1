//! The mentions found so far, indexed by where they begin.

use std::ops::Range;

use super::value::Value;
use crate::lexicon::EntryId;
use crate::rules::{Type, TypeSet, ValueType, Var};

/// Index of a mention in its [`Mentions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MentionId(pub u32);

/// How a mention was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finder {
    /// By its form (dates, numbers, addresses, quotations).
    Form,
    /// In the lexicon; the entries it may mean, the likeliest first.
    Lexicon(Vec<EntryId>),
    /// By a mention rule: its index in [`RuleSet::mentions`](crate::rules::RuleSet::mentions).
    Rule(usize),
    /// As a part of another mention that a rule gives a role (the series in the name of an edition).
    Part(MentionId),
}

/// A typed span of the text.
#[derive(Clone, Debug)]
pub struct Mention {
    /// What it is.
    pub ty: Type,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The tokens that name it.
    pub name: Range<usize>,
    /// How it was found.
    pub finder: Finder,
    /// What a rule captured inside it.
    pub captures: Vec<(Var, Range<usize>)>,
    /// The value, for values.
    pub value: Option<Value>,
    /// It refers to something named elsewhere.
    pub anaphor: bool,
    /// It is part of a longer mention and does not stand for itself.
    pub inner: bool,
}

/// The mentions of a text.
#[derive(Debug, Default)]
pub struct Mentions {
    list: Vec<Mention>,
    /// For each token, the first and the last mention that begin there.
    starts: Vec<Option<(MentionId, MentionId)>>,
    /// For each mention, the next one that begins where it does.
    next: Vec<Option<MentionId>>,
    /// For each token, the types of the mentions that begin there.
    types: Vec<TypeSet>,
    /// The most tokens of a mention.
    longest: usize,
}

impl Mentions {
    /// No mentions yet, of a text of so many tokens.
    pub fn new(tokens: usize) -> Mentions {
        let (starts, types) = (vec![None; tokens + 1], vec![TypeSet::EMPTY; tokens + 1]);
        Mentions { list: Vec::new(), starts, next: Vec::new(), types, longest: 0 }
    }

    /// Adds a mention.
    pub fn push(&mut self, mention: Mention) -> MentionId {
        let id = MentionId(self.list.len() as u32);
        let start = mention.tokens.start;
        if let (Some(ends), Some(types)) = (self.starts.get_mut(start), self.types.get_mut(start)) {
            match ends {
                Some((_, last)) => self.next[std::mem::replace(last, id).0 as usize] = Some(id),
                None => *ends = Some((id, id)),
            }
            types.insert(mention.ty);
        }
        self.longest = self.longest.max(mention.tokens.len());
        self.list.push(mention);
        self.next.push(None);
        id
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The most tokens that one of them has.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// A mention.
    pub fn get(&self, id: MentionId) -> &Mention {
        &self.list[id.0 as usize]
    }

    /// A mention, to be changed.
    pub fn get_mut(&mut self, id: MentionId) -> &mut Mention {
        &mut self.list[id.0 as usize]
    }

    /// All of them, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = (MentionId, &Mention)> {
        self.list.iter().enumerate().map(|(i, m)| (MentionId(i as u32), m))
    }

    /// Those that begin at token `at` and stand for themselves, in the order in which they were found.
    pub fn starting_at(&self, at: usize) -> impl Iterator<Item = (MentionId, &Mention)> {
        self.all_at(at).filter(|(_, m)| !m.inner)
    }

    /// Whether tokens are some of those of a title in quotation marks or the like, and not all of them.
    pub fn is_quoted(&self, tokens: &Range<usize>) -> bool {
        let around = |m: &Mention| {
            m.ty == Type::Value(ValueType::Quote) && tokens.end <= m.tokens.end && tokens.len() < m.tokens.len()
        };
        (tokens.start.saturating_sub(self.longest)..=tokens.start).any(|at| self.all_at(at).any(|(_, m)| around(m)))
    }

    /// All that begin at token `at`.
    fn all_at(&self, at: usize) -> impl Iterator<Item = (MentionId, &Mention)> {
        let first = self.starts.get(at).copied().flatten().map(|(first, _)| first);
        let ids = std::iter::successors(first, |id| self.next[id.0 as usize]);
        ids.map(|id| (id, self.get(id)))
    }

    /// The types of all that begin at token `at`, those that are part of a longer one too.
    pub fn types_at(&self, at: usize) -> TypeSet {
        self.types.get(at).copied().unwrap_or_default()
    }

    /// All that cover exactly these tokens, also those that are part of a longer one.
    pub fn covering<'m>(&'m self, tokens: &'m Range<usize>) -> impl Iterator<Item = (MentionId, &'m Mention)> {
        self.all_at(tokens.start).filter(|(_, m)| m.tokens == *tokens)
    }

    /// Those that stand for themselves within the tokens `range`, by place.
    pub fn within(&self, range: Range<usize>) -> Vec<MentionId> {
        let mut out = Vec::new();
        for at in range.clone() {
            out.extend(self.starting_at(at).filter(|(_, m)| m.tokens.end <= range.end).map(|(id, _)| id));
        }
        out
    }

    /// The mention of one of these types that covers exactly these tokens.
    pub fn exactly(&self, tokens: &Range<usize>, types: TypeSet) -> Option<MentionId> {
        self.starting_at(tokens.start)
            .find(|(_, m)| m.tokens.end == tokens.end && types.contains(m.ty))
            .map(|(id, _)| id)
    }

    /// The types of the mentions within the tokens `range`.
    pub fn types_within(&self, range: Range<usize>) -> TypeSet {
        let mut types = TypeSet::EMPTY;
        for at in range {
            for (_, mention) in self.starting_at(at) {
                types.insert(mention.ty);
            }
        }
        types
    }
}
