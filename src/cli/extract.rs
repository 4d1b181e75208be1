//! `urbi extract`: what files state, without a store.

use anyhow::anyhow;
use urbi::engine::Engine;
use urbi::export::{self, Content, Picture, Settings};
use urbi::fact::{Extraction, quads};
use urbi::intake::{self, Spot};
use urbi::source::{self, Part};
use urbi::view::{self, Schema};

use super::extract_json;
use super::failures::{Failure, Failures};
use super::open;
use super::outcome::{Outcome, wrong_use};
use super::plan::{Extract, ExtractFormat, Setting};
use super::reading;
use super::screen::{self, Screen};

/// A document that has been read.
pub struct Document {
    /// Where it was found.
    pub name: String,
    /// Its bytes, if they are needed.
    pub bytes: Vec<u8>,
    /// What it states.
    pub extraction: Extraction,
}

/// Writes what the files state, as one graph.
pub fn run(setting: &Setting, task: &Extract, screen: &Screen) -> anyhow::Result<Outcome> {
    let failures = Failures::new(screen, task.report.as_deref())?;
    let listing = intake::list(&task.places, task.reading.form.is_some());
    reading::say_listing(&listing, &failures)?;
    if listing.spots.is_empty() && failures.count() == 0 {
        return Err(wrong_use(anyhow!("there is no announcement in any of the places that are named")));
    }
    let bar = screen.bytes(listing.spots.iter().map(Spot::length).sum());
    let outcome = |failures: &Failures<'_>| {
        bar.finish_and_clear();
        failures.finish()?;
        anyhow::Ok(if failures.count() == 0 { Outcome::Done } else { Outcome::Problems })
    };
    if task.format == ExtractFormat::Text {
        screen::result(|out| {
            reading::in_batches(&listing.spots, &task.reading, &failures, &bar, &mut |parts| {
                parts.iter().try_for_each(|part| show(part, &failures, out))
            })
        })?;
        return outcome(&failures);
    }
    let profile = setting.profile()?;
    let engine = Engine::new(&profile, &task.base)?;
    let mut documents = Vec::new();
    reading::in_batches(&listing.spots, &task.reading, &failures, &bar, &mut |parts| {
        for (part, extraction) in parts.iter().zip(reading::extract_all(&engine, parts)) {
            match extraction {
                Ok(extraction) => {
                    // Only what explains facts with their quotes needs the originals.
                    let bytes = if task.format == ExtractFormat::Json { part.bytes.clone() } else { Vec::new() };
                    documents.push(Document { name: part.place.to_string(), bytes, extraction });
                }
                Err(failure) => bar.suspend(|| failures.take(&failure))?,
            }
        }
        Ok(())
    })?;
    let outcome = outcome(&failures)?;
    if documents.is_empty() {
        return Ok(outcome);
    }
    for document in &documents {
        document.extraction.notes.iter().for_each(|note| screen.note(&format!("{}: {note}", document.name)));
    }
    let schema = Schema::from(engine.ontology());
    match task.format {
        ExtractFormat::Json => {
            let json = extract_json::describe(&documents, &task.base, &schema, task.min_confidence)?;
            screen::result(|out| {
                serde_json::to_writer_pretty(&mut *out, &json).map_err(std::io::Error::from)?;
                Ok(writeln!(out)?)
            })?;
        }
        ExtractFormat::Text => {}
        ExtractFormat::Graph(format) => {
            let mut graphs = Vec::new();
            for document in &documents {
                graphs.extend(quads::quads(&task.base, &document.extraction));
            }
            let view = view::of_quads(&task.base, &schema, graphs.clone(), task.min_confidence);
            let context = open::context(&profile)?;
            let settings = Settings { base: &task.base, context: &context, picture: Picture::default() };
            let graphs = if format.has_graphs() { graphs } else { Vec::new() };
            let content = Content { view: &view.triples, graphs: &graphs };
            screen::result(|out| Ok(export::write(format, content, &settings, out)?))?;
        }
    }
    Ok(outcome)
}

/// Writes the blocks of a document: what was read of it.
fn show(part: &Part, failures: &Failures<'_>, out: &mut dyn std::io::Write) -> anyhow::Result<()> {
    match source::read_part(part) {
        Ok(announcement) => {
            let head = format!("{} ({})", part.place, announcement.media_type);
            Ok(write!(out, "{head}\n{}\n", source::show_text(&announcement))?)
        }
        Err(error) => failures.take(&Failure::Read(error)),
    }
}
