//! The examples in rule files are tests of their rules: each is a small announcement, dated by its own words only.
//!
//! A rule of relations must itself state the facts that its example expects; a mention rule must itself find a mention
//! of that name. Where nothing is expected, the rule must stay silent; a rule for short forms ("the conference") must
//! then name nothing new.

use std::collections::BTreeMap;

use oxrdf::{NamedOrBlankNode, Term};

use super::Engine;
use crate::fact::Extraction;
use crate::mention::{self, Finder};
use crate::profile::{Profile, ProfileError};
use crate::rules::{Code, Diagnostic, Example, Info};
use crate::source::{self, Announcement, Form};
use crate::text::{Text, fold};
use crate::vocab::{rdfs, skos};

/// The examples that do not come true, by file and place, with what came instead. `profile` is the one that the engine
/// was made from.
///
/// # Errors
/// If a rule file cannot be read any more.
pub fn check(engine: &Engine, profile: &Profile) -> Result<Vec<Diagnostic>, ProfileError> {
    check_rules(engine, profile, |_| true)
}

/// The same for the rules that are `chosen`.
///
/// # Errors
/// If a rule file cannot be read any more.
pub fn check_rules(
    engine: &Engine,
    profile: &Profile,
    chosen: impl Fn(&Info) -> bool,
) -> Result<Vec<Diagnostic>, ProfileError> {
    let files: BTreeMap<String, &str> =
        profile.files("data/rules", "rules").map(|(path, _)| (profile.place(path), path)).collect();
    let mut wrong = Vec::new();
    for (index, info) in engine.rules.infos().enumerate().filter(|(_, info)| chosen(info)) {
        for example in &info.examples {
            let Some(instead) = instead(engine, index, info, example) else { continue };
            let path = files.get(&info.file).copied().unwrap_or(&info.file);
            let text = profile.text(path)?;
            let message = format!("the example of {} does not come true: {:?}", info.rule.name, example.text);
            let diagnostic = Diagnostic::new(Code::Example, &info.file, text, example.span.clone(), message);
            wrong.push(diagnostic.hint(instead));
        }
    }
    wrong.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
    Ok(wrong)
}

/// What came instead of what the example of rule `index` of [`RuleSet::infos`](crate::rules::RuleSet::infos) expects.
fn instead(engine: &Engine, index: usize, info: &Info, example: &Example) -> Option<String> {
    let announcement = match source::read(&info.file, example.text.as_bytes(), Some(Form::Text)).as_deref() {
        Ok([announcement]) => announcement.clone(),
        Ok(_) => return Some("the text is not one announcement".to_owned()),
        Err(error) => return Some(error.to_string()),
    };
    let stated = stated(engine, &engine.extract(&announcement));
    // Mention rules are the first of all.
    let rule = engine.rules.mentions.get(index);
    let found = rule.map(|_| found(engine, index, &announcement)).unwrap_or_default();
    let own: Vec<&Fact> = stated.iter().filter(|fact| fact.rule == info.rule.name).collect();
    let names_nothing = rule.is_none_or(|rule| rule.anaphor.is_some() || found.is_empty());
    let comes_true = match &example.expect[..] {
        [] => own.is_empty() && names_nothing,
        expected => expected.iter().all(|(subject, relation, object)| match relation.as_str() {
            "" => found.iter().any(|name| key(name) == key(subject)),
            relation => own.iter().any(|fact| fact.is(subject, relation, object)),
        }),
    };
    if comes_true {
        return None;
    }
    let list = |title: &str, items: Vec<String>| match items.is_empty() {
        true => format!("{title} nothing"),
        false => format!("{title} {}", items.join("; ")),
    };
    let mut parts = Vec::new();
    if rule.is_some() {
        parts.push(list("it finds", found));
    }
    parts.push(list("it states", own.iter().map(|fact| fact.show()).collect()));
    let others = stated.iter().filter(|fact| fact.rule != info.rule.name && !fact.relation.is_empty());
    parts.push(list("others state", others.map(|fact| format!("{} by {}", fact.show(), fact.rule)).collect()));
    Some(parts.join(", "))
}

/// The names that mention rule `index` finds, those inside longer mentions left out.
fn found(engine: &Engine, index: usize, announcement: &Announcement) -> Vec<String> {
    let text = Text::new(announcement);
    let reading = mention::find(&text, &engine.rules, &engine.lexicon, &engine.ontology);
    let own = reading.mentions.iter().filter(|(_, m)| m.finder == Finder::Rule(index) && !m.inner);
    own.map(|(_, m)| text.slice(m.name.clone()).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// A statement with all names of what it is about; without a relation, the naming of something.
struct Fact {
    rule: String,
    subject: Vec<String>,
    relation: String,
    object: Vec<String>,
}

impl Fact {
    fn is(&self, subject: &str, relation: &str, object: &str) -> bool {
        let named = |names: &[String], name: &str| names.iter().any(|n| key(n) == key(name));
        self.relation == relation && named(&self.subject, subject) && named(&self.object, object)
    }

    fn show(&self) -> String {
        let first = |names: &[String]| names.first().cloned().unwrap_or_default();
        match self.relation.is_empty() {
            true => format!("what {:?} is", first(&self.subject)),
            false => format!("{:?} :{} {:?}", first(&self.subject), self.relation, first(&self.object)),
        }
    }
}

/// Everything that an extraction states.
fn stated(engine: &Engine, extraction: &Extraction) -> Vec<Fact> {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let triples = || extraction.evidence.iter().flat_map(|e| e.triples.iter().map(move |t| (e, t)));
    for (_, triple) in triples() {
        if let (NamedOrBlankNode::NamedNode(subject), Term::Literal(label)) = (&triple.subject, &triple.object)
            && [rdfs::LABEL, skos::ALT_LABEL].contains(&triple.predicate.as_ref())
        {
            names.entry(subject.as_str().to_owned()).or_default().push(label.value().to_owned());
        }
    }
    let names_of = |iri: &str| names.get(iri).cloned().unwrap_or_else(|| vec![iri.to_owned()]);
    let mut facts = Vec::new();
    for (evidence, triple) in triples() {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
        let relation = match engine.ontology.relation_by_iri(triple.predicate.as_ref()) {
            Some(relation) => engine.ontology[relation].name.clone(),
            None if triple.predicate == rdfs::LABEL => String::new(),
            None => continue,
        };
        let object = match &triple.object {
            Term::NamedNode(object) => names_of(object.as_str()),
            Term::Literal(value) => vec![value.value().to_owned()],
            _ => continue,
        };
        facts.push(Fact { rule: evidence.rule.name.clone(), subject: names_of(subject.as_str()), relation, object });
    }
    facts
}

/// The folded words of a name, without an article before it.
fn key(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).filter(|w| !w.is_empty());
    let words: Vec<String> = words.map(fold).collect();
    let start = usize::from(words.len() > 1 && matches!(words[0].as_str(), "the" | "a" | "an"));
    words[start..].join(" ")
}
