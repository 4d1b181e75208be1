//! Facts in a few lines: what is stated, how it stands, and the first sentences that state it.

use anstyle::{AnsiColor, Style};
use oxrdf::{NamedNode, Term};
use urbi::explain::{Explainer, Fact};
use urbi::graph::Graph;
use urbi::query::{Shortener, sanitized};
use urbi::view::Standing;

use super::files::here;
use super::open;

const NAME: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const QUOTE: Style = AnsiColor::Cyan.on_default();

/// Sentences that are shown of one fact.
const SENTENCES: usize = 2;

/// Writes facts with names instead of IRIs.
pub struct Brief<'a> {
    explainer: &'a Explainer<'a>,
    graph: &'a Graph,
    /// Short names for IRIs.
    pub short: Shortener,
}

impl<'a> Brief<'a> {
    /// Entities are called what they are called in `graph`.
    pub fn new(explainer: &'a Explainer<'a>, graph: &'a Graph) -> Brief<'a> {
        Brief { explainer, graph, short: open::shortener(explainer.store().base()) }
    }

    /// A fact whose subject is known, with the first sentences that state it.
    pub fn fact(&self, fact: &Fact) -> String {
        self.lines(fact, "")
    }

    /// The same with the subject.
    pub fn whole_fact(&self, fact: &Fact) -> String {
        let subject = self.named(&fact.statement.subject.clone().into());
        self.lines(fact, &format!("{subject}  "))
    }

    fn lines(&self, fact: &Fact, subject: &str) -> String {
        let value = self.named(&fact.statement.object);
        let relation = self.relation(&fact.statement.predicate);
        let standing = match fact.standing {
            Standing::Stands => String::new(),
            other => format!(" {QUIET}({}){QUIET:#}", other.name()),
        };
        let mut text = format!("    {subject}{relation}  {value}{standing}, confidence {}\n", fact.confidence);
        for ground in fact.grounds.iter().take(SENTENCES) {
            let source = ground.source.sources.first().map_or("", |place| here(place));
            let date = ground.source.announced_on.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
            let rules: Vec<String> = ground.firings.iter().map(|firing| self.explainer.rule(&firing.rule).0).collect();
            text += &format!(
                "      {QUOTE}“{}”{QUOTE:#} {QUIET}({}{date}; {}){QUIET:#}\n",
                one_line(&ground.passage.quote),
                sanitized(source),
                rules.join(", ")
            );
        }
        match (fact.grounds.len(), fact.decisions.last()) {
            (0, Some(entry)) => {
                let author = sanitized(&entry.decision.author);
                text += &format!("      {QUIET}as {author} decided{QUIET:#}\n");
            }
            (n, _) if n > SENTENCES => text += &format!("      {QUIET}and {} more sentences{QUIET:#}\n", n - SENTENCES),
            _ => {}
        }
        text
    }

    /// A relation by its local name, any other property by its short form.
    pub fn relation(&self, predicate: &NamedNode) -> String {
        let short = self.short.iri(predicate.as_str());
        short.strip_prefix("urbi:").map_or(short.clone(), str::to_owned)
    }

    /// An entity by its name, with its short IRI; anything else by its value.
    pub fn named(&self, term: &Term) -> String {
        let short = self.short.term(term);
        let Term::NamedNode(node) = term else { return format!("{NAME}{short}{NAME:#}") };
        match self.graph.by_iri(node.as_str()).map(|index| self.graph.entity(index)) {
            Some(entity) => format!("{NAME}{}{NAME:#} {QUIET}<{short}>{QUIET:#}", sanitized(entity.label())),
            None => short,
        }
    }
}

/// Text on one line, harmless on a terminal.
pub fn one_line(text: &str) -> String {
    sanitized(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
