//! From the syntax tree to rules that can run: everything that a rule names must exist, every variable must be bound,
//! and a relation must fit its domain and range.

use sha2::{Digest, Sha256};

use super::ast::{self, File, Kind, Name, Rule, Term};
use super::compile::{Compiler, Vars};
use super::diagnostic::{Code, Diagnostic, Span};
use super::grammar::Grammar;
use super::lists::{self, Chosen};
use super::program::Program;
use super::ruleset::{
    self, DeriveRule, FieldRule, FrameRole, FrameRule, Info, ListRule, MentionRule, RuleSet, SpanRule, Template,
    Unless, Var,
};
use super::template::Side;
use super::types::{Type, TypeSet, ValueType};
use crate::fact::{Confidence, RuleRef};
use crate::ontology::{ClassSet, Datatype, Ontology, Range};

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
    let chosen = lists::choose(sources, diagnostics);
    let whole = |parts: &Vec<(&ast::List, usize)>| match &parts[..] {
        [(list, _)] => list.pattern.clone(),
        parts => ast::Pattern::Either(parts.iter().map(|(list, _)| list.pattern.clone()).collect()),
    };
    let macros = chosen.lists.iter().map(|(name, parts)| ((*name).to_owned(), whole(parts))).collect();
    let mut checker = Checker { compiler: Compiler::new(ontology, macros), set: RuleSet::default(), chosen: &chosen };
    let mut report = |compiler: &mut Compiler<'_>, source: &Source<'_>| {
        for (code, span, message, hint) in compiler.problems.drain(..) {
            let diagnostic = Diagnostic::new(code, source.name, source.text, span, message);
            diagnostics.push(Diagnostic { hint, ..diagnostic });
        }
    };
    // Lists first, each by itself: what is wrong in them is said once, and where they stand.
    for (list, file) in chosen.lists.values().flatten() {
        checker.compiler.list_by_itself(list);
        report(&mut checker.compiler, &sources[*file]);
    }
    for (rule, file) in &chosen.rules {
        checker.rule(rule, &sources[*file], sources);
        report(&mut checker.compiler, &sources[*file]);
    }
    let lists = Grammar::LISTS.map(|name| {
        let words = checker.compiler.words_of_list(name);
        if let (Some((_, file)), true) =
            (chosen.lists.get(name).and_then(|p| p.first()), !checker.compiler.problems.is_empty())
        {
            report(&mut checker.compiler, &sources[*file]);
        }
        words
    });
    checker.set.grammar = Grammar { lists };
    checker.set.mentions.sort_by_key(|r| r.stage);
    checker.set.symbols = checker.compiler.symbols;
    checker.set
}

pub(super) struct Checker<'a> {
    pub compiler: Compiler<'a>,
    set: RuleSet,
    chosen: &'a Chosen<'a>,
}

