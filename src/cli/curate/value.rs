//! From what a user types to the value that a correction puts in the place of another.

use std::collections::BTreeSet;

use anyhow::{Context as _, anyhow, bail};
use jiff::civil::Date;
use oxrdf::{Literal, NamedNode, Term};
use urbi::curation::{Fact, Naming};
use urbi::lexicon::{EntryId, Lexicon};
use urbi::ontology::{ClassId, ClassSet, Datatype, Ontology, Range};
use urbi::resolve::kind;
use urbi::vocab::{rdf, slug, xsd};

use super::desk::Desk;
use crate::cli::outcome::wrong_use;

/// Most entries of the lexicon that a message lists.
const LISTED: usize = 6;

/// The value, and what it is if nothing else says so.
pub fn resolve(
    desk: &Desk<'_>,
    fact: &Fact,
    text: &str,
    new: bool,
    class: Option<&str>,
) -> anyhow::Result<(Term, Option<Naming>)> {
    let relation = desk.ontology.relation_by_iri(fact.predicate.as_ref());
    let Some(relation) = relation.map(|id| &desk.ontology[id]) else {
        return Ok((like(desk, fact, text)?, None));
    };
    match &relation.range {
        Range::Literals(datatypes) => {
            let found = datatypes.iter().find_map(|datatype| literal(*datatype, text));
            let wanted = || {
                let names: Vec<&str> = datatypes.iter().map(|datatype| example(*datatype)).collect();
                wrong_use(anyhow!("{text:?} is no value of {}; write {}", relation.name, names.join(" or ")))
            };
            Ok((found.ok_or_else(wanted)?.into(), None))
        }
        Range::Iri => {
            let node = NamedNode::new(text).map_err(|e| wrong_use(anyhow!("{text:?} is no web address: {e}")))?;
            Ok((node.into(), None))
        }
        Range::Things(classes) => thing(desk, &relation.name, *classes, text, new, class),
    }
}

fn thing(
    desk: &Desk<'_>,
    relation: &str,
    classes: ClassSet,
    text: &str,
    new: bool,
    class: Option<&str>,
) -> anyhow::Result<(Term, Option<Naming>)> {
    let wanted = desk.ontology.describe(classes);
    let unknown = match desk.graph.find(text, desk.store.base()) {
        Ok(index) => {
            let entity = desk.graph.entity(index);
            match desk.ontology.class(&entity.class) {
                Some(class) if !classes.contains(class) => {
                    let label = entity.label();
                    return Err(wrong_use(anyhow!("{label} is a {}; {relation} wants a {wanted}", entity.class)));
                }
                _ => return Ok((NamedNode::new(&entity.iri)?.into(), None)),
            }
        }
        Err(error) => error,
    };
    if new {
        let class = match class {
            Some(name) => desk.ontology.class(name).with_context(|| format!("there is no class {name:?}"))?,
            None => only(&desk.ontology, classes)
                .ok_or_else(|| wrong_use(anyhow!("say with --class what it is: {wanted}")))?,
        };
        if !classes.contains(class) {
            let name = &desk.ontology[class].name;
            return Err(wrong_use(anyhow!("{relation} wants a {wanted}, and no {name}")));
        }
        let class = &desk.ontology[class];
        let iri = desk.store.base().entity(kind(&class.name), &slug(text));
        return Ok((iri.into(), Some(Naming { class: class.iri.clone(), label: Literal::from(text.trim()) })));
    }
    match of_lexicon(desk, classes, text)? {
        Some((iri, naming)) => Ok((iri.into(), Some(naming))),
        None => {
            Err(wrong_use(anyhow!("{unknown}\nneither does the lexicon know a {wanted} of that name; --new makes one")))
        }
    }
}

