//! From firings to evidence: entities get their IRIs, statements become triples, sentences become passages.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{Literal, NamedNode, NamedNodeRef, Triple};

use super::Engine;
use super::passage::Passages;
use crate::fact::quads::{compare_triples, sort_triples};
use crate::fact::{Confidence, Document, Evidence, Extraction, Passage, PassageId, RuleRef};
use crate::lexicon::LinkKind;
use crate::lexicon::{EntryId, Kind};
use crate::mention::{Finder, Partial};
use crate::ontology::ClassId;
use crate::relate::{Firing, Node, Object, Stage};
use crate::resolve::{Entity, EntityId, Known, Minted, mint};
use crate::vocab::{geo, owl, rdf, rdfs, skos, urbi, xsd};

/// Writes the evidence of one announcement.
pub struct Writer<'e, 's, 'r, 'a> {
    engine: &'e Engine,
    stage: &'s Stage<'r, 'a>,
    document: NamedNode,
    digest: String,
}

impl<'e, 's, 'r, 'a> Writer<'e, 's, 'r, 'a> {
    /// A writer for what `stage` holds.
    pub fn new(engine: &'e Engine, stage: &'s Stage<'r, 'a>) -> Self {
        let announcement = stage.reading.scene.text.announcement;
        let digest: String = announcement.digest.iter().map(|b| format!("{b:02x}")).collect();
        Writer { engine, stage, document: engine.base.document(&digest), digest }
    }

    /// The extraction that these firings make.
    pub fn write(&self, firings: &[Firing]) -> Extraction {
        let text = self.stage.reading.scene.text;
        let named = related(firings);
        let (known, minted) = (self.known(firings), self.minted(firings));
        let mut passages = Passages::new(text);
        let mut evidence = Vec::new();
        evidence.extend(self.announced(&mut passages));
        for firing in firings {
            evidence.extend(self.fired(firing, &minted, &mut passages));
        }
        for (node, sentence) in named {
            evidence.extend(match node {
                Node::Entity(id) => self.entity(id, sentence, known.get(&id), &minted, &mut passages),
                Node::Lexicon(entry) => Some(self.country(entry, sentence, &mut passages)),
                Node::Document => None,
            });
        }
        let announcement = text.announcement;
        let mut extraction = Extraction {
            document: Document {
                iri: self.document.clone(),
                media_type: announcement.media_type.clone(),
                length: announcement.length,
                title: self.title(),
            },
            passages: passages.into_list(),
            evidence,
            notes: Vec::new(),
        };
        order(&mut extraction);
        extraction
    }

    /// The IRIs of the entities that these firings relate to something.
    pub fn minted(&self, firings: &[Firing]) -> BTreeMap<EntityId, Minted> {
        mint(
            self.stage.entities,
            related(firings).keys().filter_map(|node| if let Node::Entity(id) = node { Some(*id) } else { None }),
            &self.known(firings),
            &self.engine.lexicon,
            &self.engine.ontology,
            &self.engine.base,
            &self.digest,
        )
    }

    fn title(&self) -> Option<String> {
        let announcement = self.stage.reading.scene.text.announcement;
        let stated = announcement.metadata.title.as_ref().map(|t| t.value.clone());
        stated.or_else(|| {
            let headline = announcement.blocks.iter().find(|b| b.kind == crate::source::BlockKind::Headline)?;
            Some(announcement.text[headline.range.clone()].split_whitespace().collect::<Vec<_>>().join(" "))
        })
    }

    /// The announcement itself, with its date.
    fn announced(&self, passages: &mut Passages<'_, '_>) -> Option<Evidence> {
        let anchor = self.stage.reading.anchor.as_ref()?;
        let text = self.stage.reading.scene.text;
        let trigger = match &anchor.tokens {
            Some(tokens) => passages.sentence(text.sentence_of(tokens.start)),
            None => {
                let stated = text.announcement.metadata.date.as_ref()?;
                passages.push(Passage { chars: 0..0, bytes: vec![stated.bytes.clone()], quote: stated.value.clone() })
            }
        };
        let subject = self.document.clone();
        let mut triples = vec![
            Triple::new(subject.clone(), rdf::TYPE, urbi::ANNOUNCEMENT),
            Triple::new(subject.clone(), urbi::ANNOUNCED_ON, date(anchor.date)),
        ];
        triples.extend(self.title().map(|t| Triple::new(subject, rdfs::LABEL, Literal::new_simple_literal(t))));
        Some(self.evidence(triples, builtin("announcement-date"), Confidence::from_thousandths(980), trigger))
    }

