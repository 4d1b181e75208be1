//! Coordination: "A, B (X) and C of Y" are one group, and so are "A, which …, along with B" and "the mayor, A, together
//! with the rector, B".

use std::ops::Range;

use super::Stage;
use super::clause::{is_finite, is_relative};
use crate::mention::MentionId;
use crate::rules::{Listed, Type, TypeSet, ValueType};
use crate::text::{Shape, Text};

/// Phrases that tie one name to the next, beside commas and "and".
const TIES: &[&[&str]] = &[
    &["as", "well", "as"],
    &["together", "with"],
    &["along", "with"],
    &["jointly", "with"],
    &["in", "partnership", "with"],
    &["in", "cooperation", "with"],
    &["in", "co", "-", "operation", "with"],
    &["in", "collaboration", "with"],
    &["in", "association", "with"],
    &["alongside"],
];
/// How many tokens may be put in between a conjunction and the name behind it.
const ASIDE: usize = 5;
/// How far the next person of a list may be, behind the office of the one before.
const OFFICE: usize = 30;

/// The mentions of these types that are coordinated with `first` and stand behind it, itself included, by place.
pub fn group(stage: &Stage<'_, '_>, sentence: &Range<usize>, first: MentionId, types: TypeSet) -> Vec<MentionId> {
    let mut out = vec![first];
    let mut at = stage.reading.mentions.get(first).tokens.end;
    // Beside a person stand persons: "Ann Lee, University of Oslo, and Bo Ek".
    let person = stage.ontology.class("Person").map(Type::Class);
    let types =
        person.filter(|p| types.contains(*p) && stage.reading.mentions.get(first).ty == *p).map_or(types, TypeSet::of);
    let persons = has(stage, types, "Person").then(|| stage.ontology.class("Person")).flatten();
    let persons = persons.map(|class| TypeSet::of(Type::Class(class)));
    while let Some((next, end)) =
        next(stage, sentence, at, types).or_else(|| persons.and_then(|types| next_person(stage, sentence, at, types)))
    {
        out.push(next);
        at = end;
    }
    out
}

/// Whether a class is among types.
fn has(stage: &Stage<'_, '_>, types: TypeSet, class: &str) -> bool {
    stage.ontology.class(class).is_some_and(|class| types.contains(Type::Class(class)))
}

/// The first mention of the group that `last` closes: looks back from it.
pub fn head_of_group(stage: &Stage<'_, '_>, sentence: &Range<usize>, last: MentionId, types: TypeSet) -> MentionId {
    let mentions = &stage.reading.mentions;
    let end = mentions.get(last).tokens.start;
    let before = mentions.within(sentence.start..end).into_iter().filter(|m| types.contains(mentions.get(*m).ty));
    before.into_iter().find(|m| group(stage, sentence, *m, types).contains(&last)).unwrap_or(last)
}

/// The mention that a comma or conjunction ties to what ends at token `at`.
fn next(stage: &Stage<'_, '_>, sentence: &Range<usize>, at: usize, types: TypeSet) -> Option<(MentionId, usize)> {
    let text = stage.reading.scene.text;
    let mentions = &stage.reading.mentions;
    let mut at = behind_relative_clause(stage, sentence, behind_apposition(stage, sentence, at, types));
    let mut joined = false;
    if let Some(end) = behind_aside(stage, sentence, at, types) {
        at = end;
    }
    let from = at;
    let listed = |list: Listed, at: usize| stage.rules.grammar.has(list, stage.reading.scene.symbols[at]);
    while at < sentence.end {
        match text.word(at) {
            "," | "and" | "&" | "plus" | "/" => joined = true,
            // "Victoria, the capital of the Seychelles; Georgetown"
            ";" if at == from && !has(stage, types, "Event") => joined = true,
            _ if joined && listed(Listed::BetweenNames, at) => {}
            _ => match tie(text, sentence, at) {
                Some(end) => {
                    joined = true;
                    at = end;
                    continue;
                }
                None => break,
            },
        }
        at += 1;
    }
    if !joined {
        return None;
    }
    // "Ann Lee, Bo Ek and, by video, Eva Roe"
    if text.word(at - 1) == "," && at >= 2 && text.word(at - 2) == "and" {
        at = (at..sentence.end.min(at + ASIDE)).find(|i| text.word(*i) == ",").map_or(at, |comma| comma + 1);
    }
    let starts =
        |at: usize| mentions.starting_at(at).find(|(_, m)| types.contains(m.ty) && m.tokens.end <= sentence.end);
    // "and the charity Healthy Towns": what kind of thing it is stands before the name.
    let kind = text.word(at - 1) == "the" && at < sentence.end && text.shape(at).has(Shape::WORD);
    let found = starts(at)
        .or_else(|| starts(at + 1).filter(|_| kind && !text.shape(at).has(Shape::CAPITALISED)))
        .or_else(|| behind_kind(stage, sentence, at).and_then(starts))?;
    // Behind a semicolon another clause may begin: "… on Oslo; Cork is not in it".
    let clause = text.word(from) == ";"
        && (found.1.tokens.end..sentence.end.min(found.1.tokens.end + 2)).any(|i| is_finite(stage, i));
    (!clause).then_some((found.0, found.1.tokens.end))
}

/// Behind "Greek town of", "German city of".
fn behind_kind(stage: &Stage<'_, '_>, sentence: &Range<usize>, at: usize) -> Option<usize> {
    let text = stage.reading.scene.text;
    let of = (at..sentence.end.min(at + ASIDE)).find(|i| text.word(*i) == "of").filter(|of| *of > at)?;
    let demonym =
        |i: usize| stage.reading.mentions.starting_at(i).any(|(_, m)| m.ty == Type::Value(ValueType::Demonym));
    let plain = (at..of).all(|i| {
        let shape = text.shape(i);
        shape.has(Shape::WORD) && (!shape.has(Shape::CAPITALISED) || demonym(i))
    });
    (plain && stage.rules.grammar.has(Listed::BeforeNoun, stage.reading.scene.symbols[of - 1])).then_some(of + 1)
}

