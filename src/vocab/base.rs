//! The base IRI, and the IRIs made from it.

use std::{fmt, ops::Range};

use oxrdf::{NamedNode, NamedNodeRef};

/// The IRI that all data IRIs start with: absolute, ending in `/` or `#`. Fixed when a store is created.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Base(String);

/// Why an IRI cannot be a base.
#[derive(Debug, thiserror::Error)]
pub enum BaseError {
    /// It is no absolute IRI.
    #[error("the base <{iri}> is no absolute IRI: {source}; give one such as {default}", default = Base::DEFAULT)]
    Iri {
        /// What was given.
        iri: String,
        /// What is wrong with it.
        source: oxrdf::IriParseError,
    },
    /// It does not end where names can be added.
    #[error("the base <{0}> must end in `/`, or in its only `#`; give one such as {default}", default = Base::DEFAULT)]
    Ending(String),
}

impl Base {
    /// The base that is used when none is given.
    pub const DEFAULT: &'static str = "https://w3id.org/urbi/id/";

    /// A base from an absolute IRI that ends in `/` or `#`.
    ///
    /// # Errors
    /// If `iri` is no absolute IRI, or does not end so.
    pub fn new(iri: &str) -> Result<Base, BaseError> {
        NamedNode::new(iri).map_err(|source| BaseError::Iri { iri: iri.to_owned(), source })?;
        match iri.strip_suffix(['/', '#']) {
            Some(head) if !head.contains('#') => Ok(Base(iri.to_owned())),
            _ => Err(BaseError::Ending(iri.to_owned())),
        }
    }

    /// The IRI.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `{base}document/{digest}`: the document whose bytes have this SHA-256 (lower-case hexadecimal).
    pub fn document(&self, digest: &str) -> NamedNode {
        self.entity("document", digest)
    }

    /// `{document}/text#char={start},{end}`: a stretch of a document's extracted text, in Unicode scalar values from 0,
    /// end exclusive (RFC 5147). An IRI has one `#` only, so that below a base that ends in `#` it is `/text/char=`.
    pub fn passage(&self, document: NamedNodeRef<'_>, chars: &Range<u32>) -> NamedNode {
        let mark = if self.0.ends_with('#') { '/' } else { '#' };
        NamedNode::new_unchecked(format!("{}/text{mark}char={},{}", document.as_str(), chars.start, chars.end))
    }

    /// `{base}evidence/{hash}`: the graph that holds what one firing of a rule asserts.
    pub fn evidence(&self, hash: &str) -> NamedNode {
        self.entity("evidence", hash)
    }

    /// `{base}decision/{hash}`: what a curator decided.
    pub fn decision(&self, hash: &str) -> NamedNode {
        self.entity("decision", hash)
    }

    /// `{base}rule/{name}/{version}`.
    pub fn rule(&self, name: &str, version: &str) -> NamedNode {
        self.nested("rule", name, version)
    }

    /// `{base}association/{name}/{version}`: that a rule was the plan of what the program did.
    pub fn association(&self, name: &str, version: &str) -> NamedNode {
        self.nested("association", name, version)
    }

