//! Syntax errors with the line, the column and a caret under the place.

use std::fmt;

use oxigraph::sparql::SparqlSyntaxError;

/// A query that is not SPARQL. Its text shows the line with a caret under the place, over several lines.
#[derive(Debug, thiserror::Error)]
pub struct SyntaxError {
    /// Where the query comes from: a file name, or `query`.
    pub origin: String,
    /// Line of the mistake, from 1; 0 if the parser does not say.
    pub line: usize,
    /// Column of the mistake in Unicode scalar values, from 1; 0 if the parser does not say.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What could be done, if there is something.
    pub hint: Option<String>,
    /// The line of the query.
    shown: String,
}

impl SyntaxError {
    /// Reads the place out of the parser's message ("error at 2:15: expected …"), which is the only way it tells it.
    pub(super) fn new(origin: &str, text: &str, parser: &SparqlSyntaxError, hint: Option<String>) -> SyntaxError {
        let full = parser.to_string();
        let parsed: Option<(usize, usize, &str)> = full.strip_prefix("error at ").and_then(|rest| {
            let (place, message) = rest.split_once(": ")?;
            let (line, column) = place.split_once(':')?;
            Some((line.parse().ok()?, column.parse().ok()?, message))
        });
        let (line, column, message) = parsed.unwrap_or((0, 0, full.as_str()));
        let shown = text.lines().nth(line.wrapping_sub(1)).unwrap_or_default().to_owned();
        SyntaxError { origin: origin.to_owned(), line, column, message: readable(message), hint, shown }
    }
}

/// The parser lists every token that could stand here; blanks and comments are not worth saying, nor is the tenth
/// alternative.
fn readable(message: &str) -> String {
    let Some(list) = message.strip_prefix("expected ") else { return message.to_owned() };
    let alternatives: Vec<&str> = list.strip_prefix("one of ").unwrap_or(list).split(", ").collect();
    // A message of the grammar itself ("Prefix not found") says more than the tokens around it.
    let is_token =
        |word: &&str| word.starts_with(['"', '[', '\'']) || word.chars().all(|c| c.is_uppercase() || c == '_');
    if let Some(own) = alternatives.iter().find(|word| !is_token(word) && word.contains(' ')) {
        return own.trim_end_matches('.').to_owned();
    }
    // At the end of a group the grammar only names features of later versions.
    if alternatives.iter().all(|word| ["LATERAL", "SERVICE", "[_]"].contains(word)) {
        return "this cannot stand here, or something is missing before it".to_owned();
    }
    let noise = ["\"#\"", "\" \"", "\"\\t\"", "\"\\n\"", "\"\\r\""];
    let kept: Vec<&str> = alternatives
        .into_iter()
        .filter(|word| is_token(word) && !noise.contains(word) && !word.starts_with('['))
        .collect();
    match kept.len() {
        0 => "this cannot stand here, or something is missing before it".to_owned(),
        1 => format!("expected {}", kept[0]),
        2..=8 => format!("expected one of {}", kept.join(", ")),
        more => format!("expected one of {} or {} others", kept[..6].join(", "), more - 6),
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(f, "{}: {}", self.origin, self.message)?;
        } else {
            writeln!(f, "{}:{}:{}: {}", self.origin, self.line, self.column, self.message)?;
            // A very long line is shown around the place only; control characters would move the cursor.
            let characters: Vec<char> = self.shown.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            let at = (self.column.max(1) - 1).min(characters.len());
            let from = at.saturating_sub(60);
            let line: String = characters[from..characters.len().min(at + 40)].iter().collect();
            let number = self.line.to_string();
            let margin = " ".repeat(number.len());
            writeln!(f, "{margin} |\n{number} | {line}")?;
            write!(f, "{margin} | {}^", " ".repeat(at - from))?;
        }
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}
