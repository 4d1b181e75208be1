//! Sitemaps (sitemaps.org, protocol 0.9): lists of the pages of a site, and lists of such lists.

use quick_xml::Reader;
use quick_xml::events::Event;

/// The most addresses of a list, by the protocol.
const ADDRESSES: usize = 50_000;

/// A list of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitemap {
    /// True if the addresses are those of further lists.
    pub index: bool,
    /// The addresses, in their order.
    pub addresses: Vec<String>,
}

/// True if the first bytes of an answer are those of a sitemap.
pub fn is_sitemap(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&head[..head.len().min(2048)]);
    (head.contains("<urlset") || head.contains("<sitemapindex")) && head.contains("sitemaps.org/schemas/sitemap")
}

impl Sitemap {
    /// Reads a list, as far as it is well-formed.
    pub fn parse(bytes: &[u8]) -> Sitemap {
        let text = String::from_utf8_lossy(bytes);
        let mut reader = Reader::from_str(&text);
        let mut sitemap = Sitemap { index: false, addresses: Vec::new() };
        let mut path: Vec<Vec<u8>> = Vec::new();
        let mut address = String::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => {
                    sitemap.index |= path.is_empty() && element.local_name().as_ref() == b"sitemapindex";
                    path.push(element.local_name().as_ref().to_vec());
                }
                Ok(Event::End(_)) => {
                    let ended = path.pop();
                    // `image:loc` lies deeper.
                    if ended.as_deref() == Some(b"loc") && path.len() == 2 && !address.trim().is_empty() {
                        sitemap.addresses.push(address.trim().to_owned());
                    }
                    address.clear();
                }
                Ok(Event::Text(words)) => address.push_str(&words.unescape().unwrap_or_default()),
                Ok(Event::CData(words)) => address.push_str(&String::from_utf8_lossy(&words)),
                Ok(Event::Eof) | Err(_) => return sitemap,
                Ok(_) => {}
            }
            if sitemap.addresses.len() >= ADDRESSES {
                return sitemap;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lists() {
        let pages = br#"<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
            xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc> https://example.org/a?b=1&amp;c=2 </loc>
            <image:image><image:loc>https://example.org/a.png</image:loc></image:image></url>
            <url><loc>https://example.org/b</loc><lastmod>2021-10-27</lastmod></url></urlset>"#;
        assert!(is_sitemap(pages));
        let sitemap = Sitemap::parse(pages);
        assert_eq!(
            (sitemap.index, sitemap.addresses),
            (false, vec!["https://example.org/a?b=1&c=2".into(), "https://example.org/b".into()])
        );
        let index = br#"<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://example.org/1.xml</loc></sitemap>"#;
        assert!(Sitemap::parse(index).index && !is_sitemap(b"<rss>"));
    }
}
