//! The sitemap: every page for those who crawl (sitemaps.org, protocol 0.9).

use super::{Site, SiteError};

/// Pages that one sitemap may list.
pub const PAGES: usize = 50_000;

impl Site {
    /// The IRIs of all things that have a page: entities and announcements, by IRI.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn pages(&self) -> Result<Vec<String>, SiteError> {
        let graph = self.graph()?;
        let mut pages: Vec<String> = graph.entities().map(|(_, entity)| entity.iri.clone()).collect();
        pages.extend(self.store().documents()?.into_iter().map(|document| document.iri.into_string()));
        pages.sort();
        Ok(pages)
    }
}

/// A sitemap of these addresses.
pub fn sitemap<'a>(addresses: impl IntoIterator<Item = &'a str>) -> String {
    list("urlset", "url", addresses)
}

/// The list of sitemaps at these addresses.
pub fn sitemap_index<'a>(addresses: impl IntoIterator<Item = &'a str>) -> String {
    list("sitemapindex", "sitemap", addresses)
}

fn list<'a>(root: &str, item: &str, addresses: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for address in addresses {
        let escaped = address.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        out.push_str(&format!("<{item}><loc>{escaped}</loc></{item}>\n"));
    }
    out.push_str(&format!("</{root}>\n"));
    out
}
