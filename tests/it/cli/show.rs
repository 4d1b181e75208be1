//! `urbi show`: the words stay, what is marked is told.

use std::fs;

use serde_json::Value;

use super::{built, samples, text, urbi};

#[test]
fn a_file_is_shown_without_a_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = samples().join("iclc-6-jubail.txt");
    let shown = urbi(folder.path(), &["show", text(&file)]).done();
    for part in ["[Jubail|City]", "heldIn", "hosts 0.", "[1]", "announced 2024-12-03"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains('\u{1b}'));
    urbi(folder.path(), &["show", "nothing.txt"]).failed(2);
}

#[test]
fn a_page_holds_all_words_and_needs_nothing_else() {
    let folder = built();
    let file = samples().join("iclc-5-yeonsu-declaration.txt");
    urbi(folder.path(), &["show", text(&file), "-o", "page.html"]).done();
    let page = fs::read_to_string(folder.path().join("page.html")).expect("written");
    assert!(page.starts_with("<!DOCTYPE html>"));
    for outside in ["<script", "src=", "url(", "@import", "<link", "<iframe"] {
        assert!(!page.contains(outside), "{outside}");
    }
    // Every link leads to a place on the page.
    for target in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().expect("a quote")) {
        let id = target.strip_prefix('#').unwrap_or_else(|| panic!("{target} leads away"));
        assert!(page.contains(&format!("id=\"{id}\"")), "{target}");
    }
    let article = page.split("<article>").nth(1).and_then(|rest| rest.split("</article>").next()).expect("the text");
    let tokens = html5gum::Tokenizer::new(article).map(|Ok(token)| token);
    let words: String = tokens
        .filter_map(|token| match token {
            html5gum::Token::String(text) => Some(String::from_utf8_lossy(&text).into_owned()),
            _ => None,
        })
        .collect();
    let sentence = "ICLC 5 was organized by the UNESCO Institute for Lifelong Learning and hosted by Yeonsu.";
    assert!(words.contains(sentence), "{words}");
}

#[test]
fn a_document_of_the_store_is_found_by_its_names_and_says_what_stands() {
    let folder = built();
    let by_title =
        urbi(folder.path(), &["show", "Learning cities adopt Yeonsu Declaration", "--format", "json"]).done();
    let json: Value = serde_json::from_str(&by_title).expect("JSON");
    let id = json["document"].as_str().expect("an IRI");
    let digest = id.rsplit('/').next().expect("a digest");
    for name in [id, digest, &digest[..8], "iclc-5-yeonsu-declaration.txt"] {
        assert_eq!(urbi(folder.path(), &["show", name, "--format", "json"]).done(), by_title, "{name}");
    }
    let facts =
        json["sentences"].as_array().expect("a list").iter().flat_map(|s| s["facts"].as_array().expect("a list"));
    let standings: Vec<&str> = facts.map(|fact| fact["standing"].as_str().expect("it is in the store")).collect();
    assert!(standings.contains(&"stands"), "{standings:?}");
    let message = urbi(folder.path(), &["show", "Learning cities adopt the Yeonsu Declaration"]).failed(2);
    assert!(message.contains("did you mean"), "{message}");
}
