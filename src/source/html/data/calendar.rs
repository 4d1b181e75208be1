//! Events as microformats: hCalendar (`vevent`) and its successor h-event.

use super::super::super::data::{Item, Value, Vocabulary};
use super::super::tree::{Child, Node};
use super::Page;

/// The properties of both, with the names that they have here.
const PROPERTIES: [(&str, &str); 18] = [
    ("summary", "summary"),
    ("p-name", "summary"),
    ("dtstart", "dtstart"),
    ("dt-start", "dtstart"),
    ("dtend", "dtend"),
    ("dt-end", "dtend"),
    ("location", "location"),
    ("p-location", "location"),
    ("locality", "locality"),
    ("p-locality", "locality"),
    ("region", "region"),
    ("p-region", "region"),
    ("country-name", "country-name"),
    ("p-country-name", "country-name"),
    ("url", "url"),
    ("u-url", "url"),
    ("organizer", "organizer"),
    ("p-organizer", "organizer"),
];

/// Adds the events of a page.
pub(super) fn read(page: &mut Page<'_, '_>, items: &mut Vec<Item>) {
    for at in 1..page.tree.nodes.len() {
        let is_event = |node: &Node| has(node, "vevent") || has(node, "h-event");
        let inner = page.tree.around(at).any(|n| is_event(&page.tree.nodes[n]));
        if !is_event(&page.tree.nodes[at]) || inner || page.is_aside(at) {
            continue;
        }
        let mut item = Item::new(Vocabulary::HCalendar);
        item.types.push("vevent".to_owned());
        properties(page, at, &mut item);
        if !item.properties.is_empty() {
            items.push(item);
        }
    }
}

fn has(node: &Node, wanted: &str) -> bool {
    node.get("class").is_some_and(|class| class.split_whitespace().any(|name| name == wanted))
}

fn properties(page: &mut Page<'_, '_>, at: usize, item: &mut Item) {
    let tree = page.tree;
    for child in &tree.nodes[at].children {
        let Child::Element(n) = child else { continue };
        let node = &tree.nodes[*n];
        let names = PROPERTIES.iter().filter(|(class, _)| has(node, class)).map(|(_, name)| *name);
        for name in names.collect::<Vec<_>>() {
            let block = value(page, *n, name);
            item.properties.extend(block.map(|block| (name.to_owned(), Value::Words(block))));
        }
        properties(page, *n, item);
    }
}

/// The value of a property: what is written for machines, else the words.
fn value(page: &mut Page<'_, '_>, at: usize, name: &str) -> Option<usize> {
    let tree = page.tree;
    // `<span class="dtstart"><span class="value-title" title="2021-10-27"></span>27 October</span>`
    let titled = tree.nodes[at].children.iter().find_map(|child| match child {
        Child::Element(n) if has(&tree.nodes[*n], "value-title") => Some(*n),
        _ => None,
    });
    if let Some(titled) = titled {
        return page.attribute(titled, "title");
    }
    let node = &tree.nodes[at];
    match node.name.as_str() {
        "time" if node.get("datetime").is_some() => page.attribute(at, "datetime"),
        "abbr" if node.get("title").is_some() && name.starts_with("dt") => page.attribute(at, "title"),
        "a" if name == "url" => page.attribute(at, "href"),
        "data" if node.get("value").is_some() => page.attribute(at, "value"),
        _ => page.words(at),
    }
}
