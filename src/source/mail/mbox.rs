//! Mailboxes in the form mbox (RFC 4155): mails one behind the other, each below a line `From SENDER TIME`.
//!
//! A mail's own lines that begin with `From ` are written `>From `; that is undone, so that a mail is the same document in a
//! mailbox and by itself.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

/// The most that is looked at of a line at once, in bytes; longer lines are read piece by piece.
const PIECE: usize = 64 << 10;

/// What is in a mailbox. `at` is the offset of the first byte of the mail, behind the line `From `.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Event {
    /// A mail.
    Mail { at: u64, bytes: Vec<u8> },
    /// A mail that is larger than the limit.
    TooLarge { at: u64 },
}

/// True if the first bytes are those of a mailbox: a line `From `, and a header below it.
pub(in super::super) fn is_mbox(head: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', head) else { return false };
    let below = String::from_utf8_lossy(&head[end + 1..]);
    let first = below.lines().next().unwrap_or_default();
    let is_field = first.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && name != "http"
    });
    is_separator(&head[..end + 1]) && is_field
}

/// Reads a mailbox of any length and hands over its mails, each at most `limit` bytes, until `take` breaks off.
///
/// # Errors
/// If the mailbox cannot be read.
pub(in super::super) fn read(
    mut reader: impl BufRead,
    limit: u64,
    take: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    let mut mail = Mail { at: 0, bytes: Vec::new(), too_large: false, begun: false };
    let mut at = 0;
    let mut piece = Vec::new();
    let (mut line_start, mut after_blank) = (true, true);
    loop {
        piece.clear();
        let read = read_piece(&mut reader, &mut piece)?;
        if read == 0 {
            return Ok(mail.finish(take));
        }
        at += read as u64;
        if line_start && after_blank && is_separator(&piece) {
            if mail.finish(take).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            mail = Mail { at, bytes: Vec::new(), too_large: false, begun: true };
            // A separator that is longer than a piece is none that a mail program wrote.
            (line_start, after_blank) = (piece.ends_with(b"\n"), false);
            continue;
        }
        let quoted = line_start && is_quoted(&piece);
        mail.push(&piece[usize::from(quoted)..], limit);
        after_blank = line_start && matches!(piece.as_slice(), b"\n" | b"\r\n");
        line_start = piece.ends_with(b"\n");
    }
}

struct Mail {
    at: u64,
    bytes: Vec<u8>,
    too_large: bool,
    /// False for what stands above the first line `From `.
    begun: bool,
}

impl Mail {
    fn push(&mut self, piece: &[u8], limit: u64) {
        self.too_large |= (self.bytes.len() + piece.len()) as u64 > limit;
        if self.too_large {
            self.bytes = Vec::new();
        } else if self.begun {
            self.bytes.extend_from_slice(piece);
        }
    }

    /// Hands the mail over, without the blank line that separates it from the next.
    fn finish(&mut self, take: &mut dyn FnMut(Event) -> ControlFlow<()>) -> ControlFlow<()> {
        let mut bytes = std::mem::take(&mut self.bytes);
        for end in [&b"\n\n"[..], b"\n\r\n"] {
            if bytes.ends_with(end) {
                bytes.truncate(bytes.len() - end.len() + 1);
                break;
            }
        }
        match self.too_large {
            true => take(Event::TooLarge { at: self.at }),
            false if bytes.is_empty() => ControlFlow::Continue(()),
            false => take(Event::Mail { at: self.at, bytes }),
        }
    }
}

/// Reads up to the end of the line, or as much of it as a piece holds.
fn read_piece(reader: &mut impl BufRead, piece: &mut Vec<u8>) -> io::Result<usize> {
    io::Read::take(reader, PIECE as u64).read_until(b'\n', piece)
}

/// `From SENDER Fri Jul  8 12:08:34 2011`: what tells it from a sentence is the time of day.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let Ok(rest) = std::str::from_utf8(rest) else { return false };
    let is_time = |word: &str| {
        let mut parts = word.split(':');
        let number = |part: Option<&str>| part.is_some_and(|p| p.len() <= 2 && p.parse::<u8>().is_ok());
        number(parts.next()) && number(parts.next())
    };
    let words: Vec<&str> = rest.split_ascii_whitespace().collect();
    words.len() >= 4 && words.iter().any(|word| is_time(word))
}

fn is_quoted(line: &[u8]) -> bool {
    let bare = line.iter().position(|b| *b != b'>').map_or(&[][..], |at| &line[at..]);
    line.starts_with(b">") && bare.starts_with(b"From ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str, limit: u64) -> Vec<Event> {
        let mut events = Vec::new();
        let done = read(text.as_bytes(), limit, &mut |event| {
            events.push(event);
            ControlFlow::Continue(())
        });
        assert!(done.is_ok());
        events
    }

    #[test]
    fn reads_mails_with_their_places() {
        let text = "From a@b.org Fri Jul  8 12:08:34 2011\nSubject: x\n\nText\n>From here\n\nFrom there on\nall\n\n\
                    From - Tue Apr 27 19:42:16 2010\r\nSubject: y\r\n\r\nText\r\n";
        let mail = |from: &str, bytes: &str| Event::Mail {
            at: text.find(from).unwrap() as u64,
            bytes: bytes.as_bytes().to_vec(),
        };
        let first = mail("Subject: x", "Subject: x\n\nText\nFrom here\n\nFrom there on\nall\n");
        assert_eq!(events(text, 100), [first, mail("Subject: y", "Subject: y\r\n\r\nText\r\n")]);
        assert_eq!(events(text, 30), [Event::TooLarge { at: 38 }, mail("Subject: y", "Subject: y\r\n\r\nText\r\n")]);
        assert!(is_mbox(text.as_bytes()) && !is_mbox(b"From there on it is 12:30 in all\nthe cities\n"));
    }
}
