//! Why the graph says what it says: from a statement back to the words, the rule and the document, and to what agrees with
//! it, contradicts it, or was decided about it.
//!
//! A [`Fact`] is a statement of the view, or one that evidence makes and the view does not hold, with its [`Ground`]s: a
//! sentence each, with the rules that fired on it. [`names`] tells how the entities in it came to be called and merged, by
//! reading the kept originals again. Both are given as [JSON](json), as [RDF](prov) and, in the command line, as text;
//! [`rows`] finds the facts behind the rows of an answer.
//!
//! Not in here: how statements are combined (`view`), how evidence is found again (`store`), and how a document is marked
//! up to be looked at (`show`).

mod facts;
pub mod json;
pub mod names;
pub mod prov;
pub mod rows;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use oxrdf::{NamedNode, Term, Triple};

use crate::curation::{Ledger, Recorded};
use crate::engine::Engine;
use crate::engine::account::Account;
use crate::fact::Confidence;
use crate::fact::quads::PassageRecord;
use crate::ontology::Ontology;
use crate::store::{DocumentRecord, Explanation, Store, StoreError};
use crate::view::{Schema, Standing, Valued};

pub use facts::{Pattern, entities};
pub use names::{Naming, Told};

/// Most documents that are read again to tell how names were resolved, unless another number is asked for.
pub const DOCUMENTS: usize = 50;

/// Explains what a store holds.
pub struct Explainer<'a> {
    store: &'a Store,
    engine: &'a Engine,
    schema: Schema,
    documents: usize,
    // What was read once: good for as long as nothing is written.
    accounts: RefCell<BTreeMap<NamedNode, Option<Rc<Account>>>>,
    sources: RefCell<BTreeMap<NamedNode, Rc<DocumentRecord>>>,
    canonical: RefCell<BTreeMap<NamedNode, NamedNode>>,
    values: RefCell<BTreeMap<NamedNode, Rc<Vec<Valued>>>>,
    ledger: RefCell<Option<Rc<Ledger>>>,
}

/// A statement, why it is made, and how it stands.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The statement, with the IRIs that stand for its entities.
    pub statement: Triple,
    /// Whether the view holds it, and if not, why not.
    pub standing: Standing,
    /// How sure all evidence together is of it; 0 if only a curator says so.
    pub confidence: Confidence,
    /// Where it is stated: by document, then by place.
    pub grounds: Vec<Ground>,
    /// What else is stated of the same relation, the surest first.
    pub others: Vec<Other>,
    /// The values that later announcements give in its place although it may have several; see [`Other`] for what is said
    /// of them.
    pub replaced_by: Vec<Term>,
    /// The decisions of curators that speak of it, the earliest first; also those that hold no more.
    pub decisions: Vec<Recorded>,
}

/// A sentence that states something, with the sentences that it rests on.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The document.
    pub source: Rc<DocumentRecord>,
    /// The sentence.
    pub passage: PassageRecord,
    /// Further sentences, by place.
    pub rests_on: Vec<PassageRecord>,
    /// The rules that fired on it, the surest first.
    pub firings: Vec<Firing>,
    /// Whether the kept original, read again now, has the same words at the same bytes. None if it is not kept or cannot
    /// be read.
    pub in_original: Option<bool>,
}

/// A rule that fired.
#[derive(Clone, Debug)]
pub struct Firing {
    /// The evidence graph.
    pub evidence: NamedNode,
    /// The rule, `{base}rule/{name}/{version}`.
    pub rule: NamedNode,
    /// How sure it is.
    pub confidence: Confidence,
    /// Lexicon entries that it rests on.
    pub cites: Vec<NamedNode>,
    /// What it states, with the keys that the document gives.
    pub states: Triple,
}

/// Another value of the same relation.
#[derive(Clone, Debug)]
pub struct Other {
    /// The value.
    pub value: Term,
    /// What it has to do with the fact.
    pub role: Role,
    /// How it stands itself.
    pub standing: Standing,
    /// How sure its evidence is.
    pub confidence: Confidence,
    /// How many documents state it.
    pub documents: usize,
    /// The latest date on which it was announced.
    pub latest: Option<String>,
}