    /// Name and version of an IRI that [`Base::rule`] made; both are still percent-encoded.
    pub fn rule_parts<'a>(&self, iri: &'a str) -> Option<(&'a str, &'a str)> {
        self.local(iri)?.strip_prefix("rule/")?.split_once('/')
    }

    /// `{base}lexicon/{source}/{id}`: what a dataset of the lexicon says of one name.
    pub fn lexicon_entry(&self, source: &str, id: &str) -> NamedNode {
        self.nested("lexicon", source, id)
    }

    /// `{base}lexicon/{source}`: a dataset that the lexicon was made from.
    pub fn dataset(&self, source: &str) -> NamedNode {
        self.entity("lexicon", source)
    }

    /// `{base}{kind}/{key}`: a thing, `kind` its class in lower case. What an IRI cannot hold is percent-encoded in `key`,
    /// letters of other scripts stay as they are (RFC 3987).
    pub fn entity(&self, kind: &str, key: &str) -> NamedNode {
        let mut iri = String::with_capacity(self.0.len() + kind.len() + key.len() + 1);
        iri.push_str(&self.0);
        push_segment(kind, &mut iri);
        iri.push('/');
        push_segment(key, &mut iri);
        NamedNode::new_unchecked(iri)
    }

    /// What follows the base in `iri`: `city/3674962`. None if `iri` does not start with the base.
    pub fn local<'a>(&self, iri: &'a str) -> Option<&'a str> {
        iri.strip_prefix(self.0.as_str())
    }

    /// Kind and key of an IRI that [`Base::entity`] made: `("city", "3674962")`. The key is still percent-encoded.
    pub fn kind_and_key<'a>(&self, iri: &'a str) -> Option<(&'a str, &'a str)> {
        self.local(iri)?.split_once('/')
    }

    fn nested(&self, kind: &str, outer: &str, inner: &str) -> NamedNode {
        let mut iri = self.entity(kind, outer).into_string();
        iri.push('/');
        push_segment(inner, &mut iri);
        NamedNode::new_unchecked(iri)
    }
}

impl Default for Base {
    fn default() -> Base {
        Base(Base::DEFAULT.to_owned())
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Base {
    type Err = BaseError;

    fn from_str(iri: &str) -> Result<Base, BaseError> {
        Base::new(iri)
    }
}

/// Appends `text` as one path segment: what may not stand there is percent-encoded.
fn push_segment(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | ',' | '=' | ':' | '+') || is_ucschar(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
}

/// `ucschar` of RFC 3987, less the marks of writing direction (section 4.1), which must not appear in an IRI.
fn is_ucschar(c: char) -> bool {
    let code = u32::from(c);
    match code {
        0x200E | 0x200F | 0x202A..=0x202E => false,
        0xA0..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFFEF => true,
        0x1_0000..=0xE_FFFD => code & 0xFFFF <= 0xFFFD && !(0xE_0000..0xE_1000).contains(&code),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Base;

    #[test]
    fn mints() {
        let base = Base::default();
        assert_eq!(base.entity("city", "3674962").as_str(), "https://w3id.org/urbi/id/city/3674962");
        assert_eq!(base.entity("theme", "a/b c").as_str(), "https://w3id.org/urbi/id/theme/a%2Fb%20c");
        assert_eq!(base.rule("launched", "0badcafe").as_str(), "https://w3id.org/urbi/id/rule/launched/0badcafe");
        let document = base.document("9c");
        let passage = base.passage(document.as_ref(), &(120..245));
        assert_eq!(passage.as_str(), "https://w3id.org/urbi/id/document/9c/text#char=120,245");
        assert_eq!(base.kind_and_key(document.as_str()), Some(("document", "9c")));
        assert_eq!(base.local("https://example.org/"), None);
    }

    #[test]
    fn a_passage_has_one_fragment() {
        let base = Base::new("https://example.org/graph#").expect("valid");
        let passage = base.passage(base.document("9c").as_ref(), &(1..2));
        assert_eq!(passage.as_str(), "https://example.org/graph#document/9c/text/char=1,2");
    }

    #[test]
    fn refuses_what_is_no_base() {
        for iri in ["", "/", "#", "id/", "https://example.org/id", "https://example.org/#a/", "https://exa mple.org/"] {
            assert!(Base::new(iri).is_err(), "{iri}");
        }
    }

    proptest! {
        #[test]
        fn every_key_gives_a_valid_iri(kind in "[a-z]{1,9}", key in any::<String>()) {
            for base in ["https://w3id.org/urbi/id/", "https://example.org/graph#"] {
                let iri = Base::new(base).expect("valid").entity(&kind, &key);
                prop_assert!(oxrdf::NamedNode::new(iri.as_str()).is_ok(), "{}", iri);
            }
        }
    }
}
