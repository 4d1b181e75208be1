//! Coordination: "A, B (X) and C of Y" are one group.

use std::ops::Range;

use super::Stage;
use crate::mention::MentionId;
use crate::rules::TypeSet;

/// The mentions of these types that are coordinated with `first` and stand behind it, itself included, by place.
pub fn group(stage: &Stage<'_, '_>, sentence: &Range<usize>, first: MentionId, types: TypeSet) -> Vec<MentionId> {
    let mut out = vec![first];
    let mut at = stage.reading.mentions.get(first).tokens.end;
    while let Some((next, end)) = next(stage, sentence, at, types) {
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
    let mut at = behind_apposition(stage, sentence, at, types);
    let mut joined = false;
    while at < sentence.end {
        match text.word(at) {
            "," | "and" | "&" | "plus" | "/" => joined = true,
            "as" if text.word((at + 1).min(sentence.end - 1)) == "well" => {
                joined = true;
                at += 2;
            }
            "the" | "both" | "also" | "its" | "with" | "along" | "then" if joined => {}
            _ => break,
        }
        at += 1;
    }
    if !joined {
        return None;
    }
    let found = mentions.starting_at(at).find(|(_, m)| types.contains(m.ty) && m.tokens.end <= sentence.end)?;
    Some((found.0, found.1.tokens.end))
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
        "," | "of" | "from" | "at" => {
            let from = at + 1 + usize::from(at + 1 < sentence.end && text.word(at + 1) == "the");
            let place = mentions.starting_at(from).map(|(_, m)| m.tokens.end).max();
            // Where countries are listed, one is no apposition to the other.
            let country = stage.ontology.class("Country").map(crate::rules::Type::Class);
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
