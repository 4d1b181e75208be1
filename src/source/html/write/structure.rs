//! Blocks that stand in a structure: lists, definitions, tables, preformatted lines.

use super::Writer;
use crate::source::announcement::BlockKind;
use crate::source::html::tree::Child;

impl Writer<'_, '_> {
    pub(super) fn list(&mut self, at: usize) {
        let measure = &self.article.measures[at];
        if measure.is_links() && !self.colon && self.lists == 0 && !self.builder.words().ends_with(':') {
            return;
        }
        let before = self.kind;
        self.close();
        self.lists = self.lists.saturating_add(1);
        self.kind = BlockKind::ListItem(self.lists);
        self.children(at);
        self.close();
        self.lists -= 1;
        self.kind = before;
    }

    pub(super) fn definitions(&mut self, at: usize) {
        let before = self.kind;
        self.close();
        for child in &self.tree.nodes[at].children {
            let Child::Element(n) = child else { continue };
            match self.tree.nodes[*n].name.as_str() {
                "dt" => {
                    self.close();
                    self.kind = BlockKind::Field;
                    self.children(*n);
                }
                "dd" if self.builder.is_open() => {
                    let again = self.builder.words().contains('\t');
                    self.builder.separate(if again { '\n' } else { '\t' });
                    self.kind = BlockKind::Field;
                    self.children(*n);
                }
                _ => {
                    self.kind = before;
                    self.element(*n);
                }
            }
        }
        self.close();
        self.kind = before;
    }

    /// A table that holds data and does not only lay out the page: rows of cells, short, without blocks in them.
    pub(super) fn is_data(&self, at: usize) -> bool {
        let mut cells = 0;
        let mut rows = 0;
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            for child in &self.tree.nodes[at].children {
                let Child::Element(n) = child else { continue };
                let node = &self.tree.nodes[*n];
                match node.name.as_str() {
                    "td" | "th" => {
                        cells += 1;
                        let measure = &self.article.measures[*n];
                        let blocks = node.children.iter().any(|c| {
                            matches!(c, Child::Element(b) if self.tree.nodes[*b].is(&["div", "h1", "h2", "h3", "table", "ul", "ol"]))
                        });
                        if measure.text > 400 || measure.headline || blocks && measure.text > 100 {
                            return false;
                        }
                    }
                    "tr" => {
                        rows += 1;
                        open.push(*n);
                    }
                    "thead" | "tbody" | "tfoot" => open.push(*n),
                    _ => {}
                }
            }
        }
        rows >= 2 && cells > rows && !self.article.measures[at].is_links()
    }

    pub(super) fn table(&mut self, at: usize) {
        self.close();
        let mut row = 0;
        self.rows(at, &mut row);
    }

    fn rows(&mut self, at: usize, row: &mut u16) {
        for child in &self.tree.nodes[at].children {
            let Child::Element(n) = child else { continue };
            let node = &self.tree.nodes[*n];
            match node.name.as_str() {
                "tr" => {
                    let mut column = 0;
                    for cell in &node.children {
                        let Child::Element(cell) = cell else { continue };
                        if self.tree.nodes[*cell].is(&["td", "th"]) {
                            self.block(BlockKind::TableCell { row: *row, column }, *cell);
                            column = column.saturating_add(1);
                        }
                    }
                    *row = row.saturating_add(1);
                }
                "thead" | "tbody" | "tfoot" => self.rows(*n, row),
                "caption" => self.block(BlockKind::Caption, *n),
                _ => {}
            }
        }
    }

    /// Line breaks in `pre` are on purpose.
    pub(super) fn preformatted(&mut self, at: usize) {
        self.close();
        for child in &self.tree.nodes[at].children {
            match child {
                Child::Element(n) => self.element(*n),
                Child::Text(range) => {
                    let mut from = range.start;
                    for line in self.text[range.clone()].split_inclusive('\n') {
                        if line.trim().is_empty() {
                            self.close();
                        }
                        self.words(from..from + line.len());
                        if line.ends_with('\n') {
                            self.builder.separate('\n');
                        }
                        from += line.len();
                    }
                }
            }
        }
        self.close();
    }
}
