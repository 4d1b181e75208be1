//! Explanations as text for a person.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anstyle::{AnsiColor, Style};
use oxrdf::{NamedNode, Term};
use urbi::curation::{Action, FactId, Recorded};
use urbi::engine::account::Reason;
use urbi::explain::{Fact, Ground, Naming, Other, Role, Told};
use urbi::fact::quads::PassageRecord;
use urbi::graph::{Entity, Graph};
use urbi::query::{Shortener, sanitized};
use urbi::store::Explanation;
use urbi::view::Standing;
use urbi::vocab::Base;

use super::brief::one_line;
use super::files::here;
use super::open;
use super::screen;

const NAME: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const NOTE: Style = AnsiColor::Yellow.on_default();
const QUOTE: Style = AnsiColor::Cyan.on_default();

/// Sentences that are shown of one fact, and mentions of one entity in a document, unless all are asked for.
const SOME: usize = 8;

/// `1 fact`, `2 facts`.
fn count(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

/// Writes explanations, with names instead of IRIs.
pub struct Text<'a> {
    names: BTreeMap<&'a str, &'a str>,
    short: Shortener,
}

impl<'a> Text<'a> {
    /// Entities are called what they are called in `graph`.
    pub fn new(graph: &'a Graph, base: &Base) -> Text<'a> {
        let names = graph.entities().map(|(_, entity)| (entity.iri.as_str(), entity.label()));
        Text { names: names.collect(), short: open::shortener(base) }
    }

    /// Writes what an entity is, and on what its facts rest.
    pub fn entity(&self, entity: &Entity, facts: &[Fact], out: &mut dyn Write) -> anyhow::Result<()> {
        let name = sanitized(entity.label());
        let iri = self.short.iri(&entity.iri);
        screen::styled(&format!("{NAME}{name}{NAME:#}  {QUIET}{iri}{QUIET:#}  {}\n", sanitized(&entity.class)), out)?;
        if entity.names.len() > 1 {
            let others: Vec<String> = entity.names[1..].iter().map(|name| sanitized(name)).collect();
            screen::styled(&format!("  also called {}\n", others.join(", ")), out)?;
        }
        let grounds = || facts.iter().flat_map(|fact| &fact.grounds);
        let documents: BTreeSet<&NamedNode> = grounds().map(|ground| &ground.source.iri).collect();
        let dates: BTreeSet<&str> = grounds().filter_map(|ground| ground.source.announced_on.as_deref()).collect();
        let standing = facts.iter().filter(|fact| fact.standing == Standing::Stands).count();
        let mut text = format!("  {} in the graph", count(standing, "fact"));
        match facts.len() - standing {
            0 => {}
            1 => text += ", 1 that is not",
            others => text += &format!(", {others} that are not"),
        }
        text += &format!("; from {}", count(documents.len(), "document"));
        match (dates.first(), dates.last()) {
            (Some(first), Some(last)) if first != last => text += &format!(", announced {first} to {last}"),
            (Some(day), _) => text += &format!(", announced {day}"),
            _ => {}
        }
        screen::styled(&format!("{text}\n\n"), out)
    }

    /// Writes facts, and how the entities in them came to their names.
    pub fn write(&self, facts: &[Fact], names: &[Naming], all: bool, out: &mut dyn Write) -> anyhow::Result<()> {
        let limit = if all { usize::MAX } else { SOME };
        for (at, fact) in facts.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            self.fact(fact, limit, out)?;
        }
        for naming in names {
            writeln!(out)?;
            self.naming(naming, limit, out)?;
        }
        Ok(())
    }

