//! Pages of the web: how much of the article is kept, and how much of the page around it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use urbi::source::{self, BlockKind};

use crate::source::check;

/// Each folder in `tests/golden/html` holds a page and the words of its article.
#[test]
fn article_words_of_pages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/html");
    let mut cases: Vec<_> = fs::read_dir(&root).expect("cases").map(|entry| entry.expect("entry").path()).collect();
    cases.sort();
    assert!(cases.len() >= 30);
    let mut failures = String::new();
    for case in cases {
        let bytes = fs::read(case.join("page.html")).expect("page");
        let wanted = fs::read_to_string(case.join("expected.txt")).expect("expected");
        compare(&case.display().to_string(), &bytes, &wanted, &mut failures);
    }
    assert!(failures.is_empty(), "{failures}");
}

/// The pages of the gold collection, seen and unseen: their article is what their template puts it into.
#[test]
fn article_words_of_gold_pages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold/announcements");
    let Ok(folder) = fs::read_dir(&root) else { return };
    let mut failures = String::new();
    for entry in folder {
        let path = entry.expect("entry").path();
        if path.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let bytes = fs::read(&path).expect("page");
        let page = String::from_utf8_lossy(&bytes);
        let between = |from: &str, to: &str| {
            let start = page.find(from)?;
            Some(&page[start..start + page[start..].find(to)?])
        };
        let article = between("<article>", "</article>")
            .map(str::to_owned)
            .or_else(|| between("<td width=\"700\"", "</td><td width=\"280\"").map(str::to_owned))
            .or_else(|| {
                let title = between("<h2 class=\"entry-title\"", "</h2>")?;
                Some(title.to_owned() + between("<div class=\"entry-content\"", "<div id=\"secondary\"")?)
            });
        let article = article.unwrap_or_else(|| panic!("{}: an unknown template", path.display()));
        // Some of them must not be read by those who write rules: a failure tells no words.
        let mut words = String::new();
        compare(&path.display().to_string(), &bytes, &without_tags(&article), &mut words);
        failures.extend(words.lines().next().map(|line| format!("{line}\n")));
    }
    assert!(failures.is_empty(), "{failures}");
}

/// Whatever says what a page is called and when it was published, and where that stands in the page.
#[test]
fn titles_and_dates() {
    const BODY: &str = "<p>The forum met in Oslo from 3 to 5 May 2021, and all who came were glad to have come.</p>";
    let page = |head: &str, body: &str| format!("<html><head>{head}</head><body>{body}{BODY}</body></html>");
    let ld = |json: &str| page(&format!("<script type=\"application/ld+json\">{json}</script>"), "");
    for (page, title, date) in [
        (page("<title>Forum &amp; fair</title>", ""), Some("Forum & fair"), None),
        (page("<title>The forum met | City of Oslo</title>", "<h1>The forum met</h1>"), Some("The forum met"), None),
        (page("<title>x</title><meta property='og:title' content='Forum met'>", ""), Some("Forum met"), None),
        (page("<meta name='DC.title' content='Forum met'>", ""), Some("Forum met"), None),
        (page("<meta name=DC.date.issued content=2021-05-06>", ""), None, Some("2021-05-06")),
        (page("<meta name=dcterms.date content=2021-05>", ""), None, Some("2021-05")),
        (
            page("<meta property='article:published_time' content='2021-05-06T23:30:00-05:00'>", ""),
            None,
            Some("2021-05-06"),
        ),
        (page("", "<p class=meta><time datetime=2021-05-06>yesterday</time></p>"), None, Some("2021-05-06")),
        (
            ld(
                r#"{"@graph":[{"@type":"WebSite"},{"@type":"NewsArticle","headline":"Forum met","datePublished":"2021-05-06"}]}"#,
            ),
            Some("Forum met"),
            Some("2021-05-06"),
        ),
        (page("", "<aside><time pubdate datetime=2021-05-01>1 May</time></aside>"), None, None),
    ] {
        let found = source::read("page.html", page.as_bytes(), None).expect("readable");
        let metadata = &found[0].metadata;
        let value = |stated: &Option<source::Stated>| stated.as_ref().map(|stated| stated.value.clone());
        assert_eq!(value(&metadata.title).as_deref(), title, "{page}");
        assert_eq!(value(&metadata.date).as_deref(), date, "{page}");
        for stated in [&metadata.title, &metadata.date].into_iter().flatten() {
            let bytes = &page[stated.bytes.start as usize..stated.bytes.end as usize];
            assert!(bytes.replace("&amp;", "&").starts_with(&stated.value), "{bytes:?} for {stated:?}");
        }
    }
}

/// Notes in `failures` if the words found differ too much from those wanted.
fn compare(name: &str, bytes: &[u8], wanted: &str, failures: &mut String) {
    let found = source::read("page.html", bytes, None).expect("readable");
    check(&found[0], bytes);
    // Values are no part of the prose.
    let prose = found[0].blocks.iter().filter(|block| block.kind != BlockKind::Value);
    let prose = prose.map(|block| found[0].words(block)).collect::<Vec<_>>().join("\n");
    let (f1, missed, more) = token_f1(wanted, &prose);
    if f1 < 0.95 {
        let _ = writeln!(failures, "{name}: token F1 {f1:.3}\n  missed {missed:?}\n  more {more:?}");
    } else if std::env::var_os("URBI_SHOW_F1").is_some() {
        eprintln!("{f1:.3} {name}");
    }
}

/// Harmonic mean of precision and recall of words, each as often as it stands; and which were missed and which are more.
fn token_f1(wanted: &str, found: &str) -> (f64, Vec<String>, Vec<String>) {
    let count = |text: &str| {
        let mut out = BTreeMap::<String, usize>::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *out.entry(word.to_lowercase()).or_default() += 1;
        }
        out
    };
    let (wanted, found) = (count(wanted), count(found));
    let less = |these: &BTreeMap<String, usize>, others: &BTreeMap<String, usize>| -> Vec<String> {
        let gone = |(word, n): (&String, &usize)| (*n > others.get(word).copied().unwrap_or(0)).then(|| word.clone());
        these.iter().filter_map(gone).collect()
    };
    let both: usize = wanted.iter().map(|(word, n)| (*n).min(found.get(word).copied().unwrap_or(0))).sum();
    let f1 = 2.0 * both as f64 / (wanted.values().sum::<usize>() + found.values().sum::<usize>()) as f64;
    (f1, less(&wanted, &found), less(&found, &wanted))
}

/// The words of a piece of a page, as plainly as can be: whatever stands between tags.
fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((words, tag)) = rest.split_once('<') {
        out.push_str(words);
        let (tag, behind) = tag.split_once('>').unwrap_or((tag, ""));
        let inline =
            ["a", "b", "i", "em", "strong", "sup", "span", "/a", "/b", "/i", "/em", "/strong", "/sup", "/span"];
        if !inline.contains(&tag.split_whitespace().next().unwrap_or("")) {
            out.push(' ');
        }
        rest = behind;
    }
    out.push_str(rest);
    let page = format!("<p>{}</p>", out.replace('<', ""));
    source::read("x.html", page.as_bytes(), Some(source::Form::Html)).map_or(out, |found| found[0].text.clone())
}
