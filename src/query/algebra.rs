//! Walking through the algebra of a query: the one place that knows where patterns and expressions stand in each other.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

/// What happens to the parts of a query.
pub trait Rewrite {
    /// A pattern whose parts have been rewritten.
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        pattern
    }

    /// An expression whose parts have been rewritten.
    fn expression(&mut self, expression: Expression) -> Expression {
        expression
    }
}

/// The pattern of a query.
pub fn pattern_of(query: &mut spargebra::Query) -> &mut GraphPattern {
    match query {
        spargebra::Query::Select { pattern, .. }
        | spargebra::Query::Ask { pattern, .. }
        | spargebra::Query::Construct { pattern, .. }
        | spargebra::Query::Describe { pattern, .. } => pattern,
    }
}

/// Rewrites a pattern, its parts first. Recurses as deep as the query is nested, which parsing bounds.
pub fn rewrite(pattern: GraphPattern, how: &mut dyn Rewrite) -> GraphPattern {
    let inner = |pattern: Box<GraphPattern>, how: &mut dyn Rewrite| Box::new(rewrite(*pattern, how));
    let rewritten = match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => pattern,
        GraphPattern::Join { left, right } => GraphPattern::Join { left: inner(left, how), right: inner(right, how) },
        GraphPattern::Lateral { left, right } => {
            GraphPattern::Lateral { left: inner(left, how), right: inner(right, how) }
        }
        GraphPattern::Union { left, right } => GraphPattern::Union { left: inner(left, how), right: inner(right, how) },
        GraphPattern::Minus { left, right } => GraphPattern::Minus { left: inner(left, how), right: inner(right, how) },
        GraphPattern::LeftJoin { left, right, expression } => GraphPattern::LeftJoin {
            left: inner(left, how),
            right: inner(right, how),
            expression: expression.map(|expression| rewrite_expression(expression, how)),
        },
        GraphPattern::Filter { expr, inner: of } => {
            GraphPattern::Filter { expr: rewrite_expression(expr, how), inner: inner(of, how) }
        }
        GraphPattern::Graph { name, inner: of } => GraphPattern::Graph { name, inner: inner(of, how) },
        GraphPattern::Extend { inner: of, variable, expression } => {
            GraphPattern::Extend { inner: inner(of, how), variable, expression: rewrite_expression(expression, how) }
        }
        GraphPattern::OrderBy { inner: of, expression } => GraphPattern::OrderBy {
            inner: inner(of, how),
            expression: expression.into_iter().map(|order| order_by(order, how)).collect(),
        },
        GraphPattern::Project { inner: of, variables } => GraphPattern::Project { inner: inner(of, how), variables },
        GraphPattern::Distinct { inner: of } => GraphPattern::Distinct { inner: inner(of, how) },
        GraphPattern::Reduced { inner: of } => GraphPattern::Reduced { inner: inner(of, how) },
        GraphPattern::Slice { inner: of, start, length } => {
            GraphPattern::Slice { inner: inner(of, how), start, length }
        }
        GraphPattern::Group { inner: of, variables, aggregates } => GraphPattern::Group {
            inner: inner(of, how),
            variables,
            aggregates: aggregates.into_iter().map(|(variable, of)| (variable, aggregate(of, how))).collect(),
        },
        GraphPattern::Service { name, inner: of, silent } => {
            GraphPattern::Service { name, inner: inner(of, how), silent }
        }
    };
    how.pattern(rewritten)
}

fn order_by(order: OrderExpression, how: &mut dyn Rewrite) -> OrderExpression {
    match order {
        OrderExpression::Asc(expression) => OrderExpression::Asc(rewrite_expression(expression, how)),
        OrderExpression::Desc(expression) => OrderExpression::Desc(rewrite_expression(expression, how)),
    }
}

fn aggregate(aggregate: AggregateExpression, how: &mut dyn Rewrite) -> AggregateExpression {
    match aggregate {
        AggregateExpression::CountSolutions { distinct } => AggregateExpression::CountSolutions { distinct },
        AggregateExpression::FunctionCall { name, expr, distinct } => {
            AggregateExpression::FunctionCall { name, expr: rewrite_expression(expr, how), distinct }
        }
    }
}

/// Rewrites an expression, its parts first.
fn rewrite_expression(expression: Expression, how: &mut dyn Rewrite) -> Expression {
    use Expression as E;
    let one = |of: Box<E>, how: &mut dyn Rewrite| Box::new(rewrite_expression(*of, how));
    let all = |of: Vec<E>, how: &mut dyn Rewrite| of.into_iter().map(|of| rewrite_expression(of, how)).collect();
    let rewritten = match expression {
        E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) => expression,
        E::Or(a, b) => E::Or(one(a, how), one(b, how)),
        E::And(a, b) => E::And(one(a, how), one(b, how)),
        E::Equal(a, b) => E::Equal(one(a, how), one(b, how)),
        E::SameTerm(a, b) => E::SameTerm(one(a, how), one(b, how)),
        E::Greater(a, b) => E::Greater(one(a, how), one(b, how)),
        E::GreaterOrEqual(a, b) => E::GreaterOrEqual(one(a, how), one(b, how)),
        E::Less(a, b) => E::Less(one(a, how), one(b, how)),
        E::LessOrEqual(a, b) => E::LessOrEqual(one(a, how), one(b, how)),
        E::In(a, list) => E::In(one(a, how), all(list, how)),
        E::Add(a, b) => E::Add(one(a, how), one(b, how)),
        E::Subtract(a, b) => E::Subtract(one(a, how), one(b, how)),
        E::Multiply(a, b) => E::Multiply(one(a, how), one(b, how)),
        E::Divide(a, b) => E::Divide(one(a, how), one(b, how)),
        E::UnaryPlus(a) => E::UnaryPlus(one(a, how)),
        E::UnaryMinus(a) => E::UnaryMinus(one(a, how)),
        E::Not(a) => E::Not(one(a, how)),
        E::Exists(pattern) => E::Exists(Box::new(rewrite(*pattern, how))),
        E::If(a, b, c) => E::If(one(a, how), one(b, how), one(c, how)),
        E::Coalesce(list) => E::Coalesce(all(list, how)),
        E::FunctionCall(function, list) => E::FunctionCall(function, all(list, how)),
    };
    how.expression(rewritten)
}
