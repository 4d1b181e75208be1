//! Things as RDF: what a program gets that follows an IRI.

use std::collections::BTreeSet;

use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};

use super::{Overview, Site, SiteError, entity::subject};
use crate::{
    view,
    vocab::{PREFIXES, dcat, dcterms, prov, rdf, rdfs, urbi, void, xsd},
};

/// Statements about a thing that go with its description; a country has thousands.
const INCOMING: usize = 1000;

impl Site {
    /// What is known of an IRI: what the view says of it and about it, the names of what that speaks of, the announcements it
    /// comes from; of evidence, passages and documents, what their graphs say. Sorted; empty if nothing is known.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn description(&self, iri: &NamedNode) -> Result<Vec<Triple>, SiteError> {
        let store = self.store();
        let mut triples = store.about(iri)?;
        let is_entity = !triples.is_empty();
        let mut incoming = store.pointing_to(iri)?;
        incoming.truncate(INCOMING);
        triples.extend(incoming);
        triples.extend(store.behind(iri)?.into_iter().map(Triple::from));
        if triples.is_empty() {
            return Ok(triples);
        }
        let mut others: BTreeSet<NamedNode> = triples.iter().filter_map(subject).cloned().collect();
        others.extend(triples.iter().filter_map(|triple| match &triple.object {
            Term::NamedNode(node) => Some(node.clone()),
            _ => None,
        }));
        others.remove(iri);
        for other in others {
            if let Some(label) = store.label(&other)? {
                triples.push(Triple::new(other, rdfs::LABEL, Literal::from(label)));
            }
        }
        if is_entity {
            for document in store.documents_about(iri)?.into_keys() {
                triples.push(Triple::new(iri.clone(), prov::WAS_DERIVED_FROM, document));
            }
            triples.push(Triple::new(iri.clone(), void::IN_DATASET, self.dataset_iri()));
        }
        view::sort(&mut triples);
        Ok(triples)
    }

    /// The IRI of the dataset: the base.
    pub fn dataset_iri(&self) -> NamedNode {
        NamedNode::new_unchecked(self.base().as_str())
    }

    /// The dataset described by VoID and DCAT, with its real counts. `origin` is the address of the server that answers for
    /// it, ending in `/`, if one does.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn dataset(&self, overview: &Overview, origin: Option<&str>) -> Result<Vec<Triple>, SiteError> {
        let dataset = NamedOrBlankNode::from(self.dataset_iri());
        let mut out = Vec::new();
        let mut add = |subject: &NamedOrBlankNode, predicate: NamedNodeRef<'static>, object: Term| {
            out.push(Triple::new(subject.clone(), predicate, object));
        };
        let count = |number: usize| Term::from(Literal::new_typed_literal(number.to_string(), xsd::INTEGER));
        let text = |text: &str| Term::from(Literal::new_language_tagged_literal_unchecked(text, "en"));
        add(&dataset, rdf::TYPE, void::DATASET.into_owned().into());
        add(&dataset, rdf::TYPE, dcat::DATASET.into_owned().into());
        add(
            &dataset,
            dcterms::TITLE,
            text("Urbi: what announcements say of cities, conferences, publications and themes"),
        );
        add(
            &dataset,
            dcterms::DESCRIPTION,
            text("Statements read from announcements; each leads back to the words that state it."),
        );
        for keyword in ["cities", "conferences", "publications", "themes"] {
            add(&dataset, dcat::KEYWORD, text(keyword));
        }
        add(&dataset, void::TRIPLES, count(overview.triples));
        add(&dataset, void::ENTITIES, count(overview.entities));
        add(&dataset, void::DOCUMENTS, count(overview.documents));
        add(&dataset, void::CLASSES, count(overview.classes.len()));
        add(&dataset, void::PROPERTIES, count(overview.relations.len()));
        add(&dataset, void::URI_SPACE, Literal::from(self.base().as_str()).into());
        add(&dataset, void::VOCABULARY, NamedNode::new_unchecked(urbi::NAMESPACE).into());
        let part = |name: &str| NamedOrBlankNode::from(NamedNode::new_unchecked(format!("{}void/{name}", self.base())));
        for class in &overview.classes {
            let partition = part(&class.name);
            add(&dataset, void::CLASS_PARTITION, partition.clone().into());
            add(&partition, void::CLASS, NamedNode::new_unchecked(&class.iri).into());
            add(&partition, void::ENTITIES, count(class.count));
        }
        for relation in &overview.relations {
            let partition = part(&relation.relation.name);
            add(&dataset, void::PROPERTY_PARTITION, partition.clone().into());
            add(&partition, void::PROPERTY, NamedNode::new_unchecked(&relation.relation.iri).into());
            add(&partition, void::TRIPLES, count(relation.count));
        }
        for (_, namespace) in PREFIXES.iter().filter(|(name, _)| ["owl", "rdfs", "skos", "geo", "prov"].contains(name))
        {
            add(&dataset, void::VOCABULARY, NamedNode::new_unchecked(*namespace).into());
        }
        if let Some(origin) = origin {
            let endpoint = NamedNode::new_unchecked(format!("{origin}sparql"));
            let service = NamedOrBlankNode::from(endpoint.clone());
            add(&dataset, void::SPARQL_ENDPOINT, endpoint.clone().into());
            add(&service, rdf::TYPE, dcat::DATA_SERVICE.into_owned().into());
            add(&service, dcat::ENDPOINT_URL, endpoint.into());
            add(&service, dcat::SERVES_DATASET, self.dataset_iri().into());
            let download = format!("{origin}graphs?default");
            let distribution = part("distribution");
            add(&dataset, dcat::DISTRIBUTION, distribution.clone().into());
            add(&distribution, rdf::TYPE, dcat::DISTRIBUTION_CLASS.into_owned().into());
            add(&distribution, dcat::DOWNLOAD_URL, NamedNode::new_unchecked(download).into());
            add(&distribution, dcat::ACCESS_SERVICE, service.into());
        }
        view::sort(&mut out);
        Ok(out)
    }
}
