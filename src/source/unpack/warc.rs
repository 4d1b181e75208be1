//! Web archives: the pages and files in their records.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::ErrorKind;
use std::rc::Rc;

use super::super::error::ReadError;
use super::super::http::{Message, media_type};
use super::super::part::Carried;
use super::super::place::{Capture, Place};
use super::super::warc::{self, Event, Header, Offset, Packing, Record, Wanted};
use super::{Flow, Found, Input, Item, Settings, Unpacker};

/// The types of records that hold what an announcement can be.
const READ: [&str; 3] = ["response", "resource", "conversion"];

impl Unpacker<'_> {
    /// Opens what the records of a web archive hold.
    pub(super) fn warc(&mut self, item: Item<'_>, packing: Packing) -> Flow {
        let Item { place, input, form, depth, .. } = item;
        let settings = self.settings;
        let unwanted = Cell::new(0usize);
        let wants = |header: &Header| is_wanted(header, settings, &unwanted);
        let from = if depth == 0 { self.from } else { 0 };
        let input = match input.skip(from) {
            Ok(input) => input,
            Err(error) => return self.failed(&place, from, error),
        };
        let wanted =
            Wanted { wants: &wants, limit: settings.limits.document, meter: Rc::clone(&self.meter), base: from };
        let mut archive = Archive { unpacker: self, place: &place, form, depth: depth + 1, waiting: None };
        let read = warc::read(input.into_read(), packing, &wanted, &mut |event| archive.take(event));
        let waiting = archive.flush();
        match read {
            Ok(flow) if flow.is_break() || waiting.is_break() => Flow::Break(()),
            Ok(_) => (0..unwanted.get()).try_for_each(|_| archive.pass_over(UNWANTED.into())),
            Err(error) => self.failed(&place, 0, error),
        }
    }
}

/// What the user's filters leave out.
const UNWANTED: &str = "captures that the filters leave out";

/// Whether a record is read, as far as its header shows; counts those that the user does not want.
fn is_wanted(header: &Header, settings: &Settings, unwanted: &Cell<usize>) -> bool {
    let kind = header.kind();
    if kind == "metadata" || kind == "revisit" {
        return true;
    }
    if !READ.contains(&kind) || header.url().is_some_and(|url| url.ends_with("/robots.txt")) {
        return false;
    }
    let fits = settings.captures.fits(header.url().unwrap_or_default(), header.date().unwrap_or_default());
    unwanted.set(unwanted.get() + usize::from(!fits));
    fits
}

/// The archive that records come from.
struct Archive<'a, 's> {
    unpacker: &'a mut Unpacker<'s>,
    place: &'a Place,
    form: Option<super::Form>,
    depth: u32,
    /// The last capture, whose metadata may follow, with the name of its record.
    waiting: Option<(String, Item<'static>)>,
}

impl Archive<'_, '_> {
    fn take(&mut self, event: Event) -> Flow {
        match event {
            Event::Record(record) if record.header.kind() == "metadata" => {
                self.describe(&record);
                Flow::Continue(())
            }
            Event::Record(record) if record.header.kind() == "revisit" => {
                (self.unpacker.give)(Found::PassedOver("revisits of what was captured before".into()))
            }
            Event::Record(record) => {
                self.flush()?;
                self.capture(record)
            }
            // What waits is given when it is known what follows, and counts then.
            Event::Reached(_) if self.waiting.is_some() || self.depth > 1 => Flow::Continue(()),
            Event::Reached(at) => (self.unpacker.give)(Found::Reached(at)),
            Event::TooLarge(offset, header) => {
                let name = self.at(offset, &header).to_string();
                let limit = self.unpacker.settings.limits.document;
                (self.unpacker.give)(Found::Failed(ReadError::TooLarge { name, limit }))
            }
            Event::Broken(offset, problem) => {
                let at = offset.at;
                let name = self.place.to_string();
                (self.unpacker.give)(Found::Failed(ReadError::Damaged { name, at, problem }))
            }
        }
    }

    fn at(&self, offset: Offset, header: &Header) -> Place {
        self.place.capture(&Capture {
            at: offset.at,
            inside: offset.inside,
            time: header.date().unwrap_or_default(),
            url: header.url().unwrap_or_default(),
        })
    }

    /// What a metadata record says of the capture before it: the character set, as Common Crawl detects it.
    fn describe(&mut self, record: &Record) {
        let of = record.header.get("WARC-Concurrent-To").or_else(|| record.header.get("WARC-Refers-To"));
        if let Some((id, item)) = &mut self.waiting
            && of == Some(id.as_str())
            && item.carried.charset.is_none()
        {
            item.carried.charset = Header::parse(&record.block).get("charset-detected").map(str::to_owned);
        }
    }

    /// Opens the capture that waited for its metadata.
    fn flush(&mut self) -> Flow {
        match self.waiting.take() {
            Some((_, item)) => self.unpacker.open(item),
            None => Flow::Continue(()),
        }
    }

    fn capture(&mut self, Record { offset, header, block }: Record) -> Flow {
        let place = self.at(offset, &header);
        let settings = self.unpacker.settings;
        let (media_type, charset, body) = if header.kind() == "response" {
            let Some(message) = Message::parse(&block) else {
                // Not everything that answers is a web server.
                if header.get("Content-Type").is_some_and(|found| !found.starts_with("application/http")) {
                    return Flow::Continue(());
                }
                return self.unpacker.damaged(&place, 0, "the response has no head".to_owned());
            };
            if !settings.captures.status.contains(&message.status) {
                return self.pass_over(format!("answers of status {}", message.status).into());
            }
            if !settings.captures.fits_media_type(message.media_type.as_deref()) {
                return self.pass_over(UNWANTED.into());
            }
            if let Some(media_type) = message.media_type.as_deref().filter(|found| is_no_text(found)) {
                return self.pass_over(media_type.to_owned().into());
            }
            match message.body(settings.limits.document) {
                Ok(body) => {
                    self.unpacker.meter.count(body.len() as u64);
                    (message.media_type, message.charset, body)
                }
                Err(error) if error.kind() == ErrorKind::FileTooLarge => {
                    let limit = settings.limits.document;
                    return (self.unpacker.give)(Found::Failed(ReadError::TooLarge { name: place.to_string(), limit }));
                }
                Err(error) => return self.unpacker.failed(&place, 0, error),
            }
        } else {
            let (media_type, charset) = media_type(header.get("Content-Type").unwrap_or_default());
            if !settings.captures.fits_media_type(media_type.as_deref()) {
                return self.pass_over(UNWANTED.into());
            }
            (media_type, charset, block)
        };
        if body.is_empty() {
            return self.pass_over("captures without contents".into());
        }
        let carried = Carried {
            media_type,
            charset,
            url: header.url().map(str::to_owned),
            captured: header.date().map(str::to_owned),
        };
        let id = header.get("WARC-Record-ID").unwrap_or_default().to_owned();
        let input = Input::Memory(body);
        self.waiting = Some((id, Item { place, input, form: self.form, carried, depth: self.depth, named: false }));
        Flow::Continue(())
    }

    fn pass_over(&mut self, what: Cow<'static, str>) -> Flow {
        (self.unpacker.give)(Found::PassedOver(what))
    }
}

/// True for media types that no form is behind, whatever the bytes look like.
fn is_no_text(media_type: &str) -> bool {
    let [kind, name] = media_type.split_once('/').map_or([media_type, ""], |(kind, name)| [kind, name]);
    matches!(kind, "image" | "video" | "audio" | "font") || name.contains("javascript") || name == "css"
}
