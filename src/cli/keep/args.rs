//! The arguments of the commands that keep a store.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::Timestamp;

/// Keeping a store.
#[derive(Debug, Subcommand)]
pub enum Keep {
    /// Take documents out of the store, with all that they alone state
    Forget(Forget),
    /// Read all documents of the store again, or check that this would change nothing
    Rebuild(Rebuild),
    /// Copy the store into a folder, which is a store too
    Backup(Backup),
    /// Make a store from a backup, and check it
    Restore(Restore),
    /// Write the whole store as one file, for other machines and later versions
    Dump(Dump),
    /// Make a store from such a file
    Load(Load),
    /// Keep the graph of now under a name, for those who follow it
    #[command(after_help = "\
Examples:
  urbi release make 2026-11
  urbi release list
  urbi export --since 2026-10 --format rdf-patch
  urbi release drop 2025-01")]
    Release {
        /// What to do.
        #[command(subcommand)]
        command: Release,
    },
}

/// `urbi forget`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  urbi forget news/2021-10-27.txt
  urbi forget news                             all documents of a folder, or of an archive
  urbi forget document/9c56cc51                by the beginning of its name
  urbi forget press-release.txt --purge        leave none of its words on the disk
  urbi forget news --dry-run

A document that another file has given too stays. A file that is still at its place comes back with the next build of its
folder. `urbi build FOLDER --prune` forgets the files of a folder that are no more.")]
pub struct Forget {
    /// Files, folders, web addresses or documents, as the store knows them
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<String>,
    /// Write the database anew, so that nothing of the documents is left in its files
    #[arg(long)]
    pub purge: bool,
    /// Only say what would be forgotten
    #[arg(long, short = 'n')]
    pub dry_run: bool,
}

/// `urbi rebuild`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  urbi rebuild                                 read everything again with the rules of today
  urbi rebuild --verify                        is the store what a rebuild would give, byte for byte?

The original of each document is kept in the store: the files need not be there any more. Decisions of curators stay. The
store that there was is in use until the new one is whole.")]
pub struct Rebuild {
    /// Change nothing: build a second store and compare; the exit code is 1 if they differ
    #[arg(long)]
    pub verify: bool,
}

/// `urbi backup`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  urbi backup /backups/urbi-2026-11-25
  urbi query 1 --store /backups/urbi-2026-11-25

The copy can be read while another process writes the store. On the same disk it takes little time and room: files that
never change are linked.")]
pub struct Backup {
    /// A folder that does not exist yet
    #[arg(value_name = "DIR")]
    pub target: PathBuf,
}

/// `urbi restore`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  urbi restore /backups/urbi-2026-11-25
  urbi restore /backups/urbi-2026-11-25 --store other.db

There must be no store yet where --store says: move the broken one away. Every original is read and held against its name.")]
pub struct Restore {
    /// The folder of the backup
    #[arg(value_name = "DIR")]
    pub backup: PathBuf,
}

/// `urbi dump`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  urbi dump -o store.tar.zst
  urbi dump | ssh elsewhere urbi load -

Evidence, decisions, originals and releases; the graph follows from them. The same content gives the same bytes.")]
pub struct Dump {
    /// The file to write, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `urbi load`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  urbi load store.tar.zst
  urbi load store.tar.zst --store other.db

There must be no store yet where --store says.")]
pub struct Load {
    /// The file; - is standard input
    #[arg(value_name = "FILE")]
    pub input: PathBuf,
}

/// `urbi release`.
#[derive(Debug, Subcommand)]
pub enum Release {
    /// Keep the graph as it is now
    #[command(after_help = "Example:\n  urbi release make 2026-11\n\nA release never changes.")]
    Make {
        /// Letters, digits, `-`, `_` and `.`
        name: String,
        /// The time to note, such as 2026-11-25T09:30:00Z [default: now]
        #[arg(long, value_name = "TIME")]
        time: Option<Timestamp>,
    },
    /// List the releases, the earliest first
    #[command(after_help = "Example:\n  urbi release list")]
    List,
    /// Remove a release
    #[command(after_help = "Example:\n  urbi release drop 2025-01")]
    Drop {
        /// Its name
        name: String,
    },
}
