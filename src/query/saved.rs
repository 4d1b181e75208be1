//! Saved queries: questions that a profile keeps by name.
//!
//! A file `queries/NN-question-as-a-name.rq` is the query `question-as-a-name`; its first comment is the question in
//! plain words. The number orders the list.

use oxrdf::Literal;

use super::nearest;
use crate::vocab::xsd;

/// A variable of a saved query that whoever asks may give a value: `# parameter city: City = "Medellín"` in the comment that
/// the query begins with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parameter {
    /// The variable, without `?`.
    pub name: String,
    /// What a value is.
    pub kind: ParameterKind,
    /// The value that it has if none is given; without one, the variable is free then.
    pub default: Option<String>,
}

/// What the value of a parameter is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterKind {
    /// An entity of this class (its local name), given by name, key or IRI.
    Thing(String),
    /// Text as it is.
    Text,
    /// A whole number.
    Integer,
    /// A day, such as `2021-10-27`.
    Date,
}

/// A value that is not what a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is no {expected}")]
pub struct WrongValue {
    /// What was given.
    pub value: String,
    /// What was expected.
    pub expected: &'static str,
}

impl ParameterKind {
    /// The name that it has in a comment: a class, `text`, `integer` or `date`.
    pub fn name(&self) -> &str {
        match self {
            ParameterKind::Thing(class) => class,
            ParameterKind::Text => "text",
            ParameterKind::Integer => "integer",
            ParameterKind::Date => "date",
        }
    }

    /// The literal for a value. None for a thing, which somebody else has to look up.
    ///
    /// # Errors
    /// If the value is none of this kind.
    pub fn literal(&self, value: &str) -> Result<Option<Literal>, WrongValue> {
        let wrong = |expected| WrongValue { value: value.to_owned(), expected };
        match self {
            ParameterKind::Thing(_) => Ok(None),
            ParameterKind::Text => Ok(Some(Literal::from(value))),
            ParameterKind::Integer => match value.parse::<i64>() {
                Ok(number) => Ok(Some(Literal::from(number))),
                Err(_) => Err(wrong("whole number, such as 5")),
            },
            ParameterKind::Date => match value.parse::<jiff::civil::Date>() {
                Ok(day) => Ok(Some(Literal::new_typed_literal(day.to_string(), xsd::DATE))),
                Err(_) => Err(wrong("day, such as 2021-10-27")),
            },
        }
    }
}

impl Parameter {
    /// Reads `parameter city: City = "Medellín"`. None if it is no such line.
    fn read(line: &str) -> Option<Parameter> {
        let (name, rest) = line.strip_prefix("parameter ")?.split_once(':')?;
        let (kind, default) = match rest.split_once('=') {
            Some((kind, default)) => (kind.trim(), Some(default.trim())),
            None => (rest.trim(), None),
        };
        let kind = match kind {
            "text" => ParameterKind::Text,
            "integer" => ParameterKind::Integer,
            "date" => ParameterKind::Date,
            class => ParameterKind::Thing(class.to_owned()),
        };
        let default = default.map(|text| text.trim_matches('"').to_owned());
        Some(Parameter { name: name.trim().trim_start_matches('?').to_owned(), kind, default })
    }
}

/// A saved query.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Saved {
    /// File name without extension, such as `01-which-cities-hosted`.
    pub name: String,
    /// The question in plain words: the comment that the file begins with.
    pub question: String,
    /// The query.
    pub text: String,
    /// What can be changed in it, in the order in which it is declared.
    pub parameters: Vec<Parameter>,
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
        let lines: Vec<&str> = comment.map(str::trim).filter(|line| !line.is_empty()).collect();
        let parameters = lines.iter().filter_map(|line| Parameter::read(line)).collect();
        let words: Vec<&str> = lines.into_iter().filter(|line| Parameter::read(line).is_none()).collect();
        Saved { name: name.to_owned(), question: words.join(" "), text: text.to_owned(), parameters }
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
    use super::{ParameterKind, Saved, SavedError, find, saved};

    #[test]
    fn parameters_stand_in_the_first_comment() {
        let text = "# What happened?\n# parameter city: City = \"San José\"\n# parameter ?from: date\nSELECT * {}\n# parameter no: text";
        let query = Saved::new("queries/01-x.rq", text);
        assert_eq!(query.question, "What happened?");
        let [city, from] = &query.parameters[..] else { panic!("{:?}", query.parameters) };
        assert_eq!((city.name.as_str(), city.default.as_deref()), ("city", Some("San José")));
        assert_eq!(city.kind, ParameterKind::Thing("City".to_owned()));
        assert_eq!((from.name.as_str(), &from.kind, &from.default), ("from", &ParameterKind::Date, &None));
        assert!(ParameterKind::Date.literal("2021-10-27").is_ok_and(|literal| literal.is_some()));
        assert!(ParameterKind::Date.literal("2021").is_err() && ParameterKind::Integer.literal("five").is_err());
    }

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
