//! A question as text: the fact, and the sentences that state it, with the words marked that matter.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use urbi::curation::FactId;
use urbi::query::sanitized;
use urbi::store::{Explanation, Matter};
use urbi::view::Refusal;

use super::desk::Desk;
use crate::cli::files::here;
use crate::cli::open;
use crate::cli::screen;

const HEAD: Style = Style::new().bold();
const WORD: Style = AnsiColor::Yellow.on_default().bold();
const FAINT: Style = Style::new().dimmed();

/// Most sentences that are shown for a fact.
const SENTENCES: usize = 3;

/// Writes questions.
pub struct Text<'a> {
    desk: &'a Desk<'a>,
    /// Where documents came from.
    sources: BTreeMap<NamedNode, String>,
}

impl<'a> Text<'a> {
    /// Reads what questions need.
    pub fn new(desk: &'a Desk<'a>) -> anyhow::Result<Text<'a>> {
        let documents = desk.store.documents()?.into_iter();
        let first = documents.filter_map(|document| Some((document.iri, document.sources.into_iter().next()?)));
        Ok(Text { desk, sources: first.collect() })
    }

    /// Writes one question.
    pub fn write(&self, item: &Matter, number: usize, of: usize, out: &mut dyn Write) -> anyhow::Result<()> {
        screen::styled(&format!("\n{FAINT}{number} of {of}{FAINT:#}  "), out)?;
        match item {
            Matter::Doubt { fact, confidence } => {
                self.head(fact, &format!("confidence {confidence}"), out)?;
                self.sentences(fact, out)
            }
            Matter::Values(facts) => {
                screen::styled(&format!("{HEAD}only one of these can be true{HEAD:#}\n"), out)?;
                for (place, fact) in facts.iter().enumerate() {
                    write!(out, "{} ", place + 1)?;
                    self.head(fact, if place == 0 { "stands in the graph" } else { "does not" }, out)?;
                    self.sentences(fact, out)?;
                }
                Ok(())
            }
            Matter::Keys(keys, reason) => {
                let why = match reason {
                    Refusal::TwoOrdinals => "two editions of one series",
                    Refusal::TwoAuthorities => "two records of an authority",
                };
                screen::styled(&format!("{HEAD}documents say that these are one, but they are {why}{HEAD:#}\n"), out)?;
                for key in keys {
                    writeln!(out, "  {}", self.desk.names.key(key.as_ref()))?;
                }
                Ok(())
            }
        }
    }

    fn head(&self, fact: &Triple, note: &str, out: &mut dyn Write) -> anyhow::Result<()> {
        let words = self.desk.names.triple(fact);
        screen::styled(&format!("{HEAD}{words}{HEAD:#}   {FAINT}{}  {note}{FAINT:#}\n", FactId::of(fact)), out)
    }

    fn sentences(&self, fact: &Triple, out: &mut dyn Write) -> anyhow::Result<()> {
        let NamedOrBlankNode::NamedNode(subject) = &fact.subject else { return Ok(()) };
        let found = self.desk.store.explain(Some(subject), Some(&fact.predicate), Some(&fact.object))?;
        let words = self.words(subject, &fact.object);
        let short = open::shortener(self.desk.store.base());
        // A sentence is shown once, with all rules that it made fire.
        let mut sentences: Vec<(&Explanation, BTreeSet<String>)> = Vec::new();
        for one in &found {
            let rule = format!("{} ({})", short.iri(one.evidence.rule.as_str()), one.evidence.confidence);
            match sentences.iter_mut().find(|(other, _)| other.passage == one.passage) {
                Some((_, rules)) => drop(rules.insert(rule)),
                None => sentences.push((one, BTreeSet::from([rule]))),
            }
        }
        for (one, rules) in sentences.iter().take(SENTENCES) {
            screen::styled(&format!("  “{}”\n", marked(&one.passage.quote, &words)), out)?;
            for passage in &one.antecedents {
                screen::styled(&format!("    rests on “{}”\n", marked(&passage.quote, &words)), out)?;
            }
            let document = &one.passage.document;
            let source =
                self.sources.get(document).map_or_else(|| short.iri(document.as_str()), |s| here(s).to_owned());
            let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
            let place = format!("{}, by {}", sanitized(&source), rules.join(", "));
            screen::styled(&format!("    {FAINT}{place}{FAINT:#}\n"), out)?;
        }
        match sentences.len() {
            0 => writeln!(out, "  no document states it; a curator decided so")?,
            count if count > SENTENCES => writeln!(out, "  … and {} more sentences", count - SENTENCES)?,
            _ => {}
        }
        Ok(())
    }

    /// The words by which a sentence may name subject and value.
    fn words(&self, subject: &NamedNode, object: &Term) -> Vec<String> {
        let names = |node: &NamedNode| {
            let found = self.desk.graph.find(node.as_str(), self.desk.store.base());
            found.map(|index| self.desk.graph.entity(index).names.clone()).unwrap_or_default()
        };
        let mut words = names(subject);
        match object {
            Term::NamedNode(node) => {
                words.extend(names(node));
                words.push(node.as_str().to_owned());
            }
            Term::Literal(literal) => {
                words.push(literal.value().to_owned());
                words.extend(words_of_date(literal.value()));
            }
            _ => {}
        }
        words.retain(|word| !word.trim().is_empty());
        words
    }
}

