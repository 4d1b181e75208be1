//! The forms in which announcements come, and the containers they come in.

use std::str::FromStr;

/// The form of a document or container: the one place that knows its names, its media types and the endings of its
/// files. What a form looks like from inside, [`Form::recognise`] knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Form {
    /// Plain text.
    Text,
    /// Markdown (CommonMark with tables, strikethrough and front matter).
    Markdown,
    /// A page of the web.
    Html,
    /// A mail with its header.
    Mail,
    /// An entry of a feed, by itself: an `item` of RSS, an `entry` of Atom, an item of a JSON Feed.
    Entry,
    /// An event of a calendar, by itself.
    Event,
    /// A PDF file with a text layer.
    Pdf,
    /// A document of Office Open XML.
    Docx,
    /// A text of OpenDocument.
    Odt,
    /// A feed: RSS, Atom, JSON Feed.
    Feed,
    /// A calendar (iCalendar).
    Calendar,
    /// A mailbox: mails one behind the other.
    Mbox,
    /// A web archive.
    Warc,
    /// A web archive with its index, packed (WACZ).
    Wacz,
    /// A zip archive of files.
    Zip,
    /// A tar archive of files.
    Tar,
    /// One file, compressed with gzip.
    Gzip,
    /// One file, compressed with Zstandard.
    Zstd,
    /// Records as JSON: an array of objects, or one object.
    Json,
    /// Records as JSON, one a line.
    JsonLines,
    /// Records as comma-separated values, with a header.
    Csv,
    /// Records as tab-separated values, with a header.
    Tsv,
}

/// What a form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An announcement: it is a document.
    Document,
    /// Documents of one form.
    List,
    /// Files of whatever forms.
    Archive,
    /// Records, each of which is a document.
    Records,
}

/// What is known of a form.
struct Facts {
    name: &'static str,
    kind: Kind,
    media_types: &'static [&'static str],
    extensions: &'static [&'static str],
}

/// A form was asked for that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is no form of document; known are: {}", Form::names())]
pub struct UnknownForm {
    /// What was asked for.
    pub given: String,
}

