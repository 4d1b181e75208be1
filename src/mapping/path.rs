//! Paths to values: names with full stops between them, each `^` before them one item further out.

use std::fmt;

use crate::source::{Item, Value};

/// Where a value stands in an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// How many items further out it begins.
    up: usize,
    names: Vec<String>,
}

impl Path {
    /// Reads `location.address.addressLocality` or `^title`. A name with a full stop stands in backquotes.
    pub fn parse(text: &str) -> Option<Path> {
        let bare = text.trim_start_matches('^');
        let mut names = Vec::new();
        for (i, part) in bare.split('`').enumerate() {
            if i % 2 == 1 {
                names.push(part.to_owned());
            } else {
                names.extend(part.split('.').filter(|name| !name.is_empty()).map(str::to_owned));
            }
        }
        (!names.is_empty()).then(|| Path { up: text.len() - bare.len(), names })
    }

    /// The values at the path, from the last of the items `around` (each lies in the one before).
    pub fn values<'i>(&self, around: &[&'i Item]) -> Vec<&'i Value> {
        let Some(start) = around.len().checked_sub(self.up + 1) else { return Vec::new() };
        let mut items = vec![around[start]];
        let Some((last, before)) = self.names.split_last() else { return Vec::new() };
        for name in before {
            let inner = items.iter().flat_map(|item| values_of(item, name));
            items = inner.filter_map(|value| if let Value::Item(item) = value { Some(item) } else { None }).collect();
        }
        items.into_iter().flat_map(|item| values_of(item, last)).collect()
    }
}

fn values_of<'i>(item: &'i Item, name: &str) -> Vec<&'i Value> {
    item.properties.iter().filter(|(known, _)| known == name).map(|(_, value)| value).collect()
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.names.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn reads_paths() {
        let path = Path::parse("^^a.`b.c`.d").expect("a path");
        assert_eq!((path.up, path.names.join("|").as_str()), (2, "a|b.c|d"));
        assert_eq!(Path::parse("^"), None);
    }
}
