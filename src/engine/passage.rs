//! Passages: sentences with their places in text and original.

use std::collections::BTreeMap;

use crate::fact::{Passage, PassageId};
use crate::text::Text;

/// Collects the passages that evidence names, each once.
pub struct Passages<'t, 'a> {
    text: &'t Text<'a>,
    /// For each sentence, the number of characters before it.
    chars: Vec<u32>,
    list: Vec<Passage>,
    of_sentence: BTreeMap<usize, PassageId>,
}

impl<'t, 'a> Passages<'t, 'a> {
    /// No passages yet.
    pub fn new(text: &'t Text<'a>) -> Passages<'t, 'a> {
        let words = &text.announcement.text;
        let mut chars = Vec::with_capacity(text.sentences.len());
        let (mut at, mut count) = (0, 0u32);
        for sentence in &text.sentences {
            let bytes = text.bytes(sentence.tokens.clone());
            count += words[at..bytes.start].chars().count() as u32;
            chars.push(count);
            at = bytes.start;
        }
        Passages { text, chars, list: Vec::new(), of_sentence: BTreeMap::new() }
    }

    /// The passage of a sentence.
    pub fn sentence(&mut self, sentence: usize) -> PassageId {
        if let Some(id) = self.of_sentence.get(&sentence) {
            return *id;
        }
        let bytes = self.text.bytes(self.text.sentences[sentence].tokens.clone());
        let quote = self.text.announcement.text[bytes.clone()].to_owned();
        let start = self.chars[sentence];
        let chars = start..start + quote.chars().count() as u32;
        let id = self.push(Passage { chars, bytes: self.text.announcement.origin.original(bytes), quote });
        self.of_sentence.insert(sentence, id);
        id
    }

    /// A passage of its own.
    pub fn push(&mut self, passage: Passage) -> PassageId {
        self.list.push(passage);
        PassageId(self.list.len() as u32 - 1)
    }

    /// All of them, in the order in which they were asked for.
    pub fn into_list(self) -> Vec<Passage> {
        self.list
    }
}
