//! Parts of a page that are not the announcement, by where they stand: narrow columns beside the one that holds the
//! headline, and cards, each of which is the title of another page with its first lines.

use super::article::Measure;
use super::tree::{Child, Node, Tree};

/// Cards are shorter, in bytes of text.
const LONGEST_CARD: usize = 700;

/// Leaves out columns and cards, and what is in them. `measures` are those of what is kept so far.
pub(super) fn leave_out(tree: &Tree, measures: &[Measure], headline: Option<usize>, left_out: &mut [bool]) {
    let mut holds = vec![false; tree.nodes.len()];
    for at in headline.into_iter().flat_map(|at| std::iter::once(at).chain(tree.around(at))) {
        holds[at] = true;
    }
    let page = Page { tree, measures, holds, running: running(tree, measures, left_out) };
    for at in 0..tree.nodes.len() {
        if at > 0 && left_out[tree.nodes[at].parent] {
            left_out[at] = true;
        }
        if left_out[at] {
            continue;
        }
        let children: Vec<usize> = tree.nodes[at]
            .children
            .iter()
            .filter_map(|child| match child {
                Child::Element(n) if !left_out[*n] && measures[*n].text > 0 => Some(*n),
                _ => None,
            })
            .collect();
        if children.len() >= 2 {
            page.columns(&children).into_iter().chain(page.cards(&children)).for_each(|n| left_out[n] = true);
        }
    }
}

/// For each element, how many bytes of running text stand before its start; one more than there are elements.
fn running(tree: &Tree, measures: &[Measure], left_out: &[bool]) -> Vec<usize> {
    let mut out = vec![0; tree.nodes.len() + 1];
    for at in 0..tree.nodes.len() {
        let inner: usize = elements(&tree.nodes[at]).map(|n| measures[n].running).sum();
        let own = if left_out[at] { 0 } else { measures[at].running.saturating_sub(inner) };
        out[at + 1] = out[at] + own;
    }
    out
}

fn elements(node: &Node) -> impl Iterator<Item = usize> + '_ {
    node.children.iter().filter_map(|child| match child {
        Child::Element(n) => Some(*n),
        Child::Text(_) => None,
    })
}

struct Page<'t> {
    tree: &'t Tree,
    measures: &'t [Measure],
    /// For each element whether the headline is in it.
    holds: Vec<bool>,
    running: Vec<usize>,
}

impl Page<'_> {
    /// Of columns side by side, those beside the one with the headline, if that has most of the text.
    fn columns(&self, children: &[usize]) -> Vec<usize> {
        let row: Vec<usize> = children.iter().copied().filter(|at| is_column(&self.tree.nodes[*at])).collect();
        let Some(main) = row.iter().copied().find(|at| self.holds[*at]) else { return Vec::new() };
        let running: usize = row.iter().map(|at| self.measures[*at].running).sum();
        let most = self.measures[main].running * 10 >= running * 7 && running > 0;
        row.into_iter().filter(|at| *at != main && most).collect()
    }

    /// Two or more cards of one kind, if there is an announcement besides them and they do not interrupt it.
    fn cards(&self, children: &[usize]) -> Vec<usize> {
        let kind = |at: usize| {
            let node = &self.tree.nodes[at];
            (node.name.as_str(), node.get("class").and_then(|class| class.split_whitespace().next()))
        };
        let mut out = Vec::new();
        for (i, first) in children.iter().enumerate() {
            if children[..i].iter().any(|before| kind(*before) == kind(*first)) {
                continue;
            }
            let all: Vec<usize> = children[i..].iter().copied().filter(|at| kind(*at) == kind(*first)).collect();
            if all.len() >= 2 && all.iter().all(|at| self.is_card(*at)) && self.is_aside(&all) {
                out.extend(all);
            }
        }
        out
    }

    /// The title of another page, with its first lines or its date.
    fn is_card(&self, at: usize) -> bool {
        let here = &self.measures[at];
        let titled = here.linked_headings > 0 && here.linked_headings == here.headings
            || here.bare_links > 0 && here.headings > 0;
        titled && here.text <= LONGEST_CARD && !self.holds[at] && {
            here.is_links() || here.time || here.text >= here.linked + 40
        }
    }

    fn is_aside(&self, cards: &[usize]) -> bool {
        let (Some(first), Some(last)) = (cards.first(), cards.last()) else { return false };
        let own: usize = cards.iter().map(|at| self.measures[*at].running).sum();
        let before = self.running[*first];
        let after = self.running[self.tree.nodes.len()] - self.running[self.end(*last)];
        let others = before + after;
        others >= 150 && others * 3 >= own && (before == 0 || after < 80)
    }

    /// The number behind the last element in `at`.
    fn end(&self, at: usize) -> usize {
        let mut last = at;
        while let Some(n) = elements(&self.tree.nodes[last]).last() {
            last = n;
        }
        last + 1
    }
}

/// A cell of a row, or an element that is called a column.
fn is_column(node: &Node) -> bool {
    const WORDS: [&str; 10] =
        ["col", "cols", "column", "columns", "colonne", "left", "right", "side", "secondary", "rail"];
    let is_word = |name: &str| {
        let parts = name.split(|c: char| !c.is_ascii_alphabetic());
        parts.flat_map(camel).any(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    node.name == "td"
        || node.is(&["div", "section"])
            && [node.get("class"), node.get("id")].into_iter().flatten().flat_map(str::split_whitespace).any(is_word)
}

/// The words of `leftColumn`.
fn camel(name: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in name.char_indices() {
        if c.is_ascii_uppercase() && at > from && !name[..at].ends_with(|c: char| c.is_ascii_uppercase()) {
            out.push(&name[from..at]);
            from = at;
        }
    }
    out.push(&name[from..]);
    out
}
