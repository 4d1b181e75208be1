//! What rules state: templates checked against the ontology. Relations must exist, variables be bound, and both sides fit
//! domain and range, literals too.

use super::ast::{self, Name, Term};
use super::check::Checker;
use super::compile::Vars;
use super::diagnostic::{Code, nearest};
use super::ruleset::{Object, Part, Template, Var};
use super::show::describe_types;
use super::types::{Type, TypeSet, ValueType};
use crate::ontology::{ClassSet, Datatype, Range, Relation};

/// What has which parts.
const ACCESSORS: &str = "a date has .start, .end, .year, .back(?n) and .nth(?n), an event .start, .end, .back(?n) and .nth(?n), a number .next";

/// Where a template stands: this decides which accessors have a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// In the `then` of a rule that looks at words.
    Then,
    /// In the `when` of a derivation.
    When,
    /// In the `then` of a derivation.
    Derived,
}

impl Checker<'_> {
    pub fn var(&mut self, name: &Name, vars: &Vars) -> Var {
        let this = name.text == "this" && !vars.this;
        if let Some(var) = vars.get(&name.text).filter(|_| !this) {
            return var;
        }
        let hint = match this {
            true => Some("?this is what a mention rule finds; no other rule has it".to_owned()),
            false => {
                let known = vars.names.iter().map(String::as_str).filter(|known| *known != "this" || vars.this);
                nearest(&name.text, known).map(|n| format!("did you mean ?{n}?"))
            }
        };
        self.problem(Code::UnboundVariable, &name.span, format!("nothing binds ?{}", name.text), hint);
        Var::THIS
    }

    pub fn templates(&mut self, triples: &[ast::Triple], vars: &Vars, side: Side) -> Vec<Template> {
        triples.iter().filter_map(|t| self.template(t, vars, side)).collect()
    }

    fn template(&mut self, triple: &ast::Triple, vars: &Vars, side: Side) -> Option<Template> {
        let known = self.compiler.problems.len();
        let subject = self.var(&triple.subject, vars);
        let object = match &triple.object {
            Term::Number(n) => Object::Number(*n),
            Term::Var(name, part) => {
                let var = self.var(name, vars);
                let types =
                    if vars.get(&name.text).is_some() { vars.types[usize::from(var.0)] } else { TypeSet::EMPTY };
                Object::Var(var, self.part(part.as_ref(), types, vars, side))
            }
        };
        let Some(relation) = self.compiler.ontology.relation(&triple.relation.text) else {
            let hint =
                self.compiler.ontology.nearest_relation(&triple.relation.text).map(|n| format!("did you mean :{n}?"));
            let message = format!("the ontology has no relation :{}", triple.relation.text);
            self.problem(Code::UnknownRelation, &triple.relation.span, message, hint);
            return None;
        };
        if self.compiler.problems.len() == known {
            let info = &self.compiler.ontology[relation];
            self.subject(&triple.subject, vars, subject, info);
            self.object(triple, vars, object, info);
        }
        Some(Template { subject, relation, object })
    }

    fn part(&mut self, part: Option<&(Name, Option<Name>)>, types: TypeSet, vars: &Vars, side: Side) -> Part {
        let Some((name, count)) = part else { return Part::Whole };
        let counted = count.as_ref().map(|count| self.count(count, vars));
        let part = match (name.text.as_str(), counted) {
            ("start", None) => Part::Start,
            ("end", None) => Part::End,
            ("next", None) => Part::Next,
            ("year", None) => Part::Year,
            ("back", Some(count)) => Part::Back(count),
            ("nth", Some(count)) => Part::Nth(count),
            _ => {
                let known = ["start", "end", "next", "year", "back", "nth"];
                let near = nearest(&name.text, known).filter(|near| *near != name.text);
                let hint = near.map(|n| format!("did you mean .{n}?"));
                let hint = hint.unwrap_or_else(|| ACCESSORS.to_owned());
                self.problem(Code::UnknownProperty, &name.span, format!("a value has no '{}'", name.text), Some(hint));
                return Part::Whole;
            }
        };
        let has = |value| types.contains(Type::Value(value));
        let fits = match part {
            Part::Next => has(ValueType::Number) || has(ValueType::Ordinal),
            Part::Year => has(ValueType::Date) || has(ValueType::RelativeDate),
            // The days of an event are those that are stated of it.
            _ => has(ValueType::Date) || has(ValueType::RelativeDate) || !types.classes().is_empty(),
        };
        let hint = match (side, part) {
            (Side::When, Part::Next) | (Side::Derived, Part::Next | Part::Year) => None,
            (Side::When, _) => Some("in `when` a number has .next, and nothing else a part"),
            (Side::Derived, _) => Some("a stated date is one date: leave .start and .end out"),
            _ if !types.is_empty() && !fits => Some(ACCESSORS),
            _ => None,
        };
        if let Some(hint) = hint {
            let message = format!(".{} has no meaning here", name.text);
            self.problem(Code::Accessor, &name.span, message, Some(hint.to_owned()));
        }
        part
    }

    /// The variable that says how many days.
    fn count(&mut self, name: &Name, vars: &Vars) -> Var {
        let var = self.var(name, vars);
        let types = vars.types[usize::from(var.0)];
        let number = [ValueType::Number, ValueType::Ordinal].iter().any(|value| types.contains(Type::Value(*value)));
        if vars.get(&name.text).is_some() && !number {
            let message = format!("?{} is no number", name.text);
            let hint = "capture a number: (?n:@Number) or (?n:@Ordinal)".to_owned();
            self.problem(Code::Accessor, &name.span, message, Some(hint));
        }
        var
    }

    fn subject(&mut self, name: &Name, vars: &Vars, var: Var, relation: &Relation) {
        let types = vars.types[usize::from(var.0)];
        let what = format!("the subject of :{}", relation.name);
        if types.is_empty() {
            if vars.words[usize::from(var.0)] && !vars.this {
                self.words(name, &what, relation.domain);
            }
        } else if !relation.domain.meets(types.classes()) {
            self.wrong(name, &what, relation.domain);
        }
    }

    /// What a variable is bound to must be able to stand there.
    fn object(&mut self, triple: &ast::Triple, vars: &Vars, object: Object, relation: &Relation) {
        let what = format!("the object of :{}", relation.name);
        let (Object::Var(var, part), Term::Var(name, _)) = (object, &triple.object) else {
            let number = |d: &Datatype| matches!(d, Datatype::Integer | Datatype::Decimal);
            if !matches!(&relation.range, Range::Literals(datatypes) if datatypes.iter().any(number)) {
                let message = format!("{what} is no number");
                self.problem(Code::WrongClass, &triple.relation.span, message, Some(self.asked_for(relation)));
            }
            return;
        };
        let types = vars.types[usize::from(var.0)];
        let words = types.is_empty() && vars.words[usize::from(var.0)];
        match &relation.range {
            Range::Things(classes) if words && !vars.this => self.words(name, &what, *classes),
            Range::Things(classes) if !types.is_empty() && !classes.meets(types.classes()) => {
                self.wrong(name, &what, *classes);
            }
            Range::Things(_) => {}
            Range::Literals(_) | Range::Iri if types.is_empty() && !words => {}
            Range::Literals(datatypes) if words || literal(types, part, datatypes) => {}
            Range::Iri if types.contains(Type::Value(ValueType::Url)) => {}
            Range::Literals(_) | Range::Iri => {
                let types = describe_types(types, self.compiler.ontology);
                let message = format!("?{} ({types}) cannot be {what}", name.text);
                self.problem(Code::WrongClass, &name.span, message, Some(self.asked_for(relation)));
            }
        }
    }

    /// What the objects of a relation are, for hints.
    fn asked_for(&self, relation: &Relation) -> String {
        let asked = match &relation.range {
            Range::Things(classes) => self.compiler.ontology.describe(*classes),
            Range::Iri => "a web address (@Url)".to_owned(),
            Range::Literals(_) if relation.range.is_date() => "a date (@Date)".to_owned(),
            Range::Literals(datatypes) if datatypes.contains(&Datatype::String) => "words".to_owned(),
            Range::Literals(_) => "a number (@Number or @Ordinal)".to_owned(),
        };
        format!("the object of :{} is {asked}", relation.name)
    }

    fn wrong(&mut self, name: &Name, what: &str, allowed: ClassSet) {
        let ontology = self.compiler.ontology;
        let allowed: Vec<&str> = allowed.iter().map(|c| ontology[c].name.as_str()).collect();
        let message = format!("?{} cannot be {what}", name.text);
        let hint = format!("{what} is one of: {}", allowed.join(", "));
        self.problem(Code::WrongClass, &name.span, message, Some(hint));
    }

    fn words(&mut self, name: &Name, what: &str, allowed: ClassSet) {
        let message = format!("?{} is captured words, and {what} is a thing", name.text);
        let class = self.compiler.ontology.describe(allowed);
        let class = class.split(" or ").next().unwrap_or_default().to_owned();
        let hint =
            format!("capture a mention: (?{0}:@{class}), or each of several: (?{0} each @{class}: …)", name.text);
        self.problem(Code::Words, &name.span, message, Some(hint));
    }
}

/// Whether one of these values can be a literal of one of the datatypes.
fn literal(types: TypeSet, part: Part, datatypes: &[Datatype]) -> bool {
    let has = |value| types.contains(Type::Value(value));
    let any = |wanted: &[Datatype]| datatypes.iter().any(|d| wanted.contains(d));
    let date = match part {
        Part::Year => any(&[Datatype::Year]),
        _ => any(&[Datatype::Year, Datatype::YearMonth, Datatype::Date]),
    };
    let day_of_event =
        matches!(part, Part::Start | Part::End | Part::Back(_) | Part::Nth(_)) && !types.classes().is_empty();
    (has(ValueType::Date) || has(ValueType::RelativeDate) || day_of_event) && date
        || (has(ValueType::Number) || has(ValueType::Ordinal)) && any(&[Datatype::Integer, Datatype::Decimal])
        || has(ValueType::Quote) && any(&[Datatype::String])
}
