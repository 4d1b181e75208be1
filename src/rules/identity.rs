//! What rules are, one by one and without the numbers that compiling gives them: to tell, when rules have changed, which
//! texts that can touch.
//!
//! A rule that needs a word which a text does not have cannot fire there: neither the old wording nor the new one. Three more
//! things join rules that do not know each other: their order, the lists of words that the stages must know, and the words of
//! which all rules together know that they may be participles. A change of order reaches everywhere, one of words the texts
//! that have them.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    needs::Needs,
    program::{Program, Symbols},
    ruleset::{Info, Rule, RuleSet},
    types::TypeSet,
    words::Words,
};

/// What the rules of a profile are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesIdentity {
    rules: Vec<RuleIdentity>,
    /// The words of the language that the stages must know, list by list, each sorted.
    grammar: Vec<Vec<String>>,
    /// The words that rules name and that may be participles, sorted.
    participles: Vec<String>,
}

/// What one rule is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct RuleIdentity {
    name: String,
    /// A hash of all that it does.
    hash: String,
    /// For each of its patterns: words, one of each list of which must be in a text for the pattern to match there. A rule
    /// without patterns may fire anywhere.
    needs: Vec<Vec<Vec<String>>>,
}

/// Words that decide whether a text can be touched by a change of rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulesChange {
    /// For each pattern of a changed rule: lists of words, one of each of which must be there.
    patterns: Vec<Vec<Vec<String>>>,
    /// Words that mean something else to rules that have not changed.
    words: Vec<String>,
}

impl RulesChange {
    /// Whether a text with these words (folded) may be read differently.
    pub fn may_touch(&self, has: &dyn Fn(&str) -> bool) -> bool {
        self.words.iter().any(|word| has(word))
            || self.patterns.iter().any(|lists| lists.iter().all(|list| list.iter().any(|word| has(word))))
    }

    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty() && self.words.is_empty()
    }
}

impl RuleSet {
    /// What the rules are.
    pub fn identity(&self) -> RulesIdentity {
        let symbols = &self.symbols;
        let words = |list: &Words| {
            let mut words: Vec<String> =
                list.as_slice().iter().map(|symbol| symbols.word(*symbol).to_owned()).collect();
            words.sort();
            words
        };
        let rules = self.rules().map(|rule| RuleIdentity {
            name: rule.info().rule.name.clone(),
            hash: hash(rule, symbols),
            needs: patterns(rule).into_iter().map(|program| needs(&program.needs, &words)).collect(),
        });
        let mut participles: Vec<String> = (1..symbols.len() as u32)
            .map(super::Symbol)
            .filter(|symbol| symbols.may_be_participle(*symbol))
            .map(|symbol| symbols.word(symbol).to_owned())
            .collect();
        participles.sort();
        RulesIdentity { rules: rules.collect(), grammar: self.grammar.lists.iter().map(words).collect(), participles }
    }
}

impl RulesIdentity {
    /// What has changed since `old`; None if that can touch any text.
    pub fn since(&self, old: &RulesIdentity) -> Option<RulesChange> {
        let is_in = |rule: &RuleIdentity, rules: &RulesIdentity| rules.rules.iter().any(|other| other == rule);
        let kept = |rules: &RulesIdentity, others: &RulesIdentity| -> Vec<String> {
            rules.rules.iter().filter(|rule| is_in(rule, others)).map(|rule| rule.name.clone()).collect()
        };
        if self.grammar.len() != old.grammar.len() || kept(self, old) != kept(old, self) {
            return None;
        }
        let mut change = RulesChange::default();
        let gone = old.rules.iter().filter(|rule| !is_in(rule, self));
        let new = self.rules.iter().filter(|rule| !is_in(rule, old));
        for rule in gone.chain(new) {
            if rule.needs.is_empty() || rule.needs.iter().any(Vec::is_empty) {
                return None;
            }
            change.patterns.extend(rule.needs.iter().cloned());
        }
        let other = |words: &[String], others: &[String]| -> Vec<String> {
            words.iter().filter(|word| others.binary_search(word).is_err()).cloned().collect()
        };
        let lists = self.grammar.iter().zip(&old.grammar).chain([(&self.participles, &old.participles)]);
        change.words = lists.flat_map(|(new, old)| [other(new, old), other(old, new)]).flatten().collect();
        Some(change)
    }
}

/// The patterns one of which must match for a rule to fire.
fn patterns(rule: Rule<'_>) -> Vec<&Program> {
    match rule {
        Rule::Mention(_, rule) => match &rule.head {
            Some(head) => vec![head],
            None => rule.matches.iter().collect(),
        },
        Rule::Span(rule) => rule.matches.iter().collect(),
        Rule::Frame(rule) => vec![&rule.trigger],
        Rule::List(rule) => vec![&rule.head],
        Rule::Field(rule) => vec![&rule.label],
        Rule::Derive(_) => Vec::new(),
    }
}

/// The lists of words, one of each of which a text must have; mentions may be anywhere.
fn needs(needs: &Needs, words: &dyn Fn(&Words) -> Vec<String>) -> Vec<Vec<String>> {
    let of_words = needs.conditions().iter().filter(|literals| literals.types == TypeSet::EMPTY);
    of_words.map(|literals| words(&literals.words)).collect()
}

/// A hash of all that a rule does. Its text alone does not say that: it may use lists of words from elsewhere.
fn hash(rule: Rule<'_>, symbols: &Symbols) -> String {
    let bare =
        |info: &Info| Info { doc: String::new(), file: String::new(), line: 0, examples: Vec::new(), ..info.clone() };
    let text = match rule {
        Rule::Mention(_, rule) => format!("{:?}", super::MentionRule { info: bare(&rule.info), ..rule.clone() }),
        Rule::Span(rule) => format!("{:?}", super::SpanRule { info: bare(&rule.info), ..rule.clone() }),
        Rule::Frame(rule) => format!("{:?}", super::FrameRule { info: bare(&rule.info), ..rule.clone() }),
        Rule::List(rule) => format!("{:?}", super::ListRule { info: bare(&rule.info), ..rule.clone() }),
        Rule::Field(rule) => format!("{:?}", super::FieldRule { info: bare(&rule.info), ..rule.clone() }),
        Rule::Derive(rule) => format!("{:?}", super::DeriveRule { info: bare(&rule.info), ..rule.clone() }),
    };
    Sha256::digest(spelled(&text, symbols)).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The text with words instead of the numbers of symbols. Lists of symbols are sorted by number: here, by word.
fn spelled(text: &str, symbols: &Symbols) -> String {
    const MARK: &str = "Symbol(";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut list: Vec<&str> = Vec::new();
    while let Some(at) = rest.find(MARK) {
        let between = &rest[..at];
        if between != ", " {
            flush(&mut list, &mut out);
            out.push_str(between);
        }
        let behind = &rest[at + MARK.len()..];
        let end = behind.find(')').unwrap_or(behind.len());
        let number = behind[..end].parse().unwrap_or(0);
        list.push(symbols.word(super::Symbol(number)));
        rest = behind.get(end + 1..).unwrap_or_default();
    }
    flush(&mut list, &mut out);
    out.push_str(rest);
    out
}

fn flush(list: &mut Vec<&str>, out: &mut String) {
    list.sort_unstable();
    list.drain(..).for_each(|word| {
        out.push('“');
        out.push_str(word);
        out.push('”');
    });
}
