//! `urbi build --watch`: what changes below the named places.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::outcome::wrong_use;
use super::screen::Screen;

/// How long nothing may change before what has changed is read: programs write files in several steps.
const QUIET: Duration = Duration::from_millis(300);

/// Sees changes from when it is made.
pub struct Watch {
    /// Ends the watching when it is dropped.
    _watcher: RecommendedWatcher,
    changes: Receiver<notify::Result<Event>>,
    folders: usize,
}

impl Watch {
    /// Watches folders with all in them, files, and the folders that patterns begin with.
    pub fn new(places: &[PathBuf]) -> anyhow::Result<Watch> {
        let (sender, changes) = channel();
        let mut watcher = notify::recommended_watcher(sender).context("cannot watch files")?;
        let mut folders = BTreeSet::new();
        for place in places {
            let (folder, mode) = match folder_of(place) {
                Some(folder) if place.is_dir() => (folder, RecursiveMode::Recursive),
                Some(folder) if place.is_file() => (folder, RecursiveMode::NonRecursive),
                Some(folder) => (folder, RecursiveMode::Recursive),
                None => continue,
            };
            watcher.watch(&folder, mode).with_context(|| format!("cannot watch {}", folder.display()))?;
            folders.insert(folder);
        }
        if folders.is_empty() {
            return Err(wrong_use(anyhow!(
                "--watch needs files or folders; addresses and standard input are read once"
            )));
        }
        Ok(Watch { _watcher: watcher, changes, folders: folders.len() })
    }

    /// Hands over the files that have changed, whenever some have, until that fails. If `take` says that it cannot be now, it
    /// is asked again.
    pub fn each(
        &self,
        screen: &Screen,
        take: &mut dyn FnMut(&BTreeSet<PathBuf>) -> anyhow::Result<bool>,
    ) -> anyhow::Result<()> {
        let places = if self.folders == 1 { "folder" } else { "folders" };
        screen.note(&format!("watching {} {places}; Ctrl-C ends it", self.folders));
        let mut changed = BTreeSet::new();
        loop {
            if changed.is_empty() {
                match self.changes.recv() {
                    Ok(event) => collect(event, &mut changed, screen),
                    // The system no longer tells what changes.
                    Err(_) => return Ok(()),
                }
            }
            while let Ok(event) = self.changes.recv_timeout(QUIET) {
                collect(event, &mut changed, screen);
            }
            if !changed.is_empty() && take(&changed)? {
                changed.clear();
            }
        }
    }
}

/// The folder to watch for a place. None for addresses and standard input.
fn folder_of(place: &Path) -> Option<PathBuf> {
    let text = place.to_string_lossy();
    if text == "-" || text.contains("://") {
        return None;
    }
    if place.is_dir() {
        return Some(place.to_owned());
    }
    let is_pattern = |part: &Path| part.to_string_lossy().contains(['*', '?', '[']);
    let folder = place.ancestors().skip(1).find(|part| !is_pattern(part)).unwrap_or(Path::new(""));
    Some(if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
}

fn collect(event: notify::Result<Event>, changed: &mut BTreeSet<PathBuf>, screen: &Screen) {
    match event {
        Err(error) => screen.warning(&format!("cannot watch: {error}")),
        Ok(event) if matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Any) => {
            changed.extend(event.paths.into_iter().filter_map(|path| path.canonicalize().ok()));
        }
        Ok(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_to_watch() {
        let folder = |place: &str| folder_of(Path::new(place)).map(|folder| folder.display().to_string());
        assert_eq!(folder("news/**/a.html").as_deref(), Some("news"));
        assert_eq!(folder("*.txt").as_deref(), Some("."));
        assert_eq!(folder("a.txt").as_deref(), Some("."));
        assert_eq!(folder("https://example.org/"), None);
        assert_eq!(folder("-"), None);
    }
}
