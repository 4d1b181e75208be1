//! What was when.

use serde::Serialize;

use super::{
    Site, SiteError,
    explore::{Filter, reference},
    thing::Ref,
};

/// Occasions, the earliest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// Not more than was asked for.
    pub events: Vec<Occasion>,
    /// How many there are.
    pub total: usize,
}

/// A thing with a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Occasion {
    /// The thing.
    #[serde(flatten)]
    pub thing: Ref,
    /// When it begins, as precise as stated.
    pub start: String,
    /// When it ends, as precise as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// The first day that it can begin on.
    pub first: String,
    /// The last day that it can end on; without an end, the first day.
    pub last: String,
    /// Where it took place.
    pub place: Option<Ref>,
    /// The series that it is an edition of.
    pub series: Option<Ref>,
}

impl Site {
    /// What has a first day and is kept by `filter`; at most `limit` of it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn timeline(&self, filter: &Filter, limit: usize) -> Result<Timeline, SiteError> {
        let graph = self.graph()?;
        let mut events = Vec::new();
        for (index, entity) in graph.entities().filter(|(_, entity)| filter.keeps(entity)) {
            let Some((start, first)) = entity.fact("startDate").zip(entity.fact("earliestStart")) else { continue };
            let one = |relation| graph.objects(index, relation).next().map(|other| reference(graph.entity(other)));
            events.push(Occasion {
                thing: reference(entity),
                start: start.to_owned(),
                end: entity.fact("endDate").map(str::to_owned),
                first: first.to_owned(),
                last: entity.fact("latestEnd").unwrap_or(first).to_owned(),
                place: one("heldIn"),
                series: one("partOfSeries"),
            });
        }
        events.sort_by(|a, b| (&a.first, &a.thing).cmp(&(&b.first, &b.thing)));
        let total = events.len();
        events.truncate(limit);
        Ok(Timeline { events, total })
    }
}
