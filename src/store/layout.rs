//! The folder of a store.
//!
//! ```text
//! urbi.db/
//!   store.toml   layout version, base IRI, version of the program that made it, the folder of the database; its presence
//!                makes the folder a store
//!   lock         locked by the process that writes, or by those that read
//!   rdf/         the database; `rdf-2`, `rdf-3`, … after it was written anew
//!   text/        the full-text index, which can be made anew: see `search`
//!   originals/   the bytes of the documents: see `originals`
//!   releases/    named states of the view: see `releases`
//!   reading.zst  what the documents were read with: see `reading`
//! ```
//!
//! A database that is written anew (a rebuild, a purge) lies beside the old one until it is whole; then `store.toml` names it,
//! in one step. What `store.toml` does not name is left over from a process that died, and goes when the store is opened to
//! be written.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::error::OpenError;
use crate::vocab::Base;

/// The layout that this program writes. Older ones can be read, and become this one when they are opened to be written:
///
/// 1. The database is always `rdf`.
/// 2. `store.toml` names the folder of the database.
pub const LAYOUT: u32 = 2;
/// The file whose presence makes a folder a store.
pub const DESCRIPTION: &str = "store.toml";

/// What `store.toml` says.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Description {
    layout: u32,
    base: String,
    program: String,
    /// The folder of the database.
    #[serde(default = "first_database")]
    database: String,
}

const DATABASE: &str = "rdf";

fn first_database() -> String {
    DATABASE.to_owned()
}

/// How a store is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Alone, to read and write.
    Write,
    /// Beside other readers, and not beside a writer.
    Read,
}

/// A store's folder, locked.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    description: Description,
    /// Held as long as the store is open. None on a file system that knows no locks for files that cannot be written.
    _lock: Option<File>,
}

impl Folder {
    /// Makes a new store folder. The folder may exist if it is empty.
    pub fn create(path: &Path, base: &Base) -> Result<Folder, OpenError> {
        let io_error = |action, path: &Path| {
            let path = path.to_owned();
            move |source| OpenError::Io { action, path, source }
        };
        if path.join(DESCRIPTION).exists() {
            return Err(OpenError::Exists(path.to_owned()));
        }
        fs::create_dir_all(path).map_err(io_error("create", path))?;
        let mut entries = fs::read_dir(path).map_err(io_error("read", path))?;
        // The lock alone: another process is about to make the same store, or was stopped before it could.
        if entries.any(|entry| entry.is_ok_and(|entry| entry.file_name() != "lock")) {
            return Err(OpenError::NotAStore(path.to_owned()));
        }
        let lock = lock(path, Access::Write)?;
        let description = Description {
            layout: LAYOUT,
            base: base.as_str().to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            database: first_database(),
        };
        let folder = Folder { path: path.to_owned(), description, _lock: lock };
        folder.describe()?;
        Ok(folder)
    }

    /// Writes `store.toml`, whole and synced.
    fn describe(&self) -> Result<(), OpenError> {
        let text = toml::to_string(&self.description)
            .map_err(|e| OpenError::Damaged { path: self.path.clone(), reason: e.to_string() })?;
        let file = self.path.join(DESCRIPTION);
        let written = write_whole(&file, text.as_bytes()).and_then(|()| sync_folder(&self.path));
        written.map_err(|source| OpenError::Io { action: "write", path: file, source })
    }

