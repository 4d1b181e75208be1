//! Keeping a store: forgetting documents, rebuilding, copies, releases.

pub mod args;
mod copies;
mod forget;
mod rebuild;
mod release;

use super::outcome::Outcome;
use super::plan::Setting;
use super::screen::Screen;
use args::Keep;

/// Does what was asked.
pub fn run(setting: &Setting, task: &Keep, screen: &Screen) -> anyhow::Result<Outcome> {
    match task {
        Keep::Forget(task) => forget::run(setting, task, screen),
        Keep::Rebuild(task) => rebuild::run(setting, task, screen),
        Keep::Backup(task) => copies::backup(setting, task, screen),
        Keep::Restore(task) => copies::restore(setting, task, screen),
        Keep::Dump(task) => copies::dump(setting, task, screen),
        Keep::Load(task) => copies::load(setting, task, screen),
        Keep::Release { command } => release::run(setting, command, screen),
    }
}

/// A number of things, in words.
fn number(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
