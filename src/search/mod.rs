//! Names and quotes by their words: a full-text index beside the store.
//!
//! It is derived: nothing is lost with it. Its last commit says at which commit of the store it was made; when the store has
//! gone on since, it is brought up to date, by what has changed and no more. It lies in the store's folder (`text/`); where that
//! cannot be written, or another process is writing it, it lives in memory.
//!
//! Words are compared without case and accents, and not stemmed: most of what is searched are names.
//!
//! Not in here: how SPARQL asks for it (`query`).

mod content;

use std::{collections::BTreeMap, path::PathBuf};

use tantivy::{
    Index as Tantivy, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term,
    collector::TopDocs,
    query::QueryParser,
    schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value},
    tokenizer::{AsciiFoldingFilter, LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer},
};

use crate::store::{Store, StoreError};

/// The layout of the index; another one is made anew.
const LAYOUT: &str = "1";
/// The name of the way in which text is cut into words.
const WORDS: &str = "urbi";
/// Longer words are none.
const LONGEST: usize = 80;
/// Memory for writing, in bytes.
const MEMORY: usize = 64 << 20;

/// An index of names and quotes.
pub struct Index {
    reader: IndexReader,
    parser: QueryParser,
    iri: Field,
    commit: u64,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The entity or passage.
    pub iri: String,
    /// How well it fits (BM25): greater is better. Comparable within one search only.
    pub score: f32,
}

/// Why nothing can be searched.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The words cannot be read.
    #[error("{words:?} cannot be searched: {source}; put names with special characters in quotation marks")]
    Words {
        /// What was to be searched.
        words: String,
        /// What is wrong with it.
        source: tantivy::query::QueryParserError,
    },
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index cannot be read or written.
    #[error("the full-text index{} fails: {source}; remove the folder, and it is made anew", .folder.as_ref().map(|f| format!(" in {}", f.display())).unwrap_or_default())]
    Index {
        /// Where it lies; none in memory.
        folder: Option<PathBuf>,
        /// Why.
        source: TantivyError,
    },
}

/// The fields of what is indexed.
struct Fields {
    schema: Schema,
    iri: Field,
    text: Field,
    digest: Field,
}

impl Fields {
    fn new() -> Fields {
        let mut builder = Schema::builder();
        let iri = builder.add_text_field("iri", STRING | STORED);
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(WORDS)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text = builder.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let digest = builder.add_u64_field("digest", STORED);
        Fields { schema: builder.build(), iri, text, digest }
    }
}

impl Index {
    /// The index of a store as it stands now.
    ///
    /// # Errors
    /// If the store or the index cannot be read.
    pub fn open(store: &Store) -> Result<Index, SearchError> {
        let fields = Fields::new();
        if let Some(folder) = store.text_folder() {
            match on_disk(store, &fields, &folder) {
                Ok(index) => return Ok(index),
                // In memory it can be had without the folder.
                Err(error) => tracing::debug!(%error, "the full-text index is made in memory"),
            }
        }
        let index = Tantivy::create_in_ram(fields.schema.clone());
        up_to_date(store, &fields, index, None)
    }

    /// The commit of the store that it was made at.
    pub fn commit(&self) -> u64 {
        self.commit
    }

    /// The entities and passages that hold all of these words (`"in this order"`, `-without`, `one OR other`), the best first;
    /// at most `limit`.
    ///
    /// # Errors
    /// If the words cannot be read, or the index cannot.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Found>, SearchError> {
        let parsed = self.parser.parse_query(words);
        let query = parsed.map_err(|source| SearchError::Words { words: words.to_owned(), source })?;
        let searcher = self.reader.searcher();
        let failed = |source| SearchError::Index { folder: None, source };
        let best = searcher.search(&query, &TopDocs::with_limit(limit.max(1))).map_err(failed)?;
        let mut found = Vec::with_capacity(best.len());
        for (score, address) in best {
            let document: TantivyDocument = searcher.doc(address).map_err(failed)?;
            if let Some(iri) = document.get_first(self.iri).and_then(|value| value.as_str()) {
                found.push(Found { iri: iri.to_owned(), score });
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.iri.cmp(&b.iri)));
        Ok(found)
    }
}

fn on_disk(store: &Store, fields: &Fields, folder: &std::path::Path) -> Result<Index, SearchError> {
    let failed = |source| SearchError::Index { folder: Some(folder.to_owned()), source };
    std::fs::create_dir_all(folder).map_err(|error| failed(error.into()))?;
    let index = match Tantivy::open_in_dir(folder) {
        Ok(index) if index.schema() == fields.schema => index,
        // Nothing yet, something damaged, or another layout.
        _ => {
            std::fs::remove_dir_all(folder).map_err(|error| failed(error.into()))?;
            std::fs::create_dir_all(folder).map_err(|error| failed(error.into()))?;
            Tantivy::create_in_dir(folder, fields.schema.clone()).map_err(failed)?
        }
    };
    up_to_date(store, fields, index, Some(folder.to_owned()))
}

/// Brings an index to where the store is, and opens it.
fn up_to_date(store: &Store, fields: &Fields, index: Tantivy, folder: Option<PathBuf>) -> Result<Index, SearchError> {
    let failed = |source| SearchError::Index { folder: folder.clone(), source };
    let cut = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build();
    index.tokenizers().register(WORDS, cut);
    let commit = store.commit_number()?;
    let here = format!("{LAYOUT} {commit}");
    if index.load_metas().map_err(failed)?.payload.as_deref() != Some(here.as_str()) {
        let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY).map_err(failed)?;
        let mut held = held(&index, fields).map_err(failed)?;
        store.indexed(&mut |iri, texts| {
            let digest = content::digest(texts);
            if held.remove(iri) == Some(digest) {
                return;
            }
            writer.delete_term(Term::from_field_text(fields.iri, iri));
            let mut document = TantivyDocument::default();
            document.add_text(fields.iri, iri);
            texts.iter().for_each(|text| document.add_text(fields.text, text));
            document.add_u64(fields.digest, digest);
            // The queue is closed only by a failure, which the commit tells.
            let _ = writer.add_document(document);
        })?;
        for gone in held.keys() {
            writer.delete_term(Term::from_field_text(fields.iri, gone));
        }
        let mut prepared = writer.prepare_commit().map_err(failed)?;
        prepared.set_payload(&here);
        prepared.commit().map_err(failed)?;
        writer.wait_merging_threads().map_err(failed)?;
    }
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
    let mut parser = QueryParser::for_index(&index, Vec::from([fields.text]));
    parser.set_conjunction_by_default();
    Ok(Index { reader, parser, iri: fields.iri, commit })
}

/// What the index holds: IRI to the digest of its texts.
fn held(index: &Tantivy, fields: &Fields) -> Result<BTreeMap<String, u64>, TantivyError> {
    let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let mut held = BTreeMap::new();
    for segment in reader.searcher().segment_readers() {
        let documents = segment.get_store_reader(1)?;
        for document in documents.iter::<TantivyDocument>(segment.alive_bitset()) {
            let document = document?;
            let iri = document.get_first(fields.iri).and_then(|value| value.as_str());
            let digest = document.get_first(fields.digest).and_then(|value| value.as_u64());
            if let (Some(iri), Some(digest)) = (iri, digest) {
                held.insert(iri.to_owned(), digest);
            }
        }
    }
    Ok(held)
}

#[cfg(test)]
mod tests;
