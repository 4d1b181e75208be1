//! One file, compressed.

use std::io::{self, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::super::form::Form;
use super::super::warc::{self, Packing};
use super::{Flow, Input, Item, Unpacker};

/// The largest window of a Zstandard frame, as a power of two: 128 MiB, what `zstd` itself reads unasked.
const WINDOW: u32 = 27;

impl Unpacker<'_> {
    /// Opens what a gzip or Zstandard file holds; several members or frames are one file.
    pub(super) fn squeezed(&mut self, mut item: Item<'_>, form: Form) -> Flow {
        // A web archive is compressed record by record, and each of them is found again by its place.
        if form == Form::Gzip && item.input.head().is_ok_and(|head| is_packed_warc(&head)) {
            return self.warc(item, Packing::Gzip);
        }
        let Item { place, input, form: wanted, carried, depth, named } = item;
        let reader = BufReader::new(input.into_read());
        let decoder: io::Result<Box<dyn Read>> = match form {
            Form::Zstd => zstd::Decoder::with_buffer(reader).and_then(|mut decoder| {
                decoder.window_log_max(WINDOW)?;
                Ok(Box::new(decoder) as Box<dyn Read>)
            }),
            _ => Ok(Box::new(MultiGzDecoder::new(reader))),
        };
        match decoder {
            Err(error) => self.failed(&place, 0, error),
            Ok(decoder) => {
                let input = Input::Stream(Box::new(self.metered(decoder)));
                self.open(Item { place: place.uncompressed(), input, form: wanted, carried, depth: depth + 1, named })
            }
        }
    }
}

fn is_packed_warc(head: &[u8]) -> bool {
    let mut start = [0; 8];
    flate2::read::GzDecoder::new(head).read_exact(&mut start).is_ok() && warc::is_warc(&start)
}
