//! The whole store as one file, for other machines and later versions: a tar archive, compressed (Zstandard).
//!
//! ```text
//! urbi-dump.toml              version of the format, base IRI, threshold of the view, profile
//! decisions.nq                the decisions, as N-Quads
//! graphs.nq                   the graphs of others beside Urbi's own
//! documents/9c56….nq          evidence and provenance of one document
//! documents/9c56….sources     where it came from: a list in JSON
//! documents/9c56….original    its bytes
//! releases/2026-11.nt.zst     the releases, as they lie in the store
//! ```
//!
//! The view is not in it: it follows from the rest. The same content gives the same bytes, whatever the history of the store.

use std::{
    collections::BTreeMap,
    io::{self, BufReader, Read, Write},
};

use oxrdf::{GraphNameRef, NamedNode, Quad};
use oxttl::NQuadsParser;
use serde::{Deserialize, Serialize};

use super::{
    Store,
    change::quads_of,
    error::StoreError,
    ingest::{Given, digest},
};
use crate::{
    curation::Ledger,
    fact::{Confidence, quads},
    view::{Schema, is_evidence},
    vocab::{Base, urbi},
};

/// The format that this program writes; it reads this one and older ones.
const FORMAT: u32 = 1;
const HEAD: &str = "urbi-dump.toml";
const DECISIONS: &str = "decisions.nq";
const GRAPHS: &str = "graphs.nq";
/// Documents that are put in together.
const BATCH: usize = 256;

/// What `urbi-dump.toml` says.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    format: u32,
    base: String,
    /// In thousandths.
    least: u16,
    profile: Option<String>,
    program: String,
}

/// Why a dump cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// The store refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Reading or writing the file fails.
    #[error("the dump cannot be {action}: {source}")]
    Io {
        /// `read` or `written`.
        action: &'static str,
        /// Why not.
        source: io::Error,
    },
    /// A newer program wrote it.
    #[error("the dump has format {found}, written by Urbi {program}; this program reads formats up to {FORMAT}")]
    Newer {
        /// Its format.
        found: u32,
        /// The version of the program that wrote it.
        program: String,
    },
    /// It is no dump, or not a whole one.
    #[error("this is no whole dump of a store: {0}")]
    Damaged(String),
}

impl Store {
    /// Writes all that the store holds, its view aside.
    ///
    /// # Errors
    /// If the store cannot be read or `out` not written.
    pub fn dump(&self, out: &mut dyn Write) -> Result<(), DumpError> {
        let failed = |source| DumpError::Io { action: "written", source };
        let compressed = zstd::Encoder::new(out, 0).map_err(failed)?;
        let mut archive = tar::Builder::new(compressed);
        let mut add = |name: &str, bytes: &[u8]| {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            archive.append_data(&mut header, name, bytes).map_err(failed)
        };
        let head = Head {
            format: FORMAT,
            base: self.base.as_str().to_owned(),
            least: self.least()?.thousandths(),
            profile: self.profile()?,
            program: env!("CARGO_PKG_VERSION").to_owned(),
        };
        add(HEAD, toml::to_string(&head).map_err(|e| failed(io::Error::other(e)))?.as_bytes())?;
        let mut decided: Vec<Quad> =
            self.decisions()?.all().iter().flat_map(|entry| entry.decision.quads(&self.base)).collect();
        add(DECISIONS, lines(&mut decided).as_bytes())?;
        let mut foreign = self.foreign_quads().map_err(self.failed("read"))?;
        add(GRAPHS, lines(&mut foreign).as_bytes())?;
        for document in self.documents()? {
            let name = digest(&document.iri);
            let read = || quads_of(&self.rdf, &document.iri).map_err(self.failed("read"));
            add(&format!("documents/{name}.nq"), lines(&mut read()?).as_bytes())?;
            add(&format!("documents/{name}.sources"), json(&document.sources)?.as_bytes())?;
            let original = self.original(&document.iri)?;
            let lost = || DumpError::Damaged(format!("the store lost the original of <{}>", document.iri.as_str()));
            add(&format!("documents/{name}.original"), &original.ok_or_else(lost)?)?;
        }
        for (name, bytes) in self.release_files()? {
            add(&format!("releases/{name}"), &bytes)?;
        }
        archive.into_inner().and_then(zstd::Encoder::finish).map_err(failed)?.flush().map_err(failed)
    }

    /// Reads a dump. `make` makes the new, empty store, once the base is known.
    ///
    /// # Errors
    /// If it is no whole dump, is of a newer format, or the store refuses.
    pub fn load<E: From<DumpError>>(
        input: impl Read,
        schema: &Schema,
        make: impl FnOnce(&Base) -> Result<Store, E>,
    ) -> Result<Store, E> {
        let failed = |source| DumpError::Io { action: "read", source };
        let damaged = |what: &str| DumpError::Damaged(what.to_owned());
        let decoder = zstd::Decoder::new(input).map_err(failed)?;
        let mut archive = tar::Archive::new(decoder);
        let mut entries = archive.entries().map_err(failed)?.map(|entry| {
            let mut entry = entry.map_err(failed)?;
            let name = entry.path().map_err(failed)?.to_string_lossy().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).map_err(failed)?;
            Ok::<_, DumpError>((name, bytes))
        });
        let head = match entries.next() {
            Some(Ok((name, bytes))) if name == HEAD => bytes,
            Some(Err(error)) => return Err(error.into()),
            _ => return Err(damaged("its first file is not urbi-dump.toml").into()),
        };
        let head = String::from_utf8(head).map_err(|e| DumpError::Damaged(e.to_string()))?;
        let head: Head = toml::from_str(&head).map_err(|e| DumpError::Damaged(e.message().to_owned()))?;
        if head.format > FORMAT {
            return Err(DumpError::Newer { found: head.format, program: head.program }.into());
        }
        let base = Base::new(&head.base).map_err(|e| DumpError::Damaged(e.to_string()))?;
        let store = make(&base)?;
        let mut loading = Loading { store: &store, schema, waiting: BTreeMap::new() };
        store.set_least(schema, Confidence::from_thousandths(head.least)).map_err(DumpError::from)?;
        for entry in entries {
            let (name, bytes) = entry?;
            loading.take(&name, bytes)?;
        }
        loading.put(0)?;
        if let Some(profile) = &head.profile {
            store.set_profile(profile).map_err(DumpError::from)?;
        }
        store.flush().map_err(DumpError::from)?;
        Ok(store)
    }
}