impl Form {
    /// All forms, in the order in which they are described.
    pub const ALL: &'static [Form] = &[
        Form::Text,
        Form::Markdown,
        Form::Html,
        Form::Mail,
        Form::Entry,
        Form::Event,
        Form::Pdf,
        Form::Docx,
        Form::Odt,
        Form::Feed,
        Form::Calendar,
        Form::Mbox,
        Form::Warc,
        Form::Wacz,
        Form::Zip,
        Form::Tar,
        Form::Gzip,
        Form::Zstd,
        Form::Json,
        Form::JsonLines,
        Form::Csv,
        Form::Tsv,
    ];

    const fn facts(self) -> Facts {
        use Kind::{Archive, Document, List, Records};
        let (name, kind, media_types, extensions): (_, _, &[&str], &[&str]) = match self {
            Form::Text => ("text", Document, &["text/plain"], &["txt", "text", "asc"]),
            Form::Markdown => ("markdown", Document, &["text/markdown"], &["md", "markdown", "mdown", "mkd"]),
            Form::Html => ("html", Document, &["text/html", "application/xhtml+xml"], &["html", "htm", "xhtml"]),
            Form::Mail => ("mail", Document, &["message/rfc822"], &["eml"]),
            Form::Entry => ("feed-entry", Document, &["application/atom+xml;type=entry"], &[]),
            Form::Event => ("event", Document, &["text/calendar;component=VEVENT"], &[]),
            Form::Pdf => ("pdf", Document, &["application/pdf", "application/x-pdf"], &["pdf"]),
            Form::Docx => (
                "docx",
                Document,
                &["application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
                &["docx", "docm"],
            ),
            Form::Odt => ("odt", Document, &["application/vnd.oasis.opendocument.text"], &["odt", "ott"]),
            Form::Feed => (
                "feed",
                List,
                &["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"],
                &["rss", "atom"],
            ),
            Form::Calendar => ("calendar", List, &["text/calendar"], &["ics", "ical", "ifb"]),
            Form::Mbox => ("mbox", List, &["application/mbox"], &["mbox", "mbx"]),
            Form::Warc => ("warc", Archive, &["application/warc"], &["warc"]),
            Form::Wacz => ("wacz", Archive, &["application/wacz"], &["wacz"]),
            Form::Zip => ("zip", Archive, &["application/zip", "application/x-zip-compressed"], &["zip"]),
            Form::Tar => ("tar", Archive, &["application/x-tar"], &["tar"]),
            Form::Gzip => ("gzip", Archive, &["application/gzip", "application/x-gzip"], &["gz", "tgz"]),
            Form::Zstd => ("zstd", Archive, &["application/zstd"], &["zst"]),
            Form::Json => ("json", Records, &["application/json"], &["json"]),
            Form::JsonLines => ("jsonl", Records, &["application/x-ndjson"], &["jsonl", "ndjson"]),
            Form::Csv => ("csv", Records, &["text/csv"], &["csv"]),
            Form::Tsv => ("tsv", Records, &["text/tab-separated-values"], &["tsv"]),
        };
        Facts { name, kind, media_types, extensions }
    }

    /// The name, as in `--from NAME`.
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// The media type that documents of this form are given.
    pub const fn media_type(self) -> &'static str {
        self.facts().media_types[0]
    }

    /// The endings of file names, lower case, without the dot.
    pub const fn extensions(self) -> &'static [&'static str] {
        self.facts().extensions
    }

    /// True if it is a document of its own, and no container of others.
    pub const fn is_document(self) -> bool {
        matches!(self.facts().kind, Kind::Document)
    }

    /// True if it holds records, each of which is a document.
    pub const fn is_records(self) -> bool {
        matches!(self.facts().kind, Kind::Records)
    }

    /// True if it holds files of whatever forms.
    pub const fn is_archive(self) -> bool {
        matches!(self.facts().kind, Kind::Archive)
    }

    /// The form that a file name promises; the last ending counts.
    pub fn of_name(name: &str) -> Option<Form> {
        let (_, ending) = name.rsplit_once('.')?;
        Form::find(|facts| facts.extensions.iter().any(|e| ending.eq_ignore_ascii_case(e)))
    }

    /// The form of a media type; of parameters only those count that a form has (`text/html; charset=utf-8` is HTML).
    pub fn of_media_type(media_type: &str) -> Option<Form> {
        let mut parts = media_type.split(';').map(str::trim);
        let bare = parts.next().unwrap_or_default();
        let exact: Vec<String> = parts.map(|parameter| format!("{bare};{parameter}")).collect();
        let is = |facts: &Facts, wanted: &str| facts.media_types.iter().any(|known| wanted.eq_ignore_ascii_case(known));
        let by_parameter = exact.iter().find_map(|wanted| Form::find(|facts| is(facts, wanted)));
        by_parameter.or_else(|| Form::find(|facts| is(facts, bare)))
    }

    fn find(wanted: impl Fn(&Facts) -> bool) -> Option<Form> {
        Form::ALL.iter().copied().find(|form| wanted(&form.facts()))
    }

    fn names() -> String {
        Form::ALL.iter().map(|form| form.name()).collect::<Vec<_>>().join(", ")
    }
}

impl FromStr for Form {
    type Err = UnknownForm;

    fn from_str(given: &str) -> Result<Self, UnknownForm> {
        Form::find(|facts| facts.name.eq_ignore_ascii_case(given))
            .or_else(|| Form::of_media_type(given))
            .or_else(|| Form::find(|facts| facts.extensions.iter().any(|e| e.eq_ignore_ascii_case(given))))
            .ok_or_else(|| UnknownForm { given: given.to_owned() })
    }
}

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn knows_forms_by_their_names() {
        assert_eq!("text/markdown".parse(), Ok(Form::Markdown));
        assert_eq!("htm".parse(), Ok(Form::Html));
        assert_eq!(Form::of_media_type("Text/HTML; charset=utf-8"), Some(Form::Html));
        assert_eq!(Form::of_media_type("text/calendar; component=VEVENT; charset=utf-8"), Some(Form::Event));
        assert_eq!(Form::of_media_type("text/calendar; charset=utf-8"), Some(Form::Calendar));
        assert_eq!(Form::of_name("crawl.tar.GZ"), Some(Form::Gzip));
        let error = "odf".parse::<Form>().expect_err("unknown").to_string();
        assert!(error.starts_with("`odf` is no form of document; known are: text, markdown, html, mail"), "{error}");
    }

    #[test]
    fn no_two_forms_have_one_name() {
        for (at, form) in Form::ALL.iter().enumerate() {
            assert_eq!(form.name().parse(), Ok(*form));
            assert_eq!(Form::of_media_type(form.media_type()), Some(*form));
            for other in &Form::ALL[..at] {
                assert!(form.extensions().iter().all(|ending| !other.extensions().contains(ending)), "{form} {other}");
            }
        }
    }
}
