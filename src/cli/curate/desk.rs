//! What a curator works at: a store that can be written, what it says, and how things are called.

use jiff::{SignedDuration, Timestamp};
use oxrdf::{NamedNode, Triple};
use urbi::curation::{Action, Decision, Fact};
use urbi::graph::Graph;
use urbi::ontology::Ontology;
use urbi::profile::Profile;
use urbi::store::Store;
use urbi::view::Schema;

use super::args::Signature;
use super::record;
use crate::cli::names::{self, Names};
use crate::cli::plan::Setting;
use crate::cli::screen::{self, Screen};

/// Most changes of the graph that are shown after a decision.
const SHOWN: usize = 12;

/// A store at work.
pub struct Desk<'a> {
    /// The store.
    pub store: Store,
    /// Its view, sorted.
    pub view: Vec<Triple>,
    /// The same as a graph.
    pub graph: Graph,
    /// How things are called.
    pub names: Names,
    /// What can be said.
    pub ontology: Ontology,
    /// The profile in use.
    pub profile: Profile,
    schema: Schema,
    screen: &'a Screen,
}

impl<'a> Desk<'a> {
    /// Opens the store, to write it.
    pub fn open(setting: &Setting, screen: &'a Screen) -> anyhow::Result<Desk<'a>> {
        let profile = setting.profile()?;
        let ontology = Ontology::load(&profile)?;
        let schema = Schema::from(&ontology);
        let store = setting.open_to_write(None)?;
        let view = store.view_triples()?;
        let graph = Graph::new(&view);
        let names = Names::new(&graph, store.base());
        Ok(Desk { store, view, graph, names, ontology, profile, schema, screen })
    }

    /// An entity by name, prefixed name or IRI.
    pub fn entity(&self, name: &str) -> anyhow::Result<NamedNode> {
        names::entity(name, &self.graph, self.store.base())
    }

    /// A key by its IRI, whole or below the base.
    pub fn key(&self, text: &str) -> Option<NamedNode> {
        let bare = text.trim_start_matches('<').trim_end_matches('>');
        let base = self.store.base();
        let below = bare.replacen(':', "/", 1);
        let candidates = [bare.to_owned(), format!("{base}{bare}"), format!("{base}{below}")];
        let is_key = |iri: &&String| base.kind_and_key(iri).is_some_and(|(_, key)| !key.is_empty());
        candidates.iter().find(is_key).and_then(|iri| NamedNode::new(iri).ok())
    }

    /// A fact in words.
    pub fn words(&self, fact: &Fact) -> String {
        self.names.fact(fact.subject.as_ref(), fact.predicate.as_ref(), &fact.object)
    }

    /// Which relations have one value.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Whether a fact stands in the graph.
    pub fn stands(&self, fact: &Triple) -> bool {
        self.view.binary_search_by_key(&fact.to_string(), ToString::to_string).is_ok()
    }

    /// Puts a decision in, and says what it changes.
    pub fn decide(&mut self, signature: &Signature, action: Action) -> anyhow::Result<NamedNode> {
        let decision = Decision {
            author: author(signature),
            time: self.time(signature)?,
            reason: signature.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned),
            action,
        };
        let iri = decision.iri(self.store.base());
        let words = record::describe(&decision, &self.names);
        self.store.decide(&self.schema, std::slice::from_ref(&decision))?;
        self.store.flush()?;
        let view = self.store.view_triples()?;
        screen::result(|out| Ok(writeln!(out, "{}  {words}", record::short(&iri))?))?;
        self.say_changes(&view);
        self.graph = Graph::new(&view);
        self.names = Names::new(&self.graph, self.store.base());
        self.view = view;
        Ok(iri)
    }

    /// The time of a decision: later than all others, because the latest holds. Clocks of other people may be ahead.
    #[expect(clippy::disallowed_methods, reason = "a decision says when it was made")]
    fn time(&self, signature: &Signature) -> anyhow::Result<Timestamp> {
        if let Some(time) = signature.time {
            return Ok(time);
        }
        let now = Timestamp::from_microsecond(Timestamp::now().as_microsecond())?;
        let ledger = self.store.decisions()?;
        let after = |last: Timestamp| last.checked_add(SignedDuration::from_micros(1));
        Ok(match ledger.all().last() {
            Some(last) => now.max(after(last.decision.time)?),
            None => now,
        })
    }

    /// Says what a decision has changed in the graph.
    fn say_changes(&self, after: &[Triple]) {
        let is_in = |triple: &Triple, view: &[Triple]| {
            view.binary_search_by_key(&triple.to_string(), ToString::to_string).is_ok()
        };
        let names = Names::new(&Graph::new(after), self.store.base());
        let lost =
            self.view.iter().filter(|triple| !is_in(triple, after)).map(|t| format!("- {}", self.names.triple(t)));
        let gained = after.iter().filter(|triple| !is_in(triple, &self.view)).map(|t| format!("+ {}", names.triple(t)));
        let changes: Vec<String> = lost.chain(gained).collect();
        if changes.is_empty() {
            self.screen.note("the graph stays as it is");
        }
        changes.iter().take(SHOWN).for_each(|line| self.screen.note(line));
        if changes.len() > SHOWN {
            self.screen.note(&format!("… and {} more changes", changes.len() - SHOWN));
        }
    }
}

/// Who decides: as given, else the user's own name on this machine.
fn author(signature: &Signature) -> String {
    let given = signature.author.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let own = || {
        let names = [whoami::realname().ok(), whoami::username().ok()];
        names.into_iter().flatten().find(|name| !name.trim().is_empty()).unwrap_or_else(|| "unknown".to_owned())
    };
    given.map_or_else(own, str::to_owned)
}
