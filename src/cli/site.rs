//! `urbi export --format site`.

use std::path::Path;
use std::sync::Arc;

use urbi::site::{Site, folder::Writer, schema_org::SchemaOrg};
use urbi::store::Store;

use super::open;
use super::outcome::Outcome;
use super::plan::Setting;
use super::screen::Screen;

/// Writes a page for every thing into a folder, with the words of announcements or without.
pub fn run(setting: &Setting, folder: &Path, quotes: bool, screen: &Screen) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let context = open::context(&profile)?;
    let schema = SchemaOrg::new(&profile)?;
    let site = Site::new(Arc::new(Store::open_read_only(&setting.store)?), &profile)?;
    let bar = screen.progress(site.pages()?.len() + site.store().explained()?.len());
    let writer = Writer { site: &site, context: &context, schema: &schema, quotes };
    let pages = writer.write(folder, &|| bar.inc(1))?;
    bar.finish_and_clear();
    screen.note(&format!(
        "{pages} pages in {}; it begins with {}",
        folder.display(),
        folder.join("index.html").display()
    ));
    Ok(Outcome::Done)
}
