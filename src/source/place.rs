//! Where a document comes from: a file or an address, and the way into the containers in it.

use std::fmt;
use std::path::Path;

/// Where a document comes from. It is shown as `news.zip#2021/march.html` or `mails.mbox#offset=1042`; a place in a
/// container in a container has a `#` for each of them.
///
/// A place in messages begins as the user wrote it. [`Place::source`] is the name by which a store knows it: the same,
/// wherever the command was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    shown: String,
    canonical: String,
    /// The steps into containers, each with its `#`.
    steps: String,
    /// The name in which an ending may stand.
    name: String,
}

/// What tells a capture of a web archive from others.
#[derive(Clone, Copy, Debug)]
pub struct Capture<'a> {
    /// Offset of its record, or of the gzip member that holds the record.
    pub at: u64,
    /// Offset of the record in what the member holds.
    pub inside: u64,
    /// When it was captured: ISO 8601 in UTC.
    pub time: &'a str,
    /// The address that was captured.
    pub url: &'a str,
}

impl Place {
    /// A file.
    pub fn file(path: &Path) -> Place {
        let canonical = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Place {
            shown: path.display().to_string(),
            canonical: canonical.display().to_string(),
            steps: String::new(),
            name: name.unwrap_or_default(),
        }
    }

    /// An address of the web.
    pub fn url(url: &str) -> Place {
        let clean: String = url.chars().flat_map(shown).collect();
        Place { name: name_in_url(&clean).to_owned(), ..Place::named(&clean) }
    }

    /// A place that has a name and no path, such as standard input, or what [`Place::source`] gave once.
    pub fn named(name: &str) -> Place {
        let last = name.rsplit(['/', '#']).next().unwrap_or_default();
        Place { shown: name.to_owned(), canonical: name.to_owned(), steps: String::new(), name: last.to_owned() }
    }

    /// A member of the archive at this place.
    pub fn member(&self, name: &str) -> Place {
        let clean: String = name.chars().flat_map(shown).collect();
        let last = clean.rsplit('/').next().unwrap_or_default().to_owned();
        Place { name: last, ..self.step(&clean) }
    }

    /// What begins at a byte of the container at this place.
    pub fn offset(&self, at: u64) -> Place {
        Place { name: String::new(), ..self.step(&format!("offset={at}")) }
    }

    /// An entry of the list at this place, by the name that it has there.
    pub fn id(&self, id: &str) -> Place {
        let clean: String = id.chars().flat_map(shown).collect();
        Place { name: String::new(), ..self.step(&format!("id={clean}")) }
    }

    /// A capture in the web archive at this place.
    pub fn capture(&self, capture: &Capture<'_>) -> Place {
        let Capture { at, inside, time, url } = capture;
        let inside = if *inside > 0 { format!("+{inside}") } else { String::new() };
        let url: String = url.chars().flat_map(shown).collect();
        Place { name: name_in_url(&url).to_owned(), ..self.step(&format!("offset={at}{inside}&time={time}&url={url}")) }
    }

    /// The same place, after a compression that its last ending names: `a.html.gz` is named `a.html`.
    #[must_use]
    pub fn uncompressed(&self) -> Place {
        let name = match self.name.rsplit_once('.') {
            Some((name, ending)) if ending.eq_ignore_ascii_case("tgz") => format!("{name}.tar"),
            Some((name, _)) => name.to_owned(),
            None => self.name.clone(),
        };
        Place { name, ..self.clone() }
    }

    fn step(&self, words: &str) -> Place {
        Place { steps: format!("{}#{words}", self.steps), ..self.clone() }
    }

    /// The name that may have an ending: that of the file, or of the last member.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name by which a store knows it: a whole path or address, and the way into the containers.
    pub fn source(&self) -> String {
        format!("{}{}", self.canonical, self.steps)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.shown, self.steps)
    }
}

/// The last part of the path of an address.
fn name_in_url(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.split_once("://").map_or(path, |(_, rest)| rest).rsplit_once('/').map_or("", |(_, name)| name)
}

/// Characters of names in archives as they are, but for those that would move the cursor of a terminal.
fn shown(c: char) -> impl Iterator<Item = char> {
    let escaped = c.is_control().then(|| c.escape_default());
    let plain = escaped.is_none().then_some(c);
    escaped.into_iter().flatten().chain(plain)
}

/// An address as it is; of a path, the name of the file: where it lies is nobody's business.
pub fn shown_source(source: &str) -> &str {
    if source.contains("://") {
        return source;
    }
    source.rsplit(['/', '\\']).next().unwrap_or(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_way_in() {
        let place = Place::named("news.zip").member("a/b.tar\u{1b}[2J").member("c.html.gz").uncompressed();
        assert_eq!(place.to_string(), "news.zip#a/b.tar\\u{1b}[2J#c.html.gz");
        assert_eq!(place.name(), "c.html");
        assert_eq!(Place::named("x.tgz").uncompressed().name(), "x.tar");
        assert_eq!(
            Place::named("https://example.org/mails.mbox").offset(7).source(),
            "https://example.org/mails.mbox#offset=7"
        );
    }
}
