//! Parts of a page that are not the announcement, by what the page calls them: elements, roles, class names and ids.
//!
//! Names are looked at word by word, without the modifiers that say how a thing looks (`menu--with-search`,
//! `has-sidebar`), so that `no-sidebar` on the element around everything does not throw the article away.

use super::article::Measure;
use super::tree::{Node, Tree};

/// Elements without words for readers.
pub(super) const SILENT: [&str; 22] = [
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
const NAMES: [&str; 71] = [
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
    "share",
    "sharing",
    "sharedaddy",
    "social",
    "related",
    "relatedposts",
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
    "offscreen",
    "masthead",
    "topnav",
    "subnav",
    "sitemap",
    "addtoany",
    "jp",
    "metanavigation",
    "pagetools",
    "signup",
    "onward",
    "onwards",
    "taboola",
    "outbrain",
    "disqus",
    "tags",
    "tagcloud",
    "adv",
    "advertising",
    "skiplinks",
];

/// Words in names that mean the same if there is a link in it: a teaser leads elsewhere, the first lines of the article do
/// not.
const LEADING_AWAY: [&str; 5] = ["teaser", "teasers", "banner", "promo", "promotion"];

/// For each element whether it is left out; `headline` is the element that holds the headline.
pub(super) fn leave_out(tree: &Tree, measures: &[Measure], headline: Option<usize>) -> Vec<bool> {
    let all = measures[0].running;
    let mut holds = vec![false; tree.nodes.len()];
    for at in headline.into_iter().flat_map(|at| std::iter::once(at).chain(tree.around(at))) {
        holds[at] = true;
    }
    let mut out = vec![false; tree.nodes.len()];
    for at in 1..tree.nodes.len() {
        let node = &tree.nodes[at];
        let here = &measures[at];
        out[at] = out[node.parent] || node.is(&SILENT) || {
            let most = here.running * 2 > all;
            let needed = holds[at] || here.headline || most || node.is(&["body", "html", "main", "article", "h1"]);
            let header = node.is(&["header", "form"]) && !in_article(tree, at);
            let named = || {
                let names = [node.get("class"), node.get("id"), node.get("aria-label")];
                names.into_iter().flatten().any(|names| is_around(names, here.links > 0))
            };
            is_said_around(node) && !most || !needed && (header || named())
        };
    }
    out
}

/// True if the page says itself that the element is not for reading, or is not its content.
pub(super) fn is_said_around(node: &Node) -> bool {
    is_hidden(node) || node.is(&AROUND) || node.get("role").is_some_and(|role| AROUND.contains(&role))
}

/// True if the element stands in what the page calls its article or its main part.
pub(super) fn in_article(tree: &Tree, at: usize) -> bool {
    tree.around(at).any(|n| tree.nodes[n].is(&["article", "main"]))
}

pub(super) fn is_hidden(node: &Node) -> bool {
    let style = node.get("style").unwrap_or("");
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    node.get("hidden").is_some()
        || node.get("aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || node.get("class").is_some_and(|class| {
            class.split_whitespace().any(|c| {
                matches!(
                    c,
                    "visually-hidden" | "sr-only" | "screen-reader-text" | "element-invisible" | "hidden" | "invisible"
                )
            })
        })
}

/// True if a class, id or label names a part of the page around the announcement.
fn is_around(names: &str, has_links: bool) -> bool {
    names.to_ascii_lowercase().split_whitespace().any(|name| {
        if ["has-", "no-", "is-", "with-", "without-"].iter().any(|start| name.starts_with(start)) {
            return false;
        }
        let name = name.split("--").next().unwrap_or(name);
        let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
        name.starts_with("wm-ipp")
            || name.starts_with("cookie")
            || name.contains("archive-banner")
            || words.any(|word| NAMES.contains(&word) || has_links && LEADING_AWAY.contains(&word))
    })
}

#[cfg(test)]
mod tests {
    use super::is_around;

    #[test]
    fn looks_at_words_of_names() {
        for name in ["main-nav", "Sidebar first", "post related-posts", "cookieconsent", "wm-ipp-base", "block__teaser"]
        {
            assert!(is_around(name, true), "{name}");
        }
        for name in
            ["no-sidebar", "has-cookie-bar", "navy", "article", "field--label-hidden", "canal", "page--with-nav"]
        {
            assert!(!is_around(name, true), "{name}");
        }
        assert!(!is_around("teaser-text", false));
    }
}
