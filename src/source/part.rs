//! A document on its way in: its bytes, where they stood, and what stood beside them.

use super::form::Form;
use super::place::Place;

/// A document that has been found and not been read.
#[derive(Clone, Debug)]
pub struct Part {
    /// Where it was found.
    pub place: Place,
    /// The bytes of the document, and of nothing else: what [`Announcement::digest`](super::Announcement::digest) names.
    pub bytes: Vec<u8>,
    /// Its form, as the user or the container says; else it is recognised.
    pub form: Option<Form>,
    /// What the container says of it.
    pub carried: Carried,
    /// How much of the file (or stream) that was opened had been read when it was found, in bytes; for progress only.
    pub position: u64,
}

/// What a container says of a document. Of all that, only the character set has a say in how the document is read,
/// because a document must say the same wherever it lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// The media type, without parameters.
    pub media_type: Option<String>,
    /// The label of the character set.
    pub charset: Option<String>,
}

impl Part {
    /// A document by itself.
    pub fn new(place: Place, bytes: Vec<u8>, form: Option<Form>) -> Part {
        Part { place, bytes, form, carried: Carried::default(), position: 0 }
    }
}
