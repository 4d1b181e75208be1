//! The measures of a graph, as reports.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;
use serde_json::{Value, json};
use urbi::graph::Graph;

use super::{Report, label, reference};

/// Entities that stand for a group in a table.
const NAMED: usize = 5;

pub fn stats(graph: &Graph) -> Report {
    let measures = graph.measures();
    let pairs = graph.relations().count();
    let alone = measures.components.iter().filter(|size| **size == 1).count();
    let largest = measures.components.first().copied().unwrap_or_default();
    let parts = measures.components.len();
    let mut rows: Vec<Vec<String>> = [
        ("entities", graph.len()),
        ("related pairs", pairs),
        ("parts that hang together", parts),
        ("entities in the largest part", largest),
        ("entities related to nothing", alone),
    ]
    .into_iter()
    .map(|(what, count)| vec![what.to_owned(), String::new(), count.to_string()])
    .collect();
    for (what, counts) in [("class", &measures.classes), ("relation", &measures.relations)] {
        let mut counts: Vec<(&String, &usize)> = counts.iter().collect();
        counts.sort_by_key(|(name, count)| (Reverse(**count), *name));
        rows.extend(counts.into_iter().map(|(name, count)| vec![what.to_owned(), name.clone(), count.to_string()]));
    }
    let json = json!({
        "entities": graph.len(),
        "pairs": pairs,
        "components": parts,
        "largestComponent": largest,
        "isolated": alone,
        "classes": measures.classes,
        "relations": measures.relations,
    });
    Report { header: vec!["what", "name", "number"], rows, json, shown: BTreeSet::new(), centres: Vec::new() }
}

pub fn central(graph: &Graph, top: usize) -> Report {
    let (ranks, between) = (graph.page_rank(), graph.betweenness());
    let order = by_rank(graph, &ranks);
    let best = &order[..top.min(order.len())];
    let figures = |index: NodeIndex| (ranks[index.index()], between[index.index()], graph.degree(index));
    let row = |index: &NodeIndex| {
        let entity = graph.entity(*index);
        let (rank, between, degree) = figures(*index);
        vec![label(entity), entity.class.clone(), percent(rank), percent(between), degree.to_string()]
    };
    let entity = |index: &NodeIndex| {
        let (rank, between, degree) = figures(*index);
        let mut entity = reference(graph.entity(*index));
        entity["pageRank"] = millionths(rank);
        entity["betweenness"] = millionths(between);
        entity["degree"] = json!(degree);
        entity
    };
    Report {
        header: vec!["entity", "class", "rank %", "between %", "related"],
        rows: best.iter().map(row).collect(),
        json: json!({ "entities": best.iter().map(entity).collect::<Vec<_>>() }),
        shown: best.iter().copied().collect(),
        centres: Vec::new(),
    }
}

pub fn communities(graph: &Graph, limit: usize) -> Report {
    let groups = graph.communities();
    let mut report = parts(graph, &groups, "communities");
    report.json["modularity"] = json!(graph.modularity(&groups));
    // Of each group, its most central: as many as there is room for.
    let large: Vec<&Vec<NodeIndex>> = groups.iter().filter(|group| group.len() > 1).collect();
    let each = (limit / large.len().max(1)).max(1);
    let ranks = graph.page_rank();
    for group in large.iter().take(limit) {
        report.shown.extend(ranked(group, &ranks).into_iter().take(each));
    }
    report
}

pub fn components(graph: &Graph) -> Report {
    parts(graph, &graph.components(), "components")
}

fn parts(graph: &Graph, groups: &[Vec<NodeIndex>], name: &str) -> Report {
    let ranks = graph.page_rank();
    let row = |(at, group): (usize, &Vec<NodeIndex>)| {
        let named: Vec<String> =
            ranked(group, &ranks).into_iter().take(NAMED).map(|index| label(graph.entity(index))).collect();
        let classes: Vec<String> = classes(graph, group).into_iter().map(|(class, n)| format!("{n} {class}")).collect();
        vec![(at + 1).to_string(), group.len().to_string(), named.join("; "), classes.join(", ")]
    };
    let part = |group: &Vec<NodeIndex>| {
        let members: Vec<Value> =
            ranked(group, &ranks).into_iter().map(|index| reference(graph.entity(index))).collect();
        json!({ "size": group.len(), "classes": classes(graph, group), "entities": members })
    };
    Report {
        header: vec!["number", "entities", "the most central", "classes"],
        rows: groups.iter().enumerate().map(row).collect(),
        json: json!({ name: groups.iter().map(part).collect::<Vec<_>>() }),
        shown: BTreeSet::new(),
        centres: Vec::new(),
    }
}

