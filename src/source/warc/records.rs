//! From the bytes of an archive to its records.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use flate2::bufread::GzDecoder;

use super::super::limits::{Meter, Metered};
use super::header::Header;
use super::is_warc;
use super::rewind::Rewind;

/// The longest header of a record, in bytes.
const HEADER: u64 = 64 << 10;

/// How an archive is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// With gzip, usually a member for each record.
    Gzip,
}

/// Where a record begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset {
    /// In the archive as it is: the record, or the member that holds it.
    pub at: u64,
    /// In what the member holds, if the record is not the first in it.
    pub inside: u64,
}

/// A record, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Where it begins.
    pub offset: Offset,
    /// Its header.
    pub header: Header,
    /// Its block, with whatever encodings it has.
    pub block: Vec<u8>,
}

/// What is in an archive.
#[derive(Debug)]
pub enum Event {
    /// A record that was wanted.
    Record(Record),
    /// A record that was wanted and is larger than the limit.
    TooLarge(Offset, Header),
    /// A record, or a place where one should be, that cannot be read.
    Broken(Offset, String),
    /// All before this byte of the archive has been handed over.
    Reached(u64),
}

/// What to read of an archive, and how.
pub struct Wanted<'a> {
    /// Whether a record with such a header is to be read.
    pub wants: &'a dyn Fn(&Header) -> bool,
    /// The largest block, in bytes.
    pub limit: u64,
    /// Counts what comes out of the members.
    pub meter: Rc<Meter>,
    /// Offset of the first byte that is read.
    pub base: u64,
}

/// Reads an archive from its start to its end and hands over what was wanted, until `take` breaks off.
///
/// # Errors
/// If the archive itself cannot be read: what is wrong with a record is an [`Event`].
pub fn read(
    reader: impl Read,
    packing: Packing,
    wanted: &Wanted<'_>,
    take: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    let mut input = Rewind::new(reader, wanted.base);
    match packing {
        Packing::Plain => Reader { wanted, take, member: None }.records(&mut input),
        Packing::Gzip => members(&mut input, wanted, take),
    }
}

fn members<R: Read>(
    input: &mut Rewind<R>,
    wanted: &Wanted<'_>,
    take: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    while !input.peek(1)?.is_empty() {
        input.mark();
        let at = input.offset();
        let mut reader = Reader { wanted, take: &mut *take, member: Some(at) };
        match reader.records(&mut Rewind::new(Metered::new(GzDecoder::new(&mut *input), Rc::clone(&wanted.meter)), 0)) {
            Ok(ControlFlow::Continue(())) => {
                if take(Event::Reached(input.offset())).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Break(())) => return Ok(ControlFlow::Break(())),
            Err(error) if is_damage(&error) => {
                let problem = match error.kind() {
                    io::ErrorKind::UnexpectedEof => "the record is cut off".to_owned(),
                    _ => format!("the record cannot be decompressed ({error})"),
                };
                if take(Event::Broken(Offset { at, inside: 0 }, problem)).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                input.rewind();
                if !find_member(input)? {
                    break;
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// True if an error says that bytes are wrong, and not that they cannot be had.
fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
}

/// Goes to the next place behind this one where a gzip member begins that holds a record.
fn find_member<R: Read>(input: &mut Rewind<R>) -> io::Result<bool> {
    loop {
        input.consume(1);
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(false);
        }
        let next = memchr::memchr(0x1f, buffer).unwrap_or(buffer.len());
        input.consume(next);
        let mut head = [0; 8];
        let start = input.peek(512)?;
        if start.starts_with(&[0x1f, 0x8b, 8]) && GzDecoder::new(start).read_exact(&mut head).is_ok() && is_warc(&head)
        {
            return Ok(true);
        }
    }
}

struct Reader<'a, 'w> {
    wanted: &'a Wanted<'w>,
    take: &'a mut dyn FnMut(Event) -> ControlFlow<()>,
    /// Where the member begins that the records are in.
    member: Option<u64>,
}

/// What came of a record: what to hand over, or what is wrong with it.
type Outcome = Result<Option<Event>, String>;

impl Reader<'_, '_> {
    /// Reads records up to the end of the input.
    fn records<R: Read>(&mut self, input: &mut Rewind<R>) -> io::Result<ControlFlow<()>> {
        loop {
            while matches!(input.peek(1)?, b"\r" | b"\n") {
                input.consume(1);
            }
            if input.peek(1)?.is_empty() {
                return Ok(ControlFlow::Continue(()));
            }
            input.mark();
            let offset = self.offset(input.offset());
            let event = match self.record(input, offset)? {
                Ok(event) => event,
                Err(problem) => {
                    // What is behind the length that it claims may be whole records.
                    input.rewind();
                    find_record(input)?;
                    Some(Event::Broken(offset, problem))
                }
            };
            if event.is_some_and(|event| (self.take)(event).is_break()) {
                return Ok(ControlFlow::Break(()));
            }
            if self.member.is_none() && (self.take)(Event::Reached(input.offset())).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }

    fn offset(&self, here: u64) -> Offset {
        match self.member {
            Some(at) => Offset { at, inside: here },
            None => Offset { at: here, inside: 0 },
        }
    }

    fn record<R: Read>(&mut self, input: &mut Rewind<R>, offset: Offset) -> io::Result<Outcome> {
        if !is_warc(input.peek(8)?) {
            return Ok(Err("no record begins here".to_owned()));
        }
        let mut text = Vec::new();
        input.by_ref().take(HEADER).read_until(b'\n', &mut text)?;
        text.clear();
        loop {
            let before = text.len();
            let line = input.by_ref().take(HEADER).read_until(b'\n', &mut text)?;
            if text[before..].trim_ascii().is_empty() && line > 0 {
                break;
            }
            if line == 0 || text.len() as u64 >= HEADER {
                return Ok(Err("the header of the record does not end".to_owned()));
            }
        }
        let header = Header::parse(&text);
        let Some(length) = header.length() else {
            return Ok(Err("the record does not say its length".to_owned()));
        };
        let wanted = (self.wanted.wants)(&header);
        let mut block = Vec::new();
        if wanted && length <= self.wanted.limit {
            input.by_ref().take(length).read_to_end(&mut block)?;
        }
        let skipped = io::copy(&mut input.by_ref().take(length - block.len() as u64), &mut io::sink())?;
        let read = block.len() as u64 + skipped;
        if read < length {
            return Ok(Err(format!("the record is cut off: it has {read} of {length} bytes")));
        }
        // Two line ends close a record; some writers write other ends, or none.
        let closed = input.peek(4)? == b"\r\n\r\n";
        while matches!(input.peek(1)?, b"\r" | b"\n") {
            input.consume(1);
        }
        let next = input.peek(8)?;
        if !closed && !next.is_empty() && !is_warc(next) {
            return Ok(Err(format!("the record does not end after its {length} bytes")));
        }
        Ok(Ok(match wanted {
            true if length > self.wanted.limit => Some(Event::TooLarge(offset, header)),
            true => Some(Event::Record(Record { offset, header, block })),
            false => None,
        }))
    }
}

/// Goes to the next line behind this one that begins a record, or to the end.
fn find_record<R: Read>(input: &mut Rewind<R>) -> io::Result<()> {
    while input.skip_line()? {
        if is_warc(input.peek(8)?) {
            break;
        }
    }
    Ok(())
}
