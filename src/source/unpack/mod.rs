//! Takes containers apart, however they lie in each other, and gives the documents in them one by one.
//!
//! Nothing is kept but the document at hand, so that memory does not grow with what is read. Whatever is wrong is given as
//! an error that names its place, and the rest is read all the same. Nothing is ever written, so that no name in an archive
//! can do harm; there are [`Limits`] to size, depth and the proportion of both.

mod input;
mod lists;
pub(super) mod records;
mod squeezed;
mod tar;
mod warc;
mod zip;

use std::borrow::Cow;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

pub use input::Input;

use super::captures::Captures;
use super::error::ReadError;
use super::form::Form;
use super::limits::{Limits, Meter, Metered, is_spent};
use super::part::{Carried, Part};
use super::place::Place;
use super::recognise::HEAD;
use super::warc::Packing;

/// What is found, one after the other.
#[derive(Debug)]
pub enum Found {
    /// A document.
    Part(Part),
    /// What cannot be read.
    Failed(ReadError),
    /// A file in an archive that is no announcement, such as a picture; by its ending or media type.
    PassedOver(Cow<'static, str>),
    /// All that stands before this byte of a web archive has been given. Given only of archives that lie in no other container.
    Reached(u64),
}

/// How containers are taken apart.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The form of all documents, or of the containers that are named, instead of what names and contents show. Archives
    /// are opened all the same.
    pub form: Option<Form>,
    /// Which captures of web archives are read.
    pub captures: Captures,
    /// How much is too much.
    pub limits: Limits,
}

/// Whether whoever takes the documents wants more.
pub type Flow = ControlFlow<()>;

/// Takes containers apart and hands over what is in them.
pub struct Unpacker<'s> {
    settings: &'s Settings,
    give: &'s mut dyn FnMut(Found) -> Flow,
    meter: Rc<Meter>,
    /// Where to begin with what is opened first.
    from: u64,
}

/// Something to be opened.
struct Item<'a> {
    place: Place,
    input: Input<'a>,
    /// The form that the user wants it to have.
    form: Option<Form>,
    carried: Carried,
    /// How many containers it lies in.
    depth: u32,
    /// True if the user named just this: it is read, whatever it seems to be.
    named: bool,
}

