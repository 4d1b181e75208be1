//! How an announcement was read: what each mention in it means and why, and under which keys its entities go.
//!
//! Extraction keeps no reasons: they would be more than the facts. It is a pure function of the document, the profile and
//! the program, though, so that reading the kept original once more gives exactly the reasons that held the first time.

mod mentions;
mod reasons;

use std::collections::BTreeMap;
use std::ops::Range;

use oxrdf::NamedNode;

use super::Engine;
use super::evidence::Writer;
use crate::fact::Extraction;
use crate::ontology::KeyPart;
use crate::relate::{Firing, Stage};
use crate::resolve::{EntityId, Minted};
use crate::source::Announcement;

/// How an announcement was read.
#[derive(Clone, Debug)]
pub struct Account {
    /// The announcement.
    pub announcement: Announcement,
    /// What it states: the same as [`Engine::extract`] gives.
    pub extraction: Extraction,
    /// The entities that stand in a relation, by IRI.
    pub entities: Vec<Named>,
    /// What names, refers to or dates something, by place. Mentions do not lie in each other, but may overlap.
    pub mentions: Vec<Marked>,
}

/// An entity of an announcement, and how it came to its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The IRI under which the announcement speaks of it.
    pub iri: NamedNode,
    /// Its class.
    pub class: NamedNode,
    /// What it is called, the best name first.
    pub labels: Vec<String>,
    /// All its keys, that of `iri` first, and what they are made of.
    pub keys: Vec<KeyUsed>,
    /// The lexicon entry that it is, as evidence cites it.
    pub entry: Option<NamedNode>,
    /// How other names and other entities came to it, in the order in which that was found out.
    pub history: Vec<Reason>,
}

/// A key of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyUsed {
    /// The IRI that it makes.
    pub iri: NamedNode,
    /// What it is made of: names of relations, or `authority`, `name`, `year`, `document`.
    pub parts: Vec<String>,
}

/// A mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// In the extracted text: Unicode scalar values from 0, end exclusive.
    pub chars: Range<u32>,
    /// In the original bytes, from 0, end exclusive, in order.
    pub bytes: Vec<Range<u64>>,
    /// Its words.
    pub words: String,
    /// What it is: a class of the ontology, or `Date`.
    pub kind: String,
    /// The entity, by the IRI of [`Named::iri`]; none if it stands in no relation, or nobody knows what is meant.
    pub entity: Option<NamedNode>,
    /// Why it means that; none for dates.
    pub reason: Option<Reason>,
}

/// Why names mean what they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// For programs: stays the same when the words change.
    pub code: &'static str,
    /// For people, one clause in lower case.
    pub text: String,
    /// The place that decided, in characters of the extracted text: the country behind a name, what is referred to.
    pub place: Option<Range<u32>>,
}

impl Account {
    /// Whether the announcement has these words at this place of its text and of its original.
    pub fn holds(&self, chars: &Range<u32>, bytes: &[Range<u64>], quote: &str) -> bool {
        if chars.is_empty() {
            let stated = self.announcement.metadata.date.as_ref();
            return stated.is_some_and(|date| date.value == quote && *bytes == [date.bytes.clone()]);
        }
        let text = &self.announcement.text;
        let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let Some(start) = places.nth(chars.start as usize) else { return false };
        text.get(start..start + quote.len()) == Some(quote)
            && quote.chars().count() == chars.len()
            && self.announcement.origin.original(start..start + quote.len()) == bytes
    }
}

impl Engine {
    /// The facts of an announcement, and how they were found.
    pub fn account(&self, announcement: Announcement) -> Account {
        let (extraction, entities, mentions) =
            self.stages(&announcement, |stage, firings, notes| self.tell(stage, firings, notes));
        Account { announcement, extraction, entities, mentions }
    }

    fn tell(
        &self,
        stage: &Stage<'_, '_>,
        firings: &[Firing],
        notes: Vec<String>,
    ) -> (Extraction, Vec<Named>, Vec<Marked>) {
        let writer = Writer::new(self, stage);
        let minted = writer.minted(firings);
        let teller = reasons::Teller::new(self, stage);
        let mut named: Vec<Named> =
            minted.iter().map(|(id, minted)| self.named(*id, minted, &teller, &writer)).collect();
        named.sort_by(|a, b| a.iri.cmp(&b.iri));
        let iris: BTreeMap<EntityId, &NamedNode> = minted.iter().map(|(id, minted)| (*id, &minted.iri)).collect();
        let mentions = mentions::marked(stage, &teller, &iris);
        (Extraction { notes, ..writer.write(firings) }, named, mentions)
    }

    fn named(
        &self,
        id: EntityId,
        minted: &Minted,
        teller: &reasons::Teller<'_, '_>,
        writer: &Writer<'_, '_, '_, '_>,
    ) -> Named {
        let entity = teller.entity(id);
        let iris = std::iter::once(&minted.iri).chain(&minted.others);
        Named {
            iri: minted.iri.clone(),
            class: self.ontology[entity.class].iri.clone(),
            labels: entity.labels.clone(),
            keys: iris
                .zip(&minted.parts)
                .map(|(iri, parts)| KeyUsed { iri: iri.clone(), parts: parts.iter().map(|p| self.part(*p)).collect() })
                .collect(),
            entry: entity.entry.map(|entry| writer.citation(entry)),
            history: teller.history(id),
        }
    }

    fn part(&self, part: KeyPart) -> String {
        match part {
            KeyPart::Authority => "authority",
            KeyPart::Name => "name",
            KeyPart::Year => "year",
            KeyPart::Document => "document",
            KeyPart::Relation(relation) => &self.ontology[relation].name,
        }
        .to_owned()
    }
}
