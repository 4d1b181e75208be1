//! Urbi reads announcements and builds linked data from them: from any answer one can walk back to the triple, the rule,
//! the sentence and the very bytes that state it.
//!
//! What Urbi knows of its subject is a [`Profile`](profile::Profile) of files: the [`Ontology`](ontology::Ontology),
//! rules, lexicon and saved queries. An announcement passes these stages:
//!
//! 1. [`source`] reads bytes into an [`Announcement`](source::Announcement), which knows the place of every character;
//!    [`intake`] finds the bytes, in files, folders and archives, and [`fetch`] gets them from the web;
//! 2. [`text`] finds tokens, sentences and quotations in it: a [`Text`](text::Text);
//! 3. [`lexicon`] says what names may mean: the [`Lexicon`](lexicon::Lexicon);
//! 4. [`rules`] says what to look for: a checked [`RuleSet`](rules::RuleSet);
//!    and [`mapping`] what the names in records and structured data mean: [`Mappings`](mapping::Mappings);
//! 5. [`mention`] finds typed spans: a [`Reading`](mention::Reading);
//! 6. [`resolve`] finds who and what they mean: [`Entities`](resolve::Entities);
//! 7. [`relate`] finds what is stated of them: one [`Firing`](relate::Firing) for each time that a rule applies;
//! 8. [`engine`] does all of that: an [`Engine`](engine::Engine) turns an announcement into an
//!    [`Extraction`](fact::Extraction), which is [`Evidence`](fact::Evidence) and nothing else;
//! 9. [`curation`] is what people decide about it: one [`Decision`](curation::Decision) each time;
//! 10. [`view`] combines the evidence of many documents and the decisions into one graph: a [`View`](view::View);
//! 11. [`store`] keeps all of it on disk: a [`Store`](store::Store);
//! 12. [`search`], [`graph`], [`export`] and [`query`] give it to others: by its words, as a [`Graph`](graph::Graph), in a
//!     [`Format`](export::Format), as an [`Answer`](query::Answer);
//! 13. [`explain`] says why: a [`Fact`](explain::Fact) with all that speaks for and against it;
//! 14. [`show`] marks a document up to be looked at, [`shapes`] says where a graph lacks form, [`diff`] in what two differ;
//! 15. [`eval`] measures it all against what careful readers found: a [`Report`](eval::Report);
//! 16. [`trial`] says what a change of the profile would do: its [`Effect`](trial::Effect);
//! 17. [`site`] is what there is to show of each thing, and [`server`] shows it: a [`Server`](server::Server).
//!
//! The modules are declared in the order in which they may use each other: each uses only those above it.

pub mod vocab;

pub mod profile;

pub mod ontology;

pub mod source;

pub mod fetch;

pub mod intake;

pub mod text;

pub mod lexicon;

pub mod fact;

pub mod rules;

pub mod mapping;

pub mod mention;

pub mod resolve;

pub mod relate;

pub mod engine;

pub mod curation;

pub mod view;

pub mod store;

pub mod search;

pub mod graph;

pub mod export;

pub mod query;

pub mod explain;

pub mod show;

pub mod shapes;

pub mod diff;

pub mod eval;

pub mod trial;

pub mod site;

pub mod server;
