//! Whole files to write.

use std::io::Write;
use std::path::Path;

use anyhow::Context as _;

/// The name of a file below the folder that one is in, as one would type it.
pub fn here(source: &str) -> &str {
    let folder = std::env::current_dir().ok().and_then(|folder| folder.into_os_string().into_string().ok());
    let below = folder.and_then(|folder| source.strip_prefix(folder.as_str())?.strip_prefix('/'));
    below.unwrap_or(source)
}

/// Writes a file that is there whole or not at all: beside its place first, and then renamed.
pub fn write(path: &Path, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    // A device or a named pipe (`-o /dev/stdout`) cannot be replaced.
    if path.exists() && !path.is_file() {
        let mut out = std::fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        return write(&mut out);
    }
    let mut name = path.file_name().with_context(|| format!("{} is no file name", path.display()))?.to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = || -> anyhow::Result<()> {
        let mut out = std::fs::File::create(&part)?;
        write(&mut out)?;
        out.sync_all()?;
        Ok(std::fs::rename(&part, path)?)
    };
    written()
        .inspect_err(|_| {
            // Whether the part can be removed or not, the first error is the one to tell.
            let _ = std::fs::remove_file(&part);
        })
        .with_context(|| format!("cannot write {}", path.display()))
}
