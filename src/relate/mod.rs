//! Relations between the entities of an announcement: what its sentences, lists and fields state, and what follows from
//! that. Each firing of a rule keeps the sentences it rests on.
//!
//! Not in here: IRIs and RDF. Relations hold between entities of the document and values.

mod bindings;
mod clause;
mod days;
mod derive;
mod field;
mod firing;
mod frame;
mod group;
mod list;
mod mapped;
mod names;
mod namesake;
mod near;
mod span;
mod spoken;
mod state;
mod stop;
mod trace;

pub use derive::joined;
pub use firing::{Firing, Node, Object, Statement};
pub use mapped::{contradictions, mapped, same_events};
pub use stop::Stop;
pub use trace::{Attempt, Tried, attempts};

use std::cell::OnceCell;

use clause::Clause;

use crate::lexicon::{Kind, Lexicon};
use crate::mention::{Contents, Matcher, Reading};
use crate::ontology::Ontology;
use crate::resolve::Entities;
use crate::rules::RuleSet;

/// What the rules of relation look at.
pub struct Stage<'r, 'a> {
    /// The words and mentions.
    pub reading: &'r Reading<'a>,
    /// What the mentions mean.
    pub entities: &'r Entities,
    /// The rules.
    pub rules: &'r RuleSet,
    /// The classes and relations.
    pub ontology: &'r Ontology,
    /// Of each sentence, once it is asked for.
    clauses: Vec<OnceCell<Vec<Clause>>>,
}

impl<'r, 'a> Stage<'r, 'a> {
    /// Sets out to relate these entities.
    pub fn new(
        reading: &'r Reading<'a>,
        entities: &'r Entities,
        rules: &'r RuleSet,
        ontology: &'r Ontology,
    ) -> Stage<'r, 'a> {
        let clauses = vec![OnceCell::new(); reading.scene.text.sentences.len()];
        Stage { reading, entities, rules, ontology, clauses }
    }

    /// The clauses of sentence `s`.
    fn clauses(&self, s: usize) -> &[Clause] {
        self.clauses[s].get_or_init(|| clause::clauses(self, &self.reading.scene.text.sentences[s].tokens))
    }
}

/// All firings for an announcement, in a fixed order: of mention rules, spans, frames, lists, fields, of what
/// stands near, of the lexicon, and then the derivations from all of them.
pub fn relate(stage: &Stage<'_, '_>, lexicon: &Lexicon) -> Vec<Firing> {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    // Values are no sentences that a rule of prose could read.
    let contents: Vec<Contents<'_>> = (0..scene.text.prose().len()).map(|s| scene.sentence(mentions, s)).collect();
    let mut matcher = Matcher::default();
    let mut firings = Vec::new();
    names::of_mentions(stage, &mut firings);
    let waiting = span::fire(stage, &mut matcher, &contents, &mut firings);
    frame::fire(stage, &mut matcher, &contents, &mut firings);
    list::fire(stage, &mut matcher, &contents, &mut firings);
    field::fire(stage, &mut matcher, &contents, &mut firings);
    near::fire(stage, &mut matcher, &waiting, &mut firings);
    days::settle(stage, &mut firings);
    names::forget_empty_editions(stage, &mut firings);
    places(stage, lexicon, &mut firings);
    derive::fire(stage, &mut firings);
    firings
}

/// The countries of the cities that are named: the lexicon's word, on the passage that names the city.
fn places(stage: &Stage<'_, '_>, lexicon: &Lexicon, firings: &mut Vec<Firing>) {
    let Some(in_country) = stage.ontology.relation("inCountry") else { return };
    for (id, entity) in stage.entities.iter() {
        let Some(entry) = entity.entry else { continue };
        let known = lexicon.entry(entry);
        if known.kind != Kind::City || entity.mentions.is_empty() {
            continue;
        }
        let Some(country) = known.country.and_then(|c| lexicon.country(c)) else { continue };
        let first = entity.first_token(&stage.reading.mentions).unwrap_or(0);
        firings.push(firing::of_lexicon(stage.reading.scene.text.sentence_of(first), id, in_country, country, entry));
    }
}
