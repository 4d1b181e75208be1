//! The text of an ODT file.

use std::collections::BTreeSet;

use super::super::decode::Weave;
use super::docx::escaped;
use super::xml::{Element, Part, each};

/// Elements whose contents are not part of the text.
const SILENT: [&str; 7] = [
    "text:tracked-changes",
    "office:annotation",
    "text:note",
    "text:table-of-content",
    "text:alphabetical-index",
    "text:sequence-decls",
    "office:forms",
];

/// How deep tables may lie in tables.
const DEEPEST: usize = 4;

/// Weaves the text into a page; returns where the document ends.
pub fn weave(weave: &mut Weave<'_>) -> Result<usize, (usize, String)> {
    let text = weave.text();
    let mut writer = Writer {
        titles: BTreeSet::from(["Title".to_owned()]),
        weave,
        body: false,
        silent: 0,
        open: Vec::new(),
        tables: 0,
    };
    each(text, |part, range| {
        match part {
            Part::Start(element) => writer.start(&element),
            Part::End(name) => writer.end(&name),
            Part::Text if writer.silent == 0 && !writer.open.is_empty() => writer.weave.copy(range),
            Part::Text => {}
        }
        true
    })
}

struct Writer<'a, 'd> {
    /// The styles of titles.
    titles: BTreeSet<String>,
    weave: &'a mut Weave<'d>,
    /// True in the text itself.
    body: bool,
    /// Depth inside of what is left out.
    silent: usize,
    /// The ends of the open paragraphs; one in a frame lies in another.
    open: Vec<&'static str>,
    tables: usize,
}

impl Writer<'_, '_> {
    fn start(&mut self, element: &Element<'_>) {
        let name = element.name.as_str();
        if self.silent > 0 || SILENT.contains(&name) {
            self.silent += usize::from(!element.empty);
            return;
        }
        match name {
            "style:style" if element.get("style:parent-style-name").is_some_and(|parent| parent == "Title") => {
                self.titles.extend(element.get("style:name"));
            }
            "office:text" => self.body = true,
            _ if !self.body => {}
            "text:h" if !element.empty => {
                let level = element.get("text:outline-level").and_then(|level| level.parse().ok()).unwrap_or(1usize);
                let marks = [("<h1>", "</h1>"), ("<h2>", "</h2>"), ("<h3>", "</h3>"), ("<h4>", "</h4>")];
                self.paragraph(marks[level.clamp(1, 4) - 1]);
            }
            "text:p" if !element.empty => {
                let title = element.get("text:style-name").is_some_and(|style| self.titles.contains(&style));
                self.paragraph(if title { ("<h1>", "</h1>") } else { ("<p>", "</p>") });
            }
            "text:s" | "text:tab" => self.weave.made(" "),
            "text:line-break" => self.weave.made("<br>"),
            "text:list" if !element.empty => self.weave.made("<ul>"),
            "text:list-item" if !element.empty => self.weave.made("<li>"),
            "text:a" if !element.empty => {
                let target = element.get("xlink:href").unwrap_or_default();
                self.weave.made(&format!("<a href=\"{}\">", escaped(&target)));
            }
            "table:table" if !element.empty => {
                self.tables += 1;
                self.mark("<table>");
            }
            "table:table-row" if !element.empty => self.mark("<tr>"),
            "table:table-cell" if !element.empty => self.mark("<td>"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.silent > 0 {
            self.silent -= 1;
            return;
        }
        match name {
            "office:text" => self.body = false,
            _ if !self.body => {}
            "text:h" | "text:p" => {
                let end = self.open.pop().unwrap_or_default();
                self.weave.made(end);
            }
            "text:list" => self.weave.made("</ul>"),
            "text:list-item" => self.weave.made("</li>"),
            "text:a" => self.weave.made("</a>"),
            "table:table" => {
                self.mark("</table>");
                self.tables = self.tables.saturating_sub(1);
            }
            "table:table-row" => self.mark("</tr>"),
            "table:table-cell" => self.mark("</td>"),
            _ => {}
        }
    }

    fn paragraph(&mut self, (start, end): (&str, &'static str)) {
        self.weave.made(start);
        self.open.push(end);
    }

    fn mark(&mut self, mark: &str) {
        if (1..=DEEPEST).contains(&self.tables) {
            self.weave.made(mark);
        }
    }
}
