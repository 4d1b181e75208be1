//! The names of the graph: every IRI that Urbi writes or reads, so that none is spelled out twice.
//!
//! One module a vocabulary, each constant a [`NamedNodeRef`](oxrdf::NamedNodeRef) named after the term in capitals
//! (`urbi:heldIn` is [`urbi::HELD_IN`]). A test holds the constants of [`urbi`] against `ontology/urbi.ttl`, which says
//! what the terms mean. The IRIs of data (documents, evidence, entities) are minted by a [`Base`] and nowhere else.
//!
//! Not in here: what a term's domain and range are (that is read from the ontology), and which key an entity has.

/// Declares the terms of one vocabulary, and `NAMESPACE`.
macro_rules! terms {
    ($namespace:literal; $($(#[$doc:meta])+ $name:ident = $local:literal),+ $(,)?) => {
        /// The namespace of this vocabulary.
        pub const NAMESPACE: &str = $namespace;
        $($(#[$doc])+
        pub const $name: oxrdf::NamedNodeRef<'static> =
            oxrdf::NamedNodeRef::new_unchecked(concat!($namespace, $local));)+
        /// Every term of this module, in the order in which it declares them.
        pub const ALL: &[oxrdf::NamedNodeRef<'static>] = &[$($name),+];
    };
}

mod base;
mod shared;
mod slug;
pub mod urbi;

pub use base::{Base, BaseError};
pub use shared::{dcat, dcterms, function, geo, owl, prov, rdf, rdfs, schema, sd, sh, skos, void, xsd};
pub use slug::slug;

/// Every prefix that queries may use without declaring it, and that written files declare: `(prefix, IRI)`, sorted by
/// prefix. The same as in `ontology/urbi.ttl`.
pub const PREFIXES: &[(&str, &str)] = &[
    ("bibo", "http://purl.org/ontology/bibo/"),
    ("dcterms", dcterms::NAMESPACE),
    ("geo", geo::NAMESPACE),
    ("geof", "http://www.opengis.net/def/function/geosparql/"),
    ("gn", "http://www.geonames.org/ontology#"),
    ("owl", owl::NAMESPACE),
    ("prov", prov::NAMESPACE),
    ("rdf", rdf::NAMESPACE),
    ("rdfs", rdfs::NAMESPACE),
    ("schema", schema::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("uom", "http://www.opengis.net/def/uom/OGC/1.0/"),
    ("urbi", urbi::NAMESPACE),
    ("wd", "http://www.wikidata.org/entity/"),
    ("xsd", xsd::NAMESPACE),
];
