//! Elements that say which property of which thing they give: microdata and RDFa Lite.

use super::super::super::data::json::{is_furniture, term};
use super::super::super::data::{Item, Value, Vocabulary};
use super::super::tree::{Child, Node, Tree};
use super::Page;

/// How the elements say it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    /// `itemscope`, `itemtype`, `itemprop`.
    Microdata,
    /// `typeof`, `property`.
    Rdfa,
}

/// Adds the things of schema.org that elements describe.
pub(super) fn read(page: &mut Page<'_, '_>, items: &mut Vec<Item>) {
    for syntax in [Syntax::Microdata, Syntax::Rdfa] {
        for at in 1..page.tree.nodes.len() {
            let node = &page.tree.nodes[at];
            let within = || page.tree.around(at).any(|n| syntax.is_thing(&page.tree.nodes[n]));
            if !syntax.is_thing(node) || syntax.names(node).next().is_some() && within() || page.is_aside(at) {
                continue;
            }
            let item = syntax.thing(page, at);
            if !item.types.is_empty() && !item.properties.is_empty() {
                items.push(item);
            }
        }
    }
}

impl Syntax {
    fn is_thing(self, node: &Node) -> bool {
        node.get(if self == Syntax::Microdata { "itemscope" } else { "typeof" }).is_some()
    }

    /// The properties that an element gives.
    fn names(self, node: &Node) -> impl Iterator<Item = &str> {
        let attribute = if self == Syntax::Microdata { "itemprop" } else { "property" };
        node.get(attribute).unwrap_or("").split_whitespace()
    }

    /// The types of a thing, if they are of schema.org.
    fn types(self, tree: &Tree, at: usize) -> Vec<String> {
        let node = &tree.nodes[at];
        let types = node.get(if self == Syntax::Microdata { "itemtype" } else { "typeof" }).unwrap_or("");
        let in_vocabulary = || {
            let declared = std::iter::once(at).chain(tree.around(at)).find_map(|n| tree.nodes[n].get("vocab"));
            declared.is_some_and(|address| address.contains("schema.org"))
        };
        let of_schema = |kind: &&str| term(kind) != *kind || self == Syntax::Rdfa && in_vocabulary();
        types.split_whitespace().filter(of_schema).map(|kind| term(kind).to_owned()).collect()
    }

    fn thing(self, page: &mut Page<'_, '_>, at: usize) -> Item {
        let mut item = Item::new(Vocabulary::SchemaOrg);
        item.types = self.types(page.tree, at);
        let furniture = item.types.iter().any(|kind| is_furniture(kind));
        self.properties(page, at, furniture, &mut item);
        item
    }

    fn properties(self, page: &mut Page<'_, '_>, at: usize, furniture: bool, item: &mut Item) {
        let tree = page.tree;
        for child in &tree.nodes[at].children {
            let Child::Element(n) = child else { continue };
            let node = &tree.nodes[*n];
            let names: Vec<&str> = self.names(node).map(term).filter(|name| !name.contains(':')).collect();
            if self.is_thing(node) {
                if !names.is_empty() {
                    let inner = self.thing(page, *n);
                    item.properties.extend(names.iter().map(|name| ((*name).to_owned(), Value::Item(inner.clone()))));
                }
                continue;
            }
            if !names.is_empty() && !furniture && !names.contains(&"articleBody") {
                let block = self.value(page, *n);
                let words = block.into_iter().flat_map(|b| names.iter().map(move |name| (*name, b)));
                item.properties.extend(words.map(|(name, block)| (name.to_owned(), Value::Words(block))));
            }
            self.properties(page, *n, furniture, item);
        }
    }

    /// The value that an element gives.
    fn value(self, page: &mut Page<'_, '_>, at: usize) -> Option<usize> {
        let node = &page.tree.nodes[at];
        let has = |name: &&&str| node.get(name).is_some_and(|value| !value.trim().is_empty());
        let attributes: &[&str] = match node.name.as_str() {
            "meta" => &["content"],
            "time" => &["content", "datetime"],
            "data" | "meter" => &["content", "value"],
            "a" | "area" | "link" => &["content", "href"],
            "img" | "audio" | "video" | "source" | "embed" | "iframe" => &["content", "src"],
            _ => &["content"],
        };
        match attributes.iter().find(has) {
            Some(name) => page.attribute(at, name),
            None if node.name == "meta" => None,
            None => page.words(at),
        }
    }
}
