//! Sorting more than memory holds.
//!
//! What fits is sorted in memory; of what does not, sorted runs lie in a temporary folder and are merged as they are read.

use std::iter;

use ext_sort::{ExternalSorter, ExternalSorterBuilder, LimitedBufferBuilder};
use serde::{Serialize, de::DeserializeOwned};

use super::Error;

/// Statements that are held in memory: some 50 MB.
const HELD: usize = 100_000;

/// All items, in their order, each once.
///
/// # Errors
/// The first error among the items; or if the temporary folder cannot be written.
pub(super) fn sorted<'a, T>(
    items: impl Iterator<Item = Result<T, Error>> + 'a,
) -> Result<Box<dyn Iterator<Item = Result<T, Error>> + 'a>, Error>
where
    T: Ord + Send + Serialize + DeserializeOwned + 'a,
{
    sorted_holding(HELD, items)
}

fn sorted_holding<'a, T>(
    held: usize,
    mut items: impl Iterator<Item = Result<T, Error>> + 'a,
) -> Result<Box<dyn Iterator<Item = Result<T, Error>> + 'a>, Error>
where
    T: Ord + Send + Serialize + DeserializeOwned + 'a,
{
    let mut first: Vec<T> = items.by_ref().take(held).collect::<Result<_, _>>()?;
    if first.len() < held {
        first.sort_unstable();
        first.dedup();
        return Ok(Box::new(first.into_iter().map(Ok)));
    }
    // Threads would hold as many runs at a time.
    let builder = ExternalSorterBuilder::new().with_threads_number(1);
    let sorter: ExternalSorter<T, Error> =
        builder.with_buffer(LimitedBufferBuilder::new(held, true)).build().map_err(failed)?;
    let merged = sorter.sort(first.into_iter().map(Ok).chain(items)).map_err(failed)?;
    let mut merged = merged.map(|item| item.map_err(failed)).peekable();
    Ok(Box::new(iter::from_fn(move || {
        let item = merged.next()?;
        let again = |next: &Result<T, Error>| matches!((&item, next), (Ok(one), Ok(other)) if one == other);
        while merged.next_if(again).is_some() {}
        Some(item)
    })))
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Unsorted(Box::new(error))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Error, sorted_holding};

    proptest! {
        #[test]
        fn in_runs_or_at_once_is_the_same(items: Vec<String>, held in 1_usize..20) {
            let read = || items.iter().cloned().map(Ok);
            let all = |held| sorted_holding(held, read()).expect("sorted").collect::<Result<Vec<_>, Error>>().expect("read");
            let mut expected = items.clone();
            expected.sort();
            expected.dedup();
            prop_assert_eq!(&all(held), &expected);
            prop_assert_eq!(&all(usize::MAX), &expected);
        }
    }

    #[test]
    fn an_error_on_the_way_is_told() {
        for held in [1, 2, 100] {
            let broken = Error::Unreadable("the disk has gone".into());
            let items = vec![Ok(String::from("b")), Ok(String::from("a")), Err(broken)];
            let told = sorted_holding(held, items.into_iter()).err().expect("an error").to_string();
            assert!(told.contains("the disk has gone"), "{told}");
        }
    }
}
