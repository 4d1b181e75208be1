//! `urbi explain`.

use std::fs;

use super::urbi;

#[test]
fn explain_shows_a_sentence_once_with_all_its_rules() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "Cork, 20 September 2017\n\nThe third International Conference on Learning Cities came to an end in Cork. \
                In its last session it adopted the Cork Call to Action for Learning Cities.\n";
    fs::write(folder.path().join("cork.txt"), text).expect("written");
    urbi(folder.path(), &["build", "cork.txt"]).done();
    let shown = urbi(folder.path(), &["explain", "Cork Call to Action for Learning Cities"]).done();
    let adopted: Vec<&str> = shown.split("\n  \u{201c}").filter(|e| e.starts_with("In its last session")).collect();
    assert_eq!(adopted.len(), 1, "{shown}");
    assert!(adopted[0].matches("    by rule/").count() > 1, "{shown}");
}