    /// Writes a fact with all that speaks for and against it.
    pub fn fact(&self, fact: &Fact, limit: usize, out: &mut dyn Write) -> anyhow::Result<()> {
        let statement = &fact.statement;
        let relation = self.relation(&statement.predicate);
        let subject = self.named(&Term::from(statement.subject.clone()));
        let id = FactId::of(statement);
        screen::styled(
            &format!("{subject}  {relation}  {}  {QUIET}{id}{QUIET:#}\n", self.named(&statement.object)),
            out,
        )?;
        screen::styled(&format!("  {}\n", self.standing(fact)), out)?;
        for ground in fact.grounds.iter().take(limit) {
            self.ground(ground, out)?;
        }
        if fact.grounds.len() > limit {
            let rest = fact.grounds.len() - limit;
            screen::styled(&format!("  {QUIET}and {rest} more sentences: --all shows them{QUIET:#}\n"), out)?;
        }
        for other in fact.others.iter().filter(|other| other.role != Role::Beside) {
            screen::styled(&format!("  {}\n", self.other(other)), out)?;
        }
        if !fact.replaced_by.is_empty() {
            let by: Vec<String> = fact.replaced_by.iter().map(|value| self.value(value)).collect();
            screen::styled(&format!("  {NOTE}later announcements give instead:{NOTE:#} {}\n", by.join(", ")), out)?;
        }
        for entry in &fact.decisions {
            screen::styled(&format!("  {}\n", self.decision(entry)), out)?;
        }
        Ok(())
    }

    fn standing(&self, fact: &Fact) -> String {
        let (style, words) = match fact.standing {
            Standing::Stands => (GOOD, "in the graph"),
            Standing::Refined => (QUIET, "not in the graph: what stands there is more precise"),
            Standing::Corrected => (NOTE, "not in the graph: a later announcement gives another value"),
            Standing::Overtaken => (NOTE, "not in the graph: a later announcement lets the event start after it"),
            Standing::Contradicted => (BAD, "NOT in the graph: more speaks for another value"),
            Standing::Excluded => (NOTE, "not in the graph: a curator accepted another value"),
            Standing::Rejected => (BAD, "not in the graph: a curator rejected it"),
            Standing::Unsure => (NOTE, "not in the graph: less sure than its statements must be"),
        };
        let sentences = fact.grounds.len();
        if sentences == 0 {
            return format!("{style}{words}{style:#}, stated by no document");
        }
        let mut documents: Vec<&NamedNode> = fact.grounds.iter().map(|ground| &ground.source.iri).collect();
        documents.sort_unstable();
        documents.dedup();
        format!(
            "{style}{words}{style:#}, confidence {} from {} in {}",
            fact.confidence,
            count(sentences, "sentence"),
            count(documents.len(), "document")
        )
    }

    fn ground(&self, ground: &Ground, out: &mut dyn Write) -> anyhow::Result<()> {
        let mut text = format!("  {QUOTE}“{}”{QUOTE:#}\n", one_line(&ground.passage.quote));
        let mut place = self.place(ground);
        place.push_str(&span(&ground.passage));
        let proof = match ground.in_original {
            Some(true) => format!("  {GOOD}✓ in the original{GOOD:#}"),
            Some(false) => format!("  {BAD}not found in the original{BAD:#}"),
            None => String::new(),
        };
        text += &format!("    in {place}{proof}\n");
        for passage in &ground.rests_on {
            text += &format!("    rests on “{}”{QUIET}{}{QUIET:#}\n", one_line(&passage.quote), span(passage));
        }
        for firing in &ground.firings {
            let rule = self.short.iri(firing.rule.as_str());
            text += &format!("    by {rule}, confidence {}", firing.confidence);
            if !firing.cites.is_empty() {
                let cites: Vec<String> = firing.cites.iter().map(|entry| self.short.iri(entry.as_str())).collect();
                text += &format!(", cites {}", cites.join(", "));
            }
            text.push('\n');
        }
        screen::styled(&text, out)
    }

    /// Where a document comes from and when it was announced.
    fn place(&self, ground: &Ground) -> String {
        let source = ground.source.sources.first();
        let source = source.map_or_else(|| self.short.iri(ground.source.iri.as_str()), |s| sanitized(here(s)));
        match &ground.source.announced_on {
            Some(date) => format!("{source}, announced {date}"),
            None => source,
        }
    }

