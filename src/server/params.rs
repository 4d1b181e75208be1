//! What a request's query string or form says.

use axum::{extract::FromRequestParts, http::request::Parts};
use oxrdf::NamedNode;

use super::error::Problem;

/// Names with values, in order; a name may come several times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Reads `name=value&…` as forms write it.
    pub fn parse(text: &[u8]) -> Params {
        Params(form_urlencoded::parse(text).into_owned().collect())
    }

    /// All names with their values, in order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a name that may come once; an empty one is none.
    ///
    /// # Errors
    /// If it comes several times.
    pub fn one(&self, name: &str) -> Result<Option<&str>, Problem> {
        let mut values = self.all(name);
        let first = values.next();
        match values.next() {
            Some(_) => Err(Problem::BadRequest(format!("the parameter {name:?} can be given once only"))),
            None => Ok(first.filter(|value| !value.is_empty())),
        }
    }

    /// A value that must be there.
    ///
    /// # Errors
    /// If it is not, or several times.
    pub fn need(&self, name: &str) -> Result<&str, Problem> {
        self.one(name)?.ok_or_else(|| Problem::BadRequest(format!("the parameter {name:?} is missing")))
    }

    /// An IRI that must be there.
    ///
    /// # Errors
    /// If it is not, or no absolute IRI.
    pub fn iri(&self, name: &str) -> Result<NamedNode, Problem> {
        iri(name, self.need(name)?)
    }

    /// An IRI that may be there.
    ///
    /// # Errors
    /// If it is no absolute IRI.
    pub fn some_iri(&self, name: &str) -> Result<Option<NamedNode>, Problem> {
        self.one(name)?.map(|value| iri(name, value)).transpose()
    }

    /// All IRIs of a name.
    ///
    /// # Errors
    /// If one is no absolute IRI.
    pub fn iris(&self, name: &str) -> Result<Vec<NamedNode>, Problem> {
        self.all(name).map(|value| iri(name, value)).collect()
    }

    /// A number, at most `most`; `usual` if it is not given.
    ///
    /// # Errors
    /// If it is no number.
    pub fn number(&self, name: &str, usual: usize, most: usize) -> Result<usize, Problem> {
        let Some(value) = self.one(name)? else { return Ok(usual) };
        let number: usize = value
            .parse()
            .map_err(|_| Problem::BadRequest(format!("the parameter {name:?} must be a number, not {value:?}")))?;
        Ok(number.min(most))
    }

    /// A year that may be there.
    ///
    /// # Errors
    /// If it is no number.
    pub fn year(&self, name: &str) -> Result<Option<i32>, Problem> {
        let year = |value: &str| {
            value
                .parse()
                .map_err(|_| Problem::BadRequest(format!("the parameter {name:?} must be a year, not {value:?}")))
        };
        self.one(name)?.map(year).transpose()
    }
}

fn iri(name: &str, value: &str) -> Result<NamedNode, Problem> {
    NamedNode::new(value)
        .map_err(|error| Problem::BadRequest(format!("the parameter {name:?} must be a whole IRI: {error}")))
}

impl<S: Sync> FromRequestParts<S> for Params {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Params, Self::Rejection> {
        Ok(Params::parse(parts.uri.query().unwrap_or_default().as_bytes()))
    }
}