impl<'s> Unpacker<'s> {
    /// Documents will be handed to `give`, until it breaks off.
    pub fn new(settings: &'s Settings, give: &'s mut dyn FnMut(Found) -> Flow) -> Unpacker<'s> {
        let meter = Rc::new(Meter::new(&settings.limits, 0));
        Unpacker { settings, give, meter, from: 0 }
    }

    /// The same, beginning at a byte that [`Found::Reached`] named for the same file.
    #[must_use]
    pub fn resume(self, from: u64) -> Unpacker<'s> {
        Unpacker { from, ..self }
    }

    /// Gives what is in a file or stream: the document that it is, or those that it holds.
    pub fn unpack(&mut self, place: Place, input: Input<'_>, carried: Carried) -> Flow {
        self.meter = Rc::new(Meter::new(&self.settings.limits, input.length()));
        let input = input.counted(&self.meter);
        self.open(Item { place, input, form: self.settings.form, carried, depth: 0, named: true })
    }

    fn open(&mut self, mut item: Item<'_>) -> Flow {
        let head = match item.input.head() {
            Ok(head) => head,
            Err(error) => return self.failed(&item.place, 0, error),
        };
        let seen = Form::of_content(&head);
        // A form that the user gives is that of the documents; what holds them is opened to get at them.
        let form = match (item.form, seen) {
            (Some(wanted), Some(seen)) if seen.is_archive() && !wanted.is_archive() => Some(seen),
            (Some(wanted), _) => Some(wanted),
            (None, seen) => seen.or_else(|| form_of(&item.carried, &item.place)),
        };
        let Some(form) = form.or_else(|| item.named.then_some(Form::Text)) else {
            return (self.give)(Found::PassedOver(ending(&item)));
        };
        if form.is_document() {
            return self.document(item, form);
        }
        if form.is_records() {
            return self.records(item, form);
        }
        if item.depth >= self.settings.limits.depth {
            let limit = self.settings.limits.depth;
            return (self.give)(Found::Failed(ReadError::TooDeep { name: item.place.to_string(), limit }));
        }
        item.form = item.form.filter(|wanted| *wanted != form);
        match form {
            Form::Zip | Form::Wacz => self.zip(item),
            Form::Tar => self.tar(item),
            Form::Gzip | Form::Zstd => self.squeezed(item, form),
            Form::Json | Form::JsonLines | Form::Csv | Form::Tsv => self.records(item, form),
            Form::Warc => self.warc(item, Packing::Plain),
            Form::Mbox => self.mbox(item),
            Form::Feed => self.feed(item),
            Form::Calendar => self.calendar(item),
            document => self.document(item, document),
        }
    }

    /// Gives a document as a whole.
    fn document(&mut self, item: Item<'_>, form: Form) -> Flow {
        match self.whole(&item.place, item.input) {
            Err(error) => (self.give)(Found::Failed(error)),
            Ok(bytes) => {
                let position = self.meter.read();
                let Item { place, carried, .. } = item;
                (self.give)(Found::Part(Part { place, bytes, form: Some(form), carried, position }))
            }
        }
    }

    /// Reads all of something that may be as large as a document.
    fn whole(&self, place: &Place, input: Input<'_>) -> Result<Vec<u8>, ReadError> {
        let limit = self.settings.limits.document;
        let mut bytes = Vec::new();
        if let Err(error) = input.into_read().take(limit + 1).read_to_end(&mut bytes) {
            return Err(self.error(place, bytes.len() as u64, error));
        }
        if bytes.len() as u64 > limit {
            return Err(ReadError::TooLarge { name: place.to_string(), limit });
        }
        Ok(bytes)
    }

    /// Counts what comes out of a decompression.
    fn metered<R: Read>(&self, reader: R) -> Metered<R> {
        Metered::new(reader, Rc::clone(&self.meter))
    }

    /// Gives an error of reading. `at` is how far reading came.
    fn failed(&mut self, place: &Place, at: u64, error: io::Error) -> Flow {
        let error = self.error(place, at, error);
        (self.give)(Found::Failed(error))
    }

    fn damaged(&mut self, place: &Place, at: u64, problem: String) -> Flow {
        (self.give)(Found::Failed(ReadError::Damaged { name: place.to_string(), at, problem }))
    }

    fn error(&self, place: &Place, at: u64, error: io::Error) -> ReadError {
        let name = place.to_string();
        match error.kind() {
            _ if is_spent(&error) => ReadError::Bomb { name, limit: self.meter.allowed() },
            io::ErrorKind::UnexpectedEof => ReadError::Damaged { name, at, problem: "it ends too early".to_owned() },
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => {
                ReadError::Damaged { name, at, problem: error.to_string() }
            }
            _ => ReadError::Io { name, source: error },
        }
    }
}

/// The form that stands beside a document.
fn form_of(carried: &Carried, place: &Place) -> Option<Form> {
    carried.media_type.as_deref().and_then(Form::of_media_type).or_else(|| Form::of_name(place.name()))
}

/// What shows that a file is no announcement.
fn ending(item: &Item<'_>) -> Cow<'static, str> {
    if let Some(media_type) = &item.carried.media_type {
        return media_type.clone().into();
    }
    match item.place.name().rsplit_once('.') {
        Some((_, ending)) => format!(".{ending}").into(),
        None => "no ending".into(),
    }
}

/// True for the names of files in archives that nobody wants to see: hidden ones, and what macOS puts beside files.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX")
}

/// True if a name in an archive leads out of the folder that the archive would be unpacked in.
fn leads_out(name: &str) -> bool {
    let absolute = name.starts_with(['/', '\\']) || name.get(1..3).is_some_and(|s| s == ":\\" || s == ":/");
    absolute || name.split(['/', '\\']).any(|part| part == "..")
}

/// The first bytes of something, at most [`HEAD`] of them.
fn read_head(reader: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    match reader.take(HEAD as u64).read_to_end(&mut head) {
        // What is wrong behind the first bytes will show again.
        Err(error) if head.is_empty() => Err(error),
        _ => Ok(head),
    }
}
