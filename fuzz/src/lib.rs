//! What must hold for every document, whatever its bytes: it is read without a panic, its blocks stand in order, and their
//! places lie in the original.

use std::io::{Cursor, Write as _};

use urbi::source::{Announcement, Carried, Flow, Form, Found, Input, Place, Settings, Unpacker, read_part, show_text, unpacked};
use urbi::text::Text;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Reads bytes as a document or container of this form, or of the one that they show.
pub fn read(bytes: &[u8], form: Option<Form>) {
    let settings = Settings { form, ..Settings::default() };
    let mut take = |found| {
        if let Found::Part(part) = found
            && let Ok(announcement) = read_part(&part)
        {
            let form = part.form.unwrap_or(Form::Text);
            let original = unpacked("fuzz", &part.bytes, form).map_or(0, |bytes| bytes.len());
            check(&announcement, original as u64);
        }
        Flow::Continue(())
    };
    let input = Input::Memory(bytes.to_vec());
    let _ = Unpacker::new(&settings, &mut take).unpack(Place::named("fuzz"), input, Carried::default());
}

fn check(announcement: &Announcement, length: u64) {
    let mut end = 0;
    for block in &announcement.blocks {
        assert!(block.range.start >= end && block.range.start < block.range.end && block.range.end <= announcement.text.len());
        for place in announcement.origin.original(block.range.clone()) {
            assert!(place.start <= place.end && place.end <= length, "{place:?} of {length}");
        }
        end = block.range.end;
    }
    for item in &announcement.data {
        item.words(&mut |_, block| assert!(block < announcement.blocks.len()));
    }
    let _ = (Text::new(announcement), show_text(announcement));
}

/// A zip archive with one file, not compressed.
pub fn packed(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    archive.start_file(name, options).expect("a name");
    archive.write_all(bytes).expect("written");
    archive.finish().expect("finished").into_inner()
}

/// A PDF file of one page with this content, in a font whose codes mean what `codes` says.
pub fn pdf(content: &[u8], codes: &[u8]) -> Vec<u8> {
    let stream = |bytes: &[u8]| [format!("<< /Length {} >>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat();
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec(),
        stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 6 0 R >>".to_vec(),
        stream(codes),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        out.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    out.extend(places.iter().flat_map(|place| format!("{place:010} 00000 n \n").into_bytes()));
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).bytes());
    out
}
