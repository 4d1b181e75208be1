//! The same article in every form gives the same facts, and their passages lead to the very bytes in each original.

use urbi::engine::Engine;
use urbi::profile::Profile;
use urbi::source::{self, Part, Settings};
use urbi::vocab::Base;

use crate::forms::{gzip, unpack, unpack_stream, zip};
use crate::records::facts;

const TITLE: &str = "Harbour cities sign a charter in Málaga";
const DATE: &str = "2024-05-06";
const PLACE: &str = "MÁLAGA, Spain, 6 May 2024";
const FIRST: &str = "The mayors of thirty harbour cities signed the Málaga Charter on Sunday, on the last day of the fourth \
    Harbour Cities Forum (HCF4), which the Harbour Cities Office had organized in Málaga, Spain, from 3 to 5 May 2024 under \
    the theme “Harbours & archives”.";
const SECOND: &str = "The Harbour Cities Office also launched its report ‘Quays without ships’ at the forum. Around 400 people \
    took part, more than at the third forum, which was held in Cork, Ireland, in 2022.";
const THIRD: &str = "The next forum will take place in Gothenburg, Sweden, from 12 to 14 May 2026.";

fn paragraphs() -> [String; 3] {
    [format!("{PLACE} – {FIRST}"), SECOND.to_owned(), THIRD.to_owned()]
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('“', "&ldquo;").replace('é', "&eacute;")
}

/// Lines of at most `width` characters.
fn wrapped(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let last = lines.last_mut().expect("a line");
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

fn text() -> Vec<u8> {
    let mut out = format!("{TITLE}\n\n");
    for paragraph in paragraphs() {
        out.push_str(&wrapped(&paragraph, 72).join("\n"));
        out.push_str("\n\n");
    }
    out.into_bytes()
}

fn markdown() -> Vec<u8> {
    format!("---\ntitle: {TITLE}\ndate: 2024-05-06\n---\n\n# {TITLE}\n\n{}\n", paragraphs().join("\n\n")).into_bytes()
}

fn page() -> Vec<u8> {
    let body: String = paragraphs().iter().map(|words| format!("<p>{}</p>\n", escaped(words))).collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{TITLE} | Harbour News</title>\
         <meta property=\"article:published_time\" content=\"2024-05-06T08:00:00+02:00\"></head><body>\
         <nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/news\">News from Lisbon</a></li></ul></nav>\
         <div class=\"cookie-banner\">We use cookies. <a href=\"#\">OK</a></div><main><article><h1>{TITLE}</h1>{body}</article></main>\
         <aside><h2>Related news</h2><ul><li><a href=\"/x\">Rotterdam will host the fifth Dredging Congress in 2025</a></li></ul></aside>\
         <footer>Harbour News, Hamburg</footer></body></html>"
    )
    .into_bytes()
}

/// Quoted-printable, as mails have it.
fn mail() -> Vec<u8> {
    let mut out = String::from(
        "From: Press Office <press@harbour.example>\r\nDate: Mon, 6 May 2024 08:00:00 +0200\r\n\
         Subject: =?utf-8?Q?Harbour_cities_sign_a_charter_in_M=C3=A1laga?=\r\nMessage-ID: <1@harbour.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
    );
    for paragraph in paragraphs() {
        for line in wrapped(&paragraph, 60) {
            for byte in line.bytes() {
                match byte {
                    b'=' | 0x80.. => out.push_str(&format!("={byte:02X}")),
                    _ => out.push(char::from(byte)),
                }
            }
            out.push_str("\r\n");
        }
        out.push_str("\r\n");
    }
    out.push_str("-- \r\nPress Office, 4 Long Quay, Rotterdam\r\n");
    out.into_bytes()
}

fn feed() -> Vec<u8> {
    let body: String = paragraphs().iter().map(|words| format!("<p>{}</p>", words.replace('&', "&amp;"))).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Harbour News</title>\
         <id>urn:harbour</id><updated>2024-05-06T08:00:00Z</updated><entry><title>{TITLE}</title><id>urn:harbour:1</id>\
         <updated>2024-05-06T08:00:00Z</updated><published>2024-05-06T08:00:00Z</published>\
         <content type=\"html\">{}</content></entry></feed>",
        body.replace('&', "&amp;").replace('<', "&lt;")
    )
    .into_bytes()
}

/// A page of a PDF file, in Helvetica.
fn pdf() -> Vec<u8> {
    let code = |c: char| match c {
        '–' => 0x96,
        '“' => 0x93,
        '”' => 0x94,
        '‘' => 0x91,
        '’' => 0x92,
        c => u8::try_from(u32::from(c)).expect("in Latin-1"),
    };
    let mut stream = Vec::new();
    let mut y = 760;
    let mut line = |words: &str, size: u32, y: i32| {
        stream.extend(format!("BT /F1 {size} Tf 1 0 0 1 60 {y} Tm (").bytes());
        for c in words.chars() {
            if matches!(c, '(' | ')' | '\\') {
                stream.push(b'\\');
            }
            stream.push(code(c));
        }
        stream.extend(b") Tj ET\n");
    };
    line(TITLE, 18, y);
    y -= 40;
    for paragraph in paragraphs() {
        for words in wrapped(&paragraph, 80) {
            line(&words, 11, y);
            y -= 14;
        }
        y -= 14;
    }
    crate::forms::pdf(&stream, "", stream.len())
}

