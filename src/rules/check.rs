//! From the syntax tree to rules that can run: everything that a rule names must exist, every variable must be bound,
//! and a relation must fit its domain and range.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::ast::{self, File, Kind, Name, Rule, Term};
use super::compile::{Compiler, Vars};
use super::diagnostic::{Code, Diagnostic, Span, nearest};
use super::program::Program;
use super::ruleset::{
    self, DeriveRule, FieldRule, FrameRole, FrameRule, Info, ListRule, MentionRule, Object, Part, RuleSet, SpanRule,
    Template, Unless, Var,
};
use super::types::{Type, TypeSet, ValueType};
use crate::fact::{Confidence, RuleRef};
use crate::ontology::{ClassSet, Ontology, Range};

/// How many variables a rule may have: a variable is a number of eight bits.
const MOST_VARIABLES: usize = 200;

/// A parsed rule file with its name and text.
pub(super) struct Source<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub file: File,
}

/// Checks and compiles all files of a profile together: word lists and names are shared between them.
pub(super) fn check(sources: &[Source<'_>], ontology: &Ontology, diagnostics: &mut Vec<Diagnostic>) -> RuleSet {
    let mut macros = BTreeMap::new();
    let mut names: BTreeMap<&str, ()> = BTreeMap::new();
    for source in sources {
        for (name, pattern) in &source.file.macros {
            if macros.insert(name.text.clone(), pattern.clone()).is_some() {
                diagnostics.push(duplicate(source, name, "word list"));
            }
        }
        for rule in &source.file.rules {
            if names.insert(&rule.name.text, ()).is_some() {
                diagnostics.push(duplicate(source, &rule.name, "rule"));
            }
        }
    }
    let mut checker = Checker { compiler: Compiler::new(ontology, macros), set: RuleSet::default() };
    for source in sources {
        for rule in &source.file.rules {
            checker.rule(rule, source);
        }
        for (code, span, message, hint) in checker.compiler.problems.drain(..) {
            let diagnostic = Diagnostic::new(code, source.name, source.text, span, message);
            diagnostics.push(Diagnostic { hint, ..diagnostic });
        }
    }
    checker.set.mentions.sort_by_key(|r| r.stage);
    checker.set.symbols = checker.compiler.symbols;
    checker.set
}

fn duplicate(source: &Source<'_>, name: &Name, what: &str) -> Diagnostic {
    let message = format!("there is another {what} named {}", name.text);
    Diagnostic::new(Code::Duplicate, source.name, source.text, name.span.clone(), message).hint("give it another name")
}

struct Checker<'a> {
    compiler: Compiler<'a>,
    set: RuleSet,
}

