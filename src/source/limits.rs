//! How much is too much, and counting it.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// What may be read of one file, however it is packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a document, and of a container that has to be in memory as a whole.
    pub document: u64,
    /// How many containers may lie in each other.
    pub depth: u32,
    /// Bytes that any file may unpack to, all layers together.
    pub unpacked: u64,
    /// How many times its own size a file may unpack to beyond that.
    pub ratio: u64,
}

impl Default for Limits {
    /// 64 MiB a document, 6 containers in each other, 1 GiB and 100 times the size of the file.
    fn default() -> Limits {
        Limits { document: super::MAX_LENGTH, depth: 6, unpacked: 1 << 30, ratio: 100 }
    }
}

/// Counts what goes into all decompressions of one file, and what comes out of them.
#[derive(Debug)]
pub struct Meter {
    allowed: Cell<u64>,
    ratio: u64,
    read: Cell<u64>,
    made: Cell<u64>,
}

impl Meter {
    /// For a file of `length` bytes; 0 for a stream, of which nobody knows.
    pub fn new(limits: &Limits, length: u64) -> Meter {
        let allowed = limits.unpacked.saturating_add(length.saturating_mul(limits.ratio));
        Meter { allowed: Cell::new(allowed), ratio: limits.ratio, read: Cell::new(0), made: Cell::new(0) }
    }

    /// How many bytes may come out.
    pub fn allowed(&self) -> u64 {
        self.allowed.get()
    }

    /// How many bytes were read of what was opened, if it is a stream.
    pub fn read(&self) -> u64 {
        self.read.get()
    }

    /// Counts what came out.
    pub fn count(&self, bytes: u64) {
        self.made.set(self.made.get().saturating_add(bytes));
    }

    /// True if more came out than is allowed.
    pub fn is_spent(&self) -> bool {
        self.made.get() > self.allowed.get()
    }
}

/// What goes into the decompressions.
pub struct Counted<R> {
    reader: R,
    meter: Rc<Meter>,
}

impl<R> Counted<R> {
    pub fn new(reader: R, meter: Rc<Meter>) -> Counted<R> {
        Counted { reader, meter }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        let meter = &self.meter;
        meter.read.set(meter.read.get() + count as u64);
        meter.allowed.set(meter.allowed.get().saturating_add((count as u64).saturating_mul(meter.ratio)));
        Ok(count)
    }
}

/// What comes out of a decompression.
pub struct Metered<R> {
    reader: R,
    meter: Rc<Meter>,
}

impl<R> Metered<R> {
    pub fn new(reader: R, meter: Rc<Meter>) -> Metered<R> {
        Metered { reader, meter }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.meter.count(count as u64);
        if self.meter.is_spent() { Err(io::Error::other(Spent)) } else { Ok(count) }
    }
}

/// More came out than is allowed.
#[derive(Debug, thiserror::Error)]
#[error("more than may be unpacked")]
struct Spent;

/// True if a reader broke off because more came out than is allowed.
pub fn is_spent(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Spent>())
}
