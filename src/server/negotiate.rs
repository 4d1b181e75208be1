//! Which form of an answer a client likes best (RFC 9110, section 12.5.1).

use axum::http::{HeaderMap, header};

/// One media range of an `Accept` header.
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    /// Thousandths.
    quality: u16,
}

/// The place of the offer (media types, the best first) that the client likes best; of equals the first. Without an `Accept`
/// header, 0. None if it takes none of them.
pub fn best(headers: &HeaderMap, offers: &[&str]) -> Option<usize> {
    let accepted: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let ranges: Vec<Range<'_>> = accepted.iter().flat_map(|text| text.split(',')).filter_map(range).collect();
    if ranges.is_empty() {
        return (!offers.is_empty()).then_some(0);
    }
    let mut best: Option<(u16, usize)> = None;
    for (at, offer) in offers.iter().enumerate() {
        let quality = quality(&ranges, offer);
        if quality > 0 && best.is_none_or(|(known, _)| quality > known) {
            best = Some((quality, at));
        }
    }
    best.map(|(_, at)| at)
}

/// The quality that the most exact of the ranges gives to a media type.
fn quality(ranges: &[Range<'_>], offer: &str) -> u16 {
    let (kind, subtype) = offer.split_once('/').unwrap_or((offer, ""));
    let exactness = |range: &Range<'_>| match (range.kind, range.subtype) {
        ("*", "*") => Some(0),
        (k, "*") if k.eq_ignore_ascii_case(kind) => Some(1),
        (k, s) if k.eq_ignore_ascii_case(kind) && s.eq_ignore_ascii_case(subtype) => Some(2),
        _ => None,
    };
    let fitting = ranges.iter().filter_map(|range| Some((exactness(range)?, range.quality)));
    fitting.max().map_or(0, |(_, quality)| quality)
}

fn range(text: &str) -> Option<Range<'_>> {
    let mut parts = text.split(';').map(str::trim);
    let (kind, subtype) = parts.next()?.split_once('/')?;
    let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    Some(Range { kind, subtype, quality: quality.map_or(1000, thousandths) })
}

/// `0.85` as 850; what is no such number counts as 0.
fn thousandths(text: &str) -> u16 {
    let number: f32 = text.parse().unwrap_or(0.0);
    if (0.0..=1.0).contains(&number) { (number * 1000.0) as u16 } else { 0 }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::best;

    fn accept(text: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(text))])
    }

    #[test]
    fn the_best_liked_form_wins() {
        let offers = ["text/html", "text/turtle", "application/ld+json"];
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
        for (text, wanted) in [
            ("text/turtle", Some(1)),
            ("text/turtle;q=0.5, application/ld+json", Some(2)),
            ("application/*;q=0.9, text/turtle;q=0.9", Some(1)),
            ("text/*, text/html;q=0", Some(1)),
            ("*/*", Some(0)),
            ("TEXT/Turtle", Some(1)),
            ("image/png", None),
            ("text/turtle;q=2", None),
            ("nonsense", Some(0)),
            (browser, Some(0)),
        ] {
            assert_eq!(best(&accept(text), &offers), wanted, "{text}");
        }
        assert_eq!(best(&HeaderMap::new(), &offers), Some(0));
    }
}
