//! Addresses: a page, or a sitemap with its pages.

use std::collections::BTreeSet;

use url::Url;

use super::{Event, Intake};
use crate::fetch::{Answer, Document, Sitemap, Version, is_sitemap};
use crate::source::{Carried, Flow, Input, Place, Unpacker};

/// How deep lists of sitemaps may lie in each other.
const DEEPEST: u32 = 3;

impl Intake<'_> {
    /// Gives what is at an address; the pages of a sitemap, if that is what is there.
    pub(super) fn read_url(&mut self, url: &str, give: &mut dyn FnMut(Event) -> Flow) -> Flow {
        let mut left = self.pages;
        self.read_address(url, 0, &mut BTreeSet::new(), &mut left, give)
    }

    /// `depth` is the number of sitemaps that led here, `seen` are the addresses that were fetched, `left` is the number of
    /// pages that may still be.
    fn read_address(
        &mut self,
        url: &str,
        depth: u32,
        seen: &mut BTreeSet<String>,
        left: &mut usize,
        give: &mut dyn FnMut(Event) -> Flow,
    ) -> Flow {
        if !seen.insert(url.to_owned()) {
            return Flow::Continue(());
        }
        let known = (self.recall)(url).map(|note| version(&note)).unwrap_or_default();
        match self.fetcher.fetch(url, &known) {
            Err(error) => give(Event::NotFetched(error)),
            Ok(Answer::Unchanged) => give(Event::Unchanged(url.to_owned())),
            Ok(Answer::Document(document)) if is_sitemap(&document.body) => {
                self.read_sitemap(url, &document, depth, seen, left, give)
            }
            Ok(Answer::Document(document)) => self.give_document(url, document, give),
        }
    }

    fn read_sitemap(
        &mut self,
        url: &str,
        document: &Document,
        depth: u32,
        seen: &mut BTreeSet<String>,
        left: &mut usize,
        give: &mut dyn FnMut(Event) -> Flow,
    ) -> Flow {
        let sitemap = Sitemap::parse(&document.body);
        let host = |url: &str| Some(Url::parse(url).ok()?.host_str()?.trim_start_matches("www.").to_owned());
        for address in &sitemap.addresses {
            // A sitemap speaks for its own site.
            if host(address) != host(url) || depth >= DEEPEST {
                continue;
            }
            if !sitemap.index {
                if !self.settings.captures.fits_url(address) {
                    continue;
                }
                match left.checked_sub(1) {
                    Some(less) => *left = less,
                    None => break,
                }
            }
            self.read_address(address, depth + 1, seen, left, give)?;
        }
        Flow::Continue(())
    }

    fn give_document(&mut self, url: &str, document: Document, give: &mut dyn FnMut(Event) -> Flow) -> Flow {
        let Document { url: found_at, body, media_type, charset, version } = document;
        let carried = Carried { media_type, charset, url: Some(found_at), captured: None };
        let mut found = |found| give(Event::Found(found));
        Unpacker::new(self.settings, &mut found).unpack(Place::url(url), Input::Memory(body), carried)?;
        match note(&version) {
            Some(note) => give(Event::Note { source: url.to_owned(), note, if_all_was_read: true }),
            None => Flow::Continue(()),
        }
    }
}

/// A version as a note; none if the server gives none.
fn note(version: &Version) -> Option<String> {
    let lines = [("etag", &version.etag), ("modified", &version.modified)];
    let lines = lines.iter().filter_map(|(name, value)| Some(format!("{name} {}", value.as_ref()?)));
    let note = lines.collect::<Vec<_>>().join("\n");
    (!note.is_empty()).then_some(note)
}

fn version(note: &str) -> Version {
    let value =
        |name: &str| note.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned));
    Version { etag: value("etag"), modified: value("modified") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_lead_back_to_versions() {
        let given = Version { etag: Some("W/\"a b\"".to_owned()), modified: None };
        assert_eq!(note(&given).map(|note| version(&note)), Some(given));
        assert_eq!(note(&Version::default()), None);
    }
}
