//! Tar archives: read from start to end.

use tar::Archive;

use super::super::error::ReadError;
use super::super::part::Carried;
use super::Found;
use super::input::Exactly;
use super::{Flow, Input, Item, Unpacker, is_hidden, leads_out};

impl Unpacker<'_> {
    /// Opens the files of a tar archive, in its order. Links, devices and folders hold nothing.
    pub(super) fn tar(&mut self, item: Item<'_>) -> Flow {
        let Item { place, input, form, depth, .. } = item;
        // What is stored with holes grows when it is read.
        let mut archive = Archive::new(self.metered(input.into_read()));
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return self.failed(&place, 0, error),
        };
        let mut at = 0;
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                // Where the next member begins cannot be told without the one before.
                Err(error) => return self.failed(&place, at, error),
            };
            at = entry.raw_header_position();
            if !entry.header().entry_type().is_file() && !entry.header().entry_type().is_gnu_sparse() {
                continue;
            }
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let member = place.member(&name);
            if leads_out(&name) {
                (self.give)(Found::Failed(ReadError::Outside { name: member.to_string() }))?;
            } else if !is_hidden(&name) {
                let input = Input::Stream(Box::new(self.metered(Exactly::new(entry.size(), entry))));
                self.open(Item {
                    place: member,
                    input,
                    form,
                    carried: Carried::default(),
                    depth: depth + 1,
                    named: false,
                })?;
            }
            if self.meter.is_spent() {
                break;
            }
        }
        Flow::Continue(())
    }
}
