//! Derivations: facts that follow from facts of the same document, by joins without recursion. They rest on the passages
//! of their premises, and are no surer than those together.

use std::collections::BTreeMap;

use super::Stage;
use super::firing::{Firing, Node, Object, Statement};
use crate::fact::Confidence;
use crate::mention::Partial;
use crate::ontology::RelationId;
use crate::rules::{self, DeriveRule, Part, Template, Var};

/// A premise: a statement and the firing it comes from.
struct Premise<'f> {
    statement: &'f Statement,
    firing: usize,
}

/// The values of variables, and the firings they come from.
#[derive(Clone, Default)]
struct Row {
    values: BTreeMap<Var, Object>,
    firings: Vec<usize>,
}

/// Runs the derivations, in file order; each sees what the firings before it state.
pub fn fire(stage: &Stage<'_, '_>, firings: &mut Vec<Firing>) {
    for rule in &stage.rules.derivations {
        let derived = derive(stage, rule, firings);
        firings.extend(derived);
    }
}

fn derive(stage: &Stage<'_, '_>, rule: &DeriveRule, firings: &[Firing]) -> Vec<Firing> {
    let mut known: BTreeMap<&Statement, usize> = BTreeMap::new();
    for (i, firing) in firings.iter().enumerate() {
        for statement in &firing.statements {
            known.entry(statement).or_insert(i);
        }
    }
    let premises = premises(&known);
    let mut rows = vec![Row::default()];
    for pattern in &rule.when {
        rows = step(&rows, pattern, &premises);
    }
    let mut out: BTreeMap<Statement, Firing> = BTreeMap::new();
    for row in rows {
        for template in &rule.info.then {
            let Some(statement) = conclude(&row, template).filter(|s| !known.contains_key(s)) else { continue };
            if statement.object == Object::Node(statement.subject) || !in_domain(stage, &statement) {
                continue;
            }
            let trigger = row.firings.first().map_or(0, |f| firings[*f].trigger);
            let mut antecedents: Vec<usize> = row
                .firings
                .iter()
                .flat_map(|f| firings[*f].antecedents.iter().copied().chain([firings[*f].trigger]))
                .collect();
            antecedents.sort_unstable();
            antecedents.dedup();
            antecedents.retain(|s| *s != trigger);
            let grounds =
                row.firings.iter().map(|f| firings[*f].confidence).fold(rule.info.confidence, Confidence::and);
            out.entry(statement.clone()).or_insert(Firing {
                rule: rule.info.rule.clone(),
                confidence: grounds,
                trigger,
                antecedents,
                cites: Vec::new(),
                statements: vec![statement],
            });
        }
    }
    out.into_values().collect()
}

fn premises<'f>(known: &BTreeMap<&'f Statement, usize>) -> Vec<Premise<'f>> {
    known.iter().map(|(statement, firing)| Premise { statement, firing: *firing }).collect()
}

/// The rows joined with all premises that fit a pattern.
fn step(rows: &[Row], pattern: &Template, premises: &[Premise<'_>]) -> Vec<Row> {
    rows.iter().flat_map(|row| premises.iter().filter_map(|p| join(row, pattern, p)).collect::<Vec<_>>()).collect()
}

/// How many triples of a derivation's `when` hold together among what others state, and the relation of the first that
/// joins none of them.
pub fn joined(rule: &DeriveRule, firings: &[Firing]) -> (usize, Option<RelationId>) {
    let mut known: BTreeMap<&Statement, usize> = BTreeMap::new();
    for (i, firing) in firings.iter().enumerate().filter(|(_, firing)| firing.rule != rule.info.rule) {
        firing.statements.iter().for_each(|statement| _ = known.entry(statement).or_insert(i));
    }
    let premises = premises(&known);
    let mut rows = vec![Row::default()];
    for (at, pattern) in rule.when.iter().enumerate() {
        rows = step(&rows, pattern, &premises);
        if rows.is_empty() {
            return (at, Some(pattern.relation));
        }
    }
    (rule.when.len(), None)
}

fn in_domain(stage: &Stage<'_, '_>, statement: &Statement) -> bool {
    let relation = &stage.ontology[statement.relation];
    let class = |node: &Node| match node {
        Node::Entity(id) => Some(stage.entities.get(*id).class),
        _ => None,
    };
    let subject = class(&statement.subject).is_none_or(|c| stage.ontology[c].ancestors.meets(relation.domain));
    let object = match (&statement.object, &relation.range) {
        (Object::Node(node), crate::ontology::Range::Things(classes)) => {
            class(node).is_none_or(|c| stage.ontology[c].ancestors.meets(*classes))
        }
        (Object::Node(_), _) => false,
        _ => true,
    };
    subject && object
}

fn join(row: &Row, pattern: &Template, premise: &Premise<'_>) -> Option<Row> {
    let statement = premise.statement;
    if statement.relation != pattern.relation {
        return None;
    }
    let mut row = row.clone();
    bind(&mut row, pattern.subject, Object::Node(statement.subject))?;
    match pattern.object {
        rules::Object::Number(n) if statement.object == Object::Number(n) => {}
        rules::Object::Number(_) => return None,
        // "?n.next": one more than ?n.
        rules::Object::Var(var, Part::Next) => match (row.values.get(&var), &statement.object) {
            (Some(Object::Number(n)), Object::Number(m)) if n + 1 == *m => {}
            _ => return None,
        },
        rules::Object::Var(var, _) => bind(&mut row, var, statement.object.clone())?,
    }
    row.firings.push(premise.firing);
    Some(row)
}

fn bind(row: &mut Row, var: Var, value: Object) -> Option<()> {
    match row.values.get(&var) {
        Some(bound) if *bound != value => None,
        Some(_) => Some(()),
        None => {
            row.values.insert(var, value);
            Some(())
        }
    }
}

fn conclude(row: &Row, template: &Template) -> Option<Statement> {
    let Object::Node(subject) = row.values.get(&template.subject)? else { return None };
    let object = match template.object {
        rules::Object::Number(n) => Object::Number(n),
        rules::Object::Var(var, part) => match (row.values.get(&var)?, part) {
            (Object::Date(date), Part::Year) => Object::Date(Partial::year(date.year)),
            (Object::Number(n), Part::Next) => Object::Number(n.saturating_add(1)),
            (value, _) => value.clone(),
        },
    };
    Some(Statement { subject: *subject, relation: template.relation, object })
}
