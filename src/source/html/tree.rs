//! A small tree of a page, with the place of every piece of text.
//!
//! The tokens come from `html5gum`, which gives byte offsets and handles broken markup as the standard says; the crates
//! that build a tree as the standard says (html5ever and those on top of it) lose the offsets. So the tree is built here,
//! with the part of the standard's rules that matters for text: implied end tags, void elements, stray end tags. Forms,
//! frames and the re-opening of misnested formatting are not in it.

use std::ops::Range;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// Deeper elements are treated as if their tags were not there, so that nobody can exhaust the stack.
const MAX_DEPTH: usize = 200;

/// So are those behind the first million: no announcement has as many, and each takes a hundred times its tag.
const MAX_NODES: usize = 1_000_000;

/// Attributes that say something about text or metadata.
const ATTRIBUTES: [&str; 27] = [
    "class",
    "id",
    "role",
    "hidden",
    "style",
    "aria-hidden",
    "href",
    "rel",
    "lang",
    "content",
    "name",
    "property",
    "itemprop",
    "datetime",
    "type",
    "charset",
    "http-equiv",
    "aria-label",
    "itemtype",
    "pubdate",
    "open",
    "title",
    "itemscope",
    "typeof",
    "vocab",
    "src",
    "value",
];

/// An attribute with the place of its value.
pub(super) struct Attribute {
    name: &'static str,
    value: String,
    /// The value in the source, without quotation marks.
    range: Range<usize>,
}

/// A child of an element.
#[derive(Clone, Debug)]
pub(super) enum Child {
    /// An element, by number.
    Element(usize),
    /// Text in the source, with its character references.
    Text(Range<usize>),
}

/// An element.
pub(super) struct Node {
    /// Its name in lower case.
    pub name: String,
    attributes: Vec<Attribute>,
    /// The element around it; the root is its own.
    pub parent: usize,
    /// What is in it, in order.
    pub children: Vec<Child>,
}

impl Node {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| a.name == name).map(|a| a.value.as_str())
    }

    /// Where the value of an attribute stands in the source.
    pub fn place(&self, name: &str) -> Option<Range<usize>> {
        self.attributes.iter().find(|a| a.name == name).map(|a| a.range.clone())
    }

    /// True if the element has one of these names.
    pub fn is(&self, names: &[&str]) -> bool {
        names.contains(&self.name.as_str())
    }
}

/// The elements of a page; number 0 is the root, and every element comes behind the one around it.
pub(super) struct Tree {
    /// The elements.
    pub nodes: Vec<Node>,
}

/// Elements that have no content.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that begin a new line.
pub(super) const BLOCKS: [&str; 40] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "tr",
    "ul",
];

/// Formatting that people close in the wrong order.
const FORMATTING: [&str; 12] = ["b", "i", "em", "strong", "font", "u", "small", "big", "code", "tt", "span", "a"];

impl Tree {
    /// Parses a page.
    pub fn parse(text: &str) -> Tree {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let root = Node { name: String::new(), attributes: Vec::new(), parent: 0, children: Vec::new() };
        let mut parser = Parser { tree: Tree { nodes: vec![root] }, open: vec![0] };
        for token in Tokenizer::new_with_emitter(text, emitter) {
            match token {
                Ok(Token::StartTag(tag)) => parser.start(text, tag),
                Ok(Token::EndTag(tag)) => parser.end(&String::from_utf8_lossy(&tag.name)),
                Ok(Token::String(words)) => parser.text(text, words.span.start..words.span.end),
                Ok(_) => {}
                Err(never) => match never {},
            }
        }
        parser.tree
    }

    /// The elements around element `at`, from the inside out, without the root.
    pub fn around(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(self.nodes[at].parent), |at| Some(self.nodes[*at].parent)).take_while(|at| *at != 0)
    }
}

struct Parser {
    tree: Tree,
    open: Vec<usize>,
}

impl Parser {
    fn top(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if text.get(range.clone()).is_none_or(str::is_empty) {
            return;
        }
        let top = self.top();
        if self.tree.nodes[top].is(&["head", "html"]) && !text[range.clone()].trim().is_empty() {
            self.leave_head();
        }
        let top = self.top();
        match self.tree.nodes[top].children.last_mut() {
            Some(Child::Text(last)) if last.end == range.start => last.end = range.end,
            _ => self.tree.nodes[top].children.push(Child::Text(range)),
        }
    }

    fn start(&mut self, text: &str, tag: StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        self.imply_ends(&name);
        if self.open.len() > MAX_DEPTH || self.tree.nodes.len() > MAX_NODES {
            return;
        }
        let mut attributes = Vec::new();
        for (key, value) in &tag.attributes {
            if let Some(known) = ATTRIBUTES.iter().find(|known| known.as_bytes() == key.as_slice()) {
                let range = value_range(text, value.span.start..value.span.end.min(tag.span.end));
                attributes.push(Attribute {
                    name: known,
                    value: String::from_utf8_lossy(&value.value).into_owned(),
                    range,
                });
            }
        }
        let parent = self.top();
        let number = self.tree.nodes.len();
        let void = VOID.contains(&name.as_str());
        self.tree.nodes.push(Node { name, attributes, parent, children: Vec::new() });
        self.tree.nodes[parent].children.push(Child::Element(number));
        if !void {
            self.open.push(number);
        }
    }

