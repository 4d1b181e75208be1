//! From the text of a query to its complete answer, or an error.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults};
use oxrdf::{Dataset, Triple};
use spargebra::SparqlParser;
use spargebra::algebra::GraphPattern;

use super::algebra::{Rewrite, pattern_of, rewrite};
use super::{Answer, QueryError, SyntaxError, guard, nearest};
use crate::search::Index;

/// How long a query may take and how much it may give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest time; `None` for no end.
    pub timeout: Option<Duration>,
    /// The greatest number of rows or triples.
    pub rows: usize,
}

impl Default for Limits {
    /// One minute and a million rows.
    fn default() -> Limits {
        Limits { timeout: Some(Duration::from_secs(60)), rows: 1_000_000 }
    }
}

/// A query that has been parsed.
#[derive(Clone)]
pub struct Query {
    pub(super) algebra: spargebra::Query,
    pub(super) token: CancellationToken,
    pub(super) index: Option<Arc<Index>>,
}

/// What a query asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Rows.
    Select,
    /// Yes or no.
    Ask,
    /// The graph that a template makes.
    Construct,
    /// The graph of what is said of some things.
    Describe,
}

impl Kind {
    /// Its name in lower case: `select`.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Select => "select",
            Kind::Ask => "ask",
            Kind::Construct => "construct",
            Kind::Describe => "describe",
        }
    }

    /// Whether the answer is a graph.
    pub const fn is_graph(self) -> bool {
        matches!(self, Kind::Construct | Kind::Describe)
    }
}

impl Query {
    /// Parses `text`, in which `prefixes` (name, IRI) are known. `origin` names it in errors.
    ///
    /// # Errors
    /// [`QueryError::Syntax`] with line and column; [`QueryError::Service`] if it would ask another server.
    pub fn parse(origin: &str, text: &str, prefixes: &[(&str, &str)]) -> Result<Query, QueryError> {
        check_depth(origin, text)?;
        let parser = parser(prefixes)?;
        match parser.clone().parse_query(text) {
            Ok(mut algebra) => {
                let mut services = Services(false);
                let pattern = pattern_of(&mut algebra);
                *pattern = rewrite(std::mem::take(pattern), &mut services);
                if services.0 {
                    return Err(QueryError::Service);
                }
                Ok(Query { algebra, token: CancellationToken::new(), index: None })
            }
            Err(error) => {
                let names: Vec<&str> = prefixes.iter().map(|(name, _)| *name).collect();
                let hint = if parser.parse_update(text).is_ok() {
                    Some("this is an update; a query only reads (SELECT, ASK, CONSTRUCT, DESCRIBE)".to_owned())
                } else {
                    unknown_prefix(text, &names)
                };
                Err(QueryError::Syntax(Box::new(SyntaxError::new(origin, text, &error, hint))))
            }
        }
    }

    /// What it asks.
    pub(crate) fn algebra(&self) -> &spargebra::Query {
        &self.algebra
    }

    /// Another question that is run as this one is.
    pub(crate) fn with_algebra(&self, algebra: spargebra::Query) -> Query {
        Query { algebra, token: CancellationToken::new(), index: self.index.clone() }
    }

    /// Runs it on what `evaluate` reads: the store's own snapshot, say. The evaluation has a thread of its own, which goes
    /// on a little after the error is given.
    ///
    /// # Errors
    /// Every variant of [`QueryError`] but `Syntax`.
    pub fn run<'a>(
        self,
        limits: Limits,
        evaluate: impl FnOnce(PreparedSparqlQuery) -> Result<QueryResults<'a>, QueryEvaluationError> + Send + 'static,
    ) -> Result<Answer, QueryError> {
        let (prepared, token) = (self.prepared()?, self.token);
        in_time(limits, token, move || gather(evaluate(prepared).map_err(QueryError::Evaluation)?, limits))
    }

    /// The graph that a CONSTRUCT or DESCRIBE gives over a small dataset, in no order; an answer that is none gives nothing.
    /// Evaluates in this thread, without limits: for queries of a profile.
    ///
    /// # Errors
    /// If it cannot be evaluated.
    pub fn graph_of(&self, dataset: &Dataset) -> Result<Vec<Triple>, QueryError> {
        match self.prepared()?.on_queryable_dataset(dataset).execute().map_err(QueryError::Evaluation)? {
            QueryResults::Graph(triples) => triples.collect::<Result<_, _>>().map_err(QueryError::Evaluation),
            QueryResults::Solutions(_) | QueryResults::Boolean(_) => Ok(Vec::new()),
        }
    }

    /// What it asks for.
    pub fn kind(&self) -> Kind {
        match &self.algebra {
            spargebra::Query::Select { .. } => Kind::Select,
            spargebra::Query::Ask { .. } => Kind::Ask,
            spargebra::Query::Construct { .. } => Kind::Construct,
            spargebra::Query::Describe { .. } => Kind::Describe,
        }
    }

    /// Runs it on a dataset in memory.
    ///
    /// # Errors
    /// As [`Query::run`].
    pub fn on_dataset(self, dataset: Arc<Dataset>, limits: Limits) -> Result<Answer, QueryError> {
        let (prepared, token) = (self.prepared()?, self.token);
        in_time(limits, token, move || {
            gather(prepared.on_queryable_dataset(&*dataset).execute().map_err(QueryError::Evaluation)?, limits)
        })
    }
}

