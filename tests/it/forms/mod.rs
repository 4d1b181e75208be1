//! Containers: what lies in them is read as if it lay alone, what is broken is named, and hostile ones do no harm.

mod archives;
mod crafted;
mod fetch;
mod hostile;
mod lists;
mod web;

use std::io::Write;

use urbi::source::{Flow, Found, Input, Part, Place, Settings, Unpacker};

/// What a container gave.
#[derive(Debug, Default)]
pub struct Given {
    pub parts: Vec<Part>,
    pub errors: Vec<String>,
    pub passed_over: Vec<String>,
}

impl Given {
    fn take(&mut self, found: Found) -> Flow {
        match found {
            Found::Part(part) => self.parts.push(part),
            Found::Failed(error) => self.errors.push(error.to_string()),
            Found::PassedOver(what) => self.passed_over.push(what.into_owned()),
            Found::Reached(_) => {}
        }
        Flow::Continue(())
    }

    /// Where the documents were found.
    pub fn places(&self) -> Vec<String> {
        self.parts.iter().map(|part| part.place.to_string()).collect()
    }
}

/// What is in a container that is in memory.
pub fn unpack(name: &str, bytes: &[u8], settings: &Settings) -> Given {
    let mut given = Given::default();
    let mut take = |found| given.take(found);
    let _ = Unpacker::new(settings, &mut take).unpack(
        Place::named(name),
        Input::Memory(bytes.to_vec()),
        Default::default(),
    );
    given
}

/// The same from a stream, in which nothing can be read twice.
pub fn unpack_stream(name: &str, bytes: &[u8], settings: &Settings) -> Given {
    let mut given = Given::default();
    let mut take = |found| given.take(found);
    let _ = Unpacker::new(settings, &mut take).unpack(
        Place::named(name),
        Input::Stream(Box::new(bytes)),
        Default::default(),
    );
    given
}

/// A zip archive with these files.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in files {
        archive.start_file(*name, options).expect("a name");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

/// A tar archive with these files.
pub fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        // As it is: the crate itself refuses names that lead out of the archive.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append(&header, *bytes).expect("written");
    }
    archive.into_inner().expect("finished")
}

/// The same bytes, compressed with gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("finished")
}

/// The same bytes, compressed with Zstandard.
pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 0).expect("compressed")
}

/// A PDF file of one page with this content in Helvetica, `length` bytes long as it says.
pub fn pdf(content: &[u8], filter: &str, length: usize) -> Vec<u8> {
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_vec(),
        [format!("<< /Length {length} {filter} >>\nstream\n").as_bytes(), content, b"\nendstream"].concat(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    let (mut out, mut places) = (b"%PDF-1.4\n".to_vec(), String::new());
    for (number, object) in (1..).zip(objects) {
        places.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend([format!("{number} 0 obj\n").as_bytes(), &object, b"\nendobj\n"].concat());
    }
    let start = out.len();
    out.extend(format!("xref\n0 6\n0000000000 65535 f \n{places}").bytes());
    out.extend(format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}
