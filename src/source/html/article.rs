//! Which part of a page is the announcement.
//!
//! Navigation, banners, teasers and footers are found by what they are called ([`names`](super::names)), by where they
//! stand ([`beside`](super::beside)), and by being made of links. The score of running text follows the well-known
//! Readability heuristic: paragraphs speak for the elements around them, links against. Nothing that holds the headline
//! or most of the text is left out.

use super::tree::{Child, Tree};
use super::{beside, headline, names};

/// What is known about an element and all that is in it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measure {
    /// Bytes of text, white space aside.
    pub text: usize,
    /// Those inside of links.
    pub linked: usize,
    /// How many links there are.
    pub links: usize,
    /// Those in paragraphs of some length.
    pub running: usize,
    /// True if the element holds an `h1`.
    pub headline: bool,
    /// How many headings there are below the first level.
    pub headings: usize,
    /// How many of them are links or stand in one.
    pub linked_headings: usize,
    /// How many links have no words: they lie over a box.
    pub bare_links: usize,
    /// True if the element holds a `time`.
    pub time: bool,
}

impl Measure {
    /// True if it is made of links.
    pub fn is_links(&self) -> bool {
        self.links >= 2 && self.linked * 10 > self.text * 6
    }

    fn add(&mut self, other: &Measure) {
        self.text += other.text;
        self.linked += other.linked;
        self.links += other.links;
        self.running += other.running;
        self.headline |= other.headline;
        self.headings += other.headings;
        self.linked_headings += other.linked_headings;
        self.bare_links += other.bare_links;
        self.time |= other.time;
    }
}

/// What to read of a page.
pub(super) struct Article {
    /// The element that holds it.
    pub root: usize,
    /// The element that is its headline; it may stand outside of `root`.
    pub headline: Option<usize>,
    /// For each element whether it is left out.
    pub left_out: Vec<bool>,
    /// For each element what is in it.
    pub measures: Vec<Measure>,
    /// For each element how many bytes of text are in it that are not left out.
    pub kept: Vec<usize>,
}

/// Finds the announcement in a page with these titles.
pub(super) fn find(text: &str, tree: &Tree, titles: &[&str]) -> Article {
    let measures = measure(text, tree);
    let headline = headline::find(text, tree, titles);
    let mut left_out = names::leave_out(tree, &measures, headline);
    let first = kept(tree, &measures, &left_out);
    beside::leave_out(tree, &first, headline, &mut left_out);
    let kept = kept(tree, &measures, &left_out);
    let root = root(tree, &kept, &left_out, headline);
    Article { root, headline, left_out, measures, kept: kept.iter().map(|measure| measure.text).collect() }
}

fn measure(text: &str, tree: &Tree) -> Vec<Measure> {
    let mut out = vec![Measure::default(); tree.nodes.len()];
    for at in (0..tree.nodes.len()).rev() {
        let node = &tree.nodes[at];
        for child in &node.children {
            if let Child::Text(range) = child {
                out[at].text += text[range.clone()].bytes().filter(|b| !b.is_ascii_whitespace()).count();
            }
        }
        if node.is(&names::SILENT) {
            out[at] = Measure::default();
        }
        let here = &mut out[at];
        match node.name.as_str() {
            "a" if node.get("href").is_some() => {
                (here.linked, here.links) = (here.text, here.links + 1);
                here.linked_headings = here.headings;
                here.bare_links += usize::from(here.text == 0);
            }
            "h1" => here.headline = true,
            "h2" | "h3" | "h4" | "h5" | "h6" if here.text > 0 => {
                here.headings += 1;
                here.linked_headings += usize::from(here.linked * 10 >= here.text * 9);
            }
            "time" => here.time = true,
            "p" | "blockquote" | "pre" | "li" | "td" | "div" if here.text >= 80 && here.running == 0 => {
                here.running = here.text.saturating_sub(here.linked);
            }
            _ => {}
        }
        let (here, around) = (out[at], node.parent);
        if at > 0 {
            out[around].add(&here);
        }
    }
    out
}

/// The measures without what is left out.
fn kept(tree: &Tree, measures: &[Measure], left_out: &[bool]) -> Vec<Measure> {
    let mut out = measures.to_vec();
    for at in (1..tree.nodes.len()).rev() {
        if left_out[at] && !left_out[tree.nodes[at].parent] {
            let gone = measures[at];
            for around in tree.around(at).chain([0]) {
                let sum = &mut out[around];
                sum.text = sum.text.saturating_sub(gone.text);
                sum.linked = sum.linked.saturating_sub(gone.linked);
                sum.links = sum.links.saturating_sub(gone.links);
                sum.running = sum.running.saturating_sub(gone.running);
            }
        }
    }
    out
}

fn root(tree: &Tree, kept: &[Measure], left_out: &[bool], headline: Option<usize>) -> usize {
    let all = kept[0].running;
    let holds = |at: usize| headline.is_some_and(|h| tree.around(h).any(|around| around == at));
    let big = |at: &usize| !left_out[*at] && kept[*at].running * 10 >= all * 4;
    let said = |names: &'static [&'static str]| {
        let is = move |at: &usize| {
            let node = &tree.nodes[*at];
            node.is(names)
                || node.get("role").is_some_and(|r| names.contains(&r))
                || node.get("itemprop").is_some_and(|r| names.contains(&r))
        };
        (1..tree.nodes.len()).filter(big).filter(is).max_by_key(|at| (holds(*at), kept[*at].running))
    };
    let mut root = said(&["article"])
        .or_else(|| said(&["main"]))
        .or_else(|| said(&["articleBody"]))
        .unwrap_or_else(|| best(tree, kept, left_out));
    // Up to the headline, if that does not bring in much else.
    if let Some(headline) = headline
        && !holds(root)
    {
        let text = kept[root].text;
        for around in tree.around(root).collect::<Vec<_>>() {
            if kept[around].text > text + text / 3 + 300 {
                break;
            }
            if tree.around(headline).any(|n| n == around) {
                root = around;
                break;
            }
        }
    }
    root
}

/// The element for which most paragraphs speak.
fn best(tree: &Tree, kept: &[Measure], left_out: &[bool]) -> usize {
    let mut scores = vec![0usize; tree.nodes.len()];
    for at in 1..tree.nodes.len() {
        let node = &tree.nodes[at];
        let inner = node.children.iter().any(|c| matches!(c, Child::Element(n) if kept[*n].running > 0));
        if left_out[at] || kept[at].running == 0 || inner || kept[at].is_links() {
            continue;
        }
        let score = 1 + kept[at].running.min(600) / 50;
        for (around, share) in tree.around(at).zip([4, 2, 1]) {
            scores[around] += score * share;
        }
        if node.is(&["td", "div", "pre"]) {
            scores[at] += score * 4;
        }
    }
    let value = |at: &usize| {
        let links = kept[*at].linked * 100 / kept[*at].text.max(1);
        scores[*at] * (100 - links.min(100))
    };
    (0..tree.nodes.len()).max_by_key(|at| (value(at), std::cmp::Reverse(*at))).unwrap_or(0)
}
