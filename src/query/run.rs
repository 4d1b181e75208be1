//! From the text of a query to its complete answer, or an error.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults, SparqlEvaluator};
use oxrdf::Dataset;

use super::{Answer, SyntaxError, nearest};

/// How long a query may take and how much it may give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest time; `None` for no end. Evaluation stops when it next reads from the store.
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

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The query is not SPARQL, or not a question.
    #[error(transparent)]
    Syntax(Box<SyntaxError>),
    /// Time ran out; what had been found by then is not given.
    #[error("the query was stopped after {} s without a complete answer; ask for less, or raise --timeout", .0.as_secs_f64())]
    TimedOut(Duration),
    /// There is more than the limit; nothing is given.
    #[error("the answer has more than {0} rows; ask for less (LIMIT), or raise --max-rows")]
    TooManyRows(usize),
    /// The evaluation failed.
    #[error("the query failed")]
    Evaluation(#[source] QueryEvaluationError),
}

/// A query that has been parsed.
#[derive(Clone)]
pub struct Query {
    prepared: PreparedSparqlQuery,
    token: CancellationToken,
}

impl Query {
    /// The deepest nesting of brackets. The parser is recursive; this keeps it from running out of stack.
    const MAX_DEPTH: usize = 200;

    /// Parses `text`, in which `prefixes` (name, IRI) are known. `origin` names it in errors.
    ///
    /// # Errors
    /// [`QueryError::Syntax`] with line and column.
    pub fn parse(origin: &str, text: &str, prefixes: &[(&str, &str)]) -> Result<Query, QueryError> {
        let token = CancellationToken::new();
        let mut evaluator = SparqlEvaluator::new().with_cancellation_token(token.clone());
        let mut names = Vec::new();
        for &(name, iri) in prefixes {
            names.push(name);
            evaluator = evaluator
                .with_prefix(name, iri)
                .map_err(|e| QueryError::Evaluation(QueryEvaluationError::Unexpected(Box::new(e))))?;
        }
        if depth(text) > Self::MAX_DEPTH {
            let message = format!("{origin}: brackets are nested more than {} deep", Self::MAX_DEPTH);
            return Err(QueryError::Evaluation(QueryEvaluationError::Unexpected(message.into())));
        }
        match evaluator.clone().parse_query(text) {
            Ok(prepared) => Ok(Query { prepared, token }),
            Err(error) => {
                let hint = if evaluator.parse_update(text).is_ok() {
                    Some("this is an update; a query only reads (SELECT, ASK, CONSTRUCT, DESCRIBE)".to_owned())
                } else {
                    unknown_prefix(text, &names)
                };
                Err(QueryError::Syntax(Box::new(SyntaxError::new(origin, text, error, hint))))
            }
        }
    }

    /// Runs it on what `evaluate` reads: the store's own snapshot, say.
    ///
    /// # Errors
    /// Every variant of [`QueryError`] but `Syntax`.
    pub fn run<'a>(
        self,
        limits: Limits,
        evaluate: impl FnOnce(PreparedSparqlQuery) -> Result<QueryResults<'a>, QueryEvaluationError>,
    ) -> Result<Answer, QueryError> {
        let _timer = limits.timeout.map(|timeout| Timer::start(timeout, self.token.clone()));
        let explain = |error| match (error, limits.timeout) {
            (QueryEvaluationError::Cancelled, Some(timeout)) => QueryError::TimedOut(timeout),
            (error, _) => QueryError::Evaluation(error),
        };
        let answer = match evaluate(self.prepared.clone()).map_err(explain)? {
            QueryResults::Boolean(value) => Answer::Boolean(value),
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let mut rows = Vec::new();
                for solution in solutions {
                    self.alive().map_err(explain)?;
                    rows.push(solution.map_err(explain)?);
                    limits.check(rows.len())?;
                }
                Answer::Solutions { variables, rows }
            }
            QueryResults::Graph(triples) => {
                let mut graph = Vec::new();
                for triple in triples {
                    self.alive().map_err(explain)?;
                    graph.push(triple.map_err(explain)?);
                    limits.check(graph.len())?;
                }
                graph.sort_by_cached_key(ToString::to_string);
                graph.dedup();
                Answer::Graph(graph)
            }
        };
        // Aggregates and ASK end early and silently when they are cancelled within an expression.
        self.alive().map_err(explain)?;
        Ok(answer)
    }

    /// Runs it on a dataset in memory.
    ///
    /// # Errors
    /// As [`Query::run`].
    pub fn on_dataset(self, dataset: &Dataset, limits: Limits) -> Result<Answer, QueryError> {
        self.run(limits, |prepared| prepared.on_queryable_dataset(dataset).execute())
    }

    fn alive(&self) -> Result<(), QueryEvaluationError> {
        if self.token.is_cancelled() { Err(QueryEvaluationError::Cancelled) } else { Ok(()) }
    }
}

impl Limits {
    fn check(self, rows: usize) -> Result<(), QueryError> {
        if rows > self.rows { Err(QueryError::TooManyRows(self.rows)) } else { Ok(()) }
    }
}

/// Cancels a token after a time, unless dropped before.
struct Timer {
    _stop: Sender<()>,
}

impl Timer {
    fn start(timeout: Duration, token: CancellationToken) -> Timer {
        let (stop, stopped) = mpsc::channel::<()>();
        // The thread ends by itself when the sender is dropped with the timer.
        thread::spawn(move || {
            if stopped.recv_timeout(timeout) == Err(RecvTimeoutError::Timeout) {
                token.cancel();
            }
        });
        Timer { _stop: stop }
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
fn unknown_prefix(text: &str, known: &[&str]) -> Option<String> {
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
        Query::parse("query", text, &PREFIXES)?.on_dataset(&dataset, limits)
    }

    fn written(text: &str, format: Format) -> String {
        let answer = ask(text, Limits::default()).unwrap();
        let mut out = Vec::new();
        answer.write(format, &mut out, &PREFIXES, &Shortener::new(&PREFIXES, "http://e.org/id/"), 80).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn answers_the_four_kinds_of_question() {
        assert_eq!(written("SELECT ?o { e:7 e:p ?o }", Format::Csv), "o\r\nhttp://e.org/7\r\n");
        assert_eq!(written("ASK { e:7 e:p e:8 }", Format::Csv), "false\n");
        assert_eq!(written("ASK { e:7 e:p e:7 }", Format::Table), "yes\n");
        let turtle = "@prefix e: <http://e.org/> .\n@prefix urbi: <http://e.org/ontology#> .\ne:7 e:p e:7 .\n";
        assert_eq!(written("CONSTRUCT WHERE { e:7 e:p ?o }", Format::Turtle), turtle);
        assert_eq!(written("DESCRIBE e:7", Format::NTriples), "<http://e.org/7> <http://e.org/p> <http://e.org/7> .\n");
        assert!(written("CONSTRUCT WHERE { e:7 e:p ?o }", Format::JsonLd).contains("\"@id\":\"e:7\""));
        assert!(written("SELECT ?o { e:7 e:p ?o }", Format::Table).contains("e:7"));
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
        assert!(caret.starts_with("query:2:9: expected"), "{caret}");
        assert!(caret.contains("2 |   ?s ?p }\n  |         ^"), "{caret}");
        let prefix = message("SELECT * { ?s urb:heldIn ?o }");
        assert!(prefix.contains("the prefix \"urb\" is not known; did you mean \"urbi\"?"), "{prefix}");
        assert!(message("INSERT DATA { e:1 e:p e:2 }").contains("this is an update"));
        assert!(message(&"(".repeat(100_000)).contains("the query failed"));
    }
}