    /// Opens a store's folder, and says with which base it was made.
    pub fn open(path: &Path, access: Access) -> Result<(Folder, Base), OpenError> {
        let file = path.join(DESCRIPTION);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound || e.kind() == io::ErrorKind::NotADirectory => {
                return Err(match fs::read_dir(path).map(Iterator::count) {
                    Ok(0) => OpenError::Missing(path.to_owned()),
                    Err(e) if e.kind() == io::ErrorKind::NotFound => OpenError::Missing(path.to_owned()),
                    _ => OpenError::NotAStore(path.to_owned()),
                });
            }
            Err(e) if e.kind() == io::ErrorKind::InvalidData => {
                return Err(OpenError::Damaged { path: path.to_owned(), reason: format!("{DESCRIPTION}: {e}") });
            }
            Err(source) => return Err(OpenError::Io { action: "read", path: file, source }),
        };
        let damaged = |reason: String| OpenError::Damaged { path: path.to_owned(), reason };
        let found: Description =
            toml::from_str(&text).map_err(|e| damaged(format!("{DESCRIPTION}: {}", e.message())))?;
        if found.layout > LAYOUT {
            return Err(OpenError::Newer { path: path.to_owned(), found: found.layout, program: found.program });
        }
        let base = Base::new(&found.base).map_err(|e| damaged(format!("{DESCRIPTION}: {e}")))?;
        let lock = lock(path, access)?;
        let plain = |name: &str| name.starts_with(DATABASE) && !name.contains(['/', '\\']);
        if !plain(&found.database) {
            return Err(damaged(format!("{DESCRIPTION}: {:?} is no folder of a database", found.database)));
        }
        let mut folder = Folder { path: path.to_owned(), description: found, _lock: lock };
        let kept = fs::read_dir(folder.originals()).is_ok_and(|mut entries| entries.next().is_some());
        if kept && !folder.rdf().join("CURRENT").exists() {
            return Err(damaged(format!("the database in {}/ is missing", folder.description.database)));
        }
        if access == Access::Write {
            folder.migrate()?;
            folder.tidy()?;
        }
        Ok((folder, base))
    }

    /// Makes an older layout the one of this program.
    fn migrate(&mut self) -> Result<(), OpenError> {
        if self.description.layout < LAYOUT {
            // From 1 to 2: `database` has been read as what it always was.
            self.description.layout = LAYOUT;
            self.describe()?;
        }
        Ok(())
    }

    /// Removes databases that are not in use: one that has been succeeded, or that of a process that died while it wrote
    /// one anew.
    pub fn tidy(&self) -> Result<(), OpenError> {
        let entries = fs::read_dir(&self.path);
        let entries = entries.map_err(|source| OpenError::Io { action: "read", path: self.path.clone(), source })?;
        for entry in entries.flatten() {
            let name = entry.file_name();
            let is_database = name.to_str().is_some_and(|name| name == DATABASE || name.starts_with("rdf-"));
            if is_database && name != self.description.database.as_str() {
                let path = entry.path();
                fs::remove_dir_all(&path).map_err(|source| OpenError::Io { action: "remove", path, source })?;
            }
        }
        Ok(())
    }

    /// Removes the full-text index, which may hold words of what has been forgotten; it is made anew when it is asked for.
    pub fn drop_text(&self) -> Result<(), OpenError> {
        let path = self.path.join("text");
        match fs::remove_dir_all(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(OpenError::Io { action: "remove", path, source })
            }
            _ => Ok(()),
        }
    }

    /// Where it is written what the documents were read with.
    pub fn reading(&self) -> PathBuf {
        self.path.join("reading.zst")
    }

    /// Where releases lie.
    pub fn releases(&self) -> PathBuf {
        self.path.join("releases")
    }

    /// Describes a copy of the store in another folder, whose database lies in `rdf`.
    pub fn describe_copy(&self, target: &Path) -> Result<(), OpenError> {
        let description = Description { database: first_database(), ..self.description.clone() };
        Folder { path: target.to_owned(), description, _lock: None }.describe()
    }

    /// Where a database goes that is to take the place of the present one.
    pub fn next_rdf(&self) -> PathBuf {
        let number = self.description.database.rsplit_once('-').and_then(|(_, number)| number.parse::<u64>().ok());
        self.path.join(format!("{DATABASE}-{}", number.unwrap_or(1) + 1))
    }

    /// Makes the database in [`Folder::next_rdf`], which is whole and synced, the one of the store. The old one stays until
    /// [`Folder::tidy`].
    pub fn succeed(&mut self) -> Result<(), OpenError> {
        let next = self.next_rdf();
        self.description.database =
            next.file_name().and_then(|name| name.to_str()).map_or_else(first_database, str::to_owned);
        self.describe()
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the database lies.
    pub fn rdf(&self) -> PathBuf {
        self.path.join(&self.description.database)
    }

    /// Where the original bytes lie.
    pub fn originals(&self) -> PathBuf {
        self.path.join("originals")
    }
}

fn lock(path: &Path, access: Access) -> Result<Option<File>, OpenError> {
    let file = path.join("lock");
    let opened = match access {
        Access::Write => OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&file),
        Access::Read => File::open(&file),
    };
    let mut opened = match opened {
        Ok(opened) => opened,
        // A copy without the lock, on a disk that cannot be written: nobody else can write it either.
        Err(e) if access == Access::Read && e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(OpenError::Io { action: "write", path: file, source }),
    };
    let locked = match access {
        Access::Write => opened.try_lock(),
        Access::Read => opened.try_lock_shared(),
    };
    match locked {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let known = opened.read_to_string(&mut holder).is_ok() && !holder.is_empty();
            return Err(OpenError::InUse { path: path.to_owned(), holder: known.then_some(holder) });
        }
        Err(TryLockError::Error(source)) => return Err(OpenError::Io { action: "lock", path: file, source }),
    }
    if access == Access::Write {
        // For the message of others only.
        let pid = std::process::id().to_string();
        let noted = opened.set_len(0).and_then(|()| opened.rewind()).and_then(|()| opened.write_all(pid.as_bytes()));
        noted.map_err(|source| OpenError::Io { action: "write", path: file, source })?;
    }
    Ok(Some(opened))
}

/// Writes a file so that it is there wholly or not at all, and on the disk when this returns.
pub fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = file.with_extension(format!("{}.new", std::process::id()));
    let written = (|| {
        let mut out = File::create(&temporary)?;
        out.write_all(bytes)?;
        out.sync_all()?;
        drop(out);
        fs::rename(&temporary, file)
    })();
    if written.is_err() {
        // The error that matters is the first.
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Brings the names in a folder to the disk.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened as a file; the file system keeps names in order.
#[cfg(not(unix))]
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
