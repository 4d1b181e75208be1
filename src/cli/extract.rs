//! `urbi extract`: what files state, without a store.

use std::io::Write;

use anyhow::anyhow;
use indicatif::ProgressBar;
use urbi::engine::Engine;
use urbi::export::{self, Content, Settings};
use urbi::fact::{Extraction, quads};
use urbi::intake::{self, Spot};
use urbi::source::{self, Part};
use urbi::view::{self, Schema};

use super::extract_json;
use super::failures::{Failure, Failures};
use super::open;
use super::outcome::{Outcome, wrong_use};
use super::plan::{Extract, ExtractFormat, Setting};
use super::reading::{self, Reader, Work};
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
    let failures = Failures::new(screen, task.reading.report.as_deref())?;
    let listing = intake::list(&task.places, task.reading.settings.form.is_some());
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
    let reader = Reader { reading: &task.reading, recall: &|_| None, failures: &failures, bar: &bar };
    if task.format == ExtractFormat::Text {
        screen::result(|out| reader.read(&listing.spots, &mut Show { failures: &failures, out }))?;
        return outcome(&failures);
    }
    let profile = setting.profile()?;
    let engine = Engine::new(&profile, &task.base)?;
    let json = task.format == ExtractFormat::Json;
    let mut collect = Collect { engine: &engine, json, failures: &failures, bar: &bar, documents: Vec::new() };
    reader.read(&listing.spots, &mut collect)?;
    let documents = collect.documents;
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
            let settings = Settings::new(&task.base, &context);
            let graphs = if format.has_graphs() { graphs } else { Vec::new() };
            let content = Content { view: &view.triples, graphs: &graphs };
            screen::result(|out| Ok(export::write(format, &content, &settings, out)?))?;
        }
    }
    Ok(outcome)
}

/// Collects what documents state.
struct Collect<'a> {
    engine: &'a Engine,
    /// Whether facts will be explained with their quotes, which needs the originals.
    json: bool,
    failures: &'a Failures<'a>,
    bar: &'a ProgressBar,
    documents: Vec<Document>,
}

impl Work for Collect<'_> {
    fn batch(&mut self, parts: &[Part]) -> anyhow::Result<()> {
        for (part, extraction) in parts.iter().zip(reading::extract_all(self.engine, parts)) {
            match extraction {
                Ok(extraction) => {
                    let place = part.place.to_string();
                    extraction.notes.iter().try_for_each(|note| self.failures.note(&place, note))?;
                    let bytes = if self.json { part.bytes.clone() } else { Vec::new() };
                    self.documents.push(Document { name: place, bytes, extraction });
                }
                Err(failure) => self.bar.suspend(|| self.failures.take(&failure))?,
            }
        }
        Ok(())
    }
}

/// Writes the blocks of documents: what was read of them.
struct Show<'a> {
    failures: &'a Failures<'a>,
    out: &'a mut dyn Write,
}

impl Work for Show<'_> {
    fn batch(&mut self, parts: &[Part]) -> anyhow::Result<()> {
        for part in parts {
            match source::read_part(part) {
                Ok(read) => {
                    writeln!(self.out, "{} ({})\n{}", part.place, read.media_type, source::show_text(&read))?;
                }
                Err(error) => self.failures.take(&Failure::Read(error))?,
            }
        }
        Ok(())
    }
}
