//! Which matches of mention rules become mentions, where they overlap.

use std::cmp::Reverse;
use std::ops::Range;

use super::matcher::Found;
use super::table::{Finder, Mention, Mentions};
use crate::ontology::Ontology;
use crate::rules::ast::Overlap;
use crate::rules::{RuleSet, Type};

/// A rule that is less sure leaves names of several words to the lexicon, if it knows them as places: "Chiang Mai" is no
/// person, though some people are called Chiang.
const SURE: u16 = 900;
/// A rule that is even less sure leaves all names of places to the lexicon: what is hosted by Oslo is not hosted by a body.
const HALF_SURE: u16 = 800;
/// A rule that is less sure leaves names of several words to the lexicon, if it knows them as bodies or awards and the rule
/// takes them for something else: "European Disability Forum" is no conference.
const VERY_SURE: u16 = 930;

/// A match of a mention rule that may become a mention.
pub(super) struct Candidate {
    /// Index of the rule.
    pub rule: usize,
    /// The match.
    pub found: Found,
    /// The tokens that are the name.
    pub name: Range<usize>,
}

impl Candidate {
    /// What the mention covers. Words beside the name are context ("the theme of the conference, 'X'"), but for what
    /// stands behind it with a capture of its own: "European Mathematical Society (EMS)".
    fn extent(&self) -> Range<usize> {
        let more = self.found.captures.iter().any(|(_, captured)| captured.start >= self.name.end);
        self.name.start..if more { self.found.tokens.end } else { self.name.end }
    }
}

/// By priority, and then the longest first; what overlaps an accepted one is dropped, what an accepted one contains becomes
/// part of it. Those that stand beside others neither take part in that nor are dropped.
pub(super) fn accept(mut candidates: Vec<Candidate>, rules: &RuleSet, ontology: &Ontology, mentions: &mut Mentions) {
    let places = ["City", "Country"].map(|name| ontology.class(name).map(Type::Class));
    candidates.sort_by_key(|c| {
        let rule = &rules.mentions[c.rule];
        let length = Reverse(c.found.tokens.len());
        (Reverse(rule.priority), length, Reverse(rule.info.confidence), c.rule, c.found.tokens.start)
    });
    let mut taken: Vec<Range<usize>> = Vec::new();
    for candidate in candidates {
        let tokens = candidate.extent();
        let sure = rules.mentions[candidate.rule].info.confidence.thousandths();
        let is = |ty: Type, class: &str| matches!((ty, ontology.class(class)), (Type::Class(c), Some(of)) if ontology.is_subclass(c, of));
        let long = candidate.name.len() > 1;
        let known = |m: &Mention| {
            let own = rules.mentions[candidate.rule].ty;
            let place = places.contains(&Some(m.ty)) && sure < if long { SURE } else { HALF_SURE };
            let other = ["Organization", "Award"].iter().any(|class| is(m.ty, class) && !is(own, class));
            let kept = place || other && long && sure < VERY_SURE;
            m.tokens == candidate.name && kept && matches!(m.finder, Finder::Lexicon(_))
        };
        if mentions.starting_at(candidate.name.start).any(|(_, m)| known(m)) {
            continue;
        }
        let rule = &rules.mentions[candidate.rule];
        if rule.overlap == Overlap::Longest {
            if taken.iter().any(|t| t.start < tokens.end && tokens.start < t.end) || !free(mentions, rules, &tokens) {
                continue;
            }
            for id in mentions.within(tokens.clone()) {
                if !beside(mentions.get(id), rules) {
                    mentions.get_mut(id).inner = true;
                }
            }
            taken.push(tokens.clone());
        }
        mentions.push(Mention {
            ty: rule.ty,
            tokens: tokens.clone(),
            name: candidate.name,
            finder: Finder::Rule(candidate.rule),
            captures: candidate.found.captures,
            value: None,
            anaphor: rule.anaphor.is_some(),
            inner: false,
        });
    }
}

/// Whether a mention stands in nobody's way because its rule says so.
fn beside(mention: &Mention, rules: &RuleSet) -> bool {
    matches!(mention.finder, Finder::Rule(rule) if rules.mentions[rule].overlap == Overlap::Beside)
}

/// No mention of an earlier stage that names something contains `tokens` or overlaps them in part; values do not count.
pub(super) fn free(mentions: &Mentions, rules: &RuleSet, tokens: &Range<usize>) -> bool {
    let from = tokens.start.saturating_sub(60);
    (from..tokens.end).all(|at| {
        mentions.starting_at(at).all(|(_, m)| {
            let apart = m.tokens.end <= tokens.start || tokens.end <= m.tokens.start;
            let contained = tokens.start <= m.tokens.start && m.tokens.end <= tokens.end;
            let same = m.tokens == *tokens && matches!(m.ty, Type::Class(_)) && matches!(m.finder, Finder::Rule(_));
            apart || contained && !same || matches!(m.ty, Type::Value(_)) || beside(m, rules)
        })
    })
}
