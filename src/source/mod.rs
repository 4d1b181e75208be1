//! From bytes to an [`Announcement`]: clean text in blocks, the metadata that the form itself carries, and for every
//! character its place in the original bytes.
//!
//! Each form has a module that finds the words; [`Form`] says which is which, and everything behind [`read_part`] is the
//! same for all of them. What holds documents (archives, mailboxes) is taken apart by an [`Unpacker`] first, so that each
//! [`Part`] is one document with bytes of its own. What is not part of the announcement (navigation, archive banners,
//! signatures, rulers) is left out here, once, so that no later stage can take a fact from it. Nothing here knows names or
//! rules; months and a few short words are all the language it needs to see how a text is laid out.

mod announcement;
mod builder;
mod calendar;
mod captures;
mod data;
mod date;
mod decode;
mod error;
mod feed;
mod form;
mod front_matter;
mod html;
mod http;
mod limits;
mod mail;
mod markdown;
mod office;
mod origin;
mod part;
mod pdf;
mod place;
mod plain;
mod recognise;
mod shape;
mod show;
mod unpack;
mod warc;
mod words;

pub use announcement::{Announcement, Block, BlockKind, Link, Metadata, Stated};
pub use captures::{Captures, Dates, NoDates};
pub use data::{Item, Value, Vocabulary};
pub use error::ReadError;
pub use form::{Form, UnknownForm};
pub use http::{media_type, undo as undo_encodings};
pub use limits::Limits;
pub use origin::Origin;
pub use part::{Carried, Part};
pub use place::{Capture, Place, shown_source};
pub use show::show_text;
pub use unpack::{Flow, Found, Input, Settings, Unpacker};

use std::borrow::Cow;

use builder::Builder;
use decode::Decoded;

/// The size from which on a single document is refused, in bytes: 64 MiB.
pub const MAX_LENGTH: u64 = 64 << 20;

/// Reads the announcements in a file that is in memory: the one that it is, or those that it holds, without those that
/// cannot be read. `name` is used to recognise the form and in messages; `form` overrules what content and name show.
///
/// # Errors
/// If none can be read: the first of the reasons.
pub fn read(name: &str, bytes: &[u8], form: Option<Form>) -> Result<Vec<Announcement>, ReadError> {
    let settings = Settings { form, ..Settings::default() };
    let mut read = Vec::new();
    let mut failure = None;
    let mut take = |found| {
        match found {
            Found::Part(part) => match read_part(&part) {
                Ok(announcement) => read.push(announcement),
                Err(error) => drop(failure.get_or_insert(error)),
            },
            Found::Failed(error) => drop(failure.get_or_insert(error)),
            Found::PassedOver(_) | Found::Reached(_) => {}
        }
        Flow::Continue(())
    };
    // It goes on to the end, since nothing breaks off.
    let _ = Unpacker::new(&settings, &mut take).unpack(
        Place::named(name),
        Input::Memory(bytes.to_vec()),
        Carried::default(),
    );
    match failure {
        Some(error) if read.is_empty() => Err(error),
        None if read.is_empty() => Err(ReadError::NoText { name: name.to_owned(), length: bytes.len() as u64 }),
        _ => Ok(read),
    }
}

/// Reads a document.
///
/// # Errors
/// If it is empty, too large, not text, in an unknown encoding, or without words.
pub fn read_part(part: &Part) -> Result<Announcement, ReadError> {
    let bytes = part.bytes.as_slice();
    let name = part.place.to_string();
    let length = bytes.len() as u64;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty { name });
    }
    if length > MAX_LENGTH {
        return Err(ReadError::TooLarge { name, limit: MAX_LENGTH });
    }
    let form = part.form.unwrap_or_else(|| Form::recognise(part.place.name(), bytes));
    let announcement = match form {
        Form::Mail => match mail::decode(&name, bytes)? {
            Some(mail) => mail::build(&mail).finish(bytes, form),
            None => None,
        },
        Form::Pdf => pdf::build(&pdf::text(&name, bytes, MAX_LENGTH)?).finish(bytes, form),
        Form::Docx | Form::Odt => office::build(&office::page(&name, bytes, form, MAX_LENGTH)?).finish(bytes, form),
        Form::Entry => feed::build(&feed::page(&decode(part, &name, None)?)).finish(bytes, form),
        Form::Event => calendar::build(&calendar::notice(&decode(part, &name, None)?)).finish(bytes, form),
        Form::Html => html::build(&decode(part, &name, html::declared_charset(bytes))?).finish(bytes, form),
        Form::Markdown => markdown::build(&decode(part, &name, None)?).finish(bytes, form),
        Form::Text => plain::build(&decode(part, &name, None)?).finish(bytes, form),
        Form::Json | Form::JsonLines | Form::Csv | Form::Tsv => {
            let decoded = decode(part, &name, None)?;
            let mut builder = Builder::new(&decoded);
            match form {
                Form::Json | Form::JsonLines => data::json::record(&decoded.text, &mut builder).map_err(|mistake| {
                    ReadError::Damaged { name: name.clone(), at: mistake.at as u64, problem: mistake.problem }
                })?,
                _ => data::table::record(&decoded.text, &mut builder),
            }
            builder.finish(bytes, form)
        }
        container => {
            let problem = format!("{container} is no form of a document");
            return Err(ReadError::Unsupported { name, problem });
        }
    };
    let mut announcement = announcement.ok_or(ReadError::NoText { name, length })?;
    if form != Form::Mail && needs_charset(part, announcement.charset) {
        announcement.media_type += ";charset=";
        announcement.media_type += announcement.charset;
    }
    let metadata = &mut announcement.metadata;
    metadata.url = metadata.url.take().or_else(|| part.carried.url.clone());
    metadata.captured.clone_from(&part.carried.captured);
    Ok(announcement)
}

/// The bytes that the offsets of a document's passages count in, which its form says: those of the document itself; of DOCX
/// and ODT the parts for text and metadata, unpacked, one behind the other; of PDF the content streams, decoded, in the order
/// in which the pages use them.
///
/// # Errors
/// If the document is not of that form.
pub fn unpacked<'b>(name: &str, bytes: &'b [u8], form: Form) -> Result<Cow<'b, [u8]>, ReadError> {
    match form {
        Form::Docx | Form::Odt => office::unpacked(name, bytes, form, MAX_LENGTH).map(Cow::Owned),
        Form::Pdf => pdf::unpacked(name, bytes, MAX_LENGTH).map(Cow::Owned),
        _ => Ok(Cow::Borrowed(bytes)),
    }
}

/// The characters of a document. What the container says of their encoding comes before what the document says.
fn decode<'p>(part: &'p Part, name: &str, declared: Option<String>) -> Result<Decoded<'p>, ReadError> {
    let label = part.carried.charset.as_deref().or(declared.as_deref());
    Decoded::declared(name, &part.bytes, label)
}

/// True if a document cannot be read as it was without being told its character set again.
fn needs_charset(part: &Part, charset: &str) -> bool {
    if part.carried.charset.is_none() || charset == "UTF-8" {
        return false;
    }
    let declared = if part.form == Some(Form::Html) { html::declared_charset(&part.bytes) } else { None };
    Decoded::declared("", &part.bytes, declared.as_deref()).map_or(true, |decoded| decoded.charset != charset)
}
