//! A document on its way in: its bytes, where they stood, and what stood beside them.

use super::form::Form;
use super::http;
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
    /// The address.
    pub url: Option<String>,
    /// When it was captured: ISO 8601 in UTC.
    pub captured: Option<String>,
}

impl Part {
    /// A document by itself.
    pub fn new(place: Place, bytes: Vec<u8>, form: Option<Form>) -> Part {
        Part { place, bytes, form, carried: Carried::default(), position: 0 }
    }

    /// The same, to be read as the media type says that [`Announcement::media_type`](super::Announcement::media_type) gave
    /// when these bytes were read before.
    #[must_use]
    pub fn as_before(&self, media_type: &str) -> Part {
        let (_, charset) = http::media_type(media_type);
        let carried = Carried { charset, ..self.carried.clone() };
        Part { form: Form::of_media_type(media_type).or(self.form), carried, ..self.clone() }
    }

    /// A document that has been read before, with what [`Place::source`] and
    /// [`Announcement::media_type`](super::Announcement::media_type) said then.
    pub fn again(source: &str, bytes: Vec<u8>, media_type: &str) -> Part {
        let (_, charset) = http::media_type(media_type);
        let carried = Carried { charset, ..Carried::default() };
        Part { carried, ..Part::new(Place::named(source), bytes, Form::of_media_type(media_type)) }
    }
}
