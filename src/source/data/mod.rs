//! What a document states in a structure of its own and not in sentences: the fields of a record, the structured data of
//! a page.
//!
//! It is kept as it stands, as items with named values, whatever it is written in: JSON ([`json`]), a row of a table
//! ([`table`]), JSON-LD, microdata, RDFa, OpenGraph or hCalendar (in `html`). Each value is a block of the announcement's
//! text ([`BlockKind::Value`](super::BlockKind::Value)), so that it has a place there and in the original like any other
//! words.
//!
//! Not in here: what the names mean. That is for [`mapping`](crate::mapping).

pub(super) mod json;
pub(super) mod table;

/// What the names of an item are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Vocabulary {
    /// Names of somebody's own: the columns of a table, the keys of a JSON object.
    Record,
    /// <https://schema.org>
    SchemaOrg,
    /// <https://ogp.me>
    OpenGraph,
    /// hCalendar and h-event, the microformats of events.
    HCalendar,
}

impl Vocabulary {
    /// All of them.
    pub const ALL: [Vocabulary; 4] =
        [Vocabulary::Record, Vocabulary::SchemaOrg, Vocabulary::OpenGraph, Vocabulary::HCalendar];

    /// The name, as mappings write it.
    pub const fn name(self) -> &'static str {
        match self {
            Vocabulary::Record => "record",
            Vocabulary::SchemaOrg => "schema-org",
            Vocabulary::OpenGraph => "open-graph",
            Vocabulary::HCalendar => "hcalendar",
        }
    }
}

/// Something with named values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What its names are taken from.
    pub vocabulary: Vocabulary,
    /// What it says it is, such as `Event`; without the address of the vocabulary.
    pub types: Vec<String>,
    /// What it calls itself, so that others can refer to it.
    pub id: Option<String>,
    /// Its values by their names, in the order in which they stand. A name may have several.
    pub properties: Vec<(String, Value)>,
}

/// A value of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words: the index of their block in [`Announcement::blocks`](super::Announcement::blocks).
    Words(usize),
    /// Another item.
    Item(Item),
}

impl Item {
    /// An item without values.
    pub(super) fn new(vocabulary: Vocabulary) -> Item {
        Item { vocabulary, types: Vec::new(), id: None, properties: Vec::new() }
    }

    /// The values of a name.
    pub fn get<'i>(&'i self, name: &'i str) -> impl Iterator<Item = &'i Value> + 'i {
        self.properties.iter().filter(move |(known, _)| known == name).map(|(_, value)| value)
    }

    /// Gives each block of words in the item and in those in it, with the names that lead to it.
    pub fn words(&self, give: &mut dyn FnMut(&[&str], usize)) {
        self.walk(&mut Vec::new(), give);
    }

    fn walk<'i>(&'i self, path: &mut Vec<&'i str>, give: &mut dyn FnMut(&[&str], usize)) {
        for (name, value) in &self.properties {
            path.push(name);
            match value {
                Value::Words(block) => give(path, *block),
                Value::Item(item) => item.walk(path, give),
            }
            path.pop();
        }
    }
}
