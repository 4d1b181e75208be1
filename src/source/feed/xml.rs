//! RSS and Atom.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::html;
use super::{Broken, Entry, Fields, Piece, Writing};

/// The elements that are entries.
const ENTRIES: [&[u8]; 2] = [b"item", b"entry"];

/// True if the root of a document is that of a feed.
pub fn is_feed(head: &str) -> bool {
    match root(head) {
        Some(root) => {
            let rdf = root.starts_with("rdf:RDF") && head.contains("http://purl.org/rss/");
            starts_element(root, "rss") || starts_element(root, "feed") || rdf
        }
        None => false,
    }
}

/// True if the root of a document is an entry.
pub fn is_entry(head: &str) -> bool {
    head.starts_with('<')
        && root(head).is_some_and(|root| starts_element(root, "item") || starts_element(root, "entry"))
}

/// The text from the name of the root element on.
fn root(head: &str) -> Option<&str> {
    let mut rest = head.trim_start_matches('\u{feff}').trim_start();
    loop {
        rest = rest.strip_prefix('<')?;
        let end = match rest {
            _ if rest.starts_with("!--") => rest.find("-->")? + 3,
            _ if rest.starts_with('?') => rest.find("?>")? + 2,
            // A declaration of types may hold declarations of its own.
            _ if rest.starts_with('!') => match (rest.find('['), rest.find('>')?) {
                (Some(open), end) if open < end => rest.find("]>")? + 2,
                (_, end) => end + 1,
            },
            _ => return Some(rest),
        };
        rest = rest[end..].trim_start();
    }
}

fn starts_element(text: &str, name: &str) -> bool {
    text.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\r', '\t', '/']))
}

/// The entries of a feed. Where the XML is broken, reading goes on at the next entry.
pub fn entries(feed: &str) -> Vec<Result<Entry, Broken>> {
    let mut out = Vec::new();
    let mut base = 0;
    while let Err((at, problem)) = some_entries(feed, base, &mut out) {
        out.push(Err(Broken { at, problem }));
        let next = ["<item", "<entry"].iter().filter_map(|start| feed.get(at + 1..)?.find(start)).min();
        let Some(next) = next else { break };
        base = at + 1 + next;
    }
    out
}

/// Reads from byte `base` on, as far as the XML is well-formed; else where it is not, and why.
fn some_entries(feed: &str, base: usize, out: &mut Vec<Result<Entry, Broken>>) -> Result<(), (usize, String)> {
    let Some(text) = feed.get(base..) else { return Ok(()) };
    let mut reader = tolerant(text);
    let mut open: Option<(usize, Vec<u8>, usize)> = None;
    loop {
        let before = reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Event::Start(element)) => match &mut open {
                Some((_, name, depth)) if name == element.name().as_ref() => *depth += 1,
                Some(_) => {}
                None if ENTRIES.contains(&element.local_name().as_ref()) => {
                    open = Some((before, element.name().as_ref().to_vec(), 0));
                }
                None => {}
            },
            Ok(Event::End(element)) => match &mut open {
                Some((start, name, 0)) if name == element.name().as_ref() => {
                    let range = base + *start..base + reader.buffer_position() as usize;
                    out.push(Ok(Entry { id: id(&feed[range.clone()]), range }));
                    open = None;
                }
                Some((_, name, depth)) if name == element.name().as_ref() => *depth -= 1,
                _ => {}
            },
            Ok(Event::Eof) => {
                return match open {
                    Some((start, _, _)) => Err((base + start, "the entry does not end".to_owned())),
                    None => Ok(()),
                };
            }
            Ok(_) => {}
            Err(error) => {
                let at = open.map_or(reader.error_position() as usize, |(start, _, _)| start);
                return Err((base + at, error.to_string()));
            }
        }
    }
}

fn tolerant(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader
}

fn id(entry: &str) -> Option<String> {
    let mut link = None;
    for field in children(entry) {
        let words = || html::plain(entry[field.inner.clone()].trim());
        match field.name.as_str() {
            "guid" | "id" => return Some(words()).filter(|id| !id.is_empty()),
            "link" => link = link.or_else(|| address(entry, &field)),
            _ => {}
        }
    }
    link
}

/// A child of an entry.
struct Child {
    /// The name, without the prefixes of what a feed is made of.
    name: String,
    attributes: Vec<(String, String)>,
    /// What is in it.
    inner: Range<usize>,
    /// True if that is in CDATA, whose marks `inner` does not include.
    cdata: bool,
    /// 1 for children, 2 for their children.
    depth: usize,
}

