//! What `urbi build` found, as a table.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use oxrdf::Term;
use urbi::graph::Graph;
use urbi::query::{self, Answer, Limits, Query};
use urbi::store::Store;
use urbi::view::is_fact;
use urbi::vocab::PREFIXES;

use super::screen::{self, Screen};

/// The whole store is counted after one in so many of its documents was looked at: after fewer, counting would take longer than
/// what was asked for.
const SHARE: usize = 100;

/// What became of the documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not seen before.
    pub new: usize,
    /// New bytes at a known place, or read anew.
    pub changed: usize,
    /// Nothing to do.
    pub unchanged: usize,
    /// Known from another place.
    pub known: usize,
    /// Not readable.
    pub failed: usize,
    /// No longer at its place, and forgotten.
    pub forgotten: usize,
}

/// Says what was done and what the store holds now.
pub fn summarize(store: &Arc<Store>, counts: Counts, time: Duration, screen: &Screen) -> anyhow::Result<()> {
    if screen.is_quiet() {
        return Ok(());
    }
    let mut rows: Vec<(String, usize)> = vec![("documents, new".to_owned(), counts.new)];
    let more = [
        ("documents, changed", counts.changed),
        ("documents, unchanged", counts.unchanged),
        ("documents, known from elsewhere", counts.known),
        ("documents that could not be read", counts.failed),
        ("documents, forgotten", counts.forgotten),
    ];
    rows.extend(more.into_iter().filter(|(_, count)| *count > 0).map(|(name, count)| (name.to_owned(), count)));
    let changed = counts.new + counts.changed + counts.known + counts.forgotten;
    let held = store.source_count()?;
    let graph = if (changed + counts.unchanged) * SHARE < held {
        rows.push(("documents, in all".to_owned(), held));
        None
    } else {
        let view = store.view_triples()?;
        let graph = Graph::new(&view);
        rows.extend(entities(&graph));
        rows.push(("facts".to_owned(), view.iter().filter(|triple| is_fact(triple.predicate.as_ref())).count()));
        rows.push(("pieces of evidence".to_owned(), evidence(store)?));
        Some(graph)
    };
    let header = ["in the store", "number"].map(str::to_owned).to_vec();
    let cells = rows.into_iter().map(|(name, count)| vec![name, count.to_string()]);
    screen::result(|out| Ok(write!(out, "{}", query::table(header, cells, screen::width()))?))?;
    let seconds = time.as_secs_f64();
    if changed == 0 && counts.failed == 0 {
        screen.note(&format!(
            "nothing changed: the store holds these {} documents already ({seconds:.1} s)",
            counts.unchanged
        ));
    } else {
        screen.note(&format!("{changed} documents in {seconds:.1} s"));
    }
    if let Some(graph) = graph {
        hint(&graph, screen);
    }
    Ok(())
}

/// Number of evidence graphs.
fn evidence(store: &Arc<Store>) -> anyhow::Result<usize> {
    let count = "SELECT (COUNT(*) AS ?n) { GRAPH urbi:provenance { ?evidence urbi:rule ?rule } }";
    let store = Arc::clone(store);
    let limits = Limits { timeout: None, rows: 1 };
    let answer = Query::parse("query", count, PREFIXES)?.run(limits, move |prepared| store.query(prepared))?;
    let Answer::Solutions { rows, .. } = answer else { return Ok(0) };
    Ok(match rows.first().and_then(|row| row.get(0)) {
        Some(Term::Literal(number)) => number.value().parse()?,
        _ => 0,
    })
}

/// Number of entities by class, the largest class first.
fn entities(graph: &Graph) -> Vec<(String, usize)> {
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    for (_, entity) in graph.entities() {
        *classes.entry(entity.class.clone()).or_default() += 1;
    }
    let mut classes: Vec<_> = classes.into_iter().map(|(class, count)| (format!("entities: {class}"), count)).collect();
    classes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    classes
}

/// What to try next, with an entity that is there.
fn hint(graph: &Graph, screen: &Screen) {
    let best = graph
        .entities()
        .filter(|(_, entity)| entity.class == "Conference")
        .max_by_key(|(index, _)| (graph.degree(*index), std::cmp::Reverse(*index)));
    match best {
        None => screen.hint("no conference was found; urbi extract FILE shows what a file states"),
        Some((_, entity)) => {
            let name = entity.label().replace('\'', "’");
            screen.hint(&format!(
                "try next\n  urbi query --list\n  urbi query 1\n  urbi explain '{name}'\n  urbi export --format dot --around '{name}' | dot -Tsvg > graph.svg"
            ));
        }
    }
}
