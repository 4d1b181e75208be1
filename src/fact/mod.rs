//! Facts with their evidence: what an announcement states, and where and why Urbi says so.
//!
//! A statement without evidence cannot be constructed: triples exist only inside an [`Evidence`], which names the
//! passages and the rule. An [`Extraction`] is a pure function of (document bytes, profile, program version, base), so
//! extractions of many documents merge by set union.
//!
//! Not in here: how a store keeps evidence, and how the view is derived from it.

mod confidence;
mod line_order;
pub mod quads;

pub use confidence::{Confidence, NoConfidence};

use std::ops::Range;

use oxrdf::{NamedNode, Triple};

/// A document: the bytes of an announcement, named by what they are and not by where they lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// `{base}document/{SHA-256 of the bytes, lower-case hexadecimal}`.
    pub iri: NamedNode,
    /// Media type of the bytes, such as `text/plain`.
    pub media_type: String,
    /// Length of the original, in bytes.
    pub length: u64,
    /// The headline, if it has one.
    pub title: Option<String>,
}

/// A stretch of a document's extracted text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Passage {
    /// In the extracted text: Unicode scalar values from 0, end exclusive (RFC 5147).
    pub chars: Range<u32>,
    /// In the original bytes, from 0, end exclusive, in order; more than one where something was left out between.
    pub bytes: Vec<Range<u64>>,
    /// The text of the passage.
    pub quote: String,
}

/// Index of a passage in [`Extraction::passages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PassageId(pub u32);

/// The rule that fired, with the version of its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleRef {
    /// Name of the rule, unique in a profile, such as `launched`.
    pub name: String,
    /// First eight hexadecimal digits of the SHA-256 of the rule's text: it changes when the rule does.
    pub version: String,
}

/// One firing of a rule: what it asserts, and on what grounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What is asserted: at least one triple, sorted, without duplicates.
    pub triples: Vec<Triple>,
    /// The rule that fired.
    pub rule: RuleRef,
    /// The passage that made it fire.
    pub trigger: PassageId,
    /// Other passages it rests on (a heading above a list, the sentence that introduced "the conference"), sorted.
    pub antecedents: Vec<PassageId>,
    /// Lexicon entries it rests on (the gazetteer entry that knows a city's country), sorted.
    pub cites: Vec<NamedNode>,
    /// How sure the rule is.
    pub confidence: Confidence,
}

/// All that one document gives.
#[derive(Clone, Debug)]
pub struct Extraction {
    /// The document.
    pub document: Document,
    /// The passages that the evidence names, sorted by place, without duplicates.
    pub passages: Vec<Passage>,
    /// The evidence, in a fixed order.
    pub evidence: Vec<Evidence>,
    /// What a person should know: readings that were ambiguous, input that was left out.
    pub notes: Vec<String>,
}
