//! GeoSPARQL in queries: the functions of `spargeo`, and a point from the coordinates that the view has.
//!
//! `geof:distance(urbi:point(?lat, ?long), urbi:point(51.9, -8.47), uom:kilometre)` is how far two places are apart.

use oxigraph::sparql::SparqlEvaluator;
use oxrdf::{Literal, NamedNodeRef, Term};

use crate::vocab::function;

/// The datatype of points.
const WKT: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.opengis.net/ont/geosparql#wktLiteral");

/// An evaluator that knows them all.
pub fn with_functions(evaluator: SparqlEvaluator) -> SparqlEvaluator {
    let known = spargeo::GEOSPARQL_EXTENSION_FUNCTIONS.into_iter();
    let evaluator = known
        .fold(evaluator, |evaluator, (name, function)| evaluator.with_custom_function(name.into_owned(), function));
    evaluator.with_custom_function(function::POINT.into_owned(), point)
}

/// `urbi:point(?lat, ?long)`: a point (WGS 84) from degrees. None for what is no place on the earth.
fn point(arguments: &[Term]) -> Option<Term> {
    let [Term::Literal(lat), Term::Literal(long)] = arguments else { return None };
    let degrees =
        |literal: &Literal, most: f64| literal.value().parse::<f64>().ok().filter(|n| (-most..=most).contains(n));
    let (lat, long) = (degrees(lat, 90.0)?, degrees(long, 180.0)?);
    Some(Literal::new_typed_literal(format!("POINT({long} {lat})"), WKT).into())
}
