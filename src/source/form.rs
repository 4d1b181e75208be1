//! The forms in which announcements come.

use std::str::FromStr;

/// The form of a document: the one place that knows its name, its media type and the endings of its files.
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
    pub const ALL: &'static [Form] = &[Form::Text, Form::Markdown, Form::Html, Form::Mail];

    /// The name, as in `--from NAME`.
    pub const fn name(self) -> &'static str {
        match self {
            Form::Text => "text",
            Form::Markdown => "markdown",
            Form::Html => "html",
            Form::Mail => "mail",
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Form::Text => "text/plain",
            Form::Markdown => "text/markdown",
            Form::Html => "text/html",
            Form::Mail => "message/rfc822",
        }
    }

    /// The endings of file names, lower case, without the dot.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Form::Text => &["txt", "text", "asc"],
            Form::Markdown => &["md", "markdown", "mdown", "mkd"],
            Form::Html => &["html", "htm", "xhtml"],
            Form::Mail => &["eml"],
        }
    }

    /// The form that a file name promises; the last ending counts.
    pub fn of_name(name: &str) -> Option<Form> {
        let (_, ending) = name.rsplit_once('.')?;
        Form::ALL.iter().copied().find(|form| form.extensions().iter().any(|e| ending.eq_ignore_ascii_case(e)))
    }

    /// The form of a document: what its first bytes show, else what its name promises, else plain text.
    pub fn recognise(name: &str, bytes: &[u8]) -> Form {
        Form::of_content(bytes).or_else(|| Form::of_name(name)).unwrap_or(Form::Text)
    }

    /// The form that the first bytes show without doubt.
    fn of_content(bytes: &[u8]) -> Option<Form> {
        let head = &bytes[..bytes.len().min(4096)];
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let head = String::from_utf8_lossy(head);
        if super::html::is_page(&head) {
            return Some(Form::Html);
        }
        if super::mail::is_mail(&head) {
            return Some(Form::Mail);
        }
        super::front_matter::find(&head).is_some().then_some(Form::Markdown)
    }

    fn names() -> String {
        Form::ALL.iter().map(|form| form.name()).collect::<Vec<_>>().join(", ")
    }
}

impl FromStr for Form {
    type Err = UnknownForm;

    fn from_str(given: &str) -> Result<Self, UnknownForm> {
        let wanted = |form: &&Form| {
            form.name().eq_ignore_ascii_case(given)
                || form.media_type().eq_ignore_ascii_case(given)
                || form.extensions().iter().any(|e| e.eq_ignore_ascii_case(given))
        };
        Form::ALL.iter().find(wanted).copied().ok_or_else(|| UnknownForm { given: given.to_owned() })
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
    fn knows_forms_by_content_and_name() {
        assert_eq!(Form::recognise("a.MD", b"x"), Form::Markdown);
        assert_eq!(Form::recognise("a", b"x"), Form::Text);
        assert_eq!(Form::recognise("a.txt", b"---\ntitle: x\n---\nText"), Form::Markdown);
        assert_eq!(Form::recognise("a.txt", b"---\nno key\n---\nText"), Form::Text);
        assert_eq!(Form::recognise("a.txt", b"<!doctype html><p>x"), Form::Html);
        assert_eq!(Form::recognise("a.txt", b"From: a@b.org\nSubject: x\nMessage-ID: <x>\n\nText"), Form::Mail);
        assert_eq!("text/markdown".parse(), Ok(Form::Markdown));
        let error = "odf".parse::<Form>().expect_err("unknown").to_string();
        assert!(error.starts_with("`odf` is no form of document; known are: text, markdown, html, mail"), "{error}");
    }
}
