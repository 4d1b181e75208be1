//! From bytes to an [`Announcement`]: clean text in blocks, the metadata that the form itself carries, and for every
//! character its place in the original bytes.
//!
//! Each form has a module that finds the words; [`Form`] says which is which, and everything behind [`read`] is the same
//! for all of them. What is not part of the announcement (navigation, archive banners, signatures, rulers) is left out
//! here, once, so that no later stage can take a fact from it. Nothing here knows names or rules; months and a few
//! short words are all the language it needs to see how a text is laid out.

mod announcement;
mod builder;
mod date;
mod decode;
mod error;
mod form;
mod front_matter;
mod html;
mod mail;
mod markdown;
mod origin;
mod plain;
mod shape;
mod show;
mod words;

pub use announcement::{Announcement, Block, BlockKind, Link, Metadata, Stated};
pub use error::ReadError;
pub use form::{Form, UnknownForm};
pub use origin::Origin;
pub use show::show_text;

use decode::Decoded;

/// The size from which on a single document is refused, in bytes: 64 MiB.
pub const MAX_LENGTH: u64 = 64 << 20;

/// Reads the announcements in a file. `name` is used to recognise the form and in messages; `form` overrules what the
/// content and the name show.
///
/// # Errors
/// If the file is empty, too large, not text, in an unknown encoding, or without words.
pub fn read(name: &str, bytes: &[u8], form: Option<Form>) -> Result<Vec<Announcement>, ReadError> {
    let length = bytes.len() as u64;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty { name: name.to_owned() });
    }
    if length > MAX_LENGTH {
        return Err(ReadError::TooLarge { name: name.to_owned(), length, limit: MAX_LENGTH });
    }
    let form = form.unwrap_or_else(|| Form::recognise(name, bytes));
    let no_text = || ReadError::NoText { name: name.to_owned(), length };
    let announcement = if form == Form::Mail {
        let mail = mail::decode(name, bytes)?.ok_or_else(no_text)?;
        mail::build(&mail).finish(bytes, form)
    } else {
        let charset = if form == Form::Html { html::declared_charset(bytes) } else { None };
        let decoded = Decoded::declared(name, bytes, charset.as_deref())?;
        let builder = match form {
            Form::Markdown => markdown::build(&decoded),
            Form::Html => html::build(&decoded),
            Form::Text | Form::Mail => plain::build(&decoded),
        };
        builder.finish(bytes, form)
    };
    announcement.map(|announcement| vec![announcement]).ok_or_else(no_text)
}
