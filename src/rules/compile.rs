//! From the syntax tree of a pattern to its program.

use std::collections::BTreeMap;

use super::ast::{Name, Pattern, Test};
use super::diagnostic::{Code, Span, nearest};
use super::inflect;
use super::joins::Joins;
use super::needs::{Literals, Needs};
use super::program::{Check, Inst, Program, Symbol, Symbols};
use super::ruleset::Var;
use super::starts::Starts;
use super::types::{TypeSet, ValueType};
use crate::ontology::Ontology;
use crate::text::{Shape, fold};

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
];

/// How many steps the pattern of a rule may take to compile: each makes at most one instruction, and matching takes
/// memory for each instruction and token of a sentence. The largest of our own takes a tenth.
const LARGEST: u32 = 20_000;

/// What went wrong: code, place, message, hint.
pub(super) type Problem = (Code, Span, String, Option<String>);

/// The variables of a rule, in the order in which they are met; `?this` is the first.
#[derive(Default)]
pub(super) struct Vars {
    pub names: Vec<String>,
    pub types: Vec<TypeSet>,
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
                Var((self.names.len() - 1) as u8)
            }
        }
    }
}

/// Compiles the patterns of one profile.
pub(super) struct Compiler<'a> {
    pub ontology: &'a Ontology,
    pub macros: BTreeMap<String, Pattern>,
    pub symbols: Symbols,
    pub problems: Vec<Problem>,
    depth: u32,
    /// Steps taken for the pattern at hand.
    steps: u32,
}

