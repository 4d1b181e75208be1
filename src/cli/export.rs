//! `urbi export`.

use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use oxrdf::Triple;
use urbi::export::{self, Content, Context, Format, Frame, Patch, Settings};
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
    let mut view = view(&store, &profile, task)?;
    if task.schema {
        view = SchemaOrg::new(&profile)?.graph(view)?;
    }
    match &task.written {
        Written::Graph(format) => graph(&store, &profile, &view, *format, task)?,
        Written::Tables(tables, folder) => {
            let graph = Graph::new(&view);
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
            files::write(&folder.join("nodes.csv"), |out| Ok(tables.write_nodes(&graph, out)?))?;
            files::write(&folder.join("edges.csv"), |out| Ok(tables.write_edges(&graph, out)?))?;
        }
        Written::Patch(since) => {
            let (release, before) = store.released(since)?;
            let name = |digest: &str| format!("urn:sha256:{digest}");
            let patch = Patch {
                before: &before,
                after: &view,
                previous: &name(&release.digest),
                id: &name(&view_digest(&view)),
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

/// What is to be written: sorted.
fn view(store: &Store, profile: &Profile, task: &Export) -> anyhow::Result<Vec<Triple>> {
    Ok(match (&task.release, task.min_confidence) {
        (Some(release), _) => store.released(release)?.1,
        (None, Some(at_least)) => store.view(&Schema::from(&Ontology::load(profile)?), at_least)?.triples,
        (None, None) => store.view_triples()?,
    })
}

fn graph(store: &Store, profile: &Profile, view: &[Triple], format: Format, task: &Export) -> anyhow::Result<()> {
    let context = if task.schema { open::schema_context(profile)? } else { open::context(profile)? };
    // A release is the view alone.
    let with_graphs = format.has_graphs() && task.release.is_none();
    let mut graphs = if with_graphs { store.evidence_quads()? } else { Vec::new() };
    if task.no_quotes {
        graphs.retain(|quad| quad.predicate != terms::QUOTE);
    }
    let frame = task.frame.as_deref().map(|name| frame(name, &context)).transpose()?;
    let settings =
        Settings { frame: frame.as_ref(), focus: task.focus.clone(), ..Settings::new(store.base(), &context) };
    let content = Content { view, graphs: &graphs };
    output(task, |out| Ok(export::write(format, content, &settings, out)?))
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
