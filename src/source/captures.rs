//! Which captures of a web archive are read.

use std::ops::RangeInclusive;
use std::str::FromStr;

use glob::Pattern;

/// Filters of captures; one that is empty lets all pass.
#[derive(Clone, Debug)]
pub struct Captures {
    /// Patterns of addresses, of which one must fit (`https://example.org/news/*`; `*` also stands for slashes).
    pub urls: Vec<Pattern>,
    /// Patterns of media types, of which one must fit (`text/*`).
    pub media_types: Vec<Pattern>,
    /// Statuses of responses.
    pub status: RangeInclusive<u16>,
    /// When they were captured.
    pub dates: Dates,
}

/// A span of time, as precise as it was given, in UTC.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// The first time, such as `2021-10`.
    pub from: Option<String>,
    /// The last one; all of a month or day that is given so is in it.
    pub to: Option<String>,
}

impl Default for Captures {
    /// All captures that succeeded.
    fn default() -> Captures {
        Captures { urls: Vec::new(), media_types: Vec::new(), status: 200..=299, dates: Dates::default() }
    }
}

impl Captures {
    /// Whether a capture of this address at this time passes.
    pub fn fits(&self, url: &str, date: &str) -> bool {
        self.fits_url(url) && self.dates.contains(date)
    }

    /// Whether an address passes.
    pub fn fits_url(&self, url: &str) -> bool {
        self.urls.is_empty() || self.urls.iter().any(|pattern| pattern.matches(url))
    }

    /// Whether a media type passes; what has none passes unless types are asked for.
    pub fn fits_media_type(&self, media_type: Option<&str>) -> bool {
        self.media_types.is_empty()
            || media_type.is_some_and(|media_type| self.media_types.iter().any(|pattern| pattern.matches(media_type)))
    }
}

impl Dates {
    /// Whether a time (ISO 8601, UTC) lies in the span.
    pub fn contains(&self, date: &str) -> bool {
        let from = self.from.as_deref().is_none_or(|from| date >= from);
        let to = self.to.as_deref().is_none_or(|to| date.get(..to.len()).unwrap_or(date) <= to);
        from && to
    }
}

/// No span of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no span of time; write 2021, 2021-10..2021-12, 2021-10-27.. or ..2021")]
pub struct NoDates(String);

impl FromStr for Dates {
    type Err = NoDates;

    fn from_str(text: &str) -> Result<Dates, NoDates> {
        let end = |text: &str| -> Result<Option<String>, NoDates> {
            let shape = "dddd-dd-ddTdd:dd:ddZ";
            let fits = text.chars().zip(shape.chars()).all(|(c, s)| if s == 'd' { c.is_ascii_digit() } else { c == s });
            match text.len() {
                0 => Ok(None),
                4 | 7 | 10 | 20 if fits => Ok(Some(text.to_owned())),
                _ => Err(NoDates(text.to_owned())),
            }
        };
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        let dates = Dates { from: end(from)?, to: end(to)? };
        if dates == Dates::default() { Err(NoDates(text.to_owned())) } else { Ok(dates) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_time() {
        let contains = |span: &str, date: &str| span.parse::<Dates>().unwrap().contains(date);
        assert!(contains("2021", "2021-11-03T10:20:30Z") && !contains("2021", "2022-01-01T00:00:00Z"));
        assert!(contains("2021-10..2021-11", "2021-11-30T23:59:59Z") && !contains("..2021-10", "2021-11-01T00:00:00Z"));
        assert!(
            contains("2021-11-03T10:20:30Z..", "2021-11-03T10:20:30Z") && !contains("2022..", "2021-11-03T10:20:30Z")
        );
        for wrong in ["", "..", "21", "2021-1", "yesterday", "2021/10"] {
            assert!(wrong.parse::<Dates>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn addresses_and_types() {
        let captures = Captures {
            urls: vec![Pattern::new("https://*.example.org/news/*").unwrap()],
            media_types: vec![Pattern::new("text/*").unwrap()],
            ..Captures::default()
        };
        assert!(captures.fits("https://www.example.org/news/2021/a", "2021-11-03T10:20:30Z"));
        assert!(!captures.fits("https://www.example.org/about", "2021-11-03T10:20:30Z"));
        assert!(captures.fits_media_type(Some("text/html")) && !captures.fits_media_type(None));
    }
}
