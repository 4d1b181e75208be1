//! GraphML: the entities and their relations for networkx, igraph, yEd, Cytoscape.
//!
//! Nodes are numbered, because the schema's identifiers take no IRIs; the IRI is an attribute. Each relation is an edge of
//! its own. Values are texts, as stated: a date may be a day, a month or a year. Coordinates are numbers.

use std::io::{self, Write};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::attributes::{columns, joined, plain};
use crate::graph::{Entity, Graph};

/// Writes the graph.
pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = xml.create_element("graphml").with_attributes([
        ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        (
            "xsi:schemaLocation",
            "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
        ),
    ]);
    let columns = columns(graph);
    let facts: Vec<(String, &str)> = columns.iter().map(|column| (format!("fact.{column}"), *column)).collect();
    root.write_inner_content(|xml| {
        for (id, name) in [("label", "label"), ("class", "class"), ("iri", "iri"), ("names", "names")] {
            key(xml, id, "node", name, "string")?;
        }
        for (id, name) in [("lat", "latitude"), ("long", "longitude")] {
            key(xml, id, "node", name, "double")?;
        }
        facts.iter().try_for_each(|(id, name)| key(xml, id, "node", name, "string"))?;
        key(xml, "relation", "edge", "relation", "string")?;
        let graphs = xml.create_element("graph").with_attributes([("id", "urbi"), ("edgedefault", "directed")]);
        graphs.write_inner_content(|xml| {
            for (index, entity) in graph.entities() {
                let node = xml.create_element("node").with_attribute(("id", format!("n{}", index.index()).as_str()));
                node.write_inner_content(|xml| attributes(xml, entity, &facts))?;
            }
            let mut edges = 0;
            for (from, relations, to) in graph.relations() {
                for relation in relations {
                    let edge = xml.create_element("edge").with_attributes([
                        ("id", format!("e{edges}").as_str()),
                        ("source", format!("n{}", from.index()).as_str()),
                        ("target", format!("n{}", to.index()).as_str()),
                    ]);
                    edge.write_inner_content(|xml| data(xml, "relation", relation))?;
                    edges += 1;
                }
            }
            Ok(())
        })?;
        Ok(())
    })?;
    writeln!(xml.get_mut())
}

fn attributes(xml: &mut Writer<&mut dyn Write>, entity: &Entity, facts: &[(String, &str)]) -> io::Result<()> {
    data(xml, "label", entity.label())?;
    data(xml, "class", &entity.class)?;
    data(xml, "iri", &entity.iri)?;
    if entity.names.len() > 1 {
        data(xml, "names", &entity.names[1..].join("; "))?;
    }
    if let Some(point) = &entity.point {
        data(xml, "lat", &point.lat)?;
        data(xml, "long", &point.long)?;
    }
    for (id, column) in facts {
        if let Some(values) = joined(entity, column) {
            data(xml, id, &values)?;
        }
    }
    Ok(())
}

fn key(xml: &mut Writer<&mut dyn Write>, id: &str, of: &str, name: &str, kind: &str) -> io::Result<()> {
    let attributes = [("id", id), ("for", of), ("attr.name", name), ("attr.type", kind)];
    xml.create_element("key").with_attributes(attributes).write_empty()?;
    Ok(())
}

fn data(xml: &mut Writer<&mut dyn Write>, key: &str, text: &str) -> io::Result<()> {
    xml.create_element("data").with_attribute(("key", key)).write_text_content(BytesText::new(&plain(text)))?;
    Ok(())
}
