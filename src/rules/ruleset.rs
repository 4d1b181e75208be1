//! Rules that have been checked and compiled: the only form in which they can run.

use super::ast::{Anaphor, Context, Example, Overlap, Place, Spoken};
use super::grammar::{Grammar, Listed};
use super::index::Indexes;
use super::program::{Program, Symbols};
use super::types::{Type, TypeSet};
use crate::fact::{Confidence, RuleRef};
use crate::ontology::RelationId;

/// A variable of a rule: index into its captures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Var(pub u8);

impl Var {
    /// `?this`: what a mention rule finds.
    pub const THIS: Var = Var(0);
}

/// Which part of a value is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// The first day of a date or range.
    Start,
    /// The last day of a date or range.
    End,
    /// One more than a number.
    Next,
    /// The year of a date.
    Year,
    /// The first of so many days of which a date, or the end of an event, is the last.
    Back(Var),
    /// That day of those that begin with a date, or with an event; the first is 1.
    Nth(Var),
}

/// The object of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// What a variable is bound to.
    Var(Var, Part),
    /// A whole number.
    Number(i64),
}

/// A triple with variables; one with an unbound variable is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The subject.
    pub subject: Var,
    /// The relation.
    pub relation: RelationId,
    /// The object.
    pub object: Object,
}

/// The kinds of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Finds mentions.
    Mention,
    /// A fixed sequence.
    Span,
    /// A trigger and its roles.
    Frame,
    /// A head and its items.
    List,
    /// A label and its value.
    Field,
    /// Facts from facts.
    Derive,
}

impl Kind {
    /// The keyword with which a rule of this kind begins.
    pub fn keyword(self) -> &'static str {
        ["mention", "span", "frame", "list", "field", "derive"][self as usize]
    }
}

/// A context in which a rule does not fire.
#[derive(Clone, Debug)]
pub struct Unless {
    /// Of a list: beside its items, and not beside its head.
    pub item: bool,
    /// Where it is looked for.
    pub context: Context,
    /// What is looked for; [`Context::Before`] has the end of the stretch as its last instruction.
    pub program: Program,
    /// The pattern as it is written.
    pub words: String,
}

impl Unless {
    /// The word behind `unless`, with a blank; empty for the clause.
    pub fn keyword(&self) -> &'static str {
        match self.item {
            false => ["before ", "after ", "", "sentence "][self.context as usize],
            true => ["item before ", "item after ", "item ", "item sentence "][self.context as usize],
        }
    }
}

impl Info {
    /// Whether the rule is for announcements of this language; it is for those that do not say theirs.
    pub fn speaks(&self, language: Option<&str>) -> bool {
        let (Some(own), Some(language)) = (&self.language, language) else { return true };
        let rest =
            language.get(..own.len()).filter(|start| start.eq_ignore_ascii_case(own)).map(|_| &language[own.len()..]);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
    }
}

/// What all rules have.
#[derive(Clone, Debug)]
pub struct Info {
    /// What kind of rule it is.
    pub kind: Kind,
    /// Name and version.
    pub rule: RuleRef,
    /// What it says about itself.
    pub doc: String,
    /// The file it stands in, as [`Profile::place`](crate::profile::Profile::place) calls it.
    pub file: String,
    /// The line of its name, from 1.
    pub line: usize,
    /// The language of the announcements that it is for, as a BCP 47 tag; none for all.
    pub language: Option<String>,
    /// How sure it is.
    pub confidence: Confidence,
    /// The variable that stands for what is spoken of, its type, and how it is looked for.
    pub of: Option<(Var, TypeSet, Spoken)>,
    /// Contexts in which it does not fire.
    pub unless: Vec<Unless>,
    /// What it states.
    pub then: Vec<Template>,
    /// The types that its variables must have; empty for captured words.
    pub vars: Vec<TypeSet>,
    /// Which of them stand for each mention of their types within what is captured.
    pub each: Vec<bool>,
    /// Names of its variables.
    pub var_names: Vec<String>,
    /// Its examples.
    pub examples: Vec<Example>,
}

/// Finds mentions.
#[derive(Clone, Debug)]
pub struct MentionRule {
    /// What all rules have.
    pub info: Info,
    /// What it finds.
    pub ty: Type,
    /// It refers to something named elsewhere.
    pub anaphor: Option<Anaphor>,
    /// The capture that is the name; [`Var::THIS`] for the whole match.
    pub name: Var,
    /// The patterns.
    pub matches: Vec<Program>,
    /// The pass in which it runs, from 0.
    pub stage: u8,
    /// It looks only behind what this finds: in the rest of the sentence, or in the list below.
    pub head: Option<Program>,
    /// Within its stage, the higher prevails.
    pub priority: u8,
    /// What it does where its matches overlap others.
    pub overlap: Overlap,
}

