//! Which part of a page is the announcement: navigation, banners, teasers and footers are found by what they are called,
//! by what the page says they are, and by being made of links.
//!
//! The score of running text follows the well-known Readability heuristic (paragraphs speak for the elements around
//! them, links against). Names are looked at word by word, so that `subnavigation` or `no-sidebar` on the element around
//! everything does not throw the article away; and nothing that holds the headline or most of the text is left out.

use super::tree::{Child, Tree};

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
}

impl Measure {
    /// True if it is made of links.
    pub fn is_links(&self) -> bool {
        self.links >= 2 && self.linked * 10 > self.text * 6
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
}

/// Elements without words for readers.
const SILENT: [&str; 22] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video",
    "select", "button", "textarea", "input", "head", "del", "s", "strike", "map", "progress",
];

/// Elements and roles of the page around the announcement.
const AROUND: [&str; 12] = [
    "nav",
    "aside",
    "footer",
    "dialog",
    "navigation",
    "complementary",
    "contentinfo",
    "search",
    "banner",
    "alertdialog",
    "menu",
    "menubar",
];

/// Words in class names and ids that mean the same.
const NAMES: [&str; 66] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "menubar",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "sidebar",
    "aside",
    "footer",
    "colophon",
    "cookie",
    "cookies",
    "gdpr",
    "consent",
    "banner",
    "share",
    "sharing",
    "sharedaddy",
    "social",
    "related",
    "relatedposts",
    "teaser",
    "teasers",
    "newsletter",
    "subscribe",
    "subscription",
    "comments",
    "respond",
    "widget",
    "pagination",
    "pager",
    "skip",
    "topbar",
    "popup",
    "modal",
    "promo",
    "advert",
    "advertisement",
    "ads",
    "toolbar",
    "login",
    "search",
    "searchform",
    "recommended",
    "recommendations",
    "trending",
    "popular",
    "toc",
    "language",
    "lang",
    "switcher",
    "donate",
    "hidden",
    "offscreen",
    "invisible",
    "masthead",
    "topnav",
    "subnav",
    "sitemap",
    "addtoany",
    "jp",
    "metanavigation",
    "pagetools",
];

/// Finds the announcement in a page.
pub(super) fn find(text: &str, tree: &Tree, title: Option<&str>) -> Article {
    let measures = measure(text, tree);
    let left_out = leave_out(tree, &measures);
    let kept = kept(tree, &measures, &left_out);
    let headline = headline(text, tree, &left_out, title);
    let root = root(tree, &kept, &left_out, headline);
    Article { root, headline, left_out, measures }
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
        if node.is(&SILENT) {
            out[at] = Measure::default();
        }
        let here = &mut out[at];
        match node.name.as_str() {
            "a" if node.get("href").is_some() => (here.linked, here.links) = (here.text, here.links + 1),
            "h1" => here.headline = true,
            "p" | "blockquote" | "pre" | "li" | "td" | "div" if here.text >= 80 && here.running == 0 => {
                here.running = here.text.saturating_sub(here.linked);
            }
            _ => {}
        }
        let (here, around) = (out[at], node.parent);
        if at > 0 {
            let sum = &mut out[around];
            sum.text += here.text;
            sum.linked += here.linked;
            sum.links += here.links;
            sum.running += here.running;
            sum.headline |= here.headline;
        }
    }
    out
}

fn leave_out(tree: &Tree, measures: &[Measure]) -> Vec<bool> {
    let all = measures[0].running;
    let mut out = vec![false; tree.nodes.len()];
    for at in 1..tree.nodes.len() {
        let node = &tree.nodes[at];
        let here = &measures[at];
        out[at] = out[node.parent] || node.is(&SILENT) || {
            let hidden = is_hidden(node);
            let around = node.is(&AROUND) || node.get("role").is_some_and(|role| AROUND.contains(&role));
            let header = node.is(&["header", "form"]);
            let named =
                [node.get("class"), node.get("id"), node.get("aria-label")].into_iter().flatten().any(is_around);
            let needed = here.headline || here.running * 2 > all || node.is(&["body", "html", "main", "article", "h1"]);
            let most = here.running * 2 > all;
            (hidden || around) && !most || (header || named) && !needed && !(header && in_article(tree, at))
        };
    }
    out
}

fn in_article(tree: &Tree, at: usize) -> bool {
    tree.around(at).any(|n| tree.nodes[n].is(&["article", "main"]))
}

fn is_hidden(node: &super::tree::Node) -> bool {
    let style = node.get("style").unwrap_or("");
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    node.get("hidden").is_some()
        || node.get("aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || node.get("class").is_some_and(|class| {
            class
                .split_whitespace()
                .any(|c| matches!(c, "visually-hidden" | "sr-only" | "screen-reader-text" | "element-invisible"))
        })
}

/// True if a class, id or label names a part of the page around the announcement.
fn is_around(names: &str) -> bool {
    let lower = names.to_ascii_lowercase();
    let no = lower.contains("no-sidebar") || lower.contains("without") || lower.contains("has-");
    let words = |name: &str| name.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| NAMES.contains(&word));
    !no && (words(&lower) || lower.starts_with("wm-ipp") || lower.contains("archive-banner"))
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

/// The first `h1` that is not left out, or else the heading that the page's title repeats, or one that is called title.
fn headline(text: &str, tree: &Tree, left_out: &[bool], title: Option<&str>) -> Option<usize> {
    let all = || (1..tree.nodes.len()).filter(|at| !left_out[*at]);
    let words = |at: usize| super::words_of(text, tree, at);
    let repeats = |at: &usize| {
        let words = words(*at);
        words.len() >= 8 && title.is_some_and(|title| title.starts_with(&words) || title.contains(&words))
    };
    let named = |at: &usize| {
        let node = &tree.nodes[*at];
        node.get("itemprop") == Some("headline")
            || node.get("class").is_some_and(|class| {
                class
                    .split_whitespace()
                    .any(|c| matches!(c, "entry-title" | "post-title" | "page-title" | "article-title" | "headline"))
            })
    };
    let heading = |at: &usize| tree.nodes[*at].is(&["h1", "h2", "h3"]);
    let logo = |at: &usize| {
        words(*at).len() < 8 || tree.around(*at).any(|n| tree.nodes[n].is(&["header"]) && !in_article(tree, n))
    };
    all()
        .find(|at| heading(at) && repeats(at))
        .or_else(|| all().find(|at| tree.nodes[*at].name == "h1" && !logo(at)))
        .or_else(|| all().find(|at| named(at)))
        .or_else(|| all().find(|at| tree.nodes[*at].name == "h1" && !words(*at).is_empty()))
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