impl<'a> Compiler<'a> {
    pub fn new(ontology: &'a Ontology, macros: BTreeMap<String, Pattern>) -> Compiler<'a> {
        Compiler { ontology, macros, symbols: Symbols::default(), problems: Vec::new(), depth: 0, steps: 0 }
    }

    pub fn program(&mut self, pattern: &Pattern, vars: &mut Vars, at: &Span) -> Program {
        let mut insts = Vec::new();
        let mistakes = self.problems.len();
        self.steps = 0;
        let needs = self.emit(pattern, vars, &mut insts);
        insts.push(Inst::Match);
        if self.steps > LARGEST {
            let hint = "repeat less often, or not within repetitions".to_owned();
            self.problem(Code::TooLarge, at.clone(), "a pattern of this rule is too large", Some(hint));
        } else if self.problems.len() == mistakes && fulfilled_by_nothing(&insts) {
            let hint = "let at least one part of it be neither optional nor a border".to_owned();
            self.problem(Code::EmptyMatch, at.clone(), "a pattern of this rule is fulfilled by no words", Some(hint));
        }
        Program { joins: Joins::of(&insts), starts: Starts::of(&insts), insts, needs }
    }

    fn problem(&mut self, code: Code, span: Span, message: impl Into<String>, hint: Option<String>) {
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

    fn list(&mut self, name: &Name) -> Pattern {
        match self.macros.get(&name.text) {
            Some(pattern) => pattern.clone(),
            None => {
                let hint =
                    nearest(&name.text, self.macros.keys().map(String::as_str)).map(|n| format!("did you mean ${n}?"));
                self.problem(
                    Code::UnknownList,
                    name.span.clone(),
                    format!("there is no word list ${}", name.text),
                    hint,
                );
                Pattern::Empty
            }
        }
    }

    /// Appends the instructions of `pattern`; returns what it needs.
    fn emit(&mut self, pattern: &Pattern, vars: &mut Vars, out: &mut Vec<Inst>) -> Needs {
        self.steps += 1;
        if self.steps > LARGEST {
            return Needs::NONE;
        }
        match pattern {
            Pattern::Empty => Needs::NONE,
            Pattern::Token(test) => {
                let check = self.check(test);
                let words = |words: &[Symbol]| Needs::one(Literals::of_words(words.to_vec(), &self.symbols));
                let needs = match &check {
                    Check::Word(list) => words(list),
                    Check::All(all) => all.iter().fold(Needs::NONE, |needs, check| match check {
                        Check::Word(list) => needs.and(words(list)),
                        _ => needs,
                    }),
                    _ => Needs::NONE,
                };
                out.push(Inst::Token(check));
                needs
            }
            Pattern::Mention(name) => {
                let types = self.types(name);
                out.push(Inst::Mention(types));
                Needs::one(Literals::of_types(types))
            }
            Pattern::Macro(name) => {
                if self.depth > 20 {
                    self.problem(Code::UnknownList, name.span.clone(), format!("${} contains itself", name.text), None);
                    return Needs::NONE;
                }
                self.depth += 1;
                let list = self.list(name);
                let needs = self.emit(&list, vars, out);
                self.depth -= 1;
                needs
            }
            Pattern::Sequence(parts) => {
                parts.iter().map(|p| self.emit(p, vars, out)).reduce(Needs::and).unwrap_or_default()
            }
            Pattern::Either(choices) => self.either(choices, vars, out),
            Pattern::Repeat(inner, least, most) => self.repeat(inner, *least, *most, vars, out),
            Pattern::Capture(name, inner) => {
                let types = match &**inner {
                    Pattern::Mention(ty) => self.types(ty),
                    _ => TypeSet::EMPTY,
                };
                let var = vars.bind(&name.text, types);
                out.push(Inst::Save(u32::from(var.0) * 2));
                let needs = self.emit(inner, vars, out);
                out.push(Inst::Save(u32::from(var.0) * 2 + 1));
                needs
            }
            Pattern::Start => {
                out.push(Inst::Start);
                Needs::NONE
            }
            Pattern::End => {
                out.push(Inst::End);
                Needs::NONE
            }
        }
    }

    fn either(&mut self, choices: &[Pattern], vars: &mut Vars, out: &mut Vec<Inst>) -> Needs {
        // Many single words are one test.
        if choices.iter().all(|c| matches!(c, Pattern::Token(Test::Word(_) | Test::Lemma(_)))) {
            let words = choices.iter().flat_map(|c| self.words(c)).collect();
            let words = sorted(words);
            out.push(Inst::Token(Check::Word(words.clone().into())));
            return Needs::one(Literals::of_words(words, &self.symbols));
        }
        let mut needs: Option<Needs> = None;
        let mut jumps = Vec::new();
        for (i, choice) in choices.iter().enumerate() {
            let split = out.len();
            if i + 1 < choices.len() {
                out.push(Inst::Split(split as u32 + 1, 0));
            }
            let need = self.emit(choice, vars, out);
            needs = Some(match needs {
                Some(needs) => needs.or(&need),
                None => need,
            });
            if i + 1 < choices.len() {
                jumps.push(out.len());
                out.push(Inst::Jump(0));
                out[split] = Inst::Split(split as u32 + 1, out.len() as u32);
            }
        }
        let end = out.len() as u32;
        for jump in jumps {
            out[jump] = Inst::Jump(end);
        }
        needs.unwrap_or_default()
    }

    fn words(&mut self, choice: &Pattern) -> Vec<Symbol> {
        match choice {
            Pattern::Token(test) => match self.check(test) {
                Check::Word(words) => words.to_vec(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn repeat(&mut self, inner: &Pattern, least: u32, most: u32, vars: &mut Vars, out: &mut Vec<Inst>) -> Needs {
        let mut needs = Needs::NONE;
        for _ in 0..least {
            needs = needs.and(self.emit(inner, vars, out));
        }
        let mut splits = Vec::new();
        for _ in least..most {
            splits.push(out.len());
            out.push(Inst::Split(out.len() as u32 + 1, 0));
            self.emit(inner, vars, out);
        }
        let end = out.len() as u32;
        for split in splits {
            out[split] = Inst::Split(split as u32 + 1, end);
        }
        needs
    }

    fn check(&mut self, test: &Test) -> Check {
        match test {
            Test::Any => Check::Any,
            Test::Word(words) => Check::Word(sorted(words.iter().map(|w| self.symbols.intern(w)).collect()).into()),
            Test::Lemma(lemmas) => {
                let forms = lemmas.iter().flat_map(|l| inflect::forms(&fold(l)));
                let symbols = forms.map(|f| self.symbols.intern(&f)).collect();
                Check::Word(sorted(symbols).into())
            }
            Test::Is(name) => self.property(name),
            Test::Macro(name) => {
                let list = self.list(name);
                let words = self.list_words(&list, name, 0);
                Check::Word(sorted(words).into())
            }
            Test::Not(inner) => Check::Not(Box::new(self.check(inner))),
            Test::All(tests) => Check::All(tests.iter().map(|t| self.check(t)).collect()),
        }
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
        let known = || SHAPES.iter().map(|(name, _)| *name).chain(PROPERTIES.iter().map(|(name, _)| *name));
        let hint = nearest(wanted, known()).map_or_else(
            || format!("one of: {}", known().collect::<Vec<_>>().join(", ")),
            |name| format!("did you mean is={name}?"),
        );
        self.problem(Code::UnknownProperty, name.span.clone(), format!("no token is '{wanted}'"), Some(hint));
        Check::Any
    }
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
            Inst::Token(_) | Inst::Mention(_) => {}
            Inst::Split(first, second) => open.extend([*first as usize, *second as usize]),
            Inst::Jump(target) => open.push(*target as usize),
            Inst::Save(_) | Inst::Start | Inst::End => open.push(at + 1),
        }
    }
    false
}

fn sorted(mut symbols: Vec<Symbol>) -> Vec<Symbol> {
    symbols.sort_unstable();
    symbols.dedup();
    symbols
}
