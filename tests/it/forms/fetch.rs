//! Fetching, from a server on the loopback address: manners, limits, sitemaps.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use urbi::fetch::{Answer, Clock, Document, FetchError, Fetcher, Manners, Version};

use super::super::cli::urbi;
use super::{gzip, zstd};

const PAGE: &str =
    "<!doctype html><title>Oslo</title><h1>Oslo meets</h1><p>The congress takes place in Oslo, says the mayor.</p>";

/// What a server answers: status line and fields, and a body.
type Answers = BTreeMap<String, (String, Vec<u8>)>;

/// A server that answers by path, and remembers what it was asked.
struct Server {
    base: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts it; `answers` is given the address that it has.
    fn new(answers: impl Fn(&str) -> Answers) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let answers = answers(&base);
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
                let mut request = String::new();
                while let Some(Ok(line)) = lines.next().filter(|line| line.as_ref().is_ok_and(|line| !line.is_empty()))
                {
                    request.push_str(&line);
                    request.push('\n');
                }
                let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                log.lock().expect("not poisoned").push(request.clone());
                let (head, body) = match answers.get(&path) {
                    Some((head, _)) if head.contains("ETag") && request.contains("f-none-match: \"v1\"") => {
                        ("304 Not Modified".to_owned(), Vec::new())
                    }
                    Some((head, body)) => (head.clone(), body.clone()),
                    None => ("404 Not Found".to_owned(), Vec::new()),
                };
                // Whoever has read enough goes away.
                let _ =
                    write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
                let _ = stream.write_all(&body);
            }
        });
        Server { base, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The paths that it was asked for.
    fn paths(&self) -> Vec<String> {
        let asked = self.asked.lock().expect("not poisoned");
        asked.iter().map(|request| request.split(' ').nth(1).unwrap_or_default().to_owned()).collect()
    }
}

/// Time that passes only by waiting.
#[derive(Clone, Default)]
struct Pretence(Arc<Mutex<(Duration, Vec<Duration>)>>);

impl Clock for Pretence {
    fn now(&self) -> Duration {
        self.0.lock().expect("not poisoned").0
    }

    fn sleep(&self, time: Duration) {
        let mut state = self.0.lock().expect("not poisoned");
        state.0 += time;
        state.1.push(time);
    }
}

fn answers(list: &[(&str, &str, &[u8])]) -> Answers {
    list.iter().map(|(path, head, body)| ((*path).to_owned(), ((*head).to_owned(), body.to_vec()))).collect()
}

fn fetcher(clock: &Pretence) -> Fetcher {
    let manners = Manners { private: true, limit: 1 << 20, ..Manners::default() };
    Fetcher::new(manners, Box::new(clock.clone()))
}

fn document(answer: Result<Answer, FetchError>) -> Document {
    match answer.expect("fetched") {
        Answer::Document(document) => document,
        Answer::Unchanged => panic!("it is a document"),
    }
}

#[test]
fn fetches_politely() {
    let html = "200 OK\r\nContent-Type: text/html; charset=utf-8";
    let server = Server::new(|_| {
        answers(&[
            ("/robots.txt", "200 OK", b"User-agent: *\nDisallow: /private/\n"),
            ("/plain", html, PAGE.as_bytes()),
            ("/gzip", &format!("{html}\r\nContent-Encoding: gzip"), &gzip(PAGE.as_bytes())),
            ("/zstd", &format!("{html}\r\nContent-Encoding: zstd"), &zstd(PAGE.as_bytes())),
            ("/moved", "301 Moved Permanently\r\nLocation: plain", b""),
            ("/versioned", &format!("{html}\r\nETag: \"v1\""), PAGE.as_bytes()),
        ])
    });
    let clock = Pretence::default();
    let mut fetcher = fetcher(&clock);
    for path in ["/plain", "/gzip", "/zstd", "/moved"] {
        let found = document(fetcher.fetch(&server.url(path), &Version::default()));
        assert_eq!(found.body, PAGE.as_bytes(), "{path}");
        assert_eq!((found.media_type.as_deref(), found.charset.as_deref()), (Some("text/html"), Some("utf-8")));
        assert_eq!(found.url, server.url(if path == "/moved" { "/plain" } else { path }));
    }
    let version = document(fetcher.fetch(&server.url("/versioned"), &Version::default())).version;
    assert_eq!(version.etag.as_deref(), Some("\"v1\""));
    assert!(matches!(fetcher.fetch(&server.url("/versioned"), &version), Ok(Answer::Unchanged)));
    // What robots.txt forbids was not even asked for.
    let error = fetcher.fetch(&server.url("/private/page"), &Version::default()).expect_err("forbidden");
    assert_eq!(error.kind(), "robots");
    let paths = server.paths();
    assert_eq!(paths[0], "/robots.txt");
    assert_eq!(paths.iter().filter(|path| *path == "/robots.txt").count(), 1);
    assert!(!paths.iter().any(|path| path.starts_with("/private")));
    assert!(server.asked.lock().expect("not poisoned").iter().all(|request| request.contains("urbi/")));
    // A second passes between two requests, whatever they are for.
    let waited = clock.0.lock().expect("not poisoned").1.clone();
    assert_eq!(waited, vec![Duration::from_secs(1); paths.len() - 1]);
}