    fn evidence(
        &self,
        mut triples: Vec<Triple>,
        rule: RuleRef,
        confidence: Confidence,
        trigger: PassageId,
    ) -> Evidence {
        sort_triples(&mut triples);
        Evidence { triples, rule, trigger, antecedents: Vec::new(), cites: Vec::new(), confidence }
    }

    fn fired(
        &self,
        firing: &Firing,
        minted: &BTreeMap<EntityId, Minted>,
        passages: &mut Passages<'_, '_>,
    ) -> Option<Evidence> {
        let mut triples = Vec::new();
        for statement in &firing.statements {
            let relation = self.engine.ontology[statement.relation].iri.clone();
            let subject = self.node(statement.subject, minted);
            let triple = match &statement.object {
                Object::Node(node) => Triple::new(subject, relation, self.node(*node, minted)),
                Object::Date(partial) => Triple::new(subject, relation, date(*partial)),
                Object::Number(n) => {
                    Triple::new(subject, relation, Literal::new_typed_literal(n.to_string(), xsd::INTEGER))
                }
                Object::Text(words) => Triple::new(subject, relation, Literal::new_simple_literal(words)),
                // An address that is no IRI cannot be linked to.
                Object::Url(url) => match NamedNode::new(url) {
                    Ok(iri) => Triple::new(subject, relation, iri),
                    Err(_) => continue,
                },
                // It was not found out which day that is.
                Object::Day { .. } => continue,
            };
            triples.push(triple);
        }
        if triples.is_empty() {
            return None;
        }
        let trigger = passages.sentence(firing.trigger);
        let antecedents = firing.antecedents.iter().map(|s| passages.sentence(*s)).collect();
        let cites = firing.cites.iter().map(|e| self.citation(*e)).collect();
        let evidence = self.evidence(triples, firing.rule.clone(), firing.confidence, trigger);
        Some(Evidence { antecedents, cites, ..evidence })
    }

    fn node(&self, node: Node, minted: &BTreeMap<EntityId, Minted>) -> NamedNode {
        match node {
            Node::Entity(id) => minted.get(&id).map_or_else(|| self.document.clone(), |m| m.iri.clone()),
            Node::Lexicon(entry) => self.engine.base.entity("country", &self.engine.lexicon.entry(entry).key()),
            Node::Document => self.document.clone(),
        }
    }

    /// What an entity is, what it is called, and what else it is known as. `stated` is the sentence that first relates it
    /// to something: its passage, if it is nowhere named by itself.
    fn entity(
        &self,
        id: EntityId,
        stated: usize,
        known: Option<&Known>,
        minted: &BTreeMap<EntityId, Minted>,
        passages: &mut Passages<'_, '_>,
    ) -> Option<Evidence> {
        let text = self.stage.reading.scene.text;
        let mentions = &self.stage.reading.mentions;
        let entity = self.stage.entities.get(id);
        let minted = minted.get(&id)?;
        let best = entity.mentions.iter().copied().min_by_key(|m| {
            let mention = mentions.get(*m);
            (mention.anaphor, mention.inner, mention.tokens.start, *m)
        });
        let mut labels = entity.labels.clone();
        labels.extend(self.dated_name(entity, known));
        if entity.entry.is_none()
            && let Some(longest) = (0..labels.len()).rev().max_by_key(|i| labels[*i].chars().count())
        {
            labels.swap(0, longest);
        }
        let mut triples =
            vec![Triple::new(minted.iri.clone(), rdf::TYPE, self.engine.ontology[entity.class].iri.clone())];
        for (i, label) in labels.iter().enumerate() {
            let property = if i == 0 { rdfs::LABEL } else { skos::ALT_LABEL };
            triples.push(Triple::new(minted.iri.clone(), property, Literal::new_simple_literal(label)));
        }
        for other in &minted.others {
            triples.push(Triple::new(minted.iri.clone(), urbi::SAME_ENTITY, other.clone()));
        }
        let entry = entity.entry.or_else(|| self.theme(entity.class, &labels));
        let cites = entry.map(|e| self.lexicon_triples(e, &minted.iri, &mut triples)).into_iter().collect();
        let told = self.stage.entities.told(id).filter(|_| best.is_none());
        let (rule, confidence) = match best.map(|m| &mentions.get(m).finder) {
            Some(Finder::Rule(rule)) => {
                let info = &self.engine.rules.mentions[*rule].info;
                (info.rule.clone(), info.confidence)
            }
            _ if entity.entry.is_some() => (builtin("gazetteer"), Confidence::from_thousandths(950)),
            _ if let Some(told) = told => (told.rule.clone(), told.confidence),
            _ => (builtin("name"), Confidence::from_thousandths(900)),
        };
        let stated = told.map_or(stated, |told| told.sentence);
        let trigger = passages.sentence(best.map_or(stated, |m| text.sentence_of(mentions.get(m).tokens.start)));
        Some(Evidence { cites, ..self.evidence(triples, rule, confidence, trigger) })
    }

