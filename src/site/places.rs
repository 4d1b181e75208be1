//! Where things took place, as GeoJSON (RFC 7946).

use oxrdf::NamedNode;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{
    Site, SiteError,
    explore::{Filter, reference},
    thing::Ref,
};
use crate::graph::{Entity, Graph};

/// Cities on the map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeatureCollection {
    /// `FeatureCollection`.
    pub r#type: &'static str,
    /// One for each city, by IRI.
    pub features: Vec<Feature>,
}

/// A city on the map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Feature {
    /// `Feature`.
    pub r#type: &'static str,
    /// A point: longitude and latitude in degrees.
    pub geometry: Json,
    /// What lies there.
    pub properties: Place,
}

/// What lies at a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The city.
    #[serde(flatten)]
    pub city: Ref,
    /// Its country.
    pub country: Option<Ref>,
    /// What took place there, the earliest first.
    pub events: Vec<PlacedEvent>,
}

/// An event at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlacedEvent {
    /// The event.
    #[serde(flatten)]
    pub event: Ref,
    /// When it began, as precise as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// When it ended, as precise as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
}

impl Site {
    /// The cities in which something took place that `filter` keeps, as far as their coordinates are known.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn places(&self, filter: &Filter) -> Result<FeatureCollection, SiteError> {
        let graph = self.graph()?;
        let mut features = Vec::new();
        for (index, city) in graph.entities() {
            let mut events: Vec<PlacedEvent> = Vec::new();
            for event in graph.subjects(index, "heldIn").map(|event| graph.entity(event)) {
                if filter.keeps(event) {
                    events.push(placed(event));
                }
            }
            if events.is_empty() {
                continue;
            }
            events.sort_by(|a, b| (&a.start, &a.event).cmp(&(&b.start, &b.event)));
            let iri = NamedNode::new_unchecked(&city.iri);
            let Some((lat, long)) = self.coordinates(&iri)? else { continue };
            let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
            features.push(Feature {
                r#type: "Feature",
                geometry: json!({ "type": "Point", "coordinates": [number(&long), number(&lat)] }),
                properties: Place { country: country(&graph, index), city: reference(city), events },
            });
        }
        Ok(FeatureCollection { r#type: "FeatureCollection", features })
    }
}

fn placed(event: &Entity) -> PlacedEvent {
    PlacedEvent {
        event: reference(event),
        start: event.fact("startDate").map(str::to_owned),
        end: event.fact("endDate").map(str::to_owned),
    }
}

/// The country that a city lies in.
pub(super) fn country(graph: &Graph, city: petgraph::graph::NodeIndex) -> Option<Ref> {
    graph.objects(city, "inCountry").next().map(|country| reference(graph.entity(country)))
}
