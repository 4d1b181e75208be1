//! Tests of one token, compiled.

use super::ast::{Name, Pattern, Test};
use super::compile::{Compiler, LARGEST};
use super::diagnostic::{Code, nearest};
use super::inflect;
use super::pattern::tokens;
use super::program::Symbol;
use super::traits::{Check, Traits};
use super::words::Words;

/// The property that depends on where a sentence begins.
const PROPER: &str = "proper";

impl Compiler<'_> {
    pub fn check(&mut self, test: &Test) -> Check {
        match test {
            Test::Any => Check::any(),
            Test::Word(_) | Test::Lemma(_) | Test::Macro(_) => Check::words(self.words_of_test(test)),
            Test::Is(name) => self.property(name),
            Test::Not(inner) => self.check(inner).negated(),
            Test::All(tests) => tests.iter().map(|t| self.check(t)).reduce(Check::and).unwrap_or_default(),
        }
    }

    /// The words that a test of words allows.
    fn words_of_test(&mut self, test: &Test) -> Words {
        let symbols = match test {
            Test::Word(words) => {
                let words: Vec<String> = words.iter().filter_map(|w| self.one_token(w)).collect();
                words.iter().map(|w| self.symbols.intern(w)).collect()
            }
            Test::Lemma(lemmas) => {
                let lemmas: Vec<String> = lemmas.iter().filter_map(|l| self.one_token(l)).collect();
                let forms = lemmas.iter().flat_map(|l| inflect::forms(l));
                forms.map(|f| self.symbols.intern(&f)).collect()
            }
            Test::Macro(name) => {
                if let Some(words) = self.word_lists.get(&name.text) {
                    return words.clone();
                }
                let list = self.list(name);
                self.has_phrases = false;
                let words = self.list_words(&list, name, 0);
                let words = self.shared(words);
                // What is no list of words is told wherever it is used.
                if !words.is_empty() && !self.has_phrases {
                    self.word_lists.insert(name.text.clone(), words.clone());
                }
                return words;
            }
            Test::Any | Test::Is(_) | Test::Not(_) | Test::All(_) => Vec::new(),
        };
        self.shared(symbols)
    }

    /// The set of these words; the same set for the same words, however often patterns name them.
    pub fn shared(&mut self, symbols: Vec<Symbol>) -> Words {
        let words = Words::new(symbols);
        let known = self.sets.entry(words.as_slice().to_vec()).or_insert(words);
        known.clone()
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
            Pattern::Token(test) => self.words_of_test(test).as_slice().to_vec(),
            _ => Vec::new(),
        }
    }

    /// The words of a list of single words; none if there is no such list.
    pub fn words_of_list(&mut self, name: &str) -> Words {
        let Some(list) = self.macros.get(name).cloned() else { return Words::default() };
        let name = Name { text: name.to_owned(), span: 0..0 };
        let words = self.list_words(&list, &name, 0);
        self.shared(words)
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
        if wanted == PROPER {
            return Check { proper: Some(true), ..Check::default() };
        }
        if let Some((_, traits)) = Traits::NAMED.iter().find(|(name, _)| *name == wanted) {
            return Check::traits(*traits);
        }
        let known = || Traits::NAMED.iter().map(|(name, _)| *name).chain([PROPER]);
        let hint = nearest(wanted, known()).map_or_else(
            || format!("one of: {}", known().collect::<Vec<_>>().join(", ")),
            |name| format!("did you mean is={name}?"),
        );
        self.problem(Code::UnknownProperty, name.span.clone(), format!("no token is '{wanted}'"), Some(hint));
        Check::any()
    }
}
