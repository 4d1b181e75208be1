//! What a pattern asks for, in words: for those who look why a rule did not match.

use super::needs::{Literals, Needs};
use super::program::{Inst, Symbol};
use super::ruleset::RuleSet;
use super::traits::{Check, Traits};
use super::types::{TypeSet, ValueType};
use crate::ontology::Ontology;

/// How many words of a list are named.
const WORDS: usize = 6;

impl RuleSet {
    /// What an instruction asks for: `"launch" or "launched"`, `@City`, `is=year`. Empty if it asks for nothing.
    pub fn describe(&self, inst: &Inst, ontology: &Ontology) -> String {
        match inst {
            Inst::Token(check) => self.describe_check(check),
            Inst::Switch(table) => self.describe_words(table.words().as_slice()),
            Inst::Mention(types) => describe_types(*types, ontology),
            Inst::Start => "the beginning (<)".to_owned(),
            Inst::End => "the end (>)".to_owned(),
            Inst::Absent(types) => format!("no {}", describe_types(*types, ontology)),
            Inst::Border => "the border of a block (<< or >>)".to_owned(),
            Inst::Split(..) | Inst::Jump(_) | Inst::Save(_) | Inst::Match => String::new(),
        }
    }

    /// What a text must hold for a pattern to match in it.
    pub fn describe_needs(&self, needs: &Needs, ontology: &Ontology) -> String {
        let condition = |literals: &Literals| {
            let words = Some(literals.words.as_slice()).filter(|w| !w.is_empty()).map(|w| self.describe_words(w));
            let types = Some(literals.types).filter(|t| !t.is_empty()).map(|t| describe_types(t, ontology));
            words.into_iter().chain(types).collect::<Vec<_>>().join(" or ")
        };
        needs.conditions().iter().map(condition).collect::<Vec<_>>().join(", and ")
    }

    fn describe_check(&self, check: &Check) -> String {
        if check.none == Traits::STOP && *check == Check::any() {
            return "any word".to_owned();
        }
        let named = |traits: Traits| {
            let of = Traits::NAMED.iter().filter(move |(_, one)| traits.has(*one));
            of.map(|(name, _)| format!("is={name}"))
        };
        let proper = |wanted: bool| (check.proper == Some(wanted)).then(|| "is=proper".to_owned());
        let words = check.words.as_ref().map(|words| self.describe_words(words.as_slice()));
        let others = check.others.as_ref().map(|words| self.describe_words(words.as_slice()));
        let asked = words.into_iter().chain(named(check.all)).chain(proper(true));
        let barred = named(check.none).chain(proper(false)).chain(others);
        asked.chain(barred.map(|what| format!("not {what}"))).collect::<Vec<_>>().join(" and ")
    }

    fn describe_words(&self, words: &[Symbol]) -> String {
        let mut named: Vec<&str> = words.iter().map(|w| self.symbols.word(*w)).collect();
        named.sort_unstable();
        let more = named.len().saturating_sub(WORDS);
        named.truncate(WORDS);
        let named = named.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(" or ");
        if more == 0 { named } else { format!("{named} or {more} more words") }
    }
}

/// The types of a set as rules write them, without those that others hold: `@Event or @Date`.
pub fn describe_types(types: TypeSet, ontology: &Ontology) -> String {
    let classes = types.classes().iter().filter(|class| {
        let above = ontology[*class].ancestors.intersection(types.classes());
        above == crate::ontology::ClassSet::from(*class)
    });
    let mut names: Vec<String> = classes.map(|class| format!("@{}", ontology[class].name)).collect();
    let value = |(value, _): &&(ValueType, &str)| types.contains(super::types::Type::Value(*value));
    names.extend(ValueType::ALL.iter().filter(value).map(|(_, name)| format!("@{name}")));
    names.join(" or ")
}
