//! Mailboxes, feeds and calendars.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use urbi::engine::Engine;
use urbi::profile::Profile;
use urbi::source::{Form, Settings, read_part};
use urbi::vocab::Base;

use super::super::cli::{project, sample_files, text, urbi};
use super::*;

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>City news</title><link>https://example.org/</link>
<item><title>Łódź &amp;amp; Oslo meet</title><link>https://example.org/a</link><guid>urn:a</guid>
<pubDate>Wed, 27 Oct 2021 10:00:00 GMT</pubDate><dc:creator>Ann Example</dc:creator>
<media:title>A picture</media:title>
<description>A teaser</description>
<content:encoded><![CDATA[<p>The cities of Łódź and Oslo meet in <a href="https://example.org/x">Bergen</a>.</p><p>All are welcome.</p>]]></content:encoded></item>
<item><title>Second</title><guid>urn:b</guid><description>&lt;p&gt;The forum takes place in Caf&amp;eacute; City &amp;amp; more.&lt;/p&gt;</description></item>
</channel></rss>"#;

const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>City news</title>
<entry><id>urn:a</id><title type="html">Oslo &amp;amp; Cork</title><link rel="self" href="https://example.org/self"/>
<link href="https://example.org/a"/><published>2021-10-27T10:00:00Z</published><updated>2022-01-01T00:00:00Z</updated>
<author><name>Ann Example</name><uri>https://example.org/ann</uri></author><summary>A teaser</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Oslo &amp; Cork meet in <b>Bergen</b>.</p></div></content></entry>
<entry><id>urn:b</id><title>A &lt; B</title><updated>2022-01-01T00:00:00Z</updated><content>Plain words of the city of Oslo &amp; others.</content></entry>
</feed>"#;

const JSON: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "City news", "items": [
  {"id": "1", "url": "https:\/\/example.org\/a", "title": "\u0141\u00f3d\u017a & \ud83d\ude00", "date_published": "2021-10-27T10:00:00Z",
   "content_html": "<p>The cities meet in \"Bergen\".<\/p>\n<p>All &amp; everyone.<\/p>", "authors": [{"name": "Ann Example"}]},
  {"id": "2", "content_text": "First line\nof a < b & c.\n\nSecond paragraph of the text."}]}"#;

/// What the bytes at the place of `words` in the text are.
fn original(part: &Part, words: &str) -> String {
    let read = read_part(part).expect("readable");
    let at = read.text.find(words).unwrap_or_else(|| panic!("{words} is not in {}", read.text));
    let ranges = read.origin.original(at..at + words.len());
    ranges.iter().map(|r| String::from_utf8_lossy(&part.bytes[r.start as usize..r.end as usize])).collect()
}

