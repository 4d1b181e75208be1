//! What names state by themselves: the ordinal, series and year of an edition.

use std::collections::BTreeSet;

use super::Stage;
use super::bindings::{Bindings, Bound, each};
use super::firing::{Firing, Node, Object, Statement};
use super::state::state;
use crate::mention::{Finder, Mention};
use crate::resolve::EntityId;
use crate::rules::{Type, Var};

/// What the names of mentions state by themselves: the ordinal, series and year of an edition.
pub fn of_mentions(stage: &Stage<'_, '_>, firings: &mut Vec<Firing>) {
    let mentions = &stage.reading.mentions;
    for (id, mention) in mentions.iter().filter(|(_, m)| !m.inner) {
        let (Finder::Rule(rule), Some(entity)) = (&mention.finder, stage.entities.of(id)) else { continue };
        let info = &stage.rules.mentions[*rule].info;
        if info.then.is_empty() {
            continue;
        }
        let mut bindings = Bindings::default();
        bindings.bind(Var::THIS, Bound::Entity(entity));
        let counted_from = stage.entities.counted_from(id);
        if let (Some((var, ..)), Some(from)) = (info.of, counted_from) {
            bindings.bind(var, Bound::Entity(from));
        }
        for (var, tokens) in &mention.captures {
            let mut inside = mentions.covering(tokens);
            let types = info.vars[usize::from(var.0)];
            if info.each[usize::from(var.0)] {
                bindings.bind(*var, Bound::Mentions(each(stage, tokens, types)));
                continue;
            }
            let fits = |ty: Type, finder: &Finder| types.contains(ty) || *finder == Finder::Part(id);
            match inside.find(|(_, m)| fits(m.ty, &m.finder)) {
                Some((part, _)) => bindings.bind(*var, Bound::Mentions(vec![part])),
                // The year of "ICLC 2021", the ordinal of "Habitat III".
                None if types.is_empty() => bindings.bind(*var, Bound::Words(tokens.clone())),
                None => {}
            }
        }
        let trigger = stage.reading.scene.text.sentence_of(mention.tokens.start);
        let mut statements = state(stage, &info.then, &bindings);
        statements.retain(|statement| !runs_back(stage, statement));
        let mut antecedents = Vec::new();
        if !statements.is_empty() {
            for edition in [Some(entity), counted_from].into_iter().flatten() {
                if let Some((series, named)) = inherited_series(stage, edition, &statements) {
                    antecedents.extend(named.filter(|s| *s != trigger));
                    statements.push(series);
                }
            }
        }
        if !statements.is_empty() {
            firings.push(Firing {
                rule: info.rule.clone(),
                confidence: info.confidence,
                trigger,
                antecedents,
                cites: Vec::new(),
                statements,
            });
        }
    }
}

/// Whether an edition is said to follow one whose name gives it a later year.
fn runs_back(stage: &Stage<'_, '_>, statement: &Statement) -> bool {
    let year = |node: &Node| match node {
        Node::Entity(id) => stage.entities.get(*id).year.map(|year| year.year),
        _ => None,
    };
    match &statement.object {
        Object::Node(other) if stage.ontology.relation("follows") == Some(statement.relation) => {
            year(&statement.subject).zip(year(other)).is_some_and(|(later, earlier)| later <= earlier)
        }
        _ => false,
    }
}

/// "The seventh" is of the series that was named elsewhere: the statement, and the sentence that names the series (or, if
/// only editions have its name, the edition).
fn inherited_series(
    stage: &Stage<'_, '_>,
    edition: EntityId,
    statements: &[Statement],
) -> Option<(Statement, Option<usize>)> {
    let relation = stage.ontology.relation("partOfSeries")?;
    let series = stage.entities.get(edition).series?;
    if statements.iter().any(|s| s.relation == relation && s.subject == Node::Entity(edition)) {
        return None;
    }
    let text = stage.reading.scene.text;
    let mentions = &stage.reading.mentions;
    let named =
        stage.entities.get(series).first_token(mentions).or_else(|| stage.entities.get(edition).first_token(mentions));
    let object = Object::Node(Node::Entity(series));
    Some((Statement { subject: Node::Entity(edition), relation, object }, named.map(|at| text.sentence_of(at))))
}

/// "The host of the next session will be named": an edition that is only counted from another one, and of which nothing
/// is stated but that, is not spoken of.
pub fn forget_empty_editions(stage: &Stage<'_, '_>, firings: &mut Vec<Firing>) {
    let mentions = &stage.reading.mentions;
    let only_counted = |id: EntityId| {
        let all = &stage.entities.get(id).mentions;
        !all.is_empty() && all.iter().all(|m| stage.entities.counted_from(*m).is_some())
    };
    let entities = stage.entities.iter().filter(|(id, entity)| entity.year.is_none() && only_counted(*id));
    let mut empty: BTreeSet<EntityId> = entities.map(|(id, _)| id).collect();
    if empty.is_empty() {
        return;
    }
    let of_names = |f: &Firing| {
        let by_name = |m: &Mention| matches!(m.finder, Finder::Rule(r) if stage.rules.mentions[r].info.rule == f.rule);
        mentions.iter().any(|(_, m)| by_name(m))
    };
    for statement in firings.iter().filter(|f| !of_names(f)).flat_map(|f| &f.statements) {
        for node in [Some(statement.subject), if let Object::Node(node) = statement.object { Some(node) } else { None }]
        {
            if let Some(Node::Entity(id)) = node {
                empty.remove(&id);
            }
        }
    }
    for firing in firings.iter_mut() {
        let of_empty = |node: &Node| matches!(node, Node::Entity(id) if empty.contains(id));
        firing.statements.retain(|s| !of_empty(&s.subject) && !matches!(&s.object, Object::Node(n) if of_empty(n)));
    }
    firings.retain(|f| !f.statements.is_empty());
}
