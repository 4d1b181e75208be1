//! Span rules whose `of` is `near`, `main` or `row`: what no frame and no sequence has stated, because nobody can write down all
//! the ways in which a date or a place may be said of an event ("In 2017 the third, in Cork, ended with a call").
//!
//! They run behind all other relation rules and state only what those left open: of a thing that has no such relation
//! yet, and with no object that another rule has used in the same sentence. The clause decides which thing is meant, and
//! if it could be two, none is.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Stage;
use super::bindings::{Bindings, Bound};
use super::clause::Clause;
use super::firing::{Firing, Node, Object, Statement, firing};
use super::span::Waiting;
use super::spoken::{spoken_of, spoken_of_before};
use super::stop::Stop;
use crate::mention::{Found, Matcher, MentionId, objection};
use crate::ontology::RelationId;
use crate::resolve::EntityId;
use crate::rules::ast::Spoken;
use crate::rules::{Info, SpanRule, TypeSet};
use crate::source::BlockKind;
use crate::text::Shape;

/// How far from the match the thing may stand, in tokens.
const REACH: usize = 24;

/// How far around the match an `unless` is looked for, in tokens.
const AROUND: usize = 10;

/// Whether a rule is one of these.
pub fn is_near(info: &Info) -> bool {
    info.of.is_some_and(|(_, _, spoken)| spoken != Spoken::Nearest)
}

/// States what they have found in the sentences of running text.
pub fn fire(stage: &Stage<'_, '_>, matcher: &mut Matcher, waiting: &[Waiting<'_>], firings: &mut Vec<Firing>) {
    let text = stage.reading.scene.text;
    let mut stated = StatedSoFar::default();
    firings.iter().for_each(|firing| stated.add(firing));
    for Waiting { rule, sentence, found } in waiting {
        let of_row = rule.info.of.is_some_and(|(_, _, spoken)| spoken == Spoken::Row);
        let fits = match text.kind(*sentence) {
            BlockKind::TableCell { .. } => of_row,
            BlockKind::Dateline | BlockKind::Field => false,
            _ => !of_row,
        };
        if !fits {
            continue;
        }
        let Ok(mut fired) = attempt(stage, matcher, rule, *sentence, found) else { continue };
        if is_one_day(stage, &fired) {
            continue;
        }
        fired.statements.retain(|new| stated.leaves_open(new, *sentence));
        if !fired.statements.is_empty() {
            stated.add(&fired);
            firings.push(fired);
        }
    }
}

/// What `found` in sentence `s` makes a rule state, whatever others have stated, or what stops it.
pub fn attempt(
    stage: &Stage<'_, '_>,
    matcher: &mut Matcher,
    rule: &SpanRule,
    s: usize,
    found: &Found,
) -> Result<Firing, Stop> {
    let (scene, mentions) = (&stage.reading.scene, &stage.reading.mentions);
    let sentence = &scene.text.sentences[s].tokens;
    let clauses = stage.clauses(s);
    let (Some((var, of, spoken)), Some(clause)) =
        (rule.info.of, clauses.iter().find(|c| c.contains(found.tokens.start)))
    else {
        return Err(Stop::NothingSpokenOf);
    };
    // What is said far away in the clause does not speak against it.
    let stretch = clause.stretch(found.tokens.start);
    let around = found.tokens.start.saturating_sub(AROUND).max(stretch.start)
        ..(found.tokens.end + AROUND).min(stretch.end).max(found.tokens.end);
    if let Some(objection) = objection(matcher, scene, mentions, &rule.info, sentence, &around, &found.tokens) {
        return Err(Stop::Objection(objection));
    }
    let near = Near { stage, sentence, clause, at: &found.tokens, of };
    let bound = match spoken {
        Spoken::Main => near.main().map(Bound::Entity),
        Spoken::Row => near.row().map(|m| Bound::Mentions(vec![m])),
        _ => near.one().map(|m| Bound::Mentions(vec![m])),
    };
    let mut bindings = Bindings::default();
    bindings.bind_captures(stage, &rule.info, &found.captures);
    bindings.bind(var, bound.ok_or(Stop::NothingSpokenOf)?);
    firing(stage, &rule.info, &bindings, s, &[]).ok_or(Stop::NothingStated)
}

/// "On Friday the symposium will see the launch": a single day near a conference is hardly that of the conference.
fn is_one_day(stage: &Stage<'_, '_>, fired: &Firing) -> bool {
    let conference = stage.ontology.class("Conference");
    let of_conference = |s: &Statement| match s.subject {
        Node::Entity(id) => conference.is_some_and(|c| stage.ontology.is_subclass(stage.entities.get(id).class, c)),
        _ => false,
    };
    match &fired.statements[..] {
        [first, last] => {
            let day = matches!(&first.object, Object::Date(date) if date.day.is_some());
            day && first.object == last.object && of_conference(first)
        }
        _ => false,
    }
}

/// What rules have stated so far, by what can keep others from stating more.
#[derive(Default)]
struct StatedSoFar {
    /// The objects of a relation of a thing.
    objects: FxHashMap<(RelationId, Node), Vec<Object>>,
    /// The objects of a relation that a sentence has been used for.
    used: FxHashSet<(RelationId, usize, Object)>,
}

impl StatedSoFar {
    fn add(&mut self, firing: &Firing) {
        // A day that is counted from an event is not stated yet.
        let stated = firing.statements.iter().filter(|s| !matches!(s.object, Object::Day { .. }));
        for Statement { subject, relation, object } in stated {
            self.objects.entry((*relation, *subject)).or_default().push(object.clone());
            self.used.insert((*relation, firing.trigger, object.clone()));
        }
    }

    /// Whether no other rule has stated such a thing: another object of the subject, or the object in the same sentence.
    fn leaves_open(&self, new: &Statement, sentence: usize) -> bool {
        let of_subject = self.objects.get(&(new.relation, new.subject));
        !of_subject.into_iter().flatten().any(|old| !refines(&new.object, old))
            && !self.used.contains(&(new.relation, sentence, new.object.clone()))
    }
}

/// Whether a date says more exactly what another one says: "27 October 2021" and "2021".
fn refines(new: &Object, old: &Object) -> bool {
    match (new, old) {
        (Object::Date(new), Object::Date(old)) => {
            new.year == old.year
                && (old.month.is_none() && new.month.is_some()
                    || old.month == new.month && old.day.is_none() && new.day.is_some())
        }
        _ => false,
    }
}

/// A match, and what it may be said of.
struct Near<'n, 'r, 'a> {
    stage: &'n Stage<'r, 'a>,
    sentence: &'n Range<usize>,
    clause: &'n Clause,
    at: &'n Range<usize>,
    of: TypeSet,
}