#[test]
fn refuses_what_is_not_for_it() {
    let server = Server::new(|base| {
        answers(&[
            ("/loop", &format!("302 Found\r\nLocation: {base}/loop"), b""),
            ("/file", "302 Found\r\nLocation: file:///etc/passwd", b""),
            ("/large", "200 OK\r\nContent-Type: text/plain", &vec![b'x'; 2 << 20]),
            ("/bomb", "200 OK\r\nContent-Encoding: gzip", &gzip(&vec![b'x'; 50 << 20])),
            ("/broken", "200 OK\r\nContent-Encoding: gzip", &gzip(PAGE.as_bytes())[..40]),
        ])
    });
    let clock = Pretence::default();
    let mut own = fetcher(&clock);
    for (url, kind) in [
        (server.url("/loop"), "redirections"),
        (server.url("/file"), "address"),
        (server.url("/large"), "too-large"),
        (server.url("/bomb"), "too-large"),
        (server.url("/broken"), "network"),
        (server.url("/nothing"), "status"),
        ("ftp://example.org/".to_owned(), "address"),
        ("http://".to_owned(), "address"),
        ("http://127.0.0.1:1/".to_owned(), "network"),
    ] {
        let error = own.fetch(&url, &Version::default()).expect_err("refused");
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().starts_with(error.url()), "{error}");
    }
    let asked = server.paths().len();
    let mut strict = Fetcher::new(Manners::default(), Box::new(clock));
    for url in
        [server.url("/plain"), server.url("/plain").replace("127.0.0.1", "localhost"), "http://[::1]:9/".to_owned()]
    {
        let error = strict.fetch(&url, &Version::default()).expect_err("private");
        assert_eq!(error.kind(), "private", "{error}");
    }
    assert_eq!(server.paths().len(), asked, "private addresses are not asked");
}

#[test]
fn builds_from_addresses() {
    let html = "200 OK\r\nContent-Type: text/html";
    let server = Server::new(|base| {
        let list = |paths: &[&str]| {
            let urls: String = paths.iter().map(|path| format!("<url><loc>{base}{path}</loc></url>")).collect();
            format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}</urlset>")
        };
        let index = format!(
            "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><sitemap><loc>{base}/news.xml</loc></sitemap></sitemapindex>"
        );
        let other =
            list(&["/news/oslo", "/about"]).replace("</urlset>", "<url><loc>http://127.0.0.2:1/x</loc></url></urlset>");
        answers(&[
            ("/sitemap.xml", "200 OK\r\nContent-Type: application/xml", index.as_bytes()),
            ("/news.xml", "200 OK\r\nContent-Type: application/xml", other.as_bytes()),
            ("/news/oslo", &format!("{html}\r\nETag: \"v1\""), PAGE.as_bytes()),
            ("/about", html, b"<p>nothing</p>"),
        ])
    });
    let folder = tempfile::tempdir().expect("a folder");
    let address = server.url("/sitemap.xml");
    let arguments = ["build", &address, "--url", "*/news/*", "--allow-private"];
    let first = urbi(folder.path(), &arguments);
    assert!(first.out.contains("documents, new"), "{}{}", first.out, first.err);
    first.done();
    assert!(!server.paths().contains(&"/about".to_owned()));
    // The second time nothing has changed, and the server says so.
    let again = urbi(folder.path(), &arguments);
    assert!(again.err.contains("nothing changed"), "{}", again.err);
    let asked = server.asked.lock().expect("not poisoned").clone();
    assert!(asked.iter().any(
        |request| request.starts_with("GET /news/oslo") && request.to_lowercase().contains("if-none-match: \"v1\"")
    ));
    let refused = urbi(folder.path(), &["build", &address, "--report", "failures.jsonl"]).failed(1);
    assert!(refused.contains("--allow-private"), "{refused}");
    let report = fs::read_to_string(folder.path().join("failures.jsonl")).expect("written");
    assert!(report.contains("\"kind\":\"private\""), "{report}");
}
