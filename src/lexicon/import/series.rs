//! Conference series: records with `title`, which is the acronym, and `description`, the name of the series, as the tables
//! of conference deadlines have them. Editions, dates and ranks that stand beside are what announcements say, not the lexicon.

use serde::Deserialize;

use super::ror::records;
use super::{Read, Source};
use crate::lexicon::LexiconError;
use crate::lexicon::entry::Kind;
use crate::lexicon::table::Row;
use crate::vocab::slug;

#[derive(Deserialize)]
struct Record {
    #[serde(alias = "acronym")]
    title: String,
    #[serde(default, alias = "name")]
    description: String,
}

pub(super) fn read(source: &Source<'_>) -> Result<Read, LexiconError> {
    let mut nameless = 0;
    let mut rows = Vec::new();
    for record in records::<Record>(source)? {
        let (acronym, name) = (record.title.trim(), record.description.trim());
        if acronym.is_empty() || name.is_empty() {
            nameless += 1;
            continue;
        }
        let key = slug(acronym);
        let mut row = Row { kind: Kind::ConferenceSeries, label: name.to_owned(), ..Row::EMPTY };
        // "CHI" counts only in capitals; "NeurIPS" is written no other way.
        row.acronyms = usize::from(!acronym.chars().any(char::is_lowercase));
        row.names = vec![acronym.to_owned()];
        row.source = format!("{}/{key}", source.dataset);
        row.key = key;
        rows.push(row);
    }
    Ok(Read { rows, left_out: vec![("series without a name", nameless)] })
}
