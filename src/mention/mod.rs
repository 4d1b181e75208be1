//! Mentions: typed spans of the text. Text, lexicon and rules go in; who or what a mention means is the business of
//! `resolve`.
//!
//! First what is recognised by its form (dates, numbers, addresses, quotations) and the names of the lexicon, then the
//! mention rules, stage by stage: a later stage sees what the earlier ones found. Within a stage the longest match wins,
//! then the surer rule, then the earlier one; what stands inside a longer mention stands no longer for itself.

mod accept;
mod anchor;
mod apply;
mod below;
mod date;
mod forms;
mod introduced;
mod matcher;
mod names;
mod number;
mod opening;
mod scene;
mod table;
mod trace;
mod value;

pub use anchor::Anchor;
pub use apply::{ALIAS, Objection, allowed, objection, speaks_against};
pub use below::below;
use date::Dates;
pub use date::Tense;
pub use matcher::{Found, Matcher};
pub use number::roman;
pub use opening::Opening;
pub use scene::{Contents, Scene, edition, year};
pub use table::{Finder, Mention, MentionId, Mentions};
pub use trace::{Reach, reach};
pub use value::{Partial, Value};

use crate::lexicon::Lexicon;
use crate::ontology::Ontology;
use crate::rules::RuleSet;
use crate::text::Text;

/// A text with its mentions.
pub struct Reading<'a> {
    /// The words and their symbols.
    pub scene: Scene<'a>,
    /// The mentions.
    pub mentions: Mentions,
    /// The announcement's own date.
    pub anchor: Option<Anchor>,
}

/// Finds the mentions of a text.
pub fn find<'a>(text: &'a Text<'a>, rules: &RuleSet, lexicon: &Lexicon, ontology: &Ontology) -> Reading<'a> {
    let mut reading = given(text, rules, lexicon, ontology);
    apply::apply(&reading.scene, rules, ontology, &mut reading.mentions);
    reading
}

/// The mentions that the mention rules of `stage` see: those of forms and lexicon, and what earlier stages find.
pub fn find_before<'a>(
    text: &'a Text<'a>,
    rules: &RuleSet,
    lexicon: &Lexicon,
    ontology: &Ontology,
    stage: u8,
) -> Reading<'a> {
    let mut reading = given(text, rules, lexicon, ontology);
    apply::stages(&reading.scene, rules, ontology, &mut reading.mentions, stage);
    reading
}

/// What no rule is needed for.
fn given<'a>(text: &'a Text<'a>, rules: &RuleSet, lexicon: &Lexicon, ontology: &Ontology) -> Reading<'a> {
    let mut scene = Scene::new(text, &rules.symbols, lexicon);
    let mut mentions = Mentions::new(text.tokens.len());
    let mut dates = Dates::new(text);
    let anchor = anchor::find(&scene, &rules.grammar);
    let measured_from = anchor.as_ref().map(|a| a.date).or_else(|| anchor::usual_year(text, &mut dates));
    forms::find(&scene, &rules.grammar, measured_from, &mut dates, &mut mentions);
    names::find(&scene, &rules.grammar, lexicon, ontology, &mut mentions);
    scene.open(opening::find(text, lexicon, &mentions));
    Reading { scene, mentions, anchor }
}
