//! Explanations as RDF: PROV-O.
//!
//! As in a store, a fact of the view stands in the default graph, what a firing states in the graph that its evidence is
//! named by, and what is said of all of them in `urbi:provenance`:
//!
//! ```text
//! <evidence/3f2a…>   a prov:Entity ; prov:wasGeneratedBy <firing/3f2a…> ; prov:hadPrimarySource <document/9c…> .
//! <firing/3f2a…>     a prov:Activity ; prov:used <document/9c…/text#char=120,245> ;
//!                    prov:qualifiedAssociation <association/launched/0badcafe> .
//! <association/launched/0badcafe> a prov:Association ; prov:agent <program/urbi> ; prov:hadPlan <rule/launched/0badcafe> .
//! <document/9c…/text#char=120,245> a prov:Entity ; prov:value "…" ; prov:wasQuotedFrom <document/9c…> .
//! ```
//!
//! No blank nodes: what would be one has an IRI that is made of what it belongs to.

use oxrdf::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term, Triple};

use super::names::Naming;
use super::{Explainer, Fact, Firing, Ground};
use crate::fact::quads::{PassageRecord, sort};
use crate::store::DocumentRecord;
use crate::view;
use crate::vocab::{Base, dcterms, prov, rdf, rdfs, urbi, xsd};

/// An explanation in RDF.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// What stands in the view: the default graph.
    pub view: Vec<Triple>,
    /// Evidence, provenance and decisions, each in its graph.
    pub graphs: Vec<Quad>,
}

/// Facts and names, explained: sorted, each quad once.
pub fn describe(explainer: &Explainer<'_>, facts: &[Fact], names: &[Naming]) -> Provenance {
    let mut writer = Writer { base: explainer.store().base(), view: Vec::new(), quads: Vec::new() };
    for fact in facts {
        if fact.standing.is_in_view() {
            writer.view.push(fact.statement.clone());
        }
        for ground in &fact.grounds {
            writer.ground(ground, explainer);
        }
        for decision in &fact.decisions {
            writer.decision(&decision.iri, decision.decision.quads(explainer.store().base()));
        }
    }
    for naming in names {
        writer.naming(naming, explainer);
    }
    let Writer { mut view, quads: mut graphs, .. } = writer;
    view::sort(&mut view);
    sort(&mut graphs);
    Provenance { view, graphs }
}

struct Writer<'a> {
    base: &'a Base,
    view: Vec<Triple>,
    quads: Vec<Quad>,
}

