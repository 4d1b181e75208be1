//! A web archive of 1 GB: what reading it costs, beside its decompression alone and decompression and reading of pages alone.
//!
//!     cargo bench --bench warc                  1,000 MB of pages, in a temporary folder
//!     URBI_WARC_MB=50 cargo bench --bench warc  a small one, to see that it works
//!     URBI_WARC=crawl.warc.gz URBI_WARC_MB=1000 cargo bench --bench warc   makes the archive there, or takes the one there
//!
//! The archive is made of the sample announcements in pages with navigation, teasers and footers, no two alike, gzip by
//! record. Memory is the most that the program `urbi` had at once (`VmHWM`), as Linux says.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark measures time and says what it measured, and is told by the environment what to measure"
)]

#[expect(dead_code, reason = "the archive is made of the samples only, so that it is the same everywhere")]
mod corpus;

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use urbi::intake::{self, Spot};
use urbi::source::{Flow, Found, Settings, read_part};

fn main() {
    let megabytes: u64 = std::env::var("URBI_WARC_MB").ok().and_then(|size| size.parse().ok()).unwrap_or(1000);
    let folder = tempfile::tempdir().expect("a folder");
    let path = std::env::var_os("URBI_WARC").map_or_else(|| folder.path().join("crawl.warc.gz"), PathBuf::from);
    if !path.exists() {
        let (time, pages) = timed(|| make(&path, megabytes << 20));
        println!("made {} pages in {:.1} s", pages, time.as_secs_f64());
    }
    let packed = path.metadata().expect("it is there").len();

    let (time, unpacked) = timed(|| {
        let mut reader = MultiGzDecoder::new(BufReader::with_capacity(1 << 16, File::open(&path).expect("it opens")));
        std::io::copy(&mut reader, &mut std::io::sink()).expect("it is whole")
    });
    println!("{} MB, {} MB unpacked", packed >> 20, unpacked >> 20);
    let show = |what: &str, time: Duration| {
        println!("{what:<44} {:>8.1} s {:>8.1} MB/s", time.as_secs_f64(), unpacked as f64 / 1e6 / time.as_secs_f64());
    };
    show("decompression alone", time);

    let (time, count) = timed(|| each(&path, |_| {}));
    show(&format!("records and bodies ({count} pages)"), time);
    let (time, _) = timed(|| each(&path, |part| drop(read_part(part))));
    show("records, bodies and reading of pages", time);

    for arguments in [vec!["build", "-q"], vec!["extract", "-q", "--show-text"]] {
        let (time, peak) = timed(|| peak(&arguments, &path, folder.path()));
        show(&format!("urbi {} (at most {} MB of memory)", arguments[0], peak >> 10), time);
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed(), done)
}

/// Hands over the pages of an archive; how many there are.
fn each(path: &Path, mut take: impl FnMut(&urbi::source::Part)) -> usize {
    let mut count = 0;
    let flow = intake::read(&Spot::File(path.to_owned()), &Settings::default(), 0, &mut |found| {
        if let Found::Part(part) = found {
            count += 1;
            take(&part);
        }
        Flow::Continue(())
    });
    assert!(flow.is_continue());
    count
}

/// Runs the program on the archive; the most memory that it had, in KiB.
fn peak(arguments: &[&str], path: &Path, folder: &Path) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_urbi"))
        .args(arguments)
        .arg(path)
        .current_dir(folder)
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("it runs").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0);
        peak = peak.max(now);
        std::thread::sleep(Duration::from_millis(50));
    }
    peak
}

/// Makes an archive of at least `size` bytes of records; how many pages it has.
fn make(path: &Path, size: u64) -> usize {
    let samples: Vec<String> = corpus::samples()
        .into_iter()
        .filter_map(|(name, bytes)| name.ends_with(".txt").then(|| String::from_utf8(bytes).expect("UTF-8")))
        .collect();
    let mut out = BufWriter::new(File::create(path).expect("it can be made"));
    let (mut written, mut count) = (0u64, 0usize);
    while written < size {
        let page = page(&samples, count);
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
        let record = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{count:012x}>\r\n\
             WARC-Date: 2021-11-{:02}T10:20:{:02}Z\r\nWARC-Target-URI: https://example.org/{}/{count}.html\r\n\
             Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n{head}{page}\r\n\r\n",
            count % 28 + 1,
            count % 60,
            count % 97,
            head.len() + page.len(),
        );
        let mut encoder = GzEncoder::new(&mut out, Compression::new(6));
        encoder.write_all(record.as_bytes()).expect("written");
        encoder.finish().expect("written");
        written += record.len() as u64;
        count += 1;
    }
    out.flush().expect("written");
    count
}

/// A page of about 30 KB: an announcement between what sites put around one.
fn page(samples: &[String], count: usize) -> String {
    let sample = &samples[count % samples.len()];
    let mut lines = sample.lines().filter(|line| !line.trim().is_empty());
    let title = lines.next().unwrap_or_default();
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs: String = lines.map(|line| format!("<p>{}</p>\n", escape(line))).collect();
    let links = |name: &str, many: usize| -> String {
        (0..many)
            .map(|n| {
                format!("<li><a href=\"/{name}/{}/{n}.html\">{name} number {n} of page {count}</a></li>\n", count % 31)
            })
            .collect()
    };
    // Words that occur once keep the archive from being all repetition.
    let script: String =
        (0..400u64).map(|n| format!("{:x};", (count as u64 * 400 + n).wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    format!(
        "<!doctype html><html lang=en><head><title>{title} | Example</title><script>var t='{script}';</script></head><body>\n\
         <header><nav><ul>{}</ul></nav></header><main><article><h1>{}</h1>\n{paragraphs}<p>Notice number {count}.</p></article></main>\n\
         <aside><h2>Related news</h2><ul>{}</ul></aside><footer><p>Example, 1 Main Street</p><ul>{}</ul></footer></body></html>",
        links("topics", 60),
        escape(title),
        links("news", 60),
        links("about", 40),
    )
}
