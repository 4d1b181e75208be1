//! What a web server sent: a head, and a body that may be cut in chunks and compressed.
//!
//! Archives keep it as it came; a document is the body with all of that undone, so that a page is the same document in an
//! archive, from the server and in a file.

mod encoding;

use std::io;

pub use encoding::undo;

use httparse::{EMPTY_HEADER, Response, Status};

/// Most fields of a head.
const FIELDS: usize = 256;

/// A response, whose body is as it was sent.
#[derive(Debug)]
pub struct Message<'a> {
    /// The status, such as 200.
    pub status: u16,
    /// The media type, lower case, without parameters.
    pub media_type: Option<String>,
    /// The label of the character set.
    pub charset: Option<String>,
    /// The compressions of the body, as in `Content-Encoding`.
    encodings: String,
    chunked: bool,
    body: &'a [u8],
}

impl<'a> Message<'a> {
    /// Reads the head. None if this is no response.
    pub fn parse(bytes: &'a [u8]) -> Option<Message<'a>> {
        let mut fields = [EMPTY_HEADER; FIELDS];
        let mut response = Response::new(&mut fields);
        let mut config = httparse::ParserConfig::default();
        config
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true);
        let Ok(Status::Complete(end)) = config.parse_response(&mut response, bytes) else { return None };
        let all = |name: &str| {
            let values = response.headers.iter().filter(|field| field.name.eq_ignore_ascii_case(name));
            values.map(|field| String::from_utf8_lossy(field.value).trim().to_owned()).collect::<Vec<_>>().join(",")
        };
        let (media_type, charset) = media_type(&all("content-type"));
        Some(Message {
            status: response.code?,
            media_type,
            charset,
            encodings: all("content-encoding"),
            chunked: all("transfer-encoding").to_ascii_lowercase().contains("chunked"),
            body: &bytes[end..],
        })
    }

    /// The body with the chunks joined and the compressions undone.
    ///
    /// # Errors
    /// If it is damaged, or larger than `limit` bytes: then an error of the kind [`io::ErrorKind::FileTooLarge`].
    pub fn body(&self, limit: u64) -> io::Result<Vec<u8>> {
        // Some crawlers keep the head as it came and the body without its chunks.
        let joined = if self.chunked { chunks(self.body) } else { None };
        undo(&self.encodings, joined.as_deref().unwrap_or(self.body), limit)
    }
}

/// A media type and the character set beside it, as in `text/html; charset="utf-8"`.
pub fn media_type(value: &str) -> (Option<String>, Option<String>) {
    let mut parts = value.split(';');
    let bare = parts.next().unwrap_or_default().split(',').next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.split(',').next()?.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    ((!bare.is_empty()).then_some(bare), charset)
}

/// Joins chunks. None if they are none.
fn chunks(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    loop {
        let Ok(Status::Complete((start, size))) = httparse::parse_chunk_size(body) else {
            // The end may be cut off; the first chunk must be there.
            return (!out.is_empty()).then_some(out);
        };
        if size == 0 {
            return Some(out);
        }
        let rest = &body[start..];
        let end = usize::try_from(size).map_or(rest.len(), |size| size.min(rest.len()));
        out.extend_from_slice(&rest[..end]);
        let rest = &rest[end..];
        body = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_chunks() {
        assert_eq!(chunks(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"), Some(b"abcde".to_vec()));
        assert_eq!(chunks(b"3\r\nabc\r\nff\r\nde"), Some(b"abcde".to_vec()));
        assert_eq!(chunks(b"<p>no chunks</p>"), None);
        assert_eq!(chunks(b"0\r\n\r\n"), Some(Vec::new()));
    }

    #[test]
    fn reads_heads() {
        let message =
            Message::parse(b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; Charset=\"koi8-r\"\r\n\r\n<p>").unwrap();
        assert_eq!((message.status, message.media_type.as_deref()), (200, Some("text/html")));
        assert_eq!((message.charset.as_deref(), message.body), (Some("koi8-r"), &b"<p>"[..]));
        assert!(Message::parse(b"GET / HTTP/1.1\r\n\r\n").is_none());
        assert_eq!(media_type(""), (None, None));
    }
}