impl Near<'_, '_, '_> {
    /// What is announced, if the sentence names nothing of the type.
    fn main(&self) -> Option<EntityId> {
        if !self.of_type(self.sentence).is_empty() {
            return None;
        }
        // Of what the sentence before speaks, or else of what is announced.
        if let Some(before) = spoken_of_before(self.stage, self.of, self.sentence.start) {
            return Some(before);
        }
        let main = spoken_of(self.stage, self.of)?;
        let first = self.stage.entities.get(main).first_token(&self.stage.reading.mentions)?;
        let text = self.stage.reading.scene.text;
        // Of what is not named before it is not spoken, the first sentences aside.
        let here = text.sentence_of(self.at.start);
        (first < self.at.start || here < 8).then_some(main)
    }

    /// The one thing of the type in the row of a table, but for the cell itself.
    fn row(&self) -> Option<MentionId> {
        let text = self.stage.reading.scene.text;
        let here = text.sentence_of(self.at.start);
        let BlockKind::TableCell { row, column, .. } = text.kind(here) else { return None };
        let of_row = |s: &usize| matches!(text.kind(*s), BlockKind::TableCell { row: other, .. } if other == row);
        let own = |s: &usize| matches!(text.kind(*s), BlockKind::TableCell { column: other, .. } if other == column);
        let first = (0..=here).rev().take_while(of_row).last()?;
        let cells = (first..text.sentences.len()).take_while(of_row).filter(|s| !own(s));
        let named: Vec<MentionId> = cells.flat_map(|s| self.of_type(&text.sentences[s].tokens)).collect();
        let first = self.stage.entities.of(*named.first()?);
        let one = named.iter().all(|m| self.stage.entities.of(*m) == first);
        one.then(|| named[0])
    }

    /// The one thing that the clause can mean: the last before the match; or the first behind it, if the match opens the
    /// clause.
    fn one(&self) -> Option<MentionId> {
        let mentions = &self.stage.reading.mentions;
        let all: Vec<MentionId> = self.clause.ranges.iter().flat_map(|r| self.of_type(r)).collect();
        let before = all.iter().rev().copied().find(|m| mentions.get(*m).tokens.end <= self.at.start);
        let behind = all.iter().copied().find(|m| mentions.get(*m).tokens.start >= self.at.end);
        let opens = self.opens(&self.clause.stretch(self.at.start));
        if let Some(behind) = behind.filter(|m| opens && self.free(self.at.end..mentions.get(*m).tokens.start)) {
            return Some(behind);
        }
        if let Some(before) = before {
            return self.free(mentions.get(before).tokens.end..self.at.start).then_some(before);
        }
        let relative = self.clause.relative.as_ref().and_then(|(antecedent, _)| *antecedent);
        if let Some(antecedent) = relative.filter(|m| self.of.contains(mentions.get(*m).ty)) {
            return Some(antecedent);
        }
        // "… agreed in Copenhagen, when a summit adopted": the only one of the sentence, in a clause that says when.
        let others = self.of_type(self.sentence);
        let entity = self.stage.entities.of(*others.first()?)?;
        let only = others.iter().all(|m| self.stage.entities.of(*m) == Some(entity));
        let nearest = others.into_iter().min_by_key(|m| {
            let tokens = &mentions.get(*m).tokens;
            tokens.start.saturating_sub(self.at.end).max(self.at.start.saturating_sub(tokens.end))
        })?;
        let tokens = &mentions.get(nearest).tokens;
        let between = match tokens.start >= self.at.end {
            true => self.at.end..tokens.start,
            false => tokens.end..self.at.start,
        };
        let text = self.stage.reading.scene.text;
        let when = between.clone().any(|i| text.word(i) == "when");
        (only && when && self.free(between)).then_some(nearest)
    }

    /// Mentions of the type in a stretch, by place.
    fn of_type(&self, within: &Range<usize>) -> Vec<MentionId> {
        let mentions = &self.stage.reading.mentions;
        let all = mentions.within(within.clone()).into_iter();
        all.filter(|m| self.of.contains(mentions.get(*m).ty) && self.stage.entities.of(*m).is_some()).collect()
    }

    /// Whether the match opens its clause or a part of it.
    fn opens(&self, stretch: &Range<usize>) -> bool {
        let text = self.stage.reading.scene.text;
        let mut at = self.at.start;
        if text.word(at) == "," {
            return false;
        }
        while at > stretch.start && matches!(text.word(at - 1), "and" | "then" | "later" | "already" | "where") {
            at -= 1;
        }
        at == stretch.start
            || matches!(text.word(at - 1), ":" | ";" | "\"")
            || at < self.at.start && text.word(at - 1) == ","
    }

    /// Whether nothing between the two keeps them apart; what was inserted in the clause does not count.
    fn free(&self, between: Range<usize>) -> bool {
        let text = self.stage.reading.scene.text;
        let mentions = &self.stage.reading.mentions;
        let types: Vec<_> = mentions.within(self.at.clone()).into_iter().map(|m| mentions.get(m).ty).collect();
        let (mut length, mut open) = (0, 0_i32);
        for i in between {
            // A clause of the sentence that is not this one.
            if !self.clause.contains(i) && self.clause.relative.is_none() {
                continue;
            }
            length += 1;
            match text.word(i) {
                ";" => return false,
                "-" if text.shape(i).has(Shape::SPACED) => return false,
                "(" => open += 1,
                ")" => open -= 1,
                _ => {}
            }
            if open < 0 || mentions.starting_at(i).any(|(_, m)| !m.inner && types.contains(&m.ty)) {
                return false;
            }
        }
        length <= REACH && open <= 1
    }
}
