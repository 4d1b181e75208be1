//! Sitemaps: XML, or an address a line.
#![no_main]

use urbi::fetch::{Sitemap, is_sitemap};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = (is_sitemap(bytes), Sitemap::parse(bytes));
});
