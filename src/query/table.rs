//! Rows as columns for a person to read: short names instead of IRIs, long cells wrapped.

use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use oxrdf::{Term, TermRef};

/// Shortens IRIs by prefixes, for people only: what it gives is not meant to be parsed again.
#[derive(Clone, Debug, Default)]
pub struct Shortener {
    /// Prefix IRI and what to write instead, the longest IRI first.
    prefixes: Vec<(String, String)>,
}

impl Shortener {
    /// From prefixes (name, IRI) and the base of the data, which is left out entirely (`city/3674962`).
    pub fn new(prefixes: &[(&str, &str)], base: &str) -> Shortener {
        let mut prefixes: Vec<_> = prefixes.iter().map(|(name, iri)| ((*iri).to_owned(), format!("{name}:"))).collect();
        prefixes.push((base.to_owned(), String::new()));
        prefixes.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        Shortener { prefixes }
    }

    /// The short name of an IRI, or the IRI itself.
    pub fn iri(&self, iri: &str) -> String {
        let short = self.prefixes.iter().find_map(|(prefix, name)| {
            let local = iri.strip_prefix(prefix.as_str())?;
            (!local.is_empty()).then(|| format!("{name}{local}"))
        });
        sanitized(&short.unwrap_or_else(|| iri.to_owned()))
    }

    /// A term as people read it: an IRI by its short name, a literal by its value alone.
    pub fn term<'a>(&self, term: impl Into<TermRef<'a>>) -> String {
        match term.into() {
            TermRef::NamedNode(node) => self.iri(node.as_str()),
            TermRef::Literal(literal) => sanitized(literal.value()),
            TermRef::BlankNode(node) => node.to_string(),
            TermRef::Triple(triple) => format!(
                "<<( {} {} {} )>>",
                self.term(&Term::from(triple.subject.clone())),
                self.iri(triple.predicate.as_str()),
                self.term(&triple.object)
            ),
        }
    }
}

/// Text for a terminal: control characters, which could move the cursor or colour the screen, become `�`.
pub fn sanitized(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{FFFD}' } else { c }).collect()
}

/// Draws a table of at most `width` columns of the screen; columns of numbers are aligned to the right.
pub fn table(header: Vec<String>, rows: impl Iterator<Item = Vec<String>>, width: u16) -> String {
    let mut table = Table::new();
    table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')));
    table.force_no_tty().set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    let mut numbers = vec![true; header.len()];
    table.set_header(header.into_iter().map(Cell::new));
    for row in rows {
        for (cell, number) in row.iter().zip(&mut numbers) {
            *number &= cell.is_empty() || cell.parse::<f64>().is_ok();
        }
        table.add_row(row.into_iter().map(Cell::new));
    }
    for (column, number) in table.column_iter_mut().zip(numbers) {
        if number {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines = table.lines().map(|line| format!("{}\n", line.trim_end()));
    lines.collect()
}

#[cfg(test)]
mod tests {
    use oxrdf::{LiteralRef, NamedNodeRef};

    use super::Shortener;

    #[test]
    fn shortens_by_the_longest_prefix() {
        let prefixes = [("urbi", "http://e.org/ontology#"), ("e", "http://e.org/")];
        let short = Shortener::new(&prefixes, "http://e.org/id/");
        let iri = |text| short.term(NamedNodeRef::new_unchecked(text));
        assert_eq!(iri("http://e.org/ontology#heldIn"), "urbi:heldIn");
        assert_eq!(iri("http://e.org/id/city/1"), "city/1");
        assert_eq!(iri("http://e.org/id/"), "e:id/");
        assert_eq!(iri("http://f.org/"), "http://f.org/");
        assert_eq!(short.term(LiteralRef::new_simple_literal("a\u{1b}[31mb")), "a\u{FFFD}[31mb");
    }
}
