//! The site as a folder of files, which any web server can host.
//!
//! `{kind}/{key}.html` is the page of a thing, and beside it lie its forms `.ttl`, `.jsonld` and `.nt`; `index.*` is the dataset,
//! `{kind}/index.html` the list of a kind. Links are relative, so that the folder may be put anywhere. The same store gives the
//! same bytes.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Component, Path, PathBuf},
};

use oxrdf::{NamedNode, Triple};
use percent_encoding::{CONTROLS, percent_decode_str, utf8_percent_encode};
use rayon::prelude::*;

use super::{
    Site, SiteError,
    html::{self, Links},
    map, schema_org,
    schema_org::SchemaOrg,
};
use crate::{
    export::{self, Content, Context, Format},
    query::QueryError,
    vocab::urbi,
};

/// Why a site cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Something cannot be shown.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// A form cannot say it.
    #[error(transparent)]
    Export(#[from] export::Error),
    /// A query of the profile fails.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The file system refuses.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The folder holds something else.
    #[error("{} is not empty, and no site of Urbi (it has no index.ttl); choose another folder", .0.display())]
    Occupied(PathBuf),
    /// IRIs of such a base are no paths.
    #[error(
        "the base <{0}> is no folder, so that its things have no pages of their own; a store with a base that ends in `/` has"
    )]
    Base(String),
}

/// What a site is written with.
pub struct Writer<'a> {
    /// What there is to show.
    pub site: &'a Site,
    /// How JSON-LD looks.
    pub context: &'a Context,
    /// The graph in terms of schema.org.
    pub schema: &'a SchemaOrg,
    /// Whether it shows the words of announcements.
    pub quotes: bool,
}

impl Writer<'_> {
    /// Writes the whole site into `folder`, which is made, or holds an older one. Gives the number of things that have a page.
    /// `done` is told after each of them.
    ///
    /// # Errors
    /// If something cannot be shown or written.
    pub fn write(&self, folder: &Path, done: &(dyn Fn() + Sync)) -> Result<usize, FolderError> {
        if !self.site.base().as_str().ends_with('/') {
            return Err(FolderError::Base(self.site.base().as_str().to_owned()));
        }
        let occupied = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
        if occupied && !folder.join("index.ttl").exists() {
            return Err(FolderError::Occupied(folder.to_owned()));
        }
        let mut iris: BTreeSet<String> = self.site.pages()?.into_iter().collect();
        iris.extend(self.site.store().explained().map_err(SiteError::from)?.into_iter().map(NamedNode::into_string));
        let file = |name: &str, content: &[u8]| write(&folder.join(name), content);
        file("page.css", html::STYLE.as_bytes())?;
        file("land.svg", html::LAND.as_bytes())?;
        self.dataset(folder)?;
        for (kind, _) in self.site.kinds()? {
            let (members, _) = self.site.members(&kind, 0, usize::MAX)?;
            let links = self.links(1);
            let page = html::members(&links, &kind, &members, 0);
            file(&format!("{kind}/index.html"), page.as_bytes())?;
        }
        let pages = self.site.pages()?;
        for (number, part) in pages.chunks(map::PAGES).enumerate() {
            let name = if number == 0 { "sitemap.xml".to_owned() } else { format!("sitemap-{number}.xml") };
            file(&name, map::sitemap(part.iter().map(String::as_str)).as_bytes())?;
        }
        iris.par_iter().try_for_each(|iri| {
            let thing = self.thing(folder, iri);
            done();
            thing
        })?;
        Ok(iris.len())
    }

    fn dataset(&self, folder: &Path) -> Result<(), FolderError> {
        let overview = self.site.overview()?;
        let links = self.links(0);
        let page = html::dataset(&links, &overview, &self.site.kinds()?, None);
        write(&folder.join("index.html"), page.as_bytes())?;
        self.forms(&folder.join("index"), &self.site.dataset(&overview, None)?)
    }

    /// The page of a thing and its other forms.
    fn thing(&self, folder: &Path, iri: &str) -> Result<(), FolderError> {
        let Some(path) = self.site.base().local(iri).and_then(place) else { return Ok(()) };
        let links = self.links(path.components().count() - 1);
        let node = NamedNode::new_unchecked(iri);
        let stem = folder.join(&path);
        let page = self.site.page(&links, &node, self.schema)?;
        write(&with_ending(&stem, "html"), page.unwrap_or_default().as_bytes())?;
        let mut description = self.site.description(&node)?;
        description.retain(|triple| self.quotes || triple.predicate != urbi::QUOTE);
        self.forms(&stem, &description)
    }

    fn links(&self, depth: usize) -> Relative<'_> {
        Relative { site: self.site, depth, quotes: self.quotes }
    }

    fn forms(&self, stem: &Path, triples: &[Triple]) -> Result<(), FolderError> {
        let settings = export::Settings::new(self.site.base(), self.context);
        for format in [Format::Turtle, Format::JsonLd, Format::NTriples] {
            let mut bytes = Vec::new();
            export::write(format, &Content { view: triples, graphs: &[] }, &settings, &mut bytes)?;
            write(&with_ending(stem, format.extension()), &bytes)?;
        }
        Ok(())
    }
}

