//! Saved queries: questions that a profile keeps by name.
//!
//! A file `queries/NN-question-as-a-name.rq` is the query `question-as-a-name`; its first comment is the question in
//! plain words. The number orders the list.

use super::nearest;

/// A saved query.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Saved {
    /// File name without extension, such as `01-which-cities-hosted`.
    pub name: String,
    /// The question in plain words: the comment that the file begins with.
    pub question: String,
    /// The query.
    pub text: String,
}

/// Why no saved query was found by a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SavedError {
    /// No name begins like this.
    #[error("there is no saved query {name:?}{} (`urbi query --list` shows them all)",
        .suggestion.as_ref().map(|s| format!("; did you mean {s:?}?")).unwrap_or_default())]
    Unknown {
        /// What was asked for.
        name: String,
        /// The most similar name, if one is similar.
        suggestion: Option<String>,
    },
    /// Several names begin like this.
    #[error("{name:?} could be any of: {}", .candidates.join(", "))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// The names that begin like this.
        candidates: Vec<String>,
    },
}

impl Saved {
    /// From the name and the text of a file.
    pub fn new(file_name: &str, text: &str) -> Saved {
        let name = file_name.rsplit('/').next().unwrap_or(file_name);
        let name = name.strip_suffix(".rq").unwrap_or(name);
        let comment = text.trim_start().lines().map_while(|line| line.strip_prefix('#'));
        let question = comment.map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        Saved { name: name.to_owned(), question, text: text.to_owned() }
    }

    /// The name without its number: `which-cities-hosted`.
    pub fn bare_name(&self) -> &str {
        let rest = self.name.trim_start_matches(|c: char| c.is_ascii_digit());
        match rest.strip_prefix('-') {
            Some(bare) if rest.len() < self.name.len() && !bare.is_empty() => bare,
            _ => &self.name,
        }
    }
}

/// The saved queries among files (name, text), in the order of their names. Other files than `.rq` are passed over, and so are
/// those in a folder below `queries/`: they are for other uses.
pub fn saved<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Saved> {
    let mut all: Vec<Saved> = files
        .into_iter()
        .filter(|(name, _)| name.ends_with(".rq") && name.matches('/').count() <= 1)
        .map(|(name, text)| Saved::new(name, text))
        .collect();
    all.sort();
    all
}

/// The query called `name`: by its whole name, its name without the number, its number, or a beginning that no other has.
///
/// # Errors
/// No query or several have this name.
pub fn find<'a>(queries: &'a [Saved], name: &str) -> Result<&'a Saved, SavedError> {
    let name = name.strip_suffix(".rq").unwrap_or(name);
    if let Some(exact) = queries.iter().find(|query| query.name == name || query.bare_name() == name) {
        return Ok(exact);
    }
    let number = |query: &&Saved| {
        let bare = query.bare_name().len() + 1;
        let digits = query.name.len().checked_sub(bare).and_then(|end| query.name[..end].parse::<u32>().ok());
        digits.is_some() && digits == name.parse().ok()
    };
    let begins = |query: &&Saved| query.name.starts_with(name) || query.bare_name().starts_with(name);
    let mut candidates: Vec<&Saved> = queries.iter().filter(number).collect();
    if candidates.is_empty() && !name.is_empty() {
        candidates = queries.iter().filter(begins).collect();
    }
    match candidates[..] {
        [only] => Ok(only),
        [] => Err(SavedError::Unknown {
            name: name.to_owned(),
            suggestion: nearest(name, queries.iter().map(Saved::bare_name)).map(str::to_owned),
        }),
        _ => Err(SavedError::Ambiguous {
            name: name.to_owned(),
            candidates: candidates.iter().map(|query| query.name.clone()).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{SavedError, find, saved};

    #[test]
    fn finds_by_name_number_and_beginning() {
        let files = [
            ("queries/02-cities-and-awards.rq", "# Which cities hosted\n#  and won?\n\nSELECT * {}"),
            ("queries/01-cities-by-year.rq", "SELECT * {}"),
            ("queries/10-themes.rq", "# Themes"),
            ("queries/README.md", "# no query"),
        ];
        let queries = saved(files);
        assert_eq!(
            queries.iter().map(|q| q.name.as_str()).collect::<Vec<_>>(),
            ["01-cities-by-year", "02-cities-and-awards", "10-themes"]
        );
        let named = |name| find(&queries, name).map(|q| q.name.as_str());
        assert_eq!(named("themes"), Ok("10-themes"));
        assert_eq!(named("10-themes.rq"), Ok("10-themes"));
        assert_eq!(named("2"), Ok("02-cities-and-awards"));
        assert_eq!(named("01"), Ok("01-cities-by-year"));
        assert_eq!(named("cities-a"), Ok("02-cities-and-awards"));
        assert!(matches!(named("cities"), Err(SavedError::Ambiguous { candidates, .. }) if candidates.len() == 2));
        assert_eq!(named("theems").unwrap_err().to_string().matches("did you mean \"themes\"").count(), 1);
        assert!(matches!(named(""), Err(SavedError::Unknown { .. })));
        assert_eq!(queries[1].question, "Which cities hosted and won?");
    }
}