/// Finds relations in a fixed sequence.
#[derive(Clone, Debug)]
pub struct SpanRule {
    /// What all rules have.
    pub info: Info,
    /// The patterns.
    pub matches: Vec<Program>,
}

/// A role of a frame.
#[derive(Clone, Debug)]
pub struct FrameRole {
    /// Where to look.
    pub place: Place,
    /// What it binds.
    pub var: Var,
    /// The type it must have.
    pub ty: TypeSet,
    /// Whether the frame fires without it.
    pub optional: bool,
    /// The prepositions of a mark.
    pub after: Option<Program>,
}

/// Finds relations around a trigger.
#[derive(Clone, Debug)]
pub struct FrameRule {
    /// What all rules have.
    pub info: Info,
    /// The trigger.
    pub trigger: Program,
    /// The roles.
    pub roles: Vec<FrameRole>,
}

/// Finds relations between a head and its items.
#[derive(Clone, Debug)]
pub struct ListRule {
    /// What all rules have.
    pub info: Info,
    /// The head.
    pub head: Program,
    /// An item.
    pub item: Program,
}

/// Finds relations in a label and its value.
#[derive(Clone, Debug)]
pub struct FieldRule {
    /// What all rules have.
    pub info: Info,
    /// The label.
    pub label: Program,
    /// The value.
    pub value: Program,
}

/// Derives facts from facts.
#[derive(Clone, Debug)]
pub struct DeriveRule {
    /// What all rules have.
    pub info: Info,
    /// What must be stated.
    pub when: Vec<Template>,
}

/// The rules of a profile.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// The words they name.
    pub symbols: Symbols,
    /// By stage.
    pub mentions: Vec<MentionRule>,
    /// In file order.
    pub spans: Vec<SpanRule>,
    /// In file order.
    pub frames: Vec<FrameRule>,
    /// In file order.
    pub lists: Vec<ListRule>,
    /// In file order.
    pub fields: Vec<FieldRule>,
    /// In file order.
    pub derivations: Vec<DeriveRule>,
    /// The patterns of all of them by what they need.
    pub indexes: Indexes,
    /// What the program itself must know of the language.
    pub grammar: Grammar,
}

/// A rule of any kind.
#[derive(Clone, Copy, Debug)]
pub enum Rule<'a> {
    /// With its index in [`RuleSet::mentions`].
    Mention(usize, &'a MentionRule),
    /// A fixed sequence.
    Span(&'a SpanRule),
    /// A trigger and its roles.
    Frame(&'a FrameRule),
    /// A head and its items.
    List(&'a ListRule),
    /// A label and its value.
    Field(&'a FieldRule),
    /// Facts from facts.
    Derive(&'a DeriveRule),
}

impl<'a> Rule<'a> {
    /// What all rules have.
    pub fn info(self) -> &'a Info {
        match self {
            Rule::Mention(_, rule) => &rule.info,
            Rule::Span(rule) => &rule.info,
            Rule::Frame(rule) => &rule.info,
            Rule::List(rule) => &rule.info,
            Rule::Field(rule) => &rule.info,
            Rule::Derive(rule) => &rule.info,
        }
    }
}

impl RuleSet {
    /// All rules: those of mentions first, then spans, frames, lists, fields and derivations.
    pub fn rules(&self) -> impl Iterator<Item = Rule<'_>> {
        let mentions = self.mentions.iter().enumerate().map(|(index, rule)| Rule::Mention(index, rule));
        mentions
            .chain(self.spans.iter().map(Rule::Span))
            .chain(self.frames.iter().map(Rule::Frame))
            .chain(self.lists.iter().map(Rule::List))
            .chain(self.fields.iter().map(Rule::Field))
            .chain(self.derivations.iter().map(Rule::Derive))
    }

    /// The rule of this name.
    pub fn rule(&self, name: &str) -> Option<Rule<'_>> {
        self.rules().find(|rule| rule.info().rule.name == name)
    }

    /// Whether a folded word stands in a list.
    pub fn lists(&self, list: Listed, word: &str) -> bool {
        self.grammar.has(list, self.symbols.get(word))
    }

    /// What all rules have, of all rules, in a fixed order.
    pub fn infos(&self) -> impl Iterator<Item = &Info> {
        self.rules().map(Rule::info)
    }
}
