//! What bytes are read from: a file, a stream, memory.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::rc::Rc;

use super::super::limits::{Counted, Meter};
use super::read_head;

/// Where bytes are read from.
pub enum Input<'a> {
    /// A file, of which any part can be reached.
    File(File),
    /// What can only be read from its start to its end.
    Stream(Box<dyn Read + 'a>),
    /// Bytes in memory.
    Memory(Vec<u8>),
}

/// What can be read at any place.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

impl<'a> Input<'a> {
    /// How many bytes there are, if that is known; else 0.
    pub(super) fn length(&self) -> u64 {
        match self {
            Input::File(file) => file.metadata().map_or(0, |metadata| metadata.len()),
            Input::Stream(_) => 0,
            Input::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// The same, where a stream tells the meter what is read of it.
    pub(super) fn counted(self, meter: &Rc<Meter>) -> Input<'a> {
        match self {
            Input::Stream(reader) => Input::Stream(Box::new(Counted::new(reader, Rc::clone(meter)))),
            other => other,
        }
    }

    /// The first bytes, which will be read again.
    pub(super) fn head(&mut self) -> io::Result<Vec<u8>> {
        match self {
            Input::File(file) => {
                let head = read_head(file)?;
                file.rewind()?;
                Ok(head)
            }
            Input::Stream(reader) => {
                let head = read_head(reader)?;
                let rest = std::mem::replace(reader, Box::new(io::empty()));
                *reader = Box::new(Cursor::new(head.clone()).chain(rest));
                Ok(head)
            }
            Input::Memory(bytes) => read_head(&mut bytes.as_slice()),
        }
    }

    /// The same without its first bytes.
    pub(super) fn skip(mut self, bytes: u64) -> io::Result<Input<'a>> {
        match &mut self {
            Input::File(file) => drop(file.seek(io::SeekFrom::Start(bytes))?),
            Input::Stream(reader) => drop(io::copy(&mut reader.take(bytes), &mut io::sink())?),
            Input::Memory(all) => drop(all.drain(..all.len().min(usize::try_from(bytes).unwrap_or(usize::MAX)))),
        }
        Ok(self)
    }

    /// To be read from its start to its end.
    pub(super) fn into_read(self) -> Box<dyn Read + 'a> {
        match self {
            Input::File(file) => Box::new(file),
            Input::Stream(reader) => reader,
            Input::Memory(bytes) => Box::new(Cursor::new(bytes)),
        }
    }

    /// To be read at any place; what cannot is given back.
    pub(super) fn into_seek(self) -> Result<Box<dyn ReadSeek>, Input<'a>> {
        match self {
            Input::File(file) => Ok(Box::new(BufReader::new(file))),
            Input::Memory(bytes) => Ok(Box::new(Cursor::new(bytes))),
            stream => Err(stream),
        }
    }
}

/// A stretch of known length: that there is less of it is an error.
pub(super) struct Exactly<R> {
    reader: R,
    left: u64,
}

impl<R> Exactly<R> {
    pub(super) fn new(length: u64, reader: R) -> Exactly<R> {
        Exactly { reader, left: length }
    }
}

impl<R: Read> Read for Exactly<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = self.reader.read(&mut buffer[..most])?;
        self.left -= count as u64;
        if count == 0 && most > 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(count) }
    }
}
