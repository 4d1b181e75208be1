//! Documents that are made to do harm, each in a zip archive: read or named within the limits, and what lies beside them is read.

use std::io::Write as _;

use urbi::fetch::Sitemap;
use urbi::source::{Settings, read_part};

use super::super::cli::urbi;
use super::*;

const NOTE: &[u8] = b"Cork will host the congress\n\nThe congress takes place in Cork.\n";
const WORD: &str = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";

/// The text of a document or the message about it, when it lies beside a note.
#[track_caller]
fn beside_a_note(name: &str, bytes: &[u8]) -> Result<String, String> {
    let given = unpack("x.zip", &zip(&[(name, bytes), ("note.txt", NOTE)]), &Settings::default());
    assert_eq!(given.places().last().map(String::as_str), Some("x.zip#note.txt"), "{:?}", given.errors);
    let mut found = given.errors.clone();
    let mut text = String::new();
    for part in &given.parts[..given.parts.len() - 1] {
        match read_part(part) {
            Ok(announcement) => text.push_str(&announcement.text),
            Err(error) => found.push(error.to_string()),
        }
    }
    match found.first() {
        None => Ok(text),
        Some(_) => {
            assert!(found.iter().all(|message| message.starts_with("x.zip#")), "{found:?}");
            Err(found.join("; "))
        }
    }
}

#[test]
fn a_million_nested_tags() {
    const MANY: usize = 1_000_000;
    let read = |name: &str, before: &str, tag: &str, behind: &str| {
        beside_a_note(name, [before, &tag.repeat(MANY), behind].concat().as_bytes())
    };
    for tag in ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<svg>", "<p><a href=x>"] {
        let text = read("page.html", "<html><h1>Oslo meets</h1><p>Oslo meets in May.</p>", tag, "<p>The end.</p>");
        assert!(text.as_ref().is_ok_and(|text| text.starts_with("Oslo meets")), "{tag}: {text:?}");
    }
    let feed = "<rss version=\"2.0\"><channel><item><title>Oslo meets</title><description>Oslo meets in May.";
    let _ = read("feed.xml", feed, "<x>", "");
    let _ = read("feed.xml", feed, "&lt;div&gt;", "</description></item></channel></rss>");
    let _ = read("record.json", "{\"name\":", "[", "");
    let _ = read("record.json", "{\"name\":\"x\",\"a\":", "{\"a\":", "1");
    let _ = read("page.md", "# Oslo meets\n\n", "> ", "The end.");
    let _ = read("page.md", "# Oslo meets\n\n", "[", "The end.");
    let _ = read("events.ics", "BEGIN:VCALENDAR\r\n", "BEGIN:VEVENT\r\n", "SUMMARY:x\r\n");
    let data = "<title>x</title><h1>Oslo meets</h1><p>In May.</p><script type=\"application/ld+json\">";
    assert!(read("page.html", data, "[", "</script>").is_ok());
    assert!(read("page.html", "<h1>Oslo meets</h1>", "<div itemscope itemprop=x>", "y").is_ok());
}

#[test]
fn documents_that_are_nested_too_deep() {
    const MANY: usize = 1_000_000;
    for tag in ["<w:tbl><w:tr><w:tc>", "<w:p>", "<w:sdt>"] {
        let text = [WORD, "<w:p><w:r><w:t>Oslo meets</w:t></w:r></w:p>", &tag.repeat(MANY)].concat();
        let _ = beside_a_note("a.docx", &zip(&[("word/document.xml", text.as_bytes())]));
    }
    let mails = "Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
    let _ = beside_a_note("a.eml", format!("From: a@b.example\r\nSubject: x\r\n{mails}Oslo meets\r\n").as_bytes());
}

#[test]
fn documents_that_unpack_to_too_much() {
    let blank = vec![b' '; 70 << 20];
    let message = beside_a_note("a.docx", &zip(&[("word/document.xml", &blank)])).expect_err("too large");
    assert!(message.contains("longer than 67108864 bytes"), "{message}");
    let message = beside_a_note("a.odt", &zip(&[("content.xml", &blank)])).expect_err("too large");
    assert!(message.contains("longer than 67108864 bytes"), "{message}");
    // A page whose content is a hundred megabytes of blanks.
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..100 {
        packed.write_all(&blank[..1 << 20]).expect("written");
    }
    let packed = packed.finish().expect("finished");
    assert!(packed.len() < 200_000);
    let bytes = pdf(&packed, "/Filter /FlateDecode", packed.len());
    assert!(beside_a_note("a.pdf", &bytes).is_err());
}

#[test]
fn lengths_that_are_wrong() {
    let content = b"BT /F1 12 Tf 60 700 Td (Oslo meets in May, says the mayor.) Tj ET";
    for length in [0, 7, content.len() + 3, 999_999, usize::MAX] {
        // Some of them can be mended; none does harm.
        if let Ok(text) = beside_a_note("a.pdf", &pdf(content, "", length)) {
            assert!("Oslo meets in May, says the mayor.".starts_with(text.trim()), "{length}: {text}");
        }
    }
    assert_eq!(
        beside_a_note("a.pdf", &pdf(content, "", content.len())).expect("sound"),
        "Oslo meets in May, says the mayor."
    );
}

#[test]
fn entities_are_not_expanded() {
    let mut bomb = String::from(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a0 \"lol\"><!ENTITY f SYSTEM \"file:///etc/passwd\">",
    );
    for level in 1..10 {
        bomb.push_str(&format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10)));
    }
    bomb.push_str("]>");
    let text = format!("{bomb}{WORD}<w:p><w:r><w:t>Oslo meets &a9; &f;</w:t></w:r></w:p></w:body></w:document>");
    let found = beside_a_note("a.docx", &zip(&[("word/document.xml", text.as_bytes())]));
    let said = found.unwrap_or_else(|message| message);
    assert!(said.len() < 1000 && !said.contains("root:"), "{said}");
    let map = format!("{bomb}<urlset><url><loc>https://a.example/&a9;&f;</loc></url></urlset>");
    let found = Sitemap::parse(map.as_bytes());
    assert!(format!("{found:?}").len() < 1000, "{found:?}");
}

/// Many names for the same bytes, so that a small archive is a large one (the members overlap).
#[test]
fn members_that_overlap() {
    let one = zip(&[("0.txt", &vec![b'0'; 1 << 20])]);
    let end = one.len() - 22;
    let directory = u32::from_le_bytes(one[end + 16..end + 20].try_into().expect("four bytes")) as usize;
    let mut bytes = one[..directory].to_vec();
    for _ in 0..2000 {
        bytes.extend(&one[directory..end]);
    }
    let size = u32::try_from(bytes.len() - directory).expect("small").to_le_bytes();
    let count = 2000u16.to_le_bytes();
    bytes.extend([&one[end..end + 8], &count, &count, &size, &one[end + 16..]].concat());
    let given = unpack("x.zip", &bytes, &super::hostile::small());
    assert!(given.parts.len() < 8, "{}", given.parts.len());
    assert!(given.errors.len() <= 1, "{:?}", given.errors);
}

#[cfg(unix)]
#[test]
fn a_folder_in_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("note.txt"), NOTE).expect("written");
    std::os::unix::fs::symlink(".", folder.path().join("again")).expect("linked");
    let run = urbi(folder.path(), &["extract", "."]);
    assert!(run.out.contains("Cork"), "{}", run.out);
    let message = run.failed(1);
    assert!(message.contains("again") && message.contains("loop"), "{message}");
}
