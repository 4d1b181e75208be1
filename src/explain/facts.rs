//! Statements with all that speaks for and against them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};

use super::{Explainer, Fact, Firing, Ground, Other, Role};
use crate::curation::{self, Action, Ledger, Recorded};
use crate::fact::Confidence;
use crate::fact::quads::PassageRecord;
use crate::store::{Explanation, StoreError};
use crate::view::{self, Standing, Support, Valued, is_relation};
use crate::vocab::{rdf, rdfs, skos, urbi};

/// What is asked for. `None` matches anything; an entity may be named by any of its keys.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pattern<'a> {
    /// The entity that is spoken of.
    pub subject: Option<&'a NamedNode>,
    /// The property.
    pub predicate: Option<&'a NamedNode>,
    /// Its value.
    pub object: Option<&'a Term>,
}

impl Explainer<'_> {
    /// The facts that match, by subject, property and value; what stands in the view before what does not. Without a
    /// property, only relations are given, not what the entities are and are called.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn explain(&self, asked: Pattern<'_>) -> Result<Vec<Fact>, StoreError> {
        let mut stated: BTreeMap<(NamedNode, NamedNode), BTreeMap<String, Stated>> = BTreeMap::new();
        for explanation in self.store.explain(asked.subject, asked.predicate, asked.object)? {
            if asked.predicate.is_none() && !is_relation(explanation.statement.predicate.as_ref()) {
                continue;
            }
            let Some((subject, object)) = self.ends(&explanation.statement)? else { continue };
            let values = stated.entry((subject, explanation.statement.predicate.clone())).or_default();
            let value = values.entry(object.to_string()).or_insert_with(|| Stated { object, evidence: Vec::new() });
            value.evidence.push(explanation);
        }
        // What only a curator says.
        if let Some(subject) = asked.subject {
            let subject = self.canonical(subject)?;
            for valued in self.values(&subject)?.iter().filter(|valued| valued.is_decided) {
                if asked.predicate.is_none_or(|predicate| *predicate == valued.predicate)
                    && asked.object.map_or(Ok(true), |object| Ok(self.standing_for(object)? == valued.object))?
                {
                    let values = stated.entry((subject.clone(), valued.predicate.clone())).or_default();
                    let object = valued.object.clone();
                    values.entry(object.to_string()).or_insert(Stated { object, evidence: Vec::new() });
                }
            }
        }
        let ledger = self.ledger()?;
        let mut facts = Vec::new();
        for ((subject, predicate), values) in stated {
            let mut of_relation = Vec::new();
            for (_, Stated { object, evidence }) in values {
                of_relation.push(self.fact(
                    Triple::new(subject.clone(), predicate.clone(), object),
                    evidence,
                    &ledger,
                )?);
            }
            of_relation.sort_by_key(|fact| (fact.standing != Standing::Stands, std::cmp::Reverse(fact.confidence)));
            facts.extend(of_relation);
        }
        Ok(facts)
    }

    /// How a statement stands, as evidence makes it. None if the store does not know it.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn standing(&self, statement: &Triple) -> Result<Option<Standing>, StoreError> {
        let Some((subject, object)) = self.ends(statement)? else { return Ok(None) };
        let values = self.values(&subject)?;
        let own = values.iter().find(|valued| valued.predicate == statement.predicate && valued.object == object);
        Ok(own.map(|valued| valued.standing))
    }

    fn fact(&self, statement: Triple, evidence: Vec<Explanation>, ledger: &Ledger) -> Result<Fact, StoreError> {
        let decisions = self.decisions(&statement, ledger)?;
        let grounds = self.grounds(evidence)?;
        let NamedOrBlankNode::NamedNode(subject) = &statement.subject else {
            unreachable!("statements of a store are about IRIs");
        };
        let mut fact = Fact {
            standing: Standing::Stands,
            confidence: confidence(&grounds),
            grounds,
            others: Vec::new(),
            replaced_by: Vec::new(),
            decisions,
            statement: statement.clone(),
        };
        if !is_relation(statement.predicate.as_ref()) {
            fact.standing = self.standing_of_description(&statement)?;
            return Ok(fact);
        }
        let values = self.values(subject)?;
        let of_relation = || values.iter().filter(|valued| valued.predicate == statement.predicate);
        if let Some(own) = of_relation().find(|valued| valued.object == statement.object) {
            fact.standing = own.standing;
            fact.replaced_by.clone_from(&own.replaced_by);
            let others = of_relation().filter(|valued| valued.object != statement.object);
            fact.others = others.map(|other| self.other(own, other)).collect();
            fact.others.sort_by_key(|other| (other.role, std::cmp::Reverse(other.confidence)));
        }
        Ok(fact)
    }

    fn other(&self, own: &Valued, other: &Valued) -> Other {
        let precise = |a: &Term, b: &Term| view::refines(a, b) || view::refines(b, a);
        let role = match () {
            () if precise(&own.object, &other.object) => Role::Agrees,
            () if own.is_single => Role::Contradicts,
            () => Role::Beside,
        };
        Other {
            value: other.object.clone(),
            role,
            standing: other.standing,
            confidence: other.confidence,
            documents: other.documents,
            latest: other.latest.clone(),
        }
    }

    /// What an entity is and is called has several values, which do not exclude each other.
    fn standing_of_description(&self, statement: &Triple) -> Result<Standing, StoreError> {
        if self.store.holds(statement)? {
            return Ok(Standing::Stands);
        }
        let names = [rdfs::LABEL, skos::ALT_LABEL];
        for name in names.iter().filter(|_| names.contains(&statement.predicate.as_ref())) {
            if self.store.holds(&Triple { predicate: name.into_owned(), ..statement.clone() })? {
                return Ok(Standing::Stands);
            }
        }
        Ok(match statement.predicate.as_ref() {
            // The view names a class only if no more special one is stated.
            rdf::TYPE => Standing::Refined,
            urbi::SAME_ENTITY if Term::from(statement.subject.clone()) == statement.object => Standing::Stands,
            _ => Standing::Contradicted,
        })
    }

    /// Evidence by sentence, in the order of documents and places.
    fn grounds(&self, evidence: Vec<Explanation>) -> Result<Vec<Ground>, StoreError> {
        let mut grounds: Vec<Ground> = Vec::new();
        for explanation in evidence {
            let firing = Firing::of(&explanation);
            let Explanation { passage, antecedents, .. } = explanation;
            let same = |ground: &&mut Ground| ground.passage == passage && ground.rests_on == antecedents;
            match grounds.iter_mut().find(same) {
                Some(ground) => ground.firings.push(firing),
                None => grounds.push(Ground {
                    source: self.source(&passage.document)?,
                    in_original: self.in_original(&passage)?,
                    passage,
                    rests_on: antecedents,
                    firings: vec![firing],
                }),
            }
        }
        for ground in &mut grounds {
            ground.firings.sort_by(|a, b| b.confidence.cmp(&a.confidence).then_with(|| a.evidence.cmp(&b.evidence)));
        }
        grounds.sort_by(|a, b| place(a).cmp(&place(b)));
        Ok(grounds)
    }

    /// Whether the kept original has the words of a passage at its place.
    fn in_original(&self, passage: &PassageRecord) -> Result<Option<bool>, StoreError> {
        let account = self.account(&passage.document)?;
        Ok(account.map(|account| account.holds(&passage.chars, &passage.bytes, &passage.quote)))
    }

    /// The decisions on a fact, or on another value of its relation where there can be one.
    fn decisions(&self, statement: &Triple, ledger: &Ledger) -> Result<Vec<Recorded>, StoreError> {
        let mut found = Vec::new();
        for entry in ledger.all() {
            let facts: Vec<(&curation::Fact, Option<&Term>)> = match &entry.decision.action {
                Action::Accept(fact) | Action::Reject(fact) => vec![(fact, None)],
                Action::Correct { fact, value, .. } => vec![(fact, Some(value))],
                _ => continue,
            };
            for (fact, value) in facts {
                if fact.predicate != statement.predicate {
                    continue;
                }
                let subject = NamedOrBlankNode::from(self.canonical(&fact.subject)?);
                let mut objects = vec![self.standing_for(&fact.object)?];
                if let Some(value) = value {
                    objects.push(self.standing_for(value)?);
                }
                if subject == statement.subject && objects.contains(&statement.object) {
                    found.push(entry.clone());
                }
            }
        }
        Ok(found)
    }

    /// Subject and object of a statement, as the view names them.
    fn ends(&self, statement: &Triple) -> Result<Option<(NamedNode, Term)>, StoreError> {
        let NamedOrBlankNode::NamedNode(subject) = &statement.subject else { return Ok(None) };
        Ok(Some((self.canonical(subject)?, self.standing_for(&statement.object)?)))
    }

    /// A value as the view names it.
    pub(super) fn standing_for(&self, object: &Term) -> Result<Term, StoreError> {
        Ok(match object {
            Term::NamedNode(node) => Term::from(self.canonical(node)?),
            other => other.clone(),
        })
    }

    /// The IRI that stands for an entity in the view.
    pub(super) fn canonical(&self, key: &NamedNode) -> Result<NamedNode, StoreError> {
        if let Some(known) = self.canonical.borrow().get(key) {
            return Ok(known.clone());
        }
        let canonical = self.store.canonical(key)?;
        self.canonical.borrow_mut().insert(key.clone(), canonical.clone());
        Ok(canonical)
    }

    /// All values of all relations of an entity.
    fn values(&self, subject: &NamedNode) -> Result<Rc<Vec<Valued>>, StoreError> {
        if let Some(known) = self.values.borrow().get(subject) {
            return Ok(Rc::clone(known));
        }
        let values = Rc::new(self.store.values(&self.schema, subject)?);
        self.values.borrow_mut().insert(subject.clone(), Rc::clone(&values));
        Ok(values)
    }
}

