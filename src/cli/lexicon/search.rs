//! `urbi lexicon search`.

use urbi::lexicon::Lexicon;

use super::args::Search;
use super::rows;
use crate::cli::outcome::Outcome;
use crate::cli::plan::Setting;
use crate::cli::screen::Screen;

/// Lists entries.
pub fn run(setting: &Setting, task: &Search, screen: &Screen) -> anyhow::Result<Outcome> {
    let lexicon = Lexicon::load(&setting.profile()?)?;
    let (found, more) = lexicon.search(&task.name, task.limit);
    if found.is_empty() {
        screen.warning(&format!("no name of the lexicon begins with {:?}", task.name));
        screen.hint(&format!("urbi lexicon add '{}' --kind City adds one", task.name.replace('\'', "’")));
        return Ok(Outcome::Problems);
    }
    let cells = found.iter().map(|found| {
        let entry = lexicon.entry(found.hit.entry);
        let population = if entry.population > 0 { entry.population.to_string() } else { String::new() };
        let country = entry.country.unwrap_or_default().to_owned();
        vec![
            entry.label.to_owned(),
            entry.kind.name().to_owned(),
            entry.key().into_owned(),
            country,
            population,
            found.name.clone(),
        ]
    });
    rows(["entry", "kind", "key", "country", "inhabitants", "found as"], cells.collect())?;
    if more > 0 {
        screen.note(&format!("and {more} more; --limit shows more, a longer beginning fewer"));
    }
    Ok(Outcome::Done)
}
