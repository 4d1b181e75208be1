//! Compressions of the web: gzip, deflate, Brotli, Zstandard.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// Undoes the compressions that `encodings` lists, as `Content-Encoding` does: the last one first.
///
/// # Errors
/// If the body is damaged or a compression is unknown; if more than `limit` bytes come out, an error of the kind
/// [`io::ErrorKind::FileTooLarge`].
pub fn undo(encodings: &str, body: &[u8], limit: u64) -> io::Result<Vec<u8>> {
    let mut body = body.to_vec();
    for encoding in encodings.rsplit(',').map(|encoding| encoding.trim().to_ascii_lowercase()) {
        body = match encoding.as_str() {
            "" | "identity" | "none" | "utf-8" => body,
            // Some crawlers undo the compression and keep the head as it came.
            "gzip" | "x-gzip" if !body.starts_with(&[0x1f, 0x8b]) => body,
            "gzip" | "x-gzip" => all(MultiGzDecoder::new(body.as_slice()), limit)?,
            "deflate" => deflate(&body, limit)?,
            "br" => all(brotli_decompressor::Decompressor::new(body.as_slice(), 4096), limit)?,
            "zstd" => all(zstd::Decoder::with_buffer(body.as_slice())?, limit)?,
            other => {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("the compression {other:?} is not known"),
                ));
            }
        };
    }
    Ok(body)
}

/// `deflate` means the format of zlib; some servers send it without zlib's frame.
fn deflate(body: &[u8], limit: u64) -> io::Result<Vec<u8>> {
    match all(ZlibDecoder::new(body), limit) {
        Err(error) if error.kind() == io::ErrorKind::InvalidInput || error.kind() == io::ErrorKind::InvalidData => {
            all(DeflateDecoder::new(body), limit)
        }
        done => done,
    }
}

fn all(reader: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    reader.take(limit + 1).read_to_end(&mut out)?;
    if out.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(out) }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn undoes_what_servers_do() {
        let words = b"words and words and words".repeat(10);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&words).unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(&words).unwrap();
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        raw.write_all(&words).unwrap();
        let zstd = zstd::encode_all(gzip.as_slice(), 0).unwrap();
        for (encodings, body) in [
            ("", words.clone()),
            ("gzip", gzip),
            ("x-gzip", words.clone()),
            ("Deflate", zlib.finish().unwrap()),
            ("deflate", raw.finish().unwrap()),
            ("gzip, zstd", zstd),
        ] {
            assert_eq!(undo(encodings, &body, 1000).unwrap(), words, "{encodings}");
            let small = undo(encodings, &body, 9);
            assert!(body == words || small.unwrap_err().kind() == io::ErrorKind::FileTooLarge, "{encodings}");
        }
        // "hello" in Brotli, stored.
        assert_eq!(undo("br", b"\x0b\x02\x80hello\x03", 1000).unwrap(), b"hello");
        assert!(undo("br", b"\xff\xff", 1000).is_err() && undo("lzma", b"", 1000).is_err());
    }
}
