//! Where the statements come from that are written.

use std::error::Error as StdError;

use oxrdf::{GraphName, Quad, Triple};

use super::Error;

/// Statements one after the other, in any order; one that comes twice is written once.
pub type Statements<'a, T> = Box<dyn Iterator<Item = Result<T, Box<dyn StdError + Send + Sync>>> + 'a>;

/// What can be written. It is read as often as a format needs it, and must have the same statements each time.
pub trait Source {
    /// The view: the default graph.
    fn view(&self) -> Statements<'_, Triple>;
    /// Evidence, provenance and decisions, each in its named graph. Only the formats that carry graphs read them.
    fn graphs(&self) -> Statements<'_, Quad>;
}

/// Statements that are in memory.
#[derive(Clone, Copy, Debug, Default)]
pub struct Content<'a> {
    /// The view.
    pub view: &'a [Triple],
    /// Evidence, provenance and decisions.
    pub graphs: &'a [Quad],
}

impl Source for Content<'_> {
    fn view(&self) -> Statements<'_, Triple> {
        Box::new(self.view.iter().cloned().map(Ok))
    }

    fn graphs(&self) -> Statements<'_, Quad> {
        Box::new(self.graphs.iter().cloned().map(Ok))
    }
}

/// The view alone.
pub(super) fn view(source: &dyn Source) -> Box<dyn Iterator<Item = Result<Quad, Error>> + '_> {
    let in_default = |triple: Triple| triple.in_graph(GraphName::DefaultGraph);
    Box::new(source.view().map(move |triple| triple.map(in_default).map_err(Error::Unreadable)))
}

/// The view and all other graphs.
pub(super) fn all(source: &dyn Source) -> Box<dyn Iterator<Item = Result<Quad, Error>> + '_> {
    Box::new(view(source).chain(source.graphs().map(|quad| quad.map_err(Error::Unreadable))))
}

/// The view as a whole.
pub(super) fn triples(source: &dyn Source) -> Result<Vec<Triple>, Error> {
    source.view().map(|triple| triple.map_err(Error::Unreadable)).collect()
}
