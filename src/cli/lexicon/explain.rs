//! `urbi lexicon explain`.

use std::collections::BTreeMap;
use std::io::Write;

use urbi::lexicon::{Hit, Kind, Lexicon, origins};
use urbi::profile::Profile;
use urbi::resolve::usual_place;

use super::args::Explain;
use super::line;
use crate::cli::outcome::Outcome;
use crate::cli::plan::Setting;
use crate::cli::screen::{self, Screen};

/// Shows what a name may mean.
pub fn run(setting: &Setting, task: &Explain, screen: &Screen) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let lexicon = Lexicon::load(&profile)?;
    let hits = lexicon.hits(&task.name);
    if hits.is_empty() {
        screen.warning(&format!("the lexicon does not have the name {:?}", task.name));
        screen.hint("urbi lexicon search lists names that begin so; urbi lexicon add adds one");
        return Ok(Outcome::Problems);
    }
    screen::result(|out| {
        let s = if hits.len() == 1 { "entry" } else { "entries" };
        writeln!(out, "{} may mean {} {s}:", task.name, hits.len())?;
        for (number, hit) in hits.iter().enumerate() {
            write!(out, "\n{}. ", number + 1)?;
            meaning(&profile, &lexicon, &task.name, *hit, out)?;
        }
        writeln!(out)?;
        verdict(&lexicon, &task.name, &hits, out)
    })?;
    Ok(Outcome::Done)
}

fn meaning(profile: &Profile, lexicon: &Lexicon, name: &str, hit: Hit, out: &mut dyn Write) -> anyhow::Result<()> {
    let entry = lexicon.entry(hit.entry);
    writeln!(out, "{} ({})", entry.label, line(&entry))?;
    let part = if hit.primary { "its main name" } else { "another name of it" };
    let capitals = if hit.acronym { ", only in capitals" } else { "" };
    let word =
        if hit.common_word { "; also an ordinary word or very short, so that more must speak for it" } else { "" };
    writeln!(out, "   {part}{capitals}{word}")?;
    writeln!(out, "   cited as {}", entry.source())?;
    for (_, link) in entry.links() {
        writeln!(out, "   {link}")?;
    }
    for origin in origins(profile, &entry, name)? {
        let line = if origin.line > 0 { format!(":{}", origin.line) } else { String::new() };
        let names_it = if origin.names_it { " has the name" } else { "" };
        writeln!(out, "   {}{line}{names_it}", origin.file)?;
    }
    Ok(())
}

/// Which of the meanings an announcement is taken to speak of.
fn verdict(lexicon: &Lexicon, name: &str, hits: &[Hit], out: &mut dyn Write) -> anyhow::Result<()> {
    let mut kinds: BTreeMap<Kind, Vec<Hit>> = BTreeMap::new();
    hits.iter().for_each(|hit| kinds.entry(lexicon.entry(hit.entry).kind).or_default().push(*hit));
    for (kind, hits) in &kinds {
        let cities: Vec<_> = hits.iter().map(|hit| hit.entry).collect();
        let winner = if *kind == Kind::City { usual_place(lexicon, name, &cities) } else { cities.first().copied() };
        let Some(winner) = winner.map(|entry| lexicon.entry(entry)) else { continue };
        let which = format!("{} {}", winner.label, winner.key());
        match (kind, hits.len()) {
            (_, 1) => writeln!(out, "as {}: {which}, the only one", kind.name())?,
            (Kind::City, _) => writeln!(
                out,
                "as City: ambiguous. A country or region behind the name decides, then the countries that the announcement \
                 names and those of other places in it; without any, {which} wins by inhabitants and exact spelling"
            )?,
            _ => writeln!(
                out,
                "as {}: ambiguous, and nothing in a text tells them apart: {which} wins, the first by inhabitants, then by \
                 your own tables before those of the program, then by their order",
                kind.name()
            )?,
        }
    }
    if kinds.len() > 1 {
        let names: Vec<&str> = kinds.keys().map(|kind| kind.name()).collect();
        writeln!(out, "of several kinds ({}): each rule takes the kind that it asks for", names.join(", "))?;
    }
    Ok(())
}
