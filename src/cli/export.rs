//! `urbi export`.

use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use oxrdf::{Quad, Triple};
use urbi::export::{self, Context, Format, Frame, Patch, Settings, Source, Statements};
use urbi::graph::Graph;
use urbi::ontology::Ontology;
use urbi::profile::Profile;
use urbi::site::schema_org::SchemaOrg;
use urbi::store::{Store, view_digest};
use urbi::view::Schema;
use urbi::vocab::urbi as terms;

use super::files;
use super::open;
use super::outcome::{Outcome, wrong_use};
use super::plan::{Export, Setting, Written};
use super::screen::{self, Screen};

/// Writes the graph of the store.
pub fn run(setting: &Setting, task: &Export, screen: &Screen) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let store = Store::open_read_only(&setting.store)?;
    let source = Exported { view: computed(&store, &profile, task)?, store: &store, task };
    match &task.written {
        Written::Graph(format) => graph(&source, &profile, *format, task)?,
        Written::Tables(tables, folder) => {
            let graph = Graph::new(&source.triples()?);
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
            files::write(&folder.join("nodes.csv"), |out| Ok(tables.write_nodes(&graph, out)?))?;
            files::write(&folder.join("edges.csv"), |out| Ok(tables.write_edges(&graph, out)?))?;
        }
        Written::Patch(since) => {
            let (release, before) = store.released(since)?;
            let after = source.triples()?;
            let name = |digest: &str| format!("urn:sha256:{digest}");
            let patch = Patch {
                before: &before,
                after: &after,
                previous: &name(&release.digest),
                id: &name(&view_digest(&after)),
            };
            let mut changed = (0, 0);
            output(task, |out| {
                changed = patch.write(out)?;
                Ok(())
            })?;
            screen.note(&format!("since {since}: {} triples deleted, {} added", changed.0, changed.1));
        }
    }
    Ok(Outcome::Done)
}

/// What is to be written.
struct Exported<'a> {
    store: &'a Store,
    /// Sorted; if there is none, it is the store's.
    view: Option<Vec<Triple>>,
    task: &'a Export,
}

impl Exported<'_> {
    /// The view as a whole: sorted.
    fn triples(&self) -> anyhow::Result<Vec<Triple>> {
        Ok(match &self.view {
            Some(view) => view.clone(),
            None => self.store.view_triples()?,
        })
    }
}

impl Source for Exported<'_> {
    fn view(&self) -> Statements<'_, Triple> {
        match &self.view {
            Some(view) => Box::new(view.iter().cloned().map(Ok)),
            None => Box::new(self.store.view_statements().map(|triple| Ok(triple?))),
        }
    }

    fn graphs(&self) -> Statements<'_, Quad> {
        if self.task.release.is_some() {
            // A release is the view alone.
            return Box::new(std::iter::empty());
        }
        let no_quotes = self.task.no_quotes;
        let is_wanted = move |quad: &Quad| !(no_quotes && quad.predicate == terms::QUOTE);
        let quads = self.store.evidence_statements().map(|quad| Ok(quad?));
        Box::new(quads.filter(move |quad: &Result<Quad, _>| quad.as_ref().map_or(true, is_wanted)))
    }
}

/// A view that is not the one the store keeps.
fn computed(store: &Store, profile: &Profile, task: &Export) -> anyhow::Result<Option<Vec<Triple>>> {
    let view = match (&task.release, task.min_confidence) {
        (Some(release), _) => store.released(release)?.1,
        (None, Some(at_least)) => store.view(&Schema::from(&Ontology::load(profile)?), at_least)?.triples,
        (None, None) if task.schema => store.view_triples()?,
        (None, None) => return Ok(None),
    };
    Ok(Some(if task.schema { SchemaOrg::new(profile)?.graph(view)? } else { view }))
}

fn graph(source: &Exported<'_>, profile: &Profile, format: Format, task: &Export) -> anyhow::Result<()> {
    let context = if task.schema { open::schema_context(profile)? } else { open::context(profile)? };
    let frame = task.frame.as_deref().map(|name| frame(name, &context)).transpose()?;
    let settings =
        Settings { frame: frame.as_ref(), focus: task.focus.clone(), ..Settings::new(source.store.base(), &context) };
    output(task, |out| Ok(export::write(format, source, &settings, out)?))
}

/// A frame by the name of a class, or from a file.
fn frame(name: &str, context: &Context) -> anyhow::Result<Frame> {
    let path = Path::new(name);
    let is_file = path.extension().is_some_and(|ending| ending == "json" || ending == "jsonld");
    if !is_file {
        return Frame::of_class(name, context).map_err(|error| wrong_use(error.into()));
    }
    let text = open::text(path, "frame")?;
    let framed = Frame::parse(&text, context).with_context(|| format!("cannot use the frame {}", path.display()));
    framed.map_err(wrong_use)
}

fn output(task: &Export, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    match &task.output {
        Some(path) => files::write(path, write),
        None => screen::result(write),
    }
}