impl Checker<'_> {
    fn problem(&mut self, code: Code, span: &Span, message: String, hint: Option<String>) {
        self.compiler.problems.push((code, span.clone(), message, hint));
    }

    fn rule(&mut self, rule: &Rule, source: &Source<'_>) {
        let mut vars = Vars::default();
        vars.bind("this", TypeSet::EMPTY);
        match &rule.kind {
            Kind::Mention { ty, anaphor, name, head } => {
                let types = self.compiler.types(ty);
                let matches = self.programs(rule, &mut vars);
                let mut none = Vars::default();
                let head = head.as_ref().map(|head| self.compiler.program(head, &mut none, &rule.span));
                vars.types[0] = types;
                let name = match name {
                    Some(name) => self.var(name, &vars),
                    None => Var::THIS,
                };
                let ty = self.exact_type(ty);
                let info = self.info(rule, source, vars);
                let rule = MentionRule { info, ty, anaphor: *anaphor, name, matches, stage: rule.stage, head };
                self.set.mentions.push(rule);
            }
            Kind::Span => {
                let matches = self.programs(rule, &mut vars);
                let info = self.info(rule, source, vars);
                self.set.spans.push(SpanRule { info, matches });
            }
            Kind::Frame { trigger, roles } => {
                let trigger = self.compiler.program(trigger, &mut vars, &rule.span);
                let roles = roles.iter().map(|role| self.role(role, &mut vars)).collect();
                let info = self.info(rule, source, vars);
                self.set.frames.push(FrameRule { info, trigger, roles });
            }
            Kind::List { head, item } => {
                let head = self.compiler.program(head, &mut vars, &rule.span);
                let item = self.compiler.program(item, &mut vars, &rule.span);
                let info = self.info(rule, source, vars);
                self.set.lists.push(ListRule { info, head, item });
            }
            Kind::Field { label, value } => {
                let label = self.compiler.program(label, &mut vars, &rule.span);
                let value = self.compiler.program(value, &mut vars, &rule.span);
                let info = self.info(rule, source, vars);
                self.set.fields.push(FieldRule { info, label, value });
            }
            Kind::Derive { when } => {
                for triple in when {
                    self.bind_triple(triple, &mut vars);
                }
                let when = self.templates(when, &vars);
                let info = self.info(rule, source, vars);
                self.set.derivations.push(DeriveRule { info, when });
            }
        }
    }

    /// In a derivation, the relations themselves say what their variables are.
    fn bind_triple(&mut self, triple: &ast::Triple, vars: &mut Vars) {
        let relation = self.compiler.ontology.relation(&triple.relation.text).map(|r| &self.compiler.ontology[r]);
        let domain = relation.map_or(ClassSet::EMPTY, |r| r.domain);
        let range = match relation.map(|r| &r.range) {
            Some(Range::Things(classes)) => *classes,
            _ => ClassSet::EMPTY,
        };
        vars.bind(&triple.subject.text, TypeSet::of_classes(domain));
        if let Term::Var(name, _) = &triple.object {
            vars.bind(&name.text, TypeSet::of_classes(range));
        }
    }

    fn programs(&mut self, rule: &Rule, vars: &mut Vars) -> Vec<Program> {
        rule.matches.iter().map(|p| self.compiler.program(p, vars, &rule.span)).collect()
    }

    /// The type itself, without its subclasses.
    fn exact_type(&self, name: &Name) -> Type {
        match self.compiler.ontology.class(&name.text) {
            Some(class) => Type::Class(class),
            None => {
                let value = ValueType::ALL.iter().find(|(_, n)| *n == name.text).map_or(ValueType::Quote, |(v, _)| *v);
                Type::Value(value)
            }
        }
    }

    fn role(&mut self, role: &ast::Role, vars: &mut Vars) -> FrameRole {
        let ty = self.compiler.types(&role.ty);
        let var = vars.bind(&role.var.text, ty);
        let mut none = Vars::default();
        let after = role.after.as_ref().map(|p| self.compiler.program(p, &mut none, &role.var.span));
        FrameRole { place: role.place, var, ty, optional: role.optional, after }
    }

    fn info(&mut self, rule: &Rule, source: &Source<'_>, mut vars: Vars) -> Info {
        let of = rule.of.as_ref().map(|(var, ty, spoken)| {
            let types = self.compiler.types(ty);
            (vars.bind(&var.text, types), types, *spoken)
        });
        if vars.names.len() > MOST_VARIABLES {
            let message = format!("this rule has more than {MOST_VARIABLES} variables");
            self.problem(Code::TooLarge, &rule.span, message, None);
        }
        let mut none = Vars::default();
        let unless = rule.unless.iter().map(|u| self.unless(u, &mut none, source)).collect();
        let then = self.templates(&rule.then, &vars);
        let text = source.text.get(rule.span.clone()).unwrap_or_default();
        let version = Sha256::digest(text.trim_end().as_bytes()).iter().take(4).map(|b| format!("{b:02x}")).collect();
        Info {
            kind: match rule.kind {
                Kind::Mention { .. } => ruleset::Kind::Mention,
                Kind::Span => ruleset::Kind::Span,
                Kind::Frame { .. } => ruleset::Kind::Frame,
                Kind::List { .. } => ruleset::Kind::List,
                Kind::Field { .. } => ruleset::Kind::Field,
                Kind::Derive { .. } => ruleset::Kind::Derive,
            },
            rule: RuleRef { name: rule.name.text.clone(), version },
            doc: rule.doc.clone(),
            file: source.name.to_owned(),
            line: source.text[..rule.name.span.start].matches('\n').count() + 1,
            confidence: Confidence::from_thousandths(rule.confidence),
            of,
            unless,
            then,
            vars: vars.types,
            var_names: vars.names,
            examples: rule.examples.clone(),
        }
    }

    fn unless(&mut self, unless: &ast::Unless, vars: &mut Vars, source: &Source<'_>) -> Unless {
        // What is looked for before a match ends where the match begins.
        let pattern = match unless.context {
            ast::Context::Before => &ast::Pattern::Sequence(vec![unless.pattern.clone(), ast::Pattern::End]),
            _ => &unless.pattern,
        };
        let program = self.compiler.program(pattern, vars, &unless.span);
        let words = source.text.get(unless.span.clone()).unwrap_or_default().to_owned();
        Unless { context: unless.context, program, words }
    }

    fn var(&mut self, name: &Name, vars: &Vars) -> Var {
        vars.get(&name.text).unwrap_or_else(|| {
            let hint =
                nearest(&name.text, vars.names.iter().map(String::as_str)).map(|n| format!("did you mean ?{n}?"));
            self.problem(Code::UnboundVariable, &name.span, format!("nothing binds ?{}", name.text), hint);
            Var::THIS
        })
    }

    fn templates(&mut self, triples: &[ast::Triple], vars: &Vars) -> Vec<Template> {
        triples.iter().filter_map(|t| self.template(t, vars)).collect()
    }

    fn template(&mut self, triple: &ast::Triple, vars: &Vars) -> Option<Template> {
        let subject = self.var(&triple.subject, vars);
        let object = match &triple.object {
            Term::Number(n) => Object::Number(*n),
            Term::Var(name, part) => Object::Var(self.var(name, vars), self.part(part.as_ref())),
        };
        let Some(relation) = self.compiler.ontology.relation(&triple.relation.text) else {
            let hint =
                self.compiler.ontology.nearest_relation(&triple.relation.text).map(|n| format!("did you mean :{n}?"));
            let message = format!("the ontology has no relation :{}", triple.relation.text);
            self.problem(Code::UnknownRelation, &triple.relation.span, message, hint);
            return None;
        };
        let ontology = self.compiler.ontology;
        let info = &ontology[relation];
        self.fits(&triple.subject, vars, subject, info.domain, &format!("the subject of :{}", info.name));
        if let (Object::Var(var, _), Range::Things(classes), Term::Var(name, _)) = (object, &info.range, &triple.object)
        {
            self.fits(name, vars, var, *classes, &format!("the object of :{}", info.name));
        }
        Some(Template { subject, relation, object })
    }

    fn part(&mut self, part: Option<&Name>) -> Part {
        match part.map(|p| p.text.as_str()) {
            None => Part::Whole,
            Some("start") => Part::Start,
            Some("end") => Part::End,
            Some("next") => Part::Next,
            Some("year") => Part::Year,
            Some(other) => {
                let span = part.map_or(0..0, |p| p.span.clone());
                let message = format!("a value has no '{other}'");
                self.problem(
                    Code::UnknownProperty,
                    &span,
                    message,
                    Some("a date has .start, .end and .year, a number .next".to_owned()),
                );
                Part::Whole
            }
        }
    }

    /// A variable of a class must be able to stand there. Captured words have no type: they become what the relation asks.
    fn fits(&mut self, name: &Name, vars: &Vars, var: Var, allowed: ClassSet, what: &str) {
        let types = vars.types[usize::from(var.0)];
        if types.is_empty() || allowed.meets(types.classes()) {
            return;
        }
        let ontology = self.compiler.ontology;
        let allowed: Vec<&str> = allowed.iter().map(|c| ontology[c].name.as_str()).collect();
        let message = format!("?{} cannot be {what}", name.text);
        self.problem(Code::WrongClass, &name.span, message, Some(format!("{what} is one of: {}", allowed.join(", "))));
    }
}