/// What one value of a relation has to do with another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It says the same, more or less precisely.
    Agrees,
    /// Both cannot be true.
    Contradicts,
    /// Both may be true: the relation can have several values.
    Beside,
}

impl Role {
    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Agrees => "agrees",
            Role::Contradicts => "contradicts",
            Role::Beside => "beside",
        }
    }
}

impl Firing {
    /// The firing of a piece of evidence.
    pub fn of(explanation: &Explanation) -> Firing {
        let Explanation { statement, evidence, .. } = explanation;
        Firing {
            evidence: evidence.iri.clone(),
            rule: evidence.rule.clone(),
            confidence: evidence.confidence,
            cites: evidence.cites.clone(),
            states: statement.clone(),
        }
    }
}

impl<'a> Explainer<'a> {
    /// Explains what `store` holds; `engine` reads its originals again, with the base of the store.
    pub fn new(store: &'a Store, engine: &'a Engine) -> Explainer<'a> {
        let schema = Schema::from(engine.ontology());
        Explainer {
            store,
            engine,
            schema,
            documents: DOCUMENTS,
            accounts: RefCell::default(),
            sources: RefCell::default(),
            canonical: RefCell::default(),
            values: RefCell::default(),
            ledger: RefCell::default(),
        }
    }

    /// Reads no more than so many originals again. With 0, nothing is said of whether they hold what is quoted, and of how
    /// names were resolved.
    #[must_use]
    pub fn reading_again(self, documents: usize) -> Explainer<'a> {
        Explainer { documents, ..self }
    }

    /// All decisions.
    pub(crate) fn ledger(&self) -> Result<Rc<Ledger>, StoreError> {
        if let Some(known) = &*self.ledger.borrow() {
            return Ok(Rc::clone(known));
        }
        let ledger = Rc::new(self.store.decisions()?);
        *self.ledger.borrow_mut() = Some(Rc::clone(&ledger));
        Ok(ledger)
    }

    /// The store.
    pub fn store(&self) -> &'a Store {
        self.store
    }

    /// The ontology that statements are made in.
    pub fn ontology(&self) -> &'a Ontology {
        self.engine.ontology()
    }

    /// Name and version of a rule.
    pub fn rule(&self, rule: &NamedNode) -> (String, String) {
        let parts = self.store.base().rule_parts(rule.as_str());
        parts.map_or_else(|| (rule.as_str().to_owned(), String::new()), |(n, v)| (n.to_owned(), v.to_owned()))
    }

    /// What is known of a document.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn source(&self, document: &NamedNode) -> Result<Rc<DocumentRecord>, StoreError> {
        if let Some(known) = self.sources.borrow().get(document) {
            return Ok(Rc::clone(known));
        }
        // Evidence of a document that is not in the catalogue would be a mistake; it still has a name.
        let unknown = || DocumentRecord {
            iri: document.clone(),
            media_type: String::new(),
            length: 0,
            title: None,
            sources: Vec::new(),
            announced_on: None,
        };
        let source = Rc::new(self.store.document(document)?.unwrap_or_else(unknown));
        self.sources.borrow_mut().insert(document.clone(), Rc::clone(&source));
        Ok(source)
    }

    /// How a document was read, from its kept original. None if that is not kept, cannot be read any more, or as many others
    /// as may be have been read already.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn account(&self, document: &NamedNode) -> Result<Option<Rc<Account>>, StoreError> {
        if let Some(known) = self.accounts.borrow().get(document) {
            return Ok(known.clone());
        }
        if self.accounts.borrow().len() >= self.documents {
            return Ok(None);
        }
        let account = match self.store.original(document)? {
            Some(bytes) => names::read(self.engine, &*self.source(document)?, bytes).map(Rc::new),
            None => None,
        };
        self.accounts.borrow_mut().insert(document.clone(), account.clone());
        Ok(account)
    }
}