pub fn similar(graph: &Graph, index: NodeIndex, top: usize) -> Report {
    let mut alike = graph.similar(index);
    alike.truncate(top);
    let shared =
        |indices: &[NodeIndex]| -> Vec<String> { indices.iter().map(|index| label(graph.entity(*index))).collect() };
    let tenths = |share: usize| format!("{}.{}", share / 10, share % 10);
    let rows = alike.iter().map(|one| {
        let entity = graph.entity(one.entity);
        vec![label(entity), entity.class.clone(), tenths(one.share), shared(&one.shared).join("; ")]
    });
    let json = alike.iter().map(|one| {
        let mut entity = reference(graph.entity(one.entity));
        entity["share"] = json!(one.share);
        entity["shared"] = one.shared.iter().map(|index| reference(graph.entity(*index))).collect();
        entity
    });
    let mut shown: BTreeSet<NodeIndex> = alike.iter().flat_map(|one| one.shared.iter().copied()).collect();
    shown.extend(alike.iter().map(|one| one.entity).chain([index]));
    Report {
        header: vec!["entity", "class", "alike %", "both related to"],
        rows: rows.collect(),
        json: json!({ "entity": reference(graph.entity(index)), "similar": json.collect::<Vec<_>>() }),
        shown,
        centres: vec![index],
    }
}

pub fn timeline(graph: &Graph) -> Report {
    let dated = graph.timeline();
    let places = |index: NodeIndex| -> Vec<NodeIndex> { graph.objects(index, "heldIn").collect() };
    let date = |index: NodeIndex, relations: [&str; 3]| {
        relations.iter().find_map(|relation| graph.entity(index).fact(relation)).map(str::to_owned)
    };
    let start = |index| date(index, ["startDate", "launchedOn", "earliestStart"]);
    let end = |index| date(index, ["endDate", "endDate", "endDate"]);
    let rows = dated.iter().map(|index| {
        let entity = graph.entity(*index);
        let places: Vec<String> = places(*index).into_iter().map(|place| label(graph.entity(place))).collect();
        let dates = [start(*index), end(*index)].map(Option::unwrap_or_default);
        dates.into_iter().chain([label(entity), entity.class.clone(), places.join("; ")]).collect()
    });
    let json = dated.iter().map(|index| {
        let mut entity = reference(graph.entity(*index));
        entity["start"] = json!(start(*index));
        entity["end"] = json!(end(*index));
        entity["places"] = places(*index).into_iter().map(|place| reference(graph.entity(place))).collect();
        entity
    });
    let mut shown: BTreeSet<NodeIndex> = dated.iter().copied().collect();
    shown.extend(dated.iter().flat_map(|index| places(*index)));
    Report {
        header: vec!["start", "end", "what", "class", "where"],
        rows: rows.collect(),
        json: json!({ "timeline": json.collect::<Vec<_>>() }),
        shown,
        centres: Vec::new(),
    }
}

fn classes(graph: &Graph, group: &[NodeIndex]) -> BTreeMap<String, usize> {
    let mut classes = BTreeMap::new();
    for index in group {
        *classes.entry(graph.entity(*index).class.clone()).or_default() += 1;
    }
    classes
}

/// All entities, the most central first; of equals, by IRI.
fn by_rank(graph: &Graph, ranks: &[f64]) -> Vec<NodeIndex> {
    ranked(&graph.entities().map(|(index, _)| index).collect::<Vec<_>>(), ranks)
}

fn ranked(group: &[NodeIndex], ranks: &[f64]) -> Vec<NodeIndex> {
    let mut order = group.to_vec();
    order.sort_by(|a, b| ranks[b.index()].total_cmp(&ranks[a.index()]).then(a.cmp(b)));
    order
}

fn percent(share: f64) -> String {
    format!("{:.2}", 100.0 * share)
}

/// Rounded, so that no digits are shown that differ between machines.
fn millionths(share: f64) -> Value {
    json!((share * 1e6).round() / 1e6)
}
