//! What a form looks like from inside.

use super::form::Form;
use super::unpack::records;
use super::{calendar, feed, front_matter, html, mail, warc};

/// How many of the first bytes are looked at, at most.
pub(super) const HEAD: usize = 8192;

impl Form {
    /// The form of a document: what its first bytes show, else what its name promises, else plain text.
    pub fn recognise(name: &str, bytes: &[u8]) -> Form {
        Form::of_content(bytes).or_else(|| Form::of_name(name)).unwrap_or(Form::Text)
    }

    /// The form that the first bytes show without doubt; the first 8 KiB are enough.
    pub fn of_content(bytes: &[u8]) -> Option<Form> {
        let head = &bytes[..bytes.len().min(HEAD)];
        of_marks(head).or_else(|| of_text(head))
    }
}

/// Forms that begin with bytes of their own.
fn of_marks(head: &[u8]) -> Option<Form> {
    if warc::is_warc(head) {
        return Some(Form::Warc);
    }
    // Some bytes may stand before the mark.
    if memchr::memmem::find(&head[..head.len().min(1024)], b"%PDF-")
        .is_some_and(|at| at == 0 || head[..at].contains(&0) || at < 64)
    {
        return Some(Form::Pdf);
    }
    const MARKS: [(usize, &[u8], Form); 5] = [
        (0, b"PK\x03\x04", Form::Zip),
        // An archive without members.
        (0, b"PK\x05\x06", Form::Zip),
        (0, b"\x1f\x8b\x08", Form::Gzip),
        (0, b"\x28\xb5\x2f\xfd", Form::Zstd),
        (257, b"ustar", Form::Tar),
    ];
    let found = MARKS.iter().find(|(at, mark, _)| head.get(*at..).is_some_and(|rest| rest.starts_with(mark)));
    found.map(|(_, _, form)| *form)
}

fn of_text(head: &[u8]) -> Option<Form> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if mail::mbox::is_mbox(head) {
        return Some(Form::Mbox);
    }
    let head = String::from_utf8_lossy(head);
    if html::is_page(&head) {
        Some(Form::Html)
    } else if feed::is_feed(&head) {
        Some(Form::Feed)
    } else if feed::is_entry(&head) {
        Some(Form::Entry)
    } else if calendar::is_calendar(&head) {
        Some(Form::Calendar)
    } else if calendar::is_event(&head) {
        Some(Form::Event)
    } else if let Some(form) = records::form_of(&head) {
        Some(form)
    } else if mail::is_mail(&head) {
        Some(Form::Mail)
    } else {
        front_matter::find(&head).is_some().then_some(Form::Markdown)
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
        assert_eq!(Form::recognise("a.txt", b"\x1f\x8b\x08\0"), Form::Gzip);
        assert_eq!(Form::recognise("a.txt", b"PK\x03\x04"), Form::Zip);
        assert_eq!(Form::recognise("a.txt", b"[\n {\"a\": 1}]"), Form::Json);
        assert_eq!(Form::recognise("a.txt", b"{\"a\": 1}\n{\"a\": 2}\n"), Form::JsonLines);
        assert_eq!(Form::recognise("a.txt", b"[Music] {\"a\"}"), Form::Text);
        assert_eq!(Form::recognise("a.csv", b"a,b\n1,2"), Form::Csv);
    }
}
