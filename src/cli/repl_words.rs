//! What the conversation of `urbi query` knows of SPARQL: when a question is whole, and how a word may go on.

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};

/// Words of SPARQL that are worth completing.
const KEYWORDS: [&str; 26] = [
    "SELECT",
    "ASK",
    "CONSTRUCT",
    "DESCRIBE",
    "WHERE",
    "DISTINCT",
    "FILTER",
    "OPTIONAL",
    "UNION",
    "MINUS",
    "GRAPH",
    "BIND",
    "VALUES",
    "ORDER BY",
    "GROUP BY",
    "HAVING",
    "LIMIT",
    "OFFSET",
    "COUNT",
    "EXISTS",
    "NOT EXISTS",
    "STRSTARTS",
    "CONTAINS",
    "PREFIX",
    "DESC",
    "REGEX",
];
/// Completions that are shown at most.
const SHOWN: usize = 60;

/// What may stand in a question.
pub struct Words {
    /// Prefixed names (`urbi:heldIn`) and prefixes (`urbi:`), sorted.
    pub names: Vec<String>,
    /// Names of entities, sorted.
    pub labels: Vec<String>,
    /// Names of saved queries.
    pub saved: Vec<String>,
}

/// Whether a question is whole: its brackets are closed, and it has some, or needs none.
pub fn is_whole(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.starts_with('.') {
        return true;
    }
    let Some((depth, braces)) = brackets(text) else { return false };
    let describes = text.split_whitespace().any(|word| word.eq_ignore_ascii_case("describe"));
    depth == 0 && (braces > 0 || describes)
}

/// How many brackets are open, and how many braces there are; none inside a string that does not end.
fn brackets(text: &str) -> Option<(usize, usize)> {
    let (mut depth, mut braces) = (0_usize, 0);
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        match c {
            '#' => while rest.next_if(|(_, c)| *c != '\n').is_some() {},
            // An IRI has no blanks; anything else behind `<` is a comparison.
            '<' => {
                let end = text[at..].find(|c: char| c == '>' || c.is_whitespace());
                if let Some(end) = end.filter(|end| text[at + end..].starts_with('>')) {
                    while rest.next_if(|(next, _)| *next <= at + end).is_some() {}
                }
            }
            '"' | '\'' => loop {
                match rest.next()?.1 {
                    '\\' => drop(rest.next()),
                    end if end == c => break,
                    _ => {}
                }
            },
            '{' => (depth, braces) = (depth + 1, braces + 1),
            '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Some((depth, braces))
}

impl Words {
    /// Where the word at `pos` begins, and how it may go on.
    pub fn complete(&self, line: &str, pos: usize) -> (usize, Vec<String>) {
        let before = &line[..pos];
        if let Some(command) = before.strip_prefix(".run ") {
            return (5, starting(&self.saved, command));
        }
        // Within a string: the name of an entity.
        if before.matches('"').count() % 2 == 1 {
            let start = before.rfind('"').map_or(0, |at| at + 1);
            return (start, starting(&self.labels, &before[start..]));
        }
        let start = before
            .rfind(|c: char| !(c.is_alphanumeric() || ":_-?".contains(c)))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let word = &before[start..];
        let found = if word.is_empty() {
            Vec::new()
        } else if word.starts_with('?') {
            variables(line, word)
        } else if word.contains(':') {
            starting(&self.names, word)
        } else {
            let keywords = KEYWORDS.iter().filter(|keyword| keyword.starts_with(&word.to_ascii_uppercase()));
            let prefixes = self.names.iter().filter(|name| name.ends_with(':') && name.starts_with(word));
            keywords.map(|keyword| (*keyword).to_owned()).chain(prefixes.cloned()).collect()
        };
        (start, found)
    }
}

fn starting(sorted: &[String], word: &str) -> Vec<String> {
    let folded = word.to_lowercase();
    sorted.iter().filter(|name| name.to_lowercase().starts_with(&folded)).take(SHOWN).cloned().collect()
}

/// The other variables of a question that begin like this one.
fn variables(line: &str, word: &str) -> Vec<String> {
    let mut found: Vec<String> = line
        .split(|c: char| !(c.is_alphanumeric() || "?_".contains(c)))
        .filter(|other| other.starts_with(word) && *other != word)
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

impl Completer for Words {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let (start, found) = Words::complete(self, line, pos);
        Ok((start, found.into_iter().map(|word| Pair { display: word.clone(), replacement: word }).collect()))
    }
}

impl Validator for Words {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        // An empty line ends a question that is not whole, so that its mistake can be shown.
        let whole = is_whole(context.input()) || context.input().ends_with("\n\n");
        Ok(if whole { ValidationResult::Valid(None) } else { ValidationResult::Incomplete })
    }
}

impl Hinter for Words {
    type Hint = String;
}
impl Highlighter for Words {}
impl Helper for Words {}

#[cfg(test)]
mod tests {
    use super::{Words, is_whole};

    #[test]
    fn a_question_is_whole_when_its_brackets_are_closed() {
        for whole in [
            "",
            ".help",
            "SELECT * { ?s ?p ?o }",
            "DESCRIBE <http://e/#x>",
            "ASK { ?s ?p \"}\" # {\n }",
            "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
        ] {
            assert!(is_whole(whole), "{whole}");
        }
        for open in ["SELECT", "SELECT ?s {", "SELECT * { ?s ?p \"}", "PREFIX e: <http://e/>", "SELECT (COUNT(*) AS ?n"]
        {
            assert!(!is_whole(open), "{open}");
        }
    }

    #[test]
    fn words_go_on() {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let words = Words {
            names: own(&["urbi:", "urbi:City", "urbi:heldIn"]),
            labels: own(&["Medellín", "Mexico City"]),
            saved: own(&["editions-of-a-series"]),
        };
        let complete = |line: &str| words.complete(line, line.len());
        assert_eq!(complete("SELECT * { ?c urbi:h"), (14, own(&["urbi:heldIn"])));
        assert_eq!(complete("SEL"), (0, own(&["SELECT"])));
        assert_eq!(complete("ASK { ?s ?p \"mede"), (13, own(&["Medellín"])));
        assert_eq!(complete(".run ed"), (5, own(&["editions-of-a-series"])));
        assert_eq!(complete("SELECT ?city { ?ci"), (15, own(&["?city"])));
        assert_eq!(complete("ASK { é"), (6, Vec::new()));
    }
}
