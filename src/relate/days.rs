//! Days that are counted from those of an event: "on the second day of the forum", "after three days the congress ended
//! today".
//!
//! A rule states them before it is known when the event is; here they become dates, or are dropped where the day from
//! which they are counted is not stated. What is said outright counts more: a day that others have stated stays.

use super::Stage;
use super::firing::{Firing, Node, Object, Statement};
use crate::mention::Partial;
use crate::ontology::RelationId;

/// Makes dates of the days that are counted from an event.
pub fn settle(stage: &Stage<'_, '_>, firings: &mut Vec<Firing>) {
    let (Some(start), Some(end)) = (stage.ontology.relation("startDate"), stage.ontology.relation("endDate")) else {
        return;
    };
    let pending = |f: &Firing| f.statements.iter().any(|s| matches!(s.object, Object::Day { .. }));
    for at in 0..firings.len() {
        if !pending(&firings[at]) {
            continue;
        }
        let statements = std::mem::take(&mut firings[at].statements);
        let mut settled: Vec<Statement> = Vec::new();
        for statement in statements {
            let Object::Day { of, last, days } = statement.object else {
                settled.push(statement);
                continue;
            };
            // Of its own first and last day nothing follows but the other one.
            let own = statement.subject == Node::Entity(of);
            if own && (days == 0 || last == (statement.relation == end)) {
                continue;
            }
            let stated = day_of(firings, Node::Entity(of), if last { end } else { start });
            let date = stated.and_then(|(day, sentence)| {
                let days = if last { -days } else { days };
                Some((Partial::plus_days(day.exact()?, days)?, sentence))
            });
            let Some((date, sentence)) = date else { continue };
            let own = day_of(firings, statement.subject, statement.relation);
            if own.is_some_and(|(own, _)| own != date) {
                continue;
            }
            settled.push(Statement { object: Object::Date(date), ..statement });
            let firing = &mut firings[at];
            if sentence != firing.trigger && !firing.antecedents.contains(&sentence) {
                firing.antecedents.push(sentence);
                firing.antecedents.sort_unstable();
            }
        }
        settled.sort();
        settled.dedup();
        firings[at].statements = settled;
    }
    firings.retain(|f| !f.statements.is_empty());
}

/// The day that is stated most surely, and the sentence that states it.
fn day_of(firings: &[Firing], subject: Node, relation: RelationId) -> Option<(Partial, usize)> {
    let mut best: Option<(&Firing, Partial)> = None;
    for firing in firings {
        for statement in firing.statements.iter().filter(|s| s.subject == subject && s.relation == relation) {
            if let Object::Date(date) = statement.object
                && date.day.is_some()
                && best.is_none_or(|(other, _)| firing.confidence > other.confidence)
            {
                best = Some((firing, date));
            }
        }
    }
    best.map(|(firing, date)| (date, firing.trigger))
}
