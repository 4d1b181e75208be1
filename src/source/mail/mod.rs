//! Mail: header, and the body of the part that says it best.
//!
//! `mail-parser` finds the parts and reads the header. The transfer encodings are undone here, because only so every
//! character keeps its place: a soft line break or `=C3=A9` belongs to the character that it gave. The first part of
//! plain text is read, or else the first of HTML; attachments and further parts (list footers) are not. The [`subject`] is the
//! headline of a mail that has none.

pub(super) mod mbox;
mod subject;

use std::ops::Range;

use mail_parser::{Encoding, HeaderName, Message, MessageParser, MimeHeaders, PartType};

use super::announcement::{BlockKind, Metadata, Stated};
use super::builder::Builder;
use super::decode::Decoded;
use super::error::ReadError;
use super::{html, plain, words};

/// A mail whose body is decoded.
pub(super) struct Mail<'a> {
    /// The body with the places of its characters in the mail.
    pub decoded: Decoded<'a>,
    subject: Option<Decoded<'static>>,
    is_html: bool,
    metadata: Metadata,
}

/// The parts of a mail. Mails in mails are given back one by one: each in the one before would take a frame of the stack, and
/// a mail of 64 MiB can hold two million.
struct Parsed<'a>(Message<'a>);

impl Drop for Parsed<'_> {
    fn drop(&mut self) {
        let mut left = std::mem::take(&mut self.0.parts);
        while let Some(mut part) = left.pop() {
            if let PartType::Message(inner) = &mut part.body {
                left.append(&mut inner.parts);
            }
        }
    }
}

/// Finds and decodes the body of a mail. `None` if it has none.
pub(super) fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<Option<Mail<'a>>, ReadError> {
    let Some(parsed) = MessageParser::default().parse(bytes).map(Parsed) else { return Ok(None) };
    let message = &parsed.0;
    let part = message.text_body.first().or(message.html_body.first()).and_then(|id| message.parts.get(*id as usize));
    let Some(part) = part else { return Ok(None) };
    let is_html = match part.body {
        PartType::Text(_) => false,
        PartType::Html(_) => true,
        _ => return Ok(None),
    };
    let range = part.offset_body as usize..(part.offset_end as usize).min(bytes.len());
    let Some(body) = bytes.get(range.clone()) else { return Ok(None) };
    let charset = part.content_type().and_then(|t| t.attribute("charset"));
    let decoded = match part.encoding {
        Encoding::None => Decoded::declared(name, body, charset)?.moved(range.start as u64),
        Encoding::QuotedPrintable => through(name, quoted_printable(body, range.start), charset)?,
        Encoding::Base64 => through(name, base64(body, range.start), charset)?,
    };
    let subject = place(message, HeaderName::Subject);
    let subject = subject::read(bytes, subject.start as usize..subject.end as usize);
    Ok(Some(Mail { decoded, subject, is_html, metadata: metadata(message) }))
}

/// Reads the body of a mail, and its subject as its headline, unless the body has one.
pub(super) fn build<'a>(mail: &'a Mail<'a>) -> Builder<'a> {
    let read = |subject| match mail.is_html {
        true => html::build_mail(&mail.decoded, subject),
        false => plain::build_mail(&mail.decoded, subject),
    };
    // Whether the body has one is known when it has been read, and what stands first moves all else: it is read again.
    let alone = read(None);
    let subject = mail.subject.as_ref().filter(|subject| !has_title(&alone, &subject.text));
    let mut builder = if subject.is_some() { read(subject) } else { alone };
    builder.metadata = mail.metadata.clone();
    builder
}

/// Whether a body begins with a title of its own: a headline, the words of the subject, or those of a call, whose title stands
/// below them.
fn has_title(body: &Builder<'_>, subject: &str) -> bool {
    const TOP: usize = 8;
    let titles = |(kind, said)| kind == BlockKind::Headline || words::contain(said, subject) || words::call(said);
    words::call(subject) || body.blocks().take(TOP).any(titles)
}

/// True if a text begins with the header of a mail, and not only with a few lines like one.
pub(super) fn is_mail(head: &str) -> bool {
    let mut known = 0;
    let mut sure = false;
    for line in head.lines().take(80) {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        match name.to_ascii_lowercase().as_str() {
            "from" | "date" | "subject" | "to" => known += 1,
            "mime-version" | "message-id" | "received" | "return-path" | "content-type" => sure = true,
            name if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') => {}
            _ => return false,
        }
    }
    sure && known >= 2
}

