//! Coordination: "A, B (X) and C of Y" are one group, and so are "A, which …, along with B" and "the mayor, A, together
//! with the rector, B".

use std::ops::Range;

use super::Stage;
use super::clause::{FINITE, RELATIVE};
use crate::mention::MentionId;
use crate::rules::{Type, TypeSet};
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
/// Words that may stand between such a tie and the name behind it.
const BETWEEN: &[&str] =
    &["the", "both", "also", "its", "their", "with", "then", "by", "own", "local", "city", "'", "s"];
/// How far the next person of a list may be, behind the office of the one before.
const OFFICE: usize = 30;

/// The mentions of these types that are coordinated with `first` and stand behind it, itself included, by place.
pub fn group(stage: &Stage<'_, '_>, sentence: &Range<usize>, first: MentionId, types: TypeSet) -> Vec<MentionId> {
    let mut out = vec![first];
    let mut at = stage.reading.mentions.get(first).tokens.end;
    let person = stage.ontology.class("Person").is_some_and(|p| types.contains(Type::Class(p)));
    while let Some((next, end)) =
        next(stage, sentence, at, types).or_else(|| person.then(|| next_person(stage, sentence, at, types)).flatten())
    {
        out.push(next);
        at = end;
    }
    out
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
    let mut at = behind_relative_clause(text, sentence, behind_apposition(stage, sentence, at, types));
    let mut joined = false;
    while at < sentence.end {
        match text.word(at) {
            "," | "and" | "&" | "plus" | "/" => joined = true,
            word if joined && BETWEEN.contains(&word) => {}
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
    let starts =
        |at: usize| mentions.starting_at(at).find(|(_, m)| types.contains(m.ty) && m.tokens.end <= sentence.end);
    // "and the charity Healthy Towns": what kind of thing it is stands before the name.
    let kind = text.word(at - 1) == "the" && at < sentence.end && text.shape(at).has(Shape::WORD);
    let found = starts(at).or_else(|| starts(at + 1).filter(|_| kind && !text.shape(at).has(Shape::CAPITALISED)))?;
    Some((found.0, found.1.tokens.end))
}

/// Where a phrase that ties names ends, if one begins at token `at`.
fn tie(text: &Text<'_>, sentence: &Range<usize>, at: usize) -> Option<usize> {
    let fits = |phrase: &&&[&str]| {
        at + phrase.len() <= sentence.end && phrase.iter().enumerate().all(|(i, word)| text.word(at + i) == *word)
    };
    TIES.iter().find(fits).map(|phrase| at + phrase.len())
}

/// Behind ", which has its seat in Oslo" where a tie follows it: the comma before the tie.
fn behind_relative_clause(text: &Text<'_>, sentence: &Range<usize>, at: usize) -> usize {
    let relative = at + 1 < sentence.end && text.word(at) == "," && RELATIVE.contains(&text.word(at + 1));
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
                relative = i + 1 < sentence.end && RELATIVE.contains(&text.word(i + 1));
            }
            "and" | "&" if !relative => joined = true,
            "." if i > at && text.shape(i - 1).has(Shape::CAPITALISED) && text.word(i - 1).len() <= 4 => {}
            "." | ":" | "!" | "?" => return None,
            word if !relative && !capitalised && (FINITE.contains(&word) || word.ends_with("ed")) => return None,
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