/// The one class of a set that has no other of it above, if there is only one.
fn only(ontology: &Ontology, classes: ClassSet) -> Option<ClassId> {
    let mut top =
        classes.iter().filter(|class| ontology[*class].ancestors.intersection(classes) == ClassSet::from(*class));
    match (top.next(), top.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// An entry of the lexicon, by its name or by the end of its IRI (`city/1843564`).
fn of_lexicon(desk: &Desk<'_>, classes: ClassSet, text: &str) -> anyhow::Result<Option<(NamedNode, Naming)>> {
    let lexicon = Lexicon::load(&desk.profile)?;
    let class_of = |entry: EntryId| {
        let class = desk.ontology.class(lexicon.kind(entry).class()?)?;
        classes.contains(class).then_some(class)
    };
    let describe = |entry: EntryId, class: ClassId| -> (NamedNode, Naming) {
        let (entry, class) = (lexicon.entry(entry), &desk.ontology[class]);
        let iri = desk.store.base().entity(kind(&class.name), &entry.key());
        (iri, Naming { class: class.iri.clone(), label: Literal::from(entry.label) })
    };
    let mut hits: Vec<EntryId> = lexicon.hits(text).into_iter().map(|hit| hit.entry).collect();
    if let Some(key) = desk.key(text) {
        let local = desk.store.base().kind_and_key(key.as_str());
        let kinds = urbi::lexicon::Kind::ALL.into_iter();
        hits.extend(local.and_then(|(folder, key)| {
            kinds.filter(|k| k.class().is_some_and(|class| kind(class) == folder)).find_map(|k| lexicon.find(k, key))
        }));
    }
    // One entry may have the name in several spellings.
    let mut seen = BTreeSet::new();
    hits.retain(|entry| seen.insert(*entry));
    let found: Vec<(EntryId, ClassId)> = hits.into_iter().filter_map(|entry| Some((entry, class_of(entry)?))).collect();
    match found.as_slice() {
        [] => Ok(None),
        [(entry, class)] => Ok(Some(describe(*entry, *class))),
        several => {
            let lines: Vec<String> = several
                .iter()
                .take(LISTED)
                .map(|(entry, class)| {
                    let iri = describe(*entry, *class).0;
                    let entry = lexicon.entry(*entry);
                    let country = entry.country.map(|country| format!(", {country}")).unwrap_or_default();
                    format!("  {}  {}{country}", desk.names.node(iri.as_ref()), entry.label)
                })
                .collect();
            let more = several.len().saturating_sub(LISTED);
            let more = if more > 0 { format!("\n  … and {more} more") } else { String::new() };
            Err(wrong_use(anyhow!("{text} may mean several; give one of\n{}{more}", lines.join("\n"))))
        }
    }
}

/// A value of the same sort as the one that is corrected: for names, classes, links and coordinates.
fn like(desk: &Desk<'_>, fact: &Fact, text: &str) -> anyhow::Result<Term> {
    if fact.predicate == rdf::TYPE
        && let Some(class) = desk.ontology.class(text)
    {
        return Ok(desk.ontology[class].iri.clone().into());
    }
    match &fact.object {
        Term::NamedNode(_) => {
            let iri = text.trim_start_matches('<').trim_end_matches('>');
            Ok(NamedNode::new(iri).map_err(|error| wrong_use(anyhow!("{text:?} is no IRI: {error}")))?.into())
        }
        Term::Literal(old) => Ok(match old.language() {
            Some(language) => Literal::new_language_tagged_literal(text, language)?,
            None => Literal::new_typed_literal(text, old.datatype()),
        }
        .into()),
        other => bail!("{other} cannot be corrected"),
    }
}

fn literal(datatype: Datatype, text: &str) -> Option<Literal> {
    let is_number = |digits: &str, length: usize| digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
    let typed = |datatype| Some(Literal::new_typed_literal(text, datatype));
    match datatype {
        Datatype::String => Some(Literal::from(text)),
        Datatype::Boolean => text.parse::<bool>().ok().map(Literal::from),
        Datatype::Integer => text.parse::<i64>().ok().map(Literal::from),
        Datatype::Decimal => text.parse::<f64>().ok().and_then(|_| typed(xsd::DECIMAL)),
        Datatype::Year => is_number(text, 4).then(|| typed(xsd::G_YEAR)).flatten(),
        Datatype::YearMonth => {
            let (year, month) = text.split_once('-')?;
            let is_month = is_number(month, 2) && matches!(month.parse(), Ok(1..=12));
            (is_number(year, 4) && is_month).then(|| typed(xsd::G_YEAR_MONTH)).flatten()
        }
        Datatype::Date => (text.len() == 10 && text.parse::<Date>().is_ok()).then(|| typed(xsd::DATE)).flatten(),
    }
}

fn example(datatype: Datatype) -> &'static str {
    match datatype {
        Datatype::String => "a text",
        Datatype::Boolean => "true or false",
        Datatype::Integer => "a whole number",
        Datatype::Decimal => "a number such as 1.5",
        Datatype::Year => "2021",
        Datatype::YearMonth => "2021-10",
        Datatype::Date => "2021-10-27",
    }
}