    /// "The edition after that", held in 2023, is called by its series and that year, unless its name says which it is.
    fn dated_name(&self, entity: &Entity, known: Option<&Known>) -> Option<String> {
        let known = known.filter(|known| known.ordinal.is_none() && entity.ordinal.is_none())?;
        let (year, series) = (known.year?, known.series.or(entity.series)?);
        // The name of the series as the announcement has it.
        let name = self.stage.entities.get(series).labels.last()?;
        let (long, short) = (year.to_string(), format!("{:02}", year % 100));
        // "DDLP'97" says it as well.
        let says = |label: &String| label.split(|c: char| !c.is_ascii_digit()).any(|n| n == long || n == short);
        let named = entity.labels.iter().any(says);
        (!named).then(|| format!("{name} {year}"))
    }

    /// The one theme of the lexicon that goes by one of these labels: a theme is what announcements word, and the lexicon
    /// knows which concepts are the same.
    fn theme<S: AsRef<str>>(&self, class: ClassId, labels: &[S]) -> Option<EntryId> {
        let lexicon = &self.engine.lexicon;
        if self.engine.ontology[class].name != Kind::Theme.name() {
            return None;
        }
        let hits = labels.iter().flat_map(|label| lexicon.hits(label.as_ref()));
        let themes: BTreeSet<EntryId> =
            hits.map(|hit| hit.entry).filter(|entry| lexicon.entry(*entry).kind == Kind::Theme).collect();
        if themes.len() == 1 { themes.first().copied() } else { None }
    }

    /// A country that only the lexicon names, because a city lies in it.
    fn country(&self, entry: EntryId, sentence: usize, passages: &mut Passages<'_, '_>) -> Evidence {
        let known = self.engine.lexicon.entry(entry);
        let iri = self.engine.base.entity("country", &known.key());
        let mut triples = vec![
            Triple::new(iri.clone(), rdf::TYPE, urbi::COUNTRY),
            Triple::new(iri.clone(), rdfs::LABEL, Literal::new_simple_literal(known.label)),
        ];
        let cites = vec![self.lexicon_triples(entry, &iri, &mut triples)];
        let trigger = passages.sentence(sentence);
        Evidence { cites, ..self.evidence(triples, builtin("gazetteer"), Confidence::from_thousandths(950), trigger) }
    }

