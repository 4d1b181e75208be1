//! What the lexicon says about a name: kinds, entries, hits.

use std::borrow::Cow;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A city, town, village, district or municipality that acts as one; keyed by GeoNames id.
    City = 0,
    /// A country or territory; keyed by ISO 3166-1 alpha-2 code.
    Country = 1,
    /// A first-level division of a country, or a nation within it: evidence of where a city lies, no entity itself.
    Region = 2,
    /// An adjective or name of inhabitants ("Swedish"): evidence of a country; keyed by its code.
    Demonym = 3,
    /// An organization that is no network.
    Organization = 4,
    /// A body whose members are cities or organizations.
    Network = 5,
    /// A conference series; never an edition.
    ConferenceSeries = 6,
    /// An award or prize.
    Award = 7,
    /// A theme of the field, a SKOS concept.
    Theme = 8,
    /// A building, campus or hall.
    Venue = 9,
}

impl Kind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Kind; 10] = [
        Kind::City,
        Kind::Country,
        Kind::Region,
        Kind::Demonym,
        Kind::Organization,
        Kind::Network,
        Kind::ConferenceSeries,
        Kind::Award,
        Kind::Theme,
        Kind::Venue,
    ];

    /// The local name of the ontology class; `None` for what is only evidence (regions, demonyms).
    pub const fn class(self) -> Option<&'static str> {
        match self {
            Kind::Region | Kind::Demonym => None,
            _ => Some(self.name()),
        }
    }

    /// The name of the kind, as tables write it.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::City => "City",
            Kind::Country => "Country",
            Kind::Region => "Region",
            Kind::Demonym => "Demonym",
            Kind::Organization => "Organization",
            Kind::Network => "Network",
            Kind::ConferenceSeries => "ConferenceSeries",
            Kind::Award => "Award",
            Kind::Theme => "Theme",
            Kind::Venue => "Venue",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.name() == name)
    }
}

/// An entry of one loaded lexicon; it means nothing to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub(crate) u32);

impl EntryId {
    /// Set for entries of the tables; the others are places of the compiled file.
    const TABLE: u32 = 1 << 23;

    pub(crate) const fn place(index: usize) -> EntryId {
        EntryId(index as u32)
    }

    pub(crate) const fn row(index: usize) -> EntryId {
        EntryId(index as u32 | Self::TABLE)
    }

    /// The index of the table row, or else of the place.
    pub(crate) const fn split(self) -> Result<usize, usize> {
        if self.0 & Self::TABLE != 0 { Ok((self.0 & !Self::TABLE) as usize) } else { Err(self.0 as usize) }
    }
}

/// An entry that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The entry.
    pub entry: EntryId,
    /// The name is the entry's main name (diacritics aside), not an alternate one.
    pub primary: bool,
    /// The name is also an ordinary English word ("Reading", "Nice"), or too short to mean much: ask for more
    /// evidence, such as a country behind it.
    pub common_word: bool,
    /// The name counts only in upper case ("WHO", "US").
    pub acronym: bool,
}

/// How an entry is tied to a resource elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// The same thing: `owl:sameAs`.
    Same,
    /// The same concept: `skos:exactMatch`.
    Exact,
    /// Nearly the same concept: `skos:closeMatch`.
    Close,
    /// Its web site.
    Homepage,
}

/// What an entry is filed under. Written out only where it is asked for: most entries are looked at for their kind alone.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Id<'a> {
    /// A place of the compiled file, by its GeoNames id.
    Place(u32),
    /// A row of a table.
    Row { key: &'a str, source: &'a str },
}

/// What the lexicon knows of an entry.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// What it is.
    pub kind: Kind,
    /// The name to show.
    pub label: &'a str,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: Option<&'a str>,
    /// GeoNames code of the first-level division within the country (`TX`, `02`).
    pub admin1: Option<&'a str>,
    /// Inhabitants; 0 where unknown or meaningless.
    pub population: u32,
    /// WGS84 latitude and longitude, in degrees.
    pub position: Option<(f64, f64)>,
    pub(crate) id: Id<'a>,
    pub(crate) links: &'a [(LinkKind, String)],
    pub(crate) names: &'a [String],
}

impl<'a> Entry<'a> {
    /// Its key among its kind: `3674962`, `KR`, `uil`.
    pub fn key(&self) -> Cow<'a, str> {
        match self.id {
            Id::Place(id) => Cow::Owned(id.to_string()),
            Id::Row { key, .. } => Cow::Borrowed(key),
        }
    }

    /// What it can be cited by, relative to the lexicon's IRI: dataset, `/`, id ("geonames/3674962").
    pub fn source(&self) -> Cow<'a, str> {
        match self.id {
            Id::Place(id) => Cow::Owned(format!("geonames/{id}")),
            Id::Row { source, .. } => Cow::Borrowed(source),
        }
    }

    /// Resources elsewhere, sorted: GeoNames and Wikidata IRIs, matching concepts, the home page.
    pub fn links(&self) -> impl Iterator<Item = (LinkKind, Cow<'a, str>)> + use<'a> {
        let geonames = self.source().strip_prefix("geonames/").map(|id| format!("https://sws.geonames.org/{id}/"));
        geonames
            .map(|iri| (LinkKind::Same, Cow::Owned(iri)))
            .into_iter()
            .chain(self.links.iter().map(|(kind, iri)| (*kind, Cow::Borrowed(iri.as_str()))))
    }

    /// Whether it is one of the compiled places.
    pub fn is_compiled(&self) -> bool {
        matches!(self.id, Id::Place(_))
    }

    /// Other names and acronyms, where the lexicon keeps them (places of the compiled file have none here).
    pub fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.names.iter().map(String::as_str)
    }
}
