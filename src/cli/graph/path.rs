//! How one entity is linked to another, with the sentences that say so.

use std::collections::BTreeSet;
use std::io::Write;

use petgraph::graph::NodeIndex;
use serde_json::json;
use urbi::graph::Graph;
use urbi::query::sanitized;
use urbi::site::{Chain, Site};

use super::Report;
/// The chain; none if there is none.
pub fn chain(
    site: &Site,
    graph: &Graph,
    from: NodeIndex,
    to: NodeIndex,
    no_quotes: bool,
) -> anyhow::Result<Option<(Report, Chain)>> {
    let Some(steps) = graph.path(from, to) else { return Ok(None) };
    let mut shown: BTreeSet<NodeIndex> = steps.iter().flat_map(|step| [step.from, step.to]).collect();
    shown.extend([from, to]);
    let mut chain = site.grounded(graph, Some(steps))?;
    if no_quotes {
        chain.steps.iter_mut().flatten().for_each(|link| link.quote = None);
    }
    let report = Report { header: Vec::new(), rows: Vec::new(), json: json!(chain), shown, centres: vec![from, to] };
    Ok(Some((report, chain)))
}

/// Writes each fact, and below it the sentence and where it stands.
pub fn write(chain: &Chain, out: &mut dyn Write) -> anyhow::Result<()> {
    for link in chain.steps.iter().flatten() {
        let (subject, object) = if link.forward { (&link.from, &link.to) } else { (&link.to, &link.from) };
        let name = |text: &str| sanitized(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        writeln!(out, "{}  {}  {}", name(&subject.label), link.relation.name, name(&object.label))?;
        if let Some(quote) = &link.quote {
            writeln!(out, "  “{}”", name(quote))?;
        }
        if let Some(document) = &link.document {
            writeln!(out, "    in {} ({})", name(&document.title), name(&document.source))?;
        }
    }
    Ok(())
}