    /// Links and position of a lexicon entry; returns what to cite.
    fn lexicon_triples(&self, entry: EntryId, iri: &NamedNode, triples: &mut Vec<Triple>) -> NamedNode {
        let known = self.engine.lexicon.entry(entry);
        for (kind, link) in known.links() {
            let property: NamedNodeRef<'_> = match kind {
                LinkKind::Same => owl::SAME_AS,
                LinkKind::Exact => skos::EXACT_MATCH,
                LinkKind::Close => skos::CLOSE_MATCH,
                LinkKind::Homepage => continue,
            };
            if let Ok(target) = NamedNode::new(link.as_ref()) {
                triples.push(Triple::new(iri.clone(), property, target));
            }
        }
        if let (Kind::City, Some((lat, long))) = (known.kind, known.position) {
            let degrees = |d: f64| Literal::new_typed_literal(format!("{d}"), xsd::DECIMAL);
            triples.push(Triple::new(iri.clone(), geo::LAT, degrees(lat)));
            triples.push(Triple::new(iri.clone(), geo::LONG, degrees(long)));
        }
        self.citation(entry)
    }

    /// The IRI by which a lexicon entry is cited.
    pub fn citation(&self, entry: EntryId) -> NamedNode {
        let known = self.engine.lexicon.entry(entry);
        let cited = known.source();
        let (source, id) = cited.split_once('/').unwrap_or(("urbi", &cited));
        self.engine.base.lexicon_entry(source, id)
    }

    /// What the relations say of the keys of entities: the first statement of each.
    fn known(&self, firings: &[Firing]) -> BTreeMap<EntityId, Known> {
        let relation = |name| self.engine.ontology.relation(name);
        let (ordinal, start, series, publisher) =
            (relation("ordinal"), relation("startDate"), relation("partOfSeries"), relation("publishedBy"));
        let mut known: BTreeMap<EntityId, Known> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for statement in firings.iter().flat_map(|f| &f.statements) {
            let Node::Entity(id) = statement.subject else { continue };
            if !seen.insert((id, statement.relation)) {
                continue;
            }
            let entity = known.entry(id).or_default();
            match &statement.object {
                Object::Number(n) if Some(statement.relation) == ordinal => entity.ordinal = u32::try_from(*n).ok(),
                Object::Date(date) if Some(statement.relation) == start => entity.year = Some(date.year),
                Object::Node(Node::Entity(other)) if Some(statement.relation) == series => entity.series = Some(*other),
                Object::Node(Node::Entity(other)) if Some(statement.relation) == publisher => {
                    entity.publisher = Some(*other)
                }
                _ => {}
            }
        }
        known
    }
}

/// What is related to anything, with the sentence that first does so.
fn related(firings: &[Firing]) -> BTreeMap<Node, usize> {
    let mut named: BTreeMap<Node, usize> = BTreeMap::new();
    for firing in firings {
        for statement in &firing.statements {
            named.entry(statement.subject).or_insert(firing.trigger);
            if let Object::Node(node) = statement.object {
                named.entry(node).or_insert(firing.trigger);
            }
        }
    }
    named
}

/// A part of the program that states facts without a rule file.
fn builtin(name: &str) -> RuleRef {
    RuleRef { name: name.to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
}

fn date(partial: Partial) -> Literal {
    let datatype = match (partial.month, partial.day) {
        (Some(_), Some(_)) => xsd::DATE,
        (Some(_), None) => xsd::G_YEAR_MONTH,
        _ => xsd::G_YEAR,
    };
    Literal::new_typed_literal(partial.iso(), datatype)
}

/// Sorts passages by place and evidence by content, so that the order of rules does not show.
fn order(extraction: &mut Extraction) {
    let mut by_place: Vec<usize> = (0..extraction.passages.len()).collect();
    by_place.sort_by(|a, b| {
        let place = |p: &Passage| (p.chars.start, p.chars.end);
        let (a, b) = (&extraction.passages[*a], &extraction.passages[*b]);
        place(a).cmp(&place(b)).then_with(|| a.quote.cmp(&b.quote))
    });
    let mut new = vec![PassageId(0); by_place.len()];
    for (to, from) in by_place.iter().enumerate() {
        new[*from] = PassageId(to as u32);
    }
    let mut passages: Vec<(PassageId, Passage)> =
        new.iter().copied().zip(std::mem::take(&mut extraction.passages)).collect();
    passages.sort_unstable_by_key(|(id, _)| *id);
    extraction.passages = passages.into_iter().map(|(_, passage)| passage).collect();
    for evidence in &mut extraction.evidence {
        evidence.trigger = new[evidence.trigger.0 as usize];
        for antecedent in &mut evidence.antecedents {
            *antecedent = new[antecedent.0 as usize];
        }
        evidence.antecedents.sort_unstable();
        evidence.antecedents.dedup();
        evidence.cites.sort();
        evidence.cites.dedup();
    }
    extraction.evidence.sort_by(|a, b| {
        let triples = || compare_triples(&a.triples, &b.triples);
        (a.trigger, &a.rule).cmp(&(b.trigger, &b.rule)).then_with(triples).then(a.confidence.cmp(&b.confidence))
    });
    extraction.evidence.dedup();
}