#[test]
fn entries_of_every_kind_of_feed() {
    let given = unpack("x", RSS.as_bytes(), &Settings::default());
    assert_eq!(given.places(), ["x#id=urn:a", "x#id=urn:b"]);
    assert!(given.parts.iter().all(|part| RSS.as_bytes().windows(part.bytes.len()).any(|window| window == part.bytes)));
    let read = read_part(&given.parts[0]).expect("readable");
    assert_eq!(read.text, "Łódź & Oslo meet\n\nThe cities of Łódź and Oslo meet in Bergen.\n\nAll are welcome.");
    assert_eq!(read.links[0].target, "https://example.org/x");
    let metadata = &read.metadata;
    let value = |stated: &Option<urbi::source::Stated>| stated.as_ref().map(|s| s.value.clone()).unwrap_or_default();
    assert_eq!(value(&metadata.title), "Łódź & Oslo meet");
    assert_eq!((value(&metadata.date), value(&metadata.author)), ("2021-10-27".to_owned(), "Ann Example".to_owned()));
    assert_eq!(metadata.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(original(&given.parts[0], "& Oslo"), "&amp;amp; Oslo");
    assert_eq!(original(&given.parts[0], "Oslo meet in Bergen"), "Oslo meet in Bergen");
    let second = read_part(&given.parts[1]).expect("readable");
    assert_eq!(second.text, "Second\n\nThe forum takes place in Café City & more.");
    assert_eq!(original(&given.parts[1], "Café City & m"), "Caf&amp;eacute; City &amp;amp; m");

    let given = unpack("x", ATOM.as_bytes(), &Settings::default());
    let read: Vec<_> = given.parts.iter().map(|part| read_part(part).expect("readable")).collect();
    assert_eq!(read[0].text, "Oslo & Cork\n\nOslo & Cork meet in Bergen.");
    assert_eq!(value(&read[0].metadata.date), "2021-10-27");
    assert_eq!(read[0].metadata.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(read[1].text, "A < B\n\nPlain words of the city of Oslo & others.");

    let given = unpack("x", JSON.as_bytes(), &Settings::default());
    let read: Vec<_> = given.parts.iter().map(|part| read_part(part).expect("readable")).collect();
    assert_eq!(read[0].text, "Łódź & 😀\n\nThe cities meet in \"Bergen\".\n\nAll & everyone.");
    assert_eq!(read[0].metadata.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(read[1].text, "First line\nof a < b & c.\n\nSecond paragraph of the text.");
    assert_eq!(original(&given.parts[0], "Łódź"), "\\u0141\\u00f3d\\u017a");
    assert_eq!(original(&given.parts[0], "in \"Bergen"), "in \\\"Bergen");
}

#[test]
fn feeds_in_other_character_sets_and_broken_ones() {
    let latin =
        encoding_rs::WINDOWS_1252.encode(&RSS.replace("UTF-8", "iso-8859-1").replace("Łódź", "Malmö")).0.into_owned();
    let given = unpack("x", &latin, &Settings::default());
    let read = read_part(&given.parts[0]).expect("readable");
    assert!(read.text.contains("The cities of Malmö and Oslo"), "{}", read.text);
    let again = Part::again("x", given.parts[0].bytes.clone(), &read.media_type);
    assert_eq!((again.form, read_part(&again).expect("readable").text), (Some(Form::Entry), read.text));

    let broken = RSS.replace("<guid>urn:a</guid>", "<guid>urn:a</guid><!-- ]]>").replace("&lt;p&gt;The", "The");
    let given = unpack("x", broken.as_bytes(), &Settings::default());
    assert!(!given.errors.is_empty() && given.errors[0].starts_with("x: byte "), "{:?}", given.errors);
    assert_eq!(given.places(), ["x#id=urn:b"]);
    let cut = &RSS[..RSS.rfind("</item>").expect("it is there")];
    let given = unpack("x", cut.as_bytes(), &Settings::default());
    assert_eq!((given.parts.len(), given.errors.len()), (1, 1), "{:?}", given.errors);
    let given = unpack("x", &JSON.as_bytes()[..400], &Settings::default());
    assert!(given.errors[0].contains("EOF while parsing"), "{:?}", given.errors);
}

#[test]
fn bombs_of_entities_do_nothing() {
    let mut bomb = String::from("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\">");
    for level in 1..10 {
        let inner = format!("&lol{};", if level == 1 { String::new() } else { (level - 1).to_string() }).repeat(10);
        bomb.push_str(&format!("<!ENTITY lol{level} \"{inner}\">"));
    }
    bomb.push_str("]><rss version=\"2.0\"><channel><item><title>Oslo meets</title><description>&lol9; words</description></item></channel></rss>");
    let given = unpack("x", bomb.as_bytes(), &Settings::default());
    assert!(given.errors.is_empty(), "{:?}", given.errors);
    let read = read_part(&given.parts[0]).expect("readable");
    assert_eq!(read.text, "Oslo meets\n\n&lol9; words");
}

/// A mailbox with these texts as mails; those that begin with the header of a mail keep it.
fn mailbox(texts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, body) in texts {
        let bare = body.trim_ascii_start();
        let text = String::from_utf8_lossy(bare).to_lowercase();
        let is_field =
            |line: &str| ["from:", "date:", "subject:", "sender:", "to:"].iter().any(|f| line.starts_with(f));
        let fields = text.lines().take_while(|line| !line.is_empty()).filter(|line| is_field(line)).count();
        let headed = text.lines().next().is_some_and(is_field) && fields >= 2;
        out.extend_from_slice(b"From list@example.org Fri Jul  8 12:08:34 2011\n");
        out.extend_from_slice(format!("Message-ID: <{name}@example.org>\nMIME-Version: 1.0\n").as_bytes());
        out.extend_from_slice(b"Content-Type: text/plain; charset=utf-8\n");
        out.extend_from_slice(if headed { b"" } else { b"\n" });
        for line in (if headed { bare } else { body }).split_inclusive(|b| *b == b'\n') {
            let bare = line.trim_ascii_start();
            let quoted = line.first().is_none_or(|first| *first == b'>' || *first == b'F');
            let marks = bare.iter().take_while(|b| **b == b'>').count();
            out.extend_from_slice(if quoted && bare[marks..].starts_with(b"From ") { b">" } else { b"" });
            out.extend_from_slice(line);
        }
        out.extend_from_slice(b"\n\n");
    }
    out
}

#[test]
fn a_mailbox_says_what_its_mails_say() {
    let files = sample_files();
    let texts: Vec<(String, Vec<u8>)> = files
        .iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "txt"))
        .map(|file| {
            (file.file_stem().expect("a name").to_string_lossy().into_owned(), fs::read(file).expect("readable"))
        })
        .collect();
    same_facts(&texts);
}

