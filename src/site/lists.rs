//! What there is of each kind.

use std::collections::BTreeMap;

use super::{Ref, Site, SiteError, explore::reference};

impl Site {
    /// The kinds of things (the folders below the base: `city`) with the number of things of each, by name.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn kinds(&self) -> Result<Vec<(String, usize)>, SiteError> {
        let graph = self.graph()?;
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for (_, entity) in graph.entities() {
            if let Some((kind, _)) = self.base().kind_and_key(&entity.iri) {
                *kinds.entry(kind.to_owned()).or_default() += 1;
            }
        }
        kinds.insert("document".to_owned(), self.store().documents()?.len());
        Ok(kinds.into_iter().collect())
    }

    /// The things of a kind, by name: `limit` of them from `offset` on, and how many there are.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn members(&self, kind: &str, offset: usize, limit: usize) -> Result<(Vec<Ref>, usize), SiteError> {
        let mut members: Vec<Ref> = match kind {
            "document" => {
                let named = |listed: super::ListedDocument| {
                    let document = listed.announcement;
                    Ref { iri: document.iri, label: document.title, class: "Announcement".to_owned() }
                };
                self.documents("", 0, usize::MAX)?.documents.into_iter().map(named).collect()
            }
            _ => {
                let graph = self.graph()?;
                let of_kind = |iri: &str| self.base().kind_and_key(iri).is_some_and(|(known, _)| known == kind);
                graph
                    .entities()
                    .filter(|(_, entity)| of_kind(&entity.iri))
                    .map(|(_, entity)| reference(entity))
                    .collect()
            }
        };
        members.sort_by(|a, b| (&a.label, &a.iri).cmp(&(&b.label, &b.iri)));
        let total = members.len();
        Ok((members.into_iter().skip(offset).take(limit).collect(), total))
    }
}
