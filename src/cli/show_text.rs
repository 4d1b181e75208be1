//! A marked document on a terminal; in a pipe, mentions stand in brackets.

use std::collections::BTreeMap;
use std::io::Write;

use anstyle::{AnsiColor, Color, Style};
use urbi::query::sanitized;
use urbi::show::{Piece, Segment, Shown, ShownBlock, ShownFact};
use urbi::source::BlockKind;
use urbi::view::Standing;

use super::screen;

const TITLE: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const NUMBER: Style = AnsiColor::Yellow.on_default().bold();

/// What the kinds of mentions look like, in turn.
const COLOURS: [AnsiColor; 6] =
    [AnsiColor::Cyan, AnsiColor::Green, AnsiColor::Magenta, AnsiColor::Blue, AnsiColor::Red, AnsiColor::BrightYellow];

/// Writes a document with its facts below each of its blocks.
pub fn write(shown: &Shown, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut kinds: Vec<&str> = shown.mentions.iter().map(|mention| mention.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let styles = kinds.iter().enumerate().map(|(at, kind)| {
        let colour = Color::from(COLOURS[at % COLOURS.len()]);
        let style = Style::new().fg_color(Some(colour));
        (*kind, if at < COLOURS.len() { style } else { style.underline() })
    });
    let page = Page { shown, styles: styles.collect() };
    page.head(out)?;
    for block in &shown.blocks {
        page.block(block, out)?;
    }
    Ok(())
}

struct Page<'a> {
    shown: &'a Shown,
    styles: BTreeMap<&'a str, Style>,
}

impl Page<'_> {
    fn head(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let shown = self.shown;
        let mut text = format!("{TITLE}{}{TITLE:#}\n{QUIET}", sanitized(&shown.title));
        if let Some(place) = shown.places.first() {
            text += &format!("{}, ", sanitized(place));
        }
        if let Some(date) = &shown.announced_on {
            text += &format!("announced {date}, ");
        }
        text += &format!("{}, {} bytes{QUIET:#}\n", shown.media_type, shown.length);
        if screen::is_coloured() {
            let legend: Vec<String> =
                self.styles.iter().map(|(kind, style)| format!("{style}{kind}{style:#}")).collect();
            text += &format!("{}\n", legend.join("  "));
        }
        text.push('\n');
        // What the form states has no place in the text.
        for (at, sentence) in shown.sentences.iter().enumerate().filter(|(_, s)| s.chars[0] == s.chars[1]) {
            text += &format!("{QUIET}The form of the document says “{}”:{QUIET:#}\n", sanitized(&sentence.quote));
            sentence.facts.iter().for_each(|fact| text += &self.fact(at, fact));
            text.push('\n');
        }
        screen::styled(&text, out)
    }

    fn block(&self, block: &ShownBlock, out: &mut dyn Write) -> anyhow::Result<()> {
        let (before, style) = match block.kind {
            BlockKind::Headline => ("", TITLE),
            BlockKind::Heading(_) => ("", TITLE),
            BlockKind::ListItem(_) => ("  • ", Style::new()),
            BlockKind::TableCell { .. } => ("  | ", Style::new()),
            BlockKind::Caption | BlockKind::Dateline => ("", QUIET),
            BlockKind::Paragraph | BlockKind::Field | BlockKind::Value => ("", Style::new()),
        };
        let mut text = String::from(before);
        for segment in &block.segments {
            text += &self.segment(segment, style);
        }
        text.push('\n');
        let sentences = block.segments.iter().filter_map(|segment| segment.sentence);
        for at in sentences {
            for fact in &self.shown.sentences[at].facts {
                text += &self.fact(at, fact);
            }
        }
        let is_close = matches!(
            block.kind,
            BlockKind::ListItem(_) | BlockKind::TableCell { .. } | BlockKind::Field | BlockKind::Value
        );
        if !is_close {
            text.push('\n');
        }
        screen::styled(&text, out)
    }

    fn segment(&self, segment: &Segment, style: Style) -> String {
        let mut text = String::new();
        for piece in &segment.pieces {
            match piece {
                Piece::Words(words) => text += &format!("{style}{}{style:#}", sanitized(words)),
                Piece::Mention(at) => {
                    let mention = &self.shown.mentions[*at];
                    let words = sanitized(&mention.words);
                    let own = self.styles.get(mention.kind.as_str()).copied().unwrap_or_default();
                    text += &match screen::is_coloured() {
                        true => format!("{own}{words}{own:#}"),
                        false => format!("[{words}|{}]", mention.kind),
                    };
                }
            }
        }
        if let Some(at) = segment.sentence {
            text += &format!("{NUMBER}[{}]{NUMBER:#}", at + 1);
        }
        text
    }

    fn fact(&self, at: usize, fact: &ShownFact) -> String {
        let number = at + 1;
        let rules: Vec<String> =
            fact.rules.iter().map(|(name, sure)| format!("{name} {}.{:03}", sure / 1000, sure % 1000)).collect();
        let standing = match fact.standing {
            Some(standing) if standing != Standing::Stands.name() => format!("; not in the graph: {standing}"),
            _ => String::new(),
        };
        format!(
            "  {NUMBER}{number:>3}{NUMBER:#} {}  {}  {}  {QUIET}{}{standing}{QUIET:#}\n",
            sanitized(&fact.subject.label),
            fact.relation,
            sanitized(&fact.object.label),
            rules.join(", "),
        )
    }
}