    fn other(&self, other: &Other) -> String {
        let documents = match other.documents {
            0 => "a curator".to_owned(),
            1 => "1 document".to_owned(),
            n => format!("{n} documents"),
        };
        let latest = other.latest.as_ref().map(|date| format!(", last on {date}")).unwrap_or_default();
        let value = self.named(&other.value);
        let grounds = format!("{documents}{latest}, confidence {}", other.confidence);
        match (other.role, other.standing) {
            (Role::Agrees, _) => format!("{GOOD}agrees:{GOOD:#} {value} ({grounds})"),
            (_, Standing::Stands) => format!("{NOTE}the graph holds:{NOTE:#} {value} ({grounds})"),
            (_, Standing::Corrected) => format!("{NOTE}corrects:{NOTE:#} {value} ({grounds})"),
            (_, Standing::Overtaken) => format!("{NOTE}belonged to an earlier start:{NOTE:#} {value} ({grounds})"),
            (_, Standing::Rejected | Standing::Excluded) => {
                format!("{QUIET}was decided against:{QUIET:#} {value} ({grounds})")
            }
            (_, Standing::Unsure) => format!("{QUIET}is too unsure:{QUIET:#} {value} ({grounds})"),
            _ => format!("{BAD}contradicted by:{BAD:#} {value} ({grounds})"),
        }
    }

    fn decision(&self, entry: &Recorded) -> String {
        let decision = &entry.decision;
        let what = match &decision.action {
            Action::Accept(_) => "accepted".to_owned(),
            Action::Reject(_) => "rejected".to_owned(),
            Action::Correct { fact, value, .. } => {
                format!("corrected from {} to {}", self.value(&fact.object), self.value(value))
            }
            Action::Merge(keys) => format!("merged {}", self.keys(keys)),
            Action::Split { apart, from } => format!("parted {} from {}", self.keys(apart), self.keys(from)),
            Action::Rename { label, .. } => format!("renamed “{}”", sanitized(label.value())),
            Action::Undo(_) => "undone".to_owned(),
        };
        let reason = decision.reason.as_ref().map(|reason| format!(": “{}”", one_line(reason))).unwrap_or_default();
        let held = match &entry.undone_by {
            Some(_) => format!(" {QUIET}(undone since){QUIET:#}"),
            None => String::new(),
        };
        let day = decision.time.strftime("%Y-%m-%d");
        format!("{NAME}decided:{NAME:#} {what} by {} on {day}{reason}{held}", sanitized(&decision.author))
    }

    fn keys(&self, keys: &[NamedNode]) -> String {
        keys.iter().map(|key| self.short.iri(key.as_str())).collect::<Vec<_>>().join(", ")
    }

    fn naming(&self, naming: &Naming, limit: usize, out: &mut dyn Write) -> anyhow::Result<()> {
        let entity = self.named(&Term::from(naming.entity.clone()));
        screen::styled(&format!("How {entity} came to its name\n"), out)?;
        // Each pair once, with the first sentence that joins it.
        let mut pairs: Vec<([Term; 2], Vec<&Explanation>)> = Vec::new();
        for join in &naming.joined {
            let keys = [Term::from(join.statement.subject.clone()), join.statement.object.clone()];
            match pairs.iter_mut().find(|(other, _)| *other == keys) {
                Some((_, joins)) => joins.push(join),
                None => pairs.push((keys, vec![join])),
            }
        }
        for (keys, joins) in &pairs {
            let keys = keys.each_ref().map(|key| self.short.term(key)).join(" and ");
            let quote = joins.first().map(|join| one_line(&join.passage.quote)).unwrap_or_default();
            let more =
                if joins.len() > 1 { format!(" {QUIET}and {} more{QUIET:#}", joins.len() - 1) } else { String::new() };
            screen::styled(&format!("  {keys} are one: {QUOTE}“{}”{QUOTE:#}{more}\n", shortened(&quote)), out)?;
        }
        for entry in &naming.decisions {
            screen::styled(&format!("  {}\n", self.decision(entry)), out)?;
        }
        for told in &naming.told {
            self.told(told, limit, out)?;
        }
        if naming.unread > 0 {
            let note = format!("  {QUIET}{} more documents speak of it{QUIET:#}\n", naming.unread);
            screen::styled(&note, out)?;
        }
        Ok(())
    }

