//! PDF with a text layer (ISO 32000-1).
//!
//! `lopdf` reads the file: objects, streams, encryption without a password. What its text extraction does not keep is done
//! here: the place of every character, on the page and in the content stream ([`interpret`]); what a code stands for
//! ([`font`], [`cmap`]); reading order ([`layout`]); running heads and page numbers ([`furniture`]). The lines are then read
//! as plain text, which joins wrapped lines and divided words.
//!
//! A PDF file has no characters that could be pointed at by a byte of the file: content streams are compressed. Offsets
//! count in the content streams, decoded, in the order in which the pages use them ([`unpacked`]), where a code stands in a
//! string between brackets; what it stands for, the font says.
//!
//! Not read: the title and dates of the file, which speak of the file; text that is turned; what was marked as an artifact.

mod cmap;
mod font;
mod furniture;
mod interpret;
mod layout;
mod lexer;
mod matrix;

use lopdf::{Document, LoadOptions};

use super::builder::Builder;
use super::decode::Decoded;
use super::error::ReadError;
use super::origin::Origin;
use super::plain;
use interpret::Interpreter;
use layout::{Line, Segment};

/// The most pages that are read.
const PAGES: usize = 2000;

/// What the offsets of a document's passages count in.
///
/// # Errors
/// If it is no PDF file that can be read.
pub(super) fn unpacked(name: &str, bytes: &[u8], limit: u64) -> Result<Vec<u8>, ReadError> {
    Ok(read(name, bytes, limit)?.0)
}

/// A document as plain text of which every character knows its place.
///
/// # Errors
/// If it is no PDF file that can be read, or there are pictures but no text.
pub(super) fn text(name: &str, bytes: &[u8], limit: u64) -> Result<Decoded<'static>, ReadError> {
    let (_, mut pages) = read(name, bytes, limit)?;
    furniture::clear(&mut pages);
    let mut writer = Writer { text: String::new(), origin: Origin::default() };
    for (lines, _) in &pages {
        lines.iter().enumerate().for_each(|(at, line)| writer.line(line, at == 0));
    }
    if writer.text.trim().is_empty() {
        let problem = "the PDF file has no text, only pictures of it; recognise the text first (OCR)".to_owned();
        return Err(ReadError::Unsupported { name: name.to_owned(), problem });
    }
    Ok(Decoded::woven(writer.text, writer.origin, "PDF"))
}

/// Reads a document.
pub(super) fn build<'a>(text: &'a Decoded<'a>) -> Builder<'a> {
    plain::build(text)
}

/// The content streams, and the lines of each page with its height.
type Pages = (Vec<u8>, Vec<(Vec<Line>, f32)>);

fn read(name: &str, bytes: &[u8], limit: u64) -> Result<Pages, ReadError> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let damaged = |error: lopdf::Error| {
        let problem = format!("the PDF file cannot be read ({error})");
        ReadError::Damaged { name: name.to_owned(), at: 0, problem }
    };
    let document =
        Document::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(limit)).map_err(damaged)?;
    if document.is_encrypted() {
        let problem = "the PDF file is encrypted; save it without a password".to_owned();
        return Err(ReadError::Unsupported { name: name.to_owned(), problem });
    }
    let mut interpreter = Interpreter::new(&document, limit);
    let mut pages = Vec::new();
    for id in document.page_iter().take(PAGES) {
        if let Some((glyphs, [_, height])) = interpreter.page(id) {
            pages.push((layout::lines(glyphs), height));
        }
    }
    Ok((interpreter.contents.bytes, pages))
}

struct Writer {
    text: String,
    origin: Origin,
}

impl Writer {
    fn line(&mut self, line: &Line, first: bool) {
        // A paragraph goes on behind the foot of a page.
        let goes_on = first && !self.text.trim_end().ends_with(['.', '!', '?', ':']) && starts_lower(line);
        if line.apart && !goes_on && !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.extend(std::iter::repeat_n(' ', line.indent));
        for (at, segment) in line.segments.iter().enumerate() {
            if at > 0 {
                self.text.push_str("    ");
            }
            self.segment(segment);
        }
        self.text.push('\n');
    }

    fn segment(&mut self, segment: &Segment) {
        let mut right: Option<f32> = None;
        for glyph in &segment.glyphs {
            let blank = glyph.words.trim().is_empty();
            if right.is_some_and(|right| glyph.x - right > 0.2 * glyph.size) && !blank && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
            right = Some(glyph.x + glyph.width);
            for c in glyph.words.chars() {
                self.letter(c, glyph.bytes.start as u64..glyph.bytes.end as u64);
            }
        }
    }

    fn letter(&mut self, c: char, place: std::ops::Range<u64>) {
        let single;
        let letters = match c {
            '\u{fb00}' => "ff",
            '\u{fb01}' => "fi",
            '\u{fb02}' => "fl",
            '\u{fb03}' => "ffi",
            '\u{fb04}' => "ffl",
            '\u{fb05}' | '\u{fb06}' => "st",
            // Line ends are for this file to decide.
            c if c.is_whitespace() || c.is_control() => " ",
            c => {
                single = c.to_string();
                single.as_str()
            }
        };
        for letter in letters.chars() {
            let at = self.text.len();
            self.text.push(letter);
            self.origin.push(at..self.text.len(), place.clone());
        }
    }
}

fn starts_lower(line: &Line) -> bool {
    line.words().trim_start().starts_with(char::is_lowercase)
}
