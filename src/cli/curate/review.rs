//! `urbi review`: a walk through what needs a look, one question after the other.
//!
//! On a terminal a key answers; in a pipe, a line: its first letter, and behind it a reason or a value. Each answer is a
//! decision in the store before the next question is asked.

use anyhow::anyhow;
use oxrdf::{NamedNode, NamedOrBlankNode, Triple};
use urbi::curation::{Action, Fact, FactId};
use urbi::store::{Decided, Matter};

use super::args::{Review, Signature};
use super::correction;
use super::desk::Desk;
use super::questions::{Answer, Questions};
use super::review_text::Text;
use crate::cli::names;
use crate::cli::outcome::Outcome;
use crate::cli::plan::Setting;
use crate::cli::screen::{self, Screen};

/// Walks through what needs a look.
pub fn run(setting: &Setting, task: &Review, screen: &Screen) -> anyhow::Result<Outcome> {
    let mut desk = Desk::open(setting, screen)?;
    let items = queue(&desk, task)?;
    if task.list {
        return list(&desk, &items, screen);
    }
    if items.is_empty() {
        screen.note("nothing needs a look: no contradiction, and no fact that is less sure than --below");
        return Ok(Outcome::Done);
    }
    let mut questions = Questions::new();
    let mut walk = Walk { signature: &task.signature, made: Vec::new() };
    let mut at = 0;
    while let Some(item) = items.get(at) {
        // What an answer before has settled is not asked any more.
        if !Decided::new(&desk.store)?.leaves_open(&desk.store, item)? {
            at += 1;
            continue;
        }
        let text = Text::new(&desk)?;
        screen::result(|out| text.write(item, at + 1, items.len(), out))?;
        match walk.ask(&mut desk, item, at, &mut questions)? {
            Next::Quit => break,
            Next::Again => {}
            Next::On => at += 1,
            Next::Back(before) => at = before,
        }
    }
    let decided = Decided::new(&desk.store)?;
    let mut left = 0;
    for item in &items {
        left += usize::from(decided.leaves_open(&desk.store, item)?);
    }
    screen.note(&format!("{} decided, {left} left", walk.made.len()));
    if let Some((last, _)) = walk.made.last() {
        screen.hint(&format!("urbi undo takes {} back; urbi decisions list shows all", super::record::short(last)));
    }
    Ok(Outcome::Done)
}

/// All that is to be asked.
fn queue(desk: &Desk<'_>, task: &Review) -> anyhow::Result<Vec<Matter>> {
    let about = task.about.as_deref().map(|name| desk.entity(name)).transpose()?;
    let about = about.map(|key| desk.store.canonical(&key)).transpose()?;
    let relation = task.relation.as_deref().map(|name| names::property(name, &desk.ontology)).transpose()?;
    let mut items = desk.store.agenda(desk.schema(), task.below, about.as_ref(), relation.as_ref())?;
    items.truncate(task.limit.unwrap_or(usize::MAX));
    Ok(items)
}

/// What comes after an answer.
enum Next {
    /// The next question.
    On,
    /// The same question again.
    Again,
    /// Back to the question of this number.
    Back(usize),
    /// No more questions.
    Quit,
}

struct Walk<'a> {
    signature: &'a Signature,
    /// The decisions made and the numbers of their questions, for undoing.
    made: Vec<(NamedNode, usize)>,
}

