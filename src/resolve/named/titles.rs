//! Titles and awards that are named in short: "the Yeonsu Declaration" for the Yeonsu Declaration for Learning Cities,
//! "Learning City Award" for the UNESCO Learning City Award 2017.
//!
//! Not in here: short forms that an announcement introduces in brackets; those are aliases.

use super::super::entity::{Entity, EntityId};
use super::{Clusters, key};
use crate::mention::year;
use crate::ontology::ClassId;

/// Classes whose names are cut, how many words the short form must have, and where it may stand in the long one.
const CUT: &[(&str, usize, Where)] =
    &[("Publication", 3, Where::Beginning), ("OutcomeDocument", 2, Where::Beginning), ("Award", 3, Where::Anywhere)];

#[derive(Clone, Copy, PartialEq)]
enum Where {
    Beginning,
    Anywhere,
}

/// What was named by a longer or shorter form of `words`, of a class that fits.
pub fn same(clusters: &Clusters<'_, '_>, words: &str, class: ClassId) -> Option<EntityId> {
    let is = |name: &str| clusters.ontology.class(name).is_some_and(|c| clusters.ontology.is_subclass(class, c));
    let (_, least, place) = CUT.iter().find(|(name, _, _)| is(name))?;
    let name = key(words);
    let long_enough = |short: &str| short.split(' ').count() >= *least;
    let cut = |short: &str, long: &str| long_enough(short) && holds(long, short, *place);
    // "Hands That Speak: Guidelines for Visitors" is known by what stands before its colon, however short that is.
    let titled = |short: &str, long: &str| {
        let (title, _) = long.split_once(':').filter(|_| *place == Where::Beginning)?;
        (key(title) == key(short)).then_some(())
    };
    let fits = |e: &Entity| {
        !e.mentions.is_empty()
            && clusters.fit(e.class, class)
            && (e.keys.iter().any(|k| cut(&name, k) || cut(k, &name))
                || e.labels.iter().any(|l| titled(words, l).or_else(|| titled(l, words)).is_some()))
            && same_year(&name, e)
    };
    clusters.entities.iter().find(|(_, e)| fits(e)).map(|(id, _)| id)
}

/// Whether the words of `short` stand in `long`, one after the other.
fn holds(long: &str, short: &str, place: Where) -> bool {
    match place {
        Where::Beginning => long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' ')),
        Where::Anywhere => format!(" {long} ").contains(&format!(" {short} ")),
    }
}

/// Names with different years are names of different things.
fn same_year(name: &str, entity: &Entity) -> bool {
    let years = |words: &str| words.split(' ').filter(|w| year(w)).map(str::to_owned).collect::<Vec<_>>();
    let own = years(name);
    own.is_empty() || entity.keys.iter().all(|k| years(k).iter().all(|y| own.contains(y)))
}
