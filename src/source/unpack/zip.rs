//! Zip archives: by their directory, or member by member where the directory is missing.

use std::borrow::Cow;
use std::io::{self, Read};

use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};
use zip::result::ZipError;

use super::super::error::ReadError;
use super::super::office;
use super::super::part::Carried;
use super::super::place::Place;
use super::input::ReadSeek;
use super::{Flow, Found, Input, Item, Unpacker, is_hidden, leads_out};

impl Unpacker<'_> {
    /// Opens the files of a zip archive, in the order of its directory. An archive that comes as a stream has to be in
    /// memory as a whole, because its directory stands at its end.
    pub(super) fn zip(&mut self, item: Item<'_>) -> Flow {
        let inside = Inside { place: item.place, form: item.form, depth: item.depth + 1 };
        let reader = match item.input.into_seek() {
            Ok(reader) => reader,
            Err(stream) => match self.whole(&inside.place, stream) {
                Ok(bytes) => Box::new(io::Cursor::new(bytes)),
                Err(ReadError::TooLarge { name, limit }) => {
                    let problem = format!(
                        "a zip archive in another archive or in a stream may have {limit} bytes; give it as a file of its own"
                    );
                    return (self.give)(Found::Failed(ReadError::Unsupported { name, problem }));
                }
                Err(error) => return (self.give)(Found::Failed(error)),
            },
        };
        self.zip_by_directory(&inside, reader)
    }

    fn zip_by_directory(&mut self, inside: &Inside, mut reader: Box<dyn ReadSeek>) -> Flow {
        let mut archive = match ZipArchive::new(&mut reader) {
            Ok(archive) => archive,
            Err(error) => {
                self.zip_failed(&inside.place, error)?;
                return self.zip_in_order(inside, reader);
            }
        };
        let names: Vec<String> = archive.file_names().filter_map(Result::ok).map(Cow::into_owned).collect();
        if let Some(form) = office::form_of(names.iter().map(String::as_str)) {
            drop(archive);
            return match reader.rewind() {
                Ok(()) => self.document(inside.item(inside.place.clone(), Input::Stream(Box::new(reader))), form),
                Err(error) => self.failed(&inside.place, 0, error),
            };
        }
        let in_archive = |name: &str| name.starts_with("archive/");
        // Beside the archives of a WACZ file lie only lists of what is in them.
        let is_wacz = names.iter().any(|name| name == "datapackage.json") && names.iter().any(|name| in_archive(name));
        for index in 0..archive.len() {
            if is_wacz && !archive.name_for_index(index).and_then(Result::ok).is_some_and(|name| in_archive(&name)) {
                continue;
            }
            let name = archive.name_for_index(index).and_then(Result::ok).map(Cow::into_owned);
            match archive.by_index(index) {
                Ok(file) => self.zip_member(inside, file)?,
                Err(error) => self.zip_failed(&inside.place.member(name.as_deref().unwrap_or("?")), error)?,
            }
            if self.meter.is_spent() {
                break;
            }
        }
        Flow::Continue(())
    }

    /// Opens as many members as there are before something is wrong: an archive that was cut off has no directory.
    fn zip_in_order(&mut self, inside: &Inside, mut reader: Box<dyn ReadSeek>) -> Flow {
        if reader.rewind().is_err() {
            return Flow::Continue(());
        }
        while let Ok(Some(file)) = read_zipfile_from_stream(&mut reader) {
            self.zip_member(inside, file)?;
            if self.meter.is_spent() {
                break;
            }
        }
        Flow::Continue(())
    }

    fn zip_member<R: Read>(&mut self, inside: &Inside, file: ZipFile<'_, R>) -> Flow {
        if !file.is_file() {
            return Flow::Continue(());
        }
        let name = file.name().map_or_else(|_| String::from_utf8_lossy(file.name_raw()).into_owned(), Into::into);
        let place = inside.place.member(&name);
        if leads_out(&name) {
            return (self.give)(Found::Failed(ReadError::Outside { name: place.to_string() }));
        }
        if is_hidden(&name) {
            return Flow::Continue(());
        }
        let input = Input::Stream(Box::new(self.metered(file)));
        self.open(Item {
            place,
            input,
            form: inside.form,
            carried: Carried::default(),
            depth: inside.depth,
            named: false,
        })
    }

    fn zip_failed(&mut self, place: &Place, error: ZipError) -> Flow {
        match error {
            ZipError::Io(error) => self.failed(place, 0, error),
            ZipError::UnsupportedArchive(problem) => {
                let problem = format!("{problem}; unpack it first");
                (self.give)(Found::Failed(ReadError::Unsupported { name: place.to_string(), problem }))
            }
            other => self.damaged(place, 0, other.to_string()),
        }
    }
}

/// The archive that members lie in.
struct Inside {
    place: Place,
    form: Option<super::Form>,
    depth: u32,
}

impl Inside {
    fn item<'a>(&self, place: Place, input: Input<'a>) -> Item<'a> {
        Item { place, input, form: self.form, carried: Carried::default(), depth: self.depth, named: false }
    }
}
