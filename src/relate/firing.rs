//! A rule that fired: what it states, and where.

use crate::fact::{Confidence, RuleRef};
use crate::lexicon::EntryId;
use crate::mention::Partial;
use crate::ontology::RelationId;
use crate::resolve::EntityId;
use crate::rules::Info;

use super::Stage;
use super::bindings::{Bindings, Bound};
use super::state::state;

/// What a statement is about, or relates to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// An entity of the announcement.
    Entity(EntityId),
    /// A country that only the lexicon names.
    Lexicon(EntryId),
    /// The announcement itself.
    Document,
}

/// The object of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Object {
    /// A thing.
    Node(Node),
    /// A date, as precise as stated.
    Date(Partial),
    /// A whole number.
    Number(i64),
    /// A web address.
    Url(String),
    /// Words.
    Text(String),
    /// So many days after the first day, or before the last day, of an event; until that is known (`days` beside this).
    Day {
        /// The event.
        of: EntityId,
        /// Counted from its last day, and not from its first.
        last: bool,
        /// How many days.
        days: i32,
    },
}

/// What a rule states.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Statement {
    /// The subject.
    pub subject: Node,
    /// The relation.
    pub relation: RelationId,
    /// The object.
    pub object: Object,
}

/// One firing of a rule.
#[derive(Clone, Debug)]
pub struct Firing {
    /// The rule.
    pub rule: RuleRef,
    /// How sure it is.
    pub confidence: Confidence,
    /// Index of the sentence that made it fire.
    pub trigger: usize,
    /// Other sentences it rests on.
    pub antecedents: Vec<usize>,
    /// Lexicon entries it rests on.
    pub cites: Vec<EntryId>,
    /// What it states; never empty.
    pub statements: Vec<Statement>,
}

/// A firing of a rule, if it states anything.
pub fn firing(
    stage: &Stage<'_, '_>,
    info: &Info,
    bindings: &Bindings,
    trigger: usize,
    more: &[usize],
) -> Option<Firing> {
    let statements = state(stage, &info.then, bindings);
    if statements.is_empty() {
        return None;
    }
    let mut rests_on = antecedents(stage, bindings, trigger);
    rests_on.extend(more.iter().filter(|s| **s != trigger));
    rests_on.sort_unstable();
    rests_on.dedup();
    Some(Firing {
        rule: info.rule.clone(),
        confidence: info.confidence,
        trigger,
        antecedents: rests_on,
        cites: Vec::new(),
        statements,
    })
}

/// What the lexicon knows of a place.
pub fn of_lexicon(trigger: usize, city: EntityId, relation: RelationId, country: EntryId, entry: EntryId) -> Firing {
    let object = Object::Node(Node::Lexicon(country));
    Firing {
        rule: RuleRef { name: "gazetteer".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        confidence: Confidence::from_thousandths(950),
        trigger,
        antecedents: Vec::new(),
        cites: vec![entry],
        statements: vec![Statement { subject: Node::Entity(city), relation, object }],
    }
}

/// The sentences, other than `here`, in which what an anaphor means was named.
fn antecedents(stage: &Stage<'_, '_>, bindings: &Bindings, here: usize) -> Vec<usize> {
    let text = stage.reading.scene.text;
    let mut out: Vec<usize> = bindings
        .bound()
        .flat_map(|bound| match bound {
            Bound::Mentions(mentions) => mentions
                .iter()
                .filter(|m| stage.reading.mentions.get(**m).anaphor)
                .filter_map(|m| stage.entities.of(*m))
                .collect::<Vec<_>>(),
            Bound::Entity(id) => vec![*id],
            Bound::Words(_) => Vec::new(),
        })
        .filter_map(|entity| {
            let named = stage.entities.get(entity).mentions.iter().map(|m| stage.reading.mentions.get(*m));
            named.filter(|m| !m.anaphor && !m.inner).map(|m| text.sentence_of(m.tokens.start)).min()
        })
        .filter(|s| *s != here)
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
