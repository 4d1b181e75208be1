//! From the syntax tree of a pattern to its program.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::ast::{List, Name, Pattern};
use super::diagnostic::{Code, Span, nearest};
use super::joins::Joins;
use super::lead::{Lead, Width};
use super::lists::named;
use super::needs::{Literals, Needs};
use super::pattern::of_many_tokens;
use super::program::{Inst, Program, Symbol, Symbols};
use super::ruleset::Var;
use super::starts::Starts;
use super::types::{TypeSet, ValueType};
use super::words::Words;
use crate::ontology::Ontology;

/// How many steps the pattern of a rule may take to compile: each makes at most one instruction, and matching takes
/// memory for each instruction and token of a sentence. The largest of our own takes a tenth.
pub(super) const LARGEST: u32 = 20_000;

/// What went wrong: code, place, message, hint.
pub(super) type Problem = (Code, Span, String, Option<String>);

/// The variables of a rule, in the order in which they are met; `?this` is the first.
#[derive(Default)]
pub(super) struct Vars {
    pub names: Vec<String>,
    pub types: Vec<TypeSet>,
    /// Which of them capture words.
    pub words: Vec<bool>,
    /// Which of them stand for each mention of their types.
    pub each: Vec<bool>,
    /// Whether there is something that `?this` means.
    pub this: bool,
}

impl Vars {
    pub fn get(&self, name: &str) -> Option<Var> {
        self.names.iter().position(|n| n == name).map(|i| Var(i as u8))
    }

    pub fn bind(&mut self, name: &str, types: TypeSet) -> Var {
        match self.get(name) {
            Some(var) => {
                self.types[usize::from(var.0)] = self.types[usize::from(var.0)].union(types);
                var
            }
            None => {
                self.names.push(name.to_owned());
                self.types.push(types);
                self.words.push(false);
                self.each.push(false);
                Var((self.names.len() - 1) as u8)
            }
        }
    }
}

/// Compiles the patterns of one profile.
pub(super) struct Compiler<'a> {
    pub ontology: &'a Ontology,
    pub macros: BTreeMap<String, Rc<Pattern>>,
    /// The words of lists that tests have asked for.
    pub word_lists: FxHashMap<String, Words>,
    /// Whether the list that was looked at last holds anything but words.
    pub has_phrases: bool,
    pub symbols: Symbols,
    /// The sets of words so far, by what is in them.
    pub sets: BTreeMap<Vec<Symbol>, Words>,
    pub problems: Vec<Problem>,
    /// Lists within lists around what is compiled.
    pub depth: u32,
    /// Steps taken for the pattern at hand.
    pub steps: u32,
}