impl Walk<'_> {
    fn ask(
        &mut self,
        desk: &mut Desk<'_>,
        item: &Matter,
        number: usize,
        questions: &mut Questions,
    ) -> anyhow::Result<Next> {
        let choices = match item {
            Matter::Doubt { .. } => "a accept  r reject  c correct  s skip  u undo  q quit",
            Matter::Values(_) => {
                "a accept the first  1-9 accept that one  r reject the first  c correct  s skip  u undo  q quit"
            }
            Matter::Keys(..) => "a they are one  r they are not  s skip  u undo  q quit",
        };
        let Some(Answer { key, more }) = questions.ask(choices)? else { return Ok(Next::Quit) };
        let action = match (key, item) {
            ('q', _) => return Ok(Next::Quit),
            ('s', _) => return Ok(Next::On),
            ('u', _) => return self.undo(desk, questions),
            ('a', Matter::Doubt { fact, .. }) => Action::Accept(known(fact)?),
            ('r', Matter::Doubt { fact, .. }) => Action::Reject(known(fact)?),
            ('a', Matter::Values(facts)) => Action::Accept(known(&facts[0])?),
            ('r', Matter::Values(facts)) => Action::Reject(known(&facts[0])?),
            (digit @ '1'..='9', Matter::Values(facts)) => {
                let chosen = digit.to_digit(10).and_then(|n| facts.get(n as usize - 1));
                match chosen {
                    Some(fact) => Action::Accept(known(fact)?),
                    None => return questions.complain(&format!("there is no value {digit}")).map(|()| Next::Again),
                }
            }
            ('c', Matter::Doubt { fact, .. }) => return self.correct(desk, fact, number, more, questions),
            ('c', Matter::Values(facts)) => return self.correct(desk, &facts[0], number, more, questions),
            ('a', Matter::Keys(keys, _)) => Action::Merge(keys.clone()),
            ('r', Matter::Keys(keys, _)) => {
                let (first, rest) = keys.split_at(1);
                Action::Split { apart: first.to_vec(), from: rest.to_vec() }
            }
            _ => return questions.complain(&format!("{key:?} is no answer here")).map(|()| Next::Again),
        };
        let reason = questions.reason(more)?;
        self.decide(desk, action, number, reason)?;
        Ok(Next::On)
    }

    fn correct(
        &mut self,
        desk: &mut Desk<'_>,
        fact: &Triple,
        number: usize,
        more: Option<String>,
        questions: &mut Questions,
    ) -> anyhow::Result<Next> {
        let Some(value) = questions.value(more)? else { return Ok(Next::Again) };
        // A leading + makes a new entity, as --new does.
        let (value, new) = value.strip_prefix('+').map_or((value.as_str(), false), |value| (value.trim(), true));
        match correction(desk, known(fact)?, value, new, None) {
            Ok(action) => {
                let reason = questions.reason(None)?;
                self.decide(desk, action, number, reason)?;
                Ok(Next::On)
            }
            Err(error) => questions.complain(&format!("{error:#}")).map(|()| Next::Again),
        }
    }

    fn undo(&mut self, desk: &mut Desk<'_>, questions: &mut Questions) -> anyhow::Result<Next> {
        match self.made.pop() {
            Some((last, number)) => {
                desk.decide(self.signature, Action::Undo(last))?;
                Ok(Next::Back(number))
            }
            None => questions.complain("nothing has been decided yet").map(|()| Next::Again),
        }
    }

    fn decide(
        &mut self,
        desk: &mut Desk<'_>,
        action: Action,
        number: usize,
        reason: Option<String>,
    ) -> anyhow::Result<()> {
        let signature =
            Signature { reason: reason.or_else(|| self.signature.reason.clone()), ..self.signature.clone() };
        self.made.push((desk.decide(&signature, action)?, number));
        Ok(())
    }
}

fn known(triple: &Triple) -> anyhow::Result<Fact> {
    match &triple.subject {
        NamedOrBlankNode::NamedNode(subject) => {
            Ok(Fact { subject: subject.clone(), predicate: triple.predicate.clone(), object: triple.object.clone() })
        }
        NamedOrBlankNode::BlankNode(_) => Err(anyhow!("the graph has a subject without a name")),
    }
}

fn list(desk: &Desk<'_>, items: &[Matter], screen: &Screen) -> anyhow::Result<Outcome> {
    screen::result(|out| {
        for item in items {
            match item {
                Matter::Doubt { fact, confidence } => {
                    writeln!(out, "{}\t{confidence}\t{}", FactId::of(fact), desk.names.triple(fact))?;
                }
                Matter::Values(facts) => {
                    for (number, fact) in facts.iter().enumerate() {
                        let place = if number == 0 { "stands" } else { "against" };
                        writeln!(out, "{}\t{place}\t{}", FactId::of(fact), desk.names.triple(fact))?;
                    }
                }
                Matter::Keys(keys, _) => {
                    let keys: Vec<String> = keys.iter().map(|key| desk.names.key(key.as_ref())).collect();
                    writeln!(out, "\tnot one\t{}", keys.join("  =  "))?;
                }
            }
        }
        Ok(())
    })?;
    screen.note(&format!("{} to look at", items.len()));
    Ok(Outcome::Done)
}
