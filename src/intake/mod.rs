//! Where announcements are read from: files, folders, globs, mailboxes, standard input. What a user names becomes a list of
//! inputs, and those become the documents that are or lie in them, one by one.
//!
//! Not in here: how containers are taken apart and documents read, which is for [`source`](crate::source).

mod list;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

pub use list::{Listing, list};

use crate::source::{Carried, Flow, Found, Input, Place, ReadError, Settings, Unpacker};

/// A file, or what else can be opened and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

impl Spot {
    /// Where it is.
    pub fn place(&self) -> Place {
        match self {
            Spot::File(path) => Place::file(path),
            Spot::Stdin => Place::named("standard input"),
        }
    }

    /// How many bytes it has; 0 if nobody knows.
    pub fn length(&self) -> u64 {
        match self {
            Spot::File(path) => path.metadata().map_or(0, |metadata| metadata.len()),
            Spot::Stdin => 0,
        }
    }

    fn open(&self) -> io::Result<Input<'static>> {
        match self {
            Spot::File(path) => open_file(path),
            Spot::Stdin => Ok(Input::Stream(Box::new(io::stdin().lock()))),
        }
    }
}

/// Gives the documents that are or lie at `spot`, one by one, until `give` breaks off.
pub fn read(spot: &Spot, settings: &Settings, give: &mut dyn FnMut(Found) -> Flow) -> Flow {
    let place = spot.place();
    match spot.open() {
        Ok(input) => Unpacker::new(settings, give).unpack(place, input, Carried::default()),
        Err(source) => give(Found::Failed(ReadError::Io { name: place.to_string(), source })),
    }
}

/// Opens a file of any size; pipes and devices can only be read from start to end.
fn open_file(path: &Path) -> io::Result<Input<'static>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(if metadata.is_file() { Input::File(file) } else { Input::Stream(Box::new(file)) })
}