/// A value and the evidence for it.
struct Stated {
    object: Term,
    evidence: Vec<Explanation>,
}

fn place(ground: &Ground) -> (&Option<String>, &NamedNode, u32, u32) {
    let chars = &ground.passage.chars;
    (&ground.source.announced_on, &ground.source.iri, chars.start, chars.end)
}

/// How sure all grounds are together; sentences of the same wording count once.
fn confidence(grounds: &[Ground]) -> Confidence {
    let supports = grounds.iter().flat_map(|ground| {
        let wording = view::wording(&ground.passage.quote);
        ground.firings.iter().map(move |firing| Support {
            evidence: firing.evidence.clone(),
            document: ground.source.iri.clone(),
            confidence: firing.confidence,
            wording: wording.clone(),
        })
    });
    view::combine(&supports.collect::<Vec<_>>())
}

/// The entities that facts speak of, each once: subjects first.
pub fn entities(facts: &[Fact]) -> Vec<NamedNode> {
    let mut seen = BTreeSet::new();
    let subjects = facts.iter().filter_map(|fact| match &fact.statement.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    });
    let objects = facts.iter().filter_map(|fact| match &fact.statement.object {
        Term::NamedNode(node) => Some(node),
        _ => None,
    });
    subjects.chain(objects).filter(|node| seen.insert((*node).clone())).cloned().collect()
}
