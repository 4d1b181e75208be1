//! What could not be read: said on the screen, and on request in a file that programs read.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Serialize;
use urbi::fetch::FetchError;
use urbi::source::ReadError;

use super::open;
use super::screen::Screen;

/// How many failures are said on the screen, if a file holds all of them.
const SHOWN: usize = 20;

/// Why a document is not in the result.
#[derive(Debug)]
pub enum Failure {
    /// It cannot be read.
    Read(ReadError),
    /// It cannot be fetched.
    Fetch(FetchError),
    /// A stage broke down on it: a mistake in the program. The name of the document.
    Broken(String),
    /// The store refuses; the name of the document, and why.
    Store(String, anyhow::Error),
    /// It cannot be looked for.
    Listing(String),
}

/// A line of the file.
#[derive(Serialize)]
struct Line<'a> {
    /// The file or part; absent if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    kind: &'static str,
    /// Offset in the part, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<u64>,
    message: String,
}

impl Failure {
    fn line(&self) -> Line<'_> {
        let (place, kind, at) = match self {
            Failure::Read(error) => (Some(error.name()), error.kind(), error.at()),
            Failure::Fetch(error) => (Some(error.url()), error.kind(), None),
            Failure::Broken(name) => (Some(name.as_str()), "broken", None),
            Failure::Store(name, _) => (Some(name.as_str()), "store", None),
            Failure::Listing(_) => (None, "listing", None),
        };
        Line { place, kind, at, message: self.message() }
    }

    /// What to say.
    pub fn message(&self) -> String {
        match self {
            Failure::Read(ReadError::Io { name, source }) => {
                let near = if source.kind() == ErrorKind::NotFound { open::near(Path::new(name)) } else { None };
                let hint = near.map(|name| format!("; did you mean {name}?")).unwrap_or_default();
                format!("cannot read {name}{hint}: {source}")
            }
            Failure::Read(error) => error.to_string(),
            Failure::Fetch(error) => error.to_string(),
            Failure::Broken(name) => {
                format!("{name}: the program made a mistake while reading it; please report this with the file")
            }
            Failure::Store(name, error) => format!("{name}: {error:#}"),
            Failure::Listing(error) => error.clone(),
        }
    }
}

/// Takes failures, and counts them.
pub struct Failures<'a> {
    screen: &'a Screen,
    file: Option<(PathBuf, RefCell<BufWriter<File>>)>,
    count: Cell<usize>,
    notes: Cell<usize>,
    passed_over: RefCell<BTreeMap<String, usize>>,
}

impl<'a> Failures<'a> {
    /// Failures are said on the screen, and written to the file if there is one.
    pub fn new(screen: &'a Screen, file: Option<&Path>) -> anyhow::Result<Failures<'a>> {
        let open = |path: &Path| -> anyhow::Result<_> {
            let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            Ok((path.to_owned(), RefCell::new(BufWriter::new(file))))
        };
        let file = file.map(open).transpose()?;
        Ok(Failures { screen, file, count: Cell::new(0), notes: Cell::new(0), passed_over: RefCell::default() })
    }

    /// Takes a failure.
    pub fn take(&self, failure: &Failure) -> anyhow::Result<()> {
        self.count.set(self.count.get() + 1);
        if self.file.is_none() || self.count.get() <= SHOWN {
            self.screen.warning(&failure.message());
        }
        self.write(&failure.line())
    }

    /// Takes what one should know of a document that was read: a city that may be several, data that contradict the prose.
    /// That is no failure; it is counted, and stands in the file.
    pub fn note(&self, place: &str, note: &str) -> anyhow::Result<()> {
        self.notes.set(self.notes.get() + 1);
        self.write(&Line { place: Some(place), kind: "note", at: None, message: format!("{place}: {note}") })
    }

    fn write(&self, line: &Line<'_>) -> anyhow::Result<()> {
        let Some((path, out)) = &self.file else { return Ok(()) };
        let write = || -> std::io::Result<()> {
            let mut out = out.borrow_mut();
            serde_json::to_writer(&mut *out, line)?;
            out.write_all(b"\n")
        };
        write().with_context(|| format!("cannot write {}", path.display()))
    }

    /// Says how many notes there are, and where.
    pub fn say_notes(&self) {
        let place = match (self.notes.get(), &self.file) {
            (0, _) => return,
            (_, Some((path, _))) => format!("in {}", path.display()),
            (_, None) => "`--report FILE` lists them".to_owned(),
        };
        let count = match self.notes.get() {
            1 => "1 note".to_owned(),
            count => format!("{count} notes"),
        };
        self.screen.note(&format!("{count} on what was read, such as places that may be several: {place}"));
    }

    /// Counts files that are no announcements, by what shows it.
    pub fn pass_over(&self, what: &str, count: usize) {
        *self.passed_over.borrow_mut().entry(what.to_owned()).or_default() += count;
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count.get()
    }

    /// Says what there is to say at the end, and finishes the file.
    pub fn finish(&self) -> anyhow::Result<()> {
        if let Some((path, out)) = &self.file {
            out.borrow_mut().flush().with_context(|| format!("cannot write {}", path.display()))?;
            if self.count.get() > SHOWN {
                self.screen.warning(&format!("{} more are in {}", self.count.get() - SHOWN, path.display()));
            }
        }
        let passed_over = self.passed_over.borrow();
        if !passed_over.is_empty() {
            let forms =
                passed_over.iter().map(|(what, count)| format!("{count} {what}")).collect::<Vec<_>>().join(", ");
            self.screen.note(&format!("passed over: {forms}"));
        }
        Ok(())
    }
}