impl Site {
    /// The page of a thing, drawn. None if nothing is known of it.
    ///
    /// # Errors
    /// If it cannot be read, or a query of the profile fails.
    pub fn page(&self, links: &dyn Links, iri: &NamedNode, schema: &SchemaOrg) -> Result<Option<String>, FolderError> {
        if let Some(document) = self.document(iri)? {
            return Ok(Some(html::document(links, &document)));
        }
        if let Some(entity) = self.entity(iri, 500)? {
            let evidence = self.evidence(Some(iri), None, None)?;
            // What the queries need to know: the thing, and what its neighbours are and are called.
            let mut near = self.store().about(iri).map_err(SiteError::from)?;
            for other in near.clone().iter().filter_map(|triple| match &triple.object {
                oxrdf::Term::NamedNode(node) => Some(node),
                _ => None,
            }) {
                near.extend(self.store().about(other).map_err(SiteError::from)?);
            }
            let data = schema_org::json_of(iri.as_str(), &schema.graph(near)?);
            return Ok(Some(html::entity(links, &entity, &evidence, data.as_deref())));
        }
        let mut quads = self.store().behind(iri).map_err(SiteError::from)?;
        quads.retain(|quad| links.quotes() || quad.predicate != urbi::QUOTE);
        let (naming, total) = self.store().naming(iri, 200).map_err(SiteError::from)?;
        if quads.is_empty() && naming.is_empty() {
            return Ok(None);
        }
        let naming: Vec<String> = naming.into_iter().map(NamedNode::into_string).collect();
        let more = total - naming.len();
        let page = html::other(links, &self.names(), iri.as_str(), &quads, &naming, more);
        Ok(Some(page.map_err(SiteError::from)?))
    }
}

/// Links from a page that lies some folders deep.
struct Relative<'a> {
    site: &'a Site,
    depth: usize,
    quotes: bool,
}

impl Relative<'_> {
    fn up(&self) -> String {
        "../".repeat(self.depth)
    }
}

impl Links for Relative<'_> {
    fn thing(&self, iri: &str) -> String {
        let (whole, fragment) = iri.split_once('#').map_or((iri, None), |(head, end)| (head, Some(end)));
        // The text of a document is on its page.
        let whole = whole.strip_suffix("/text").unwrap_or(whole);
        match self.site.base().local(whole) {
            Some(local) if place(local).is_some() => {
                let fragment = fragment.map(|end| format!("#{end}")).unwrap_or_default();
                format!("{}{}.html{fragment}", self.up(), utf8_percent_encode(local, CONTROLS))
            }
            _ => iri.to_owned(),
        }
    }

    fn file(&self, name: &str) -> String {
        format!("{}{name}", self.up())
    }

    fn dataset(&self) -> String {
        format!("{}index.html", self.up())
    }

    fn kind(&self, kind: &str) -> String {
        format!("{}{kind}/index.html", self.up())
    }

    fn form(&self, iri: &str, ending: &str) -> String {
        match self.site.base().local(iri) {
            Some("") => format!("{}index.{ending}", self.up()),
            Some(local) => format!("{}{}.{ending}", self.up(), utf8_percent_encode(local, CONTROLS)),
            None => iri.to_owned(),
        }
    }

    fn explorer(&self, _: &str) -> Option<String> {
        None
    }

    fn quotes(&self) -> bool {
        self.quotes
    }
}

/// The file that a web server looks for at this path, without an ending. None for what is no path within a folder.
fn place(local: &str) -> Option<PathBuf> {
    let decoded = percent_decode_str(local).decode_utf8().ok()?;
    let path = PathBuf::from(decoded.as_ref());
    let inside = path.components().all(|part| matches!(part, Component::Normal(_))) && !decoded.contains(['\0', '\\']);
    (inside && !local.is_empty() && !decoded.ends_with('/')).then_some(path)
}

/// Adds an ending; what follows the last dot of a name is no ending of its own.
fn with_ending(stem: &Path, ending: &str) -> PathBuf {
    let mut name = stem.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn write(path: &Path, content: &[u8]) -> Result<(), FolderError> {
    let failed = |source| FolderError::Write { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, content).map_err(failed)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::place;

    #[test]
    fn no_key_leads_out_of_the_folder() {
        assert_eq!(place("city/1"), Some(PathBuf::from("city/1")));
        assert_eq!(place("theme/a%20b"), Some(PathBuf::from("theme/a b")));
        for local in
            ["", "../x", "theme/..", "theme/%2E%2E/%2E%2E/x", "/etc/passwd", "theme/%2Fetc", "theme/a%00", "theme/"]
        {
            assert!(
                place(local).is_none_or(|path| path.starts_with("theme") && !path.to_string_lossy().contains("..")),
                "{local}"
            );
        }
    }
}
