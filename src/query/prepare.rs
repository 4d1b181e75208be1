//! From a parsed query to the one that is evaluated: what it must not see is hidden, what it searches for is looked up, and
//! each product is guarded.

use std::sync::Arc;

use oxigraph::sparql::{PreparedSparqlQuery, SparqlEvaluator};

use super::algebra::{pattern_of, rewrite};
use super::hide::Hide;
use super::matches::{Search, Searched, Searches, Unsearchable};
use super::{Query, QueryError, geo, guard};
use crate::search::Index;
use crate::store::HIDDEN_GRAPHS;
use crate::vocab::function;

impl Query {
    /// The query as it is evaluated: without the graphs that a store keeps for itself, and with a guard over each product.
    ///
    /// # Errors
    /// If it searches for words, and there is no index or it cannot search for them.
    pub(super) fn prepared(&self) -> Result<PreparedSparqlQuery, QueryError> {
        let mut algebra = self.algebra.clone();
        let mut hide = Hide(HIDDEN_GRAPHS);
        if let spargebra::Query::Select { dataset: Some(dataset), .. }
        | spargebra::Query::Ask { dataset: Some(dataset), .. }
        | spargebra::Query::Construct { dataset: Some(dataset), .. }
        | spargebra::Query::Describe { dataset: Some(dataset), .. } = &mut algebra
        {
            hide.dataset_without(dataset);
        }
        let pattern = pattern_of(&mut algebra);
        let mut rewritten = hide.pattern_without(std::mem::take(pattern));
        let mut evaluator = SparqlEvaluator::new()
            .with_cancellation_token(self.token.clone())
            .with_custom_function(guard::function(), guard::go_on(self.token.clone()));
        evaluator = geo::with_functions(evaluator);
        if self.searches() {
            let index = self.index.as_ref().ok_or(QueryError::Search(Unsearchable::NoIndex))?;
            let mut search = Search { index, failed: None };
            rewritten = rewrite(rewritten, &mut search);
            if let Some(error) = search.failed {
                return Err(error);
            }
            let [matches, score] = [Searched::new(Arc::clone(index)), Searched::new(Arc::clone(index))];
            evaluator = evaluator
                .with_custom_function(function::MATCHES.into_owned(), move |arguments| matches.matches(arguments))
                .with_custom_function(function::SCORE.into_owned(), move |arguments| score.score(arguments));
        }
        *pattern = guard::guarded(rewritten);
        Ok(evaluator.for_query(algebra))
    }

    /// Whether it searches for words, so that it needs an index.
    pub fn searches(&self) -> bool {
        let mut searches = Searches::default();
        let mut algebra = self.algebra.clone();
        let pattern = pattern_of(&mut algebra);
        *pattern = rewrite(std::mem::take(pattern), &mut searches);
        searches.0
    }

    /// The same query with an index for the words that it searches for.
    #[must_use]
    pub fn with_index(self, index: Arc<Index>) -> Query {
        Query { index: Some(index), ..self }
    }
}