/// As SPARQL, with all IRIs in full and all values in their places.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.algebra.fmt(f)
    }
}

/// The deepest nesting of brackets. The parser is recursive; this keeps it from running out of stack.
const MAX_DEPTH: usize = 200;

/// Refuses what is nested too deep to be parsed.
pub(super) fn check_depth(origin: &str, text: &str) -> Result<(), QueryError> {
    if depth(text) > MAX_DEPTH {
        return Err(QueryError::Nesting { origin: origin.to_owned(), limit: MAX_DEPTH });
    }
    Ok(())
}

/// A parser that knows these prefixes.
pub(super) fn parser(prefixes: &[(&str, &str)]) -> Result<SparqlParser, QueryError> {
    let mut parser = SparqlParser::new();
    for &(name, iri) in prefixes {
        parser =
            parser.with_prefix(name, iri).map_err(|source| QueryError::Prefix { name: name.to_owned(), source })?;
    }
    Ok(parser)
}

/// Whether a query would ask another server.
struct Services(bool);

impl Rewrite for Services {
    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        self.0 |= matches!(pattern, GraphPattern::Service { .. });
        pattern
    }
}

/// Gives what `work` gives, or [`QueryError::TimedOut`] when the time is over.
fn in_time(
    limits: Limits,
    token: CancellationToken,
    work: impl FnOnce() -> Result<Answer, QueryError> + Send + 'static,
) -> Result<Answer, QueryError> {
    let (send, receive) = mpsc::sync_channel(1);
    // Evaluation is recursive: deep expressions need more than a thread's usual 2 MiB.
    let worker = thread::Builder::new().stack_size(64 << 20).spawn(move || {
        // A query that is to stop unwinds; nobody listens any more then.
        let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|cause| Err(guard::ended_by(cause)));
        let _ = send.send(done);
    });
    worker.map_err(QueryError::Thread)?;
    match limits.timeout {
        None => receive.recv().unwrap_or(Err(QueryError::Died)),
        Some(timeout) => receive.recv_timeout(timeout).unwrap_or_else(|error| {
            token.cancel();
            Err(match error {
                RecvTimeoutError::Timeout => QueryError::TimedOut(timeout),
                RecvTimeoutError::Disconnected => QueryError::Died,
            })
        }),
    }
}

/// All rows, or an error.
fn gather(results: QueryResults<'_>, limits: Limits) -> Result<Answer, QueryError> {
    Ok(match results {
        QueryResults::Boolean(value) => Answer::Boolean(value),
        QueryResults::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let mut rows = Vec::new();
            for solution in solutions {
                rows.push(solution.map_err(QueryError::Evaluation)?);
                limits.check(rows.len())?;
            }
            Answer::Solutions { variables, rows }
        }
        QueryResults::Graph(triples) => {
            let mut graph = Vec::new();
            for triple in triples {
                graph.push(triple.map_err(QueryError::Evaluation)?);
                limits.check(graph.len())?;
            }
            graph.sort_by_cached_key(ToString::to_string);
            graph.dedup();
            Answer::Graph(graph)
        }
    })
}

impl Limits {
    fn check(self, rows: usize) -> Result<(), QueryError> {
        if rows > self.rows { Err(QueryError::TooManyRows(self.rows)) } else { Ok(()) }
    }
}

/// The deepest nesting of brackets, those in strings and comments included: a coarse bound is enough.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'(' | b'{' | b'[' | b'!' => depth += 1,
            b')' | b'}' | b']' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The prefix that is used but not known, with the nearest known one. Words within strings may be taken for prefixed
