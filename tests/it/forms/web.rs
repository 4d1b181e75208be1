//! Web archives: every kind of record, and what is broken in them.

use std::fmt::Write as _;

use urbi::source::{Captures, Form, Settings, read_part};

use super::*;

const PAGE: &str =
    "<!doctype html><title>Oslo</title><h1>Oslo meets</h1><p>Oslo meets in May, says the mayor of Oslo.</p>";
const URL: &str = "https://example.org/news/oslo.html";

/// A record: fields behind type, date and length, and a block.
fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let mut out = String::new();
    let _ = write!(out, "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2021-11-03T10:20:30Z\r\n{fields}");
    let _ = write!(out, "Content-Length: {}\r\n\r\n", block.len());
    [out.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A response with this head and body.
fn response(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    let fields = format!("WARC-Target-URI: {url}\r\nWARC-Record-ID: <urn:{url}>\r\nContent-Type: application/http\r\n");
    record("response", &fields, &block)
}

fn page(url: &str) -> Vec<u8> {
    response(url, "200 OK\r\nContent-Type: text/html; charset=utf-8", PAGE.as_bytes())
}

fn all() -> Settings {
    Settings::default()
}

#[test]
fn every_kind_of_record() {
    let chunked = format!("{:x}\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n", 20, &PAGE[..20], PAGE.len() - 20, &PAGE[20..]);
    let both = {
        let packed = gzip(PAGE.as_bytes());
        [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat()
    };
    let html = "200 OK\r\nContent-Type: text/html";
    let uri = |url: &str| format!("WARC-Target-URI: {url}\r\n");
    let records = [
        record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: test\r\n"),
        record("request", &uri(URL), b"GET / HTTP/1.1\r\n\r\n"),
        page("http://a.org/plain"),
        response("http://a.org/chunked", &format!("{html}\r\nTransfer-Encoding: chunked"), chunked.as_bytes()),
        response("http://a.org/gzip", &format!("{html}\r\nContent-Encoding: gzip"), &gzip(PAGE.as_bytes())),
        response(
            "http://a.org/both",
            &format!("{html}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip"),
            &both,
        ),
        response("http://a.org/zstd", &format!("{html}\r\nContent-Encoding: zstd"), &zstd(PAGE.as_bytes())),
        record("resource", &format!("{}Content-Type: text/html\r\n", uri("<http://a.org/resource>")), PAGE.as_bytes()),
        record(
            "conversion",
            &format!("{}Content-Type: text/plain\r\n", uri(URL)),
            b"Oslo meets\n\nOslo meets in May.\n",
        ),
        record("revisit", &uri(URL), b"HTTP/1.1 200 OK\r\n\r\n"),
        response("http://a.org/a.png", "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        response("http://a.org/lost", "404 Not Found\r\nContent-Type: text/html", PAGE.as_bytes()),
        response("http://a.org/robots.txt", "200 OK\r\nContent-Type: text/plain", b"User-agent: *\n"),
        record("response", "WARC-Target-URI: dns:a.org\r\nContent-Type: text/dns\r\n", b"20211103 1.2.3.4"),
    ];
    let plain = records.concat();
    let packed = records.iter().map(|record| gzip(record)).collect::<Vec<_>>().concat();
    let whole = gzip(&plain);
    for bytes in [&plain, &packed, &whole] {
        let given = unpack_stream("x", bytes, &all());
        assert!(given.errors.is_empty(), "{:?}", given.errors);
        let urls: Vec<String> = given.parts.iter().map(|part| part.carried.url.clone().unwrap_or_default()).collect();
        let wanted =
            ["plain", "chunked", "gzip", "both", "zstd", "resource"].map(|name| format!("http://a.org/{name}"));
        assert_eq!(urls, [&wanted[..], &[URL.to_owned()]].concat());
        // The same page is the same document, however it was sent.
        assert!(given.parts[..6].iter().all(|part| part.bytes == PAGE.as_bytes() && part.form == Some(Form::Html)));
        assert_eq!(given.parts[6].form, Some(Form::Text));
        assert_eq!(given.parts[0].carried.captured.as_deref(), Some("2021-11-03T10:20:30Z"));
        let mut passed = given.passed_over.clone();
        passed.sort();
        assert_eq!(passed, ["answers of status 404", "image/png", "revisits of what was captured before"]);
        assert_eq!(unpack("x", bytes, &all()).places(), given.places());
    }
    // A place leads to the member that holds the record.
    let given = unpack("crawl.warc.gz", &packed, &all());
    let place = &given.places()[1];
    let (offset, rest) = place.strip_prefix("crawl.warc.gz#offset=").expect("it is").split_once('&').expect("more");
    assert_eq!(rest, "time=2021-11-03T10:20:30Z&url=http://a.org/chunked");
    assert_eq!(offset.parse::<usize>().expect("a number"), records[..3].iter().map(|r| gzip(r).len()).sum::<usize>());
    assert!(unpack("x", &whole, &all()).places()[0].starts_with("x#offset=0+"));
}

#[test]
fn broken_records_are_named_and_the_rest_is_read() {
    let pages: Vec<Vec<u8>> = (0..4).map(|n| page(&format!("http://a.org/{n}"))).collect();
    let read = |bytes: &[u8]| {
        let given = unpack("x.warc", bytes, &all());
        let urls: Vec<String> = given.parts.iter().filter_map(|p| p.carried.url.clone()).collect();
        let numbers: String = urls.iter().filter_map(|url| url.chars().last()).collect();
        (numbers, given.errors)
    };
    let text = |n: usize| String::from_utf8_lossy(&pages[n]).into_owned();
    let length = pages[1].len() - text(1).find("HTTP/1.1").expect("a head") - 4;
    for (claim, problem) in [
        (length + 400, "does not end after its"),
        (length - 9, "does not end after its"),
        (9_999_999, "cut off: it has"),
        (usize::MAX, "cut off: it has"),
    ] {
        let wrong = text(1).replace(&format!("Length: {length}"), &format!("Length: {claim}"));
        let (numbers, errors) = read(&[&pages[0], wrong.as_bytes(), &pages[2], &pages[3]].concat());
        assert_eq!(numbers, "023", "{claim}: {errors:?}");
        let place = format!("x.warc: byte {}: ", pages[0].len());
        assert!(errors.len() == 1 && errors[0].starts_with(&place) && errors[0].contains(problem), "{errors:?}");
    }
    let no_length = text(1).replace("Content-Length", "Content-Size");
    assert_eq!(read(&[&pages[0], no_length.as_bytes(), &pages[2]].concat()).0, "02");
    let junk = [&pages[0][..], b"\0\0 junk\njunk\n", &pages[2], &pages[3][..90]].concat();
    let (numbers, errors) = read(&junk);
    assert_eq!((numbers.as_str(), errors.len()), ("02", 2), "{errors:?}");
    assert!(errors[0].contains("no record begins here"), "{errors:?}");

    let members: Vec<Vec<u8>> = pages.iter().map(|page| gzip(page)).collect();
    let start = members[0].len();
    for cut in [12, members[1].len() / 2, members[1].len() - 3] {
        let (numbers, errors) = read(&[&members[0], &members[1][..cut], &members[2], &members[3]].concat());
        assert_eq!(numbers, "023", "{cut}: {errors:?}");
        assert!(errors.len() == 1 && errors[0].starts_with(&format!("x.warc: byte {start}: ")), "{errors:?}");
    }
    for at in [20, members[1].len() / 2, members[1].len() - 6] {
        let mut wrong = members[1].clone();
        wrong[at] ^= 0xff;
        let (numbers, errors) = read(&[&members[0][..], &wrong, &members[2], &members[3]].concat());
        assert_eq!((numbers.as_str(), errors.len()), ("023", 1), "{at}: {errors:?}");
    }
    let (numbers, errors) = read(&[&members[0], &members[1][..40]].concat());
    assert_eq!(numbers, "0");
    assert!(errors[0].contains("cut off") && errors[0].contains("byte"), "{errors:?}");
}

#[test]
fn filters() {
    let archive = [
        page("https://example.org/news/a"),
        page("https://example.org/about"),
        response("https://example.org/news/b", "200 OK\r\nContent-Type: text/plain", b"Cork\n\nCork hosts it.\n"),
        response("https://example.org/news/c", "404 Not Found\r\nContent-Type: text/html", PAGE.as_bytes()),
    ]
    .concat();
    let names = |captures: Captures| {
        let given = unpack("x", &archive, &Settings { captures, ..all() });
        given.places().iter().map(|place| place.rsplit('/').next().unwrap_or_default().to_owned()).collect::<String>()
    };
    let pattern = |text: &str| vec![glob::Pattern::new(text).expect("a pattern")];
    assert_eq!(names(Captures { urls: pattern("*/news/*"), ..Captures::default() }), "ab");
    assert_eq!(names(Captures { media_types: pattern("text/html"), ..Captures::default() }), "aabout");
    assert_eq!(names(Captures { status: 200..=404, ..Captures::default() }), "aaboutbc");
    assert_eq!(names(Captures { dates: "2022".parse().expect("a year"), ..Captures::default() }), "");
    // What is left out is counted, so that nobody wonders why nothing is read.
    let captures = Captures { dates: "2022".parse().expect("a year"), ..Captures::default() };
    let given = unpack("x", &archive, &Settings { captures, ..all() });
    assert_eq!(given.passed_over, ["captures that the filters leave out"; 4]);
}

#[test]
fn what_a_metadata_record_says() {
    let body = encoding_rs::WINDOWS_1251
        .encode("<!doctype html><h1>Казань встречает</h1><p>Казань встречает гостей форума.</p>")
        .0;
    let about = |id: &str, charset: &str| {
        record(
            "metadata",
            &format!("WARC-Concurrent-To: <urn:{id}>\r\n"),
            format!("charset-detected: {charset}\r\n").as_bytes(),
        )
    };
    let html = "200 OK\r\nContent-Type: text/html";
    let archive = [response("http://a.org/a", html, &body), about("http://a.org/a", "windows-1251")].concat();
    let given = unpack("x", &archive, &all());
    let read = read_part(&given.parts[0]).expect("readable");
    assert!(read.text.contains("Казань встречает гостей"), "{}", read.text);
    // The store can read it again.
    assert_eq!(read.media_type, "text/html;charset=windows-1251");
    let again = urbi::source::Part::again("x", given.parts[0].bytes.clone(), &read.media_type);
    assert_eq!(read_part(&again).expect("readable").text, read.text);
    let other = [response("http://a.org/a", html, PAGE.as_bytes()), about("http://a.org/b", "koi8-r")].concat();
    assert_eq!(unpack("x", &other, &all()).parts[0].carried.charset, None);
}

#[test]
fn a_wacz_is_its_archives() {
    let warc = [page("https://example.org/a"), page("https://example.org/b")].map(|page| gzip(&page)).concat();
    let files: [(&str, &[u8]); 5] = [
        ("datapackage.json", b"{}"),
        ("pages/pages.jsonl", b"{}"),
        ("indexes/index.cdx.gz", &gzip(b"x")),
        ("archive/data.warc.gz", &warc),
        ("fuzzy.txt", b"not this"),
    ];
    let given = unpack("crawl.wacz", &zip(&files), &all());
    assert!(given.errors.is_empty(), "{:?}", given.errors);
    assert_eq!(given.parts.len(), 2);
    assert_eq!(
        given.places()[0],
        "crawl.wacz#archive/data.warc.gz#offset=0&time=2021-11-03T10:20:30Z&url=https://example.org/a"
    );
}

#[test]
fn bombs_in_records() {
    let small = super::hostile::small();
    let html = "200 OK\r\nContent-Type: text/html";
    let bomb = response("http://a.org/bomb", &format!("{html}\r\nContent-Encoding: gzip"), &gzip(&vec![b' '; 2 << 20]));
    let long = record("resource", "Content-Type: text/plain\r\n", &vec![b' '; 2 << 20]);
    let archive = [bomb, long, page("http://a.org/a")].concat();
    let given = unpack("x", &archive, &small);
    assert_eq!((given.errors.len(), given.parts.len()), (2, 1), "{:?}", given.errors);
    assert!(given.errors.iter().all(|error| error.contains("more than 1048576 bytes")), "{:?}", given.errors);
    // A member that has no end, of a record that nobody wants.
    let endless = gzip(&record("request", "", &vec![b' '; 40 << 20]));
    let given = unpack("x", &[endless, gzip(&page("http://a.org/a"))].concat(), &small);
    assert!(given.errors[0].contains("out of all proportion"), "{:?}", given.errors);
}