impl Writer<'_> {
    fn say(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        let graph = GraphName::from(urbi::PROVENANCE_GRAPH.into_owned());
        self.quads.push(Quad::new(subject.clone(), predicate.into_owned(), object, graph));
    }

    fn is_a(&mut self, subject: &NamedNode, class: NamedNodeRef<'_>) {
        self.say(subject, rdf::TYPE, class.into_owned());
    }

    fn ground(&mut self, ground: &Ground, explainer: &Explainer<'_>) {
        self.source(&ground.source);
        for passage in std::iter::once(&ground.passage).chain(&ground.rests_on) {
            self.passage(passage);
        }
        for firing in &ground.firings {
            self.firing(firing, &ground.passage, &ground.rests_on, explainer);
        }
    }

    fn source(&mut self, source: &DocumentRecord) {
        self.is_a(&source.iri, prov::ENTITY);
        self.is_a(&source.iri, urbi::ANNOUNCEMENT);
        self.say(&source.iri, dcterms::FORMAT, Literal::new_simple_literal(&source.media_type));
        if let Some(title) = &source.title {
            self.say(&source.iri, dcterms::TITLE, Literal::new_simple_literal(title));
        }
        if let Some(date) = &source.announced_on {
            let datatype = [xsd::G_YEAR, xsd::G_YEAR_MONTH, xsd::DATE][date.matches('-').count().min(2)];
            self.say(&source.iri, urbi::ANNOUNCED_ON, Literal::new_typed_literal(date, datatype));
        }
    }

    fn passage(&mut self, passage: &PassageRecord) {
        self.is_a(&passage.iri, prov::ENTITY);
        self.is_a(&passage.iri, urbi::PASSAGE_CLASS);
        self.say(&passage.iri, prov::VALUE, Literal::new_simple_literal(&passage.quote));
        self.say(&passage.iri, prov::WAS_QUOTED_FROM, passage.document.clone());
        self.bytes(&passage.iri, &passage.bytes);
    }

    fn bytes(&mut self, passage: &NamedNode, ranges: &[std::ops::Range<u64>]) {
        let ranges: Vec<String> = ranges.iter().map(|range| format!("{}-{}", range.start, range.end)).collect();
        self.say(passage, urbi::BYTES, Literal::new_simple_literal(ranges.join(",")));
    }

    fn firing(
        &mut self,
        firing: &Firing,
        passage: &PassageRecord,
        rests_on: &[PassageRecord],
        explainer: &Explainer<'_>,
    ) {
        let evidence = &firing.evidence;
        self.quads.push(firing.states.clone().in_graph(evidence.clone()));
        let hash = evidence.as_str().rsplit('/').next().unwrap_or_default();
        let activity = self.base.entity("firing", hash);
        self.is_a(evidence, prov::ENTITY);
        self.is_a(evidence, urbi::EVIDENCE);
        self.say(evidence, prov::WAS_GENERATED_BY, activity.clone());
        self.say(evidence, prov::HAD_PRIMARY_SOURCE, passage.document.clone());
        let confidence = Literal::new_typed_literal(firing.confidence.thousandths().to_string(), xsd::INTEGER);
        self.say(evidence, urbi::CONFIDENCE, confidence);
        self.is_a(&activity, prov::ACTIVITY);
        for used in std::iter::once(passage).chain(rests_on) {
            self.say(evidence, prov::WAS_DERIVED_FROM, used.iri.clone());
            self.say(&activity, prov::USED, used.iri.clone());
        }
        for entry in &firing.cites {
            self.is_a(entry, prov::ENTITY);
            self.is_a(entry, urbi::LEXICON_ENTRY);
            self.say(evidence, prov::WAS_DERIVED_FROM, entry.clone());
            self.say(&activity, prov::USED, entry.clone());
        }
        let (name, version) = explainer.rule(&firing.rule);
        let association = self.base.association(&name, &version);
        let program = self.base.entity("program", "urbi");
        self.say(&activity, prov::WAS_ASSOCIATED_WITH, program.clone());
        self.say(&activity, prov::QUALIFIED_ASSOCIATION, association.clone());
        self.is_a(&association, prov::ASSOCIATION);
        self.say(&association, prov::AGENT, program.clone());
        self.say(&association, prov::HAD_PLAN, firing.rule.clone());
        self.is_a(&firing.rule, prov::PLAN);
        self.is_a(&firing.rule, urbi::RULE_CLASS);
        self.say(&firing.rule, rdfs::LABEL, Literal::new_simple_literal(name));
        self.is_a(&program, prov::SOFTWARE_AGENT);
        self.say(&program, rdfs::LABEL, Literal::new_simple_literal("Urbi"));
    }

    fn decision(&mut self, iri: &NamedNode, own: Vec<Quad>) {
        self.is_a(iri, prov::ENTITY);
        self.quads.extend(own);
    }

    fn naming(&mut self, naming: &Naming, explainer: &Explainer<'_>) {
        if let Some(label) = &naming.label {
            let label = Literal::new_simple_literal(label);
            self.view.push(Triple::new(naming.entity.clone(), rdfs::LABEL.into_owned(), label));
        }
        for key in naming.keys.iter().filter(|key| **key != naming.entity) {
            self.view.push(Triple::new(naming.entity.clone(), urbi::ALIAS.into_owned(), key.clone()));
        }
        for join in &naming.joined {
            self.passage(&join.passage);
            join.antecedents.iter().for_each(|passage| self.passage(passage));
            self.firing(&Firing::of(join), &join.passage, &join.antecedents, explainer);
        }
        for decision in &naming.decisions {
            self.decision(&decision.iri, decision.decision.quads(explainer.store().base()));
        }
        for told in &naming.told {
            self.source(&told.source);
            for mention in &told.mentions {
                let passage = self.base.passage(told.source.iri.as_ref(), &mention.chars);
                self.is_a(&passage, prov::ENTITY);
                self.is_a(&passage, urbi::PASSAGE_CLASS);
                self.say(&passage, prov::VALUE, Literal::new_simple_literal(&mention.words));
                self.say(&passage, prov::WAS_QUOTED_FROM, told.source.iri.clone());
                self.bytes(&passage, &mention.bytes);
                self.say(&passage, urbi::MEANS, told.named.iri.clone());
                if let Some(reason) = &mention.reason {
                    self.say(&passage, urbi::BECAUSE, Literal::new_simple_literal(&reason.text));
                }
            }
        }
    }
}
