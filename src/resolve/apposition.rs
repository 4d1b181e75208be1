//! "The congress, the 90th in the long line, …", "its successor, the twentieth,": what is set off by commas behind an event
//! says which edition it is.

use super::entity::{Entities, Entity};
use super::why::{Join, Why};
use crate::mention::{Finder, Mention, MentionId, Reading};
use crate::ontology::Ontology;
use crate::rules::{Listed, RuleSet, Type};

/// How far behind an event its apposition may begin, in tokens.
const REACH: usize = 6;

/// Joins events with the ordinals that stand in apposition to them.
pub fn join(reading: &Reading<'_>, rules: &RuleSet, ontology: &Ontology, entities: &mut Entities) {
    let relation = |name| ontology.relation(name);
    let (Some(event), Some(ordinal), Some(start)) =
        (ontology.class("Event"), relation("ordinal"), relation("startDate"))
    else {
        return;
    };
    let (text, mentions) = (reading.scene.text, &reading.mentions);
    let says_which = |m: &Mention| match m.finder {
        Finder::Rule(rule) => {
            rules.mentions[rule].info.then.iter().any(|t| t.relation == ordinal || t.relation == start)
        }
        _ => false,
    };
    // "The next edition, Velo-city 2025": what only refers takes any name.
    let refers =
        |m: &Mention| m.anaphor || matches!(m.finder, Finder::Rule(rule) if rules.mentions[rule].info.of.is_some());
    let is_event = |m: &Mention| matches!(m.ty, Type::Class(class) if ontology.is_subclass(class, event));
    let is = |list: Listed, at: usize| rules.grammar.has(list, reading.scene.symbols[at]);
    let behind: Vec<(MentionId, MentionId)> = mentions
        .iter()
        .filter(|(_, m)| !m.inner && is_event(m))
        .filter_map(|(id, m)| {
            let end = text.sentences[text.sentence_of(m.tokens.start)].tokens.end;
            let tie = m.tokens.end;
            let copula = tie < end && is(Listed::Copula, tie);
            if tie >= end || !copula && !matches!(text.word(tie), "," | "(") {
                return None;
            }
            let at =
                (tie + 1..end.min(tie + REACH)).find(|at| !is(Listed::Copula, *at) && !is(Listed::Article, *at))?;
            let (next, other) = mentions.starting_at(at).find(|(_, m)| is_event(m) && says_which(m))?;
            let closes = copula || other.tokens.end >= end || is(Listed::Closing, other.tokens.end);
            // "IV Encuentro (Fourth Meeting of Youth)": the name in another language.
            let gloss = text.word(tie) == "(" && text.word(other.tokens.end.min(text.tokens.len() - 1)) == ")";
            (closes && (other.name.len() <= 3 || gloss || refers(m))).then_some((id, next))
        })
        .collect();
    for (first, second) in behind {
        let (Some(one), Some(other)) = (entities.of(first), entities.of(second)) else { continue };
        if one == other {
            continue;
        }
        let (named, counted) = (entities.get(one), entities.get(other));
        if may_be_same(named, counted) {
            if let (Some(series), Some(own)) = (counted.series, named.series)
                && series != own
            {
                entities.merge(series, own, Join::Apposition);
            }
            entities.merge(other, one, Join::Apposition);
        } else if mentions.get(first).anaphor {
            entities.bind(first, other, Why::Apposition);
        }
    }
}

/// Whether nothing that is known of the two tells them apart.
fn may_be_same(named: &Entity, counted: &Entity) -> bool {
    let differ = |a: Option<u32>, b: Option<u32>| a.is_some() && b.is_some() && a != b;
    let year = |e: &Entity| e.year.map(|y| y.year as u32);
    let series = |e: &Entity| e.series.map(|s| s.0);
    // Of one ordinal, and one in brackets behind the other: the series has two names.
    if named.ordinal.is_some() && named.ordinal == counted.ordinal {
        return !differ(year(named), year(counted));
    }
    !differ(named.ordinal, counted.ordinal)
        && !differ(year(named), year(counted))
        && !differ(series(named), series(counted))
        && (counted.ordinal.is_some() || counted.year.is_some() && named.year.is_none())
}
