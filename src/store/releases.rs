//! Named releases of the view: what the graph said when somebody published it.
//!
//! ```text
//! releases/2026-11.nt.zst   N-Triples, sorted, compressed (Zstandard); comments at its top say name, time, change and digest
//! ```
//!
//! A release is a file of its own and never changes. It holds the view alone: the words of documents stay in the store.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::PathBuf,
};

use jiff::Timestamp;
use oxrdf::Triple;
use oxttl::NTriplesParser;
use sha2::{Digest, Sha256};

use super::{
    Store,
    error::StoreError,
    layout::{sync_folder, write_whole},
};

/// A release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its name.
    pub name: String,
    /// When it was made.
    pub time: Timestamp,
    /// How many changes the store had seen; see [`Store::commit_number`].
    pub commits: u64,
    /// How many triples it holds.
    pub triples: u64,
    /// SHA-256 of its triples as sorted N-Triples, lower-case hexadecimal.
    pub digest: String,
}

/// The longest name.
const LONGEST: usize = 64;
/// What the names of files end in.
const ENDING: &str = ".nt.zst";

/// The digest of sorted triples as N-Triples.
pub fn digest(triples: &[Triple]) -> String {
    let mut hash = Sha256::new();
    triples.iter().for_each(|triple| hash.update(format!("{triple} .\n")));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Store {
    /// Keeps the view of now under a name.
    ///
    /// # Errors
    /// If the name cannot be that of a file or is taken, or the file system refuses.
    pub fn release(&self, name: &str, time: Timestamp) -> Result<Release, StoreError> {
        self.writable()?;
        let path = self.release_path(name)?;
        if path.exists() {
            return Err(StoreError::ReleaseExists(name.to_owned()));
        }
        let view = self.view_triples()?;
        let release = Release {
            name: name.to_owned(),
            time,
            commits: self.commit_number()?,
            triples: view.len() as u64,
            digest: digest(&view),
        };
        let mut text = format!(
            "# release {name}\n# time {time}\n# commits {}\n# triples {}\n# digest {}\n",
            release.commits, release.triples, release.digest
        );
        view.iter().for_each(|triple| text.push_str(&format!("{triple} .\n")));
        let write = || {
            let folder = path.parent().unwrap_or(&path);
            fs::create_dir_all(folder)?;
            write_whole(&path, &zstd::encode_all(text.as_bytes(), 0)?)?;
            sync_folder(folder)
        };
        write().map_err(|source| StoreError::Release { action: "write", path: path.clone(), source })?;
        Ok(release)
    }

    /// All releases, the earliest first.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn releases(&self) -> Result<Vec<Release>, StoreError> {
        let Some(folder) = self.folder.as_ref().map(|folder| folder.releases()) else { return Ok(Vec::new()) };
        let entries = match fs::read_dir(&folder) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|source| StoreError::Release { action: "read", path: folder, source })?,
        };
        let mut releases = Vec::new();
        for entry in entries.flatten() {
            if let Some(name) = entry.file_name().to_str().and_then(|name| name.strip_suffix(ENDING)) {
                releases.push(self.open_release(name)?.0);
            }
        }
        releases.sort_by(|a, b| (a.commits, a.time, &a.name).cmp(&(b.commits, b.time, &b.name)));
        Ok(releases)
    }

    /// The triples of a release, sorted as their N-Triples lines.
    ///
    /// # Errors
    /// If there is no such release, or it is damaged or cannot be read.
    pub fn released(&self, name: &str) -> Result<(Release, Vec<Triple>), StoreError> {
        let (release, rest, path) = self.open_release(name)?;
        let damaged = |reason: String| StoreError::Release {
            action: "read",
            path: path.clone(),
            source: io::Error::new(io::ErrorKind::InvalidData, reason),
        };
        let triples: Vec<Triple> =
            NTriplesParser::new().for_reader(rest).collect::<Result<_, _>>().map_err(|e| damaged(e.to_string()))?;
        if digest(&triples) != release.digest {
            return Err(damaged("its triples are not those that it was made with".to_owned()));
        }
        Ok((release, triples))
    }

    /// Removes a release.
    ///
    /// # Errors
    /// If there is none of this name, or the file system refuses.
    pub fn drop_release(&self, name: &str) -> Result<(), StoreError> {
        self.writable()?;
        let path = self.release_path(name)?;
        match fs::remove_file(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Err(self.no_release(name)),
            done => done.map_err(|source| StoreError::Release { action: "remove", path, source }),
        }
    }

    /// The files of all releases, by name, as they lie in the store.
    pub(super) fn release_files(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let mut names: Vec<String> = self.releases()?.into_iter().map(|release| release.name).collect();
        names.sort();
        let read = |name: String| {
            let path = self.release_path(&name)?;
            let bytes = fs::read(&path).map_err(|source| StoreError::Release { action: "read", path, source })?;
            Ok((format!("{name}{ENDING}"), bytes))
        };
        names.into_iter().map(read).collect()
    }

    /// Puts the file of a release in its place.
    pub(super) fn put_release_file(&self, file: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.release_path(file.strip_suffix(ENDING).unwrap_or(file))?;
        let write = || {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            write_whole(&path, bytes)
        };
        write().map_err(|source| StoreError::Release { action: "write", path: path.clone(), source })
    }

    fn release_path(&self, name: &str) -> Result<PathBuf, StoreError> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let fits = (1..=LONGEST).contains(&name.len()) && name.chars().all(plain) && !name.starts_with(['.', '-']);
        match &self.folder {
            Some(folder) if fits => Ok(folder.releases().join(format!("{name}{ENDING}"))),
            Some(_) => Err(StoreError::ReleaseName(name.to_owned())),
            None => Err(StoreError::ReadOnly(self.name.clone())),
        }
    }

    fn open_release(&self, name: &str) -> Result<(Release, impl Read, PathBuf), StoreError> {
        let path = self.release_path(name)?;
        let failed = |source| StoreError::Release { action: "read", path: path.clone(), source };
        let file = match File::open(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(self.no_release(name)),
            file => file.map_err(failed)?,
        };
        let mut text = BufReader::new(zstd::Decoder::new(file).map_err(failed)?);
        let mut said = |what: &str| -> io::Result<String> {
            let mut line = String::new();
            text.read_line(&mut line)?;
            let value = line.trim_end().strip_prefix("# ").and_then(|line| line.strip_prefix(what)?.strip_prefix(' '));
            let missing = || io::Error::new(io::ErrorKind::InvalidData, format!("its head does not say its {what}"));
            value.map(str::to_owned).ok_or_else(missing)
        };
        let mut read = || -> io::Result<Release> {
            let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, format!("its {what} is none"));
            Ok(Release {
                name: said("release")?,
                time: said("time")?.parse().map_err(|_| wrong("time"))?,
                commits: said("commits")?.parse().map_err(|_| wrong("commits"))?,
                triples: said("triples")?.parse().map_err(|_| wrong("triples"))?,
                digest: said("digest")?,
            })
        };
        let release = read().map_err(failed)?;
        Ok((release, text, path))
    }

    fn no_release(&self, name: &str) -> StoreError {
        let known = self.releases().unwrap_or_default().into_iter().map(|release| release.name).collect();
        StoreError::NoRelease { name: name.to_owned(), known }
    }
}
