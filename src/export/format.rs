//! The formats, in one place: command line and HTTP name them from here.

use std::{fmt, str::FromStr};

/// A format that the graph can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Turtle: for people to read and keep in version control.
    Turtle,
    /// JSON-LD, compact and flat: for programs that know JSON and not RDF.
    JsonLd,
    /// N-Quads, one statement a line, sorted: the canonical form, with evidence.
    NQuads,
    /// TriG: Turtle with named graphs, hence with evidence.
    TriG,
    /// N-Triples, one statement a line, sorted.
    NTriples,
    /// RDF/XML, for older programs.
    RdfXml,
    /// Graphviz DOT: a picture.
    Dot,
    /// Mermaid: a picture in Markdown.
    Mermaid,
    /// SVG: a picture that needs no other program.
    Svg,
    /// PNG: the same in pixels.
    Png,
    /// GraphML, for programs that analyse graphs.
    GraphMl,
    /// GEXF 1.3, for Gephi.
    Gexf,
    /// GeoJSON: places with what took place there.
    GeoJson,
    /// iCalendar: when what takes place, and is due.
    ICalendar,
}

impl Format {
    /// Every format, in the order in which help texts list them.
    pub const ALL: [Format; 14] = [
        Format::Turtle,
        Format::JsonLd,
        Format::NQuads,
        Format::TriG,
        Format::NTriples,
        Format::RdfXml,
        Format::Dot,
        Format::Mermaid,
        Format::Svg,
        Format::Png,
        Format::GraphMl,
        Format::Gexf,
        Format::GeoJson,
        Format::ICalendar,
    ];

    /// The name on the command line, such as `turtle`.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Turtle => "turtle",
            Format::JsonLd => "jsonld",
            Format::NQuads => "nquads",
            Format::TriG => "trig",
            Format::NTriples => "ntriples",
            Format::RdfXml => "rdfxml",
            Format::Dot => "dot",
            Format::Mermaid => "mermaid",
            Format::Svg => "svg",
            Format::Png => "png",
            Format::GraphMl => "graphml",
            Format::Gexf => "gexf",
            Format::GeoJson => "geojson",
            Format::ICalendar => "icalendar",
        }
    }

    /// The registered media type, such as `text/turtle` (those of DOT, GraphML and GEXF are their makers').
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Turtle => "text/turtle",
            Format::JsonLd => "application/ld+json",
            Format::NQuads => "application/n-quads",
            Format::TriG => "application/trig",
            Format::NTriples => "application/n-triples",
            Format::RdfXml => "application/rdf+xml",
            Format::Dot => "text/vnd.graphviz",
            Format::Mermaid => "text/vnd.mermaid",
            Format::Svg => "image/svg+xml",
            Format::Png => "image/png",
            Format::GraphMl => "application/graphml+xml",
            Format::Gexf => "application/gexf+xml",
            Format::GeoJson => "application/geo+json",
            Format::ICalendar => "text/calendar",
        }
    }

    /// The usual file extension, without the dot, such as `ttl`.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Turtle => "ttl",
            Format::JsonLd => "jsonld",
            Format::NQuads => "nq",
            Format::TriG => "trig",
            Format::NTriples => "nt",
            Format::RdfXml => "rdf",
            Format::Dot => "dot",
            Format::Mermaid => "mmd",
            Format::Svg => "svg",
            Format::Png => "png",
            Format::GraphMl => "graphml",
            Format::Gexf => "gexf",
            Format::GeoJson => "geojson",
            Format::ICalendar => "ics",
        }
    }

    /// Whether it carries named graphs: such a format holds evidence, provenance and decisions beside the view.
    pub const fn has_graphs(self) -> bool {
        matches!(self, Format::NQuads | Format::TriG)
    }

    /// Whether it is written in RDF, of whatever vocabulary; all others are made of the graph of things.
    pub const fn is_rdf(self) -> bool {
        matches!(
            self,
            Format::Turtle | Format::JsonLd | Format::NQuads | Format::TriG | Format::NTriples | Format::RdfXml
        )
    }

    /// Whether it is text, in UTF-8; all others are bytes that no terminal shows.
    pub const fn is_text(self) -> bool {
        !matches!(self, Format::Png)
    }

    /// Whether it shows a part of the graph, which one can choose.
    pub const fn is_picture(self) -> bool {
        matches!(self, Format::Dot | Format::Mermaid | Format::Svg | Format::Png)
    }

    /// The format of a file name's extension, in upper or lower case, without the dot.
    pub fn from_extension(extension: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.extension().eq_ignore_ascii_case(extension))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// There is no such format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no format `{given}`; choose one of {}", Format::ALL.map(Format::name).join(", "))]
pub struct UnknownFormat {
    /// What was asked for.
    pub given: String,
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Format, UnknownFormat> {
        let found = Format::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| UnknownFormat { given: name.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Format;

    #[test]
    fn names_lead_back_to_their_format() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
            assert_eq!(Format::from_extension(&format.extension().to_uppercase()), Some(format));
        }
        let media: BTreeSet<_> = Format::ALL.map(Format::media_type).into_iter().collect();
        assert_eq!(media.len(), Format::ALL.len());
        let error = "ttl".parse::<Format>().expect_err("no name").to_string();
        assert!(error.contains("turtle, jsonld"), "{error}");
    }
}
