//! `urbi explain`: from an answer back to the words that state it, and to what was made of them.

use std::collections::BTreeSet;

use oxrdf::{NamedNode, Term};
use urbi::engine::Engine;
use urbi::explain::{self, Explainer, Fact, Naming, Pattern, json, prov};
use urbi::export::{self, Content, Settings};
use urbi::graph::Graph;
use urbi::store::Store;
use urbi::view::is_relation;
use urbi::vocab::Base;

use super::explain_text::Text;
use super::names::{entity, property};
use super::open;
use super::outcome::Outcome;
use super::plan::Setting;
use super::screen::{self, Screen};
use super::why_args::{Explain, ExplainFormat};

/// Shows the evidence for what is asked.
pub fn run(setting: &Setting, task: &Explain, screen: &Screen) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let store = Store::open_read_only(&setting.store)?;
    let engine = Engine::new(&profile, store.base())?;
    let view = store.view_triples()?;
    let graph = Graph::new(&view);
    let subject = entity(&task.subject, &graph, store.base())?;
    let relation = task.relation.as_deref().map(|name| property(name, engine.ontology())).transpose()?;
    let value = task.value.as_deref().map(|text| Value::new(text, &graph, store.base()));
    let explainer = Explainer::new(&store, &engine);
    let object = value.as_ref().and_then(Value::term);
    let asked = Pattern { subject: Some(&subject), predicate: relation.as_ref(), object };
    let mut facts = explainer.explain(asked)?;
    facts.retain(|fact| value.as_ref().is_none_or(|value| value.fits(&fact.statement.object)));
    // What others have to do with it, when nothing special is asked.
    let thing = Term::from(subject.clone());
    if relation.is_none() {
        let about = explainer.explain(Pattern { object: Some(&thing), ..Pattern::default() })?;
        facts.extend(about.into_iter().filter(|fact| is_relation(fact.statement.predicate.as_ref())));
    }
    if facts.is_empty() {
        say_nothing_found(task, &subject, relation.as_ref(), &explainer, screen)?;
        return Ok(Outcome::Problems);
    }
    let names = names(&explainer, &subject, &facts, relation.is_some())?;
    screen::result(|out| match task.format {
        ExplainFormat::Text => {
            let text = Text::new(&graph, store.base());
            let canonical = store.canonical(&subject)?;
            if let Some(index) = graph.by_iri(canonical.as_str()).filter(|_| relation.is_none()) {
                text.entity(graph.entity(index), &facts, out)?;
            }
            text.write(&facts, &names, task.all, out)
        }
        ExplainFormat::Json => {
            let described = json::describe(&explainer, &facts, &names)?;
            serde_json::to_writer_pretty(&mut *out, &described).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        }
        ExplainFormat::Trig | ExplainFormat::Nquads => {
            let described = prov::describe(&explainer, &facts, &names);
            let context = open::context(&profile)?;
            let settings = Settings::new(store.base(), &context);
            let format = match task.format {
                ExplainFormat::Nquads => export::Format::NQuads,
                _ => export::Format::TriG,
            };
            let content = Content { view: &described.view, graphs: &described.graphs };
            Ok(export::write(format, &content, &settings, out)?)
        }
    })?;
    say_if_stale(&facts, screen);
    Ok(Outcome::Done)
}

/// How the entities came to their names: the one that is asked for; and, if a relation is asked for, those that it leads to.
fn names(
    explainer: &Explainer<'_>,
    subject: &NamedNode,
    facts: &[Fact],
    with_values: bool,
) -> anyhow::Result<Vec<Naming>> {
    let subject = explainer.store().canonical(subject)?;
    let mut wanted = vec![subject.clone()];
    if with_values {
        wanted.extend(explain::entities(facts).into_iter().filter(|node| *node != subject));
    }
    let mut names = Vec::new();
    for entity in wanted {
        let speaks_of_it = |fact: &&Fact| {
            let statement = &fact.statement;
            Term::from(statement.subject.clone()) == Term::from(entity.clone())
                || statement.object == entity.clone().into()
        };
        let grounds = facts.iter().filter(speaks_of_it).flat_map(|fact| &fact.grounds);
        let documents: BTreeSet<NamedNode> = grounds.map(|ground| ground.source.iri.clone()).collect();
        let naming = explainer.naming(&entity, &documents)?;
        // A web address has no name, and an announcement only its own.
        if !naming.told.is_empty() || !naming.joined.is_empty() || !naming.decisions.is_empty() {
            names.push(naming);
        }
    }
    Ok(names)
}

/// What stands where a value was asked for.
enum Value {
    /// An entity or an IRI.
    Thing(Term),
    /// The text of a literal, of whatever type.
    Text(String),
}

impl Value {
    fn new(text: &str, graph: &Graph, base: &Base) -> Value {
        match entity(text, graph, base) {
            Ok(node) => Value::Thing(node.into()),
            Err(_) => Value::Text(text.to_owned()),
        }
    }

    fn term(&self) -> Option<&Term> {
        match self {
            Value::Thing(term) => Some(term),
            Value::Text(_) => None,
        }
    }

    fn fits(&self, object: &Term) -> bool {
        match (self, object) {
            // The store has looked up the other keys of the entity.
            (Value::Thing(_), _) => true,
            (Value::Text(text), Term::Literal(literal)) => literal.value() == text,
            (Value::Text(text), Term::NamedNode(node)) => node.as_str() == text,
            (Value::Text(_), _) => false,
        }
    }
}

fn say_nothing_found(
    task: &Explain,
    subject: &NamedNode,
    relation: Option<&NamedNode>,
    explainer: &Explainer<'_>,
    screen: &Screen,
) -> anyhow::Result<()> {
    let asked = [Some(&task.subject), task.relation.as_ref(), task.value.as_ref()];
    let asked: Vec<&str> = asked.into_iter().flatten().map(String::as_str).collect();
    screen.warning(&format!("no evidence states: {}", asked.join(" ")));
    if let (Some(relation), Some(_)) = (relation, &task.value) {
        let stated = Pattern { subject: Some(subject), predicate: Some(relation), object: None };
        let mut values = Vec::new();
        for fact in explainer.explain(stated)? {
            values.push(match &fact.statement.object {
                Term::Literal(literal) => literal.value().to_owned(),
                Term::NamedNode(node) => explainer.store().label(node)?.unwrap_or_else(|| node.as_str().to_owned()),
                other => other.to_string(),
            });
        }
        if !values.is_empty() {
            screen.hint(&format!("what is stated instead: {}", values.join(", ")));
        }
    }
    Ok(())
}

/// Says so if originals do not hold what evidence quotes: they are read otherwise now than when the store was built.
fn say_if_stale(facts: &[Fact], screen: &Screen) {
    if facts.iter().flat_map(|fact| &fact.grounds).any(|ground| ground.in_original == Some(false)) {
        screen.warning("some passages are not found in the originals as they are read now");
        screen.hint("the program has changed since; urbi build reads everything again");
    }
}