/// Quads as sorted lines.
fn lines(quads: &mut Vec<Quad>) -> String {
    quads::sort(quads);
    quads.iter().map(|quad| format!("{quad} .\n")).collect()
}

fn json(sources: &[String]) -> Result<String, DumpError> {
    serde_json::to_string(sources).map_err(|e| DumpError::Io { action: "written", source: e.into() })
}

/// A document, as far as it has been read.
#[derive(Default)]
struct Parts {
    quads: Option<Vec<Quad>>,
    sources: Option<Vec<String>>,
    original: Option<Vec<u8>>,
}

/// A document that has been read.
struct Whole {
    document: NamedNode,
    quads: Vec<Quad>,
    sources: Vec<String>,
    original: Vec<u8>,
}

struct Loading<'a> {
    store: &'a Store,
    schema: &'a Schema,
    /// By digest.
    waiting: BTreeMap<String, Parts>,
}

impl Loading<'_> {
    fn take(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), DumpError> {
        let strange = || DumpError::Damaged(format!("it has a file {name:?}"));
        if name == DECISIONS {
            let quads = parse(name, &bytes)?;
            let ledger = Ledger::from_quads(quads.iter().map(Quad::as_ref));
            let decisions: Vec<_> = ledger.all().iter().map(|entry| entry.decision.clone()).collect();
            self.store.decide(self.schema, &decisions)?;
            return Ok(());
        }
        if name == GRAPHS {
            let quads = parse(name, &bytes)?;
            for quad in &quads {
                let is_own = self.store.check_foreign(quad.graph_name.as_ref());
                is_own.map_err(|error| DumpError::Damaged(format!("{name}: {error}")))?;
            }
            return Ok(self.store.rdf.extend(quads).map_err(self.store.failed("written"))?);
        }
        if let Some(name) = name.strip_prefix("releases/") {
            return Ok(self.store.put_release_file(name, &bytes)?);
        }
        let (digest, kind) =
            name.strip_prefix("documents/").and_then(|name| name.split_once('.')).ok_or_else(strange)?;
        let whole = self.waiting.len() > BATCH;
        let parts = self.waiting.entry(digest.to_owned()).or_default();
        match kind {
            "nq" => {
                let quads = parse(name, &bytes)?;
                let is_ours = |quad: &Quad| match quad.graph_name.as_ref() {
                    GraphNameRef::NamedNode(graph) => {
                        graph == urbi::PROVENANCE_GRAPH || is_evidence(&self.store.base, graph)
                    }
                    _ => false,
                };
                if let Some(quad) = quads.iter().find(|quad| !is_ours(quad)) {
                    return Err(DumpError::Damaged(format!("{name} has a quad that is no evidence: {quad}")));
                }
                parts.quads = Some(quads);
            }
            "sources" => {
                let sources = serde_json::from_slice(&bytes).map_err(|e| DumpError::Damaged(format!("{name}: {e}")))?;
                parts.sources = Some(sources);
            }
            "original" => parts.original = Some(bytes),
            _ => return Err(strange()),
        }
        if whole { self.put(1) } else { Ok(()) }
    }

    /// Puts in what has been read, and leaves the last documents waiting, which may not be whole yet.
    fn put(&mut self, leave: usize) -> Result<(), DumpError> {
        let mut ready = std::mem::take(&mut self.waiting);
        // The files of a document come one after the other, and the documents in order.
        while self.waiting.len() < leave
            && let Some((digest, parts)) = ready.pop_last()
        {
            self.waiting.insert(digest, parts);
        }
        let mut documents: Vec<Whole> = Vec::new();
        for (digest, parts) in ready {
            let missing = |what: &str| DumpError::Damaged(format!("the document {digest} has no {what}"));
            documents.push(Whole {
                document: self.store.base.document(&digest),
                quads: parts.quads.ok_or_else(|| missing("evidence"))?,
                sources: parts.sources.filter(|sources| !sources.is_empty()).ok_or_else(|| missing("source"))?,
                original: parts.original.ok_or_else(|| missing("original"))?,
            });
        }
        let given: Vec<Given<'_>> = documents
            .iter()
            .flat_map(|Whole { document, quads, sources, original }| {
                sources.iter().map(move |source| Given { document, quads, original, source })
            })
            .collect();
        self.store.put_all(self.schema, &given)?;
        Ok(())
    }
}

fn parse(name: &str, bytes: &[u8]) -> Result<Vec<Quad>, DumpError> {
    let quads = NQuadsParser::new().for_reader(BufReader::new(bytes));
    quads.collect::<Result<_, _>>().map_err(|e| DumpError::Damaged(format!("{name}: {e}")))
}
