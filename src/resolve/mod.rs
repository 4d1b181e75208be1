//! From mentions to the entities of the announcement: names to lexicon entries, short forms and acronyms to full names,
//! "the conference" to what it means. And, once their relations are known, to IRIs ([`mint`]): this is the only place
//! that makes them.

mod anaphora;
mod apposition;
mod entity;
mod located;
mod mint;
mod named;
mod places;
mod things;
mod why;

pub use entity::{Entities, Entity, EntityId, Told};
pub use mint::{Known, Minted, kind, mint};
pub use places::usual_place;
pub use things::{Things, things};
pub use why::{Chosen, Inherited, Join, Step, Weighed, Why};

use crate::lexicon::Lexicon;
use crate::mention::Reading;
use crate::ontology::Ontology;
use crate::rules::RuleSet;

/// Finds the entities that the mentions of a text mean.
pub fn resolve(reading: &Reading<'_>, rules: &RuleSet, lexicon: &Lexicon, ontology: &Ontology) -> Entities {
    let chosen = places::choose(reading.scene.text, lexicon, &reading.mentions);
    let mut entities = named::cluster(reading, rules, lexicon, ontology, &chosen);
    anaphora::bind(reading, rules, lexicon, ontology, &mut entities);
    apposition::join(reading, rules, ontology, &mut entities);
    entities
}
