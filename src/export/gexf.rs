//! GEXF 1.3, which Gephi reads: entities with their colours, each relation an edge with its kind.
//!
//! Nodes have their IRIs for identifiers. Values are texts, as stated.

use std::io::{self, Write};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{
    attributes::{columns, joined, plain},
    picture::class_colour,
};
use crate::graph::{Entity, Graph};

/// Attributes of a node before the columns: their identifiers, titles and types.
const FIXED: [(&str, &str, &str); 4] = [
    ("class", "class", "string"),
    ("names", "names", "string"),
    ("lat", "latitude", "double"),
    ("long", "longitude", "double"),
];

/// Writes the graph.
pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = xml.create_element("gexf").with_attributes([
        ("xmlns", "http://gexf.net/1.3"),
        ("xmlns:viz", "http://gexf.net/1.3/viz"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd"),
        ("version", "1.3"),
    ]);
    let columns = columns(graph);
    root.write_inner_content(|xml| {
        xml.create_element("meta").write_inner_content(|xml| {
            xml.create_element("creator").write_text_content(BytesText::new("Urbi"))?;
            Ok(())
        })?;
        let graphs = xml.create_element("graph").with_attributes([("mode", "static"), ("defaultedgetype", "directed")]);
        graphs.write_inner_content(|xml| {
            let declared = xml.create_element("attributes").with_attributes([("class", "node"), ("mode", "static")]);
            declared.write_inner_content(|xml| {
                for (id, title, kind) in FIXED {
                    attribute(xml, id, title, kind)?;
                }
                columns.iter().try_for_each(|name| attribute(xml, &fact(name), name, "string"))
            })?;
            xml.create_element("nodes")
                .write_inner_content(|xml| graph.entities().try_for_each(|(_, entity)| node(xml, entity, &columns)))?;
            xml.create_element("edges").write_inner_content(|xml| {
                let mut edges = 0;
                for (from, relations, to) in graph.relations() {
                    for relation in relations {
                        let attributes = [
                            ("id", edges.to_string()),
                            ("source", plain(&graph.entity(from).iri)),
                            ("target", plain(&graph.entity(to).iri)),
                            ("label", relation.clone()),
                            ("kind", relation.clone()),
                        ];
                        let edge = xml.create_element("edge");
                        edge.with_attributes(attributes.iter().map(|(k, v)| (*k, v.as_str()))).write_empty()?;
                        edges += 1;
                    }
                }
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    })?;
    writeln!(xml.get_mut())
}

fn node(xml: &mut Writer<&mut dyn Write>, entity: &Entity, columns: &[&str]) -> io::Result<()> {
    let (id, label) = (plain(&entity.iri), plain(entity.label()));
    let node = xml.create_element("node").with_attributes([("id", id.as_str()), ("label", label.as_str())]);
    node.write_inner_content(|xml| {
        xml.create_element("attvalues").write_inner_content(|xml| {
            value(xml, "class", &entity.class)?;
            if entity.names.len() > 1 {
                value(xml, "names", &entity.names[1..].join("; "))?;
            }
            if let Some(point) = &entity.point {
                value(xml, "lat", &point.lat)?;
                value(xml, "long", &point.long)?;
            }
            for column in columns {
                if let Some(values) = joined(entity, column) {
                    value(xml, &fact(column), &values)?;
                }
            }
            Ok(())
        })?;
        let [r, g, b] = class_colour(&entity.class).map(|part| part.to_string());
        let colour = [("r", r.as_str()), ("g", g.as_str()), ("b", b.as_str())];
        xml.create_element("viz:color").with_attributes(colour).write_empty()?;
        Ok(())
    })?;
    Ok(())
}

/// Identifiers of columns, which must not be those of the fixed attributes.
fn fact(column: &str) -> String {
    format!("fact.{column}")
}

fn attribute(xml: &mut Writer<&mut dyn Write>, id: &str, title: &str, kind: &str) -> io::Result<()> {
    let attributes = [("id", id), ("title", title), ("type", kind)];
    xml.create_element("attribute").with_attributes(attributes).write_empty()?;
    Ok(())
}

fn value(xml: &mut Writer<&mut dyn Write>, of: &str, text: &str) -> io::Result<()> {
    let text = plain(text);
    xml.create_element("attvalue").with_attributes([("for", of), ("value", text.as_str())]).write_empty()?;
    Ok(())
}
