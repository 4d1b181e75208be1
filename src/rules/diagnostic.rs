//! What is wrong with a rule file: a stable code, the place, and what to do about it.

use std::fmt;
use std::ops::Range;

/// A stretch of a rule file, in bytes.
pub type Span = Range<usize>;

/// What kind of mistake it is. The codes are stable: documentation and scripts may rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// R001: the text cannot be read as a rule.
    Syntax,
    /// R002: no such class or type.
    UnknownType,
    /// R003: no such relation.
    UnknownRelation,
    /// R004: a variable that nothing binds.
    UnboundVariable,
    /// R005: no such word list.
    UnknownList,
    /// R006: a relation outside its domain or range.
    WrongClass,
    /// R007: two things of one name.
    Duplicate,
    /// R008: no such token property, accessor or part.
    UnknownProperty,
    /// R009: a part that the rule needs is missing.
    Missing,
    /// R010: a pattern that is fulfilled by no words at all.
    EmptyMatch,
    /// R011: an example that does not come true.
    Example,
    /// R012: a pattern or rule that would take too much memory or time.
    TooLarge,
    /// R013: a part that this kind of rule has no use for.
    ForeignPart,
    /// R014: a part that may stand once stands again.
    Repeated,
    /// R015: an accessor of a value that has no such part, or where it has no meaning.
    Accessor,
    /// R016: captured words where a thing is asked for.
    Words,
    /// R017: `replace`, `extend` or `remove` of what is not there.
    NothingToChange,
    /// R018: a test of one token with a text that is several.
    ManyTokens,
}

impl Code {
    /// The code, such as `R006`.
    pub fn id(self) -> &'static str {
        Code::ALL.iter().find(|(code, _)| *code == self).map_or("R000", |(_, id)| id)
    }

    /// All codes, with their names.
    pub const ALL: [(Code, &'static str); 18] = [
        (Code::Syntax, "R001"),
        (Code::UnknownType, "R002"),
        (Code::UnknownRelation, "R003"),
        (Code::UnboundVariable, "R004"),
        (Code::UnknownList, "R005"),
        (Code::WrongClass, "R006"),
        (Code::Duplicate, "R007"),
        (Code::UnknownProperty, "R008"),
        (Code::Missing, "R009"),
        (Code::EmptyMatch, "R010"),
        (Code::Example, "R011"),
        (Code::TooLarge, "R012"),
        (Code::ForeignPart, "R013"),
        (Code::Repeated, "R014"),
        (Code::Accessor, "R015"),
        (Code::Words, "R016"),
        (Code::NothingToChange, "R017"),
        (Code::ManyTokens, "R018"),
    ];
}

/// One mistake.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What kind it is.
    pub code: Code,
    /// The rule file.
    pub file: String,
    /// Where, in bytes of the file.
    pub span: Span,
    /// Line of the place, from 1.
    pub line: usize,
    /// Column of the place in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A diagnostic at `span` of `file`, whose whole text is `source`.
    pub fn new(code: Code, file: &str, source: &str, span: Span, message: impl Into<String>) -> Diagnostic {
        let before = &source[..source.floor_char_boundary(span.start.min(source.len()))];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Diagnostic {
            code,
            file: file.to_owned(),
            span,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
            hint: None,
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {} {}", self.file, self.line, self.column, self.code.id(), self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

/// The word of `known` that is nearest to `wrong`, if one is near enough to be meant.
pub fn nearest<'k>(wrong: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    known
        .into_iter()
        .map(|k| (strsim::damerau_levenshtein(&wrong.to_lowercase(), &k.to_lowercase()), k))
        .filter(|(distance, k)| *distance <= 2.max(k.len() / 3))
        .min()
        .map(|(_, k)| k)
}
