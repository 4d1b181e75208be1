//! A buffered reader that can go back to a mark.

use std::io::{self, BufRead, Read};

/// How much is read at a time.
const CHUNK: usize = 64 << 10;
/// How far it can go back; behind that, the mark is lost.
const KEPT: usize = 4 << 20;

/// Reads from `reader`, counts, and keeps what was read since the mark, if it is not too much.
pub struct Rewind<R> {
    reader: R,
    buffer: Vec<u8>,
    /// Where the mark and the next byte are in the buffer.
    mark: usize,
    at: usize,
    /// Offset of the start of the buffer.
    base: u64,
    /// False if the mark has been lost.
    marked: bool,
}

impl<R: Read> Rewind<R> {
    /// `base` is the offset of the first byte.
    pub fn new(reader: R, base: u64) -> Rewind<R> {
        Rewind { reader, buffer: Vec::new(), mark: 0, at: 0, base, marked: true }
    }

    /// The offset of the next byte.
    pub fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// Sets the mark here.
    pub fn mark(&mut self) {
        self.mark = self.at;
        self.marked = true;
    }

    /// Goes back to the mark, if it is not lost.
    pub fn rewind(&mut self) {
        if self.marked {
            self.at = self.mark;
        }
    }

    /// The next bytes, without reading them: `count`, or as many as there are.
    pub fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.at < count && self.fill()? > 0 {}
        let end = self.buffer.len().min(self.at + count);
        Ok(&self.buffer[self.at..end])
    }

    /// Goes behind the next line feed; false if there is none.
    pub fn skip_line(&mut self) -> io::Result<bool> {
        loop {
            let buffer = self.fill_buf()?;
            let length = buffer.len();
            match memchr::memchr(b'\n', buffer) {
                Some(end) => {
                    self.consume(end + 1);
                    return Ok(true);
                }
                None if length == 0 => return Ok(false),
                None => self.consume(length),
            }
        }
    }

    /// Reads more into the buffer; how much there was.
    fn fill(&mut self) -> io::Result<usize> {
        if self.buffer.len() - self.mark >= KEPT + CHUNK {
            self.marked = false;
        }
        let gone = if self.marked { self.mark } else { self.at };
        if gone > 0 {
            self.buffer.drain(..gone);
            self.base += gone as u64;
            self.at -= gone;
            self.mark = self.mark.saturating_sub(gone);
        }
        let length = self.buffer.len();
        self.buffer.resize(length + CHUNK, 0);
        let read = loop {
            match self.reader.read(&mut self.buffer[length..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(length + read.as_ref().copied().unwrap_or(0));
        read
    }
}

impl<R: Read> BufRead for Rewind<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.buffer.len() {
            self.fill()?;
        }
        Ok(&self.buffer[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.buffer.len());
    }
}

impl<R: Read> Read for Rewind<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut buffer = self.fill_buf()?;
        let count = buffer.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_back_to_the_mark() {
        let bytes: Vec<u8> = (0..KEPT * 3).map(|n| (n / 7) as u8).collect();
        let mut reader = Rewind::new(bytes.as_slice(), 0);
        let mut some = vec![0; CHUNK + 10];
        reader.read_exact(&mut some).unwrap();
        reader.mark();
        assert_eq!(reader.offset(), (CHUNK + 10) as u64);
        reader.read_exact(&mut some).unwrap();
        reader.rewind();
        assert_eq!((reader.offset(), reader.peek(3).unwrap()), ((CHUNK + 10) as u64, &bytes[CHUNK + 10..CHUNK + 13]));
        // Too far: it stays where it is.
        let mut more = vec![0; KEPT * 2];
        reader.read_exact(&mut more).unwrap();
        let here = reader.offset();
        reader.rewind();
        assert_eq!(reader.offset(), here);
        assert!(reader.buffer.capacity() <= 2 * (KEPT + 2 * CHUNK), "{}", reader.buffer.capacity());
        let rest = reader.bytes().count() as u64;
        assert_eq!(here + rest, bytes.len() as u64);
    }
}
