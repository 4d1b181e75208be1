//! Tests of one token, compiled.

use std::sync::Arc;

use super::ast::{Name, Pattern, Test};
use super::compile::{Compiler, LARGEST, sorted};
use super::diagnostic::{Code, nearest};
use super::inflect;
use super::pattern::tokens;
use super::program::{Blocks, Check, Symbol};
use crate::text::Shape;

/// Properties of tokens that their form shows.
pub(super) const SHAPES: &[(&str, Shape)] = &[
    ("capitalised", Shape::CAPITALISED),
    ("upper", Shape::UPPER),
    ("number", Shape::NUMBER),
    ("word", Shape::WORD),
    ("punctuation", Shape::PUNCTUATION),
    ("mixed", Shape::MIXED),
    ("line-start", Shape::LINE_START),
    ("spaced", Shape::SPACED),
];

/// Other properties of tokens that rules may ask for.
const PROPERTIES: &[(&str, Check)] = &[
    ("year", Check::Year),
    ("given-name", Check::GivenName),
    ("proper", Check::ProperWord),
    ("quoted", Check::Quoted),
    ("opening", Check::Opening),
    ("title", Check::Title),
    ("border", Check::Border),
    ("roman", Check::Roman),
    ("edition", Check::Edition),
];

impl Compiler<'_> {
    pub fn check(&mut self, test: &Test) -> Check {
        match test {
            Test::Any => Check::Any,
            Test::Word(words) => {
                let words: Vec<String> = words.iter().filter_map(|w| self.one_token(w)).collect();
                Check::Word(sorted(words.iter().map(|w| self.symbols.intern(w)).collect()).into())
            }
            Test::Lemma(lemmas) => {
                let lemmas: Vec<String> = lemmas.iter().filter_map(|l| self.one_token(l)).collect();
                let forms = lemmas.iter().flat_map(|l| inflect::forms(l));
                let symbols = forms.map(|f| self.symbols.intern(&f)).collect();
                Check::Word(sorted(symbols).into())
            }
            Test::Is(name) => self.property(name),
            Test::Macro(name) => {
                if let Some(words) = self.word_lists.get(&name.text) {
                    return Check::Word(words.clone());
                }
                let list = self.list(name);
                self.has_phrases = false;
                let words: Arc<[Symbol]> = sorted(self.list_words(&list, name, 0)).into();
                // What is no list of words is told wherever it is used.
                if !words.is_empty() && !self.has_phrases {
                    self.word_lists.insert(name.text.clone(), words.clone());
                }
                Check::Word(words)
            }
            Test::Not(inner) => Check::Not(Box::new(self.check(inner))),
            Test::All(tests) => Check::All(tests.iter().map(|t| self.check(t)).collect()),
        }
    }

    /// The one token that a word is where only one can be.
    fn one_token(&mut self, word: &Name) -> Option<String> {
        let mut parts = tokens(&word.text);
        if parts.len() != 1 {
            let message = format!("{:?} is {} tokens, and one token is tested here", word.text, parts.len());
            let hint = "write it as a phrase outside of the brackets".to_owned();
            self.problem(Code::ManyTokens, word.span.clone(), message, Some(hint));
            return None;
        }
        parts.pop()
    }

    pub fn words(&mut self, choice: &Pattern) -> Vec<Symbol> {
        match choice {
            Pattern::Token(test) => match self.check(test) {
                Check::Word(words) => words.to_vec(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The words of a list of single words, sorted; none if there is no such list.
    pub fn words_of_list(&mut self, name: &str) -> Vec<Symbol> {
        let Some(list) = self.macros.get(name).cloned() else { return Vec::new() };
        let name = Name { text: name.to_owned(), span: 0..0 };
        sorted(self.list_words(&list, &name, 0))
    }

    fn list_words(&mut self, list: &Pattern, name: &Name, depth: u32) -> Vec<Symbol> {
        match list {
            Pattern::Token(_) => self.words(list),
            Pattern::Either(choices) => choices.iter().flat_map(|c| self.list_words(c, name, depth)).collect(),
            Pattern::Macro(inner) if depth < 20 => {
                self.steps += 1;
                if self.steps > LARGEST {
                    return Vec::new();
                }
                let inner_list = self.list(inner);
                self.list_words(&inner_list, inner, depth + 1)
            }
            _ => {
                self.has_phrases = true;
                let message = format!("${} holds phrases; a test of one token needs single words", name.text);
                self.problem(Code::UnknownList, name.span.clone(), message, None);
                Vec::new()
            }
        }
    }

    fn property(&mut self, name: &Name) -> Check {
        let wanted = name.text.as_str();
        if let Some((_, shape)) = SHAPES.iter().find(|(name, _)| *name == wanted) {
            return Check::Shape(*shape);
        }
        if let Some((_, check)) = PROPERTIES.iter().find(|(name, _)| *name == wanted) {
            return check.clone();
        }
        if let Some((blocks, _)) = Blocks::ALL.iter().find(|(_, name)| *name == wanted) {
            return Check::Block(*blocks);
        }
        let known = || {
            SHAPES
                .iter()
                .map(|(name, _)| *name)
                .chain(PROPERTIES.iter().map(|(name, _)| *name))
                .chain(Blocks::ALL.iter().map(|(_, name)| *name))
        };
        let hint = nearest(wanted, known()).map_or_else(
            || format!("one of: {}", known().collect::<Vec<_>>().join(", ")),
            |name| format!("did you mean is={name}?"),
        );
        self.problem(Code::UnknownProperty, name.span.clone(), format!("no token is '{wanted}'"), Some(hint));
        Check::Any
    }
}