impl Checker<'_> {
    pub fn problem(&mut self, code: Code, span: &Span, message: String, hint: Option<String>) {
        self.compiler.problems.push((code, span.clone(), message, hint));
    }

    fn rule(&mut self, rule: &Rule, source: &Source<'_>, sources: &[Source<'_>]) {
        let mut vars = Vars::default();
        vars.bind("this", TypeSet::EMPTY);
        vars.this = matches!(rule.kind, Kind::Mention { .. });
        let source = &Place { source, sources };
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
                let rule = MentionRule {
                    info,
                    ty,
                    anaphor: *anaphor,
                    name,
                    matches,
                    stage: rule.stage,
                    head,
                    priority: rule.priority,
                    overlap: rule.overlap,
                };
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
                let when = self.when(when, &vars);
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
            Some(Range::Things(classes)) => TypeSet::of_classes(*classes),
            Some(Range::Iri) => TypeSet::value(ValueType::Url),
            Some(range) if range.is_date() => TypeSet::value(ValueType::Date),
            Some(Range::Literals(d)) if d.contains(&Datatype::Integer) => TypeSet::value(ValueType::Number),
            _ => TypeSet::EMPTY,
        };
        vars.bind(&triple.subject.text, TypeSet::of_classes(domain));
        if let Term::Var(name, part) = &triple.object
            && part.as_ref().is_none_or(|(part, _)| part.text != "next")
        {
            vars.bind(&name.text, range);
        }
    }

    /// The premises of a derivation: `?n.next` needs `?n` from a premise before it.
    fn when(&mut self, triples: &[ast::Triple], vars: &Vars) -> Vec<Template> {
        for (at, triple) in triples.iter().enumerate() {
            let Term::Var(name, Some((part, _))) = &triple.object else { continue };
            let bound = |t: &ast::Triple| matches!(&t.object, Term::Var(other, None) if other.text == name.text);
            if part.text == "next" && !triples[..at].iter().any(bound) {
                let message = format!("nothing before it binds ?{}", name.text);
                let hint = "put the triple that states the number first".to_owned();
                self.problem(Code::UnboundVariable, &name.span, message, Some(hint));
            }
        }
        self.templates(triples, vars, Side::When)
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
        let types = role.types.iter().map(|ty| self.compiler.types(ty));
        let ty = types.fold(TypeSet::EMPTY, TypeSet::union);
        let var = vars.bind(&role.var.text, ty);
        let mut none = Vars::default();
        let after = role.after.as_ref().map(|p| self.compiler.program(p, &mut none, &role.var.span));
        FrameRole { place: role.place, var, ty, optional: role.optional, after }
    }

    fn info(&mut self, rule: &Rule, source: &Place<'_>, mut vars: Vars) -> Info {
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
        let side = if matches!(rule.kind, Kind::Derive { .. }) { Side::Derived } else { Side::Then };
        let then = self.templates(&rule.then, &vars, side);
        Info {
            kind: match rule.kind {
                Kind::Mention { .. } => ruleset::Kind::Mention,
                Kind::Span => ruleset::Kind::Span,
                Kind::Frame { .. } => ruleset::Kind::Frame,
                Kind::List { .. } => ruleset::Kind::List,
                Kind::Field { .. } => ruleset::Kind::Field,
                Kind::Derive { .. } => ruleset::Kind::Derive,
            },
            rule: RuleRef { name: rule.name.text.clone(), version: self.version(rule, source) },
            doc: rule.doc.clone(),
            file: source.source.name.to_owned(),
            line: source.source.text[..rule.name.span.start].matches('\n').count() + 1,
            language: rule.language.clone(),
            confidence: Confidence::from_thousandths(rule.confidence),
            of,
            unless,
            then,
            vars: vars.types,
            each: vars.each,
            var_names: vars.names,
            examples: rule.examples.clone(),
        }
    }

    fn unless(&mut self, unless: &ast::Unless, vars: &mut Vars, source: &Place<'_>) -> Unless {
        // What is looked for before a match ends where the match begins.
        let pattern = match unless.context {
            ast::Context::Before => &ast::Pattern::Sequence(vec![unless.pattern.clone(), ast::Pattern::End]),
            _ => &unless.pattern,
        };
        let program = self.compiler.program(pattern, vars, &unless.span);
        let words = source.source.text.get(unless.span.clone()).unwrap_or_default().to_owned();
        Unless { item: unless.item, context: unless.context, program, words }
    }

    /// A hash of the rule's text and of the word lists that it uses: whatever is changed makes it another version.
    fn version(&self, rule: &Rule, place: &Place<'_>) -> String {
        let text =
            |source: &Source<'_>, span: &Span| source.text.get(span.clone()).unwrap_or_default().trim_end().to_owned();
        let mut hash = Sha256::new();
        hash.update(text(place.source, &rule.span));
        for name in lists::used(rule, &self.chosen.lists) {
            for (list, file) in self.chosen.lists.get(name.as_str()).into_iter().flatten() {
                hash.update("\n");
                hash.update(text(&place.sources[*file], &list.span));
            }
        }
        hash.finalize().iter().take(4).map(|b| format!("{b:02x}")).collect()
    }
}

/// The file of a rule, and all others.
struct Place<'a> {
    source: &'a Source<'a>,
    sources: &'a [Source<'a>],
}