    /// Closes what a start tag ends without an end tag.
    fn imply_ends(&mut self, name: &str) {
        match name {
            "li" => self.close_up_to(&["li"], &["ul", "ol", "menu", "table", "td"]),
            "dt" | "dd" => self.close_up_to(&["dt", "dd"], &["dl", "table", "td"]),
            "tr" => self.close_up_to(&["tr"], &["table"]),
            "td" | "th" => self.close_up_to(&["td", "th"], &["tr", "table"]),
            "thead" | "tbody" | "tfoot" => self.close_up_to(&["thead", "tbody", "tfoot"], &["table"]),
            "option" => self.close_up_to(&["option"], &["select"]),
            "a" => self.close_up_to(&["a"], &["td", "table", "li", "div", "p"]),
            "body" => self.leave_head(),
            _ => {}
        }
        if BLOCKS.contains(&name) {
            self.close_up_to(&["p"], &["td", "th", "table", "button", "li", "body", "div", "section", "article"]);
            self.leave_head();
        }
    }

    fn leave_head(&mut self) {
        if let Some(at) = self.open.iter().position(|n| self.tree.nodes[*n].name == "head") {
            self.open.truncate(at);
        }
    }

    /// Closes the innermost of `names` that is open inside of the innermost of `scope`.
    fn close_up_to(&mut self, names: &[&str], scope: &[&str]) {
        for at in (1..self.open.len()).rev() {
            let node = &self.tree.nodes[self.open[at]];
            if node.is(names) {
                self.open.truncate(at);
                return;
            }
            if node.is(scope) {
                return;
            }
        }
    }

    fn end(&mut self, name: &str) {
        let table = matches!(name, "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "body" | "html");
        for at in (1..self.open.len()).rev() {
            let node = &self.tree.nodes[self.open[at]];
            if node.name == name {
                self.open.truncate(at);
                return;
            }
            let wall = !table && node.is(&["td", "th", "table"]);
            if wall || FORMATTING.contains(&name) && BLOCKS.contains(&node.name.as_str()) {
                return;
            }
        }
    }
}

/// The value in `name="value"`.
fn value_range(text: &str, range: Range<usize>) -> Range<usize> {
    let raw = text.get(range.clone()).unwrap_or("");
    let Some(equals) = raw.find('=') else { return range.end..range.end };
    let value = raw[equals + 1..].trim_start();
    let start = range.start + (raw.len() - value.len());
    let (skip, len) = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => (1, value[1..].find(quote).unwrap_or(value.len() - 1)),
        _ => (0, value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len())),
    };
    start + skip..start + skip + len
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(tree: &Tree, text: &str, at: usize) -> String {
        let node = &tree.nodes[at];
        let inner: String = node
            .children
            .iter()
            .map(|child| match child {
                Child::Element(n) => shape(tree, text, *n),
                Child::Text(range) => text[range.clone()].to_owned(),
            })
            .collect();
        if at == 0 { inner } else { format!("({} {inner})", node.name) }
    }

    #[test]
    fn builds_trees_of_broken_pages() {
        for (text, wanted) in [
            ("<p>a<p>b</div></p>c", "(p a)(p b)c"),
            ("<ul><li>a<li>b<ul><li>c</ul></ul>", "(ul (li a)(li b(ul (li c))))"),
            ("<table><tr><td>a<td>b</p><tr><td>c</table>d", "(table (tr (td a)(td b))(tr (td c)))d"),
            ("<b><p>a</b>b</p>c", "(b (p ab)c)"),
            ("<head><title>x</title><p>y", "(head (title x))(p y)"),
            ("<dl><dt>a<dd>b<dt>c</dl>", "(dl (dt a)(dd b)(dt c))"),
            ("<br><img>x</br>", "(br )(img )x"),
        ] {
            assert_eq!(shape(&Tree::parse(text), text, 0), wanted);
        }
        assert!(Tree::parse(&"<div>".repeat(100_000)).nodes.len() <= MAX_DEPTH + 1);
    }

    #[test]
    fn knows_where_values_stand() {
        let text = "<meta name=date content='2021&amp;' property = x>";
        let tree = Tree::parse(text);
        let meta = &tree.nodes[1];
        assert_eq!(meta.get("content"), Some("2021&"));
        for (name, value) in [("content", "2021&amp;"), ("name", "date"), ("property", "x")] {
            assert_eq!(&text[meta.place(name).expect(name)], value);
        }
    }
}
