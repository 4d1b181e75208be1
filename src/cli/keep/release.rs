//! `urbi release`.

use jiff::Timestamp;
use urbi::store::Store;

use super::args::Release;
use crate::cli::outcome::Outcome;
use crate::cli::plan::Setting;
use crate::cli::screen::{self, Screen};

/// Makes, lists or removes releases.
#[expect(clippy::disallowed_methods, reason = "a release says when it was made")]
pub fn run(setting: &Setting, task: &Release, screen: &Screen) -> anyhow::Result<Outcome> {
    match task {
        Release::Make { name, time } => {
            let store = setting.open_to_write(None)?;
            let now = || Timestamp::from_second(Timestamp::now().as_second());
            let release = store.release(name, time.map_or_else(now, Ok)?)?;
            screen.note(&format!("release {name}: {} triples", release.triples));
            screen.hint(&format!("urbi export --since {name} --format rdf-patch"));
        }
        Release::List => {
            let releases = Store::open_read_only(&setting.store)?.releases()?;
            screen::result(|out| {
                for release in &releases {
                    let time = release.time;
                    writeln!(out, "{}\t{time}\t{} triples\t{}", release.name, release.triples, release.digest)?;
                }
                Ok(())
            })?;
            if releases.is_empty() {
                screen.note("there is no release; urbi release make NAME makes one");
            }
        }
        Release::Drop { name } => {
            setting.open_to_write(None)?.drop_release(name)?;
            screen.note(&format!("release {name} is gone"));
        }
    }
    Ok(Outcome::Done)
}
