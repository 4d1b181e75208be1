//! The text of a DOCX file.

use std::collections::BTreeMap;

use super::super::decode::Weave;
use super::xml::{Element, Part, each};

/// Elements whose contents are not part of the text: deletions, instructions of fields, and what repeats a drawing for
/// programs that cannot draw it.
const SILENT: [&str; 6] = ["w:del", "w:moveFrom", "w:instrText", "mc:Fallback", "w:sectPr", "w:rPr"];

/// How deep tables may lie in tables.
const DEEPEST: usize = 4;

/// Weaves the text into a page; returns where the document ends.
pub fn weave(styles: &str, links: &str, weave: &mut Weave<'_>) -> Result<usize, (usize, String)> {
    let text = weave.text();
    let mut writer = Writer {
        styles: kinds(styles),
        targets: targets(links),
        weave,
        silent: 0,
        tables: 0,
        text: false,
        paragraph: None,
    };
    each(text, |part, range| {
        match part {
            Part::Start(element) => writer.start(&element),
            Part::End(name) => writer.end(&name),
            Part::Text if writer.silent == 0 && writer.text => writer.words(range),
            Part::Text => {}
        }
        true
    })
}

/// What a paragraph is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Heading(u8),
    Item,
}

struct Writer<'a, 'd> {
    /// What paragraphs of a style are.
    styles: BTreeMap<String, Kind>,
    /// Addresses by the name of the link.
    targets: BTreeMap<String, String>,
    weave: &'a mut Weave<'d>,
    /// Depth inside of what is left out.
    silent: usize,
    tables: usize,
    /// True inside of `w:t`.
    text: bool,
    /// The open paragraph, and whether words of it have been written.
    paragraph: Option<(Kind, bool)>,
}

impl Writer<'_, '_> {
    fn start(&mut self, element: &Element<'_>) {
        let name = element.name.as_str();
        if self.silent > 0 || SILENT.contains(&name) {
            self.silent += usize::from(!element.empty);
            return;
        }
        match name {
            "w:p" if !element.empty => self.paragraph = Some((Kind::Plain, false)),
            "w:pStyle" => {
                let kind = element.get("w:val").and_then(|style| self.styles.get(&style).copied());
                self.retag(kind);
            }
            "w:outlineLvl" => {
                let level = element.get("w:val").and_then(|level| level.parse::<u8>().ok()).filter(|level| *level < 6);
                self.retag(level.map(|level| Kind::Heading(level + 1)));
            }
            "w:numPr" => self.retag(Some(Kind::Item)),
            "w:t" => self.text = !element.empty,
            "w:tab" if self.is_written() => self.weave.made(" "),
            "w:br" | "w:cr" if self.is_written() => self.weave.made("<br>"),
            "w:noBreakHyphen" if self.is_written() => self.weave.made("\u{2011}"),
            "w:tbl" if !element.empty => {
                self.tables += 1;
                self.mark("<table>");
            }
            "w:tr" if !element.empty => self.mark("<tr>"),
            "w:tc" if !element.empty => self.mark("<td>"),
            "w:hyperlink" if !element.empty => {
                let target = element.get("r:id").and_then(|id| self.targets.get(&id).cloned());
                self.open();
                self.weave.made(
                    &target.map_or_else(|| "<a>".to_owned(), |target| format!("<a href=\"{}\">", escaped(&target))),
                );
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.silent > 0 {
            self.silent -= 1;
            return;
        }
        match name {
            "w:p" => {
                if let Some((kind, true)) = self.paragraph.take() {
                    self.weave.made(match kind {
                        Kind::Heading(_) => HEADINGS[0].1,
                        Kind::Item => "</li></ul>",
                        Kind::Plain => "</p>",
                    });
                }
            }
            "w:t" => self.text = false,
            "w:hyperlink" => self.weave.made("</a>"),
            "w:tbl" => {
                self.mark("</table>");
                self.tables = self.tables.saturating_sub(1);
            }
            "w:tr" => self.mark("</tr>"),
            "w:tc" => self.mark("</td>"),
            _ => {}
        }
    }

    fn words(&mut self, range: std::ops::Range<usize>) {
        self.open();
        self.weave.copy(range);
    }

    /// Begins the paragraph, now that there are words in it.
    fn open(&mut self) {
        if let Some((kind, written @ false)) = &mut self.paragraph {
            *written = true;
            self.weave.made(match kind {
                Kind::Heading(level) => HEADINGS[usize::from(*level).min(6)].0,
                Kind::Item => "<ul><li>",
                Kind::Plain => "<p>",
            });
        }
    }

    fn retag(&mut self, as_kind: Option<Kind>) {
        if let (Some((kind @ Kind::Plain, false)), Some(as_kind)) = (&mut self.paragraph, as_kind) {
            *kind = as_kind;
        }
    }

    fn is_written(&self) -> bool {
        self.paragraph.is_some_and(|(_, written)| written)
    }

    /// Marks of tables, as deep as a reader would look into them.
    fn mark(&mut self, mark: &str) {
        if (1..=DEEPEST).contains(&self.tables) {
            self.weave.made(mark);
        }
    }
}

/// Marks of headings by level. The first ends any of them: to a reader of HTML all end tags of headings are the same.
const HEADINGS: [(&str, &str); 7] =
    [("<h1>", "</h1>"), ("<h1>", ""), ("<h2>", ""), ("<h3>", ""), ("<h4>", ""), ("<h5>", ""), ("<h6>", "")];

/// What paragraphs are, by the name of their style. Names differ from language to language, what they are called inside does
/// not.
fn kinds(styles: &str) -> BTreeMap<String, Kind> {
    let mut out = BTreeMap::new();
    let mut style = None;
    // Styles that are not well-formed say nothing.
    let _ = each(styles, |part, _| {
        let Part::Start(element) = part else { return true };
        match element.name.as_str() {
            "w:style" => style = element.get("w:styleId"),
            "w:name" => {
                let name = element.get("w:val").unwrap_or_default().to_lowercase();
                let heading = name.strip_prefix("heading ").and_then(|level| level.parse().ok());
                let kind = heading.or((name == "title").then_some(1)).map(Kind::Heading);
                out.extend(style.clone().zip(kind));
            }
            "w:numPr" => {
                if let Some(style) = &style {
                    out.entry(style.clone()).or_insert(Kind::Item);
                }
            }
            _ => {}
        }
        true
    });
    out
}

fn targets(links: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    // Links that are not well-formed lead nowhere.
    let _ = each(links, |part, _| {
        if let Part::Start(element) = part
            && element.get("TargetMode").is_some_and(|mode| mode == "External")
        {
            out.extend(element.get("Id").zip(element.get("Target")));
        }
        true
    });
    out
}

/// An address that can stand in an attribute.
pub fn escaped(address: &str) -> String {
    address.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