    fn told(&self, told: &Told, limit: usize, out: &mut dyn Write) -> anyhow::Result<()> {
        let source = told.source.sources.first();
        let source = source.map_or_else(|| self.short.iri(told.source.iri.as_str()), |s| sanitized(here(s)));
        let mut text = format!("  in {source}\n");
        for key in &told.named.keys {
            let parts = match key.parts.as_slice() {
                [] => "name within the document".to_owned(),
                parts => parts.join(" and "),
            };
            text += &format!("    known as {} {QUIET}by {parts}{QUIET:#}\n", self.short.iri(key.iri.as_str()));
        }
        for reason in &told.named.history {
            text += &format!("    {}\n", sanitized(&reason.text));
        }
        // The same words for the same reason count once.
        let mut mentions: Vec<(String, &Reason, Vec<u32>)> = Vec::new();
        for mention in &told.mentions {
            let Some(reason) = &mention.reason else { continue };
            let words = one_line(&mention.words);
            match mentions.iter_mut().find(|(other, why, _)| *other == words && why.text == reason.text) {
                Some((_, _, places)) => places.push(mention.chars.start),
                None => mentions.push((words, reason, vec![mention.chars.start])),
            }
        }
        for (words, reason, places) in mentions.iter().take(limit) {
            let times = if places.len() > 1 { format!(", {} times", places.len()) } else { String::new() };
            let first = places.first().copied().unwrap_or_default();
            text += &format!(
                "    {QUOTE}“{words}”{QUOTE:#} {QUIET}(from character {first}{times}){QUIET:#}: {}\n",
                one_line(&reason.text)
            );
        }
        if mentions.len() > limit {
            text += &format!("    {QUIET}and {} more mentions: --all shows them{QUIET:#}\n", mentions.len() - limit);
        }
        screen::styled(&text, out)
    }

    fn relation(&self, predicate: &NamedNode) -> String {
        let short = self.short.iri(predicate.as_str());
        short.strip_prefix("urbi:").map_or(short.clone(), str::to_owned)
    }

    /// An entity by its name, with its short IRI; anything else by its value.
    fn named(&self, term: &Term) -> String {
        let short = self.short.term(term);
        match term {
            Term::NamedNode(node) => match self.names.get(node.as_str()) {
                Some(name) => format!("{NAME}{}{NAME:#} {QUIET}<{short}>{QUIET:#}", sanitized(name)),
                None => short,
            },
            _ => format!("{NAME}{short}{NAME:#}"),
        }
    }

    /// An entity by its name alone.
    fn value(&self, term: &Term) -> String {
        let name = match term {
            Term::NamedNode(node) => self.names.get(node.as_str()).map(|name| sanitized(name)),
            _ => None,
        };
        name.unwrap_or_else(|| self.short.term(term))
    }
}

fn span(passage: &PassageRecord) -> String {
    let bytes: Vec<String> = passage.bytes.iter().map(|range| format!("{}-{}", range.start, range.end)).collect();
    format!(", characters {}-{}, bytes {}", passage.chars.start, passage.chars.end, bytes.join(","))
}

/// The beginning of a quotation that is only pointed at.
fn shortened(quote: &str) -> String {
    const CHARS: usize = 120;
    match quote.char_indices().nth(CHARS) {
        Some((end, _)) => format!("{}…", quote[..end].trim_end()),
        None => quote.to_owned(),
    }
}