impl<'a> Compiler<'a> {
    pub fn new(ontology: &'a Ontology, macros: BTreeMap<String, Pattern>) -> Compiler<'a> {
        Compiler {
            ontology,
            macros: macros.into_iter().map(|(name, pattern)| (name, Rc::new(pattern))).collect(),
            word_lists: FxHashMap::default(),
            has_phrases: false,
            symbols: Symbols::default(),
            sets: BTreeMap::new(),
            problems: Vec::new(),
            depth: 0,
            steps: 0,
        }
    }

    pub fn program(&mut self, pattern: &Pattern, vars: &mut Vars, at: &Span) -> Program {
        let mut insts = Vec::new();
        let mistakes = self.problems.len();
        self.steps = 0;
        let (needs, _) = self.emit(pattern, vars, &mut insts);
        insts.push(Inst::Match);
        if self.steps > LARGEST {
            let hint = "repeat less often, or not within repetitions".to_owned();
            self.problem(Code::TooLarge, at.clone(), "a pattern of this rule is too large", Some(hint));
        } else if self.problems.len() == mistakes && fulfilled_by_nothing(&insts) {
            let hint = "let at least one part of it be neither optional nor a border".to_owned();
            self.problem(Code::EmptyMatch, at.clone(), "a pattern of this rule is fulfilled by no words", Some(hint));
        }
        let lead = needs.rarest().map(Lead::of);
        Program { joins: Joins::of(&insts), starts: Starts::of(&insts), insts, needs, lead }
    }

    pub fn problem(&mut self, code: Code, span: Span, message: impl Into<String>, hint: Option<String>) {
        // A list is checked where it stands, and not again where it is used.
        if self.depth > 0 {
            return;
        }
        let problem = (code, span, message.into(), hint);
        // A part that is repeated is compiled as often.
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// The types that a name means; an unknown one is reported.
    pub fn types(&mut self, name: &Name) -> TypeSet {
        TypeSet::named(&name.text, self.ontology).unwrap_or_else(|| {
            let values = ValueType::ALL.iter().map(|(_, n)| *n);
            let known = self.ontology.classes().map(|(_, c)| c.name.as_str()).chain(values);
            let hint = nearest(&name.text, known).map(|n| format!("did you mean @{n}?"));
            self.problem(Code::UnknownType, name.span.clone(), format!("there is no type @{}", name.text), hint);
            TypeSet::EMPTY
        })
    }

    pub fn list(&mut self, name: &Name) -> Rc<Pattern> {
        match self.macros.get(&name.text) {
            Some(pattern) => Rc::clone(pattern),
            None => {
                let hint =
                    nearest(&name.text, self.macros.keys().map(String::as_str)).map(|n| format!("did you mean ${n}?"));
                self.problem(
                    Code::UnknownList,
                    name.span.clone(),
                    format!("there is no word list ${}", name.text),
                    hint,
                );
                Rc::new(Pattern::Empty)
            }
        }
    }

    /// Appends the instructions of `pattern`; returns what it needs and the most that it covers.
    pub fn emit(&mut self, pattern: &Pattern, vars: &mut Vars, out: &mut Vec<Inst>) -> (Needs, Width) {
        const NOTHING: (Needs, Width) = (Needs::NONE, Width { tokens: 0, mentions: 0 });
        self.steps += 1;
        if self.steps > LARGEST {
            return NOTHING;
        }
        match pattern {
            Pattern::Empty => NOTHING,
            Pattern::Token(test) => {
                if let Some(pattern) = of_many_tokens(test) {
                    return self.emit(&pattern, vars, out);
                }
                let check = self.check(test);
                let needs = check.words.as_ref().map(|words| Needs::one(Literals::of_words(words, &self.symbols)));
                out.push(Inst::Token(check));
                (needs.unwrap_or_default(), Width::TOKEN)
            }
            Pattern::Mention(name) => {
                let types = self.types(name);
                out.push(Inst::Mention(types));
                (Needs::one(Literals::of_types(types)), Width::MENTION)
            }
            Pattern::Macro(name) => {
                if self.depth > 20 {
                    return NOTHING;
                }
                let list = self.list(name);
                self.depth += 1;
                let needs = self.emit(&list, vars, out);
                self.depth -= 1;
                needs
            }
            Pattern::Sequence(parts) => parts.iter().fold(NOTHING, |(needs, width), part| {
                let (more, wide) = self.emit(part, vars, out);
                (needs.and(more.behind(width)), width.then(wide))
            }),
            Pattern::Either(choices) => self.either(choices, vars, out),
            Pattern::Repeat(inner, least, most) => self.repeat(inner, *least, *most, vars, out),
            Pattern::Capture(name, each, inner) => {
                let types = match each {
                    Some(ty) => Some(self.types(ty)),
                    None => self.types_of(inner, 0),
                };
                let var = vars.bind(&name.text, types.unwrap_or_default());
                vars.words[usize::from(var.0)] |= types.is_none();
                vars.each[usize::from(var.0)] |= each.is_some();
                out.push(Inst::Save(u32::from(var.0) * 2));
                let needs = self.emit(inner, vars, out);
                out.push(Inst::Save(u32::from(var.0) * 2 + 1));
                needs
            }
            Pattern::Start => {
                out.push(Inst::Start);
                NOTHING
            }
            Pattern::End => {
                out.push(Inst::End);
                NOTHING
            }
            Pattern::Border => {
                out.push(Inst::Border);
                NOTHING
            }
            Pattern::Absent(name) => {
                let types = self.types(name);
                out.push(Inst::Absent(types));
                NOTHING
            }
        }
    }

    fn repeat(
        &mut self,
        inner: &Pattern,
        least: u32,
        most: u32,
        vars: &mut Vars,
        out: &mut Vec<Inst>,
    ) -> (Needs, Width) {
        let (mut needs, mut width) = (Needs::NONE, Width::default());
        let mut once = None;
        for _ in 0..least {
            let (more, wide) = self.again(inner, &mut once, vars, out);
            needs = needs.and(more.behind(width));
            width = width.then(wide);
        }
        let mut splits = Vec::new();
        for _ in least..most {
            splits.push(out.len());
            out.push(Inst::Split(out.len() as u32 + 1, 0));
            width = width.then(self.again(inner, &mut once, vars, out).1);
        }
        let end = out.len() as u32;
        for split in splits {
            out[split] = Inst::Split(split as u32 + 1, end);
        }
        (needs, width)
    }

    /// Appends the instructions of a part that is repeated: the first time as any other, then as a copy, at the same price in
    /// steps.
    fn again(
        &mut self,
        inner: &Pattern,
        once: &mut Option<Once>,
        vars: &mut Vars,
        out: &mut Vec<Inst>,
    ) -> (Needs, Width) {
        if let Some(Once { insts, steps, covers }) = once {
            self.steps += *steps;
            if self.steps > LARGEST {
                return Default::default();
            }
            let by = (out.len() - insts.start) as u32;
            out.extend_from_within(insts.clone());
            let copied = out.len() - insts.len();
            out[copied..].iter_mut().for_each(|inst| *inst = inst.moved(by));
            return covers.clone();
        }
        let (start, before) = (out.len(), self.steps);
        let covers = self.emit(inner, vars, out);
        *once = Some(Once { insts: start..out.len(), steps: self.steps - before, covers: covers.clone() });
        covers
    }

    /// The types of the one mention that a pattern matches, whichever way it goes. None if it matches anything else.
    fn types_of(&mut self, pattern: &Pattern, depth: u32) -> Option<TypeSet> {
        match pattern {
            Pattern::Mention(name) => Some(self.types(name)),
            Pattern::Either(choices) => {
                let mut types = TypeSet::EMPTY;
                for choice in choices {
                    types = types.union(self.types_of(choice, depth)?);
                }
                Some(types)
            }
            Pattern::Macro(name) if depth < 20 => {
                let list = Rc::clone(self.macros.get(&name.text)?);
                self.types_of(&list, depth + 1)
            }
            _ => None,
        }
    }

    /// Checks a word list where it stands.
    pub fn list_by_itself(&mut self, list: &List) {
        self.steps = 0;
        let (mut vars, mut insts) = (Vars::default(), Vec::new());
        self.emit(&list.pattern, &mut vars, &mut insts);
        if self.contains_itself(&list.name.text) {
            let message = format!("${} contains itself", list.name.text);
            self.problem(Code::UnknownList, list.name.span.clone(), message, None);
        } else if self.steps > LARGEST {
            let hint = "repeat less often, or not within repetitions".to_owned();
            self.problem(Code::TooLarge, list.name.span.clone(), "this word list is too large", Some(hint));
        }
    }

    /// Whether a list is one of those that it uses.
    fn contains_itself(&self, name: &str) -> bool {
        let mut open = BTreeSet::new();
        let mut found = BTreeSet::new();
        self.macros.get(name).into_iter().for_each(|list| named(list, &mut open));
        while let Some(next) = open.pop_first() {
            if let Some(list) = self.macros.get(&next).filter(|_| found.insert(next.clone())) {
                named(list, &mut open);
            }
        }
        found.contains(name)
    }
}

/// A part of a pattern that has been compiled, with what it needs and the most that it covers.
struct Once {
    insts: Range<usize>,
    steps: u32,
    covers: (Needs, Width),
}

/// Whether the instructions reach their end without a word or mention.
fn fulfilled_by_nothing(insts: &[Inst]) -> bool {
    let mut seen = vec![false; insts.len()];
    let mut open = vec![0];
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        match &insts[at] {
            Inst::Match => return true,
            Inst::Token(_) | Inst::Mention(_) | Inst::Switch(_) => {}
            Inst::Split(first, second) => open.extend([*first as usize, *second as usize]),
            Inst::Jump(target) => open.push(*target as usize),
            Inst::Save(_) | Inst::Start | Inst::End | Inst::Border | Inst::Absent(_) => open.push(at + 1),
        }
    }
    false
}
