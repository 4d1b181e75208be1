//! What an entity stands in relation to, as the view holds it, and where evidence disagrees.

use oxrdf::{NamedNode, Term, Triple};

use super::{
    Conflict, Dropped,
    dates::bounds,
    entity::Entity,
    schema::Schema,
    settle::{Settled, settle},
    standing::Standing,
    statements::Statements,
};
use crate::{fact::Confidence, vocab::urbi};

/// The relations of `entity`, and the conflicts among them. `canonical` gives the IRI that stands for an object;
/// statements that are together less sure than `at_least` are passed over.
///
/// # Errors
/// If the statements cannot be read.
pub fn relations<S: Statements>(
    statements: &S,
    schema: &Schema,
    entity: &Entity,
    at_least: Confidence,
    canonical: &mut dyn FnMut(&NamedNode) -> Result<NamedNode, S::Error>,
) -> Result<(Vec<Triple>, Vec<Conflict>), S::Error> {
    let relations = settle(statements, schema, entity, at_least, canonical)?;
    let (mut triples, mut conflicts) = (Vec::new(), Vec::new());
    for settled in &relations {
        let of_value = |object: &Term| Triple::new(entity.canonical.clone(), settled.predicate.clone(), object.clone());
        triples.extend(settled.standing().map(|value| of_value(&value.object)));
        conflicts.extend(conflict(&entity.canonical, settled, &relations));
    }
    bounds(&mut triples);
    Ok((triples, conflicts))
}

/// The values that were stated and do not stand, though nobody rejected them.
fn conflict(subject: &NamedNode, settled: &Settled, relations: &[Settled]) -> Option<Conflict> {
    let dropped = settled.values.iter().filter_map(|(value, standing)| match standing {
        Standing::Corrected | Standing::Contradicted | Standing::Overtaken => {
            Some(Dropped { value: value.object.clone(), standing: *standing })
        }
        _ => None,
    });
    let dropped: Vec<Dropped> = dropped.collect();
    // What overtakes an end is a start.
    let start = || relations.iter().find(|other| other.predicate == urbi::START_DATE);
    let kept = settled.standing().next().or_else(|| start()?.standing().next())?;
    (!dropped.is_empty()).then(|| Conflict::Values {
        subject: subject.clone(),
        predicate: settled.predicate.clone(),
        kept: kept.object.clone(),
        dropped,
    })
}