/// The calls of a collection that is not part of the project.
#[test]
fn calls_in_a_mailbox_say_what_they_say_by_themselves() {
    let Ok(folder) = fs::read_dir(project().join("../shared/cfp/docs")) else { return };
    let mut files: Vec<_> = folder.map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    let texts: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|file| {
            (file.file_stem().expect("a name").to_string_lossy().into_owned(), fs::read(file).expect("readable"))
        })
        .filter(|(_, bytes)| std::str::from_utf8(bytes).is_ok())
        .collect();
    assert!(texts.len() > 200);
    same_facts(&texts);
}

/// Each text as a mail in a mailbox gives the facts that it gives as a file.
fn same_facts(texts: &[(String, Vec<u8>)]) {
    let engine = Engine::new(&Profile::embedded(), &Base::default()).expect("the embedded profile loads");
    let given = unpack("calls.mbox", &mailbox(texts), &Settings::default());
    assert!(given.errors.is_empty() && given.parts.len() == texts.len(), "{} {:?}", given.parts.len(), given.errors);
    let mut differ = String::new();
    for ((name, bytes), mail) in texts.iter().zip(&given.parts) {
        let file = Part::new(Place::named(&format!("{name}.txt")), bytes.clone(), None);
        let (file, mail) = (facts(&engine, &file), facts(&engine, mail));
        for fact in file.symmetric_difference(&mail) {
            let where_ = if file.contains(fact) { "file" } else { "mail" };
            differ.push_str(&format!("{name}: only in the {where_}: {fact}\n"));
        }
    }
    assert!(differ.is_empty(), "{differ}");
}

/// What a document states, with one name for all documents.
fn facts(engine: &Engine, part: &Part) -> BTreeSet<String> {
    let extraction = engine.extract(&read_part(part).expect("readable"));
    let digest = extraction.document.iri.as_str().rsplit('/').next().expect("a name").to_owned();
    let triples = extraction.evidence.iter().flat_map(|evidence| &evidence.triples);
    triples.map(|triple| triple.to_string().replace(&digest, "this").replace(&digest[..12], "this")).collect()
}

#[test]
fn a_maildir_is_a_mailbox() {
    let folder = tempfile::tempdir().expect("a folder");
    for part in ["cur", "new", "tmp", ".Sent/cur", ".Sent/new"] {
        fs::create_dir_all(folder.path().join("Mail").join(part)).expect("made");
    }
    let mail = |n: u8| {
        format!(
            "From: a@example.org\nSubject: Call {n}\nMessage-ID: <{n}@example.org>\n\nThe congress number {n} meets in Oslo.\n"
        )
    };
    for (path, n) in [("cur/1.host:2,S", 1), ("new/2.host", 2), ("tmp/3.host", 3), (".Sent/cur/4.host:2,", 4)] {
        fs::write(folder.path().join("Mail").join(path), mail(n)).expect("written");
    }
    let shown = urbi(folder.path(), &["extract", "Mail", "--show-text"]).done();
    for (place, n) in [("Mail#1.host", 1), ("Mail#2.host", 2), ("Mail/.Sent#4.host", 4)] {
        assert!(shown.contains(&format!("{place} (message/rfc822)\n")), "{shown}");
        assert!(shown.contains(&format!("The congress number {n} meets in Oslo.")), "{shown}");
    }
    assert!(!shown.contains("number 3"), "{shown}");
    // A mail that has been read is the same mail.
    urbi(folder.path(), &["build", "-q", "Mail"]).done();
    let maildir = folder.path().join("Mail");
    fs::rename(maildir.join("new/2.host"), maildir.join("cur/2.host:2,RS")).expect("moved");
    assert!(urbi(folder.path(), &["build", text(Path::new("Mail"))]).err.contains("nothing changed"));
}
