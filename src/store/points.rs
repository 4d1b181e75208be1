//! Named points inside changes: where tests let the process die, to show that a store survives it.

use std::{fmt, str::FromStr, sync::Arc};

/// A point that a change passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// The original bytes of new documents are on the disk; nothing refers to them yet.
    OriginalsKept,
    /// Documents are marked as being loaded.
    Marked,
    /// Their quads are there; catalogue and view do not know of them.
    Loaded,
    /// All is written into a transaction that is not committed.
    Written,
    /// The transaction is committed; originals that nothing refers to any more are still there.
    Committed,
    /// They are gone.
    OriginalsDropped,
    /// A database that was written anew is whole, and not yet the one of the store.
    Anew,
    /// It is, and the old one still lies beside it.
    Succeeded,
}

impl Point {
    /// All points, in the order in which they are passed.
    pub const ALL: [Point; 8] = [
        Point::OriginalsKept,
        Point::Marked,
        Point::Loaded,
        Point::Written,
        Point::Committed,
        Point::OriginalsDropped,
        Point::Anew,
        Point::Succeeded,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Point::OriginalsKept => "originals-kept",
            Point::Marked => "marked",
            Point::Loaded => "loaded",
            Point::Written => "written",
            Point::Committed => "committed",
            Point::OriginalsDropped => "originals-dropped",
            Point::Anew => "anew",
            Point::Succeeded => "succeeded",
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// There is no point of this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no point of a change; there are: {names}", names = Point::ALL.map(Point::name).join(", "))]
pub struct NoPoint(String);

impl FromStr for Point {
    type Err = NoPoint;

    fn from_str(name: &str) -> Result<Point, NoPoint> {
        Point::ALL.into_iter().find(|point| point.name() == name).ok_or_else(|| NoPoint(name.to_owned()))
    }
}

/// Is told of every point that is passed.
pub type Probe = Arc<dyn Fn(Point) + Send + Sync>;
