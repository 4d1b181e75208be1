//! `urbi extract`: what files state, without a store.

use std::io::Read;

use anyhow::Context as _;
use rayon::prelude::*;
use urbi::engine::Engine;
use urbi::export::{self, Content, Picture, Settings};
use urbi::fact::{Extraction, quads};
use urbi::view::{self, Schema};

use super::build::extract;
use super::extract_json;
use super::open;
use super::outcome::Outcome;
use super::plan::{Extract, ExtractFormat, Input, Setting};
use super::screen::{self, Screen};

/// A file that has been read.
pub struct Document {
    /// Its name as it was given.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it states.
    pub extraction: Extraction,
}

/// Writes what the files state, as one graph.
pub fn run(setting: &Setting, task: &Extract, screen: &Screen) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let engine = Engine::new(&profile, &task.base)?;
    let read: Vec<anyhow::Result<Vec<Document>>> =
        task.inputs.par_iter().map(|input| read(&engine, input, task)).collect();
    let mut documents = Vec::new();
    let mut outcome = Outcome::Done;
    for read in read {
        match read {
            Ok(read) => documents.extend(read),
            Err(error) => {
                screen.warning(&format!("{error:#}"));
                outcome = Outcome::Problems;
            }
        }
    }
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

fn read(engine: &Engine, input: &Input, task: &Extract) -> anyhow::Result<Vec<Document>> {
    let (name, bytes) = match input {
        Input::File(path) => (path.display().to_string(), open::read(path)?),
        Input::Stdin => {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
            ("standard input".to_owned(), bytes)
        }
    };
    let extractions = extract(engine, &name, &bytes, task.form)?;
    Ok(extractions
        .into_iter()
        .map(|extraction| Document { name: name.clone(), bytes: bytes.clone(), extraction })
        .collect())
}
