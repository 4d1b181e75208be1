//! `urbi update`.

use urbi::query;
use urbi::store::Store;
use urbi::vocab::PREFIXES;

use super::open;
use super::outcome::Outcome;
use super::plan::{Setting, Update};
use super::screen::Screen;

/// Changes graphs of others in the store.
pub fn run(setting: &Setting, task: &Update, screen: &Screen) -> anyhow::Result<Outcome> {
    let (origin, text) = match task {
        Update::Given(text) => ("update".to_owned(), text.clone()),
        Update::Stdin => ("standard input".to_owned(), open::standard_input("update")?),
        Update::File(path) => (path.display().to_string(), open::text(path, "update")?),
    };
    let update = query::Update::parse(&origin, &text, PREFIXES)?;
    let store = Store::open(&setting.store, None)?;
    update.on_store(&store)?;
    store.flush()?;
    screen.note("done");
    Ok(Outcome::Done)
}