/// The bytes of the value of a line of the header.
fn place(message: &Message<'_>, wanted: HeaderName<'_>) -> Range<u64> {
    let Some(header) = message.headers().iter().find(|h| h.name == wanted) else { return 0..0 };
    let (start, end) = (header.offset_start as usize, header.offset_end as usize);
    let value = message.raw_message().get(start..end).unwrap_or_default();
    let start = start + (value.len() - value.trim_ascii_start().len());
    start as u64..(start + value.trim_ascii().len()) as u64
}

fn metadata(message: &Message<'_>) -> Metadata {
    let stated = |value: String, header| {
        let value = value.trim().to_owned();
        (!value.is_empty()).then(|| Stated { value, bytes: place(message, header) })
    };
    let sender = message.from().and_then(|from| from.first());
    let sender = sender.and_then(|a| a.name.as_deref().or(a.address.as_deref()));
    let date = message.date().filter(|d| d.is_valid()).map(|d| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day));
    Metadata {
        title: message.subject().and_then(|s| stated(s.to_owned(), HeaderName::Subject)),
        date: date.and_then(|d| stated(d, HeaderName::Date)),
        author: sender.and_then(|s| stated(s.to_owned(), HeaderName::From)),
        ..Metadata::default()
    }
}

/// Decodes what stood behind a transfer encoding; the places are those of its bytes, and one for the end.
fn through(
    name: &str,
    (bytes, places): (Vec<u8>, Vec<u64>),
    charset: Option<&str>,
) -> Result<Decoded<'static>, ReadError> {
    Decoded::declared(name, &bytes, charset).map(|decoded| decoded.through(&places))
}

fn quoted_printable(body: &[u8], start: usize) -> (Vec<u8>, Vec<u64>) {
    let mut out = (Vec::with_capacity(body.len()), Vec::with_capacity(body.len() + 1));
    let hex = |b: Option<&u8>| b.and_then(|b| (*b as char).to_digit(16)).map(|d| d as u8);
    let mut at = 0;
    while at < body.len() {
        let mut width = 1;
        let mut byte = Some(body[at]);
        if body[at] == b'=' {
            let blanks = body[at + 1..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
            let rest = &body[at + 1 + blanks..];
            if let (Some(high), Some(low)) = (hex(body.get(at + 1)), hex(body.get(at + 2))) {
                (byte, width) = (Some(high * 16 + low), 3);
            } else if rest.starts_with(b"\r\n") {
                (byte, width) = (None, blanks + 3);
            } else if rest.is_empty() || rest.starts_with(b"\n") {
                (byte, width) = (None, blanks + 2);
            }
        }
        if let Some(byte) = byte {
            out.0.push(byte);
            out.1.push((start + at) as u64);
        }
        at += width;
    }
    out.1.push((start + body.len()) as u64);
    out
}

fn base64(body: &[u8], start: usize) -> (Vec<u8>, Vec<u64>) {
    let mut out = (Vec::with_capacity(body.len() / 4 * 3), Vec::with_capacity(body.len() / 4 * 3 + 1));
    let (mut bits, mut count) = (0u32, 0);
    let mut end = start;
    for (at, b) in body.iter().enumerate() {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.0.push((bits >> count) as u8);
            // The byte began in the character before.
            out.1.push((start + at).saturating_sub(1).max(end) as u64);
            end = start + at + 1;
        }
    }
    out.1.push(end as u64);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undoes_transfer_encodings() {
        let (bytes, places) = quoted_printable(b"Apr=\r\nil =C3=A9=\n.=", 10);
        assert_eq!(bytes, "April é.".as_bytes());
        assert_eq!(places, [10, 11, 12, 16, 17, 18, 19, 22, 27, 29]);
        let (bytes, places) = base64(b"TWFu\r\nTQ==", 0);
        assert_eq!(bytes, b"ManM");
        assert_eq!(places, [0, 2, 3, 6, 8]);
    }

    #[test]
    fn knows_mails() {
        assert!(is_mail("Received: x\nFrom: a@b.org\nSubject: x\n y\n\nText"));
        assert!(!is_mail("From: a@b.org\nDate: x\nSubject: x\n\nText"));
        assert!(!is_mail("Content-Type: of what\nText"));
    }
}
