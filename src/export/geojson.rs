//! GeoJSON (RFC 7946): the cities whose coordinates are known, each with what took place there.

use std::io::{self, Write};

use geojson::{Feature, FeatureWriter, GeometryValue, JsonObject, feature::Id};
use petgraph::graph::NodeIndex;
use serde_json::{Value, json};

use super::attributes::plain;
use crate::graph::{Graph, Point};

/// Writes a feature for each place, by IRI.
pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut features = FeatureWriter::from_writer(&mut *out);
    for (index, entity) in graph.entities() {
        let Some(position) = entity.point.as_ref().and_then(position) else { continue };
        let feature = Feature {
            bbox: None,
            geometry: Some(GeometryValue::new_point(position).into()),
            id: Some(Id::String(entity.iri.clone())),
            properties: Some(properties(graph, index)),
            foreign_members: None,
        };
        features.write_feature(&feature).map_err(io::Error::other)?;
    }
    features.finish().map_err(io::Error::other)?;
    drop(features);
    writeln!(out)
}

/// Longitude and latitude, in degrees.
fn position(point: &Point) -> Option<[f64; 2]> {
    let degrees = |text: &str, most: f64| text.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
    Some([degrees(&point.long, 180.0)?, degrees(&point.lat, 90.0)?])
}

fn properties(graph: &Graph, place: NodeIndex) -> JsonObject {
    let entity = graph.entity(place);
    let country = graph.objects(place, "inCountry").next().map(|country| plain(graph.entity(country).label()));
    let mut events: Vec<NodeIndex> = graph.subjects(place, "heldIn").collect();
    events.sort_by_key(|event| (graph.entity(*event).fact("startDate"), *event));
    let event = |event: &NodeIndex| {
        let event = graph.entity(*event);
        json!({
            "id": event.iri,
            "name": plain(event.label()),
            "class": event.class,
            "start": event.fact("startDate"),
            "end": event.fact("endDate"),
        })
    };
    let mut properties = JsonObject::new();
    properties.insert("name".to_owned(), json!(plain(entity.label())));
    properties.insert("class".to_owned(), json!(entity.class));
    properties.insert("country".to_owned(), json!(country));
    properties.insert("events".to_owned(), Value::Array(events.iter().map(event).collect()));
    properties
}
