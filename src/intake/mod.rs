//! Where announcements are read from: files, folders, globs, mailboxes, standard input, addresses of the web. What a user
//! names becomes a list of spots, and those become the documents that are or lie in them, one by one.
//!
//! Not in here: how containers are taken apart and documents read, which is for [`source`](crate::source), and how the web is
//! asked, which is for [`fetch`](crate::fetch).

mod list;
mod web;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

pub use list::{Listing, list};

use crate::fetch::{FetchError, Fetcher};
use crate::source::{Carried, Flow, Form, Found, Input, Place, ReadError, Settings, Unpacker};

/// A file, or what else can be opened and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A file.
    File(PathBuf),
    /// A mail in a Maildir.
    Mail(PathBuf),
    /// Standard input.
    Stdin,
    /// A page of the web, or a sitemap, whose pages are read then.
    Url(String),
}

/// What reading a spot brings up.
#[derive(Debug)]
pub enum Event {
    /// What is in it.
    Found(Found),
    /// What cannot be fetched.
    NotFetched(FetchError),
    /// The document at an address is still the one that it was.
    Unchanged(String),
    /// What was given so far is worth a note for the next time; see [`Intake::recall`].
    Note {
        /// The file or address, as [`Place::source`] names it.
        source: String,
        /// What to know of it; empty if there is nothing to know any more.
        note: String,
        /// True if it only counts if all could be read that was given.
        if_all_was_read: bool,
    },
}

/// Reads what is at spots.
pub struct Intake<'a> {
    /// How containers are taken apart.
    pub settings: &'a Settings,
    /// Who fetches addresses.
    pub fetcher: &'a mut Fetcher,
    /// The most pages of a sitemap that are fetched.
    pub pages: usize,
    /// The last note that was given for a file or address.
    pub recall: &'a dyn Fn(&str) -> Option<String>,
}

impl Intake<'_> {
    /// Gives the documents that are or lie at `spot`, one by one, until `give` breaks off.
    pub fn read(&mut self, spot: &Spot, give: &mut dyn FnMut(Event) -> Flow) -> Flow {
        match spot {
            Spot::Url(url) => self.read_url(url, give),
            local => self.read_local(local, give),
        }
    }

    /// Archives of which it can be told how far they have been read are noted on the way, so that reading can go on there
    /// after it has been broken off.
    fn read_local(&mut self, spot: &Spot, give: &mut dyn FnMut(Event) -> Flow) -> Flow {
        let source = spot.place().source();
        let length = spot.length();
        let from = (self.recall)(&source).and_then(|note| Progress::parse(&note)).filter(|p| p.length == length);
        let mut noted = from.is_some();
        let mut event = |found| match found {
            Found::Reached(at) => {
                noted = true;
                let note = Progress { at, length }.to_string();
                give(Event::Note { source: source.clone(), note, if_all_was_read: false })
            }
            found => give(Event::Found(found)),
        };
        read(spot, self.settings, from.map_or(0, |progress| progress.at), &mut event)?;
        if noted {
            give(Event::Note { source, note: String::new(), if_all_was_read: false })
        } else {
            Flow::Continue(())
        }
    }
}

/// How far a file has been read.
struct Progress {
    at: u64,
    /// The length of the file, which tells whether it is still the same.
    length: u64,
}

impl Progress {
    fn parse(note: &str) -> Option<Progress> {
        let (at, length) = note.strip_prefix("read up to byte ")?.split_once(" of ")?;
        Some(Progress { at: at.parse().ok()?, length: length.parse().ok()? })
    }
}

impl std::fmt::Display for Progress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "read up to byte {} of {}", self.at, self.length)
    }
}

impl Spot {
    /// Where it is.
    pub fn place(&self) -> Place {
        match self {
            Spot::File(path) => Place::file(path),
            Spot::Mail(path) => mail_place(path),
            Spot::Stdin => Place::named("standard input"),
            Spot::Url(url) => Place::url(url),
        }
    }

    /// How many bytes it has; 0 if nobody knows.
    pub fn length(&self) -> u64 {
        match self {
            Spot::File(path) | Spot::Mail(path) => path.metadata().map_or(0, |metadata| metadata.len()),
            Spot::Stdin | Spot::Url(_) => 0,
        }
    }

    fn carried(&self) -> Carried {
        let media_type = matches!(self, Spot::Mail(_)).then(|| Form::Mail.media_type().to_owned());
        Carried { media_type, ..Carried::default() }
    }

    fn open(&self) -> io::Result<Input<'static>> {
        match self {
            Spot::File(path) | Spot::Mail(path) => open_file(path),
            Spot::Stdin => Ok(Input::Stream(Box::new(io::stdin().lock()))),
            Spot::Url(_) => Err(io::Error::new(io::ErrorKind::Unsupported, "an address has to be fetched")),
        }
    }
}

/// Gives the documents that are or lie at a spot of this machine, one by one, until `give` breaks off. `from` is a byte that
/// [`Found::Reached`] named; what stands before it is not given.
pub fn read(spot: &Spot, settings: &Settings, from: u64, give: &mut dyn FnMut(Found) -> Flow) -> Flow {
    let place = spot.place();
    match spot.open() {
        Ok(input) => Unpacker::new(settings, give).resume(from).unpack(place, input, spot.carried()),
        Err(source) => give(Found::Failed(ReadError::Io { name: place.to_string(), source })),
    }
}

/// The place of a mail in its Maildir: it stays the same when the mail is read, answered or moved between `new` and `cur`,
/// because what programs note of that stands behind a colon in its name.
fn mail_place(path: &Path) -> Place {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.split(':').next().unwrap_or_default();
    match path.parent().and_then(Path::parent) {
        Some(maildir) => Place::file(maildir).member(name),
        None => Place::file(path),
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