/// Year, month and day as English sentences write them.
fn words_of_date(value: &str) -> Vec<String> {
    let mut parts = value.split('-');
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let Some(year) = parts.next().filter(|year| year.len() == 4).filter(is_number) else { return Vec::new() };
    let mut words = vec![year.to_owned()];
    let month = parts.next().and_then(|month| month.parse().ok());
    let month = month.and_then(|month| jiff::civil::Date::new(2000, month, 1).ok());
    words.extend(month.map(|month| month.strftime("%B").to_string()));
    words.extend(month.map(|month| month.strftime("%b").to_string()));
    words.extend(parts.next().map(|day| day.trim_start_matches('0').to_owned()));
    words
}

/// The quote on one line, with the words in it marked: coloured, or between stars where there are no colours.
fn marked(quote: &str, words: &[String]) -> String {
    let quote = sanitized(&quote.split_whitespace().collect::<Vec<_>>().join(" "));
    let coloured = screen::is_coloured();
    let mut out = String::with_capacity(quote.len() * 2);
    let mut at = 0;
    for range in places(&quote, words) {
        out.push_str(&quote[at..range.start]);
        let word = &quote[range.clone()];
        out.push_str(&if coloured { format!("{WORD}{word}{WORD:#}") } else { format!("*{word}*") });
        at = range.end;
    }
    out.push_str(&quote[at..]);
    out
}

/// Where words stand in a text, as whole words and whatever their case: in order, without overlaps, the longest first.
fn places(text: &str, words: &[String]) -> Vec<Range<usize>> {
    let mut words: Vec<Vec<char>> =
        words.iter().map(|word| word.chars().flat_map(char::to_lowercase).collect()).collect();
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let is_word = |at: usize| chars.get(at).is_some_and(|(_, c)| c.is_alphanumeric());
    let same = |at: usize, word: &[char]| {
        let here = chars[at..].iter().flat_map(|(_, c)| c.to_lowercase());
        at + word.len() <= chars.len() && here.take(word.len()).eq(word.iter().copied())
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let begins = at == 0 || !is_word(at - 1) || !is_word(at);
        // "27th" names the day as well as "27".
        let ends =
            |end: usize, number: bool| !is_word(end) || !is_word(end - 1) || number && !chars[end].1.is_numeric();
        let hit = words.iter().filter(|_| begins).find(|word| {
            let number = word.iter().all(char::is_ascii_digit);
            same(at, word) && ends(at + word.len(), number)
        });
        match hit {
            Some(word) => {
                let end = at + word.len();
                found.push(chars[at].0..chars.get(end).map_or(text.len(), |(place, _)| *place));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{places, words_of_date};

    #[test]
    fn marks_whole_words() {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let found = |text: &str, list: &[&str]| {
            places(text, &words(list)).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("In YEONSU-gu, Yeonsu.", &["Yeonsu", "Yeonsu-gu"]), ["YEONSU-gu", "Yeonsu"]);
        assert_eq!(found("Corking in Cork", &["cork"]), ["Cork"]);
        assert_eq!(found("from 27th to 270 (27)", &["27"]), ["27", "27"]);
        assert_eq!(found("Straße, größe", &["GRÖSSE", "größe"]), ["größe"]);
        assert_eq!(words_of_date("2021-10-07"), ["2021", "October", "Oct", "7"]);
        assert!(words_of_date("12").is_empty());
    }
}
