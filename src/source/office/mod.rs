//! Documents of word processors: DOCX (Office Open XML, ECMA-376) and ODT (OpenDocument 1.3).
//!
//! Both are zip archives with the text in one XML file and what is said about it in another. No crate reads them and keeps
//! places, so their events (`quick-xml`) are woven into a page here: headings, paragraphs, lists, tables and links as HTML,
//! in which every character knows where it stood. Left out: headers and footers, notes, comments, deletions, fields'
//! instructions, tables of contents.
//!
//! Offsets are those in the two XML files one behind the other, unpacked: [`unpacked`].

mod docx;
mod odt;
mod xml;

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::announcement::{Metadata, Stated};
use super::builder::Builder;
use super::date;
use super::decode::{Decoded, Weave};
use super::error::ReadError;
use super::form::Form;
use super::html;

/// The members that hold text and metadata of a document, in the order of their offsets.
pub(super) const fn members(form: Form) -> [&'static str; 2] {
    match form {
        Form::Odt => ["content.xml", "meta.xml"],
        _ => ["word/document.xml", "docProps/core.xml"],
    }
}

/// The form of a zip archive with these members, if it is a document.
pub(super) fn form_of<'n>(mut names: impl Iterator<Item = &'n str>) -> Option<Form> {
    names.find_map(|name| match name {
        "word/document.xml" => Some(Form::Docx),
        "content.xml" => Some(Form::Odt),
        _ => None,
    })
}

/// What the offsets of a document's passages count in: text and metadata, unpacked, one behind the other.
///
/// # Errors
/// If it is no such document, or larger than `limit` bytes unpacked.
pub(super) fn unpacked(name: &str, bytes: &[u8], form: Form, limit: u64) -> Result<Vec<u8>, ReadError> {
    let damaged = |problem: String| ReadError::Damaged { name: name.to_owned(), at: 0, problem };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let [text, metadata] = members(form);
    let mut out = member(&mut archive, text, limit)
        .ok_or_else(|| damaged(format!("the part {text} is missing, or longer than {limit} bytes")))?;
    let left = limit.saturating_sub(out.len() as u64);
    out.extend(member(&mut archive, metadata, left).unwrap_or_default());
    Ok(out)
}

fn member(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, limit: u64) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    archive.by_name(name).ok()?.take(limit + 1).read_to_end(&mut out).ok()?;
    (out.len() as u64 <= limit).then_some(out)
}

/// A document with its words as a page.
pub(super) struct Page {
    decoded: Decoded<'static>,
    metadata: Metadata,
}

/// Puts the words of a document together.
///
/// # Errors
/// If it is no such document, or its XML is not well-formed.
pub(super) fn page(name: &str, bytes: &[u8], form: Form, limit: u64) -> Result<Page, ReadError> {
    let unpacked = unpacked(name, bytes, form, limit)?;
    let decoded = Decoded::new(name, &unpacked)?;
    let mut weave = Weave::new(&decoded);
    weave.made("<html><body><article>");
    let read = match form {
        Form::Odt => odt::weave(&mut weave),
        _ => {
            let mut archive = ZipArchive::new(Cursor::new(bytes)).ok();
            let mut part = |name: &str| {
                let bytes = archive.as_mut().and_then(|archive| member(archive, name, limit)).unwrap_or_default();
                String::from_utf8_lossy(&bytes).into_owned()
            };
            docx::weave(&part("word/styles.xml"), &part("word/_rels/document.xml.rels"), &mut weave)
        }
    };
    let end = read.map_err(|(at, problem)| ReadError::Damaged { name: name.to_owned(), at: at as u64, problem })?;
    weave.made("</article></body></html>");
    let metadata = metadata(&decoded, end);
    Ok(Page { decoded: weave.finish(), metadata })
}

/// Reads a document.
pub(super) fn build(page: &Page) -> Builder<'_> {
    let mut builder = html::build(&page.decoded);
    builder.metadata = page.metadata.clone();
    builder
}

/// What a document says about itself, from byte `from` on. Its title is that of a file more often than that of its text,
/// and is not read.
fn metadata(decoded: &Decoded<'_>, from: usize) -> Metadata {
    let text = &decoded.text;
    let mut metadata = Metadata::default();
    for (name, range) in xml::leaves(text, from) {
        let words = html::plain(text[range.clone()].trim());
        if words.is_empty() {
            continue;
        }
        let stated = |value: String| Some(Stated { value, bytes: decoded.original(range.clone()) });
        match name.as_str() {
            "dcterms:created" | "meta:creation-date" => metadata.date = date::iso(&words).and_then(stated),
            "dc:creator" | "meta:initial-creator" if metadata.author.is_none() => metadata.author = stated(words),
            "dc:language" => metadata.language = Some(words),
            _ => {}
        }
    }
    metadata
}
