//! `urbi explain`: from an answer back to the words that state it.

use oxrdf::{NamedNode, Term};
use urbi::graph::Graph;
use urbi::ontology::Ontology;
use urbi::store::{Explanation, Store};
use urbi::view::is_relation;
use urbi::vocab::Base;

use super::args::Explain;
use super::explain_text::Text;
use super::names::{entity, property};
use super::outcome::Outcome;
use super::plan::Setting;
use super::screen::{self, Screen};

/// Shows the evidence for what is asked.
pub fn run(setting: &Setting, task: &Explain, screen: &Screen) -> anyhow::Result<Outcome> {
    let ontology = Ontology::load(&setting.profile()?)?;
    let store = Store::open_read_only(&setting.store)?;
    let view = store.view_triples()?;
    let graph = Graph::new(&view);
    let subject = entity(&task.subject, &graph, store.base())?;
    let relation = task.relation.as_deref().map(|name| property(name, &ontology)).transpose()?;
    let value = task.value.as_deref().map(|text| Value::new(text, &graph, store.base()));
    let mut found = store.explain(Some(&subject), relation.as_ref(), value.as_ref().and_then(Value::term))?;
    found.retain(|explanation| {
        let statement = &explanation.statement;
        (relation.is_some() || is_relation(statement.predicate.as_ref()))
            && value.as_ref().is_none_or(|value| value.fits(&statement.object))
    });
    // What others have to do with it, when nothing special is asked.
    let mut about = Vec::new();
    if relation.is_none() {
        about = store.explain(None, None, Some(&Term::from(subject.clone())))?;
        about.retain(|explanation| is_relation(explanation.statement.predicate.as_ref()));
    }
    if found.is_empty() && about.is_empty() {
        say_nothing_found(task, &subject, relation.as_ref(), &store, screen)?;
        return Ok(Outcome::Problems);
    }
    let text = Text::new(&store, &view, &graph)?;
    screen::result(|out| {
        text.write(&found, out)?;
        text.write(&about, out)
    })?;
    Ok(Outcome::Done)
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
    store: &Store,
    screen: &Screen,
) -> anyhow::Result<()> {
    let asked = [Some(&task.subject), task.relation.as_ref(), task.value.as_ref()];
    let asked: Vec<&str> = asked.into_iter().flatten().map(String::as_str).collect();
    screen.warning(&format!("no evidence states: {}", asked.join(" ")));
    if let (Some(relation), Some(_)) = (relation, &task.value) {
        let other = values(&store.explain(Some(subject), Some(relation), None)?);
        if !other.is_empty() {
            screen.hint(&format!("what is stated instead: {}", other.join(", ")));
        }
    }
    Ok(())
}

fn values(explanations: &[Explanation]) -> Vec<String> {
    let mut values: Vec<String> = explanations
        .iter()
        .map(|explanation| match &explanation.statement.object {
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        })
        .collect();
    values.sort();
    values.dedup();
    values
}
