//! What a rule file says, before it is checked: names are still strings.

use super::diagnostic::Span;

/// A name with the place where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The name, without its sigil.
    pub text: String,
    /// Where it stands, in bytes of the file.
    pub span: Span,
}

/// A token pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// Nothing.
    Empty,
    /// One token that passes a test.
    Token(Test),
    /// A mention of a type.
    Mention(Name),
    /// A named list of words (`let`).
    Macro(Name),
    /// One after the other.
    Sequence(Vec<Pattern>),
    /// One of them, the first that matches.
    Either(Vec<Pattern>),
    /// As often as possible, within the bounds.
    Repeat(Box<Pattern>, u32, u32),
    /// Remembered under a name; with a type, each mention of it within the pattern.
    Capture(Name, Option<Name>, Box<Pattern>),
    /// The beginning of the sentence.
    Start,
    /// The end of the sentence.
    End,
    /// The beginning or end of a block.
    Border,
    /// No mention of a type begins here.
    Absent(Name),
}

/// A test of one token.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Any token that is no hard clause border.
    Any,
    /// One of these words, compared as texts are: split into tokens and folded.
    Word(Vec<Name>),
    /// A form of one of these words; of the last token, where a word is several.
    Lemma(Vec<Name>),
    /// A property (`is=`), by name.
    Is(Name),
    /// A word of a named list.
    Macro(Name),
    /// The contrary.
    Not(Box<Test>),
    /// All of them.
    All(Vec<Test>),
}

/// What a mention that refers to something means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anaphor {
    /// Something of its class that is named elsewhere.
    Named,
    /// The same; if nothing was named that fits, something new.
    OrNew,
    /// The place where the announcement was made.
    Here,
}

/// Where a role of a frame is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the trigger, whatever its voice.
    Subject,
    /// Who acts: before an active trigger, behind `by` of a passive one.
    Agent,
    /// What is acted on: behind an active trigger, before a passive one.
    Object,
    /// Behind a preposition, anywhere in the clause.
    Mark,
}

impl Place {
    /// The word with which a role of this place begins.
    pub fn keyword(self) -> &'static str {
        ["subject", "agent", "object", "mark"][self as usize]
    }
}

/// A role of a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Where to look.
    pub place: Place,
    /// The variable it binds.
    pub var: Name,
    /// The types of which it must have one.
    pub types: Vec<Name>,
    /// Whether the frame fires without it.
    pub optional: bool,
    /// The prepositions, for [`Place::Mark`].
    pub after: Option<Pattern>,
}

/// A term of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A variable, perhaps with an accessor (`?d.start`), and that with a variable that counts (`?d.back(?n)`).
    Var(Name, Option<(Name, Option<Name>)>),
    /// A whole number.
    Number(i64),
}

/// A triple of a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Triple {
    /// The subject.
    pub subject: Name,
    /// The relation.
    pub relation: Name,
    /// The object.
    pub object: Term,
}

/// What kind of rule it is, with the parts of that kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Finds mentions of a type.
    Mention {
        /// The type.
        ty: Name,
        /// Mentions that refer to something named elsewhere.
        anaphor: Option<Anaphor>,
        /// The capture that is the name, if not the whole match.
        name: Option<Name>,
        /// What stands before or above the only places where it looks.
        head: Option<Pattern>,
    },
    /// A fixed sequence.
    Span,
    /// A trigger and its roles.
    Frame {
        /// The trigger.
        trigger: Pattern,
        /// The roles.
        roles: Vec<Role>,
    },
    /// A head and its items.
    List {
        /// The head.
        head: Pattern,
        /// An item.
        item: Pattern,
    },
    /// A label and its value.
    Field {
        /// The label.
        label: Pattern,
        /// The value.
        value: Pattern,
    },
    /// Facts that follow from facts.
    Derive {
        /// What must be stated.
        when: Vec<Triple>,
    },
}

/// Where an `unless` pattern is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Directly before the match.
    Before,
    /// Directly behind the match.
    After,
    /// Anywhere in the clause of the match.
    Clause,
    /// Anywhere in the sentence.
    Sentence,
}

/// A context in which a rule does not fire.
#[derive(Clone, Debug, PartialEq)]
pub struct Unless {
    /// Of a list: beside its items, and not beside its head.
    pub item: bool,
    /// Where it is looked for.
    pub context: Context,
    /// What is looked for.
    pub pattern: Pattern,
    /// Where the pattern stands.
    pub span: Span,
}

/// How `of` looks for what is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// What stands in the same row of a table.
    Row,
    /// The nearest mention of the sentence, or else what is announced (in fields always that).
    Nearest,
    /// The one mention that the clause can mean; nothing that other rules have stated it of.
    Near,
    /// What is announced, in a sentence that names nothing of the type; nothing that other rules have stated.
    Main,
}

/// What an example says of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The announcement.
    pub text: String,
    /// The facts that must come of it: (subject label, relation, object label); for a mention rule (label, "", "").
    /// None: the rule must not fire.
    pub expect: Vec<(String, String, String)>,
    /// Where it stands.
    pub span: Span,
}

/// A rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its name.
    pub name: Name,
    /// What it says about itself.
    pub doc: String,
    /// Its kind.
    pub kind: Kind,
    /// The patterns of mention and span rules: any of them.
    pub matches: Vec<Pattern>,
    /// The variable that stands for what is spoken of, its type, and how it is looked for.
    pub of: Option<(Name, Name, Spoken)>,
    /// Contexts in which it does not fire.
    pub unless: Vec<Unless>,
    /// What it states.
    pub then: Vec<Triple>,
    /// How sure it is, in thousandths.
    pub confidence: u16,
    /// The pass in which a mention rule runs.
    pub stage: u8,
    /// Within its stage: the higher prevails.
    pub priority: u8,
    /// What a mention rule does where its matches overlap others.
    pub overlap: Overlap,
    /// The language of the announcements that it is for, as a BCP 47 tag; none for all.
    pub language: Option<String>,
    /// It takes the place of the rule of its name.
    pub replaces: bool,
    /// Its examples.
    pub examples: Vec<Example>,
    /// Its whole text.
    pub span: Span,
}

/// What a mention rule does where a match of it overlaps another mention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlap {
    /// Of those that overlap, the one of higher priority stands, then the longest, then the surest, then the first rule.
    #[default]
    Longest,
    /// It stands beside others, whatever they are, and takes nothing from them.
    Beside,
}

impl Overlap {
    /// All policies, with the names that rules use.
    pub const ALL: [(Overlap, &'static str); 2] = [(Overlap::Longest, "longest"), (Overlap::Beside, "beside")];
}

/// What a word list does to one of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// There must be none.
    New,
    /// It takes its place.
    Replace,
    /// It adds to it.
    Extend,
}

/// A named pattern (`let`).
#[derive(Clone, Debug)]
pub struct List {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub pattern: Pattern,
    /// What it does to one of its name.
    pub change: Change,
    /// Its whole text.
    pub span: Span,
}

/// A rule file.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// The word lists.
    pub lists: Vec<List>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// Rules of other files that are not to be used.
    pub removed: Vec<Name>,
}