/// The children of an entry, and theirs.
fn children(entry: &str) -> Vec<Child> {
    let mut reader = tolerant(entry);
    let mut open: Vec<Child> = Vec::new();
    let mut out = Vec::new();
    let mut depth = 0usize;
    loop {
        let before = reader.buffer_position() as usize;
        let event = reader.read_event();
        let after = reader.buffer_position() as usize;
        match event {
            Ok(Event::Start(element)) => {
                if (1..=2).contains(&depth) {
                    open.push(child(&element, after, depth));
                }
                depth += 1;
            }
            Ok(Event::Empty(element)) if depth == 1 => out.push(child(&element, after, depth)),
            Ok(Event::CData(words)) => {
                if let Some(last) = open.last_mut().filter(|child| child.depth + 1 == depth)
                    && entry[last.inner.start..before].trim().is_empty()
                {
                    let start = before + "<![CDATA[".len();
                    last.inner = start..start + words.len();
                    last.cdata = true;
                }
            }
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                if open.last().is_some_and(|child| child.depth == depth)
                    && let Some(mut child) = open.pop()
                {
                    if !child.cdata {
                        child.inner.end = before;
                    }
                    out.push(child);
                }
            }
            Ok(Event::Eof) | Err(_) => return out,
            Ok(_) => {}
        }
    }
}

fn child(element: &BytesStart<'_>, at: usize, depth: usize) -> Child {
    let name = String::from_utf8_lossy(element.name().as_ref()).into_owned();
    // Other vocabularies have titles and contents, too: of pictures, of players.
    let bare = ["atom:", "dc:", "dcterms:", "content:", "rss:"].iter().find_map(|prefix| name.strip_prefix(prefix));
    let mut attributes = Vec::new();
    for attribute in element.attributes().with_checks(false).flatten() {
        let name = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        attributes.push((name, html::plain(&String::from_utf8_lossy(&attribute.value))));
    }
    Child { attributes, name: bare.unwrap_or(&name).to_owned(), inner: at..at, cdata: false, depth }
}

impl Child {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The piece that it is, where `is_markup` says whether its words are HTML unless it says otherwise.
    fn piece(&self) -> Piece {
        let writing = match self.attribute("type") {
            _ if self.cdata => Writing::Markup,
            Some("text" | "xhtml" | "application/xhtml+xml") => Writing::Markup,
            _ => Writing::EscapedMarkup,
        };
        Piece { range: self.inner.clone(), writing }
    }
}

/// The address that a `link` gives: as its text, or in `href` where it is the one of the entry itself.
fn address(entry: &str, link: &Child) -> Option<String> {
    let address = match link.attribute("href") {
        Some(href) if link.attribute("rel").is_none_or(|rel| rel == "alternate") => href.trim().to_owned(),
        Some(_) => return None,
        None => html::plain(entry[link.inner.clone()].trim()),
    };
    (!address.is_empty()).then_some(address)
}

/// What an entry says.
pub fn fields(entry: &str) -> Fields {
    let mut fields = Fields::default();
    // Of several bodies the fullest.
    let rank =
        |name: &str| ["encoded", "content", "description", "summary", "subtitle"].iter().position(|n| *n == name);
    let mut best = usize::MAX;
    let mut published = false;
    for child in children(entry) {
        let has_words = !entry[child.inner.clone()].trim().is_empty();
        match child.name.as_str() {
            "name" if child.depth == 2 && fields.author.is_none() => fields.author = Some(child.inner),
            _ if child.depth == 2 => {}
            "link" => fields.url = fields.url.or_else(|| address(entry, &child)),
            _ if !has_words => {}
            "title" if fields.title.is_none() => fields.title = Some(child.piece()),
            "pubDate" | "published" | "issued" | "date" if !published => {
                fields.date = Some(child.inner);
                published = true;
            }
            "updated" | "modified" if fields.date.is_none() => fields.date = Some(child.inner),
            "creator" => fields.author = Some(child.inner),
            "author" if fields.author.is_none() && !entry[child.inner.clone()].contains('<') => {
                fields.author = Some(child.inner);
            }
            "language" => fields.language = Some(entry[child.inner].trim().to_owned()),
            name => {
                if let Some(rank) = rank(name).filter(|rank| *rank < best) {
                    best = rank;
                    fields.body = Some(child.piece());
                }
            }
        }
    }
    fields
}