/// A web archive with the page, its body in chunks, each record a member of its own.
fn warc() -> Vec<u8> {
    let page = page();
    let mut http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for chunk in page.chunks(777) {
        http.extend(format!("{:x}\r\n", chunk.len()).bytes());
        http.extend(chunk);
        http.extend(b"\r\n");
    }
    http.extend(b"0\r\n\r\n");
    let info = b"software: test\r\n";
    let head = |kind: &str, media: &str, length: usize| {
        format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-0000000{length:05}>\r\n\
             WARC-Date: 2024-05-07T10:00:00Z\r\nWARC-Target-URI: https://harbour.example/charter\r\nContent-Type: {media}\r\n\
             Content-Length: {length}\r\n\r\n"
        )
        .into_bytes()
    };
    let first = [head("warcinfo", "application/warc-fields", info.len()), info.to_vec(), b"\r\n\r\n".to_vec()].concat();
    let length = http.len();
    let second = [head("response", "application/http; msgtype=response", length), http, b"\r\n\r\n".to_vec()].concat();
    [gzip(&first), gzip(&second)].concat()
}

/// What a word processor writes, its words in runs.
fn docx() -> Vec<u8> {
    let runs = |words: &str| -> String {
        let words = words.replace('&', "&amp;");
        let (first, second) = words.split_at(words.find(' ').unwrap_or(0));
        format!(
            "<w:r><w:t>{first}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{second}</w:t></w:r>"
        )
    };
    let body: String = paragraphs().iter().map(|words| format!("<w:p>{}</w:p>", runs(words))).collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body><w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>{}</w:p>{body}</w:body></w:document>",
        runs(TITLE)
    );
    let header = "<w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:r>\
                  <w:t>Harbour News, Rotterdam</w:t></w:r></w:p></w:hdr>";
    zip(&[("word/document.xml", text.as_bytes()), ("word/header1.xml", header.as_bytes())])
}

fn wacz() -> Vec<u8> {
    zip(&[
        ("archive/data.warc.gz", &warc()),
        ("datapackage.json", br#"{"profile":"data-package","wacz_version":"1.1.1","resources":[]}"#),
        (
            "pages/pages.jsonl",
            b"{\"format\":\"json-pages-1.0\",\"id\":\"pages\"}\n{\"url\":\"https://harbour.example/charter\"}\n",
        ),
    ])
}

#[test]
fn every_form_gives_the_same_facts() {
    let engine = Engine::new(&Profile::embedded(), &Base::default()).expect("an engine");
    let mut wanted: Option<Vec<String>> = None;
    for (name, bytes) in [
        ("article.txt", text()),
        ("article.html", page()),
        ("article.md", markdown()),
        ("article.eml", mail()),
        ("feed.xml", feed()),
        ("article.pdf", pdf()),
        ("article.docx", docx()),
        ("crawl.warc.gz", warc()),
        ("crawl.wacz", wacz()),
    ] {
        let given = unpack(name, &bytes, &Settings::default());
        assert!(given.errors.is_empty(), "{name}: {:?}", given.errors);
        assert_eq!(given.parts.len(), 1, "{name}: {:?}", given.places());
        if name != "crawl.wacz" {
            assert_eq!(
                unpack_stream(name, &bytes, &Settings::default()).parts[0].bytes,
                given.parts[0].bytes,
                "{name}"
            );
        }
        let announcement = source::read_part(&given.parts[0]).expect("readable");
        let extraction = engine.extract(&announcement);
        assert!(!extraction.passages.is_empty(), "{name}");
        for passage in &extraction.passages {
            let original = original(&given.parts[0], announcement.charset, &passage.bytes);
            // A date that the form itself carries is quoted as a date, however it stands there.
            if passage.quote == DATE {
                assert!(original.starts_with(DATE) || original.contains("6May2024"), "{name}: {original}");
            } else {
                assert_eq!(original, bare(&passage.quote), "{name}");
            }
        }
        let found = facts(&extraction);
        let first = wanted.get_or_insert_with(|| found.clone());
        assert_eq!(*first, found, "{name}\n{}", source::show_text(&announcement));
    }
    let facts = wanted.unwrap_or_default();
    for fact in ["this announcedOn 2024-05-06", "Quays without ships publishedBy Harbour Cities Office"] {
        assert!(facts.contains(&fact.to_owned()), "{facts:#?}");
    }
    assert!(facts.len() >= 12, "{facts:#?}");
    assert!(!facts.iter().any(|fact| fact.contains("Rotterdam") || fact.contains("Lisbon")), "{facts:#?}");
}

/// What stands at some bytes of a document, decoded, without white space.
fn original(part: &Part, charset: &str, ranges: &[std::ops::Range<u64>]) -> String {
    let form = part.form.expect("known");
    let bytes = source::unpacked("original", &part.bytes, form).expect("unpacked");
    let slice = |range: &std::ops::Range<u64>| bytes[range.start as usize..range.end as usize].to_vec();
    let bytes: Vec<u8> = ranges.iter().flat_map(slice).collect();
    let words = match form {
        // A blank in an encoded word of the subject is written so.
        source::Form::Mail => String::from_utf8(crate::source::unquoted(&bytes)).expect("UTF-8").replace('_', " "),
        // Brackets in a string of a PDF file are escaped.
        source::Form::Pdf => encoding_rs::WINDOWS_1252.decode(&bytes).0.replace("\\(", "(").replace("\\)", ")"),
        _ => encoding_rs::Encoding::for_label(charset.as_bytes()).expect("known").decode(&bytes).0.into_owned(),
    };
    // Entities, in a feed those of the page in it as well.
    let mut words = words.replace("&amp;", "&").replace("&amp;", "&");
    for (entity, c) in [("&ldquo;", "“"), ("&eacute;", "é"), ("&lt;", "<")] {
        words = words.replace(entity, c);
    }
    bare(&words)
}

fn bare(words: &str) -> String {
    words.split_whitespace().collect()
}
