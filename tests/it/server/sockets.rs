//! What only shows on real connections: answers that break off, clients that go or are slow, limits, and the end.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::mpsc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use tokio::sync::oneshot;
use urbi::{
    profile::Profile,
    query::Limits,
    server::{Server, Settings},
    vocab::Base,
};

use super::{encoded, sample_store};

/// A product of all statements with all others, five times: it would take years.
const ENDLESS: &str = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }";
const LARGE: &str = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";

/// A server on a port of its own.
pub struct Running {
    address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    pub fn new(settings: Settings) -> Running {
        let server = Server::new(sample_store(&Base::default()), Profile::embedded(), settings).expect("sound");
        let (tell, told) = mpsc::channel();
        let (end, ended) = oneshot::channel::<()>();
        let thread = thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("threads");
            let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
            let run = server.run(any_port, |address| tell.send(address).expect("somebody listens"), async {
                let _ = ended.await;
            });
            runtime.block_on(run).expect("it runs");
            runtime.shutdown_background();
        });
        Running { address: told.recv().expect("it listens"), end: Some(end), thread: Some(thread) }
    }

    /// Its address, with `/` at the end.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
        stream
    }

    /// Sends a request and reads all that comes until the connection is closed.
    fn ask(&self, head: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(format!("{head}\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes()).expect("sent");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn query(&self, query: &str) -> String {
        self.ask(&format!("GET /sparql?query={} HTTP/1.1\r\nAccept: text/csv", encoded(query)))
    }

    fn figure(&self, name: &str) -> f64 {
        let text = self.ask("GET /metrics HTTP/1.1");
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name}: {text}"));
        line.rsplit(' ').next().and_then(|number| number.parse().ok()).expect("a number")
    }

    /// Waits until nothing is evaluated any more.
    fn settles(&self) {
        for _ in 0..600 {
            if self.figure("urbi_queries_running") == 0.0 {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("queries go on for half a minute");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            assert!(thread.join().is_ok() || thread::panicking());
        }
    }
}

fn limited(timeout: Duration) -> Settings {
    Settings { limits: Limits { timeout: Some(timeout), rows: 200_000 }, ..Settings::default() }
}

/// Whether a chunked body has its last chunk.
fn is_complete(answer: &str) -> bool {
    answer.ends_with("\r\n0\r\n\r\n") || answer.contains("content-length")
}

#[test]
fn a_hostile_query_is_cut_off_while_others_are_answered() {
    let server = Running::new(limited(Duration::from_secs(2)));
    let started = Instant::now();
    let (first, second) = thread::scope(|scope| {
        let hostile = scope.spawn(|| server.query(ENDLESS));
        thread::sleep(Duration::from_millis(200));
        let answer = server.query("SELECT ?c { ?c a urbi:City } LIMIT 3");
        (hostile.join().expect("no panic"), answer)
    });
    assert!(first.starts_with("HTTP/1.1 503"), "{first}");
    assert!(first.contains("without a complete answer"), "{first}");
    assert!(second.starts_with("HTTP/1.1 200") && second.contains("/city/"), "{second}");
    assert!(started.elapsed() < Duration::from_secs(40), "{:?}", started.elapsed());
    let path = "SELECT (COUNT(*) AS ?n) { ?a (urbi:heldIn|^urbi:heldIn|urbi:inCountry|^urbi:inCountry|!urbi:x)+ ?b . ?c (urbi:heldIn|!urbi:x|^!urbi:y)+ ?d }";
    assert!(server.query(path).starts_with("HTTP/1.1 503"));
    // They do not only seem to stop.
    server.settles();
}

#[test]
fn an_answer_that_is_cut_off_never_looks_complete() {
    let server = Running::new(limited(Duration::from_secs(20)));
    // More rows than the limit, found after much has been sent.
    let answer = server.query(LARGE);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.len() > 100_000, "{}", &answer[..answer.len().min(300)]);
    assert!(!is_complete(&answer));
    // A complete answer of the same kind.
    let answer = server.query(&format!("{LARGE} LIMIT 100000"));
    assert!(is_complete(&answer), "{}", &answer[..300]);
    server.settles();
    // Fewer rows than one chunk has room for: the failure has a status.
    let server = Running::new(Settings { limits: Limits { rows: 10, ..Limits::default() }, ..Settings::default() });
    assert!(server.query("SELECT ?c { ?c a ?d }").starts_with("HTTP/1.1 422"));
}

#[test]
fn a_query_ends_when_its_client_goes() {
    let server = Running::new(limited(Duration::from_secs(300)));
    let mut stream = server.connect();
    let head = format!("GET /sparql?query={} HTTP/1.1\r\nHost: localhost\r\n\r\n", encoded(ENDLESS));
    stream.write_all(head.as_bytes()).expect("sent");
    for _ in 0..100 {
        if server.figure("urbi_queries_running") == 1.0 {
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(server.figure("urbi_queries_running"), 1.0);
    drop(stream);
    server.settles();
    // In the middle of an answer, too.
    let mut stream = server.connect();
    let head = format!("GET /sparql?query={} HTTP/1.1\r\nHost: localhost\r\n\r\n", encoded(LARGE));
    stream.write_all(head.as_bytes()).expect("sent");
    let mut some = [0; 1000];
    stream.read_exact(&mut some).expect("an answer begins");
    drop(stream);
    server.settles();
}

#[test]
fn one_client_does_not_take_it_all() {
    let server = Running::new(Settings { per_client: 1, ..limited(Duration::from_secs(3)) });
    thread::scope(|scope| {
        let hostile = scope.spawn(|| server.query(ENDLESS));
        for _ in 0..100 {
            if server.figure("urbi_queries_running") == 1.0 {
                break;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let answer = server.query("ASK {}");
        assert!(answer.starts_with("HTTP/1.1 429") && answer.contains("retry-after"), "{answer}");
        hostile.join().expect("no panic");
    });
    server.settles();
    assert!(server.query("ASK {}").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_head_that_never_ends_is_let_go() {
    let server = Running::new(Settings::default());
    let mut stream = server.connect();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n").expect("sent");
    let started = Instant::now();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(started.elapsed() < Duration::from_secs(40), "{:?}", started.elapsed());
    // So is one that is too long.
    let mut stream = server.connect();
    let _ = stream.write_all(format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(2 << 20)).as_bytes());
    let _ = stream.read_to_end(&mut answer);
    assert!(
        String::from_utf8_lossy(&answer).contains(" 431 ") || answer.is_empty(),
        "{}",
        String::from_utf8_lossy(&answer)
    );
}

#[test]
fn what_is_being_answered_is_finished_at_the_end() {
    let mut server = Running::new(limited(Duration::from_secs(20)));
    let mut stream = server.connect();
    let query = format!("{LARGE} LIMIT 150000");
    let head = format!("GET /sparql?query={} HTTP/1.1\r\nHost: localhost\r\n\r\n", encoded(&query));
    stream.write_all(head.as_bytes()).expect("sent");
    let mut answer = vec![0; 1000];
    stream.read_exact(&mut answer).expect("an answer begins");
    drop(server.end.take());
    stream.read_to_end(&mut answer).expect("the rest");
    assert!(is_complete(&String::from_utf8_lossy(&answer)));
    server.thread.take().expect("runs").join().expect("it ends");
    assert!(TcpStream::connect(server.address).is_err());
}