/// names here; it is only asked after the parser has failed.
pub(super) fn unknown_prefix(text: &str, known: &[&str]) -> Option<String> {
    let declared = |name: &str| {
        text.match_indices(&format!("{name}:"))
            .any(|(at, _)| text[..at].trim_end().to_ascii_lowercase().ends_with("prefix"))
    };
    let words =
        text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '/' | '<' | '"' | '?' | '#')));
    for word in words {
        let Some((name, _)) = word.split_once(':') else { continue };
        if name.contains(['<', '"', '?', '/', '#']) || known.contains(&name) || declared(name) {
            continue;
        }
        return Some(match nearest(name, known.iter().copied()) {
            Some(near) => format!("the prefix {name:?} is not known; did you mean {near:?}?"),
            None => format!("the prefix {name:?} is not known; declare it with PREFIX {name}: <…>"),
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use oxrdf::{Dataset, GraphNameRef, NamedNode, QuadRef};

    use super::{Answer, Limits, Query, QueryError};
    use crate::query::{Format, Shortener};

    const PREFIXES: [(&str, &str); 2] = [("e", "http://e.org/"), ("urbi", "http://e.org/ontology#")];

    fn ask(text: &str, limits: Limits) -> Result<Answer, QueryError> {
        let mut dataset = Dataset::new();
        for number in 0..40 {
            let node = NamedNode::new_unchecked(format!("http://e.org/{number}"));
            let property = NamedNode::new_unchecked("http://e.org/p");
            dataset.insert(QuadRef::new(&node, &property, &node, GraphNameRef::DefaultGraph));
        }
        Query::parse("query", text, &PREFIXES)?.on_dataset(Arc::new(dataset), limits)
    }

    fn written(text: &str, format: Format) -> String {
        let answer = ask(text, Limits::default()).unwrap();
        assert_eq!(answer.check(format), Ok(()));
        let mut out = Vec::new();
        match format.results() {
            Some(form) => answer.write_results(form, &mut out).unwrap(),
            None => answer.write_table(&mut out, &Shortener::new(&PREFIXES, "http://e.org/id/"), 80).unwrap(),
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn answers_the_four_kinds_of_question() {
        assert_eq!(written("SELECT ?o { e:7 e:p ?o }", Format::Csv), "o\r\nhttp://e.org/7\r\n");
        assert_eq!(written("ASK { e:7 e:p e:8 }", Format::Csv), "false\n");
        assert_eq!(written("ASK { e:7 e:p e:7 }", Format::Table), "yes\n");
        for text in ["CONSTRUCT WHERE { e:7 e:p ?o }", "DESCRIBE e:7"] {
            let Ok(Answer::Graph(triples)) = ask(text, Limits::default()) else { panic!("{text} gives a graph") };
            assert_eq!(triples.len(), 1);
            assert_eq!(triples[0].to_string(), "<http://e.org/7> <http://e.org/p> <http://e.org/7>");
        }
        assert!(written("SELECT ?o { e:7 e:p ?o }", Format::Table).contains("e:7"));
        assert!(ask("DESCRIBE e:7", Limits::default()).unwrap().check(Format::Csv).is_err());
        assert!(ask("ASK {}", Limits::default()).unwrap().check(Format::Turtle).is_err());
    }

    #[test]
    fn a_cut_off_answer_is_an_error() {
        let limits = Limits { rows: 39, ..Limits::default() };
        assert!(matches!(ask("SELECT * { ?s ?p ?o }", limits), Err(QueryError::TooManyRows(39))));
        assert!(matches!(ask("CONSTRUCT WHERE { ?s ?p ?o }", limits), Err(QueryError::TooManyRows(39))));
        assert!(ask("SELECT * { ?s ?p ?o }", Limits { rows: 40, ..limits }).is_ok());
        let soon = Limits { timeout: Some(Duration::ZERO), rows: usize::MAX };
        let cross = "?a e:p ?aa. ?b e:p ?bb. ?c e:p ?cc. ?d e:p ?dd. ?e e:p ?ee. ?f e:p ?ff. ?g e:p ?gg. ?h e:p ?hh";
        for form in ["SELECT *", "SELECT (COUNT(*) AS ?n)"] {
            assert!(matches!(ask(&format!("{form} {{ {cross} }}"), soon), Err(QueryError::TimedOut(_))), "{form}");
        }
    }

    #[test]
    fn errors_show_the_place_and_a_hint() {
        let message = |text: &str| ask(text, Limits::default()).unwrap_err().to_string();
        let caret = message("SELECT ?s WHERE {\n  ?s ?p }");
        assert!(caret.starts_with("query:2:10: this cannot stand here, or something is missing before it"), "{caret}");
        assert!(caret.contains("2 |   ?s ?p }\n  |          ^"), "{caret}");
        let prefix = message("SELECT * { ?s urb:heldIn ?o }");
        assert!(prefix.contains("the prefix \"urb\" is not known; did you mean \"urbi\"?"), "{prefix}");
        assert!(message("INSERT DATA { e:1 e:p e:2 }").contains("this is an update"));
        assert!(message(&"(".repeat(100_000)).contains("more than 200 deep"));
    }
}
