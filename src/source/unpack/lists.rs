//! Files that hold documents one behind the other: mailboxes, feeds, calendars.

use std::collections::BTreeSet;
use std::io::BufReader;

use super::super::decode::Decoded;
use super::super::error::ReadError;
use super::super::form::Form;
use super::super::mail::mbox;
use super::super::part::{Carried, Part};
use super::super::place::Place;
use super::super::{calendar, feed};
use super::{Flow, Found, Item, Unpacker};

/// A document in a list, or the byte at which something is wrong, and what.
type Listed = Result<(std::ops::Range<usize>, Option<String>), (usize, String)>;

impl Unpacker<'_> {
    /// Gives the mails of a mailbox, which may be of any length.
    pub(super) fn mbox(&mut self, item: Item<'_>) -> Flow {
        let Item { place, input, .. } = item;
        let limit = self.settings.limits.document;
        let mut take = |event| match event {
            mbox::Event::Mail { at, bytes } => {
                let mut part = Part::new(place.offset(at), bytes, Some(Form::Mail));
                part.position = self.meter.read();
                (self.give)(Found::Part(part))
            }
            mbox::Event::TooLarge { at } => {
                (self.give)(Found::Failed(ReadError::TooLarge { name: place.offset(at).to_string(), limit }))
            }
        };
        match mbox::read(BufReader::new(input.into_read()), limit, &mut take) {
            Ok(flow) => flow,
            Err(error) => self.failed(&place, 0, error),
        }
    }

    /// Gives the entries of a feed.
    pub(super) fn feed(&mut self, item: Item<'_>) -> Flow {
        self.list(item, Form::Entry, |text| {
            let listed = |entry: Result<feed::Entry, feed::Broken>| -> Listed {
                entry.map(|entry| (entry.range, entry.id)).map_err(|broken| (broken.at, broken.problem))
            };
            feed::entries(text).into_iter().map(listed).collect()
        })
    }

    /// Gives the events of a calendar.
    pub(super) fn calendar(&mut self, item: Item<'_>) -> Flow {
        self.list(item, Form::Event, |text| {
            let listed = |event: Result<calendar::Event, usize>| -> Listed {
                event.map(|event| (event.range, event.id)).map_err(|at| (at, "the event does not end".to_owned()))
            };
            calendar::events(text).into_iter().map(listed).collect()
        })
    }

    fn list(&mut self, item: Item<'_>, form: Form, parts: impl Fn(&str) -> Vec<Listed>) -> Flow {
        let Item { place, input, carried, .. } = item;
        let bytes = match self.whole(&place, input) {
            Ok(bytes) => bytes,
            Err(error) => return (self.give)(Found::Failed(error)),
        };
        let charset = carried.charset.clone().or_else(|| declared_charset(&bytes));
        let decoded = match Decoded::declared(&place.to_string(), &bytes, charset.as_deref()) {
            Ok(decoded) => decoded,
            Err(error) => return (self.give)(Found::Failed(error)),
        };
        let found = parts(&decoded.text);
        if found.is_empty() {
            let name = place.to_string();
            return (self.give)(Found::Failed(ReadError::NoText { name, length: bytes.len() as u64 }));
        }
        // A part has no declaration of its own.
        let charset = (decoded.charset != "UTF-8").then(|| decoded.charset.to_owned());
        let mut names = BTreeSet::new();
        for part in found {
            let found = match part {
                Ok((range, id)) => {
                    let range = decoded.original(range);
                    let id = id.filter(|id| names.insert(id.clone()));
                    let place = named(&place, id.as_deref(), range.start);
                    let carried = Carried { charset: charset.clone(), ..carried.clone() };
                    let bytes = bytes[range.start as usize..range.end as usize].to_vec();
                    Found::Part(Part { place, bytes, form: Some(form), carried, position: self.meter.read() })
                }
                Err((at, problem)) => {
                    let at = decoded.original(at..at).start;
                    Found::Failed(ReadError::Damaged { name: place.to_string(), at, problem })
                }
            };
            (self.give)(found)?;
        }
        Flow::Continue(())
    }
}

/// The place of a part: by the name that it has in its list, which it keeps when others come before it; else by its offset.
fn named(place: &Place, id: Option<&str>, offset: u64) -> Place {
    match id {
        Some(id) => place.id(id),
        None => place.offset(offset),
    }
}

/// The character set that an XML declaration names.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]);
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next()?;
    Some(value[1..].split(quote).next()?.to_owned())
}
