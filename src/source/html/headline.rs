//! The element that is the headline of a page.

use super::names::{in_article, is_said_around};
use super::tree::{BLOCKS, Child, Node, Tree};

/// A shorter line is a logo or a number.
const SHORTEST: usize = 8;

/// The heading that a title of the page repeats, or else the first `h1`, or what is called title.
pub(super) fn find(text: &str, tree: &Tree, titles: &[&str]) -> Option<usize> {
    let around = |at: usize| is_said_around(&tree.nodes[at]);
    let mut out = vec![false; tree.nodes.len()];
    for at in 1..tree.nodes.len() {
        out[at] = out[tree.nodes[at].parent] || around(at);
    }
    let all = || (1..tree.nodes.len()).filter(|at| !out[*at]);
    let words = |at: usize| super::words_of(text, tree, at);
    let repeats = |at: &usize| {
        let words = words(*at);
        words.len() >= SHORTEST && titles.iter().any(|title| title.contains(&words))
    };
    let heading = |at: &usize| tree.nodes[*at].is(&["h1", "h2", "h3"]);
    let logo = |at: &usize| {
        words(*at).len() < SHORTEST || tree.around(*at).any(|n| tree.nodes[n].name == "header" && !in_article(tree, n))
    };
    all()
        .find(|at| heading(at) && repeats(at))
        .or_else(|| all().find(|at| tree.nodes[*at].name == "h1" && !logo(at)))
        .or_else(|| all().find(|at| is_called_headline(&tree.nodes[*at])))
        .or_else(|| {
            let lines = all().filter(|at| is_line(tree, *at) && is_called_title(&tree.nodes[*at]) && repeats(at));
            lines.max_by_key(|at| (words(*at).len(), std::cmp::Reverse(*at)))
        })
        .or_else(|| all().find(|at| tree.nodes[*at].name == "h1" && !words(*at).is_empty()))
}

fn is_called_headline(node: &Node) -> bool {
    node.get("itemprop") == Some("headline")
        || node.get("class").is_some_and(|class| {
            class
                .split_whitespace()
                .any(|c| matches!(c, "entry-title" | "post-title" | "page-title" | "article-title" | "headline"))
        })
}

/// True if a class name or id has a word for titles in it.
fn is_called_title(node: &Node) -> bool {
    [node.get("class"), node.get("id")].into_iter().flatten().any(|names| {
        let names = names.to_ascii_lowercase();
        ["title", "heading", "headline", "titular", "titel", "titre", "titolo"].iter().any(|word| names.contains(word))
    })
}

/// True if the element begins a line and holds no other that does.
fn is_line(tree: &Tree, at: usize) -> bool {
    let node = &tree.nodes[at];
    let begins = |name: &str| BLOCKS.contains(&name) || matches!(name, "th");
    (begins(&node.name) || node.name == "span")
        && !node.children.iter().any(|c| matches!(c, Child::Element(n) if begins(&tree.nodes[*n].name)))
}