/// Behind ", the capital of the Seychelles" or ", which lies on the coast", where a list of names goes on behind it: before
/// the semicolon, or the comma that the next name follows. Persons have offices, for which [`next_person`] cares; behind
/// what is said of an event, the next one has a clause of its own.
fn behind_aside(stage: &Stage<'_, '_>, sentence: &Range<usize>, at: usize, types: TypeSet) -> Option<usize> {
    let text = stage.reading.scene.text;
    let mentions = &stage.reading.mentions;
    let apart = has(stage, types, "Person") || has(stage, types, "Event");
    let opens = at + 1 < sentence.end
        && matches!(text.word(at), "," | "(")
        && stage.rules.grammar.has(Listed::Aside, stage.reading.scene.symbols[at + 1]);
    let of_type = |i: usize| mentions.starting_at(i).any(|(_, m)| types.contains(m.ty));
    if apart || !opens || of_type(at + 1) || of_type(at + 2) {
        return None;
    }
    for i in at + 1..sentence.end.min(at + OFFICE) {
        match text.word(i) {
            ";" => return Some(i),
            "." | ":" | "!" | "?" => return None,
            "," | "and" => {
                let behind = (i + 1..sentence.end.min(i + 4))
                    .find(|j| !matches!(text.word(*j), "and" | "the" | "," | "as" | "well" | "also"));
                return behind.filter(|j| of_type(*j) && text.word(i) == ",").map(|_| i);
            }
            _ => {}
        }
    }
    None
}

/// Where a phrase that ties names ends, if one begins at token `at`.
fn tie(text: &Text<'_>, sentence: &Range<usize>, at: usize) -> Option<usize> {
    let fits = |phrase: &&&[&str]| {
        at + phrase.len() <= sentence.end && phrase.iter().enumerate().all(|(i, word)| text.word(at + i) == *word)
    };
    TIES.iter().find(fits).map(|phrase| at + phrase.len())
}

/// Behind ", which has its seat in Oslo" where a tie follows it: the comma before the tie.
fn behind_relative_clause(stage: &Stage<'_, '_>, sentence: &Range<usize>, at: usize) -> usize {
    let text = stage.reading.scene.text;
    let relative = at + 1 < sentence.end && text.word(at) == "," && is_relative(stage, at + 1);
    let ends = |i: &usize| {
        text.word(*i) == ","
            && *i + 1 < sentence.end
            && (text.word(*i + 1) == "and" || tie(text, sentence, *i + 1).is_some())
    };
    relative.then(|| (at + 2..sentence.end.min(at + OFFICE)).find(ends)).flatten().unwrap_or(at)
}

/// The next person of a list in which offices stand before or behind the names: "the mayor, Ann Lee, and Bo Ek, rector of
/// the university". A preposition before a name says that it belongs to an office ("a pupil of Bo Ek").
fn next_person(
    stage: &Stage<'_, '_>,
    sentence: &Range<usize>,
    at: usize,
    types: TypeSet,
) -> Option<(MentionId, usize)> {
    let text = stage.reading.scene.text;
    let mentions = &stage.reading.mentions;
    let (mut joined, mut relative) = (false, false);
    for i in at..sentence.end.min(at + OFFICE) {
        let belongs = i > at && matches!(text.word(i - 1), "of" | "for" | "to" | "from" | "after" | "about" | "under");
        let mut here = mentions.starting_at(i).filter(|(_, m)| types.contains(m.ty) && !m.inner);
        if let Some((id, m)) = here.next().filter(|_| joined && !relative && !belongs) {
            return Some((id, m.tokens.end));
        }
        let capitalised = text.shape(i).has(Shape::CAPITALISED);
        match text.word(i) {
            "," | ";" => {
                joined = true;
                relative = i + 1 < sentence.end && is_relative(stage, i + 1);
            }
            "and" | "&" if !relative => joined = true,
            "." if i > at && text.shape(i - 1).has(Shape::CAPITALISED) && text.word(i - 1).len() <= 4 => {}
            "." | ":" | "!" | "?" => return None,
            word if !relative && !capitalised && (is_finite(stage, i) || word.ends_with("ed")) => return None,
            _ => {}
        }
    }
    None
}

/// Behind "(Colombia)", ", Colombia," and "of Imperial College" where they follow a name.
fn behind_apposition(stage: &Stage<'_, '_>, sentence: &Range<usize>, at: usize, types: TypeSet) -> usize {
    let text = stage.reading.scene.text;
    let mentions = &stage.reading.mentions;
    if at >= sentence.end {
        return at;
    }
    match text.word(at) {
        "(" => {
            let close = (at..sentence.end.min(at + 25)).find(|i| text.word(*i) == ")");
            close.map_or(at, |c| c + 1)
        }
        "," | "of" | "from" | "at" | "in" => {
            let from = at + 1 + usize::from(at + 1 < sentence.end && text.word(at + 1) == "the");
            let place = mentions.starting_at(from).map(|(_, m)| m.tokens.end).max();
            // Where countries are listed, one is no apposition to the other.
            let country = stage.ontology.class("Country").map(Type::Class);
            let is_country =
                country.is_some_and(|c| !types.contains(c) && mentions.starting_at(from).any(|(_, m)| m.ty == c));
            match place {
                Some(end) if text.word(at) != "," || is_country => end,
                _ => at,
            }
        }
        _ => at,
    }
}
